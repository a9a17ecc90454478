// The way from the change to a figure, walked back over the reasons of dates and over traces.

#include <algorithm>

#include "impact/parts.h"
#include "impact/way_back.h"
#include "rapport/model/names.h"

namespace rapport {
namespace {

class TrailBuilder {
 public:
  TrailBuilder(Impact::Parts const& parts, std::string about) : parts_(parts), way_(parts) {
    trail_.about = std::move(about);
    TrailStep root;
    root.kind = TrailStepKind::Change;
    root.node = NodeRef{FactKind::ChangeRequest, parts.change.key};
    root.label = parts.change.title.empty() ? parts.change.key : parts.change.title;
    add(std::move(root));
  }

  Trail done() && { return std::move(trail_); }

  void finish() {
    TrailStep end;
    end.kind = TrailStepKind::Finish;
    end.label = "finish";
    end.delay = parts_.finish_delta;
    if (parts_.finish_delta.seconds == 0) {
      if (auto const* tightest = least_float()) {
        end.from = activity(tightest->key);
        end.because =
            "the finish does not move: " + to_string(tightest->after->total_float) + " of float remain";
      } else {
        end.from = 0;
        end.because = "the finish does not move";
      }
    } else {
      auto const* last = detail::ends_last(parts_).activity;
      end.from = last ? activity(last->key) : 0;
      end.because = "it finishes last";
    }
    add(std::move(end));
  }

  void cost() {
    for (auto const& line : parts_.costs) {
      TrailStep step;
      step.from = line.activity.empty()                 ? 0
                  : line.category == CostCategory::Test ? node({FactKind::Test, line.subject})
                  : repriced(line)                      ? through_resource(line)
                                                        : activity(line.activity);
      step.kind = TrailStepKind::Cost;
      step.label = line.reason;
      step.because = std::string(name_of(line.category));
      step.cost = line.amount;
      step.work = line.work;
      trail_.steps.push_back(std::move(step));
    }
  }

  /// The change makes the resource dearer, or cheaper. Work that only falls on other days names no rate.
  [[nodiscard]] bool repriced(CostLine const& line) const {
    auto const& edits = parts_.change.edits;
    return line.category == CostCategory::Rate && line.rate &&
           std::any_of(edits.begin(), edits.end(), [&](ChangeEdit const& edit) {
             auto const* rate = std::get_if<RateChange>(&edit);
             return rate && rate->resource == line.resource;
           });
  }

  /// From the change to its rate and on to the work that is paid at it.
  std::size_t through_resource(CostLine const& line) {
    auto const then = [&](std::size_t from, NodeRef node, char const* because) {
      TrailStep step;
      step.from = from;
      step.kind = TrailStepKind::Node;
      step.label = label_of(node);
      step.node = std::move(node);
      step.because = because;
      return add(std::move(step));
    };
    auto const rate = then(0, {FactKind::Resource, line.resource}, "the change names its rate");
    return then(rate, {FactKind::Activity, line.activity}, "it works there");
  }

  void quality() {
    for (auto const& lapsed : parts_.lapsed)
      leaf(node({FactKind::Requirement, lapsed.requirement}), "to be confirmed again", "confirmation lapses")
          .likelihood = lapsed.likelihood;
    for (auto const& test : parts_.tests)
      leaf(node({FactKind::Test, test.test}),
           test.already_run ? "to be run again" : "to be revised before it is run", "verifies what changed")
          .work = test.effort;
    for (auto const& figure : parts_.quality) {
      switch (figure.measure) {
        case QualityMeasure::CoverageLost:
        case QualityMeasure::DefectsInjected:
        case QualityMeasure::DefectsEscaping:
        case QualityMeasure::EscapeEffort:
        case QualityMeasure::EscapeCost:
          break;
        default:
          continue;
      }
      leaf(0, std::string(name_of(figure.measure)), figure.model + (figure.assumed ? ", on assumptions" : ""))
          .figure = figure.value;
    }
  }

  /// The step that ends the way to `node`. Zero, the change itself, when it does not touch it.
  std::size_t node(NodeRef const& node) {
    if (node.kind == FactKind::Activity) return activity(node.key);
    for (auto const& reached : parts_.reached)
      if (reached.node == node) return path(reached.strongest);
    return 0;
  }

  std::size_t activity(std::string const& key) {
    auto const way = way_.from(key);
    std::size_t at = origin(std::string(way.back().key));
    for (std::size_t k = way.size() - 1; k-- > 0;)
      at = step_for(at, std::string(way[k].key), way[k + 1].because,
                    grows(way[k].key) ? TrailStepKind::Rework : TrailStepKind::Moved);
    return at;
  }

  [[nodiscard]] bool knows(std::string const& key) const {
    if (way_.effect(key) || !way_.comes_back(key).empty()) return true;
    auto const* delta = way_.delta(key);
    return delta && delta->moved();
  }

 private:
  std::size_t add(TrailStep step) {
    for (std::size_t i = 0; i < trail_.steps.size(); ++i) {
      auto const& known = trail_.steps[i];
      if (known.from == step.from && known.kind == step.kind && known.node == step.node &&
          known.label == step.label)
        return i;
    }
    trail_.steps.push_back(std::move(step));
    return trail_.steps.size() - 1;
  }

  TrailStep& leaf(std::size_t from, std::string label, std::string because) {
    TrailStep step;
    step.from = from;
    step.kind = TrailStepKind::Quality;
    step.label = std::move(label);
    step.because = std::move(because);
    trail_.steps.push_back(std::move(step));
    return trail_.steps.back();
  }

  std::string label_of(NodeRef const& node) const {
    auto const known = parts_.labels.find(node);
    if (known != parts_.labels.end() && !known->second.empty()) return known->second;
    if (node.kind == FactKind::Activity)
      if (auto const* delta = way_.delta(node.key); delta && !delta->name.empty()) return delta->name;
    return node.key;
  }

  std::size_t path(Path const& path) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < path.size(); ++i) {
      auto const& step = path[i];
      bool const changes = step.node.kind == FactKind::Activity && way_.effect(step.node.key) != nullptr;
      TrailStep made;
      made.from = at;
      made.kind = !changes               ? TrailStepKind::Node
                  : grows(step.node.key) ? TrailStepKind::Rework
                                         : TrailStepKind::Moved;
      made.node = step.node;
      made.label = label_of(step.node);
      made.because = because(step, i == 0);
      if (i > 0) made.likelihood = step.likelihood;
      made.share = step.share;
      if (made.kind == TrailStepKind::Rework) describe(made, step.node.key);
      if (made.kind == TrailStepKind::Moved) made.delay = delay_of(step.node.key);
      at = add(std::move(made));
    }
    return at;
  }

  std::string because(PathStep const& step, bool first) const {
    if (step.node.kind == FactKind::Activity && first)
      if (auto const* effect = way_.effect(step.node.key)) return effect->cause;
    if (first) return "the change names it";
    auto const type = parts_.trace_types.find(step.via);
    if (type == parts_.trace_types.end())
      return step.node.kind == FactKind::Stakeholder ? "answers for it" : "part of it";
    return type->second + (step.upstream ? " (upstream)" : "");
  }

  void describe(TrailStep& step, std::string const& key) const {
    Work work;
    for (auto const& rework : parts_.reworks)
      if (rework.activity == key) work += rework.duration;
    step.work = work;
    step.delay = delay_of(key);
  }

  std::optional<Elapsed> delay_of(std::string const& key) const {
    auto const* delta = way_.delta(key);
    if (!delta || !delta->before || !delta->after) return std::nullopt;
    return delta->early_finish;
  }

  /// Where the change sets in: the way over traces, then the activity, then its rework.
  std::size_t origin(std::string const& key) {
    std::string const original(way_.comes_back(key));
    std::string const& of = original.empty() ? key : original;
    std::size_t at = 0;
    bool found = false;
    for (auto const& reached : parts_.reached) {
      if (reached.node.kind != FactKind::Activity || reached.node.key != of) continue;
      at = path(reached.strongest);
      found = true;
      break;
    }
    if (!found && way_.effect(of)) {
      // A test that is run again brings its activity in, without a trace to the activity itself.
      for (auto const& rework : parts_.reworks)
        if (rework.activity == of) at = step_for(0, of, rework.reason, TrailStepKind::Rework);
      found = true;
    }
    if (!found) at = step_for(0, of, "its dates change with the edits", TrailStepKind::Moved);
    if (!original.empty())
      at = step_for(at, key, "it is completed, so work comes back", TrailStepKind::Rework);
    return at;
  }

  std::size_t step_for(std::size_t from, std::string const& key, std::string because, TrailStepKind kind) {
    TrailStep step;
    step.from = from;
    step.kind = kind;
    step.node = NodeRef{FactKind::Activity, key};
    step.label = label_of(*step.node);
    step.because = std::move(because);
    if (kind == TrailStepKind::Rework && grows(key))
      describe(step, key);
    else
      step.delay = delay_of(key);
    return add(std::move(step));
  }

  /// Its work changes; a link or a constraint alone moves it.
  [[nodiscard]] bool grows(std::string_view key) const {
    return std::any_of(parts_.reworks.begin(), parts_.reworks.end(),
                       [&](Rework const& rework) { return rework.activity == key; });
  }

  ActivityDelta const* least_float() const {
    ActivityDelta const* least = nullptr;
    for (auto const& effect : parts_.effects) {
      if (effect.completed && effect.rework_key.empty()) continue;  // What is done has no float to name.
      auto const* delta = way_.delta(effect.rework_key.empty() ? effect.key : effect.rework_key);
      if (!delta || !delta->after) continue;
      if (!least || delta->after->total_float < least->after->total_float ||
          (delta->after->total_float == least->after->total_float && delta->key < least->key))
        least = delta;
    }
    return least;
  }

  Impact::Parts const& parts_;
  Trail trail_;
  detail::WayBack way_;
};

}  // namespace

Trail Impact::trail(std::string_view about) const {
  TrailBuilder builder(*parts_, std::string(about));
  std::string const key(about);
  if (key == "finish") {
    builder.finish();
    return std::move(builder).done();
  }
  if (key == "cost") {
    builder.cost();
    return std::move(builder).done();
  }
  if (key == "quality") {
    builder.quality();
    return std::move(builder).done();
  }
  for (auto const& reached : parts_->reached) {
    if (to_string(reached.node) != key && reached.node.key != key) continue;
    builder.node(reached.node);
    return std::move(builder).done();
  }
  std::string activity = key.starts_with("activity:") ? key.substr(9) : key;
  for (auto const& milestone : parts_->milestones)
    if (milestone.kind == MilestoneKind::Contract &&
        (milestone.key == key || "contract_milestone:" + milestone.key == key))
      activity = milestone.activity;
  if (builder.knows(activity)) {
    builder.activity(activity);
    return std::move(builder).done();
  }
  std::vector<std::string> keys = {"finish", "cost", "quality"};
  for (auto const& reached : parts_->reached) keys.push_back(reached.node.key);
  for (auto const& delta : parts_->activities)
    if (delta.moved()) keys.push_back(delta.key);
  throw NotFound("trail to", key, nearest_keys(key, keys));
}

std::string to_string(Trail const& trail) {
  std::vector<std::size_t> depth(trail.steps.size(), 0);
  std::size_t deepest = 0;
  for (std::size_t i = 0; i < trail.steps.size(); ++i) {
    if (trail.steps[i].from) depth[i] = depth[*trail.steps[i].from] + 1;
    if (depth[i] > depth[deepest]) deepest = i;
  }
  if (trail.steps.empty()) return {};
  std::vector<std::string> names;  // from the end to the beginning
  for (std::optional<std::size_t> at = deepest; at; at = trail.steps[*at].from) {
    auto const& step = trail.steps[*at];
    if (step.kind == TrailStepKind::Change && !names.empty()) break;
    names.push_back(step.node ? step.node->key : step.label);
  }
  // Real plans have chains of a hundred activities; their middle says nothing to a reader.
  constexpr std::size_t most = 20, kept = 8;
  std::string text;
  for (std::size_t i = names.size(); i-- > 0;) {
    if (names.size() > most && i == names.size() - 1 - kept) {
      text += " → … " + std::to_string(names.size() - 2 * kept) + " more …";
      i = kept;
      continue;
    }
    text += (text.empty() ? "" : " → ") + names[i];
  }
  return text;
}

}  // namespace rapport
