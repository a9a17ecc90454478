#include "rapport/impact/change_prediction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "impact/small_plan.h"

namespace rapport::test {
namespace {

PredictionOptions options(RiskVariant variant, int depth = 4) {
  return {.depth = depth, .cutoff = 0, .variant = variant};
}

TEST(ChangePrediction, MultipliesRiskAlongAChain) {
  // A → B → C of cpm-lib (Martinsson Bonde, Zenodo 10.5281/zenodo.13340868), its published values.
  DependencyMatrix const chain{
      {"A", "B", "C"}, {0, 0, 0, 0.8, 0, 0, 0, 0.6, 0}, {0, 0, 0, 0.7, 0, 0, 0, 0.5, 0}};
  for (auto const variant : {RiskVariant::NestedTree, RiskVariant::PenultimateNode}) {
    auto const result = predict_change(chain, options(variant));
    EXPECT_NEAR(result.risk_of(1, 0), 0.56, 1e-12);
    EXPECT_NEAR(result.risk_of(2, 0), 0.24, 1e-12);
    EXPECT_NEAR(result.risk_of(2, 1), 0.3, 1e-12);
    EXPECT_EQ(predict_change(chain, options(variant, 1)).risk_of(2, 0), 0);
  }
}

/// The eight components of the same library's test assets (dsm-cpx-*.csv).
DependencyMatrix complex8() {
  return {{"A", "B", "C", "D", "E", "F", "G", "H"},
          {
              0,   0,   0.1, 0,   0,   0,   0.1, 0,    //
              0,   0,   0,   0.2, 0.2, 0,   0,   0,    //
              0.3, 0,   0,   0,   0,   0.3, 0,   0,    //
              0,   0,   0,   0,   0,   0,   0,   0.4,  //
              0,   0,   0,   0,   0,   0,   0.5, 0,    //
              0.6, 0.6, 0,   0,   0,   0,   0.6, 0,    //
              0,   0,   0,   0,   0,   0.7, 0,   0,    //
              0,   0,   0.8, 0.8, 0,   0,   0,   0,
          },
          {
              0,   0,   0.3, 0,   0,   0,   0.7, 0,    //
              0,   0,   0,   0.4, 0.5, 0,   0,   0,    //
              0.1, 0,   0,   0,   0,   0.6, 0,   0,    //
              0,   0,   0,   0,   0,   0,   0,   0.8,  //
              0,   0,   0,   0,   0,   0,   0.7, 0,    //
              0.1, 0.2, 0,   0,   0,   0,   0.7, 0,    //
              0,   0,   0,   0,   0,   0.6, 0,   0,    //
              0,   0,   0.3, 0.4, 0,   0,   0,   0,
          }};
}

TEST(ChangePrediction, ReproducesThePublishedEightComponents) {
  // Row C and row H of dsm-cpx-answers-probs.csv, columns A … H.
  std::vector<double> const c = {0.426, 0.18882, 0, 0.036, 0.036, 0.3147, 0.229063224, 0.0144};
  std::vector<double> const h = {0.34944, 0.144, 0.8, 0.80576, 0.0288, 0.252768, 0.173912064, 0};
  // The same rows of dsm-cpx-answers-risks.csv, printed to three digits, which nest the tree.
  std::vector<double> const c_risk = {0.135, 0.109, 0, 0.022, 0.022, 0.182, 0.130, 0.009};
  std::vector<double> const h_risk = {0.112, 0.043, 0.24, 0.326, 0.009, 0.077, 0.054, 0};
  auto const result = predict_change(complex8(), options(RiskVariant::NestedTree));
  for (std::size_t a = 0; a < 8; ++a) {
    EXPECT_NEAR(result.likelihood_of(2, a), c[a], 1e-9) << a;
    EXPECT_NEAR(result.likelihood_of(7, a), h[a], 1e-9) << a;
    EXPECT_NEAR(result.risk_of(2, a), c_risk[a], 5.1e-4) << a;
    EXPECT_NEAR(result.risk_of(7, a), h_risk[a], 5.1e-4) << a;
  }
  // Calculated separately by the paper's formula over the nodes before the last link.
  auto const paper = predict_change(complex8(), options(RiskVariant::PenultimateNode));
  EXPECT_NEAR(paper.risk_of(2, 6), 0.119032, 1e-6);
  EXPECT_NEAR(paper.risk_of(3, 0), 0.111821, 1e-6);
  EXPECT_NEAR(paper.risk_of(7, 3), 0.325875, 1e-6);
  EXPECT_NEAR(paper.risk_of(0, 1), 0.034641, 1e-6);
}

/// The hair dryer that a tool for the method brings as its example, direct likelihoods and impacts: power
/// supply, motor, heating unit, fan, control system, casing.
DependencyMatrix hairdryer6() {
  return {{"power supply", "motor", "heating unit", "fan", "control system", "casing"},
          {
              0,   0.3, 0.3, 0,   0,   0,    //
              0.9, 0,   0,   0.6, 0.3, 0.6,  //
              0.9, 0,   0,   0.6, 0.3, 0.6,  //
              0.3, 0.6, 0.9, 0,   0,   0.9,  //
              0,   0,   0.3, 0.6, 0,   0.3,  //
              0.3, 0.9, 0.6, 0.9, 0.6, 0,
          },
          {
              0,   0.9, 0.9, 0,   0,   0,    //
              0.9, 0,   0,   0.6, 0.3, 0.3,  //
              0.6, 0,   0,   0.3, 0.3, 0.3,  //
              0.3, 0.3, 0.6, 0,   0,   0.3,  //
              0,   0,   0.3, 0.3, 0,   0.3,  //
              0.3, 0.6, 0.6, 0.9, 0.6, 0,
          }};
}

TEST(ChangePrediction, TheTwoRisksOfTheHairDryerPartWherePathsShareTheirLastLinks) {
  // No outcome is published. These were calculated separately, by the tree and by the formula of the paper,
  // over paths of up to four links.
  std::vector<double> const likelihood = {0,        0.611919, 0.637515, 0.690351, 0.497308, 0.649398,  //
                                          0.990034, 0,        0.942896, 0.943483, 0.7619,   0.935135,  //
                                          0.988819, 0.922921, 0,        0.945997, 0.757457, 0.919689,  //
                                          0.990125, 0.960305, 0.974913, 0,        0.789115, 0.97746,   //
                                          0.965568, 0.903848, 0.901358, 0.867157, 0,        0.884736,  //
                                          0.99074,  0.969566, 0.972013, 0.986916, 0.797648, 0};
  std::vector<double> const nested = {0,        0.569924, 0.595515, 0.651168, 0.465158, 0.609507,  //
                                      0.942773, 0,        0.754895, 0.706578, 0.540033, 0.708155,  //
                                      0.79152,  0.586616, 0,        0.581968, 0.423979, 0.525941,  //
                                      0.846959, 0.65879,  0.719667, 0,        0.57392,  0.637856,  //
                                      0.669574, 0.533855, 0.485596, 0.405645, 0,        0.444953,  //
                                      0.962469, 0.841009, 0.924516, 0.943252, 0.644832, 0};
  std::vector<double> const penultimate = {0,        0.442862, 0.447693, 0.434478, 0.35029,  0.425638,  //
                                           0.902117, 0,        0.623109, 0.648945, 0.495894, 0.636611,  //
                                           0.699478, 0.46493,  0,        0.488817, 0.375425, 0.478458,  //
                                           0.729112, 0.62781,  0.687788, 0,        0.553339, 0.615153,  //
                                           0.316998, 0.305884, 0.313133, 0.311617, 0,        0.308309,  //
                                           0.950556, 0.874022, 0.930442, 0.938272, 0.727112, 0};
  auto const tree = predict_change(hairdryer6(), options(RiskVariant::NestedTree));
  auto const paper = predict_change(hairdryer6(), options(RiskVariant::PenultimateNode));
  for (std::size_t i = 0; i < 36; ++i) {
    EXPECT_NEAR(tree.likelihood[i], likelihood[i], 1e-6) << i;
    EXPECT_NEAR(paper.likelihood[i], likelihood[i], 1e-6) << i;
    EXPECT_NEAR(tree.risk[i], nested[i], 1e-6) << i;
    EXPECT_NEAR(paper.risk[i], penultimate[i], 1e-6) << i;
  }
  // Of the control system when the power supply changes.
  EXPECT_NEAR(tree.risk_of(4, 0), 0.670, 5e-4);
  EXPECT_NEAR(paper.risk_of(4, 0), 0.317, 5e-4);
}

TEST(ChangePrediction, ImpactIsRiskPerLikelihoodAndNeverMoreThanOne) {
  auto const result = predict_change(complex8());
  for (std::size_t i = 0; i < 64; ++i) {
    EXPECT_LE(result.risk[i], result.likelihood[i] + 1e-15);
    if (result.likelihood[i] > 0) {
      EXPECT_NEAR(result.impact[i] * result.likelihood[i], result.risk[i], 1e-15);
    }
  }
}

TEST(ChangePrediction, MoreDepthNeverLessensALikelihood) {
  auto shallow = predict_change(complex8(), options(RiskVariant::NestedTree, 1));
  for (int depth = 2; depth <= 7; ++depth) {
    auto deeper = predict_change(complex8(), options(RiskVariant::NestedTree, depth));
    for (std::size_t i = 0; i < 64; ++i) EXPECT_GE(deeper.likelihood[i], shallow.likelihood[i] - 1e-15);
    shallow = std::move(deeper);
  }
}

TEST(ChangePrediction, NamesAbsorbersAndMultipliers) {
  DependencyMatrix const chain{
      {"A", "B", "C"}, {0, 0, 0, 0.8, 0, 0, 0, 0.8, 0}, {0, 0, 0, 0.5, 0, 0, 0, 0.5, 0}};
  auto const roles = predict_change(chain).roles();
  EXPECT_EQ(roles[0], ChangeRole::Multiplier);
  EXPECT_EQ(roles[1], ChangeRole::Carrier);
  EXPECT_EQ(roles[2], ChangeRole::Absorber);
}

TEST(ChangePrediction, RefusesMatricesThatDoNotFit) {
  EXPECT_THROW((void)predict_change({{"A", "B"}, {0, 0, 0}, {0, 0, 0, 0}}), InvalidInput);
  EXPECT_THROW((void)predict_change({{"A", "B"}, {0, 1.5, 0, 0}, {0, 0, 0, 0}}), InvalidInput);
}

/// Everything bears on everything else.
DependencyMatrix everything(std::size_t n) {
  DependencyMatrix matrix;
  for (std::size_t i = 0; i < n; ++i) matrix.names.push_back("C" + std::to_string(i));
  matrix.likelihood.assign(n * n, 0.5), matrix.impact.assign(n * n, 0.5);
  return matrix;
}

TEST(ChangePrediction, RefusesTreesWithoutEndWithAWayOut) {
  // Of four components each has 3 branches of one link, 6 of two and 6 of three.
  auto bounded = options(RiskVariant::NestedTree, 3);
  bounded.most_branches = 4 * (3 + 6 + 6);
  EXPECT_NO_THROW((void)predict_change(everything(4), bounded));
  --bounded.most_branches;
  try {
    (void)predict_change(everything(4), bounded);
    ADD_FAILURE() << "one branch too many is not refused";
  } catch (InvalidInput const& error) {
    EXPECT_NE(std::string(error.what()).find("more than 59 branches within depth 3; take a smaller depth"),
              std::string::npos)
        << error.what();
  }
}

TEST(ChangePrediction, CanBeStoppedWithinOneTree) {
  int asked = 0;
  RunControl const impatient{[&](Progress const&) { return ++asked < 3; }};
  EXPECT_THROW((void)predict_change(everything(30), options(RiskVariant::NestedTree, 20), impatient),
               Cancelled);
  EXPECT_EQ(asked, 3);
}

TEST(Percolation, CountsSharedTracesOnceWhereTheTreeCountsThemTwice) {
  // A → C → E and A → D → E, then E → F, each 0.9: the tree counts E → F with both branches.
  Facts facts;
  for (auto const* key : {"A", "C", "D", "E", "F"}) {
    Requirement one;
    one.key = key;
    facts.requirements.push_back(one);
  }
  auto const passes = [](char const* from, char const* to) {
    return trace(requirement(from), requirement(to), TraceType::DependsOn, 0.9, 1);
  };
  facts.traces = {passes("A", "C"), passes("A", "D"), passes("C", "E"), passes("D", "E"), passes("E", "F")};
  auto const project = made(facts);
  double const exact = (1 - 0.19 * 0.19) * 0.9, tree = 1 - (1 - 0.729) * (1 - 0.729);
  for (auto const& one : percolate(project, requirement("A"), {}, {.trials = 40'000, .seed = 3})) {
    if (one.node.key != "F") continue;
    EXPECT_NEAR(one.probability, exact, 4 * one.standard_error);
    EXPECT_NEAR(one.standard_error, std::sqrt(exact * (1 - exact) / 40'000), 1e-4);
  }
  auto const impact = assess(project, schedule(compile(project)), change({changed("A", 1)}));
  EXPECT_NEAR(impact.find(requirement("F"))->likelihood.value(), tree, 1e-12);
  EXPECT_EQ(percolate(project, requirement("A"), {}, {.trials = 100, .seed = 3}),
            percolate(project, requirement("A"), {}, {.trials = 100, .seed = 3}));
}

TEST(Percolation, AgreesWithEveryOutcomeOfASmallGraph) {
  // Ten traces among five nodes: 1024 outcomes, each weighed.
  std::vector<std::tuple<int, int, double>> const edges = {{0, 1, 0.3}, {0, 2, 0.6}, {1, 2, 0.5}, {2, 1, 0.4},
                                                           {1, 3, 0.7}, {2, 3, 0.2}, {3, 4, 0.8}, {2, 4, 0.1},
                                                           {4, 1, 0.9}, {3, 0, 0.5}};
  std::vector<double> exact(5, 0);
  for (unsigned outcome = 0; outcome < 1024; ++outcome) {
    double weight = 1;
    for (std::size_t e = 0; e < edges.size(); ++e)
      weight *= (outcome >> e) & 1 ? std::get<2>(edges[e]) : 1 - std::get<2>(edges[e]);
    std::vector<bool> reached(5, false);
    reached[0] = true;
    for (int pass = 0; pass < 5; ++pass)
      for (std::size_t e = 0; e < edges.size(); ++e) {
        auto const& [from, to, likelihood] = edges[e];
        if (((outcome >> e) & 1) && reached[static_cast<std::size_t>(from)])
          reached[static_cast<std::size_t>(to)] = true;
      }
    for (std::size_t i = 0; i < 5; ++i)
      if (reached[i]) exact[i] += weight;
  }
  Facts facts;
  for (int i = 0; i < 5; ++i) {
    Requirement one;
    one.key = std::to_string(i);
    facts.requirements.push_back(one);
  }
  for (auto const& [from, to, likelihood] : edges)
    facts.traces.push_back(trace(requirement(std::to_string(from)), requirement(std::to_string(to)),
                                 TraceType::DependsOn, likelihood, 1));
  auto const sampled = percolate(made(facts), requirement("0"), {}, {.trials = 50'000, .seed = 11});
  ASSERT_EQ(sampled.size(), 4U);
  for (auto const& one : sampled)
    EXPECT_NEAR(one.probability, exact[static_cast<std::size_t>(std::stoi(one.node.key))],
                4 * one.standard_error);
}

}  // namespace
}  // namespace rapport::test
