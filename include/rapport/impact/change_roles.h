#pragma once
// Whether what a node passes on of changes is more or less than what it takes in.

#include <cstdint>
#include <optional>
#include <vector>

#include "rapport/impact/change_prediction.h"
#include "rapport/model/node.h"
#include "rapport/table/table.h"

namespace rapport {

struct RoleOptions {
  /// Only nodes of these kinds, and what passes between them without any other; empty: all.
  std::vector<FactKind> kinds{};
  /// A carrier passes on what it takes in, give or take this share.
  double band = 0.1;
  /// So many branches of propagation trees are looked at, all nodes together. Where the graph has more
  /// within its depth, all nodes are asked to a lesser depth alike, so that they stay comparable.
  std::uint64_t most_branches = 100'000'000;
};

/// Sums over all other nodes: of a change here reaching them, and of changes of them reaching here.
struct NodeRole {
  NodeRef node;
  double likelihood_out = 0, likelihood_in = 0;
  double risk_out = 0, risk_in = 0;  ///< Likelihood × share that is redone.
  std::optional<ChangeRole> role{};  ///< Absent where no risk passes either way.
  friend bool operator==(NodeRole const&, NodeRole const&) = default;
};

/// What passes on most more than it takes in first; nodes without a role last. Immutable by habit.
class ChangeRoles {
 public:
  std::vector<NodeRole> nodes;
  int depth = 0;               ///< Longest path in traces that was looked at: that of the rules, or less.
  std::uint64_t branches = 0;  ///< Of propagation trees, looked at.

  /// One row per node: kind, key, likelihood_out, likelihood_in, risk_out, risk_in, role.
  [[nodiscard]] Table table() const;
};

}  // namespace rapport
