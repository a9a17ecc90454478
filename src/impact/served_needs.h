#pragma once
// Which requirements an activity exists because of, and in what proportion.

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "impact/graph.h"

namespace rapport::detail {

/// Part of something, by position in the facts; weights of one thing add up to something above zero.
struct Weighted {
  std::uint32_t row = 0;
  std::int64_t weight = 0;
};

class ServedNeeds {
 public:
  /// Cost: O(traces + WBS branches).
  explicit ServedNeeds(Project const& project);

  /// Requirements met first when walking back along supporting traces, each with the product of the shares
  /// on its shortest ways. Of an activity without any, those of the nearest WBS branch above that has
  /// some. Cost: O(traces walked).
  [[nodiscard]] std::vector<Weighted> of(Activity const& activity) const;
  /// Cost accounts that the activity charges, by share.
  [[nodiscard]] std::vector<Weighted> accounts_of(Activity const& activity) const;

 private:
  struct Support {
    std::uint32_t from = 0;
    double share = 0;
  };
  [[nodiscard]] std::uint32_t number(NodeRef const& node);
  [[nodiscard]] std::vector<Weighted> back_from(NodeRef const& node) const;

  Project const& project_;
  std::unordered_map<NodeRef, std::uint32_t, NodeHash> index_;
  std::vector<NodeRef> nodes_;
  std::vector<std::vector<Support>> supports_, charges_;
};

}  // namespace rapport::detail
