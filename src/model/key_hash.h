#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace rapport {

/// Spreads what differs anywhere in `word` over all bits.
[[nodiscard]] inline std::uint64_t mixed(std::uint64_t word) {
  word *= 0x9E3779B97F4A7C15ULL;
  return word ^ word >> 32;
}

/// `Word` at `at`, as the machine has it.
template <class Word>
[[nodiscard]] Word word_at(char const* at) {
  Word word{};
  std::memcpy(&word, at, sizeof word);
  return word;
}

/// The characters of a key of at most eight in one word; different ones of equal length differ. On machines
/// that write the lowest byte first, the last character is the highest byte.
[[nodiscard]] inline std::optional<std::uint64_t> short_key(std::string_view key) {
  char const* const at = key.data();
  std::size_t const size = key.size();
  if (size > 8) return std::nullopt;
  if (size >= 4)
    return std::uint64_t{word_at<std::uint32_t>(at + size - 4)} << 32 | word_at<std::uint32_t>(at);
  if (size == 0) return 0;
  return std::uint64_t{word_at<std::uint8_t>(at + size - 1)} << 56 |
         std::uint64_t{word_at<std::uint8_t>(at + size / 2)} << 8 | word_at<std::uint8_t>(at);
}
inline constexpr int last_character_of_short_key = 56;

/// A hash for tables in memory, quick for short keys; it may change with any version.
[[nodiscard]] inline std::uint32_t key_hash(std::string_view key) {
  std::size_t const size = key.size();
  std::uint64_t hash = size;
  if (auto const word = short_key(key)) {
    hash = mixed(hash ^ *word);
  } else {
    for (std::size_t at = 0; at + 8 < size; at += 8)
      hash = mixed(hash ^ word_at<std::uint64_t>(key.data() + at));
    hash = mixed(hash ^ word_at<std::uint64_t>(key.data() + size - 8));
  }
  return static_cast<std::uint32_t>(mixed(hash));
}

}  // namespace rapport
