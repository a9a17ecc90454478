// What a change costs against a schedule from scratch, with calendars, floats and reasons.

#include "rapport/schedule/what_if.h"

#include <string>

#include "ratio.h"
#include "support/plain_network.h"

namespace rapport::bench {
namespace {

/// The shared random network as a plan on `calendars` calendars: weeks of five and six days, two
/// shifts, round the clock, with a holiday each.
Facts plan_on_calendars(std::uint32_t activities, std::uint32_t calendars) {
  auto const net = support::layered_network(activities, 1);
  Facts facts;
  for (std::uint32_t c = 0; c < calendars; ++c) {
    auto const begin = static_cast<std::int32_t>(6 + c % 4) * 3600;
    std::string const key = "C" + std::to_string(c);
    if (c == 7)
      facts.calendars.push_back(round_the_clock_calendar(key));
    else if (c % 2 == 0)
      facts.calendars.push_back(
          five_day_calendar(key, {{begin, begin + 4 * 3600}, {begin + 5 * 3600, begin + 9 * 3600}}));
    else
      facts.calendars.push_back(five_day_calendar(key, {{begin, begin + 10 * 3600}}));
    facts.calendars.back().exceptions.push_back({Date::of(2027, 5, 1 + static_cast<int>(c)),
                                                 Date::of(2027, 5, 3 + static_cast<int>(c)),
                                                 {},
                                                 "holiday"});
  }
  Subproject plan;
  plan.key = "plan";
  plan.data_date = parse_instant("2027-01-04T08:00");
  plan.calendar = "C0";
  facts.subprojects.push_back(plan);
  for (std::uint32_t i = 0; i < net.activities(); ++i) {
    Activity& activity = facts.activities.emplace_back();
    activity.key = "A" + std::to_string(i);
    activity.subproject = "plan";
    activity.calendar = "C" + std::to_string(i % calendars);
    activity.duration = minutes(net.duration[i]);
  }
  for (std::size_t k = 0; k < net.predecessor.size(); ++k) {
    Link& link = facts.links.emplace_back();
    link.predecessor = "A" + std::to_string(net.predecessor[k]);
    link.successor = "A" + std::to_string(net.successor[k]);
    link.type = net.type[k];
    link.lag.seconds = std::int64_t{60} * net.lag[k];
  }
  complete_keys(facts);
  return facts;
}

void what_if_calendar(benchmark::State& state) {
  auto const network =
      rapport::compile(Project(plan_on_calendars(static_cast<std::uint32_t>(state.range(0)), 8)));
  auto const before = schedule(network);
  WhatIf what_if(before);
  Overlay const nothing(network);
  auto const one = [&](std::uint32_t activity) {
    ActivityIndex const i{activity};
    Overlay overlay(network);
    overlay.set_duration(i, network.duration(i) + hours(8), network.remaining(i) + hours(8));
    return seconds([&] {
      benchmark::DoNotOptimize(what_if.schedule(overlay).finish());
      benchmark::DoNotOptimize(what_if.schedule(nothing).finish());  // takes it back
    });
  };
  std::vector<std::pair<double, std::uint32_t>> trials;
  std::vector<double> full;
  std::uint32_t at = 0;
  double sum = 0;
  for (auto _ : state) {
    if (trials.size() % 100 == 0)
      full.push_back(seconds([&] { benchmark::DoNotOptimize(schedule(network)); }));
    at = static_cast<std::uint32_t>((at + 2654435761ULL) % network.activity_count());
    trials.emplace_back(one(at), at);
    sum += trials.back().first;
    state.SetIterationTime(trials.back().first);
  }
  std::sort(trials.begin(), trials.end());
  double worst = 0;
  // What disturbs one measurement is not the worst case: the slowest are tried again.
  for (std::size_t k = trials.size() - std::min<std::size_t>(trials.size(), 20); k < trials.size(); ++k) {
    std::vector<double> again;
    for (int turn = 0; turn < 5; ++turn) again.push_back(one(trials[k].second));
    full.push_back(seconds([&] { benchmark::DoNotOptimize(schedule(network)); }));
    worst = std::max(worst, median(again));
  }
  double const whole = median(full);
  auto const at_share = [&](double share) {
    return trials[static_cast<std::size_t>(share * static_cast<double>(trials.size() - 1))].first;
  };
  state.counters["full_over_p50"] = whole / at_share(0.5);
  state.counters["full_over_p99"] = whole / at_share(0.99);
  state.counters["full_over_mean"] = whole * static_cast<double>(trials.size()) / sum;
  state.counters["worst_over_full"] = worst / whole;
}
BENCHMARK(what_if_calendar)->Arg(10000)->Arg(100000)->UseManualTime()->Iterations(4000);

/// One link goes and another comes, against numbering and scheduling the network again.
void what_if_links(benchmark::State& state) {
  auto const network =
      rapport::compile(Project(plan_on_calendars(static_cast<std::uint32_t>(state.range(0)), 8)));
  auto const& links = network.links();
  WhatIf what_if(schedule(network));
  std::uint64_t at = 0;
  auto const next = [&](std::uint32_t below) {
    at += 2654435761ULL;
    return static_cast<std::uint32_t>(at % below);
  };
  std::vector<Overlay> overlays(1, Overlay(network));
  for (int k = 0; k < 200; ++k) {
    auto const gone = next(network.link_count());
    auto const a = next(network.activity_count()), b = next(network.activity_count());
    Overlay& overlay = overlays.emplace_back(network);
    overlay.remove_link(network.key({links.predecessor[gone]}), network.key({links.successor[gone]}));
    Link link;
    link.predecessor = network.key({std::min(a, b)}), link.successor = network.key({std::max(a, b)});
    if (a != b) overlay.add_link(link);
  }
  std::vector<double> times, full;
  for (auto _ : state) {
    auto const& overlay = overlays[1 + times.size() % 200];
    if (times.size() % 20 == 0)
      full.push_back(seconds([&] { benchmark::DoNotOptimize(schedule(overlay).finish()); }));
    times.push_back(seconds([&] { benchmark::DoNotOptimize(what_if.schedule(overlay).finish()); }));
    state.SetIterationTime(times.back());
  }
  state.counters["full_over_p50"] = median(full) / median(times);
}
BENCHMARK(what_if_links)->Arg(100000)->UseManualTime()->Iterations(200);

}  // namespace
}  // namespace rapport::bench
