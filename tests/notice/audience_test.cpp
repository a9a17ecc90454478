#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "impact/small_plan.h"
#include "notice/audience.h"
#include "notice/people_plan.h"
#include "rapport/notice/notice.h"

namespace rapport::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> reasons(Notices const& notices, std::string_view who) {
  std::vector<std::string> codes;
  Notice const* notice = notices.find(who);
  if (!notice) return {"not told"};
  for (Because const& because : notice->because) codes.emplace_back(name_of(because.reason));
  return codes;
}

ApprovalLimit limit(std::string approver, std::optional<std::int32_t> days, std::optional<double> cost) {
  ApprovalLimit made;
  made.key = approver;
  made.approver = std::move(approver);
  made.delay_days = days;
  if (cost) made.cost = Money::of(*cost, eur);
  return made;
}

std::vector<ApprovalLimit> const limits{limit("lead", 2, 1000), limit("manager", 10, 20000),
                                        limit("board", {}, {})};

TEST(Approval, IsForTheApproverOfTheSmallestLimitThatTheChangeDoesNotPass) {
  EXPECT_THAT(approval_of(limits, {2, Money::of(1000, eur)}).approvers, ElementsAre("lead"));
  EXPECT_THAT(approval_of(limits, {3, Money::of(1000, eur)}).approvers, ElementsAre("manager"));
  EXPECT_THAT(approval_of(limits, {0, Money::of(1000.01, eur)}).approvers, ElementsAre("manager"));
  EXPECT_THAT(approval_of(limits, {0, Money::of(-5000, eur)}).approvers, ElementsAre("lead"));
}

TEST(Approval, NeedsEverybodyWithoutALimitWhenAllLimitsArePassed) {
  auto more = limits;
  more.push_back(limit("client", {}, {}));
  Approval const approval = approval_of(more, {11, std::nullopt});
  EXPECT_THAT(approval.approvers, ElementsAre("board", "client"));
  EXPECT_EQ(approval.reason, NoticeReason::NoLimit);
}

TEST(Approval, IsNotGivenByALimitInAnotherCurrency) {
  EXPECT_THAT(approval_of(limits, {0, Money::of(10, Currency("JPY"))}).approvers, ElementsAre("board"));
}

// Worked out by hand on people_plan(): REQ-1 changes by half, so A (40h) grows by 20h, at 50 EUR/h;
// B, C and D move, the contract milestone on C with them; the test T-1 verifies REQ-1.
TEST(Audience, IsWhoTheRulesNameAndNobodyElse) {
  Project const project = made(people_plan());
  Notices const notices = notify(project, assessed(project, needs_change()));
  EXPECT_THAT(reasons(notices, "lee"), ElementsAre("approval_limit"));
  EXPECT_THAT(reasons(notices, "kim"), ElementsAre("must_confirm", "requirement_owner", "requester"));
  EXPECT_THAT(reasons(notices, "ann"), ElementsAre("responsible"));
  EXPECT_THAT(reasons(notices, "ray"), ElementsAre("activity_moves"));
  EXPECT_THAT(reasons(notices, "ito"), ElementsAre("concern_dates", "high_power_client"));
  EXPECT_THAT(reasons(notices, "bob"), ElementsAre("concern_trace"));
  EXPECT_THAT(reasons(notices, "roe"), ElementsAre("risk_owner"));
  EXPECT_THAT(reasons(notices, "zoe"), ElementsAre("not told"));
  EXPECT_EQ(notices.items.size(), 7U);
}

TEST(Audience, IsAskedInTheOrderApproveConsultInform) {
  Project const project = made(people_plan());
  Notices const notices = notify(project, assessed(project, needs_change()));
  std::vector<std::string> names;
  for (Notice const& notice : notices.items) names.push_back(notice.to.key);
  EXPECT_THAT(names, ElementsAre("lee", "ann", "kim", "bob", "ray", "roe", "ito"));
  EXPECT_EQ(notices.find("lee")->part, Part::Approve);
  EXPECT_EQ(notices.find("kim")->part, Part::Consult);
  EXPECT_TRUE(notices.find("kim")->answer_by);
  EXPECT_FALSE(notices.find("ito")->answer_by);
}

TEST(Audience, SaysWhenNobodyMayApprove) {
  Facts facts = people_plan();
  facts.approval_limits.clear();
  Project const project = made(std::move(facts));
  Notices const notices = notify(project, assessed(project, needs_change()));
  ASSERT_FALSE(notices.diagnostics.empty());
  EXPECT_THAT(notices.diagnostics.front().message, HasSubstr("no approval limit"));
}

TEST(Audience, HearsByThePreferredChannelInItsOwnLanguage) {
  Project const project = made(people_plan());
  Notices const notices = notify(project, assessed(project, needs_change()));
  Notice const& ito = *notices.find("ito");
  EXPECT_EQ(ito.to.channel, "wecom");
  EXPECT_EQ(ito.to.language, "zh");
  EXPECT_THAT(ito.text, HasSubstr("尊敬的伊藤"));
  EXPECT_EQ(notices.find("bob")->to.language, "en") << "there are no texts in German";
  std::vector<std::string> findings;
  for (Diagnostic const& found : notices.diagnostics)
    findings.push_back(found.subject + ": " + found.message);
  EXPECT_THAT(findings, Contains("stakeholder bob: there are no texts in the language de"));
  EXPECT_THAT(findings, Contains("stakeholder roe: no channel is known"));
}

TEST(Notice, GivesTheTeamTheWholeAndTheClientItsPart) {
  Project const project = made(people_plan());
  Notices const notices = notify(project, assessed(project, needs_change()));
  EXPECT_EQ(notices.find("lee")->copy, Copy::Internal);
  EXPECT_THAT(notices.find("lee")->text, HasSubstr("say yes"));
  EXPECT_THAT(notices.find("lee")->text, HasSubstr("may approve a change of this size (5 days of delay"));
  EXPECT_EQ(notices.find("kim")->copy, Copy::Client);
  EXPECT_THAT(notices.find("kim")->text, Not(HasSubstr("say yes")));
  EXPECT_THAT(notices.find("kim")->text, HasSubstr("REQ-1 Check-in"));
  EXPECT_THAT(notices.find("kim")->text, HasSubstr("+1,000.00"));
}

TEST(Notice, TellsTheSupplierNoPrice) {
  Project const project = made(people_plan());
  Notices const notices = notify(project, assessed(project, needs_change()));
  EXPECT_THAT(notices.find("bob")->text, Not(HasSubstr("1,000")));
}

TEST(Notice, DoesNotNameARiskThatIsNotShared) {
  Project const project = made(people_plan());
  NoticeOptions options;
  options.copy = Copy::Client;
  Notices const notices = notify(project, assessed(project, needs_change()), options);
  for (Notice const& notice : notices.items)
    EXPECT_THAT(notice.text, Not(HasSubstr("Ransom"))) << notice.to.key;
}

TEST(Notice, IsKeptFromOutsidersWhenOnlyInternalCopiesAreAskedFor) {
  Project const project = made(people_plan());
  NoticeOptions options;
  options.copy = Copy::Internal;
  Notices const notices = notify(project, assessed(project, needs_change()), options);
  EXPECT_EQ(notices.find("kim"), nullptr);
  EXPECT_NE(notices.find("lee"), nullptr);
}

TEST(Notice, IsRefusedInALanguageWithoutTexts) {
  Project const project = made(people_plan());
  NoticeOptions options;
  options.language = "fr";
  try {
    static_cast<void>(notify(project, assessed(project, needs_change()), options));
    FAIL();
  } catch (InvalidInput const& error) {
    EXPECT_THAT(error.what(), HasSubstr("use one of: en, zh"));
  }
}

TEST(Notices, AreATable) {
  Project const project = made(people_plan());
  Table const table = notify(project, assessed(project, needs_change())).table();
  ASSERT_EQ(table.rows(), 7U);
  EXPECT_EQ(table.text(0, 0), "lee");
  EXPECT_EQ(std::get<std::vector<std::string>>(table.column("because").values)[0], "approval_limit");
}

}  // namespace
}  // namespace rapport::test
