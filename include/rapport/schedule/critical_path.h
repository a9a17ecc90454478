#pragma once
// The bare critical path method on a sliced network, at the speed of memory.
// Kelley & Walker 1959 for the passes; IBM PDM 1964 for the four link types with lags.

#include <cstdint>
#include <span>
#include <vector>

#include "rapport/network/slices.h"

namespace rapport {

/// Times by event, floats by slot (see Slices); unit: that of the durations, the project starts at 0.
/// Activities are contiguous: finish = start + duration. Slots that no activity has hold figures
/// without meaning.
struct CriticalPath {
  std::int32_t finish = 0;            ///< The latest early finish.
  AlignedVector<std::int32_t> early;  ///< Early start and finish, by event.
  AlignedVector<std::int32_t> late;   ///< Late start and finish, by event.
  AlignedVector<std::int32_t> total_float;
  AlignedVector<std::int32_t> free_float;
  AlignedVector<std::int32_t> duration;  ///< By slot, as given.
  /// Early and late, by event, side by side for a way back that loads them one by one.
  AlignedVector<std::uint64_t> both;
};

/// What one activity takes instead of what it has; unit: that of the durations.
struct DurationChange {
  std::uint32_t activity = 0;
  std::int32_t duration = 0;
};

/// All dates and floats. `durations` by activity, not negative. No activity starts before 0; an
/// activity without successors may finish with the project. `out` keeps its memory between calls.
/// Cost: O(activities + links). Errors: InvalidInput when the number of durations is not the number
/// of activities, one is negative, or durations and lags together could leave 30 bits.
void critical_path(Slices const& network, std::span<std::int32_t const> durations, CriticalPath& out);

/// The two passes alone, over `out.duration` as it stands (by slot). For callers that checked.
void forward_pass(Slices const& network, CriticalPath& out);
void backward_pass(Slices const& network, CriticalPath& out);

}  // namespace rapport
