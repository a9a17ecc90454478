#include "impact/edit_list.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "rapport/model/describe.h"

namespace rapport::detail {
namespace {

/// Facts that dates and cost come from; those only referred to are never removed from a state.
Facts planning_facts(Facts const& all) {
  Facts facts;
  facts.name = all.name, facts.time_zone = all.time_zone, facts.currency = all.currency;
  facts.subprojects = all.subprojects, facts.calendars = all.calendars, facts.wbs = all.wbs;
  facts.activities = all.activities, facts.links = all.links, facts.resources = all.resources;
  facts.assignments = all.assignments, facts.cost_accounts = all.cost_accounts;
  facts.expenses = all.expenses, facts.contract_milestones = all.contract_milestones;
  return facts;
}

template <class T>
T const* found(std::vector<T> const& facts, std::string const& key) {
  auto const at = std::find_if(facts.begin(), facts.end(), [&](T const& each) { return each.key == key; });
  return at == facts.end() ? nullptr : &*at;
}

/// What a field of an activity is about; nothing when it moves neither dates nor cost.
std::optional<EditKind> kind_of_activity_field(std::string const& field, bool begun) {
  if (field == "name" || field == "source_id") return std::nullopt;
  if (field == "duration") return EditKind::Durations;
  if (field == "progress.remaining" && !begun) return EditKind::Durations;
  if (field == "progress.physical_percent") return std::nullopt;
  if (field.starts_with("progress")) return EditKind::Progress;
  if (field == "calendar") return EditKind::Calendars;
  for (auto const* each : {"constraint", "secondary_constraint", "deadline", "expected_finish", "external_"})
    if (field.starts_with(each)) return EditKind::Constraints;
  return EditKind::Structure;
}

std::optional<EditKind> kind_of_subproject_field(std::string const& field) {
  if (field == "name") return std::nullopt;
  if (field == "data_date") return EditKind::DataDate;
  if (field == "calendar") return EditKind::Calendars;
  if (field.starts_with("rules")) return EditKind::Rules;
  return EditKind::Constraints;
}

/// The top of a path: "progress" of "progress.actual_start".
std::string top_of(std::string const& field) { return field.substr(0, field.find('.')); }

std::string field_words(FieldDifference const& field) {
  auto const said = [](std::string const& text) {
    constexpr std::size_t most = 60;
    return text.empty() ? std::string("none") : text.size() > most ? text.substr(0, most) + "…" : text;
  };
  return field.field + " " + said(field.before) + " → " + said(field.after);
}

/// Copies the named fields. `progress.remaining` goes with a duration when nothing has begun.
template <class T>
void copy_fields(T& into, T const& from, std::vector<std::string> const& fields) {
  std::vector<void const*> members;
  describe(from, [&](char const*, auto const& member, auto...) { members.push_back(&member); });
  std::size_t at = 0;
  describe(into, [&]<class M>(char const* name, M& member, auto...) {
    void const* const source = members[at++];
    if (std::find(fields.begin(), fields.end(), name) != fields.end())
      member = *static_cast<M const*>(source);
  });
  if constexpr (std::is_same_v<T, Activity>) {
    auto const has = [&](char const* name) {
      return std::find(fields.begin(), fields.end(), name) != fields.end();
    };
    if (has("progress.remaining")) into.progress.remaining = from.progress.remaining;
  }
}

}  // namespace

EditList::EditList(Facts const& before, Facts const& after, std::vector<FactDifference> const& differences)
    : before_(planning_facts(before)), after_(planning_facts(after)) {
  for (auto const& each : differences) {
    if (each.node.kind != FactKind::Activity) continue;
    if (each.difference == DifferenceKind::Added) added_.insert(each.node.key);
    if (each.difference == DifferenceKind::Removed) removed_.insert(each.node.key);
  }
  for (auto const& each : differences) list(each);
  find_rows();
  // What may be referred to is in every state.
  auto const join = [](auto& into, auto const& from) {
    std::set<std::string> keys;
    for (auto const& fact : into) keys.insert(fact.key);
    for (auto const& fact : from)
      if (!keys.contains(fact.key)) into.push_back(fact);
  };
  join(before_.subprojects, after_.subprojects), join(before_.calendars, after_.calendars);
  join(before_.wbs, after_.wbs), join(before_.resources, after_.resources);
  join(before_.cost_accounts, after_.cost_accounts);
}

void EditList::list(FactDifference const& difference) {
  auto const& node = difference.node;
  bool const changed = difference.difference == DifferenceKind::Changed;
  auto const make = [&](EditKind kind, std::string activity, std::string words) {
    PlanEdit edit{kind, node, {}, std::move(activity), std::move(words)};
    edit.changes = changed;
    edits_.push_back(std::move(edit));
  };
  auto const words = [&] {
    std::string text = std::string(name_of(node.kind)) + " " + node.key;
    if (!changed) return text + " " + std::string(to_name(difference.difference));
    for (auto const& field : difference.fields)
      text += (&field == &difference.fields.front() ? ": " : "; ") + field_words(field);
    return text;
  };
  /// Of a fact that belongs to activities: the added or removed one it came or went with.
  auto const with_activity = [&](std::string const& a, std::string const& b, EditKind otherwise) {
    for (auto const& key : {a, b}) {
      if (!changed && added_.contains(key)) return make(EditKind::AddedActivities, key, words());
      if (!changed && removed_.contains(key)) return make(EditKind::RemovedActivities, key, words());
    }
    make(otherwise, b, words());
  };
  auto const in_either = [&]<class T>(std::vector<T> Facts::*member) -> T const& {
    auto const* fact = found(before_.*member, node.key);
    return fact ? *fact : *found(after_.*member, node.key);
  };
  auto const by_field = [&](auto const& kind_of, std::string const& activity) {
    std::map<EditKind, PlanEdit> parts;
    for (auto const& field : difference.fields) {
      auto const kind = kind_of(field.field);
      if (!kind) continue;
      auto& edit =
          parts.try_emplace(*kind, PlanEdit{*kind, node, {}, activity, node.key + ":"}).first->second;
      edit.fields.push_back(*kind == EditKind::Durations && field.field == "progress.remaining"
                                ? field.field
                                : top_of(field.field));
      edit.words += (edit.words.back() == ':' ? " " : "; ") + field_words(field);
    }
    for (auto& [kind, edit] : parts) edits_.push_back(std::move(edit));
  };
  switch (node.kind) {
    case FactKind::Activity: {
      if (!changed)
        return make(added_.contains(node.key) ? EditKind::AddedActivities : EditKind::RemovedActivities,
                    node.key, words());
      bool const begun = found(before_.activities, node.key)->progress.actual_start ||
                         found(after_.activities, node.key)->progress.actual_start;
      return by_field([&](std::string const& field) { return kind_of_activity_field(field, begun); },
                      node.key);
    }
    case FactKind::Subproject:
      if (changed) by_field(kind_of_subproject_field, "");
      return;
    case FactKind::Calendar:
      if (changed) make(EditKind::Calendars, "", words());
      return;
    case FactKind::WbsNode:
      if (changed && std::any_of(difference.fields.begin(), difference.fields.end(),
                                 [](auto const& field) { return field.field == "parent"; }))
        make(EditKind::Structure, "", words());
      return;
    case FactKind::Resource:
      if (changed) make(EditKind::Resources, "", words());
      return;
    case FactKind::Link: {
      auto const& link = in_either(&Facts::links);
      return with_activity(link.predecessor, link.successor, EditKind::Links);
    }
    case FactKind::Assignment: {
      auto const& assignment = in_either(&Facts::assignments);
      return with_activity(assignment.activity, assignment.activity, EditKind::Resources);
    }
    case FactKind::Expense: {
      auto const& expense = in_either(&Facts::expenses);
      return with_activity(expense.activity, expense.activity, EditKind::Costs);
    }
    case FactKind::ContractMilestone:
      return make(EditKind::Costs, "", words());
    default:
      return;
  }
}

void EditList::find_rows() {
  for_each_fact_type([&]<class T>() {
    auto const rows_of = [](std::vector<T> const& facts) {
      std::unordered_map<std::string, std::size_t> rows;
      for (std::size_t i = 0; i < facts.size(); ++i) rows.emplace(facts[i].key, i);
      return rows;
    };
    auto const mine = rows_of(before_.*FactTraits<T>::member),
               theirs = rows_of(after_.*FactTraits<T>::member);
    auto const row = [](auto const& rows, std::string const& key) {
      auto const at = rows.find(key);
      return at == rows.end() ? SIZE_MAX : at->second;
    };
    for (auto& edit : edits_) {
      if (edit.node.kind != FactTraits<T>::kind) continue;
      edit.before_row = row(mine, edit.node.key), edit.after_row = row(theirs, edit.node.key);
      if constexpr (std::is_same_v<T, Link>) {
        // A changed link may have another key afterwards.
        if (edit.before_row == SIZE_MAX || edit.after_row != SIZE_MAX || !edit.changes) continue;
        auto const& was = before_.links[edit.before_row];
        for (std::size_t i = 0; i < after_.links.size(); ++i)
          if (after_.links[i].predecessor == was.predecessor && after_.links[i].successor == was.successor &&
              !mine.contains(after_.links[i].key))
            edit.after_row = i;
      }
    }
  });
}

Project EditList::state(std::vector<std::uint8_t> const& chosen) const {
  Facts facts = before_;
  std::set<NodeRef> gone;
  for (std::size_t k = 0; k < edits_.size(); ++k) {
    auto const& edit = edits_[k];
    if (!chosen[k]) continue;
    if (edit.after_row == SIZE_MAX) {
      gone.insert(edit.node);
      continue;
    }
    with_fact_type(edit.node.kind, [&]<class T>() {
      auto& mine = facts.*FactTraits<T>::member;
      auto const& target = (after_.*FactTraits<T>::member)[edit.after_row];
      if (edit.before_row == SIZE_MAX) {
        mine.push_back(target);
      } else if (edit.fields.empty()) {
        auto& fact = mine[edit.before_row];
        auto key = fact.key;
        fact = target;
        fact.key = std::move(key);
      } else if constexpr (std::is_same_v<T, Activity> || std::is_same_v<T, Subproject>) {
        copy_fields(mine[edit.before_row], target, edit.fields);
      }
    });
  }
  std::unordered_set<std::string_view> there;
  for (auto const& activity : facts.activities)
    if (!gone.contains({FactKind::Activity, activity.key})) there.insert(activity.key);
  auto const drop = [&](auto& all, auto const& names) {
    using T = typename std::remove_reference_t<decltype(all)>::value_type;
    std::erase_if(all, [&](T const& each) {
      return (!gone.empty() && gone.contains({FactTraits<T>::kind, each.key})) || !names(each);
    });
  };
  drop(facts.links,
       [&](Link const& each) { return there.contains(each.predecessor) && there.contains(each.successor); });
  auto const on_activity = [&](auto const& each) { return there.contains(each.activity); };
  drop(facts.assignments, on_activity), drop(facts.expenses, on_activity);
  drop(facts.contract_milestones, on_activity);
  std::erase_if(facts.activities, [&](Activity const& each) {
    return gone.contains({FactKind::Activity, each.key});
  });
  return Project(std::move(facts));
}

}  // namespace rapport::detail
