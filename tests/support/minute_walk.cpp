#include "support/minute_walk.h"

#include <algorithm>

namespace rapport::support {

namespace {
constexpr Date first_day{20454}, last_day{21184};  // 2026 and 2027
}

DayShifts MinuteWalk::shifts(Date day) const {
  for (auto const& calendar : chain_) {
    for (auto it = calendar.exceptions.rbegin(); it != calendar.exceptions.rend(); ++it) {
      if (it->first <= day && day <= it->last) return it->shifts;
    }
  }
  for (auto const& calendar : chain_) {
    for (auto it = calendar.work_weeks.rbegin(); it != calendar.work_weeks.rend(); ++it) {
      auto const& own = it->week[static_cast<std::size_t>(day.weekday())];
      if (it->first <= day && day <= it->last && own) return *own;
    }
  }
  for (auto const& calendar : chain_) {
    if (auto const& own = calendar.week[static_cast<std::size_t>(day.weekday())]) return *own;
  }
  return {};
}

MinuteWalk::MinuteWalk(std::vector<Calendar> chain) : chain_(std::move(chain)) {
  for (Date day = first_day; day < last_day; day = day + 1) {
    auto const own = shifts(day);
    for (std::int32_t second = 0; second < 86400; second += 60) {
      worked_.push_back(std::any_of(own.begin(), own.end(), [&](Shift const& shift) {
        return shift.from <= second && second < shift.to;
      }));
    }
  }
}

bool MinuteWalk::works(std::int64_t minute) const {
  return worked_.at(static_cast<std::size_t>(minute - first_day.days * 1440)) != 0;
}

std::int64_t MinuteWalk::next(std::int64_t t) const {
  while (!works(t)) ++t;
  return t;
}

std::int64_t MinuteWalk::previous(std::int64_t t) const {
  while (!works(t - 1)) --t;
  return t;
}

std::int64_t MinuteWalk::add(std::int64_t t, std::int64_t work) const {
  for (; work > 0; ++t) work -= works(t);
  for (; work < 0; --t) work += works(t - 1);
  return t;
}

std::int64_t MinuteWalk::between(std::int64_t a, std::int64_t b) const {
  if (b < a) return -between(b, a);
  std::int64_t sum = 0;
  for (; a < b; ++a) sum += works(a);
  return sum;
}

}  // namespace rapport::support
