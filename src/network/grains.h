#pragma once
// A calendar's days as tables of grains: the longest spans of time that are each wholly worked or not,
// an hour or half an hour in most plans. Small enough that the tables of a plan's calendars stay in the
// cache, and asked without a branch that a processor could guess wrong.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "rapport/base/aligned.h"
#include "rapport/model/work/calendar.h"

namespace rapport {

/// One kind of day: its working time, asked shift by shift.
struct DayPattern {
  DayShifts shifts;  ///< None of them empty.
  std::int64_t total = 0;

  explicit DayPattern(DayShifts const& day);
  /// Working seconds before `second`.
  [[nodiscard]] std::int64_t rank(std::int64_t second) const;
  /// Where the working second number `rank` (the first is 0) begins.
  [[nodiscard]] std::int64_t second_of(std::int64_t rank) const;
};

/// Rank and select from the first day on. Seconds in and out, both counted from there.
struct Grains {
  /// Days of these kinds. None when they last more than 68 years, or when a grain would be shorter than a
  /// minute.
  [[nodiscard]] static std::optional<Grains> of(std::span<DayPattern const> patterns,
                                                std::span<std::uint16_t const> days);

  /// A grain of the day: its seconds count as worked after the pauses before it, up to a limit, which
  /// is what is worked before it when it is not worked.
  struct InDay {
    std::uint32_t pauses, limit;
  };

  std::uint32_t seconds = 0;            ///< That the tables hold.
  std::uint32_t total = 0;              ///< Working seconds of those.
  std::uint32_t bucket_bits = 0;        ///< A bucket holds 2^bucket_bits ranks.
  std::uint64_t per_second = 0;         ///< Grains, · 2^40, rounded up.
  AlignedVector<std::uint64_t> day;     ///< Seconds worked before it · 2^32 + its row below; and one more.
  AlignedVector<std::uint16_t> day_of;  ///< Bucket -> the day of its first rank.
  AlignedVector<InDay> in_day;          ///< Row + grain of the day.
  AlignedVector<std::uint32_t> pauses;  ///< Row + grain of the day's work -> the pauses before it.

  /// Working seconds before second `t` < `seconds`.
  [[nodiscard]] std::uint32_t rank(std::uint32_t t) const {
    std::uint32_t const d = t / 86400, second = t - d * 86400;
    std::uint64_t const word = day[d];
    InDay const own = in_day[static_cast<std::uint32_t>(word) + grain(second)];
    return static_cast<std::uint32_t>(word >> 32) + std::min(second - own.pauses, own.limit);
  }

  /// Where the working second number `rank` < `total` (the first is 0) begins.
  [[nodiscard]] std::uint32_t second_of(std::uint32_t rank) const {
    std::uint64_t const last = std::uint64_t{rank} << 32 | UINT32_MAX;
    // A bucket may hold two days. No processor guesses which of them is meant: the borrow of a
    // subtraction chooses.
    std::uint16_t const* const found = &day_of[rank >> bucket_bits];
    std::size_t const first = found[0], other = found[1];
    std::size_t d = first + ((other - first) & (((last - day[other]) >> 63) - 1));
    while (day[d + 1] <= last) ++d;
    std::uint32_t const rest = rank - static_cast<std::uint32_t>(day[d] >> 32);
    return static_cast<std::uint32_t>(d) * 86400 + rest +
           pauses[static_cast<std::uint32_t>(day[d]) + grain(rest)];
  }

 private:
  // Exact, for a second of a day times what the rounding adds stays below 2^40.
  [[nodiscard]] std::uint32_t grain(std::uint32_t second) const {
    return static_cast<std::uint32_t>(second * per_second >> 40);
  }
};

}  // namespace rapport
