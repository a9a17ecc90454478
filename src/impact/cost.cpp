// What the change costs: the work of activities.

#include <algorithm>
#include <cstdlib>

#include "base/number_text.h"
#include "impact/ledger.h"

namespace rapport::detail {
namespace {

std::string unit_of(Resource const& resource) { return resource.unit.empty() ? "unit" : resource.unit; }

/// "2.5 m3 of CONCRETE".
std::string amount_of(double quantity, Resource const& resource) {
  return short_text(quantity) + " " + (resource.unit.empty() ? "" : resource.unit + " ") + "of " +
         resource.key;
}

}  // namespace

void Ledger::write() {
  auto const& values = context_.network().values();
  for (std::size_t k = 0; k < parts_.activities.size(); ++k) {
    auto const& delta = parts_.activities[k];
    auto const index = parts_.activity_index[k];
    if (!index) continue;  // added activities have their own assignments
    auto const* effect = plan_.find(delta.key);
    bool const inactive = values.microsoft_tasks[values.microsoft[index->value]].inactive;
    if (inactive && !(effect && !effect->rework_key.empty())) continue;  // costs nothing, wherever it is
    if (!effect && !delta.moved() && plan_.rates.empty()) continue;
    for (auto const a : context_.assignments(*index))
      assigned(context_.project.facts().assignments[a], *index, delta, effect);
    for (auto const e : context_.expenses(*index))
      expense(context_.project.facts().expenses[e], *index, delta, effect);
    if (effect) unassigned(*index, delta, *effect);
  }
  added();
  for (auto const& cost : plan_.costs) entered(cost);
  tests();
  contracts();
  total();
}

void Ledger::line(CostLine line) {
  if (line.amount.minor != 0) parts_.costs.push_back(std::move(line));
}

void Ledger::unknown(std::string const& activity, std::string const& resource, Work effort,
                     std::string reason) {
  parts_.unpriced.push_back({activity, resource, effort, std::move(reason)});
}

CostLine Ledger::started(CostCategory category, Assignment const& assignment) const {
  CostLine line;
  line.category = category;
  line.activity = assignment.activity;
  line.resource = assignment.resource;
  line.account = assignment.cost_account;
  return line;
}

void Ledger::assigned(Assignment const& assignment, ActivityIndex index, ActivityDelta const& delta,
                      ActivityEffect const* effect) {
  auto const* resource = context_.project.find<Resource>(assignment.resource);
  if (!resource) return;
  if (effect && (effect->removed || effect->cut_short))
    return falls_away(assignment, *resource, index, delta);
  double const material = effect ? (effect->material + effect->rework_material) : 0;
  Work const left = remaining_effort(context_.network(), assignment, index);
  auto const changed = changed_assignment(context_.network(), assignment, *resource, index, effect);
  Work const left_after = changed.remaining.value_or(Work{});
  std::optional<Assignment> again;
  if (effect && !effect->rework_key.empty()) again = repeated_assignment(assignment, *resource, *effect);
  Work const redone = again ? again->work : Work{};

  auto const now = context_.now(index);
  auto const place = [&](std::optional<ActivityDates> const& dates, Span otherwise) {
    return dates ? remaining_span(dates->early_start, dates->early_finish, now) : otherwise;
  };
  Span const before = place(delta.before, {now, now});
  Span const after = place(delta.after, before);
  if (assignment.cost) {
    entered(assignment, index, changed, again, delta, before.start, after.start);
    return;
  }
  auto const old_rates = context_.prices.rates(*resource, {}, context_.now());
  auto const new_rates = context_.prices.rates(*resource, plan_.rates_of(resource->key), context_.now());
  bool const repriced = !plan_.rates_of(resource->key).empty();
  if (old_rates.standard.empty()) {
    if (left_after + redone != left || (by_quantity(*resource) && material != 0) || repriced)
      unknown(delta.key, resource->key, left_after + redone - left,
              "resource " + resource->key + " has no rate");
    return;
  }
  Span rework = after;
  if (again) {
    auto const dates = parts_.after.dates(effect->rework_key);
    rework = {dates.early_start, dates.early_finish};
  }
  bool const begun = context_.network().started(index);
  uses(assignment, *resource, begun, before.start, after.start,
       again ? std::optional(rework.start) : std::nullopt);
  if (by_quantity(*resource)) {
    Instant const since =
        begun ? Instant{context_.network().values().actual_start[index.value]} : before.start;
    quantities(assignment, *resource, effect, since, begun ? since : after.start, rework.start);
    return;
  }
  auto const& calendar = context_.network().calendar(index);
  auto const price = [&](Work work, Span span, ResourceRates const& rates) {
    return price_of(work, overtime_in(work, assignment), span, calendar, rates);
  };
  if (left_after != left) {
    auto const with = price(left_after, after, old_rates), without = price(left, after, old_rates);
    effort_line(assignment, *resource, left_after - left,
                {with.amount - without.amount, left_after.seconds > 0 ? with.single : without.single,
                 difference(with.rates, without.rates)},
                "");
  }
  auto const here = price(left, after, old_rates), there = price(left, before, old_rates);
  if (here.amount != there.amount)
    moved_price(assignment, here.amount - there.amount,
                "the same " + to_string(left) + " of " + resource->key + " on other days" +
                    at_rates(here.rates, there.rates));
  if (redone.seconds != 0)
    effort_line(assignment, *resource, redone, price(redone, rework, old_rates), " for rework");
  if (repriced) {
    auto const is = price(left_after, after, new_rates), again_is = price(redone, rework, new_rates);
    auto const was = price(left_after, after, old_rates), again_was = price(redone, rework, old_rates);
    auto entry = started(CostCategory::Rate, assignment);
    entry.amount = is.amount - was.amount + again_is.amount - again_was.amount;
    entry.work = left_after + redone;
    entry.rate = rate_at(after.finish, new_rates.standard);
    entry.reason = to_string(left_after + redone) + " of " + resource->key +
                   at_rates(together(is.rates, again_is.rates), together(was.rates, again_was.rates));
    line(std::move(entry));
  }
}

void Ledger::moved_price(Assignment const& assignment, Money amount, std::string reason) {
  auto entry = started(CostCategory::Rate, assignment);
  entry.amount = amount;
  entry.reason = std::move(reason);
  line(std::move(entry));
}

void Ledger::entered(CostChange const& cost) {
  auto const parts =
      entered_parts(context_.prices, parts_.after, cost, plan_.find(cost.activity), context_.now());
  CostLine entry;
  entry.category = CostCategory::Expense;
  entry.amount = sum_of(parts, cost.amount.currency);
  entry.activity = cost.activity;
  entry.account = cost.cost_account;
  entry.reason = entered_in_words(parts);
  line(std::move(entry));
}

void Ledger::uses(Assignment const& assignment, Resource const& resource, bool begun, Instant before,
                  Instant after, std::optional<Instant> again) {
  auto const at = [&](Instant when) { return context_.prices.use(resource, assignment.units, when); };
  if (!begun && before != after)
    if (Money const shift = at(after) - at(before); shift.minor != 0)
      moved_price(assignment, shift,
                  resource.key + " is called upon on another day, at " + amount_text(at(after)) +
                      " instead of " + amount_text(at(before)));
  if (again) use_line(assignment, resource, at(*again), " is called upon again for rework");
}

void Ledger::use_line(Assignment const& assignment, Resource const& resource, Money amount,
                      std::string const& what) {
  auto entry = started(category_of(resource.kind), assignment);
  entry.amount = amount;
  entry.reason = resource.key + what + ", priced per use";
  line(std::move(entry));
}

void Ledger::quantities(Assignment const& assignment, Resource const& resource, ActivityEffect const* effect,
                        Instant before, Instant after, Instant rework) {
  auto const now = context_.now();
  auto const old_rates = context_.prices.rates(resource, {}, now).standard;
  auto const new_rates = context_.prices.rates(resource, plan_.rates_of(resource.key), now).standard;
  auto const cost = [&](double amount, Instant when, std::vector<DatedRate> const& rates) {
    return cost_of(amount, rate_at(when, rates));
  };
  auto const instead = [&](Instant when, std::vector<DatedRate> const& rates, Instant then,
                           std::vector<DatedRate> const& old) {
    return to_text(dated_rate_at(when, rates), unit_of(resource)) + " instead of " +
           to_text(dated_rate_at(then, old), unit_of(resource));
  };
  double const more = effect ? effect->material : 0, again = effect ? effect->rework_material : 0;
  // What is ordered at once is priced, and rounded, at once.
  quantity(
      assignment, resource, more, old_rates, after,
      cost(assignment.quantity * (1 + more), after, old_rates) - cost(assignment.quantity, after, old_rates));
  quantity(assignment, resource, again, old_rates, rework);
  if (Money const shift =
          cost(assignment.quantity, after, old_rates) - cost(assignment.quantity, before, old_rates);
      shift.minor != 0)
    moved_price(assignment, shift,
                "the same " + amount_of(assignment.quantity, resource) + " on another day at " +
                    instead(after, old_rates, before, old_rates));
  auto const dearer = [&](double amount, Instant when) {
    Money const rise = cost(amount, when, new_rates) - cost(amount, when, old_rates);
    if (rise.minor == 0) return;
    auto entry = started(CostCategory::Rate, assignment);
    entry.amount = rise;
    entry.quantity = amount;
    entry.rate = rate_at(when, new_rates);
    entry.reason = amount_of(amount, resource) + " at " + instead(when, new_rates, when, old_rates);
    line(std::move(entry));
  };
  dearer(assignment.quantity * (1 + more), after);
  dearer(assignment.quantity * again, rework);
}

void Ledger::entered(Assignment const& assignment, ActivityIndex index, Assignment const& changed,
                     std::optional<Assignment> const& again, ActivityDelta const& delta, Instant before,
                     Instant after) {
  auto const was = entered_cost(context_.prices, context_.network(), assignment, index, before);
  Money amount{0, was.open.currency};
  bool const recorded = assignment.actual_cost.has_value();
  if (delta.after) {
    auto const is = changed_cost(context_.prices,
                                 entered_cost(context_.prices, context_.network(), assignment, index, after),
                                 changed, after);
    amount = is.open - was.open;
    if (!recorded) amount += is.done - was.done;
  } else {
    amount = -was.open;
  }
  auto entry = started(category_of(context_.project.at<Resource>(assignment.resource).kind), assignment);
  entry.work = changed.remaining.value_or(Work{}) - remaining_effort(context_.network(), assignment, index);
  if (again) {
    amount += context_.prices.at(*again->cost, parts_.after.dates(again->activity).early_start, {}, {},
                                 Rise::LeftOut);
    *entry.work += again->work;
  }
  entry.amount = amount;
  entry.reason = amount_text(amount) + " of the entered cost " + amount_text(*assignment.cost);
  if (assignment.cost->minor != 0 && was.open.currency == assignment.cost->currency)
    entry.reason = percent(static_cast<double>(amount.minor) / static_cast<double>(assignment.cost->minor)) +
                   " of the entered cost " + amount_text(*assignment.cost);
  line(std::move(entry));
}

void Ledger::effort_line(Assignment const& assignment, Resource const& resource, Work work,
                         Price const& price, std::string const& what_for) {
  auto entry = started(category_of(resource.kind), assignment);
  entry.amount = price.amount;
  entry.work = work;
  entry.rate = price.single;
  entry.reason = to_string(work) + " of " + resource.key + what_for + at_rates(price.rates);
  line(std::move(entry));
}

void Ledger::quantity(Assignment const& assignment, Resource const& resource, double share,
                      std::vector<DatedRate> const& rates, Instant when, std::optional<Money> amount) {
  double const more = assignment.quantity * share;
  if (more == 0) return;
  DatedRate const& rate = dated_rate_at(when, rates);
  auto entry = started(category_of(resource.kind), assignment);
  entry.amount = amount.value_or(cost_of(more, rate.rate));
  entry.rate = rate.rate;
  entry.quantity = more;
  entry.reason = amount_of(more, resource) + ", " + percent(share) + " of the planned quantity, at " +
                 to_text(rate, unit_of(resource));
  line(std::move(entry));
}

void Ledger::total() {
  if (parts_.costs.empty() && !parts_.unpriced.empty()) return;
  Money sum;
  sum.currency =
      parts_.costs.empty() ? context_.project.facts().currency : parts_.costs.front().amount.currency;
  for (auto const& line : parts_.costs) {
    if (line.amount.currency != sum.currency)
      throw InvalidInput("change " + parts_.change.key + " costs " + to_string(parts_.costs.front().amount) +
                         " (" + parts_.costs.front().reason + ") and " + to_string(line.amount) + " (" +
                         line.reason +
                         "); give rates and costs in one currency, or the project's currency and what the "
                         "others cost in it");
    sum += line.amount;
  }
  parts_.cost_delta = sum;
}

void fill_costs(Context const& context, PlanChange const& plan, Impact::Parts& parts) {
  Ledger(context, plan, parts).write();
}

}  // namespace rapport::detail
