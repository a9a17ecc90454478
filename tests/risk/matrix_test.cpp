#include "rapport/risk/matrix.h"

#include <gtest/gtest.h>

#include <array>

#include "rapport/base/error.h"

namespace rapport {
namespace {

// PMI, A Guide to the Project Management Body of Knowledge, figure 11-10 (section 11.3.2.2), the most
// probable row first.
constexpr std::array<std::array<double, 5>, 5> published{{{0.05, 0.09, 0.18, 0.36, 0.72},
                                                          {0.04, 0.07, 0.14, 0.28, 0.56},
                                                          {0.03, 0.05, 0.10, 0.20, 0.40},
                                                          {0.02, 0.03, 0.06, 0.12, 0.24},
                                                          {0.01, 0.01, 0.02, 0.04, 0.08}}};

RiskScale two_by_two() {
  RiskScale scale;
  scale.probability = {{"rare", 0.2, {}}, {"likely", 0.8, {}}};
  scale.impact = {{"small", 0.1, 0.3}, {"large", 0.9, {}}};
  scale.levels = {{"green", "#0f0", 0}, {"red", "#ff0000", 0.5}};
  return scale;
}

TEST(RiskMatrix, PrintsThePublishedScoresOfThePmbokGuide) {
  RiskMatrix const matrix = RiskMatrix::pmbok();
  for (std::size_t row = 0; row < 5; ++row)
    for (std::size_t column = 0; column < 5; ++column)
      EXPECT_EQ(matrix.score({4 - row, column}), published[row][column]) << row << ", " << column;
}

TEST(RiskMatrix, CallsScoresLowUpToFiveHundredthsAndHighFromEighteen) {
  RiskMatrix const matrix = RiskMatrix::pmbok();
  for (std::size_t row = 0; row < 5; ++row)
    for (std::size_t column = 0; column < 5; ++column) {
      double const score = published[row][column];
      std::size_t const level = score <= 0.05 ? 0 : score < 0.18 ? 1 : 2;
      EXPECT_EQ(matrix.level({4 - row, column}), level) << score;
    }
}

TEST(RiskMatrix, PutsAFigureIntoTheBandWhoseValueIsNearestAndATieIntoTheHigher) {
  RiskMatrix const matrix = RiskMatrix::pmbok();
  EXPECT_EQ(matrix.row_of(Probability(0)), 0U);
  EXPECT_EQ(matrix.row_of(Probability(0.19)), 0U);
  EXPECT_EQ(matrix.row_of(Probability(0.21)), 1U);
  EXPECT_EQ(matrix.row_of(Probability(0.9)), 4U);
  EXPECT_EQ(matrix.row_of(Probability(1)), 4U);
  EXPECT_EQ(matrix.column_of(0.29), 2U);
  EXPECT_EQ(matrix.column_of(0.31), 3U);
  EXPECT_EQ(RiskMatrix(two_by_two()).row_of(Probability(0.5)), 1U);
}

TEST(RiskMatrix, EndsABandWhereItsScaleSays) {
  RiskMatrix const matrix(two_by_two());
  EXPECT_EQ(matrix.column_of(0.3), 0U);
  EXPECT_EQ(matrix.column_of(0.31), 1U);
}

TEST(RiskMatrix, TellsEveryCellInItsTable) {
  Table const table = RiskMatrix::pmbok().table();
  ASSERT_EQ(table.rows(), 25U);
  EXPECT_EQ(table.text(0, 0), "very high");
  EXPECT_EQ(table.text(0, 4), "0.05");
  EXPECT_EQ(table.text(24, 4), "0.08");
}

TEST(RiskMatrix, RefusesAScaleThatMakesNoSense) {
  auto const refused = [](auto change) {
    RiskScale scale = two_by_two();
    change(scale);
    EXPECT_THROW(RiskMatrix{scale}, InvalidInput);
  };
  refused([](RiskScale& s) { s.probability.clear(); });
  refused([](RiskScale& s) { s.probability[1].value = 0.2; });
  refused([](RiskScale& s) { s.impact[1].value = 1.1; });
  refused([](RiskScale& s) { s.impact[0].up_to = 0.05; });
  refused([](RiskScale& s) { s.impact[0].up_to = 0.9; });
  refused([](RiskScale& s) { s.levels[0].from = 0.1; });
  refused([](RiskScale& s) { s.levels[1].colour = "red\"/><script>"; });
}

TEST(DecimalProduct, RoundsHalfUpWhereBinaryArithmeticRoundsDown) {
  EXPECT_EQ(decimal_product(0.9, 0.05), 0.05);
  EXPECT_EQ(decimal_product(0.3, 0.05), 0.02);
  EXPECT_EQ(decimal_product(1, 1), 1.0);
  EXPECT_EQ(decimal_product(0.123456, 0.5, 4), 0.0617);
  EXPECT_THROW(static_cast<void>(decimal_product(1.2, 0.5)), InvalidInput);
}

}  // namespace
}  // namespace rapport
