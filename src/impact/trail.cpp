// The way from the change to a figure, walked back over driving links and traces.

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>
#include <unordered_map>

#include "impact/parts.h"
#include "rapport/model/names.h"
#include "schedule/schedule_rows.h"

namespace rapport {
namespace {

using detail::ActivityEffect;
using detail::When;

class TrailBuilder {
 public:
  TrailBuilder(Impact::Parts const& parts, std::string about) : parts_(parts) {
    trail_.about = std::move(about);
    deltas_.reserve(parts.activities.size());
    for (auto const& delta : parts.activities) deltas_.emplace(delta.key, &delta);
    for (auto const& effect : parts.effects) {
      effects_.emplace(effect.key, &effect);
      if (!effect.rework_key.empty()) originals_.emplace(effect.rework_key, effect.key);
    }
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
                                                        : activity(line.activity);
      step.kind = TrailStepKind::Cost;
      step.label = line.reason;
      step.because = std::string(name_of(line.category));
      step.cost = line.amount;
      step.work = line.work;
      trail_.steps.push_back(std::move(step));
    }
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
    // Back from the activity, date by date, to where the change sets in.
    bool const by_start = !moved(key, DateField::EarlyFinish) && moved(key, DateField::EarlyStart);
    std::vector<Carried> chain = {
        {key, by_start ? DateField::EarlyStart : DateField::EarlyFinish, When::After, {}}};
    seen_ = {{key, chain.back().field}};
    while (auto next = carried_by(chain.back())) {
      seen_.emplace(next->key, next->field);
      auto const known = std::find_if(chain.begin(), chain.end(),
                                      [&](Carried const& each) { return each.key == next->key; });
      if (known == chain.end()) {
        chain.push_back(*std::move(next));
        continue;
      }
      // Its other date: what came between led nowhere.
      chain.erase(known + 1, chain.end());
      chain.back().field = next->field;
    }
    std::size_t at = origin(std::string(chain.back().key));
    for (std::size_t k = chain.size() - 1; k-- > 0;)
      at = step_for(at, std::string(chain[k].key), chain[k + 1].because,
                    grows(chain[k].key) ? TrailStepKind::Rework : TrailStepKind::Moved);
    return at;
  }

  [[nodiscard]] bool knows(std::string const& key) const {
    if (changed(key)) return true;
    auto const delta = deltas_.find(key);
    return delta != deltas_.end() && delta->second->moved();
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
      if (auto const delta = deltas_.find(node.key); delta != deltas_.end() && !delta->second->name.empty())
        return delta->second->name;
    return node.key;
  }

  std::size_t path(Path const& path) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < path.size(); ++i) {
      auto const& step = path[i];
      bool const changes = step.node.kind == FactKind::Activity && effects_.contains(step.node.key);
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
      if (auto const effect = effects_.find(step.node.key); effect != effects_.end())
        return effect->second->cause;
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
    auto const delta = deltas_.find(key);
    if (delta == deltas_.end() || !delta->second->before || !delta->second->after) return std::nullopt;
    return delta->second->early_finish;
  }

  /// Where the change sets in: the way over traces, then the activity, then its rework.
  std::size_t origin(std::string const& key) {
    auto const original = originals_.find(key);
    std::string const& of = original == originals_.end() ? key : original->second;
    std::size_t at = 0;
    bool found = false;
    for (auto const& reached : parts_.reached) {
      if (reached.node.kind != FactKind::Activity || reached.node.key != of) continue;
      at = path(reached.strongest);
      found = true;
      break;
    }
    if (!found && effects_.contains(of)) {
      // A test that is run again brings its activity in, without a trace to the activity itself.
      for (auto const& rework : parts_.reworks)
        if (rework.activity == of) at = step_for(0, of, rework.reason, TrailStepKind::Rework);
      found = true;
    }
    if (!found) at = step_for(0, of, "its dates change with the edits", TrailStepKind::Moved);
    if (original != originals_.end())
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

  /// A date that hands a change on, and why the next activity has it from there.
  struct Carried {
    std::string_view key;
    DateField field;
    When when;  ///< Which schedule's reason that is.
    std::string because;
  };

  static std::string words_of(ScheduleRows::Source const& source) {
    if (source.driver != Driver::Link) return "holds it";
    auto const& link = *source.link;
    std::string text(to_name(link.type));
    if (source.ahead) return "as late as possible, " + text;
    if (link.lag == 0) return text;
    text += link.lag > 0 ? " +" : " -";
    auto const size = std::abs(link.lag);
    text += is_percent(link.lag_kind) ? std::to_string(size / 100) + " %" : to_string(Work{size});
    return text + (is_elapsed(link.lag_kind) ? " elapsed" : "");
  }

  [[nodiscard]] ActivityDelta const* delta_of(std::string_view key) const {
    auto const found = deltas_.find(key);
    return found == deltas_.end() ? nullptr : found->second;
  }

  static Elapsed shift(ActivityDelta const& delta, DateField field) {
    return field == DateField::EarlyStart ? delta.early_start : delta.early_finish;
  }
  [[nodiscard]] bool moved(std::string_view key, DateField field) const {
    auto const* delta = delta_of(key);
    return delta && (!delta->before || !delta->after || shift(*delta, field).seconds != 0);
  }

  /// The date that hands the change on to this one; none where the change sets in. A date that comes later
  /// does so because of what holds it now, one that comes earlier because of what held it before; an
  /// activity as late as possible the other way round.
  std::optional<Carried> carried_by(Carried const& at) const {
    if (!moved(at.key, at.field)) return carried_by(at, at.when, 0);
    auto const& delta = *delta_of(at.key);
    if (!delta.after) return std::nullopt;
    bool const earlier = delta.before && shift(delta, at.field).seconds < 0;
    std::array const order = {earlier ? When::Before : When::After, earlier ? When::After : When::Before};
    for (auto const when : order)
      if (auto found = carried_by(at, when, 0)) return found;
    if (changed(at.key)) return std::nullopt;
    auto const other = at.field == DateField::EarlyStart ? DateField::EarlyFinish : DateField::EarlyStart;
    if (moved(at.key, other) && !seen_.contains({delta.key, other}))
      return Carried{delta.key, other, at.when, {}};
    // What holds it shows in none of its dates: an expected finish that a link took away, or an activity as
    // late as possible that went along with its own successor.
    for (auto const when : order) {
      ScheduleRows const rows(when == When::After ? parts_.after : parts_.before);
      if (auto const row = rows.find(at.key))
        if (auto found = most_moved(at, when, rows, rows.predecessors(*row), 0)) return found;
    }
    return std::nullopt;
  }

  std::optional<Carried> carried_by(Carried const& at, When when, std::size_t unmoved) const {
    ScheduleRows const rows(when == When::After ? parts_.after : parts_.before);
    auto const row = rows.find(at.key);
    if (!row) return std::nullopt;
    auto const sources = rows.sources(*row, at.field);
    if (sources.front().driver == Driver::ProjectFinish) {
      auto const* last = detail::ends_last(parts_, when, *row);
      if (!last || last->key == at.key || seen_.contains({last->key, DateField::EarlyFinish}))
        return std::nullopt;
      return Carried{last->key, DateField::EarlyFinish, when, "as late as the project's finish lets it"};
    }
    return most_moved(at, when, rows, sources, unmoved);
  }

  std::optional<Carried> most_moved(Carried const& at, When when, ScheduleRows const& rows,
                                    std::vector<ScheduleRows::Source> const& sources,
                                    std::size_t unmoved) const {
    std::optional<Carried> best;
    std::int64_t most = -1;
    for (auto const& source : sources) {
      if (source.row == ActivityIndex::none) continue;
      Carried from{rows.key(source.row), source.field, when, words_of(source)};
      if (seen_.contains({from.key, from.field})) continue;
      if (changed(at.key) && follows(from.key, at.key)) continue;
      std::int64_t size = 0;
      if (moved(from.key, from.field))
        size = 1 + std::abs(shift(*delta_of(from.key), from.field).seconds);
      else if (auto const removed = bridged(at.key, source, from); !removed.empty())
        from = {removed, DateField::EarlyFinish, When::Before, "it is removed"};
      else if (!hands_on(rows, at.key, source, from, unmoved))
        continue;
      if (size <= most) continue;
      most = size;
      best = std::move(from);
    }
    return best;
  }

  /// It goes as late as `successor` lets it, now or before: an effect, never a reason.
  [[nodiscard]] bool follows(std::string_view key, std::string_view successor) const {
    for (auto const& rows : {ScheduleRows(parts_.after), ScheduleRows(parts_.before)}) {
      auto const row = rows.find(key);
      if (!row) continue;
      for (auto const field : {DateField::EarlyStart, DateField::EarlyFinish})
        for (auto const& source : rows.sources(*row, field))
          if (source.driver == Driver::Link && source.ahead && rows.key(source.row) == successor) return true;
    }
    return false;
  }

  /// A date that stays where it is and yet hands a change on: of an activity that the change names, where it
  /// has begun, so that the date is an actual one, or where the link comes or goes; or of one of Primavera's
  /// completed activities, which pass on what holds them.
  bool hands_on(ScheduleRows const& rows, std::string_view at, ScheduleRows::Source const& source,
                Carried const& from, std::size_t unmoved) const {
    constexpr std::size_t most_in_a_row = 64;
    if (changed(from.key) && (rows.started(source.row) || only_in(at, source, from))) return true;
    return rows.completed(source.row) && unmoved < most_in_a_row && carried_by(from, from.when, unmoved + 1);
  }

  /// Whether the other one of the two schedules lacks the link.
  bool only_in(std::string_view at, ScheduleRows::Source const& source, Carried const& from) const {
    if (!source.link) return false;
    ScheduleRows const other(from.when == When::After ? parts_.before : parts_.after);
    auto const links = source.ahead ? other.links(at, from.key) : other.links(from.key, at);
    return std::find(links.begin(), links.end(), *source.link) == links.end();
  }

  /// Where an activity was removed its predecessors lead to its successors: the one behind such a link.
  std::string_view bridged(std::string_view at, ScheduleRows::Source const& source,
                           Carried const& from) const {
    if (from.when == When::Before || !only_in(at, source, from)) return {};
    auto const predecessor = source.ahead ? at : from.key, successor = source.ahead ? from.key : at;
    ScheduleRows const before(parts_.before);
    for (auto const& [key, effect] : effects_)
      if (effect->removed &&
          (!before.links(predecessor, key).empty() || !before.links(key, successor).empty()))
        return key;
    return {};
  }

  /// Its work changes; a link or a constraint alone moves it.
  [[nodiscard]] bool grows(std::string_view key) const {
    return std::any_of(parts_.reworks.begin(), parts_.reworks.end(),
                       [&](Rework const& rework) { return rework.activity == key; });
  }

  /// By the change itself.
  [[nodiscard]] bool changed(std::string_view key) const {
    return effects_.contains(key) || originals_.contains(key);
  }

  ActivityDelta const* least_float() const {
    ActivityDelta const* least = nullptr;
    for (auto const& [key, effect] : effects_) {
      auto const delta = deltas_.find(effect->rework_key.empty() ? key : effect->rework_key);
      if (delta == deltas_.end() || !delta->second->after) continue;
      if (!least || delta->second->after->total_float < least->after->total_float ||
          (delta->second->after->total_float == least->after->total_float && delta->second->key < least->key))
        least = delta->second;
    }
    return least;
  }

  Impact::Parts const& parts_;
  Trail trail_;
  std::unordered_map<std::string_view, ActivityDelta const*> deltas_;
  std::unordered_map<std::string_view, ActivityEffect const*> effects_;
  std::set<std::pair<std::string_view, DateField>> seen_;        ///< On the way that is walked.
  std::unordered_map<std::string_view, std::string> originals_;  ///< rework activity → completed one
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
