#pragma once
// The change-impact graph compiled for walking: nodes numbered, edges of both directions in arrays.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "rapport/impact/propagation.h"
#include "rapport/model/project.h"

namespace rapport::detail {

struct NodeHash {
  std::size_t operator()(NodeRef const& node) const {
    return std::hash<std::string>()(node.key) * 31 + static_cast<std::size_t>(node.kind);
  }
};

/// Along this, change passes from one node to another.
struct Edge {
  std::uint32_t to = 0;
  std::uint32_t trace = none;  ///< Into Facts::traces; `none` for what facts say without a trace.
  double likelihood = 0;
  double share = 0;
  bool upstream = false;
  bool supports = false;  ///< The target exists because of the source (until upstream).

  static constexpr std::uint32_t none = 0xFFFFFFFF;
};

/// Whether a change passes along `edge`; from a node that falls away, not to what it supports.
inline bool passes(Edge const& edge, bool from_removed) {
  return edge.likelihood > 0 && !(from_removed && edge.supports);
}

class TraceGraph {
 public:
  /// Edges of all traces under `rules`, and what other facts say: who is responsible for a node or
  /// owns it, which activities a WBS branch or a summary holds. Cost: O(facts).
  TraceGraph(Project const& project, PropagationRules const& rules);

  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] std::size_t edge_count() const { return edges_.size(); }
  [[nodiscard]] NodeRef const& node(std::uint32_t i) const { return nodes_[i]; }
  [[nodiscard]] std::optional<std::uint32_t> find(NodeRef const& node) const;
  [[nodiscard]] std::span<Edge const> out(std::uint32_t i) const {
    return {edges_.data() + first_[i], edges_.data() + first_[i + 1]};
  }
  /// Nodes that `i` exists because of (the sources of supporting edges into it).
  [[nodiscard]] std::span<std::uint32_t const> supporters(std::uint32_t i) const {
    return {supporters_.data() + first_supporter_[i], supporters_.data() + first_supporter_[i + 1]};
  }

 private:
  std::uint32_t number(NodeRef const& node);

  std::vector<NodeRef> nodes_;
  std::unordered_map<NodeRef, std::uint32_t, NodeHash> index_;
  std::vector<std::uint32_t> first_, first_supporter_, supporters_;
  std::vector<Edge> edges_;
};

}  // namespace rapport::detail
