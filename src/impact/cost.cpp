// What the change costs: every line is a difference of two exact amounts, so the total is too.

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "impact/parts.h"
#include "impact/price.h"

namespace rapport::detail {
namespace {

/// When the remaining work of an activity is done.
struct Span {
  Instant start, finish;
};

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
            .amount = cost.amount,
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

  Span remaining_span(ActivityDates const& dates, Instant now) const {
    return {std::min(std::max(dates.early_start, now), dates.early_finish), dates.early_finish};
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
    Work const left = remaining_effort(assignment, index);
    Work const left_after =
        gone ? Work{}
             : Work{std::max<std::int64_t>(
                   0, (left + share_of(assignment.work, effect ? effect->effort : 0)).seconds)};
    Work const redone = gone || !effect ? Work{} : share_of(assignment.work, effect->rework_effort);
    bool const by_quantity = resource->kind == ResourceKind::Material || resource->kind == ResourceKind::Cost;
    if (gone && effect->started) thrown_away(assignment, *resource, index, left);

    if (assignment.cost) {
      double const planned = static_cast<double>(assignment.work.seconds);
      double const part =
          gone ? -(planned > 0 ? static_cast<double>(left.seconds) / planned : (effect->started ? 0.0 : 1.0))
               : (by_quantity ? material : share);
      if (part == 0) return;
      auto entry = started(category_of(resource->kind), assignment);
      entry.amount = scaled(*assignment.cost, part);
      entry.work = left_after + redone - left;
      entry.reason = percent(part) + " of the entered cost " + to_string(*assignment.cost);
      line(std::move(entry));
      return;
    }
    auto const now = context_.now(index);
    auto const old_rates = dated_rates(*resource, {}, now);
    auto const new_rates = dated_rates(*resource, plan_.rates, now);
    bool const repriced = std::any_of(plan_.rates.begin(), plan_.rates.end(),
                                      [&](RateChange const& edit) { return edit.resource == resource->key; });
    if (old_rates.empty()) {
      if (left_after + redone != left || (by_quantity && material != 0) || repriced)
        unknown(delta.key, resource->key, left_after + redone - left,
                "resource " + resource->key + " has no rate");
      return;
    }
    if (by_quantity) {
      quantity(assignment, *resource, gone ? (effect->started ? 0 : -1) : material, old_rates, now);
      return;
    }
    auto const& calendar = context_.network().calendar(index);
    Span const before = delta.before ? remaining_span(*delta.before, now) : Span{now, now};
    Span const after = delta.after ? remaining_span(*delta.after, now) : before;
    auto const price = [&](Work work, Span span, std::vector<DatedRate> const& rates) {
      return price_of(work, span.start, span.finish, calendar, rates);
    };
    if (left_after != left) {
      auto const with = price(left_after, after, old_rates), without = price(left, after, old_rates);
      effort_line(assignment, *resource, left_after - left, with.amount - without.amount,
                  left_after.seconds > 0 ? with.single : without.single, "");
    }
    if (auto const shift = price(left, after, old_rates).amount - price(left, before, old_rates).amount;
        shift.minor != 0) {
      auto entry = started(CostCategory::Rate, assignment);
      entry.amount = shift;
      entry.reason =
          "the same " + to_string(left) + " of " + resource->key + " fall into another rate period";
      line(std::move(entry));
    }
    Span rework = after;
    if (redone.seconds != 0) {
      auto const dates = parts_.after.dates(effect->rework_key);
      rework = {dates.early_start, dates.early_finish};
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
      entry.rate = rate_at(after.finish, new_rates);
      entry.reason = to_string(left_after + redone) + " of " + resource->key + " at the new rate";
      line(std::move(entry));
    }
  }

  Work remaining_effort(Assignment const& assignment, ActivityIndex index) const {
    if (context_.network().completed(index)) return {};
    if (assignment.remaining) return *assignment.remaining;
    auto const duration = context_.network().duration(index).seconds;
    if (duration <= 0 || !context_.network().started(index)) return assignment.work;
    return share_of(assignment.work,
                    std::min(1.0, static_cast<double>(context_.network().remaining(index).seconds) /
                                      static_cast<double>(duration)));
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
                std::vector<DatedRate> const& rates, Instant now) {
    double const more = assignment.quantity * share;
    if (more == 0) return;
    Rate const rate = rate_at(now, rates);
    auto entry = started(category_of(resource.kind), assignment);
    entry.amount = cost_of(more, rate);
    entry.rate = rate;
    entry.quantity = more;
    entry.reason = percent(share) + " of the planned quantity at " +
                   to_text(rate, resource.unit.empty() ? "unit" : resource.unit);
    line(std::move(entry));
  }

  void thrown_away(Assignment const& assignment, Resource const& resource, ActivityIndex index, Work left) {
    Work const done = assignment.work - left;
    auto const rates = dated_rates(resource, {}, context_.now(index));
    if (done.seconds <= 0 || rates.empty()) return;
    auto const& values = context_.network().values();
    Instant const from{values.actual_start[index.value]};
    Instant const to = values.actual_finish[index.value] == no_instant
                           ? std::max(from, context_.now(index))
                           : Instant{values.actual_finish[index.value]};
    auto const spent = price_of(done, from, to, context_.network().calendar(index), rates);
    auto entry = started(category_of(resource.kind), assignment);
    entry.amount = spent.amount;
    entry.work = done;
    entry.rate = spent.single;
    entry.reason = to_string(done) + " of " + resource.key + " spent on work that is thrown away";
    if (spent.amount.minor != 0) parts_.discarded.push_back(std::move(entry));
  }

  std::int64_t days_held(std::string const& key, std::optional<ActivityDates> const& dates) const {
    if (!dates) return 0;
    Instant start = dates->early_start;
    if (auto const index = context_.network().find(key)) {
      auto const actual = context_.network().values().actual_start[index->value];
      if (actual != no_instant) start = Instant{actual};
    }
    return days_begun(start, dates->early_finish);
  }

  void expense(Expense const& expense, ActivityDelta const& delta, ActivityEffect const* effect) {
    CostLine entry;
    entry.activity = delta.key;
    entry.account = expense.cost_account;
    entry.subject = expense.key;
    std::string const name = expense.name.empty() ? expense.key : expense.name;
    if (expense.kind == ExpenseKind::Fixed) {
      if (!effect || !effect->removed || expense.actual) return;
      entry.category = CostCategory::Expense;
      entry.amount = -expense.amount;
      entry.reason = name + " is not spent";
      line(std::move(entry));
      return;
    }
    std::int64_t days = days_held(delta.key, delta.after) - days_held(delta.key, delta.before);
    if (effect && !effect->rework_key.empty())
      days += days_held(effect->rework_key, parts_.after.dates(effect->rework_key));
    entry.category = CostCategory::TimeDependent;
    entry.amount = {expense.amount.minor * days, expense.amount.currency};
    entry.quantity = static_cast<double>(days);
    entry.reason = name + ": " + std::to_string(days) + " days at " + to_string(expense.amount) + " a day";
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
        auto const rates = dated_rates(resource, plan_.rates, context_.now());
        Work const work = assignment.work + share_of(assignment.work, effect ? effect->effort : 0);
        if (assignment.cost) {
          auto entry = started(category_of(resource.kind), assignment);
          entry.amount = *assignment.cost;
          entry.work = work;
          entry.reason = "entered cost of new work";
          line(std::move(entry));
        } else if (rates.empty()) {
          unknown(activity.key, resource.key, work, "resource " + resource.key + " has no rate");
        } else if (resource.kind == ResourceKind::Material || resource.kind == ResourceKind::Cost) {
          quantity(assignment, resource, 1, rates, dates.early_start);
        } else {
          auto const index = parts_.after.network().at(activity.key);
          auto const spent = price_of(work, dates.early_start, dates.early_finish,
                                      parts_.after.network().calendar(index), rates);
          effort_line(assignment, resource, work, spent.amount, spent.single, "");
        }
      }
      for (auto const& expense : plan_.added_expenses) {
        if (expense.activity != activity.key) continue;
        priced = true;
        CostLine entry;
        bool const fixed = expense.kind == ExpenseKind::Fixed;
        std::int64_t const days = fixed ? 1 : days_begun(dates.early_start, dates.early_finish);
        entry.category = fixed ? CostCategory::Expense : CostCategory::TimeDependent;
        entry.amount = {expense.amount.minor * days, expense.amount.currency};
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
      auto const was = terms_at(milestone, parts_.before.dates(*before).early_finish);
      auto const is = terms_at(milestone, parts_.after.dates(*after).early_finish);
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
                           "); give rates and costs in one currency");
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
