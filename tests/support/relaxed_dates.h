#ifndef RAPPORT_TESTS_SUPPORT_RELAXED_DATES_H
#define RAPPORT_TESTS_SUPPORT_RELAXED_DATES_H

#include <cstdint>
#include <vector>

#include "support/plain_network.h"

namespace rapport::support {

/// Dates by activity.
struct RelaxedDates {
  std::vector<std::int64_t> es, ef, ls, lf, free_float;
  std::int64_t finish = 0;
};

/// The definitions of the bare critical path, applied until nothing moves: slow and obvious.
RelaxedDates relax(PlainNetwork const& net);

}  // namespace rapport::support

#endif
