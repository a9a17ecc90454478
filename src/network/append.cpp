// One activity's facts into the columns.

#include <cmath>

#include "network/builder.h"

namespace rapport {
namespace {

bool is_milestone(ActivityKind kind) {
  return kind == ActivityKind::StartMilestone || kind == ActivityKind::FinishMilestone;
}

void find_out_whether_plain(ActivityValues& values, std::size_t i) {
  bool const work = values.kind[i] == ActivityKind::Task || values.kind[i] == ActivityKind::ResourceDependent;
  bool const begun = values.actual_start[i] != no_instant || values.actual_finish[i] != no_instant ||
                     values.resumed[i] != no_instant;
  bool const constrained =
      values.constraint[i] != ConstraintKind::None || values.constraint2[i] != ConstraintKind::None;
  bool const dated = values.deadline[i] != no_instant || values.expected_finish[i] != no_instant ||
                     values.external_early_start[i] != no_instant ||
                     values.external_late_finish[i] != no_instant;
  // Before its first task is told, it is an ordinary one.
  auto const task = values.microsoft[i];
  bool const ordinary = task == 0 || is_ordinary(values.microsoft_tasks[task]);
  values.plain[i] = work && !begun && !constrained && !dated && ordinary;
}

}  // namespace

bool is_ordinary(MicrosoftTask const& task) {
  return !task.manual && !task.inactive && !task.elapsed_duration && task.levelling_delay.seconds == 0 &&
         task.splits.empty();
}

void set_constraint(ActivityValues& values, std::size_t i, Constraint const& constraint) {
  bool const dated =
      constraint.kind != ConstraintKind::None && constraint.kind != ConstraintKind::AsLateAsPossible;
  // A dated kind without its date asks for nothing.
  values.constraint[i] = dated && !constraint.date ? ConstraintKind::None : constraint.kind;
  values.constraint_date[i] = dated ? seconds_or_none(constraint.date) : no_instant;
  find_out_whether_plain(values, i);
}

void set_progress(ActivityValues& values, std::size_t i, ActivityProgress const& progress) {
  values.actual_start[i] = seconds_or_none(progress.actual_start);
  values.actual_finish[i] = seconds_or_none(progress.actual_finish);
  values.suspended[i] = seconds_or_none(progress.suspended);
  values.resumed[i] = seconds_or_none(progress.resumed);
  // A milestone takes no time, whatever is said to be left of it.
  bool const stated = progress.remaining && !progress.actual_finish;
  values.remaining[i] = is_milestone(values.kind[i]) || progress.actual_finish ? 0
                        : stated                                               ? progress.remaining->seconds
                                                                               : values.duration[i];
  values.stated_work[i] =
      stated && values.kind[i] == ActivityKind::StartMilestone ? progress.remaining->seconds : 0;
  find_out_whether_plain(values, i);
}

void append(ActivityNames& names, ActivityValues& values, Activity const& activity, std::uint32_t calendar,
            std::uint32_t subproject) {
  names.key.push_back(activity.key);
  names.name.push_back(activity.name);
  names.source_id.push_back(activity.source_id);
  append(values, activity, calendar, subproject);
}

void append(ActivityValues& values, Activity const& activity, std::uint32_t calendar,
            std::uint32_t subproject) {
  std::size_t const i = values.kind.size();
  for_each_column(values, [](auto& column) { column.emplace_back(); });

  // To the passes it is a task that is scheduled by hand.
  values.kind[i] = keeps_its_dates(activity) ? ActivityKind::Task : activity.kind;
  values.subproject[i] = subproject;
  values.calendar[i] = calendar;
  values.duration[i] = is_milestone(activity.kind) ? 0 : activity.duration.seconds;
  set_progress(values, i, activity.progress);
  set_constraint(values, i, activity.secondary_constraint);
  values.constraint2[i] = values.constraint[i];
  values.constraint2_date[i] = values.constraint_date[i];
  set_constraint(values, i, activity.constraint);
  values.deadline[i] = seconds_or_none(activity.deadline);
  values.expected_finish[i] = seconds_or_none(activity.expected_finish);
  values.external_early_start[i] = seconds_or_none(activity.external_early_start);
  values.external_late_finish[i] = seconds_or_none(activity.external_late_finish);
  if (values.microsoft_tasks.empty()) values.microsoft_tasks.emplace_back();
  values.microsoft[i] = 0;
  if (activity.microsoft != MicrosoftTask{}) {
    values.microsoft[i] = static_cast<std::uint32_t>(values.microsoft_tasks.size());
    values.microsoft_tasks.push_back(activity.microsoft);
  }
  find_out_whether_plain(values, i);
}

std::int64_t lag_of(Lag const& lag) {
  return is_percent(lag.kind) ? std::llround(lag.percent * 100) : lag.seconds;
}

}  // namespace rapport
