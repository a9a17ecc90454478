// What trying one duration costs on the bare critical path, against one plain pass over everything.

#include "rapport/schedule/path_what_if.h"
#include "rapport/schedule/scenarios.h"

#include <chrono>

#include "ratio.h"
#include "scalar_csr.h"
#include "support/plain_network.h"

namespace rapport::bench {
namespace {

/// A trial takes less than asking for the time of the thread. What interrupts one shows in the worst
/// only, and the worst are timed again.
template <class Work>
double clock_seconds(Work&& work) {
  auto const begin = std::chrono::steady_clock::now();
  work();
  benchmark::ClobberMemory();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void what_if(benchmark::State& state) {
  auto const net = support::layered_network(static_cast<std::uint32_t>(state.range(0)), 1);
  Slices const slices = slice(net.activities(), net.links());
  ScalarCsr scalar(net, slices);
  PathWhatIf tried(slices, net.duration);
  if (scalar.dates() != tried.finish()) state.SkipWithError("the plain passes find another finish");
  auto const one = [&](std::uint32_t activity) {
    DurationChange const day_longer{activity, net.duration[activity] + 480};
    tried.try_durations({&day_longer, 1});
    benchmark::DoNotOptimize(tried.finish());
  };
  std::vector<std::uint32_t> activities(20'000);
  for (std::size_t k = 0; k < activities.size(); ++k)
    activities[k] = static_cast<std::uint32_t>((k + 1) * 2654435761ULL % net.activities());
  // Those that were followed to their end, for the cost of looking at one activity.
  std::vector<std::uint32_t> followed;
  std::uint64_t looked_at = 0;
  for (auto const activity : activities) {
    one(activity);
    if (!tried.passes_ran()) followed.push_back(activity), looked_at += tried.looked_at();
    tried.take_back();
  }
  auto const all_of = [&](std::vector<std::uint32_t> const& some) {
    for (auto const activity : some) one(activity), tried.take_back();
  };
  std::vector<double> full, all, only_followed;
  std::vector<std::pair<double, std::uint32_t>> each;
  for (auto _ : state) {
    all.push_back(seconds([&] { all_of(activities); }));
    only_followed.push_back(seconds([&] { all_of(followed); }));
    for (int turn = 0; turn < 20; ++turn)
      full.push_back(seconds([&] { benchmark::DoNotOptimize(scalar.dates()); }));
    for (auto const activity : activities)
      each.emplace_back(clock_seconds([&] { one(activity), tried.take_back(); }), activity);
    state.SetIterationTime(all.back());
  }
  double const whole = median(full);
  std::sort(each.begin(), each.end());
  double worst = 0;
  for (std::size_t k = 1; k <= 50; ++k) {
    std::vector<double> again;
    for (int turn = 0; turn < 5; ++turn)
      again.push_back(seconds([&] { one(each[each.size() - k].second), tried.take_back(); }));
    worst = std::max(worst, median(again));
  }
  auto const at_share = [&](double share) {
    return each[static_cast<std::size_t>(share * static_cast<double>(each.size() - 1))].first;
  };
  state.counters["full_over_p50"] = whole / at_share(0.5);
  state.counters["full_over_p99"] = whole / at_share(0.99);
  state.counters["full_over_mean"] = whole * static_cast<double>(activities.size()) / median(all);
  state.counters["worst_over_full"] = worst / whole;
  state.counters["ns_per_visited"] = median(only_followed) * 1e9 / static_cast<double>(looked_at);
  state.counters["visited_mean"] = static_cast<double>(looked_at) / static_cast<double>(followed.size());
  state.counters["ns_mean"] = median(only_followed) * 1e9 / static_cast<double>(followed.size());
  state.counters["given_up"] =
      1 - static_cast<double>(followed.size()) / static_cast<double>(activities.size());
  state.counters["full_ns"] = whole * 1e9;
  state.counters["clock_ns"] = clock_seconds([] {}) * 1e9;
}
BENCHMARK(what_if)->Arg(10000)->Arg(100000)->Arg(1000000)->UseManualTime()->Iterations(5);

/// Each scenario lengthens 50 activities anywhere by a day: it reaches nearly everything.
void what_if_batch(benchmark::State& state) {
  auto const net = support::layered_network(static_cast<std::uint32_t>(state.range(0)), 1);
  Slices const slices = slice(net.activities(), net.links());
  ScalarCsr scalar(net, slices);
  std::vector<Scenario> scenarios(512);
  std::uint32_t activity = 0;
  for (auto& scenario : scenarios) {
    for (int k = 0; k < 50; ++k) {
      activity = static_cast<std::uint32_t>((activity + 2654435761ULL) % net.activities());
      scenario.push_back({activity, net.duration[activity] + 480});
    }
  }
  auto const times = in_turns(
      state,
      [&] {
        try_scenarios(slices, net.duration, scenarios, [](std::size_t, ScenarioDates const& dates) {
          benchmark::DoNotOptimize(dates.finish(0));
        });
      },
      [&] { benchmark::DoNotOptimize(scalar.dates()); },
      [&] { benchmark::DoNotOptimize(scenario_finishes(slices, net.duration, scenarios)); });
  auto const count = static_cast<double>(scenarios.size());
  state.counters["full_over_scenario"] = times[1] * count / times[0];
  state.counters["full_over_finish"] = times[1] * count / times[2];
}
BENCHMARK(what_if_batch)->Arg(10000)->Arg(100000)->UseManualTime()->MinTime(1);

}  // namespace
}  // namespace rapport::bench
