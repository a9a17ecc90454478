#include "rapport/report/page.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "impact/assessed_on.h"
#include "notice/naming.h"
#include "rapport/notice/touched_risks.h"

namespace rapport {
namespace {

bool is_milestone(ActivityKind kind) {
  return kind == ActivityKind::StartMilestone || kind == ActivityKind::FinishMilestone;
}

/// What a reader should see first; smaller comes first.
auto importance(MovedActivity const& row) {
  bool const spans = row.kind == ActivityKind::Summary || row.kind == ActivityKind::LevelOfEffort;
  return std::make_tuple(!row.rework.has_value(), spans, !is_milestone(row.kind), !row.newly_critical,
                         -row.finish_delta.seconds, row.key);
}

Instant shown_start(MovedActivity const& row) {
  if (row.start_before && row.start_after) return std::min(*row.start_before, *row.start_after);
  return row.start_before ? *row.start_before : row.start_after.value_or(Instant{});
}

double hours_per_day(Impact const& impact, std::string const& activity) {
  for (Schedule const* plan : {&impact.after(), &impact.before()})
    if (auto const index = plan->network().find(activity)) return plan->network().hours_per_day(*index);
  return 8;
}

MovedActivity moved_row(Impact const& impact, ActivityDelta const& delta) {
  MovedActivity row;
  row.key = delta.key;
  row.name = delta.name;
  row.kind = delta.kind;
  if (delta.before) {
    row.start_before = delta.before->early_start;
    row.finish_before = delta.before->early_finish;
    row.float_before = delta.before->total_float;
  }
  if (delta.after) {
    row.start_after = delta.after->early_start;
    row.finish_after = delta.after->early_finish;
    row.float_after = delta.after->total_float;
    row.critical_after = delta.after->critical;
  }
  row.start_delta = delta.early_start;
  row.finish_delta = delta.early_finish;
  row.newly_critical = delta.newly_critical;
  row.hours_per_day = hours_per_day(impact, delta.key);
  return row;
}

/// All that moves; the `count` most important of it in `page.activities`, by their start.
void add_activities(ImpactPage& page, Impact const& impact, std::size_t count) {
  std::unordered_map<std::string, ReworkKind> reworked;
  for (Rework const& rework : impact.reworks())
    reworked.emplace(rework.rework_activity.empty() ? rework.activity : rework.rework_activity, rework.kind);

  page.activity_count = impact.activity_deltas().size();
  for (ActivityDelta const& delta : impact.activity_deltas()) {
    if (delta.newly_critical) ++page.newly_critical_count;
    auto const own = reworked.find(delta.key);
    if (!delta.moved() && own == reworked.end()) continue;
    if (delta.moved()) ++page.moved_count;
    MovedActivity row = moved_row(impact, delta);
    if (own != reworked.end()) row.rework = own->second;
    page.activities.push_back(std::move(row));
  }
  std::size_t const shown = std::min(count, page.activities.size());
  page.not_shown_count = page.activities.size() - shown;
  std::ranges::partial_sort(page.activities, page.activities.begin() + static_cast<std::ptrdiff_t>(shown), {},
                            importance);
  page.activities.resize(shown);
  std::ranges::sort(page.activities, {},
                    [](MovedActivity const& row) { return std::make_tuple(shown_start(row), row.key); });
}

void add_milestones(ImpactPage& page, Impact const& impact) {
  std::set<std::string> promised;
  for (MilestoneDelta const& milestone : impact.milestone_deltas())
    if (milestone.kind == MilestoneKind::Contract) promised.insert(milestone.activity);
  for (MilestoneDelta const& milestone : impact.milestone_deltas()) {
    // The contract milestone tells of the same date already.
    if (milestone.kind == MilestoneKind::Activity && promised.contains(milestone.activity)) continue;
    bool const moves = milestone.delta != Elapsed{} || !milestone.before || !milestone.after;
    if (moves || milestone.kind != MilestoneKind::Activity) page.milestones.push_back(milestone);
  }
  std::ranges::stable_sort(page.milestones, {}, [](MilestoneDelta const& m) {
    auto const when = m.after ? m.after : m.before;
    return std::make_tuple(m.kind != MilestoneKind::Project, m.kind != MilestoneKind::Contract,
                           when.value_or(Instant{}));
  });
}

/// The name of a fact; of an activity that the change adds, the one it has there.
std::string name_after(Project const& project, Impact const& impact, NodeRef const& node) {
  if (node.kind == FactKind::Activity)
    for (ChangeEdit const& edit : impact.change().edits)
      if (auto const* added = std::get_if<ActivityAddition>(&edit);
          added && added->activity.key == node.key && !added->activity.name.empty())
        return added->activity.name;
  return name_of(project, node);
}

PricedLine priced(Project const& project, Impact const& impact, CostLine const& line) {
  auto const named = [&](FactKind kind, std::string const& key) {
    return key.empty() ? std::string() : name_after(project, impact, {kind, key});
  };
  return {line, named(FactKind::Activity, line.activity), named(FactKind::Resource, line.resource),
          named(FactKind::CostAccount, line.account)};
}

std::vector<PricedLine> priced(Project const& project, Impact const& impact,
                               std::vector<CostLine> const& lines) {
  std::vector<PricedLine> rows;
  for (CostLine const& line : lines)
    if (line.amount.minor != 0) rows.push_back(priced(project, impact, line));
  auto const size = [](PricedLine const& row) {
    return row.line.amount.minor < 0 ? row.line.amount.minor : -row.line.amount.minor;
  };
  std::ranges::stable_sort(rows, {}, size);
  return rows;
}

void add_risks(ImpactPage& page, Project const& project, Impact const& impact) {
  page.reg = assess_risks(project);
  auto const& levels = page.reg.matrix.scale().levels;
  for (RiskMove& move : moved(page.reg, touched_risks(impact, page.reg))) {
    Risk const& risk = page.reg.at(move.risk).risk;
    RiskRow row;
    row.title = risk.title;
    row.owner = risk.owner.empty() ? std::string() : name_of(project, {FactKind::Stakeholder, risk.owner});
    row.level_before = levels.at(move.before.level).name;
    row.level_after = levels.at(move.after.level).name;
    row.sign = risk.sign;
    row.shared_with_client = risk.shared_with_client;
    row.move = std::move(move);
    page.risks.push_back(std::move(row));
  }
}

void add_reach(ImpactPage& page, Impact const& impact) {
  std::map<FactKind, std::size_t> counts;
  for (Reached const& reached : impact.reached())
    if (is_touched(impact, reached) && reached.node.kind != FactKind::Risk) ++counts[reached.node.kind];
  // Risks are touched by way of the work they threaten, too.
  if (!page.risks.empty()) counts[FactKind::Risk] = page.risks.size();
  page.reach.assign(counts.begin(), counts.end());
}

void add_names(ImpactPage& page, Project const& project, Impact const& impact) {
  auto const add = [&](FactKind kind, std::string const& key) {
    if (key.empty()) return;
    NodeRef node{kind, key};
    std::string name = name_after(project, impact, node);
    page.names.emplace(std::move(node), std::move(name));
  };
  for (Rework const& rework : page.reworks) add(FactKind::Activity, rework.activity);
  for (Unpriced const& item : page.unpriced) {
    add(FactKind::Activity, item.activity);
    add(FactKind::Resource, item.resource);
  }
  for (LapsedConfirmation const& lapsed : page.confirmations) {
    add(FactKind::Requirement, lapsed.requirement);
    add(FactKind::Stakeholder, lapsed.by);
  }
}

Trail trail_to(Impact const& impact, std::string_view about) {
  try {
    return impact.trail(about);
  } catch (NotFound const&) {
    return {std::string(about), {}};
  }
}

void add_trail_finishes(ImpactPage& page, Impact const& impact) {
  std::set<std::string> on_trail;
  for (TrailStep const& step : page.finish_trail.steps)
    if (step.node && step.node->kind == FactKind::Activity) on_trail.insert(step.node->key);
  for (ActivityDelta const& delta : impact.activity_deltas())
    if (delta.before && delta.after && on_trail.contains(delta.key))
      page.trail_finishes[delta.key] = {delta.before->early_finish, delta.after->early_finish};
  page.trail_finishes[""] = {page.finish_before, page.finish_after};
}

}  // namespace

ImpactPage impact_page(Project const& project, Impact const& impact, NoticeOptions const& options,
                       std::size_t activities) {
  detail::check_made_from(project, impact);
  ImpactPage page;
  page.project = title_of(project);
  page.change = impact.change();
  page.requested_by = requester_of(project, impact.change());
  page.data_date = impact.before().network().data_date();
  page.finish_before = impact.before().finish();
  page.finish_after = impact.after().finish();
  page.finish_delta = impact.finish_delta();
  page.finish_delta_work = impact.finish_delta_work();
  for (ActivityDelta const& delta : impact.activity_deltas())
    if (delta.after && delta.after->early_finish == page.finish_after) {
      page.hours_per_day = hours_per_day(impact, delta.key);
      break;
    }

  add_milestones(page, impact);
  for (ContractMilestone const& promised : project.facts().contract_milestones)
    if (promised.grace_days > 0) page.grace_days[promised.key] = promised.grace_days;
  add_activities(page, impact, activities);
  page.reworks = impact.reworks();
  page.cost_delta = impact.cost_delta();
  page.costs = priced(project, impact, impact.cost_lines());
  page.unpriced = impact.unpriced();
  page.discarded = priced(project, impact, impact.discarded());
  page.work_assumed = impact.work_assumed();
  page.quality = impact.quality_figures();
  page.defects = impact.defect_phases();
  page.tests = impact.repeated_tests();
  page.confirmations = impact.lapsed_confirmations();
  add_names(page, project, impact);
  page.finish_trail = trail_to(impact, "finish");
  page.cost_trail = trail_to(impact, "cost");
  add_trail_finishes(page, impact);
  add_risks(page, project, impact);
  add_reach(page, impact);
  page.notices = notify(project, impact, options);
  page.notes = impact.notes();
  return page;
}

}  // namespace rapport
