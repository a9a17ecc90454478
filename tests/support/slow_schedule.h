#ifndef RAPPORT_TESTS_SUPPORT_SLOW_SCHEDULE_H
#define RAPPORT_TESTS_SUPPORT_SLOW_SCHEDULE_H

#include <cstdint>
#include <vector>

#include "rapport/model/facts.h"

namespace rapport::support {

/// What the passes should find, by going round over all links until nothing changes any more, on calendars
/// that are walked minute by minute. One entry per activity of the facts; minutes since 1970.
struct SlowDates {
  std::vector<std::int64_t> early_start, early_finish, late_start, late_finish, total_float, free_float;
};

/// By Primavera's rules or Microsoft's, whichever `rules` names. Every calendar must be without a base and
/// every activity must name one; no summaries, splits or assignments.
SlowDates slow_schedule(Facts const& facts, Rules const& rules);

}  // namespace rapport::support

#endif
