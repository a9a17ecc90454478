#include "rapport/model/change_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "rapport/model/names.h"
#include "rapport/model/project.h"
#include "rapport/model/suspect.h"

namespace rapport::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Currency const eur("EUR");

ChangeRequest request(std::string_view status) {
  ChangeRequest made;
  made.key = "CR-1";
  made.title = "A change";
  made.status = *from_name<ChangeStatus>(status);
  made.edits = {RequirementChange{.requirement = "REQ-1"}};
  return made;
}

/// The request with everything recorded that any state asks for.
ChangeRequest recorded(std::string_view status) {
  auto made = request(status);
  made.analysis = ChangeAnalysis{.by = "lead", .delay_days = 3, .cost = Money::of(900, eur)};
  made.review = SignOff{.by = "manager"};
  made.verification = SignOff{.by = "lead"};
  return made;
}

Answer answer(std::string by, Decision decision, char const* when = "2027-01-05T10:00") {
  return {.by = std::move(by), .when = parse_instant(when), .decision = decision};
}

Message message(std::vector<Answer> answers) {
  Message made;
  made.key = "M-1";
  made.about = NodeRef{FactKind::ChangeRequest, "CR-1"};
  made.answers = std::move(answers);
  return made;
}

/// A client, a lead who may decide up to 5 days and 1000 EUR, a manager up to 10 days, a board beyond.
Facts people() {
  Facts facts;
  for (auto const* key : {"client", "lead", "manager", "board"}) {
    Stakeholder one;
    one.key = key;
    one.side = one.key == "client" ? Side::Client : Side::Team;
    facts.stakeholders.push_back(one);
  }
  Requirement requirement;
  requirement.key = "REQ-1";
  facts.requirements = {requirement};
  facts.approval_limits = {{"L-1", "lead", 5, Money::of(1000, eur)},
                           {"L-2", "manager", 10, Money::of(20000, eur)},
                           {"L-3", "board", {}, {}}};
  return facts;
}

/// Whether one edit may take the request from what it is to `after`; the reason when not.
std::string refusal(Facts facts, ChangeRequest const& before, ChangeRequest const& after) {
  facts.change_requests = {before};
  Project project(std::move(facts));
  try {
    project.apply(Edit().put(after), {});
    EXPECT_EQ(project.journal().size(), 1U);
  } catch (InvalidInput const& error) {
    EXPECT_EQ(project.facts().change_requests.front(), before) << "refused, and yet changed";
    EXPECT_TRUE(project.journal().empty());
    return error.what();
  }
  return "";
}

// What may follow what, as the glossary of change control has it; "." is refused.
//                         dra sub ana rev app rej def imp ver clo
constexpr char const* table[] = {
    /* draft       */ "-   x   .   .   .   .   .   .   .   .",
    /* submitted   */ "x   -   x   .   .   .   .   .   .   .",
    /* analysed    */ ".   x   -   x   .   .   .   .   .   .",
    /* reviewed    */ ".   x   .   -   x   x   x   .   .   .",
    /* approved    */ ".   .   .   .   -   .   .   x   .   .",
    /* rejected    */ ".   .   .   .   .   -   .   .   .   x",
    /* deferred    */ ".   x   .   .   .   .   -   .   .   .",
    /* implemented */ ".   .   .   .   .   .   .   -   x   .",
    /* verified    */ ".   .   .   .   .   .   .   .   -   x",
    /* closed      */ ".   .   .   .   .   .   .   .   .   -",
};

TEST(ChangeState, EveryPairOfStatesIsAllowedOrRefusedAsTheTableSays) {
  auto const names = names_of<ChangeStatus>();
  ASSERT_EQ(names.size(), std::size(table));
  for (std::size_t from = 0; from < names.size(); ++from)
    for (std::size_t to = 0; to < names.size(); ++to) {
      if (from == to) continue;
      auto facts = people();
      // Every decision that a state can ask for: each by somebody else, the lead approving.
      facts.messages = {
          message({answer("client", Decision::Approved), answer("lead", Decision::Approved),
                   answer("manager", Decision::Rejected), answer("board", Decision::Deferred)})};
      auto const after = names[to] == "submitted" ? request(names[to]) : recorded(names[to]);
      auto const refused = refusal(facts, recorded(names[from]), after);
      EXPECT_EQ(refused.empty(), table[from][4 * to] == 'x')
          << names[from] << " → " << names[to] << ": " << refused;
    }
}

TEST(ChangeState, NoReviewWithoutAnalysis) {
  auto reviewed = recorded("reviewed");
  reviewed.analysis.reset();
  EXPECT_THAT(refusal(people(), request("analysed"), reviewed), HasSubstr("is not analysed"));
}

TEST(ChangeState, NothingIsSubmittedThatAsksForNothing) {
  auto draft = request("draft"), submitted = request("submitted");
  draft.edits.clear();
  submitted.edits.clear();
  EXPECT_THAT(refusal(people(), draft, submitted), HasSubstr("asks for nothing"));
}

TEST(ChangeState, TheSizeInTheAnalysisChoosesWhoMustApprove) {
  struct Case {
    std::int32_t days;
    double cost;
    char const* who;
  };
  for (auto const& [days, cost, who] :
       {Case{5, 1000, "lead"}, Case{6, 10, "manager"}, Case{0, 1000.01, "manager"}, Case{11, 0, "board"}}) {
    auto approved = recorded("approved"), reviewed = recorded("reviewed");
    for (auto* one : {&approved, &reviewed}) {
      one->analysis->delay_days = days;
      one->analysis->cost = Money::of(cost, eur);
    }
    for (std::string const answering : {"lead", "manager", "board", "client"}) {
      auto facts = people();
      facts.messages = {message({answer(answering, Decision::Approved)})};
      auto const refused = refusal(facts, reviewed, approved);
      EXPECT_EQ(refused.empty(), answering == who) << days << " days: " << answering << ": " << refused;
      if (!refused.empty()) {
        EXPECT_THAT(refused, HasSubstr("needs the approval of " + std::string(who)));
      }
    }
  }
}

TEST(ChangeState, TheLatestAnswerOfAPersonCounts) {
  auto facts = people();
  facts.messages = {message({answer("lead", Decision::Approved, "2027-01-05T10:00"),
                             answer("lead", Decision::Rejected, "2027-01-06T10:00")})};
  EXPECT_THAT(refusal(facts, recorded("reviewed"), recorded("approved")), HasSubstr("approval of lead"));
  facts.messages.front().answers.push_back(answer("lead", Decision::Approved, "2027-01-07T10:00"));
  EXPECT_EQ(refusal(facts, recorded("reviewed"), recorded("approved")), "");
}

TEST(ChangeState, NoImplementationWithoutTheClientsRecordedAnswer) {
  auto facts = people();
  facts.messages = {message({answer("lead", Decision::Approved)})};
  EXPECT_THAT(refusal(facts, recorded("approved"), recorded("implemented")),
              HasSubstr("client's recorded answer"));
  facts.messages.front().answers.push_back(answer("client", Decision::Acknowledged));
  EXPECT_THAT(refusal(facts, recorded("approved"), recorded("implemented")),
              HasSubstr("client's recorded answer"));
  facts.messages.front().answers.push_back(answer("client", Decision::Approved));
  EXPECT_EQ(refusal(facts, recorded("approved"), recorded("implemented")), "");
}

TEST(ChangeState, TheAnswerMayComeInTheSameEdit) {
  auto facts = people();
  facts.change_requests = {recorded("reviewed")};
  Project project(facts);
  project.apply(Edit().put(recorded("approved")).put(message({answer("lead", Decision::Approved)})), {});
  EXPECT_EQ(project.at<ChangeRequest>("CR-1").status, ChangeStatus::Approved);
  project.undo({});
  EXPECT_EQ(project.at<ChangeRequest>("CR-1").status, ChangeStatus::Reviewed);
}

TEST(ChangeState, WhatWasAnalysedStaysAsItIs) {
  auto const before = recorded("analysed");
  auto after = before;
  after.edits.push_back(RequirementChange{.requirement = "REQ-1", .remove = true});
  EXPECT_THAT(refusal(people(), before, after), HasSubstr("take it back to submitted"));
  after.status = ChangeStatus::Submitted;
  EXPECT_THAT(refusal(people(), before, after), HasSubstr("still holds its analysis"));
  after.analysis.reset();
  after.review.reset();
  EXPECT_EQ(refusal(people(), before, after), "");
}

TEST(ChangeState, NothingAStateRestsOnIsTakenAwayAgain) {
  auto after = recorded("reviewed");
  after.review.reset();
  EXPECT_THAT(refusal(people(), recorded("reviewed"), after), HasSubstr("is not reviewed"));
}

TEST(ChangeState, ANewRequestMustHaveRecordedWhatItsStateNeedsUnlessItIsMerged) {
  Project project(people());
  EXPECT_THROW(project.apply(Edit().put(request("approved")), {}), InvalidInput);
  EXPECT_TRUE(project.facts().change_requests.empty());
  Facts elsewhere;
  elsewhere.change_requests = {request("approved")};
  project.merge(elsewhere, {}, "from another tool");
  EXPECT_EQ(project.at<ChangeRequest>("CR-1").status, ChangeStatus::Approved);
}

TEST(ChangeState, SaysWhatMayFollowAndWhatIsMissing) {
  auto const states = next_states(people(), recorded("reviewed"));
  std::vector<std::string> names;
  for (auto const& state : states) names.emplace_back(to_name(state.status));
  EXPECT_THAT(names, ElementsAre("submitted", "approved", "rejected", "deferred"));
  ASSERT_EQ(states[1].missing.size(), 1U);
  EXPECT_THAT(states[1].missing[0].action, HasSubstr("change_request:CR-1"));
}

// -- suspect traces --------------------------------------------------------------------------------

Facts traced() {
  auto facts = people();
  facts.requirements.front().version = 3;
  Deliverable deliverable;
  deliverable.key = "D-1";
  facts.deliverables = {deliverable};
  Trace trace;
  trace.key = "T-1";
  trace.from = {FactKind::Requirement, "REQ-1"};
  trace.to = {FactKind::Deliverable, "D-1"};
  trace.type = TraceType::Implements;
  facts.traces = {trace};
  return facts;
}

TEST(SuspectTraces, ALaterVersionOfTheSourceMakesATraceSuspectUntilItIsConfirmed) {
  Project project(traced());
  auto const suspects = suspect_traces(project);
  ASSERT_EQ(suspects.size(), 1U);
  EXPECT_EQ(suspects[0].version, 3);
  EXPECT_EQ(suspects[0].confirmed, 1);
  std::vector<std::string> const keys = {"T-1"};
  project.apply(confirm_traces(project, keys, {"lead", parse_instant("2027-01-05T10:00")}), {});
  EXPECT_TRUE(suspect_traces(project).empty());
  EXPECT_EQ(project.at<Trace>("T-1").confirmed->by, "lead");

  auto requirement = project.at<Requirement>("REQ-1");
  requirement.version = 4;
  project.apply(Edit().put(requirement), {});
  EXPECT_EQ(suspect_traces(project).size(), 1U);
}

TEST(SuspectTraces, OneThatSomebodyDoubtsIsSuspectWhateverItsVersion) {
  auto facts = traced();
  facts.requirements.front().version = 1;
  EXPECT_TRUE(suspect_traces(Project(facts)).empty());
  facts.traces.front().suspect = true;
  EXPECT_TRUE(suspect_traces(Project(facts)).front().marked);
}

TEST(SuspectTraces, ConfirmingWhatIsNotThereNamesTheNearest) {
  Project const project(traced());
  std::vector<std::string> const keys = {"T-2"};
  try {
    (void)confirm_traces(project, keys, {});
    FAIL();
  } catch (NotFound const& error) {
    EXPECT_THAT(error.nearest(), ElementsAre("T-1"));
  }
}

}  // namespace
}  // namespace rapport::test
