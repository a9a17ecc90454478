#pragma once
// Earned value and earned schedule of a plan: planned value from its baseline, earned value from its
// progress, actual cost from what was spent. The formulas are those of earned_value.h.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rapport/impact/earned_value.h"
#include "rapport/impact/plan_cost.h"

namespace rapport {

/// How much of an activity counts as done. Not begun: nothing; completed: all of it.
enum class ProgressBy : std::uint8_t {
  Reported,     ///< The percentage that was reported; where none was, as Duration.
  Duration,     ///< The part of the duration that does not remain.
  ZeroHundred,  ///< Nothing until it is completed.
  FiftyFifty,   ///< Half once it has begun.
};

struct PlanValueOptions {
  ProgressBy progress = ProgressBy::Reported;
  Outlook outlook = Outlook::AsSoFar;
  CostStep step = CostStep::Weekly;  ///< The period of earned schedule and of the curve.
};

/// Earned value of a plan at its data date. A value that never changes; copying it is cheap.
class PlanValue {
 public:
  struct Parts;
  explicit PlanValue(std::shared_ptr<Parts const> parts) : parts_(std::move(parts)) {}

  [[nodiscard]] Instant status_date() const;
  [[nodiscard]] EarnedValue total() const;
  /// Absent when a figure is negative: see notes().
  [[nodiscard]] std::optional<Performance> performance() const;
  /// In periods from the beginning of the period in which the plan begins, the last of them as far as the
  /// baseline goes; absent before the plan begins,
  /// without a budget, or when planned value falls: see notes().
  [[nodiscard]] std::optional<EarnedSchedule> schedule() const;
  /// The day on which, going on like this, the plan would end: the beginning of the plan and as many
  /// periods as EarnedSchedule::estimate says; absent as schedule().
  [[nodiscard]] std::optional<Date> estimated_finish() const;
  [[nodiscard]] PlanCost const& baseline() const;
  [[nodiscard]] PlanCost const& current() const;
  [[nodiscard]] Diagnostics const& notes() const;

  /// Parents before children: key, name, parent, level, planned, earned, actual, budget (all with what is
  /// below), cost_variance, schedule_variance, cost_index, schedule_index, complete (of the budget, 0 to 1),
  /// estimate_at_completion, variance_at_completion, index_to_budget, assumed (what was spent in or below it
  /// is not all recorded). Values of the topmost rows and of the row without a key add up to the total
  /// exactly. Cost: O(lines + facts). Errors: as PlanCost::by.
  [[nodiscard]] Table by(CostBy by, Project const& project) const;
  /// One row per period: from, until, cumulative planned, and up to the status date earned, actual,
  /// cost_index, schedule_index, earned_schedule (periods), schedule_index_time, assumed (what was spent so
  /// far is not all recorded). Facts hold no history: what an activity has earned is spread over the working
  /// time since its actual start, which `notes` says. Cost: O(lines × periods they span).
  [[nodiscard]] Table curve() const;

 private:
  std::shared_ptr<Parts const> parts_;
};

/// `schedule` is one of `project`. The status date is the data date of each subproject; without one, the
/// last thing that is known to have happened. Each line of the baseline earns its budget times what is done
/// of its activity, rounded once. Cost: O(activities + assignments + expenses). Errors: as cost_plan;
/// InvalidInput when budget and actual cost are in two currencies.
[[nodiscard]] PlanValue value_plan(Project const& project, Schedule const& schedule,
                                   PlanValueOptions const& options = {});

template <>
std::span<std::string_view const> names_of<ProgressBy>();
template <>
std::span<std::string_view const> names_of<Outlook>();

}  // namespace rapport
