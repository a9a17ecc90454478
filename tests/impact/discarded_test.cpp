// Money that a change throws away, against the cost of the plan before it.

#include <gtest/gtest.h>

#include "impact/priced_plan.h"
#include "rapport/impact/plan_cost.h"

namespace rapport::test {
namespace {

/// A and D for one need, five days after the beginning: A is half done.
Facts half_done() {
  auto facts = diamond();
  facts.activities[0].progress.actual_start = parse_instant("2027-01-04T08:00");
  facts.activities[0].progress.remaining = hours(20);
  facts.subprojects.front().data_date = parse_instant("2027-01-06T13:00");
  return facts;
}

std::map<std::string, std::int64_t> thrown_away(Facts const& facts) {
  std::map<std::string, std::int64_t> amounts;
  auto const impact = assessed(made(facts), change({ActivityRemoval{"A"}}));
  for (auto const& line : impact.discarded()) amounts[line.reason] += line.amount.minor;
  return amounts;
}

TEST(Discarded, CountsWhatWasPaidBesideWork) {
  auto facts = half_done();
  facts.resources = {person("R", 50), person("SAND", 5)};
  facts.resources[0].rates.front().per_use = Money::of(300, eur);
  facts.resources[1].kind = ResourceKind::Material;
  facts.assignments = {assigned("A", "R", 40), assigned("A", "SAND", 0)};
  facts.assignments[1].quantity = 12;
  Expense permit, crane;
  permit.key = "E-1";
  permit.name = "Permit";
  permit.activity = "A";
  permit.amount = Money::of(100, eur);
  crane = permit;
  crane.key = "E-2";
  crane.name = "Crane";
  crane.kind = ExpenseKind::PerDay;
  facts.expenses = {permit, crane};
  // 20h at 50, 300 for the call, half of 12 × 5 and of the permit, Monday to Wednesday noon of the crane.
  EXPECT_EQ(thrown_away(facts),
            (std::map<std::string, std::int64_t>{{"20h of R", 100'000},
                                                 {"R was called upon", 30'000},
                                                 {"SAND", 3'000},
                                                 {"Permit", 5'000},
                                                 {"Crane: 3 days at 100.00 EUR a day", 30'000}}));
}

TEST(Discarded, TakesTheEnteredCostInPlaceOfRateTimesWork) {
  auto facts = half_done();
  facts.resources = {person("R", 50)};
  facts.assignments = {assigned("A", "R", 40)};
  facts.assignments.front().cost = Money::of(900, eur);
  EXPECT_EQ(thrown_away(facts), (std::map<std::string, std::int64_t>{{"20h of R", 45'000}}));
}

struct Figures {
  double spent, to_come;
};

/// A with 40h at 50 and 300 for the call, a permit at 100 and a crane at 100 a day, Monday to Friday.
Facts accruing(Accrual accrual) {
  auto facts = half_done();
  facts.resources = {person("R", 50)};
  facts.resources[0].rates.front().per_use = Money::of(300, eur);
  facts.resources[0].accrual = accrual;
  facts.assignments = {assigned("A", "R", 40)};
  Expense permit, crane;
  permit.key = "E-1";
  permit.activity = "A";
  permit.amount = Money::of(100, eur);
  permit.accrual = accrual;
  crane = permit;
  crane.key = "E-2";
  crane.kind = ExpenseKind::PerDay;
  facts.expenses = {permit, crane};
  return facts;
}

Money spent_on(PlanCost const& cost, std::string const& activity, CostState state) {
  Money sum{0, eur};
  for (auto const& line : cost.lines())
    if (line.activity == activity && line.state == state) sum += line.amount;
  return sum;
}

void falls_away(Accrual accrual, Figures const& by_hand) {
  auto const project = made(accruing(accrual));
  auto const impact = assessed(project, change({ActivityRemoval{"A"}}));
  auto const before = cost_plan(project, impact.before()), after = cost_plan(project, impact);
  EXPECT_EQ(spent_on(before, "A", CostState::Spent), Money::of(by_hand.spent, eur));
  EXPECT_EQ(spent_on(before, "A", CostState::ToCome), Money::of(by_hand.to_come, eur));
  EXPECT_EQ(spent_on(after, "A", CostState::Spent), Money::of(by_hand.spent, eur));
  EXPECT_EQ(spent_on(after, "A", CostState::ToCome), Money::of(0, eur));
  EXPECT_EQ(impact.cost_delta(), Money::of(-by_hand.to_come, eur));
  Money discarded{0, eur};
  for (auto const& line : impact.discarded()) discarded += line.amount;
  EXPECT_EQ(discarded, Money::of(by_hand.spent, eur));
}

// Half of 40h at 50 and of the permit, the call, three of five days of the crane.
TEST(Removed, WhatIsCountedAsItIsDoneIsSpentByHalf) {
  falls_away(Accrual::Prorated, {1000 + 50 + 300 + 300, 1000 + 50 + 200});
}

TEST(Removed, WhatIsCountedAtTheStartIsAllSpent) { falls_away(Accrual::Start, {2000 + 100 + 300 + 500, 0}); }

TEST(Removed, WhatIsCountedAtTheEndIsAllSaved) { falls_away(Accrual::End, {0, 2000 + 100 + 300 + 500}); }

TEST(Removed, TheRestOfWhatIsRecordedIsSavedWhateverTheAccrual) {
  for (auto const accrual : {Accrual::Start, Accrual::Prorated, Accrual::End}) {
    auto facts = accruing(accrual);
    facts.assignments[0].actual_cost = Money::of(1200, eur);  // the call among it
    facts.expenses[0].actual = Money::of(30, eur);
    facts.expenses.pop_back();
    auto const project = made(facts);
    auto const impact = assessed(project, change({ActivityRemoval{"A"}}));
    EXPECT_EQ(impact.cost_delta(), Money::of(-20 * 50 - 70, eur));
    auto const after = cost_plan(project, impact);
    EXPECT_EQ(after.total(), Money::of(1230, eur));
    EXPECT_EQ(after.spent(), Money::of(1230, eur));
    Money discarded{0, eur};
    for (auto const& line : impact.discarded()) {
      discarded += line.amount;
      EXPECT_FALSE(line.assumed);
    }
    EXPECT_EQ(discarded, Money::of(1230, eur));
  }
}

TEST(Removed, OnlyRecordedMoneyIsSpentOnWhatHasNotBegun) {
  auto facts = diamond();
  facts.resources = {person("R", 50)};
  facts.assignments = {assigned("D", "R", 8)};
  facts.assignments[0].actual_cost = Money::of(40, eur);
  auto const impact = assessed(made(facts), change({ActivityRemoval{"D"}}));
  EXPECT_EQ(impact.cost_delta(), Money::of(-400, eur));
  ASSERT_EQ(impact.discarded().size(), 1U);
  EXPECT_EQ(impact.discarded().front().amount, Money::of(40, eur));
}

/// What is spent stays and is what is thrown away; what is to come falls away; nothing else of the plan
/// changes.
TEST(Discarded, IsWhatThePlanHadSpentOnTheActivity) {
  std::size_t lines = 0, at_once = 0;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    auto facts = priced_plan(seed);
    facts.contract_milestones.clear();
    if (seed % 3 == 0) facts.escalations = {{{}, {}, {}, 5.5, parse_instant("2026-02-01T00:00")}};
    auto const project = made(facts);
    auto const before = schedule(compile(project));
    auto const cost = cost_plan(project, before);
    for (std::size_t i = 0; i < facts.activities.size(); i += 2) {
      auto const& removed = facts.activities[i];
      auto const impact = assess(project, before, change({ActivityRemoval{removed.key}}));
      std::string const where = "seed " + std::to_string(seed) + ", " + removed.key;
      auto const spent = spent_on(cost, removed.key, CostState::Spent);
      auto const to_come = spent_on(cost, removed.key, CostState::ToCome);
      Money discarded{0, eur};
      for (auto const& line : impact.discarded()) {
        EXPECT_EQ(line.activity, removed.key);
        discarded += line.amount;
        ++lines;
      }
      EXPECT_EQ(discarded, spent) << where;
      auto const after = cost_plan(project, impact);
      EXPECT_EQ(spent_on(after, removed.key, CostState::Spent), spent) << where;
      EXPECT_EQ(spent_on(after, removed.key, CostState::ToCome), (Money{0, eur})) << where;
      EXPECT_EQ(after.total().value() - cost.total().value(), impact.cost_delta().value_or(Money{0, eur}))
          << where;
      Money saved{0, eur};
      for (auto const& line : impact.cost_lines())
        if (line.activity == removed.key) saved += line.amount;
      EXPECT_EQ(saved, -to_come) << where;
      if (removed.progress.actual_start && (spent.minor == 0) != (to_come.minor == 0)) ++at_once;
    }
  }
  EXPECT_GT(lines, 300U);
  EXPECT_GT(at_once, 20U);
}

}  // namespace
}  // namespace rapport::test
