#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace rapport {

/// A hash for tables in memory, quick for short keys; it may change with any version.
[[nodiscard]] inline std::uint32_t key_hash(std::string_view key) {
  auto const load = [&]<class Word>(std::size_t at, Word word) {
    std::memcpy(&word, key.data() + at, sizeof word);
    return word;
  };
  std::uint64_t hash = key.size();
  auto const take = [&](std::uint64_t word) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 32;
  };
  std::size_t const size = key.size();
  if (size >= 8) {
    for (std::size_t at = 0; at + 8 < size; at += 8) take(load(at, std::uint64_t{}));
    take(load(size - 8, std::uint64_t{}));
  } else if (size >= 4) {
    take(std::uint64_t{load(0, std::uint32_t{})} << 32 | load(size - 4, std::uint32_t{}));
  } else if (size > 0) {
    take(std::uint64_t{load(0, std::uint8_t{})} << 16 | std::uint64_t{load(size / 2, std::uint8_t{})} << 8 |
         load(size - 1, std::uint8_t{}));
  }
  take(0);
  return static_cast<std::uint32_t>(hash);
}

}  // namespace rapport
