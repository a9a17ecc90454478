#pragma once

#include <span>
#include <string>

#include "notice/wording.h"
#include "rapport/risk/register.h"

namespace rapport {

/// The matrix with the keys of its open risks and an arrow for each move between cells: one <svg>
/// element that scales with its container. `standalone` makes it a document with its own styles.
/// Cost: O(cells + risks).
[[nodiscard]] std::string matrix_svg(RiskRegister const& reg, std::span<RiskMove const> moves,
                                     Wording const& say, bool standalone);

}  // namespace rapport
