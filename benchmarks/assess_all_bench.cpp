// Ten thousand changes on a plan of a hundred thousand activities, on one thread and on two.

#include "rapport/impact/assess_all.h"

#include <string>

#include "ratio.h"
#include "support/plain_network.h"

namespace rapport::bench {
namespace {

/// Of all threads of this process, those that have ended included.
double process_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// On a crowded machine the wall says when others let go, not how well two threads share the work. So:
/// processor time of all threads together, halved but for what one thread does before the changes.
void assess_all_changes(benchmark::State& state) {
  auto const activities = static_cast<std::uint32_t>(state.range(0));
  Project const project(support::facts_of(support::layered_network(activities, 1),
                                          support::calendars_at_random(activities, 1)));
  auto const before = schedule(rapport::compile(project));
  std::vector<ChangeRequest> changes(static_cast<std::size_t>(state.range(1)));
  for (std::size_t k = 0; k < changes.size(); ++k) {
    changes[k].key = "CR-" + std::to_string(k);
    WorkChange longer;
    longer.activity = "A" + std::to_string(k * 2654435761ULL % activities);
    longer.amount = {1, TimeUnit::Days};
    changes[k].edits.push_back(longer);
  }
  std::size_t faults = 0;
  auto const processor_time = [&](unsigned threads, std::span<ChangeRequest const> some) {
    BatchOptions options;
    options.threads = threads;
    double const begin = process_seconds();
    for (auto const& row : assess_all(project, before, some, options)) faults += !row.error.empty();
    return process_seconds() - begin;
  };
  std::vector<double> none, one, two;
  for (auto _ : state) {
    none.push_back(processor_time(1, {}));
    one.push_back(processor_time(1, changes));
    two.push_back(processor_time(2, changes));
    state.SetIterationTime(one.back());
  }
  if (faults != 0) state.SkipWithError("some changes could not be assessed");
  double const alone = median(none);
  double const on_two = alone + (median(two) - alone) / 2;
  state.counters["seconds"] = median(one);
  state.counters["seconds_2_threads"] = on_two;
  state.counters["scaling_2_threads"] = median(one) / on_two;
}
BENCHMARK(assess_all_changes)->Name("assess_all")->Args({100000, 10000})->UseManualTime()->Iterations(3);

}  // namespace
}  // namespace rapport::bench
