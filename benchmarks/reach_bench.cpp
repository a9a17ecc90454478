// What a change touches against a breadth-first search of the same part.

#include <random>
#include <string>

#include "rapport/impact/change_graph.h"
#include "ratio.h"

namespace rapport::bench {
namespace {

/// `n` requirements, deliverables and tests with five traces each, mostly to near ones, as needs that
/// were written together depend on each other.
Facts traced(std::uint32_t n) {
  std::mt19937 random(5);
  Facts facts;
  auto const node = [&](std::uint32_t i) {
    auto const key = std::to_string(i);
    return i % 5 < 2   ? NodeRef{FactKind::Requirement, "R" + key}
           : i % 5 < 4 ? NodeRef{FactKind::Deliverable, "D" + key}
                       : NodeRef{FactKind::Test, "T" + key};
  };
  for (std::uint32_t i = 0; i < n; ++i) {
    auto const one = node(i);
    if (one.kind == FactKind::Requirement)
      facts.requirements.emplace_back().key = one.key;
    else if (one.kind == FactKind::Deliverable)
      facts.deliverables.emplace_back().key = one.key;
    else
      facts.tests.emplace_back().key = one.key;
  }
  std::uniform_int_distribution<std::uint32_t> anywhere(0, n - 1), near(1, 200), percent(0, 99);
  for (std::uint32_t i = 0; i < n; ++i)
    for (int k = 0; k < 5; ++k) {
      auto const to = percent(random) < 90 ? (i + near(random)) % n : anywhere(random);
      if (to == i) continue;
      Trace& trace = facts.traces.emplace_back();
      trace.key = std::to_string(i) + "." + std::to_string(k);
      trace.from = node(i);
      trace.to = node(to);
      trace.type = TraceType::DependsOn;
      trace.likelihood = Probability(0.05 * (1 + percent(random) % 10));
      trace.share = 0.2;
    }
  return facts;
}

/// Where one may go, for the search that is compared with.
struct Plain {
  std::vector<std::uint32_t> first, to, seen, queue;
  std::uint32_t now = 0;

  explicit Plain(Facts const& facts, std::uint32_t n) : first(n + 1, 0), seen(n, 0) {
    auto const number = [](NodeRef const& node) {
      return static_cast<std::uint32_t>(std::stoul(node.key.substr(1)));
    };
    for (auto const& trace : facts.traces) ++first[number(trace.from) + 1];
    for (std::uint32_t i = 0; i < n; ++i) first[i + 1] += first[i];
    to.resize(first[n]);
    auto next = first;
    for (auto const& trace : facts.traces) to[next[number(trace.from)]++] = number(trace.to);
  }
  /// Everything within `depth` steps of `source`; how much that is.
  std::size_t search(std::uint32_t source, int depth) {
    ++now;
    queue.assign(1, source);
    seen[source] = now;
    std::size_t begin = 0;
    for (int d = 0; d < depth; ++d) {
      auto const end = queue.size();
      for (; begin < end; ++begin)
        for (auto e = first[queue[begin]]; e < first[queue[begin] + 1]; ++e)
          if (seen[to[e]] != now) {
            seen[to[e]] = now;
            queue.push_back(to[e]);
          }
      if (queue.size() == end) break;
    }
    return queue.size();
  }
};

void reach(benchmark::State& state) {
  auto const n = static_cast<std::uint32_t>(state.range(0));
  auto const facts = traced(n);
  PropagationRules rules;
  for (auto& rule : rules.by_type) rule.upstream = Probability(0);
  rules.cutoff = 0.01;
  ChangeGraph const graph(Project{facts}, rules);
  Plain plain(facts, n);
  std::mt19937 random(6);
  std::vector<std::uint32_t> sources(100);
  for (auto& source : sources) source = static_cast<std::uint32_t>(random() % (n / 5) * 5);  // requirements
  std::vector<NodeRef> nodes;
  for (auto const source : sources) nodes.push_back({FactKind::Requirement, "R" + std::to_string(source)});

  std::size_t touched = 0, near = 0, found = 0;
  std::uint64_t visited = 0;
  auto const times = in_turns(
      state, [&] { touched = graph.certain(nodes[0]).size(); },
      [&] {
        if (plain.search(sources[0], ChangeGraph::any_depth) != touched) state.SkipWithError("not the same");
      },
      [&] {
        near = 0;
        for (auto const& node : nodes) near += graph.certain(node, Follow::Change, 4).size();
      },
      [&] {
        found = 0;
        for (auto const source : sources) found += plain.search(source, 4);
        if (found != near) state.SkipWithError("not the same");
      },
      [&] {
        visited = 0;
        for (auto const& node : nodes) visited += graph.probable(node).visited;
      });
  rules.cutoff = 0;
  ChangeGraph const whole(Project{facts}, rules);
  std::uint64_t all = 0;
  for (auto const& node : nodes) all += whole.probable(node).visited;
  state.counters["ratio_to_bfs"] = times[0] / times[1];
  state.counters["ratio_to_bfs_depth_4"] = times[2] / times[3];
  state.counters["probable_to_bfs_depth_4"] = times[4] / times[3];
  state.counters["tree_visited_share"] = static_cast<double>(visited) / static_cast<double>(all);
  state.counters["touched"] = static_cast<double>(touched);
  state.counters["touched_depth_4"] = static_cast<double>(near) / static_cast<double>(nodes.size());
}
BENCHMARK(reach)->Arg(100000)->UseManualTime()->Iterations(25);

}  // namespace
}  // namespace rapport::bench
