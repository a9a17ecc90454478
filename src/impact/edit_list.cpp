#include "impact/edit_list.h"

#include <algorithm>

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
    if (std::find(fields.begin(), fields.end(), name) != fields.end()) member = *static_cast<M const*>(source);
  });
  if constexpr (std::is_same_v<T, Activity>) {
    auto const has = [&](char const* name) { return std::find(fields.begin(), fields.end(), name) != fields.end(); };
    if (has("progress.remaining")) into.progress.remaining = from.progress.remaining;
  }
}

template <class T>
void put(std::vector<T>& facts, T const& fact, std::string const& key) {
  auto const at = std::find_if(facts.begin(), facts.end(), [&](T const& each) { return each.key == key; });
  if (at == facts.end())
    facts.push_back(fact);
  else
    *at = fact;
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
    edits_.push_back({kind, node, {}, std::move(activity), std::move(words)});
  };
  auto const words = [&] {
    std::string text = std::string(name_of(node.kind)) + " " + node.key;
    if (!changed) return text + " " + std::string(to_name(difference.difference));
    for (auto const& field : difference.fields) text += (&field == &difference.fields.front() ? ": " : "; ") + field_words(field);
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
      auto& edit = parts.try_emplace(*kind, PlanEdit{*kind, node, {}, activity, node.key + ":"}).first->second;
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

Project EditList::state(std::vector<std::uint8_t> const& chosen) const {
  Facts facts = before_;
  auto const make = [&]<class T>(PlanEdit const& edit, T const*) {
    auto& mine = facts.*FactTraits<T>::member;
    auto const& theirs = after_.*FactTraits<T>::member;
    auto const* target = found(theirs, edit.node.key);
    if constexpr (std::is_same_v<T, Link>) {
      // A changed link may have another key afterwards.
      if (!target)
        if (auto const* was = found(mine, edit.node.key))
          for (auto const& each : theirs)
            if (each.predecessor == was->predecessor && each.successor == was->successor &&
                !found(before_.links, each.key))
              target = &each;
    }
    if (!target)
      std::erase_if(mine, [&](T const& each) { return each.key == edit.node.key; });
    else if (edit.fields.empty())
      put(mine, *target, edit.node.key);
    else if constexpr (std::is_same_v<T, Activity> || std::is_same_v<T, Subproject>)
      for (auto& each : mine)
        if (each.key == edit.node.key) copy_fields(each, *target, edit.fields);
  };
  for (std::size_t k = 0; k < edits_.size(); ++k)
    if (chosen[k]) with_fact_type(edits_[k].node.kind, [&]<class T>() { make(edits_[k], static_cast<T const*>(nullptr)); });
  std::set<std::string_view> there;
  for (auto const& activity : facts.activities) there.insert(activity.key);
  auto const gone = [&](std::string const& key) { return !there.contains(key); };
  std::erase_if(facts.links, [&](Link const& each) { return gone(each.predecessor) || gone(each.successor); });
  std::erase_if(facts.assignments, [&](Assignment const& each) { return gone(each.activity); });
  std::erase_if(facts.expenses, [&](Expense const& each) { return gone(each.activity); });
  std::erase_if(facts.contract_milestones,
                [&](ContractMilestone const& each) { return gone(each.activity); });
  return Project(std::move(facts));
}

}  // namespace rapport::detail
