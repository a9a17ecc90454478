#include "rapport/impact/earned_value.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "rapport/base/error.h"

namespace rapport {
namespace {

std::optional<double> ratio(Money a, Money b) {
  if (b.minor == 0) return std::nullopt;
  return static_cast<double>(a.minor) / static_cast<double>(b.minor);
}

void refuse_negative(Money amount, char const* what) {
  if (amount.minor < 0)
    throw InvalidInput(std::string(what) + " is " + to_string(amount) + "; give zero or more");
}

}  // namespace

Performance performance(EarnedValue const& value, Outlook outlook) {
  refuse_negative(value.planned, "planned value");
  refuse_negative(value.earned, "earned value");
  refuse_negative(value.actual, "actual cost");
  refuse_negative(value.budget_at_completion, "the budget at completion");
  Performance result;
  Money const left = value.budget_at_completion - value.earned;
  result.cost_variance = value.earned - value.actual;
  result.schedule_variance = value.earned - value.planned;
  result.cost_index = ratio(value.earned, value.actual);
  result.schedule_index = ratio(value.earned, value.planned);
  result.complete = ratio(value.earned, value.budget_at_completion);
  result.index_to_budget = ratio(left, value.budget_at_completion - value.actual);
  if (outlook == Outlook::AsBudgeted) {
    result.estimate_at_completion = value.actual + left;
  } else if (result.cost_index && *result.cost_index > 0) {
    if (outlook == Outlook::AsSoFar)
      result.estimate_at_completion = scaled(value.budget_at_completion, 1 / *result.cost_index);
    else if (result.schedule_index && *result.schedule_index > 0)
      result.estimate_at_completion =
          value.actual + scaled(left, 1 / (*result.cost_index * *result.schedule_index));
  }
  if (result.estimate_at_completion) {
    result.estimate_to_complete = *result.estimate_at_completion - value.actual;
    result.variance_at_completion = value.budget_at_completion - *result.estimate_at_completion;
  }
  return result;
}

EarnedSchedule earned_schedule(std::span<Money const> planned, Money earned, double actual_time,
                               std::optional<double> planned_end) {
  if (planned.size() < 2)
    throw InvalidInput(
        "a plan of no period has no earned schedule; give the value at its start and at the end of each "
        "period");
  if (!(actual_time > 0))
    throw InvalidInput("earned schedule needs a status date after the start; give the periods since then");
  for (std::size_t k = 1; k < planned.size(); ++k)
    if ((planned[k] - planned[k - 1]).minor < 0)
      throw InvalidInput("planned value falls in period " + std::to_string(k) + " from " +
                         to_string(planned[k - 1]) + " to " + to_string(planned[k]) +
                         "; give cumulative values");
  std::size_t const last = planned.size() - 1;
  auto const time = [&](std::size_t k) {
    auto const whole = static_cast<double>(k);
    return planned_end ? std::min(whole, *planned_end) : whole;
  };
  EarnedSchedule result;
  if (earned.minor >= planned[last].minor) {
    std::size_t first = last;
    while (first > 0 && planned[first - 1].minor == planned[last].minor) --first;
    result.earned = time(first);
  } else {
    std::size_t c = 0;
    while (c + 1 <= last && planned[c + 1].minor <= earned.minor) ++c;
    if (earned.minor > planned[c].minor || c > 0)
      result.earned = time(c) + (time(c + 1) - time(c)) * static_cast<double>((earned - planned[c]).minor) /
                                    static_cast<double>((planned[c + 1] - planned[c]).minor);
  }
  result.variance = result.earned - actual_time;
  result.index = result.earned / actual_time;
  double duration = time(last);
  for (std::size_t k = last; k > 0 && planned[k - 1].minor == planned[last].minor; --k)
    duration = time(k - 1);
  result.estimate = result.index > 0 ? duration / result.index : duration;
  return result;
}

}  // namespace rapport
