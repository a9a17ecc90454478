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
            (std::map<std::string, std::int64_t>{
                {"20h of R spent on work that is thrown away", 100'000},
                {"R was called upon for work that is thrown away", 30'000},
                {"SAND spent on work that is thrown away", 3'000},
                {"Permit spent on work that is thrown away", 5'000},
                {"Crane: 3 days at 100.00 EUR a day spent on work that is thrown away", 30'000}}));
}

TEST(Discarded, TakesTheEnteredCostInPlaceOfRateTimesWork) {
  auto facts = half_done();
  facts.resources = {person("R", 50)};
  facts.assignments = {assigned("A", "R", 40)};
  facts.assignments.front().cost = Money::of(900, eur);
  EXPECT_EQ(thrown_away(facts),
            (std::map<std::string, std::int64_t>{{"20h of R spent on work that is thrown away", 45'000}}));
}

/// Where nothing counts at its start or end, what is spent is what is done.
TEST(Discarded, IsWhatThePlanHadSpentOnTheActivity) {
  std::size_t lines = 0;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    auto facts = priced_plan(seed);
    for (auto& resource : facts.resources) resource.accrual = Accrual::Prorated;
    for (auto& expense : facts.expenses) expense.accrual = Accrual::Prorated;
    facts.contract_milestones.clear();
    auto const project = made(facts);
    auto const before = schedule(compile(project));
    auto const cost = cost_plan(project, before).lines();
    for (auto const& activity : facts.activities) {
      if (!activity.progress.actual_start) continue;
      std::int64_t spent = 0, discarded = 0;
      for (auto const& line : cost)
        if (line.activity == activity.key && line.state == CostState::Spent) spent += line.amount.minor;
      auto const impact = assess(project, before, change({ActivityRemoval{activity.key}}));
      for (auto const& line : impact.discarded()) {
        EXPECT_EQ(line.activity, activity.key);
        discarded += line.amount.minor;
        ++lines;
      }
      EXPECT_EQ(discarded, spent) << "seed " << seed << ", " << activity.key;
    }
  }
  EXPECT_GT(lines, 500U);
}

}  // namespace
}  // namespace rapport::test
