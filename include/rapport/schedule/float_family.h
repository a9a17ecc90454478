#pragma once
// Total and free float, and those beside them: with the predecessors as late as they may be.

#include <vector>

#include "rapport/schedule/schedule.h"
#include "rapport/table/table.h"

namespace rapport {

/// How far one activity may slip, on its own calendar. `total` and `free` are those of its ActivityDates.
struct FloatFamily {
  Work total;        ///< Predecessors early, successors late: before the finish slips.
  Work free;         ///< Predecessors early, successors early: before any successor does.
  Work interfering;  ///< Total less free: what it takes from its successors.
  Work safety;       ///< Predecessors late, successors late: what is left when all before it used theirs.
  Work independent;  ///< Predecessors late, successors early: what nobody gives it and nobody misses.
  friend bool operator==(FloatFamily const&, FloatFamily const&) = default;
};

/// One for each activity, in the order of the network. For safety and independent float an activity stands
/// where its rules put it when every predecessor is as late as it may be, and never before its early start.
/// Of levels of effort and summaries, which others' dates make, safety is total and independent is free
/// float; of what is completed all are zero. Interfering and safety float can be negative, as total float
/// can. Source: Thomas (1969) and Battersby, as textbooks of the critical path method have them.
/// Cost: O(activities + links).
[[nodiscard]] std::vector<FloatFamily> find_float_family(Schedule const& schedule);

/// The same as a table, of what is not completed: key, name, total_float_minutes, free_float_minutes,
/// interfering_float_minutes, safety_float_minutes, independent_float_minutes (min).
[[nodiscard]] Table float_family(Schedule const& schedule);

}  // namespace rapport
