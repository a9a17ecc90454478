#pragma once
// Where the fact with a key stands, per kind. The keys stay in the facts: an index of millions of
// facts holds sixteen to thirty-two bytes for each.

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "rapport/model/facts.h"

namespace rapport {

/// Positions by key in one vector of facts, which the caller passes each time.
class KeyIndex {
 public:
  /// Room for `count` facts: adding up to that many does not allocate.
  void reserve(std::size_t count) {
    std::size_t wanted = 16;
    while (wanted < count * 2) wanted *= 2;
    if (wanted <= slots_.size()) return;
    std::vector<Slot> old(wanted);
    old.swap(slots_);
    for (Slot const& slot : old)
      if (slot.position != none) slots_[free_after(slot.hash)] = slot;
  }

  void clear() { std::fill(slots_.begin(), slots_.end(), Slot{}); }

  template <class T>
  [[nodiscard]] std::optional<std::size_t> find(std::string_view key, std::vector<T> const& facts) const {
    if (slots_.empty()) return std::nullopt;
    std::uint32_t const hash = hash_of(key);
    for (std::size_t at = hash & mask(); slots_[at].position != none; at = (at + 1) & mask())
      if (slots_[at].hash == hash && facts[slots_[at].position].key == key) return slots_[at].position;
    return std::nullopt;
  }

  /// Takes in `facts[position]`; false when another fact has its key already.
  template <class T>
  bool add(std::size_t position, std::vector<T> const& facts) {
    if (find(facts[position].key, facts)) return false;
    reserve(facts.size());
    std::uint32_t const hash = hash_of(facts[position].key);
    slots_[free_after(hash)] = {static_cast<std::uint32_t>(position), hash};
    return true;
  }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  struct Slot {
    std::uint32_t position = none;
    std::uint32_t hash = 0;
  };

  static std::uint32_t hash_of(std::string_view key) {
    std::uint64_t const hash = std::hash<std::string_view>()(key);
    return static_cast<std::uint32_t>(hash ^ (hash >> 32));
  }
  [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }
  [[nodiscard]] std::size_t free_after(std::uint32_t hash) const {
    std::size_t at = hash & mask();
    while (slots_[at].position != none) at = (at + 1) & mask();
    return at;
  }

  std::vector<Slot> slots_;
};

/// One KeyIndex for every kind of fact.
class FactIndex {
 public:
  [[nodiscard]] KeyIndex& of(FactKind kind) { return kinds_[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] KeyIndex const& of(FactKind kind) const { return kinds_[static_cast<std::size_t>(kind)]; }

  template <class T>
  [[nodiscard]] std::optional<std::size_t> find(Facts const& facts, std::string_view key) const {
    return of(FactTraits<T>::kind).find(key, facts.*FactTraits<T>::member);
  }
  [[nodiscard]] std::optional<std::size_t> find(Facts const& facts, FactKind kind,
                                                std::string_view key) const {
    std::optional<std::size_t> found;
    with_fact_type(kind, [&]<class T>() { found = find<T>(facts, key); });
    return found;
  }

  /// Indexes the facts of one kind anew and calls `repeated(position)` for each whose key another has.
  template <class T, class Repeated>
  void rebuild(Facts const& facts, Repeated&& repeated) {
    auto const& all = facts.*FactTraits<T>::member;
    KeyIndex& index = of(FactTraits<T>::kind);
    index.clear();
    index.reserve(all.size());
    for (std::size_t i = 0; i < all.size(); ++i)
      if (!index.add(i, all)) repeated(i);
  }

 private:
  std::array<KeyIndex, std::variant_size_v<Fact>> kinds_;
};

}  // namespace rapport
