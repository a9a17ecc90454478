// What stands in the elements of an MSPDI.

#include <algorithm>
#include <cmath>

#include "exchange/mspdi_writer.h"
#include "exchange/priced.h"
#include "exchange/spelled_values.h"
#include "exchange/work_contours.h"

namespace rapport {
namespace {

std::string uid_in(std::unordered_map<std::string, std::string> const& uids, std::string const& key,
                   char const* otherwise) {
  auto const place = uids.find(key);
  return place == uids.end() ? otherwise : place->second;
}

std::string bit(bool value) { return value ? "1" : "0"; }

/// Hundredths of the currency unit.
std::string hundredths(Money amount) { return spelled_number(amount.in_major() * 100, 4); }

std::string tenths(std::int64_t seconds) { return spelled_number(static_cast<double>(seconds) / 6, 3); }

RecordedDates const& dates_of(Activity const& activity, MspdiSide const& side) {
  static RecordedDates const none;
  auto const place = side.recorded.find(activity.key);
  return place == side.recorded.end() ? none : *place->second;
}

Resource const* assigned(Assignment const& assignment, MspdiSide const& side) {
  auto const place = side.resource_called.find(assignment.resource);
  return place == side.resource_called.end() ? nullptr : place->second;
}

bool is_of_kind(Assignment const& assignment, MspdiSide const& side, ResourceKind kind) {
  auto const* resource = assigned(assignment, side);
  return resource && resource->kind == kind;
}

double minutes_per_day(MspdiSide const& side) {
  return side.facts.calendars.empty() ? 480 : side.facts.calendars.front().hours_per_day * 60;
}

bool is_summary(Activity const& a) { return a.kind == ActivityKind::Summary; }

int constraint_type(ConstraintKind kind) {
  switch (kind) {
    case ConstraintKind::None:
      return 0;
    case ConstraintKind::AsLateAsPossible:
      return 1;
    case ConstraintKind::MandatoryStart:
      return 2;
    case ConstraintKind::MandatoryFinish:
      return 3;
    case ConstraintKind::StartOn:  // gives way to logic, which Must Start On does not
    case ConstraintKind::StartNoEarlierThan:
      return 4;
    case ConstraintKind::StartNoLaterThan:
      return 5;
    case ConstraintKind::FinishOn:
    case ConstraintKind::FinishNoEarlierThan:
      return 6;
    case ConstraintKind::FinishNoLaterThan:
      return 7;
  }
  return 0;
}

Work remaining_of(Activity const& a) {
  // What an XER states to be left of a start milestone means nothing to Project.
  if (a.kind == ActivityKind::StartMilestone && a.duration == Work{}) return {};
  return a.progress.remaining.value_or(a.progress.actual_finish ? Work{} : a.duration);
}

double percent_of(Activity const& a) {
  if (a.progress.actual_finish) return 100;
  if (!a.progress.actual_start) return 0;
  return std::min(std::round(a.progress.physical_percent), 99.0);
}

}  // namespace

std::vector<MspdiField<Subproject>> const& mspdi_project_fields() {
  using P = Subproject const&;
  using S = MspdiSide const&;
  static std::vector<MspdiField<Subproject>> const fields{
      {"Title", [](P f, S) { return f.key; }},
      {"ScheduleFromStart", [](P f, S) { return bit(!f.rules.from_finish); }},
      {"StartDate", [](P f, S) { return spelled_second(f.planned_start); }},
      {"FinishDate", [](P f, S) { return f.rules.from_finish ? spelled_second(f.must_finish_by) : ""; }},
      {"CriticalSlackLimit",
       [](P f, S s) {
         return spelled_number(static_cast<double>(f.rules.critical_limit.seconds) / 60 / minutes_per_day(s),
                               4);
       }},
      {"CurrencyDigits", [](P, S s) { return std::to_string(s.facts.currency.minor_digits()); }},
      {"CurrencyCode",
       [](P, S s) { return s.facts.currency == Currency() ? std::string() : s.facts.currency.code(); }},
      {"CalendarUID", [](P f, S s) { return uid_in(s.calendar, f.calendar, ""); }},
      {"MinutesPerDay", [](P, S s) { return spelled_number(minutes_per_day(s), 6); }},
      {"MinutesPerWeek",
       [](P, S s) {
         return spelled_number(
             s.facts.calendars.empty() ? 2400 : minutes_per_day(s) * s.facts.calendars.front().days_per_week,
             6);
       }},
      {"MultipleCriticalPaths", [](P f, S) { return bit(f.rules.open_ends_critical); }},
      {"StatusDate", [](P f, S) { return spelled_second(f.data_date); }},
  };
  return fields;
}

std::vector<MspdiField<Activity>> const& mspdi_task_fields() {
  using A = Activity const&;
  using S = MspdiSide const&;
  static std::vector<MspdiField<Activity>> const fields{
      {"Name", [](A f, S) { return f.name; }},
      {"Active", [](A f, S) { return bit(!f.microsoft.inactive); }},
      {"Manual", [](A f, S) { return bit(f.microsoft.manual); }},
      {"Type", [](A f, S) { return bit(f.microsoft.fixed_duration); }},
      {"OutlineLevel",
       [](A f, S s) {
         auto const place = s.depth.find(f.wbs);
         int const depth = place == s.depth.end() ? 0 : place->second;
         return std::to_string(is_summary(f) ? std::max(depth, 1) : depth + 1);
       }},
      {"Start",
       [](A f, S s) {
         auto const& dates = dates_of(f, s);
         return spelled_second(f.progress.actual_start    ? f.progress.actual_start
                               : f.microsoft.manual_start ? f.microsoft.manual_start
                                                          : dates.early_start);
       }},
      {"Finish",
       [](A f, S s) {
         auto const& dates = dates_of(f, s);
         return spelled_second(f.progress.actual_finish    ? f.progress.actual_finish
                               : f.microsoft.manual_finish ? f.microsoft.manual_finish
                                                           : dates.early_finish);
       }},
      {"Duration", [](A f, S) { return spelled_duration(f.duration.seconds); }},
      {"ManualStart", [](A f, S) { return spelled_second(f.microsoft.manual_start); }},
      {"ManualFinish", [](A f, S) { return spelled_second(f.microsoft.manual_finish); }},
      {"DurationFormat", [](A f, S) { return std::string(f.microsoft.elapsed_duration ? "8" : "7"); }},
      {"Stop", [](A f, S) { return f.progress.actual_finish ? "" : spelled_second(f.progress.suspended); }},
      {"Resume", [](A f, S) { return f.progress.actual_finish ? "" : spelled_second(f.progress.resumed); }},
      {"EffortDriven", [](A f, S) { return bit(f.microsoft.effort_driven); }},
      {"Milestone",
       [](A f, S) {
         return bit(f.kind == ActivityKind::StartMilestone || f.kind == ActivityKind::FinishMilestone);
       }},
      {"Summary", [](A f, S) { return bit(is_summary(f)); }},
      {"Critical",
       [](A f, S s) {
         auto const driving = dates_of(f, s).driving;
         return driving ? bit(*driving) : std::string();
       }},
      {"EarlyStart", [](A f, S s) { return spelled_second(dates_of(f, s).early_start); }},
      {"EarlyFinish", [](A f, S s) { return spelled_second(dates_of(f, s).early_finish); }},
      {"LateStart", [](A f, S s) { return spelled_second(dates_of(f, s).late_start); }},
      {"LateFinish", [](A f, S s) { return spelled_second(dates_of(f, s).late_finish); }},
      {"FreeSlack",
       [](A f, S s) {
         auto const slack = dates_of(f, s).free_float;
         return slack ? tenths(slack->seconds) : std::string();
       }},
      {"TotalSlack",
       [](A f, S s) {
         auto const slack = dates_of(f, s).total_float;
         return slack ? tenths(slack->seconds) : std::string();
       }},
      {"FixedCost",
       [](A f, S s) {
         auto const place = s.expense_of.find(f.key);
         return place == s.expense_of.end() ? std::string("0") : hundredths(place->second->amount);
       }},
      {"FixedCostAccrual",
       [](A f, S s) {
         auto const place = s.expense_of.find(f.key);
         if (place == s.expense_of.end()) return std::string("3");
         return std::string(place->second->accrual == Accrual::Start ? "1"
                            : place->second->accrual == Accrual::End ? "2"
                                                                     : "3");
       }},
      {"PercentComplete", [](A f, S) { return spelled_number(percent_of(f), 0); }},
      {"ActualStart", [](A f, S) { return spelled_second(f.progress.actual_start); }},
      {"ActualFinish", [](A f, S) { return spelled_second(f.progress.actual_finish); }},
      {"ActualDuration",
       [](A f, S) {
         if (!f.progress.actual_start) return spelled_duration(0);
         return spelled_duration(std::max<std::int64_t>(f.duration.seconds - remaining_of(f).seconds, 0));
       }},
      {"RemainingDuration", [](A f, S) { return spelled_duration(remaining_of(f).seconds); }},
      {"ConstraintType", [](A f, S) { return std::to_string(constraint_type(f.constraint.kind)); }},
      {"CalendarUID", [](A f, S s) { return uid_in(s.calendar, f.calendar, "-1"); }},
      {"ConstraintDate", [](A f, S) { return spelled_second(f.constraint.date); }},
      {"Deadline", [](A f, S) { return spelled_second(f.deadline); }},
      {"LevelingDelay", [](A f, S) { return tenths(f.microsoft.levelling_delay.seconds); }},
      {"IgnoreResourceCalendar", [](A f, S) { return bit(f.microsoft.ignore_resource_calendars); }},
  };
  return fields;
}

std::vector<MspdiField<Link>> const& mspdi_link_fields() {
  using L = Link const&;
  using S = MspdiSide const&;
  static std::vector<MspdiField<Link>> const fields{
      {"PredecessorUID", [](L f, S s) { return uid_in(s.activity, f.predecessor, ""); }},
      {"Type",
       [](L f, S) {
         static constexpr char const* types[] = {"1", "3", "0", "2"};  // FS, SS, FF, SF
         return std::string(types[static_cast<std::size_t>(f.type)]);
       }},
      {"CrossProject", [](L, S) { return std::string("0"); }},
      {"LinkLag",
       [](L f, S) {
         return is_percent(f.lag.kind) ? spelled_number(f.lag.percent, 6) : tenths(f.lag.seconds);
       }},
      {"LagFormat",
       [](L f, S) {
         static constexpr char const* formats[] = {"7", "8", "19", "20"};  // d, ed, %, e%
         return std::string(formats[static_cast<std::size_t>(f.lag.kind)]);
       }},
  };
  return fields;
}

std::vector<MspdiField<Resource>> const& mspdi_resource_fields() {
  using R = Resource const&;
  using S = MspdiSide const&;
  static std::vector<MspdiField<Resource>> const fields{
      {"Name", [](R f, S) { return f.name.empty() ? f.key : f.name; }},
      {"Type",
       [](R f, S) {
         return std::string(f.kind == ResourceKind::Cost       ? "2"
                            : f.kind == ResourceKind::Material ? "0"
                                                               : "1");
       }},
      {"MaterialLabel", [](R f, S) { return f.unit; }},
      {"MaxUnits", [](R f, S) { return spelled_number(f.max_units); }},
      {"CalendarUID", [](R f, S s) { return uid_in(s.calendar, f.calendar, "-1"); }},
      {"IsCostResource", [](R f, S) { return bit(f.kind == ResourceKind::Cost); }},
      {"AccrueAt",
       [](R f, S) {
         return std::string(f.accrual == Accrual::Start ? "1" : f.accrual == Accrual::End ? "2" : "3");
       }},
  };
  return fields;
}

namespace {

/// A stretch as long as a contour that was shaped by hand, which a reader takes its duration from.
Split stretch_of(Assignment const& f, MspdiSide const& s) {
  auto const task = s.activity_called.find(f.activity);
  auto const resource = s.resource_called.find(f.resource);
  if (task == s.activity_called.end() || resource == s.resource_called.end()) return {};
  auto const& own = task->second->calendar;
  auto const& first = s.facts.subprojects;
  std::string const calendar = !resource->second->calendar.empty() ? resource->second->calendar
                               : !own.empty() || first.empty()     ? own
                                                                   : first.front().calendar;
  auto const& dates = dates_of(*task->second, s);
  Instant const from = task->second->progress.actual_start.value_or(dates.early_start.value_or(
      first.empty() ? Instant{} : first.front().planned_start.value_or(Instant{})));
  return {from, s.days.after(calendar, from, *f.duration)};
}

/// Even, where Project has no contour like it.
std::string contour_of(Assignment const& f) {
  if (f.duration) return std::string(edited_contour);
  auto const found = std::find_if(work_contours.begin() + 1, work_contours.end(), [&](auto const& shape) {
    return std::equal(shape.begin(), shape.end(), f.curve.begin(), f.curve.end());
  });
  return std::to_string(found == work_contours.end() ? 0 : found - work_contours.begin());
}

}  // namespace

std::vector<MspdiField<Assignment>> const& mspdi_assignment_fields() {
  using A = Assignment const&;
  using S = MspdiSide const&;
  static constexpr auto effort = [](A f, S s) {
    return is_of_kind(f, s, ResourceKind::Material) ? std::llround(f.quantity * 3600) : f.work.seconds;
  };
  static std::vector<MspdiField<Assignment>> const fields{
      {"TaskUID", [](A f, S s) { return uid_in(s.activity, f.activity, ""); }},
      {"ResourceUID", [](A f, S s) { return uid_in(s.resource, f.resource, ""); }},
      {"Cost",
       [](A f, S s) {
         if (f.cost) return hundredths(*f.cost);
         auto const* resource = assigned(f, s);
         if (!resource || resource->rates.empty()) return std::string("0");
         return hundredths(cost_at(resource->rates.front(), f, *resource));
       }},
      {"ActualCost", [](A f, S) { return f.actual_cost ? hundredths(*f.actual_cost) : std::string("0"); }},
      {"ActualWork", [](A f, S) { return spelled_duration(f.actual.value_or(Work{}).seconds); }},
      {"OvertimeWork", [](A f, S) { return spelled_duration(f.overtime.seconds); }},
      {"Delay", [](A f, S) { return tenths(f.lag.seconds); }},
      {"RemainingWork",
       [](A f, S s) {
         bool const labour = !is_of_kind(f, s, ResourceKind::Material);
         return spelled_duration(labour ? f.remaining.value_or(f.work).seconds : effort(f, s));
       }},
      {"Units", [](A f, S) { return spelled_number(f.units); }},
      {"Work", [](A f, S s) { return spelled_duration(effort(f, s)); }},
      {"WorkContour", [](A f, S) { return contour_of(f); }},
      {"Start", [](A f, S s) { return f.duration ? spelled_second(stretch_of(f, s).start) : std::string(); }},
      {"Finish",
       [](A f, S s) { return f.duration ? spelled_second(stretch_of(f, s).finish) : std::string(); }},
  };
  return fields;
}

namespace {

std::string clock_of(std::int32_t second) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%02d:%02d:%02d", second / 3600 % 24, second / 60 % 60, second % 60);
  return buffer;
}

void write_day(pugi::xml_node day, DayShifts const& shifts) {
  set_child(day, "DayWorking", bit(!shifts.empty()));
  if (shifts.empty()) return;
  pugi::xml_node times = add_child(day, "WorkingTimes");
  for (Shift const& shift : shifts) {
    pugi::xml_node time = add_child(times, "WorkingTime");
    set_child(time, "FromTime", clock_of(shift.from));
    set_child(time, "ToTime", clock_of(shift.to));
  }
}

void write_period(pugi::xml_node parent, Date first, Date last) {
  pugi::xml_node span = add_child(parent, "TimePeriod");
  set_child(span, "FromDate", spelled_second(at(first)));
  set_child(span, "ToDate", spelled_second(at(last, 23 * 3600 + 59 * 60)));
}

void write_week(pugi::xml_node days, Week const& week, bool fill) {
  for (int type = 1; type <= 7; ++type) {  // 1 = Sunday
    auto const& shifts = week[static_cast<std::size_t>((type + 5) % 7)];
    if (!shifts && !fill) continue;
    pugi::xml_node day = add_child(days, "WeekDay");
    set_child(day, "DayType", std::to_string(type));
    write_day(day, shifts ? *shifts : DayShifts{});
  }
}

pugi::xml_node renewed(pugi::xml_node element, char const* name) {
  if (pugi::xml_node old = element.child(name)) remove_child(old);
  return add_child(element, name);
}

}  // namespace

void write_working_time(pugi::xml_node element, Calendar const& calendar, Calendar const* before) {
  bool const exceptions_differ = !before || before->exceptions != calendar.exceptions;
  if (!before || before->week != calendar.week || exceptions_differ) {
    // Exceptions of old files stand among the weekdays, so these are made anew together.
    bool const silent =
        calendar.base.empty() && std::none_of(calendar.week.begin(), calendar.week.end(),
                                              [](auto const& day) { return day.has_value(); });
    write_week(renewed(element, "WeekDays"), calendar.week, silent);
  }
  if (exceptions_differ) {
    pugi::xml_node list = renewed(element, "Exceptions");
    for (CalendarException const& each : calendar.exceptions) {
      pugi::xml_node node = add_child(list, "Exception");
      set_child(node, "EnteredByOccurrences", "0");
      write_period(node, each.first, each.last);
      set_child(node, "Occurrences", std::to_string(each.last - each.first + 1));
      set_child(node, "Name", each.name);
      set_child(node, "Type", "1");
      write_day(node, each.shifts);
    }
    if (calendar.exceptions.empty()) remove_child(list);
  }
  if (before ? before->work_weeks != calendar.work_weeks : !calendar.work_weeks.empty()) {
    pugi::xml_node list = renewed(element, "WorkWeeks");
    for (WorkWeek const& each : calendar.work_weeks) {
      pugi::xml_node node = add_child(list, "WorkWeek");
      write_period(node, each.first, each.last);
      set_child(node, "Name", each.name);
      write_week(add_child(node, "WeekDays"), each.week, false);
    }
    if (calendar.work_weeks.empty()) remove_child(list);
  }
}

}  // namespace rapport
