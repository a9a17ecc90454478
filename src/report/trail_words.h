#pragma once

#include <nlohmann/json.hpp>

#include "notice/wording.h"
#include "rapport/impact/impact.h"

namespace rapport {

/// The chain of steps that leads to the last step of `trail`, as a reader follows it: for each
/// {rail (svg), label, key, via, likelihood, delta, kind, first, last}. Of a chain longer than
/// fourteen steps the middle is left out and counted in "skipped" of the step before the gap.
/// Cost: O(steps).
[[nodiscard]] nlohmann::json trail_words(Trail const& trail, Wording const& say);

}  // namespace rapport
