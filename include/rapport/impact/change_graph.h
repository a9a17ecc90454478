#pragma once
// What a change can touch, asked without any change request: the typed graph over stakeholders,
// requirements, deliverables, tests, activities, milestones, accounts and risks, compiled once and
// asked often.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "rapport/base/run_control.h"
#include "rapport/impact/change_prediction.h"
#include "rapport/impact/change_roles.h"
#include "rapport/impact/impact.h"
#include "rapport/impact/propagation.h"
#include "rapport/model/project.h"
#include "rapport/table/table.h"

namespace rapport {

/// Which way traces are followed.
enum class Follow : std::uint8_t {
  Change,      ///< Every way that change can pass: a likelihood above 0, with or against a trace.
  Downstream,  ///< From → to, whatever the likelihood: everything made because of the node.
  Upstream,    ///< To → from, whatever the likelihood: everything the node was made because of.
};

class CertainReach;
class ProbableReach;

/// Immutable and cheap to copy; copies share their arrays, and any number of threads may ask.
class ChangeGraph {
 public:
  /// Traces under `rules` (its table by type, depth and cutoff), who answers for a node or owns it,
  /// and what WBS branches and summaries hold. Keeps no reference to `project`.
  /// Cost: O(facts). Errors: InvalidInput for rules out of range.
  explicit ChangeGraph(Project const& project, PropagationRules const& rules = {});

  /// Nodes that a trace, a responsibility or an owner names, and all requirements.
  [[nodiscard]] std::size_t node_count() const;
  /// Ways from one node to another that are stored, both directions of a trace counted.
  [[nodiscard]] std::size_t edge_count() const;
  [[nodiscard]] bool contains(NodeRef const& node) const;
  [[nodiscard]] PropagationRules const& rules() const;

  /// Everything that can be touched within `depth` traces, with the shortest path to each.
  /// Cost: that of a breadth-first search of what is touched. Errors: NotFound when no fact that
  /// the graph holds is called so; InvalidInput when depth < 1.
  [[nodiscard]] CertainReach certain(NodeRef const& source, Follow follow = Follow::Change,
                                     int depth = any_depth) const;
  static constexpr int any_depth = 1 << 30;

  /// How likely each node is reached within the depth of the rules, by the propagation tree of
  /// Clarkson, Simons & Eckert (2004), and by how much the cutoff can have understated it.
  /// Cost: O(depth · simple paths that are at least `cutoff` likely); given up after some ten million
  /// for the strongest path alone, see ProbableReach::abandoned. Errors: NotFound.
  [[nodiscard]] ProbableReach probable(NodeRef const& source) const;

  /// As the free percolate(), on this graph.
  [[nodiscard]] std::vector<UnionLikelihood> percolate(NodeRef const& source,
                                                       PercolationOptions const& options = {},
                                                       RunControl const& control = {}) const;

  /// What bears directly on what, for predict_change(): nodes of `kinds` (none: all) by kind, named as
  /// "requirement:REQ-31", and what passes between two of them without a third. Several ways from one to
  /// another count as one, 1 − ∏(1 − x). Cost: O(edges + nodes²).
  /// Errors: InvalidInput when there are more than most_matrix_nodes.
  [[nodiscard]] DependencyMatrix dependencies(std::span<FactKind const> kinds) const;
  static constexpr std::size_t most_matrix_nodes = 500;

  /// Absorbers, carriers and multipliers (Eckert, Clarkson & Zanker 2004): the combined risk of a node to
  /// all others over that of all others to it, by role_of(). The risks are those that predict_change() has
  /// of dependencies() with RiskVariant::NestedTree, within the depth and cutoff of the rules; the depth is
  /// lessened for all nodes alike where their trees may have more than `most_branches` branches.
  /// Cost: O(depth · edges + branches looked at). Errors: InvalidInput (band), Cancelled.
  [[nodiscard]] ChangeRoles roles(RoleOptions const& options = {}, RunControl const& control = {}) const;

  /// A graph compiled elsewhere; for the library itself.
  struct Data;

 private:
  std::shared_ptr<Data const> data_;
};

/// What can be touched, the source first, then by depth. Immutable.
class CertainReach {
 public:
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] NodeRef const& node(std::size_t i) const;
  /// Traces on the shortest path; 0 for the source.
  [[nodiscard]] int depth(std::size_t i) const;
  /// Of the shortest paths, the one found first. Cost: O(depth · traces of a node).
  [[nodiscard]] Path shortest(std::size_t i) const;
  /// The path that carries most (likelihood × share), of equals the likelier, of those the shorter.
  /// Cost: the first call O(edges touched · log nodes) for all nodes; then O(path).
  /// Errors: InvalidInput unless followed as Follow::Change.
  [[nodiscard]] Path strongest(std::size_t i) const;
  /// One row per node: kind, key, depth, shortest, and, when followed as Follow::Change, strongest,
  /// with its likelihood and share.
  [[nodiscard]] Table table() const;

 private:
  friend class ChangeGraph;
  struct Strongest;
  std::shared_ptr<ChangeGraph::Data const> data_;
  Follow follow_ = Follow::Change;
  std::vector<std::uint32_t> nodes_;      ///< In the graph, in the order they were found.
  std::vector<std::uint32_t> from_;       ///< Position of the node before on the shortest path.
  std::vector<std::uint32_t> layer_end_;  ///< Positions up to which the depth is 0, 1, …
  std::shared_ptr<Strongest> strongest_;  ///< Filled by the first question, once.
};

/// How likely a node is reached.
struct ProbableNode {
  NodeRef node;
  int depth = 0;              ///< Traces on the shortest path.
  double likelihood = 0;      ///< By the tree; by the strongest path when the tree was abandoned.
  double strongest_path = 0;  ///< Likelihood of the most likely path alone: never above the true one.
  double understated_by = 0;  ///< At most this much was cut from `likelihood`, [0, 1].
  friend bool operator==(ProbableNode const&, ProbableNode const&) = default;
};

/// The source is left out; by likelihood, then node. Immutable by habit.
class ProbableReach {
 public:
  std::vector<ProbableNode> nodes;
  std::uint64_t visited = 0;  ///< Tree nodes looked at.
  bool abandoned = false;     ///< Too many paths: likelihoods are those of the strongest path.

  /// One row per node: kind, key, depth, likelihood, strongest_path, understated_by.
  [[nodiscard]] Table table() const;
};

}  // namespace rapport
