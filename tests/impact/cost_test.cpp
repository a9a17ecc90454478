#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "impact/price.h"
#include "impact/small_plan.h"
#include "rapport/impact/plan_cost.h"

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
  EXPECT_EQ(only(impact, CostCategory::Rate).reason,
            "the same 24h of R on other days: 8h at 80.00 EUR/h, 16h at 100.00 EUR/h instead of 24h at "
            "80.00 EUR/h");
}

TEST(Cost, ARateRisesFromTheDataDateOrALaterOne) {
  auto facts = diamond();
  facts.resources = {person("R", 100)};
  facts.assignments = {assigned("A", "R", 40), assigned("C", "R", 24)};
  RateChange edit;
  edit.resource = "R";
  edit.factor = 1.08;
  // 64h at 8.00 more.
  auto const dearer = assessed(made(facts), change({edit}));
  EXPECT_EQ(dearer.cost_delta(), euros(512));
  EXPECT_EQ(dearer.cost_lines().front().reason, "40h of R at 108.00 EUR/h instead of 100.00 EUR/h");
  edit.from = parse_instant("2027-01-14T08:00");  // Thu and Fri of C: 16h
  auto const later = assessed(made(facts), change({edit}));
  EXPECT_EQ(later.cost_delta(), euros(128));
  EXPECT_EQ(only(later, CostCategory::Rate).reason,
            "24h of R: 8h at 100.00 EUR/h, 16h at 108.00 EUR/h instead of 24h at 100.00 EUR/h");
}

TEST(Cost, TheTrailOfARateLeadsThroughItsResource) {
  auto facts = diamond();
  facts.resources = {person("R", 100)};
  facts.assignments = {assigned("C", "R", 24)};
  RateChange edit;
  edit.resource = "R";
  edit.factor = 1.08;
  auto const trail = assessed(made(facts), change({edit})).trail("cost");
  ASSERT_EQ(trail.steps.size(), 4U);
  EXPECT_EQ(trail.steps[1].node, (NodeRef{FactKind::Resource, "R"}));
  EXPECT_EQ(trail.steps[1].label, "Person R");
  EXPECT_EQ(trail.steps[2].node, activity("C"));
  EXPECT_EQ(trail.steps[2].from, 1U);
  EXPECT_FALSE(trail.steps[2].delay);
  EXPECT_EQ(trail.steps[3].from, 2U);
  EXPECT_EQ(trail.steps[3].cost, euros(192));
}

TEST(Cost, WorkInAnotherCurrencyNamesItsRateAndWhatItIsConvertedAt) {
  Currency const dollar("USD");
  auto facts = diamond();
  facts.resources = {person("US", 0)};
  facts.resources.front().rates.front().standard = Rate::of(100, dollar);
  facts.assignments = {assigned("C", "US", 24)};
  facts.exchange_rates = {{{}, dollar, Rate::of(0.90, eur), {}},
                          {{}, dollar, Rate::of(0.80, eur), parse_instant("2027-01-18T00:00")}};
  // C moves from 13–15 Jan to Fri 15, Mon 18, Tue 19 Jan: 16h at 80 instead of 90 EUR.
  auto const waits = assessed(made(facts), change({add_work("A", 16)}));
  auto const& moved = only(waits, CostCategory::Rate);
  EXPECT_EQ(moved.amount, euros(-16 * 10));
  EXPECT_EQ(moved.reason,
            "the same 24h of US on other days: 8h at 100.00 USD/h (USD at 0.90 EUR), 16h at 100.00 USD/h "
            "(USD at 0.80 EUR) instead of 24h at 100.00 USD/h (USD at 0.90 EUR)");
  // A third more of C: 8h, a quarter of its 32h on each of 13, 14, 15 and 18 Jan: 6h and 2h.
  auto const grows = assessed(made(facts), change({add_work("C", 8)}));
  auto const& more = only(grows, CostCategory::Labour);
  EXPECT_EQ(more.amount, euros(32 * 90 - 8 * 10 - (24 * 90 - 6 * 10)));
  EXPECT_EQ(more.reason,
            "8h of US: 6h at 100.00 USD/h (USD at 0.90 EUR), 2h at 100.00 USD/h (USD at 0.80 EUR)");
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
  EXPECT_EQ(only(impact, CostCategory::Penalty).reason,
            "M: 3 days late, 1 of grace, 2 at 1,000.00 EUR a day (before: not late)");
  EXPECT_EQ(only(impact, CostCategory::Bonus).amount, euros(300));
  EXPECT_EQ(only(impact, CostCategory::Bonus).reason,
            "M: not a full day early (before: 1 full day early at 300.00 EUR a day)");
  EXPECT_EQ(impact.cost_delta(), euros(2300));
  facts.contract_milestones.front().penalty_cap = euros(1500);
  impact = assessed(made(facts), change({add_work("A", 16)}));
  EXPECT_EQ(only(impact, CostCategory::Penalty).amount, euros(1500));
  EXPECT_EQ(only(impact, CostCategory::Penalty).reason,
            "M: 3 days late, 1 of grace, 2 at 1,000.00 EUR a day, capped at 1,500.00 EUR (before: not late)");
  // Due on Thu 14 Jan with a day of grace: on Fri 15 Jan within it, on Tue 19 Jan four days beyond.
  facts.contract_milestones.front().due = parse_instant("2027-01-14T17:00");
  facts.contract_milestones.front().penalty_cap.reset();
  impact = assessed(made(facts), change({add_work("A", 16)}));
  EXPECT_EQ(only(impact, CostCategory::Penalty).reason,
            "M: 5 days late, 1 of grace, 4 at 1,000.00 EUR a day (before: 1 day late, within 1 of grace)");
}

TEST(Cost, CostsEnteredByTheChangeCount) {
  CostChange edit;
  edit.activity = "B";
  edit.amount = euros(12000);
  EXPECT_EQ(assessed(made(diamond()), change({edit})).cost_delta(), euros(12000));
}

TEST(Cost, CostsEnteredByTheChangeAreConvertedAtTheRateOfTheirDays) {
  Currency const dollar("USD");
  auto facts = diamond();
  facts.exchange_rates = {{{}, dollar, Rate::of(0.90, eur), {}},
                          {{}, dollar, Rate::of(0.80, eur), parse_instant("2027-01-12T00:00")}};
  CostChange edit;
  edit.activity = "B";  // Mon 11 and Tue 12 Jan: half at 0.90, half at 0.80
  edit.amount = Money::of(100, dollar);
  Project const project = made(facts);
  auto const impact = assessed(project, change({edit}));
  EXPECT_EQ(impact.cost_delta(), euros(85));
  EXPECT_EQ(impact.cost_lines().front().reason,
            "entered by the change: 50.00 USD (USD at 0.90 EUR), 50.00 USD (USD at 0.80 EUR)");
  auto const lines = cost_plan(project, impact).lines();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].amount, euros(45));
  EXPECT_EQ(lines[0].reason, "entered by the change: 50.00 USD (USD at 0.90 EUR)");
  EXPECT_EQ(lines[1].amount, euros(40));
  // The plan's own expense says the same.
  Expense permit;
  permit.activity = "B";
  permit.amount = edit.amount;
  facts.expenses = {permit};
  Project const with_expense = made(facts);
  EXPECT_EQ(cost_plan(with_expense, schedule(compile(with_expense))).total(), euros(85));
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
