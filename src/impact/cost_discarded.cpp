// What was spent on work that is thrown away. It is gone either way, so it is no part of what a change costs.

#include <algorithm>

#include "base/number_text.h"
#include "impact/ledger.h"

namespace rapport::detail {
namespace {

constexpr char const* in_vain = " spent on work that is thrown away";

}  // namespace

void Ledger::discard(CostLine entry) {
  if (entry.amount.minor != 0) parts_.discarded.push_back(std::move(entry));
}

Span Ledger::done_in(ActivityIndex index) const {
  auto const& values = context_.network().values();
  Instant const from{values.actual_start[index.value]};
  auto const finish = values.actual_finish[index.value];
  return {from, finish == no_instant ? std::max(from, context_.now(index)) : Instant{finish}};
}

/// Price and rise are each divided into what is used and what is left, as in the cost of the plan.
Money Ledger::used_up(Assignment const& assignment, Resource const& resource, ActivityIndex index,
                      Instant when) const {
  auto const at = [&](Rise rise) {
    return cost_of(assignment.quantity,
                   rate_at(when, context_.prices.rates(resource, {}, context_.now(index), rise).standard));
  };
  Money const plain = at(Rise::LeftOut), risen = at(Rise::Included) - plain;
  auto const used = [&](Money all) { return all - open_part(context_.network(), index, all); };
  return used(plain) + used(risen);
}

void Ledger::thrown_away(Assignment const& assignment, Resource const& resource, ActivityIndex index,
                         ActivityDelta const& delta) {
  Span const when = done_in(index);
  Work const left = remaining_effort(context_.network(), assignment, index);
  Work const done =
      assignment.actual.value_or(Work{std::max<std::int64_t>(0, (assignment.work - left).seconds)});
  auto entry = started(category_of(resource.kind), assignment);
  entry.assumed = !assignment.actual_cost;
  if (done.seconds > 0) entry.work = done;
  entry.reason = (done.seconds > 0 ? to_string(done) + " of " : "") + resource.key + in_vain;
  if (assignment.actual_cost) {
    entry.amount = context_.prices.at(*assignment.actual_cost, when.finish, {}, {}, Rise::LeftOut);
    return discard(std::move(entry));
  }
  if (assignment.cost) {  // stands in place of rate × work
    auto const again = remaining_span(when.start, delta.before ? delta.before->early_finish : when.finish,
                                      context_.now(index));
    entry.amount = entered_cost(context_.prices, context_.network(), assignment, index, again.start).done;
    return discard(std::move(entry));
  }
  auto const rates = context_.prices.rates(resource, {}, context_.now(index));
  if (rates.standard.empty()) return;
  auto call = started(entry.category, assignment);
  call.assumed = true;
  call.amount = context_.prices.use(resource, assignment.units, when.start);
  call.reason = resource.key + " was called upon for work that is thrown away";
  discard(std::move(call));
  if (by_quantity(resource)) {
    entry.amount = used_up(assignment, resource, index, when.start);
    entry.rate = rate_at(when.start, rates.standard);
  } else if (done.seconds > 0) {
    auto const spent =
        price_of(done, overtime_in(done, assignment), when, context_.network().calendar(index), rates);
    entry.amount = spent.amount;
    entry.rate = spent.single;
  }
  discard(std::move(entry));
}

void Ledger::thrown_away(Expense const& expense, ActivityIndex index, ActivityDelta const& delta) {
  if (!delta.before) return;
  Span const when = done_in(index);
  CostLine entry;
  entry.activity = delta.key;
  entry.account = expense.cost_account;
  entry.subject = expense.key;
  entry.category = expense.kind == ExpenseKind::Fixed ? CostCategory::Expense : CostCategory::TimeDependent;
  entry.assumed = !expense.actual;
  std::string const name = expense.name.empty() ? expense.key : expense.name;
  entry.reason = name + in_vain;
  auto const& prices = context_.prices;
  if (expense.actual) {
    entry.amount = prices.at(*expense.actual, when.finish, {}, {}, Rise::LeftOut);
  } else if (expense.kind == ExpenseKind::Fixed) {
    Money const done = expense.amount - still_to_come(context_.network(), expense, index);
    entry.amount = sum_of(prices.spread(done, when, context_.network().calendar(index), expense.cost_account),
                          done.currency);
  } else {
    Instant const now = context_.now(index);
    bool const completed = context_.network().completed(index);
    auto parts = prices.per_day(expense.amount, held(delta.key, *delta.before), expense.cost_account, now);
    std::erase_if(parts, [&](DatedAmount const& part) { return !completed && part.when.finish > now; });
    entry.amount = sum_of(parts, expense.amount.currency);
    std::int64_t days = 0;
    for (auto const& part : parts) days += part.days;
    entry.quantity = static_cast<double>(days);
    entry.reason =
        name + ": " + std::to_string(days) + " days at " + amount_text(expense.amount) + " a day" + in_vain;
  }
  discard(std::move(entry));
}

}  // namespace rapport::detail
