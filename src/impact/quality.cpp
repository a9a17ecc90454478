// What the change does to quality: agreements that lapse, tests that are run again, defects that the
// changed work brings and that the tests after it let through.

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "impact/parts.h"
#include "impact/price.h"

namespace rapport::detail {
namespace {

constexpr char const* defect_flow = "defect flow with removal efficiencies (Kan 2002, ch. 6)";

/// Tests that cover an activity: they verify it, or something it exists because of.
std::vector<std::uint32_t> covering_tests(TraceGraph const& graph, std::uint32_t activity) {
  std::vector<std::uint32_t> open = {activity}, tests;
  std::unordered_set<std::uint32_t> seen = {activity};
  while (!open.empty()) {
    auto const at = open.back();
    open.pop_back();
    for (auto const& edge : graph.out(at))
      if (edge.supports && graph.node(edge.to).kind == FactKind::Test && seen.insert(edge.to).second)
        tests.push_back(edge.to);
    for (auto const up : graph.supporters(at))
      if (seen.insert(up).second) open.push_back(up);
  }
  return tests;
}

class Appraisal {
 public:
  Appraisal(Context const& context, Impact::Parts& parts) : context_(context), parts_(parts) {}

  void write() {
    confirmations();
    figure(QualityMeasure::RequirementsToConfirm, static_cast<double>(parts_.lapsed.size()), "requirements",
           "confirmations on versions of the text", {});
    double repeated = 0, effort = 0;
    for (auto const& test : parts_.tests) {
      if (!test.already_run) continue;
      ++repeated;
      effort += test.effort.in_hours();
    }
    figure(QualityMeasure::TestsToRepeat, repeated, "tests", "traces of type verifies", {});
    figure(QualityMeasure::TestEffort, effort, "h", "effort of each test that is run again", {});
    defects();
  }

 private:
  void figure(QualityMeasure measure, double value, std::string unit, std::string model,
              std::vector<QualityInput> inputs) {
    bool const assumed = std::any_of(inputs.begin(), inputs.end(), [](auto const& i) { return i.assumed; });
    parts_.quality.push_back({measure, value, std::move(unit), std::move(model), std::move(inputs), assumed});
  }

  void confirmations() {
    for (auto const& reached : parts_.reached) {
      if (reached.node.kind != FactKind::Requirement || !reached.counted || reached.share <= 0) continue;
      auto const* requirement = context_.project.find<Requirement>(reached.node.key);
      if (!requirement) continue;
      Confirmation const* latest = nullptr;
      for (auto const& confirmation : requirement->confirmations)
        if (!latest || confirmation.version >= latest->version) latest = &confirmation;
      bool const agreed = requirement->status == RequirementStatus::Agreed ||
                          requirement->status == RequirementStatus::Implemented ||
                          requirement->status == RequirementStatus::Verified;
      if (!latest && !agreed) continue;
      parts_.lapsed.push_back(
          {.requirement = requirement->key,
           .version = latest ? latest->version : 0,
           .by = latest ? latest->by : requirement->owner,
           .likelihood = reached.likelihood,
           .reason = reached.depth == 0 ? "the change names it" : to_text(reached.strongest)});
    }
  }

  /// Share of the defects present that one run of the test finds.
  QualityInput efficiency(Test const& test) const {
    if (test.removal_efficiency)
      return {"removal efficiency of " + test.key, *test.removal_efficiency, "", "facts of test " + test.key,
              false};
    auto const& level = context_.options.quality.removal_efficiency[static_cast<std::size_t>(test.level)];
    return {"removal efficiency of " + test.key, level.value, "", level.source, level.assumed};
  }

  void defects() {
    auto const& rate = context_.options.quality.injected_per_hour;
    double changed_hours = 0, injected = 0, escaping = 0, untested = 0;
    std::vector<QualityInput> inputs = {
        {"defects injected by an hour of changed work", rate.value, rate.unit, rate.source, rate.assumed}};
    std::unordered_set<std::uint32_t> listed;
    for (auto const& rework : parts_.reworks) {
      // A test that runs again changes nothing; work that falls away brings no defect.
      Work const work = rework.effort.seconds != 0 ? rework.effort : rework.duration;
      bool const changes =
          rework.kind == ReworkKind::Asked || rework.kind == ReworkKind::Added || rework.share > 0;
      if (work.seconds <= 0 || !changes) continue;
      changed_hours += work.in_hours();
      double present = work.in_hours() * rate.value;
      injected += present;
      auto const node = context_.graph.find({FactKind::Activity, rework.activity});
      auto const tests = node ? covering_tests(context_.graph, *node) : std::vector<std::uint32_t>{};
      if (tests.empty()) untested += present;
      for (auto const t : tests) {
        auto const* test = context_.project.find<Test>(context_.graph.node(t).key);
        if (!test) continue;
        auto input = efficiency(*test);
        present *= 1 - input.value;
        if (listed.insert(t).second) inputs.push_back(std::move(input));
      }
      escaping += present;
    }
    figure(QualityMeasure::ChangedWork, changed_hours, "h", "sum of the work changed, redone or added", {});
    figure(QualityMeasure::DefectsInjected, injected, "defects", defect_flow, {inputs.front()});
    if (context_.project.facts().tests.empty()) return;  // without tests, nothing can be said of what escapes
    figure(QualityMeasure::DefectsRemoved, injected - escaping, "defects", defect_flow, inputs);
    figure(QualityMeasure::DefectsEscaping, escaping, "defects", defect_flow, inputs);
    figure(QualityMeasure::DefectsEscapingUntested, untested, "defects", defect_flow, {inputs.front()});
  }

  Context const& context_;
  Impact::Parts& parts_;
};

}  // namespace

std::vector<RepeatedTest> tests_to_repeat(Context const& context, std::vector<Reached> const& reached,
                                          PlanChange& plan) {
  std::vector<RepeatedTest> tests;
  auto const& rules = context.options.propagation;
  for (auto const& touched : reached) {
    if (touched.node.kind != FactKind::Test || !touched.counted) continue;
    auto const* test = context.project.find<Test>(touched.node.key);
    if (!test) continue;
    RepeatedTest repeated;
    repeated.test = test->key;
    repeated.name = test->name;
    repeated.level = test->level;
    // A test is run whole or not at all, so its share of what changed does not matter.
    repeated.effort = rules.counting == Counting::Expected
                          ? share_of(test->effort, touched.likelihood.value())
                          : test->effort;
    repeated.likelihood = touched.likelihood;
    repeated.reason = to_text(touched.strongest);
    auto const index = context.network().find(test->activity);
    repeated.already_run = !index || context.network().started(*index);
    if (auto const* resource = context.project.find<Resource>(test->resource)) {
      auto const now = index ? context.now(*index) : context.now();
      auto const rates = context.prices.rates(*resource, plan.rates, now).standard;
      if (!rates.empty()) repeated.cost = cost_of(repeated.effort, rate_at(now, rates));
    }
    if (index && repeated.already_run && repeated.effort.seconds > 0)
      plan.run_again(test->activity, repeated.effort,
                     repeated.reason + ": test " + test->key + " is run again");
    tests.push_back(std::move(repeated));
  }
  return tests;
}

void fill_quality(Context const& context, Impact::Parts& parts) { Appraisal(context, parts).write(); }

}  // namespace rapport::detail
