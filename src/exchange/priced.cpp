#include "exchange/priced.h"

#include <algorithm>
#include <cstdlib>

namespace rapport {

bool follows_from_a_rate(Assignment const& assignment, Resource const& resource, Money cost) {
  constexpr std::int64_t rounding = 1;  // the tools round in their own ways
  return std::any_of(resource.rates.begin(), resource.rates.end(), [&](RatePeriod const& period) {
    Money const used = resource.kind == ResourceKind::Material ? cost_of(assignment.quantity, period.standard)
                                                               : cost_of(assignment.work, period.standard);
    return std::abs(used.minor + period.per_use.minor - cost.minor) <= rounding;
  });
}

}  // namespace rapport
