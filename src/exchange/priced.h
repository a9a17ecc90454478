#pragma once

#include "rapport/model/work/resource.h"

namespace rapport {

/// Whether some price of `resource` gives `cost` for the assignment, to the minor unit and its price per use:
/// then the cost was computed, and need not be kept as entered.
[[nodiscard]] bool follows_from_a_rate(Assignment const& assignment, Resource const& resource, Money cost);

}  // namespace rapport
