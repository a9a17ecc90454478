#include "rapport/network/working_time.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "network/calendar_tables.h"
#include "rapport/base/error.h"

namespace rapport {
namespace {

DayShifts const& of_week(std::span<Calendar const> chain, int weekday) {
  static DayShifts const not_worked;
  for (auto const& calendar : chain) {
    if (auto const& shifts = calendar.week[static_cast<std::size_t>(weekday)]) return *shifts;
  }
  return not_worked;
}

/// What a chain of calendars says of the days from `first` to `last`.
struct Days {
  std::vector<DayShifts const*> shifts;  // each said once, the plain week first
  std::vector<std::uint32_t> day;        // into `shifts`
};

/// What has least precedence is laid down first.
Days days_of(std::span<Calendar const> chain, Date first, Date last) {
  Days days;
  auto const say = [&](DayShifts const& shifts) {
    days.shifts.push_back(&shifts);
    return static_cast<std::uint32_t>(days.shifts.size()) - 1;
  };
  for (int weekday = 0; weekday < 7; ++weekday) say(of_week(chain, weekday));
  if (first <= last) days.day.reserve(static_cast<std::size_t>(last - first) + 1);
  for (Date day = first; day <= last; day = day + 1)
    days.day.push_back(static_cast<std::uint32_t>(day.weekday()));
  auto const lay = [&](Date from, Date to, auto const& said_of) {
    for (Date day = std::max(from, first); day <= std::min(to, last); day = day + 1) {
      if (auto const said = said_of(day)) days.day[static_cast<std::size_t>(day - first)] = *said;
    }
  };
  for (auto calendar = chain.rbegin(); calendar != chain.rend(); ++calendar) {
    for (auto const& work_week : calendar->work_weeks) {
      std::array<std::optional<std::uint32_t>, 7> said;
      for (std::size_t weekday = 0; weekday < 7; ++weekday) {
        if (auto const& shifts = work_week.week[weekday]) said[weekday] = say(*shifts);
      }
      lay(work_week.first, work_week.last,
          [&](Date day) { return said[static_cast<std::size_t>(day.weekday())]; });
    }
  }
  for (auto calendar = chain.rbegin(); calendar != chain.rend(); ++calendar) {
    for (auto const& exception : calendar->exceptions) {
      std::optional const said = say(exception.shifts);
      lay(exception.first, exception.last, [&](Date) { return said; });
    }
  }
  return days;
}

DayShifts common(DayShifts const& a, DayShifts const& b) {
  DayShifts both;
  for (auto const& x : a) {
    for (auto const& y : b) {
      Shift const shift{std::max(x.from, y.from), std::min(x.to, y.to)};
      if (shift.from < shift.to) both.push_back(shift);
    }
  }
  return both;
}

}  // namespace

WorkingTime::WorkingTime() {
  static auto const always = [] {
    auto tables = std::make_shared<Tables>();
    tables->name = "24 hours";
    tables->hours_per_day = 24;
    tables->round_the_clock = true;
    return tables;
  }();
  tables_ = always;
}

WorkingTime::WorkingTime(std::span<Calendar const> chain, std::span<Calendar const> of_resource,
                         Date tables_from, Date tables_to) {
  auto tables = std::make_shared<Tables>();
  tables->key = chain.front().key;
  tables->name = chain.front().name;
  tables->hours_per_day = chain.front().hours_per_day;
  if (!of_resource.empty()) tables->key += " and " + of_resource.front().key;

  Date first = tables_from, last = tables_to;
  auto const widen = [&](Date from, Date to) {
    if (from > to) return;
    first = std::min(first, from);
    last = std::max(last, to);
  };
  for (auto part : {chain, of_resource}) {
    for (auto const& calendar : part) {
      for (auto const& exception : calendar.exceptions) widen(exception.first, exception.last);
      for (auto const& week : calendar.work_weeks) widen(week.first, week.last);
    }
  }
  // Nobody plans outside these years; an exception for ever must not cost memory for ever.
  first = std::max(first, Date::of(1400, 1, 1));
  last = std::min(last, Date::of(9999, 12, 31));

  auto const own = days_of(chain, first, last), other = days_of(of_resource, first, last);
  tables->days.reserve(own.day.size() + 14), tables->before.reserve(own.day.size() + 15);
  std::map<DayShifts, std::uint16_t> known;
  // By what one calendar says, or by the pairs of what two say.
  std::vector<std::optional<std::uint16_t>> pattern_of_own(of_resource.empty() ? own.shifts.size() : 0);
  std::unordered_map<std::uint64_t, std::optional<std::uint16_t>> pattern_of_pair;
  bool always = true;
  auto const append = [&](std::uint32_t mine, std::uint32_t theirs) {
    auto& pattern =
        of_resource.empty() ? pattern_of_own[mine] : pattern_of_pair[std::uint64_t{mine} << 32 | theirs];
    if (!pattern) {
      auto const& shifts = *own.shifts[mine];
      pattern =
          tables->pattern_of(of_resource.empty() ? shifts : common(shifts, *other.shifts[theirs]), known);
    }
    auto const work = tables->patterns[*pattern].total;
    tables->days.push_back(*pattern);
    tables->before.push_back(tables->total);
    tables->total += work;
    always = always && work == seconds_per_day;
  };
  auto const append_week = [&](Date begin) {
    for (int k = 0; k < 7; ++k) {
      auto const weekday = static_cast<std::uint32_t>((begin + k).weekday());
      append(weekday, weekday);
    }
  };
  append_week(first + -7);
  tables->week_total = tables->total;
  for (std::size_t day = 0; day < own.day.size(); ++day) append(own.day[day], other.day[day]);
  append_week(last + 1);
  tables->begin = (first + -7).days * seconds_per_day;
  tables->end = tables->begin + static_cast<std::int64_t>(tables->days.size()) * seconds_per_day;
  tables->before.push_back(tables->total);
  tables->round_the_clock = always;
  if (tables->week_total == 0 && tables->total == 0) {
    throw InvalidInput("calendar " + tables->key + " (" + tables->name +
                       ") has no working time at all; give it working days, or plan on another calendar");
  }
  bool const in_years = tables->begin >= first_second && tables->end <= last_second;
  if (auto grains = in_years ? Grains::of(tables->patterns, tables->days) : std::nullopt) {
    tables->grains = *std::move(grains);
    tables->days = {}, tables->before = {};
  }
  tables_ = std::move(tables);
}

std::string const& WorkingTime::key() const { return tables_->key; }
std::string const& WorkingTime::name() const { return tables_->name; }
double WorkingTime::hours_per_day() const { return tables_->hours_per_day; }
bool WorkingTime::round_the_clock() const { return tables_->round_the_clock; }

Instant WorkingTime::add(Instant from, Work amount) const {
  if (amount.seconds == 0) return from;
  return {tables_->add(from.seconds, amount.seconds)};
}

Instant WorkingTime::next_working(Instant t) const { return {tables_->latest(tables_->rank(t.seconds))}; }
Instant WorkingTime::previous_working(Instant t) const {
  return {tables_->earliest(tables_->rank(t.seconds))};
}
Work WorkingTime::rank(Instant t) const { return {tables_->rank(t.seconds)}; }
Instant WorkingTime::earliest_of_rank(Work rank) const { return {tables_->earliest(rank.seconds)}; }
Instant WorkingTime::latest_of_rank(Work rank) const { return {tables_->latest(rank.seconds)}; }

}  // namespace rapport
