#ifndef RAPPORT_TESTS_SUPPORT_SLOW_COST_H
#define RAPPORT_TESTS_SUPPORT_SLOW_COST_H

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "rapport/base/time.h"

namespace rapport::support {

/// Hours of work between two instants, counted one clock hour after the other. `works` says whether the hour
/// that begins at an instant is worked.
std::int64_t hours_walked(Instant from, Instant to, std::function<bool(Instant)> const& works);

/// A price per hour from a moment on (unit: millionths of the major unit, of a currency with cents).
struct SlowRate {
  Instant from;
  std::int64_t micro = 0;
};

/// `seconds` of effort spread over the worked hours from `from` to `to`, one hour after the other, each at
/// the rate of its beginning; what falls into one price period is rounded once (unit: cents).
std::int64_t slow_effort_cost(std::int64_t seconds, Instant from, Instant to,
                              std::vector<SlowRate> const& rates, std::function<bool(Instant)> const& works);

/// Midnights after which a day with some of [from, to) in it begins, the first day included.
std::int64_t slow_days_begun(Instant from, Instant to);

}  // namespace rapport::support

#endif
