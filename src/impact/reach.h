#pragma once
// Which nodes a change touches, how likely, and along which paths.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "impact/graph.h"
#include "rapport/impact/impact.h"

namespace rapport::detail {

/// Where a change begins.
struct ReachSource {
  std::uint32_t node = 0;
  double magnitude = 1;  ///< Share of the node that changes.
  /// The node falls away: what it supports falls away with it or lives on for other needs, so
  /// change does not pass along supporting edges.
  bool removed = false;
  Path prefix;  ///< How the change came to the node; empty when it names it.
};

struct ReachResult {
  std::vector<Reached> reached;  ///< Sources first, then by likelihood, then by node number.
  bool tree_abandoned = false;   ///< Too many paths: likelihoods are those of the strongest path.
};

/// Cost: strongest and shortest paths O(depth · edges touched); combined likelihoods O(depth ·
/// simple paths of at most `depth` edges that are at least `cutoff` likely), given up for the
/// strongest path after some ten million.
[[nodiscard]] ReachResult reach(TraceGraph const& graph, Project const& project,
                                std::span<ReachSource const> sources, PropagationRules const& rules);

/// Combined likelihood of every node from `source` by the propagation tree of Clarkson, Simons &
/// Eckert 2004: product along a branch, 1 − ∏(1 − x) between branches, simple paths only.
/// Absent when more than `budget` tree nodes would be visited.
[[nodiscard]] std::optional<std::vector<double>> tree_likelihoods(TraceGraph const& graph,
                                                                  ReachSource const& source, int depth,
                                                                  double cutoff, std::uint64_t budget);

}  // namespace rapport::detail
