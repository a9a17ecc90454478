#include "rapport/impact/defects.h"

#include <gtest/gtest.h>

#include <numeric>

#include "rapport/base/error.h"

namespace rapport::test {
namespace {

TEST(DefectAmplification, ReproducesPressmanWithReviews) {
  // Pressman, Software Engineering, 5th ed., fig. 8.4: 24 defects before testing, 3 latent.
  std::vector<DefectStep> const build = {
      {.name = "preliminary design", .created = 10, .efficiency = 0.7},
      {.name = "detail design", .created = 25, .passed = 2, .amplification = 1.5, .efficiency = 0.5},
      {.name = "code", .created = 25, .passed = 5, .amplification = 3, .efficiency = 0.6}};
  auto const built = amplify_defects(build);
  EXPECT_NEAR(built[0], 3, 1e-12);
  EXPECT_NEAR(built[1], (2 + 1.5 + 25) * 0.5, 1e-12);  // the book prints 15 for 14.25
  EXPECT_NEAR(built[2], 24, 2);
  std::vector<DefectStep> const tests(3, {.name = "test", .passed = 1e6, .efficiency = 0.5});
  EXPECT_EQ(amplify_defects(tests, 24), (std::vector<double>{12, 6, 3}));
}

TEST(DefectAmplification, ReproducesPressmanWithoutReviews) {
  // Fig. 8.3: 10, then 37 (6 + 4 × 1.5 + 25), then 94 before testing (92.8 unrounded), 12 latent.
  std::vector<DefectStep> const build = {
      {.name = "preliminary design", .created = 10},
      {.name = "detail design", .created = 25, .passed = 6, .amplification = 1.5},
      {.name = "code", .created = 25, .passed = 10, .amplification = 3, .efficiency = 0.2}};
  auto const built = amplify_defects(build);
  EXPECT_NEAR(built[1], 37, 1e-12);
  EXPECT_NEAR(built[2], 92.8, 1e-12);
  std::vector<DefectStep> const tests(3, {.name = "test", .passed = 1e6, .efficiency = 0.5});
  EXPECT_NEAR(amplify_defects(tests, 94).back(), 12, 1);
}

TEST(DefectAmplification, RefusesAnEfficiencyAboveOne) {
  std::vector<DefectStep> const steps = {{.name = "review", .efficiency = 1.1}};
  EXPECT_THROW((void)amplify_defects(steps), InvalidInput);
}

// Pressman, 5th ed., table 8.1: with reviews 22 errors cost 1.5 in design, 36 cost 6.5 before test, 21 cost
// 15 during test and 3 cost 67 after release; without, 22, 82 and 12 of the last three.
TEST(DefectCosts, ReproduceBothTotalsOfPressman) {
  std::vector<FoundDefects> const with = {
      {"design", 22, 1.5}, {"before test", 36, 6.5}, {"during test", 21, 15}, {"after release", 3, 67}};
  auto const costs = defect_costs(with);
  ASSERT_EQ(costs.size(), 4U);
  EXPECT_EQ(costs[0].cost, 33);
  EXPECT_EQ(costs[1].cost, 234);
  EXPECT_EQ(costs[2].cost, 315);
  EXPECT_EQ(costs[3].cost, 201);
  EXPECT_EQ(total_cost(costs), 783);
  EXPECT_NEAR(*costs[1].share, 234.0 / 783, 1e-15);
  std::vector<FoundDefects> const without = {
      {"before test", 22, 6.5}, {"during test", 82, 15}, {"after release", 12, 67}};
  EXPECT_EQ(total_cost(defect_costs(without)), 2177);
}

TEST(DefectCosts, OfTheAmplificationModelAreWithinAFewPercentOfPressman) {
  // By hand, with reviews: 7 + 14.25 found in design, 34.65 of 57.75 in code, 11.55, 5.775 and 2.8875 in the
  // tests, 2.8875 left: 31.875 + 225.225 + 303.1875 + 193.4625. Without: 23.2 of 116 in code, 46.4, 23.2 and
  // 11.6 in the tests, 11.6 left: 150.8 + 1218 + 777.2. The book rounds each step: 783 and 2177.
  auto const priced = [](std::vector<DefectStep> steps) {
    steps.insert(steps.end(), 3, {.name = "test", .passed = 1e6, .efficiency = 0.5});
    std::vector<double> const each = {1.5, 1.5, 6.5, 15, 15, 15};
    auto const found = defects_found(steps);
    std::vector<FoundDefects> phases;
    for (std::size_t i = 0; i < found.size(); ++i) phases.push_back({steps[i].name, found[i], each[i]});
    phases.push_back({"after release", amplify_defects(steps).back(), 67});
    return total_cost(defect_costs(phases));
  };
  EXPECT_NEAR(
      priced({{.name = "preliminary design", .created = 10, .efficiency = 0.7},
              {.name = "detail design", .created = 25, .passed = 2, .amplification = 1.5, .efficiency = 0.5},
              {.name = "code", .created = 25, .passed = 5, .amplification = 3, .efficiency = 0.6}}),
      753.75, 1e-9);
  EXPECT_NEAR(priced({{.name = "preliminary design", .created = 10},
                      {.name = "detail design", .created = 25, .passed = 6, .amplification = 1.5},
                      {.name = "code", .created = 25, .passed = 10, .amplification = 3, .efficiency = 0.2}}),
              2146, 1e-9);
}

TEST(DefectCosts, OfNoDefectsHaveNoShares) {
  std::vector<FoundDefects> const none = {{"design", 0, 1.5}};
  EXPECT_EQ(total_cost(defect_costs(none)), 0);
  EXPECT_FALSE(defect_costs(none).front().share);
  EXPECT_EQ(to_csv(to_table(defect_costs(none))), "phase,found,cost_each,cost,share\ndesign,0,1.5,0,\n");
}

TEST(DefectCosts, RefuseACostBelowZeroByName) {
  std::vector<FoundDefects> const bad = {{"during test", 3, -15}};
  try {
    (void)defect_costs(bad);
    FAIL();
  } catch (InvalidInput const& error) {
    EXPECT_STREQ(error.what(),
                 "the cost of a defect found in during test is -15; give a number from 0 to 1e+12");
  }
}

TEST(Containment, TheMatrixIsATableThatTheCommandReads) {
  ContainmentMatrix const matrix{{"design", "code"}, {"design", "code", "field"}, {12, 0, 5, 24, 3, 6}};
  EXPECT_EQ(to_csv(to_table(matrix)), "found,design,code\ndesign,12,0\ncode,5,24\nfield,3,6\n");
  ContainmentMatrix const twice{{"found"}, {"found", "field"}, {1, 2}};
  EXPECT_THROW((void)to_table(twice), InvalidInput);
  ContainmentMatrix const short_of{{"design"}, {"design", "field"}, {1}};
  EXPECT_THROW((void)to_table(short_of), InvalidInput);
}

TEST(Containment, CountsWhatEachPhaseLetsThrough) {
  // Design brings 20 (12 found there, 5 by code, 3 in the field), code 30 (24 there, 6 in the field).
  ContainmentMatrix const matrix{{"design", "code"}, {"design", "code", "field"}, {12, 0, 5, 24, 3, 6}};
  auto const phases = containment(matrix);
  ASSERT_EQ(phases.size(), 2U);
  EXPECT_NEAR(*phases[0].effectiveness, 12.0 / 20, 1e-12);
  EXPECT_NEAR(*phases[0].containment, 12.0 / 20, 1e-12);
  EXPECT_EQ(phases[0].escaping, 8);
  EXPECT_EQ(phases[1].present, 38);
  EXPECT_NEAR(*phases[1].effectiveness, 29.0 / 38, 1e-12);
  EXPECT_NEAR(*phases[1].containment, 24.0 / 30, 1e-12);
  EXPECT_NEAR(*overall_effectiveness(matrix), 1 - 9.0 / 50, 1e-12);
}

TEST(Containment, RefusesDefectsFoundBeforeTheyAreMade) {
  ContainmentMatrix const matrix{{"design", "code"}, {"design", "code", "field"}, {12, 1, 5, 24, 3, 6}};
  EXPECT_THROW((void)containment(matrix), InvalidInput);
}

TEST(Coqualmo, ReproducesTheWorkedNumber) {
  // Blischke & Murthy (eds) 2003, ch. 13: Low leaves 5.8 of 10 requirements defects per KSLOC.
  CoqualmoInput input;
  input.removal.fill(RemovalLevel::Low);
  auto const result = coqualmo(input);
  EXPECT_NEAR(result.residual[0], 5.8, 0.03);
  EXPECT_EQ(result.introduced[0], 10);
  EXPECT_TRUE(result.assumed);
}

TEST(Coqualmo, ComesNearTheTotalsByLevel) {
  // 60, 28.5, 14.3, 7.5, 3.5, 1.6 defects per KSLOC from very low to extra high.
  std::vector<double> const totals = {60, 28.5, 14.3, 7.5, 3.5, 1.6};
  for (std::size_t level = 0; level < totals.size(); ++level) {
    CoqualmoInput input;
    input.removal.fill(static_cast<RemovalLevel>(level));
    auto const residual = coqualmo(input).residual;
    EXPECT_NEAR(std::accumulate(residual.begin(), residual.end(), 0.0), totals[level], 0.25) << level;
  }
}

}  // namespace
}  // namespace rapport::test
