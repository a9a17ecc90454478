#pragma once

#include "rapport/network/network.h"

namespace rapport {

/// About when the plan ends: work one after the other as its links have it, each on a clock as much faster as
/// its calendar's week is longer than what is worked of it. Holidays, constraints and progress do not count.
/// Cost: O(activities + links).
[[nodiscard]] Date rough_finish(Network const& network);

}  // namespace rapport
