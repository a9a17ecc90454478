// What the change does to quality: agreements that lapse, tests that are run again, requirements that
// are not verified any more.

#include <algorithm>
#include <set>

#include "impact/parts.h"
#include "impact/price.h"
#include "impact/rules_used.h"

namespace rapport::detail {
namespace {

void lapse_confirmations(Context const& context, Impact::Parts& parts) {
  for (auto const& reached : parts.reached) {
    if (reached.node.kind != FactKind::Requirement || !reached.counted || reached.share <= 0) continue;
    auto const* requirement = context.project.find<Requirement>(reached.node.key);
    if (!requirement) continue;
    Confirmation const* latest = nullptr;
    for (auto const& confirmation : requirement->confirmations)
      if (!latest || confirmation.version >= latest->version) latest = &confirmation;
    bool const agreed = requirement->status == RequirementStatus::Agreed ||
                        requirement->status == RequirementStatus::Implemented ||
                        requirement->status == RequirementStatus::Verified;
    if (!latest && !agreed) continue;
    parts.lapsed.push_back(
        {.requirement = requirement->key,
         .version = latest ? latest->version : 0,
         .by = latest ? latest->by : requirement->owner,
         .likelihood = reached.likelihood,
         .reason = reached.depth == 0 ? "the change names it" : to_text(reached.strongest)});
  }
}

/// Which requirements are verified, before and after. `rules`: what the reach of tests and
/// requirements rests on.
void cover(Context const& context, std::vector<QualityInput> const& rules, Impact::Parts& parts) {
  auto const& coverage = context.coverage;
  if (!coverage.known()) return;
  std::vector<std::uint32_t> gone, doubtful;
  auto const place = [&](NodeRef const& node) {
    return context.project.index_of(FactKind::Requirement, node.key);
  };
  for (auto const& node : parts.fallen)
    if (node.kind == FactKind::Requirement)
      if (auto const at = place(node)) gone.push_back(static_cast<std::uint32_t>(*at));
  for (auto const& reached : parts.reached)
    if (reached.node.kind == FactKind::Requirement && reached.counted && reached.share > 0)
      if (auto const at = place(reached.node)) doubtful.push_back(static_cast<std::uint32_t>(*at));
  for (auto const& test : parts.tests)
    if (test.already_run)
      for (auto const r : coverage.verified_by(test.test)) doubtful.push_back(r);

  auto const& before = coverage.before();
  auto const after = coverage.after(gone, doubtful);
  constexpr char const* model = "verified / in force (ISO/IEC/IEEE 29148: set of requirements verified)";
  // Of nothing no share can be said.
  auto const share = [](std::size_t part, std::size_t whole) {
    return static_cast<double>(part) / static_cast<double>(whole);
  };
  auto const add = [&](QualityMeasure measure, std::size_t part, std::size_t whole, std::string const& of,
                       std::vector<QualityInput> inputs) {
    if (whole == 0) return;
    inputs.insert(inputs.begin(), {{of, static_cast<double>(whole), "", "facts", false},
                                   {of + ", verified", static_cast<double>(part), "", "facts", false}});
    parts.quality.push_back(figure_of(measure, share(part, whole), "share", model, std::move(inputs)));
  };
  add(QualityMeasure::RequirementsVerifiedBefore, before.verified, before.needs,
      "requirements in force before", {});
  add(QualityMeasure::RequirementsVerifiedAfter, after.verified, after.needs, "requirements in force after",
      rules);
  add(QualityMeasure::CriteriaVerifiedBefore, before.criteria_verified, before.criteria,
      "acceptance criteria before", {});
  add(QualityMeasure::CriteriaVerifiedAfter, after.criteria_verified, after.criteria,
      "acceptance criteria after", rules);
  // What falls away with its need is not lost, only what stands and is not verified any more.
  std::size_t const still = coverage.after(gone, {}).verified;
  if (still == 0) return;
  std::vector<QualityInput> inputs = {
      {"requirements verified before that stay", static_cast<double>(still), "", "facts", false},
      {"requirements verified after", static_cast<double>(after.verified), "", "facts", false}};
  inputs.insert(inputs.end(), rules.begin(), rules.end());
  parts.quality.push_back(figure_of(QualityMeasure::CoverageLost, share(still - after.verified, still),
                                    "share", model, std::move(inputs)));
}

}  // namespace

void fill_quality(Context const& context, Impact::Parts& parts) {
  RulesUsed needs(context), tests(context), work(context);
  for (auto const& reached : parts.reached) {
    if (reached.node.kind == FactKind::Requirement && reached.counted) needs.follow(reached.strongest, false);
    if (reached.node.kind == FactKind::Test) tests.follow(reached.strongest, false);
    if (reached.node.kind == FactKind::Activity) work.follow(reached.strongest, reached.counted);
  }
  lapse_confirmations(context, parts);
  auto const add = [&](QualityMeasure measure, double value, char const* unit, char const* model,
                       RulesUsed const& rules) {
    parts.quality.push_back(figure_of(measure, value, unit, model, rules.inputs()));
  };
  double repeated = 0, effort = 0;
  for (auto const& test : parts.tests) {
    if (!test.already_run) continue;
    ++repeated;
    effort += test.effort.in_hours();
  }
  auto const& facts = context.project.facts();
  if (!facts.requirements.empty())
    add(QualityMeasure::RequirementsToConfirm, static_cast<double>(parts.lapsed.size()), "requirements",
        "confirmations on versions of the text", needs);
  if (!facts.tests.empty()) {
    add(QualityMeasure::TestsToRepeat, repeated, "tests", "traces of type verifies", tests);
    add(QualityMeasure::TestEffort, effort, "h", "effort of each test that is run again", tests);
  }
  RulesUsed both = needs;
  both.add(tests);
  cover(context, both.inputs(), parts);
  fill_defects(context, work.inputs(), parts);
}

void mark_assumptions(Impact::Parts& parts) {
  auto const assumed = [&](QualityMeasure measure) {
    return std::any_of(parts.quality.begin(), parts.quality.end(), [&](QualityFigure const& figure) {
      return figure.measure == measure && figure.assumed;
    });
  };
  bool const work = assumed(QualityMeasure::ChangedWork), tests = assumed(QualityMeasure::TestsToRepeat);
  // What the change states itself, and what falls away with its need, rests on nobody's guess.
  std::set<std::string> grown, moved;
  for (auto& rework : parts.reworks) {
    if (rework.kind != ReworkKind::Open && rework.kind != ReworkKind::Completed) continue;
    rework.assumed = rework.share > 0 ? work : tests;
    if (rework.assumed) grown.insert(rework.activity);
  }
  bool const any = work_assumed(parts);
  if (any)
    for (auto const& delta : parts.activities)
      if (delta.moved()) moved.insert(delta.key);
  for (auto& milestone : parts.milestones)
    milestone.assumed =
        any && (milestone.delta.seconds != 0 || milestone.before.has_value() != milestone.after.has_value());
  for (auto& line : parts.costs) {
    switch (line.category) {
      case CostCategory::Expense:
        break;
      case CostCategory::Test:
        line.assumed = tests;
        break;
      case CostCategory::TimeDependent:
      case CostCategory::Rate:
      case CostCategory::Penalty:
      case CostCategory::Bonus:
        line.assumed = grown.contains(line.activity) || moved.contains(line.activity);
        break;
      default:
        line.assumed = grown.contains(line.activity);
        break;
    }
  }
}

TestsToRepeat tests_to_repeat(Context const& context, std::vector<Reached> const& reached, PlanChange& plan) {
  TestsToRepeat all;
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
    std::optional<DatedRate> rate;
    if (auto const* resource = context.project.find<Resource>(test->resource)) {
      auto const now = index ? context.now(*index) : context.now();
      auto const rates = context.prices.rates(*resource, plan.rates_of(resource->key), now).standard;
      if (!rates.empty()) rate = dated_rate_at(now, rates);
      if (rate) repeated.cost = cost_of(repeated.effort, rate->rate);
    }
    if (index && repeated.already_run && repeated.effort.seconds > 0)
      plan.run_again(test->activity, repeated.effort,
                     repeated.reason + ": test " + test->key + " is run again");
    all.tests.push_back(std::move(repeated));
    all.rates.push_back(rate);
  }
  return all;
}

}  // namespace rapport::detail
