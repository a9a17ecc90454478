#include "rapport/impact/change_options.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "impact/deferrals.h"
#include "impact/parallel.h"
#include "impact/parts.h"
#include "schedule/schedule_rows.h"

namespace rapport {
namespace {

constexpr std::size_t most_options = 1000;  // of one kind

/// Makes the requests of the options; they are assessed together afterwards.
class OptionMaker {
 public:
  OptionMaker(detail::Context const& context, ChangeRequest const& change, OptionRules const& rules)
      : context_(context), facts_(context.project.facts()), change_(change), rules_(rules) {}

  /// `deferrals` with the others; only those of them are assessed, and accepting.
  std::vector<ChangeOption> make(Impact const& accepted, std::vector<ChangeOption> deferrals,
                                 RunControl const& control) {
    ChangeOption accept;
    accept.what = "accept";
    accept.request = change_;
    accept.figures = summary_of(accepted);
    made_.push_back(std::move(accept));
    std::move(deferrals.begin(), deferrals.end(), std::back_inserter(made_));
    unpriced_.resize(made_.size());
    for (double const scope : rules_.scopes) reduce(scope);
    drop();
    crash(accepted, control);
    return std::move(made_);
  }

  /// Of each option, how many costs are not known beside those that its assessment tells.
  [[nodiscard]] std::vector<std::size_t> const& unpriced() const { return unpriced_; }

 private:
  ChangeOption& option(OptionKind kind, std::string what) {
    made_.push_back(detail::option_of(change_, kind, std::move(what)));
    unpriced_.push_back(0);
    return made_.back();
  }

  // -- less ----------------------------------------------------------------------------------------

  void reduce(double scope) {
    auto& made = option(OptionKind::ReduceScope, "do " + detail::percent(scope) + " of it");
    bool less = false;
    for (auto& edit : made.request.edits) {
      if (auto* needed = std::get_if<RequirementChange>(&edit); needed && !needed->remove) {
        needed->magnitude *= scope;
        less = true;
      } else if (auto* work = std::get_if<WorkChange>(&edit)) {
        if (work->adjustment == Adjustment::Add) work->amount.value *= scope;
        if (work->adjustment == Adjustment::Scale) work->factor = 1 + (work->factor - 1) * scope;
        less = less || work->adjustment != Adjustment::Set;
      } else if (auto* cost = std::get_if<CostChange>(&edit)) {
        cost->amount = scaled(cost->amount, scope);
        less = true;
      } else if (auto* added = std::get_if<ActivityAddition>(&edit)) {
        shrink(*added, scope);
        less = true;
      }
    }
    if (less)
      made.assumptions.push_back("work and cost of what is asked shrink with its scope");
    else
      made_.pop_back(), unpriced_.pop_back();
  }

  /// What is paid by the day is paid for as long as the shorter activity lasts.
  static void shrink(ActivityAddition& added, double scope) {
    added.activity.duration = detail::share_of(added.activity.duration, scope);
    for (auto& assignment : added.assignments) {
      assignment.work = detail::share_of(assignment.work, scope);
      assignment.overtime = detail::share_of(assignment.overtime, scope);
      if (assignment.duration) assignment.duration = detail::share_of(*assignment.duration, scope);
      assignment.quantity *= scope;
      if (assignment.cost) assignment.cost = scaled(*assignment.cost, scope);
    }
    for (auto& expense : added.expenses)
      if (expense.kind == ExpenseKind::Fixed) expense.amount = scaled(expense.amount, scope);
  }

  // -- something else ------------------------------------------------------------------------------

  void drop() {
    std::vector<Requirement const*> candidates;
    for (auto const& requirement : facts_.requirements) {
      bool const open = requirement.status == RequirementStatus::Proposed ||
                        requirement.status == RequirementStatus::Agreed;
      bool const named = std::any_of(change_.edits.begin(), change_.edits.end(), [&](ChangeEdit const& edit) {
        auto const* needed = std::get_if<RequirementChange>(&edit);
        return needed && needed->requirement == requirement.key;
      });
      if (open && !named && requirement.priority != Priority::Must) candidates.push_back(&requirement);
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](auto const* a, auto const* b) { return a->priority > b->priority; });
    if (candidates.size() > rules_.drops) candidates.resize(rules_.drops);
    for (auto const* requirement : candidates) {
      auto& made = option(OptionKind::Drop, "drop " + requirement->key);
      RequirementChange gone;
      gone.requirement = requirement->key;
      gone.remove = true;
      made.request.edits.push_back(gone);
    }
  }

  // -- faster --------------------------------------------------------------------------------------

  /// The longest critical activity with work before it that is not crashed yet.
  Activity const* to_crash(Impact const& impact, std::set<std::string> const& crashed) const {
    ScheduleRows const after(impact.after());
    Activity const* longest = nullptr;
    for (auto const& activity : facts_.activities) {
      if (activity.kind != ActivityKind::Task && activity.kind != ActivityKind::ResourceDependent) continue;
      auto const index = context_.network().find(activity.key);
      if (!index || context_.network().started(*index) || crashed.contains(activity.key)) continue;
      auto const dates = after.dates(activity.key);
      if (!dates || !dates->critical) continue;
      if (!longest || activity.duration > longest->duration) longest = &activity;
    }
    return longest && longest->duration.seconds > 0 ? longest : nullptr;
  }

  void crash(Impact const& accepted, RunControl const& control) {
    ChangeRequest request = change_;
    std::set<std::string> crashed;
    std::string names, unknown;
    std::size_t unpriced = 0;
    Impact impact = accepted;
    while (impact.finish_delta().seconds > 0 && crashed.size() < rules_.crash_steps) {
      auto const* activity = to_crash(impact, crashed);
      if (!activity) break;
      control.report(static_cast<double>(crashed.size()) / static_cast<double>(rules_.crash_steps),
                     "crashing");
      crashed.insert(activity->key);
      names += (names.empty() ? "" : ", ") + activity->key;
      WorkChange faster;
      faster.activity = activity->key;
      faster.adjustment = Adjustment::Scale;
      faster.factor = 1 - rules_.crash_share;
      faster.duration_only = true;
      request.edits.push_back(faster);
      if (!speed(*activity, impact, request.edits)) {
        ++unpriced;
        unknown += (unknown.empty() ? "" : ", ") + activity->key;
      }
      auto& made = option(OptionKind::Crash, "accept and crash " + names);
      auto const title = made.request.title;
      made.request = request;
      made.request.title = title;
      made.assumptions.push_back(detail::percent(rules_.crash_share) + " of the duration can be won, " +
                                 detail::percent(rules_.crash_premium) + " dearer than at the usual rate");
      if (unpriced > 0) made.assumptions.push_back("what speed costs at " + unknown + " is not known");
      unpriced_.back() = unpriced;
      try {
        impact = detail::assess(context_, request, {});
      } catch (Error const&) {
        break;  // The option carries the error once it is assessed.
      }
    }
  }

  /// What winning time at the activity costs beyond the usual price of that work on its days. False where
  /// some of it has no price.
  bool speed(Activity const& activity, Impact const& impact, std::vector<ChangeEdit>& edits) const {
    auto const index = context_.network().at(activity.key);
    auto const dates = impact.after().dates(activity.key);
    detail::Span const when{dates.early_start, dates.early_finish};
    std::vector<RateChange> dearer;
    for (auto const& edit : change_.edits)
      if (auto const* rate = std::get_if<RateChange>(&edit)) dearer.push_back(*rate);
    bool worked = false, known = true;
    for (auto const at : context_.assignments(index)) {
      auto const& assignment = facts_.assignments[at];
      auto const* resource = context_.project.find<Resource>(assignment.resource);
      if (!resource || detail::by_quantity(*resource) || assignment.work.seconds <= 0) continue;
      worked = true;
      Money usual;
      if (assignment.cost) {
        auto const whole = context_.prices.at(*assignment.cost, when.start, {}, {}, detail::Rise::LeftOut);
        usual = scaled(whole, rules_.crash_share);
      } else {
        auto const rates = context_.prices.rates(*resource, dearer, context_.now());
        known = known && !rates.standard.empty();
        if (rates.standard.empty()) continue;
        Work const won = detail::share_of(assignment.work, rules_.crash_share);
        usual = detail::price_of(won, detail::overtime_in(won, assignment), when,
                                 context_.network().calendar(index), rates)
                    .amount;
      }
      CostChange premium;
      premium.activity = activity.key;
      premium.amount = scaled(usual, rules_.crash_premium);
      if (premium.amount.minor > 0) edits.push_back(premium);
    }
    return worked && known;
  }

  detail::Context const& context_;
  Facts const& facts_;
  ChangeRequest const& change_;
  OptionRules const& rules_;
  std::vector<ChangeOption> made_;
  std::vector<std::size_t> unpriced_;
};

/// What is known of the cost may be the smaller part of it, so that more unknown costs are no better.
bool dominates(Assessment const& one, Assessment const& other) {
  if (detail::unknown_costs(one) > detail::unknown_costs(other)) return false;
  auto const a = detail::measures(one), b = detail::measures(other);
  bool better = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] > b[i]) return false;
    better = better || a[i] < b[i];
  }
  return better;
}

}  // namespace

std::string_view name_of(OptionKind kind) {
  constexpr std::array names = {"accept", "defer", "reduce_scope", "crash", "drop"};
  return names[static_cast<std::size_t>(kind)];
}

std::vector<ChangeOption> options_for(Project const& project, Schedule const& before,
                                      ChangeRequest const& change, OptionRules const& rules,
                                      BatchOptions const& options, RunControl const& control) {
  for (auto const& [name, share] :
       {std::pair{"crash_share", rules.crash_share}, std::pair{"crash_premium", rules.crash_premium}})
    if (!(share >= 0 && share <= 1))
      throw InvalidInput(std::string(name) + " of the option rules is " + std::to_string(share) +
                         "; give a number from 0 to 1");
  for (auto const& [name, count] :
       {std::pair{"crash_steps", rules.crash_steps}, std::pair{"milestones", rules.milestones},
        std::pair{"drops", rules.drops}})
    if (count > most_options)
      throw InvalidInput(std::string(name) + " of the option rules is " + std::to_string(count) +
                         "; give at most " + std::to_string(most_options));
  for (double const scope : rules.scopes)
    if (!(scope >= 0 && scope <= 1))
      throw InvalidInput("a scope is " + std::to_string(scope) + "; give a share from 0 to 1");
  detail::Context const context(project, before, options.assess);
  detail::Trials trials(context.before);
  auto const accepted = trials.with_one([&](WhatIf& what_if) {
    return detail::assess(context, change, {}, detail::Extent::Everything, &what_if);
  });
  detail::Deferrals const deferrals(context, change, accepted, trials);
  OptionMaker maker(context, change, rules);
  auto deferred = deferrals.offered(rules.milestones, options.threads, control.part(0, 0.4));
  auto made = maker.make(accepted, std::move(deferred), control.part(0.4, 0.6));
  auto const rest = control.part(0.6, 1);
  detail::in_parallel(made.size(), options.threads, rest, "assessing options", [&](std::size_t i) {
    auto& option = made[i];
    if (option.kind == OptionKind::Accept || option.kind == OptionKind::Defer) return;
    try {
      option.figures = trials.with_one([&](WhatIf& what_if) {
        auto const impact = detail::assess(context, option.request, {}, detail::Extent::Moved, &what_if);
        auto figures = summary_of(impact);
        figures.unpriced += maker.unpriced()[i];
        return figures;
      });
    } catch (Error const& error) {
      if (error.status() == Status::Cancelled) throw;
      option.figures = {};
      option.figures.change = change.key;
      option.figures.error = error.what();
    }
  });
  for (auto& option : made) {
    option.on_front = option.figures.error.empty() &&
                      std::none_of(made.begin(), made.end(), [&](ChangeOption const& other) {
                        return other.figures.error.empty() && dominates(other.figures, option.figures);
                      });
  }
  return made;
}

Table to_table(std::vector<ChangeOption> const& options) {
  std::vector<std::string> kinds, whats, assumptions;
  std::vector<bool> front;
  std::vector<Assessment> figures;
  for (auto const& option : options) {
    kinds.emplace_back(name_of(option.kind));
    whats.push_back(option.what);
    front.push_back(option.on_front);
    figures.push_back(option.figures);
    std::string text;
    for (auto const& one : option.assumptions) text += (text.empty() ? "" : "; ") + one;
    assumptions.push_back(std::move(text));
  }
  Table table("options");
  table.add("kind", kinds).add("what", whats).add("on_front", front);
  Table const assessed = to_table(figures);
  for (auto const& column : assessed.columns())
    if (column.name != "change" && column.name != "title" && column.name != "line") table.add(column);
  table.add("assumptions", assumptions);
  return table;
}

}  // namespace rapport
