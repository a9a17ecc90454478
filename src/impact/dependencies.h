#pragma once
// Which node bears directly on which, one link for each pair: the matrices of the Change Prediction Method,
// kept sparse.

#include <cstdint>
#include <span>
#include <vector>

#include "impact/graph.h"
#include "rapport/base/run_control.h"
#include "rapport/impact/change_roles.h"

namespace rapport::detail {

struct Dependencies {
  struct Link {
    std::uint32_t to = 0;
    double likelihood = 0;
    double risk = 0;  ///< Likelihood × impact.
  };

  std::vector<std::uint32_t> nodes;  ///< In the graph, by kind, then in its order.
  std::vector<std::uint32_t> first;
  std::vector<Link> links;

  [[nodiscard]] std::size_t size() const { return nodes.size(); }
  [[nodiscard]] std::span<Link const> of(std::uint32_t i) const {
    return {links.data() + first[i], links.data() + first[i + 1]};
  }
};

/// Of nodes of `kinds` (none: all), with what passes between two of them without a third. Several ways from
/// one to another count as one: 1 − ∏(1 − likelihood), 1 − ∏(1 − likelihood × share). Cost: O(edges).
[[nodiscard]] Dependencies dependencies(TraceGraph const& graph, std::span<FactKind const> kinds);

/// The deepest depth up to `depth`, 1 at least, at which propagation trees of all nodes have at most `most`
/// branches: none has more than there are walks. Cost: O(depth · links).
[[nodiscard]] int affordable_depth(Dependencies const& dependencies, int depth, std::uint64_t most);

/// What each node gives and takes, by the tree of predict_change() with RiskVariant::NestedTree.
/// Cost: O(branches). Errors: Cancelled.
[[nodiscard]] ChangeRoles change_roles(TraceGraph const& graph, Dependencies const& dependencies, int depth,
                                       double cutoff, double band, RunControl const& control);

}  // namespace rapport::detail
