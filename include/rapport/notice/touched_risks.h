#pragma once

#include <vector>

#include "rapport/impact/impact.h"
#include "rapport/risk/register.h"

namespace rapport {

/// The open risks that an impact reaches, as touches of the register. A trace's share says how much
/// of itself a threat's probability grows by if the change reaches it: the factor is 1 + share. Where
/// no share is stated, and for an opportunity, whose direction is not known, it has to be rated again.
/// Cost: O(reach).
[[nodiscard]] std::vector<RiskTouch> touched_risks(Impact const& impact, RiskRegister const& reg);

}  // namespace rapport
