#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "notice/wording.h"
#include "rapport/impact/impact.h"

namespace rapport {

/// The chain of steps that leads to the last step of `trail`, as a reader follows it: for each
/// {rail (svg), label, key, via, likelihood, delta, kind, first, last}. Of a chain longer than
/// fourteen steps the middle stands in "middle" of the step before the gap and is counted in its "skipped".
/// Cost: O(steps).
/// `finishes`: of activities, before and after, so that delays are counted as everywhere on the page.
[[nodiscard]] nlohmann::json trail_words(Trail const& trail,
                                         std::map<std::string, std::pair<Instant, Instant>> const& finishes,
                                         Wording const& say);

}  // namespace rapport
