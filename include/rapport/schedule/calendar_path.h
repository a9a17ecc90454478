#pragma once
// The critical path method on a sliced network whose activities follow calendars, in whole minutes.

#include <cstdint>
#include <span>
#include <vector>

#include "rapport/model/work/calendar.h"
#include "rapport/network/slices.h"
#include "rapport/network/working_time.h"
#include "rapport/schedule/critical_path.h"

namespace rapport {

/// Calendars as small tables of minutes from `origin` on, for many look-ups at once. The idea is that
/// of WorkingTime: rank and its inverse. A day is one word, a bucket of ranks two, a kind of day a word for
/// each of its shifts. All calendars share the same widths, so that the lanes of a vector can each ask
/// another one.
class MinuteCalendars {
 public:
  /// Days from `origin` (a midnight) on. Cost: O(days) a calendar. Errors: InvalidInput when `days` is not
  /// 1 … 11 000 (30 years), when `origin` is no midnight, naming a calendar that changes within a minute
  /// or has no working time in those days, or when there are more than 256 kinds of day in all.
  MinuteCalendars(std::span<WorkingTime const> calendars, Instant origin, std::int32_t days);

  /// How many calendars there are.
  [[nodiscard]] std::size_t size() const { return total_.size(); }
  /// Minutes that they hold.
  [[nodiscard]] std::int32_t end() const { return end_; }

  /// For each i: to[i] is where work of `work[i]` minutes ends that begins at minute `from[i]` on
  /// `calendar[i]`; where it begins, of negative work that ends there; `from[i]` for no work. 0 and end()
  /// stand for what lies outside. Cost: O(size), about a tenth of what WorkingTime::add takes one by one.
  /// Errors: InvalidInput when lengths differ or a calendar is unknown.
  void add(std::span<std::int32_t const> calendar, std::span<std::int32_t const> from,
           std::span<std::int32_t const> work, std::span<std::int32_t> to) const;

  struct Arrays;
  [[nodiscard]] Arrays arrays() const;

 private:
  void fill(WorkingTime const& calendar, Instant origin, std::int32_t days);

  std::vector<std::vector<Shift>> kinds_;  ///< Of day.
  std::int32_t end_ = 0, bits_ = 0, shifts_ = 0, shift_row_ = 0;
  std::int32_t buckets_ = 0;         ///< Of each calendar.
  bool steps_ = false;               ///< A bucket may lead to a day before the one that is sought.
  AlignedVector<std::int32_t> day_;  ///< Calendar, day and one more -> minutes before it · 256 + kind.
  /// Calendar, rank >> bits -> the day of its first rank, + where in the bucket the next day begins · 2^14 +
  /// how many days later · 2^25 + the kind of the one · 2^32 and of the other · 2^40 + what was worked of the
  /// first when the bucket begins · 2^48.
  AlignedVector<std::uint64_t> bucket_;
  AlignedVector<std::int32_t> total_;  ///< Calendar -> working minutes.
  AlignedVector<std::int32_t>
      shift_;  ///< Number of the shift, kind -> minute of the day it begins + length · 2^16.
};

/// Slices of one level, which wait for nothing of each other, so that each look-up is made for all of them
/// before the next one; and those of their links that move what they come from, side by side and filled up to
/// whole slices: those with lag and, backward, from a start.
struct Batches {
  static constexpr std::uint32_t most = 16;  ///< Slices of a batch.
  AlignedVector<std::uint32_t>
      slice;  ///< By batch, and one more: its first slice (backward: its first turn).
  AlignedVector<std::uint32_t> lagged;   ///< By batch, and one more: where its links of that kind begin.
  AlignedVector<std::uint32_t> event;    ///< By such a link: of the other end.
  AlignedVector<std::int32_t> calendar;  ///< That counts the lag.
  AlignedVector<std::int32_t> shift;     ///< Working minutes.
  AlignedVector<std::int32_t> place;     ///< Row of the batch · 16 + lane.
};

/// As CriticalPath; dates in minutes since the calendars' origin, durations and floats in working
/// minutes of the activity's calendar.
struct CalendarPath : PathDates {
  std::int32_t start = 0;  ///< To be set: no activity starts before it.
  std::int32_t finish = 0;
  AlignedVector<std::int32_t> rank;         ///< By event: working minutes before the early date.
  AlignedVector<std::int32_t> total_float;  ///< By slot.
  AlignedVector<std::int32_t> free_float;   ///< By slot.
  AlignedVector<std::int32_t> duration;     ///< By slot.
  AlignedVector<std::int32_t> calendar;     ///< By slot.
  Batches forward, backward;
  AlignedVector<std::int32_t> scratch;  ///< Of the rows of one batch, and of its slots.
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
