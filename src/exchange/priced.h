#pragma once

#include "rapport/model/work/resource.h"

namespace rapport {

/// What the assignment of `resource` costs at these prices: overtime at its own, the price per use for each
/// unit assigned, for material once. Errors: InvalidInput when that is more than money can be.
[[nodiscard]] Money cost_at(RatePeriod const& prices, Assignment const& assignment, Resource const& resource);

/// Whether some price of `resource` gives `cost` for the assignment, to the minor unit: then the cost was
/// computed, and need not be kept as entered.
[[nodiscard]] bool follows_from_a_rate(Assignment const& assignment, Resource const& resource, Money cost);

}  // namespace rapport
