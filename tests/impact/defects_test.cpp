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
