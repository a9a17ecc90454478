#pragma once
// A set of small numbers that gives them back in order: the queue of what a change touches.

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "rapport/base/aligned.h"

namespace rapport {

/// Bits in levels: a bit of a level says that the word of 64 below it is not empty. Every operation goes
/// through all levels: no processor guesses which of them change. Cost of each: O(log64 size).
class Marks {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  explicit Marks(std::uint32_t size) {
    std::size_t words = 0;
    do {
      size = size / 64 + (size % 64 != 0 || size == 0);
      first_[levels_++] = words;
      words += size;
    } while (size > 1);
    words_.resize(words);
  }

  void mark(std::uint32_t i) {
    for (std::uint32_t level = 0; level < levels_; ++level, i /= 64)
      words_[first_[level] + i / 64] |= std::uint64_t{1} << (i % 64);
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
    if (words_.back() == 0) return none;
    std::uint32_t i = 0;
    for (auto level = levels_; level-- > 0;) i = i * 64 + choose(words_[first_[level] + i]);
    std::uint64_t gone = 1;
    for (std::uint32_t level = 0, at = i; level < levels_; ++level, at /= 64) {
      auto& word = words_[first_[level] + at / 64];
      word &= ~(gone << (at % 64));
      gone = word == 0;
    }
    return i;
  }

  std::uint32_t levels_ = 0;
  std::array<std::size_t, 6> first_{};  ///< Of each level, the largest first: its words.
  AlignedVector<std::uint64_t> words_;
};

}  // namespace rapport
