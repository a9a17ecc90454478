#include "impact/reach.h"

#include <algorithm>
#include <limits>

namespace rapport::detail {
namespace {

constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t tree_budget = 10'000'000;

bool passes(Edge const& edge, bool from_removed) {
  return edge.likelihood > 0 && !(from_removed && edge.supports);
}

/// One way to come to a node.
struct Label {
  std::uint32_t node = 0;
  std::uint32_t from = nowhere;      ///< The label before.
  Edge const* edge = nullptr;        ///< Followed from there; null at the source.
  double likelihood = 1, share = 1;  ///< Products along the way.

  [[nodiscard]] double carried() const { return likelihood * share; }
};

/// More is carried; of equals the likelier, then the fuller. Equals keep the earlier, shorter way.
bool stronger(Label const& a, Label const& b) {
  if (a.carried() != b.carried()) return a.carried() > b.carried();
  if (a.likelihood != b.likelihood) return a.likelihood > b.likelihood;
  return a.share > b.share;
}

Path path_to(TraceGraph const& graph, Project const& project, ReachSource const& source,
             std::vector<Label> const& labels, std::uint32_t at) {
  std::vector<std::uint32_t> back;
  for (auto i = at; i != nowhere; i = labels[i].from) back.push_back(i);
  Path path = source.prefix;
  if (path.empty())
    path.push_back({.via = {},
                    .node = graph.node(source.node),
                    .likelihood = Probability(1),
                    .share = source.magnitude});
  for (auto i = back.rbegin() + 1; i < back.rend(); ++i) {
    Edge const& edge = *labels[*i].edge;
    path.push_back({.via = edge.trace == Edge::none ? "" : project.facts().traces[edge.trace].key,
                    .node = graph.node(labels[*i].node),
                    .upstream = edge.upstream,
                    .likelihood = Probability(edge.likelihood),
                    .share = edge.share});
  }
  return path;
}

/// Labels of all nodes within `depth`, layer by layer; best[node] is the label kept.
struct Walk {
  std::vector<Label> labels;
  std::vector<std::uint32_t> touched;  ///< In order of first touch, the source first.
};

class Walker {
 public:
  explicit Walker(TraceGraph const& graph) : graph_(graph), best_(graph.size(), nowhere) {}

  /// `better(new, old)` decides whether a label replaces another at the same node.
  template <class Better>
  Walk walk(ReachSource const& source, int depth, double cutoff, Better better) {
    Walk result;
    result.labels.push_back({.node = source.node, .share = source.magnitude});
    result.touched.push_back(source.node);
    best_[source.node] = 0;
    std::vector<std::uint32_t> layer = {0}, next;
    for (int d = 0; d < depth && !layer.empty(); ++d) {
      next.clear();
      for (auto const l : layer) {
        Label const at = result.labels[l];
        if (best_[at.node] != l) continue;
        for (Edge const& edge : graph_.out(at.node)) {
          if (!passes(edge, source.removed && at.node == source.node)) continue;
          Label const label{.node = edge.to,
                            .from = l,
                            .edge = &edge,
                            .likelihood = at.likelihood * edge.likelihood,
                            .share = at.share * edge.share};
          if (label.likelihood < cutoff || edge.to == source.node) continue;
          auto& best = best_[edge.to];
          if (best != nowhere && !better(label, result.labels[best])) continue;
          if (best == nowhere) result.touched.push_back(edge.to);
          best = static_cast<std::uint32_t>(result.labels.size());
          result.labels.push_back(label);
          next.push_back(best);
        }
      }
      layer.swap(next);
    }
    return result;
  }

  /// Takes back what the last walk touched and returns the label each node ended with.
  std::vector<std::uint32_t> finish(Walk const& walk) {
    std::vector<std::uint32_t> kept;
    kept.reserve(walk.touched.size());
    for (auto const node : walk.touched) {
      kept.push_back(best_[node]);
      best_[node] = nowhere;
    }
    return kept;
  }

 private:
  TraceGraph const& graph_;
  std::vector<std::uint32_t> best_;
};

}  // namespace

std::optional<std::vector<double>> tree_likelihoods(TraceGraph const& graph, ReachSource const& source,
                                                    int depth, double cutoff, std::uint64_t budget) {
  // missed[d][t]: that the part of the tree below the node at depth d does not reach t.
  struct Level {
    std::vector<double> missed;
    std::vector<std::uint32_t> touched;
  };
  std::vector<Level> levels(static_cast<std::size_t>(depth) + 1);
  for (auto& level : levels) level.missed.assign(graph.size(), 1);
  std::vector<std::uint8_t> on_path(graph.size(), 0);
  std::uint64_t visited = 0;

  auto const miss = [](Level& level, std::uint32_t target, double likelihood) {
    // A node that one branch has certainly reached stays reached: 0 marks touched as well as 1 − x.
    if (level.missed[target] == 1) level.touched.push_back(target);
    level.missed[target] *= 1 - likelihood;
  };
  auto const descend = [&](auto const& self, std::uint32_t node, int d, double along) -> bool {
    if (++visited > budget) return false;
    auto& here = levels[static_cast<std::size_t>(d)];
    on_path[node] = 1;
    for (Edge const& edge : graph.out(node)) {
      if (on_path[edge.to] || !passes(edge, source.removed && d == 0)) continue;
      double const next = along * edge.likelihood;
      if (next < cutoff) continue;
      miss(here, edge.to, edge.likelihood);
      if (d + 1 >= depth) continue;
      if (!self(self, edge.to, d + 1, next)) return false;
      auto& below = levels[static_cast<std::size_t>(d) + 1];
      for (auto const target : below.touched) {
        if (below.missed[target] < 1) miss(here, target, edge.likelihood * (1 - below.missed[target]));
        below.missed[target] = 1;
      }
      below.touched.clear();
    }
    on_path[node] = 0;
    return true;
  };
  if (!descend(descend, source.node, 0, 1)) return std::nullopt;
  std::vector<double> result(graph.size(), 0);
  for (auto const target : levels[0].touched) result[target] = 1 - levels[0].missed[target];
  result[source.node] = 1;
  return result;
}

ReachResult reach(TraceGraph const& graph, Project const& project, std::span<ReachSource const> sources,
                  PropagationRules const& rules) {
  ReachResult result;
  std::vector<std::uint32_t> entry(graph.size(), nowhere);
  std::vector<std::uint32_t> nodes;
  std::vector<double> carried;  // by the strongest path of an entry
  Walker walker(graph);
  for (auto const& source : sources) {
    auto const by_strength = walker.walk(source, rules.depth, rules.cutoff, stronger);
    auto const strongest = walker.finish(by_strength);
    // Without cutoff, so that it finds whatever the strongest paths do.
    auto const by_length =
        walker.walk(source, rules.depth, 0, [](Label const&, Label const&) { return false; });
    auto const shortest = walker.finish(by_length);
    std::optional<std::vector<double>> combined;
    if (rules.combination == Combination::Tree && !result.tree_abandoned) {
      combined = tree_likelihoods(graph, source, rules.depth, rules.cutoff, tree_budget);
      result.tree_abandoned = !combined;
    }
    std::unordered_map<std::uint32_t, std::uint32_t> shortest_label;
    for (std::size_t i = 0; i < shortest.size(); ++i)
      shortest_label.emplace(by_length.touched[i], shortest[i]);

    for (std::size_t i = 0; i < strongest.size(); ++i) {
      auto const node = by_strength.touched[i];
      Label const& label = by_strength.labels[strongest[i]];
      Path shortest_path = path_to(graph, project, source, by_length.labels, shortest_label.at(node));
      double const likelihood = combined ? std::max((*combined)[node], label.likelihood) : label.likelihood;
      if (entry[node] == nowhere) {
        entry[node] = static_cast<std::uint32_t>(result.reached.size());
        nodes.push_back(node);
        carried.push_back(label.carried());
        Reached reached;
        reached.node = graph.node(node);
        reached.likelihood = Probability(std::min(1.0, likelihood));
        reached.share = label.share;
        reached.strongest = path_to(graph, project, source, by_strength.labels, strongest[i]);
        reached.depth = static_cast<int>(shortest_path.size()) - 1;
        reached.shortest = std::move(shortest_path);
        result.reached.push_back(std::move(reached));
        continue;
      }
      // Changes of several things reach the node: any of them is enough, and they redo different
      // parts of it.
      auto& reached = result.reached[entry[node]];
      reached.likelihood =
          Probability(std::min(1.0, 1 - (1 - reached.likelihood.value()) * (1 - likelihood)));
      reached.share = 1 - (1 - reached.share) * (1 - label.share);
      if (label.carried() > carried[entry[node]]) {
        carried[entry[node]] = label.carried();
        reached.strongest = path_to(graph, project, source, by_strength.labels, strongest[i]);
      }
      if (static_cast<int>(shortest_path.size()) - 1 < reached.depth) {
        reached.depth = static_cast<int>(shortest_path.size()) - 1;
        reached.shortest = std::move(shortest_path);
      }
    }
  }
  for (auto& reached : result.reached)
    reached.counted = rules.counting != Counting::Likely || reached.likelihood >= rules.count_from;

  std::vector<std::uint32_t> order(result.reached.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    auto const &x = result.reached[a], &y = result.reached[b];
    if ((x.depth == 0) != (y.depth == 0)) return x.depth == 0;
    if (x.likelihood != y.likelihood) return x.likelihood > y.likelihood;
    if (x.depth != y.depth) return x.depth < y.depth;
    return nodes[a] < nodes[b];
  });
  std::vector<Reached> sorted;
  sorted.reserve(order.size());
  for (auto const i : order) sorted.push_back(std::move(result.reached[i]));
  result.reached = std::move(sorted);
  return result;
}

}  // namespace rapport::detail
