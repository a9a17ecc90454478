#include "impact/reach.h"

#include <algorithm>
#include <unordered_map>

namespace rapport::detail {
namespace {

Path path_to(TraceGraph const& graph, Project const& project, ReachSource const& source,
             std::vector<Label> const& labels, std::uint32_t at) {
  std::vector<std::uint32_t> back;
  for (auto i = at; i != Label::none; i = labels[i].from) back.push_back(i);
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

}  // namespace

bool stronger(Label const& a, Label const& b) {
  if (a.carried() != b.carried()) return a.carried() > b.carried();
  if (a.likelihood != b.likelihood) return a.likelihood > b.likelihood;
  return a.share > b.share;
}

Walk walk(TraceGraph const& graph, ReachSource const& source, int depth, double cutoff,
          bool (*better)(Label const&, Label const&), LocalNumbers& numbers) {
  Walk result;
  auto const touch = [&](std::uint32_t node, std::uint32_t label) {
    numbers.set(node, static_cast<std::uint32_t>(result.touched.size()));
    result.touched.push_back(node);
    result.kept.push_back(label);
  };
  result.labels.push_back({.node = source.node, .share = source.magnitude});
  touch(source.node, 0);
  std::vector<std::uint32_t> layer = {0}, next;
  for (int d = 0; d < depth && !layer.empty(); ++d) {
    next.clear();
    for (auto const l : layer) {
      Label const at = result.labels[l];
      for (Edge const& edge : graph.out(at.node)) {
        if (!passes(edge, source.removed && at.node == source.node)) continue;
        Label const label{.node = edge.to,
                          .from = l,
                          .edge = &edge,
                          .likelihood = at.likelihood * edge.likelihood,
                          .share = at.share * edge.share};
        if (label.likelihood < cutoff || edge.to == source.node) continue;
        auto const number = numbers.of(edge.to);
        auto const id = static_cast<std::uint32_t>(result.labels.size());
        if (number == LocalNumbers::none)
          touch(edge.to, id);
        else if (better(label, result.labels[result.kept[number]]))
          result.kept[number] = id;
        else
          continue;
        result.labels.push_back(label);
        next.push_back(id);
      }
    }
    // Only now is it known which of a layer's ways are the best of their length. A longer one that is
    // better still must not hide them: they go further within the depth.
    std::erase_if(next, [&](auto l) { return result.kept[numbers.of(result.labels[l].node)] != l; });
    layer.swap(next);
  }
  numbers.forget(result.touched);
  return result;
}

ReachResult reach(TraceGraph const& graph, Project const& project, std::span<ReachSource const> sources,
                  PropagationRules const& rules) {
  ReachResult result;
  std::vector<std::uint32_t> entry(graph.size(), Label::none);
  std::vector<std::uint32_t> nodes;
  std::vector<double> carried;  // by the strongest path of an entry
  LocalNumbers numbers(graph.size());
  for (auto const& source : sources) {
    auto const by_strength = walk(graph, source, rules.depth, rules.cutoff, stronger, numbers);
    auto const by_likelihood = walk(graph, source, rules.depth, rules.cutoff, likelier, numbers);
    // Without cutoff, so that it finds whatever the others do.
    auto const by_length = walk(
        graph, source, rules.depth, 0, [](Label const&, Label const&) { return false; }, numbers);
    std::optional<TreeReach> combined;
    if (rules.combination == Combination::Tree && !result.tree_abandoned) {
      combined = tree_reach(graph, by_likelihood.touched, source.removed, rules.depth, rules.cutoff,
                            tree_budget, numbers);
      result.tree_abandoned = !combined;
    }
    std::unordered_map<std::uint32_t, std::uint32_t> shortest_label, strongest_label;
    for (std::size_t i = 0; i < by_length.touched.size(); ++i)
      shortest_label.emplace(by_length.touched[i], by_length.kept[i]);
    for (std::size_t i = 0; i < by_strength.touched.size(); ++i)
      strongest_label.emplace(by_strength.touched[i], by_strength.kept[i]);

    for (std::size_t i = 0; i < by_likelihood.touched.size(); ++i) {
      auto const node = by_likelihood.touched[i];
      // A way that carries more may be too unlikely further on where a likelier one is not.
      auto const found = strongest_label.find(node);
      bool const strong = found != strongest_label.end();
      auto const& labels = strong ? by_strength.labels : by_likelihood.labels;
      auto const kept = strong ? found->second : by_likelihood.kept[i];
      Label const& label = labels[kept];
      Path shortest_path = path_to(graph, project, source, by_length.labels, shortest_label.at(node));
      double const alone = by_likelihood.labels[by_likelihood.kept[i]].likelihood;
      double const likelihood = combined ? std::max(combined->likelihood[i], alone) : alone;
      if (entry[node] == Label::none) {
        entry[node] = static_cast<std::uint32_t>(result.reached.size());
        nodes.push_back(node);
        carried.push_back(label.carried());
        Reached reached;
        reached.node = graph.node(node);
        reached.likelihood = Probability(std::min(1.0, likelihood));
        reached.share = label.share;
        reached.strongest = path_to(graph, project, source, labels, kept);
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
        reached.strongest = path_to(graph, project, source, labels, kept);
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
