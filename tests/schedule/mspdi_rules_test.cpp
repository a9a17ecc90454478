// Small files as Microsoft Project writes them, and the dates it gives them, which can be checked by hand.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exchange/reading.h"
#include "rapport/schedule/schedule.h"

namespace rapport::mspdi_rules {
namespace {

using testing::HasSubstr;

std::string const week =
    "<WeekDay><DayType>1</DayType><DayWorking>0</DayWorking></WeekDay>"
    "<WeekDay><DayType>2</DayType><DayWorking>1</DayWorking></WeekDay>"
    "<WeekDay><DayType>3</DayType><DayWorking>1</DayWorking></WeekDay>"
    "<WeekDay><DayType>4</DayType><DayWorking>1</DayWorking></WeekDay>"
    "<WeekDay><DayType>5</DayType><DayWorking>1</DayWorking></WeekDay>"
    "<WeekDay><DayType>6</DayType><DayWorking>1</DayWorking></WeekDay>"
    "<WeekDay><DayType>7</DayType><DayWorking>0</DayWorking></WeekDay>";

struct TaskText {
  int uid, hours, level = 1;
  std::string more{};

  [[nodiscard]] std::string xml() const {
    return "<Task><UID>" + std::to_string(uid) + "</UID><Name>task</Name><OutlineLevel>" +
           std::to_string(level) + "</OutlineLevel><OutlineNumber>" + std::to_string(uid) +
           "</OutlineNumber><Duration>PT" + std::to_string(hours) + "H0M0S</Duration>" + more + "</Task>";
  }
};

std::string after(int predecessor) {
  return "<PredecessorLink><PredecessorUID>" + std::to_string(predecessor) +
         "</PredecessorUID><Type>1</Type></PredecessorLink>";
}
std::string from_to(std::string const& start, std::string const& finish) {
  return "<Start>" + start + "</Start><Finish>" + finish + "</Finish>";
}

/// A project that starts on Monday, 1 January 2024, 08:00.
ReadResult read_plan(std::vector<TaskText> const& tasks, std::string const& exceptions = "") {
  std::string text =
      "<Project xmlns=\"http://schemas.microsoft.com/project\"><StartDate>2024-01-01T08:00:00</StartDate>"
      "<ScheduleFromStart>1</ScheduleFromStart><CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID>"
      "<Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar><WeekDays>" +
      week + "</WeekDays>" + (exceptions.empty() ? "" : "<Exceptions>" + exceptions + "</Exceptions>") +
      "</Calendar></Calendars><Tasks>";
  for (auto const& task : tasks) text += task.xml();
  return read_mspdi(text + "</Tasks></Project>", "plan.xml");
}

Schedule scheduled(ReadResult const& read) { return schedule(compile(Project(read.facts))); }
std::string early(Schedule const& s, char const* key) {
  auto const dates = s.dates(key);
  return to_string(dates.early_start) + " … " + to_string(dates.early_finish);
}

TEST(MspdiManualSummary, KeepsItsDatesAndPassesThemOn) {
  std::string const dates = from_to("2024-01-08T08:00:00", "2024-01-19T17:00:00");
  auto const read = read_plan({{1, 80, 1, "<Summary>1</Summary><Manual>1</Manual>" + dates},
                               {2, 16, 2},
                               {3, 16, 2, after(2)},
                               {4, 8, 1, after(1)}});
  auto const s = scheduled(read);
  EXPECT_EQ(early(s, "1"), "2024-01-08T08:00 … 2024-01-19T17:00");
  EXPECT_EQ(early(s, "3"), "2024-01-03T08:00 … 2024-01-04T17:00") << "what is below it moves freely";
  EXPECT_EQ(early(s, "4"), "2024-01-22T08:00 … 2024-01-22T17:00");
  EXPECT_EQ(read.facts.activities[0].kind, ActivityKind::Summary) << "which it stays in the facts";
}

// What a summary by hand waits for, what is below it waits for; and what it is followed by may come before
// what is below it, which is no loop.
TEST(MspdiManualSummary, StandsForWhatIsBelowItAsASuccessorOnly) {
  std::string const dates = from_to("2024-01-08T08:00:00", "2024-01-19T17:00:00");
  auto const s = scheduled(read_plan({{1, 80, 1, "<Summary>1</Summary><Manual>1</Manual>" + dates + after(4)},
                                      {2, 16, 2, after(5)},
                                      {4, 24},
                                      {5, 8, 1, after(1)}}));
  EXPECT_EQ(early(s, "5"), "2024-01-22T08:00 … 2024-01-22T17:00");
  EXPECT_EQ(early(s, "2"), "2024-01-23T08:00 … 2024-01-24T17:00");
  EXPECT_EQ(early(s, "1"), "2024-01-08T08:00 … 2024-01-19T17:00");
}

TEST(MspdiInsertedProject, KeepsTheDatesItHasInThisFile) {
  std::string const inserted = "<Summary>1</Summary><IsSubproject>1</IsSubproject>";
  auto const read =
      read_plan({{1, 8},
                 {2, 80, 1, inserted + from_to("2024-01-08T08:00:00", "2024-01-19T17:00:00") + after(1)},
                 {3, 8, 1, after(2)}});
  auto const s = scheduled(read);
  EXPECT_EQ(early(s, "2"), "2024-01-08T08:00 … 2024-01-19T17:00");
  EXPECT_EQ(early(s, "3"), "2024-01-22T08:00 … 2024-01-22T17:00");
  EXPECT_THAT(said(read), HasSubstr("it keeps the dates it has in this one"));
}

// 40 h from Monday to the Wednesday of the next week are 24 h more than it works.
TEST(MspdiSplit, IsToldByDatesAloneWhereNothingElseSaysIt) {
  auto const read =
      read_plan({{1, 40, 1, from_to("2024-01-01T08:00:00", "2024-01-10T17:00:00")}, {2, 8, 1, after(1)}});
  auto const s = scheduled(read);
  EXPECT_EQ(early(s, "1"), "2024-01-01T08:00 … 2024-01-10T17:00");
  EXPECT_EQ(early(s, "2"), "2024-01-11T08:00 … 2024-01-11T17:00");
  EXPECT_THAT(said(read), HasSubstr("nothing says where it pauses"));
  auto const whole = read_plan({{1, 40, 1, from_to("2024-01-01T08:00:00", "2024-01-05T17:00:00")}});
  EXPECT_TRUE(whole.facts.activities[0].microsoft.splits.empty());
}

std::string exception(std::string const& from, std::string const& to, std::string const& more) {
  return "<Exception><TimePeriod><FromDate>" + from + "T00:00:00</FromDate><ToDate>" + to +
         "T23:59:00</ToDate></TimePeriod>" + more + "</Exception>";
}

bool works(std::string const& exceptions, char const* day) {
  auto const plan = read_plan({{1, 8}}, exceptions);
  auto const network = compile(Project(plan.facts));
  auto const morning = parse_instant(std::string(day) + "T08:00");
  return network.calendars()[1].next_working(morning) == morning;
}

TEST(MspdiException, ASingleDayWinsOverOneThatRepeatsInEitherOrder) {
  auto const fridays = exception("2024-01-05", "2024-03-29",
                                 "<Type>6</Type><Period>1</Period><DaysOfWeek>32</DaysOfWeek>"
                                 "<DayWorking>0</DayWorking>");
  auto const one = exception("2024-01-12", "2024-01-12", "<Type>1</Type><DayWorking>1</DayWorking>");
  for (auto const& both : {fridays + one, one + fridays}) {
    EXPECT_TRUE(works(both, "2024-01-12"));
    EXPECT_FALSE(works(both, "2024-01-19"));
  }
}

// MonthPosition 4 is the last, MonthItem 1 a weekday: of January 2024 Wednesday, the 31st.
TEST(MspdiException, TheLastWeekdayOfAMonthIsItsLast) {
  auto const last = exception("2024-01-01", "2024-12-31",
                              "<Type>5</Type><Period>1</Period><MonthItem>1</MonthItem>"
                              "<MonthPosition>4</MonthPosition><DayWorking>0</DayWorking>");
  EXPECT_FALSE(works(last, "2024-01-31"));
  EXPECT_TRUE(works(last, "2024-01-05"));
  EXPECT_FALSE(works(last, "2024-03-29")) << "a Friday; Saturday and Sunday end the month";
}

}  // namespace
}  // namespace rapport::mspdi_rules
