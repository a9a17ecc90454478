#include "rapport/impact/change_graph.h"

#include <algorithm>
#include <mutex>
#include <queue>
#include <tuple>

#include "impact/dependencies.h"
#include "impact/graph.h"
#include "impact/parts.h"
#include "impact/percolation.h"
#include "impact/reach.h"
#include "impact/tree.h"
#include "rapport/model/names.h"

namespace rapport {
namespace detail {

/// Where one may go from each node, and nothing else: what a breadth-first search reads.
struct Ways {
  std::vector<std::uint32_t> first, to;
};

/// The edges of `graph` that `taken` takes, as ways; against their direction when `reversed`.
template <class Taken>
Ways ways(TraceGraph const& graph, bool reversed, Taken taken) {
  auto const n = static_cast<std::uint32_t>(graph.size());
  Ways result{.first = std::vector<std::uint32_t>(n + 1, 0), .to = {}};
  auto const each = [&](auto visit) {
    for (std::uint32_t i = 0; i < n; ++i)
      for (Edge const& edge : graph.out(i))
        if (taken(edge)) reversed ? visit(edge.to, i) : visit(i, edge.to);
  };
  each([&](std::uint32_t from, std::uint32_t) { ++result.first[from + 1]; });
  for (std::uint32_t i = 0; i < n; ++i) result.first[i + 1] += result.first[i];
  result.to.resize(result.first[n]);
  auto next = result.first;
  each([&](std::uint32_t from, std::uint32_t to) { result.to[next[from]++] = to; });
  return result;
}

/// What one search needs at a time, of the size of the graph.
struct Scratch {
  explicit Scratch(std::size_t size) : numbers(size), seen(size, 0), found(size + 1), from(size + 1) {}

  /// A mark that no node bears yet. Marks of earlier searches stay: clearing would cost as much as a search.
  std::uint32_t fresh_mark() {
    if (++mark == 0) {
      std::fill(seen.begin(), seen.end(), 0);
      mark = 1;
    }
    return mark;
  }

  LocalNumbers numbers;
  std::vector<std::uint32_t> seen;
  std::uint32_t mark = 0;
  std::vector<std::uint32_t> found, from;  ///< Nodes in the order they were found, and where from.
};

/// Lends out scratch; what one search is done with, the next takes.
class Scratches {
 public:
  explicit Scratches(std::size_t size) : size_(size) {}

  template <class Search>
  auto lend(Search search) const {
    auto scratch = take();
    auto result = search(*scratch);
    std::lock_guard const lock(mutex_);
    idle_.push_back(std::move(scratch));
    return result;
  }

 private:
  std::unique_ptr<Scratch> take() const {
    {
      std::lock_guard const lock(mutex_);
      if (!idle_.empty()) {
        auto scratch = std::move(idle_.back());
        idle_.pop_back();
        return scratch;
      }
    }
    return std::make_unique<Scratch>(size_);
  }

  std::size_t size_;
  std::mutex mutable mutex_;
  std::vector<std::unique_ptr<Scratch>> mutable idle_;
};

}  // namespace detail

using detail::Edge;
using detail::LocalNumbers;
using detail::TraceGraph;
using detail::Ways;

struct ChangeGraph::Data {
  Data(Project const& project, PropagationRules const& given)
      : graph(project, given), rules(given), scratches(graph.size()) {
    trace_keys.reserve(project.facts().traces.size());
    for (auto const& trace : project.facts().traces) trace_keys.push_back(trace.key);
    by_change = detail::ways(graph, false, [](Edge const& edge) { return edge.likelihood > 0; });
    downstream = detail::ways(graph, false, [](Edge const& edge) { return !edge.upstream; });
    upstream = detail::ways(graph, true, [](Edge const& edge) { return !edge.upstream; });
  }

  [[nodiscard]] std::uint32_t at(NodeRef const& node) const {
    if (auto const found = graph.find(node)) return *found;
    std::vector<std::string> known;
    for (std::uint32_t i = 0; i < graph.size(); ++i)
      if (graph.node(i).kind == node.kind) known.push_back(graph.node(i).key);
    throw NotFound(std::string(to_name(node.kind)) + " with a trace", node.key, known);
  }
  [[nodiscard]] Ways const& of(Follow follow) const {
    return follow == Follow::Change ? by_change : follow == Follow::Downstream ? downstream : upstream;
  }
  /// The step between neighbours; of several edges the one that carries most.
  [[nodiscard]] PathStep step(std::uint32_t from, std::uint32_t to, Follow follow) const;

  TraceGraph const graph;
  PropagationRules const rules;
  std::vector<std::string> trace_keys;
  Ways by_change, downstream, upstream;
  detail::Scratches const scratches;
};

PathStep ChangeGraph::Data::step(std::uint32_t from, std::uint32_t to, Follow follow) const {
  bool const against = follow == Follow::Upstream;
  Edge const* best = nullptr;
  for (Edge const& edge : graph.out(against ? to : from)) {
    if (edge.to != (against ? from : to)) continue;
    if (follow == Follow::Change ? !detail::passes(edge, false) : edge.upstream) continue;
    if (!best || edge.likelihood * edge.share > best->likelihood * best->share) best = &edge;
  }
  PathStep step{.via = best->trace == Edge::none ? "" : trace_keys[best->trace],
                .node = graph.node(to),
                .upstream = against || best->upstream,
                .likelihood = Probability(best->likelihood),
                .share = best->share};
  if (!against) return step;
  // Followed to its origin, a trace passes what the rules let pass that way.
  step.likelihood = Probability(0);
  step.share = 0;
  for (Edge const& edge : graph.out(from)) {
    if (edge.to != to || edge.trace != best->trace || !edge.upstream) continue;
    step.likelihood = Probability(edge.likelihood);
    step.share = edge.share;
  }
  return step;
}

ChangeGraph::ChangeGraph(Project const& project, PropagationRules const& rules) {
  check(AssessOptions{.propagation = rules, .rework = {}, .quality = {}});
  data_ = std::make_shared<Data>(project, rules);
}

std::size_t ChangeGraph::node_count() const { return data_->graph.size(); }
std::size_t ChangeGraph::edge_count() const { return data_->graph.edge_count(); }
PropagationRules const& ChangeGraph::rules() const { return data_->rules; }
bool ChangeGraph::contains(NodeRef const& node) const { return data_->graph.find(node).has_value(); }

// -- certain reach -------------------------------------------------------------------------------

CertainReach ChangeGraph::certain(NodeRef const& source, Follow follow, int depth) const {
  if (depth < 1)
    throw InvalidInput("a reach of depth " + std::to_string(depth) + " is empty; give 1 or more");
  CertainReach reach;
  reach.data_ = data_;
  reach.follow_ = follow;
  reach.strongest_ = std::make_shared<CertainReach::Strongest>();
  auto const start = data_->at(source);
  auto const& [first, to] = data_->of(follow);
  data_->scratches.lend([&](detail::Scratch& scratch) {
    auto const mark = scratch.fresh_mark();
    std::uint32_t* const seen = scratch.seen.data();
    // Every node that an edge leads to is written down and counts only if it is new: whether it is, no
    // processor can guess.
    std::uint32_t *const nodes = scratch.found.data(), *const from = scratch.from.data();
    nodes[0] = start, from[0] = 0;
    reach.layer_end_.reserve(8);
    reach.layer_end_.push_back(1);
    seen[start] = mark;
    std::uint32_t begin = 0, count = 1;
    for (int d = 0; d < depth; ++d) {
      auto const end = count;
      for (std::uint32_t i = begin; i < end; ++i) {
        auto const node = nodes[i];
        if (i + 4 < end) __builtin_prefetch(to.data() + first[nodes[i + 4]]);
        for (auto e = first[node], last = first[node + 1]; e < last; ++e) {
          auto const next = to[e];
          nodes[count] = next, from[count] = i;
          count += seen[next] != mark;
          seen[next] = mark;
        }
      }
      if (count == end) break;
      begin = end;
      reach.layer_end_.push_back(count);
    }
    reach.nodes_.assign(nodes, nodes + count);
    reach.from_.assign(from, from + count);
    return true;
  });
  return reach;
}

/// The way that carries most to each position.
struct CertainReach::Strongest {
  std::once_flag once;
  std::vector<std::uint32_t> from;  ///< Position before.
  std::vector<double> likelihood, share;

  void fill(ChangeGraph::Data const& data, std::vector<std::uint32_t> const& nodes) {
    struct Offer {
      double likelihood = 0, share = 0;
      std::uint32_t traces = 0, at = 0, from = 0;
    };
    auto const weaker = [](Offer const& a, Offer const& b) {
      double const x = a.likelihood * a.share, y = b.likelihood * b.share;
      if (x != y) return x < y;
      if (a.likelihood != b.likelihood) return a.likelihood < b.likelihood;
      if (a.traces != b.traces) return a.traces > b.traces;
      return a.from > b.from;
    };
    from.assign(nodes.size(), LocalNumbers::none);
    likelihood.assign(nodes.size(), 0);
    share.assign(nodes.size(), 0);
    std::priority_queue<Offer, std::vector<Offer>, decltype(weaker)> offers(weaker);
    data.scratches.lend([&](detail::Scratch& scratch) {
      auto& numbers = scratch.numbers;
      for (std::uint32_t i = 0; i < nodes.size(); ++i) numbers.set(nodes[i], i);
      offers.push({.likelihood = 1, .share = 1, .traces = 0, .at = 0, .from = 0});
      while (!offers.empty()) {
        Offer const best = offers.top();
        offers.pop();
        if (from[best.at] != LocalNumbers::none) continue;
        from[best.at] = best.from;
        likelihood[best.at] = best.likelihood;
        share[best.at] = best.share;
        for (Edge const& edge : data.graph.out(nodes[best.at])) {
          auto const to = numbers.of(edge.to);
          if (!detail::passes(edge, false) || to == LocalNumbers::none || from[to] != LocalNumbers::none)
            continue;
          offers.push({.likelihood = best.likelihood * edge.likelihood,
                       .share = best.share * edge.share,
                       .traces = best.traces + 1,
                       .at = to,
                       .from = best.at});
        }
      }
      numbers.forget(nodes);
      return true;
    });
  }
};

NodeRef const& CertainReach::node(std::size_t i) const { return data_->graph.node(nodes_[i]); }

int CertainReach::depth(std::size_t i) const {
  auto const layer = std::upper_bound(layer_end_.begin(), layer_end_.end(), i);
  return static_cast<int>(layer - layer_end_.begin());
}

Path CertainReach::shortest(std::size_t i) const {
  Path path;
  for (auto at = i; at != 0; at = from_[at])
    path.push_back(data_->step(nodes_[from_[at]], nodes_[at], follow_));
  path.push_back({.via = {}, .node = node(0)});
  std::reverse(path.begin(), path.end());
  return path;
}

Path CertainReach::strongest(std::size_t i) const {
  if (follow_ != Follow::Change)
    throw InvalidInput("strength is how change passes; ask for a reach that follows change");
  std::call_once(strongest_->once, [&] { strongest_->fill(*data_, nodes_); });
  Path path;
  for (auto at = i; at != 0; at = strongest_->from[at])
    path.push_back(data_->step(nodes_[strongest_->from[at]], nodes_[at], follow_));
  path.push_back({.via = {}, .node = node(0)});
  std::reverse(path.begin(), path.end());
  return path;
}

Table CertainReach::table() const {
  std::vector<std::string> kinds, keys, shortest_paths, strongest_paths;
  std::vector<std::int64_t> depths;
  for (std::size_t i = 0; i < size(); ++i) {
    kinds.emplace_back(to_name(node(i).kind));
    keys.push_back(node(i).key);
    depths.push_back(depth(i));
    shortest_paths.push_back(detail::to_text(shortest(i)));
    if (follow_ == Follow::Change) strongest_paths.push_back(detail::to_text(strongest(i)));
  }
  Table table("certain_reach");
  table.add("kind", kinds).add("key", keys).add("depth", depths).add("shortest", shortest_paths);
  if (follow_ == Follow::Change)
    table.add("strongest", strongest_paths)
        .add("likelihood", strongest_->likelihood)
        .add("share", strongest_->share);
  return table;
}

// -- probable reach ------------------------------------------------------------------------------

ProbableReach ChangeGraph::probable(NodeRef const& source) const {
  auto const& [graph, rules] = std::tie(data_->graph, data_->rules);
  detail::ReachSource const start{.node = data_->at(source), .magnitude = 1, .removed = false, .prefix = {}};
  return data_->scratches.lend([&](detail::Scratch& scratch) {
    auto& numbers = scratch.numbers;
    auto const by_likelihood =
        detail::walk(graph, start, rules.depth, rules.cutoff, detail::likelier, numbers);
    auto const tree = detail::tree_reach(graph, by_likelihood.touched, false, rules.depth, rules.cutoff,
                                         detail::tree_budget, numbers);
    ProbableReach reach;
    reach.abandoned = !tree;
    reach.visited = tree ? tree->visited : detail::tree_budget;
    // A node is touched first along a shortest of the paths that are likely enough.
    std::vector<int> depth(by_likelihood.labels.size(), 0);
    for (std::size_t l = 1; l < depth.size(); ++l) depth[l] = depth[by_likelihood.labels[l].from] + 1;
    std::vector<int> first(by_likelihood.touched.size(), -1);
    for (std::size_t i = 0; i < first.size(); ++i)
      numbers.set(by_likelihood.touched[i], static_cast<std::uint32_t>(i));
    for (std::size_t l = 0; l < depth.size(); ++l)
      if (auto& d = first[numbers.of(by_likelihood.labels[l].node)]; d < 0) d = depth[l];
    numbers.forget(by_likelihood.touched);
    for (std::size_t i = 1; i < by_likelihood.touched.size(); ++i) {
      ProbableNode one;
      one.node = graph.node(by_likelihood.touched[i]);
      one.depth = first[i];
      one.strongest_path = by_likelihood.labels[by_likelihood.kept[i]].likelihood;
      one.likelihood = tree ? std::max(tree->likelihood[i], one.strongest_path) : one.strongest_path;
      one.understated_by = tree ? tree->understated[i] : 1 - one.likelihood;
      reach.nodes.push_back(std::move(one));
    }
    std::sort(reach.nodes.begin(), reach.nodes.end(), [](auto const& a, auto const& b) {
      return a.likelihood != b.likelihood ? a.likelihood > b.likelihood : a.node < b.node;
    });
    return reach;
  });
}

Table ProbableReach::table() const {
  std::vector<std::string> kinds, keys;
  std::vector<std::int64_t> depths;
  std::vector<double> likelihood, strongest, understated;
  for (auto const& one : nodes) {
    kinds.emplace_back(to_name(one.node.kind));
    keys.push_back(one.node.key);
    depths.push_back(one.depth);
    likelihood.push_back(one.likelihood);
    strongest.push_back(one.strongest_path);
    understated.push_back(one.understated_by);
  }
  Table table("probable_reach");
  table.add("kind", kinds).add("key", keys).add("depth", depths);
  table.add("likelihood", likelihood).add("strongest_path", strongest).add("understated_by", understated);
  return table;
}

// -- the exact probability -----------------------------------------------------------------------

std::vector<UnionLikelihood> ChangeGraph::percolate(NodeRef const& source, PercolationOptions const& options,
                                                    RunControl const& control) const {
  return detail::percolate(data_->graph, data_->at(source), data_->rules.depth, options, control);
}

// -- all nodes together --------------------------------------------------------------------------

DependencyMatrix ChangeGraph::dependencies(std::span<FactKind const> kinds) const {
  auto const direct = detail::dependencies(data_->graph, kinds);
  auto const n = direct.size();
  if (n > most_matrix_nodes)
    throw InvalidInput("a matrix of " + std::to_string(n) + " nodes is too large to predict change with, " +
                       std::to_string(most_matrix_nodes) +
                       " are the most; name fewer kinds of nodes, or ask for their roles");
  DependencyMatrix matrix{
      .names = {}, .likelihood = std::vector<double>(n * n, 0), .impact = std::vector<double>(n * n, 0)};
  for (auto const node : direct.nodes) matrix.names.push_back(to_string(data_->graph.node(node)));
  for (std::uint32_t i = 0; i < n; ++i)
    for (auto const& link : direct.of(i)) {
      matrix.likelihood[link.to * n + i] = link.likelihood;
      matrix.impact[link.to * n + i] = std::min(1.0, link.risk / link.likelihood);
    }
  return matrix;
}

ChangeRoles ChangeGraph::roles(RoleOptions const& options, RunControl const& control) const {
  static_cast<void>(role_of(0, 0, options.band));  // Refuses a band out of its range before the work.
  auto const direct = detail::dependencies(data_->graph, options.kinds);
  int const depth = detail::affordable_depth(direct, data_->rules.depth, options.most_branches);
  return detail::change_roles(data_->graph, direct, depth, data_->rules.cutoff, options.band, control);
}

}  // namespace rapport
