#pragma once
// What a whole plan costs: line by line, for what and for whom, and when.
//
// Amounts are exact: a line is a product that is rounded once to the minor unit; everything else is a sum
// of lines, or a division of them that loses nothing (what does not divide goes to the largest remainders).

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rapport/impact/impact.h"
#include "rapport/model/names.h"
#include "rapport/model/project.h"
#include "rapport/schedule/schedule.h"
#include "rapport/table/table.h"

namespace rapport {

/// Which dates and amounts a plan is priced at.
enum class CostBasis : std::uint8_t {
  /// Work done at what was recorded for it, else at the rates of the days it was done on; work left at
  /// the dates of the schedule; penalties and bonuses as it ends.
  Current,
  /// All planned work at the dates of the baseline, with the budget it keeps, if any; without penalties
  /// and bonuses. Activities without a baseline are priced at their scheduled dates, which is noted.
  Baseline,
};

/// Whether the money is gone.
enum class CostState : std::uint8_t { Spent, ToCome };

/// One amount with one reason.
struct PlanCostLine {
  CostCategory category = CostCategory::Labour;
  CostState state = CostState::ToCome;
  Money amount;
  std::string activity;
  std::string resource;
  std::string account;
  std::string subject;             ///< Expense or contract milestone.
  std::optional<Work> work;        ///< Effort.
  std::optional<double> quantity;  ///< Units of material, days held, days late or early.
  std::optional<Rate> rate;
  /// When in this span the money counts. Decides about the curve and about the state, never the amount.
  Accrual accrual = Accrual::Prorated;
  Instant start, finish;
  std::string reason;    ///< "64h of R-2 at 85.50 EUR/h".
  bool assumed = false;  ///< What was spent is not recorded; it is worked out from the work done.
  friend bool operator==(PlanCostLine const&, PlanCostLine const&) = default;
};

/// What costs are gathered under. What belongs to none stands in a row without a key.
enum class CostBy : std::uint8_t {
  Activity,
  /// The account of the assignment or expense; where it names none, the accounts that the activity charges
  /// (traces), in proportion to their shares.
  Account,
  Wbs,
  Resource,
  /// An activity's cost is divided among the requirements that it exists because of: those met first when
  /// walking back along traces that derive, implement, produce or verify, in proportion to the product of
  /// the shares on the shortest ways. An activity without such traces has those of the nearest WBS branch
  /// above that has some.
  Requirement,
  /// The owner of each of those requirements. Where an activity serves no requirement: whoever is
  /// accountable for it, else responsible; of several each an equal part.
  Stakeholder,
};

/// A step of a cost curve. Weeks begin on Monday.
enum class CostStep : std::uint8_t { Daily, Weekly, Monthly };

/// The costs of a plan under one schedule. A value that never changes; copying it is cheap.
class PlanCost {
 public:
  struct Parts;
  explicit PlanCost(std::shared_ptr<Parts const> parts) : parts_(std::move(parts)) {}

  [[nodiscard]] CostBasis basis() const;
  [[nodiscard]] std::size_t size() const;
  /// Cost: O(lines).
  [[nodiscard]] std::vector<PlanCostLine> lines() const;
  /// The exact sum of the lines; absent when nothing of the plan has a price.
  [[nodiscard]] std::optional<Money> total() const;
  /// Zero of the plan's currency when nothing is.
  [[nodiscard]] Money spent() const;
  [[nodiscard]] Money to_come() const;
  /// What the total leaves out because no price is known.
  [[nodiscard]] std::vector<Unpriced> const& unpriced() const;
  /// What the figures rest on that the facts do not say.
  [[nodiscard]] Diagnostics const& notes() const;

  /// What falls before `when`. Cost: O(lines).
  [[nodiscard]] Money until(Instant when) const;

  /// One row per line: category, state, amount, activity, resource, account, subject, work_hours (h),
  /// quantity, rate, accrual, start, finish, assumed, reason. Cost: O(lines).
  [[nodiscard]] Table table() const;
  /// Parents before children: key, name, parent, level, amount (its own), with_below (and that of all
  /// below), spent and to_come (of amount), share (of the total), assumed (a line in or below it is). The
  /// amounts add up to the total exactly. `project` must be the one that was priced. Cost: O(lines + facts).
  /// Errors: InvalidInput.
  [[nodiscard]] Table by(CostBy by, Project const& project) const;
  /// One row per step from the first to the last cost: from, until, spent, to_come, amount (in the step),
  /// cumulative, assumed (a line in the step is). Prorated costs are spread over the working time of the
  /// activity, costs by the day over its days. The amounts add up to the total exactly. Cost: O(lines × steps
  /// they span).
  [[nodiscard]] Table curve(CostStep step) const;

  [[nodiscard]] Parts const& parts() const { return *parts_; }

 private:
  std::shared_ptr<Parts const> parts_;
};

/// What the plan costs; `schedule` is one of `project`. Currencies other than the project's are converted
/// at the exchange rates of the facts, prices rise by its escalations. Material is priced at the rate of
/// the day its activity starts on, effort at the rates of the days it falls on.
/// Cost: O(activities + assignments + expenses + price periods they meet).
/// Errors: InvalidInput when the schedule is another project's, or when amounts in several currencies
/// meet without an exchange rate, naming both.
[[nodiscard]] PlanCost cost_plan(Project const& project, Schedule const& schedule,
                                 CostBasis basis = CostBasis::Current);

/// What the plan costs once the change is made: what has begun and the rates of the past stay as they are,
/// the rest is priced at the dates after it. total() is that of the plan before and Impact::cost_delta
/// together, exactly. `by` takes the project that was assessed: rework counts under the activity it comes
/// from, new activities under their WBS branch. `project` must be the one that was assessed. Cost: O(facts).
/// Errors: as cost_plan.
[[nodiscard]] PlanCost cost_plan(Project const& project, Impact const& impact);

/// Two curves on the same steps: from, until, before, delta, after, cumulative_before, cumulative_delta,
/// cumulative_after, assumed (something differs in the step, and the work behind the change rests on a
/// default of Rapport's). Cost: O(lines × steps they span). Errors: InvalidInput when the currencies differ.
[[nodiscard]] Table curve_changes(PlanCost const& before, PlanCost const& after, CostStep step);

/// What a change costs, gathered the same way: key, name, parent, level, before, delta, after (its own),
/// delta_with_below, reasons (the largest, in words), assumed (one of Impact::cost_lines in or below it is;
/// that what was spent is not recorded is the same before and after, and marked by PlanCost::by). Deltas add
/// up to Impact::cost_delta exactly; rework and new activities count where the activity they come from, or
/// their WBS branch, does. `project` must be the one that was assessed. Cost: O(lines + facts). Errors: as
/// cost_plan.
[[nodiscard]] Table cost_changes(Project const& project, Impact const& impact, CostBy by);

template <>
std::span<std::string_view const> names_of<CostBasis>();
template <>
std::span<std::string_view const> names_of<CostState>();
template <>
std::span<std::string_view const> names_of<CostBy>();
template <>
std::span<std::string_view const> names_of<CostStep>();

}  // namespace rapport
