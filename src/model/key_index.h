#pragma once
// Where the fact with a key stands, per kind. The keys stay in the facts: an index of millions of
// facts holds sixteen to thirty-two bytes for each.

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/large_memory.h"
#include "model/key_hash.h"
#include "rapport/model/facts.h"

namespace rapport {

/// Positions by key in one vector of facts, or of the keys themselves, which the caller passes each time.
class KeyIndex {
 public:
  /// Room for `count` facts: adding up to that many does not allocate.
  void reserve(std::size_t count) {
    if (count * 2 <= slots_.size()) return;
    auto old = large_vector<Slot>(std::max<std::size_t>(16, std::bit_ceil(count * 2)));
    old.swap(slots_);
    for (Slot const& slot : old)
      if (slot.position != none) slots_[free_after(slot.hash)] = slot;
  }

  [[nodiscard]] std::size_t bytes() const { return slots_.size() * sizeof(Slot); }
  void clear() { std::fill(slots_.begin(), slots_.end(), Slot{}); }

  /// What looking for `key` reads first. To prefetch by whoever has something else to do meanwhile: GCC drops
  /// calls of a function that does nothing else.
  [[nodiscard]] void const* first_read(std::string_view key) const {
    return slots_.empty() ? nullptr : &slots_[key_hash(key) & mask()];
  }

  template <class T>
  [[nodiscard]] std::optional<std::size_t> find(std::string_view key, std::vector<T> const& facts) const {
    if (slots_.empty()) return std::nullopt;
    std::size_t const at = place_of(key, key_hash(key), facts);
    if (slots_[at].position == none) return std::nullopt;
    return slots_[at].position;
  }

  /// Takes in `facts[position]`; false when another fact has its key already.
  template <class T>
  bool add(std::size_t position, std::vector<T> const& facts) {
    reserve(facts.size());
    std::uint32_t const hash = key_hash(key_of(facts[position]));
    Slot& slot = slots_[place_of(key_of(facts[position]), hash, facts)];
    if (slot.position != none) return false;
    slot = {static_cast<std::uint32_t>(position), hash};
    return true;
  }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  struct Slot {
    std::uint32_t position = none;
    std::uint32_t hash = 0;
  };

  template <class T>
  [[nodiscard]] static std::string_view key_of(T const& fact) {
    if constexpr (std::is_convertible_v<T const&, std::string_view>)
      return fact;
    else
      return fact.key;
  }
  [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }
  [[nodiscard]] std::size_t free_after(std::uint32_t hash) const {
    std::size_t at = hash & mask();
    while (slots_[at].position != none) at = (at + 1) & mask();
    return at;
  }
  /// Of the slot that holds `key`, or of the free one where it belongs.
  template <class T>
  [[nodiscard]] std::size_t place_of(std::string_view key, std::uint32_t hash,
                                     std::vector<T> const& facts) const {
    std::size_t at = hash & mask();
    while (slots_[at].position != none &&
           (slots_[at].hash != hash || key_of(facts[slots_[at].position]) != key))
      at = (at + 1) & mask();
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
