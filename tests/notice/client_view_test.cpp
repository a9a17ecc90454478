#include "rapport/notice/client_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "notice/people_plan.h"
#include "rapport/notice/touched_risks.h"

namespace rapport::test {
namespace {

using testing::ElementsAre;

// A grows by 20h from Fri 8 Jan 17:00 to Wed 13 Jan 12:00, C ends Wed 20 Jan 12:00 instead of Fri 15.
TEST(ClientView, ShowsThePriceWithoutThePenaltyThatFollowsFromTheContract) {
  Project const project = made(people_plan());
  Impact const impact = assessed(project, needs_change());
  EXPECT_EQ(impact.cost_delta(), Money::of(1000 + 2 * 700, eur))
      << "20h at 50, and two days after Mon 18 Jan";
  ClientView const view = client_view(project, impact);
  EXPECT_EQ(view.price, Money::of(1000, eur));
  EXPECT_FALSE(view.price_incomplete);
}

TEST(ClientView, ShowsTheFinishAndTheContractMilestones) {
  Project const project = made(people_plan());
  ClientView const view = client_view(project, assessed(project, needs_change()));
  ASSERT_EQ(view.milestones.size(), 2U);
  EXPECT_EQ(view.milestones[0].kind, MilestoneKind::Project);
  EXPECT_EQ(to_string(*view.milestones[0].after), "2027-01-20T12:00");
  EXPECT_EQ(view.milestones[1].name, "Handover");
  EXPECT_EQ(view.requested_by, "Kim");
}

TEST(ClientView, ListsWhatIsToBeConfirmedAndTestedAgain) {
  Project const project = made(people_plan());
  ClientView const view = client_view(project, assessed(project, needs_change()));
  ASSERT_EQ(view.to_confirm.size(), 1U);
  EXPECT_EQ(view.to_confirm[0].key, "REQ-1");
  EXPECT_EQ(view.to_confirm[0].confirmed_version, 1);
  EXPECT_TRUE(view.to_confirm[0].named_by_change);
  ASSERT_EQ(view.tests_to_repeat.size(), 1U);
  EXPECT_EQ(view.tests_to_repeat[0].level, TestLevel::System);
}

TEST(ClientView, HoldsARiskOnlyWhenItIsShared) {
  Facts facts = people_plan();
  Project const project = made(facts);
  EXPECT_TRUE(client_view(project, assessed(project, needs_change())).risks.empty());
  facts.risks[0].shared_with_client = true;
  Project const open = made(facts);
  ClientView const view = client_view(open, assessed(open, needs_change()));
  ASSERT_EQ(view.risks.size(), 1U);
  EXPECT_EQ(view.risks[0].title, "Ransom");
}

TEST(Choices, GiveTheEffectOfAcceptingAndDecliningAndGuessNoOther) {
  Project const project = made(people_plan());
  Impact const impact = assessed(project, needs_change());
  auto const list = choices(project, impact);
  std::vector<ChoiceKind> kinds;
  for (Choice const& choice : list) kinds.push_back(choice.kind);
  EXPECT_THAT(kinds, ElementsAre(ChoiceKind::Accept, ChoiceKind::Defer, ChoiceKind::ReduceScope,
                                 ChoiceKind::Decline));
  EXPECT_EQ(list[0].finish_delta, impact.finish_delta());
  EXPECT_EQ(list[1].milestone, "Handover");
  EXPECT_FALSE(list[1].finish_delta);
  EXPECT_FALSE(list[2].price);
  EXPECT_THAT(list[2].requirements, ElementsAre("Check-in"));
  EXPECT_EQ(list[3].finish_delta, Elapsed{});
}

TEST(AnswerBy, IsTheStatedDate) {
  Project const project = made(diamond());
  ChangeRequest request = change({add_work("C", 8)});
  request.answer_by = parse_instant("2027-01-07T12:00");
  AnswerBy const answer = answer_by(assessed(project, request));
  EXPECT_EQ(answer.rule, AnswerRule::Stated);
  EXPECT_EQ(to_string(answer.when), "2027-01-07T12:00");
}

TEST(AnswerBy, LiesWorkingDaysBeforeTheFirstAffectedWork) {
  Project const project = made(diamond());
  Impact const impact = assessed(project, change({add_work("C", 8)}));
  AnswerBy const answer = answer_by(impact);
  // C begins on Wed 13 Jan: 12, 11, 8, 7, 6.
  EXPECT_EQ(answer.rule, AnswerRule::BeforeStart);
  EXPECT_EQ(to_string(answer.when), "2027-01-06T17:00");
  EXPECT_EQ(to_string(*answer.first_work), "2027-01-13T08:00");
  AnswerOptions two;
  two.working_days = 2;
  EXPECT_EQ(to_string(answer_by(impact, two).when), "2027-01-11T17:00");
}

TEST(AnswerBy, IsTheNextWorkingDayWhenThatHasPassed) {
  Project const project = made(diamond());
  AnswerBy const answer = answer_by(assessed(project, change({add_work("A", 8)})));
  EXPECT_EQ(answer.rule, AnswerRule::AtOnce);
  EXPECT_EQ(to_string(answer.when), "2027-01-05T17:00");

  AnswerOptions friday;
  friday.today = parse_instant("2027-01-08T10:00");
  Impact const later = assessed(project, change({add_work("B", 8)}));
  EXPECT_EQ(to_string(answer_by(later, friday).when), "2027-01-11T17:00") << "over the weekend";
}

TEST(AnswerBy, CountsFromTodayWhenNoWorkIsAffected) {
  Project const project = made(diamond());
  AnswerBy const answer = answer_by(assessed(project, change({})));
  EXPECT_EQ(answer.rule, AnswerRule::AfterSending);
  EXPECT_EQ(to_string(answer.when), "2027-01-11T17:00") << "5, 6, 7, 8, 11 January";
}

TEST(TouchedRisks, GrowByTheShareOfTheTraceWhenTheyAreThreats) {
  Facts facts = people_plan();
  Project const project = made(facts);
  Impact const impact = assessed(project, needs_change());
  RiskRegister const reg = assess_risks(project);
  auto const touches = touched_risks(impact, reg);
  ASSERT_EQ(touches.size(), 1U);
  EXPECT_DOUBLE_EQ(touches[0].likelihood, 0.8);
  EXPECT_DOUBLE_EQ(*touches[0].probability_factor, 1.5) << "half of REQ-1 changes, the share is whole";
  EXPECT_EQ(touches[0].because, "REQ-1 → RK-1");

  facts.risks[0].sign = RiskEffect::Opportunity;
  Project const other = made(facts);
  auto const unknown = touched_risks(assessed(other, needs_change()), assess_risks(other));
  EXPECT_FALSE(unknown[0].probability_factor) << "it has to be rated again";
}

}  // namespace
}  // namespace rapport::test
