// What the change costs: every line is a difference of two exact amounts, so the total is too.

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "impact/parts.h"
#include "impact/price.h"

namespace rapport::detail {
namespace {

class Ledger {
 public:
  Ledger(Context const& context, PlanChange const& plan, Impact::Parts& parts)
      : context_(context), plan_(plan), parts_(parts) {}

  void write() {
    for (auto const& delta : parts_.activities) {
      auto const* effect = plan_.find(delta.key);
      if (effect && !effect->index) continue;  // added activities have their own assignments
      if (!context_.network().find(delta.key)) continue;
      if (!effect && !delta.moved() && plan_.rates.empty()) continue;
      for (auto const a : context_.assignments(delta.key))
        assigned(context_.project.facts().assignments[a], delta, effect);
      for (auto const e : context_.expenses(delta.key))
        expense(context_.project.facts().expenses[e], delta, effect);
      if (effect) unassigned(delta, *effect);
    }
    added();
    for (auto const& cost : plan_.costs)
      line({.category = CostCategory::Expense,
            .amount = context_.prices.at(cost.amount, context_.now(), {}, {}, Rise::LeftOut),
            .activity = cost.activity,
            .resource = {},
            .account = cost.cost_account,
            .subject = {},
            .work = {},
            .rate = {},
            .quantity = {},
            .reason = "entered by the change"});
    tests();
    contracts();
    total();
  }

 private:
  void line(CostLine line) {
    if (line.amount.minor != 0) parts_.costs.push_back(std::move(line));
  }
  void unknown(std::string const& activity, std::string const& resource, Work effort, std::string reason) {
    parts_.unpriced.push_back({activity, resource, effort, std::move(reason)});
  }

  static CostCategory category_of(ResourceKind kind) {
    switch (kind) {
      case ResourceKind::Labour:
        return CostCategory::Labour;
      case ResourceKind::Equipment:
        return CostCategory::Equipment;
      case ResourceKind::Material:
        return CostCategory::Material;
      case ResourceKind::Cost:
        break;
    }
    return CostCategory::Expense;
  }

  CostLine started(CostCategory category, Assignment const& assignment) const {
    CostLine line;
    line.category = category;
    line.activity = assignment.activity;
    line.resource = assignment.resource;
    line.account = assignment.cost_account;
    return line;
  }

  void assigned(Assignment const& assignment, ActivityDelta const& delta, ActivityEffect const* effect) {
    auto const* resource = context_.project.find<Resource>(assignment.resource);
    if (!resource) return;
    auto const index = context_.network().at(delta.key);
    bool const gone = effect && (effect->removed || effect->cut_short);
    double const share = effect ? (effect->effort + effect->rework_effort) : 0;
    double const material = effect ? (effect->material + effect->rework_material) : 0;
    Work const left = remaining_effort(context_.network(), assignment, index);
    Work const left_after =
        gone ? Work{}
             : Work{std::max<std::int64_t>(
                   0, (left + share_of(assignment.work, effect ? effect->effort : 0)).seconds)};
    Work const redone = gone || !effect ? Work{} : share_of(assignment.work, effect->rework_effort);
    if (gone && effect->started) thrown_away(assignment, *resource, index, left);

    if (assignment.cost) {
      double const planned = static_cast<double>(assignment.work.seconds);
      double const part =
          gone ? -(planned > 0 ? static_cast<double>(left.seconds) / planned : (effect->started ? 0.0 : 1.0))
               : (by_quantity(*resource) ? material : share);
      if (part == 0) return;
      auto entry = started(category_of(resource->kind), assignment);
      entry.amount = context_.prices.at(scaled(*assignment.cost, part), context_.now(index), {}, {},
                                        Rise::LeftOut);
      entry.work = left_after + redone - left;
      entry.reason = percent(part) + " of the entered cost " + to_string(*assignment.cost);
      line(std::move(entry));
      return;
    }
    auto const now = context_.now(index);
    auto const old_rates = context_.prices.rates(*resource, {}, now);
    auto const new_rates = context_.prices.rates(*resource, plan_.rates, now);
    bool const repriced = std::any_of(plan_.rates.begin(), plan_.rates.end(),
                                      [&](RateChange const& edit) { return edit.resource == resource->key; });
    if (old_rates.standard.empty()) {
      if (left_after + redone != left || (by_quantity(*resource) && material != 0) || repriced)
        unknown(delta.key, resource->key, left_after + redone - left,
                "resource " + resource->key + " has no rate");
      return;
    }
    auto const place = [&](std::optional<ActivityDates> const& dates, Span otherwise) {
      return dates ? remaining_span(dates->early_start, dates->early_finish, now) : otherwise;
    };
    Span const before = place(delta.before, {now, now});
    Span const after = place(delta.after, before);
    Span rework = after;
    if (effect && !effect->rework_key.empty()) {
      auto const dates = parts_.after.dates(effect->rework_key);
      rework = {dates.early_start, dates.early_finish};
    }
    bool const begun = context_.network().started(index);
    uses(assignment, *resource, begun, gone, before.start, after.start,
         effect && !effect->rework_key.empty() ? std::optional(rework.start) : std::nullopt);
    if (by_quantity(*resource)) {
      quantities(assignment, *resource, effect, begun, gone, before.start, after.start, rework.start);
      return;
    }
    auto const& calendar = context_.network().calendar(index);
    auto const price = [&](Work work, Span span, ResourceRates const& rates) {
      return price_of(work, overtime_in(work, assignment), span, calendar, rates);
    };
    if (left_after != left) {
      auto const with = price(left_after, after, old_rates), without = price(left, after, old_rates);
      effort_line(assignment, *resource, left_after - left, with.amount - without.amount,
                  left_after.seconds > 0 ? with.single : without.single, "");
    }
    if (auto const shift = price(left, after, old_rates).amount - price(left, before, old_rates).amount;
        shift.minor != 0)
      moved_price(assignment, shift, "the same " + to_string(left) + " of " + resource->key);
    if (redone.seconds != 0) {
      auto const spent = price(redone, rework, old_rates);
      effort_line(assignment, *resource, redone, spent.amount, spent.single, " for rework");
    }
    if (repriced) {
      auto const dearer = price(left_after, after, new_rates).amount -
                          price(left_after, after, old_rates).amount +
                          price(redone, rework, new_rates).amount - price(redone, rework, old_rates).amount;
      auto entry = started(CostCategory::Rate, assignment);
      entry.amount = dearer;
      entry.work = left_after + redone;
      entry.rate = rate_at(after.finish, new_rates.standard);
      entry.reason = to_string(left_after + redone) + " of " + resource->key + " at the new rate";
      line(std::move(entry));
    }
  }

  void moved_price(Assignment const& assignment, Money amount, std::string const& what) {
    auto entry = started(CostCategory::Rate, assignment);
    entry.amount = amount;
    entry.reason = what + " fall into another rate period";
    line(std::move(entry));
  }

  /// The price per use: paid once by what begins, saved by what does not, paid again by rework.
  void uses(Assignment const& assignment, Resource const& resource, bool begun, bool gone, Instant before,
            Instant after, std::optional<Instant> again) {
    auto const at = [&](Instant when) { return context_.prices.use(resource, assignment.units, when); };
    if (!begun && gone) use_line(assignment, resource, -at(before), " is not called upon");
    if (!begun && !gone && before != after)
      if (Money const shift = at(after) - at(before); shift.minor != 0)
        moved_price(assignment, shift, "calls upon " + resource.key);
    if (again) use_line(assignment, resource, at(*again), " is called upon again for rework");
  }

  void use_line(Assignment const& assignment, Resource const& resource, Money amount,
                std::string const& what) {
    auto entry = started(category_of(resource.kind), assignment);
    entry.amount = amount;
    entry.reason = resource.key + what + ", priced per use";
    line(std::move(entry));
  }

  void quantities(Assignment const& assignment, Resource const& resource, ActivityEffect const* effect,
                  bool begun, bool gone, Instant before, Instant after, Instant rework) {
    auto const now = context_.now();
    auto const old_rates = context_.prices.rates(resource, {}, now).standard;
    auto const new_rates = context_.prices.rates(resource, plan_.rates, now).standard;
    auto const cost = [&](double amount, Instant when, std::vector<DatedRate> const& rates) {
      return cost_of(amount, rate_at(when, rates));
    };
    if (gone) {
      if (!begun) quantity(assignment, resource, -1, old_rates, before);
      return;
    }
    double const more = effect ? effect->material : 0, again = effect ? effect->rework_material : 0;
    quantity(assignment, resource, more, old_rates, after);
    quantity(assignment, resource, again, old_rates, rework);
    if (begun) return;
    if (Money const shift =
            cost(assignment.quantity, after, old_rates) - cost(assignment.quantity, before, old_rates);
        shift.minor != 0)
      moved_price(assignment, shift, "the same " + resource.key);
    double const all = assignment.quantity * (1 + more);
    if (Money const dearer = cost(all, after, new_rates) - cost(all, after, old_rates); dearer.minor != 0) {
      auto entry = started(CostCategory::Rate, assignment);
      entry.amount = dearer;
      entry.quantity = all;
      entry.rate = rate_at(after, new_rates);
      entry.reason = resource.key + " at the new price";
      line(std::move(entry));
    }
  }

  void effort_line(Assignment const& assignment, Resource const& resource, Work work, Money amount,
                   std::optional<Rate> rate, std::string const& what_for) {
    auto entry = started(category_of(resource.kind), assignment);
    entry.amount = amount;
    entry.work = work;
    entry.rate = rate;
    entry.reason = to_string(work) + " of " + resource.key + what_for +
                   (rate ? " at " + to_text(*rate, "h") : " at the rates of their days");
    line(std::move(entry));
  }

  void quantity(Assignment const& assignment, Resource const& resource, double share,
                std::vector<DatedRate> const& rates, Instant when) {
    double const more = assignment.quantity * share;
    if (more == 0) return;
    Rate const rate = rate_at(when, rates);
    auto entry = started(category_of(resource.kind), assignment);
    entry.amount = cost_of(more, rate);
    entry.rate = rate;
    entry.quantity = more;
    entry.reason = percent(share) + " of the planned quantity at " +
                   to_text(rate, resource.unit.empty() ? "unit" : resource.unit);
    line(std::move(entry));
  }

  void thrown_away(Assignment const& assignment, Resource const& resource, ActivityIndex index, Work left) {
    Work const done = assignment.actual.value_or(assignment.work - left);
    auto const rates = context_.prices.rates(resource, {}, context_.now(index));
    if (done.seconds <= 0 || (rates.standard.empty() && !assignment.actual_cost)) return;
    auto const& values = context_.network().values();
    Instant const from{values.actual_start[index.value]};
    Instant const to = values.actual_finish[index.value] == no_instant
                           ? std::max(from, context_.now(index))
                           : Instant{values.actual_finish[index.value]};
    Price spent;
    if (assignment.actual_cost)
      spent.amount = context_.prices.at(*assignment.actual_cost, to, {}, {}, Rise::LeftOut);
    else
      spent = price_of(done, overtime_in(done, assignment), {from, to}, context_.network().calendar(index),
                       rates);
    auto entry = started(category_of(resource.kind), assignment);
    entry.amount = spent.amount;
    entry.work = done;
    entry.rate = spent.single;
    entry.reason = to_string(done) + " of " + resource.key + " spent on work that is thrown away";
    if (spent.amount.minor != 0) parts_.discarded.push_back(std::move(entry));
  }

  /// From when to when an activity holds what is paid by the day.
  Span held(std::string const& key, ActivityDates const& dates) const {
    auto const index = context_.network().find(key);
    return {index ? start_of(context_.network(), *index, dates.early_start) : dates.early_start,
            dates.early_finish};
  }

  Money sum_of(std::vector<DatedAmount> const& parts, Currency currency) const {
    Money sum{0, parts.empty() ? currency : parts.front().amount.currency};
    for (auto const& part : parts) sum += part.amount;
    return sum;
  }

  void expense(Expense const& expense, ActivityDelta const& delta, ActivityEffect const* effect) {
    CostLine entry;
    entry.activity = delta.key;
    entry.account = expense.cost_account;
    entry.subject = expense.key;
    std::string const name = expense.name.empty() ? expense.key : expense.name;
    if (expense.kind == ExpenseKind::Fixed) {
      fixed(expense, delta, effect, name, std::move(entry));
      return;
    }
    std::int64_t days = 0;
    Money amount{0, expense.amount.currency};
    auto const hold = [&](std::string const& key, std::optional<ActivityDates> const& dates, int sign) {
      if (!dates) return;
      Span const when = held(key, *dates);
      Money const paid = sum_of(context_.prices.per_day(expense.amount, when, expense.cost_account),
                                expense.amount.currency);
      days += sign * days_begun(when.start, when.finish);
      if (paid.minor != 0) amount = sign > 0 ? (amount.minor == 0 ? paid : amount + paid)
                                             : (amount.minor == 0 ? -paid : amount - paid);
    };
    hold(delta.key, delta.after, 1);
    hold(delta.key, delta.before, -1);
    if (effect && !effect->rework_key.empty())
      hold(effect->rework_key, parts_.after.dates(effect->rework_key), 1);
    entry.category = CostCategory::TimeDependent;
    entry.amount = amount;
    entry.quantity = static_cast<double>(days);
    entry.reason = name + ": " + std::to_string(days) + " days at " + to_string(expense.amount) + " a day";
    line(std::move(entry));
  }

  void fixed(Expense const& expense, ActivityDelta const& delta, ActivityEffect const* effect,
             std::string const& name, CostLine entry) {
    auto const index = context_.network().at(delta.key);
    Money const open = still_to_come(context_.network(), expense, index);
    if (open.minor == 0 || !delta.before) return;
    auto const cost = [&](ActivityDates const& dates) {
      auto const when =
          remaining_span(dates.early_start, dates.early_finish, context_.now(index));
      return sum_of(context_.prices.spread(open, when, context_.network().calendar(index), expense.cost_account),
                    open.currency);
    };
    if (effect && effect->removed) {
      entry.category = CostCategory::Expense;
      entry.amount = -cost(*delta.before);
      entry.reason = name + " is not spent";
    } else {
      if (context_.prices.plain() || !delta.after) return;
      entry.category = CostCategory::Rate;
      entry.amount = cost(*delta.after) - cost(*delta.before);
      entry.reason = name + " falls into days with other prices";
    }
    line(std::move(entry));
  }

  void unassigned(ActivityDelta const& delta, ActivityEffect const& effect) {
    bool const works = effect.effort != 0 || effect.rework_effort != 0 || effect.removed;
    if (!works || !context_.assignments(delta.key).empty()) return;
    if (!context_.expenses(delta.key).empty() && effect.removed) return;
    Work more;
    for (auto const& rework : parts_.reworks)
      if (rework.activity == delta.key) more += rework.duration;
    unknown(delta.key, "", more, "activity " + delta.key + " has no assignments");
  }

  void added() {
    for (auto const& activity : plan_.added) {
      auto const* effect = plan_.find(activity.key);
      auto const dates = parts_.after.dates(activity.key);
      bool priced = false;
      for (auto const& assignment : plan_.added_assignments) {
        if (assignment.activity != activity.key) continue;
        priced = true;
        auto const& resource = context_.project.at<Resource>(assignment.resource);
        auto const rates = context_.prices.rates(resource, plan_.rates, context_.now());
        Work const work = assignment.work + share_of(assignment.work, effect ? effect->effort : 0);
        if (assignment.cost) {
          auto entry = started(category_of(resource.kind), assignment);
          entry.amount = context_.prices.at(*assignment.cost, dates.early_start, {}, {}, Rise::LeftOut);
          entry.work = work;
          entry.reason = "entered cost of new work";
          line(std::move(entry));
        } else if (rates.standard.empty()) {
          unknown(activity.key, resource.key, work, "resource " + resource.key + " has no rate");
        } else {
          use_line(assignment, resource,
                   context_.prices.use(resource, assignment.units, dates.early_start), " is called upon");
          if (by_quantity(resource)) {
            quantity(assignment, resource, 1, rates.standard, dates.early_start);
          } else {
            auto const index = parts_.after.network().at(activity.key);
            auto const spent =
                price_of(work, overtime_in(work, assignment), {dates.early_start, dates.early_finish},
                         parts_.after.network().calendar(index), rates);
            effort_line(assignment, resource, work, spent.amount, spent.single, "");
          }
        }
      }
      for (auto const& expense : plan_.added_expenses) {
        if (expense.activity != activity.key) continue;
        priced = true;
        CostLine entry;
        bool const fixed = expense.kind == ExpenseKind::Fixed;
        Span const when{dates.early_start, dates.early_finish};
        std::int64_t const days = fixed ? 1 : days_begun(when.start, when.finish);
        auto const& calendar = parts_.after.network().calendar(parts_.after.network().at(activity.key));
        entry.category = fixed ? CostCategory::Expense : CostCategory::TimeDependent;
        entry.amount =
            sum_of(fixed ? context_.prices.spread(expense.amount, when, calendar, expense.cost_account)
                         : context_.prices.per_day(expense.amount, when, expense.cost_account),
                   expense.amount.currency);
        entry.activity = activity.key;
        entry.account = expense.cost_account;
        entry.subject = expense.key;
        if (!fixed) entry.quantity = static_cast<double>(days);
        entry.reason = (expense.name.empty() ? "expense" : expense.name) + " of the new activity";
        line(std::move(entry));
      }
      if (!priced && activity.duration.seconds > 0)
        unknown(activity.key, "", activity.duration,
                "the new activity " + activity.key + " has no assignments");
    }
  }

  void tests() {
    for (auto const& test : parts_.tests) {
      if (!test.already_run || test.effort.seconds == 0) continue;
      auto const& fact = context_.project.at<Test>(test.test);
      if (!test.cost) {
        unknown(fact.activity, fact.resource, test.effort,
                fact.resource.empty() ? "test " + fact.key + " names no resource"
                                      : "resource " + fact.resource + " has no rate");
        continue;
      }
      CostLine entry;
      entry.category = CostCategory::Test;
      entry.amount = *test.cost;
      entry.activity = fact.activity;
      entry.resource = fact.resource;
      entry.subject = fact.key;
      entry.work = test.effort;
      entry.reason = "test " + fact.key + " is run again: " + to_string(test.effort) + " of " + fact.resource;
      line(std::move(entry));
    }
  }

  void contracts() {
    for (auto const& milestone : context_.project.facts().contract_milestones) {
      auto const before = context_.network().find(milestone.activity);
      auto const after = parts_.after.network().find(milestone.activity);
      if (!before || !after) continue;
      auto const priced = [&](Instant finish) {
        auto terms = terms_at(milestone, finish);
        terms.penalty = context_.prices.at(terms.penalty, finish, {}, {}, Rise::LeftOut);
        terms.bonus = context_.prices.at(terms.bonus, finish, {}, {}, Rise::LeftOut);
        return terms;
      };
      auto const was = priced(parts_.before.dates(*before).early_finish);
      auto const is = priced(parts_.after.dates(*after).early_finish);
      auto const entry = [&](CostCategory category, Money amount, std::int64_t days, std::string reason) {
        CostLine made;
        made.category = category;
        made.amount = amount;
        made.activity = milestone.activity;
        made.subject = milestone.key;
        made.quantity = static_cast<double>(days);
        made.reason = std::move(reason);
        line(std::move(made));
      };
      std::string const name = milestone.name.empty() ? milestone.key : milestone.name;
      entry(CostCategory::Penalty, is.penalty - was.penalty, is.days_late - was.days_late,
            name + ": " + std::to_string(is.days_late) + " days late, before " +
                std::to_string(was.days_late) + ", at " + to_string(milestone.penalty_per_day) + " a day");
      entry(CostCategory::Bonus, was.bonus - is.bonus, is.days_early - was.days_early,
            name + ": " + std::to_string(is.days_early) + " full days early, before " +
                std::to_string(was.days_early) + ", at " + to_string(milestone.bonus_per_day) + " a day");
    }
  }

  void total() {
    if (parts_.costs.empty() && !parts_.unpriced.empty()) return;
    Money sum;
    sum.currency =
        parts_.costs.empty() ? context_.project.facts().currency : parts_.costs.front().amount.currency;
    for (auto const& line : parts_.costs) {
      if (line.amount.currency != sum.currency)
        throw InvalidInput("change " + parts_.change.key + " costs " +
                           to_string(parts_.costs.front().amount) + " (" + parts_.costs.front().reason +
                           ") and " + to_string(line.amount) + " (" + line.reason +
                           "); give rates and costs in one currency, or the project's currency and what the "
                           "others cost in it");
      sum += line.amount;
    }
    parts_.cost_delta = sum;
  }

  Context const& context_;
  PlanChange const& plan_;
  Impact::Parts& parts_;
};

}  // namespace

void fill_costs(Context const& context, PlanChange const& plan, Impact::Parts& parts) {
  Ledger(context, plan, parts).write();
}

}  // namespace rapport::detail
