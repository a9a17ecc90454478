// What becomes of the cost of an activity that is not done any more. What is spent is gone either way, so it
// is no part of what a change costs; what is to come falls away. The cost of the plan says which is which.

#include <algorithm>

#include "base/number_text.h"
#include "impact/cost_items.h"
#include "impact/ledger.h"

namespace rapport::detail {
namespace {

/// What the lines of one assignment or expense come to in one state.
struct Sum {
  Money calls;   ///< What is paid for calling upon a resource.
  Money amount;  ///< All else.
  Work work;
  double quantity = 0;
  std::vector<RatedWork> rates;  ///< Of the work.
  bool assumed = false;

  [[nodiscard]] std::optional<Rate> rate() const {
    if (rates.empty()) return std::nullopt;
    for (auto const& each : rates)
      if (each.at.rate != rates.front().at.rate) return std::nullopt;
    return rates.front().at.rate;
  }
};

bool of_call(CostItem const& item) {
  return item.reason == CostReason::Use || (item.reason == CostReason::Rise && item.price == 0);
}

void keep_rate(Sum& sum, CostItem const& item, CostItems const& costs) {
  DatedRate at{{}, {item.price, costs.currency}, {}};
  if (item.exchanged != CostItem::none) at.exchanged = costs.exchanged[item.exchanged];
  // The rise stands after what it is the rise of, with the price that it rose to.
  if (item.reason == CostReason::Rise && !sum.rates.empty())
    sum.rates.back().at = at;
  else
    sum.rates.push_back({Work{item.work}, at});
}

Sum sum_in(CostItems const& costs, CostState state) {
  Sum sum;
  sum.calls = sum.amount = Money{0, costs.currency};
  for (auto const& item : costs.items) {
    if (item.state != state) continue;
    sum.assumed = sum.assumed || item.assumed;
    if (of_call(item) && item.subject == CostItem::none) {
      sum.calls.minor += item.amount;
      continue;
    }
    sum.amount.minor += item.amount;
    if (item.reason == CostReason::Rise) {
      if (item.price != 0) keep_rate(sum, item, costs);
      continue;
    }
    sum.work += Work{item.work};
    sum.quantity += item.quantity;
    if (item.reason == CostReason::Effort || item.reason == CostReason::Quantity) keep_rate(sum, item, costs);
  }
  return sum;
}

template <class Fact>
std::uint32_t position_of(Fact const& fact, std::vector<Fact> const& facts) {
  return static_cast<std::uint32_t>(&fact - facts.data());
}

}  // namespace

void Ledger::discard(CostLine entry) {
  if (entry.amount.minor != 0) parts_.discarded.push_back(std::move(entry));
}

void Ledger::falls_away(Assignment const& assignment, Resource const& resource, ActivityIndex index,
                        ActivityDelta const& delta) {
  auto const costs = items_of_assignment(context_.project, context_.before, context_.now(),
                                         position_of(assignment, context_.project.facts().assignments));
  auto const spent = sum_in(costs, CostState::Spent), to_come = sum_in(costs, CostState::ToCome);
  Work const left = remaining_effort(context_.network(), assignment, index);
  if (resource.rates.empty() && !assignment.cost && left.seconds != 0)
    unknown(delta.key, resource.key, -left, "resource " + resource.key + " has no rate");

  use_line(assignment, resource, -to_come.calls, " is not called upon");
  auto saved = started(category_of(resource.kind), assignment);
  saved.amount = -to_come.amount;
  saved.rate = to_come.rate();
  if (assignment.cost) {
    saved.work = -to_come.work;
    saved.reason = amount_text(saved.amount) + " of the entered cost " + amount_text(*assignment.cost);
    if (assignment.cost->minor != 0 && saved.amount.currency == assignment.cost->currency)
      saved.reason =
          percent(static_cast<double>(saved.amount.minor) / static_cast<double>(assignment.cost->minor)) +
          " of the entered cost " + amount_text(*assignment.cost);
  } else if (by_quantity(resource)) {
    saved.quantity = -to_come.quantity;
    saved.reason = short_text(-to_come.quantity) + " " + (resource.unit.empty() ? "" : resource.unit + " ") +
                   "of " + resource.key;
    if (assignment.quantity != 0)
      saved.reason += ", " + percent(-to_come.quantity / assignment.quantity) + " of the planned quantity";
    if (!to_come.rates.empty())
      saved.reason +=
          ", at " + to_text(to_come.rates.front().at, resource.unit.empty() ? "unit" : resource.unit);
  } else {
    saved.work = -to_come.work;
    saved.reason = to_string(-to_come.work) + " of " + resource.key + at_rates(difference({}, to_come.rates));
  }
  line(std::move(saved));

  auto call = started(category_of(resource.kind), assignment);
  call.assumed = true;
  call.amount = spent.calls;
  call.reason = resource.key + " was called upon";
  discard(std::move(call));
  auto lost = started(category_of(resource.kind), assignment);
  lost.assumed = spent.assumed;
  lost.amount = spent.amount;
  lost.rate = spent.rate();
  if (spent.work.seconds > 0) lost.work = spent.work;
  lost.reason = (spent.work.seconds > 0 ? to_string(spent.work) + " of " : "") + resource.key;
  discard(std::move(lost));
}

void Ledger::falls_away(Expense const& expense, ActivityDelta const& delta) {
  auto const costs = items_of_expense(context_.project, context_.before, context_.now(),
                                      position_of(expense, context_.project.facts().expenses));
  auto const spent = sum_in(costs, CostState::Spent), to_come = sum_in(costs, CostState::ToCome);
  std::string const name = expense.name.empty() ? expense.key : expense.name;
  bool const fixed = expense.kind == ExpenseKind::Fixed;
  CostLine entry;
  entry.activity = delta.key;
  entry.account = expense.cost_account;
  entry.subject = expense.key;
  entry.category = fixed ? CostCategory::Expense : CostCategory::TimeDependent;
  auto const days = [&](double some) {
    return counted_text(static_cast<std::int64_t>(some), "day", "days") + " at " +
           amount_text(expense.amount) + " a day";
  };
  CostLine saved = entry;
  saved.amount = -to_come.amount;
  saved.reason = spent.amount.minor == 0 ? name + " is not spent" : "the rest of " + name + " is not spent";
  if (!fixed) {
    saved.quantity = -to_come.quantity;
    saved.reason = name + ": " + days(-to_come.quantity);
    if (delta.before)
      for (auto const& part :
           context_.prices.per_day(expense.amount, held(delta.key, *delta.before), expense.cost_account))
        if (auto const text = to_text(part.exchange); saved.reason.find(text) == saved.reason.npos)
          saved.reason += text;
  }
  line(std::move(saved));

  entry.amount = spent.amount;
  entry.assumed = spent.assumed;
  entry.reason = name;
  if (!fixed && spent.quantity > 0) {
    entry.quantity = spent.quantity;
    entry.reason = name + ": " + days(spent.quantity);
  }
  discard(std::move(entry));
}

}  // namespace rapport::detail
