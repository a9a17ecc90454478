// Random plans: the passes must agree with the slow, obvious oracle to the minute.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "rapport/schedule/schedule.h"
#include "support/minute_walk.h"

namespace rapport {
namespace {

Facts random_plan(std::uint32_t seed) {
  std::mt19937 random(seed);
  auto const below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random()) % n; };
  Facts facts;
  facts.calendars = {five_day_calendar("office", {{8 * 3600, 12 * 3600}, {13 * 3600, 17 * 3600}}),
                     five_day_calendar("late", {{10 * 3600, 20 * 3600}}), round_the_clock_calendar("clock")};
  facts.calendars[0].exceptions.push_back({Date::of(2027, 1, 13), Date::of(2027, 1, 14), {}, "holiday"});
  char const* const calendars[] = {"office", "late", "clock"};
  Subproject plan;
  plan.key = "plan";
  plan.data_date = parse_instant("2027-01-04") + Elapsed{static_cast<std::int64_t>(below(1440)) * 60};
  plan.calendar = "office";
  facts.subprojects.push_back(plan);
  std::uint32_t const n = 3 + below(10);
  for (std::uint32_t i = 0; i < n; ++i) {
    Activity& activity = facts.activities.emplace_back();
    activity.key = "A" + std::to_string(i);
    activity.subproject = "plan";
    activity.calendar = calendars[below(3)];
    activity.duration = minutes(30 * (1 + below(40)));
    Instant const day = *plan.data_date + Elapsed{static_cast<std::int64_t>(below(8 * 1440)) * 60};
    if (below(6) == 0) activity.constraint = {ConstraintKind::StartNoEarlierThan, day};
    if (below(8) == 0) activity.constraint = {ConstraintKind::FinishNoLaterThan, day};
    for (std::uint32_t p = 0; p < i; ++p) {
      if (below(4) != 0) continue;
      Link& link = facts.links.emplace_back();
      link.predecessor = "A" + std::to_string(p), link.successor = activity.key;
      link.type = static_cast<LinkType>(below(4));
      if (below(2) == 0) link.lag.seconds = (static_cast<std::int64_t>(below(60)) - 20) * 1800;
      if (below(5) == 0) link.lag.kind = LagKind::Elapsed;
    }
  }
  std::shuffle(facts.activities.begin(), facts.activities.end(), random);
  std::shuffle(facts.links.begin(), facts.links.end(), random);
  complete_keys(facts);
  return facts;
}

TEST(RandomPlans, AgreeWithGoingRoundUntilNothingChanges) {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    auto const facts = random_plan(seed);
    for (auto const lag_calendar :
         {LagCalendar::Predecessor, LagCalendar::Successor, LagCalendar::RoundTheClock}) {
      Rules rules = Rules::primavera();
      rules.lag_calendar = lag_calendar;
      auto const fast = schedule(compile(Project(facts)), rules);
      auto const slow = support::slow_schedule(facts, lag_calendar);
      for (std::size_t i = 0; i < facts.activities.size(); ++i) {
        auto const got = fast.dates(facts.activities[i].key);
        auto const where = "seed " + std::to_string(seed) + ", " + facts.activities[i].key;
        ASSERT_EQ(to_string(got.early_start), to_string(Instant{slow.early_start[i] * 60})) << where;
        ASSERT_EQ(to_string(got.early_finish), to_string(Instant{slow.early_finish[i] * 60})) << where;
        ASSERT_EQ(to_string(got.late_start), to_string(Instant{slow.late_start[i] * 60})) << where;
        ASSERT_EQ(to_string(got.late_finish), to_string(Instant{slow.late_finish[i] * 60})) << where;
        ASSERT_EQ(got.total_float.in_minutes(), slow.total_float[i]) << where;
        ASSERT_EQ(got.free_float.in_minutes(), slow.free_float[i]) << where;
      }
    }
  }
}

}  // namespace
}  // namespace rapport
