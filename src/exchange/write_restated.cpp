#include "exchange/write_restated.h"

#include <cmath>
#include <map>
#include <unordered_map>

namespace rapport {
namespace {

constexpr std::int32_t most_days_of_a_span = 36525;

bool needs_single_days(Calendar const& calendar) {
  if (!calendar.work_weeks.empty()) return true;
  for (auto const& each : calendar.exceptions)
    if (each.first != each.last || !each.name.empty()) return true;
  return false;
}

void into_single_days(Calendar& calendar) {
  std::map<std::int32_t, DayShifts> days;
  for (WorkWeek const& span : calendar.work_weeks) {
    Date const last = std::min(span.last, span.first + most_days_of_a_span);
    for (Date day = span.first; day <= last; day = day + 1)
      if (auto const& shifts = span.week[static_cast<std::size_t>(day.weekday())])
        days.try_emplace(day.days, *shifts);  // the first work week wins
  }
  std::map<std::int32_t, DayShifts> own;
  for (CalendarException const& span : calendar.exceptions) {
    Date const last = std::min(span.last, span.first + most_days_of_a_span);
    for (Date day = span.first; day <= last; day = day + 1) own[day.days] = span.shifts;
  }
  for (auto& [day, shifts] : own) days[day] = std::move(shifts);
  calendar.work_weeks.clear();
  calendar.exceptions.clear();
  for (auto& [day, shifts] : days) calendar.exceptions.push_back({Date{day}, Date{day}, std::move(shifts), ""});
}

}  // namespace

Facts restated_for_primavera(Facts facts, Findings& findings) {
  auto const say = [&](std::string const& subject, char const* what, char const* action) {
    findings.add(Severity::Info, 0, subject, what, action);
  };
  for (Calendar& calendar : facts.calendars) {
    if (!needs_single_days(calendar)) continue;
    say("calendar " + calendar.key, "P6 calendars have neither named exceptions, spans of them nor work weeks",
        "written day by day, without names");
    into_single_days(calendar);
  }
  std::unordered_map<std::string_view, Activity const*> activities;
  for (Activity const& each : facts.activities) activities.try_emplace(each.key, &each);
  for (Link& link : facts.links) {
    std::string const subject = "link " + link.key;
    if (link.lag.kind == LagKind::Elapsed) {
      findings.add(Severity::Warning, 0, subject, "P6 has no lag on the clock",
                   "the same hours are written as working time of the lag calendar");
      link.lag.kind = LagKind::Working;
    } else if (link.lag.kind == LagKind::Percent) {
      auto const place = activities.find(link.predecessor);
      double const whole = place == activities.end() ? 0 : place->second->duration.in_hours();
      say(subject, "P6 has no lag in percent", "written in hours of the predecessor's duration");
      link.lag = {LagKind::Working, std::llround(whole * link.lag.percent / 100 * 60) * 60, 0};
    }
  }
  std::unordered_map<std::string_view, RecordedDates const*> recorded;
  for (RecordedDates const& each : facts.recorded_dates) recorded.try_emplace(each.key, &each);
  for (Expense& expense : facts.expenses) {
    if (expense.kind != ExpenseKind::PerDay) continue;
    auto const place = recorded.find(expense.activity);
    std::int64_t days = 1;
    if (place != recorded.end() && place->second->early_start && place->second->early_finish)
      days = std::max<std::int64_t>(
          1, (*place->second->early_finish - *place->second->early_start).seconds / seconds_per_day + 1);
    findings.add(Severity::Warning, 0, "expense " + expense.key, "P6 has no cost per day",
                 place != recorded.end() && place->second->early_finish
                     ? "written as one sum for the days of the recorded dates"
                     : "written as the cost of one day, for no dates are recorded");
    expense.kind = ExpenseKind::Fixed;
    expense.amount = scaled(expense.amount, static_cast<double>(days));
  }
  for (Resource& resource : facts.resources) {
    if (resource.kind != ResourceKind::Cost) continue;
    say("resource " + resource.key, "P6 has no resource that is only a cost", "written as material");
    resource.kind = ResourceKind::Material;
  }
  return facts;
}

}  // namespace rapport
