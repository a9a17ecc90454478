// What pricing and gathering costs take, against one pass over the assignments and a schedule pass.

#include "rapport/impact/plan_cost.h"

#include <string>

#include "rapport/impact/impact.h"
#include "rapport/impact/plan_value.h"
#include "ratio.h"
#include "support/plain_network.h"

namespace rapport::bench {
namespace {

/// The shared random network with two assignments for each activity, 100 resources with two price periods,
/// accounts and branches.
Facts priced_network(std::uint32_t activities) {
  auto const net = support::layered_network(activities, 1);
  Currency const euro("EUR");
  Facts facts;
  facts.currency = euro;
  facts.calendars.push_back(five_day_calendar("C", {{8 * 3600, 12 * 3600}, {13 * 3600, 17 * 3600}}));
  Subproject plan;
  plan.key = "plan";
  plan.data_date = parse_instant("2027-01-04T08:00");
  plan.calendar = "C";
  facts.subprojects.push_back(plan);
  for (int i = 0; i < 100; ++i) {
    std::string const number = std::to_string(i);
    auto& resource = facts.resources.emplace_back();
    resource.key = "R" + number;
    resource.rates = {{{}, Rate::of(50 + i, euro), {}, {}},
                      {parse_instant("2027-07-01T00:00"), Rate::of(52 + i, euro), {}, {}}};
    facts.cost_accounts.push_back({"A" + number, i < 10 ? "" : "A" + std::to_string(i / 10), "account"});
    facts.wbs.push_back({"W" + number, i < 10 ? "" : "W" + std::to_string(i / 10), "branch", "plan"});
  }
  for (std::uint32_t i = 0; i < net.activities(); ++i) {
    auto& activity = facts.activities.emplace_back();
    activity.key = "T" + std::to_string(i);
    activity.subproject = "plan";
    activity.wbs = "W" + std::to_string(i % 100);
    activity.duration = minutes(net.duration[i]);
    for (std::uint32_t k = 0; k < 2; ++k) {
      auto& assignment = facts.assignments.emplace_back();
      assignment.activity = activity.key;
      assignment.resource = "R" + std::to_string((i * 7 + k * 13) % 100);
      assignment.work = activity.duration;
      assignment.cost_account = "A" + std::to_string((i + k) % 100);
    }
  }
  for (std::size_t k = 0; k < net.predecessor.size(); ++k) {
    auto& link = facts.links.emplace_back();
    link.predecessor = "T" + std::to_string(net.predecessor[k]);
    link.successor = "T" + std::to_string(net.successor[k]);
    link.type = net.type[k];
  }
  complete_keys(facts);
  return facts;
}

void cost_plan(benchmark::State& state) {
  Project const project(priced_network(static_cast<std::uint32_t>(state.range(0))));
  auto const network = rapport::compile(project);
  auto const dates = schedule(network);
  auto const cost = rapport::cost_plan(project, dates);
  // The least that pricing could be: every assignment once, its activity and resource looked up, one product.
  auto const one_pass = [&] {
    std::int64_t sum = 0;
    for (auto const& each : project.facts().assignments) {
      auto const index = network.find(each.activity);
      auto const* resource = project.find<Resource>(each.resource);
      sum += each.work.seconds * resource->rates.front().standard.micro + index->value;
    }
    benchmark::DoNotOptimize(sum);
  };
  // Every assignment on a curve of its own.
  Facts shaped = project.facts();
  for (auto& each : shaped.assignments) each.curve = {25, 50, 75, 100, 100, 100, 100, 75, 50, 25};
  Project const on_curves(std::move(shaped));
  auto const dates_on_curves = schedule(rapport::compile(on_curves));
  auto const cost_on_curves = rapport::cost_plan(on_curves, dates_on_curves);
  auto const times = in_turns(
      state, [&] { benchmark::DoNotOptimize(rapport::cost_plan(project, dates).size()); }, one_pass,
      [&] { benchmark::DoNotOptimize(schedule(network).finish()); },
      [&] { benchmark::DoNotOptimize(cost.by(CostBy::Wbs, project).rows()); },
      [&] { benchmark::DoNotOptimize(cost.curve(CostStep::Weekly).rows()); },
      [&] { benchmark::DoNotOptimize(value_plan(project, dates).total().earned.minor); },
      [&] { benchmark::DoNotOptimize(rapport::cost_plan(on_curves, dates_on_curves).size()); },
      [&] { benchmark::DoNotOptimize(cost_on_curves.curve(CostStep::Weekly).rows()); });
  state.counters["ratio_to_one_pass"] = times[0] / times[1];
  state.counters["ratio_to_schedule"] = times[0] / times[2];
  state.counters["by_wbs_to_one_pass"] = times[3] / times[1];
  state.counters["curve_to_one_pass"] = times[4] / times[1];
  state.counters["on_curves_to_even"] = times[6] / times[0];
  state.counters["curve_on_curves_to_even"] = times[7] / times[4];
  state.counters["value_to_one_pass"] = times[5] / times[1];
  state.counters["ns_per_assignment"] =
      1e9 * times[0] / static_cast<double>(project.facts().assignments.size());
}
BENCHMARK(cost_plan)->Arg(10000)->Arg(100000)->UseManualTime()->Iterations(15);

/// One change, a day more for an activity, by branches of the WBS, against the price of the plan before it;
/// and finding its whole impact against a schedule of the plan.
void cost_changes(benchmark::State& state) {
  Project const project(priced_network(static_cast<std::uint32_t>(state.range(0))));
  auto const network = rapport::compile(project);
  auto const dates = schedule(network);
  ChangeRequest change;
  change.key = "CR-1";
  WorkChange longer;
  longer.activity = "T5000";
  longer.amount = {1, TimeUnit::Days};
  change.edits.push_back(longer);
  auto const impact = assess(project, dates, change);
  auto const times = in_turns(
      state, [&] { benchmark::DoNotOptimize(rapport::cost_changes(project, impact, CostBy::Wbs).rows()); },
      [&] { benchmark::DoNotOptimize(rapport::cost_plan(project, dates).size()); },
      [&] { benchmark::DoNotOptimize(rapport::cost_plan(project, impact).size()); },
      [&] { benchmark::DoNotOptimize(assess(project, dates, change).cost_delta().has_value()); },
      [&] { benchmark::DoNotOptimize(schedule(network).finish()); });
  state.counters["ratio_to_cost_plan"] = times[0] / times[1];
  state.counters["changed_plan_to_cost_plan"] = times[2] / times[1];
  state.counters["assess_to_schedule"] = times[3] / times[4];
}
BENCHMARK(cost_changes)->Arg(100000)->UseManualTime()->Iterations(15);

}  // namespace
}  // namespace rapport::bench
