#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exchange/reading.h"
#include "support/corpus.h"

namespace rapport {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

ReadResult const& bridge() {
  static ReadResult const result =
      read_xer(bytes_of(support::source_tree("tests/data/xer/bridge.xer")), "bridge.xer");
  return result;
}

Activity const& activity(std::string_view key) { return fact_called(bridge().facts.activities, key); }

TEST(XerProjects, KeepTheirDatesAndTheirOwnOptions) {
  ASSERT_EQ(bridge().facts.subprojects.size(), 2U);
  Subproject const& project = bridge().facts.subprojects[0];
  EXPECT_EQ(project.key, "BRIDGE");
  EXPECT_EQ(project.name, "Bridge over the Ill");
  EXPECT_EQ(project.planned_start, parse_instant("2026-05-01T08:00"));
  EXPECT_EQ(project.data_date, parse_instant("2026-05-04T08:00"));
  EXPECT_EQ(project.must_finish_by, parse_instant("2026-12-31T17:00"));
  EXPECT_EQ(project.calendar, "Site");
  Rules expected;
  expected.tool = Tool::Primavera;
  expected.lag_calendar = LagCalendar::RoundTheClock;
  expected.progress = ProgressLogic::ProgressOverride;
  expected.total_float = FloatBy::Start;
  expected.critical = CriticalBy::LongestPath;
  expected.critical_limit = hours(16);
  expected.open_ends_critical = true;
  expected.use_expected_finish = false;
  expected.start_to_start_from_early = false;
  expected.float_by_subproject = false;
  expected.ignore_external_links = true;
  EXPECT_EQ(project.rules, expected);

  Rules const& other = bridge().facts.subprojects[1].rules;
  EXPECT_EQ(other.lag_calendar, LagCalendar::Successor);
  EXPECT_EQ(other.progress, ProgressLogic::ActualDates) << "neither retained logic nor progress override";
  EXPECT_EQ(other.total_float, FloatBy::Smallest);
  EXPECT_EQ(other.critical, CriticalBy::TotalFloat);
  EXPECT_FALSE(bridge().facts.subprojects[1].must_finish_by);
}

TEST(XerCalendar, ReadsShiftsInEitherOrderAndMidnightAsTheEndOfTheDay) {
  Calendar const& site = fact_called(bridge().facts.calendars, "Site");
  DayShifts const worked{{clock_time(8), clock_time(12)}, {clock_time(13), clock_time(17)}};
  EXPECT_EQ(site.week[0], worked) << "Monday";
  EXPECT_EQ(site.week[4], worked) << "Friday";
  EXPECT_EQ(site.week[5], DayShifts{});
  EXPECT_EQ(site.week[6], DayShifts{});
  ASSERT_EQ(site.exceptions.size(), 2U);
  EXPECT_EQ(site.exceptions[0].first, parse_date("2026-05-01")) << "day 46143 counted from 1899-12-30";
  EXPECT_TRUE(site.exceptions[0].shifts.empty());
  EXPECT_EQ(site.exceptions[1].shifts, (DayShifts{{clock_time(9), clock_time(24)}}));
  EXPECT_EQ(fact_called(bridge().facts.calendars, "Round the clock").week[2],
            (DayShifts{{0, clock_time(24)}}));
}

TEST(XerCalendar, InheritsFromItsBaseAndIsPresumedWhereTheFileSaysNothing) {
  Calendar const& own = fact_called(bridge().facts.calendars, "Site, own weeks");
  EXPECT_EQ(own.base, "Site");
  EXPECT_FALSE(own.week[0].has_value());
  Calendar const& empty = fact_called(bridge().facts.calendars, "Empty");
  EXPECT_EQ(empty.week[0], (DayShifts{{clock_time(8), clock_time(18)}})) << "ten hours a day";
  EXPECT_EQ(empty.week[5], (DayShifts{{clock_time(8), clock_time(18)}})) << "sixty hours a week";
  EXPECT_EQ(empty.week[6], DayShifts{});
  EXPECT_THAT(said(bridge()), HasSubstr("calendar Empty: a calendar states no working time"));
}

TEST(XerWbs, IsKeyedByThePathThatPrimaveraShows) {
  WbsNode const& pier = fact_called(bridge().facts.wbs, "BRIDGE.F.P1");
  EXPECT_EQ(pier.parent, "BRIDGE.F");
  EXPECT_EQ(pier.name, "Pier 1");
  EXPECT_EQ(pier.subproject, "BRIDGE");
  EXPECT_EQ(fact_called(bridge().facts.wbs, "BRIDGE").parent, "");
}

TEST(XerActivity, KeepsProgressConstraintsAndDates) {
  Activity const& pier = activity("A1010");
  EXPECT_EQ(pier.name, "\xC3\x89xcavate pier 1");
  EXPECT_EQ(pier.source_id, "1010");
  EXPECT_EQ(pier.wbs, "BRIDGE.F.P1");
  EXPECT_EQ(pier.calendar, "Site");
  EXPECT_EQ(pier.duration, hours(80));
  EXPECT_EQ(pier.progress.remaining, hours(60.5));
  EXPECT_EQ(pier.progress.physical_percent, 25);
  EXPECT_EQ(pier.progress.suspended, parse_instant("2026-05-02T17:00"));
  EXPECT_EQ(pier.progress.resumed, parse_instant("2026-05-05T08:00"));

  Activity const& pour = activity("A1020");
  EXPECT_EQ(pour.kind, ActivityKind::ResourceDependent);
  EXPECT_EQ(pour.constraint,
            (Constraint{ConstraintKind::StartNoEarlierThan, parse_instant("2026-06-01T07:00")}));
  EXPECT_EQ(pour.secondary_constraint,
            (Constraint{ConstraintKind::FinishNoLaterThan, parse_instant("2026-06-30T18:00")}));
  EXPECT_EQ(pour.expected_finish, parse_instant("2026-06-20T17:00"));
  EXPECT_EQ(activity("A1030").constraint.kind, ConstraintKind::AsLateAsPossible);
  EXPECT_EQ(activity("A1030").kind, ActivityKind::LevelOfEffort);

  Activity const& open = activity("ROAD/A1000");
  EXPECT_EQ(open.kind, ActivityKind::FinishMilestone);
  EXPECT_EQ(open.constraint.kind, ConstraintKind::MandatoryFinish);
  EXPECT_EQ(open.external_early_start, parse_instant("2026-10-01T08:00"));
  EXPECT_EQ(open.external_late_finish, parse_instant("2026-11-01T17:00"));
}

TEST(XerActivity, KeepsWhatPrimaveraComputedAsRecordedDates) {
  RecordedDates const& recorded = fact_called(bridge().facts.recorded_dates, "A1010");
  EXPECT_EQ(recorded.early_start, parse_instant("2026-05-04T08:00"));
  EXPECT_EQ(recorded.late_finish, parse_instant("2026-06-10T12:30"));
  EXPECT_EQ(recorded.total_float, minutes(870 * 60 + 20)) << "870.333333 h to the minute";
  EXPECT_EQ(recorded.free_float, Work{});
  EXPECT_EQ(recorded.driving, true);
  ASSERT_TRUE(recorded.baseline);
  EXPECT_EQ(recorded.baseline->finish, parse_instant("2026-05-14T17:00"));
  EXPECT_FALSE(fact_called(bridge().facts.recorded_dates, "A1030").early_start);
}

/// One activity that began on 5 January; the data date is 12 January.
std::string said_of_suspension(std::string const& suspended, std::string const& resumed) {
  std::string const file =
      "ERMHDR\t8\n%T\tPROJECT\n%F\tproj_id\tproj_short_name\tlast_recalc_date\n%R\t1\tP\t2026-01-12 08:00\n"
      "%T\tTASK\n%F\ttask_id\tproj_id\ttask_code\ttarget_drtn_hr_cnt\tremain_drtn_hr_cnt\tact_start_date"
      "\tsuspend_date\tresume_date\n%R\t1\t1\tA\t80\t40\t2026-01-05 08:00\t" +
      suspended + "\t" + resumed + "\n%E\n";
  return said(read_xer(file, "plan.xer"));
}

TEST(XerActivity, SaysWhichSuspensionsMoveNoDates) {
  EXPECT_THAT(said_of_suspension("2026-01-08 08:00", ""),
              HasSubstr("activity A: an activity is suspended, and no date says when it resumes"));
  EXPECT_THAT(said_of_suspension("2026-01-15 08:00", "2026-01-20 08:00"),
              HasSubstr("all its remaining work is scheduled after it resumes"));
  EXPECT_THAT(said_of_suspension("2026-01-08 08:00", "2026-01-20 08:00"), Not(HasSubstr("suspended")));
  EXPECT_THAT(said_of_suspension("", ""), Not(HasSubstr("suspended")));
}

TEST(XerActivity, UndoesTheEscapesOfQuotesAndLineBreaks) {
  EXPECT_EQ(activity("BRIDGE/A1000").name, "Start of \"works\" on site");
  EXPECT_EQ(activity("A2010").name, "All\nof it");
}

TEST(XerActivity, IsNamedByItsProjectWhereTwoProjectsUseTheSameId) {
  std::vector<std::string> keys;
  for (Activity const& each : bridge().facts.activities) keys.push_back(each.key);
  EXPECT_THAT(keys, ElementsAre("BRIDGE/A1000", "A1010", "A1020", "A1030", "ROAD/A1000", "A2010", "A2010#2"));
  EXPECT_THAT(said(bridge()), HasSubstr("an activity id is used in several projects"));
  EXPECT_THAT(said(bridge()), HasSubstr("an activity id is used twice within one project"));
}

TEST(XerActivity, ListsWhatItCannotKeep) {
  EXPECT_EQ(activity("ROAD/A1000").calendar, "");
  EXPECT_EQ(activity("A2010").wbs, "");
  EXPECT_EQ(activity("A2010").duration, Work{});
  EXPECT_EQ(activity("A2010").constraint.kind, ConstraintKind::None) << "there is no 30 February";
  std::string const all = said(bridge());
  EXPECT_THAT(all, HasSubstr("calendar that is not in the file"));
  EXPECT_THAT(all, HasSubstr("WBS node that is not in the file"));
  EXPECT_THAT(all, HasSubstr("target_drtn_hr_cnt holds what cannot be read, here \"x\""));
  EXPECT_THAT(all, HasSubstr("cstr_date holds what cannot be read, here \"2026-02-30 08:00\""));
  EXPECT_THAT(all, HasSubstr("table MEMOTYPE with 2 rows is none that a fact is made of"));
  EXPECT_THAT(all, HasSubstr("columns that no fact is made of: guid"));
}

TEST(XerLink, KeepsTypeAndLag) {
  auto const& links = bridge().facts.links;
  ASSERT_EQ(links.size(), 4U);
  EXPECT_EQ(links[0].predecessor, "BRIDGE/A1000");
  EXPECT_EQ(links[0].successor, "A1010");
  EXPECT_EQ(links[1].type, LinkType::StartToStart);
  EXPECT_EQ(links[1].lag, (Lag{LagKind::Working, 16 * 3600, 0}));
  EXPECT_EQ(links[2].type, LinkType::FinishToFinish);
  EXPECT_EQ(links[2].lag.seconds, -27000);
  EXPECT_EQ(links[3].type, LinkType::StartToFinish);
  EXPECT_THAT(said(bridge()), HasSubstr("link task_id 4711 → ROAD/A1000"));
}

TEST(XerCost, KeepsRatesAssignmentsAndExpenses) {
  Facts const& facts = bridge().facts;
  Currency const euro("EUR");
  Resource const& mason = fact_called(facts.resources, "MASON");
  ASSERT_EQ(mason.rates.size(), 2U);
  EXPECT_EQ(mason.rates[0].standard, Rate::of(50, euro)) << "in order of their start";
  EXPECT_EQ(mason.rates[1].from, parse_instant("2026-07-01"));
  EXPECT_EQ(mason.max_units, 4);
  Resource const& concrete = fact_called(facts.resources, "CONC");
  EXPECT_EQ(concrete.kind, ResourceKind::Material);
  EXPECT_EQ(concrete.unit, "m\xC2\xB3");
  EXPECT_EQ(concrete.rates.at(0).standard, Rate::of(120.5, euro)) << "written with a decimal comma";

  ASSERT_EQ(facts.assignments.size(), 3U);
  EXPECT_EQ(facts.assignments[0].work, hours(160));
  EXPECT_EQ(facts.assignments[0].remaining, hours(121));
  EXPECT_EQ(facts.assignments[0].units, 2);
  EXPECT_TRUE(facts.assignments[0].drives_dates);
  EXPECT_FALSE(facts.assignments[0].cost) << "160 h at 50 EUR is what the file says";
  EXPECT_EQ(facts.assignments[1].quantity, 12);
  EXPECT_EQ(facts.assignments[1].lag.seconds, 8 * 3600);
  EXPECT_EQ(facts.assignments[1].cost_account, "C.1");
  EXPECT_EQ(facts.assignments[2].resource, "DIVER") << "a role with nobody in it";
  EXPECT_EQ(facts.assignments[2].cost, Money::of(2500, euro)) << "24 h at 90 EUR would be another sum";

  ASSERT_EQ(facts.expenses.size(), 2U);
  EXPECT_EQ(facts.expenses[0].amount, Money::of(1500, euro));
  EXPECT_EQ(facts.expenses[0].accrual, Accrual::Start);
  EXPECT_FALSE(facts.expenses[0].actual);
  EXPECT_EQ(facts.expenses[1].actual, Money::of(100, euro));
  EXPECT_EQ(fact_called(facts.cost_accounts, "C.1").parent, "C");
}

std::string xer_refusal(std::string_view bytes) {
  return refusal([&] { return read_xer(bytes, "plan.xer"); });
}

TEST(XerRefusal, SaysWhereAndWhy) {
  EXPECT_THAT(xer_refusal(""), HasSubstr("begins with ERMHDR"));
  EXPECT_THAT(xer_refusal("PK\x03\x04 something"), HasSubstr("begins with ERMHDR"));
  EXPECT_THAT(xer_refusal("\xFF\xFE E"), HasSubstr("UTF-16"));
  EXPECT_THAT(xer_refusal("ERMHDR\t23.12\n%E\n"), HasSubstr("neither projects"));
  EXPECT_THAT(xer_refusal("ERMHDR\t23.12\n%R\t1\n"), HasSubstr("plan.xer:2"));
  EXPECT_THAT(xer_refusal("ERMHDR\t23.12\n%T\tTASK\n%R\t1\n"), HasSubstr("no columns"));
  EXPECT_THAT(xer_refusal("ERMHDR\t23.12\ngarbage\n"), HasSubstr("expected a table"));
}

TEST(XerTruncation, LeavesOutTheLastRowThatMayBeCutOff) {
  std::string const whole = bytes_of(support::source_tree("tests/data/xer/bridge.xer"));
  std::size_t const cut = whole.find("\tStart of") + 12;
  ReadResult const result = read_xer(std::string_view(whole).substr(0, cut), "cut.xer");
  EXPECT_TRUE(result.facts.activities.empty());
  EXPECT_THAT(said(result), HasSubstr("without the end mark %E"));
  EXPECT_THAT(said(result), HasSubstr("the last row, which may be cut off, is left out"));
}

TEST(XerCodePage, IsToldByTheBytesOrByTheCaller) {
  auto const name_of_task = [](std::string_view name, std::string_view code_page = "") {
    std::string const bytes =
        "ERMHDR\t8\n%T\tTASK\n%F\ttask_id\ttask_code\ttask_name\n%R\t1\tA\t" + std::string(name) + "\n%E\n";
    return read_xer(bytes, "x.xer", code_page).facts.activities.at(0).name;
  };
  EXPECT_EQ(name_of_task("caf\xE9"), "caf\xC3\xA9");
  EXPECT_EQ(name_of_task("caf\xC3\xA9"), "caf\xC3\xA9");
  EXPECT_EQ(name_of_task("\xCF\xEB\xE0\xED", "windows-1251"), "\xD0\x9F\xD0\xBB\xD0\xB0\xD0\xBD");
  EXPECT_EQ(name_of_task("\xBC\xC6\xBB\xAE", "GB18030"), "\xE8\xAE\xA1\xE5\x88\x92");
  EXPECT_THROW(name_of_task("x", "no-such-page"), InvalidInput);
}

}  // namespace
}  // namespace rapport
