#pragma once
// The bare critical path method on a sliced network, at the speed of memory.
// Kelley & Walker 1959 for the passes; IBM PDM 1964 for the four link types with lags.

#include <cstdint>
#include <span>
#include <vector>

#include "rapport/network/slices.h"

namespace rapport {

/// Early and late dates by event (see Slices).
struct PathDates {
  AlignedVector<std::int32_t> early;  ///< Start and finish.
  [[nodiscard]] std::int32_t late(std::uint32_t event) const {
    return late_by_event.empty() ? static_cast<std::int32_t>(both[event] >> 32) : late_by_event[event];
  }

  /// One of the two is empty: for a way back that loads dates one by one, early and late stand side by side.
  AlignedVector<std::int32_t> late_by_event;
  AlignedVector<std::uint64_t> both;
};

/// Floats by slot (see Slices); unit: that of the durations, the project starts at 0. Activities are
/// contiguous: finish = start + duration. Slots that no activity has hold figures without meaning.
struct CriticalPath : PathDates {
  std::int32_t finish = 0;  ///< The latest early finish.
  AlignedVector<std::int32_t> total_float;
  AlignedVector<std::int32_t> free_float;
  AlignedVector<std::int32_t> duration;  ///< By slot, as given.
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
