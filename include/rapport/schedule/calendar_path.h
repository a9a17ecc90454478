#pragma once
// The critical path method on a sliced network whose activities follow calendars, in whole minutes.

#include <cstdint>
#include <span>
#include <vector>

#include "rapport/network/slices.h"
#include "rapport/network/working_time.h"

namespace rapport {

/// Calendars as small tables of minutes from `origin` on, for many look-ups at once. The idea is that
/// of WorkingTime: rank and its inverse; a day is one word, a kind of day two tables of its minutes.
class MinuteCalendars {
 public:
  /// Days from `origin` (a midnight) on. Cost: O(minutes of those days) a calendar. Errors: InvalidInput when
  /// `days` is not 1 … 11 000 (30 years), when `origin` is no midnight, or naming a calendar that
  /// changes within a minute, has no working time in those days, or more than 256 kinds of day.
  MinuteCalendars(std::span<WorkingTime const> calendars, Instant origin, std::int32_t days);

  /// Of one calendar. A day is its working minutes before it · 256 + its kind.
  struct Tables {
    std::vector<std::uint32_t> day;  ///< And one more.
    /// Days with working time, and two more beyond any rank: rank · 2³² + day · 2⁸ + kind.
    std::vector<std::uint64_t> worked;
    std::vector<std::uint32_t> bucket;       ///< (rank - 1) >> bits -> first candidate in `worked`.
    std::vector<std::uint16_t> rank_in_day;  ///< Kind · 1441 + minute -> working minutes before it.
    std::vector<std::uint16_t> minute_of;    ///< Kind · 1441 + rank -> minute by which it is worked.
    std::int32_t bits = 0;
    std::int32_t total = 0;  ///< Working minutes.
    std::int32_t end = 0;    ///< Minutes altogether.

    /// Working minutes before minute `t`.
    [[nodiscard]] std::int32_t rank(std::int32_t t) const {
      t = t < 0 ? 0 : t > end ? end : t;
      std::uint32_t const d = static_cast<std::uint32_t>(t) / 1440;
      std::uint32_t const word = day[d];
      return static_cast<std::int32_t>(
          (word >> 8) + rank_in_day[(word & 255) * 1441 + static_cast<std::uint32_t>(t) - d * 1440]);
    }
    /// The earliest minute before which `rank` minutes are worked; 0 for none, `end` where there are
    /// not so many.
    [[nodiscard]] std::int32_t earliest(std::int32_t rank) const {
      if (rank <= 0) return 0;
      if (rank > total) return end;
      auto const wanted = static_cast<std::uint32_t>(rank);
      std::uint32_t k = bucket[(wanted - 1) >> bits];
      k += (worked[k + 1] >> 32) < wanted;  // most often the last step, and cheaper than to ask
      while ((worked[k + 1] >> 32) < wanted) ++k;
      std::uint64_t const word = worked[k];
      auto const on = static_cast<std::uint32_t>(word) >> 8;
      auto const rest = wanted - static_cast<std::uint32_t>(word >> 32);
      return static_cast<std::int32_t>(on * 1440 + minute_of[(word & 255) * 1441 + rest]);
    }
    /// The latest minute before which that many are worked: where the next one begins.
    [[nodiscard]] std::int32_t latest(std::int32_t rank) const {
      return rank < 0 ? 0 : rank >= total ? end : earliest(rank + 1) - 1;
    }
  };

  [[nodiscard]] std::span<Tables const> tables() const { return tables_; }

 private:
  std::vector<Tables> tables_;
};

/// As CriticalPath; dates in minutes since the calendars' origin, durations and floats in working
/// minutes of the activity's calendar.
struct CalendarPath {
  std::int32_t start = 0;  ///< To be set: no activity starts before it.
  std::int32_t finish = 0;
  std::vector<std::int32_t> early, late;  ///< By event.
  std::vector<std::int32_t> rank;         ///< By event: working minutes before the early date.
  std::vector<std::int32_t> total_float;  ///< By slot.
  std::vector<std::int32_t> free_float;   ///< By slot.
  std::vector<std::int32_t> duration;     ///< By slot.
  std::vector<std::uint16_t> calendar;    ///< By slot.
};

/// All dates and floats. `durations` and `calendars` by activity. Work and lags run on the calendar
/// of the activity they belong to, lags on the predecessor's; a start snaps to where work begins, a
/// finish to where it ends; floats are differences of working time. Late dates before
/// the origin are given as the origin. Cost: O(activities + links). Errors: InvalidInput as critical_path,
/// when a calendar is unknown, and when the project outlasts the days of the calendars.
void calendar_path(Slices const& network, MinuteCalendars const& tables,
                   std::span<std::int32_t const> durations, std::span<std::uint16_t const> calendars,
                   CalendarPath& out);

/// The two passes alone, for callers that checked.
void forward_pass(Slices const& network, MinuteCalendars const& tables, CalendarPath& out);
void backward_pass(Slices const& network, MinuteCalendars const& tables, CalendarPath& out);

}  // namespace rapport
