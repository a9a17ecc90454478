#pragma once
// Whether whole-number times of a network stay within 30 bits, so that passes need not ask.

#include <cstdint>
#include <span>

#include "rapport/schedule/critical_path.h"

namespace rapport {

/// Beyond any time, and far enough from the ends of 32 bits to be added to.
inline constexpr std::int32_t far_time = 1 << 30;

class TimeBound {
 public:
  /// Errors: InvalidInput when the number of durations is not the number of activities, one is
  /// negative, or durations and lags together could leave 30 bits.
  TimeBound(Slices const& network, std::span<std::int32_t const> durations);

  /// The bound with the changed durations beside the others. Errors: InvalidInput when an activity is
  /// unknown, a duration negative, or times could leave 30 bits.
  [[nodiscard]] TimeBound with(std::span<DurationChange const> changes) const;

 private:
  void check() const;
  std::uint32_t activities_;
  std::int64_t levels_ = 0, longest_lag_ = 0;
  std::int64_t longest_ = 0;  ///< Duration.
  std::int64_t sum_ = 0;      ///< Of all durations and lags: no chain takes longer.
};

}  // namespace rapport
