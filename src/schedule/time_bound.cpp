#include "schedule/time_bound.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "rapport/base/error.h"

namespace rapport {
namespace {

void refuse_negative(std::uint32_t activity, std::int32_t duration) {
  if (duration < 0)
    throw InvalidInput("activity " + std::to_string(activity) + " has the negative duration " +
                       std::to_string(duration));
}

}  // namespace

TimeBound::TimeBound(Slices const& network, std::span<std::int32_t const> durations)
    : activities_(network.activities) {
  if (durations.size() != network.activities)
    throw InvalidInput(std::to_string(durations.size()) + " durations for " +
                       std::to_string(network.activities) + " activities");
  for (std::uint32_t i = 0; i < activities_; ++i) {
    refuse_negative(i, durations[i]);
    sum_ += durations[i];
    longest_ = std::max<std::int64_t>(longest_, durations[i]);
  }
  for (auto const& row : network.in) {
    for (auto const lag : row.lag) {
      auto const length = std::abs(static_cast<std::int64_t>(lag >> 1));
      sum_ += length;
      longest_lag_ = std::max(longest_lag_, length);
    }
  }
  if (!network.level_of_slice.empty()) levels_ = network.level_of_slice.back() + 1;
  check();
}

TimeBound TimeBound::with(std::span<DurationChange const> changes) const {
  TimeBound changed = *this;
  for (auto const& [activity, duration] : changes) {
    if (activity >= activities_)
      throw InvalidInput("there is no activity " + std::to_string(activity) + ": the network has " +
                         std::to_string(activities_));
    refuse_negative(activity, duration);
    changed.sum_ += duration;
    changed.longest_ = std::max<std::int64_t>(changed.longest_, duration);
  }
  changed.check();
  return changed;
}

void TimeBound::check() const {
  // The sum over everything is far too careful for large networks: bound each level by its longest.
  if (sum_ < far_time / 2 || levels_ * (2 * longest_ + longest_lag_) < far_time / 2) return;
  throw InvalidInput("durations and lags add up beyond 30 bits: choose a larger unit of time");
}

}  // namespace rapport
