#include "exchange/worked_days.h"

#include <algorithm>

namespace rapport {
namespace {

constexpr int deepest_base = 16;
constexpr std::int32_t longest_look = 36525;  // days

DayShifts const* in_week(Week const& week, Date day) {
  auto const& shifts = week[static_cast<std::size_t>(day.weekday())];
  return shifts ? &*shifts : nullptr;
}

}  // namespace

WorkedDays::WorkedDays(std::vector<Calendar> const& calendars) {
  for (Calendar const& calendar : calendars) calendars_.try_emplace(calendar.key, &calendar);
}

Calendar const* WorkedDays::find(std::string_view key) const {
  auto const place = calendars_.find(key);
  return place == calendars_.end() ? nullptr : place->second;
}

template <class Say>
DayShifts const* WorkedDays::first_said(std::string_view key, Say&& say) const {
  auto const* calendar = find(key);
  for (int depth = 0; depth <= deepest_base && calendar != nullptr; ++depth) {
    if (auto const* shifts = say(*calendar)) return shifts;
    calendar = find(calendar->base);
  }
  return nullptr;
}

DayShifts const* WorkedDays::shifts(std::string_view key, Date day) const {
  auto const exceptional = first_said(key, [&](Calendar const& calendar) -> DayShifts const* {
    for (auto each = calendar.exceptions.rbegin(); each != calendar.exceptions.rend(); ++each)
      if (each->first <= day && day <= each->last) return &each->shifts;
    return nullptr;
  });
  if (exceptional) return exceptional;
  auto const in_work_week = first_said(key, [&](Calendar const& calendar) -> DayShifts const* {
    for (auto each = calendar.work_weeks.rbegin(); each != calendar.work_weeks.rend(); ++each) {
      if (each->first > day || day > each->last) continue;
      if (auto const* shifts = in_week(each->week, day)) return shifts;
    }
    return nullptr;
  });
  if (in_work_week) return in_work_week;
  return first_said(key, [&](Calendar const& calendar) { return in_week(calendar.week, day); });
}

bool WorkedDays::any_between(std::string_view key, Instant from, Instant to) const {
  Date const first = from.second_of_day() == 0 ? from.date() : from.date() + 1;
  Date const end = std::min(to.date(), first + longest_look);
  for (Date day = first; day < end; day = day + 1) {
    if (auto const* worked = shifts(key, day); worked && !worked->empty()) return true;
  }
  return false;
}

Work WorkedDays::between(std::string_view key, Instant from, Instant to) const {
  std::int64_t worked = 0;
  Date const last = std::min(to.date(), from.date() + longest_look);
  for (Date day = from.date(); day <= last; day = day + 1) {
    std::int64_t const begin = (from - at(day)).seconds, end = (to - at(day)).seconds;
    auto const* const said = shifts(key, day);
    if (!said) continue;
    for (auto const& shift : *said)
      worked += std::max<std::int64_t>(
          0, std::min<std::int64_t>(shift.to, end) - std::max<std::int64_t>(shift.from, begin));
  }
  return {worked};
}

Instant WorkedDays::after(std::string_view key, Instant from, Work work) const {
  std::int64_t left = work.seconds;
  for (Date day = from.date(); left > 0 && day < from.date() + longest_look; day = day + 1) {
    std::int64_t const begin = (from - at(day)).seconds;
    auto const* const said = shifts(key, day);
    if (!said) continue;
    for (auto const& shift : *said) {
      std::int64_t const starts = std::max<std::int64_t>(shift.from, begin);
      if (starts >= shift.to) continue;
      if (left <= shift.to - starts) return at(day) + Elapsed{starts + left};
      left -= shift.to - starts;
    }
  }
  return from;
}

}  // namespace rapport
