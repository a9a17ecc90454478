#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

namespace rapport {

/// Keys given out so far.
class UniqueKeys {
 public:
  /// `wanted`, or "wanted#2", "wanted#3" and so on where it is taken. Cost: O(1) amortised.
  [[nodiscard]] std::string claim(std::string const& wanted) {
    auto const [place, is_new] = next_.try_emplace(wanted, 2);
    if (is_new) return wanted;
    std::uint32_t& next = place->second;  // stays put while the map grows
    while (true) {
      std::string candidate = wanted + "#" + std::to_string(next++);
      if (next_.try_emplace(candidate, 2).second) return candidate;
    }
  }

 private:
  std::unordered_map<std::string, std::uint32_t> next_;
};

}  // namespace rapport
