#pragma once
// Earned value and earned schedule.
//
// Formulas: PMI, Practice Standard for Earned Value Management, 2011; Lipke, "Schedule is
// different", The Measurable News, 2003.

#include <cstdint>
#include <optional>
#include <span>

#include "rapport/base/money.h"

namespace rapport {

/// Cumulative figures at one status date.
struct EarnedValue {
  Money planned;               ///< PV: budgeted cost of the work that was due.
  Money earned;                ///< EV: budgeted cost of the work done.
  Money actual;                ///< AC: what the work done has cost.
  Money budget_at_completion;  ///< BAC.
};

/// How the rest is expected to go.
enum class Outlook : std::uint8_t {
  AsBudgeted,       ///< EAC = AC + (BAC − EV).
  AsSoFar,          ///< EAC = BAC / CPI.
  CostAndSchedule,  ///< EAC = AC + (BAC − EV) / (CPI · SPI).
};

/// A ratio is absent where its divisor is zero.
struct Performance {
  Money cost_variance;                          ///< CV = EV − AC.
  Money schedule_variance;                      ///< SV = EV − PV.
  std::optional<double> cost_index;             ///< CPI = EV / AC.
  std::optional<double> schedule_index;         ///< SPI = EV / PV; tends to 1 at a late end, use SPI(t).
  std::optional<double> complete;               ///< EV / BAC.
  std::optional<Money> estimate_at_completion;  ///< EAC.
  std::optional<Money> estimate_to_complete;    ///< ETC = EAC − AC.
  std::optional<Money> variance_at_completion;  ///< VAC = BAC − EAC.
  std::optional<double> index_to_budget;        ///< TCPI = (BAC − EV) / (BAC − AC); absent at BAC = AC.
};

/// Errors: InvalidInput when currencies differ or a figure is negative.
[[nodiscard]] Performance performance(EarnedValue const& value, Outlook outlook = Outlook::AsSoFar);

/// Where the work done stands on the plan's own time (unit: periods).
struct EarnedSchedule {
  double earned = 0;    ///< ES: when the plan had as much due as is done now.
  double variance = 0;  ///< SV(t) = ES − AT.
  double index = 0;     ///< SPI(t) = ES / AT.
  double estimate = 0;  ///< IEAC(t) = planned duration / SPI(t); planned duration when ES is 0.
};

/// `planned[k]` is cumulative PV at the end of period k, planned[0] at the start; it must not fall.
/// ES lies on the line between the latest period with PV ≤ EV and the next; with all work done it
/// is when PV first reaches the budget. `actual_time` (periods) > 0. `planned_end` (periods): where in its
/// last period the plan ends; absent: at its end.
/// Cost: O(periods). Errors: InvalidInput.
[[nodiscard]] EarnedSchedule earned_schedule(std::span<Money const> planned, Money earned, double actual_time,
                                             std::optional<double> planned_end = {});

}  // namespace rapport
