#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "impact/price.h"
#include "impact/small_plan.h"

namespace rapport::test {
namespace {

using testing::HasSubstr;

Money euros(double amount) { return Money::of(amount, eur); }

Money sum_of(std::vector<CostLine> const& lines) {
  Money sum{0, eur};
  for (auto const& line : lines) sum += line.amount;
  return sum;
}

CostLine const& only(Impact const& impact, CostCategory category) {
  CostLine const* found = nullptr;
  for (auto const& line : impact.cost_lines())
    if (line.category == category) {
      EXPECT_EQ(found, nullptr) << "more than one line of " << name_of(category);
      found = &line;
    }
  if (!found) throw NotFound("cost line", std::string(name_of(category)));
  return *found;
}

TEST(Cost, EffortGrowsWithTheDurationAndIsPricedByRate) {
  auto facts = diamond();
  facts.resources = {person("R", 85.5)};
  facts.assignments = {assigned("A", "R", 20)};  // half time for 40h
  // +16h on 40h is 40 %: 8h of R more, 8 × 85.50 = 684.00 EUR.
  auto const impact = assessed(made(facts), change({add_work("A", 16)}));
  auto const& line = only(impact, CostCategory::Labour);
  EXPECT_EQ(line.amount, euros(684));
  EXPECT_EQ(line.work, hours(8));
  EXPECT_EQ(line.reason, "8h of R at 85.50 EUR/h");
  EXPECT_EQ(impact.cost_delta(), euros(684));
}

TEST(Cost, WaitingCostsNoEffort) {
  auto facts = diamond();
  facts.resources = {person("R", 85.5)};
  facts.assignments = {assigned("A", "R", 20)};
  auto edit = add_work("A", 16);
  edit.duration_only = true;
  auto const impact = assessed(made(facts), change({edit}));
  EXPECT_EQ(impact.finish_delta_work(), hours(16));
  EXPECT_EQ(impact.cost_delta(), euros(0));
  EXPECT_EQ(impact.reworks().front().kind, ReworkKind::Waiting);
}

TEST(Cost, WithoutAPriceItIsUnknownRatherThanZero) {
  auto const impact = assessed(made(diamond()), change({add_work("A", 16)}));
  EXPECT_FALSE(impact.cost_delta());
  ASSERT_EQ(impact.unpriced().size(), 1U);
  EXPECT_EQ(impact.unpriced().front().reason, "activity A has no assignments");
}

TEST(Cost, WorkThatMovesIntoADearerPeriodCostsMore) {
  auto facts = diamond();
  facts.resources = {person("R", 80)};
  facts.resources.front().rates.push_back({.from = parse_instant("2027-01-18T00:00"),
                                           .standard = Rate::of(100, eur),
                                           .overtime = {},
                                           .per_use = {}});
  facts.assignments = {assigned("C", "R", 24)};
  // C moves from 13–15 Jan (all at 80) to Fri 15, Mon 18, Tue 19 Jan: 16 of 24h at 100 instead of 80.
  auto const impact = assessed(made(facts), change({add_work("A", 16)}));
  EXPECT_EQ(only(impact, CostCategory::Rate).amount, euros(16 * 20));
}

TEST(Cost, ARateRisesFromTheDataDateOrALaterOne) {
  auto facts = diamond();
  facts.resources = {person("R", 100)};
  facts.assignments = {assigned("A", "R", 40), assigned("C", "R", 24)};
  RateChange edit;
  edit.resource = "R";
  edit.factor = 1.08;
  // 64h at 8.00 more.
  EXPECT_EQ(assessed(made(facts), change({edit})).cost_delta(), euros(512));
  edit.from = parse_instant("2027-01-14T08:00");  // Thu and Fri of C: 16h
  EXPECT_EQ(assessed(made(facts), change({edit})).cost_delta(), euros(128));
}

TEST(Cost, TimeDependentCostsFollowTheDaysHeld) {
  auto facts = diamond();
  Activity site = task("SITE", 0);
  site.kind = ActivityKind::LevelOfEffort;
  site.subproject = "P";
  facts.activities.push_back(site);
  facts.links.push_back(
      {.key = {}, .predecessor = "A", .successor = "SITE", .type = LinkType::StartToStart, .lag = {}});
  facts.links.push_back(
      {.key = {}, .predecessor = "C", .successor = "SITE", .type = LinkType::FinishToFinish, .lag = {}});
  Expense crane;
  crane.key = "E";
  crane.name = "Crane";
  crane.activity = "SITE";
  crane.kind = ExpenseKind::PerDay;
  crane.amount = euros(450);
  facts.expenses.push_back(crane);
  // Held from 4 Jan to 15 Jan, then to 19 Jan: four calendar days more.
  auto const impact = assessed(made(facts), change({add_work("A", 16)}));
  auto const& line = only(impact, CostCategory::TimeDependent);
  EXPECT_EQ(line.amount, euros(1800));
  EXPECT_EQ(line.quantity, 4);
}

TEST(Cost, PenaltiesRunAfterGraceUpToTheirCap) {
  auto facts = diamond();
  ContractMilestone milestone;
  milestone.key = "M";
  milestone.activity = "C";
  milestone.due = parse_instant("2027-01-16T17:00");
  milestone.grace_days = 1;
  milestone.penalty_per_day = euros(1000);
  milestone.bonus_per_day = euros(300);
  facts.contract_milestones.push_back(milestone);
  // Before: Fri 15 Jan 17:00, one full day early: bonus 300. After +16h: Tue 19 Jan 17:00, grace until
  // Sun 17 Jan 17:00: two days begun, 2000 penalty, no bonus.
  auto impact = assessed(made(facts), change({add_work("A", 16)}));
  EXPECT_EQ(only(impact, CostCategory::Penalty).amount, euros(2000));
  EXPECT_EQ(only(impact, CostCategory::Bonus).amount, euros(300));
  EXPECT_EQ(impact.cost_delta(), euros(2300));
  facts.contract_milestones.front().penalty_cap = euros(1500);
  impact = assessed(made(facts), change({add_work("A", 16)}));
  EXPECT_EQ(only(impact, CostCategory::Penalty).amount, euros(1500));
}

TEST(Cost, CostsEnteredByTheChangeCount) {
  CostChange edit;
  edit.activity = "B";
  edit.amount = euros(12000);
  EXPECT_EQ(assessed(made(diamond()), change({edit})).cost_delta(), euros(12000));
}

TEST(Cost, TwoCurrenciesAreRefusedByName) {
  CostChange in_euros, in_dollars;
  in_euros.activity = in_dollars.activity = "B";
  in_euros.amount = euros(1);
  in_dollars.amount = Money::of(2, Currency("USD"));
  try {
    (void)assessed(made(diamond()), change({in_euros, in_dollars}));
    FAIL();
  } catch (InvalidInput const& error) {
    EXPECT_THAT(error.what(), HasSubstr("1.00 EUR"));
    EXPECT_THAT(error.what(), HasSubstr("2.00 USD"));
    EXPECT_THAT(error.what(), HasSubstr("CR-1"));
  }
}

TEST(Cost, ARemovedActivitySavesWhatItWouldHaveCost) {
  auto facts = diamond();
  facts.resources = {person("R", 50)};
  facts.assignments = {assigned("B", "R", 16)};
  Expense permit;
  permit.key = "E";
  permit.activity = "B";
  permit.amount = euros(99);
  facts.expenses.push_back(permit);
  auto const impact = assessed(made(facts), change({ActivityRemoval{"B"}}));
  EXPECT_EQ(impact.cost_delta(), euros(-16 * 50 - 99));
}

TEST(Cost, NewWorkIsPricedByItsAssignments) {
  auto facts = diamond();
  facts.resources = {person("R", 50)};
  ActivityAddition edit;
  edit.activity = task("N", 24);
  edit.activity.subproject = "P";
  edit.assignments = {assigned("N", "R", 10)};
  EXPECT_EQ(assessed(made(facts), change({edit})).cost_delta(), euros(500));
}

TEST(Cost, TheTotalIsTheExactSumOfItsLines) {
  auto facts = diamond();
  facts.resources = {person("R", 33.33), person("S", 71.07)};
  facts.resources[0].rates.push_back({.from = parse_instant("2027-01-12T13:00"),
                                      .standard = Rate::of(41.99, eur),
                                      .overtime = {},
                                      .per_use = {}});
  facts.assignments = {assigned("A", "R", 17), assigned("A", "S", 31), assigned("B", "R", 7.5),
                       assigned("C", "S", 13)};
  RateChange rate;
  rate.resource = "S";
  rate.factor = 1.037;
  auto const impact = assessed(made(facts), change({add_work("A", 3.7), add_work("C", 1.1), rate}));
  EXPECT_EQ(impact.cost_delta(), sum_of(impact.cost_lines()));
}

TEST(Price, SpreadsWorkEvenlyOverItsSpan) {
  WorkingTime const always;
  Instant const start = parse_instant("2027-01-04T00:00");
  std::vector<detail::DatedRate> const rates = {{start - Elapsed{1}, Rate::of(10, eur)},
                                                {start + Elapsed{seconds_per_day}, Rate::of(20, eur)}};
  // Four days, the first at 10: 2h × 10 + 6h × 20.
  auto const price =
      detail::price_of(hours(8), {}, {start, start + Elapsed{4 * seconds_per_day}}, always, {rates, rates});
  EXPECT_EQ(price.amount, euros(140));
  EXPECT_FALSE(price.single);
}

TEST(Price, ADayThatEndsAtMidnightDoesNotBeginTheNext) {
  EXPECT_EQ(detail::days_begun(parse_instant("2027-01-04T08:00"), parse_instant("2027-01-05T00:00")), 1);
  EXPECT_EQ(detail::days_begun(parse_instant("2027-01-04T08:00"), parse_instant("2027-01-05T00:01")), 2);
  EXPECT_EQ(detail::days_begun(parse_instant("2027-01-04T08:00"), parse_instant("2027-01-04T08:00")), 0);
}

}  // namespace
}  // namespace rapport::test
