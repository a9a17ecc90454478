#include "model/validate.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_set>

#include "model/check.h"
#include "model/check_fields.h"
#include "model/references.h"
#include "rapport/model/project.h"

namespace rapport {
namespace {

std::string spoken(FactKind kind) {
  std::string name = name_of(kind);
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

/// Finds the nearest keys for the first few dangling references; for a million of them the search
/// would take longer than anybody waits.
class Advice {
 public:
  explicit Advice(Facts const& facts) : facts_(facts) {}

  [[nodiscard]] std::string for_missing(FactKind kind, std::string const& key) {
    std::string text = "add it, or correct the reference";
    if (given_++ >= most) return text;
    std::vector<std::string> keys;
    with_fact_type(kind, [&]<class T>() {
      auto const& all = facts_.*FactTraits<T>::member;
      for (std::size_t i = 0; i < std::min(all.size(), searched); ++i) keys.push_back(all[i].key);
    });
    auto const nearest = nearest_keys(key, keys);
    if (nearest.empty()) return text;
    text += " (nearest: ";
    for (std::size_t i = 0; i < nearest.size(); ++i) text += (i ? ", " : "") + nearest[i];
    return text + ")";
  }

 private:
  static constexpr std::size_t most = 3, searched = 100'000;
  Facts const& facts_;
  std::size_t given_ = 0;
};

/// A set of nodes that is asked without copying a key.
class KindKeys {
 public:
  explicit KindKeys(std::vector<NodeRef> const& nodes) {
    for (auto const& node : nodes) keys_[static_cast<std::size_t>(node.kind)].insert(node.key);
  }
  [[nodiscard]] bool contains(FactKind kind, std::string_view key) const {
    return keys_[static_cast<std::size_t>(kind)].contains(key);
  }

 private:
  std::array<std::unordered_set<std::string_view>, std::variant_size_v<Fact>> keys_;
};

class Validation {
 public:
  Validation(Facts const& facts, FactIndex const& index) : facts_(facts), index_(index), advice_(facts) {}

  template <class T>
  void one(T const& fact) {
    findings_.turn_to(fact);
    if (fact.key.empty()) findings_.error("has no key", "give it one");
    FieldCheck fields(findings_);
    describe(fact, fields);
    check(fact, findings_);
    References([&](char const* field, FactKind kind, std::string const& key, Need need) {
      if (index_.find(facts_, kind, key)) return;
      std::string const message =
          std::string(field) + " names the " + spoken(kind) + " " + key + ", which is not there";
      if (need == Need::Must)
        findings_.error(message, advice_.for_missing(kind, key));
      else
        findings_.warn(message, advice_.for_missing(kind, key));
    })(fact);
  }

  template <class T>
  void repeated(T const& fact) {
    findings_.turn_to(fact);
    findings_.error("its key is used twice",
                    "give each " + spoken(FactTraits<T>::kind) + " a key of its own");
  }

  /// Facts that name a parent of their own kind must not be their own ancestor.
  template <class T>
  void loops(std::string T::*parent, char const* what) {
    auto const& all = facts_.*FactTraits<T>::member;
    enum : char { Unseen, OnPath, Done };
    std::vector<char> state(all.size(), Unseen);
    std::vector<std::size_t> path;
    for (std::size_t start = 0; start < all.size(); ++start) {
      path.clear();
      std::optional<std::size_t> at = start;
      while (at && state[*at] == Unseen) {
        state[*at] = OnPath;
        path.push_back(*at);
        std::string const& up = all[*at].*parent;
        at = up.empty() ? std::nullopt : index_.template find<T>(facts_, up);
      }
      if (at && state[*at] == OnPath) {
        std::string text = std::string(what) + " itself: ";
        for (auto step = std::find(path.begin(), path.end(), *at); step != path.end(); ++step)
          text += all[*step].key + " → ";
        findings_.turn_to(all[*at]);
        findings_.error(text + all[*at].key, "break the loop at one of them");
      }
      for (std::size_t const step : path) state[step] = Done;
    }
  }

  void all_loops(FactKind kind) {
    if (kind == FactKind::Calendar) loops<Calendar>(&Calendar::base, "inherits from");
    if (kind == FactKind::WbsNode) loops<WbsNode>(&WbsNode::parent, "lies below");
    if (kind == FactKind::CostAccount) loops<CostAccount>(&CostAccount::parent, "lies below");
  }

  /// Facts outside an edit that name what it removed.
  template <class T>
  void orphan(T const& fact, KindKeys const& removed, KindKeys const& touched) {
    References([&](char const* field, FactKind kind, std::string const& key, Need need) {
      if (need != Need::Must || !removed.contains(kind, key)) return;
      if (touched.contains(FactTraits<T>::kind, fact.key)) return;
      findings_.turn_to(fact);
      findings_.error(
          std::string(field) + " still names the " + spoken(kind) + " " + key + ", which was to be removed",
          "remove or change this " + spoken(FactTraits<T>::kind) + " in the same edit");
    })(fact);
  }

  Diagnostics take() { return std::move(diagnostics_); }

 private:
  Facts const& facts_;
  FactIndex const& index_;
  Diagnostics diagnostics_;
  Findings findings_{diagnostics_};
  Advice advice_;
};

}  // namespace

bool has_error(Diagnostics const& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](Diagnostic const& d) { return d.severity == Severity::Error; });
}

Diagnostics repeated_keys(Facts const& facts) {
  FactIndex index;
  Validation validation(facts, index);
  for_each_fact_type([&]<class T>() {
    index.rebuild<T>(facts, [&](std::size_t i) { validation.repeated((facts.*FactTraits<T>::member)[i]); });
  });
  return validation.take();
}

Diagnostics index_and_validate(Facts const& facts, FactIndex& index) {
  Validation validation(facts, index);
  for_each_fact_type([&]<class T>() {
    index.rebuild<T>(facts, [&](std::size_t i) { validation.repeated((facts.*FactTraits<T>::member)[i]); });
  });
  for_each_fact_type([&]<class T>() {
    for (auto const& fact : facts.*FactTraits<T>::member) validation.one(fact);
    validation.all_loops(FactTraits<T>::kind);
  });
  return validation.take();
}

Diagnostics validate_edit(Facts const& facts, FactIndex const& index, std::vector<NodeRef> const& touched,
                          std::vector<NodeRef> const& removed) {
  Validation validation(facts, index);
  std::set<FactKind> kinds;
  for (auto const& node : touched) {
    with_fact_type(node.kind, [&]<class T>() {
      if (auto const at = index.find<T>(facts, node.key)) validation.one((facts.*FactTraits<T>::member)[*at]);
    });
    kinds.insert(node.kind);
  }
  for (FactKind const kind : kinds) validation.all_loops(kind);
  if (!removed.empty()) {
    KindKeys const gone(removed), checked(touched);
    for_each_fact_type([&]<class T>() {
      for (auto const& fact : facts.*FactTraits<T>::member) validation.orphan(fact, gone, checked);
    });
  }
  return validation.take();
}

Diagnostics validate(Facts const& facts) {
  FactIndex index;
  return index_and_validate(facts, index);
}

}  // namespace rapport
