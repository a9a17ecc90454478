// What differs between two sets of facts, field by field.

#include <map>
#include <unordered_map>

#include "impact/edit_list.h"
#include "model/encode.h"

namespace rapport::detail {
namespace {

using DocumentJson = nlohmann::ordered_json;

std::string field_text(DocumentJson const& value) {
  if (value.is_null()) return {};
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// Objects are walked into, everything else is compared whole.
void compare_fields(std::string const& path, DocumentJson const& before, DocumentJson const& after,
                    std::vector<FieldDifference>& out) {
  if (before == after) return;
  bool const walk = (before.is_object() || before.is_null()) && (after.is_object() || after.is_null());
  if (!walk || (before.is_null() && after.is_null())) {
    out.push_back({path, field_text(before), field_text(after)});
    return;
  }
  auto const below = [&](std::string const& name) { return path.empty() ? name : path + "." + name; };
  auto const at = [](DocumentJson const& object, std::string const& name) {
    return object.is_object() && object.contains(name) ? object.at(name) : DocumentJson();
  };
  if (after.is_object())
    for (auto const& [name, value] : after.items()) compare_fields(below(name), at(before, name), value, out);
  if (before.is_object())
    for (auto const& [name, value] : before.items())
      if (!after.is_object() || !after.contains(name))
        compare_fields(below(name), value, DocumentJson(), out);
}

template <class T>
std::string name_of_fact(T const& fact) {
  if constexpr (requires { fact.name; }) return fact.name;
  if constexpr (requires { fact.title; }) return fact.title;
  if constexpr (requires { fact.predecessor; }) return fact.predecessor + " → " + fact.successor;
  return {};
}

/// Rows of `one` and `other` that hold the same fact; `none` where the other lacks it.
constexpr std::size_t no_row = SIZE_MAX;

template <class T>
std::vector<std::size_t> matches(std::vector<T> const& before, std::vector<T> const& after) {
  std::unordered_map<std::string, std::size_t> row;
  for (std::size_t i = 0; i < after.size(); ++i) row.emplace(after[i].key, i);
  std::vector<std::size_t> match(before.size(), no_row);
  std::vector<std::uint8_t> taken(after.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    auto const found = row.find(before[i].key);
    if (found != row.end()) match[i] = found->second, taken[found->second] = 1;
  }
  if constexpr (std::is_same_v<T, Link>) {
    std::multimap<std::pair<std::string, std::string>, std::size_t> ends;
    for (std::size_t i = 0; i < after.size(); ++i)
      if (!taken[i]) ends.emplace(std::pair(after[i].predecessor, after[i].successor), i);
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (match[i] != no_row) continue;
      auto const found = ends.find({before[i].predecessor, before[i].successor});
      if (found != ends.end()) match[i] = found->second, ends.erase(found);
    }
  }
  return match;
}

template <class T>
FactDifference& told(std::vector<FactDifference>& out, DifferenceKind difference, std::string const& key,
                     T const& named) {
  FactDifference& made = out.emplace_back();
  made.difference = difference;
  made.node.kind = FactTraits<T>::kind;
  made.node.key = key;
  made.name = name_of_fact(named);
  return made;
}

template <class T>
void compare_kind(std::vector<T> const& before, std::vector<T> const& after,
                  std::vector<FactDifference>& out) {
  auto const match = matches(before, after);
  std::vector<std::size_t> back(after.size(), no_row);
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (match[i] == no_row)
      told(out, DifferenceKind::Removed, before[i].key, before[i]);
    else
      back[match[i]] = i;
  }
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (back[i] == no_row) {
      told(out, DifferenceKind::Added, after[i].key, after[i]);
      continue;
    }
    auto const& was = before[back[i]];
    if (was == after[i]) continue;
    auto& changed = told(out, DifferenceKind::Changed, was.key, after[i]);
    compare_fields("", Encoder().encode(was), Encoder().encode(after[i]), changed.fields);
  }
}

}  // namespace

std::vector<FactDifference> differences_of(Facts const& before, Facts const& after) {
  std::vector<FactDifference> out;
  for_each_fact_type([&]<class T>() {
    if constexpr (!std::is_same_v<T, RecordedDates>)
      compare_kind(before.*FactTraits<T>::member, after.*FactTraits<T>::member, out);
  });
  return out;
}

void match_subprojects(Facts& before, Facts const& after) {
  auto const used = [](Facts const& facts) {
    std::map<std::string, std::size_t> count;
    for (auto const& activity : facts.activities) ++count[activity.subproject];
    return count;
  };
  auto const of_before = used(before), of_after = used(after);
  if (of_before.size() != 1 || of_after.size() != 1) return;
  auto const from = of_before.begin()->first, to = of_after.begin()->first;
  auto const known = [&](std::string const& key) {
    return std::any_of(before.subprojects.begin(), before.subprojects.end(),
                       [&](Subproject const& each) { return each.key == key; });
  };
  if (from == to || from.empty() || to.empty() || known(to)) return;
  for (auto& each : before.subprojects)
    if (each.key == from) each.key = to;
  for (auto& each : before.activities) each.subproject = to;
  for (auto& each : before.wbs)
    if (each.subproject == from) each.subproject = to;
}

}  // namespace rapport::detail
