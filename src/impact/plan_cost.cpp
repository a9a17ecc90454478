// What the whole plan costs as scheduled.

#include "impact/price.h"
#include "rapport/impact/compare.h"

namespace rapport {
namespace {

class PlanLedger {
 public:
  PlanLedger(Project const& project, Schedule const& schedule) : project_(project), schedule_(schedule) {}

  std::optional<Money> total() {
    auto const& facts = project_.facts();
    for (auto const& assignment : facts.assignments) assigned(assignment);
    for (auto const& expense : facts.expenses) spent(expense);
    for (auto const& milestone : facts.contract_milestones) {
      auto const i = schedule_.network().find(milestone.activity);
      if (!i) continue;
      auto const terms = detail::terms_at(milestone, schedule_.dates(*i).early_finish);
      add(terms.penalty), add(-terms.bonus);
    }
    return sum_;
  }

 private:
  void add(Money amount) {
    if (amount.minor == 0) return;
    sum_ = sum_ ? *sum_ + amount : amount;
  }

  [[nodiscard]] Instant start(ActivityIndex i) const {
    auto const actual = schedule_.network().values().actual_start[i.value];
    return actual == no_instant ? schedule_.dates(i).early_start : Instant{actual};
  }

  void assigned(Assignment const& assignment) {
    auto const i = schedule_.network().find(assignment.activity);
    auto const* resource = project_.find<Resource>(assignment.resource);
    if (!i || !resource) return;
    if (assignment.cost) return add(*assignment.cost);
    auto const rates = detail::dated_rates(*resource, {}, {});
    if (rates.empty()) return;
    if (resource->kind == ResourceKind::Material || resource->kind == ResourceKind::Cost)
      return add(cost_of(assignment.quantity, detail::rate_at(start(*i), rates)));
    add(detail::price_of(assignment.work, start(*i), schedule_.dates(*i).early_finish,
                         schedule_.network().calendar(*i), rates)
            .amount);
  }

  void spent(Expense const& expense) {
    auto const i = schedule_.network().find(expense.activity);
    if (!i) return;
    if (expense.kind == ExpenseKind::Fixed) return add(expense.actual.value_or(expense.amount));
    auto const days = detail::days_begun(start(*i), schedule_.dates(*i).early_finish);
    add({expense.amount.minor * days, expense.amount.currency});
  }

  Project const& project_;
  Schedule const& schedule_;
  std::optional<Money> sum_;
};

}  // namespace

std::optional<Money> plan_cost(Project const& project, Schedule const& schedule) {
  return PlanLedger(project, schedule).total();
}

}  // namespace rapport
