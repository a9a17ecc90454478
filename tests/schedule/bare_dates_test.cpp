// The bare dates of a compiled plan, against the same plan under Primavera's rules: without progress,
// constraints and milestones these add nothing.

#include "rapport/schedule/bare_dates.h"

#include <gtest/gtest.h>

#include "rapport/base/error.h"
#include "rapport/schedule/schedule.h"
#include "support/hour_plan.h"

namespace rapport {
namespace {

/// Three tasks in a row on a 5 × 8 calendar from Monday 2027-03-01, and one beside them.
Facts row_of_tasks() {
  Facts facts;
  facts.calendars = {five_day_calendar("std", {{8 * 3600, 12 * 3600}, {13 * 3600, 17 * 3600}})};
  Subproject plan;
  plan.key = "P", plan.calendar = "std", plan.planned_start = parse_instant("2027-03-01T08:00");
  facts.subprojects = {plan};
  for (auto const& [key, length] : {std::pair{"A", 16}, {"B", 8}, {"C", 24}, {"D", 8}}) {
    Activity& activity = facts.activities.emplace_back();
    activity.key = key, activity.subproject = "P", activity.calendar = "std",
    activity.duration = hours(length);
  }
  for (auto const& [from, to] : {std::pair{"A", "B"}, {"B", "C"}, {"A", "D"}}) {
    Link& link = facts.links.emplace_back();
    link.predecessor = from, link.successor = to;
  }
  complete_keys(facts);
  return facts;
}

template <class T>
std::vector<T> column(Table const& table, std::string const& name) {
  for (auto const& each : table.columns())
    if (each.name == name) return std::get<std::vector<T>>(each.values);
  ADD_FAILURE() << name;
  return {};
}

TEST(BareDates, AreThoseOfTheScheduleWhereOnlyLinksHold) {
  auto const network = compile(Project(row_of_tasks()));
  auto const before = schedule(network, Rules::primavera());
  auto const table = bare_dates(network, 60);
  auto const keys = column<std::string>(table, "key");
  ASSERT_EQ(keys.size(), 4U);
  for (std::size_t row = 0; row < keys.size(); ++row) {
    auto const dates = before.dates(keys[row]);
    EXPECT_EQ(column<std::int64_t>(table, "early_start")[row], dates.early_start.seconds) << keys[row];
    EXPECT_EQ(column<std::int64_t>(table, "early_finish")[row], dates.early_finish.seconds) << keys[row];
    EXPECT_EQ(column<std::int64_t>(table, "late_start")[row], dates.late_start.seconds) << keys[row];
    EXPECT_EQ(column<std::int64_t>(table, "late_finish")[row], dates.late_finish.seconds) << keys[row];
    EXPECT_EQ(column<std::int64_t>(table, "total_float_minutes")[row], dates.total_float.in_minutes());
    EXPECT_EQ(column<std::int64_t>(table, "free_float_minutes")[row], dates.free_float.in_minutes());
  }
  // By hand: C ends on Monday the 8th; D, a day long, may wait three days for it.
  EXPECT_EQ(to_string(before.finish()), "2027-03-08T17:00");
  EXPECT_EQ(before.dates("D").total_float, hours(24));
}

TEST(BareDates, WhatTheyCannotCountIsRefusedByName) {
  auto facts = row_of_tasks();
  facts.links[0].lag.kind = LagKind::Percent, facts.links[0].lag.percent = 50;
  try {
    (void)bare_dates(compile(Project(facts)), 60);
    FAIL();
  } catch (InvalidInput const& error) {
    EXPECT_NE(std::string(error.what()).find("A → B"), std::string::npos) << error.what();
  }
  facts = row_of_tasks();
  facts.activities[1].duration = Work{90};
  try {
    (void)bare_dates(compile(Project(facts)), 60);
    FAIL();
  } catch (InvalidInput const& error) {
    EXPECT_NE(std::string(error.what()).find("activity B"), std::string::npos) << error.what();
  }
  // Sixty hours of work do not fit into five days.
  EXPECT_THROW((void)bare_dates(compile(Project(row_of_tasks())), 5), InvalidInput);
}

}  // namespace
}  // namespace rapport
