#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "impact/small_plan.h"

namespace rapport::test {
namespace {

using testing::HasSubstr;

TEST(Assess, MoreWorkOnTheCriticalPathMovesTheFinish) {
  Project const project = made(diamond());
  auto const impact = assessed(project, change({add_work("A", 16)}));
  // A ends Tue 12 Jan, B Thu 14, C on Tue 19 Jan: two working days, four on the clock.
  EXPECT_EQ(when(impact.before().finish()), "2027-01-15T17:00");
  EXPECT_EQ(when(impact.after().finish()), "2027-01-19T17:00");
  EXPECT_EQ(impact.finish_delta(), Elapsed{4 * seconds_per_day});
  EXPECT_EQ(impact.finish_delta_work(), hours(16));
  EXPECT_EQ(when(delta(impact, "A").after->early_finish), "2027-01-12T17:00");
  EXPECT_EQ(delta(impact, "A").early_start, Elapsed{0});
  EXPECT_EQ(delta(impact, "C").early_start, Elapsed{2 * seconds_per_day}) << "Wed 13 to Fri 15 Jan";
  EXPECT_EQ(to_string(impact.trail("finish")), "A → B → C → finish");
}

// Two that wait for nothing and go as late as they may: one until the finish, one until B begins.
TEST(Assess, WhatGoesAsLateAsPossibleFollowsTheFinishAndNeverLeadsToIt) {
  for (auto const& rules : {Rules::primavera(), Rules::microsoft()}) {
    Facts facts = diamond();
    auto with = [&](std::string key) {
      auto late = task(std::move(key), 8);
      late.subproject = "P";
      late.constraint.kind = ConstraintKind::AsLateAsPossible;
      facts.activities.push_back(late);
    };
    with("Y"), with("Z");
    facts.links.push_back(follows("Z", "B"));
    Project const project = made(facts);
    auto const before = schedule(compile(project), rules);
    auto const impact = assess(project, before, change({add_work("A", 16)}));
    EXPECT_EQ(delta(impact, "Y").after->early_finish, impact.after().finish());
    EXPECT_EQ(to_string(impact.trail("finish")), "A → B → C → finish");
    EXPECT_EQ(to_string(impact.trail("Y")), "A → B → C → Y");
    EXPECT_EQ(to_string(impact.trail("Z")), "A → B → Z");
    EXPECT_EQ(impact.trail("Y").steps.back().because, "as late as the project's finish lets it");
    EXPECT_EQ(impact.trail("Z").steps.back().because, "as late as possible, FS");
    EXPECT_EQ(impact.finish_delta_work(), hours(16));
  }
}

TEST(Assess, MoreWorkWithinTheFloatMovesNothingElse) {
  Project const project = made(diamond());
  auto const impact = assessed(project, change({add_work("D", 1, TimeUnit::Days)}));
  EXPECT_EQ(impact.finish_delta(), Elapsed{0});
  EXPECT_EQ(delta(impact, "D").total_float, -hours(8));
  EXPECT_TRUE(delta(impact, "D").newly_critical);
  EXPECT_FALSE(delta(impact, "C").moved());
}

TEST(Assess, AnEmptyChangeChangesNothing) {
  Project const project = made(diamond());
  auto const impact = assessed(project, change({}));
  EXPECT_EQ(impact.finish_delta(), Elapsed{0});
  EXPECT_EQ(impact.cost_delta(), (Money{0, eur}));
  EXPECT_TRUE(impact.cost_lines().empty());
  EXPECT_TRUE(impact.reached().empty());
  EXPECT_TRUE(impact.reworks().empty());
  for (auto const& one : impact.activity_deltas()) {
    EXPECT_EQ(one.before, one.after);
    EXPECT_EQ(one.total_float, Work{});
    EXPECT_FALSE(one.moved());
  }
  for (auto const& figure : impact.quality_figures()) EXPECT_EQ(figure.value, 0) << name_of(figure.measure);
  EXPECT_EQ(impact.activities().rows(), 0U);
}

TEST(Assess, LeavesProjectAndScheduleAlone) {
  Project const project = made(diamond());
  Facts const facts = project.facts();
  auto const before = schedule(compile(project));
  auto const dates = before.dates("C");
  (void)assess(project, before, change({add_work("A", 16)}));
  EXPECT_EQ(project.facts(), facts);
  EXPECT_EQ(before.dates("C"), dates);
}

TEST(Assess, WorkIsTakenAway) {
  Project const project = made(diamond());
  auto edit = add_work("A", 32);
  edit.adjustment = Adjustment::Set;
  EXPECT_EQ(assessed(project, change({edit})).finish_delta_work(), -hours(8));
  edit.adjustment = Adjustment::Scale;
  edit.factor = 0.5;
  EXPECT_EQ(assessed(project, change({edit})).finish_delta_work(), -hours(20));
}

TEST(Assess, TheShareOfStatedWorkIsOfWhatThereWasBefore) {
  // Of 16 hours: 0.7 takes 4.8 away, 0.3 of them; 2 adds 16, all of them, and 3 no more than all.
  for (auto const& [factor, share] : std::vector<std::pair<double, double>>{
           {0.7, 0.3}, {0.5, 0.5}, {0.2, 0.8}, {2, 1}, {3, 1}, {1.25, 0.25}}) {
    WorkChange scaled;
    scaled.activity = "B";
    scaled.adjustment = Adjustment::Scale;
    scaled.factor = factor;
    auto const impact = assessed(made(diamond()), change({scaled}));
    ASSERT_NE(impact.find(activity("B")), nullptr);
    EXPECT_NEAR(impact.find(activity("B"))->share, share, 1e-9) << factor;
  }
  // Two edits of one activity: four hours and eight are twelve of sixteen.
  auto const twice = assessed(made(diamond()), change({add_work("B", 4), add_work("B", 8)}));
  EXPECT_NEAR(twice.find(activity("B"))->share, 0.75, 1e-9);
}

TEST(Assess, TakingAwayMoreThanIsLeftIsRefused) {
  Project const project = made(diamond());
  try {
    (void)assessed(project, change({add_work("B", 8), add_work("A", -41)}));
    FAIL();
  } catch (InvalidInput const& error) {
    EXPECT_THAT(error.what(), HasSubstr("change CR-1, edit 2: activity A has 40h left"));
  }
}

TEST(Assess, AnUnknownTargetIsNamedWithItsEditAndNearKeys) {
  auto facts = diamond();
  facts.activities.push_back(task("A1040", 8));
  facts.activities.back().subproject = "P";
  Project const project = made(facts);
  try {
    (void)assessed(project, change({add_work("A", 8), add_work("A1O40", 8)}));
    FAIL();
  } catch (NotFound const& error) {
    EXPECT_EQ(error.key(), "A1O40");
    EXPECT_THAT(error.nearest(), testing::ElementsAre("A1040"));
    EXPECT_THAT(error.what(), HasSubstr("change CR-1, edit 2"));
  }
  EXPECT_THROW((void)assessed(project, change({changed("REQ-1", 1)})), NotFound);
  RateChange rate;
  rate.resource = "R-9";
  EXPECT_THROW((void)assessed(project, change({rate})), NotFound);
}

TEST(Assess, MilestonesAndSummariesHaveNoWork) {
  auto facts = diamond();
  facts.activities[2].kind = ActivityKind::FinishMilestone;
  facts.activities[2].duration = {};
  Project const project = made(facts);
  EXPECT_THROW((void)assessed(project, change({add_work("C", 8)})), InvalidInput);
}

TEST(Assess, ALinkHoldsItsSuccessor) {
  Project const project = made(diamond());
  // D waits for B: D Wed 13 Jan, C from Thu 14 to Mon 18 Jan 17:00.
  auto const impact = assessed(project, change({LinkChange{follows("B", "D"), false}}));
  EXPECT_EQ(when(impact.after().finish()), "2027-01-18T17:00");
  EXPECT_EQ(impact.finish_delta_work(), hours(8));
  EXPECT_EQ(to_string(impact.trail("finish")), "D → C → finish");
}

TEST(Assess, ALinkThatClosesALoopIsRefusedWithItsPath) {
  Project const project = made(diamond());
  EXPECT_THROW((void)assessed(project, change({LinkChange{follows("C", "A"), false}})), CycleError);
}

TEST(Assess, ARemovedLinkFreesItsSuccessor) {
  Project const project = made(diamond());
  // B starts with A: C waits for D alone, Tue 12 to Thu 14 Jan.
  auto const impact = assessed(project, change({LinkChange{follows("A", "B"), true}}));
  EXPECT_EQ(when(impact.after().finish()), "2027-01-14T17:00");
  EXPECT_THROW((void)assessed(project, change({LinkChange{follows("B", "D"), true}})), NotFound);
}

TEST(Assess, AConstraintHoldsItsActivity) {
  Project const project = made(diamond());
  ConstraintChange edit;
  edit.activity = "D";
  edit.constraint = {ConstraintKind::StartNoEarlierThan, parse_instant("2027-01-18T08:00")};
  // D Mon 18 Jan, C Tue 19 to Thu 21 Jan.
  auto const impact = assessed(project, change({edit}));
  EXPECT_EQ(when(impact.after().finish()), "2027-01-21T17:00");
}

TEST(Assess, AnAddedActivityTakesItsPlace) {
  Project const project = made(diamond());
  ActivityAddition edit;
  edit.activity = task("N", 24);
  edit.activity.subproject = "P";
  // N Mon 11 to Wed 13, C Thu 14 to Mon 18 Jan.
  auto const impact = assessed(
      project, change({edit, LinkChange{follows("A", "N"), false}, LinkChange{follows("N", "C"), false}}));
  EXPECT_EQ(when(impact.after().finish()), "2027-01-18T17:00");
  EXPECT_FALSE(delta(impact, "N").before);
  EXPECT_EQ(when(delta(impact, "N").after->early_start), "2027-01-11T08:00");
  EXPECT_EQ(to_string(impact.trail("finish")), "N → C → finish");
}

TEST(Assess, ARemovedActivityLetsItsPredecessorsHoldItsSuccessors) {
  Project const project = made(diamond());
  // Without B: A to Fri 8, D Mon 11, C Tue 12 to Thu 14 Jan.
  auto const impact = assessed(project, change({ActivityRemoval{"B"}}));
  EXPECT_EQ(when(impact.after().finish()), "2027-01-14T17:00");
  EXPECT_FALSE(delta(impact, "B").after);
  ASSERT_EQ(impact.reworks().size(), 1U);
  EXPECT_EQ(impact.reworks().front().kind, ReworkKind::Removed);
  EXPECT_EQ(impact.reworks().front().duration, -hours(16));
}

TEST(Assess, ContractMilestonesCompareWithTheirDueDate) {
  auto facts = diamond();
  ContractMilestone milestone;
  milestone.key = "M";
  milestone.activity = "C";
  milestone.due = parse_instant("2027-01-18T17:00");
  facts.contract_milestones.push_back(milestone);
  Project const project = made(facts);
  auto const impact = assessed(project, change({add_work("A", 16)}));
  auto const& promised = impact.milestone_deltas().at(1);
  EXPECT_EQ(promised.kind, MilestoneKind::Contract);
  EXPECT_EQ(promised.late_before, Elapsed{0});
  EXPECT_EQ(promised.late_after, Elapsed{seconds_per_day});
  EXPECT_EQ(to_string(impact.trail("M")), "A → B → C");
}

TEST(Trail, NamesNoFloatOfWorkThatIsDone) {
  // A is done and its only need falls away: nothing is left that could slip.
  auto facts = diamond();
  facts.subprojects[0].data_date = parse_instant("2027-01-11T08:00");
  facts.activities[0].progress.actual_start = parse_instant("2027-01-04T08:00");
  facts.activities[0].progress.actual_finish = parse_instant("2027-01-08T17:00");
  Requirement need;
  need.key = "REQ";
  facts.requirements = {need};
  facts.traces = {trace(requirement("REQ"), activity("A"), TraceType::Implements, 1, 1)};
  auto gone = changed("REQ", 1);
  gone.remove = true;
  auto const trail = assessed(made(facts), change({gone})).trail("finish");
  EXPECT_EQ(to_string(trail), "finish");
  EXPECT_EQ(trail.steps.back().because, "the finish does not move");
  // An open activity beside it has float to name: D has a day.
  auto const open = assessed(made(facts), change({gone, add_work("D", 2)}));
  EXPECT_EQ(open.trail("finish").steps.back().because, "the finish does not move: 6h of float remain");
}

TEST(Trail, LeavesOutTheMiddleOfALongChainInText) {
  auto facts = diamond();
  facts.activities.clear();
  facts.links.clear();
  for (int i = 10; i < 40; ++i) {
    facts.activities.push_back(task(std::to_string(i), 1));
    facts.activities.back().subproject = "P";
    if (i > 10) facts.links.push_back(follows(std::to_string(i - 1), std::to_string(i)));
  }
  auto const trail = assessed(made(facts), change({add_work("10", 1)})).trail("finish");
  EXPECT_EQ(trail.steps.size(), 32U);
  EXPECT_EQ(
      to_string(trail),
      "10 → 11 → 12 → 13 → 14 → 15 → 16 → 17 → … 15 more … → 33 → 34 → 35 → 36 → 37 → 38 → 39 → finish");
}

TEST(Assess, IsCancelledFromOutside) {
  Project const project = made(diamond());
  RunControl control;
  control.on_progress = [](Progress const& progress) { return progress.fraction < 0.2; };
  EXPECT_THROW((void)assess(project, schedule(compile(project)), change({add_work("A", 1)}), {}, control),
               Cancelled);
}

TEST(Assess, TheDocumentReadsBack) {
  Project const project = made(diamond());
  auto const text = to_document(assessed(project, change({add_work("A", 16)})));
  EXPECT_THAT(text, HasSubstr("\"delta_minutes\": 5760.0"));
  EXPECT_THAT(text, HasSubstr("A → B → C → finish"));
}

}  // namespace
}  // namespace rapport::test
