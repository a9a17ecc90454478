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
  std::vector<double> times, full;
  std::uint32_t at = 0;
  for (auto _ : state) {
    if (times.size() % 100 == 0)
      full.push_back(seconds([&] { benchmark::DoNotOptimize(schedule(network)); }));
    at = static_cast<std::uint32_t>((at + 2654435761ULL) % network.activity_count());
    ActivityIndex const i{at};
    Overlay overlay(network);
    overlay.set_duration(i, network.duration(i) + hours(8), network.remaining(i) + hours(8));
    // The next change takes this one back; with the last one taken back, that is counted too.
    times.push_back(seconds([&] { benchmark::DoNotOptimize(what_if.schedule(overlay).finish()); }));
    state.SetIterationTime(times.back());
  }
  std::sort(times.begin(), times.end());
  double const whole = median(full);
  auto const at_share = [&](double share) {
    return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
  };
  double sum = 0;
  for (double const time : times) sum += time;
  state.counters["full_over_p50"] = whole / at_share(0.5);
  state.counters["full_over_p99"] = whole / at_share(0.99);
  state.counters["full_over_mean"] = whole * static_cast<double>(times.size()) / sum;
  state.counters["worst_over_full"] = times.back() / whole;
}
BENCHMARK(what_if_calendar)->Arg(10000)->Arg(100000)->UseManualTime()->Iterations(4000);

}  // namespace
}  // namespace rapport::bench
