#pragma once
// What a WorkingTime holds. The quick questions are here, for the passes to have in line; those outside
// the tables are in calendar_tables.cpp. Plain seconds in and out.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "network/grains.h"
#include "rapport/network/working_time.h"

namespace rapport {

// Instants of the years 1400 to 9999, the dates that a project may name.
inline constexpr std::int64_t first_second = -17987443200;
inline constexpr std::int64_t last_second = 253402300800;

struct WorkingTime::Tables {
  std::string key, name;
  double hours_per_day = 8;
  bool round_the_clock = false;

  std::vector<DayPattern> patterns;
  std::int64_t begin = 0, end = 0;   // of the table: its first second and the one after its last
  std::int64_t total = 0;            // working seconds of the table
  std::int64_t week_total = 0;       // and of the plain week with which it begins and ends
  Grains grains;                     // of its days, all in years that a project may name; or nothing, then
  std::vector<std::int64_t> before;  // the working seconds before each day, and one more,
  std::vector<std::uint16_t> days;   // and what kind of day it is

  [[nodiscard]] std::uint16_t pattern_of(DayShifts const& shifts, std::map<DayShifts, std::uint16_t>& known);

  /// The kind of day that begins at `t`, a midnight.
  [[nodiscard]] DayPattern const& pattern_at(std::int64_t t) const;

  /// Working seconds before `t`, counted from a fixed origin.
  [[nodiscard]] std::int64_t rank(std::int64_t t) const {
    auto const since = static_cast<std::uint64_t>(t) - static_cast<std::uint64_t>(begin);
    return since < grains.seconds ? grains.rank(static_cast<std::uint32_t>(since)) : slow_rank(t);
  }

  // The earliest and the latest instant of that rank. Of several, the earliest is where the working second
  // before it ends.
  [[nodiscard]] std::int64_t earliest(std::int64_t rank) const {
    auto const last = static_cast<std::uint64_t>(rank) - 1;
    if (last < grains.total) return begin + grains.second_of(static_cast<std::uint32_t>(last)) + 1;
    return within(slow_second_of(rank - 1) + 1);
  }
  [[nodiscard]] std::int64_t latest(std::int64_t rank) const {
    if (static_cast<std::uint64_t>(rank) < grains.total)
      return begin + grains.second_of(static_cast<std::uint32_t>(rank));
    return within(slow_second_of(rank));
  }

  /// From when on an instant is of that rank, or a later one: earliest(), if that is an instant at all.
  [[nodiscard]] std::int64_t since(std::int64_t rank) const {
    auto const last = static_cast<std::uint64_t>(rank) - 1;
    if (last < grains.total) return begin + grains.second_of(static_cast<std::uint32_t>(last)) + 1;
    return slow_since(rank);
  }

  // add(t, work) and add(t, -work), of work > 0, where the rank of t is known.
  [[nodiscard]] std::int64_t end_of_work(std::int64_t t, std::int64_t rank, std::int64_t work) const {
    auto const last = static_cast<std::uint64_t>(rank) + static_cast<std::uint64_t>(work) - 1;
    if (last < grains.total) return begin + grains.second_of(static_cast<std::uint32_t>(last)) + 1;
    return slow_add(t, work);
  }
  [[nodiscard]] std::int64_t begin_of_work(std::int64_t t, std::int64_t rank, std::int64_t work) const {
    auto const first = static_cast<std::uint64_t>(rank) - static_cast<std::uint64_t>(work);
    if (first < grains.total) return begin + grains.second_of(static_cast<std::uint32_t>(first));
    return slow_add(t, -work);
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

 private:
  [[nodiscard]] std::int64_t slow_rank(std::int64_t t) const;
  [[nodiscard]] std::int64_t slow_second_of(std::int64_t rank) const;
  [[nodiscard]] std::int64_t slow_since(std::int64_t rank) const;
  [[nodiscard]] std::int64_t slow_add(std::int64_t t, std::int64_t amount) const;
  [[nodiscard]] std::int64_t rank_in_table(std::int64_t since) const;
  [[nodiscard]] std::int64_t second_in_table(std::int64_t rank) const;
  [[nodiscard]] std::int64_t within(std::int64_t t) const {
    if (t < first_second || t > last_second) refuse();
    return t;
  }
  [[noreturn]] void refuse() const;
};

}  // namespace rapport
