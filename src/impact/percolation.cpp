#include "impact/percolation.h"

#include <algorithm>
#include <cmath>

#include "impact/random.h"
#include "rapport/impact/change_prediction.h"
#include "rapport/model/names.h"

namespace rapport {

std::vector<UnionLikelihood> percolate(Project const& project, NodeRef const& source,
                                       PropagationRules const& rules, PercolationOptions const& options,
                                       RunControl const& control) {
  check(AssessOptions{.propagation = rules, .rework = {}, .quality = {}});
  if (!project.contains(source)) throw NotFound("node", to_string(source));
  detail::TraceGraph const graph(project, rules);
  auto const start = graph.find(source);
  if (!start) return {};
  return detail::percolate(graph, *start, rules.depth, options, control);
}

std::vector<UnionLikelihood> detail::percolate(TraceGraph const& graph, std::uint32_t source, int depth,
                                               PercolationOptions const& options, RunControl const& control) {
  if (options.trials == 0) throw InvalidInput("a sample of 0 trials says nothing; give 1 or more");
  std::vector<std::uint32_t> hits(graph.size(), 0), seen(graph.size(), 0), layer, next;
  auto const* const first_edge = graph.out(0).data();
  for (std::uint32_t trial = 1; trial <= options.trials; ++trial) {
    if (trial % 256 == 0)
      control.report(static_cast<double>(trial) / static_cast<double>(options.trials), "sampling");
    layer.assign(1, source);
    seen[source] = trial;
    for (int d = 0; d < depth && !layer.empty(); ++d) {
      next.clear();
      for (auto const node : layer)
        for (auto const& edge : graph.out(node)) {
          if (seen[edge.to] == trial) continue;
          auto const id = static_cast<std::uint64_t>(&edge - first_edge);
          if (!(uniform(options.seed, trial, id) < edge.likelihood)) continue;
          seen[edge.to] = trial;
          ++hits[edge.to];
          next.push_back(edge.to);
        }
      layer.swap(next);
    }
  }
  std::vector<UnionLikelihood> result;
  auto const trials = static_cast<double>(options.trials);
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    if (hits[i] == 0) continue;
    double const p = static_cast<double>(hits[i]) / trials;
    result.push_back({graph.node(i), p, std::sqrt(p * (1 - p) / trials)});
  }
  std::sort(result.begin(), result.end(), [](auto const& a, auto const& b) {
    return a.probability != b.probability ? a.probability > b.probability : a.node < b.node;
  });
  return result;
}

Table to_table(std::vector<UnionLikelihood> const& likelihoods) {
  std::vector<std::string> kinds, keys;
  std::vector<double> probability, error;
  for (auto const& one : likelihoods) {
    kinds.emplace_back(to_name(one.node.kind));
    keys.push_back(one.node.key);
    probability.push_back(one.probability);
    error.push_back(one.standard_error);
  }
  Table table("percolation");
  table.add("kind", kinds).add("key", keys).add("probability", probability).add("standard_error", error);
  return table;
}

}  // namespace rapport
