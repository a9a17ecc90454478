#include "impact/dependencies.h"

#include <algorithm>
#include <numeric>

namespace rapport::detail {

Dependencies dependencies(TraceGraph const& graph, std::span<FactKind const> kinds) {
  constexpr std::uint32_t left_out = 0xFFFFFFFF;
  auto const n = static_cast<std::uint32_t>(graph.size());
  Dependencies result;
  for (std::uint32_t i = 0; i < n; ++i)
    if (kinds.empty() || std::ranges::count(kinds, graph.node(i).kind)) result.nodes.push_back(i);
  std::stable_sort(result.nodes.begin(), result.nodes.end(),
                   [&](auto a, auto b) { return graph.node(a).kind < graph.node(b).kind; });
  std::vector<std::uint32_t> number(n, left_out);
  for (std::uint32_t i = 0; i < result.size(); ++i) number[result.nodes[i]] = i;

  std::vector<double> missed(result.size(), 1), spared(result.size(), 1);
  std::vector<std::uint32_t> touched;
  result.first.push_back(0);
  for (auto const node : result.nodes) {
    for (Edge const& edge : graph.out(node)) {
      auto const to = number[edge.to];
      if (to == left_out || edge.to == node || edge.likelihood <= 0) continue;
      if (missed[to] == 1) touched.push_back(to);
      missed[to] *= 1 - edge.likelihood;
      spared[to] *= 1 - edge.likelihood * edge.share;
    }
    for (auto const to : touched) {
      if (missed[to] < 1) result.links.push_back({to, 1 - missed[to], 1 - spared[to]});
      missed[to] = spared[to] = 1;
    }
    touched.clear();
    result.first.push_back(static_cast<std::uint32_t>(result.links.size()));
  }
  return result;
}

int affordable_depth(Dependencies const& dependencies, int depth, std::uint64_t most) {
  auto const n = static_cast<std::uint32_t>(dependencies.size());
  // Walks of the present length that begin at each node; in floating numbers, as they grow beyond any other.
  std::vector<double> walks(n, 1), longer(n);
  double branches = 0;
  for (int d = 1; d <= depth; ++d) {
    for (std::uint32_t i = 0; i < n; ++i) {
      longer[i] = 0;
      for (auto const& link : dependencies.of(i)) longer[i] += walks[link.to];
    }
    walks.swap(longer);
    branches += std::accumulate(walks.begin(), walks.end(), 0.0);
    if (branches > static_cast<double>(most)) return std::max(1, d - 1);
  }
  return depth;
}

namespace {

/// The propagation tree of one node after another.
class Walk {
 public:
  Walk(Dependencies const& dependencies, int depth, double cutoff)
      : dependencies_(dependencies),
        depth_(static_cast<std::size_t>(depth)),
        cutoff_(cutoff),
        local_(dependencies.size(), none),
        levels_(depth_) {}

  /// `visit(to, likelihood, risk)` for each node that a change of `source` reaches.
  template <class Visit>
  void from(std::uint32_t source, Visit visit) {
    if (dependencies_.of(source).empty()) return;
    gather(source);
    descend(0, 0, 1);
    auto& level = levels_[0];
    for (auto const to : level.touched) {
      auto& not_reached = level.not_reached[to];
      if (not_reached.at_all < 1) visit(nodes_[to], 1 - not_reached.at_all, 1 - not_reached.harmed);
      not_reached = {};
    }
    level.touched.clear();
  }
  [[nodiscard]] std::uint64_t branches() const { return branches_; }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  /// Probabilities that the part of the tree below a node does not reach another, or does not harm it.
  struct NotReached {
    double at_all = 1, harmed = 1;
  };
  struct Level {
    std::vector<NotReached> not_reached;
    std::vector<std::uint32_t> touched;

    void take(std::uint32_t to, double likelihood, double risk) {
      auto& one = not_reached[to];
      if (one.at_all == 1) touched.push_back(to);
      one.at_all *= 1 - likelihood;
      one.harmed *= 1 - risk;
    }
  };

  /// Numbers what can be reached, so that the tree, which comes back to the same nodes again and again, finds
  /// them close together.
  void gather(std::uint32_t source) {
    nodes_.assign(1, source);
    local_[source] = 0;
    first_.assign(1, 0);
    links_.clear();
    std::size_t begin = 0;
    for (std::size_t d = 0; d < depth_ && begin < nodes_.size(); ++d) {
      auto const end = nodes_.size();
      for (; begin < end; ++begin) {
        for (auto const& link : dependencies_.of(nodes_[begin])) {
          auto& to = local_[link.to];
          if (to == none) {
            to = static_cast<std::uint32_t>(nodes_.size());
            nodes_.push_back(link.to);
          }
          links_.push_back({to, link.likelihood, link.risk});
        }
        first_.push_back(static_cast<std::uint32_t>(links_.size()));
      }
    }
    // From the nodes of the last layer the tree does not go on.
    first_.resize(nodes_.size() + 1, static_cast<std::uint32_t>(links_.size()));
    for (auto const node : nodes_) local_[node] = none;
    on_path_.assign(nodes_.size(), 0);
  }

  void descend(std::uint32_t node, std::size_t d, double along) {
    auto& here = levels_[d];
    if (here.not_reached.size() < nodes_.size()) here.not_reached.resize(nodes_.size());
    on_path_[node] = 1;
    for (auto l = first_[node]; l < first_[node + 1]; ++l) {
      auto const& link = links_[l];
      ++branches_;
      if (on_path_[link.to] || along * link.likelihood < cutoff_) continue;
      here.take(link.to, link.likelihood, link.risk);
      if (d + 1 >= depth_ || first_[link.to] == first_[link.to + 1]) continue;
      descend(link.to, d + 1, along * link.likelihood);
      auto& below = levels_[d + 1];
      for (auto const to : below.touched) {
        auto& not_reached = below.not_reached[to];
        if (not_reached.at_all < 1)
          here.take(to, link.likelihood * (1 - not_reached.at_all),
                    link.likelihood * (1 - not_reached.harmed));
        not_reached = {};
      }
      below.touched.clear();
    }
    on_path_[node] = 0;
  }

  Dependencies const& dependencies_;
  std::size_t const depth_;
  double const cutoff_;
  std::uint64_t branches_ = 0;
  std::vector<std::uint32_t> local_;  ///< The number of a node while it is gathered.
  std::vector<std::uint32_t> nodes_;  ///< In the order they are gathered, the source first.
  std::vector<std::uint32_t> first_;
  std::vector<Dependencies::Link> links_;
  std::vector<std::uint8_t> on_path_;
  std::vector<Level> levels_;
};

}  // namespace

ChangeRoles change_roles(TraceGraph const& graph, Dependencies const& dependencies, int depth, double cutoff,
                         double band, RunControl const& control) {
  auto const n = static_cast<std::uint32_t>(dependencies.size());
  ChangeRoles result;
  result.depth = depth;
  for (auto const node : dependencies.nodes) result.nodes.push_back({.node = graph.node(node)});
  Walk walk(dependencies, depth, cutoff);
  for (std::uint32_t i = 0; i < n; ++i) {
    if (i % (n / 128 + 1) == 0)
      control.report(static_cast<double>(i) / n, "telling absorbers from multipliers");
    walk.from(i, [&](std::uint32_t to, double likelihood, double risk) {
      result.nodes[i].likelihood_out += likelihood;
      result.nodes[i].risk_out += risk;
      result.nodes[to].likelihood_in += likelihood;
      result.nodes[to].risk_in += risk;
    });
  }
  result.branches = walk.branches();
  for (auto& one : result.nodes)
    if (one.risk_out > 0 || one.risk_in > 0) one.role = role_of(one.risk_out, one.risk_in, band);
  std::stable_sort(result.nodes.begin(), result.nodes.end(), [](NodeRole const& a, NodeRole const& b) {
    if (a.role.has_value() != b.role.has_value()) return a.role.has_value();
    double const x = a.risk_out - a.risk_in, y = b.risk_out - b.risk_in;
    return x != y ? x > y : a.node < b.node;
  });
  control.report(1, "telling absorbers from multipliers");
  return result;
}

}  // namespace rapport::detail
