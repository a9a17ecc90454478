#include "rapport/impact/change_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <thread>

#include "impact/small_plan.h"

namespace rapport::test {
namespace {

using Key = std::string;

/// Slow and obvious: the traces by name, and every simple path by trying all of them.
struct SlowGraph {
  std::vector<Key> keys;
  std::map<std::pair<Key, Key>, std::pair<double, double>> traces;  // likelihood, share

  [[nodiscard]] Project project() const {
    Facts facts;
    for (auto const& key : keys) {
      Requirement one;
      one.key = key;
      facts.requirements.push_back(one);
    }
    for (auto const& [ends, values] : traces)
      facts.traces.push_back(trace(requirement(ends.first), requirement(ends.second), TraceType::DependsOn,
                                   values.first, values.second));
    return made(facts);
  }

  void every_path(Key const& to, std::size_t depth, std::vector<Key>& path,
                  std::function<void(std::vector<Key> const&)> const& visit) const {
    if (path.back() == to) return visit(path);
    if (path.size() > depth) return;
    for (auto const& key : keys) {
      if (!traces.contains({path.back(), key}) || std::find(path.begin(), path.end(), key) != path.end())
        continue;
      path.push_back(key);
      every_path(to, depth, path, visit);
      path.pop_back();
    }
  }
  [[nodiscard]] std::vector<std::vector<Key>> paths(Key const& from, Key const& to, std::size_t depth) const {
    std::vector<std::vector<Key>> all;
    std::vector<Key> path = {from};
    every_path(to, depth, path, [&](auto const& one) { all.push_back(one); });
    return all;
  }
  [[nodiscard]] double combined(Key const& from, Key const& to, std::vector<Key> used, int depth) const {
    if (from == to) return 1;
    if (depth == 0) return 0;
    used.push_back(from);
    double missed = 1;
    for (auto const& key : keys)
      if (auto const one = traces.find({from, key});
          one != traces.end() && std::find(used.begin(), used.end(), key) == used.end())
        missed *= 1 - one->second.first * combined(key, to, used, depth - 1);
    return 1 - missed;
  }
};

SlowGraph random_graph(std::mt19937& random, std::size_t most) {
  std::uniform_int_distribution<std::size_t> count(3, most);
  std::uniform_int_distribution<int> tenths(1, 10), coin(0, 99);
  SlowGraph slow;
  auto const n = count(random);
  for (std::size_t i = 0; i < n; ++i) slow.keys.push_back("N" + std::to_string(i));
  for (auto const& from : slow.keys)
    for (auto const& to : slow.keys)
      if (from != to && coin(random) < 35)
        slow.traces[{from, to}] = {tenths(random) / 10.0, tenths(random) / 10.0};
  return slow;
}

std::vector<Key> keys_of(Path const& path) {
  std::vector<Key> keys;
  for (auto const& step : path) keys.push_back(step.node.key);
  return keys;
}

/// Under rules that pass nothing against a trace, so that the traces are all there is.
PropagationRules forward_only() {
  PropagationRules rules;
  for (auto& rule : rules.by_type) rule.upstream = Probability(0);
  rules.cutoff = 0;
  return rules;
}

TEST(ChangeGraph, CertainReachIsWhatAllSimplePathsReach) {
  std::mt19937 random(11);
  for (int round = 0; round < 80; ++round) {
    auto const slow = random_graph(random, 8);
    ChangeGraph const graph(slow.project(), forward_only());
    int const depth = 1 + round % 6;
    for (auto const follow : {Follow::Change, Follow::Downstream, Follow::Upstream}) {
      auto const reach = graph.certain(requirement("N0"), follow, depth);
      std::map<Key, std::size_t> found;
      for (std::size_t i = 0; i < reach.size(); ++i) found[reach.node(i).key] = i;
      ASSERT_EQ(found.size(), reach.size());
      for (auto const& key : slow.keys) {
        auto paths = follow == Follow::Upstream ? slow.paths(key, "N0", static_cast<std::size_t>(depth))
                                                : slow.paths("N0", key, static_cast<std::size_t>(depth));
        if (follow == Follow::Upstream)
          for (auto& path : paths) std::reverse(path.begin(), path.end());
        ASSERT_EQ(found.contains(key), !paths.empty()) << "round " << round << " node " << key;
        if (paths.empty()) continue;
        auto const i = found.at(key);
        auto const by_length = [](auto const& a, auto const& b) { return a.size() < b.size(); };
        auto const least = std::min_element(paths.begin(), paths.end(), by_length)->size();
        EXPECT_EQ(static_cast<std::size_t>(reach.depth(i)) + 1, least);
        EXPECT_EQ(reach.shortest(i).size(), least);
        EXPECT_THAT(paths, testing::Contains(keys_of(reach.shortest(i))));
      }
    }
  }
}

TEST(ChangeGraph, TheStrongestPathCarriesAsMuchAsTheBestOfAll) {
  std::mt19937 random(12);
  for (int round = 0; round < 60; ++round) {
    auto const slow = random_graph(random, 8);
    ChangeGraph const graph(slow.project(), forward_only());
    auto const reach = graph.certain(requirement("N0"));
    auto const table = reach.table();
    auto const& likelihood = std::get<std::vector<double>>(table.column("likelihood").values);
    auto const& share = std::get<std::vector<double>>(table.column("share").values);
    for (std::size_t i = 1; i < reach.size(); ++i) {
      double best = 0;
      for (auto const& path : slow.paths("N0", reach.node(i).key, slow.keys.size())) {
        double carried = 1;
        for (std::size_t k = 1; k < path.size(); ++k) {
          auto const& [l, s] = slow.traces.at({path[k - 1], path[k]});
          carried *= l * s;
        }
        best = std::max(best, carried);
      }
      double carried = 1;
      for (auto const& step : reach.strongest(i)) carried *= step.likelihood.value() * step.share;
      EXPECT_NEAR(carried, best, 1e-12) << "round " << round;
      EXPECT_NEAR(likelihood[i] * share[i], best, 1e-12);
    }
  }
}

TEST(ChangeGraph, ProbableReachIsTheTreeAndNeverUnderstatedByMoreThanItSays) {
  std::mt19937 random(13);
  int cut = 0;
  for (int round = 0; round < 120; ++round) {
    auto const slow = random_graph(random, 7);
    auto rules = forward_only();
    rules.depth = 1 + round % 5;
    rules.cutoff = round % 3 == 0 ? 0 : 0.03 * (round % 7 + 1);
    auto const reach = ChangeGraph(slow.project(), rules).probable(requirement("N0"));
    ASSERT_FALSE(reach.abandoned);
    for (auto const& one : reach.nodes) {
      double const whole = slow.combined("N0", one.node.key, {}, rules.depth);
      EXPECT_LE(one.likelihood, whole + 1e-12);
      EXPECT_GE(one.likelihood + one.understated_by, whole - 1e-12)
          << "round " << round << " node " << one.node.key << " cutoff " << rules.cutoff;
      if (rules.cutoff == 0) {
        EXPECT_EQ(one.understated_by, 0);
      }
      cut += one.understated_by > 0;
    }
  }
  EXPECT_GT(cut, 50) << "the cutoffs should have cut something";
}

TEST(ChangeGraph, AnswersManyThreadsAlike) {
  std::mt19937 random(14);
  SlowGraph slow = random_graph(random, 8);
  ChangeGraph const graph(slow.project(), forward_only());
  auto const expected =
      to_csv(graph.certain(requirement("N0")).table()) + to_csv(graph.probable(requirement("N0")).table());
  std::vector<std::thread> threads;
  std::vector<int> same(4, 0);
  for (std::size_t t = 0; t < same.size(); ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 200; ++i)
        same[t] += to_csv(graph.certain(requirement("N0")).table()) +
                       to_csv(graph.probable(requirement("N0")).table()) ==
                   expected;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_THAT(same, testing::Each(200));
}

TEST(ChangeGraph, UpstreamStepsSayWhatTheRulesLetPassThatWay) {
  SlowGraph slow{{"A", "B"}, {}};
  Facts facts = slow.project().facts();
  facts.traces.push_back(trace(requirement("A"), requirement("B"), TraceType::Derives, 0.9, 0.9));
  ChangeGraph const graph(made(facts));
  auto const reach = graph.certain(requirement("B"), Follow::Upstream);
  ASSERT_EQ(reach.size(), 2U);
  auto const step = reach.shortest(1).back();
  EXPECT_TRUE(step.upstream);
  EXPECT_NEAR(step.likelihood.value(), 0.2, 1e-12) << "the upstream rule of `derives`";
  EXPECT_THROW(static_cast<void>(reach.strongest(1)), InvalidInput);
}

TEST(ChangeGraph, PercolatesLikeTheFreeFunction) {
  std::mt19937 random(15);
  auto const slow = random_graph(random, 8);
  auto const project = slow.project();
  auto const rules = forward_only();
  EXPECT_EQ(ChangeGraph(project, rules).percolate(requirement("N0")),
            percolate(project, requirement("N0"), rules));
}

TEST(ChangeGraph, NamesTheNearestWhenANodeIsUnknown) {
  SlowGraph const slow{{"REQ-1", "REQ-2"}, {}};
  ChangeGraph const graph(slow.project());
  try {
    static_cast<void>(graph.certain(requirement("REQ-11")));
    FAIL();
  } catch (NotFound const& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("REQ-1"));
  }
  EXPECT_THROW(static_cast<void>(graph.certain(requirement("REQ-1"), Follow::Change, 0)), InvalidInput);
}

}  // namespace
}  // namespace rapport::test
