#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "exchange/reading.h"
#include "support/corpus.h"

namespace rapport {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

ReadResult const& kitchen() {
  static ReadResult const result = read(support::source_tree("tests/data/mspdi/kitchen.xml"));
  return result;
}

Activity const& task(std::string_view key) { return fact_called(kitchen().facts.activities, key); }

TEST(MspdiProject, GivesTheRulesOfMicrosoftProjectAndItsOwnOptions) {
  ASSERT_EQ(kitchen().facts.subprojects.size(), 1U);
  Subproject const& project = kitchen().facts.subprojects[0];
  EXPECT_EQ(project.key, "Kitchen refit");
  EXPECT_EQ(project.name, "Kitchen of the Ortega family");
  EXPECT_EQ(project.planned_start, parse_instant("2026-03-02T08:00"));
  EXPECT_EQ(project.data_date, parse_instant("2026-03-09T17:00"));
  EXPECT_EQ(project.calendar, "Workshop");
  EXPECT_FALSE(project.must_finish_by) << "only a project scheduled from its finish has one";
  Rules expected = Rules::microsoft();
  expected.critical_limit = hours(16);
  expected.open_ends_critical = true;
  EXPECT_EQ(project.rules, expected);
  EXPECT_EQ(kitchen().facts.currency, Currency("EUR"));
  EXPECT_THAT(said(kitchen()), HasSubstr("always honour their constraint dates"));
}

TEST(MspdiCalendar, ReadsWorkingTimesInOrder) {
  Calendar const& workshop = fact_called(kitchen().facts.calendars, "Workshop");
  DayShifts const usual{{clock_time(8), clock_time(12)}, {clock_time(13), clock_time(17)}};
  EXPECT_EQ(workshop.week[0], usual) << "Monday";
  EXPECT_FALSE(workshop.week[1].has_value()) << "nothing is said of Tuesday";
  EXPECT_EQ(workshop.week[4], (DayShifts{{clock_time(20), clock_time(24)}})) << "Friday until midnight";
  EXPECT_EQ(workshop.week[5], usual) << "Saturday works, without times";
  EXPECT_EQ(workshop.week[6], DayShifts{});
  ASSERT_EQ(workshop.work_weeks.size(), 1U);
  EXPECT_EQ(workshop.work_weeks[0].name, "April");
  EXPECT_EQ(workshop.work_weeks[0].last, parse_date("2026-04-30"));
  EXPECT_EQ(workshop.work_weeks[0].week[0], DayShifts{});
}

TEST(MspdiCalendar, ExpandsRepeatedExceptions) {
  Calendar const& workshop = fact_called(kitchen().facts.calendars, "Workshop");
  std::vector<std::string> days;
  for (CalendarException const& each : workshop.exceptions) {
    days.push_back(each.name + " " + to_string(each.first) + ".." + to_string(each.last));
  }
  EXPECT_THAT(days, ElementsAre(  // Every second week from Sunday 1 March, on Tuesday (4) and Thursday (16).
                        "Late shift 2026-03-03..2026-03-03", "Late shift 2026-03-05..2026-03-05",
                        "Late shift 2026-03-17..2026-03-17", "Late shift 2026-03-19..2026-03-19",
                        "Late shift 2026-03-31..2026-03-31",
                        // What wins comes later: by the year over by the week, a single one over both.
                        "First of May 2026-05-01..2026-05-01", "First of May 2027-05-01..2027-05-01",
                        "First of May 2028-05-01..2028-05-01", "Fair 2026-03-16..2026-03-18"));
  EXPECT_EQ(workshop.exceptions.front().shifts, (DayShifts{{clock_time(12), clock_time(20)}}));
}

TEST(MspdiCalendar, ReadsTheOldFormOfExceptionsWhereThereIsNoOther) {
  Calendar const& ada = fact_called(kitchen().facts.calendars, "Ada");
  EXPECT_EQ(ada.base, "Workshop");
  ASSERT_EQ(ada.exceptions.size(), 1U);
  EXPECT_EQ(ada.exceptions[0].first, parse_date("2026-03-23"));
  EXPECT_EQ(ada.exceptions[0].last, parse_date("2026-03-27"));
}

TEST(MspdiTask, KeepsProgressConstraintsAndMicrosoftsOwn) {
  Activity const& tear_out = task("4");
  EXPECT_EQ(tear_out.name, "Tear out & clean");
  EXPECT_EQ(tear_out.source_id, "4");
  EXPECT_EQ(tear_out.wbs, "1");
  EXPECT_EQ(tear_out.duration, hours(40));
  EXPECT_EQ(tear_out.calendar, "");
  EXPECT_EQ(tear_out.constraint,
            (Constraint{ConstraintKind::StartNoEarlierThan, parse_instant("2026-03-02T08:00")}));
  EXPECT_EQ(tear_out.deadline, parse_instant("2026-03-20T17:00"));
  EXPECT_EQ(tear_out.progress.actual_start, parse_instant("2026-03-02T08:00"));
  EXPECT_EQ(tear_out.progress.remaining, hours(20));
  EXPECT_EQ(tear_out.progress.physical_percent, 50);
  EXPECT_EQ(tear_out.progress.suspended, parse_instant("2026-03-04T12:00"));
  EXPECT_EQ(tear_out.progress.resumed, parse_instant("2026-03-09T13:00"));
  EXPECT_TRUE(tear_out.microsoft.effort_driven);
  EXPECT_TRUE(tear_out.microsoft.fixed_duration);
  EXPECT_TRUE(tear_out.microsoft.ignore_resource_calendars);
  EXPECT_EQ(tear_out.microsoft.levelling_delay.seconds, 16 * 3600) << "tenths of a minute on the clock";

  Activity const& dry = task("5");
  EXPECT_TRUE(dry.microsoft.elapsed_duration);
  EXPECT_EQ(dry.duration.seconds, 48 * 3600);
  EXPECT_EQ(dry.constraint.kind, ConstraintKind::MandatoryFinish);

  Activity const& handover = task("7");
  EXPECT_EQ(handover.kind, ActivityKind::FinishMilestone);
  EXPECT_EQ(handover.constraint.kind, ConstraintKind::AsLateAsPossible);
  EXPECT_TRUE(handover.microsoft.manual);
  EXPECT_EQ(handover.microsoft.manual_start, parse_instant("2026-04-10T17:00"));
  EXPECT_TRUE(task("8").microsoft.inactive);
}

TEST(MspdiTask, IsSplitWhereDaysThatTheCalendarWorksAreLeftEmpty) {
  // Idle on Thursday 5 March, when Ada works from 12:00 (an exception of that week); Sunday is no work
  // anyway.
  std::vector<Split> const expected{{parse_instant("2026-03-02T08:00"), parse_instant("2026-03-03T08:00")},
                                    {parse_instant("2026-03-06T20:00"), parse_instant("2026-03-09T17:00")}};
  EXPECT_EQ(task("4").microsoft.splits, expected);
  EXPECT_TRUE(task("5").microsoft.splits.empty());
}

TEST(MspdiTask, MakesEverySummaryAWbsNodeOfTheTasksBelowIt) {
  EXPECT_EQ(task("1").kind, ActivityKind::Summary);
  EXPECT_EQ(task("1").wbs, "1");
  EXPECT_EQ(task("5").wbs, "1");
  EXPECT_EQ(task("7").wbs, "");
  ASSERT_EQ(kitchen().facts.wbs.size(), 1U);
  EXPECT_EQ(kitchen().facts.wbs[0].name, "Build");
}

TEST(MspdiTask, KeepsWhatProjectComputedAsRecordedDates) {
  RecordedDates const& recorded = fact_called(kitchen().facts.recorded_dates, "4");
  EXPECT_EQ(recorded.early_finish, parse_instant("2026-03-13T17:00"));
  EXPECT_EQ(recorded.late_start, parse_instant("2026-03-03T08:00"));
  EXPECT_EQ(recorded.total_float, Work{28830}) << "480.5 minutes";
  EXPECT_EQ(recorded.free_float, Work{});
  EXPECT_EQ(recorded.driving, true);
  ASSERT_TRUE(recorded.baseline);
  EXPECT_EQ(recorded.baseline->finish, parse_instant("2026-03-06T17:00")) << "baseline 0, not baseline 1";
}

TEST(MspdiTask, ListsWhatItCannotKeep) {
  std::string const all = said(kitchen());
  EXPECT_THAT(all, HasSubstr("an empty row of the task list"));
  EXPECT_THAT(all, HasSubstr("link 99 → 7: a link to a task that is not in the file"));
  EXPECT_THAT(all, HasSubstr("Duration holds what cannot be read, here \"soon\""));
  EXPECT_THAT(all, HasSubstr("Start holds what cannot be read, here \"2026-13-01T08:00:00\""));
  EXPECT_THAT(all, HasSubstr("a constraint lacks its date"));
  EXPECT_THAT(all, HasSubstr("kitchen.xml:129: warning")) << "the line of task 8:\n" << all;
  EXPECT_THAT(all, HasSubstr("project elements that no fact is made of: SaveVersion"));
}

TEST(MspdiLink, KeepsTypesAndWorkingElapsedAndPercentLags) {
  auto const& links = kitchen().facts.links;
  ASSERT_EQ(links.size(), 4U);
  EXPECT_EQ(links[0].type, LinkType::FinishToStart);
  EXPECT_EQ(links[0].lag, (Lag{LagKind::Working, 8 * 3600, 0}));
  EXPECT_EQ(links[1].type, LinkType::StartToStart);
  EXPECT_EQ(links[1].lag, (Lag{LagKind::Elapsed, 24 * 3600, 0}));
  EXPECT_EQ(links[2].type, LinkType::FinishToFinish);
  EXPECT_EQ(links[2].lag, (Lag{LagKind::Percent, 0, -50}));
  EXPECT_EQ(links[3].type, LinkType::StartToFinish);
}

TEST(MspdiProject, ListsADayOrAWeekThatIsNone) {
  auto const result = read_mspdi(
      "<Project><MinutesPerDay>1e300</MinutesPerDay><MinutesPerWeek>20000</MinutesPerWeek>"
      "<CriticalSlackLimit>2</CriticalSlackLimit><Calendars><Calendar><UID>1</UID><Name>Standard</Name>"
      "</Calendar></Calendars><Tasks/></Project>",
      "days.xml");
  EXPECT_THAT(said(result), HasSubstr("MinutesPerDay holds what cannot be read, here \"1e300\""));
  EXPECT_THAT(said(result), HasSubstr("MinutesPerWeek holds what cannot be read, here \"20000\""));
  EXPECT_EQ(result.facts.subprojects[0].rules.critical_limit, hours(16)) << "of 8 hours, Project's own day";
  EXPECT_EQ(result.facts.calendars[0].hours_per_day, 8);
  EXPECT_EQ(result.facts.calendars[0].days_per_week, 5);
}

/// Two tasks and a link of a lag of 50 in the format.
ReadResult with_lag_format(int format) {
  return read_mspdi(
      "<Project><Tasks><Task><UID>1</UID></Task><Task><UID>2</UID><PredecessorLink>"
      "<PredecessorUID>1</PredecessorUID><LinkLag>50</LinkLag><LagFormat>" +
          std::to_string(format) + "</LagFormat></PredecessorLink></Task></Tasks></Project>",
      "lag.xml");
}

TEST(MspdiLink, KnowsEveryLagFormatOfTheSchema) {
  Lag const working{LagKind::Working, 300, 0}, elapsed{LagKind::Elapsed, 300, 0};
  Lag const percent{LagKind::Percent, 0, 50}, elapsed_percent{LagKind::ElapsedPercent, 0, 50};
  std::map<Lag const*, std::vector<int>> const formats{
      {&working, {3, 5, 7, 9, 11, 35, 37, 39, 41, 43, 53}},  // m, h, d, w, mo, the same estimated, none
      {&elapsed, {4, 6, 8, 10, 12, 36, 38, 40, 42, 44}},     // em …
      {&percent, {19, 51}},                                  // %, estimated
      {&elapsed_percent, {20, 52}},                          // e%, estimated
  };
  for (auto const& [lag, codes] : formats) {
    for (int const code : codes) {
      auto const result = with_lag_format(code);
      ASSERT_EQ(result.facts.links.size(), 1U);
      EXPECT_EQ(result.facts.links[0].lag, *lag) << "LagFormat " << code;
      EXPECT_THAT(said(result), Not(HasSubstr("link 1"))) << "LagFormat " << code;
    }
  }
}

TEST(MspdiTask, SaysWhatItDoesWithHalfOfASuspension) {
  auto const read_with = [](std::string const& dates) {
    return read_mspdi("<Project><Tasks><Task><UID>1</UID><ActualStart>2026-03-02T08:00:00</ActualStart>" +
                          dates + "</Task></Tasks></Project>",
                      "stop.xml");
  };
  std::string const stop = "<Stop>2026-03-03T17:00:00</Stop>",
                    resume = "<Resume>2026-03-09T08:00:00</Resume>";
  for (auto const& half : {stop, resume}) {
    auto const result = read_with(half);
    EXPECT_THAT(said(result), HasSubstr("only one of Stop and Resume"));
    EXPECT_FALSE(result.facts.activities[0].progress.suspended);
    EXPECT_FALSE(result.facts.activities[0].progress.resumed);
  }
  EXPECT_THAT(said(read_with(stop + resume)), Not(HasSubstr("Stop and Resume")));
}

ReadResult with_baseline(std::string const& baseline) {
  return read_mspdi("<Project><Tasks><Task><UID>1</UID>" + baseline + "</Task></Tasks></Project>",
                    "plan.xml");
}

TEST(MspdiBaseline, IsKeptOrListed) {
  std::string const from = "<Start>2026-03-02T08:00:00</Start>", to = "<Finish>2026-03-06T17:00:00</Finish>";
  std::string const cost = "<Cost>12050</Cost>", first = "<Baseline><Number>0</Number>", end = "</Baseline>";
  auto const whole = with_baseline(first + from + to + cost + "<Work>PT8H0M0S</Work>" + end);
  ASSERT_TRUE(whole.facts.recorded_dates[0].baseline);
  EXPECT_EQ(whole.facts.recorded_dates[0].baseline->cost->minor, 12050);
  EXPECT_THAT(said(whole), HasSubstr("baseline elements that no fact is made of: Work"));
  for (auto const& dates : {std::string(), from, to}) {
    auto const half = with_baseline(first + dates + cost + end);
    EXPECT_FALSE(half.facts.recorded_dates[0].baseline);
    EXPECT_THAT(said(half), HasSubstr("task 1: a baseline has a cost and lacks a date"));
    EXPECT_THAT(said(with_baseline(first + dates + end)), HasSubstr("task 1: a baseline lacks a date"));
  }
  auto const later = with_baseline("<Baseline><Number>3</Number>" + from + to + cost + end);
  EXPECT_FALSE(later.facts.recorded_dates[0].baseline);
  EXPECT_THAT(said(later), HasSubstr("task 1: a task has baselines beside baseline 0"));
}

ReadResult with_contour(std::string const& contour) {
  return read_mspdi(
      "<Project><CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><IsBaseCalendar>1</"
      "IsBaseCalendar>"
      "<Name>Office</Name><WeekDays><WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes>"
      "<WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime><WorkingTime>"
      "<FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay></"
      "WeekDays>"
      "</Calendar></Calendars><Tasks><Task><UID>1</UID></Task></Tasks><Resources><Resource><UID>1</UID>"
      "<Name>Ada</Name><Type>1</Type></Resource></Resources><Assignments><Assignment><TaskUID>1</TaskUID>"
      "<ResourceUID>1</ResourceUID><Start>2026-03-02T09:00:00</Start><Finish>2026-03-09T14:00:00</Finish>"
      "<Work>PT8H0M0S</Work><WorkContour>" +
          contour + "</WorkContour></Assignment></Assignments></Project>",
      "plan.xml");
}

TEST(MspdiAssignment, KeepsItsContour) {
  auto const turtle = with_contour("7");
  EXPECT_THAT(turtle.facts.assignments[0].curve,
              testing::ElementsAre(25, 50, 75, 100, 100, 100, 100, 75, 50, 25));
  EXPECT_FALSE(turtle.facts.assignments[0].duration);
  EXPECT_EQ(said(turtle), said(with_contour("0"))) << "nothing is lost of it";
  EXPECT_THAT(with_contour("0").facts.assignments[0].curve, testing::IsEmpty());
  auto const unknown = with_contour("9");
  EXPECT_THAT(unknown.facts.assignments[0].curve, testing::IsEmpty());
  EXPECT_THAT(said(unknown), HasSubstr("WorkContour"));
}

TEST(MspdiAssignment, KeepsHowLongAContourShapedByHandTakes) {
  auto const by_hand = with_contour("8");
  // Two Mondays, of which an hour and three are over: 7 h and 5 h.
  EXPECT_EQ(by_hand.facts.assignments[0].duration, hours(12));
  EXPECT_THAT(by_hand.facts.assignments[0].curve, testing::IsEmpty());
  EXPECT_THAT(said(by_hand), HasSubstr("assignment of Ada to task 1: work that is shaped by hand"));
}

// In Project overtime is paid at the overtime rate and at nothing else.
TEST(MspdiCost, OvertimeWithoutARateIsFree) {
  auto const overtime_at = [](std::string const& rate) {
    auto const read = read_mspdi(
        "<Project><Tasks/><Resources><Resource><UID>1</UID><Name>Ada</Name>"
        "<Type>1</Type><StandardRate>40</StandardRate>" +
            rate + "</Resource></Resources></Project>",
        "plan.xml");
    return read.facts.resources.at(0).rates.at(0).overtime;
  };
  Currency const none;
  EXPECT_EQ(overtime_at("<OvertimeRate>0</OvertimeRate>"), Rate::of(0, none));
  EXPECT_EQ(overtime_at("<OvertimeRate>60</OvertimeRate>"), Rate::of(60, none));
  EXPECT_EQ(overtime_at("<OvertimeRate>40</OvertimeRate>"), std::nullopt) << "like other hours";
  EXPECT_EQ(overtime_at(""), std::nullopt) << "nothing is said";
}

TEST(MspdiCost, KeepsRatesAssignmentsAndFixedCosts) {
  Facts const& facts = kitchen().facts;
  Currency const euro("EUR");
  Resource const& ada = fact_called(facts.resources, "Ada");
  EXPECT_EQ(ada.max_units, 0.5);
  EXPECT_EQ(ada.calendar, "Ada");
  ASSERT_EQ(ada.rates.size(), 2U) << "of cost rate table A";
  EXPECT_FALSE(ada.rates[0].from);
  EXPECT_EQ(ada.rates[0].per_use, Money::of(10, euro));
  EXPECT_EQ(ada.rates[1].standard, Rate::of(44, euro));
  EXPECT_EQ(ada.rates[1].overtime, Rate::of(60, euro));
  Resource const& tiles = fact_called(facts.resources, "Tiles");
  EXPECT_EQ(tiles.kind, ResourceKind::Material);
  EXPECT_EQ(tiles.unit, "m2");
  EXPECT_EQ(facts.resources.size(), 2U) << "nobody (UID 0) is no resource";

  ASSERT_EQ(facts.assignments.size(), 2U);
  EXPECT_EQ(facts.assignments[0].work, hours(20));
  EXPECT_EQ(facts.assignments[0].remaining, hours(10));
  EXPECT_FALSE(facts.assignments[0].cost) << "20 h at 40 EUR and 10 EUR for the use of one of her, here half";
  EXPECT_EQ(facts.assignments[1].quantity, 12);
  EXPECT_EQ(facts.assignments[1].cost, Money::of(500, euro));
  EXPECT_EQ(facts.assignments[1].lag.seconds, 8 * 3600);
  ASSERT_EQ(facts.expenses.size(), 1U);
  EXPECT_EQ(facts.expenses[0].amount, Money::of(250.5, euro)) << "in hundredths";
  EXPECT_EQ(facts.expenses[0].accrual, Accrual::Start);
}

std::string mspdi_refusal(std::string_view bytes) {
  return refusal([&] { return read_mspdi(bytes, "plan.xml"); });
}

TEST(MspdiRefusal, SaysWhereAndWhy) {
  EXPECT_THAT(mspdi_refusal("<Project>\n<Tasks>\n<Task>"), HasSubstr("plan.xml:3"));
  EXPECT_THAT(mspdi_refusal("<REQ-IF/>"), HasSubstr("begins with <REQ-IF>"));
  EXPECT_THAT(mspdi_refusal("<Project/>"), HasSubstr("has no tasks"));
  EXPECT_THAT(mspdi_refusal(""), HasSubstr("no complete XML"));
}

}  // namespace
}  // namespace rapport
