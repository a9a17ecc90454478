#include "impact/fall_away.h"

#include <unordered_map>

namespace rapport::detail {

std::vector<ReachSource> fall_away(TraceGraph const& graph, Project const& project,
                                   std::span<std::uint32_t const> removed) {
  std::vector<ReachSource> fallen;
  std::unordered_map<std::uint32_t, std::size_t> still_needed;  // node → supporters left
  std::vector<std::uint8_t> gone(graph.size(), 0);
  auto const fall = [&](std::uint32_t node, Path prefix) {
    gone[node] = 1;
    fallen.push_back({.node = node, .magnitude = 1, .removed = true, .prefix = std::move(prefix)});
  };
  for (auto const node : removed)
    if (!gone[node]) fall(node, {{.via = {}, .node = graph.node(node)}});
  for (std::size_t next = 0; next < fallen.size(); ++next) {
    auto const from = fallen[next].node;
    for (auto const& edge : graph.out(from)) {
      if (!edge.supports || gone[edge.to]) continue;
      auto const [left, first] = still_needed.try_emplace(edge.to, graph.supporters(edge.to).size());
      if (--left->second > 0) continue;
      Path path = fallen[next].prefix;
      path.push_back({.via = project.facts().traces[edge.trace].key, .node = graph.node(edge.to)});
      fall(edge.to, std::move(path));
    }
  }
  return fallen;
}

}  // namespace rapport::detail
