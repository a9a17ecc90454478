#pragma once
// The lines of a plan's cost in the form they are computed with: numbers, no text.

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "impact/price.h"
#include "impact/resource_curve.h"
#include "rapport/impact/plan_cost.h"

namespace rapport::detail {

/// What a line says.
enum class CostReason : std::uint8_t {
  Effort,           ///< Work at a rate.
  Use,              ///< Called upon once.
  Quantity,         ///< Units at a price.
  EnteredCost,      ///< Of an assignment.
  RecordedCost,     ///< Of an assignment.
  Expense,          ///< As planned.
  RecordedExpense,  ///< As recorded.
  PerDay,
  Rise,  ///< Of the price of the line before.
  Late,
  Early,
  Budget,   ///< That the baseline keeps.
  Entered,  ///< By a change.
  Again,    ///< A test that is run again.
};

struct CostItem {
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  std::int64_t amount = 0;  ///< Minor units of the plan's currency.
  Instant start, finish;
  std::int64_t work = 0;          ///< Seconds.
  double quantity = 0;            ///< Units, days.
  std::int64_t price = 0;         ///< Millionths per unit or hour; per day: minor units.
  std::uint32_t activity = none;  ///< In the network; beyond it: PlanCost::Parts::gone.
  std::uint32_t resource = none, account = none, subject = none;  ///< Positions in the facts.
  std::uint32_t exchanged = none;  ///< What `price` was converted from, in CostItems::exchanged.
  CostCategory category = CostCategory::Labour;
  CostReason reason = CostReason::Effort;
  CostState state = CostState::ToCome;
  Accrual accrual = Accrual::Prorated;
  bool assumed = false;
  CurveStretch curve;  ///< Of a prorated amount, over the working time from `start` to `finish`.
};

struct CostItems {
  std::vector<CostItem> items;
  Currency currency;
  std::vector<Exchanged> exchanged;
  bool priced = false;  ///< Anything has a price at all, be it zero.
  std::vector<Unpriced> unpriced;
  Diagnostics notes;
};

/// The plan before a change. How far it was says what is spent, whatever work the change adds. Assignments
/// and expenses of both plans stand at the same positions, new ones after them.
struct PlanBefore {
  Facts const& facts;
  Network const& network;
  Instant now;  ///< From when on work remains, where no subproject says.
};

/// Cost: O(activities + assignments + expenses). Errors: as cost_plan.
[[nodiscard]] CostItems cost_items(Project const& project, Schedule const& schedule, CostBasis basis,
                                   PlanBefore const* before = nullptr);

/// The same of one assignment, and of one expense, by their position in the facts. `now`: StatusDate::of_all
/// of `schedule`. Cost: O(exchange rates + escalations).
[[nodiscard]] CostItems items_of_assignment(Project const& project, Schedule const& schedule, Instant now,
                                            std::uint32_t position);
[[nodiscard]] CostItems items_of_expense(Project const& project, Schedule const& schedule, Instant now,
                                         std::uint32_t position);

/// `item` is priced at `rate`; what that was converted from is kept in `costs`.
void set_price(CostItem& item, DatedRate const& rate, CostItems& costs);

/// What of the item falls before `when`.
[[nodiscard]] std::int64_t amount_until(CostItem const& item, Instant when, Network const& network);

/// Adds exactly. Errors: InvalidInput when the sum does not fit.
[[nodiscard]] std::int64_t exact_sum(std::int64_t a, std::int64_t b);

/// The beginnings of the steps from the one that holds `first` to the one after `last`.
[[nodiscard]] std::vector<Instant> step_bounds(CostStep step, Instant first, Instant last);

/// Adds what of `item` falls into each step to `into`, which has one entry per step, as has `assumed`: where
/// something falls that rests on an assumption.
void phase(CostItem const& item, Network const& network, std::vector<Instant> const& bounds,
           std::vector<std::int64_t>& into, std::vector<bool>* assumed = nullptr);

}  // namespace rapport::detail

namespace rapport {

struct PlanCost::Parts {
  explicit Parts(Schedule the_schedule) : schedule(std::move(the_schedule)) {}
  Schedule schedule;
  CostBasis basis = CostBasis::Current;
  detail::CostItems costs;
  /// Of the facts that items name, for words.
  std::vector<std::string> resources, units, accounts, expenses, expense_names, tests;
  std::vector<ContractMilestone> milestones;
  std::vector<std::string> entered;  ///< What the change entered, in words.
  bool work_assumed = false;         ///< Of a changed plan: see Impact::work_assumed.
  /// Of a changed plan: what is in it no more, whose costs stand at positions after those of the network.
  std::vector<std::string> gone;
  /// Of a changed plan: where the cost of what it brings in is gathered.
  struct Origin {
    std::string activity, wbs;
  };
  std::unordered_map<std::uint32_t, Origin> origin;

  [[nodiscard]] std::string const& activity(std::uint32_t position) const {
    auto const known = static_cast<std::uint32_t>(schedule.network().activity_count());
    return position < known ? schedule.network().key({position}) : gone[position - known];
  }
};

}  // namespace rapport

namespace rapport::detail {

/// Items with the names that `facts`, which they were worked out from, have for them.
[[nodiscard]] std::shared_ptr<PlanCost::Parts> cost_parts(Facts const& facts, Schedule const& schedule,
                                                          CostBasis basis, CostItems costs);

}  // namespace rapport::detail
