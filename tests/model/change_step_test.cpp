#include "rapport/model/change_step.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rapport::test {
namespace {

using testing::HasSubstr;

Currency const euro("EUR");

/// A request as the client wrote it; the lead decides up to 5 days, the board beyond.
Project asked() {
  Facts facts;
  for (auto const* key : {"client", "lead", "board"}) {
    Stakeholder one;
    one.key = key;
    one.side = one.key == "client" ? Side::Client : Side::Team;
    facts.stakeholders.push_back(one);
  }
  Requirement need;
  need.key = "REQ-1";
  facts.requirements = {need};
  facts.approval_limits = {{"L-1", "lead", 5, Money::of(1000, euro)}, {"L-2", "board", {}, {}}};
  ChangeRequest request;
  request.key = "CR-1";
  request.edits = {RequirementChange{.requirement = "REQ-1"}};
  facts.change_requests = {request};
  return Project(std::move(facts));
}

StateRecord by(std::string who, std::optional<ImpactSize> size = {}) {
  return {.by = std::move(who), .when = parse_instant("2027-01-05T10:00"), .text = "seen", .size = size};
}

std::string refusal(Project const& project, ChangeStatus to, StateRecord const& record) {
  try {
    (void)move_change(project, "CR-1", to, record);
  } catch (InvalidInput const& error) {
    return error.what();
  }
  return "";
}

Answer says(std::string who, Decision decision) {
  return {.by = std::move(who), .when = parse_instant("2027-01-06T10:00"), .decision = decision, .text = {}};
}

TEST(ChangeStep, CarriesARequestFromWishToClosedWithEveryRecord) {
  auto project = asked();
  auto const go = [&](ChangeStatus to, StateRecord const& record) {
    project.apply(move_change(project, "CR-1", to, record), {"test", parse_instant("2027-01-05T10:00")});
  };
  go(ChangeStatus::Submitted, by("client"));
  go(ChangeStatus::Analysed, by("lead", ImpactSize{3, Money::of(900, euro)}));
  EXPECT_EQ(project.at<ChangeRequest>("CR-1").analysis->delay_days, 3);
  go(ChangeStatus::Reviewed, by("board"));
  EXPECT_THAT(refusal(project, ChangeStatus::Approved, by("lead")), HasSubstr("needs the approval of lead"));
  project.apply(answer_change(project, "CR-1", says("lead", Decision::Approved)), {});
  go(ChangeStatus::Approved, by("lead"));
  EXPECT_THAT(refusal(project, ChangeStatus::Implemented, by("lead")), HasSubstr("client's recorded answer"));
  project.apply(answer_change(project, "CR-1", says("client", Decision::Approved)), {});
  go(ChangeStatus::Implemented, by("lead"));
  go(ChangeStatus::Verified, by("client"));
  go(ChangeStatus::Closed, by("client"));
  auto const& request = project.at<ChangeRequest>("CR-1");
  EXPECT_EQ(request.review->by, "board");
  EXPECT_EQ(request.verification->text, "seen");
  EXPECT_EQ(project.journal().size(), 9U);
  EXPECT_EQ(project.journal()[1].reason, "CR-1 analysed by lead");
}

TEST(ChangeStep, ALargerSizeNeedsAnotherApprover) {
  auto project = asked();
  project.apply(move_change(project, "CR-1", ChangeStatus::Submitted, by("client")), {});
  project.apply(move_change(project, "CR-1", ChangeStatus::Analysed, by("lead", ImpactSize{6, {}})), {});
  project.apply(move_change(project, "CR-1", ChangeStatus::Reviewed, by("board")), {});
  project.apply(answer_change(project, "CR-1", says("lead", Decision::Approved)), {});
  EXPECT_THAT(refusal(project, ChangeStatus::Approved, by("lead")), HasSubstr("needs the approval of board"));
}

TEST(ChangeStep, GoingBackTakesTheAnalysisAway) {
  auto project = asked();
  project.apply(move_change(project, "CR-1", ChangeStatus::Submitted, by("client")), {});
  project.apply(move_change(project, "CR-1", ChangeStatus::Analysed, by("lead", ImpactSize{})), {});
  project.apply(move_change(project, "CR-1", ChangeStatus::Submitted, by("client")), {});
  EXPECT_FALSE(project.at<ChangeRequest>("CR-1").analysis);
}

TEST(ChangeStep, RefusalsNameStateGuardAndWayOut) {
  auto const project = asked();
  EXPECT_THAT(refusal(project, ChangeStatus::Approved, by("lead")),
              testing::AllOf(HasSubstr("change_request:CR-1"), HasSubstr("cannot go from draft to approved"),
                             HasSubstr("it may become submitted")));
  EXPECT_THAT(refusal(project, ChangeStatus::Draft, by("lead")), HasSubstr("is draft already"));
  EXPECT_THAT(refusal(project, ChangeStatus::Analysed, by("lead")), HasSubstr("without its size"));
  EXPECT_THROW((void)move_change(project, "CR-2", ChangeStatus::Submitted, by("lead")), NotFound);
  EXPECT_THROW((void)answer_change(project, "CR-1", says("nobody", Decision::Approved)), NotFound);
}

TEST(ChangeStep, AnAnswerGoesToTheMessageThatAskedForIt) {
  auto project = asked();
  Message asking;
  asking.key = "M-1";
  asking.to = {"client", "board"};
  asking.about = NodeRef{FactKind::ChangeRequest, "CR-1"};
  project.apply(Edit().put(asking), {});
  project.apply(answer_change(project, "CR-1", says("client", Decision::Rejected)), {});
  EXPECT_EQ(project.at<Message>("M-1").answers.size(), 1U);
  project.apply(answer_change(project, "CR-1", says("lead", Decision::Approved)), {});
  EXPECT_TRUE(project.at<Message>("CR-1-answer-1").internal);
  EXPECT_EQ(project.facts().messages.size(), 2U);
}

}  // namespace
}  // namespace rapport::test
