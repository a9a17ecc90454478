// How work that must be redone, or falls away, enters the plan.

#include <algorithm>
#include <cmath>

#include "base/number_text.h"
#include "impact/plan_change.h"

namespace rapport::detail {

Work share_of(Work work, double share) {
  double const exact = static_cast<double>(work.seconds) * share / static_cast<double>(seconds_per_minute);
  return minutes(static_cast<std::int64_t>(std::llround(exact)));
}

std::string percent(double share) { return short_text(share * 100, 4) + " %"; }

PlanChange::PlanChange(Context const& context, ChangeRequest const& change)
    : context_(context), change_(change) {}

ActivityEffect const* PlanChange::find(std::string const& key) const {
  auto const known = index_.find(key);
  return known == index_.end() ? nullptr : &effects_[known->second];
}

void PlanChange::redo(std::string const& activity, double share, std::string const& reason) {
  auto const known = index_.find(activity);
  if (known != index_.end() && (effects_[known->second].removed || effects_[known->second].cut_short)) return;
  auto const index = context_.network().find(activity);
  if (!index) return;
  switch (context_.network().kind(*index)) {
    case ActivityKind::Summary:
    case ActivityKind::LevelOfEffort:
    case ActivityKind::StartMilestone:
    case ActivityKind::FinishMilestone:
      return;  // They have no work of their own; what they span or wait for does.
    default:
      break;
  }
  auto& target = effect(activity);
  auto const& rules = context_.options.rework;
  double const counts = share * (target.completed ? rules.of_completed
                                 : target.started ? rules.of_in_progress
                                                  : rules.of_not_started);
  // Shares refer to the plan as it was, so that reach and stated edits do not multiply.
  Work const more = share_of(context_.network().duration(*index), counts);
  Work const effort = share_of(effort_of(activity), counts);
  if (more.seconds == 0 && effort.seconds == 0) return;
  grow(target, more, counts, counts);
  if (target.cause.empty()) target.cause = percent(counts) + " redone";
  reworks.push_back(
      {.kind = target.completed ? ReworkKind::Completed : ReworkKind::Open,
       .activity = activity,
       .rework_activity = {},
       .share = counts,
       .duration = more,
       .effort = effort,
       .reason = reason + ": " + percent(counts) + " of " + to_string(context_.network().duration(*index))});
}

void PlanChange::run_again(std::string const& activity, Work effort, std::string const& reason) {
  auto const known = index_.find(activity);
  if (known != index_.end() && (effects_[known->second].removed || effects_[known->second].cut_short)) return;
  auto& target = effect(activity);
  grow(target, effort, 0, 0);
  if (target.cause.empty()) target.cause = "a test is run again";
  reworks.push_back({.kind = target.completed ? ReworkKind::Completed : ReworkKind::Open,
                     .activity = activity,
                     .rework_activity = {},
                     .share = 0,
                     .duration = effort,
                     .effort = {},
                     .reason = reason});
}

void PlanChange::drop(std::string const& activity, std::string const& reason, ReworkKind kind) {
  auto& target = effect(activity);
  Work const effort = effort_of(activity);
  double const left = target.duration.seconds > 0 ? static_cast<double>(target.remaining.seconds) /
                                                        static_cast<double>(target.duration.seconds)
                                                  : 0;
  if (target.rework.seconds > 0 || target.rework_effort > 0) {
    target.rework = {};
    target.rework_effort = target.rework_material = 0;
    std::erase_if(reworks, [&](Rework const& rework) { return rework.activity == activity; });
  }
  reworks.push_back({.kind = target.started ? ReworkKind::Discarded : kind,
                     .activity = activity,
                     .rework_activity = {},
                     .share = target.started ? left : 1,
                     .duration = -target.remaining,
                     .effort = -share_of(effort, target.started ? left : 1),
                     .reason = reason});
  if (target.started) {
    target.cut_short = true;
    target.cause = "what is done is thrown away";
    note("activity " + activity, target.completed ? "it is completed" : "it has begun",
         "what is done is thrown away; nothing more is done");
  } else {
    target.removed = true;
    target.cause = "not done any more";
  }
  target.duration -= target.remaining;
  target.remaining = {};
}

std::string PlanChange::free_key(std::string const& wanted) const {
  std::string key = wanted;
  for (int n = 2; context_.network().find(key) || added_activity(key); ++n)
    key = wanted + "#" + std::to_string(n);
  return key;
}

std::vector<ActivityIndex> PlanChange::held_by_rework(ActivityIndex of) const {
  std::vector<ActivityIndex> held;
  if (context_.options.rework.attachment == ReworkAttachment::Finish) return held;
  auto const& network = context_.network();
  auto const& links = network.links();
  std::vector<std::uint32_t> open = {of.value}, seen = {of.value};
  while (!open.empty()) {
    auto const at = open.back();
    open.pop_back();
    for (auto o = links.first_out[at]; o < links.first_out[at + 1]; ++o) {
      auto const next = links.successor[links.out[o]];
      if (std::find(seen.begin(), seen.end(), next) != seen.end()) continue;
      seen.push_back(next);
      ActivityIndex const i{next};
      auto const* changed = find(network.key(i));
      if (network.completed(i) || (changed && (changed->removed || changed->cut_short))) {
        open.push_back(next);
        continue;
      }
      auto const kind = network.kind(i);
      if (kind == ActivityKind::Summary || kind == ActivityKind::LevelOfEffort) continue;
      if (network.started(i) && context_.options.rework.attachment == ReworkAttachment::NotStartedSuccessors)
        continue;
      held.push_back(i);
    }
  }
  std::sort(held.begin(), held.end());
  return held;
}

void PlanChange::add_rework(Overlay& overlay, ActivityEffect& effect) {
  auto const& original = context_.project.at<Activity>(effect.key);
  Activity rework;
  rework.key = effect.rework_key;
  rework.name = "Rework: " + (original.name.empty() ? original.key : original.name);
  rework.subproject = original.subproject;
  rework.wbs = original.wbs;
  rework.duration = effect.rework;
  rework.calendar = original.calendar;
  rework.constraint = {ConstraintKind::StartNoEarlierThan, context_.now(*effect.index)};
  rework.microsoft.elapsed_duration = original.microsoft.elapsed_duration;
  overlay.add_activity(rework);
  for (auto const i : held_by_rework(*effect.index))
    overlay.add_link({.key = {},
                      .predecessor = rework.key,
                      .successor = context_.network().key(i),
                      .type = LinkType::FinishToStart,
                      .lag = {}});
}

Overlay PlanChange::overlay() {
  Overlay overlay(context_.network());
  for (auto activity : added) {
    if (auto const* changed = find(activity.key)) {
      activity.duration = changed->duration;
      if (changed->constraint) activity.constraint = *changed->constraint;
    }
    overlay.add_activity(activity);
  }
  for (auto const& edit : links_) {
    if (edit.remove)
      overlay.remove_link(edit.link.predecessor, edit.link.successor, edit.link.type);
    else
      overlay.add_link(edit.link);
  }
  for (auto& effect : effects_) {
    if (!effect.index) continue;
    auto const& network = context_.network();
    if (effect.removed) {
      overlay.remove_activity(effect.key);
      continue;
    }
    if (effect.duration != network.duration(*effect.index) ||
        effect.remaining != network.remaining(*effect.index))
      // P6 lets more remain than was planned; an overlay does not.
      if (!effect.completed)
        overlay.set_duration(*effect.index, std::max(effect.duration, effect.remaining), effect.remaining);
    if (effect.constraint && !effect.completed) overlay.set_constraint(*effect.index, *effect.constraint);
    if (effect.rework.seconds > 0 || effect.rework_effort > 0) {
      effect.rework_key = free_key(effect.key + context_.options.rework.suffix);
      add_rework(overlay, effect);
    }
  }
  for (auto& rework : reworks)
    if (auto const* effect = find(rework.activity)) rework.rework_activity = effect->rework_key;
  return overlay;
}

}  // namespace rapport::detail
