#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "base/large_memory.h"
#include "model/key_hash.h"

namespace rapport {

/// Numbers by id. The ids are views into the file, which must outlive the index. Those of up to eight
/// characters, which nearly all are, stand in the table itself: finding one is one look into memory.
class IdIndex {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  /// Room for `count` ids without allocating again.
  void reserve(std::size_t count) {
    if (count * 2 > slots_.size()) rehash(std::bit_ceil(std::max<std::size_t>(16, count * 2)));
  }

  /// The number of `id`, or `none`. Cost: O(1).
  [[nodiscard]] std::uint32_t find(std::string_view id) const {
    return slots_.empty() ? none : slots_[place_of(slot_for(id))].number;
  }

  /// Takes in `id`; false when it has a number already, which it keeps.
  bool add(std::string_view id, std::size_t number) {
    reserve(size_ + 1);
    Slot slot = slot_for(id);
    Slot& place = slots_[place_of(slot)];
    if (place.number != none) return false;
    slot.number = static_cast<std::uint32_t>(number);
    place = slot;
    ++size_;
    return true;
  }

 private:
  struct Slot {
    std::uint64_t word = 0;  ///< The characters of a short id, the hash of a long one.
    char const* id = nullptr;
    std::uint32_t size = 0;
    std::uint32_t number = none;
  };

  [[nodiscard]] static Slot slot_for(std::string_view id) {
    return {short_key(id).value_or(key_hash(id)), id.data(), static_cast<std::uint32_t>(id.size()), none};
  }
  /// Where `wanted` stands, or the free slot where it belongs.
  [[nodiscard]] std::size_t place_of(Slot const& wanted) const {
    std::size_t const mask = slots_.size() - 1;
    std::size_t at = mixed(wanted.word) & mask;
    while (slots_[at].number != none && !same_id(slots_[at], wanted)) at = (at + 1) & mask;
    return at;
  }
  [[nodiscard]] static bool same_id(Slot const& a, Slot const& b) {
    return a.word == b.word && a.size == b.size && (a.size <= 8 || std::memcmp(a.id, b.id, a.size) == 0);
  }
  void rehash(std::size_t size) {
    auto old = large_vector<Slot>(size);
    old.swap(slots_);
    for (Slot const& slot : old)
      if (slot.number != none) slots_[place_of(slot)] = slot;
  }

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace rapport
