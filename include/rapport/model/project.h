#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rapport/base/error.h"
#include "rapport/base/time.h"
#include "rapport/model/facts.h"

namespace rapport {

/// Who makes an edit, and when (the caller's clock: the library reads none).
struct Author {
  std::string name{};
  Instant when{};
  friend bool operator==(Author const&, Author const&) = default;
};

/// A set of facts to put (add, or replace by key) and to remove; applied whole or not at all.
class Edit {
 public:
  Edit() = default;
  explicit Edit(std::string reason) : reason_(std::move(reason)) {}
  Edit& put(Fact fact);
  Edit& remove(FactKind kind, std::string key);

  struct Operation {
    NodeRef node;
    std::optional<Fact> fact;  ///< Absent: remove.
  };
  [[nodiscard]] std::string const& reason() const { return reason_; }
  [[nodiscard]] std::vector<Operation> const& operations() const { return operations_; }

 private:
  std::string reason_;
  std::vector<Operation> operations_;
};

/// One fact before and after.
struct FactChange {
  NodeRef node{};
  std::optional<Fact> before{};  ///< Absent: it was new.
  std::optional<Fact> after{};   ///< Absent: it was removed.
  /// Where it stood in the vector of its kind before the edit; where it stands since, when it was new.
  std::size_t position = 0;
  friend bool operator==(FactChange const&, FactChange const&) = default;
};

/// What was done to a project. Entries are never changed or removed; undoing adds one.
struct JournalEntry {
  std::uint64_t number = 0;  ///< 1, 2, 3 …
  Author author{};
  std::string reason{};
  std::vector<FactChange> changes{};
  std::optional<std::uint64_t> undoes{};  ///< The entry this one takes back.
  friend bool operator==(JournalEntry const&, JournalEntry const&) = default;
};

/// One state of the work of a project: what is scheduled. Whatever is computed from it keeps this, so that it
/// is not taken for a result of other facts.
struct Stamp {
  std::shared_ptr<void const> project;  ///< The same in all states of a project and of its copies.
  std::string name;                     ///< Of the project.
  std::uint64_t entry = 0;              ///< The journal entry that last changed its work; 0: none did.
};

/// The facts of a project, checked against each other, and the journal of their edits.
/// Not for use by two threads at once; everything computed from it is independent of it.
class Project {
 public:
  Project();
  /// Checks `facts` (see validate). Errors: InvalidInput with every finding.
  explicit Project(Facts facts);
  /// The same; findings that do not refuse the facts are added to `remarks`.
  Project(Facts facts, Diagnostics& remarks);
  /// As stored: facts with the journal that led to them.
  Project(Facts facts, std::vector<JournalEntry> journal);

  Project(Project const&);
  Project& operator=(Project const&);
  Project(Project&&) noexcept;
  Project& operator=(Project&&) noexcept;
  ~Project();

  [[nodiscard]] Facts const& facts() const;

  /// The fact with this key, or nullptr. Cost: O(1).
  template <class T>
  [[nodiscard]] T const* find(std::string_view key) const {
    auto const index = index_of(FactTraits<T>::kind, key);
    return index ? &(facts().*FactTraits<T>::member)[*index] : nullptr;
  }
  /// The fact with this key. Errors: NotFound with the nearest keys.
  template <class T>
  [[nodiscard]] T const& at(std::string_view key) const {
    auto const* fact = find<T>(key);
    if (!fact) refuse(FactTraits<T>::kind, key);
    return *fact;
  }
  [[nodiscard]] bool contains(NodeRef const& node) const { return index_of(node.kind, node.key).has_value(); }
  /// Position in the vector of its kind. Cost: O(1).
  [[nodiscard]] std::optional<std::size_t> index_of(FactKind kind, std::string_view key) const;

  /// Applies `edit` whole, or throws and changes nothing. Errors: InvalidInput (a reference that
  /// names nothing, a duplicate, a value out of range, a step of a change request that its state does
  /// not allow: see change_state.h), NotFound (removing what is not there).
  /// A fact put without a key gets its derived one. The entry lists what really changed. References into
  /// facts() and the journal hold until the next edit. Cost: O(facts touched), O(facts) when something is
  /// removed.
  JournalEntry const& apply(Edit const& edit, Author const& author);
  /// Adds the facts of another source; keys already present are replaced and listed in the
  /// journal entry. Name, time zone and currency are taken where this project does not say them; they are
  /// not journalled. A change request that is new may stand in any state: its history was made
  /// elsewhere. Errors: InvalidInput.
  JournalEntry const& merge(Facts facts, Author const& author, std::string reason);
  /// Takes back the latest entry that is not yet taken back and is itself no undoing, so that calling it
  /// again goes further back. Facts return to where they stood. Errors: InvalidInput when there is none,
  /// or when a journal from elsewhere does not lead to the facts.
  JournalEntry const& undo(Author const& author);

  [[nodiscard]] std::vector<JournalEntry> const& journal() const;

  /// Another one after each edit of subprojects, calendars, WBS nodes, activities or links, of assignments
  /// that give dates, or of the kinds and calendars of resources; a copy has that of its original. Never
  /// null.
  [[nodiscard]] std::shared_ptr<Stamp const> const& stamp() const;

 private:
  [[noreturn]] void refuse(FactKind kind, std::string_view key) const;
  struct Data;
  std::unique_ptr<Data> data_;
};

/// Every finding about facts that do not fit together: dangling references, duplicate keys, values
/// out of range, dates that contradict (finish before start), calendars that inherit in a loop,
/// shifts that overlap. Severity Error refuses the project; warnings do not. Cost: O(facts).
[[nodiscard]] Diagnostics validate(Facts const& facts);

}  // namespace rapport
