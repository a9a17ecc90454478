// What trying one duration costs on the bare critical path, against one plain pass over everything.

#include "rapport/schedule/path_what_if.h"

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
  struct Trial {
    double time;
    std::uint32_t activity;
  };
  std::vector<Trial> trials;
  std::vector<double> full;
  double followed = 0, sum = 0;
  std::uint64_t looked_at = 0, passes = 0;
  std::uint32_t activity = 0;
  for (auto _ : state) {
    if (trials.size() % 1000 == 0) full.push_back(seconds([&] { benchmark::DoNotOptimize(scalar.dates()); }));
    activity = static_cast<std::uint32_t>((activity + 2654435761ULL) % net.activities());
    std::uint32_t looked = 0;
    bool by_passes = false;
    double const time = clock_seconds([&] {
      one(activity);
      looked = tried.looked_at();
      by_passes = tried.passes_ran();
      tried.take_back();
    });
    trials.push_back({time, activity});
    passes += by_passes;
    if (!by_passes) followed += time, looked_at += looked;
    state.SetIterationTime(time);
  }
  double const whole = median(full);
  std::sort(trials.begin(), trials.end(), [](Trial const& a, Trial const& b) { return a.time > b.time; });
  double worst = 0;
  for (std::size_t k = 0; k < std::min<std::size_t>(trials.size(), 50); ++k) {
    std::vector<double> again;
    for (int turn = 0; turn < 9; ++turn) {
      again.push_back(seconds([&] { one(trials[k].activity), tried.take_back(); }));
      full.push_back(seconds([&] { benchmark::DoNotOptimize(scalar.dates()); }));
    }
    trials[k].time = median(again);
    worst = std::max(worst, trials[k].time);
  }
  std::sort(trials.begin(), trials.end(), [](Trial const& a, Trial const& b) { return a.time < b.time; });
  for (auto const& trial : trials) sum += trial.time;
  auto const at_share = [&](double share) {
    return trials[static_cast<std::size_t>(share * static_cast<double>(trials.size() - 1))].time;
  };
  state.counters["full_over_p50"] = whole / at_share(0.5);
  state.counters["full_over_p99"] = whole / at_share(0.99);
  state.counters["full_over_mean"] = whole * static_cast<double>(trials.size()) / sum;
  state.counters["worst_over_full"] = worst / whole;
  state.counters["ns_per_visited"] = followed * 1e9 / static_cast<double>(looked_at);
  state.counters["given_up"] = static_cast<double>(passes) / static_cast<double>(trials.size());
  state.counters["full_ns"] = whole * 1e9;
}
BENCHMARK(what_if)->Arg(10000)->Arg(100000)->Arg(1000000)->UseManualTime()->Iterations(20000);

}  // namespace
}  // namespace rapport::bench
