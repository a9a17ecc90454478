#pragma once
// The chains of activities that lead to one activity, the most critical first.

#include <cstdint>
#include <string_view>
#include <vector>

#include "rapport/schedule/schedule.h"
#include "rapport/table/table.h"

namespace rapport {

/// What makes one chain more critical than another: Primavera P6's two options.
enum class FloatPathsBy : std::uint8_t {
  FreeFloat,   ///< How much the link by which it joins could lengthen: path 1 is what drives the end.
  TotalFloat,  ///< The total float of its last activity.
};

/// A chain of unfinished activities, none of them on an earlier path.
struct FloatPath {
  std::vector<ActivityIndex> activities;  ///< First to last.
  ActivityIndex joins;                    ///< On an earlier path, after the last; of path 1: none.
  Work by;                                ///< The float it was chosen by; zero for path 1.
  friend bool operator==(FloatPath const&, FloatPath const&) = default;
};

/// At most `count` paths that end with `end`; the first one begins there, and each further one where, among
/// all links into the paths before it, the float is least. A path goes back along links without free float
/// (by free float), or to predecessors with no more total float than their successor has (by total float); of
/// equals it takes the one that finishes last, then the one that starts first (where a path begins: last).
/// Levels of effort, summaries and what is completed are on no path. `end` may be empty: what finishes last.
/// Source: Primavera P6's "multiple float paths", read off plans that it had computed
/// (docs/explanation/scheduling-rules.md). Cost: O(links · log links). Errors: NotFound; InvalidInput when
/// `end` is completed or no part of the logic.
[[nodiscard]] std::vector<FloatPath> find_float_paths(Schedule const& schedule, std::string_view end,
                                                      std::size_t count = 10,
                                                      FloatPathsBy by = FloatPathsBy::FreeFloat);

/// The same, one row per activity: path, order (both from 1), key, name, early_start, early_finish,
/// total_float_minutes (min), joins, by_minutes (min).
[[nodiscard]] Table float_paths(Schedule const& schedule, std::string_view end, std::size_t count = 10,
                                FloatPathsBy by = FloatPathsBy::FreeFloat);

}  // namespace rapport
