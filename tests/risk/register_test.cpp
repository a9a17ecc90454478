#include "rapport/risk/register.h"

#include <gtest/gtest.h>

#include "rapport/base/error.h"

namespace rapport {
namespace {

Risk risk(std::string key, double probability, std::vector<RiskImpact> impacts) {
  Risk made;
  made.key = std::move(key);
  made.title = "about " + made.key;
  made.rating = {Probability(probability), std::move(impacts)};
  return made;
}

/// Scores worked out by hand on the PMBOK matrix: late steel .7 × .4 = .28 on the schedule and
/// .7 × .1 = .07 on cost; flood .1 × .8 = .08; early permit, an opportunity, .5 × .2 = .10; a
/// closed one that would score most.
RiskRegister small_register() {
  Facts facts;
  facts.risks.push_back(risk("flood", 0.1, {{Objective::Cost, 0.8}}));
  facts.risks.push_back(risk("steel", 0.7, {{Objective::Cost, 0.1}, {Objective::Schedule, 0.4}}));
  facts.risks.push_back(risk("permit", 0.5, {{Objective::Schedule, 0.2}}));
  facts.risks.back().sign = RiskEffect::Opportunity;
  facts.risks.push_back(risk("past", 0.9, {{Objective::Scope, 0.8}}));
  facts.risks.back().status = RiskStatus::Closed;
  facts.risks[1].residual = RiskRating{Probability(0.3), {{Objective::Schedule, 0.2}}};
  return assess_risks(Project(facts));
}

RiskTouch touch(std::string key, double likelihood, std::optional<double> probability_factor,
                std::optional<double> impact_factor = {}) {
  RiskTouch made;
  made.risk = std::move(key);
  made.likelihood = likelihood;
  made.probability_factor = probability_factor;
  made.impact_factor = impact_factor;
  return made;
}

TEST(RiskRegister, ScoresEachObjectiveAndTakesTheHighestAsTheWhole) {
  RiskRegister const reg = small_register();
  RiskEntry const& steel = reg.at("steel");
  ASSERT_EQ(steel.score.objectives.size(), 2U);
  EXPECT_EQ(steel.score.objectives[0].objective, Objective::Schedule);
  EXPECT_EQ(steel.score.objectives[0].score, 0.28);
  EXPECT_EQ(steel.score.objectives[1].score, 0.07);
  EXPECT_EQ(steel.score.leading, Objective::Schedule);
  EXPECT_EQ(steel.score.score, 0.28);
  EXPECT_EQ(steel.score.level, 2U);
  ASSERT_TRUE(steel.residual);
  EXPECT_EQ(steel.residual->score, 0.06);
}

TEST(RiskRegister, ListsOpenRisksFirstAndTheHighestScoreAtTheTop) {
  RiskRegister const reg = small_register();
  std::vector<std::string> keys;
  for (RiskEntry const& entry : reg.entries) keys.push_back(entry.risk.key);
  EXPECT_EQ(keys, (std::vector<std::string>{"steel", "permit", "flood", "past"}));
}

TEST(RiskRegister, KeepsThreatsAndOpportunitiesApartAndClosedRisksOffTheMatrix) {
  auto const cells = small_register().cells();
  ASSERT_EQ(cells.size(), 3U);
  EXPECT_EQ(cells[0].risks, std::vector<std::string>{"steel"});
  EXPECT_EQ(cells[0].cell, (RiskCell{3, 3}));
  EXPECT_EQ(cells[1].risks, std::vector<std::string>{"flood"});
  EXPECT_EQ(cells[2].sign, RiskEffect::Opportunity);
  EXPECT_EQ(cells[2].risks, std::vector<std::string>{"permit"});
}

TEST(RiskRegister, ScoresNothingWhereNoImpactIsRated) {
  RiskScore const score = score_rating({Probability(0.9), {}}, RiskMatrix::pmbok());
  EXPECT_FALSE(score.leading);
  EXPECT_EQ(score.score, 0);
  EXPECT_EQ(score.level, 0U);
}

TEST(RiskRegister, NamesTheNearestKeysOfARiskItDoesNotHold) {
  try {
    static_cast<void>(small_register().at("steal"));
    FAIL();
  } catch (NotFound const& error) {
    EXPECT_EQ(error.nearest().front(), "steel");
  }
}

TEST(RiskRegister, HasOneRowPerRiskAndTheKeysInTheirCells) {
  RiskRegister const reg = small_register();
  Table const table = reg.table();
  ASSERT_EQ(table.rows(), 4U);
  EXPECT_EQ(table.text(0, 0), "steel");
  Table const matrix = reg.matrix_table();
  std::size_t const row = (4 - 3) * 5 + 3;
  EXPECT_EQ(std::get<std::vector<std::string>>(matrix.column("threats").values)[row], "steel");
}

TEST(RiskMove, IsTheExpectedFigureWhenTheChangeOnlyMayReachIt) {
  RiskRegister const reg = small_register();
  // .1 × (1 + .5 · (4 − 1)) = .25, the band of .3; the impact stays in the band of .8.
  std::vector<RiskTouch> const touches{touch("flood", 0.5, 4.0)};
  auto const moves = moved(reg, touches);
  ASSERT_EQ(moves.size(), 1U);
  EXPECT_DOUBLE_EQ(moves[0].after.probability.value(), 0.25);
  EXPECT_EQ(moves[0].before.score, 0.08);
  EXPECT_EQ(moves[0].after.score, 0.24);
  EXPECT_TRUE(moves[0].changes_cell());
}

TEST(RiskMove, StartsFromTheResidualRatingAndStopsAtCertainty) {
  RiskRegister const reg = small_register();
  std::vector<RiskTouch> const touches{touch("steel", 1, 10.0, 10.0)};
  auto const moves = moved(reg, touches);
  EXPECT_EQ(moves[0].before.score, 0.06);
  EXPECT_EQ(moves[0].after.probability.value(), 1.0);
  EXPECT_EQ(moves[0].after.score, 0.72);
}

TEST(RiskMove, StaysAndAsksForARatingWhereTheSizeIsNotKnown) {
  RiskRegister const reg = small_register();
  std::vector<RiskTouch> const touches{touch("flood", 1, {})};
  auto const moves = moved(reg, touches);
  EXPECT_TRUE(moves[0].rate_again);
  EXPECT_EQ(moves[0].before, moves[0].after);
}

TEST(RiskMove, IsListedOnceForARiskTouchedTwiceAndNotAtAllForAClosedOne) {
  RiskRegister const reg = small_register();
  std::vector<RiskTouch> const touches{touch("flood", 1, 2.0), touch("flood", 1, 2.0), touch("past", 1, 2.0)};
  auto const moves = moved(reg, touches);
  ASSERT_EQ(moves.size(), 1U);
  EXPECT_DOUBLE_EQ(moves[0].after.probability.value(), 0.4);
  EXPECT_EQ(moves_table(reg, moves).rows(), 1U);
}

TEST(RiskMove, RefusesWhatIsNoLikelihoodAndWhatIsNoRisk) {
  RiskRegister const reg = small_register();
  std::vector<RiskTouch> const unlikely{touch("flood", 1.5, 2.0)};
  std::vector<RiskTouch> const shrinking{touch("flood", 1, -1.0)};
  std::vector<RiskTouch> const unknown{touch("comet", 1, 2.0)};
  EXPECT_THROW(static_cast<void>(moved(reg, unlikely)), InvalidInput);
  EXPECT_THROW(static_cast<void>(moved(reg, shrinking)), InvalidInput);
  EXPECT_THROW(static_cast<void>(moved(reg, unknown)), NotFound);
}

}  // namespace
}  // namespace rapport
