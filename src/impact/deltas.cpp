// What moved: activities and milestones, before against after.

#include <algorithm>

#include "impact/parts.h"

namespace rapport::detail {
namespace {

ActivityDelta compare(std::string const& key, std::string const& name, ActivityKind kind,
                      std::optional<ActivityDates> const& before, std::optional<ActivityDates> const& after) {
  ActivityDelta delta;
  delta.key = key;
  delta.name = name;
  delta.kind = kind;
  delta.before = before;
  delta.after = after;
  if (before && after) {
    delta.early_start = after->early_start - before->early_start;
    delta.early_finish = after->early_finish - before->early_finish;
    delta.late_start = after->late_start - before->late_start;
    delta.late_finish = after->late_finish - before->late_finish;
    delta.total_float = after->total_float - before->total_float;
    delta.free_float = after->free_float - before->free_float;
  }
  delta.newly_critical = after && after->critical && !(before && before->critical);
  delta.no_longer_critical = before && before->critical && !(after && after->critical);
  return delta;
}

std::optional<ActivityDates> dates(Schedule const& schedule, std::string const& key) {
  auto const index = schedule.network().find(key);
  if (!index) return std::nullopt;
  return schedule.dates(*index);
}

Elapsed lateness(std::optional<Instant> when, std::optional<Instant> due) {
  if (!when || !due || *when <= *due) return {};
  return *when - *due;
}

MilestoneDelta milestone(MilestoneKind kind, std::string const& key, std::string const& name,
                         std::string const& activity, std::optional<Instant> before,
                         std::optional<Instant> after, std::optional<Instant> due) {
  MilestoneDelta delta;
  delta.kind = kind;
  delta.key = key;
  delta.name = name;
  delta.activity = activity;
  delta.before = before;
  delta.after = after;
  if (before && after) delta.delta = *after - *before;
  delta.due = due;
  delta.late_before = lateness(before, due);
  delta.late_after = lateness(after, due);
  return delta;
}

/// Whether an activity keeps its number: only values were replaced, so that no key is looked up.
bool same_numbers(Schedule const& before, Schedule const& after) {
  return &before.network().names() == &after.network().names();
}

}  // namespace

void fill_deltas(Context const& context, PlanChange const& plan, Extent extent,
                 std::vector<ActivityIndex> const* moved, Impact::Parts& parts) {
  auto const& facts = context.project.facts();
  auto const &before = parts.before, &after = parts.after;
  bool const same = same_numbers(before, after);
  auto const look = [&](Activity const& activity, ActivityIndex index) {
    auto const was = before.dates(index);
    auto const is = same ? std::optional(after.dates(index)) : dates(after, activity.key);
    // A changed rate bears on work that does not move.
    if (extent == Extent::Moved && is == was && plan.rates.empty() && !plan.find(activity.key)) return;
    parts.activities.push_back(compare(activity.key, activity.name, activity.kind, was, is));
  };
  if (extent == Extent::Moved && moved && plan.rates.empty()) {
    // In the order of the facts, as when all are looked at.
    std::vector<std::uint32_t> rows;
    for (auto const index : *moved) rows.push_back(context.row(index));
    for (auto const& effect : plan.effects())
      if (effect.index) rows.push_back(context.row(*effect.index));
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    for (auto const row : rows) look(facts.activities[row], context.index(row));
  } else {
    for (std::uint32_t row = 0; row < facts.activities.size(); ++row)
      look(facts.activities[row], context.index(row));
  }
  auto const& network = after.network();
  for (std::uint32_t i = 0; !same && i < network.activity_count(); ++i) {
    ActivityIndex const index{i};
    if (before.network().find(network.key(index))) continue;
    parts.activities.push_back(compare(network.key(index), network.name(index), network.kind(index),
                                       std::nullopt, after.dates(index)));
  }

  Instant const finish_before = before.finish(), finish_after = after.finish();
  parts.finish_delta = finish_after - finish_before;
  for (std::uint32_t i = 0; i < network.activity_count() && finish_after != finish_before; ++i) {
    if (after.dates(ActivityIndex{i}).early_finish != finish_after) continue;
    parts.finish_delta_work = network.calendar(ActivityIndex{i}).between(finish_before, finish_after);
    break;
  }

  std::optional<Instant> must_finish_by;
  for (auto const& subproject : facts.subprojects)
    if (subproject.must_finish_by && (!must_finish_by || *subproject.must_finish_by > *must_finish_by))
      must_finish_by = subproject.must_finish_by;
  parts.milestones.push_back(
      milestone(MilestoneKind::Project, "", facts.name, "", finish_before, finish_after, must_finish_by));
  auto const finish = [](Schedule const& schedule, std::string const& key) -> std::optional<Instant> {
    auto const found = dates(schedule, key);
    if (!found) return std::nullopt;
    return found->early_finish;
  };
  for (auto const& promised : facts.contract_milestones)
    parts.milestones.push_back(milestone(MilestoneKind::Contract, promised.key, promised.name,
                                         promised.activity, finish(before, promised.activity),
                                         finish(after, promised.activity), promised.due));
  if (extent == Extent::Moved) return;
  for (auto const& activity : facts.activities) {
    if (activity.kind != ActivityKind::StartMilestone && activity.kind != ActivityKind::FinishMilestone)
      continue;
    parts.milestones.push_back(milestone(MilestoneKind::Activity, activity.key, activity.name, activity.key,
                                         finish(before, activity.key), finish(after, activity.key),
                                         activity.deadline));
  }
}

}  // namespace rapport::detail
