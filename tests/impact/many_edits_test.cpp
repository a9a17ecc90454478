// Changes of many edits, against sums worked out otherwise than one edit after the other.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "impact/priced_plan.h"

namespace rapport::test::many_edits {
namespace {

constexpr int many = 60;

std::string numbered(char const* letter, int i) { return letter + std::to_string(i); }

/// T0, T1 … one after the other, 8h each of R0, R1 … at 10 EUR.
Facts in_a_row() {
  auto facts = diamond();
  facts.activities.clear();
  facts.links.clear();
  for (int i = 0; i < many; ++i) {
    auto activity = task(numbered("T", i), 8);
    activity.subproject = "P";
    facts.activities.push_back(activity);
    facts.resources.push_back(person(numbered("R", i), 10));
    facts.assignments.push_back(assigned(activity.key, numbered("R", i), 8));
    if (i > 0) facts.links.push_back(follows(numbered("T", i - 1), activity.key));
  }
  return facts;
}

TEST(ManyEdits, EachNewActivityHasItsOwnWorkAndExpenses) {
  std::vector<ChangeEdit> edits;
  double expected = 0;
  for (int i = 0; i < many; ++i) {
    ActivityAddition added;
    added.activity = task(numbered("N", i), 8);
    added.activity.subproject = "P";
    for (int k = 0; k < i % 3; ++k) added.assignments.push_back(assigned("", numbered("R", k), i + k));
    for (int k = 0; k < i % 2; ++k) {
      Expense expense;
      expense.key = numbered("E", i);
      expense.amount = Money::of(i, eur);
      added.expenses.push_back(expense);
    }
    edits.push_back(added);
    if (i % 4 == 0) edits.push_back(add_work(added.activity.key, 4));  // half as much again
    double effort = 0;
    for (int k = 0; k < i % 3; ++k) effort += i + k;
    expected += 10 * effort * (i % 4 == 0 ? 1.5 : 1) + (i % 2) * i;
  }
  auto const impact = assessed(made(in_a_row()), change(edits));
  EXPECT_EQ(impact.cost_delta(), Money::of(expected, eur));
  for (auto const& rework : impact.reworks()) {
    if (rework.kind != ReworkKind::Added) continue;
    int const i = std::stoi(rework.activity.substr(1));
    double effort = 0;
    for (int k = 0; k < i % 3; ++k) effort += i + k;
    EXPECT_EQ(rework.effort, hours(effort)) << rework.activity;
  }
}

TEST(ManyEdits, EachResourceHasItsOwnRatesInTheOrderOfTheEdits) {
  std::vector<ChangeEdit> edits;
  double expected = 0;
  for (int round = 0; round < 3; ++round)
    for (int i = 0; i < many; ++i) {
      if (i % (round + 1) != 0) continue;
      RateChange dearer;
      dearer.resource = numbered("R", i);
      dearer.factor = 2;
      edits.push_back(dearer);
    }
  for (int i = 0; i < many; ++i) {
    int const doubled = 1 + (i % 2 == 0) + (i % 3 == 0);
    expected += 80 * ((1 << doubled) - 1);
  }
  EXPECT_EQ(assessed(made(in_a_row()), change(edits)).cost_delta(), Money::of(expected, eur));
}

TEST(ManyEdits, SeveralOfOneActivityAreOneOfTheirSum) {
  std::vector<ChangeEdit> several, sums;
  for (int round = 0; round < 4; ++round)
    for (int i = 0; i < many; ++i) several.push_back(add_work(numbered("T", i), 2 + i % 3));
  for (int i = 0; i < many; ++i) sums.push_back(add_work(numbered("T", i), 4 * (2 + i % 3)));
  auto const project = made(in_a_row());
  auto const a = assessed(project, change(several)), b = assessed(project, change(sums));
  EXPECT_EQ(a.after().finish(), b.after().finish());
  EXPECT_EQ(a.cost_delta(), b.cost_delta());
  ASSERT_EQ(a.reached().size(), b.reached().size());
  for (std::size_t i = 0; i < a.reached().size(); ++i) {
    EXPECT_EQ(a.reached()[i].node, b.reached()[i].node);
    EXPECT_DOUBLE_EQ(a.reached()[i].share, b.reached()[i].share);
  }
}

/// All of them done: what is added comes back as rework, each of its own activity.
TEST(ManyEdits, EachReworkIsNamedAfterItsActivity) {
  auto facts = in_a_row();
  for (auto& activity : facts.activities) {
    activity.progress.actual_start = parse_instant("2027-01-04T08:00");
    activity.progress.actual_finish = parse_instant("2027-01-04T17:00");
  }
  facts.subprojects.front().data_date = parse_instant("2027-01-05T08:00");
  std::vector<ChangeEdit> edits;
  for (int i = 0; i < many; i += 2) edits.push_back(add_work(numbered("T", i), 8));
  auto const impact = assessed(made(facts), change(edits));
  std::map<std::string, std::string> named;
  for (auto const& rework : impact.reworks()) named[rework.activity] = rework.rework_activity;
  ASSERT_EQ(named.size(), static_cast<std::size_t>(many / 2));
  for (auto const& [activity, again] : named) {
    EXPECT_TRUE(again.starts_with(activity)) << activity << " " << again;
    EXPECT_TRUE(impact.after().network().find(again)) << again;
  }
  EXPECT_EQ(impact.cost_delta(), Money::of(80.0 * many / 2, eur));
}

}  // namespace
}  // namespace rapport::test::many_edits
