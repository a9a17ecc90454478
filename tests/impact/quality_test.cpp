#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "impact/small_plan.h"

namespace rapport::test {
namespace {

/// REQ is implemented by A (share 0.25) and verified by T-1 (unit, in D) and T-2 (system, no activity).
Facts tested() {
  auto facts = diamond();
  Requirement one;
  one.key = "REQ";
  one.version = 3;
  one.confirmations = {{.version = 2, .by = "S-1", .when = {}}, {.version = 3, .by = "S-2", .when = {}}};
  facts.requirements.push_back(one);
  for (auto const* key : {"S-1", "S-2"}) {
    Stakeholder somebody;
    somebody.key = key;
    facts.stakeholders.push_back(somebody);
  }
  facts.resources = {person("R", 70)};
  Test unit, system;
  unit.key = "T-1";
  unit.level = TestLevel::Unit;
  unit.effort = hours(3);
  unit.resource = "R";
  unit.activity = "D";
  unit.removal_efficiency = 0.5;
  system.key = "T-2";
  system.effort = hours(5);
  system.resource = "R";
  system.removal_efficiency = 0.8;
  facts.tests = {unit, system};
  facts.traces = {trace(requirement("REQ"), activity("A"), TraceType::Implements, 1, 0.25),
                  trace(requirement("REQ"), test_node("T-1"), TraceType::Verifies, 1, 1),
                  trace(requirement("REQ"), test_node("T-2"), TraceType::Verifies, 1, 1)};
  return facts;
}

double figure(Impact const& impact, QualityMeasure measure) {
  auto const* found = impact.find(measure);
  return found ? found->value : -1;
}

TEST(Quality, ConfirmationsOfChangedTextLapse) {
  auto const impact = assessed(made(tested()), change({changed("REQ", 1)}));
  ASSERT_EQ(impact.lapsed_confirmations().size(), 1U);
  EXPECT_EQ(impact.lapsed_confirmations().front().version, 3);
  EXPECT_EQ(impact.lapsed_confirmations().front().by, "S-2");
}

TEST(Quality, ATestNotYetRunIsRevisedAndNotRepeated) {
  auto const impact = assessed(made(tested()), change({changed("REQ", 1)}));
  ASSERT_EQ(impact.repeated_tests().size(), 2U);
  EXPECT_FALSE(impact.repeated_tests()[0].already_run) << "D has not begun";
  EXPECT_TRUE(impact.repeated_tests()[1].already_run);
  EXPECT_EQ(figure(impact, QualityMeasure::TestsToRepeat), 1);
  EXPECT_EQ(figure(impact, QualityMeasure::TestEffort), 5);
  // Only T-2 is paid again: 5h at 70.
  Money tests{0, eur};
  for (auto const& line : impact.cost_lines())
    if (line.category == CostCategory::Test) tests += line.amount;
  EXPECT_EQ(tests, Money::of(350, eur));
}

TEST(Quality, ATestThatWasRunHoldsItsActivityOpenAgain) {
  auto facts = tested();
  for (std::size_t i : {0U, 3U}) {
    facts.activities[i].progress.actual_start = parse_instant("2027-01-04T08:00");
    facts.activities[i].progress.actual_finish = parse_instant("2027-01-08T17:00");
  }
  facts.subprojects[0].data_date = parse_instant("2027-01-11T08:00");
  auto const impact = assessed(made(facts), change({changed("REQ", 1)}));
  EXPECT_EQ(figure(impact, QualityMeasure::TestsToRepeat), 2);
  EXPECT_EQ(when(delta(impact, "D-REWORK").after->early_finish), "2027-01-11T11:00");
}

TEST(Quality, DefectsAreInjectedByChangedWorkAndRemovedByTheTestsThatCoverIt) {
  AssessOptions options;
  options.quality.injected_per_hour = {
      .value = 0.3, .unit = "defects/h", .source = "our last release", .assumed = false};
  auto const impact = assessed(made(tested()), change({changed("REQ", 1)}), options);
  // 10h of A redone: 3 defects; T-1 leaves half, T-2 a fifth of those.
  EXPECT_NEAR(figure(impact, QualityMeasure::ChangedWork), 10, 1e-12);
  EXPECT_NEAR(figure(impact, QualityMeasure::DefectsInjected), 3, 1e-12);
  EXPECT_NEAR(figure(impact, QualityMeasure::DefectsEscaping), 0.3, 1e-12);
  EXPECT_NEAR(figure(impact, QualityMeasure::DefectsRemoved), 2.7, 1e-12);
  EXPECT_EQ(figure(impact, QualityMeasure::DefectsEscapingUntested), 0);
  EXPECT_FALSE(impact.find(QualityMeasure::DefectsEscaping)->assumed);
}

TEST(Quality, FiguresOnDefaultsSayThatTheyAreAssumed) {
  auto facts = tested();
  facts.tests[0].removal_efficiency.reset();
  AssessOptions options;
  options.quality.injected_per_hour.assumed = false;
  auto const impact = assessed(made(facts), change({changed("REQ", 1)}), options);
  EXPECT_FALSE(impact.find(QualityMeasure::DefectsInjected)->assumed);
  EXPECT_TRUE(impact.find(QualityMeasure::DefectsEscaping)->assumed);
}

TEST(Quality, WorkThatNoTestCoversEscapesWhole) {
  auto const impact = assessed(made(tested()), change({add_work("B", 10)}));
  EXPECT_NEAR(figure(impact, QualityMeasure::DefectsEscapingUntested), 0.2, 1e-12);
  EXPECT_NEAR(figure(impact, QualityMeasure::DefectsEscaping), 0.2, 1e-12);
}

TEST(Quality, WithoutAnyTestNothingIsSaidOfWhatEscapes) {
  auto const impact = assessed(made(diamond()), change({add_work("B", 10)}));
  EXPECT_EQ(impact.find(QualityMeasure::DefectsEscaping), nullptr);
  EXPECT_TRUE(impact.find(QualityMeasure::DefectsInjected)->assumed);
}

TEST(Quality, TheTrailNamesConfirmationsTestsAndFigures) {
  auto const trail = assessed(made(tested()), change({changed("REQ", 1)})).trail("quality");
  std::vector<std::string> labels;
  for (auto const& step : trail.steps)
    if (step.kind == TrailStepKind::Quality) labels.push_back(step.label);
  EXPECT_THAT(labels,
              testing::UnorderedElementsAre("to be confirmed again", "to be revised before it is run",
                                            "to be run again", "defects_injected", "defects_escaping"));
}

}  // namespace
}  // namespace rapport::test
