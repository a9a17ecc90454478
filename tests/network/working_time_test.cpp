#include "rapport/network/working_time.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

#include "rapport/base/error.h"
#include "support/minute_walk.h"

namespace rapport {
namespace {

constexpr std::int32_t h = 3600;

Calendar office() {
  auto calendar = five_day_calendar("office", {{8 * h, 12 * h}, {13 * h, 17 * h}});
  calendar.exceptions.push_back({Date::of(2027, 3, 1), Date::of(2027, 3, 5), {}, "holidays"});
  calendar.exceptions.push_back(
      {Date::of(2027, 3, 3), Date::of(2027, 3, 3), {{9 * h, 10 * h}}, "stocktaking"});
  return calendar;
}

/// Two shifts, the second over midnight, a short Friday, and a Saturday in one month only.
Calendar plant() {
  Calendar calendar;
  calendar.key = "plant";
  for (std::size_t day = 0; day < 4; ++day) calendar.week[day] = DayShifts{{0, 2 * h}, {6 * h, 24 * h}};
  calendar.week[4] = DayShifts{{0, 2 * h}, {6 * h, 11 * h + 1800}};
  WorkWeek rush{Date::of(2027, 4, 1), Date::of(2027, 4, 30), {}, "rush"};
  rush.week[5] = DayShifts{{7 * h, 13 * h}};
  calendar.work_weeks.push_back(rush);
  return calendar;
}

/// Inherits all but Mondays.
Calendar crew() {
  Calendar calendar;
  calendar.key = "crew";
  calendar.base = "plant";
  calendar.week[0] = DayShifts{{10 * h, 14 * h}};
  return calendar;
}

/// Inherits holidays, and has a week of its own while they last.
Calendar hurried() {
  Calendar calendar;
  calendar.key = "hurried";
  calendar.base = "office";
  WorkWeek week{Date::of(2027, 3, 1), Date::of(2027, 3, 12), {}, "two hours more"};
  for (std::size_t day = 0; day < 5; ++day) week.week[day] = DayShifts{{7 * h, 12 * h}, {13 * h, 18 * h}};
  calendar.work_weeks.push_back(week);
  return calendar;
}

class AgainstTheMinuteWalk : public testing::TestWithParam<std::vector<Calendar>> {};

TEST_P(AgainstTheMinuteWalk, EveryQuestionHasTheSameAnswer) {
  WorkingTime const fast(GetParam());
  support::MinuteWalk const slow(GetParam());
  std::mt19937 random(7);
  // Some of these days lie outside the tables, which hold the exceptions only.
  std::int64_t const begin = at(Date::of(2027, 2, 10)).seconds / 60;
  auto const minute = [](Instant t) { return t.seconds / 60; };
  for (int k = 0; k < 400; ++k) {
    auto const t = begin + static_cast<std::int64_t>(random() % (100 * 1440));
    auto const work = static_cast<std::int64_t>(random() % 8000) - 4000;
    Instant const from{t * 60};
    EXPECT_EQ(minute(fast.add(from, minutes(work))), slow.add(t, work)) << to_string(from) << " " << work;
    EXPECT_EQ(minute(fast.next_working(from)), slow.next(t)) << to_string(from);
    EXPECT_EQ(minute(fast.previous_working(from)), slow.previous(t)) << to_string(from);
    EXPECT_EQ(fast.between(from, {(t + work) * 60}).in_minutes(), slow.between(t, t + work))
        << to_string(from);
  }
}

INSTANTIATE_TEST_SUITE_P(WorkingTime, AgainstTheMinuteWalk,
                         testing::Values(std::vector{office()}, std::vector{plant()},
                                         std::vector{crew(), plant()}, std::vector{hurried(), office()},
                                         std::vector{round_the_clock_calendar("always")}));

/// A week of random shifts, whole multiples of `grain` seconds, with holidays and days of extra work.
Calendar random_calendar(std::mt19937& random, std::int32_t grain) {
  auto const day = [&] {
    std::vector<std::int32_t> edges(random() % 5 * 2);
    for (auto& edge : edges)
      edge = static_cast<std::int32_t>(random() % static_cast<unsigned>(86400 / grain + 1)) * grain;
    std::sort(edges.begin(), edges.end());
    DayShifts shifts;
    for (std::size_t k = 0; k + 1 < edges.size(); k += 2)
      if (edges[k] < edges[k + 1]) shifts.push_back({edges[k], edges[k + 1]});
    return shifts;
  };
  Calendar calendar;
  calendar.key = "random";
  for (auto& own : calendar.week) own = day();
  calendar.week[2] = DayShifts{{8 * h, 8 * h + grain}};  // so that it works at all
  for (int k = 0; k < 12; ++k) {
    Date const first = Date::of(2027, 1, 20) + static_cast<int>(random() % 120);
    calendar.exceptions.push_back({first, first + static_cast<int>(random() % 4), day(), "other"});
  }
  return calendar;
}

TEST(WorkingTime, OfRandomShiftsIsThatOfTheMinuteWalk) {
  std::mt19937 random(11);
  auto const minute = [](Instant t) { return t.seconds / 60; };
  for (int round = 0; round < 60; ++round) {
    std::array const grains{60, 300, 900, 1800, 3600, 7200, 14400, 43200};
    std::vector const chain{random_calendar(random, grains[static_cast<std::size_t>(round) % grains.size()])};
    WorkingTime const fast(chain);
    support::MinuteWalk const slow(chain);
    for (int k = 0; k < 60; ++k) {
      auto const t =
          at(Date::of(2027, 2, 10)).seconds / 60 + static_cast<std::int64_t>(random() % (100 * 1440));
      auto const work = static_cast<std::int64_t>(random() % 3000) - 1500;
      Instant const from{t * 60};
      ASSERT_EQ(minute(fast.add(from, minutes(work))), slow.add(t, work)) << round << to_string(from) << work;
      ASSERT_EQ(minute(fast.next_working(from)), slow.next(t)) << round << to_string(from);
      ASSERT_EQ(minute(fast.previous_working(from)), slow.previous(t)) << round << to_string(from);
      ASSERT_EQ(fast.between(from, {(t + work) * 60}).in_minutes(), slow.between(t, t + work)) << round;
    }
  }
}

/// A day of extra work in a century far away makes the tables too long for the quick ones.
TEST(WorkingTime, AnswersTheSameWithAndWithoutItsQuickTables) {
  std::mt19937 random(12);
  for (int round = 0; round < 40; ++round) {
    auto calendar = random_calendar(random, round % 2 == 0 ? 1800 : 17);
    WorkingTime const quick(std::span(&calendar, 1));
    calendar.exceptions.push_back({Date::of(2150, 6, 1), Date::of(2150, 6, 1), {{0, 24 * h}}, "far"});
    WorkingTime const slow(std::span(&calendar, 1));
    std::int64_t const first = at(Date::of(2026, 12, 1)).seconds;
    for (int k = 0; k < 100; ++k) {
      Instant const from{first + static_cast<std::int64_t>(random() % (400 * 86400))};
      Work const work{static_cast<std::int64_t>(random() % 2000000) - 1000000};
      ASSERT_EQ(quick.add(from, work), slow.add(from, work)) << round << to_string(from) << work.seconds;
      ASSERT_EQ(quick.next_working(from), slow.next_working(from)) << round << to_string(from);
      ASSERT_EQ(quick.previous_working(from), slow.previous_working(from)) << round << to_string(from);
      ASSERT_EQ(quick.between(from, from + Elapsed{work.seconds}),
                slow.between(from, from + Elapsed{work.seconds}));
    }
  }
}

TEST(WorkingTime, EndsWhereWorkEndsAndNotWhereItGoesOn) {
  std::vector const chain{office()};
  WorkingTime const calendar(chain);
  Instant const friday = parse_instant("2027-02-26T08:00");
  EXPECT_EQ(to_string(calendar.add(friday, hours(8))), "2027-02-26T17:00");
  EXPECT_EQ(to_string(calendar.next_working(calendar.add(friday, hours(8)))), "2027-03-03T09:00");
  EXPECT_EQ(calendar.add(friday, Work{}), friday);
}

TEST(WorkingTime, OfTaskAndResourceIsWhatBothWork) {
  std::vector const task{office()}, resource{plant()};
  WorkingTime const both(task, resource);
  EXPECT_EQ(to_string(both.add(parse_instant("2027-02-26T08:00"), hours(5))), "2027-03-08T08:30");
}

// As MPXJ finds it in Project's calendars: a holiday is one, whatever week somebody works around it.
TEST(WorkingTime, AHolidayOfTheBaseWinsOverAnOwnWorkWeek) {
  WorkingTime const time(std::vector{hurried(), office()});
  auto const from = parse_instant("2027-02-26T16:00");  // the Friday before the holidays
  EXPECT_EQ(to_string(time.add(from, hours(2))), "2027-03-03T10:00")
      << "an hour, and that of the stocktaking";
  EXPECT_EQ(to_string(time.add(from, hours(3))), "2027-03-08T08:00") << "and one of the longer week";
}

TEST(WorkingTime, LastsForCenturies) {
  std::vector const chain{office()};
  WorkingTime const calendar(chain);
  Instant const from = parse_instant("2027-06-07T08:00");
  EXPECT_EQ(to_string(calendar.add(from, hours(40.0 * 52 * 400))), "2426-01-23T17:00");
  EXPECT_EQ(calendar.between(from, calendar.add(from, hours(40.0 * 52 * 400))), hours(40.0 * 52 * 400));
}

TEST(WorkingTime, RefusesByNameWhatNoCalendarCanHold) {
  std::vector const chain{office()};
  WorkingTime const calendar(chain);
  try {
    (void)calendar.add(parse_instant("2027-01-01"), hours(1e10));
    FAIL() << "accepted";
  } catch (InvalidInput const& error) {
    EXPECT_NE(std::string(error.what()).find("calendar office"), std::string::npos) << error.what();
  }
}

TEST(WorkingTime, RefusesACalendarThatNeverWorks) {
  Calendar never;
  never.key = "never";
  std::vector const chain{never};
  EXPECT_THROW(WorkingTime{chain}, InvalidInput);
}

TEST(WorkingTime, OnlyOnTheDaysOfItsExceptionsIsRefusedBeyondThem) {
  Calendar once;
  once.key = "once";
  once.exceptions.push_back({Date::of(2027, 5, 3), Date::of(2027, 5, 4), {{8 * h, 16 * h}}, "shutdown"});
  std::vector const chain{once};
  WorkingTime const calendar(chain);
  EXPECT_EQ(to_string(calendar.add(parse_instant("2027-01-01"), hours(16))), "2027-05-04T16:00");
  EXPECT_THROW((void)calendar.add(parse_instant("2027-01-01"), hours(17)), InvalidInput);
}

}  // namespace
}  // namespace rapport
