#pragma once

#include <compare>
#include <cstdint>

namespace rapport {

/// A dense index into one array of `T`s; indices of different kinds do not mix.
template <class T>
struct Id {
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  std::uint32_t value = none;

  [[nodiscard]] constexpr bool valid() const { return value != none; }
  friend constexpr auto operator<=>(Id, Id) = default;
};

}  // namespace rapport
