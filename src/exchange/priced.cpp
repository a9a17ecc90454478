#include "exchange/priced.h"

#include <algorithm>
#include <cstdlib>
#include <initializer_list>

#include "rapport/base/error.h"

namespace rapport {

Money cost_at(RatePeriod const& prices, Assignment const& assignment, Resource const& resource) {
  // A file has one currency; where the facts have others, the writer lists what reads back differently.
  auto const sum = [&](std::initializer_list<Money> parts) {
    Money all{0, prices.standard.currency};
    for (Money const& part : parts) all += Money{part.minor, all.currency};
    return all;
  };
  if (resource.kind == ResourceKind::Material)
    return sum({cost_of(assignment.quantity, prices.standard), prices.per_use});
  return sum({cost_of(assignment.work - assignment.overtime, prices.standard),
              cost_of(assignment.overtime, prices.overtime.value_or(prices.standard)),
              scaled(prices.per_use, assignment.units)});
}

bool follows_from_a_rate(Assignment const& assignment, Resource const& resource, Money cost) {
  constexpr std::int64_t rounding = 1;  // the tools round in their own ways
  return std::any_of(resource.rates.begin(), resource.rates.end(), [&](RatePeriod const& period) {
    try {
      Money const computed = cost_at(period, assignment, resource);
      return std::abs((computed - Money{cost.minor, computed.currency}).minor) <= rounding;
    } catch (InvalidInput const&) {
      return false;  // more than any money
    }
  });
}

}  // namespace rapport
