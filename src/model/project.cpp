#include "rapport/model/project.h"

#include <algorithm>
#include <unordered_map>

#include "model/fact_swap.h"
#include "model/key_index.h"
#include "model/validate.h"
#include "rapport/model/change_state.h"

namespace rapport {
namespace {

void throw_on_error(Diagnostics diagnostics) {
  if (!has_error(diagnostics)) return;
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [](Diagnostic const& a, Diagnostic const& b) { return a.severity > b.severity; });
  throw InvalidInput(std::move(diagnostics));
}

/// An order of one node after the other: hash of kind and key.
struct NodeHash {
  std::size_t operator()(NodeRef const& node) const {
    return std::hash<std::string>()(node.key) * 31 + static_cast<std::size_t>(node.kind);
  }
};

std::optional<Fact> copy_of(Facts const& facts, FactIndex const& index, NodeRef const& node) {
  std::optional<Fact> copy;
  with_fact_type(node.kind, [&]<class T>() {
    if (auto const at = index.find<T>(facts, node.key)) copy = (facts.*FactTraits<T>::member)[*at];
  });
  return copy;
}

}  // namespace

Edit& Edit::put(Fact fact) {
  NodeRef node = node_of(fact);
  if (node.key.empty()) {
    node.key = derived_key(fact);
    std::visit([&](auto& value) { value.key = node.key; }, fact);
  }
  operations_.push_back({std::move(node), std::move(fact)});
  return *this;
}

Edit& Edit::remove(FactKind kind, std::string key) {
  operations_.push_back({{kind, std::move(key)}, std::nullopt});
  return *this;
}

struct Project::Data {
  Facts facts;
  FactIndex index;
  std::vector<JournalEntry> journal;
  std::shared_ptr<Stamp const> stamp;

  /// With the facts and the journal it begins with.
  void begin() {
    auto const last = std::find_if(journal.rbegin(), journal.rend(),
                                   [&](JournalEntry const& entry) { return touches_work(entry); });
    stamp = std::make_shared<Stamp const>(
        Stamp{std::make_shared<char const>(), facts.name, last == journal.rend() ? 0 : last->number});
  }

  /// Whether networks are compiled from what it changes. Assignments count where they give dates, and the
  /// rest of what they and resources say is for prices.
  [[nodiscard]] bool touches_work(FactChange const& change) const {
    switch (change.node.kind) {
      case FactKind::Subproject:
      case FactKind::Calendar:
      case FactKind::WbsNode:
      case FactKind::Activity:
      case FactKind::Link:
        return true;
      case FactKind::Assignment:
        return gives_dates(change.before) || gives_dates(change.after);
      case FactKind::Resource: {
        if (!change.before || !change.after) return false;  // no assignment names it
        auto const &before = std::get<Resource>(*change.before), &after = std::get<Resource>(*change.after);
        return before.kind != after.kind || before.calendar != after.calendar;
      }
      default:
        return false;
    }
  }
  [[nodiscard]] bool touches_work(JournalEntry const& entry) const {
    return std::any_of(entry.changes.begin(), entry.changes.end(),
                       [&](FactChange const& change) { return touches_work(change); });
  }
  [[nodiscard]] bool gives_dates(std::optional<Fact> const& assignment) const {
    if (!assignment) return false;
    auto const row = index.find<Activity>(facts, std::get<Assignment>(*assignment).activity);
    return (row && facts.activities[*row].kind == ActivityKind::ResourceDependent) ||
           std::any_of(facts.subprojects.begin(), facts.subprojects.end(),
                       [](Subproject const& each) { return each.rules.tool == Tool::Microsoft; });
  }

  /// Where an edit comes from decides how it is checked.
  enum class Origin : std::uint8_t {
    Here,       ///< Everything is.
    Elsewhere,  ///< What is new may come with a history that was not made here.
    Undo,       ///< It was true once.
  };

  JournalEntry const& apply(Edit const& edit, Author const& author, Origin origin) {
    JournalEntry entry;
    entry.author = author;
    entry.reason = edit.reason();
    std::unordered_map<NodeRef, std::size_t, NodeHash> place;
    for (auto const& operation : edit.operations()) {
      auto const [found, fresh] = place.try_emplace(operation.node, entry.changes.size());
      if (fresh) {
        auto before = copy_of(facts, index, operation.node);
        entry.changes.push_back({operation.node, before, std::move(before), 0});
      }
      auto& change = entry.changes[found->second];
      if (!operation.fact && !change.after) refuse(operation.node.kind, operation.node.key);
      change.after = operation.fact;
    }
    std::erase_if(entry.changes, [](FactChange const& change) { return change.before == change.after; });
    return commit(std::move(entry), origin);
  }

  /// Makes `changes` true, checks what came of it, and journals it; or throws with nothing changed.
  JournalEntry const& commit(JournalEntry entry, Origin origin) {
    bool const checked = origin == Origin::Undo;
    entry.number = journal.size() + 1;
    if (journal.size() == journal.capacity()) journal.reserve(journal.size() * 2 + 1);
    std::vector<FactSwap> swaps;
    swaps.reserve(entry.changes.size());
    auto next = std::make_shared<Stamp const>(Stamp{stamp->project, facts.name, entry.number});
    for (auto const& change : entry.changes) {
      bool const returns = checked && !change.before;
      swaps.push_back({change.node, change.after, returns ? change.position : FactSwap::at_the_end});
    }
    exchange(facts, index, swaps);
    if (!checked) {
      try {
        check(entry, origin);
      } catch (...) {
        exchange(facts, index, swaps);
        throw;
      }
    }
    for (std::size_t i = 0; i < swaps.size(); ++i) entry.changes[i].position = swaps[i].position;
    if (touches_work(entry)) stamp = std::move(next);
    journal.push_back(std::move(entry));
    return journal.back();
  }

  void check(JournalEntry const& entry, Origin origin) const {
    std::vector<NodeRef> touched, removed;
    for (auto const& change : entry.changes) (change.after ? touched : removed).push_back(change.node);
    auto found = validate_edit(facts, index, touched, removed);
    for (auto const& change : entry.changes) {
      if (change.node.kind != FactKind::ChangeRequest || !change.after) continue;
      if (!change.before && origin == Origin::Elsewhere) continue;
      auto const* before = change.before ? &std::get<ChangeRequest>(*change.before) : nullptr;
      auto refused = refused_step(facts, before, std::get<ChangeRequest>(*change.after));
      found.insert(found.end(), std::make_move_iterator(refused.begin()),
                   std::make_move_iterator(refused.end()));
    }
    throw_on_error(std::move(found));
  }

  [[noreturn]] void refuse(FactKind kind, std::string_view key) const {
    std::vector<std::string> keys;
    with_fact_type(kind, [&]<class T>() {
      for (auto const& fact : facts.*FactTraits<T>::member) keys.push_back(fact.key);
    });
    std::string name = name_of(kind);
    std::replace(name.begin(), name.end(), '_', ' ');
    throw NotFound(name, std::string(key), nearest_keys(key, keys));
  }
};

Project::Project() : data_(std::make_unique<Data>()) { data_->begin(); }

Project::Project(Facts facts) : Project(std::move(facts), {}) {}

Project::Project(Facts facts, Diagnostics& remarks) : Project() {
  complete_keys(facts);
  auto findings = index_and_validate(facts, data_->index);
  if (has_error(findings)) throw_on_error(std::move(findings));
  remarks.insert(remarks.end(), std::make_move_iterator(findings.begin()),
                 std::make_move_iterator(findings.end()));
  data_->facts = std::move(facts);
  data_->begin();
}

Project::Project(Facts facts, std::vector<JournalEntry> journal) : Project() {
  complete_keys(facts);
  throw_on_error(index_and_validate(facts, data_->index));
  for (std::size_t i = 0; i < journal.size(); ++i)
    if (journal[i].number != i + 1)
      throw InvalidInput("the journal's entry " + std::to_string(i + 1) + " is numbered " +
                         std::to_string(journal[i].number) + "; entries are numbered 1, 2, 3 …");
  data_->facts = std::move(facts);
  data_->journal = std::move(journal);
  data_->begin();
}

Project::Project(Project const& other) : data_(std::make_unique<Data>(*other.data_)) {}
Project& Project::operator=(Project const& other) {
  if (this != &other) data_ = std::make_unique<Data>(*other.data_);
  return *this;
}
Project::Project(Project&&) noexcept = default;
Project& Project::operator=(Project&&) noexcept = default;
Project::~Project() = default;

Facts const& Project::facts() const { return data_->facts; }
std::vector<JournalEntry> const& Project::journal() const { return data_->journal; }
std::shared_ptr<Stamp const> const& Project::stamp() const { return data_->stamp; }

std::optional<std::size_t> Project::index_of(FactKind kind, std::string_view key) const {
  return data_->index.find(data_->facts, kind, key);
}

void Project::refuse(FactKind kind, std::string_view key) const { data_->refuse(kind, key); }

JournalEntry const& Project::apply(Edit const& edit, Author const& author) {
  return data_->apply(edit, author, Data::Origin::Here);
}

JournalEntry const& Project::merge(Facts facts, Author const& author, std::string reason) {
  complete_keys(facts);
  throw_on_error(repeated_keys(facts));
  Edit edit(std::move(reason));
  for_each_fact_type([&]<class T>() {
    for (auto& fact : facts.*FactTraits<T>::member) edit.put(std::move(fact));
  });
  JournalEntry const& entry = data_->apply(edit, author, Data::Origin::Elsewhere);
  auto& own = data_->facts;
  if (own.name.empty()) own.name = std::move(facts.name);
  if (own.time_zone.empty()) own.time_zone = std::move(facts.time_zone);
  if (own.currency == Currency()) own.currency = facts.currency;
  return entry;
}

JournalEntry const& Project::undo(Author const& author) {
  auto const& journal = data_->journal;
  std::vector<bool> undone(journal.size() + 1);
  for (auto const& entry : journal)
    if (entry.undoes && *entry.undoes < undone.size()) undone[*entry.undoes] = true;
  auto const last = std::find_if(journal.rbegin(), journal.rend(), [&](JournalEntry const& entry) {
    return !entry.undoes && !undone[entry.number];
  });
  if (last == journal.rend())
    throw InvalidInput("there is nothing to undo: every edit is taken back already");

  JournalEntry entry;
  entry.author = author;
  entry.reason = "undo " + std::to_string(last->number) + (last->reason.empty() ? "" : ": " + last->reason);
  entry.undoes = last->number;
  for (auto const& change : last->changes) {
    if (copy_of(data_->facts, data_->index, change.node) != change.after)
      throw InvalidInput("entry " + std::to_string(last->number) + " cannot be undone: " +
                         to_string(change.node) + " is not as the journal says it was left");
    entry.changes.push_back({change.node, change.after, change.before, change.position});
  }
  return data_->commit(std::move(entry), Data::Origin::Undo);
}

}  // namespace rapport
