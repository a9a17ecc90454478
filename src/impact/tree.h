#pragma once
// The propagation tree of the Change Prediction Method, on the part of a graph that it can reach.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "impact/graph.h"

namespace rapport::detail {

/// Numbers the nodes that one walk touches, and forgets them in as many steps. One per thread.
class LocalNumbers {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  explicit LocalNumbers(std::size_t size) : local_(size, none) {}

  [[nodiscard]] std::uint32_t of(std::uint32_t node) const { return local_[node]; }
  void set(std::uint32_t node, std::uint32_t local) { local_[node] = local; }
  void forget(std::span<std::uint32_t const> nodes) {
    for (auto const node : nodes) local_[node] = none;
  }

 private:
  std::vector<std::uint32_t> local_;
};

struct TreeReach {
  /// In the order of the nodes given; 1 for the source, which is the first.
  std::vector<double> likelihood;
  /// What cut branches could have added to it, at most.
  std::vector<double> understated;
  std::uint64_t visited = 0;
};

/// Combined likelihood of `nodes` from the first of them by the propagation tree of Clarkson, Simons &
/// Eckert 2004: product along a branch, 1 − ∏(1 − x) between branches, simple paths of at most `depth`
/// edges, none of them less likely than `cutoff`. `nodes` are all that such a path can touch.
/// Absent when more than `budget` tree nodes would be visited.
[[nodiscard]] std::optional<TreeReach> tree_reach(TraceGraph const& graph,
                                                  std::span<std::uint32_t const> nodes, bool source_removed,
                                                  int depth, double cutoff, std::uint64_t budget,
                                                  LocalNumbers& numbers);

}  // namespace rapport::detail
