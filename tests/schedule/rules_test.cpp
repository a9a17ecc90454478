// One example per rule of the tools, with dates that can be checked by hand.

#include <gtest/gtest.h>

#include "rapport/schedule/float_paths.h"
#include "rapport/schedule/schedule.h"
#include "rapport/schedule/what_if.h"
#include "support/hour_plan.h"

namespace rapport {
namespace {

using support::hour;
using support::HourPlan;

/// A plan from Monday, 4 January 2027, 08:00, with the calendars office (8 to 16), late (16 to 24) and clock.
struct WeekPlan : HourPlan {
  explicit WeekPlan(Tool tool = Tool::Primavera) {
    auto& plan = facts.subprojects[0];
    plan.planned_start = plan.data_date = parse_instant("2027-01-04T08:00");
    plan.calendar = "office";
    plan.rules = tool == Tool::Microsoft ? Rules::microsoft() : Rules::primavera();
    facts.calendars.push_back(five_day_calendar("office", {{8 * 3600, 16 * 3600}}));
    facts.calendars.push_back(five_day_calendar("late", {{16 * 3600, 86400}}));
  }
  void assign(char const* activity, char const* calendar, double work, bool drives = false) {
    Resource& resource = facts.resources.emplace_back();
    resource.key = activity + std::string(" on ") + calendar;
    resource.calendar = calendar;
    Assignment& assignment = facts.assignments.emplace_back();
    assignment.activity = activity, assignment.resource = resource.key;
    assignment.work = hours(work), assignment.drives_dates = drives;
  }
  Schedule scheduled() const { return schedule(compile(project())); }
};

std::string early(Schedule const& s, char const* key) {
  auto const dates = s.dates(key);
  return to_string(dates.early_start) + " … " + to_string(dates.early_finish);
}
std::string late(Schedule const& s, char const* key) {
  auto const dates = s.dates(key);
  return to_string(dates.late_start) + " … " + to_string(dates.late_finish);
}

TEST(ResourceDependent, RunsOnTheCalendarsOfItsAssignments) {
  WeekPlan plan;
  plan.activity("R", 16).kind = ActivityKind::ResourceDependent;
  plan.assign("R", "office", 16);
  plan.assign("R", "late", 24);
  plan.activity("after", 1).calendar = "clock";
  plan.link("R", "after");
  plan.facts.activities[0].duration = hours(24);
  auto const s = plan.scheduled();
  // The office's two days end on Tuesday, the late shift's three at the end of Wednesday.
  EXPECT_EQ(early(s, "R"), "2027-01-04T08:00 … 2027-01-07T00:00");
  EXPECT_EQ(late(s, "R"), "2027-01-04T16:00 … 2027-01-07T00:00");
}

TEST(ResourceDependent, FollowsItsDrivingAssignmentsAlone) {
  WeekPlan plan;
  plan.activity("R", 8).kind = ActivityKind::ResourceDependent;
  plan.assign("R", "office", 40);
  plan.assign("R", "late", 8, true);
  EXPECT_EQ(early(plan.scheduled(), "R"), "2027-01-04T16:00 … 2027-01-05T00:00");
}

TEST(ResourceDependent, DoesWhatRemainsAtTheRateOfWhatRemains) {
  WeekPlan plan;
  auto& activity = plan.activity("R", 40);
  activity.kind = ActivityKind::ResourceDependent;
  activity.progress.actual_start = parse_instant("2026-12-28T08:00");
  activity.progress.remaining = hours(80);
  plan.assign("R", "office", 60);
  plan.facts.assignments[0].remaining = hours(40);
  EXPECT_EQ(early(plan.scheduled(), "R"), "2027-01-04T08:00 … 2027-01-08T16:00");
  plan.facts.assignments[0].remaining_units = 0.5;
  EXPECT_EQ(early(plan.scheduled(), "R"), "2027-01-04T08:00 … 2027-01-15T16:00");
}

TEST(ResourceDependent, TakesWhatItsAssignmentsTakeWhateverItsOwnCalendarMakesOfIt) {
  WeekPlan plan;
  plan.activity("R", 16).kind = ActivityKind::ResourceDependent;
  plan.assign("R", "late", 24);
  EXPECT_EQ(early(plan.scheduled(), "R"), "2027-01-04T16:00 … 2027-01-07T00:00");
}

TEST(ResourceDependent, BeginsAnAssignmentAfterItsLagInWorkingTime) {
  WeekPlan plan;
  plan.activity("R", 8).kind = ActivityKind::ResourceDependent;
  plan.assign("R", "office", 8);
  plan.facts.assignments[0].lag = hours(16);
  EXPECT_EQ(early(plan.scheduled(), "R"), "2027-01-04T08:00 … 2027-01-06T16:00");
  plan.facts.activities[0].progress.actual_start = parse_instant("2027-01-01T08:00");
  EXPECT_EQ(early(plan.scheduled(), "R"), "2027-01-04T08:00 … 2027-01-04T16:00");  // the lag has passed
}

/// A change of the duration reaches the work that gives the dates, in a pass over everything and in one over
/// little.
TEST(ResourceDependent, GrowsAndShrinksWithItsActivityInAnOverlay) {
  for (auto const tool : {Tool::Primavera, Tool::Microsoft}) {
    WeekPlan plan(tool);
    auto& made = plan.activity("R", 24);
    if (tool == Tool::Primavera) made.kind = ActivityKind::ResourceDependent;
    plan.assign("R", "late", 24);
    plan.assign("R", "office", 8);
    plan.activity("after", 8);
    plan.link("R", "after");
    auto const network = compile(plan.project());
    WhatIf what_if(schedule(network));
    auto const with = [&](double length) {
      Overlay overlay(network);
      overlay.set_duration(network.at("R"), hours(length), hours(length));
      EXPECT_EQ(early(what_if.schedule(overlay), "R"), early(schedule(overlay), "R"));
      EXPECT_EQ(late(what_if.schedule(overlay), "R"), late(schedule(overlay), "R"));
      return early(schedule(overlay), "R");
    };
    EXPECT_EQ(with(24), "2027-01-04T08:00 … 2027-01-07T00:00");
    EXPECT_EQ(with(48), "2027-01-04T08:00 … 2027-01-12T00:00");
    EXPECT_EQ(with(12), "2027-01-04T08:00 … 2027-01-05T20:00");
  }
}

/// Of a Microsoft task: a contour leaves some of the units unused, overtime takes no working time.
TEST(MicrosoftAssignment, TakesAsLongAsItsContourAndItsOvertimeHaveIt) {
  auto const ends = [](double work, auto const& change, Tool tool = Tool::Microsoft) {
    WeekPlan plan(tool);
    plan.activity("T", 24).kind =
        tool == Tool::Microsoft ? ActivityKind::Task : ActivityKind::ResourceDependent;
    plan.assign("T", "late", work);
    change(plan.facts.assignments[0]);
    return early(plan.scheduled(), "T");
  };
  std::string const two_and_a_half_days = "2027-01-04T16:00 … 2027-01-06T20:00";
  EXPECT_EQ(ends(20, [](Assignment&) {}), two_and_a_half_days);
  auto const back_loaded = [](Assignment& each) { each.curve = {10, 15, 25, 50, 50, 75, 75, 100, 100, 100}; };
  EXPECT_EQ(ends(12, back_loaded), two_and_a_half_days) << "60 % of the units in the mean";
  EXPECT_EQ(ends(20, back_loaded, Tool::Primavera), two_and_a_half_days) << "a curve of P6 moves no dates";
  EXPECT_EQ(ends(24, [](Assignment& each) { each.overtime = hours(4); }), two_and_a_half_days);
  EXPECT_EQ(ends(15,
                 [](Assignment& each) {
                   each.overtime = hours(3), each.curve = {6, 10, 2};
                 }),
            two_and_a_half_days)
      << "12 h at 60 %";
  EXPECT_EQ(ends(11, [](Assignment& each) { each.duration = hours(20); }), two_and_a_half_days);
  EXPECT_EQ(ends(5, [](Assignment& each) { each.units = 0.25; }), two_and_a_half_days);
}

TEST(ResourceDependent, WithoutAssignmentsRunsOnItsOwnCalendar) {
  WeekPlan plan;
  plan.activity("R", 16).kind = ActivityKind::ResourceDependent;
  EXPECT_EQ(early(plan.scheduled(), "R"), "2027-01-04T08:00 … 2027-01-05T16:00");
}

/// Two projects of a day each, the second five days longer, and a link between them.
WeekPlan two_projects() {
  WeekPlan plan;
  Subproject other = plan.facts.subprojects[0];
  other.key = "other";
  plan.facts.subprojects.push_back(other);
  plan.activity("A", 8);
  plan.activity("B", 48).subproject = "other";
  plan.link("A", "B");
  plan.activity("C", 8);
  return plan;
}

TEST(SeveralProjects, FloatIsCountedToEachProjectsFinishOrToTheLast) {
  auto plan = two_projects();
  EXPECT_EQ(plan.scheduled().dates("C").total_float, hours(0));
  plan.facts.subprojects[0].rules.float_by_subproject = false;
  EXPECT_EQ(plan.scheduled().dates("C").total_float, hours(48));
}

TEST(SeveralProjects, LinksAndDatesOfOthersCanBeIgnored) {
  auto plan = two_projects();
  plan.facts.activities[2].external_early_start = parse_instant("2027-01-06T08:00");
  EXPECT_EQ(early(plan.scheduled(), "B").substr(0, 10), "2027-01-05");
  EXPECT_EQ(early(plan.scheduled(), "C").substr(0, 10), "2027-01-06");
  plan.facts.subprojects[0].rules.ignore_external_links = true;
  EXPECT_EQ(early(plan.scheduled(), "B").substr(0, 10), "2027-01-04");
  EXPECT_EQ(early(plan.scheduled(), "C").substr(0, 10), "2027-01-04");
}

TEST(LevelOfEffort, SpansWhatItsLinksName) {
  WeekPlan plan;
  plan.activity("A", 16), plan.activity("B", 16);
  plan.link("A", "B");
  plan.activity("support", 8).kind = ActivityKind::LevelOfEffort;
  plan.link("A", "support", LinkType::StartToStart).link("B", "support", LinkType::FinishToFinish);
  EXPECT_EQ(early(plan.scheduled(), "support"), "2027-01-04T08:00 … 2027-01-07T16:00");
}

TEST(LevelOfEffort, WithOddLinksTakesWhatThereIs) {
  WeekPlan plan;
  plan.activity("A", 16), plan.activity("B", 16);
  plan.link("A", "B");
  for (auto const* key : {"none", "only start", "only finish", "to successors", "of effort"})
    plan.activity(key, 8).kind = ActivityKind::LevelOfEffort;
  plan.link("A", "only start");
  plan.link("B", "only finish", LinkType::FinishToFinish);
  plan.link("to successors", "B", LinkType::StartToStart)
      .link("to successors", "B", LinkType::FinishToFinish);
  plan.link("only start", "of effort").link("A", "of effort", LinkType::StartToStart);
  auto const s = plan.scheduled();
  EXPECT_EQ(early(s, "none"), "2027-01-04T08:00 … 2027-01-04T16:00");
  EXPECT_EQ(early(s, "only start"), "2027-01-06T08:00 … 2027-01-06T16:00");
  EXPECT_EQ(early(s, "only finish"), "2027-01-04T08:00 … 2027-01-07T16:00");
  EXPECT_EQ(early(s, "to successors"), "2027-01-06T08:00 … 2027-01-07T16:00");
  EXPECT_EQ(early(s, "of effort"), "2027-01-04T08:00 … 2027-01-04T16:00");
  EXPECT_EQ(s.dates("B").early_start, parse_instant("2027-01-06T08:00"));  // nothing waits for them
}

TEST(LevelOfEffort, CountsTheLagsOfItsLinks) {
  WeekPlan plan;
  plan.activity("A", 16), plan.activity("B", 16);
  plan.link("A", "B");
  for (auto const* key : {"after", "before"}) plan.activity(key, 8).kind = ActivityKind::LevelOfEffort;
  plan.link("A", "after", LinkType::StartToStart, 8).link("B", "after", LinkType::FinishToFinish, -8);
  plan.link("before", "B", LinkType::StartToStart, 8).link("before", "B", LinkType::FinishToFinish, 8);
  auto const s = plan.scheduled();
  EXPECT_EQ(early(s, "after"), "2027-01-05T08:00 … 2027-01-06T16:00");
  EXPECT_EQ(early(s, "before"), "2027-01-05T08:00 … 2027-01-06T16:00");
}

TEST(LevelOfEffort, EndsLateWithWhatIsCompletedOnlyWhereNothingElseFollowsIt) {
  WeekPlan plan;
  auto& progress = plan.activity("done", 8).progress;
  progress.actual_start = parse_instant("2026-12-31T08:00");
  progress.actual_finish = parse_instant("2026-12-31T16:00");
  plan.activity("B", 16), plan.activity("C", 24);
  plan.link("B", "C");
  plan.activity("support", 8).kind = ActivityKind::LevelOfEffort;
  plan.link("B", "support", LinkType::StartToStart).link("B", "support", LinkType::FinishToFinish);
  plan.link("done", "support", LinkType::FinishToFinish);
  EXPECT_EQ(to_string(plan.scheduled().dates("support").late_finish), "2027-01-08T16:00");
  plan.link("done", "C", LinkType::FinishToFinish);
  EXPECT_EQ(to_string(plan.scheduled().dates("support").late_finish), "2027-01-05T16:00");
}

TEST(Milestones, StandAtTheEndOfAShiftOrAtItsBeginning) {
  WeekPlan plan;
  plan.activity("A", 8);
  plan.activity("done", 0).kind = ActivityKind::FinishMilestone;
  plan.activity("go", 0).kind = ActivityKind::StartMilestone;
  plan.link("A", "done").link("A", "go");
  auto const s = plan.scheduled();
  EXPECT_EQ(to_string(s.dates("done").early_finish), "2027-01-04T16:00");
  EXPECT_EQ(to_string(s.dates("go").early_start), "2027-01-05T08:00");
}

TEST(DataDate, InTheMiddleOfADayCutsIt) {
  WeekPlan plan;
  plan.facts.subprojects[0].data_date = parse_instant("2027-01-04T12:40");
  plan.activity("A", 8);
  EXPECT_EQ(early(plan.scheduled(), "A"), "2027-01-04T12:40 … 2027-01-05T12:40");
}

TEST(DataDate, AtMidnightIsTheNextMorning) {
  WeekPlan plan;
  plan.facts.subprojects[0].data_date = parse_instant("2027-01-08T00:00");
  plan.activity("A", 16);
  plan.activity("late one", 8).calendar = "late";
  auto const s = plan.scheduled();
  EXPECT_EQ(early(s, "A"), "2027-01-08T08:00 … 2027-01-11T16:00");
  EXPECT_EQ(early(s, "late one"), "2027-01-08T16:00 … 2027-01-09T00:00");
}

TEST(Progress, PhysicalPercentMovesNoDate) {
  WeekPlan plan;
  auto& progress = plan.activity("A", 40).progress;
  progress.actual_start = parse_instant("2027-01-01T08:00");
  progress.remaining = hours(24);
  auto const before = early(plan.scheduled(), "A");
  plan.facts.activities[0].progress.physical_percent = 90;
  EXPECT_EQ(early(plan.scheduled(), "A"), before);
  EXPECT_EQ(before, "2027-01-04T08:00 … 2027-01-06T16:00");
}

TEST(Progress, WithActualDatesWorkGoesOnFromAStartAfterTheDataDate) {
  WeekPlan plan;
  plan.activity("A", 8).progress.actual_start = parse_instant("2027-01-06T08:00");
  plan.facts.subprojects[0].rules.progress = ProgressLogic::ActualDates;
  EXPECT_EQ(early(plan.scheduled(), "A"), "2027-01-06T08:00 … 2027-01-06T16:00");
}

TEST(ExternalDates, HoldWhatIsUnderWayAsALinkWould) {
  WeekPlan plan;
  auto& made = plan.activity("A", 16);
  made.progress.actual_start = parse_instant("2027-01-01T08:00");
  made.progress.remaining = hours(8);
  made.external_early_start = parse_instant("2027-01-06T08:00");
  EXPECT_EQ(early(plan.scheduled(), "A"), "2027-01-06T08:00 … 2027-01-06T16:00");
  plan.facts.subprojects[0].rules.progress = ProgressLogic::ProgressOverride;
  EXPECT_EQ(early(plan.scheduled(), "A"), "2027-01-04T08:00 … 2027-01-04T16:00");
}

TEST(Suspension, HoldsTheRemainingWorkUntilItIsResumed) {
  WeekPlan plan;
  auto& progress = plan.activity("A", 40).progress;
  progress.actual_start = parse_instant("2026-12-31T08:00");
  progress.remaining = hours(8);
  progress.suspended = parse_instant("2027-01-01T16:00");
  progress.resumed = parse_instant("2027-01-07T08:00");
  EXPECT_EQ(early(plan.scheduled(), "A"), "2027-01-07T08:00 … 2027-01-07T16:00");
}

TEST(AsLateAsPossible, EatsFreeFloatInPrimaveraAndTotalFloatInProject) {
  for (auto const tool : {Tool::Primavera, Tool::Microsoft}) {
    WeekPlan plan(tool);
    plan.activity("A", 8).constraint.kind = ConstraintKind::AsLateAsPossible;
    plan.activity("B", 8), plan.activity("long", 24), plan.activity("end", 32);
    plan.activity("C", 8);
    plan.link("A", "B").link("long", "B").link("B", "C");
    auto const start = early(plan.scheduled(), "A").substr(0, 10);
    // Before B's early start there are three days, until the end of the project another one or more.
    EXPECT_EQ(start, tool == Tool::Primavera ? "2027-01-06" : "2027-01-06") << static_cast<int>(tool);
    plan.facts.activities[3].duration = hours(48);
    auto const later = early(plan.scheduled(), "A").substr(0, 10);
    EXPECT_EQ(later, tool == Tool::Primavera ? "2027-01-06" : "2027-01-07");
  }
}

// As P6 has EC1420 of harbour_baseline: its float is that of its successor and twice what its row says it
// takes.
TEST(AsLateAsPossible, AStartMilestoneKeepsAwayByTheRemainingDurationItIsSaidToHave) {
  WeekPlan plan;
  plan.activity("long", 80), plan.activity("before", 24), plan.activity("after", 8);
  auto& milestone = plan.activity("M", 0);
  milestone.kind = ActivityKind::StartMilestone;
  milestone.progress.remaining = hours(16);
  plan.link("before", "after"), plan.link("M", "after");
  EXPECT_EQ(early(plan.scheduled(), "M"), "2027-01-04T08:00 … 2027-01-04T08:00");
  EXPECT_EQ(late(plan.scheduled(), "M"), "2027-01-15T08:00 … 2027-01-15T08:00");
  plan.facts.activities[3].constraint.kind = ConstraintKind::AsLateAsPossible;
  auto const s = plan.scheduled();
  EXPECT_EQ(early(s, "after"), "2027-01-07T08:00 … 2027-01-07T16:00");
  EXPECT_EQ(early(s, "M"), "2027-01-05T08:00 … 2027-01-05T08:00");
  EXPECT_EQ(late(s, "M"), "2027-01-18T16:00 … 2027-01-18T16:00");
  EXPECT_EQ(s.dates("after").total_float, hours(48));
  EXPECT_EQ(s.dates("M").total_float, hours(48 + 2 * 16));
  EXPECT_EQ(s.dates("M").free_float, hours(0));
  EXPECT_EQ(
      s.why("M").steps[0].text,
      "M finishes 2027-01-05T08:00: after starts 2027-01-07T08:00 (FS), and its remaining duration is said "
      "to be 16h");
}

TEST(OpenEnds, ThatAnotherProjectWaitsForAreAsLateAsItAllows) {
  WeekPlan plan;
  plan.activity("here", 8).external_late_finish = parse_instant("2027-01-15T16:00");
  plan.activity("long", 40);
  auto const s = plan.scheduled();
  EXPECT_EQ(late(s, "here"), "2027-01-15T08:00 … 2027-01-15T16:00") << "a week after this project's finish";
  EXPECT_EQ(s.dates("here").total_float, hours(72));
  plan.link("here", "long");
  EXPECT_EQ(late(plan.scheduled(), "here"), "2027-01-04T08:00 … 2027-01-04T16:00");
}

TEST(Constraint, OfAFinishThatHasComeTrueAsksForNothing) {
  // Out of sequence: what comes before is still to be done, and its float is what the rest leaves.
  for (auto const kind :
       {ConstraintKind::FinishNoLaterThan, ConstraintKind::FinishOn, ConstraintKind::MandatoryFinish}) {
    WeekPlan plan;
    plan.activity("before", 8);
    auto& done = plan.activity("done", 8);
    done.progress.actual_start = parse_instant("2027-01-01T08:00");
    done.progress.actual_finish = parse_instant("2027-01-01T16:00");
    done.constraint = {kind, parse_instant("2027-01-01T16:00")};
    plan.activity("after", 8), plan.activity("long", 40);
    plan.link("before", "done").link("done", "after");
    EXPECT_EQ(plan.scheduled().dates("before").total_float, hours(24));
  }
}

TEST(Critical, IsWhatEachProjectSaysOfItself) {
  WeekPlan plan;
  auto& other = plan.facts.subprojects.emplace_back(plan.facts.subprojects[0]);
  other.key = "other";
  other.rules.critical_limit = hours(24);
  plan.activity("long", 40), plan.activity("short", 24), plan.activity("long there", 40).subproject = "other";
  plan.activity("short there", 24).subproject = "other";
  auto const s = plan.scheduled();
  EXPECT_FALSE(s.dates("short").critical) << "16 h of float";
  EXPECT_TRUE(s.dates("short there").critical) << "less than the 24 h that its project allows";
  Rules all = plan.facts.subprojects[0].rules;
  all.critical_limit = hours(20);
  auto const by_one = schedule(compile(plan.project()), all);
  EXPECT_TRUE(by_one.dates("short").critical && by_one.dates("short there").critical);
}

TEST(OpenEnds, AreCriticalWhenTheRulesSaySo) {
  for (auto const tool : {Tool::Primavera, Tool::Microsoft}) {
    WeekPlan plan(tool);
    plan.activity("short", 8), plan.activity("long", 40);
    EXPECT_EQ(plan.scheduled().dates("short").total_float, hours(32));
    plan.facts.subprojects[0].rules.open_ends_critical = true;
    EXPECT_EQ(plan.scheduled().dates("short").total_float, hours(0));
  }
}

TEST(PercentLag, IsAShareOfThePredecessorsDurationInWorkingTimeOrOnTheClock) {
  for (auto const tool : {Tool::Primavera, Tool::Microsoft}) {
    WeekPlan plan(tool);
    plan.activity("pour", 16), plan.activity("strip", 8);
    plan.link("pour", "strip");
    plan.facts.links[0].lag = {LagKind::Percent, 0, 150};
    EXPECT_EQ(early(plan.scheduled(), "strip"), "2027-01-11T08:00 … 2027-01-11T16:00") << "24 h of office";
    plan.facts.links[0].lag = {LagKind::ElapsedPercent, 0, 150};
    auto const s = plan.scheduled();
    EXPECT_EQ(early(s, "strip"), "2027-01-07T08:00 … 2027-01-07T16:00") << "24 h from Tuesday 16:00";
    EXPECT_EQ(late(s, "pour"), "2027-01-04T08:00 … 2027-01-05T16:00");
    plan.facts.links[0].lag.percent = -150;
    EXPECT_EQ(early(plan.scheduled(), "strip"), "2027-01-05T08:00 … 2027-01-05T16:00") << "Monday 16:00";
  }
}

TEST(PercentLag, OfAnElapsedDurationIsElapsedInProject) {
  WeekPlan plan(Tool::Microsoft);
  plan.activity("cure", 48).microsoft.elapsed_duration = true;
  plan.activity("strip", 8);
  plan.link("cure", "strip");
  plan.facts.links[0].lag = {LagKind::Percent, 0, 50};
  auto const s = plan.scheduled();
  EXPECT_EQ(early(s, "strip"), "2027-01-07T08:00 … 2027-01-07T16:00") << "24 h from Wednesday 08:00";
  EXPECT_EQ(late(s, "cure"), "2027-01-04T08:00 … 2027-01-06T08:00");
  EXPECT_EQ(s.dates("cure").free_float, hours(0));
}

// Without a lag, a start holds back a start from where the predecessor stands, not from its actual date; a
// share of nothing is no lag.
TEST(PercentLag, OfNothingIsNoLag) {
  WeekPlan plan(Tool::Primavera);
  auto& begun = plan.activity("begun", 0);
  begun.kind = ActivityKind::StartMilestone;
  begun.progress.actual_start = parse_instant("2027-01-01T08:00");
  begun.progress.suspended = begun.progress.actual_start;
  begun.progress.resumed = parse_instant("2027-01-06T08:00");
  plan.activity("next", 8);
  plan.link("begun", "next", LinkType::StartToStart);
  auto rules = Rules::primavera();
  rules.start_to_start_from_early = false;
  for (double const share : {0.0, 20.0}) {
    plan.facts.links[0].lag = {LagKind::Percent, 0, share};
    auto const s = schedule(compile(plan.project()), rules);
    EXPECT_EQ(early(s, "next"), "2027-01-06T08:00 … 2027-01-06T16:00") << share;
  }
}

TEST(Split, MovesWithTheTaskAndKeepsItsPauses) {
  WeekPlan plan(Tool::Microsoft);
  plan.activity("before", 8);
  auto& task = plan.activity("split", 24);
  task.microsoft.splits = {{parse_instant("2027-01-04T08:00"), parse_instant("2027-01-04T16:00")},
                           {parse_instant("2027-01-06T08:00"), parse_instant("2027-01-07T16:00")}};
  auto const s = plan.scheduled();
  EXPECT_EQ(early(s, "split"), "2027-01-04T08:00 … 2027-01-07T16:00");
  plan.link("before", "split");
  auto const moved = plan.scheduled();
  EXPECT_EQ(early(moved, "split"), "2027-01-05T08:00 … 2027-01-08T16:00");
  EXPECT_EQ(late(moved, "split"), "2027-01-05T08:00 … 2027-01-08T16:00");
  EXPECT_EQ(moved.dates("before").total_float, hours(0));
}

TEST(Split, CountsFromWhereTheWorkResumes) {
  WeekPlan plan(Tool::Microsoft);
  auto& task = plan.activity("split", 24);
  task.microsoft.splits = {{parse_instant("2027-01-04T08:00"), parse_instant("2027-01-04T16:00")},
                           {parse_instant("2027-01-06T08:00"), parse_instant("2027-01-07T16:00")}};
  task.progress.actual_start = parse_instant("2027-01-04T08:00");
  task.progress.remaining = hours(16);
  task.progress.suspended = parse_instant("2027-01-04T16:00");
  task.progress.resumed = parse_instant("2027-01-11T08:00");
  EXPECT_EQ(early(plan.scheduled(), "split"), "2027-01-04T08:00 … 2027-01-12T16:00");
}

TEST(FromTheFinish, TasksStandAsLateAsTheFinishAllows) {
  WeekPlan plan(Tool::Microsoft);
  auto& project = plan.facts.subprojects[0];
  project.rules.from_finish = true;
  project.must_finish_by = parse_instant("2027-01-22T16:00");  // a Friday
  for (auto const* key : {"A", "B", "short"})
    plan.activity(key, 16).constraint.kind = ConstraintKind::AsLateAsPossible;
  plan.activity("soon", 8);
  plan.link("A", "B");
  auto const s = plan.scheduled();
  EXPECT_EQ(early(s, "B"), "2027-01-21T08:00 … 2027-01-22T16:00");
  EXPECT_EQ(early(s, "A"), "2027-01-19T08:00 … 2027-01-20T16:00");
  EXPECT_EQ(early(s, "short"), "2027-01-21T08:00 … 2027-01-22T16:00");
  EXPECT_EQ(early(s, "soon"), "2027-01-19T08:00 … 2027-01-19T16:00");  // as soon as possible
}

// Several critical paths take the late dates of open ends from their early ones, of which there are none yet.
TEST(FromTheFinish, SeveralCriticalPathsMoveNothing) {
  WeekPlan plan(Tool::Microsoft);
  auto& project = plan.facts.subprojects[0];
  project.rules.from_finish = true;
  project.must_finish_by = parse_instant("2027-01-22T16:00");
  plan.activity("A", 16).constraint.kind = ConstraintKind::AsLateAsPossible;
  plan.activity("B", 16);
  plan.activity("M", 0);
  plan.link("A", "M");
  auto const one = plan.scheduled();
  project.rules.open_ends_critical = true;
  auto const several = plan.scheduled();
  for (auto const* key : {"A", "B", "M"}) EXPECT_EQ(early(several, key), early(one, key)) << key;
  EXPECT_EQ(several.dates("B").total_float, hours(0));
}

/// A summary over A and B, after a task before it.
WeekPlan with_summary() {
  WeekPlan plan(Tool::Microsoft);
  WbsNode node;
  node.key = "1", node.subproject = "plan";
  plan.facts.wbs.push_back(node);
  auto& summary = plan.activity("phase", 0);
  summary.kind = ActivityKind::Summary;
  summary.wbs = "1";
  plan.activity("A", 8).wbs = "1";
  plan.activity("B", 16).wbs = "1";
  plan.activity("other", 40);
  return plan;
}

TEST(Summary, ItsConstraintsHoldForWhatIsBelowIt) {
  auto plan = with_summary();
  plan.facts.activities[0].constraint = {ConstraintKind::StartNoEarlierThan,
                                         parse_instant("2027-01-06T08:00")};
  auto const s = plan.scheduled();
  EXPECT_EQ(early(s, "A"), "2027-01-06T08:00 … 2027-01-06T16:00");
  EXPECT_EQ(early(s, "phase"), "2027-01-06T08:00 … 2027-01-07T16:00");
  EXPECT_EQ(early(s, "other").substr(0, 10), "2027-01-04");

  plan.facts.activities[0].constraint = {ConstraintKind::FinishNoLaterThan,
                                         parse_instant("2027-01-05T16:00")};
  auto const bound = plan.scheduled();
  EXPECT_EQ(late(bound, "A"), "2027-01-05T08:00 … 2027-01-05T16:00");
  EXPECT_EQ(early(bound, "A"), "2027-01-04T08:00 … 2027-01-04T16:00");
}

TEST(Summary, ItsLinksHoldForWhatIsBelowIt) {
  auto plan = with_summary();
  plan.activity("after", 8);
  plan.link("phase", "after");
  EXPECT_EQ(early(plan.scheduled(), "after"), "2027-01-06T08:00 … 2027-01-06T16:00");
}

TEST(Summary, APercentLagBehindItIsAShareOfItsOwnDuration) {
  // The summary lasts two days of eight hours: half of that behind its finish on Tuesday at 16:00.
  auto plan = with_summary();
  plan.facts.activities[0].duration = hours(16);
  plan.activity("after", 8);
  plan.link("phase", "after");
  plan.facts.links.back().lag = {.kind = LagKind::Percent, .percent = 50};
  EXPECT_EQ(early(plan.scheduled(), "after"), "2027-01-07T08:00 … 2027-01-07T16:00");
  EXPECT_EQ(late(plan.scheduled(), "A"), "2027-01-06T08:00 … 2027-01-06T16:00");
  plan.facts.links.back().lag = {.kind = LagKind::ElapsedPercent, .percent = 50};
  EXPECT_EQ(early(plan.scheduled(), "after"), "2027-01-06T08:00 … 2027-01-06T16:00");
  plan.facts.links.back().lag = {.kind = LagKind::Percent, .percent = -50};
  EXPECT_EQ(early(plan.scheduled(), "after"), "2027-01-05T08:00 … 2027-01-05T16:00");
}

TEST(Summary, OfPrimaveraShowsWhatRemainsAndItsFloat) {
  auto plan = with_summary();
  plan.facts.subprojects[0].rules = Rules::primavera();
  auto& done = plan.facts.activities[1].progress;
  done.actual_start = parse_instant("2026-12-30T08:00"),
  done.actual_finish = parse_instant("2026-12-30T16:00");
  auto const s = plan.scheduled();
  EXPECT_EQ(early(s, "phase"), "2027-01-04T08:00 … 2027-01-05T16:00");
  EXPECT_EQ(late(s, "phase"), "2027-01-07T08:00 … 2027-01-08T16:00");
  EXPECT_EQ(s.dates("phase").total_float, hours(24));
  EXPECT_FALSE(s.dates("phase").critical);
}

/// A is kept from starting before Wednesday; what follows the summary's start begins with B, on Monday.
TEST(Summary, StartsWithTheFirstThatIsBelowIt) {
  auto plan = with_summary();
  plan.facts.activities[1].constraint = {ConstraintKind::StartNoEarlierThan,
                                         parse_instant("2027-01-06T08:00")};
  plan.activity("after", 8).deadline = parse_instant("2027-01-06T16:00");
  plan.link("phase", "after", LinkType::StartToStart);
  auto const network = compile(plan.project());
  auto const s = schedule(network);
  EXPECT_EQ(early(s, "after"), "2027-01-04T08:00 … 2027-01-04T16:00");
  // Only B has to start by Wednesday for it.
  EXPECT_EQ(s.dates("B").total_float, hours(16));
  EXPECT_EQ(s.dates("A").total_float, hours(16));
  EXPECT_EQ(to_string(s.dates("A").late_finish), "2027-01-08T16:00");

  WhatIf what_if(s);
  Overlay later(network);
  later.set_constraint(network.at("B"),
                       {ConstraintKind::StartNoEarlierThan, parse_instant("2027-01-07T08:00")});
  for (auto const& changed : {schedule(later), what_if.schedule(later)}) {
    EXPECT_EQ(early(changed, "after"), "2027-01-06T08:00 … 2027-01-06T16:00");
    EXPECT_EQ(changed.dates("A").total_float, hours(0));
  }
  for (auto const* gone : {"A", "B"}) {
    Overlay without(network);
    without.remove_activity(gone);
    EXPECT_EQ(early(schedule(without), "after").substr(0, 10), gone[0] == 'A' ? "2027-01-04" : "2027-01-06");
  }
}

TEST(UnderWay, CanStillBeKeptFromFinishingInProject) {
  WeekPlan plan(Tool::Microsoft);
  auto& made = plan.activity("A", 8);
  made.progress.actual_start = parse_instant("2027-01-04T08:00");
  made.constraint = {ConstraintKind::FinishNoEarlierThan, parse_instant("2027-01-07T16:00")};
  EXPECT_EQ(early(plan.scheduled(), "A"), "2027-01-04T08:00 … 2027-01-07T16:00");
}

TEST(Inactive, TasksHoldNobodyAndStayOut) {
  WeekPlan plan(Tool::Microsoft);
  plan.activity("off", 40).microsoft.inactive = true;
  plan.activity("A", 8);
  plan.link("off", "A");
  auto const s = plan.scheduled();
  EXPECT_EQ(early(s, "A"), "2027-01-04T08:00 … 2027-01-04T16:00");
  // It stands where it would be, and the plan is what is left without it.
  EXPECT_EQ(early(s, "off"), "2027-01-04T08:00 … 2027-01-08T16:00");
  EXPECT_EQ(to_string(s.start()) + to_string(s.finish()), "2027-01-04T08:002027-01-04T16:00");
  EXPECT_FALSE(s.dates("off").critical || s.dates("off").on_longest_path);
  EXPECT_TRUE(s.dates("A").on_longest_path);
}

TEST(TaskCalendar, TogetherWithTheResourcesLeavesTheTimeOfBoth) {
  WeekPlan plan(Tool::Microsoft);
  plan.facts.calendars.push_back(five_day_calendar("afternoon", {{12 * 3600, 20 * 3600}}));
  auto& task = plan.activity("A", 8);
  task.calendar = "afternoon";
  plan.assign("A", "office", 8);
  EXPECT_EQ(early(plan.scheduled(), "A"), "2027-01-04T12:00 … 2027-01-05T16:00");
  plan.facts.activities[0].microsoft.ignore_resource_calendars = true;
  EXPECT_EQ(early(plan.scheduled(), "A"), "2027-01-04T12:00 … 2027-01-04T20:00");
}

TEST(Assignments, OnTheTasksOwnCalendarCountBesideOthers) {
  WeekPlan plan(Tool::Microsoft);
  plan.activity("A", 24);
  plan.assign("A", "office", 16);
  plan.assign("A", "late", 24);
  // It begins with the office, and ends with the late shift.
  EXPECT_EQ(early(plan.scheduled(), "A"), "2027-01-04T08:00 … 2027-01-07T00:00");
}

TEST(StartToFinish, IsShownToEndWhereItIsHeld) {
  for (auto const tool : {Tool::Primavera, Tool::Microsoft}) {
    WeekPlan plan(tool);
    plan.activity("before", 8), plan.activity("night watch", 8), plan.activity("day watch", 8);
    plan.activity("first", 16);
    plan.link("first", "day watch").link("day watch", "night watch", LinkType::StartToFinish);
    EXPECT_EQ(early(plan.scheduled(), "night watch"), "2027-01-05T08:00 … 2027-01-06T08:00");
  }
}

TEST(FloatPaths, BeginWithWhatDrivesAndGoOnWithTheNextLeastFloat) {
  HourPlan plan;
  plan.activity("A", 10), plan.activity("B", 4), plan.activity("C", 6), plan.activity("D", 2);
  plan.activity("E", 1);
  plan.link("A", "E").link("B", "C").link("C", "E", LinkType::FinishToStart, -2).link("D", "C");
  auto const s = schedule(compile(plan.project()));
  auto const paths = find_float_paths(s, "E");
  auto const keys = [&](FloatPath const& path) {
    std::string text;
    for (auto const i : path.activities) text += s.network().key(i);
    return text;
  };
  ASSERT_EQ(paths.size(), 3U);
  EXPECT_EQ(keys(paths[0]), "AE");
  EXPECT_EQ(keys(paths[1]), "BC");
  EXPECT_EQ(paths[1].by, hours(2));
  EXPECT_EQ(keys(paths[2]), "D");
  EXPECT_EQ(s.network().key(paths[2].joins), "C");
  EXPECT_EQ(find_float_paths(s, "E", 1).size(), 1U);
  EXPECT_EQ(keys(find_float_paths(s, "", 10, FloatPathsBy::TotalFloat)[0]), "AE");
  EXPECT_EQ(float_paths(s, "E").rows(), 5U);
  EXPECT_THROW((void)find_float_paths(s, "F"), NotFound);
}

TEST(FloatPaths, DoNotLeadToWhatIsCompleted) {
  HourPlan plan;
  plan.activity("A", 1).progress.actual_finish = hour(0);
  plan.facts.activities[0].progress.actual_start = hour(-1);
  EXPECT_THROW((void)find_float_paths(schedule(compile(plan.project())), "A"), InvalidInput);
  EXPECT_TRUE(find_float_paths(schedule(compile(plan.project())), "").empty());
}

}  // namespace
}  // namespace rapport
