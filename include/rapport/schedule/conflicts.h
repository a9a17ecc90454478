#pragma once
// Why float is negative: which dates cannot both hold, and the chain of links between them.

#include <string>
#include <vector>

#include "rapport/schedule/schedule.h"
#include "rapport/table/table.h"

namespace rapport {

/// A date that a chain begins or ends with.
struct Bound {
  Driver driver = Driver::DataDate;
  std::string activity;  ///< That has it.
  std::string text;      ///< In words, with the date.
  friend bool operator==(Bound const&, Bound const&) = default;
};

/// A set that cannot hold together: work from one date, over a chain of links, to another date that it
/// misses. Nothing in it is idle: without the date that is missed the rest fits, and without any of the
/// links, or the constraint it begins with, less is missing, or nothing. (What not even the data date allows
/// is missed in any case: the data date and actual dates are facts and stay. A mandatory date that lies no
/// later than the data date holds nothing back: such a chain begins with the data date.)
struct Conflict {
  Bound from;                           ///< Why the work is not earlier.
  Bound until;                          ///< What it is held to.
  std::vector<std::string> chain;       ///< Activities from the first to the last.
  std::vector<LinkIndex> links;         ///< Between them.
  std::string worst;                    ///< The activity with the least total float.
  Work total_float;                     ///< Its.
  std::vector<std::string> activities;  ///< All with negative float between the same two dates.
};

/// One conflict for each pair of dates, the worst first. Empty when no float is negative.
/// Cost: O(activities + steps of the chains).
[[nodiscard]] std::vector<Conflict> find_conflicts(Schedule const& schedule);
/// from, until, chain, links, worst, total_float_minutes, activities: one row per conflict.
[[nodiscard]] Table conflict_table(Schedule const& schedule, std::vector<Conflict> const& conflicts);

}  // namespace rapport
