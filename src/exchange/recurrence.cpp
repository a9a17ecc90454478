#include "exchange/recurrence.h"

#include <algorithm>
#include <chrono>

namespace rapport {
namespace {

struct MonthOfYear {
  int year = 1970, month = 1;
  [[nodiscard]] MonthOfYear plus(int months) const {
    int const total = year * 12 + month - 1 + months;
    return {total / 12, total % 12 + 1};
  }
};

std::chrono::year_month_day civil(Date date) { return std::chrono::sys_days(std::chrono::days(date.days)); }

MonthOfYear month_of(Date date) {
  auto const day = civil(date);
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month()))};
}

Date first_day(MonthOfYear at) {
  using namespace std::chrono;
  auto const day = year(at.year) / month(static_cast<unsigned>(at.month)) / 1;
  return {static_cast<std::int32_t>(sys_days(day).time_since_epoch().count())};
}

bool is_item(Date day, int item) {
  int const weekday = day.weekday();  // 0 = Monday
  if (item == 0) return true;
  if (item == 1) return weekday < 5;
  if (item == 2) return weekday >= 5;
  return weekday == (item + 3) % 7;  // 3 = Sunday … 9 = Saturday
}

/// Position 0 is the first such day of the month, 4 the last.
Date by_position(MonthOfYear month, int item, int position) {
  constexpr int last = 4;
  Date const first = first_day(month), end = first_day(month.plus(1));
  Date found = first;
  int seen = 0;
  for (Date day = first; day < end; day = day + 1) {
    if (!is_item(day, item)) continue;
    found = day;
    if (position < last && seen++ == position) break;
  }
  return found;
}

Date by_day(MonthOfYear month, int day) {
  return std::min(first_day(month) + (std::clamp(day, 1, 31) - 1), first_day(month.plus(1)) + -1);
}

}  // namespace

std::vector<Date> days_of(Recurrence const& r, std::size_t limit) {
  std::vector<Date> days;
  if (r.occurrences > 0) limit = std::min(limit, static_cast<std::size_t>(r.occurrences));
  int const period = std::max(r.period, 1);
  auto const add = [&](Date day) {
    if (day >= r.first && day <= r.last && days.size() < limit) days.push_back(day);
  };
  if (r.type == RecurrenceType::Daily || r.type == RecurrenceType::Weekly) {
    bool const weekly = r.type == RecurrenceType::Weekly;
    Date const week_start = r.first + -((r.first.weekday() + 1) % 7);  // weeks begin on Sunday
    for (Date day = r.first; day <= r.last && days.size() < limit; day = day + 1) {
      int const since = weekly ? (day - week_start) / 7 : day - r.first;
      bool const chosen = !weekly || (r.weekdays >> ((day.weekday() + 1) % 7) & 1U) != 0;
      if (since % period == 0 && chosen) add(day);
    }
    return days;
  }
  bool const yearly = r.type == RecurrenceType::YearlyByDay || r.type == RecurrenceType::YearlyByPosition;
  bool const positioned =
      r.type == RecurrenceType::YearlyByPosition || r.type == RecurrenceType::MonthlyByPosition;
  MonthOfYear month = month_of(r.first);
  if (yearly) month.month = std::clamp(r.month, 0, 11) + 1;
  while (first_day(month) <= r.last && days.size() < limit) {
    add(positioned ? by_position(month, r.month_item, r.month_position) : by_day(month, r.month_day));
    month = month.plus(yearly ? 12 : period);
  }
  return days;
}

}  // namespace rapport
