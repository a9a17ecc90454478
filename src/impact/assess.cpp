#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>

#include "impact/fall_away.h"
#include "impact/parts.h"
#include "impact/reach.h"
#include "rapport/model/names.h"
#include "rapport/schedule/what_if.h"

namespace rapport {
namespace detail {
namespace {

/// What the change names, and how much of it changes.
struct Named {
  NodeRef node;
  double magnitude = 1;
  bool removed = false;
  bool silent = false;  ///< Nothing is said of its work: a cost, a constraint, a link.
};

/// How much of the work that there was before `asked` is, at most all of it.
double share_of_before(Context const& context, PlanChange const& plan, ActivityEffect const& effect,
                       Work asked) {
  Work before;
  if (effect.index) before = context.network().duration(*effect.index);
  if (auto const* added = plan.added_activity(effect.key)) before = added->duration;
  if (before.seconds <= 0) return 1;
  return std::min(1.0, static_cast<double>(std::abs(asked.seconds)) / static_cast<double>(before.seconds));
}

std::vector<Named> named_by(Context const& context, ChangeRequest const& change, PlanChange const& plan) {
  std::vector<Named> named;
  std::map<NodeRef, std::size_t> place;
  auto const name = [&](FactKind kind, std::string const& key, double magnitude, bool removed = false) {
    auto const [at, added] = place.try_emplace({kind, key}, named.size());
    if (added) {
      named.push_back({at->first, magnitude, removed});
      return;
    }
    auto& known = named[at->second];
    known.magnitude = 1 - (1 - known.magnitude) * (1 - magnitude);
    known.removed |= removed;
  };
  for (auto const& edit : change.edits) {
    if (auto const* requirement = std::get_if<RequirementChange>(&edit))
      name(FactKind::Requirement, requirement->requirement, requirement->magnitude, requirement->remove);
    else if (auto const* rate = std::get_if<RateChange>(&edit))
      name(FactKind::Resource, rate->resource, 0);
  }
  std::unordered_map<std::string_view, Work> asked_of;
  for (auto const& rework : plan.reworks) {
    auto& asked = asked_of[rework.activity];
    if (rework.kind == ReworkKind::Asked) asked += rework.duration;
  }
  for (auto const& effect : plan.effects()) {
    double share = effect.removed || effect.cut_short ? 1 : 0;
    auto const worked = asked_of.find(effect.key);
    bool const silent = share == 0 && worked == asked_of.end();
    Work const asked = worked == asked_of.end() ? Work{} : worked->second;
    if (asked.seconds != 0) share = share_of_before(context, plan, effect, asked);
    name(FactKind::Activity, effect.key, share);
    named.back().silent = silent && named.back().node.key == effect.key;
  }
  return named;
}

/// Everything touched; nodes without any trace are touched too when the change names them.
struct Touched {
  std::vector<Reached> reached;
  std::set<NodeRef> fallen;
  bool tree_abandoned = false;
};

Touched touch(Context const& context, std::vector<Named> const& named) {
  Touched touched;
  std::vector<ReachSource> sources;
  std::vector<std::uint32_t> removed;
  std::vector<Reached> alone;
  std::vector<std::uint32_t> silent;
  for (auto const& one : named) {
    auto const node = context.graph.find(one.node);
    if (node && one.silent) {
      silent.push_back(*node);
    } else if (!node) {
      Path const here = {{.via = {}, .node = one.node, .share = one.magnitude}};
      alone.push_back({.node = one.node,
                       .likelihood = Probability(1),
                       .share = one.magnitude,
                       .depth = 0,
                       .counted = true,
                       .strongest = here,
                       .shortest = here});
    } else if (one.removed) {
      removed.push_back(*node);
    } else {
      sources.push_back({.node = *node, .magnitude = one.magnitude, .removed = false, .prefix = {}});
    }
  }
  for (auto& fallen : fall_away(context.graph, context.project, removed)) {
    touched.fallen.insert(context.graph.node(fallen.node));
    sources.push_back(std::move(fallen));
  }
  // What needs bring to an activity counts, even where the change names it for something else than work.
  auto found = reach(context.graph, context.project, sources, context.options.propagation);
  if (!silent.empty()) {
    std::set<NodeRef> counted;
    for (auto const& one : found.reached)
      if (one.counted) counted.insert(one.node);
    std::erase_if(silent, [&](std::uint32_t node) { return counted.contains(context.graph.node(node)); });
  }
  if (!silent.empty()) {
    for (auto const node : silent)
      sources.push_back({.node = node, .magnitude = 0, .removed = false, .prefix = {}});
    found = reach(context.graph, context.project, sources, context.options.propagation);
  }
  touched.tree_abandoned = found.tree_abandoned;
  touched.reached = std::move(alone);
  touched.reached.insert(touched.reached.end(), std::make_move_iterator(found.reached.begin()),
                         std::make_move_iterator(found.reached.end()));
  return touched;
}

void label(Context const& context, Impact::Parts& parts) {
  auto const title = [&](NodeRef const& node) -> std::string {
    auto const& project = context.project;
    switch (node.kind) {
      case FactKind::Requirement:
        if (auto const* fact = project.find<Requirement>(node.key)) return fact->title;
        break;
      case FactKind::Deliverable:
        if (auto const* fact = project.find<Deliverable>(node.key)) return fact->name;
        break;
      case FactKind::Test:
        if (auto const* fact = project.find<Test>(node.key)) return fact->name;
        break;
      case FactKind::Activity:
        if (auto const* fact = project.find<Activity>(node.key)) return fact->name;
        break;
      case FactKind::Risk:
        if (auto const* fact = project.find<Risk>(node.key)) return fact->title;
        break;
      case FactKind::Stakeholder:
        if (auto const* fact = project.find<Stakeholder>(node.key)) return fact->name;
        break;
      case FactKind::CostAccount:
        if (auto const* fact = project.find<CostAccount>(node.key)) return fact->name;
        break;
      case FactKind::Resource:
        if (auto const* fact = project.find<Resource>(node.key)) return fact->name;
        break;
      case FactKind::WbsNode:
        if (auto const* fact = project.find<WbsNode>(node.key)) return fact->name;
        break;
      default:
        break;
    }
    return {};
  };
  auto const learn = [&](Path const& path) {
    for (auto const& step : path) {
      parts.labels.try_emplace(step.node, title(step.node));
      if (step.via.empty()) continue;
      if (auto const* trace = context.project.find<Trace>(step.via))
        parts.trace_types.try_emplace(step.via, to_name(trace->type));
    }
  };
  for (auto const& reached : parts.reached) {
    learn(reached.strongest);
    learn(reached.shortest);
  }
  for (auto const& edit : parts.change.edits)
    if (auto const* rate = std::get_if<RateChange>(&edit)) {
      NodeRef const resource{FactKind::Resource, rate->resource};
      parts.labels.try_emplace(resource, title(resource));
    }
}

}  // namespace

double counted_share(Reached const& reached, PropagationRules const& rules) {
  if (rules.counting == Counting::Expected) return reached.share * reached.likelihood.value();
  return reached.counted ? reached.share : 0;
}

std::string to_text(Path const& path) {
  std::string text;
  for (auto const& step : path) text += (text.empty() ? "" : " → ") + step.node.key;
  return text;
}

Impact assess(Context const& context, ChangeRequest const& change, RunControl const& control, Extent extent,
              WhatIf* what_if) {
  control.report(0, "following the change");
  PlanChange plan(context, change);
  for (std::size_t i = 0; i < change.edits.size(); ++i) plan.edit(i + 1, change.edits[i]);

  auto touched = touch(context, named_by(context, change, plan));
  for (auto const& reached : touched.reached) {
    if (reached.node.kind != FactKind::Activity) continue;
    if (touched.fallen.contains(reached.node)) {
      plan.drop(reached.node.key, to_text(reached.strongest) + ": its only need fell away",
                ReworkKind::Dropped);
    } else if (double const share = counted_share(reached, context.options.propagation);
               reached.depth > 0 && share > 0) {
      plan.redo(reached.node.key, share, to_text(reached.strongest));
    }
  }
  std::erase_if(touched.reached, [&](Reached const& reached) {
    return reached.node.kind == FactKind::Test && touched.fallen.contains(reached.node);
  });
  auto tests = tests_to_repeat(context, touched.reached, plan);

  control.report(0.3, "scheduling with the change");
  Overlay const overlay = plan.overlay();
  auto const& before = context.before;
  std::optional<WhatIf> alone;
  if (overlay.empty())
    what_if = nullptr;
  else if (!what_if)
    what_if = &alone.emplace(before);
  Schedule const after = what_if ? what_if->schedule(overlay) : before;
  control.report(0.7, "comparing");
  auto parts = std::make_shared<Impact::Parts>(before, after);
  parts->change = change;
  parts->options = context.options;
  parts->reached = std::move(touched.reached);
  parts->reworks = plan.reworks;
  parts->effects = plan.effects();
  parts->tests = std::move(tests.tests);
  parts->test_rates = std::move(tests.rates);
  parts->fallen = std::move(touched.fallen);
  parts->notes = plan.notes;
  if (touched.tree_abandoned)
    parts->notes.push_back(
        {.severity = Severity::Warning,
         .file = {},
         .subject = "propagation",
         .message = "there are too many paths to add up",
         .action = "likelihoods are those of the strongest path; lower the depth or raise the cutoff"});
  label(context, *parts);
  fill_deltas(context, plan, overlay, extent, what_if && what_if->knows_moved() ? what_if : nullptr, *parts);
  fill_costs(context, plan, *parts);
  fill_quality(context, *parts);
  mark_assumptions(*parts);
  control.report(1, "assessed");
  return Impact(std::move(parts));
}

}  // namespace detail

Impact assess(Project const& project, Schedule const& before, ChangeRequest const& change,
              AssessOptions const& options, RunControl const& control) {
  return detail::assess(detail::Context(project, before, options), change, control);
}

}  // namespace rapport
