#include "rapport/schedule/schedule.h"
#include "rapport/schedule/float_family.h"

#include <gmock/gmock.h>

#include <map>

#include "support/hour_plan.h"

namespace rapport {
namespace {

using support::hour;
using support::HourPlan;
using Hours = std::map<int, double>;

double in_hours(Instant t) { return static_cast<double>(t.seconds) / 3600; }

HourPlan textbook(std::vector<double> const& durations, std::vector<std::pair<int, int>> const& links) {
  HourPlan plan;
  for (std::size_t i = 0; i < durations.size(); ++i) plan.activity(std::to_string(i + 1), durations[i]);
  for (auto const& [from, to] : links) plan.link(std::to_string(from), std::to_string(to));
  return plan;
}

// Vanhoucke, Measuring Time (Springer 2009), page 18.
TEST(Schedule, GivesThePublishedFloatsOfVanhouckesFictitiousProject) {
  auto const plan = textbook({0, 4, 9, 1, 4, 5, 1, 7, 8, 3, 3, 0}, {{1, 2},
                                                                    {1, 3},
                                                                    {1, 4},
                                                                    {2, 5},
                                                                    {3, 10},
                                                                    {4, 6},
                                                                    {5, 9},
                                                                    {6, 7},
                                                                    {7, 8},
                                                                    {7, 11},
                                                                    {8, 12},
                                                                    {9, 12},
                                                                    {10, 12},
                                                                    {11, 12}});
  auto const dates = schedule(compile(plan.project()));
  EXPECT_EQ(dates.finish(), hour(16));
  std::vector<double> const total{0, 0, 4, 2, 0, 2, 2, 2, 0, 4, 6, 0},
      free{0, 0, 0, 0, 0, 0, 0, 2, 0, 4, 6, 0};
  for (std::size_t i = 0; i < total.size(); ++i) {
    auto const activity = dates.dates(std::to_string(i + 1));
    EXPECT_EQ(activity.total_float, hours(total[i])) << i + 1;
    EXPECT_EQ(activity.free_float, hours(free[i])) << i + 1;
    EXPECT_EQ(activity.critical, total[i] == 0) << i + 1;
  }
  // By hand from the definitions.
  std::vector<double> const interfering{0, 0, 4, 2, 0, 2, 2, 0, 0, 0, 0, 0},
      safety{0, 0, 4, 2, 0, 0, 0, 0, 0, 0, 4, 0}, independent{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0};
  auto const floats = find_float_family(dates);
  for (std::size_t i = 0; i < total.size(); ++i) {
    FloatFamily const expected{hours(total[i]), hours(free[i]), hours(interfering[i]), hours(safety[i]),
                               hours(independent[i])};
    EXPECT_EQ(floats[dates.network().at(std::to_string(i + 1)).value], expected) << i + 1;
  }
}

// Vanhoucke, Integrated Project Management and Control (Springer 2014), page 9.
TEST(Schedule, FollowsTenChangedDurationsOfThePatientTransportSystem) {
  std::vector<std::pair<int, int>> const links{{1, 2},   {2, 3},   {3, 4},   {3, 6},   {4, 5},   {5, 8},
                                               {6, 7},   {7, 8},   {8, 9},   {8, 10},  {8, 11},  {8, 12},
                                               {8, 13},  {9, 14},  {10, 14}, {11, 14}, {12, 14}, {13, 14},
                                               {13, 15}, {14, 16}, {14, 17}, {15, 16}, {15, 17}};
  std::vector<double> const before{1, 1, 3, 2, 2, 2, 2, 1, 4, 5, 3, 3, 4, 5, 1, 5, 2};
  std::vector<double> const after{1, 2, 5, 4, 3, 2, 1, 5, 3, 5, 5, 3, 4, 2, 1, 2, 4};
  auto const network = compile(textbook(before, links).project());
  EXPECT_EQ(schedule(network).finish(), hour(25));
  Overlay overlay(network);
  for (std::size_t i = 0; i < after.size(); ++i) {
    overlay.set_duration(network.at(std::to_string(i + 1)), hours(after[i]), hours(after[i]));
  }
  auto const changed = schedule(overlay);
  EXPECT_EQ(changed.finish(), hour(31));
  Hours const late_start{{1, 0},   {2, 1},   {3, 3},   {4, 8},   {5, 12},  {6, 12},
                         {7, 14},  {8, 15},  {9, 22},  {10, 20}, {11, 20}, {12, 22},
                         {13, 21}, {14, 25}, {15, 26}, {16, 29}, {17, 27}};
  for (auto const& [key, start] : late_start) {
    EXPECT_EQ(in_hours(changed.dates(std::to_string(key)).late_start), start) << key;
  }
}

// The verbal rules of P6's three modes, in figures.
TEST(Progress, RetainedLogicReachesThroughWhatIsCompleted) {
  auto const remaining_start = [](ProgressLogic logic, double finish_of_a2, char const* key) {
    HourPlan plan;
    plan.facts.subprojects[0].data_date = hour(10);
    plan.activity("A1", 6);
    auto& a2 = plan.activity("A2", 5).progress;
    a2.actual_start = hour(2), a2.actual_finish = hour(finish_of_a2);
    plan.activity("A3", 4);
    auto& b2 = plan.activity("B2", 5).progress;
    b2.actual_start = hour(8), b2.remaining = hours(3);
    plan.link("A1", "A2").link("A2", "A3").link("A1", "B2");
    Rules rules = Rules::primavera();
    rules.progress = logic;
    return in_hours(schedule(compile(plan.project()), rules).dates(key).early_start);
  };
  EXPECT_EQ(remaining_start(ProgressLogic::RetainedLogic, 7, "A3"), 16);
  EXPECT_EQ(remaining_start(ProgressLogic::RetainedLogic, 7, "B2"), 16);
  EXPECT_EQ(remaining_start(ProgressLogic::ProgressOverride, 7, "A3"), 10);
  EXPECT_EQ(remaining_start(ProgressLogic::ProgressOverride, 7, "B2"), 10);
  EXPECT_EQ(remaining_start(ProgressLogic::ActualDates, 12, "A3"), 12);
}

/// A on the office's calendar, B on the clock's, and a lag between them.
Schedule over_the_weekend(LagCalendar lag_calendar, LinkType type, double lag) {
  HourPlan plan;
  plan.facts.subprojects[0].data_date = parse_instant("2027-01-08T08:00");  // a Friday
  plan.facts.calendars.push_back(five_day_calendar("office", {{8 * 3600, 16 * 3600}}));
  plan.activity("A", 8).calendar = "office";
  plan.activity("B", 8);
  plan.link("A", "B", type, lag);
  Rules rules = Rules::primavera();
  rules.lag_calendar = lag_calendar;
  return schedule(compile(plan.project()), rules);
}

TEST(Lag, IsCountedOnTheCalendarThatTheRulesName) {
  auto const start = [](LagCalendar lag_calendar) {
    return to_string(over_the_weekend(lag_calendar, LinkType::FinishToStart, 8).dates("B").early_start);
  };
  EXPECT_EQ(start(LagCalendar::Predecessor), "2027-01-11T16:00");
  EXPECT_EQ(start(LagCalendar::Successor), "2027-01-09T00:00");
  EXPECT_EQ(start(LagCalendar::Project), "2027-01-09T00:00");
  EXPECT_EQ(start(LagCalendar::RoundTheClock), "2027-01-09T00:00");
}

TEST(Constraint, StartOnOrBeforeBoundsLateDatesInPrimaveraAndEarlyOnesInProject) {
  HourPlan plan;
  plan.facts.subprojects[0].planned_start = hour(0);
  plan.activity("A", 10);
  plan.activity("B", 5).constraint = {ConstraintKind::StartNoLaterThan, hour(4)};
  plan.link("A", "B");
  auto const network = compile(plan.project());
  auto const primavera = schedule(network, Rules::primavera()).dates("B");
  EXPECT_EQ(primavera.early_start, hour(10));
  EXPECT_EQ(primavera.total_float, hours(-6));
  EXPECT_EQ(schedule(network, Rules::microsoft()).dates("B").early_start, hour(4));
}

TEST(Constraint, MandatoryDatesOverruleTheLogic) {
  HourPlan plan;
  plan.activity("A", 10);
  plan.activity("B", 5).constraint = {ConstraintKind::MandatoryFinish, hour(8)};
  plan.link("A", "B");
  auto const dates = schedule(compile(plan.project()));
  EXPECT_EQ(dates.dates("B").early_finish, hour(8));
  EXPECT_EQ(dates.dates("A").total_float, hours(-7));
}

TEST(LongestPath, IsWhatDrivesTheLastFinish) {
  HourPlan plan;
  plan.activity("A", 10), plan.activity("B", 5), plan.activity("C", 5);
  plan.link("A", "C").link("B", "C");
  auto const dates = schedule(compile(plan.project()));
  EXPECT_TRUE(dates.dates("A").on_longest_path);
  EXPECT_FALSE(dates.dates("B").on_longest_path);
}

TEST(Why, LeadsBackToTheDataDateStepByStep) {
  HourPlan plan;
  plan.activity("A", 10), plan.activity("B", 5);
  plan.link("A", "B", LinkType::FinishToStart, 2);
  auto const explanation = schedule(compile(plan.project())).why("B");
  ASSERT_EQ(explanation.steps.size(), 4U);
  EXPECT_EQ(explanation.steps[1].text, "B starts 1970-01-01T12:00: A finishes 1970-01-01T10:00 (FS +2h)");
  EXPECT_EQ(explanation.steps[1].driver, Driver::Link);
  EXPECT_EQ(explanation.steps[3].driver, Driver::DataDate);
}

TEST(Why, OfLateDatesLeadsForwardToWhatMustBeMet) {
  HourPlan plan;
  plan.activity("A", 10);
  plan.activity("B", 5).constraint = {ConstraintKind::FinishNoLaterThan, hour(12)};
  plan.link("A", "B");
  auto const explanation = schedule(compile(plan.project())).why_late("A");
  EXPECT_EQ(explanation.steps.back().activity, "B");
  EXPECT_EQ(explanation.steps.back().driver, Driver::Constraint);
}

TEST(Schedule, OfNothingIsEmptyAndOfCenturiesIsExact) {
  EXPECT_EQ(schedule(Network()).activities().rows(), 0U);
  HourPlan plan;
  plan.activity("A", 24.0 * 36525), plan.activity("B", 24.0 * 36525);
  plan.link("A", "B");
  EXPECT_EQ(to_string(schedule(compile(plan.project())).finish()), "2170-01-02T00:00");
  plan.activity("C", 1e9);
  EXPECT_THROW((void)schedule(compile(plan.project())), InvalidInput);
}

TEST(Schedule, TablesHoldOneRowPerActivityAndLink) {
  HourPlan plan;
  plan.activity("A", 10), plan.activity("B", 5);
  plan.link("A", "B", LinkType::StartToStart, 3);
  auto const dates = schedule(compile(plan.project()));
  EXPECT_EQ(dates.activities().rows(), 2U);
  auto const links = dates.links();
  EXPECT_EQ(links.text(0, 0), "A");
  EXPECT_EQ(links.text(0, 2), "SS");
  EXPECT_EQ(links.text(0, 4), "true");
}

}  // namespace
}  // namespace rapport
