#include "rapport/impact/compare.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <numeric>
#include <set>

#include "impact/edit_list.h"
#include "impact/fair_shares.h"

namespace rapport {

#define RAPPORT_NAMES(Enum, ...)                                                  \
  template <>                                                                     \
  std::span<std::string_view const> names_of<Enum>() {                            \
    static constexpr auto names = std::to_array<std::string_view>({__VA_ARGS__}); \
    return names;                                                                 \
  }
RAPPORT_NAMES(DifferenceKind, "added", "removed", "changed")
RAPPORT_NAMES(EditKind, "data_date", "progress", "durations", "constraints", "links", "added_activities",
              "removed_activities", "calendars", "resources", "costs", "rules", "structure")
RAPPORT_NAMES(DeltaBy, "kind", "activity", "edit")
#undef RAPPORT_NAMES

namespace {

using detail::EditList;
using detail::PlanEdit;

/// Edits that are explained together.
struct EditGroup {
  std::string name;
  std::vector<std::size_t> edits;  ///< Into EditList::edits().
};

std::vector<EditGroup> grouped(std::vector<PlanEdit> const& edits, DeltaBy by) {
  std::vector<EditGroup> groups;
  std::map<std::string, std::size_t> known;
  for (std::size_t k = 0; k < edits.size(); ++k) {
    auto const& edit = edits[k];
    std::string name{to_name(edit.kind)};
    if (by == DeltaBy::Activity && !edit.activity.empty()) name = edit.activity;
    if (by == DeltaBy::Edit) name = edit.words;
    auto const [at, fresh] = known.try_emplace(name, groups.size());
    if (fresh || by == DeltaBy::Edit)
      groups.push_back({name, {k}});
    else
      groups[at->second].edits.push_back(k);
  }
  return groups;
}

bool shapes_network(EditKind kind) {
  return kind == EditKind::Links || kind == EditKind::AddedActivities ||
         kind == EditKind::RemovedActivities || kind == EditKind::Structure;
}

Schedule scheduled(Project const& project, CompareOptions const& options) {
  auto const network = compile(project);
  return options.rules ? schedule(network, *options.rules) : schedule(network);
}

/// Computes states, and puts groups together that cannot stand without one another.
class Explainer {
 public:
  Explainer(EditList const& list, Comparison const& comparison, CompareOptions const& options,
            DeltaExplanation& out)
      : list_(list), options_(options), out_(out), groups_(grouped(list.edits(), options.by)) {
    auto const& after = comparison.after;
    std::uint32_t last = 0;
    for (std::uint32_t i = 0; i < after.network().activity_count(); ++i)
      if (after.dates(ActivityIndex{i}).early_finish == after.finish()) last = i;
    if (!options.milestone.empty()) last = after.network().at(options.milestone).value;
    if (after.network().activity_count() > 0) calendar_ = after.network().calendar({last});
  }

  [[nodiscard]] WorkingTime const& calendar() const { return calendar_; }

  void explain(RunControl const& control) {
    detail::ShareOptions chosen{options_.exact_parts, options_.permutations, options_.most_schedules,
                                options_.seed, options_.threads};
    detail::FairShares shares;
    for (bool done = false; !done;) {
      failure_.reset();
      auto const value = [&](std::vector<std::uint8_t> const& parts) { return measured(parts); };
      try {
        shares = detail::fair_shares(groups_.size(), value, chosen, control);
        done = true;
      } catch (Cancelled const&) {
        throw;
      } catch (Error const&) {
        if (!failure_ || groups_.size() < 2) throw;
        // Which thread met a fault first is chance; alone, the first fault is always the same.
        if (chosen.threads != 1) {
          chosen.threads = 1;
          continue;
        }
        put_together();
        chosen.threads = options_.threads;
      }
    }
    write(shares);
  }

 private:
  struct Failure {
    std::vector<std::string> loop;
    std::string message;
  };

  detail::Measures measured(std::vector<std::uint8_t> const& parts) {
    std::vector<std::uint8_t> edits(list_.edits().size());
    for (std::size_t g = 0; g < groups_.size(); ++g)
      for (auto const k : groups_[g].edits) edits[k] = parts[g];
    try {
      Project const project = list_.state(edits);
      Schedule const dates = scheduled(project, options_);
      Instant const finish =
          options_.milestone.empty() ? dates.finish() : dates.dates(options_.milestone).early_finish;
      std::int64_t cost = 0;
      if (out_.cost)
        if (auto const total = plan_cost(project, dates)) cost = total->minor;
      return {finish.seconds, calendar_.rank(finish).seconds, cost};
    } catch (CycleError const& fault) {
      fail({fault.keys(), fault.what()});
      throw;
    } catch (InvalidInput const& fault) {
      fail({{}, fault.what()});
      throw;
    }
  }

  void fail(Failure failure) {
    std::scoped_lock const lock(guard_);
    if (!failure_) failure_ = std::move(failure);
  }

  /// The groups that shape the loop, else those that shape the network, else all.
  void put_together() {
    std::set<std::string> const loop(failure_->loop.begin(), failure_->loop.end());
    auto const any = [&](auto const& wanted) {
      std::vector<std::size_t> found;
      for (std::size_t g = 0; g < groups_.size(); ++g)
        if (std::any_of(groups_[g].edits.begin(), groups_[g].edits.end(),
                        [&](std::size_t k) { return wanted(list_.edits()[k]); }))
          found.push_back(g);
      return found;
    };
    auto together = any([&](PlanEdit const& edit) {
      return shapes_network(edit.kind) && (loop.contains(edit.activity) || loop.contains(edit.node.key));
    });
    if (together.size() < 2)
      together = any([&](PlanEdit const& edit) { return !loop.empty() && shapes_network(edit.kind); });
    if (together.size() < 2) together = any([](PlanEdit const&) { return true; });
    auto& first = groups_[together.front()];
    std::string names = first.name;
    for (std::size_t k = 1; k < together.size(); ++k) {
      auto const& other = groups_[together[k]];
      names += " + " + other.name;
      first.edits.insert(first.edits.end(), other.edits.begin(), other.edits.end());
    }
    out_.notes.push_back(
        {.severity = Severity::Info,
         .file = {},
         .subject = names,
         .message = "cannot be told apart: one without the other gives \"" + failure_->message + "\"",
         .action = "they are explained as one part"});
    first.name = names;
    for (std::size_t k = together.size(); k-- > 1;)
      groups_.erase(groups_.begin() + static_cast<std::ptrdiff_t>(together[k]));
  }

  void write(detail::FairShares const& shares) {
    out_.exact = shares.permutations == 0;
    out_.permutations = shares.permutations;
    out_.schedules = shares.evaluations;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      DeltaPart part;
      part.name = groups_[g].name;
      for (auto const k : groups_[g].edits) part.edits.push_back(list_.edits()[k].words);
      part.finish = {shares.share[g][0]};
      part.finish_work = {shares.share[g][1]};
      if (out_.cost) part.cost = Money{shares.share[g][2], out_.cost->currency};
      part.finish_error = shares.error[g][0];
      part.cost_error = shares.error[g][2];
      out_.parts.push_back(std::move(part));
    }
    std::stable_sort(out_.parts.begin(), out_.parts.end(), [](DeltaPart const& a, DeltaPart const& b) {
      auto const size = [](DeltaPart const& part) {
        auto const cost = part.cost ? part.cost->minor : 0;
        return std::pair(std::abs(part.finish.seconds), std::abs(cost));
      };
      return size(a) > size(b);
    });
  }

  EditList const& list_;
  CompareOptions const& options_;
  DeltaExplanation& out_;
  std::vector<EditGroup> groups_;
  WorkingTime calendar_;
  std::mutex guard_;
  std::optional<Failure> failure_;
};

ActivityDelta delta_of(Activity const& activity, std::optional<ActivityDates> before,
                       std::optional<ActivityDates> after) {
  ActivityDelta delta;
  delta.key = activity.key, delta.name = activity.name, delta.kind = activity.kind;
  delta.before = before, delta.after = after;
  if (before && after) {
    delta.early_start = after->early_start - before->early_start;
    delta.early_finish = after->early_finish - before->early_finish;
    delta.late_start = after->late_start - before->late_start;
    delta.late_finish = after->late_finish - before->late_finish;
    delta.total_float = after->total_float - before->total_float;
    delta.free_float = after->free_float - before->free_float;
  }
  delta.newly_critical = after && after->critical && !(before && before->critical);
  delta.no_longer_critical = before && before->critical && !(after && after->critical);
  return delta;
}

std::vector<ActivityDelta> moved_between(Facts const& before, Facts const& after, Schedule const& was,
                                         Schedule const& is) {
  auto const dates = [](Schedule const& schedule, std::string const& key) -> std::optional<ActivityDates> {
    auto const i = schedule.network().find(key);
    return i ? std::optional(schedule.dates(*i)) : std::nullopt;
  };
  std::vector<ActivityDelta> moved;
  for (auto const& activity : after.activities) {
    auto delta = delta_of(activity, dates(was, activity.key), dates(is, activity.key));
    if (delta.moved()) moved.push_back(std::move(delta));
  }
  for (auto const& activity : before.activities)
    if (!is.network().find(activity.key)) moved.push_back(delta_of(activity, dates(was, activity.key), {}));
  return moved;
}

std::optional<Money> cost_difference(DeltaExplanation& out) {
  if (!out.cost_before && !out.cost_after) return std::nullopt;
  try {
    return out.cost_after.value_or(Money{}) - out.cost_before.value_or(Money{});
  } catch (InvalidInput const&) {
    out.notes.push_back({.severity = Severity::Warning,
                         .file = {},
                         .subject = "cost",
                         .message = "the two are in different currencies",
                         .action = "the difference in cost is not explained"});
    return std::nullopt;
  }
}

}  // namespace

Comparison compare(Project const& before, Project const& after, CompareOptions const& options,
                   RunControl const& control) {
  if (options.permutations == 0)
    throw InvalidInput("0 orders of the parts say nothing of more than " +
                       std::to_string(options.exact_parts) + " of them; give 1 permutation or more");
  control.report(0, "comparing");
  Facts was = before.facts();
  detail::match_subprojects(was, after.facts());
  bool const renamed = was.subprojects != before.facts().subprojects;
  Project const matched = renamed ? Project(std::move(was)) : before;
  Comparison out{scheduled(matched, options), scheduled(after, options), {}, {}, {}};
  out.differences = detail::differences_of(matched.facts(), after.facts());
  out.moved = moved_between(matched.facts(), after.facts(), out.before, out.after);
  auto const finish = [&](Schedule const& dates) {
    return options.milestone.empty() ? dates.finish() : dates.dates(options.milestone).early_finish;
  };
  auto& explanation = out.explanation;
  explanation.before = finish(out.before), explanation.after = finish(out.after);
  explanation.finish = explanation.after - explanation.before;
  explanation.cost_before = plan_cost(matched, out.before);
  explanation.cost_after = plan_cost(after, out.after);
  explanation.cost = cost_difference(explanation);
  EditList const list(matched.facts(), after.facts(), out.differences);
  Explainer explainer(list, out, options, explanation);
  explanation.finish_work = explainer.calendar().between(explanation.before, explanation.after);
  if (options.explain) explainer.explain(control);
  return out;
}

std::size_t Comparison::count(DifferenceKind difference, FactKind kind) const {
  return static_cast<std::size_t>(std::count_if(
      differences.begin(), differences.end(),
      [&](FactDifference const& each) { return each.difference == difference && each.node.kind == kind; }));
}

Table Comparison::differences_table() const {
  std::vector<std::string> difference, kind, key, name, field, was, is;
  auto const row = [&](FactDifference const& each, FieldDifference const& change) {
    difference.emplace_back(to_name(each.difference));
    kind.emplace_back(name_of(each.node.kind)), key.push_back(each.node.key), name.push_back(each.name);
    field.push_back(change.field), was.push_back(change.before), is.push_back(change.after);
  };
  for (auto const& each : differences) {
    if (each.fields.empty()) row(each, {});
    for (auto const& change : each.fields) row(each, change);
  }
  Table table("differences");
  table.add("difference", difference).add("kind", kind).add("key", key).add("name", name);
  table.add("field", field).add("before", was).add("after", is);
  return table;
}

Table Comparison::moved_table() const {
  std::vector<std::string> key, name;
  std::vector<std::optional<Instant>> start_before, start_after, finish_before, finish_after;
  std::vector<std::optional<double>> delta;
  std::vector<std::optional<std::int64_t>> float_before, float_after;
  std::vector<bool> newly, no_longer;
  for (auto const& each : moved) {
    key.push_back(each.key), name.push_back(each.name);
    auto const date = [](auto const& dates, Instant ActivityDates::*field) {
      return dates ? std::optional((*dates).*field) : std::nullopt;
    };
    auto const minutes_of = [](auto const& dates) {
      return dates ? std::optional(dates->total_float.in_minutes()) : std::nullopt;
    };
    start_before.push_back(date(each.before, &ActivityDates::early_start));
    start_after.push_back(date(each.after, &ActivityDates::early_start));
    finish_before.push_back(date(each.before, &ActivityDates::early_finish));
    finish_after.push_back(date(each.after, &ActivityDates::early_finish));
    bool const both = each.before && each.after;
    delta.push_back(both ? std::optional(static_cast<double>(each.early_finish.seconds) / 3600)
                         : std::nullopt);
    float_before.push_back(minutes_of(each.before)), float_after.push_back(minutes_of(each.after));
    newly.push_back(each.newly_critical), no_longer.push_back(each.no_longer_critical);
  }
  Table table("moved");
  table.add("key", key).add("name", name);
  table.add("start_before", start_before).add("start_after", start_after);
  table.add("finish_before", finish_before).add("finish_after", finish_after);
  table.add("finish_delta_hours", delta, "h");
  table.add("total_float_before_minutes", float_before, "min");
  table.add("total_float_after_minutes", float_after, "min");
  table.add("newly_critical", newly).add("no_longer_critical", no_longer);
  return table;
}

Table Comparison::explanation_table() const {
  std::vector<std::string> part, what;
  std::vector<std::int64_t> edits, seconds;
  std::vector<double> hours_moved, working, error;
  std::vector<std::optional<Money>> cost, cost_error;
  for (auto const& each : explanation.parts) {
    part.push_back(each.name), edits.push_back(static_cast<std::int64_t>(each.edits.size()));
    seconds.push_back(each.finish.seconds);
    hours_moved.push_back(static_cast<double>(each.finish.seconds) / 3600);
    working.push_back(each.finish_work.in_hours()), error.push_back(each.finish_error / 3600);
    cost.push_back(each.cost);
    cost_error.push_back(each.cost ? std::optional(Money{static_cast<std::int64_t>(each.cost_error + 0.5),
                                                         each.cost->currency})
                                   : std::nullopt);
    std::string text;
    constexpr std::size_t most = 20;
    for (std::size_t k = 0; k < std::min(most, each.edits.size()); ++k)
      text += (k ? " | " : "") + each.edits[k];
    if (each.edits.size() > most) text += " | … " + std::to_string(each.edits.size() - most) + " more";
    what.push_back(text);
  }
  Table table("explanation");
  table.add("part", part).add("edits", edits).add("finish_seconds", seconds, "s");
  table.add("finish_hours", hours_moved, "h").add("working_hours", working, "h");
  table.add("finish_error_hours", error, "h").add("cost", cost).add("cost_error", cost_error);
  table.add("what", what);
  return table;
}

}  // namespace rapport
