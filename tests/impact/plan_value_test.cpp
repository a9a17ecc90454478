#include "rapport/impact/plan_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "impact/priced_plan.h"
#include "support/deeper.h"

namespace rapport::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Money worth(double amount) { return Money::of(amount, eur); }

std::vector<std::int64_t> const& amounts(Table const& table, std::string_view column) {
  return std::get<std::vector<std::int64_t>>(table.column(column).values);
}
std::vector<double> const& figures(Table const& table, std::string_view column) {
  return std::get<std::vector<double>>(table.column(column).values);
}

/// One activity of 40h a week, each with an expense; Monday 4 January 2027 is the start.
Facts weekly(std::vector<double> const& expenses) {
  auto facts = diamond();
  facts.activities.clear();
  facts.links.clear();
  for (std::size_t i = 0; i < expenses.size(); ++i) {
    std::string const key = "W" + std::to_string(i + 1);
    auto activity = task(key, 40);
    activity.subproject = "P";
    facts.activities.push_back(activity);
    if (i > 0) facts.links.push_back(follows("W" + std::to_string(i), key));
    Expense expense;
    expense.key = "E-" + key;
    expense.activity = key;
    expense.amount = worth(expenses[i]);
    facts.expenses.push_back(expense);
    Instant const start = parse_instant("2027-01-04T08:00") + Elapsed{7 * 86400 * static_cast<int>(i)};
    RecordedDates kept;
    kept.key = key;
    kept.baseline = Baseline{start, start + Elapsed{4 * 86400 + 9 * 3600}, {}};
    facts.recorded_dates.push_back(kept);
  }
  return facts;
}

void finish(Facts& facts, std::size_t row, double spent) {
  auto const& planned = *facts.recorded_dates[row].baseline;
  facts.activities[row].progress.actual_start = planned.start;
  facts.activities[row].progress.actual_finish = planned.finish;
  facts.expenses[row].actual = worth(spent);
}

PlanValue valued(Facts const& facts, PlanValueOptions const& options = {}) {
  auto const project = made(facts);
  return value_plan(project, schedule(compile(project)), options);
}

TEST(PlanValue, ReproducesThePraVignetteFromAPlan) {
  // R package PRA, vignette evm: 10, 20, 40, 70, 100 % of 100000 planned, 35 % done after three periods for
  // 36000.
  auto facts = weekly({10000, 10000, 20000, 30000, 30000});
  finish(facts, 0, 9000);
  finish(facts, 1, 9000);
  auto& third = facts.activities[2].progress;
  third.actual_start = facts.recorded_dates[2].baseline->start;
  third.physical_percent = 75;
  third.remaining = hours(10);
  facts.expenses[2].actual = worth(18000);
  facts.subprojects.front().data_date = parse_instant("2027-01-22T17:00");
  auto const value = valued(facts);
  EXPECT_EQ(value.total().planned, worth(40000));
  EXPECT_EQ(value.total().earned, worth(35000));
  EXPECT_EQ(value.total().actual, worth(36000));
  EXPECT_EQ(value.total().budget_at_completion, worth(100000));
  EXPECT_EQ(value.performance()->schedule_variance, worth(-5000));
  EXPECT_EQ(value.performance()->cost_variance, worth(-1000));
  EXPECT_NEAR(*value.performance()->schedule_index, 0.875, 1e-9);
  EXPECT_NEAR(*value.performance()->cost_index, 0.9722222, 1e-6);
  // 35000 are due three quarters through the third week.
  EXPECT_NEAR(value.schedule()->earned, 2.75, 1e-12);
}

TEST(PlanValue, ReproducesAnEarnedScheduleCase) {
  // PV 20, 40, 60; EV 50 at the end of the third period: ES 2.5, SV(t) -0.5, SPI(t) 0.8333.
  auto facts = weekly({20, 20, 20});
  facts.recorded_dates[2].baseline->finish = parse_instant("2027-01-25T00:00");  // the whole period
  finish(facts, 0, 20);
  finish(facts, 1, 20);
  facts.activities[2].progress.actual_start = facts.recorded_dates[2].baseline->start;
  facts.activities[2].progress.physical_percent = 50;
  facts.activities[2].progress.remaining = hours(30);
  facts.subprojects.front().data_date = parse_instant("2027-01-25T00:00");
  auto const value = valued(facts);
  EXPECT_NEAR(value.schedule()->earned, 2.5, 5e-5);
  EXPECT_NEAR(value.schedule()->variance, -0.5, 5e-5);
  EXPECT_NEAR(value.schedule()->index, 0.8333333333, 5e-5);
  EXPECT_NEAR(value.schedule()->estimate, 3.6, 5e-5);
  EXPECT_EQ(to_string(*value.estimated_finish()), "2027-01-29");
  // Of the hours a quarter is done; until it is over, nothing or half counts.
  EXPECT_EQ(valued(facts, {.progress = ProgressBy::Duration}).total().earned, worth(45));
  EXPECT_EQ(valued(facts, {.progress = ProgressBy::ZeroHundred}).total().earned, worth(40));
  EXPECT_EQ(valued(facts, {.progress = ProgressBy::FiftyFifty}).total().earned, worth(50));
}

TEST(PlanValue, ThePlannedDurationEndsWithTheBaselineWhateverThePeriod) {
  // Two weeks of 10 each, from Monday 4 to Friday 15 January 17:00; on Monday 11th at midnight 5 are done.
  auto facts = weekly({10, 10});
  facts.activities[0].progress.actual_start = facts.recorded_dates[0].baseline->start;
  facts.activities[0].progress.physical_percent = 50;
  facts.activities[0].progress.remaining = hours(20);
  facts.subprojects.front().data_date = parse_instant("2027-01-11T00:00");
  // In months: the plan ends 14 days and 17 hours after 1 January, 353h; a quarter of its money is done, so
  // ES is 88.25h, at 240h. 353 * 240 / 88.25 = 960h: 40 days after 1 January.
  auto const monthly = valued(facts, {.step = CostStep::Monthly});
  EXPECT_NEAR(monthly.schedule()->earned * 744, 88.25, 1e-9);
  EXPECT_NEAR(monthly.schedule()->estimate, 960.0 / 744, 1e-4);
  // In weeks: it ends 11 days and 17 hours after 4 January, 281h; ES is 84h, half a week, at 168h.
  // 281 * 168 / 84 = 562h: 23 days and 10 hours after 4 January.
  auto const weeks = valued(facts, {.step = CostStep::Weekly});
  EXPECT_NEAR(weeks.schedule()->earned, 0.5, 1e-12);
  EXPECT_EQ(to_string(*weeks.estimated_finish()), "2027-01-27");
  // All that is planned, done on its last day: on time by any period.
  finish(facts, 0, 10);
  finish(facts, 1, 10);
  facts.subprojects.front().data_date = parse_instant("2027-01-15T17:00");
  for (auto const step : {CostStep::Daily, CostStep::Weekly, CostStep::Monthly}) {
    auto const value = valued(facts, {.step = step});
    EXPECT_NEAR(value.schedule()->index, 1, 1e-12);
    EXPECT_EQ(to_string(*value.estimated_finish()), "2027-01-15");
  }
}

TEST(PlanValue, TheCurveEndsAtTheTotals) {
  auto facts = weekly({20, 20, 20, 40});
  finish(facts, 0, 25);
  finish(facts, 1, 18);
  facts.subprojects.front().data_date = parse_instant("2027-01-20T08:00");
  auto const value = valued(facts);
  auto const curve = value.curve();
  ASSERT_EQ(curve.rows(), 4U);
  EXPECT_THAT(amounts(curve, "planned"), ElementsAre(2000, 4000, 6000, 10000));
  EXPECT_EQ(amounts(curve, "earned")[0], 2000);
  EXPECT_EQ(amounts(curve, "earned")[1], 4000);
  EXPECT_EQ(amounts(curve, "earned")[2], 4000);
  EXPECT_EQ(amounts(curve, "actual")[1], 4300);
  EXPECT_TRUE(curve.column("earned").is_null(3));
  EXPECT_NEAR(figures(curve, "cost_index")[0], 0.8, 1e-12);
  EXPECT_NEAR(figures(curve, "earned_schedule")[1], 2, 1e-12);
  // The third week, two of whose seven days are over at Wednesday 08:00, was begun by nobody.
  EXPECT_EQ(value.total().planned, worth(48));
  EXPECT_NEAR(figures(curve, "schedule_index_time")[2], 2 / (2 + (2 + 8.0 / 24) / 7), 1e-9);
  EXPECT_THAT(value.notes().front().message, HasSubstr("no history"));
}

TEST(PlanValue, WithoutABudgetThereIsNoSchedule) {
  auto const value = valued(diamond());
  EXPECT_FALSE(value.schedule());
  EXPECT_EQ(value.total().budget_at_completion.minor, 0);
  EXPECT_FALSE(value.performance()->complete);
}

class RandomValue : public testing::TestWithParam<unsigned> {};

TEST_P(RandomValue, AddsUpHoweverItIsGathered) {
  auto const project = made(priced_plan(GetParam()));
  auto const value = value_plan(project, schedule(compile(project)));
  EXPECT_EQ(value.total().actual, value.current().spent());
  EXPECT_EQ(value.total().budget_at_completion, *value.baseline().total());
  for (int by = 0; by < 6; ++by) {
    auto const table = value.by(static_cast<CostBy>(by), project);
    std::array<std::int64_t, 4> sums{};
    for (std::size_t row = 0; row < table.rows(); ++row) {
      if (!table.column("parent").is_null(row)) continue;
      sums[0] += amounts(table, "planned")[row];
      sums[1] += amounts(table, "earned")[row];
      sums[2] += amounts(table, "actual")[row];
      sums[3] += amounts(table, "budget")[row];
    }
    auto const total = value.total();
    EXPECT_THAT(sums, ElementsAre(total.planned.minor, total.earned.minor, total.actual.minor,
                                  total.budget_at_completion.minor))
        << table.name();
  }
}

INSTANTIATE_TEST_SUITE_P(Plans, RandomValue, testing::Range(1U, 1 + support::deeper(12)));

}  // namespace
}  // namespace rapport::test
