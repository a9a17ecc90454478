// What the change costs beside the work of activities that were there: expenses, new activities, tests,
// contract milestones.

#include <algorithm>

#include "base/number_text.h"
#include "impact/ledger.h"
#include "schedule/schedule_rows.h"

namespace rapport::detail {

Span Ledger::held(std::string const& key, ActivityDates const& dates) const {
  auto const index = context_.network().find(key);
  return {index ? start_of(context_.network(), *index, dates.early_start) : dates.early_start,
          dates.early_finish};
}

Money Ledger::sum_of(std::vector<DatedAmount> const& parts, Currency currency) const {
  Money sum{0, parts.empty() ? currency : parts.front().amount.currency};
  for (auto const& part : parts) sum += part.amount;
  return sum;
}

void Ledger::expense(Expense const& expense, ActivityIndex index, ActivityDelta const& delta,
                     ActivityEffect const* effect) {
  if (effect && (effect->removed || effect->cut_short)) return falls_away(expense, delta);
  CostLine entry;
  entry.activity = delta.key;
  entry.account = expense.cost_account;
  entry.subject = expense.key;
  std::string const name = expense.name.empty() ? expense.key : expense.name;
  if (expense.kind == ExpenseKind::Fixed) {
    fixed(expense, index, delta, name, std::move(entry));
    return;
  }
  std::int64_t days = 0;
  std::string converted;
  Money amount{0, expense.amount.currency};
  auto const hold = [&](std::string const& key, std::optional<ActivityDates> const& dates, int sign) {
    if (!dates) return;
    Span const when = held(key, *dates);
    auto const parts = context_.prices.per_day(expense.amount, when, expense.cost_account);
    for (auto const& part : parts)
      if (auto const text = to_text(part.exchange); converted.find(text) == converted.npos) converted += text;
    Money const paid = sum_of(parts, expense.amount.currency);
    days += sign * days_begun(when.start, when.finish);
    if (paid.minor != 0)
      amount =
          sign > 0 ? (amount.minor == 0 ? paid : amount + paid) : (amount.minor == 0 ? -paid : amount - paid);
  };
  hold(delta.key, delta.after, 1);
  hold(delta.key, delta.before, -1);
  if (effect && !effect->rework_key.empty())
    hold(effect->rework_key, parts_.after.dates(effect->rework_key), 1);
  entry.category = CostCategory::TimeDependent;
  entry.amount = amount;
  entry.quantity = static_cast<double>(days);
  entry.reason = name + ": " + counted_text(days, "day", "days") + " at " + amount_text(expense.amount) +
                 " a day" + converted;
  line(std::move(entry));
}

void Ledger::fixed(Expense const& expense, ActivityIndex index, ActivityDelta const& delta,
                   std::string const& name, CostLine entry) {
  Money const open = still_to_come(context_.network(), expense, index);
  if (open.minor == 0 || !delta.before || !delta.after || context_.prices.plain()) return;
  auto const spread = [&](ActivityDates const& dates) {
    auto const when = remaining_span(dates.early_start, dates.early_finish, context_.now(index));
    return context_.prices.spread(open, when, context_.network().calendar(index), expense.cost_account);
  };
  auto const cost = [&](ActivityDates const& dates) { return sum_of(spread(dates), open.currency); };
  auto const in_words = [&](ActivityDates const& dates) {
    std::string const converted = conversions(spread(dates));
    return converted.empty() ? amount_text(cost(dates)) : converted;
  };
  entry.category = CostCategory::Rate;
  entry.amount = cost(*delta.after) - cost(*delta.before);
  entry.reason =
      name + " on other days at " + in_words(*delta.after) + " instead of " + in_words(*delta.before);
  line(std::move(entry));
}

void Ledger::unassigned(ActivityIndex index, ActivityDelta const& delta, ActivityEffect const& effect) {
  bool const works = effect.effort != 0 || effect.rework_effort != 0 || effect.removed;
  if (!works || !context_.assignments(index).empty()) return;
  if (!context_.expenses(index).empty() && effect.removed) return;
  if (!more_work_) {
    more_work_.emplace();
    for (auto const& rework : parts_.reworks) (*more_work_)[rework.activity] += rework.duration;
  }
  auto const more = more_work_->find(delta.key);
  unknown(delta.key, "", more == more_work_->end() ? Work{} : more->second,
          "activity " + delta.key + " has no assignments");
}

void Ledger::added() {
  ScheduleRows const rows(parts_.after);
  auto assignment_at = plan_.added_assignments.begin();
  auto expense_at = plan_.added_expenses.begin();
  for (auto const& activity : plan_.added) {
    auto const* effect = plan_.find(activity.key);
    auto const dates = parts_.after.dates(activity.key);
    auto const row = *rows.find(activity.key);
    auto const& calendar = rows.calendar(row);
    Span const when =
        remaining_span(dates.early_start, dates.early_finish, context_.now_in(rows.subproject(row)));
    bool priced = false;
    for (; assignment_at != plan_.added_assignments.end() && assignment_at->activity == activity.key;
         ++assignment_at) {
      auto const& assignment = *assignment_at;
      priced = true;
      auto const& resource = context_.project.at<Resource>(assignment.resource);
      auto const rates = context_.prices.rates(resource, plan_.rates_of(resource.key), context_.now());
      Work const work = assignment.work + share_of(assignment.work, effect ? effect->effort : 0);
      if (assignment.cost) {
        auto entry = started(category_of(resource.kind), assignment);
        entry.amount = context_.prices.at(*assignment.cost, when.start, {}, {}, Rise::LeftOut);
        entry.work = work;
        entry.reason = "entered cost of new work";
        line(std::move(entry));
      } else if (rates.standard.empty()) {
        unknown(activity.key, resource.key, work, "resource " + resource.key + " has no rate");
      } else {
        use_line(assignment, resource, context_.prices.use(resource, assignment.units, dates.early_start),
                 " is called upon");
        if (by_quantity(resource)) {
          quantity(assignment, resource, 1, rates.standard, dates.early_start);
        } else {
          auto const spent = price_of(work, overtime_in(work, assignment), when, calendar, rates);
          effort_line(assignment, resource, work, spent, "");
        }
      }
    }
    for (; expense_at != plan_.added_expenses.end() && expense_at->activity == activity.key; ++expense_at) {
      auto const& expense = *expense_at;
      priced = true;
      CostLine entry;
      bool const fixed = expense.kind == ExpenseKind::Fixed;
      Span const held{dates.early_start, dates.early_finish};
      std::int64_t const days = fixed ? 1 : days_begun(held.start, held.finish);
      entry.category = fixed ? CostCategory::Expense : CostCategory::TimeDependent;
      entry.amount =
          sum_of(fixed ? context_.prices.spread(expense.amount, when, calendar, expense.cost_account)
                       : context_.prices.per_day(expense.amount, held, expense.cost_account),
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

void Ledger::tests() {
  for (std::size_t i = 0; i < parts_.tests.size(); ++i) {
    auto const& test = parts_.tests[i];
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
    if (auto const& at = parts_.test_rates[i]) {
      entry.rate = at->rate;
      entry.reason += " at " + to_text(*at, "h");
    }
    line(std::move(entry));
  }
}

void Ledger::contracts() {
  for (auto const& milestone : context_.project.facts().contract_milestones) {
    auto const before = ScheduleRows(parts_.before).dates(milestone.activity);
    auto const after = ScheduleRows(parts_.after).dates(milestone.activity);
    if (!before && !after) continue;
    auto const priced = [&](std::optional<ActivityDates> const& dates) {
      if (!dates) return ContractTerms{};  // nothing is owed at a date that there is not
      Instant const finish = dates->early_finish;
      auto terms = terms_at(milestone, finish);
      terms.penalty = context_.prices.at(terms.penalty, finish, {}, {}, Rise::LeftOut);
      terms.bonus = context_.prices.at(terms.bonus, finish, {}, {}, Rise::LeftOut);
      return terms;
    };
    auto const was = priced(before);
    auto const is = priced(after);
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
    auto const converted = [&](Money per_day, std::optional<ActivityDates> const& dates, std::int64_t days) {
      return dates && days > 0 ? to_text(context_.prices.exchanged(per_day.currency, dates->early_finish))
                               : std::string();
    };
    auto const late = [&](ContractTerms const& terms, std::optional<ActivityDates> const& dates) {
      return late_in_words(milestone, terms) + converted(milestone.penalty_per_day, dates, terms.days_late);
    };
    auto const early = [&](ContractTerms const& terms, std::optional<ActivityDates> const& dates) {
      return early_in_words(milestone, terms) + converted(milestone.bonus_per_day, dates, terms.days_early);
    };
    entry(CostCategory::Penalty, is.penalty - was.penalty, is.days_late - was.days_late,
          name + ": " + late(is, after) + " (before: " + late(was, before) + ")");
    entry(CostCategory::Bonus, was.bonus - is.bonus, is.days_early - was.days_early,
          name + ": " + early(is, after) + " (before: " + early(was, before) + ")");
  }
}

}  // namespace rapport::detail
