#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/large_memory.h"
#include "model/key_hash.h"

namespace rapport {

/// Numbers by id. The ids are views into the file, which must outlive the index. Those of up to eight
/// characters, which nearly all are, stand in the table itself: finding one is one look into memory. Ids that
/// differ in their last digit alone are neighbours there, since files name them one after the other.
class IdIndex {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  /// Room for `count` ids without allocating again.
  void reserve(std::size_t count) {
    if (count * 2 > slots_.size()) rehash(std::bit_ceil(std::max<std::size_t>(16, count * 2)));
  }

  /// What finding or adding `id` reads first, to prefetch (see KeyIndex).
  [[nodiscard]] void const* first_read(std::string_view id) const {
    if (slots_.empty()) return nullptr;
    auto const word = short_key(id);
    return &slots_[word ? home_of(*word) : key_hash(id) & (slots_.size() - 1)];
  }

  /// The number of `id`, or `none`. Cost: O(1).
  [[nodiscard]] std::uint32_t find(std::string_view id) const {
    return slots_.empty() ? none : slots_[place_of(id)].number;
  }

  /// Takes in `id`; false when it has a number already, which it keeps.
  bool add(std::string_view id, std::size_t number) {
    reserve(size_ + 1);
    Slot& slot = slots_[place_of(id)];
    if (slot.number != none) return false;
    slot.number = static_cast<std::uint32_t>(number);
    if (auto const word = short_key(id)) {
      slot.word = *word;
      slot.size = static_cast<std::uint32_t>(id.size());
    } else {
      slot.word = long_ids_.size();
      slot.size = long_id;
      long_ids_.push_back(id);
    }
    ++size_;
    return true;
  }

 private:
  struct Slot {
    std::uint64_t word = 0;  ///< The characters of a short id, the place of a long one in long_ids_.
    std::uint32_t size = 0;  ///< Of a short id, or long_id.
    std::uint32_t number = none;
  };
  static constexpr std::uint32_t long_id = 9;

  /// Where a short id belongs: four at a time share a line of the processor's cache.
  [[nodiscard]] std::size_t home_of(std::uint64_t word) const {
    constexpr std::uint64_t of_four = std::uint64_t{3} << last_character_of_short_key;
    std::size_t const line = mixed(word & ~of_four) >> (66 - std::bit_width(slots_.size() - 1));
    return line << 2 | (word & of_four) >> last_character_of_short_key;
  }
  /// Where `id` stands, or the free slot where it belongs.
  [[nodiscard]] std::size_t place_of(std::string_view id) const {
    auto const word = short_key(id);
    std::size_t const mask = slots_.size() - 1;
    std::size_t at = word ? home_of(*word) : key_hash(id) & mask;
    auto const holds_id = [&](Slot const& slot) {
      if (word) return slot.word == *word && slot.size == id.size();
      return slot.size == long_id && long_ids_[slot.word] == id;
    };
    while (slots_[at].number != none && !holds_id(slots_[at])) at = (at + 1) & mask;
    return at;
  }
  void rehash(std::size_t size) {
    auto old = large_vector<Slot>(size);
    old.swap(slots_);
    for (Slot const& slot : old) {
      if (slot.number == none) continue;
      std::size_t const mask = size - 1;
      std::size_t at = slot.size == long_id ? key_hash(long_ids_[slot.word]) & mask : home_of(slot.word);
      while (slots_[at].number != none) at = (at + 1) & mask;
      slots_[at] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::vector<std::string_view> long_ids_;
  std::size_t size_ = 0;
};

}  // namespace rapport
