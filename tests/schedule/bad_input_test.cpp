// Plans that no calendar, no year or no memory holds: each is refused by name, or scheduled right.

#include <gmock/gmock.h>

#include <functional>

#include "rapport/schedule/schedule.h"
#include "support/hour_plan.h"

namespace rapport {
namespace {

using support::hour;
using support::HourPlan;
using testing::AllOf;
using testing::HasSubstr;

/// What the refusal says; empty when there is none.
std::string refusal_of(std::function<void()> const& attempt) {
  try {
    attempt();
  } catch (InvalidInput const& error) {
    return error.what();
  }
  return "";
}
std::string refusal_of(HourPlan const& plan) {
  return refusal_of([&] { (void)schedule(compile(plan.project())); });
}

HourPlan microsoft_plan() {
  HourPlan plan;
  plan.facts.subprojects[0].rules = Rules::microsoft();
  plan.facts.subprojects[0].planned_start = hour(0);
  return plan;
}

Calendar calendar_of(std::string key, DayShifts const& shifts, std::string base = {}) {
  Calendar calendar = five_day_calendar(std::move(key), shifts);
  calendar.base = std::move(base);
  return calendar;
}

TEST(CalendarWithoutWork, IsRefusedByName) {
  HourPlan plan;
  plan.facts.calendars.push_back(calendar_of("never", {}));
  plan.activity("A", 1).calendar = "never";
  EXPECT_THAT(refusal_of(plan), AllOf(HasSubstr("calendar never"), HasSubstr("no working time at all")));
}

TEST(CalendarWithoutWork, OfItsOwnOrOfItsBase) {
  HourPlan plan;
  plan.facts.calendars.push_back(calendar_of("base", {}));
  Calendar heir;
  heir.key = "heir", heir.base = "base";
  plan.facts.calendars.push_back(heir);
  plan.activity("A", 1).calendar = "heir";
  EXPECT_THAT(refusal_of(plan), HasSubstr("calendar heir"));
}

TEST(CalendarWithoutWork, OfTheProjectIsRefusedToo) {
  HourPlan plan;
  plan.facts.calendars.push_back(calendar_of("never", {}));
  plan.facts.subprojects[0].calendar = "never";
  plan.activity("A", 1).calendar = "clock";
  EXPECT_THAT(refusal_of(plan), HasSubstr("calendar never"));
}

/// One day of work in all eternity: what fits is placed there, what does not is refused by activity and
/// calendar.
TEST(CalendarOfExceptionsOnly, HoldsWhatFits) {
  HourPlan plan;
  Calendar calendar = calendar_of("once", {});
  calendar.exceptions.push_back(
      {Date::of(1970, 3, 1), Date::of(1970, 3, 1), {{8 * 3600, 16 * 3600}}, "the day"});
  plan.facts.calendars.push_back(calendar);
  plan.activity("A", 8).calendar = "once";
  auto const dates = schedule(compile(plan.project())).dates("A");
  EXPECT_EQ(to_string(dates.early_start), "1970-03-01T08:00");
  EXPECT_EQ(to_string(dates.early_finish), "1970-03-01T16:00");
  plan.facts.activities[0].duration = hours(9);
  EXPECT_THAT(refusal_of(plan), AllOf(HasSubstr("activity A"), HasSubstr("calendar once")));
}

TEST(CalendarOfExceptionsOnly, RefusesWhatComesAfterItsLastDay) {
  HourPlan plan;
  Calendar calendar = calendar_of("once", {});
  calendar.exceptions.push_back(
      {Date::of(1970, 3, 1), Date::of(1970, 3, 1), {{8 * 3600, 16 * 3600}}, "the day"});
  plan.facts.calendars.push_back(calendar);
  plan.activity("before", 1000 * 24);
  plan.activity("A", 1).calendar = "once";
  plan.link("before", "A");
  EXPECT_THAT(refusal_of(plan), AllOf(HasSubstr("activity A"), HasSubstr("calendar once")));
}

TEST(CalendarsOfTaskAndResource, ThatShareNoTimeAreRefusedByBothNames) {
  auto plan = microsoft_plan();
  plan.facts.calendars.push_back(calendar_of("day", {{8 * 3600, 16 * 3600}}));
  plan.facts.calendars.push_back(calendar_of("night", {{20 * 3600, 86400}}));
  plan.activity("A", 8).calendar = "day";
  plan.facts.resources.push_back({.key = "watchman", .calendar = "night"});
  plan.facts.assignments.push_back({.activity = "A", .resource = "watchman", .work = hours(8)});
  EXPECT_THAT(refusal_of(plan), AllOf(HasSubstr("day and night"), HasSubstr("no working time at all")));
}

TEST(CalendarChains, OfAbsurdLengthAreRefused) {
  HourPlan plan;
  for (int k = 0; k < 300; ++k) {
    Calendar calendar;
    calendar.key = "c" + std::to_string(k);
    if (k > 0) calendar.base = "c" + std::to_string(k - 1);
    plan.facts.calendars.push_back(calendar);
  }
  plan.facts.calendars[1].week = round_the_clock_calendar("clock").week;  // c0
  plan.activity("A", 1).calendar = "c50";
  EXPECT_EQ(refusal_of(plan), "");
  plan.facts.activities[0].calendar = "c299";
  EXPECT_THAT(refusal_of(plan), HasSubstr("calendar c299 inherits from more than"));
}

TEST(CalendarTables, ThatReachThroughAllAgesAreRefusedBeforeTheyFillTheMemory) {
  HourPlan plan;
  for (int k = 0; k < 12; ++k) {
    auto calendar = calendar_of("c" + std::to_string(k), {{8 * 3600, 16 * 3600}});
    calendar.exceptions.push_back({Date::of(1400, 1, 1), Date::of(1400, 1, 1), {}, "first"});
    calendar.exceptions.push_back({Date::of(9999, 1, 1), Date::of(9999, 1, 1), {}, "last"});
    plan.facts.calendars.push_back(calendar);
    plan.activity("A" + std::to_string(k), 1).calendar = calendar.key;
  }
  EXPECT_THAT(refusal_of(plan), AllOf(HasSubstr("calendar c"), HasSubstr("1400-01-01 to 9999-01-01")));
  plan.facts.activities.resize(1);
  EXPECT_EQ(refusal_of(plan), "");
}

TEST(Centuries, OfWorkAreScheduledAsLongAsThereAreYears) {
  for (auto const tool : {Tool::Primavera, Tool::Microsoft}) {
    auto plan = tool == Tool::Microsoft ? microsoft_plan() : HourPlan();
    plan.activity("A", 24 * 365.25 * 1000);
    plan.activity("B", 24 * 365.25 * 1000);
    plan.link("A", "B", LinkType::FinishToStart, 24 * 365.25 * 1000);
    auto const dates = schedule(compile(plan.project())).dates("B");
    EXPECT_EQ(to_string(dates.early_finish).substr(0, 4), "4970");  // and some days
    EXPECT_EQ(dates.total_float, Work{});
    for (int k = 0; k < 9; ++k) {
      plan.activity("C" + std::to_string(k), 24 * 365.25 * 1000);
      plan.link(k == 0 ? "B" : "C" + std::to_string(k - 1), "C" + std::to_string(k));
    }
    EXPECT_THAT(refusal_of(plan), AllOf(HasSubstr("activity C"), HasSubstr("1400 to 9999")));
  }
}

TEST(Centuries, OfLagAreRefusedAtTheActivityThatTheyReach) {
  for (double const lag : {9.9e6, -9.9e6}) {
    for (auto const type : {LinkType::FinishToStart, LinkType::StartToStart, LinkType::FinishToFinish,
                            LinkType::StartToFinish}) {
      HourPlan plan;
      std::string last;
      for (int k = 0; k < 12; ++k) {
        auto const key = "A" + std::to_string(k);
        plan.activity(key, 1);
        if (k > 0) plan.link(last, key, type, lag);
        last = key;
      }
      auto const said = refusal_of(plan);
      // Back in time nothing goes before the data date; late dates go out of the years instead.
      EXPECT_THAT(said, AllOf(HasSubstr("activity A"), HasSubstr("1400 to 9999"))) << lag;
    }
  }
}

TEST(Centuries, OfLevellingDelayOrLagOfAnAssignmentAreRefused) {
  auto plan = microsoft_plan();
  std::string last;
  for (int k = 0; k < 12; ++k) {
    auto const key = "M" + std::to_string(k);
    plan.activity(key, 0).microsoft.levelling_delay = {static_cast<std::int64_t>(9.9e6) * 3600};
    if (k > 0) plan.link(last, key);
    last = key;
  }
  EXPECT_THAT(refusal_of(plan), AllOf(HasSubstr("activity M"), HasSubstr("1400 to 9999")));

  HourPlan other;
  for (int k = 0; k < 12; ++k) {
    auto const key = "R" + std::to_string(k);
    other.activity(key, 1).kind = ActivityKind::ResourceDependent;
    other.facts.resources.push_back({.key = "of " + key});
    other.facts.assignments.push_back(
        {.activity = key, .resource = "of " + key, .work = hours(1), .lag = hours(9.9e6)});
    if (k > 0) other.link("R" + std::to_string(k - 1), key);
  }
  EXPECT_THAT(refusal_of(other), AllOf(HasSubstr("activity R"), HasSubstr("1400 to 9999")));
}

TEST(Units, ThatStretchAnHourBeyondAllYearsAreRefused) {
  HourPlan plan;
  plan.activity("A", 1).kind = ActivityKind::ResourceDependent;
  plan.facts.resources.push_back({.key = "nobody"});
  plan.facts.assignments.push_back(
      {.activity = "A", .resource = "nobody", .units = 1e-300, .work = hours(1)});
  EXPECT_THAT(refusal_of(plan), AllOf(HasSubstr("activity A"), HasSubstr("nobody"), HasSubstr("units")));
}

TEST(Years, AtTheEdgesOfTheCalendarAreScheduledOrRefused) {
  for (auto const* start : {"1400-01-01", "9998-12-01", "9999-12-31T23:00"}) {
    HourPlan plan;
    plan.facts.calendars.push_back(calendar_of("office", {{8 * 3600, 16 * 3600}}));
    plan.facts.subprojects[0].data_date = parse_instant(start);
    plan.activity("A", 1);
    EXPECT_EQ(refusal_of(plan), "") << start;
    EXPECT_EQ(schedule(compile(plan.project())).dates("A").early_start, parse_instant(start));
    plan.activity("B", 8).calendar = "office";
    bool const fits = std::string(start) != "9999-12-31T23:00";
    EXPECT_EQ(refusal_of(plan).empty(), fits) << start;
  }
  HourPlan plan;
  plan.activity("A", 1);
  plan.facts.subprojects[0].data_date = Instant{-62135596800};  // year 1
  EXPECT_THAT(refusal_of(plan), AllOf(HasSubstr("data_date"), HasSubstr("1400 to 9999")));
}

TEST(NegativeWork, IsRefusedWhereItStands) {
  HourPlan plan;
  plan.activity("A", -5);
  EXPECT_THAT(refusal_of(plan), AllOf(HasSubstr("A"), HasSubstr("duration is negative")));
  plan.facts.activities[0].duration = hours(5);
  plan.facts.activities[0].progress.remaining = hours(-1);
  EXPECT_THAT(refusal_of(plan), HasSubstr("remaining is negative"));
}

TEST(NegativeLag, LongerThanThePlanDoesNotLeadBeforeTheDataDate) {
  HourPlan plan;
  plan.activity("A", 5), plan.activity("B", 5);
  plan.link("A", "B", LinkType::FinishToStart, -1000);
  auto const s = schedule(compile(plan.project()));
  EXPECT_EQ(s.dates("B").early_start, hour(0));
  EXPECT_EQ(s.dates("A").total_float, hours(0));
}

TEST(Contradictions, BetweenConstraintsShowAsNegativeFloatOnly) {
  HourPlan plan;
  auto& made = plan.activity("A", 10);
  made.constraint = {ConstraintKind::MandatoryStart, hour(20)};
  made.secondary_constraint = {ConstraintKind::FinishNoLaterThan, hour(5)};
  plan.activity("B", 10).constraint = {ConstraintKind::MandatoryFinish, hour(12)};
  plan.link("A", "B");
  auto const s = schedule(compile(plan.project()));
  EXPECT_EQ(s.dates("A").early_start, hour(20));
  EXPECT_EQ(s.dates("B").early_finish, hour(12));
  EXPECT_LT(s.dates("A").total_float, Work{});
}

/// A phase over A and B.
HourPlan phase(std::string const& name = "phase") {
  auto plan = microsoft_plan();
  plan.facts.wbs.push_back({.key = name, .parent = {}, .name = name});
  auto& summary = plan.activity(name, 0);
  summary.kind = ActivityKind::Summary;
  summary.wbs = name;
  plan.activity("A", 5).wbs = name;
  plan.activity("B", 5).wbs = name;
  return plan;
}

std::vector<std::string> loop_of(HourPlan const& plan) {
  try {
    (void)compile(plan.project());
  } catch (CycleError const& error) {
    return error.keys();
  }
  return {};
}

TEST(LoopsThroughSummaries, NameTheSummary) {
  auto plan = phase();
  plan.activity("C", 5);
  plan.link("phase", "C").link("C", "A");
  EXPECT_THAT(loop_of(plan), testing::ElementsAre("A", "phase", "C"));
}

TEST(LoopsThroughSummaries, OfASummaryLinkedToWhatIsBelowIt) {
  for (auto const type : {LinkType::FinishToStart, LinkType::StartToStart, LinkType::FinishToFinish}) {
    auto down = phase();
    down.link("phase", "A", type);
    EXPECT_THAT(loop_of(down), testing::ElementsAre("A", "phase")) << static_cast<int>(type);
    auto up = phase();
    up.link("A", "phase", type);
    EXPECT_THAT(loop_of(up), testing::ElementsAre("A", "phase")) << static_cast<int>(type);
  }
}

TEST(LinksOfSummaries, ThatStandForTooManyAreRefusedByName) {
  auto plan = microsoft_plan();
  for (auto const* name : {"one", "two"}) {
    plan.facts.wbs.push_back({.key = name, .parent = {}, .name = name});
    auto& summary = plan.activity(name, 0);
    summary.kind = ActivityKind::Summary;
    summary.wbs = name;
    for (int k = 0; k < 5000; ++k) plan.activity(std::string(name) + std::to_string(k), 1).wbs = name;
  }
  plan.link("one", "two");
  EXPECT_THAT(refusal_of(plan), AllOf(HasSubstr("one → two"), HasSubstr("milestone")));
}

TEST(Nesting, ThousandsOfLevelsDeepIsScheduled) {
  auto plan = microsoft_plan();
  std::string parent;
  for (int k = 0; k < 3000; ++k) {
    auto const key = "level " + std::to_string(k);
    plan.facts.wbs.push_back({.key = key, .parent = parent, .name = key});
    auto& summary = plan.activity("S" + std::to_string(k), 0);
    summary.kind = ActivityKind::Summary;
    summary.wbs = parent = key;
  }
  plan.activity("A", 5).wbs = parent;
  EXPECT_EQ(schedule(compile(plan.project())).dates("S0").early_finish, hour(5));
}

TEST(WbsCircles, AreRefusedNodeByNode) {
  auto plan = phase();
  plan.facts.wbs[0].parent = "other";
  plan.facts.wbs.push_back({.key = "other", .parent = "phase", .name = "other"});
  EXPECT_THAT(refusal_of(plan), AllOf(HasSubstr("lies below itself"), HasSubstr("phase → other → phase")));
}

}  // namespace
}  // namespace rapport
