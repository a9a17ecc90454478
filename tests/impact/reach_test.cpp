#include "impact/reach.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "impact/small_plan.h"

namespace rapport::test {
namespace {

using detail::reach;
using detail::ReachResult;
using detail::ReachSource;
using detail::TraceGraph;

Facts needs(std::vector<std::string> const& keys, std::vector<Trace> traces) {
  Facts facts;
  for (auto const& key : keys) {
    Requirement one;
    one.key = key;
    facts.requirements.push_back(one);
  }
  facts.traces = std::move(traces);
  return facts;
}

Trace depends(std::string from, std::string to, double likelihood, double share) {
  return trace(requirement(std::move(from)), requirement(std::move(to)), TraceType::DependsOn, likelihood,
               share);
}

ReachResult reached_from(Project const& project, std::string const& key, double magnitude,
                         PropagationRules const& rules = {}) {
  TraceGraph const graph(project, rules);
  ReachSource source;
  source.node = *graph.find(requirement(key));
  source.magnitude = magnitude;
  return reach(graph, project, std::span(&source, 1), rules);
}

Reached const& at(ReachResult const& result, std::string const& key) {
  for (auto const& one : result.reached)
    if (one.node.key == key) return one;
  throw NotFound("reached node", key);
}

std::string text(Path const& path) {
  std::string all;
  for (auto const& step : path) all += (all.empty() ? "" : " ") + step.node.key;
  return all;
}

TEST(Reach, MultipliesAlongAPathAndCombinesBetweenPaths) {
  Project const project =
      made(needs({"A", "B", "C", "D"}, {depends("A", "B", 0.5, 0.4), depends("B", "D", 0.5, 0.5),
                                        depends("A", "C", 0.8, 0.2), depends("C", "D", 0.5, 0.5)}));
  auto const result = reached_from(project, "A", 0.5);
  // Two branches: 0.25 and 0.4, so 1 − 0.75 × 0.6.
  EXPECT_NEAR(at(result, "D").likelihood.value(), 0.55, 1e-12);
  // Over B is carried 0.25 × 0.5 × 0.2 = 0.025, over C 0.4 × 0.5 × 0.1 = 0.02.
  EXPECT_EQ(text(at(result, "D").strongest), "A B D");
  EXPECT_NEAR(at(result, "D").share, 0.5 * 0.4 * 0.5, 1e-12);
  EXPECT_EQ(at(result, "D").depth, 2);
  EXPECT_EQ(at(result, "A").depth, 0);
  EXPECT_EQ(at(result, "A").share, 0.5);
}

TEST(Reach, ShortestAndStrongestPathsDiffer) {
  Project const project = made(needs(
      {"A", "B", "C"}, {depends("A", "C", 0.1, 1), depends("A", "B", 0.9, 1), depends("B", "C", 0.9, 1)}));
  auto const result = reached_from(project, "A", 1);
  EXPECT_EQ(text(at(result, "C").shortest), "A C");
  EXPECT_EQ(text(at(result, "C").strongest), "A B C");
  EXPECT_EQ(at(result, "C").depth, 1);
}

TEST(Reach, StopsAtItsDepth) {
  Project const project = made(needs({"A", "B", "C"}, {depends("A", "B", 1, 1), depends("B", "C", 1, 1)}));
  PropagationRules rules;
  rules.depth = 1;
  EXPECT_EQ(reached_from(project, "A", 1, rules).reached.size(), 2U);
}

TEST(Reach, AStrongerDetourDoesNotHideWhatAShorterWayStillReaches) {
  // Within two traces D is reached over B only; the stronger way to B takes two already.
  Project const project =
      made(needs({"A", "C", "B", "D"}, {depends("A", "C", 0.9, 1), depends("A", "B", 0.1, 1),
                                        depends("C", "B", 0.9, 1), depends("B", "D", 1, 1)}));
  PropagationRules rules;
  rules.depth = 2;
  auto const result = reached_from(project, "A", 1, rules);
  EXPECT_EQ(text(at(result, "D").strongest), "A B D");
  EXPECT_EQ(text(at(result, "B").strongest), "A C B");
}

TEST(Reach, LoopsAmongRequirementsEnd) {
  Project const project = made(
      needs({"A", "B", "C"}, {depends("A", "B", 1, 1), depends("B", "C", 1, 1), depends("C", "A", 1, 1)}));
  auto const result = reached_from(project, "A", 1);
  EXPECT_EQ(result.reached.size(), 3U);
  EXPECT_EQ(at(result, "A").depth, 0);
}

TEST(Reach, ConflictsPassBothWaysAndWhatATraceStatesHoldsBothWays) {
  Project const project =
      made(needs({"A", "B"}, {trace(requirement("A"), requirement("B"), TraceType::Conflicts, 0.7, 0.2)}));
  auto const result = reached_from(project, "B", 1);
  EXPECT_NEAR(at(result, "A").likelihood.value(), 0.7, 1e-12);
  EXPECT_TRUE(at(result, "A").strongest.back().upstream);
}

TEST(Reach, DerivedRequirementsReachTheirOriginByTheUpstreamRule) {
  Project const project =
      made(needs({"A", "B"}, {trace(requirement("A"), requirement("B"), TraceType::Derives, 0.9, 0.9)}));
  auto const result = reached_from(project, "B", 1);
  EXPECT_NEAR(at(result, "A").likelihood.value(), 0.2, 1e-12) << "the default, not the 0.9 of the trace";
}

TEST(Reach, UnlikelyNodesAreListedButNotCounted) {
  Project const project =
      made(needs({"A", "B", "C"}, {depends("A", "B", 0.49, 1), depends("A", "C", 0.5, 1)}));
  auto const result = reached_from(project, "A", 1);
  EXPECT_FALSE(at(result, "B").counted);
  EXPECT_TRUE(at(result, "C").counted);
}

TEST(Reach, WbsBranchesHandOnToTheirActivities) {
  auto facts = diamond();
  facts.wbs = {{.key = "W", .parent = {}, .name = {}, .subproject = "P"},
               {.key = "W.1", .parent = "W", .name = {}, .subproject = "P"}};
  facts.activities[1].wbs = "W.1";
  Requirement one;
  one.key = "A";
  facts.requirements.push_back(one);
  facts.traces = {trace(requirement("A"), {FactKind::WbsNode, "W"}, TraceType::Implements, 1, 0.5)};
  auto const project = made(facts);
  auto const result = reached_from(project, "A", 1);
  EXPECT_NEAR(at(result, "B").share, 0.5, 1e-12);
}

TEST(Reach, FindsTheStakeholdersWhoAnswerForWhatIsTouched) {
  auto facts = needs({"A", "B"}, {depends("A", "B", 0.6, 1)});
  Stakeholder ito;
  ito.key = "S-1";
  facts.stakeholders.push_back(ito);
  Responsibility duty;
  duty.stakeholder = "S-1";
  duty.node = requirement("B");
  facts.responsibilities.push_back(duty);
  auto const project = made(facts);
  EXPECT_NEAR(at(reached_from(project, "A", 1), "S-1").likelihood.value(), 0.6, 1e-12);
}

// An oracle that shares nothing with the code: it lists all simple paths, finds the strongest and
// shortest by looking at each, and combines by the definition of the tree from the target's side.
struct Oracle {
  std::size_t n;
  std::map<std::pair<std::size_t, std::size_t>, std::pair<double, double>> edge;  // likelihood, share

  double combined(std::size_t from, std::size_t to, std::set<std::size_t> used, int depth) const {
    if (from == to) return 1;
    if (depth == 0) return 0;
    used.insert(from);
    double missed = 1;
    for (std::size_t next = 0; next < n; ++next) {
      auto const e = edge.find({from, next});
      if (e == edge.end() || used.contains(next)) continue;
      missed *= 1 - e->second.first * combined(next, to, used, depth - 1);
    }
    return 1 - missed;
  }
  void paths(std::size_t at, std::size_t to, std::vector<std::size_t>& path, int depth,
             std::vector<std::vector<std::size_t>>& all) const {
    if (at == to) return all.push_back(path);
    if (depth == 0) return;
    for (std::size_t next = 0; next < n; ++next) {
      if (!edge.contains({at, next}) || std::find(path.begin(), path.end(), next) != path.end()) continue;
      path.push_back(next);
      paths(next, to, path, depth - 1, all);
      path.pop_back();
    }
  }
};

TEST(Reach, AgreesWithAllSimplePathsOnRandomGraphs) {
  std::mt19937 random(7);
  std::uniform_int_distribution<int> nodes(3, 8), tenths(1, 10), coin(0, 99);
  for (int round = 0; round < 60; ++round) {
    auto const n = static_cast<std::size_t>(nodes(random));
    Oracle oracle{n, {}};
    std::vector<std::string> keys;
    std::vector<Trace> traces;
    for (std::size_t i = 0; i < n; ++i) keys.push_back("N" + std::to_string(i));
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) {
        if (i == j || coin(random) >= 35) continue;
        double const likelihood = tenths(random) / 10.0, share = tenths(random) / 10.0;
        oracle.edge[{i, j}] = {likelihood, share};
        traces.push_back(depends(keys[i], keys[j], likelihood, share));
      }
    Project const project = made(needs(keys, traces));
    PropagationRules rules;
    rules.cutoff = 0;
    rules.depth = 1 + round % 5;
    auto const result = reached_from(project, "N0", 0.5, rules);
    std::set<std::string> found;
    for (auto const& one : result.reached) found.insert(one.node.key);
    for (std::size_t t = 1; t < n; ++t) {
      std::vector<std::vector<std::size_t>> all;
      std::vector<std::size_t> path = {0};
      oracle.paths(0, t, path, rules.depth, all);
      ASSERT_EQ(found.contains(keys[t]), !all.empty()) << "round " << round << " node " << t;
      if (all.empty()) continue;
      double carried = 0;
      std::size_t shortest = n;
      for (auto const& one : all) {
        double product = 0.5;
        for (std::size_t i = 1; i < one.size(); ++i) {
          auto const [likelihood, share] = oracle.edge.at({one[i - 1], one[i]});
          product *= likelihood * share;
        }
        carried = std::max(carried, product);
        shortest = std::min(shortest, one.size() - 1);
      }
      auto const& reached = at(result, keys[t]);
      double product = 1;
      for (auto const& step : reached.strongest) product *= step.likelihood.value() * step.share;
      EXPECT_NEAR(product, carried, 1e-12) << "round " << round << " node " << t;
      EXPECT_EQ(static_cast<std::size_t>(reached.depth), shortest);
      EXPECT_EQ(reached.shortest.size(), shortest + 1);
      EXPECT_NEAR(reached.likelihood.value(), oracle.combined(0, t, {}, rules.depth), 1e-12)
          << "round " << round << " node " << t;
    }
  }
}

}  // namespace
}  // namespace rapport::test
