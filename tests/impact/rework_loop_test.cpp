#include "rapport/impact/rework_loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
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

LoopFigure figure(std::vector<LoopFigure> const& all, std::string const& of, std::string const& name) {
  for (auto const& one : all)
    if (one.of == of && one.figure == name) return one;
  throw std::out_of_range(of + " " + name);
}

TEST(ReworkLoop, TellsTheFiguresOfTwoOutcomesByHand) {
  // 14 or, with the probability p, 16: the mean is 14 + 2p, the deviation 2 √(p (1 − p)), the fourth moment
  // 16 p (1 − p) (1 − 3 p (1 − p)). Of so many trials p is the share that took 16.
  std::uint32_t const trials = 20'000;
  auto const forecast = simulate_rework(pair(0.3), {.trials = trials, .seed = 2});
  double const p = forecast.duration_over(15), q = p * (1 - p), n = trials;
  auto const all = forecast.figures(LoopForecast::usual_shares, {.duration = 15, .cost = {}});
  auto const mean = figure(all, "duration", "mean"), deviation = figure(all, "duration", "deviation");
  EXPECT_NEAR(mean.value, 14 + 2 * p, 1e-9);
  double const fourth = 16 * q * (1 - 3 * q), second = 4 * q;
  double const sample = 2 * std::sqrt(q * n / (n - 1));
  EXPECT_NEAR(mean.standard_error.value(), sample / std::sqrt(n), 1e-9);
  EXPECT_NEAR(deviation.value, sample, 1e-9);
  EXPECT_NEAR(deviation.standard_error.value(), std::sqrt((fourth - second * second) / n) / (2 * sample),
              1e-9);
  // (1 − 2p) / √q, whose derivative by p is −1 / (2 q √q); p is off by √(q / n).
  auto const skewness = figure(all, "duration", "skewness");
  EXPECT_NEAR(skewness.value, (1 - 2 * p) / std::sqrt(q), 1e-9);
  EXPECT_NEAR(skewness.standard_error.value(), 1 / (2 * q * std::sqrt(n)), 1e-9);
  EXPECT_NEAR(figure(all, "duration", "p50").value, 14, 1e-9);
  EXPECT_NEAR(figure(all, "duration", "p50").standard_error.value(), 0, 1e-9);
  EXPECT_NEAR(figure(all, "duration", "p80").value, 16, 1e-9);
  EXPECT_NEAR(figure(all, "cost", "p80").value, 170, 1e-9);
  EXPECT_EQ(figure(all, "duration", "over").value, p);
  EXPECT_NEAR(figure(all, "duration", "over").standard_error.value(), std::sqrt(q / n), 1e-12);
}

TEST(ReworkLoop, BoundsAPercentileByTheTrialsAroundIt) {
  LoopForecast forecast;
  for (int i = 100; i >= 1; --i) forecast.duration.push_back(i);
  forecast.cost.assign(100, 7);
  std::vector<double> const shares = {0.5, 0.8, 0.99};
  auto const all = forecast.figures(shares);
  EXPECT_EQ(figure(all, "duration", "p50").value, 50);
  // 1.96 · √(100 · ½ · ½) = 9.8: ranks 40 and 60.
  EXPECT_NEAR(figure(all, "duration", "p50").standard_error.value(), 20 / (2 * 1.959964), 1e-9);
  EXPECT_EQ(figure(all, "duration", "p80").value, 80);
  EXPECT_EQ(figure(all, "duration", "p99").value, 99);
  EXPECT_FALSE(figure(all, "duration", "p99").standard_error) << "rank 101 of 100";
  EXPECT_EQ(figure(all, "cost", "deviation").standard_error.value(), 0);
  std::vector<double> const none = {1.0};
  EXPECT_THROW((void)forecast.figures(none), InvalidInput);
  auto const one = simulate_rework(pair(0.3), {.trials = 1}).figures();
  EXPECT_FALSE(figure(one, "duration", "mean").standard_error) << "one trial does not tell";
}

bool told(std::vector<LoopFigure> const& all, std::string const& of, std::string const& name) {
  return std::any_of(all.begin(), all.end(),
                     [&](LoopFigure const& one) { return one.of == of && one.figure == name; });
}

TEST(ReworkLoop, SaysNoMoreThanTheTrialsTell) {
  LoopForecast forecast;
  forecast.duration = {1, 2, 4, 5};  // mean 3, squares 4 + 1 + 1 + 4 over 3
  forecast.cost = {0.1, 0.1, 0.1, 0.1};
  auto const few = forecast.figures(LoopForecast::usual_shares, {.duration = 3, .cost = {}});
  EXPECT_NEAR(figure(few, "duration", "deviation").value, std::sqrt(10.0 / 3), 1e-12);
  EXPECT_NEAR(figure(few, "duration", "skewness").value, 0, 1e-12);
  EXPECT_EQ(figure(few, "cost", "mean").value, 0.1);
  EXPECT_EQ(figure(few, "cost", "deviation").value, 0);
  EXPECT_FALSE(told(few, "cost", "skewness"));
  for (auto const& one : few) EXPECT_FALSE(one.standard_error) << one.of << " " << one.figure;
  forecast.duration = forecast.cost = {7};
  auto const one = forecast.figures();
  EXPECT_EQ(figure(one, "duration", "mean").value, 7);
  EXPECT_FALSE(told(one, "duration", "deviation"));
  forecast.duration = forecast.cost = std::vector<double>(12, 0.1);
  EXPECT_EQ(figure(forecast.figures(), "duration", "mean").standard_error.value(), 0);
}

TEST(ReworkLoop, RefusesNumbersBeyondMeasure) {
  auto loops = pair(0.3);
  auto const forecast = simulate_rework(loops, {.trials = 20});
  auto const nan = std::nan("");
  EXPECT_THROW((void)forecast.figures(LoopForecast::usual_shares, {.duration = nan, .cost = {}}),
               InvalidInput);
  EXPECT_THROW((void)forecast.figures(LoopForecast::usual_shares, {.duration = {}, .cost = 1e300}),
               InvalidInput);
  loops.activities[0].duration = {1e308, 1e308, 1e308};
  EXPECT_THROW((void)simulate_rework(loops, {.trials = 1}), InvalidInput);
  loops = pair(0.3);
  loops.activities[1].cost = {0, 0, 2e15};
  EXPECT_THROW((void)simulate_rework(loops, {.trials = 1}), InvalidInput);
}

TEST(ReworkLoop, StandardErrorsAreTheSpreadOfRepeatedSimulations) {
  struct Repeated {
    double sum = 0, squares = 0, stated = 0;
  };
  std::map<std::pair<std::string, std::string>, Repeated> figures;
  int const times = 400;
  auto loops = pair(0.3);
  loops.activities[0].duration = {8, 10, 16};
  loops.activities[1].cost = {30, 50, 60};
  for (int i = 0; i < times; ++i) {
    auto const seed = static_cast<std::uint64_t>(i) + 1;
    for (auto const& one : simulate_rework(loops, {.trials = 400, .seed = seed}).figures()) {
      if (!one.standard_error) continue;
      auto& figure = figures[{one.of, one.figure}];
      figure.sum += one.value;
      figure.squares += one.value * one.value;
      figure.stated += *one.standard_error;
    }
  }
  ASSERT_EQ(figures.size(), 14U);
  for (auto const& [name, figure] : figures) {
    double const mean = figure.sum / times;
    double const spread = std::sqrt(figure.squares / times - mean * mean);
    EXPECT_NEAR(figure.stated / times, spread, 0.15 * spread) << name.first << " " << name.second;
  }
}

TEST(ReworkDocument, SaysWhatTheMatricesSay) {
  auto const loops = rework_loops_from_document(R"({"duration_unit": "days", "cost_unit": "EUR",
      "activities": [{"name": "A", "duration": [10, 10, 10], "cost": 100, "repeated": 0.4},
                     {"name": "B", "duration": 4, "cost": [50, 50, 50]}],
      "loops": [{"from": "B", "to": "A", "probability": 0.3, "impact": 0.5},
                {"from": 1, "to": 2, "probability": 1}]})");
  auto const expected = pair(0.3);
  EXPECT_EQ(loops.probability, expected.probability);
  EXPECT_EQ(loops.impact, expected.impact);
  auto const forecast = simulate_rework(loops, {.trials = 50, .seed = 3});
  EXPECT_EQ(forecast.duration, simulate_rework(expected, {.trials = 50, .seed = 3}).duration);
  EXPECT_EQ(forecast.cost, simulate_rework(expected, {.trials = 50, .seed = 3}).cost);
  EXPECT_EQ(forecast.duration_unit, "days");
  auto const rows = rework_loops_from_document(
      R"({"activities": [{"name": "A", "duration": 10}, {"name": "B", "duration": 4}],
          "probability": [[0, 0.3], [1, 0]], "impact": [[0, 0.5], [0, 0]]})");
  EXPECT_EQ(rows.probability, expected.probability);
  EXPECT_EQ(rows.impact, expected.impact);
}

std::string refusal(std::string const& rest) {
  try {
    (void)rework_loops_from_document(
        R"({"activities": [{"name": "Design", "duration": 10}, {"name": "Test", "duration": 4}])" + rest +
        "}");
  } catch (Error const& error) {
    return error.what();
  }
  return "";
}

TEST(ReworkDocument, NamesWhatIsWrongAndWhere) {
  using testing::HasSubstr;
  EXPECT_THAT(refusal(R"(, "loops": [{"from": "Tests", "to": "Design", "probability": 1, "impact": 1}])"),
              HasSubstr("loops.loops[0].from is \"Tests\", which is no activity; nearest: Test"));
  EXPECT_THAT(refusal(R"(, "loops": [{"from": 3, "to": 1, "probability": 1}])"), HasSubstr("1 to 2"));
  EXPECT_THAT(refusal(R"(, "loops": [{"from": 1, "to": 1, "probability": 1}])"), HasSubstr("itself"));
  EXPECT_THAT(refusal(R"(, "loops": [{"from": 2, "to": 1}])"), HasSubstr("no \"probability\""));
  EXPECT_THAT(refusal(R"(, "loops": [{"from": 2, "to": 1, "probability": 2, "impact": 1}])"),
              HasSubstr("from 0 to 1"));
  EXPECT_THAT(refusal(R"(, "loops": [{"from": 2, "to": 1, "probability": 1, "impact": 1, "impacts": 1}])"),
              HasSubstr("nearest: impact; known here: from, to, probability, impact"));
  EXPECT_THAT(refusal(R"(, "loops": [{"from": 2, "to": 1, "probability": 1}])"), HasSubstr("no \"impact\""));
  EXPECT_THAT(refusal(R"(, "loops": [], "loops": [])"), HasSubstr("\"loops\" twice"));
  EXPECT_THAT(refusal(R"(, "loops": [{"from": 2, "to": 1, "probability": 1, "impact": 1},
                                     {"from": "Test", "to": "Design", "probability": 1}])"),
              HasSubstr("the second from Test to Design"));
  EXPECT_THAT(refusal(R"(, "probability": [[0, 1], [0, 0]])"), HasSubstr("loops.impact is missing"));
  EXPECT_THAT(refusal(R"(, "probability": [[0, 1]], "impact": [[0, 1]])"), HasSubstr("1 rows for 2"));
  EXPECT_THAT(refusal(R"(, "loops": [], "impact": [])"), HasSubstr("one of them"));
  EXPECT_THAT(refusal(", "), HasSubstr("no JSON"));
  EXPECT_THROW((void)rework_loops_from_document("{}"), InvalidInput);
  EXPECT_THROW((void)rework_loops_from_document(R"({"activities": []})"), InvalidInput);
  EXPECT_THROW((void)rework_loops_from_document(R"({"activities": [{"name": "A"}]})"), InvalidInput);
  EXPECT_THROW((void)rework_loops_from_document(
                   R"({"activities": [{"name": "A", "duration": 1}, {"name": "A", "duration": 1}]})"),
               InvalidInput);
}

TEST(Triangle, InvertsItsDistribution) {
  Triangle const t{2, 3, 6};
  EXPECT_NEAR(t.quantile(0), 2, 1e-12);
  EXPECT_NEAR(t.quantile(0.25), 3, 1e-12);  // (3 − 2) / (6 − 2) lies below the mode
  EXPECT_NEAR(t.quantile(1), 6, 1e-12);
}

TEST(ReworkLoop, WhatMeetsItsLimitButForRoundingIsNotAboveIt) {
  ReworkLoops loops;
  loops.activities = {{"A", {0.1, 0.1, 0.1}, {}, 1}, {"B", {0.2, 0.2, 0.2}, {}, 1}};
  loops.probability = {0, 0, 1, 0}, loops.impact = {0, 0, 1, 0};  // B waits for A
  auto const forecast = simulate_rework(loops, {.trials = 10});
  EXPECT_EQ(forecast.duration_over(0.3), 0);
  EXPECT_EQ(forecast.duration_over(0.2999999), 1);
}

TEST(ReworkLoop, TellsHowFarItIsSomeHundredTimesAtMostAndStops) {
  int calls = 0;
  (void)simulate_rework(aircraft(), {.trials = 50'000}, {[&](Progress const&) { return ++calls > 0; }});
  EXPECT_GT(calls, 100);
  EXPECT_LT(calls, 250);
  EXPECT_THROW((void)simulate_rework(aircraft(), {}, {[](Progress const&) { return false; }}), Cancelled);
  EXPECT_THROW((void)simulate_rework(aircraft(), {.trials = ReworkLoopOptions::most_trials + 1}),
               InvalidInput);
}

}  // namespace
}  // namespace rapport::test
