#pragma once
// Random numbers that depend on what they are for, not on who drew before.

#include <cstdint>

namespace rapport::detail {

/// A step of SplitMix64 (Steele, Lea & Flood 2014): other bits for each other `z`.
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t z) {
  z += 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

/// A number in [0, 1) that depends on its arguments alone: mixed() over each in turn.
[[nodiscard]] inline double uniform(std::uint64_t seed, std::uint64_t trial, std::uint64_t draw) {
  return static_cast<double>(mixed(mixed(mixed(seed) ^ trial) ^ draw) >> 11) * 0x1p-53;
}

}  // namespace rapport::detail
