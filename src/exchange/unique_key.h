#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/key_index.h"

namespace rapport {

/// Keys given out so far.
class UniqueKeys {
 public:
  /// `wanted`, or "wanted#2", "wanted#3" and so on where it is taken. Cost: O(1) amortised.
  [[nodiscard]] std::string claim(std::string wanted) {
    if (take(wanted)) return wanted;
    std::uint32_t& repeat = repeats_.try_emplace(wanted, 1).first->second;
    std::string candidate;
    do candidate = wanted + "#" + std::to_string(++repeat);
    while (!take(candidate));
    return candidate;
  }

 private:
  bool take(std::string const& key) {
    taken_.push_back(key);
    if (index_.add(taken_.size() - 1, taken_)) return true;
    taken_.pop_back();
    return false;
  }

  std::vector<std::string> taken_;
  KeyIndex index_;
  std::unordered_map<std::string, std::uint32_t> repeats_;
};

}  // namespace rapport
