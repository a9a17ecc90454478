#pragma once
// What work costs under rates that change over time.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rapport/model/record/change_request.h"
#include "rapport/model/work/cost.h"
#include "rapport/model/work/resource.h"
#include "rapport/network/working_time.h"

namespace rapport::detail {

/// A price from an instant on.
struct DatedRate {
  Instant from;
  Rate rate;
};

/// The standard rates of `resource`, in order, with `edits` of it applied (those without a date from
/// `now` on). The first holds for all time before. Empty when the resource has none.
[[nodiscard]] std::vector<DatedRate> dated_rates(Resource const& resource, std::span<RateChange const> edits,
                                                 Instant now);

struct Price {
  Money amount;
  std::optional<Rate> single;  ///< When one rate holds throughout.
};

/// `work`, spread evenly over the working time from `start` to `finish`. `rates` must not be empty.
/// Cost: O(rates).
[[nodiscard]] Price price_of(Work work, Instant start, Instant finish, WorkingTime const& calendar,
                             std::span<DatedRate const> rates);

[[nodiscard]] Rate rate_at(Instant when, std::span<DatedRate const> rates);

/// "85.50 EUR/h".
[[nodiscard]] std::string to_text(Rate rate, std::string const& unit);

/// Calendar days begun from `start` to `finish`: one that ends at midnight does not begin the next.
[[nodiscard]] std::int64_t days_begun(Instant start, Instant finish);

/// Penalty and bonus of a contract milestone met at `finish` (unit: days, money).
struct ContractTerms {
  std::int64_t days_late = 0, days_early = 0;
  Money penalty, bonus;
};
[[nodiscard]] ContractTerms terms_at(ContractMilestone const& milestone, Instant finish);

}  // namespace rapport::detail
