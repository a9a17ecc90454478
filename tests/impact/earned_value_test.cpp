#include "rapport/impact/earned_value.h"

#include <gtest/gtest.h>

#include <vector>

#include "rapport/base/error.h"

namespace rapport::test {
namespace {

Currency const usd("USD");
Money dollars(double amount) { return Money::of(amount, usd); }

std::vector<Money> cumulative(std::vector<double> const& amounts) {
  std::vector<Money> all;
  for (double const amount : amounts) all.push_back(dollars(amount));
  return all;
}

TEST(EarnedValue, ReproducesThePraVignette) {
  // R package PRA, vignette evm: BAC 100000, 40 % planned, 35 % done, 36000 spent.
  auto const p = performance({dollars(40000), dollars(35000), dollars(36000), dollars(100000)});
  EXPECT_EQ(p.schedule_variance, dollars(-5000));
  EXPECT_EQ(p.cost_variance, dollars(-1000));
  EXPECT_NEAR(*p.schedule_index, 0.875, 1e-9);
  EXPECT_NEAR(*p.cost_index, 0.9722222, 1e-6);
}

TEST(EarnedValue, ReproducesTheGrayAndLarsonExercise) {
  // BAC 248, PV 158, EV 148, AC 210 at the end of period 12.
  EarnedValue const at12{dollars(158), dollars(148), dollars(210), dollars(248)};
  auto const p = performance(at12);
  EXPECT_EQ(p.cost_variance, dollars(-62));
  EXPECT_EQ(p.schedule_variance, dollars(-10));
  EXPECT_NEAR(*p.cost_index, 0.7047, 0.005);
  EXPECT_NEAR(*p.schedule_index, 0.94, 0.005);
  EXPECT_NEAR(*p.complete, 0.6, 0.005);
  EXPECT_NEAR(p.estimate_at_completion->in_major(), 352, 0.5);
  EXPECT_NEAR(p.variance_at_completion->in_major(), -104, 0.5);
  EXPECT_EQ(performance(at12, Outlook::AsBudgeted).estimate_at_completion, dollars(310));
  EXPECT_NEAR(performance(at12, Outlook::CostAndSchedule).estimate_at_completion->in_major(), 361.4792,
              0.005);
  EXPECT_NEAR(*p.index_to_budget, 100.0 / 38, 1e-9);
}

TEST(EarnedValue, ReproducesTheHourlyExample) {
  // 100 hours planned at 100 a day, 110 spent, 10 to go, complete by cost: 110/120.
  auto const p = performance({dollars(10000), dollars(9166.67), dollars(11000), dollars(10000)});
  EXPECT_NEAR(p.estimate_at_completion->in_major(), 12000, 0.01);
  EXPECT_NEAR(p.variance_at_completion->in_major(), -2000, 0.01);
}

TEST(EarnedValue, LeavesOutWhatNothingCanBeDividedBy) {
  auto const p = performance({dollars(0), dollars(0), dollars(0), dollars(100)});
  EXPECT_FALSE(p.cost_index);
  EXPECT_FALSE(p.schedule_index);
  EXPECT_FALSE(p.estimate_at_completion);
  EXPECT_EQ(performance({dollars(0), dollars(0), dollars(0), dollars(100)}, Outlook::AsBudgeted)
                .estimate_at_completion,
            dollars(100));
  EXPECT_THROW((void)performance({dollars(0), dollars(-1), dollars(0), dollars(100)}), InvalidInput);
}

TEST(EarnedSchedule, ReproducesPublishedCases) {
  auto const a = earned_schedule(cumulative({0, 20, 40, 60}), dollars(50), 3);
  EXPECT_NEAR(a.earned, 2.5, 1e-12);
  EXPECT_NEAR(a.variance, -0.5, 1e-12);
  EXPECT_NEAR(a.index, 0.8333333333, 5e-5);
  // 160000 a week, week 13, EV 1920000.
  std::vector<double> weekly;
  for (int week = 0; week <= 20; ++week) weekly.push_back(160000.0 * week);
  auto const b = earned_schedule(cumulative(weekly), dollars(1920000), 13);
  EXPECT_NEAR(b.earned, 12, 1e-12);
  EXPECT_NEAR(b.index, 0.9231, 5e-5);
}

TEST(EarnedSchedule, StaysLateAtALateEnd) {
  // Lipke's argument: the currency index returns to 1 although the work ended a period late.
  auto const end = earned_schedule(cumulative({0, 100, 200, 300}), dollars(300), 4);
  EXPECT_EQ(end.earned, 3);
  EXPECT_EQ(end.variance, -1);
  EXPECT_NEAR(end.index, 0.75, 1e-12);
  EXPECT_NEAR(end.estimate, 4, 1e-12);
}

TEST(EarnedSchedule, OnAFlatStretchTakesItsLatestPeriodWhileWorkIsDueAndItsFirstAtTheEnd) {
  EXPECT_EQ(earned_schedule(cumulative({0, 10, 10, 10, 30}), dollars(10), 2).earned, 3);
  EXPECT_EQ(earned_schedule(cumulative({0, 10, 30, 30, 30}), dollars(30), 3).earned, 2);
}

TEST(EarnedSchedule, RefusesAPlanThatFalls) {
  EXPECT_THROW((void)earned_schedule(cumulative({0, 10, 5}), dollars(1), 1), InvalidInput);
  EXPECT_THROW((void)earned_schedule(cumulative({0, 10}), dollars(1), 0), InvalidInput);
}

}  // namespace
}  // namespace rapport::test
