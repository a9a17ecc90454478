// When the cost of work counts that does not lie evenly over its time.

#include "rapport/impact/plan_cost.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

#include "impact/priced_plan.h"

namespace rapport::test::resource_curve {
namespace {

PlanCost priced(Facts const& facts) {
  Project const project = made(facts);
  return cost_plan(project, schedule(compile(project)));
}

Money after(PlanCost const& cost, char const* when) { return cost.until(parse_instant(when)); }
Money euros(double amount) { return Money::of(amount, eur); }

/// A, 40 h from Monday 4 to Friday 8 January, with 40 h of work at 10 EUR.
Facts week_of_work(std::vector<double> curve) {
  auto facts = diamond();
  facts.resources = {person("R", 10)};
  facts.assignments = {assigned("A", "R", 40)};
  facts.assignments[0].curve = std::move(curve);
  return facts;
}

TEST(ResourceCurve, SaysWhenAndNeverHowMuch) {
  auto const cost = priced(week_of_work({1, 3}));
  EXPECT_EQ(cost.total(), euros(400));
  EXPECT_EQ(after(cost, "2027-01-04T08:00"), euros(0));
  EXPECT_EQ(after(cost, "2027-01-05T08:00"), euros(40)) << "8 of the 20 h that hold a quarter";
  EXPECT_EQ(after(cost, "2027-01-06T12:00"), euros(100));
  EXPECT_EQ(after(cost, "2027-01-07T08:00"), euros(160));
  EXPECT_EQ(after(cost, "2027-01-08T17:00"), euros(400));
  auto const days = cost.curve(CostStep::Daily);
  auto const& amounts = std::get<std::vector<std::int64_t>>(days.column("amount").values);
  EXPECT_EQ((std::vector<std::int64_t>(amounts.begin(), amounts.begin() + 5)),
            (std::vector<std::int64_t>{4000, 4000, 8000, 12000, 12000}));
}

TEST(ResourceCurve, OfThingsThatCountAtOnceChangesNothing) {
  auto facts = week_of_work({1, 3});
  facts.resources[0].accrual = Accrual::End;
  EXPECT_EQ(after(priced(facts), "2027-01-08T16:00"), euros(0));
  facts.resources[0].accrual = Accrual::Start;
  EXPECT_EQ(after(priced(facts), "2027-01-04T09:00"), euros(400));
}

/// What is done took the first half of the curve, what is left takes the other.
TEST(ResourceCurve, GoesOnWhereWorkUnderWayHasComeTo) {
  auto facts = week_of_work({1, 3, 1, 1});
  facts.activities[0].progress.actual_start = parse_instant("2027-01-04T08:00");
  facts.activities[0].progress.remaining = hours(20);
  facts.subprojects.front().data_date = parse_instant("2027-01-06T12:00");
  auto const cost = priced(facts);
  EXPECT_EQ(cost.spent(), euros(200));
  EXPECT_EQ(after(cost, "2027-01-05T10:00"), euros(50))
      << "a quarter of what the done half of the curve holds";
  EXPECT_EQ(after(cost, "2027-01-06T12:00"), euros(200));
  EXPECT_EQ(after(cost, "2027-01-07T15:00"), euros(300));
}

/// Hour by hour: each takes its share of the part of the curve in which it lies.
TEST(ResourceCurve, EqualsTheSumOfItsHours) {
  std::mt19937 random(7);
  auto const pick = [&](int low, int high) { return std::uniform_int_distribution(low, high)(random); };
  for (int turn = 0; turn < 50; ++turn) {
    std::vector<double> curve(
        std::vector<std::size_t>{1, 2, 4, 5, 8, 10, 20}[static_cast<std::size_t>(pick(0, 6))]);
    for (auto& part : curve) part = pick(0, 9);
    curve[static_cast<std::size_t>(pick(0, static_cast<int>(curve.size()) - 1))] = 10;
    auto const cost = priced(week_of_work(curve));
    double const whole = std::accumulate(curve.begin(), curve.end(), 0.0);
    double sum = 0;
    int hour = 0;
    for (Instant now = parse_instant("2027-01-04T08:00"); now < parse_instant("2027-01-08T17:00");
         now = now + Elapsed{3600}) {
      if (!worked_hour(now)) continue;
      sum += curve[static_cast<std::size_t>(hour++) * curve.size() / 40] / whole * 40'000 *
             static_cast<double>(curve.size()) / 40;
      EXPECT_NEAR(static_cast<double>(cost.until(now + Elapsed{3600}).minor), sum, 0.51) << to_string(now);
    }
    EXPECT_EQ(hour, 40);
  }
}

}  // namespace
}  // namespace rapport::test::resource_curve
