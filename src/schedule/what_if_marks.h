#pragma once
// A set of small numbers that gives them back in order: the queue of what a change touches.

#include <bit>
#include <cstdint>
#include <vector>

namespace rapport {

/// Bits in levels: a bit of a level says that the word of 64 below it is not empty.
/// Cost of every operation: O(log64 size).
class Marks {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  explicit Marks(std::uint32_t size) {
    do {
      size = (size + 63) / 64;
      levels_.emplace_back(size == 0 ? 1 : size, 0);
    } while (size > 1);
  }

  void mark(std::uint32_t i) {
    for (auto& level : levels_) {
      auto& word = level[i / 64];
      bool const was_empty = word == 0;
      word |= std::uint64_t{1} << (i % 64);
      if (!was_empty) return;
      i /= 64;
    }
  }
  /// Takes out and returns the smallest; `none` when there is none.
  std::uint32_t pop_first() {
    return pop([](std::uint64_t word) { return static_cast<std::uint32_t>(std::countr_zero(word)); });
  }
  /// Takes out and returns the largest; `none` when there is none.
  std::uint32_t pop_last() {
    return pop([](std::uint64_t word) { return static_cast<std::uint32_t>(63 - std::countl_zero(word)); });
  }
  /// Cost: O(marked).
  void clear() {
    while (pop_first() != none) {
    }
  }

 private:
  template <class Choose>
  std::uint32_t pop(Choose choose) {
    if (levels_.back()[0] == 0) return none;
    std::uint32_t i = 0;
    for (auto level = levels_.size(); level-- > 0;) i = i * 64 + choose(levels_[level][i]);
    std::uint32_t at = i;
    for (auto& level : levels_) {
      auto& word = level[at / 64];
      word &= ~(std::uint64_t{1} << (at % 64));
      if (word != 0) break;
      at /= 64;
    }
    return i;
  }

  std::vector<std::vector<std::uint64_t>> levels_;
};

}  // namespace rapport
