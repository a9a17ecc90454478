#include "rapport/model/change_step.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rapport/model/suspect.h"

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

TEST(ChangeStep, ImplementingWritesTheWordingDownSoThatConfirmationsLapseAndTracesBecomeSuspect) {
  // REQ-1 stands in version 2, confirmed and verified; REQ-2 falls away; of REQ-3 no wording is stated.
  auto facts = asked().facts();
  facts.requirements.resize(3);
  for (std::size_t i = 0; i < 3; ++i) {
    auto& need = facts.requirements[i];
    need.key = "REQ-" + std::to_string(i + 1);
    need.text = "old";
    need.version = 2;
    need.status = RequirementStatus::Verified;
    need.confirmations = {{.version = 2, .by = "client", .when = {}}};
    Trace made;
    made.key = "T-" + std::to_string(i + 1);
    made.from = {FactKind::Requirement, need.key};
    made.to = {FactKind::Requirement, i == 0 ? "REQ-2" : "REQ-1"};
    made.confirmed = Confirmation{.version = 2, .by = "lead", .when = {}};
    facts.traces.push_back(made);
  }
  auto& request = facts.change_requests[0];
  request.title = "Say it anew";
  request.edits = {RequirementChange{.requirement = "REQ-1", .text = "new"},
                   RequirementChange{.requirement = "REQ-2", .remove = true},
                   RequirementChange{.requirement = "REQ-3"}};
  Project project(std::move(facts));
  for (auto const to : {ChangeStatus::Submitted, ChangeStatus::Analysed, ChangeStatus::Reviewed})
    project.apply(move_change(project, "CR-1", to, by("lead", ImpactSize{})), {});
  project.apply(answer_change(project, "CR-1", says("lead", Decision::Approved)), {});
  project.apply(answer_change(project, "CR-1", says("client", Decision::Approved)), {});
  project.apply(move_change(project, "CR-1", ChangeStatus::Approved, by("lead")), {});
  auto const approved = project.facts();
  auto const entries = project.journal().size();
  EXPECT_TRUE(suspect_traces(project).empty());

  project.apply(move_change(project, "CR-1", ChangeStatus::Implemented, by("lead")), {});
  EXPECT_EQ(project.journal().size(), entries + 1);
  auto const& changed = project.at<Requirement>("REQ-1");
  EXPECT_EQ(changed.text, "new");
  EXPECT_EQ(changed.version, 3);
  EXPECT_EQ(changed.status, RequirementStatus::Implemented);
  EXPECT_EQ(changed.confirmations.back().version, 2) << "the client agreed to the old wording";
  RequirementVersion const old = {.version = 2,
                                  .text = "old",
                                  .when = parse_instant("2027-01-05T10:00"),
                                  .by = "lead",
                                  .reason = "CR-1: Say it anew"};
  EXPECT_EQ(changed.history, (std::vector<RequirementVersion>{old}));
  EXPECT_EQ(project.at<Requirement>("REQ-2").status, RequirementStatus::Withdrawn);
  EXPECT_EQ(project.at<Requirement>("REQ-3"), approved.requirements[2]);
  auto const suspects = suspect_traces(project);
  ASSERT_EQ(suspects.size(), 1U);
  EXPECT_EQ(suspects[0].trace, "T-1");

  project.undo({});
  EXPECT_EQ(project.facts().requirements, approved.requirements);
  EXPECT_EQ(project.at<ChangeRequest>("CR-1").status, ChangeStatus::Approved);
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
