#include "rapport/network/working_time.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "network/grains.h"
#include "rapport/base/error.h"

namespace rapport {
namespace {

// Instants of the years 1400 to 9999, the dates that a project may name.
constexpr std::int64_t first_second = -17987443200;
constexpr std::int64_t last_second = 253402300800;
constexpr std::int64_t longest_work = last_second - first_second;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

DayShifts const& of_week(std::span<Calendar const> chain, int weekday) {
  static DayShifts const not_worked;
  for (auto const& calendar : chain) {
    if (auto const& shifts = calendar.week[static_cast<std::size_t>(weekday)]) return *shifts;
  }
  return not_worked;
}

/// The shifts of each day from `first` to `last`: what has least precedence is laid down first.
std::vector<DayShifts const*> days_of(std::span<Calendar const> chain, Date first, Date last) {
  std::vector<DayShifts const*> days;
  for (Date day = first; day <= last; day = day + 1) days.push_back(&of_week(chain, day.weekday()));
  auto const lay = [&](Date from, Date to, auto const& shifts_of) {
    for (Date day = std::max(from, first); day <= std::min(to, last); day = day + 1) {
      if (DayShifts const* const shifts = shifts_of(day))
        days[static_cast<std::size_t>(day - first)] = shifts;
    }
  };
  for (auto calendar = chain.rbegin(); calendar != chain.rend(); ++calendar) {
    for (auto const& work_week : calendar->work_weeks) {
      lay(work_week.first, work_week.last, [&](Date day) {
        auto const& shifts = work_week.week[static_cast<std::size_t>(day.weekday())];
        return shifts ? &*shifts : nullptr;
      });
    }
    for (auto const& exception : calendar->exceptions) {
      lay(exception.first, exception.last, [&](Date) { return &exception.shifts; });
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

struct WorkingTime::Tables {
  std::string key, name;
  double hours_per_day = 8;
  bool round_the_clock = false;

  std::vector<DayPattern> patterns;
  std::array<std::uint16_t, 7> week{};  // pattern by weekday, outside the table
  std::int64_t week_total = 0;          // working seconds of such a week
  std::int64_t begin = 0, end = 0;      // of the table: its first second and the one after its last
  std::int64_t total = 0;               // working seconds of the table
  Grains grains;                        // of its days, or nothing; then
  std::vector<std::int64_t> before;     // the working seconds before each day, and one more,
  std::vector<std::uint16_t> days;      // and what kind of day it is

  std::uint16_t pattern_of(DayShifts const& shifts, std::map<DayShifts, std::uint16_t>& known) {
    auto const [it, is_new] = known.try_emplace(shifts, static_cast<std::uint16_t>(patterns.size()));
    if (is_new) patterns.emplace_back(shifts);
    return it->second;
  }

  [[nodiscard]] DayPattern const& week_pattern(std::int64_t day) const {
    return patterns[week[static_cast<std::size_t>(Date{static_cast<std::int32_t>(day)}.weekday())]];
  }

  // Outside the table the week repeats, counted from the edge `from` whose rank is `rank0`.
  [[nodiscard]] std::int64_t rank_by_weeks(std::int64_t t, std::int64_t from, std::int64_t rank0) const {
    std::int64_t const day = floor_div(t, seconds_per_day), day0 = from / seconds_per_day;
    std::int64_t const weeks = floor_div(day - day0, 7);
    std::int64_t rank = rank0 + weeks * week_total;
    for (std::int64_t d = day0 + weeks * 7; d < day; ++d) rank += week_pattern(d).total;
    return rank + week_pattern(day).rank(t - day * seconds_per_day);
  }

  [[nodiscard]] std::int64_t select_by_weeks(std::int64_t rank, std::int64_t from, std::int64_t rank0) const {
    if (week_total == 0) refuse();
    std::int64_t rest = rank - rank0;
    std::int64_t const weeks = floor_div(rest, week_total);
    rest -= weeks * week_total;
    std::int64_t day = from / seconds_per_day + weeks * 7;
    for (; rest >= week_pattern(day).total; ++day) rest -= week_pattern(day).total;
    return day * seconds_per_day + week_pattern(day).second_of(rest);
  }

  [[nodiscard, gnu::noinline]] std::int64_t slow_rank(std::int64_t t) const {
    if (round_the_clock) return t - begin;
    if (t < begin) return rank_by_weeks(t, begin, 0);
    if (t >= end) return rank_by_weeks(t, end, total);
    auto const day = static_cast<std::size_t>((t - begin) / seconds_per_day);
    return before[day] + patterns[days[day]].rank((t - begin) % seconds_per_day);
  }

  [[nodiscard, gnu::noinline]] std::int64_t slow_second_of(std::int64_t rank) const {
    if (round_the_clock) return begin + rank;
    if (rank < 0) return select_by_weeks(rank, begin, 0);
    if (rank >= total) return select_by_weeks(rank, end, total);
    auto const day = std::upper_bound(before.begin(), before.end(), rank) - before.begin() - 1;
    auto const k = static_cast<std::size_t>(day);
    return begin + day * seconds_per_day + patterns[days[k]].second_of(rank - before[k]);
  }

  [[nodiscard]] std::int64_t rank(std::int64_t t) const {
    auto const since = static_cast<std::uint64_t>(t) - static_cast<std::uint64_t>(begin);
    return since < grains.seconds ? grains.rank(static_cast<std::uint32_t>(since)) : slow_rank(t);
  }

  /// Where the working second number `rank` begins.
  [[nodiscard]] std::int64_t second_of(std::int64_t rank) const {
    if (static_cast<std::uint64_t>(rank) < grains.total)
      return begin + grains.second_of(static_cast<std::uint32_t>(rank));
    return slow_second_of(rank);
  }

  [[nodiscard]] std::int64_t add(std::int64_t t, std::int64_t amount) const {
    // Forward to where the last second of the work ends, back to where its first one begins.
    auto const forward = static_cast<std::uint64_t>(amount > 0);
    auto const since = static_cast<std::uint64_t>(t) - static_cast<std::uint64_t>(begin);
    if (since >= grains.seconds) return slow_add(t, amount);
    auto const sought =
        grains.rank(static_cast<std::uint32_t>(since)) + static_cast<std::uint64_t>(amount) - forward;
    if (sought >= grains.total) return slow_add(t, amount);
    return begin + static_cast<std::int64_t>(grains.second_of(static_cast<std::uint32_t>(sought)) + forward);
  }

  [[nodiscard, gnu::noinline]] std::int64_t slow_add(std::int64_t t, std::int64_t amount) const {
    if (amount > longest_work || amount < -longest_work) refuse();
    return amount > 0 ? earliest(rank(t) + amount) : latest(rank(t) + amount);
  }

  // Of the instants with this rank the earliest is where the working second before it ends.
  [[nodiscard]] std::int64_t earliest(std::int64_t rank) const { return within(second_of(rank - 1) + 1); }
  [[nodiscard]] std::int64_t latest(std::int64_t rank) const { return within(second_of(rank)); }

  [[nodiscard]] std::int64_t within(std::int64_t t) const {
    if (t < first_second || t > last_second) refuse();
    return t;
  }

  [[noreturn]] void refuse() const {
    throw InvalidInput("calendar " + key + " (" + name +
                       ") has not so much working time in the years 1400 to 9999; give it working days, or "
                       "shorten what is planned on it");
  }
};

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

  std::map<DayShifts, std::uint16_t> known;
  bool always = true;
  Date const monday{4};  // 1970-01-05
  for (int weekday = 0; weekday < 7; ++weekday) {
    auto const& own = of_week(chain, weekday);
    auto const pattern =
        tables->pattern_of(of_resource.empty() ? own : common(own, of_week(of_resource, weekday)), known);
    tables->week[static_cast<std::size_t>((monday + weekday).weekday())] = pattern;
    tables->week_total += tables->patterns[pattern].total;
    always = always && tables->patterns[pattern].total == seconds_per_day;
  }
  auto const own_days = days_of(chain, first, last);
  auto const resource_days =
      of_resource.empty() ? std::vector<DayShifts const*>{} : days_of(of_resource, first, last);
  tables->begin = first.days * seconds_per_day;
  tables->end = tables->begin + static_cast<std::int64_t>(own_days.size()) * seconds_per_day;
  for (std::size_t day = 0; day < own_days.size(); ++day) {
    auto const pattern = tables->pattern_of(
        of_resource.empty() ? *own_days[day] : common(*own_days[day], *resource_days[day]), known);
    tables->days.push_back(pattern);
    tables->before.push_back(tables->total);
    tables->total += tables->patterns[pattern].total;
    always = always && tables->patterns[pattern].total == seconds_per_day;
  }
  tables->before.push_back(tables->total);
  tables->round_the_clock = always;
  if (tables->week_total == 0 && tables->total == 0) {
    throw InvalidInput("calendar " + tables->key + " (" + tables->name +
                       ") has no working time at all; give it working days, or plan on another calendar");
  }
  if (auto grains = Grains::of(tables->patterns, tables->days)) {
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
