// What deferring a change does, worked out by hand on the diamond of small_plan.h.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "impact/small_plan.h"
#include "rapport/impact/change_options.h"

namespace rapport::test {
namespace {

using testing::IsSupersetOf;
using testing::UnorderedElementsAre;

Activity milestone(std::string key) {
  auto made = task(std::move(key), 0);
  made.kind = ActivityKind::FinishMilestone;
  made.subproject = "P";
  return made;
}

std::vector<ChangeOption> deferrals(Facts facts, ChangeRequest const& request) {
  auto const project = made(std::move(facts));
  std::vector<ChangeOption> found;
  for (auto& option : options_for(project, schedule(compile(project)), request))
    if (option.kind == OptionKind::Defer || option.kind == OptionKind::Accept)
      found.push_back(std::move(option));
  return found;
}

std::vector<std::string> links_of(ChangeOption const& option) {
  std::vector<std::string> links;
  for (auto const& edit : option.request.edits)
    if (auto const* added = std::get_if<LinkChange>(&edit))
      links.push_back(added->link.predecessor + " " + added->link.successor);
  return links;
}

TEST(Deferring, HoldsWhatTheActivityHolds) {
  // M after D: Monday 11 January 17:00, when B has begun. The two days more of B come after B, which ends on
  // Tuesday, so Wednesday and Thursday; C waits for them and ends on Tuesday 19 instead of Friday 15.
  auto facts = diamond();
  facts.activities.push_back(milestone("M"));
  facts.links.push_back(follows("D", "M"));
  auto const options = deferrals(facts, change({add_work("B", 16)}));
  ASSERT_EQ(options.size(), 2U);
  EXPECT_THAT(links_of(options[1]), UnorderedElementsAre("M B-LATER", "B B-LATER", "B-LATER C"));
  EXPECT_EQ(options[0].figures.finish_delta, Elapsed{4 * seconds_per_day});
  EXPECT_EQ(options[1].figures.finish_delta, Elapsed{4 * seconds_per_day});
}

TEST(Deferring, PassesOverWhatLeadsToTheMilestoneToWhatFollowsIt) {
  // M after B, and E (8h) after M: to hold M would close a loop, so E waits in its place: M on Tuesday 12,
  // the later work on Wednesday and Thursday, E on Friday 15.
  auto facts = diamond();
  facts.activities.push_back(milestone("M"));
  facts.activities.push_back(task("E", 8));
  facts.activities.back().subproject = "P";
  facts.links.push_back(follows("B", "M"));
  facts.links.push_back(follows("M", "E"));
  auto const project = made(facts);
  auto const before = schedule(compile(project));
  for (auto const& option : options_for(project, before, change({add_work("B", 16)}))) {
    if (option.kind != OptionKind::Defer) continue;
    EXPECT_THAT(links_of(option), UnorderedElementsAre("M B-LATER", "B-LATER C", "B-LATER E"));
    auto const impact = assess(project, before, option.request);
    EXPECT_EQ(when(delta(impact, "E").after->early_finish), "2027-01-15T17:00");
    EXPECT_FALSE(delta(impact, "M").moved());
    return;
  }
  FAIL() << "nothing is deferred";
}

TEST(Deferring, HoldsWithTheLinkOfTheActivityItself) {
  // B and C finish to finish with a day between: the later work on Wednesday and Thursday, C not before
  // Friday 15, when it ends anyway. A link from the start of B bears on nothing that comes later.
  auto facts = diamond();
  facts.activities.push_back(milestone("M"));
  facts.links[1].type = LinkType::FinishToFinish;
  facts.links[1].lag.seconds = 8 * 3600;
  facts.links.push_back(follows("D", "M"));
  facts.links.push_back(follows("B", "D"));
  facts.links.back().type = LinkType::StartToStart;
  auto const options = deferrals(facts, change({add_work("B", 16)}));
  ASSERT_EQ(options.size(), 2U);
  EXPECT_THAT(links_of(options[1]), UnorderedElementsAre("M B-LATER", "B-LATER C"));
  auto const& held = std::get<LinkChange>(options[1].request.edits.back()).link;
  EXPECT_EQ(held.type, LinkType::FinishToFinish);
  EXPECT_EQ(held.lag.seconds, 8 * 3600);
}

TEST(Deferring, IsNotOfferedAfterWhatIsOverWhenTheWorkBegins) {
  // M after A: Friday 8 January 17:00, and B begins on Monday 11.
  auto facts = diamond();
  facts.activities.push_back(milestone("M"));
  facts.links.push_back(follows("A", "M"));
  EXPECT_EQ(deferrals(facts, change({add_work("B", 16)})).size(), 1U);
}

TEST(Deferring, ReworkOfWhatIsDoneHoldsWhatItsReworkHolds) {
  // A is done; a quarter of it, ten hours, comes back and would hold B and D. After M (B's finish, Tuesday
  // 12) B is over; D waits, and C: A's ten hours to Thursday 14 10:00, D to Friday 10:00, C's three days to
  // Wednesday 20 10:00 instead of Friday 15 17:00.
  auto facts = diamond();
  facts.subprojects[0].data_date = parse_instant("2027-01-11T08:00");
  facts.activities[0].progress.actual_start = parse_instant("2027-01-04T08:00");
  facts.activities[0].progress.actual_finish = parse_instant("2027-01-08T17:00");
  facts.activities.push_back(milestone("M"));
  facts.links.push_back(follows("B", "M"));
  Requirement need;
  need.key = "REQ";
  facts.requirements = {need};
  facts.traces = {trace(requirement("REQ"), activity("A"), TraceType::Implements, 1, 0.25)};
  auto const options = deferrals(facts, change({changed("REQ", 1)}));
  ASSERT_EQ(options.size(), 2U);
  EXPECT_THAT(links_of(options[1]), IsSupersetOf({"M A-LATER", "A-LATER C", "A-LATER D"}));
  EXPECT_EQ(options[1].figures.finish_delta, Elapsed{4 * seconds_per_day + 17 * 3600});
}

TEST(Deferring, ATestThatIsOverBeforeTheLaterWorkDoesNotSeeIt) {
  // Sixteen hours at 0.02 defects per hour bring 0.32. T finds half of what it sees and is run in D, after B.
  // Accepting, it sees them. After CM-1, which is C's finish and so after D, it does not.
  auto facts = diamond();
  facts.links.push_back(follows("B", "D"));
  rapport::Test unit;
  unit.key = "T";
  unit.activity = "D";
  unit.removal_efficiency = 0.5;
  facts.tests = {unit};
  facts.traces = {trace(activity("B"), test_node("T"), TraceType::Verifies, 1, 1)};
  ContractMilestone contract;
  contract.key = "CM-1";
  contract.activity = "C";
  contract.due = parse_instant("2027-01-29T17:00");
  facts.contract_milestones = {contract};
  // M is another way there: after N, two days and an hour from A on. The later work holds D, which sees it.
  facts.activities.push_back(task("N", 17));
  facts.activities.back().subproject = "P";
  facts.activities.push_back(milestone("M"));
  facts.links.push_back(follows("A", "N"));
  facts.links.push_back(follows("N", "M"));
  auto const options = deferrals(facts, change({add_work("B", 16)}));
  ASSERT_EQ(options.size(), 3U);
  EXPECT_NEAR(*options[0].figures.defects_escaping, 0.16, 1e-9);
  EXPECT_EQ(options[1].what, "defer to after CM-1");
  EXPECT_NEAR(*options[1].figures.defects_escaping, 0.32, 1e-9);
  EXPECT_EQ(options[2].what, "defer to after M");
  EXPECT_NEAR(*options[2].figures.defects_escaping, 0.16, 1e-9);
}

TEST(Deferring, CostsWhatTheSameWorkCostsNow) {
  // Half of B is redone: 8h at 100 EUR, half of its 40 m³ at 10 EUR, and T, which was run, once more for 4h.
  auto facts = diamond();
  facts.activities.push_back(milestone("M"));
  facts.links.push_back(follows("C", "M"));
  facts.resources = {person("R", 100), person("CONCRETE", 10)};
  facts.resources[1].kind = ResourceKind::Material;
  facts.assignments = {assigned("B", "R", 16), assigned("B", "CONCRETE", 0)};
  facts.assignments[1].quantity = 40;
  Requirement need;
  need.key = "REQ";
  facts.requirements = {need};
  rapport::Test system;
  system.key = "T";
  system.effort = hours(4);
  system.resource = "R";
  facts.tests = {system};
  facts.traces = {trace(requirement("REQ"), activity("B"), TraceType::Implements, 1, 0.5),
                  trace(requirement("REQ"), test_node("T"), TraceType::Verifies, 1, 1)};
  auto const options = deferrals(facts, change({changed("REQ", 1)}));
  ASSERT_EQ(options.size(), 2U);
  for (auto const& option : options) {
    EXPECT_EQ(option.figures.cost_delta, Money::of(800 + 200 + 400, eur)) << option.what;
    EXPECT_EQ(option.figures.unpriced, 0U) << option.what;
    EXPECT_EQ(option.figures.tests_to_repeat, 1U) << option.what;
  }
}

TEST(Deferring, WaitingAloneHasNoUnknownCost) {
  auto facts = diamond();
  facts.activities.push_back(milestone("M"));
  facts.links.push_back(follows("D", "M"));
  auto longer = add_work("B", 16);
  longer.duration_only = true;
  for (auto const& option : deferrals(facts, change({longer}))) {
    EXPECT_EQ(option.figures.unpriced, 0U) << option.what;
    EXPECT_EQ(option.figures.finish_delta, Elapsed{4 * seconds_per_day}) << option.what;
  }
}

}  // namespace
}  // namespace rapport::test
