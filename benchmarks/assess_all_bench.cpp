// Ten thousand changes on a plan of a hundred thousand activities, on one thread and on two.

#include "rapport/impact/assess_all.h"

#include <array>
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

enum class Structure { Activities, Links, Removals };

/// One new activity between two that follow each other, one link that goes, one activity that goes.
ChangeRequest structural_change(Facts const& facts, Structure what, std::size_t k) {
  ChangeRequest change;
  change.key = "CR-" + std::to_string(k);
  auto const& link = facts.links[k * 2654435761ULL % facts.links.size()];
  switch (what) {
    case Structure::Activities: {
      ActivityAddition addition;
      addition.activity.key = "NEW";
      addition.activity.duration = hours(16);
      change.edits.push_back(addition);
      LinkChange in, out;
      in.link.predecessor = link.predecessor, in.link.successor = "NEW";
      out.link.predecessor = "NEW", out.link.successor = link.successor;
      change.edits.push_back(in);
      change.edits.push_back(out);
      break;
    }
    case Structure::Links: {
      LinkChange gone;
      gone.link = link;
      gone.remove = true;
      change.edits.push_back(gone);
      break;
    }
    case Structure::Removals: {
      ActivityRemoval gone;
      gone.activity = link.successor;
      change.edits.push_back(gone);
    }
  }
  return change;
}

/// What comes and goes against one schedule of the plan with a new activity, numbered and computed anew.
void assess_all_structure(benchmark::State& state) {
  auto const activities = static_cast<std::uint32_t>(state.range(0));
  Project const project(support::facts_of(support::layered_network(activities, 1),
                                          support::calendars_at_random(activities, 1)));
  auto const network = rapport::compile(project);
  auto const before = schedule(network);
  auto const count = static_cast<std::size_t>(state.range(1));
  std::array<std::vector<ChangeRequest>, 3> changes;
  for (auto const what : {Structure::Activities, Structure::Links, Structure::Removals})
    for (std::size_t k = 0; k < count; ++k)
      changes[static_cast<std::size_t>(what)].push_back(structural_change(project.facts(), what, k));
  Overlay overlay(network);
  Activity added;
  added.key = "NEW", added.duration = hours(16);
  overlay.add_activity(added);
  BatchOptions options;
  options.threads = 1;
  std::size_t faults = 0;
  auto const assess_them = [&](Structure what) {
    for (auto const& row : assess_all(project, before, changes[static_cast<std::size_t>(what)], options))
      faults += !row.error.empty();
  };
  auto const times = in_turns(
      state, [&] { assess_them(Structure::Activities); }, [&] { assess_them(Structure::Links); },
      [&] { assess_them(Structure::Removals); },
      [&] { benchmark::DoNotOptimize(schedule(overlay).finish()); });
  if (faults != 0) state.SkipWithError("some changes could not be assessed");
  auto const ratio = [&](std::size_t k) { return times[3] / (times[k] / static_cast<double>(count)); };
  state.counters["full_over_addition"] = ratio(0);
  state.counters["full_over_lost_link"] = ratio(1);
  state.counters["full_over_removal"] = ratio(2);
}
BENCHMARK(assess_all_structure)->Args({100000, 1000})->UseManualTime()->Iterations(3);

}  // namespace
}  // namespace rapport::bench
