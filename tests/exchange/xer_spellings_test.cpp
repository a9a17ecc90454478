// How versions of P6 and other programs spell what an XER says.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "exchange/reading.h"
#include "exchange/stored_values.h"

namespace rapport {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// Two activities of a project whose data date is that one, and a link with these fields.
std::string plan_with(std::string const& data_date, std::string const& link = "PR_FS\t0",
                      std::string const& float_type = "FT_FF", std::string const& name = "plan") {
  return "ERMHDR\t8\n"
         "%T\tPROJECT\n%F\tproj_id\tproj_short_name\tlast_recalc_date\tplan_start_date\n%R\t1\tP\t" +
         data_date +
         "\t2023-10-02 08:00\n"
         "%T\tSCHEDOPTIONS\n%F\tschedoptions_id\tproj_id\tsched_float_type\n%R\t1\t1\t" +
         float_type +
         "\n%T\tTASK\n%F\ttask_id\tproj_id\ttask_code\ttask_name\ttask_type\ttarget_drtn_hr_cnt\t"
         "remain_drtn_hr_cnt\n"
         "%R\t11\t1\tA\t" +
         name +
         "\tTT_Task\t40\t40\n%R\t12\t1\tB\tb\tTT_Task\t40\t40\n"
         "%T\tTASKPRED\n%F\ttask_pred_id\ttask_id\tpred_task_id\tpred_type\tlag_hr_cnt\n%R\t1\t12\t11\t" +
         link + "\n%E\n";
}
ReadResult read(std::string const& bytes) { return read_xer(bytes, "plan.xer"); }

TEST(XerDate, IsTheDayThatTheCalendarSays) {
  auto const two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  for (unsigned const year : {1400U, 1899U, 1900U, 1969U, 1970U, 1971U, 2000U, 2023U, 2024U, 2100U, 2128U,
                              2129U, 2130U, 2131U, 9999U})
    for (unsigned month = 0; month <= 13; ++month)
      for (unsigned day = 0; day <= 33; ++day) {
        std::string const spelt = std::to_string(year) + "-" + two(month) + "-" + two(day) + " 07:30";
        std::chrono::year_month_day const date{std::chrono::year(static_cast<int>(year)),
                                               std::chrono::month(month), std::chrono::day(day)};
        auto const read = stored_instant(spelt);
        ASSERT_EQ(read.has_value(), date.ok()) << spelt;
        if (!read) continue;
        std::chrono::sys_seconds const expected =
            std::chrono::sys_days(date) + std::chrono::hours(7) + std::chrono::minutes(30);
        ASSERT_EQ(read->seconds, expected.time_since_epoch().count()) << spelt;
      }
}

TEST(XerDate, MayHaveMonthsOfOneDigitOrADotInItsTime) {
  for (auto const* const spelt : {"2024-01-08 08:00", "2024-1-08 08:00", "2024-1-8 8:00", "2024-01-08 08.00",
                                  "2024-01-08 08:00:00", "2024-1-8 08.00.00", "2024-01-08T08:00"}) {
    auto const result = read(plan_with(spelt));
    EXPECT_EQ(result.facts.subprojects[0].data_date, parse_instant("2024-01-08T08:00")) << spelt;
  }
  EXPECT_EQ(read(plan_with("2024-1-8")).facts.subprojects[0].data_date, parse_instant("2024-01-08T00:00"));
}

// A plan without its data date would be scheduled from another day, which is worse than not at all.
TEST(XerDate, OfAProjectThatIsNoneIsRefusedByName) {
  for (auto const* const spelt :
       {"8 Jan 2024", "2024-13-08 08:00", "2024-01-32 08:00", "2024-01-08 24:00", "2024-01-08 08",
        "2024-01-08 08:00:00:00", "24-01-08 08:00", "2024--1-08"}) {
    auto const why = refusal([&] { return read(plan_with(spelt)); });
    EXPECT_THAT(why, HasSubstr("project P: its data date")) << spelt;
    EXPECT_THAT(why, HasSubstr(spelt));
    EXPECT_THAT(why, HasSubstr("plan.xer:4"));
  }
}

TEST(XerLink, MayNumberItsType) {
  auto const result = read(plan_with("2024-01-08 08:00", "PR_FF2\t8"));
  EXPECT_EQ(result.facts.links.at(0).type, LinkType::FinishToFinish);
  EXPECT_THAT(said(result), Not(HasSubstr("pred_type")));
  EXPECT_THAT(said(read(plan_with("2024-01-08 08:00", "XX_FS\t0"))), HasSubstr("\"XX_FS\" is not known"));
}

TEST(XerFloatType, IsSpeltAsPrimaveraDoes) {
  std::pair<char const*, FloatBy> const all[] = {
      {"FT_FF", FloatBy::Finish}, {"FT_SS", FloatBy::Start}, {"FT_Min", FloatBy::Smallest}};
  for (auto const& [spelt, by] : all) {
    auto const result = read(plan_with("2024-01-08 08:00", "PR_FS\t0", spelt));
    EXPECT_EQ(result.facts.subprojects[0].rules.total_float, by) << spelt;
    EXPECT_THAT(said(result), Not(HasSubstr("sched_float_type")));
  }
}

// P6 schedules projects that are open together by the options of one.
TEST(XerOptions, ThatDifferBetweenProjectsAreListed) {
  auto const two = [](std::string const& options) {
    return said(
        read("ERMHDR\t8\n%T\tPROJECT\n%F\tproj_id\tproj_short_name\tplan_start_date\n"
             "%R\t1\tP\t2024-01-08 08:00\n%R\t2\tQ\t2024-01-08 08:00\n"
             "%T\tSCHEDOPTIONS\n%F\tschedoptions_id\tproj_id\tsched_retained_logic\t"
             "sched_progress_override\n%R\t1\t1\tY\tN\n" +
             options +
             "%T\tTASK\n%F\ttask_id\tproj_id\ttask_code\ttarget_drtn_hr_cnt\n"
             "%R\t11\t1\tA\t8\n%R\t12\t1\tB\t8\n%R\t13\t2\tC\t8\n%E\n"));
  };
  EXPECT_THAT(two("%R\t2\t2\tN\tY\n"),
              HasSubstr("project Q: a project has other scheduling options than project P"));
  EXPECT_THAT(two("%R\t2\t2\tY\tN\n"), Not(HasSubstr("other scheduling options")));
  EXPECT_THAT(two(""), Not(HasSubstr("other scheduling options"))) << "it says nothing of its own";
}

// Greek and Arabic in their own code pages would read as Cyrillic words with capitals inside.
TEST(XerCodePage, WordsWithCapitalsInsideAreNotCyrillic) {
  std::string const greek = "\xCA\xE1\xF4\xE1\xF3\xEA\xE5\xF5\xDE \xE8\xE5\xEC\xE5\xEB\xDF\xF9\xED";
  std::string const arabic = "\xE3\xCE\xD8\xD8 \xC7\xE1\xE3\xD4\xD1\xE6\xDA \xC7\xE1\xC3\xD3\xC7\xD3\xED";
  std::string const russian =
      "\xD3\xF1\xF2\xF0\xEE\xE9\xF1\xF2\xE2\xEE \xF4\xF3\xED\xE4\xE0\xEC\xE5\xED\xF2\xE0";
  auto const said_of = [](std::string const& name) {
    return said(read(plan_with("2024-01-08 08:00", "PR_FS\t0", "FT_FF", name)));
  };
  EXPECT_THAT(said_of(russian), HasSubstr("windows-1251"));
  for (auto const& name : {greek, arabic}) {
    EXPECT_THAT(said_of(name), Not(HasSubstr("windows-1251")));
    EXPECT_THAT(said_of(name), HasSubstr("nothing in the file tells the code page"));
  }
  EXPECT_THAT(said_of("plan"), Not(HasSubstr("code page")));
}

}  // namespace
}  // namespace rapport
