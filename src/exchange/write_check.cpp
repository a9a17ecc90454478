#include "exchange/write_check.h"

#include <algorithm>
#include <type_traits>
#include <unordered_map>

#include "rapport/model/describe.h"

namespace rapport {
namespace {

using Renamed = std::unordered_map<std::string, std::string>;

/// What the planning formats hold.
template <class T>
constexpr bool is_plan_kind =
    std::is_same_v<T, Subproject> || std::is_same_v<T, Calendar> || std::is_same_v<T, WbsNode> ||
    std::is_same_v<T, Activity> || std::is_same_v<T, Link> || std::is_same_v<T, Resource> ||
    std::is_same_v<T, Assignment> || std::is_same_v<T, CostAccount> || std::is_same_v<T, Expense> ||
    std::is_same_v<T, RecordedDates>;

template <class T>
constexpr bool has_parts =
    std::is_same_v<T, ActivityProgress> || std::is_same_v<T, MicrosoftTask> || std::is_same_v<T, Rules>;

/// Names of the fields in which two values differ.
template <class T>
void differing_fields(T const& a, T const& b, std::string const& prefix, std::vector<std::string>& names) {
  describe(a, [&](std::string_view name, auto const& mine, auto...) {
    describe(b, [&](std::string_view other, auto const& theirs, auto...) {
      using Field = std::remove_cvref_t<decltype(mine)>;
      if constexpr (std::is_same_v<Field, std::remove_cvref_t<decltype(theirs)>>) {
        if (name != other || mine == theirs) return;
        std::string const full = prefix + std::string(name);
        if constexpr (has_parts<Field>)
          differing_fields(mine, theirs, full + ".", names);
        else
          names.push_back(full);
      }
    });
  });
}

template <class T>
std::string subject_of(std::string const& key) {
  return std::string(FactTraits<T>::name) + " " + key;
}

class Comparison {
 public:
  Comparison(Facts const& wanted, Facts& found, FileOrder const& order, std::string const& format,
             Findings& findings)
      : wanted_(wanted), found_(found), order_(order), format_(format), findings_(findings) {}

  void run() {
    rename_found();
    for_each_fact_type([&]<class T>() {
      if constexpr (is_plan_kind<T>)
        compare<T>();
      else
        list_kind<T>();
    });
    list_head();
  }

 private:
  template <class T>
  Renamed names_in_file() {
    Renamed names;
    auto const& keys = order_.keys[static_cast<std::size_t>(FactTraits<T>::kind)];
    auto& facts = found_.*FactTraits<T>::member;
    if (keys.size() != facts.size()) return names;
    for (std::size_t i = 0; i < facts.size(); ++i) {
      if (keys[i].empty() || facts[i].key == keys[i]) continue;
      if constexpr (!std::is_same_v<T, Link> && !std::is_same_v<T, Assignment> && !std::is_same_v<T, Expense>)
        findings_.add(Severity::Info, 0, subject_of<T>(keys[i]),
                      std::string(FactTraits<T>::plural) + " have another key in " + format_ + ", here \"" +
                          facts[i].key + "\"",
                      "that is how it will be read");
      names.emplace(facts[i].key, keys[i]);
    }
    // Not in one go: a key that is given up here may be taken there.
    for (std::size_t i = 0; i < facts.size(); ++i)
      if (!keys[i].empty()) facts[i].key = keys[i];
    return names;
  }

  static void rename(std::string& key, Renamed const& names) {
    if (auto const place = names.find(key); place != names.end()) key = place->second;
  }

  void rename_found() {
    auto const subprojects = names_in_file<Subproject>(), calendars = names_in_file<Calendar>(),
               wbs = names_in_file<WbsNode>(), activities = names_in_file<Activity>(),
               resources = names_in_file<Resource>(), accounts = names_in_file<CostAccount>();
    for (auto& each : found_.subprojects) rename(each.calendar, calendars);
    for (auto& each : found_.calendars) rename(each.base, calendars);
    for (auto& each : found_.wbs) rename(each.parent, wbs), rename(each.subproject, subprojects);
    for (auto& each : found_.activities) {
      rename(each.subproject, subprojects), rename(each.wbs, wbs), rename(each.calendar, calendars);
    }
    for (auto& each : found_.links) rename(each.predecessor, activities), rename(each.successor, activities);
    for (auto& each : found_.resources) rename(each.calendar, calendars);
    for (auto& each : found_.assignments) {
      rename(each.activity, activities), rename(each.resource, resources);
      rename(each.cost_account, accounts);
    }
    for (auto& each : found_.cost_accounts) rename(each.parent, accounts);
    for (auto& each : found_.expenses) rename(each.activity, activities), rename(each.cost_account, accounts);
    for (auto& each : found_.recorded_dates) rename(each.key, activities);
    (void)names_in_file<Link>(), (void)names_in_file<Assignment>(), (void)names_in_file<Expense>();
  }

  template <class T>
  void compare() {
    auto const& facts = found_.*FactTraits<T>::member;
    std::unordered_map<std::string_view, T const*> by_key;
    by_key.reserve(facts.size());
    for (T const& fact : facts) by_key.try_emplace(fact.key, &fact);
    std::size_t met = 0;
    for (T const& fact : wanted_.*FactTraits<T>::member) {
      auto const place = by_key.find(fact.key);
      if (place == by_key.end()) {
        if (fact == T{.key = fact.key}) continue;  // says nothing
        findings_.add(Severity::Warning, 0, subject_of<T>(fact.key),
                      std::string(FactTraits<T>::plural) + " cannot be written to " + format_,
                      "left out of the file");
        continue;
      }
      ++met;
      if (fact == *place->second) continue;
      std::vector<std::string> names;
      differing_fields(fact, *place->second, "", names);
      for (std::string const& name : names)
        findings_.add(Severity::Warning, 0, subject_of<T>(fact.key),
                      std::string(FactTraits<T>::name) + " field " + name + " cannot be written to " +
                          format_ + " as it is",
                      "reading the file gives another value");
    }
    if (std::is_same_v<T, RecordedDates> || met == facts.size()) return;
    findings_.add(Severity::Info, 0, FactTraits<T>::plural,
                  format_ + " asks for " + std::string(FactTraits<T>::plural) +
                      " that the facts lack: " + std::to_string(facts.size() - met),
                  "added to the file");
  }

  template <class T>
  void list_kind() {
    std::size_t const count = (wanted_.*FactTraits<T>::member).size();
    if (count == 0) return;
    findings_.add(
        Severity::Info, 0, FactTraits<T>::plural,
        std::string(FactTraits<T>::plural) + " have no place in " + format_ + ": " + std::to_string(count),
        "left out of the file");
  }

  void list_head() {
    auto const list = [&](char const* what, std::string const& value) {
      findings_.add(Severity::Info, 0, what,
                    std::string(what) + " \"" + value + "\" has no place in " + format_,
                    "left out of the file");
    };
    bool const named = std::any_of(found_.subprojects.begin(), found_.subprojects.end(),
                                   [&](auto const& each) { return each.name == wanted_.name; });
    if (!wanted_.name.empty() && wanted_.name != found_.name && !named) list("name", wanted_.name);
    if (wanted_.time_zone != found_.time_zone) list("time zone", wanted_.time_zone);
    if (wanted_.currency != found_.currency) list("currency", wanted_.currency.code());
  }

  Facts const& wanted_;
  Facts& found_;
  FileOrder const& order_;
  std::string const& format_;
  Findings& findings_;
};

}  // namespace

void list_not_written(Facts const& wanted, Facts found, FileOrder const& order, std::string const& format,
                      Findings& findings) {
  Comparison(wanted, found, order, format, findings).run();
}

}  // namespace rapport
