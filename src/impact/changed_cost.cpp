// What a plan costs once a change is made.

#include <algorithm>
#include <map>

#include "impact/assessed_on.h"
#include "impact/cost_items.h"
#include "impact/parts.h"
#include "impact/price.h"
#include "impact/roll_up.h"
#include "impact/status_date.h"

namespace rapport {
namespace {

using detail::CostItem;
using detail::CostReason;

/// The costs of a changed plan. What was there keeps its position in the facts, so that items of both plans
/// name the same things by the same numbers; what the change brings in comes after it.
class ChangedPlan {
 public:
  ChangedPlan(Project const& project, Impact const& impact)
      : project_(project),
        impact_(impact),
        before_(impact.before().network()),
        after_(impact.after().network()),
        now_(detail::StatusDate(impact.before()).of_all()),
        facts_(project.facts()) {
    for (auto const& effect : impact.parts().effects) effects_.emplace(effect.key, &effect);
    facts_.links.clear(), facts_.traces.clear();  // no price looks at them
    rates();
    assignments();
    expenses();
    for (auto const& edit : impact.change().edits)
      if (auto const* addition = std::get_if<ActivityAddition>(&edit)) added(*addition);
    Project const changed{facts_};
    detail::PlanBefore const measured{project.facts(), before_, now_};
    parts_ = detail::cost_parts(changed.facts(), impact.after(), CostBasis::Current,
                                detail::cost_items(changed, impact.after(), CostBasis::Current, &measured));
    parts_->work_assumed = impact.work_assumed();
    for (auto const& [key, effect] : effects_)
      if (effect->removed) (void)position(key);
    spent_in_vain();
    for (auto const& edit : impact.change().edits)
      if (auto const* cost = std::get_if<CostChange>(&edit)) entered(*cost);
    auto const& tests = impact.repeated_tests();
    for (std::size_t i = 0; i < tests.size(); ++i)
      if (tests[i].already_run && tests[i].cost && tests[i].effort.seconds != 0)
        again(tests[i], impact.parts().test_rates[i]);
    origins();
  }

  [[nodiscard]] PlanCost cost() const { return PlanCost(parts_); }

 private:
  [[nodiscard]] detail::ActivityEffect const* effect(std::string const& activity) const {
    auto const found = effects_.find(activity);
    return found == effects_.end() ? nullptr : found->second;
  }

  // -- the facts after the change ------------------------------------------------------------------

  void rates() {
    for (auto const& edit : impact_.change().edits)
      if (auto const* rate = std::get_if<RateChange>(&edit)) {
        auto& resource = facts_.resources[row(FactKind::Resource, rate->resource)];
        resource.rates = detail::edited(resource.rates, *rate, now_);
      }
  }

  void assignments() {
    std::vector<Assignment> repeated;
    for (auto& assignment : facts_.assignments) {
      auto const* of = effect(assignment.activity);
      auto const* resource = project_.find<Resource>(assignment.resource);
      auto const index = before_.find(assignment.activity);
      if (!of || !resource || !index) continue;
      if (!of->rework_key.empty())
        repeated.push_back(detail::repeated_assignment(assignment, *resource, *of));
      assignment = detail::changed_assignment(before_, assignment, *resource, *index, of);
    }
    add_reworks();
    facts_.assignments.insert(facts_.assignments.end(), repeated.begin(), repeated.end());
  }

  void add_reworks() {
    for (auto const& [key, effect] : effects_) {
      if (effect->rework_key.empty()) continue;
      Activity rework;
      rework.key = effect->rework_key;
      auto const& original = project_.at<Activity>(key);
      rework.subproject = original.subproject;
      rework.wbs = original.wbs;
      rework.calendar = original.calendar;
      facts_.activities.push_back(rework);
    }
  }

  void expenses() {
    auto const known = facts_.expenses.size();
    for (std::size_t i = 0; i < known; ++i) {
      auto const* of = effect(facts_.expenses[i].activity);
      if (!of || of->rework_key.empty() || facts_.expenses[i].kind == ExpenseKind::Fixed) continue;
      Expense again = facts_.expenses[i];  // what is paid by the day is paid as long as rework goes on
      again.key += "@" + of->rework_key;
      again.activity = of->rework_key;
      again.actual.reset();
      facts_.expenses.push_back(again);
    }
  }

  void added(ActivityAddition const& addition) {
    facts_.activities.push_back(addition.activity);
    auto const* of = effect(addition.activity.key);
    for (auto assignment : addition.assignments) {
      assignment.activity = addition.activity.key;
      Work const planned = assignment.work;
      assignment.work = planned + detail::share_of(planned, of ? of->effort : 0);
      if (planned.seconds > 0 && assignment.overtime.seconds > 0)
        assignment.overtime =
            Work{detail::portion(assignment.work.seconds, assignment.overtime.seconds, planned.seconds)};
      assignment.remaining.reset();
      assignment.actual.reset();
      assignment.actual_cost.reset();
      facts_.assignments.push_back(std::move(assignment));
    }
    for (auto expense : addition.expenses) {
      expense.activity = addition.activity.key;
      expense.actual.reset();
      facts_.expenses.push_back(std::move(expense));
    }
  }

  // -- what the change costs beside the facts --------------------------------------------------------

  /// The activity in the plan after; one that is not in it any more is put down as gone.
  std::uint32_t position(std::string const& activity) {
    if (auto const index = after_.find(activity)) return index->value;
    auto& gone = parts_->gone;
    auto const [at, added] = gone_at_.try_emplace(activity, static_cast<std::uint32_t>(gone.size()));
    if (added) gone.push_back(activity);
    return static_cast<std::uint32_t>(after_.activity_count()) + at->second;
  }

  /// When what is left of the activity is done: in its rework, if it has some.
  [[nodiscard]] detail::Span left(std::string const& activity) const {
    auto const* of = effect(activity);
    auto const index = after_.find(of && !of->rework_key.empty() ? of->rework_key : activity);
    if (!index || after_.completed(*index)) return {now_, now_};
    auto const dates = impact_.after().dates(*index);
    return detail::remaining_span(dates.early_start, dates.early_finish, now_);
  }

  void add(CostItem item, Money amount) {
    auto& costs = parts_->costs;
    costs.priced = true;
    if (amount.minor == 0) return;
    if (costs.items.empty()) costs.currency = amount.currency;
    if (amount.currency != costs.currency)
      throw InvalidInput("the plan costs " + costs.currency.code() + " and the change " + to_string(amount) +
                         "; give the project's currency and exchange rates into it");
    item.amount = amount.minor;
    costs.items.push_back(item);
  }

  [[nodiscard]] std::uint32_t row(FactKind kind, std::string const& key) const {
    auto const found = key.empty() ? std::nullopt : project_.index_of(kind, key);
    return found ? static_cast<std::uint32_t>(*found) : CostItem::none;
  }

  void entered(CostChange const& cost) {
    CostItem item;
    item.category = CostCategory::Expense;
    item.reason = CostReason::Entered;
    item.activity = position(cost.activity);
    item.account = row(FactKind::CostAccount, cost.cost_account);
    for (auto const& part : detail::entered_parts(detail::Prices(project_), impact_.after(), cost,
                                                  effect(cost.activity), now_)) {
      item.start = part.when.start;
      item.finish = part.when.finish;
      item.subject = static_cast<std::uint32_t>(parts_->entered.size());
      parts_->entered.push_back(detail::entered_in_words({part}));
      add(item, part.amount);
    }
  }

  void again(RepeatedTest const& test, std::optional<detail::DatedRate> const& rate) {
    auto const& fact = project_.at<Test>(test.test);
    CostItem item;
    item.category = CostCategory::Test;
    item.reason = CostReason::Again;
    item.activity = position(fact.activity);
    item.resource = row(FactKind::Resource, fact.resource);
    item.subject = row(FactKind::Test, test.test);
    item.work = test.effort.seconds;
    if (rate) detail::set_price(item, *rate, parts_->costs);
    auto const when = left(fact.activity);
    item.start = when.start;
    item.finish = when.finish;
    add(item, *test.cost);
  }

  static bool of_contract(CostItem const& item) {
    return item.reason == CostReason::Late || item.reason == CostReason::Early;
  }

  /// Of an activity that is done no more, what the plan before has as spent is gone all the same, and what it
  /// has as to come falls away, whenever the money is counted.
  void spent_in_vain() {
    bool const gone = std::any_of(effects_.begin(), effects_.end(), [](auto const& each) {
      return each.second->removed || each.second->cut_short;
    });
    if (!gone) return;
    auto& costs = parts_->costs;
    std::erase_if(costs.items, [&](CostItem const& item) {
      auto const* of =
          item.activity < after_.activity_count() ? effect(after_.key({item.activity})) : nullptr;
      return of && of->cut_short && !of_contract(item);
    });
    auto const before = detail::cost_items(project_, impact_.before(), CostBasis::Current);
    for (auto const& item : before.items) {
      auto const& key = before_.key({item.activity});
      auto const* of = effect(key);
      if (!of || !(of->removed || of->cut_short) || item.state != CostState::Spent || of_contract(item))
        continue;
      CostItem kept = item;
      kept.activity = position(key);
      if (of->removed) kept.category = CostCategory::Discarded;
      if (item.exchanged != CostItem::none) {
        kept.exchanged = static_cast<std::uint32_t>(costs.exchanged.size());
        costs.exchanged.push_back(before.exchanged[item.exchanged]);
      }
      add(kept, {item.amount, before.currency});
    }
  }

  void origins() {
    auto const known = static_cast<std::uint32_t>(after_.activity_count());
    for (std::uint32_t i = 0; i < parts_->gone.size(); ++i) parts_->origin[known + i] = {parts_->gone[i], {}};
    for (auto const& [key, effect] : effects_)
      if (!effect->rework_key.empty()) parts_->origin[after_.at(effect->rework_key).value] = {key, {}};
    for (auto const& edit : impact_.change().edits)
      if (auto const* addition = std::get_if<ActivityAddition>(&edit))
        if (auto const index = after_.find(addition->activity.key))
          parts_->origin[index->value] = {{}, addition->activity.wbs};
  }

  Project const& project_;
  Impact const& impact_;
  Network const& before_;
  Network const& after_;
  Instant const now_;
  Facts facts_;
  std::map<std::string, detail::ActivityEffect const*> effects_;
  std::map<std::string, std::uint32_t> gone_at_;  ///< Positions in PlanCost::Parts::gone.
  std::shared_ptr<PlanCost::Parts> parts_;
};

}  // namespace

PlanCost cost_plan(Project const& project, Impact const& impact) {
  detail::check_made_from(project, impact);
  return ChangedPlan(project, impact).cost();
}

}  // namespace rapport
