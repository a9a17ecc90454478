// What is asked of a plan once it has dates, against one schedule of it; what is written, against reading.

#include <array>
#include <optional>
#include <string>

#include "rapport/exchange/read.h"
#include "rapport/exchange/write.h"
#include "rapport/impact/compare.h"
#include "rapport/impact/volatility.h"
#include "rapport/schedule/float_family.h"
#include "rapport/schedule/float_paths.h"
#include "rapport/schedule/quality.h"
#include "rapport/schedule/redundant_links.h"
#include "ratio.h"
#include "support/plain_network.h"

namespace rapport::bench {
namespace {

Facts plan_facts(std::uint32_t activities) {
  auto net = support::layered_network(activities, 1);
  for (auto& duration : net.duration) duration /= activities > 10000 ? 2 : 1;
  return support::facts_of(net, support::calendars_at_random(activities, 1));
}

void check_quality(benchmark::State& state) {
  Project const project(plan_facts(static_cast<std::uint32_t>(state.range(0))));
  Network const network = compile(project);
  Schedule const plan = schedule(network);
  auto const times = in_turns(
      state, [&] { benchmark::DoNotOptimize(rapport::check_quality(plan, project)); },
      [&] { benchmark::DoNotOptimize(schedule(network).finish()); });
  state.counters["ratio_to_schedule"] = times[0] / times[1];
}
BENCHMARK(check_quality)->Arg(100000)->UseManualTime()->MinTime(1)->Unit(benchmark::kMillisecond);

void float_paths(benchmark::State& state) {
  Network const network = compile(Project(plan_facts(static_cast<std::uint32_t>(state.range(0)))));
  Schedule const plan = schedule(network);
  std::uint32_t last = 0;
  for (std::uint32_t i = 0; i < network.activity_count(); ++i)
    if (plan.dates(ActivityIndex{i}).early_finish == plan.finish()) last = i;
  auto const times = in_turns(
      state, [&] { benchmark::DoNotOptimize(rapport::float_paths(plan, network.key({last}), 10)); },
      [&] { benchmark::DoNotOptimize(schedule(network).finish()); });
  state.counters["ratio_to_schedule"] = times[0] / times[1];
}
BENCHMARK(float_paths)->Arg(100000)->UseManualTime()->MinTime(1)->Unit(benchmark::kMillisecond);

/// All five floats, and the links that say nothing, of a plan without constraints.
void float_family(benchmark::State& state) {
  Network const network = compile(Project(plan_facts(static_cast<std::uint32_t>(state.range(0)))));
  Schedule const plan = schedule(network);
  auto const times = in_turns(
      state, [&] { benchmark::DoNotOptimize(find_float_family(plan)); },
      [&] { benchmark::DoNotOptimize(find_redundant_links(plan)); },
      [&] { benchmark::DoNotOptimize(schedule(network).finish()); });
  state.counters["ratio_to_schedule"] = times[0] / times[2];
  state.counters["redundant_links_to_schedule"] = times[1] / times[2];
  state.counters["redundant_links"] = static_cast<double>(find_redundant_links(plan).size());
}
BENCHMARK(float_family)->Arg(100000)->UseManualTime()->MinTime(1)->Unit(benchmark::kMillisecond);

/// A plan and the same with three activities a day longer and a link gone: four parts to explain.
void compare(benchmark::State& state) {
  Facts const before = plan_facts(static_cast<std::uint32_t>(state.range(0)));
  Facts after = before;
  for (std::size_t const i : {0U, 1000U, 2000U}) after.activities[i].duration += hours(8);
  after.links.erase(after.links.begin());
  Project const old_one(before), new_one(after);
  CompareOptions options;
  options.threads = 1;  // the clock is that of this thread
  auto const times = in_turns(
      state, [&] { benchmark::DoNotOptimize(rapport::compare(old_one, new_one, options)); },
      [&] { benchmark::DoNotOptimize(schedule(compile(old_one)).finish()); });
  state.counters["ratio_to_compile_and_schedule"] = times[0] / times[1];
}
BENCHMARK(compare)->Arg(10000)->UseManualTime()->MinTime(1)->Unit(benchmark::kMillisecond);

/// Two wordings and a confirmation of each requirement in five years, counted by the month, against a loop
/// that merely puts their days into months.
void volatility(benchmark::State& state) {
  Facts facts;
  auto const begin = parse_instant("2027-01-04T08:00");
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    auto& requirement = facts.requirements.emplace_back();
    requirement.key = "R" + std::to_string(i);
    auto const day = [&](std::int64_t k) {
      return Instant{begin.seconds + (i * 37 + k * 101) % 1800 * 86400};
    };
    requirement.version = 2;
    requirement.source = Elicitation{.when = day(0)};
    requirement.history.push_back(
        {1, "the wording before", Instant{day(0).seconds + 86400}, "", "asked for"});
    requirement.confirmations.push_back({1, "", day(0)});
  }
  Project const project(std::move(facts));
  std::size_t events = 0;
  auto const times = in_turns(
      state,
      [&] {
        auto const found = requirement_volatility(project);
        events = found.events.size();
        benchmark::DoNotOptimize(found.periods.size());
      },
      [&] {
        std::array<std::size_t, 80> months{};
        for (auto const& requirement : project.facts().requirements) {
          auto const count = [&](std::optional<Instant> const& when) {
            if (when) ++months[static_cast<std::size_t>((when->seconds - begin.seconds) / (30 * 86400))];
          };
          count(requirement.source->when);
          for (auto const& version : requirement.history) count(version.when);
        }
        benchmark::DoNotOptimize(months);
      });
  state.counters["ns_per_event"] = times[0] * 1e9 / static_cast<double>(events);
  state.counters["ratio_to_counting"] = times[0] / times[1];
}
BENCHMARK(volatility)->Arg(100000)->UseManualTime()->MinTime(1)->Unit(benchmark::kMillisecond);

/// A plan of `activities`, as a file of the format holds it, written anew and over that file.
template <class Write, class Read>
void write_against_read(benchmark::State& state, Write&& write, Read&& read) {
  std::string const bytes = write(plan_facts(static_cast<std::uint32_t>(state.range(0))), "").bytes;
  Facts const facts = read(bytes).facts;
  auto const times = in_turns(
      state, [&] { benchmark::DoNotOptimize(write(facts, bytes).bytes.size()); },
      [&] { benchmark::DoNotOptimize(write(facts, "").bytes.size()); },
      [&] { benchmark::DoNotOptimize(read(bytes).facts.activities.size()); });
  state.counters["megabytes"] = static_cast<double>(bytes.size()) * 1e-6;
  state.counters["ratio_to_read"] = times[1] / times[2];
  state.counters["ratio_to_read_over_original"] = times[0] / times[2];
}

void write_xer(benchmark::State& state) {
  write_against_read(
      state,
      [](Facts const& facts, std::string_view original) { return rapport::write_xer(facts, original); },
      [](std::string const& bytes) { return read_xer(bytes, "plan.xer"); });
}
BENCHMARK(write_xer)->Arg(10000)->UseManualTime()->MinTime(1)->Unit(benchmark::kMillisecond);

void write_mspdi(benchmark::State& state) {
  write_against_read(
      state,
      [](Facts const& facts, std::string_view original) { return rapport::write_mspdi(facts, original); },
      [](std::string const& bytes) { return read_mspdi(bytes, "plan.xml"); });
}
BENCHMARK(write_mspdi)->Arg(10000)->UseManualTime()->MinTime(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace rapport::bench
