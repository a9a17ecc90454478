#include "rapport/impact/rework_loop.h"

#include <gtest/gtest.h>

#include <tuple>

#include "rapport/base/error.h"

namespace rapport::test {
namespace {

using Entries = std::vector<std::tuple<std::size_t, std::size_t, double>>;

std::vector<double> matrix(std::size_t n, Entries const& entries) {
  std::vector<double> values(n * n, 0);
  for (auto const& [i, j, value] : entries) values[(i - 1) * n + j - 1] = value;
  return values;
}

/// Conceptual design of an uninhabited aircraft: Browning & Eppinger 2002, fig. 2 to 4 and table I.
ReworkLoops aircraft() {
  ReworkLoops loops;
  loops.activities = {
      {"Prepare UCAV Preliminary DRandO", {1.9, 2.0, 3.0}, {8.6, 9.0, 13.5}, 0.35},
      {"Create UCAV Preliminary Design Architect", {4.75, 5.0, 8.75}, {5.3, 5.63, 9.84}, 0.2},
      {"Prepare and Distribute Surfaced Models a", {2.66, 2.8, 4.2}, {3.0, 3.15, 4.73}, 0.6},
      {"Perform Aerodynamics Analyses and Evalua", {9.0, 10.0, 12.5}, {6.8, 7.5, 9.38}, 0.33},
      {"Create Initial Structural Geometry", {14.3, 15.0, 26.3}, {128.0, 135.0, 236.0}, 0.4},
      {"Prepare Structural Geometry and Notes fo", {9.0, 10.0, 11.0}, {10.0, 11.3, 12.4}, 1.0},
      {"Develop Structural Design Conditions", {7.2, 8.0, 10.0}, {11.0, 12.0, 15.0}, 0.35},
      {"Perform Weights and Inertias Analyses", {4.75, 5.0, 8.75}, {8.9, 9.38, 16.4}, 1.0},
      {"Perform SandC Analyses and Evaluation", {18.0, 20.0, 22.0}, {20.0, 22.5, 24.8}, 0.25},
      {"Develop Balanced Freebody Diagrams and E", {9.5, 10.0, 17.5}, {21.0, 22.5, 39.4}, 0.5},
      {"Establish Internal Load Distributions", {14.3, 15.0, 26.3}, {21.0, 22.5, 39.4}, 0.75},
      {"Evaluate Structural Strength, Stiffness,", {13.5, 15.0, 18.8}, {41.0, 45.0, 56.3}, 0.3},
      {"Preliminary Manufacturing Planning and A", {30.0, 32.5, 36.0}, {214.0, 232.0, 257.0}, 0.28},
      {"Prepare UCAV Proposal", {4.5, 5.0, 6.25}, {20.0, 22.5, 28.1}, 0.7}};
  loops.probability =
      matrix(14, {{2, 1, 0.4},   {2, 9, 0.2},   {3, 2, 0.5},   {3, 4, 0.4},  {4, 1, 0.3},   {4, 3, 0.5},
                  {5, 1, 0.4},   {5, 3, 0.5},   {5, 6, 0.1},   {5, 8, 0.1},  {5, 12, 0.3},  {5, 13, 0.1},
                  {6, 1, 0.1},   {6, 5, 0.4},   {7, 1, 0.4},   {7, 6, 0.4},  {8, 6, 0.5},   {8, 12, 0.5},
                  {9, 1, 0.4},   {9, 3, 0.5},   {9, 4, 0.5},   {9, 8, 0.5},  {10, 4, 0.1},  {10, 6, 0.5},
                  {10, 7, 0.2},  {10, 8, 0.1},  {10, 11, 0.4}, {11, 6, 0.5}, {11, 7, 0.5},  {11, 8, 0.5},
                  {11, 10, 0.5}, {12, 1, 0.4},  {12, 6, 0.4},  {12, 7, 0.5}, {12, 10, 0.5}, {12, 11, 0.4},
                  {13, 1, 0.5},  {13, 5, 0.5},  {13, 12, 0.4}, {14, 1, 0.3}, {14, 2, 0.4},  {14, 3, 0.4},
                  {14, 4, 0.4},  {14, 5, 0.4},  {14, 6, 0.4},  {14, 7, 0.4}, {14, 8, 0.4},  {14, 9, 0.4},
                  {14, 10, 0.4}, {14, 11, 0.4}, {14, 12, 0.4}, {14, 13, 0.4}});
  loops.impact =
      matrix(14, {{2, 1, 0.5},   {2, 9, 0.1},   {3, 2, 0.3},  {3, 4, 0.5},   {4, 1, 0.4},   {4, 3, 0.8},
                  {5, 1, 0.1},   {5, 3, 0.1},   {5, 6, 0.1},  {5, 12, 0.3},  {5, 13, 0.1},  {6, 1, 0.1},
                  {6, 5, 0.3},   {7, 1, 0.5},   {7, 6, 0.8},  {8, 6, 0.5},   {8, 12, 0.5},  {9, 1, 0.3},
                  {9, 3, 0.3},   {9, 4, 0.3},   {9, 8, 0.3},  {10, 4, 0.1},  {10, 6, 0.5},  {10, 7, 0.4},
                  {10, 8, 0.3},  {10, 11, 0.3}, {11, 6, 0.5}, {11, 7, 0.5},  {11, 8, 0.3},  {11, 10, 0.3},
                  {12, 1, 0.5},  {12, 6, 0.3},  {12, 7, 0.5}, {12, 10, 0.5}, {12, 11, 0.5}, {13, 1, 0.9},
                  {13, 5, 0.9},  {13, 12, 0.3}, {14, 1, 0.5}, {14, 2, 0.8},  {14, 3, 0.8},  {14, 4, 0.8},
                  {14, 5, 0.8},  {14, 6, 0.8},  {14, 7, 0.8}, {14, 8, 0.8},  {14, 9, 0.8},  {14, 10, 0.8},
                  {14, 11, 0.8}, {14, 12, 0.8}, {14, 13, 0.8}});
  return loops;
}

TEST(ReworkLoop, ReproducesTheAircraftWithoutIteration) {
  auto const forecast = simulate_rework(aircraft(), {.trials = 20'000, .seed = 5, .rework = false});
  // Published: 615 k$ (55), 133 days (13).
  EXPECT_NEAR(forecast.cost_moments().mean, 615, 6.5);
  EXPECT_NEAR(forecast.cost_moments().deviation, 55, 5);
  EXPECT_NEAR(forecast.duration_moments().mean, 133, 2);
  EXPECT_NEAR(forecast.duration_moments().deviation, 13, 1.5);
}

TEST(ReworkLoop, ReproducesTheAircraftWithIteration) {
  auto const forecast = simulate_rework(aircraft(), {.trials = 20'000, .seed = 5});
  // Published, from 1100 runs: 637 k$ (63), 138 days (14), 51 % over 630 k$, 67 % over 130 days.
  EXPECT_NEAR(forecast.cost_moments().mean, 637, 6.5);
  EXPECT_NEAR(forecast.cost_moments().deviation, 63, 5);
  EXPECT_NEAR(forecast.duration_moments().mean, 138, 2);
  EXPECT_NEAR(forecast.duration_moments().deviation, 14, 1.5);
  EXPECT_NEAR(forecast.cost_over(630), 0.51, 0.06);
  EXPECT_NEAR(forecast.duration_over(130), 0.67, 0.06);
}

/// Two activities without spread, 10 and 4 long; the second sends half of the first back.
ReworkLoops pair(double probability) {
  ReworkLoops loops;
  loops.activities = {{"A", {10, 10, 10}, {100, 100, 100}, 0.4}, {"B", {4, 4, 4}, {50, 50, 50}, 1}};
  loops.probability = {0, probability, 1, 0};
  loops.impact = {0, 0.5, 0, 0};
  return loops;
}

TEST(ReworkLoop, RedoesTheShareOnItsImprovementCurve) {
  // Feedback can come once: B waits for A but need not be done again, so it finishes once.
  // A again: 0.5 × 0.4 = 0.2 of 10 and of 100.
  auto const forecast = simulate_rework(pair(1), {.trials = 1});
  EXPECT_NEAR(forecast.duration[0], 10 + 4 + 2, 1e-9);
  EXPECT_NEAR(forecast.cost[0], 150 + 20, 1e-9);
}

TEST(ReworkLoop, FeedsBackWithItsProbability) {
  auto const forecast = simulate_rework(pair(0.3), {.trials = 20'000, .seed = 2});
  EXPECT_NEAR(forecast.duration_over(15), 0.3, 4 * 0.00324);
}

TEST(ReworkLoop, IsTheSameEveryTime) {
  auto const once = simulate_rework(aircraft(), {.trials = 50, .seed = 9});
  auto const again = simulate_rework(aircraft(), {.trials = 50, .seed = 9});
  EXPECT_EQ(once.duration, again.duration);
  EXPECT_EQ(once.cost, again.cost);
}

TEST(ReworkLoop, RefusesLoopsThatDoNotEnd) {
  auto loops = pair(1);
  loops.impact[2] = 1;  // A sends B back, always and whole, and B sends A back
  EXPECT_THROW((void)simulate_rework(loops, {.trials = 1}), InvalidInput);
  loops.probability[1] = 2;
  EXPECT_THROW((void)simulate_rework(loops, {.trials = 1}), InvalidInput);
}

TEST(Triangle, InvertsItsDistribution) {
  Triangle const t{2, 3, 6};
  EXPECT_NEAR(t.quantile(0), 2, 1e-12);
  EXPECT_NEAR(t.quantile(0.25), 3, 1e-12);  // (3 − 2) / (6 − 2) lies below the mode
  EXPECT_NEAR(t.quantile(1), 6, 1e-12);
}

}  // namespace
}  // namespace rapport::test
