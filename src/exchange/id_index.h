#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/key_hash.h"

namespace rapport {

/// Numbers by id. The ids are views into the file, which must outlive the index.
class IdIndex {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  /// Room for `count` ids without allocating again.
  void reserve(std::size_t count) {
    entries_.reserve(count);
    if (count * 2 > slots_.size()) rehash(std::bit_ceil(std::max<std::size_t>(16, count * 2)));
  }

  /// The number of `id`, or `none`. Cost: O(1).
  [[nodiscard]] std::uint32_t find(std::string_view id) const {
    if (slots_.empty()) return none;
    std::uint32_t const entry = slots_[place_of(id, key_hash(id))].entry;
    return entry == none ? none : entries_[entry].number;
  }

  /// Takes in `id`; false when it has a number already, which it keeps.
  bool add(std::string_view id, std::size_t number) {
    if ((entries_.size() + 1) * 2 > slots_.size()) rehash(std::max<std::size_t>(16, slots_.size() * 2));
    std::uint32_t const hash = key_hash(id);
    Slot& slot = slots_[place_of(id, hash)];
    if (slot.entry != none) return false;
    slot = {static_cast<std::uint32_t>(entries_.size()), hash};
    entries_.push_back({id, static_cast<std::uint32_t>(number)});
    return true;
  }

 private:
  struct Slot {
    std::uint32_t entry = none;
    std::uint32_t hash = 0;
  };
  struct Entry {
    std::string_view id;
    std::uint32_t number;
  };

  /// Of the slot that holds `id`, or of the free one where it belongs.
  [[nodiscard]] std::size_t place_of(std::string_view id, std::uint32_t hash) const {
    std::size_t const mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].entry != none && (slots_[at].hash != hash || entries_[slots_[at].entry].id != id))
      at = (at + 1) & mask;
    return at;
  }
  void rehash(std::size_t size) {
    std::vector<Slot> old(size);
    old.swap(slots_);
    std::size_t const mask = size - 1;
    for (Slot const& slot : old) {
      if (slot.entry == none) continue;
      std::size_t at = slot.hash & mask;
      while (slots_[at].entry != none) at = (at + 1) & mask;
      slots_[at] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::vector<Entry> entries_;
};

}  // namespace rapport
