#pragma once
// Which nodes a change touches, how likely, and along which paths.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "impact/graph.h"
#include "impact/tree.h"
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

/// Tree nodes looked at before likelihoods are taken from the strongest path alone.
inline constexpr std::uint64_t tree_budget = 10'000'000;

/// One way to come to a node.
struct Label {
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  std::uint32_t node = 0;
  std::uint32_t from = none;         ///< The label before.
  Edge const* edge = nullptr;        ///< Followed from there; null at the source.
  double likelihood = 1, share = 1;  ///< Products along the way.

  [[nodiscard]] double carried() const { return likelihood * share; }
};

/// More is carried; of equals the likelier, then the fuller. Equals keep the earlier, shorter way.
[[nodiscard]] bool stronger(Label const& a, Label const& b);
[[nodiscard]] inline bool likelier(Label const& a, Label const& b) { return a.likelihood > b.likelihood; }

/// Nodes within `depth` edges along paths at least `cutoff` likely, and the best way to each.
struct Walk {
  std::vector<Label> labels;
  std::vector<std::uint32_t> touched;  ///< In order of first touch, the source first.
  std::vector<std::uint32_t> kept;     ///< Label of each touched node.
};

/// `better(a, b)` says that a way replaces another to the same node. Cost: O(depth · edges touched).
[[nodiscard]] Walk walk(TraceGraph const& graph, ReachSource const& source, int depth, double cutoff,
                        bool (*better)(Label const&, Label const&), LocalNumbers& numbers);

struct ReachResult {
  std::vector<Reached> reached;  ///< Sources first, then by likelihood, then by node number.
  bool tree_abandoned = false;   ///< Too many paths: likelihoods are those of the strongest path.
};

/// Cost: strongest and shortest paths O(depth · edges touched); combined likelihoods O(depth ·
/// simple paths of at most `depth` edges that are at least `cutoff` likely), given up for the
/// strongest path after some ten million.
[[nodiscard]] ReachResult reach(TraceGraph const& graph, Project const& project,
                                std::span<ReachSource const> sources, PropagationRules const& rules);

}  // namespace rapport::detail
