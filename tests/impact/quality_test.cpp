#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "impact/small_plan.h"
#include "rapport/impact/assess_all.h"
#include "rapport/impact/plan_cost.h"

namespace rapport::test::quality {
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

/// The line of the test in what the change costs, and in what the changed plan costs.
std::pair<CostLine, PlanCostLine> test_lines(Project const& project, Impact const& impact) {
  std::pair<CostLine, PlanCostLine> found;
  for (auto const& line : impact.cost_lines())
    if (line.category == CostCategory::Test) found.first = line;
  for (auto const& line : cost_plan(project, impact).lines())
    if (line.category == CostCategory::Test) found.second = line;
  return found;
}

TEST(Quality, TheReasonOfATestRunAgainMultipliesOut) {
  auto const project = made(tested());
  auto const [line, whole] = test_lines(project, assessed(project, change({changed("REQ", 1)})));
  EXPECT_EQ(line.reason, "test T-2 is run again: 5h of R at 70.00 EUR/h");
  EXPECT_EQ(line.rate, Rate::of(70, eur));
  EXPECT_EQ(whole.reason, line.reason);
  EXPECT_EQ(whole.rate, line.rate);
  EXPECT_EQ(whole.amount, line.amount);
}

TEST(Quality, TheReasonOfATestRunAgainNamesWhatItsRateWasConvertedAt) {
  // 5h at 80 USD, of which one costs 0.90 EUR: 360 EUR.
  auto facts = tested();
  Currency const dollar("USD");
  facts.resources[0].rates[0].standard = Rate::of(80, dollar);
  facts.exchange_rates = {{{}, dollar, Rate::of(0.90, eur), {}}};
  auto const project = made(std::move(facts));
  auto const [line, whole] = test_lines(project, assessed(project, change({changed("REQ", 1)})));
  EXPECT_EQ(line.amount, Money::of(360, eur));
  EXPECT_EQ(line.reason, "test T-2 is run again: 5h of R at 80.00 USD/h (USD at 0.90 EUR)");
  EXPECT_EQ(whole.reason, line.reason);
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

// -- what the remaining verification steps let through ------------------------------------------------

/// REQ is verified in reviews, unit and system tests whose activities run as `diamond` has them:
/// T-R in A itself, T-U in D, T-S in C.
Facts stepwise() {
  auto facts = diamond();
  Requirement one;
  one.key = "REQ";
  facts.requirements.push_back(one);
  facts.resources = {person("R", 80)};
  facts.assignments = {assigned("B", "R", 16)};
  auto const test = [&](char const* key, TestLevel level, char const* in, double efficiency) {
    Test made;
    made.key = key;
    made.level = level;
    made.activity = in;
    made.removal_efficiency = efficiency;
    facts.tests.push_back(made);
    facts.traces.push_back(trace(requirement("REQ"), test_node(key), TraceType::Verifies, 1, 1));
  };
  test("T-R", TestLevel::Review, "A", 0.5);
  test("T-S", TestLevel::System, "C", 0.8);
  test("T-U", TestLevel::Unit, "B", 0.25);
  facts.traces.push_back(trace(requirement("REQ"), activity("B"), TraceType::Implements, 1, 0.5));
  return facts;
}

AssessOptions measured() {
  AssessOptions options;
  auto const ours = [](double value, char const* unit) {
    return Assumption{.value = value, .unit = unit, .source = "our last release", .assumed = false};
  };
  options.quality.injected_per_hour = ours(1, "defects/h");
  options.quality.repair_effort = {ours(1, "h"), ours(2, "h"), ours(3, "h"),
                                   ours(4, "h"), ours(5, "h"), ours(10, "h")};
  return options;
}

TEST(DefectFlow, FollowsTheNetworkAndOnlyThroughStepsThatComeAfterTheWork) {
  // 8h of B are redone: 8 defects. The review in A is over before B is; the unit test runs with B and
  // finds 2 of 8, the system test finds 4.8 of 6, and 1.2 reach the client.
  auto const impact = assessed(made(stepwise()), change({changed("REQ", 1)}), measured());
  auto const& flow = impact.defect_flow();
  ASSERT_EQ(flow.size(), 3U);
  EXPECT_EQ(flow[0].test, "T-U");
  EXPECT_NEAR(flow[0].present, 8, 1e-12);
  EXPECT_NEAR(flow[0].removed, 2, 1e-12);
  EXPECT_EQ(flow[1].test, "T-S");
  EXPECT_NEAR(flow[1].removed, 4.8, 1e-12);
  EXPECT_EQ(when(*flow[1].when), when(delta(impact, "C").after->early_finish));
  EXPECT_EQ(flow[2].phase, DefectPhase::Operation);
  EXPECT_NEAR(flow[2].removed, 1.2, 1e-12);
  EXPECT_NEAR(figure(impact, QualityMeasure::DefectsEscaping), 1.2, 1e-12);
}

TEST(DefectFlow, ATestThatWasRunAndIsNotRepeatedFindsNothingMore) {
  auto facts = stepwise();
  // The system test's activity is done, and the trace to it is too unlikely to have it repeated.
  facts.activities[2].progress.actual_start = parse_instant("2027-01-04T08:00");
  facts.activities[2].progress.actual_finish = parse_instant("2027-01-06T17:00");
  facts.links.clear();
  facts.traces[1].likelihood = Probability(0.3);
  auto const impact = assessed(made(facts), change({changed("REQ", 1)}), measured());
  for (auto const& step : impact.defect_flow()) EXPECT_NE(step.test, "T-S");
  facts.traces[1].likelihood = Probability(1);
  auto const repeated = assessed(made(facts), change({changed("REQ", 1)}), measured());
  EXPECT_THAT(repeated.defect_flow(), testing::Contains(testing::Field(&DefectFlow::test, "T-S")));
}

TEST(DefectFlow, CostsByPhaseAddUpAndGrowTheLaterADefectIsFound) {
  auto const impact = assessed(made(stepwise()), change({changed("REQ", 1)}), measured());
  auto const& phases = impact.defect_phases();
  ASSERT_EQ(phases.size(), 3U);
  EXPECT_EQ(phases[0].phase, DefectPhase::Unit);
  EXPECT_NEAR(phases[0].injected, 8, 1e-12);
  EXPECT_NEAR(*phases[0].effectiveness, 0.25, 1e-12);
  EXPECT_NEAR(phases[0].repair_hours, 2 * 2, 1e-12);
  EXPECT_NEAR(phases[1].repair_hours, 4.8 * 4, 1e-12);
  EXPECT_NEAR(phases[2].repair_hours, 1.2 * 10, 1e-12);
  EXPECT_EQ(phases[2].repair_cost, Money::of(12 * 80, eur));  // 80 EUR/h is what the changed work costs
  EXPECT_NEAR(figure(impact, QualityMeasure::RepairEffort), 23.2, 1e-12);
  EXPECT_NEAR(figure(impact, QualityMeasure::EscapeEffort), 12, 1e-12);
  EXPECT_NEAR(figure(impact, QualityMeasure::EscapeCost), 960, 1e-9);
  EXPECT_EQ(impact.find(QualityMeasure::EscapeCost)->unit, "EUR");
  EXPECT_FALSE(impact.find(QualityMeasure::EscapeCost)->assumed);
}

TEST(DefectFlow, IsATableOfWhereDefectsAreFoundAndCouldHaveBeen) {
  // All 8 could be found by the unit test first: 2 are, 4.8 in system test, 1.2 in operation.
  auto const impact = assessed(made(stepwise()), change({changed("REQ", 1)}), measured());
  auto const table = to_table(impact.containment_matrix());
  auto const at = [&](std::size_t row, char const* origin) {
    return std::get<std::vector<double>>(table.column(origin).values)[row];
  };
  ASSERT_EQ(table.rows(), 6U);
  EXPECT_EQ(table.text(3, 0), "system");
  EXPECT_NEAR(at(1, "unit"), 2, 1e-12);
  EXPECT_NEAR(at(3, "unit"), 4.8, 1e-12);
  EXPECT_NEAR(at(5, "unit"), 1.2, 1e-12);
  double others = 0;
  for (auto const* origin : {"review", "integration", "system", "acceptance", "operation"})
    for (std::size_t row = 0; row < 6; ++row) others += at(row, origin);
  EXPECT_EQ(others, 0);
}

TEST(DefectFlow, WithoutRatesItsCostIsAbsentAndNotZero) {
  auto facts = stepwise();
  facts.resources.front().rates.clear();
  auto const impact = assessed(made(facts), change({changed("REQ", 1)}), measured());
  EXPECT_EQ(impact.find(QualityMeasure::EscapeCost), nullptr);
  EXPECT_NE(impact.find(QualityMeasure::EscapeEffort), nullptr);
  EXPECT_FALSE(impact.defect_phases().back().repair_cost);
}

TEST(DefectFlow, IsAContainmentMatrixThatCountsEveryDefectOnce) {
  auto facts = stepwise();
  facts.tests[1].level = TestLevel::Unit;  // the later step is of the earlier level
  facts.tests[2].level = TestLevel::System;
  auto const impact = assessed(made(facts), change({changed("REQ", 1), add_work("D", 4)}), measured());
  auto const matrix = impact.containment_matrix();
  double all = 0;
  for (double const count : matrix.count) all += count;
  EXPECT_NEAR(all, figure(impact, QualityMeasure::DefectsInjected), 1e-12);
  double field = 0;
  for (std::size_t origin = 0; origin < 6; ++origin) field += matrix.count[5 * 6 + origin];
  EXPECT_NEAR(field, figure(impact, QualityMeasure::DefectsEscaping), 1e-12);
  EXPECT_NEAR(matrix.count[5 * 6 + 5], 4, 1e-12) << "nothing verifies D";
  EXPECT_NEAR(*overall_effectiveness(matrix), 1 - field / all, 1e-12);
}

/// Random steps: what is left is what the amplification model without amplification leaves.
TEST(DefectFlow, AgreesWithTheAmplificationModelWhereNothingIsAmplified) {
  std::mt19937 random(4);
  std::uniform_real_distribution<double> share(0, 1);
  for (int trial = 0; trial < 50; ++trial) {
    auto facts = stepwise();
    std::vector<DefectStep> steps;
    for (std::size_t i : {2U, 1U}) {  // T-U, then T-S
      facts.tests[i].removal_efficiency = share(random);
      steps.push_back(
          {.name = facts.tests[i].key, .passed = 1e9, .efficiency = *facts.tests[i].removal_efficiency});
    }
    auto const impact = assessed(made(facts), change({changed("REQ", 1)}), measured());
    EXPECT_NEAR(figure(impact, QualityMeasure::DefectsEscaping), amplify_defects(steps, 8).back(), 1e-9);
  }
}

// -- coverage -----------------------------------------------------------------------------------------

/// R-0 … R-4, of which R-0 is verified by its status, R-1 by T-1 (done), R-2 by T-2 through D-2 (done),
/// R-3 by T-3 (to come); R-4 has no test. R-1 and R-3 state a criterion.
Facts covered() {
  auto facts = diamond();
  for (int i = 0; i < 5; ++i) {
    Requirement one;
    one.key = "R-" + std::to_string(i);
    if (i == 1 || i == 3) one.acceptance_criterion = "It works.";
    facts.requirements.push_back(one);
  }
  facts.requirements[0].status = RequirementStatus::Verified;
  Deliverable portal;
  portal.key = "D-2";
  facts.deliverables.push_back(portal);
  for (int i = 1; i < 4; ++i) {
    Test one;
    one.key = "T-" + std::to_string(i);
    one.activity = i < 3 ? "A" : "B";
    facts.tests.push_back(one);
  }
  facts.traces = {trace(requirement("R-1"), test_node("T-1"), TraceType::Verifies, 1, 1),
                  trace(requirement("R-2"), deliverable("D-2"), TraceType::Implements, 1, 1),
                  trace(deliverable("D-2"), test_node("T-2"), TraceType::Verifies, 1, 1),
                  trace(requirement("R-3"), test_node("T-3"), TraceType::Verifies, 1, 1)};
  facts.activities[0].progress.actual_start = parse_instant("2027-01-04T08:00");
  facts.activities[0].progress.actual_finish = parse_instant("2027-01-08T17:00");
  facts.subprojects[0].data_date = parse_instant("2027-01-11T08:00");
  return facts;
}

TEST(Coverage, IsTheShareOfRequirementsVerifiedBeforeAndAfter) {
  auto const impact = assessed(made(covered()), change({changed("R-2", 0.5)}));
  EXPECT_NEAR(figure(impact, QualityMeasure::RequirementsVerifiedBefore), 3.0 / 5, 1e-12);
  EXPECT_NEAR(figure(impact, QualityMeasure::RequirementsVerifiedAfter), 2.0 / 5, 1e-12);
  EXPECT_NEAR(figure(impact, QualityMeasure::CoverageLost), 1.0 / 3, 1e-12);
  EXPECT_NEAR(figure(impact, QualityMeasure::CriteriaVerifiedBefore), 1.0 / 2, 1e-12);
  EXPECT_NEAR(figure(impact, QualityMeasure::CriteriaVerifiedAfter), 1.0 / 2, 1e-12);
}

TEST(Coverage, GoesWithATestThatIsRunAgainForAnotherRequirement) {
  auto facts = covered();
  facts.traces.push_back(trace(requirement("R-4"), test_node("T-1"), TraceType::Verifies, 1, 1));
  auto const impact = assessed(made(facts), change({changed("R-4", 1)}));
  EXPECT_NEAR(figure(impact, QualityMeasure::RequirementsVerifiedBefore), 4.0 / 5, 1e-12);
  EXPECT_NEAR(figure(impact, QualityMeasure::RequirementsVerifiedAfter), 2.0 / 5, 1e-12) << "R-1 and R-4";
  EXPECT_NEAR(figure(impact, QualityMeasure::CriteriaVerifiedAfter), 0, 1e-12);
}

TEST(Coverage, IsNotLostWithANeedThatFallsAway) {
  auto gone = changed("R-1", 1);
  gone.remove = true;
  auto const impact = assessed(made(covered()), change({gone}));
  EXPECT_NEAR(figure(impact, QualityMeasure::RequirementsVerifiedAfter), 2.0 / 4, 1e-12);
  EXPECT_EQ(figure(impact, QualityMeasure::CoverageLost), 0);
}

TEST(Coverage, IsSilentWhereNothingIsVerifiedOrTested) {
  auto facts = diamond();
  Requirement one;
  one.key = "R";
  facts.requirements.push_back(one);
  auto const impact = assessed(made(facts), change({changed("R", 1)}));
  EXPECT_EQ(impact.find(QualityMeasure::RequirementsVerifiedBefore), nullptr);
}

/// The slow way: the set of verified requirements, written down before and after.
TEST(Coverage, IsThatOfCountingEveryRequirementByHand) {
  std::mt19937 random(11);
  auto const coin = [&](int of) { return std::uniform_int_distribution<int>(1, of)(random) == 1; };
  for (int trial = 0; trial < 200; ++trial) {
    auto facts = covered();
    facts.traces.clear();
    for (auto& need : facts.requirements)
      need.status = coin(4)   ? RequirementStatus::Verified
                    : coin(5) ? RequirementStatus::Withdrawn
                              : RequirementStatus::Agreed;
    std::map<std::string, std::set<std::string>> tests;
    for (auto const& need : facts.requirements)
      for (auto const& test : facts.tests)
        if (coin(3)) {
          tests[need.key].insert(test.key);
          facts.traces.push_back(
              trace(requirement(need.key), test_node(test.key), TraceType::Verifies, 1, 1));
        }
    bool const something_known = std::ranges::any_of(facts.requirements, [&](Requirement const& need) {
      return need.status == RequirementStatus::Verified ||
             (need.status != RequirementStatus::Withdrawn && !tests[need.key].empty());
    });
    std::string const what = "R-" + std::to_string(trial % 5);
    std::set<std::string> before, after;
    int in_force = 0;
    for (auto const& need : facts.requirements) {
      if (need.status == RequirementStatus::Withdrawn) continue;
      ++in_force;
      bool verified = !tests[need.key].empty(), stays = need.key != what;
      for (auto const& test : tests[need.key]) {
        verified = verified && test != "T-3";  // the one that is still to come
        stays = stays && (test == "T-3" || !tests[what].contains(test));
      }
      if (!verified && need.status != RequirementStatus::Verified) continue;
      before.insert(need.key);
      if (stays) after.insert(need.key);
    }
    auto const impact = assessed(made(facts), change({changed(what, 1)}));
    if (!something_known) {
      EXPECT_EQ(impact.find(QualityMeasure::RequirementsVerifiedBefore), nullptr);
      continue;
    }
    double const all = in_force == 0 ? 1 : in_force;
    EXPECT_NEAR(figure(impact, QualityMeasure::RequirementsVerifiedBefore), double(before.size()) / all,
                1e-12);
    EXPECT_NEAR(figure(impact, QualityMeasure::RequirementsVerifiedAfter), double(after.size()) / all, 1e-12);
  }
}

// -- what is assumed ----------------------------------------------------------------------------------

TEST(Assumptions, WorkThatRestsOnADefaultShareIsMarkedAndSoIsAllThatFollowsFromIt) {
  auto facts = stepwise();
  auto const stated = assessed(made(facts), change({changed("REQ", 1)}), measured());
  EXPECT_FALSE(stated.find(QualityMeasure::ChangedWork)->assumed);
  EXPECT_FALSE(stated.work_assumed());
  facts.traces.back().share.reset();
  auto const impact = assessed(made(facts), change({changed("REQ", 1)}), measured());
  for (auto const measure : {QualityMeasure::ChangedWork, QualityMeasure::DefectsInjected,
                             QualityMeasure::DefectsEscaping, QualityMeasure::EscapeCost})
    EXPECT_TRUE(impact.find(measure)->assumed) << name_of(measure);
  EXPECT_TRUE(impact.work_assumed());
  EXPECT_EQ(impact.find(QualityMeasure::ChangedWork)->inputs.front().name, "share redone along implements");
  EXPECT_FALSE(impact.find(QualityMeasure::TestsToRepeat)->assumed) << "it rests on stated traces";
}

TEST(Assumptions, RulesThatSomebodyGaveAreNotOurs) {
  auto facts = stepwise();
  facts.traces.back().share.reset();
  auto options = measured();
  options.propagation.by_type[static_cast<std::size_t>(TraceType::Implements)].share = 0.4;
  auto const impact = assessed(made(facts), change({changed("REQ", 1)}), options);
  EXPECT_FALSE(impact.work_assumed());
  EXPECT_NEAR(impact.find(QualityMeasure::ChangedWork)->inputs.front().value, 0.4, 1e-12);
}

TEST(Assumptions, AConfirmationReachedByADefaultLikelihoodIsMarked) {
  auto facts = covered();
  facts.traces.push_back(trace(requirement("R-1"), requirement("R-3"), TraceType::Derives, 1, 1));
  EXPECT_FALSE(assessed(made(facts), change({changed("R-1", 1)}))
                   .find(QualityMeasure::RequirementsToConfirm)
                   ->assumed);
  facts.traces.back().likelihood.reset();
  EXPECT_TRUE(assessed(made(facts), change({changed("R-1", 1)}))
                  .find(QualityMeasure::RequirementsToConfirm)
                  ->assumed);
}

TEST(Assumptions, OnlyTheLinesAndDatesOfWorkThatRestsOnADefaultAreMarked) {
  // Half of B is redone, as far as its trace says by default; two hours of D are asked for.
  auto facts = diamond();
  facts.resources = {person("R", 100)};
  facts.assignments = {assigned("B", "R", 16), assigned("D", "R", 8)};
  Requirement need;
  need.key = "REQ";
  facts.requirements = {need};
  facts.traces = {trace(requirement("REQ"), activity("B"), TraceType::Implements, 1, 1)};
  facts.traces[0].share.reset();
  auto const project = made(facts);
  auto const both = assessed(project, change({changed("REQ", 0.5), add_work("D", 2)}));
  ASSERT_EQ(both.reworks().size(), 2U);
  for (auto const& rework : both.reworks()) EXPECT_EQ(rework.assumed, rework.activity == "B");
  ASSERT_EQ(both.cost_lines().size(), 2U);
  for (auto const& line : both.cost_lines()) EXPECT_EQ(line.assumed, line.activity == "B");
  ASSERT_NE(both.milestone_deltas().front().delta, Elapsed{});
  EXPECT_TRUE(both.milestone_deltas().front().assumed);
  EXPECT_TRUE(summary_of(both).assumed);
  // Nothing of this is Rapport's: the change says it.
  auto const stated = assessed(project, change({add_work("B", 8), add_work("D", 2)}));
  EXPECT_FALSE(stated.milestone_deltas().front().assumed);
  for (auto const& line : stated.cost_lines()) EXPECT_FALSE(line.assumed);
  EXPECT_FALSE(summary_of(stated).assumed);
}

TEST(Assumptions, ARequirementThatIsNotCountedDoesNotMarkTheOneThatTheChangeNames) {
  // Against its direction the trace passes change with 0.2 by default, so R-1 is not to be confirmed again.
  auto facts = covered();
  facts.traces.push_back(trace(requirement("R-1"), requirement("R-3"), TraceType::Derives, 1, 1));
  auto const impact = assessed(made(facts), change({changed("R-3", 1)}));
  ASSERT_NE(impact.find(requirement("R-1")), nullptr);
  EXPECT_FALSE(impact.find(requirement("R-1"))->counted);
  EXPECT_EQ(figure(impact, QualityMeasure::RequirementsToConfirm), 1);
  EXPECT_FALSE(impact.find(QualityMeasure::RequirementsToConfirm)->assumed);
}

TEST(Quality, WhatNobodyWroteDownIsNotSaidToBeNone) {
  auto const impact = assessed(made(diamond()), change({add_work("B", 8)}));
  for (auto const measure :
       {QualityMeasure::RequirementsToConfirm, QualityMeasure::TestsToRepeat, QualityMeasure::TestEffort})
    EXPECT_EQ(impact.find(measure), nullptr) << name_of(measure);
  auto const row = summary_of(impact);
  EXPECT_FALSE(row.requirements_to_confirm);
  EXPECT_FALSE(row.tests_to_repeat);
  auto const table = to_table(std::vector<Assessment>{row});
  EXPECT_EQ(table.text(0, 11), "") << table.columns()[11].name;
  EXPECT_EQ(table.text(0, 12), "") << table.columns()[12].name;
}

TEST(Coverage, OfNothingVerifiedNothingIsLost) {
  // One requirement with a test that is not run: none of one is verified, and there is no share of none.
  auto facts = diamond();
  Requirement one;
  one.key = "R";
  facts.requirements = {one};
  rapport::Test system;
  system.key = "T";
  system.activity = "C";
  facts.tests = {system};
  facts.traces = {trace(requirement("R"), test_node("T"), TraceType::Verifies, 1, 1)};
  auto const impact = assessed(made(facts), change({changed("R", 1)}));
  EXPECT_EQ(figure(impact, QualityMeasure::RequirementsVerifiedBefore), 0);
  EXPECT_EQ(impact.find(QualityMeasure::CoverageLost), nullptr);
  EXPECT_EQ(figure(impact, QualityMeasure::TestsToRepeat), 0) << "there is one, and it is not run yet";
}

TEST(Quality, TheTrailNamesConfirmationsTestsAndFigures) {
  auto const trail = assessed(made(tested()), change({changed("REQ", 1)})).trail("quality");
  std::vector<std::string> labels;
  for (auto const& step : trail.steps)
    if (step.kind == TrailStepKind::Quality) labels.push_back(step.label);
  EXPECT_THAT(labels, testing::UnorderedElementsAre("to be confirmed again", "to be revised before it is run",
                                                    "to be run again", "defects_injected", "defects_escaping",
                                                    "escape_effort"));
}

}  // namespace
}  // namespace rapport::test::quality
