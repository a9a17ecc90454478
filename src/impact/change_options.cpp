#include "rapport/impact/change_options.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "impact/parallel.h"
#include "impact/parts.h"
#include "impact/trials.h"
#include "schedule/schedule_rows.h"

namespace rapport {
namespace {

/// Makes the requests of the options; they are assessed together afterwards.
class OptionMaker {
 public:
  OptionMaker(detail::Context const& context, ChangeRequest const& change, OptionRules const& rules)
      : context_(context), facts_(context.project.facts()), change_(change), rules_(rules) {}

  std::vector<ChangeOption> make(Impact const& accepted) {
    ChangeOption accept;
    accept.what = "accept";
    accept.request = change_;
    accept.figures = summary_of(accepted);
    made_.push_back(std::move(accept));
    defer(accepted);
    for (double const scope : rules_.scopes) reduce(scope);
    drop();
    crash(accepted);
    return std::move(made_);
  }

 private:
  ChangeOption& option(OptionKind kind, std::string what) {
    auto& made = made_.emplace_back();
    made.kind = kind;
    made.what = std::move(what);
    made.request = change_;
    made.request.title += ": " + made.what;
    return made;
  }

  // -- later ---------------------------------------------------------------------------------------

  struct Milestone {
    std::string activity, name;
    Instant finish;
    bool contract = false;
  };
  std::vector<Milestone> milestones() const {
    std::vector<Milestone> found;
    std::set<std::string> seen;
    auto const& network = context_.network();
    auto const add = [&](std::string const& activity, std::string const& name, bool contract) {
      auto const index = network.find(activity);
      if (!index || network.completed(*index) || !seen.insert(activity).second) return;
      found.push_back({activity, name, context_.before.dates(activity).early_finish, contract});
    };
    for (auto const& one : facts_.contract_milestones) add(one.activity, one.key, true);
    for (auto const& one : facts_.activities)
      if (one.kind == ActivityKind::StartMilestone || one.kind == ActivityKind::FinishMilestone)
        add(one.key, one.key, false);
    std::stable_sort(found.begin(), found.end(), [](Milestone const& a, Milestone const& b) {
      return a.contract != b.contract ? a.contract : a.finish < b.finish;
    });
    if (found.size() > rules_.milestones) found.resize(rules_.milestones);
    return found;
  }

  void defer(Impact const& accepted) {
    std::map<std::string, std::pair<Work, Work>> later;  // activity → more duration, more effort
    for (auto const& rework : accepted.reworks()) {
      if (rework.kind > ReworkKind::Completed || rework.duration.seconds <= 0) continue;
      auto& [duration, effort] = later[rework.activity];
      duration = duration + rework.duration;
      effort = effort + rework.effort;
    }
    if (later.empty()) return;
    for (auto const& milestone : milestones()) {
      auto& made = option(OptionKind::Defer, "defer to after " + milestone.name);
      auto& edits = made.request.edits;
      std::erase_if(edits, [&](ChangeEdit const& edit) {
        if (auto const* needed = std::get_if<RequirementChange>(&edit)) return !needed->remove;
        auto const* work = std::get_if<WorkChange>(&edit);
        return work && later.contains(work->activity);
      });
      for (auto const& edit : change_.edits)
        if (auto const* added = std::get_if<ActivityAddition>(&edit))
          edits.push_back(LinkChange{.link = link(milestone.activity, added->activity.key)});
      for (auto const& [key, more] : later)
        add_later(edits, key, more.first, more.second, milestone.activity);
      made.assumptions.push_back("the work is as much as when it is done now");
    }
  }

  static Link link(std::string predecessor, std::string successor) {
    Link made;
    made.predecessor = std::move(predecessor);
    made.successor = std::move(successor);
    return made;
  }

  void add_later(std::vector<ChangeEdit>& edits, std::string const& key, Work duration, Work effort,
                 std::string const& milestone) const {
    auto const* activity = context_.project.find<Activity>(key);
    auto const index = context_.network().find(key);
    if (!activity || !index) return;
    ActivityAddition addition;
    auto& later = addition.activity;
    later.key = key + "-LATER";
    for (int n = 2; context_.project.contains({FactKind::Activity, later.key}); ++n)
      later.key = key + "-LATER#" + std::to_string(n);
    later.name = activity->name;
    later.subproject = activity->subproject;
    later.wbs = activity->wbs;
    later.calendar = activity->calendar;
    later.duration = duration;
    double const all = static_cast<double>(context_.effort(*index).seconds);
    for (auto const at : context_.assignments(*index)) {
      Assignment assignment = facts_.assignments[at];
      if (all <= 0 || effort.seconds <= 0) break;
      double const part = static_cast<double>(assignment.work.seconds) / all;
      assignment.key.clear();
      assignment.activity = later.key;
      assignment.work = Work{std::llround(static_cast<double>(effort.seconds) * part)};
      assignment.remaining.reset();
      assignment.cost.reset();
      assignment.quantity = 0;
      addition.assignments.push_back(std::move(assignment));
    }
    std::string const made = later.key;
    edits.push_back(std::move(addition));
    edits.push_back(LinkChange{.link = link(milestone, made)});
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
        cost->amount.minor = std::llround(static_cast<double>(cost->amount.minor) * scope);
        less = true;
      }
    }
    if (less)
      made.assumptions.push_back("work and cost of what is asked shrink with its scope");
    else
      made_.pop_back();
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

  void crash(Impact const& accepted) {
    ChangeRequest request = change_;
    std::set<std::string> crashed;
    std::string names;
    Impact impact = accepted;
    while (impact.finish_delta().seconds > 0 && crashed.size() < rules_.crash_steps) {
      auto const* activity = to_crash(impact, crashed);
      if (!activity) break;
      crashed.insert(activity->key);
      names += (names.empty() ? "" : ", ") + activity->key;
      WorkChange faster;
      faster.activity = activity->key;
      faster.adjustment = Adjustment::Scale;
      faster.factor = 1 - rules_.crash_share;
      faster.duration_only = true;
      request.edits.push_back(faster);
      bool priced = false;
      for (auto const at : context_.assignments(context_.network().at(activity->key))) {
        auto const& assignment = facts_.assignments[at];
        auto const* resource = context_.project.find<Resource>(assignment.resource);
        if (!resource || resource->rates.empty() || resource->kind == ResourceKind::Material) continue;
        auto const& rate = resource->rates.back().standard;
        double const amount =
            rate.in_major() * assignment.work.in_hours() * rules_.crash_share * rules_.crash_premium;
        if (amount <= 0) continue;
        priced = true;
        CostChange dearer;
        dearer.activity = activity->key;
        dearer.amount = Money::of(amount, rate.currency);
        request.edits.push_back(dearer);
      }
      auto& made = option(OptionKind::Crash, "accept and crash " + names);
      auto const title = made.request.title;
      made.request = request;
      made.request.title = title;
      made.assumptions.push_back(detail::percent(rules_.crash_share) + " of the duration can be won, " +
                                 detail::percent(rules_.crash_premium) + " dearer than at the usual rate");
      if (!priced) made.assumptions.push_back("what speed costs at " + activity->key + " is not known");
      try {
        impact = detail::assess(context_, request, {});
      } catch (Error const&) {
        break;  // The option carries the error once it is assessed.
      }
    }
  }

  detail::Context const& context_;
  Facts const& facts_;
  ChangeRequest const& change_;
  OptionRules const& rules_;
  std::vector<ChangeOption> made_;
};

using Measures = std::array<double, 6>;

Measures measures(Assessment const& a) {
  return {static_cast<double>(a.finish_delta.seconds),
          static_cast<double>(a.contract_lateness.seconds),
          static_cast<double>(a.cost_delta ? a.cost_delta->minor : 0),
          a.defects_escaping.value_or(0),
          static_cast<double>(a.tests_to_repeat),
          static_cast<double>(a.requirements_to_confirm)};
}

bool dominates(Measures const& a, Measures const& b) {
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
  for (double const share : {rules.crash_share, rules.crash_premium})
    if (!(share >= 0 && share <= 1))
      throw InvalidInput("a share of the option rules is " + std::to_string(share) +
                         "; give a number from 0 to 1");
  for (double const scope : rules.scopes)
    if (!(scope >= 0 && scope <= 1))
      throw InvalidInput("a scope is " + std::to_string(scope) + "; give a share from 0 to 1");
  detail::Context const context(project, before, options.assess);
  detail::Trials trials(context.before);
  auto const accepted = trials.with_one([&](WhatIf& what_if) {
    return detail::assess(context, change, {}, detail::Extent::Everything, &what_if);
  });
  auto made = OptionMaker(context, change, rules).make(accepted);
  detail::in_parallel(made.size(), options.threads, control, "assessing options", [&](std::size_t i) {
    auto& option = made[i];
    if (option.kind == OptionKind::Accept) return;
    try {
      option.figures = trials.with_one([&](WhatIf& what_if) {
        return summary_of(detail::assess(context, option.request, {}, detail::Extent::Moved, &what_if));
      });
    } catch (Error const& error) {
      if (error.status() == Status::Cancelled) throw;
      option.figures = {};
      option.figures.change = change.key;
      option.figures.error = error.what();
    }
    if (option.kind != OptionKind::Defer) return;
    // What is done later confirms, tests and endangers the same as what is done now.
    auto const& now = made.front().figures;
    option.figures.requirements_to_confirm = now.requirements_to_confirm;
    option.figures.tests_to_repeat = now.tests_to_repeat;
    option.figures.defects_escaping = now.defects_escaping;
    option.figures.nodes_reached = now.nodes_reached;
  });
  for (auto& option : made) {
    auto const own = measures(option.figures);
    option.on_front = option.figures.error.empty() &&
                      std::none_of(made.begin(), made.end(), [&](ChangeOption const& other) {
                        return other.figures.error.empty() && dominates(measures(other.figures), own);
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
