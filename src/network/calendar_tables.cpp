// Questions to calendars outside their tables, and to calendars that change within a minute.

#include "network/calendar_tables.h"

#include <algorithm>

#include "rapport/base/error.h"

namespace rapport {
namespace {

constexpr std::int64_t seconds_per_week = 7 * seconds_per_day;
constexpr std::int64_t longest_work = last_second - first_second;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

}  // namespace

std::uint16_t WorkingTime::Tables::pattern_of(DayShifts const& shifts,
                                              std::map<DayShifts, std::uint16_t>& known) {
  auto const [it, is_new] = known.try_emplace(shifts, static_cast<std::uint16_t>(patterns.size()));
  if (is_new) patterns.emplace_back(shifts);
  return it->second;
}

DayPattern const& WorkingTime::Tables::pattern_at(std::int64_t t) const {
  static DayPattern const always(DayShifts{{0, static_cast<std::int32_t>(seconds_per_day)}});
  if (round_the_clock) return always;
  std::int64_t const edge = t < begin ? begin : t < end ? t : end - seconds_per_week;
  std::int64_t const weeks = floor_div(t - edge, seconds_per_week);
  auto const day = static_cast<std::size_t>((t - weeks * seconds_per_week - begin) / seconds_per_day);
  if (grains.seconds == 0) return patterns[days[day]];
  return patterns[static_cast<std::uint32_t>(grains.day[day]) / (grains.in_day.size() / patterns.size())];
}

std::int64_t WorkingTime::Tables::rank_in_table(std::int64_t since) const {
  if (grains.seconds > 0) return grains.rank(static_cast<std::uint32_t>(since));
  auto const day = static_cast<std::size_t>(since / seconds_per_day);
  return before[day] + patterns[days[day]].rank(since % seconds_per_day);
}

std::int64_t WorkingTime::Tables::second_in_table(std::int64_t rank) const {
  if (grains.seconds > 0) return grains.second_of(static_cast<std::uint32_t>(rank));
  auto const day = std::upper_bound(before.begin(), before.end(), rank) - before.begin() - 1;
  auto const k = static_cast<std::size_t>(day);
  return day * seconds_per_day + patterns[days[k]].second_of(rank - before[k]);
}

// Outside the table the week repeats with which it begins and ends.
std::int64_t WorkingTime::Tables::slow_rank(std::int64_t t) const {
  if (round_the_clock) return t - begin;
  std::int64_t const edge = t < begin ? begin : t < end ? t : end - seconds_per_week;
  std::int64_t const weeks = floor_div(t - edge, seconds_per_week);
  return rank_in_table(t - weeks * seconds_per_week - begin) + weeks * week_total;
}

std::int64_t WorkingTime::Tables::slow_second_of(std::int64_t rank) const {
  if (round_the_clock) return begin + rank;
  if (rank >= 0 && rank < total) return begin + second_in_table(rank);
  if (week_total == 0) refuse();
  std::int64_t const edge = rank < 0 ? 0 : total - week_total;
  std::int64_t const weeks = floor_div(rank - edge, week_total);
  return begin + second_in_table(rank - weeks * week_total) + weeks * seconds_per_week;
}

std::int64_t WorkingTime::Tables::slow_since(std::int64_t rank) const {
  bool const nothing_before = !round_the_clock && week_total == 0 && rank <= 0;
  return nothing_before ? first_second : std::max(first_second, slow_second_of(rank - 1) + 1);
}

std::int64_t WorkingTime::Tables::slow_add(std::int64_t t, std::int64_t amount) const {
  if (amount > longest_work || amount < -longest_work) refuse();
  return amount > 0 ? earliest(rank(t) + amount) : latest(rank(t) + amount);
}

void WorkingTime::Tables::refuse() const {
  throw InvalidInput("calendar " + (key.empty() ? name : key + " (" + name + ")") +
                     " has not so much working time in the years 1400 to 9999; give it working days, or "
                     "shorten what is planned on it");
}

}  // namespace rapport
