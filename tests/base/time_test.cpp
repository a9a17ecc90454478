#include "rapport/base/time.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "rapport/base/error.h"

namespace rapport {
namespace {

/// The standard library's calendar, which shares no code with ours.
std::chrono::year_month_day standard(Date date) {
  return std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(date.days)));
}

TEST(Date, AgreesWithTheStandardCalendarOnEveryDayOf1400To9999) {
  for (Date date{-208188}; date <= Date{2932896}; date = date + (date.days % 97 == 0 ? 1 : 13)) {
    auto const ymd = standard(date);
    int const year = static_cast<int>(ymd.year());
    auto const month = static_cast<int>(static_cast<unsigned>(ymd.month()));
    auto const day = static_cast<int>(static_cast<unsigned>(ymd.day()));
    ASSERT_EQ(Date::of(year, month, day), date);
    ASSERT_EQ(date.weekday(),
              static_cast<int>(std::chrono::weekday(std::chrono::sys_days(ymd)).iso_encoding()) - 1);
  }
}

TEST(Date, RefusesDaysThatDoNotExist) {
  EXPECT_THROW((void)Date::of(2027, 2, 29), InvalidInput);
  EXPECT_THROW((void)Date::of(2027, 13, 1), InvalidInput);
  EXPECT_THROW((void)Date::of(2027, 0, 1), InvalidInput);
  EXPECT_THROW((void)Date::of(1399, 12, 31), InvalidInput);
  EXPECT_THROW((void)Date::of(10000, 1, 1), InvalidInput);
  EXPECT_THROW((void)Date::of(2027 + 65536, 1, 1), InvalidInput);
  EXPECT_THROW((void)Date::of(2027, 1 + 65536, 1), InvalidInput);
  EXPECT_NO_THROW((void)Date::of(2028, 2, 29));
}

TEST(Instant, SplitsIntoDayAndSecondAlsoBefore1970) {
  std::mt19937_64 random(1);
  std::uniform_int_distribution<std::int64_t> seconds(-17'000'000'000, 250'000'000'000);
  for (int i = 0; i < 20'000; ++i) {
    Instant const instant{seconds(random)};
    auto const days = std::chrono::floor<std::chrono::days>(std::chrono::seconds(instant.seconds));
    ASSERT_EQ(instant.date().days, days.count());
    ASSERT_EQ(instant.second_of_day(), (std::chrono::seconds(instant.seconds) - days).count());
    ASSERT_EQ(at(instant.date(), instant.second_of_day()), instant);
  }
}

TEST(Instant, IsReadAndWrittenInIso8601) {
  EXPECT_EQ(to_string(at(Date::of(2027, 3, 2), 17 * 3600)), "2027-03-02T17:00");
  EXPECT_EQ(to_string(at(Date::of(1969, 12, 31), 86399)), "1969-12-31T23:59:59");
  EXPECT_EQ(parse_instant("2027-03-02"), at(Date::of(2027, 3, 2)));
  EXPECT_EQ(parse_instant("2027-03-02 17:00:30"), at(Date::of(2027, 3, 2), 17 * 3600 + 30));
  EXPECT_EQ(parse_instant("2027-03-02T24:00"), at(Date::of(2027, 3, 3)));
  std::mt19937_64 random(2);
  std::uniform_int_distribution<std::int64_t> seconds(-17'000'000'000, 250'000'000'000);
  for (int i = 0; i < 5'000; ++i) {
    Instant const instant{seconds(random)};
    ASSERT_EQ(parse_instant(to_string(instant)), instant);
  }
}

TEST(Instant, RefusesWhatIsNoProjectTime) {
  for (char const* const text :
       {"", "2027", "2027-3-2", "2027-02-30", "2027-03-02T", "2027-03-02T17", "2027-03-02T17:60",
        "2027-03-02T25:00", "2027-03-02T24:01", "2027-03-02T17:00Z", "2027-03-02T17:00+08:00",
        "2027-03-02x17:00", "2027-03-02T17:00:5", "0000-01-01", "2027-03-02T17:00:00.5"})
    EXPECT_THROW((void)parse_instant(text), ParseError) << text;
}

TEST(Work, IsReadAndWrittenInHoursMinutesAndSeconds) {
  EXPECT_EQ(to_string(hours(96)), "96h");
  EXPECT_EQ(to_string(minutes(-45)), "-45m");
  EXPECT_EQ(to_string(Work{}), "0h");
  EXPECT_EQ(to_string(Work{3661}), "1h1m1s");
  EXPECT_EQ(parse_work("1.5h"), minutes(90));
  EXPECT_EQ(parse_work("+2h"), hours(2));
  EXPECT_EQ(parse_work("-1h30m"), minutes(-90));
  std::mt19937_64 random(3);
  std::uniform_int_distribution<std::int64_t> seconds(-10'000'000'000, 10'000'000'000);
  for (int i = 0; i < 5'000; ++i) {
    Work const work{seconds(random)};
    ASSERT_EQ(parse_work(to_string(work)), work);
  }
}

TEST(Work, IsNotReadInDaysBecauseOnlyACalendarKnowsThem) {
  try {
    (void)parse_work("2d");
    FAIL();
  } catch (ParseError const& error) {
    EXPECT_NE(std::string(error.what()).find("only a calendar knows"), std::string::npos);
  }
  for (char const* const text : {"", "h", "8", "8x", "1m1h", "1h1h", "--1h", "1e3h", "nanh", "infh",
                                 "99999999999999999h", "1h ", " 1h", "1h-3m"})
    EXPECT_THROW((void)parse_work(text), ParseError) << text;
}

TEST(Hours, AreRoundedToTheSecondHalfAwayFromZero) {
  EXPECT_EQ(hours(0.5 / 3600).seconds, 1);
  EXPECT_EQ(hours(-0.5 / 3600).seconds, -1);
  EXPECT_EQ(hours(1.0 / 3).seconds, 1200);
}

}  // namespace
}  // namespace rapport
