#include <algorithm>
#include <cmath>
#include <limits>

#include "base/number_text.h"
#include "model/check.h"

namespace rapport {
namespace {

constexpr double any_size = std::numeric_limits<double>::max();

void not_negative(char const* field, std::int64_t value, Findings& findings) {
  if (value < 0) findings.error(std::string(field) + " is negative", "give zero or more");
}
void not_negative(char const* field, double value, Findings& findings) {
  if (value < 0) findings.error(std::string(field) + " is negative", "give zero or more");
}

std::string clock(std::int32_t second) { return to_string(at(Date{}, second)).substr(11); }
std::string span(Shift shift) {
  return clock(shift.from) + "–" + (shift.to == seconds_per_day ? "24:00" : clock(shift.to));
}

void check_shifts(DayShifts const& shifts, std::string const& where, Findings& findings) {
  for (std::size_t i = 0; i < shifts.size(); ++i) {
    if (shifts[i].from < 0 || shifts[i].to > seconds_per_day || shifts[i].from >= shifts[i].to) {
      findings.error("a shift of " + where + " does not lie within one day from its start to a later end",
                     "split a night shift at 24:00 into two days");
      return;
    }
    if (i > 0 && shifts[i].from < shifts[i - 1].to) {
      findings.error("the shifts " + span(shifts[i - 1]) + " and " + span(shifts[i]) + " of " + where +
                         (shifts[i].from < shifts[i - 1].from ? " are out of order" : " overlap"),
                     "give each hour once, in order");
      return;
    }
  }
}

constexpr char const* weekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                    "Friday", "Saturday", "Sunday"};

void check_week(Week const& week, Findings& findings) {
  for (std::size_t day = 0; day < week.size(); ++day)
    if (week[day]) check_shifts(*week[day], weekdays[day], findings);
}

void check_order(char const* earlier, std::optional<Instant> a, char const* later, std::optional<Instant> b,
                 Findings& findings) {
  if (a && b && *b < *a)
    findings.error(
        std::string(later) + " (" + to_string(*b) + ") lies before " + earlier + " (" + to_string(*a) + ")",
        "correct one of the two");
}

void check_constraint(Constraint const& constraint, char const* field, Findings& findings) {
  bool const dated =
      constraint.kind != ConstraintKind::None && constraint.kind != ConstraintKind::AsLateAsPossible;
  if (dated && !constraint.date)
    findings.error(std::string(field) + " has no date", "give the date it constrains to, or remove it");
  if (!dated && constraint.date)
    findings.warn(std::string(field) + " has a date that its kind does not use", "the date is ignored");
}

}  // namespace

void check(Subproject const& f, Findings& findings) {
  if (f.planned_start && f.must_finish_by && *f.must_finish_by < *f.planned_start)
    findings.warn("must finish by " + to_string(*f.must_finish_by) + ", before its planned start " +
                      to_string(*f.planned_start),
                  "every float will be negative");
}

void check(Calendar const& f, Findings& findings) {
  check_week(f.week, findings);
  for (auto const& weeks : f.work_weeks) {
    if (weeks.last < weeks.first)
      findings.error(
          "the work week from " + to_string(weeks.first) + " ends before it, on " + to_string(weeks.last),
          "swap the two days");
    check_week(weeks.week, findings);
  }
  for (auto const& exception : f.exceptions) {
    if (exception.last < exception.first)
      findings.error("the exception from " + to_string(exception.first) + " ends before it, on " +
                         to_string(exception.last),
                     "swap the two days");
    check_shifts(exception.shifts, to_string(exception.first), findings);
  }
  if (!(f.hours_per_day > 0))
    findings.error("hours_per_day is not positive", "give the hours that one day stands for");
  if (!(f.days_per_week > 0))
    findings.error("days_per_week is not positive", "give the days that one week stands for");
  if (f.hours_per_day > 24 || f.days_per_week > 7)
    findings.warn("a day of " + short_text(f.hours_per_day) + " hours or a week of " +
                      short_text(f.days_per_week) + " days is longer than any",
                  "check the conversion factors");
}

void check(WbsNode const&, Findings&) {}

void check(Activity const& f, Findings& findings) {
  not_negative("duration", f.duration.seconds, findings);
  bool const milestone = f.kind == ActivityKind::StartMilestone || f.kind == ActivityKind::FinishMilestone;
  if (milestone && f.duration.seconds > 0)
    findings.warn("is a milestone that lasts " + to_string(f.duration),
                  "make it a task, or its duration zero");
  check_constraint(f.constraint, "constraint", findings);
  check_constraint(f.secondary_constraint, "secondary_constraint", findings);

  auto const& done = f.progress;
  check_order("its actual start", done.actual_start, "its actual finish", done.actual_finish, findings);
  check_order("its suspension", done.suspended, "its resumption", done.resumed, findings);
  if (done.actual_finish && !done.actual_start)
    findings.warn("has an actual finish but no actual start", "give both");
  if (done.remaining) not_negative("remaining", done.remaining->seconds, findings);
  if (done.actual_finish && done.remaining && done.remaining->seconds > 0)
    findings.warn("is finished, yet " + to_string(*done.remaining) + " remain",
                  "remove the finish or the remainder");
  check_range("physical_percent", done.physical_percent, 0, 100, findings);

  auto const& ms = f.microsoft;
  check_order("its manual start", ms.manual_start, "its manual finish", ms.manual_finish, findings);
  for (std::size_t i = 0; i < ms.splits.size(); ++i) {
    check_order("the start of a split", ms.splits[i].start, "its finish", ms.splits[i].finish, findings);
    if (i > 0)
      check_order("the split before", ms.splits[i - 1].finish, "the next split", ms.splits[i].start,
                  findings);
  }
}

void check(Link const& f, Findings& findings) {
  if (f.predecessor.empty() || f.successor.empty())
    findings.error("joins only one activity", "name its predecessor and its successor");
  else if (f.predecessor == f.successor)
    findings.error("makes activity " + f.predecessor + " wait for itself", "remove the link");
  check_range("lag percent", f.lag.percent, -10'000, 10'000, findings);
}

void check(Resource const& f, Findings& findings) {
  check_range("max_units", f.max_units, 0, any_size, findings);
  for (std::size_t i = 0; i < f.rates.size(); ++i) {
    auto const& rate = f.rates[i];
    if (rate.standard.micro < 0 || (rate.overtime && rate.overtime->micro < 0) || rate.per_use.minor < 0)
      findings.error("has a negative rate", "give zero or more");
    if (i > 0 && !(rate.from && (!f.rates[i - 1].from || *f.rates[i - 1].from < *rate.from)))
      findings.error("its rates are not in order of their beginnings",
                     "sort them by from; only the first may have none");
  }
}

void check(Assignment const& f, Findings& findings) {
  if (f.activity.empty() || f.resource.empty()) findings.error("has no activity or no resource", "name both");
  check_range("units", f.units, 0, any_size, findings);
  if (f.remaining_units) check_range("remaining_units", *f.remaining_units, 0, any_size, findings);
  not_negative("work", f.work.seconds, findings);
  if (f.remaining) not_negative("remaining", f.remaining->seconds, findings);
  not_negative("quantity", f.quantity, findings);
  not_negative("overtime", f.overtime.seconds, findings);
  if (f.overtime > f.work)
    findings.error("has more overtime (" + to_string(f.overtime) + ") than work (" + to_string(f.work) + ")",
                   "give of the work the part that is overtime");
  if (f.actual) not_negative("actual", f.actual->seconds, findings);
  if (f.duration) not_negative("duration", f.duration->seconds, findings);
  if (f.curve.empty()) return;
  for (auto const part : f.curve) check_range("a part of its curve", part, 0, 1e9, findings);
  if (std::all_of(f.curve.begin(), f.curve.end(), [](double part) { return part == 0; }))
    findings.error("has a curve without any work", "leave it out to spread the work evenly");
}

void check(CostAccount const&, Findings&) {}

void check(Expense const& f, Findings& findings) {
  if (f.activity.empty()) findings.error("belongs to no activity", "name one");
}

void check(ContractMilestone const& f, Findings& findings) {
  if (f.activity.empty()) findings.error("names no activity whose finish meets it", "name one");
  not_negative("grace_days", std::int64_t{f.grace_days}, findings);
  not_negative("penalty_per_day", f.penalty_per_day.minor, findings);
  not_negative("bonus_per_day", f.bonus_per_day.minor, findings);
  if (f.penalty_cap) not_negative("penalty_cap", f.penalty_cap->minor, findings);
  if (f.bonus_cap) not_negative("bonus_cap", f.bonus_cap->minor, findings);
}

void check(RecordedDates const&, Findings&) {}

void check(ExchangeRate const& f, Findings& findings) {
  if (f.of == Currency() || f.price.currency == Currency())
    findings.error("names no currency", "say what one unit of which currency costs, like 0.92 EUR");
  else if (f.of == f.price.currency)
    findings.error("converts " + f.of.code() + " into itself", "name two currencies");
  if (f.price.micro <= 0) findings.error("has a price of zero or less", "give a price above zero");
}

void check(Escalation const& f, Findings& findings) {
  check_range("percent_per_year", f.percent_per_year, -50, 1000, findings);
  if (!f.resource.empty() && !f.cost_account.empty())
    findings.error("names both a resource and a cost account", "give one escalation for each");
}

}  // namespace rapport
