#include "rapport/impact/change_roles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "impact/small_plan.h"
#include "rapport/impact/change_graph.h"

namespace rapport::test {
namespace {

/// Rules that pass nothing against a trace, so that the traces are all there is.
PropagationRules along_traces_only(int depth = 4) {
  PropagationRules rules;
  for (auto& rule : rules.by_type) rule.upstream = Probability(0);
  rules.cutoff = 0;
  rules.depth = depth;
  return rules;
}

Requirement called(std::string key) {
  Requirement one;
  one.key = std::move(key);
  return one;
}

/// A → B 0.8 × 0.5, B → D 0.5 × 0.4, A → D 0.5 × 0.2; Sato owns D.
Facts four() {
  Facts facts;
  facts.requirements = {called("A"), called("B")};
  Deliverable d;
  d.key = "D";
  d.owner = "Sato";
  facts.deliverables.push_back(d);
  Stakeholder sato;
  sato.key = "Sato";
  facts.stakeholders.push_back(sato);
  facts.traces = {trace(requirement("A"), requirement("B"), TraceType::DependsOn, 0.8, 0.5),
                  trace(requirement("B"), deliverable("D"), TraceType::DependsOn, 0.5, 0.4),
                  trace(requirement("A"), deliverable("D"), TraceType::DependsOn, 0.5, 0.2)};
  return facts;
}

NodeRole const& of(ChangeRoles const& roles, NodeRef const& node) {
  return *std::find_if(roles.nodes.begin(), roles.nodes.end(), [&](auto const& r) { return r.node == node; });
}

TEST(ChangeRoles, AreWorkedOutByHandOnFourNodes) {
  auto const roles = ChangeGraph(made(four()), along_traces_only()).roles();
  ASSERT_EQ(roles.nodes.size(), 4U);
  EXPECT_EQ(roles.depth, 4);
  // A reaches B with 0.8, risk 0.4; D with 1 − 0.5 · (1 − 0.8 · 0.5) = 0.7, risk 1 − 0.9 · (1 − 0.8 · 0.2) =
  // 0.244; Sato, of whom nothing is redone, as D. B reaches D and Sato with 0.5, risk 0.2 and 0.
  auto const &a = of(roles, requirement("A")), &b = of(roles, requirement("B"));
  auto const &d = of(roles, deliverable("D")), &sato = of(roles, {FactKind::Stakeholder, "Sato"});
  EXPECT_NEAR(a.likelihood_out, 0.8 + 0.7 + 0.7, 1e-12);
  EXPECT_NEAR(a.risk_out, 0.4 + 0.244, 1e-12);
  EXPECT_EQ(a.risk_in, 0);
  EXPECT_EQ(a.role, ChangeRole::Multiplier);
  EXPECT_NEAR(b.likelihood_out, 0.5 + 0.5, 1e-12);
  EXPECT_NEAR(b.likelihood_in, 0.8, 1e-12);
  EXPECT_NEAR(b.risk_out, 0.2, 1e-12);
  EXPECT_NEAR(b.risk_in, 0.4, 1e-12);
  EXPECT_EQ(b.role, ChangeRole::Absorber);
  EXPECT_NEAR(d.likelihood_in, 0.7 + 0.5, 1e-12);
  EXPECT_NEAR(d.likelihood_out, 1, 1e-12);
  EXPECT_NEAR(d.risk_in, 0.244 + 0.2, 1e-12);
  EXPECT_EQ(d.risk_out, 0);
  EXPECT_EQ(d.role, ChangeRole::Absorber);
  EXPECT_NEAR(sato.likelihood_in, 0.7 + 0.5 + 1, 1e-12);
  EXPECT_FALSE(sato.role);
  EXPECT_EQ(roles.nodes.front().node, requirement("A")) << "what passes on most more than it takes in";
  EXPECT_EQ(roles.nodes.back().node, sato.node) << "without a role";
}

TEST(ChangeRoles, CarryWithinTheirBand) {
  ChangeGraph const graph(made(four()), along_traces_only());
  auto const wide = graph.roles({.band = 0.6});
  EXPECT_EQ(of(wide, requirement("B")).role, ChangeRole::Carrier) << "0.2 is not below 0.4 of 0.4";
  EXPECT_THROW((void)graph.roles({.band = -0.1}), InvalidInput);
  EXPECT_THROW((void)graph.roles({.band = 1.1}), InvalidInput);
}

TEST(ChangeRoles, OfOneKindKeepToThatKind) {
  auto const roles = ChangeGraph(made(four()), along_traces_only()).roles({.kinds = {FactKind::Requirement}});
  ASSERT_EQ(roles.nodes.size(), 2U);
  EXPECT_NEAR(of(roles, requirement("A")).risk_out, 0.4, 1e-12);
  EXPECT_EQ(of(roles, requirement("B")).risk_out, 0);
}

TEST(ChangeRoles, CountTwoTracesBetweenTheSameNodesAsOne) {
  auto facts = four();
  facts.traces.push_back(trace(requirement("A"), requirement("B"), TraceType::Derives, 0.5, 0.2));
  auto const graph = ChangeGraph(made(facts), along_traces_only());
  std::vector<FactKind> const kinds = {FactKind::Requirement};
  auto const matrix = graph.dependencies(kinds);
  EXPECT_THAT(matrix.names, testing::ElementsAre("requirement:A", "requirement:B"));
  double const likelihood = 1 - 0.2 * 0.5, risk = 1 - (1 - 0.8 * 0.5) * (1 - 0.5 * 0.2);
  EXPECT_NEAR(matrix.likelihood[2], likelihood, 1e-12) << "row receives, column instigates";
  EXPECT_NEAR(matrix.impact[2], risk / likelihood, 1e-12);
  EXPECT_EQ(matrix.likelihood[1], 0);
}

/// Everything that can be said of the tree from `at`, by trying every branch: 1 − ∏(1 − x), with impact on
/// the last link or without.
double slow_tree(DependencyMatrix const& matrix, std::size_t at, std::size_t to,
                 std::vector<std::size_t> used, int depth, bool risk) {
  auto const n = matrix.names.size();
  if (depth == 0) return 0;
  used.push_back(at);
  double missed = 1;
  for (std::size_t next = 0; next < n; ++next) {
    double const likelihood = matrix.likelihood[next * n + at];
    if (likelihood <= 0 || std::ranges::count(used, next)) continue;
    double const beyond = next == to ? (risk ? matrix.impact[next * n + at] : 1.0)
                                     : slow_tree(matrix, next, to, used, depth - 1, risk);
    missed *= 1 - likelihood * beyond;
  }
  return 1 - missed;
}

Facts random_traces(std::mt19937& random, int nodes, int percent) {
  std::uniform_int_distribution<int> coin(0, 99), tenths(1, 10);
  Facts facts;
  for (int i = 0; i < nodes; ++i) facts.requirements.push_back(called("N" + std::to_string(i)));
  for (int from = 0; from < nodes; ++from)
    for (int to = 0; to < nodes; ++to)
      if (from != to && coin(random) < percent)
        facts.traces.push_back(trace(requirement("N" + std::to_string(from)),
                                     requirement("N" + std::to_string(to)), TraceType::DependsOn,
                                     tenths(random) / 10.0, tenths(random) / 10.0));
  return facts;
}

TEST(ChangeRoles, SumWhatTheTreeSaysOfEveryPair) {
  std::mt19937 random(21);
  for (int round = 0; round < 40; ++round) {
    int const n = 3 + round % 5, depth = 1 + round % 4;
    ChangeGraph const graph(made(random_traces(random, n, 35)), along_traces_only(depth));
    auto const matrix = graph.dependencies({});
    auto const roles = graph.roles();
    auto const predicted =
        predict_change(matrix, {.depth = depth, .cutoff = 0, .variant = RiskVariant::NestedTree});
    auto const size = matrix.names.size();
    for (std::size_t i = 0; i < size; ++i) {
      NodeRole expected;
      for (std::size_t j = 0; j < size; ++j) {
        if (i == j) continue;
        expected.likelihood_out += slow_tree(matrix, i, j, {}, depth, false);
        expected.likelihood_in += slow_tree(matrix, j, i, {}, depth, false);
        expected.risk_out += slow_tree(matrix, i, j, {}, depth, true);
        expected.risk_in += slow_tree(matrix, j, i, {}, depth, true);
      }
      auto const& found = of(roles, parse_node(matrix.names[i]));
      EXPECT_NEAR(found.likelihood_out, expected.likelihood_out, 1e-9) << round;
      EXPECT_NEAR(found.likelihood_in, expected.likelihood_in, 1e-9) << round;
      EXPECT_NEAR(found.risk_out, expected.risk_out, 1e-9) << round;
      EXPECT_NEAR(found.risk_in, expected.risk_in, 1e-9) << round;
      if (found.role && std::abs(found.risk_out - 0.9 * found.risk_in) > 1e-9 &&
          std::abs(found.risk_out - 1.1 * found.risk_in) > 1e-9) {
        EXPECT_EQ(*found.role, predicted.roles()[i]) << "as the matrices have it";
      }
    }
  }
}

TEST(ChangeRoles, LookLessDeepAllAlikeWhereThereAreTooManyBranches) {
  std::mt19937 random(22);
  auto const project = made(random_traces(random, 12, 100));
  ChangeGraph const graph(project, along_traces_only(4));
  // Each of 12 nodes has 11 ways: 132 walks of one trace, 1452 of two, 15972 of three.
  auto const two = graph.roles({.most_branches = 132 + 1452});
  EXPECT_EQ(two.depth, 2);
  EXPECT_LE(two.branches, 132U + 1452U);
  EXPECT_EQ(two.nodes, ChangeGraph(project, along_traces_only(2)).roles().nodes);
  EXPECT_EQ(graph.roles({.most_branches = 132 + 1451}).depth, 1);
  EXPECT_EQ(graph.roles({.most_branches = 0}).depth, 1) << "each trace once, in any case";
  EXPECT_EQ(graph.roles({.most_branches = 132 + 1452 + 15972}).depth, 3);
}

TEST(ChangeRoles, OfMatricesAreTheSameByName) {
  DependencyMatrix const chain{
      {"A", "B", "C"}, {0, 0, 0, 0.8, 0, 0, 0, 0.8, 0}, {0, 0, 0, 0.5, 0, 0, 0, 0.5, 0}};
  auto const table = predict_change(chain).role_table();
  EXPECT_THAT(std::get<std::vector<std::string>>(table.column("role").values),
              testing::ElementsAre("multiplier", "carrier", "absorber"));
  // A to B 0.8 · 0.5, to C 0.8 · 0.8 · 0.5.
  EXPECT_NEAR(std::get<std::vector<double>>(table.column("risk_out").values)[0], 0.4 + 0.32, 1e-12);
  EXPECT_NEAR(std::get<std::vector<double>>(table.column("likelihood_in").values)[2], 0.8 + 0.64, 1e-12);
  EXPECT_THROW((void)predict_change(chain).roles(2), InvalidInput);
}

TEST(ChangeRoles, AreRefusedAsAMatrixWhereItWouldBeTooLarge) {
  Facts facts;
  for (std::size_t i = 0; i <= ChangeGraph::most_matrix_nodes; ++i)
    facts.requirements.push_back(called(std::to_string(i)));
  ChangeGraph const graph(made(facts));
  EXPECT_THROW((void)graph.dependencies({}), InvalidInput);
  EXPECT_EQ(graph.roles().nodes.size(), facts.requirements.size());
}

}  // namespace
}  // namespace rapport::test
