#include "support/minute_walk.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

namespace rapport::support {

namespace {
constexpr Date first_day{20454}, last_day{21184};  // 2026 and 2027
}

DayShifts MinuteWalk::shifts(Date day) const {
  for (auto const& calendar : chain_) {
    for (auto it = calendar.exceptions.rbegin(); it != calendar.exceptions.rend(); ++it) {
      if (it->first <= day && day <= it->last) return it->shifts;
    }
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

namespace {

bool starts(LinkType type) { return type == LinkType::StartToStart || type == LinkType::StartToFinish; }
bool finishes(LinkType type) { return type == LinkType::FinishToFinish || type == LinkType::StartToFinish; }

}  // namespace

SlowDates slow_schedule(Facts const& facts, LagCalendar lag_calendar) {
  std::map<std::string, MinuteWalk> calendars;
  for (auto const& calendar : facts.calendars) calendars.emplace(calendar.key, MinuteWalk({calendar}));
  std::map<std::string, std::size_t> row;
  for (std::size_t i = 0; i < facts.activities.size(); ++i) row[facts.activities[i].key] = i;
  auto const n = facts.activities.size();
  auto const walk = [&](std::size_t i) -> MinuteWalk const& {
    return calendars.at(facts.activities[i].calendar);
  };
  auto const work = [&](std::size_t i) { return facts.activities[i].duration.seconds / 60; };
  auto const lagged = [&](Link const& link, std::int64_t t, int sign) {
    std::int64_t const lag = sign * link.lag.seconds / 60;
    if (lag_calendar == LagCalendar::RoundTheClock || link.lag.kind == LagKind::Elapsed) return t + lag;
    auto const i = row.at(lag_calendar == LagCalendar::Predecessor ? link.predecessor : link.successor);
    return walk(i).add(t, lag);
  };
  // Ends of work and beginnings of work are the same instant in working time; a date that a link
  // sets stays on the side on which the link put it.
  auto const held_finish = [&](std::size_t i, std::int64_t t) {
    return walk(i).previous(t) == t ? t : walk(i).next(t);
  };
  auto const held_start = [&](std::size_t i, std::int64_t t) {
    return walk(i).next(t) == t ? t : walk(i).previous(t);
  };

  SlowDates dates;
  std::int64_t const now = facts.subprojects.front().data_date->seconds / 60;
  for (std::size_t i = 0; i < n; ++i) {
    dates.early_start.push_back(walk(i).next(now));
    dates.early_finish.push_back(walk(i).add(dates.early_start[i], work(i)));
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < n; ++i) {
      std::int64_t start = walk(i).next(now), finish = now;
      for (auto const& link : facts.links) {
        if (row.at(link.successor) != i) continue;
        auto const p = row.at(link.predecessor);
        auto t = lagged(link, starts(link.type) ? dates.early_start[p] : dates.early_finish[p], 1);
        if (finishes(link.type)) {
          finish = std::max(finish, held_finish(i, t));
          t = walk(i).add(held_finish(i, t), -work(i));
        }
        start = std::max(start, walk(i).next(t));
      }
      auto const& constraint = facts.activities[i].constraint;
      if (constraint.kind == ConstraintKind::StartNoEarlierThan) {
        start = std::max(start, walk(i).next(constraint.date->seconds / 60));
      }
      finish = std::max(finish, walk(i).add(start, work(i)));
      changed = changed || start != dates.early_start[i] || finish != dates.early_finish[i];
      dates.early_start[i] = start, dates.early_finish[i] = finish;
    }
  }

  std::int64_t const last = *std::max_element(dates.early_finish.begin(), dates.early_finish.end());
  for (std::size_t i = 0; i < n; ++i) {
    dates.late_finish.push_back(walk(i).previous(last));
    dates.late_start.push_back(walk(i).add(dates.late_finish[i], -work(i)));
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < n; ++i) {
      std::int64_t finish = last, start = last;
      for (auto const& link : facts.links) {
        if (row.at(link.predecessor) != i) continue;
        auto const s = row.at(link.successor);
        auto t = lagged(link, finishes(link.type) ? dates.late_finish[s] : dates.late_start[s], -1);
        if (starts(link.type)) {
          t = held_start(i, t);
          start = std::min(start, t);
          t = walk(i).add(t, work(i));
        }
        finish = std::min(finish, t);
      }
      auto const& constraint = facts.activities[i].constraint;
      if (constraint.kind == ConstraintKind::FinishNoLaterThan) {
        finish = std::min(finish, constraint.date->seconds / 60);
      }
      finish = walk(i).previous(finish);
      start = std::min(start, walk(i).add(finish, -work(i)));
      changed = changed || start != dates.late_start[i] || finish != dates.late_finish[i];
      dates.late_start[i] = start, dates.late_finish[i] = finish;
    }
  }

  for (std::size_t i = 0; i < n; ++i) {
    dates.total_float.push_back(walk(i).between(dates.early_finish[i], dates.late_finish[i]));
    std::optional<std::int64_t> free;
    for (auto const& link : facts.links) {
      if (row.at(link.predecessor) != i) continue;
      auto const s = row.at(link.successor);
      auto const to = lagged(link, finishes(link.type) ? dates.early_finish[s] : dates.early_start[s], -1);
      auto const from = starts(link.type) ? dates.early_start[i] : dates.early_finish[i];
      auto const gap = walk(i).between(from, to);
      free = std::min(free.value_or(gap), gap);
    }
    auto const to_the_end = walk(i).between(dates.early_finish[i], last);
    dates.free_float.push_back(std::max<std::int64_t>(0, free.value_or(to_the_end)));
  }
  return dates;
}

}  // namespace rapport::support
