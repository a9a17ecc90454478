// What moved: activities and milestones, before against after.

#include <algorithm>
#include <tuple>

#include "impact/parts.h"
#include "rapport/schedule/what_if.h"
#include "schedule/schedule_rows.h"

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

/// It ends then because its project does.
bool waits_for_finish(ScheduleRows const& rows, std::uint32_t row) {
  for (auto const field : {DateField::EarlyStart, DateField::EarlyFinish})
    for (auto const& source : rows.sources(row, field))
      if (source.driver == Driver::ProjectFinish) return true;
  return false;
}

ActivityDelta const* last_of(Impact::Parts const& parts, When when, Instant finish,
                             std::optional<std::uint32_t> subproject) {
  ScheduleRows const rows(when == When::After ? parts.after : parts.before);
  auto const dates = when == When::After ? &ActivityDelta::after : &ActivityDelta::before;
  ActivityDelta const* last = nullptr;
  std::tuple<bool, bool, bool, std::int64_t> best;
  for (std::size_t k = 0; k < parts.activities.size(); ++k) {
    auto const& delta = parts.activities[k];
    if (!(delta.*dates) || (delta.*dates)->early_finish != finish) continue;
    if (delta.before && delta.after && delta.early_finish.seconds == 0) continue;
    auto const row = *rows.find(delta.key);
    bool const works = delta.kind != ActivityKind::Summary && delta.kind != ActivityKind::LevelOfEffort;
    auto const index = parts.activity_index[k];
    std::tuple const rank(works, !waits_for_finish(rows, row),
                          subproject && rows.subproject(row) == *subproject,
                          index ? std::int64_t{index->value} : -1);
    if (last && rank <= best) continue;
    last = &delta;
    best = rank;
  }
  return last;
}

/// Dates after the change, of activities that were there before.
class DatesAfter {
 public:
  DatesAfter(Schedule const& before, Schedule const& after, WhatIf const* tried)
      : before_(before),
        after_(after),
        rows_(after),
        tried_(tried),
        same_numbers_(!tried && &before.network().names() == &after.network().names()) {}

  [[nodiscard]] std::optional<ActivityDates> of(ActivityIndex i) const {
    if (tried_) return tried_->dates(i);
    if (same_numbers_) return after_.dates(i);
    return rows_.dates(before_.network().key(i));
  }
  [[nodiscard]] ScheduleRows const& rows() const { return rows_; }

 private:
  Schedule const &before_, &after_;
  ScheduleRows const rows_;
  WhatIf const* const tried_;
  bool const same_numbers_;  ///< Only values were replaced, so that no key is looked up.
};

/// The finish moves by this much work of who ends last.
Work work_to_finish(Impact::Parts const& parts) {
  auto const [last, when] = ends_last(parts);
  if (!last) return {};
  ScheduleRows const rows(when == When::After ? parts.after : parts.before);
  return rows.calendar(*rows.find(last->key)).between(parts.before.finish(), parts.after.finish());
}

}  // namespace

ActivityDelta const* ends_last(Impact::Parts const& parts, When when, std::uint32_t row) {
  ScheduleRows const rows(when == When::After ? parts.after : parts.before);
  return last_of(parts, when, rows.project_finish(row), rows.subproject(row));
}

EndsLast ends_last(Impact::Parts const& parts) {
  Instant const before = parts.before.finish(), after = parts.after.finish();
  if (before == after) return {};
  auto const of = [&](When when) {
    return EndsLast{last_of(parts, when, when == When::After ? after : before, std::nullopt), when};
  };
  auto const first = of(before < after ? When::After : When::Before);
  return first.activity ? first : of(before < after ? When::Before : When::After);
}

void fill_deltas(Context const& context, PlanChange const& plan, Overlay const& overlay, Extent extent,
                 WhatIf const* tried, Impact::Parts& parts) {
  auto const& facts = context.project.facts();
  auto const &before = parts.before, &after = parts.after;
  DatesAfter const dates_after(before, after, tried);
  auto const look = [&](Activity const& activity, ActivityIndex index) {
    auto const was = before.dates(index);
    auto const is = dates_after.of(index);
    // A changed rate bears on work that does not move.
    if (extent == Extent::Moved && is == was && plan.rates.empty() && !plan.find(activity.key)) return;
    parts.activities.push_back(compare(activity.key, activity.name, activity.kind, was, is));
    parts.activity_index.emplace_back(index);
  };
  if (extent == Extent::Moved && (tried || overlay.empty()) && plan.rates.empty()) {
    // In the order of the facts, as when all are looked at.
    std::vector<std::uint32_t> rows;
    if (tried)
      for (auto const index : tried->moved()) rows.push_back(context.row(index));
    for (auto const& effect : plan.effects())
      if (effect.index) rows.push_back(context.row(*effect.index));
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    for (auto const row : rows) look(facts.activities[row], context.index(row));
  } else {
    for (std::uint32_t row = 0; row < facts.activities.size(); ++row)
      look(facts.activities[row], context.index(row));
  }
  ScheduleRows const rows_before(before), &rows_after = dates_after.rows();
  for (auto const& added : overlay.added_activities())
    if (auto const is = rows_after.dates(added.key))
      parts.activities.push_back(compare(added.key, added.name, added.kind, std::nullopt, is));
  parts.activity_index.resize(parts.activities.size());

  Instant const finish_before = before.finish(), finish_after = after.finish();
  parts.finish_delta = finish_after - finish_before;
  parts.finish_delta_work = work_to_finish(parts);

  std::optional<Instant> must_finish_by;
  for (auto const& subproject : facts.subprojects)
    if (subproject.must_finish_by && (!must_finish_by || *subproject.must_finish_by > *must_finish_by))
      must_finish_by = subproject.must_finish_by;
  parts.milestones.push_back(
      milestone(MilestoneKind::Project, "", facts.name, "", finish_before, finish_after, must_finish_by));
  auto const finish = [](ScheduleRows const& rows, std::string const& key) -> std::optional<Instant> {
    auto const found = rows.dates(key);
    if (!found) return std::nullopt;
    return found->early_finish;
  };
  for (auto const& promised : facts.contract_milestones)
    parts.milestones.push_back(milestone(MilestoneKind::Contract, promised.key, promised.name,
                                         promised.activity, finish(rows_before, promised.activity),
                                         finish(rows_after, promised.activity), promised.due));
  if (extent == Extent::Moved) return;
  for (auto const& activity : facts.activities) {
    if (activity.kind != ActivityKind::StartMilestone && activity.kind != ActivityKind::FinishMilestone)
      continue;
    parts.milestones.push_back(milestone(MilestoneKind::Activity, activity.key, activity.name, activity.key,
                                         finish(rows_before, activity.key), finish(rows_after, activity.key),
                                         activity.deadline));
  }
}

}  // namespace rapport::detail
