// The edits that a change states itself.

#include <algorithm>
#include <cmath>

#include "base/number_text.h"
#include "impact/plan_change.h"
#include "rapport/model/names.h"
#include "schedule/schedule_rows.h"

namespace rapport::detail {

void PlanChange::edit(std::size_t number, ChangeEdit const& edit) {
  number_ = number;
  std::visit([&](auto const& one) { edit_one(one); }, edit);
}

std::string PlanChange::place(std::size_t number) const {
  return "change " + change_.key + ", edit " + std::to_string(number);
}

void PlanChange::refuse(std::string const& message) const {
  throw InvalidInput(place(number_) + ": " + message);
}

void PlanChange::note(std::string const& subject, std::string const& message, std::string const& action) {
  notes.push_back(
      {.severity = Severity::Info, .file = {}, .subject = subject, .message = message, .action = action});
}

Activity const* PlanChange::added_activity(std::string const& key) const {
  auto const known = added_index_.find(key);
  return known == added_index_.end() ? nullptr : &added[known->second];
}

std::span<RateChange const> PlanChange::rates_of(std::string const& resource) const {
  auto const known = rates.find(resource);
  if (known == rates.end()) return {};
  return known->second;
}

ActivityKind PlanChange::kind_of(std::string const& key) const {
  if (auto const* activity = added_activity(key)) return activity->kind;
  return context_.network().kind(context_.network().at(key));
}

Calendar const* PlanChange::calendar_of(std::string const& key) const {
  auto const* activity = added_activity(key);
  if (!activity) activity = context_.project.find<Activity>(key);
  std::string calendar = activity ? activity->calendar : "";
  if (calendar.empty() && activity)
    for (auto const& subproject : context_.project.facts().subprojects)
      if (subproject.key == activity->subproject || activity->subproject.empty()) {
        calendar = subproject.calendar;
        break;
      }
  return context_.project.find<Calendar>(calendar);
}

Work PlanChange::effort_of(std::string const& key) const {
  if (auto const known = added_effort_.find(key); known != added_effort_.end()) return known->second;
  auto const index = context_.network().find(key);
  return index ? context_.effort(*index) : Work{};
}

ActivityEffect& PlanChange::effect(std::string const& key) {
  if (auto const known = index_.find(key); known != index_.end()) {
    auto& found = effects_[known->second];
    if (found.removed)
      refuse("activity " + key + " is removed by the same change; leave one of the edits out");
    return found;
  }
  ActivityEffect made;
  made.key = key;
  if (auto const* activity = added_activity(key)) {
    made.duration = made.remaining = activity->duration;
  } else {
    auto const& network = context_.network();
    made.index = network.find(key);
    if (!made.index)
      throw NotFound("activity", key, nearest_keys(key, context_.activity_keys()), place(number_));
    made.started = network.started(*made.index);
    made.completed = network.completed(*made.index);
    made.duration = network.duration(*made.index);
    made.remaining = network.remaining(*made.index);
  }
  index_.emplace(key, effects_.size());
  effects_.push_back(std::move(made));
  return effects_.back();
}

ActivityEffect& PlanChange::worked(std::string const& key) {
  auto& found = effect(key);
  switch (kind_of(key)) {
    case ActivityKind::Summary:
      refuse("activity " + key +
             " is a summary, its dates come from the activities below it; name one of those");
    case ActivityKind::LevelOfEffort:
      refuse("activity " + key +
             " is a level of effort, its dates come from its links; change the activities it spans");
    case ActivityKind::StartMilestone:
    case ActivityKind::FinishMilestone:
      refuse("activity " + key +
             " is a milestone and has no work; name an activity before it, or constrain it");
    default:
      return found;
  }
}

void PlanChange::grow(ActivityEffect& effect, Work more, double effort, double material) {
  if (effect.completed) {
    effect.rework += more;
    effect.rework_effort += effort;
    effect.rework_material += material;
    return;
  }
  auto const* fact = context_.project.find<Activity>(effect.key);
  if (fact && fact->microsoft.manual && effect.cause.empty())
    note("activity " + effect.key, "it is scheduled by hand",
         "its entered dates stay as they are and hold what follows; enter a later finish to move them");
  effect.duration += more;
  effect.remaining += more;
  effect.effort += effort;
  effect.material += material;
}

void PlanChange::edit_one(WorkChange const& edit) {
  auto& target = worked(edit.activity);
  auto const* calendar = calendar_of(edit.activity);
  // A thousand years of work: beyond it no calendar has dates.
  constexpr double most = 1e7;
  if (!(std::abs(edit.amount.value) <= most))
    refuse("the amount " + to_string(edit.amount) + " for activity " + edit.activity +
           " is out of all measure");
  Work const amount =
      to_work(edit.amount, calendar ? calendar->hours_per_day : 8, calendar ? calendar->days_per_week : 5);
  Work more;
  std::string words;
  switch (edit.adjustment) {
    case Adjustment::Add:
      more = amount;
      words = "add " + to_string(edit.amount);
      break;
    case Adjustment::Set:
      if (amount.seconds < 0) refuse("activity " + edit.activity + " cannot last " + to_string(edit.amount));
      more = amount - target.duration;
      words = "set to " + to_string(edit.amount);
      break;
    case Adjustment::Scale:
      if (!(edit.factor >= 0 && edit.factor < 1e6))
        refuse("the factor " + std::to_string(edit.factor) + " for activity " + edit.activity +
               " makes no sense; give a number from 0 up");
      more = share_of(target.duration, edit.factor - 1);
      words = "times " + percent(edit.factor);
      break;
  }
  if (target.completed && more.seconds < 0) {
    note("activity " + edit.activity, "it is completed, so " + to_string(-more) + " cannot be taken away",
         "the edit has no effect");
    return;
  }
  if (!target.completed && (target.remaining + more).seconds < 0)
    refuse("activity " + edit.activity + " has " + to_string(target.remaining) + " left to do, so " +
           to_string(-more) + " cannot be taken away");
  // Effort follows the duration: the same people work longer.
  double const share = target.duration.seconds > 0
                           ? static_cast<double>(more.seconds) / static_cast<double>(target.duration.seconds)
                           : 0;
  double const effort = edit.duration_only ? 0 : share;
  // Planned effort is what shares refer to; a second edit of the activity works on what the first left.
  double const planned = effort * (1 + (target.completed ? 0 : target.effort));
  Work const effort_more = share_of(effort_of(edit.activity), planned);
  bool const was_completed = target.completed;
  grow(target, more, planned, 0);
  target.cause = words + (edit.duration_only ? " duration" : " work");
  reworks.push_back({.kind = edit.duration_only ? ReworkKind::Waiting : ReworkKind::Asked,
                     .activity = edit.activity,
                     .rework_activity = {},
                     .share = 0,
                     .duration = more,
                     .effort = effort_more,
                     .reason = target.cause + " (" + place(number_) + ")"});
  if (was_completed)
    note("activity " + edit.activity, "it is completed",
         to_string(more) + " come back as rework after " + to_string(context_.now(*target.index)));
}

void PlanChange::edit_one(CostChange const& edit) {
  effect(edit.activity).cause = "add cost " + amount_text(edit.amount);
  if (!edit.cost_account.empty() && !context_.project.find<CostAccount>(edit.cost_account)) {
    std::vector<std::string> keys;
    for (auto const& account : context_.project.facts().cost_accounts) keys.push_back(account.key);
    throw NotFound("cost account", edit.cost_account, nearest_keys(edit.cost_account, keys), place(number_));
  }
  costs.push_back(edit);
}

void PlanChange::edit_one(RateChange const& edit) {
  if (!context_.project.find<Resource>(edit.resource)) {
    std::vector<std::string> keys;
    for (auto const& resource : context_.project.facts().resources) keys.push_back(resource.key);
    throw NotFound("resource", edit.resource, nearest_keys(edit.resource, keys), place(number_));
  }
  if (!(edit.factor >= 0 && edit.factor < 1e6))
    refuse("the factor " + std::to_string(edit.factor) + " for the rate of " + edit.resource +
           " makes no sense; give a number from 0 up");
  rates[edit.resource].push_back(edit);
}

void PlanChange::edit_one(LinkChange const& edit) {
  auto& successor = effect(edit.link.successor);
  std::string const words =
      edit.link.predecessor + " → " + edit.link.successor + " " + std::string(to_name(edit.link.type));
  if (successor.cause.empty()) successor.cause = (edit.remove ? "remove link " : "add link ") + words;
  // A successor may stand in effects_ already, so the predecessor is looked up without a place in it.
  auto const& predecessor = edit.link.predecessor;
  if (auto const known = index_.find(predecessor); known != index_.end() && effects_[known->second].removed)
    refuse("activity " + predecessor + " is removed by the same change; leave one of the edits out");
  if (!added_activity(predecessor) && !context_.network().find(predecessor))
    throw NotFound("activity", predecessor, nearest_keys(predecessor, context_.activity_keys()),
                   place(number_));
  if (edit.remove) {
    auto const links = ScheduleRows(context_.before).links(predecessor, edit.link.successor);
    bool const exists = std::any_of(links.begin(), links.end(),
                                    [&](auto const& link) { return link.type == edit.link.type; });
    if (!exists) throw NotFound("link", words, {}, place(number_));
  } else if (predecessor == edit.link.successor) {
    refuse("activity " + predecessor + " cannot wait for itself; name two activities");
  }
  links_.push_back(edit);
}

void PlanChange::edit_one(ActivityAddition const& edit) {
  auto const& key = edit.activity.key;
  if (key.empty()) refuse("the new activity has no key; give it one");
  if (context_.network().find(key) || added_activity(key))
    refuse("the plan has an activity " + key + " already; give the new one another key");
  if (edit.activity.duration.seconds < 0)
    refuse("the new activity " + key + " lasts " + to_string(edit.activity.duration) + "; give 0 or more");
  if (auto const& calendar = edit.activity.calendar; !calendar.empty()) {
    std::vector<std::string> used;
    for (auto const& one : context_.network().calendars()) used.push_back(one.key());
    if (!context_.project.find<Calendar>(calendar))
      throw NotFound("calendar", calendar, nearest_keys(calendar, used), place(number_));
    if (std::find(used.begin(), used.end(), calendar) == used.end())
      refuse("no activity of the plan uses calendar " + calendar +
             "; give the new activity one that is in use");
  }
  Work effort;
  for (auto const& assignment : edit.assignments) {
    if (!context_.project.find<Resource>(assignment.resource))
      throw NotFound("resource", assignment.resource, {}, place(number_));
    added_assignments.push_back(assignment);
    added_assignments.back().activity = key;
    effort += assignment.work;
  }
  for (auto const& expense : edit.expenses) {
    added_expenses.push_back(expense);
    added_expenses.back().activity = key;
  }
  added_index_.emplace(key, added.size());
  added_effort_.emplace(key, effort);
  added.push_back(edit.activity);
  auto& made = effect(key);
  made.cause = "new activity";
  reworks.push_back({.kind = ReworkKind::Added,
                     .activity = key,
                     .rework_activity = {},
                     .share = 0,
                     .duration = edit.activity.duration,
                     .effort = effort,
                     .reason = "new activity (" + place(number_) + ")"});
}

void PlanChange::edit_one(ActivityRemoval const& edit) {
  if (added_activity(edit.activity))
    refuse("activity " + edit.activity + " is added by the same change; leave both edits out");
  auto& target = effect(edit.activity);
  if (target.index && kind_of(edit.activity) == ActivityKind::Summary)
    refuse("activity " + edit.activity + " is a summary; remove the activities below it");
  drop(edit.activity, place(number_), ReworkKind::Removed);
}

void PlanChange::edit_one(ConstraintChange const& edit) {
  auto& target = effect(edit.activity);
  bool const dated = edit.constraint.kind != ConstraintKind::None &&
                     edit.constraint.kind != ConstraintKind::AsLateAsPossible;
  if (dated && !edit.constraint.date)
    refuse("the constraint " + std::string(to_name(edit.constraint.kind)) + " on activity " + edit.activity +
           " has no date; give one");
  if (target.completed) note("activity " + edit.activity, "it is completed", "the constraint has no effect");
  target.constraint = edit.constraint;
  target.cause = "constraint " + std::string(to_name(edit.constraint.kind)) +
                 (edit.constraint.date ? " " + to_string(*edit.constraint.date) : "");
}

void PlanChange::edit_one(RequirementChange const& edit) {
  if (!context_.project.find<Requirement>(edit.requirement)) {
    std::vector<std::string> keys;
    for (auto const& requirement : context_.project.facts().requirements) keys.push_back(requirement.key);
    throw NotFound("requirement", edit.requirement, nearest_keys(edit.requirement, keys), place(number_));
  }
  if (!(edit.magnitude >= 0 && edit.magnitude <= 1))
    refuse("the magnitude " + std::to_string(edit.magnitude) + " of requirement " + edit.requirement +
           " is not from 0 to 1");
}

}  // namespace rapport::detail
