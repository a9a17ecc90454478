#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "impact/small_plan.h"

namespace rapport::test {
namespace {

using testing::HasSubstr;

/// The diamond, with requirement REQ that A (share a) and D (share d) implement.
Facts traced(double a, double d) {
  auto facts = diamond();
  Requirement one;
  one.key = "REQ";
  facts.requirements.push_back(one);
  facts.traces = {trace(requirement("REQ"), activity("A"), TraceType::Implements, 1, a),
                  trace(requirement("REQ"), activity("D"), TraceType::Implements, 1, d)};
  return facts;
}

void complete(Activity& activity, char const* start, char const* finish) {
  activity.progress.actual_start = parse_instant(start);
  activity.progress.actual_finish = parse_instant(finish);
}

/// The same after a week: A done as planned, data date Monday 11 January.
Facts a_week_later(Facts facts) {
  complete(facts.activities[0], "2027-01-04T08:00", "2027-01-08T17:00");
  facts.subprojects[0].data_date = parse_instant("2027-01-11T08:00");
  return facts;
}

Rework const& rework_of(Impact const& impact, std::string const& key) {
  for (auto const& one : impact.reworks())
    if (one.activity == key) return one;
  throw NotFound("rework", key);
}

TEST(Rework, AnOpenActivityGrowsByItsShareOfTheMagnitude) {
  // Half of the requirement changes, 40 % of A hang on it: 0.5 × 0.4 × 40h = 8h.
  auto const impact = assessed(made(traced(0.4, 0)), change({changed("REQ", 0.5)}));
  EXPECT_EQ(rework_of(impact, "A").kind, ReworkKind::Open);
  EXPECT_EQ(rework_of(impact, "A").duration, hours(8));
  EXPECT_EQ(rework_of(impact, "A").reason, "REQ → A: 20 % of 40h");
  EXPECT_EQ(impact.finish_delta_work(), hours(8));
  EXPECT_EQ(to_string(impact.trail("finish")), "REQ → A → B → C → finish");
}

TEST(Rework, ACompletedActivityComesBackAfterTheDataDateAndHoldsItsOpenSuccessors) {
  auto const facts = a_week_later(traced(0.4, 0));
  auto const impact = assessed(made(facts), change({changed("REQ", 0.5)}));
  auto const& rework = rework_of(impact, "A");
  EXPECT_EQ(rework.kind, ReworkKind::Completed);
  EXPECT_EQ(rework.rework_activity, "A-REWORK");
  // Mon 11 Jan is the rework; B from Tue 12 to Wed 13, C from Thu 14 to Mon 18 Jan.
  auto const& back = delta(impact, "A-REWORK");
  EXPECT_EQ(when(back.after->early_start), "2027-01-11T08:00");
  EXPECT_EQ(when(back.after->early_finish), "2027-01-11T17:00");
  EXPECT_EQ(when(delta(impact, "B").after->early_start), "2027-01-12T08:00");
  EXPECT_EQ(when(impact.after().finish()), "2027-01-18T17:00");
  EXPECT_EQ(delta(impact, "A").early_finish, Elapsed{0}) << "what happened stays as it happened";
  EXPECT_EQ(to_string(impact.trail("finish")), "REQ → A → A-REWORK → B → C → finish");
}

TEST(Rework, WalksThroughCompletedSuccessorsToTheOpenOnes) {
  auto facts = a_week_later(traced(0.4, 0));
  complete(facts.activities[1], "2027-01-11T08:00", "2027-01-12T17:00");
  complete(facts.activities[3], "2027-01-11T08:00", "2027-01-11T17:00");
  facts.subprojects[0].data_date = parse_instant("2027-01-13T08:00");
  // Rework on Wed 13, then C from Thu 14 to Mon 18 Jan.
  auto const impact = assessed(made(facts), change({changed("REQ", 0.5)}));
  EXPECT_EQ(when(delta(impact, "C").after->early_start), "2027-01-14T08:00");
  EXPECT_EQ(to_string(impact.trail("finish")), "REQ → A → A-REWORK → C → finish");
}

TEST(Rework, MayHoldUpNothingButTheFinish) {
  AssessOptions options;
  options.rework.attachment = ReworkAttachment::Finish;
  auto const impact = assessed(made(a_week_later(traced(0.4, 0))), change({changed("REQ", 0.5)}), options);
  EXPECT_EQ(impact.finish_delta(), Elapsed{0});
  EXPECT_EQ(when(delta(impact, "A-REWORK").after->early_finish), "2027-01-11T17:00");
}

TEST(Rework, KeepsItsOwnKeyWhenTheUsualOneIsTaken) {
  auto facts = a_week_later(traced(0.4, 0));
  facts.activities.push_back(task("A-REWORK", 1));
  facts.activities.back().subproject = "P";
  EXPECT_EQ(rework_of(assessed(made(facts), change({changed("REQ", 0.5)})), "A").rework_activity,
            "A-REWORK#2");
}

TEST(Rework, StatedWorkOnACompletedActivityComesBackToo) {
  auto const impact = assessed(made(a_week_later(diamond())), change({add_work("A", 8)}));
  EXPECT_EQ(impact.finish_delta_work(), hours(8));
  ASSERT_FALSE(impact.notes().empty());
  EXPECT_THAT(impact.notes().front().action, HasSubstr("rework after 2027-01-11T08:00"));
}

TEST(Rework, OfCompletedWorkIsPricedWhenItIsDoneAgain) {
  auto facts = a_week_later(traced(0.4, 0));
  facts.resources = {person("R", 50)};
  facts.resources[0].rates.push_back({.from = parse_instant("2027-01-11T00:00"),
                                      .standard = Rate::of(60, eur),
                                      .overtime = {},
                                      .per_use = {}});
  facts.assignments = {assigned("A", "R", 30)};
  // 20 % of 30h at the rate of 11 January.
  auto const impact = assessed(made(facts), change({changed("REQ", 0.5)}));
  EXPECT_EQ(impact.cost_delta(), Money::of(6 * 60, eur));
  EXPECT_EQ(impact.cost_lines().front().reason, "6h of R for rework at 60.00 EUR/h");
}

TEST(Rework, CountsByExpectationWhenAsked) {
  auto facts = traced(0.4, 0);
  facts.traces[0].likelihood = Probability(0.5);
  AssessOptions options;
  options.propagation.counting = Counting::Expected;
  EXPECT_EQ(rework_of(assessed(made(facts), change({changed("REQ", 0.5)}), options), "A").duration, hours(4));
}

TEST(Rework, TheRemovalOfANeedDropsWhatNothingElseNeeds) {
  auto facts = traced(1, 1);
  Requirement other;
  other.key = "OTHER";
  facts.requirements.push_back(other);
  facts.traces.push_back(trace(requirement("OTHER"), activity("A"), TraceType::Implements, 1, 1));
  auto edit = changed("REQ", 1);
  edit.remove = true;
  // A is still needed for OTHER; D is not done.
  auto const impact = assessed(made(facts), change({edit}));
  ASSERT_EQ(impact.reworks().size(), 1U);
  EXPECT_EQ(impact.reworks().front().activity, "D");
  EXPECT_EQ(impact.reworks().front().kind, ReworkKind::Dropped);
  EXPECT_FALSE(delta(impact, "D").after);
  EXPECT_EQ(delta(impact, "A").early_finish, Elapsed{0});
}

TEST(Rework, TheRemovalFallsThroughDeliverables) {
  auto facts = diamond();
  Requirement one;
  one.key = "REQ";
  facts.requirements.push_back(one);
  facts.deliverables.push_back({.key = "DEL", .name = {}, .description = {}, .owner = {}});
  facts.traces = {trace(requirement("REQ"), deliverable("DEL"), TraceType::Implements, 1, 1),
                  trace(deliverable("DEL"), activity("D"), TraceType::Produces, 1, 1)};
  auto edit = changed("REQ", 1);
  edit.remove = true;
  EXPECT_EQ(rework_of(assessed(made(facts), change({edit})), "D").kind, ReworkKind::Dropped);
}

TEST(Rework, WorkDoneForARemovedNeedIsThrownAwayAndCosted) {
  auto facts = a_week_later(traced(1, 0));
  facts.traces.pop_back();
  facts.resources = {person("R", 50)};
  facts.assignments = {assigned("A", "R", 40)};
  auto edit = changed("REQ", 1);
  edit.remove = true;
  auto const impact = assessed(made(facts), change({edit}));
  EXPECT_EQ(rework_of(impact, "A").kind, ReworkKind::Discarded);
  ASSERT_EQ(impact.discarded().size(), 1U);
  EXPECT_EQ(impact.discarded().front().amount, Money::of(2000, eur));
  EXPECT_EQ(impact.cost_delta(), (Money{0, eur})) << "it is spent either way";
  EXPECT_EQ(
      to_csv(impact.discarded_costs()),
      "category,amount,activity,resource,account,subject,work_hours,rate_per_hour,quantity,assumed,reason\n"
      "labour,2000.00,A,R,,,40,50,,true,40h of R\n");
  facts.assignments.front().actual_cost = Money::of(1750, eur);
  auto const recorded = assessed(made(facts), change({edit})).discarded();
  ASSERT_EQ(recorded.size(), 1U);
  EXPECT_EQ(recorded.front().amount, Money::of(1750, eur));
  EXPECT_FALSE(recorded.front().assumed);
}

TEST(Rework, IsNotHiddenByACostOrAConstraintThatTheChangeStatesBesideTheNeed) {
  auto const plan = made(traced(0.5, 0));
  auto const alone = assessed(plan, change({changed("REQ", 1)}));
  CostChange cost;
  cost.activity = "A";
  cost.amount = Money::of(100, eur);
  ConstraintChange held;
  held.activity = "A";
  held.constraint = {ConstraintKind::StartNoEarlierThan, parse_instant("2027-01-04T08:00")};
  auto const both = assessed(plan, change({changed("REQ", 1), cost, held}));
  EXPECT_EQ(rework_of(both, "A").duration, rework_of(alone, "A").duration);
  EXPECT_EQ(both.finish_delta(), alone.finish_delta());
  auto const only_cost = assessed(plan, change({cost}));
  EXPECT_TRUE(only_cost.find(activity("A"))->counted) << "it is named all the same";
}

TEST(Rework, OfAnActivityInProgressAddsToWhatRemains) {
  auto facts = traced(0.4, 0);
  facts.activities[0].progress.actual_start = parse_instant("2027-01-04T08:00");
  facts.activities[0].progress.remaining = hours(16);
  facts.subprojects[0].data_date = parse_instant("2027-01-07T08:00");
  // 16h + 8h from Thu 7 Jan: until Mon 11 Jan.
  auto const impact = assessed(made(facts), change({changed("REQ", 0.5)}));
  EXPECT_EQ(when(delta(impact, "A").after->early_finish), "2027-01-11T17:00");
}

}  // namespace
}  // namespace rapport::test
