// Which rows of gathered costs rest on an assumption.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "impact/priced_plan.h"
#include "rapport/impact/plan_cost.h"
#include "rapport/impact/plan_value.h"
#include "support/deeper.h"

namespace rapport::test::assumed_costs {
namespace {

using Marks = std::map<std::string, bool>;

std::vector<std::string> const& words(Table const& table, std::string_view column) {
  return std::get<std::vector<std::string>>(table.column(column).values);
}

/// Whether each row is assumed, by the text of its `key` column.
Marks marks(Table const& table) {
  auto const& flags = std::get<std::vector<std::uint8_t>>(table.column("assumed").values);
  Marks found;
  for (std::size_t row = 0; row < table.rows(); ++row) found[words(table, "key")[row]] = flags[row] != 0;
  return found;
}

/// The rows of a curve that are assumed, by number.
std::set<std::size_t> assumed_steps(Table const& table) {
  auto const& flags = std::get<std::vector<std::uint8_t>>(table.column("assumed").values);
  std::set<std::size_t> found;
  for (std::size_t row = 0; row < flags.size(); ++row)
    if (flags[row]) found.insert(row);
  return found;
}

/// On Thursday 7 January 24 of 40 hours of A are worked. What S cost is recorded, what R cost is worked out.
/// Nothing else has begun. A serves Q1, B serves Q2, C and D nothing.
Facts under_way() {
  auto facts = diamond();
  facts.subprojects.front().data_date = parse_instant("2027-01-07T08:00");
  facts.activities[0].progress.actual_start = parse_instant("2027-01-04T08:00");
  facts.activities[0].progress.remaining = hours(16);
  facts.wbs = {{"W", "", "Works", "P"}, {"W1", "W", "Pit", "P"}, {"W2", "W", "Wall", "P"}};
  facts.activities[0].wbs = "W1";
  facts.activities[1].wbs = facts.activities[2].wbs = facts.activities[3].wbs = "W2";
  facts.cost_accounts = {{"1", "", "All"}, {"1.1", "1", "Pay"}, {"1.2", "1", "Fees"}};
  facts.resources = {person("R", 50), person("S", 50)};
  facts.assignments = {assigned("A", "R", 40), assigned("A", "S", 40), assigned("B", "S", 16),
                       assigned("C", "S", 24)};
  facts.assignments[0].cost_account = "1.1";
  for (std::size_t i = 1; i < 4; ++i) facts.assignments[i].cost_account = "1.2";
  facts.assignments[1].actual_cost = Money::of(1300, eur);
  for (char const* key : {"ANN", "BO"}) {
    Stakeholder who;
    who.key = key;
    facts.stakeholders.push_back(who);
  }
  Requirement need;
  need.key = "Q1";
  need.owner = "ANN";
  facts.requirements = {need};
  need.key = "Q2";
  need.owner = "BO";
  facts.requirements.push_back(need);
  facts.traces = {trace(requirement("Q1"), activity("A"), TraceType::Implements, 1, 1),
                  trace(requirement("Q2"), activity("B"), TraceType::Implements, 1, 1)};
  return facts;
}

TEST(AssumedCosts, ARowIsMarkedWhereALineInOrBelowItIs) {
  auto const project = made(under_way());
  auto const cost = cost_plan(project, schedule(compile(project)));
  auto const by = [&](CostBy what) { return marks(cost.by(what, project)); };
  EXPECT_EQ(by(CostBy::Activity), (Marks{{"A", true}, {"B", false}, {"C", false}}));
  EXPECT_EQ(by(CostBy::Resource), (Marks{{"R", true}, {"S", false}}));
  EXPECT_EQ(by(CostBy::Wbs), (Marks{{"W", true}, {"W1", true}, {"W2", false}}));
  EXPECT_EQ(by(CostBy::Account), (Marks{{"1", true}, {"1.1", true}, {"1.2", false}}));
  EXPECT_EQ(by(CostBy::Requirement), (Marks{{"Q1", true}, {"Q2", false}, {"", false}}));
  EXPECT_EQ(by(CostBy::Stakeholder), (Marks{{"ANN", true}, {"BO", false}, {"", false}}));
}

TEST(AssumedCosts, WhatBelongsToNoneIsMarkedLikeTheRest) {
  auto facts = under_way();
  facts.traces.clear();
  facts.activities[0].wbs.clear();
  facts.assignments[0].cost_account.clear();
  auto const project = made(facts);
  auto const cost = cost_plan(project, schedule(compile(project)));
  auto const by = [&](CostBy what) { return marks(cost.by(what, project)); };
  EXPECT_EQ(by(CostBy::Wbs), (Marks{{"W", false}, {"W2", false}, {"", true}}));
  EXPECT_EQ(by(CostBy::Account), (Marks{{"1", false}, {"1.2", false}, {"", true}}));
  EXPECT_EQ(by(CostBy::Requirement), (Marks{{"", true}}));
}

TEST(AssumedCosts, ADividedLineMarksAllThatHaveAPartOfIt) {
  auto facts = under_way();
  facts.traces[1].to = activity("A");
  auto const project = made(facts);
  auto const cost = cost_plan(project, schedule(compile(project)));
  EXPECT_EQ(marks(cost.by(CostBy::Requirement, project)), (Marks{{"Q1", true}, {"Q2", true}, {"", false}}));
}

TEST(AssumedCosts, AStepIsMarkedWhereALineInItIs) {
  auto facts = under_way();
  auto const project = made(facts);
  auto const cost = cost_plan(project, schedule(compile(project)));
  // Monday to Wednesday are worked out; Thursday and what follows is to come.
  EXPECT_EQ(assumed_steps(cost.curve(CostStep::Daily)), (std::set<std::size_t>{0, 1, 2}));
  EXPECT_EQ(assumed_steps(cost.curve(CostStep::Weekly)), (std::set<std::size_t>{0}));
  facts.assignments[0].actual_cost = Money::of(1200, eur);
  auto const recorded = made(facts);
  auto const known = cost_plan(recorded, schedule(compile(recorded)));
  EXPECT_TRUE(assumed_steps(known.curve(CostStep::Daily)).empty());
  for (auto const& [key, assumed] : marks(known.by(CostBy::Wbs, recorded))) EXPECT_FALSE(assumed) << key;
}

TEST(AssumedCosts, ThePlanAsAgreedRestsOnNothing) {
  auto const project = made(under_way());
  auto const cost = cost_plan(project, schedule(compile(project)), CostBasis::Baseline);
  for (auto const& [key, assumed] : marks(cost.by(CostBy::Activity, project))) EXPECT_FALSE(assumed) << key;
  EXPECT_TRUE(assumed_steps(cost.curve(CostStep::Daily)).empty());
}

TEST(AssumedCosts, EarnedValueIsMarkedWhereWhatWasSpentIsNotRecorded) {
  auto const project = made(under_way());
  auto const value = value_plan(project, schedule(compile(project)), {.step = CostStep::Daily});
  EXPECT_EQ(marks(value.by(CostBy::Resource, project)), (Marks{{"R", true}, {"S", false}}));
  EXPECT_EQ(marks(value.by(CostBy::Wbs, project)), (Marks{{"W", true}, {"W1", true}, {"W2", false}}));
  // Figures up to Thursday 08:00 exist, the last of them in the row of Thursday.
  EXPECT_EQ(assumed_steps(value.curve()), (std::set<std::size_t>{0, 1, 2, 3}));
}

// -- changes ---------------------------------------------------------------------------------------

/// Half of B is redone, as far as its trace says, by default or stated; two hours of D are asked for.
Impact changed_plan(Project const& project) {
  return assessed(project, change({changed("Q2", 0.5), add_work("D", 2)}));
}

TEST(AssumedCosts, OfAChangeItsOwnLinesSay) {
  auto facts = under_way();
  facts.activities[3].wbs = "W1";
  facts.assignments.push_back(assigned("D", "R", 8));
  facts.traces[1].share.reset();
  auto const project = made(facts);
  auto const impact = changed_plan(project);
  auto const by = [&](CostBy what) { return marks(cost_changes(project, impact, what)); };
  // A, whose cost is not recorded, costs what it did.
  EXPECT_EQ(by(CostBy::Activity), (Marks{{"A", false}, {"B", true}, {"C", false}, {"D", false}}));
  EXPECT_EQ(by(CostBy::Wbs), (Marks{{"W", true}, {"W1", false}, {"W2", true}}));
  EXPECT_EQ(by(CostBy::Resource), (Marks{{"R", false}, {"S", true}}));
  EXPECT_EQ(by(CostBy::Requirement), (Marks{{"Q1", false}, {"Q2", true}, {"", false}}));
  auto const curve =
      curve_changes(cost_plan(project, impact.before()), cost_plan(project, impact), CostStep::Weekly);
  auto const& delta = std::get<std::vector<std::int64_t>>(curve.column("delta").values);
  std::set<std::size_t> differing;
  for (std::size_t row = 0; row < delta.size(); ++row)
    if (delta[row] != 0) differing.insert(row);
  EXPECT_FALSE(differing.empty());
  EXPECT_EQ(assumed_steps(curve), differing);
}

TEST(AssumedCosts, AChangeOnStatedTracesRestsOnNothing) {
  auto const project = made(under_way());
  auto const impact = changed_plan(project);
  for (auto const& [key, assumed] : marks(cost_changes(project, impact, CostBy::Activity)))
    EXPECT_FALSE(assumed) << key;
  EXPECT_TRUE(assumed_steps(curve_changes(cost_plan(project, impact.before()), cost_plan(project, impact),
                                          CostStep::Daily))
                  .empty());
}

// -- random plans -----------------------------------------------------------------------------------

class RandomAssumed : public testing::TestWithParam<unsigned> {};

TEST_P(RandomAssumed, RowsAreMarkedAsTheirLinesAre) {
  auto const project = made(priced_plan(GetParam()));
  auto const& facts = project.facts();
  auto const cost = cost_plan(project, schedule(compile(project)));
  Marks by_activity, by_resource, by_branch;
  for (auto const& line : cost.lines()) {
    by_activity[line.activity] |= line.assumed;
    by_resource[line.resource] |= line.assumed;
    auto branch = project.at<Activity>(line.activity).wbs;
    do {
      by_branch[branch] |= line.assumed;
      branch = branch.empty() ? branch : project.at<WbsNode>(branch).parent;
    } while (!branch.empty());
  }
  ASSERT_FALSE(facts.activities.empty());
  EXPECT_EQ(marks(cost.by(CostBy::Activity, project)), by_activity);
  EXPECT_EQ(marks(cost.by(CostBy::Resource, project)), by_resource);
  EXPECT_EQ(marks(cost.by(CostBy::Wbs, project)), by_branch);
}

INSTANTIATE_TEST_SUITE_P(Plans, RandomAssumed, testing::Range(1U, 1 + support::deeper(24)));

}  // namespace
}  // namespace rapport::test::assumed_costs
