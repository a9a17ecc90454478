#pragma once
// A calendar compiled to tables that answer in constant time, exactly, to the second.
//
// The idea: rank(t) is the working time before t; select(w) is its inverse. Adding work is
// select(rank(t) + w), the work between two instants is a difference of ranks. Outside the days
// that the tables hold, the calendar repeats its week, so answers have no horizon.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "rapport/base/time.h"
#include "rapport/model/work/calendar.h"

namespace rapport {

/// Immutable; a copy shares the tables.
class WorkingTime {
 public:
  /// Every hour of every day.
  WorkingTime();

  /// `chain` is the calendar, then its base, then the base's base. `of_resource`, when not empty, is
  /// another such chain: only time that is working on both counts (MS Project: task and resource
  /// calendar together). The days `tables_from` … `tables_to` are answered fastest.
  /// Cost: O(days between them, widened to the first and the last exception).
  /// Errors: InvalidInput when nothing at all is working time, naming the calendar.
  explicit WorkingTime(std::span<Calendar const> chain, std::span<Calendar const> of_resource = {},
                       Date tables_from = {}, Date tables_to = {});

  [[nodiscard]] std::string const& key() const;
  [[nodiscard]] std::string const& name() const;
  [[nodiscard]] double hours_per_day() const;
  [[nodiscard]] bool round_the_clock() const;

  /// The instant by which `amount` is worked when work begins at `from`: the earliest such instant,
  /// so never the start of a working period; `from` itself for no work. A negative amount goes
  /// back, to the latest instant from which that much is worked until `from`.
  /// Cost: O(1). Errors: InvalidInput naming the calendar when there is not so much working time
  /// between the years 1400 and 9999.
  [[nodiscard]] Instant add(Instant from, Work amount) const;
  [[nodiscard]] Instant subtract(Instant from, Work amount) const { return add(from, -amount); }

  /// Working time from `a` to `b`, negative when `b` is earlier. Cost: O(1).
  [[nodiscard]] Work between(Instant a, Instant b) const { return rank(b) - rank(a); }

  /// The first instant at or after `t` from which work goes on. Cost: O(1). Errors: as add.
  [[nodiscard]] Instant next_working(Instant t) const;
  /// The last instant at or before `t` until which work goes on. Cost: O(1). Errors: as add.
  [[nodiscard]] Instant previous_working(Instant t) const;

  /// Working time before `t`, counted from a fixed origin of this calendar. Cost: O(1).
  [[nodiscard]] Work rank(Instant t) const;
  /// The earliest and the latest instant of that rank; they differ where work pauses.
  /// Cost: O(1). Errors: as add.
  [[nodiscard]] Instant earliest_of_rank(Work rank) const;
  [[nodiscard]] Instant latest_of_rank(Work rank) const;

  struct Tables;
  /// For passes over many activities, which have the look-ups in line.
  [[nodiscard]] Tables const& tables() const { return *tables_; }

 private:
  std::shared_ptr<Tables const> tables_;
};

}  // namespace rapport
