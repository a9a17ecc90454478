#include "rapport/notice/client_view.h"

#include <algorithm>
#include <array>
#include <set>

#include "impact/assessed_on.h"
#include "notice/naming.h"

namespace rapport {
namespace {

/// What the client would pay: penalties and bonuses follow from the contract, not from the price.
std::optional<Money> price_of(Impact const& impact) {
  if (!impact.cost_delta()) return std::nullopt;
  Money sum{0, impact.cost_delta()->currency};
  for (CostLine const& line : impact.cost_lines())
    if (line.category != CostCategory::Penalty && line.category != CostCategory::Bonus) sum += line.amount;
  return sum;
}

std::set<std::string> requirements_named(ChangeRequest const& change) {
  std::set<std::string> keys;
  for (ChangeEdit const& edit : change.edits)
    if (auto const* requirement = std::get_if<RequirementChange>(&edit))
      keys.insert(requirement->requirement);
  return keys;
}

/// The next milestone ahead that the change would come before: the place to put it off to.
MilestoneDelta const* next_milestone(Impact const& impact) {
  Schedule const& plan = impact.before();
  AnswerBy const answer = answer_by(impact);
  Instant const from = answer.first_work.value_or(plan.network().data_date().value_or(plan.start()));
  MilestoneDelta const* next = nullptr;
  for (MilestoneDelta const& milestone : impact.milestone_deltas()) {
    if (milestone.kind == MilestoneKind::Project || !milestone.before || *milestone.before < from) continue;
    if (!next || *milestone.before < *next->before) next = &milestone;
  }
  return next;
}

std::vector<ClientRequirement> requirements_to_confirm(Project const& project, Impact const& impact) {
  auto const named = requirements_named(impact.change());
  std::vector<ClientRequirement> list;
  for (LapsedConfirmation const& lapsed : impact.lapsed_confirmations()) {
    auto const* fact = project.find<Requirement>(lapsed.requirement);
    list.push_back({lapsed.requirement, fact ? fact->title : std::string(), lapsed.version,
                    named.contains(lapsed.requirement)});
  }
  std::ranges::stable_sort(list, [](ClientRequirement const& a, ClientRequirement const& b) {
    return a.named_by_change && !b.named_by_change;
  });
  return list;
}

std::vector<ClientTests> tests_by_level(Impact const& impact) {
  std::array<std::int32_t, 5> counts{};
  for (RepeatedTest const& test : impact.repeated_tests())
    if (test.already_run) ++counts.at(static_cast<std::size_t>(test.level));
  std::vector<ClientTests> tests;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0) tests.push_back({static_cast<TestLevel>(i), counts[i]});
  return tests;
}

bool is_assumed(Impact const& impact, QualityMeasure measure) {
  auto const* figure = impact.find(measure);
  return figure && figure->assumed;
}

std::optional<ClientCoverage> coverage_of(Impact const& impact) {
  auto const* before = impact.find(QualityMeasure::RequirementsVerifiedBefore);
  auto const* after = impact.find(QualityMeasure::RequirementsVerifiedAfter);
  if (!before || !after) return std::nullopt;
  // Their first two inputs are what is counted: all, and verified.
  auto const count = [](QualityFigure const* figure, std::size_t input) {
    return static_cast<std::int32_t>(figure->inputs.at(input).value);
  };
  return ClientCoverage{count(before, 1), count(before, 0), count(after, 1), count(after, 0), after->assumed};
}

std::vector<ClientRisk> shared_risks(Project const& project, Impact const& impact) {
  std::vector<ClientRisk> risks;
  for (Reached const& reached : impact.reached(FactKind::Risk)) {
    auto const* risk = project.find<Risk>(reached.node.key);
    if (!risk || !risk->shared_with_client || risk->status != RiskStatus::Open ||
        !is_touched(impact, reached))
      continue;
    risks.push_back({risk->title, risk->cause, risk->event, risk->effect,
                     risk->response ? risk->response->text : std::string(), risk->sign});
  }
  return risks;
}

}  // namespace

std::vector<Choice> choices(Project const& project, Impact const& impact) {
  std::optional<Money> const price = price_of(impact);
  std::vector<Choice> list;
  Choice& accept = list.emplace_back();
  accept.finish_delta = impact.finish_delta();
  accept.price = price;

  if (MilestoneDelta const* milestone = next_milestone(impact)) {
    Choice& defer = list.emplace_back();
    defer.kind = ChoiceKind::Defer;
    defer.milestone = milestone->name;
    defer.milestone_date = milestone->before;
  }

  auto const named = requirements_named(impact.change());
  if (!named.empty() || impact.change().edits.size() > 1) {
    Choice& reduce = list.emplace_back();
    reduce.kind = ChoiceKind::ReduceScope;
    for (std::string const& key : named)
      reduce.requirements.push_back(name_of(project, {FactKind::Requirement, key}));
  }

  Choice& decline = list.emplace_back();
  decline.kind = ChoiceKind::Decline;
  decline.finish_delta = Elapsed{};
  if (price) decline.price = Money{0, price->currency};
  return list;
}

ClientView client_view(Project const& project, Impact const& impact, AnswerOptions const& options) {
  detail::check_made_from(project, impact);
  ChangeRequest const& change = impact.change();
  ClientView view;
  view.project = title_of(project);
  view.change = change.key;
  view.title = change.title;
  view.reason = change.reason;
  view.requested_by = requester_of(project, change);
  view.raised = change.raised;
  view.data_date = impact.before().network().data_date();
  std::set<std::string> promised;
  for (MilestoneDelta const& from : impact.milestone_deltas())
    if (from.kind == MilestoneKind::Contract) promised.insert(from.activity);
  for (MilestoneDelta const& from : impact.milestone_deltas()) {
    bool const always = from.kind != MilestoneKind::Activity;
    // The contract milestone tells of the same date already.
    if (!always && promised.contains(from.activity)) continue;
    if (!always && from.before && from.after && from.delta == Elapsed{}) continue;
    view.milestones.push_back(
        {from.kind, from.name, from.before, from.after, from.due, from.delta, from.late_after, from.assumed});
  }
  view.price = price_of(impact);
  view.price_incomplete = !impact.unpriced().empty();
  view.confirmations_known = impact.find(QualityMeasure::RequirementsToConfirm) != nullptr;
  view.tests_known = impact.find(QualityMeasure::TestsToRepeat) != nullptr;
  view.to_confirm = requirements_to_confirm(project, impact);
  view.tests_to_repeat = tests_by_level(impact);
  view.coverage = coverage_of(impact);
  view.finish_assumed = impact.work_assumed() && impact.finish_delta() != Elapsed{};
  view.price_assumed = impact.work_assumed() && view.price && view.price->minor != 0;
  view.to_confirm_assumed = is_assumed(impact, QualityMeasure::RequirementsToConfirm);
  view.tests_assumed = is_assumed(impact, QualityMeasure::TestsToRepeat);
  view.risks = shared_risks(project, impact);
  view.choices = choices(project, impact);
  view.answer_by = answer_by(impact, options);
  return view;
}

}  // namespace rapport
