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

/// M after N, three days from A on: Wednesday 13 January 17:00, when B is over and C begins.
Facts with_milestone_on_wednesday() {
  auto facts = diamond();
  facts.activities.push_back(task("N", 24));
  facts.activities.back().subproject = "P";
  facts.activities.push_back(milestone("M"));
  facts.links.push_back(follows("A", "N"));
  facts.links.push_back(follows("N", "M"));
  return facts;
}

std::vector<ChangeOption> deferrals(Facts facts, ChangeRequest const& request,
                                    OptionRules const& rules = {}) {
  auto const project = made(std::move(facts));
  std::vector<ChangeOption> found;
  for (auto& option : options_for(project, schedule(compile(project)), request, rules))
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
  // The two days more of B come after M, on Thursday and Friday; C waits for them and ends on Wednesday 20
  // instead of Friday 15. Done now, on Wednesday and Thursday, they hold it until Tuesday 19.
  auto const options = deferrals(with_milestone_on_wednesday(), change({add_work("B", 16)}));
  ASSERT_EQ(options.size(), 2U);
  EXPECT_THAT(links_of(options[1]), UnorderedElementsAre("M B-LATER", "B B-LATER", "B-LATER C"));
  EXPECT_EQ(options[0].figures.finish_delta, Elapsed{4 * seconds_per_day});
  EXPECT_EQ(options[1].figures.finish_delta, Elapsed{5 * seconds_per_day});
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
  // B and C finish to finish with a day between: C, which follows D, ends on Thursday 14 as it is. The later
  // work is done on Thursday and Friday, so that C does not end before Monday 18. A link from the start of B
  // bears on nothing that comes later.
  auto facts = with_milestone_on_wednesday();
  facts.links[1].type = LinkType::FinishToFinish;
  facts.links[1].lag.seconds = 8 * 3600;
  facts.links.push_back(follows("B", "D"));
  facts.links.back().type = LinkType::StartToStart;
  auto const options = deferrals(facts, change({add_work("B", 16)}));
  ASSERT_EQ(options.size(), 2U);
  EXPECT_THAT(links_of(options[1]), UnorderedElementsAre("M B-LATER", "B B-LATER", "B-LATER C"));
  EXPECT_EQ(options[1].figures.finish_delta, Elapsed{4 * seconds_per_day});
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

TEST(Deferring, IsNotOfferedWhereTheWorkIsDoneWhenItWouldBeNow) {
  // L after D: Monday 11 January 17:00, when B has begun. Its two days more come after B, on Wednesday and
  // Thursday, as they do now. After M they come on Thursday and Friday.
  auto facts = with_milestone_on_wednesday();
  facts.activities.push_back(milestone("L"));
  facts.links.push_back(follows("D", "L"));
  OptionRules rules;
  rules.milestones = 1;  // What is none does not count.
  auto const options = deferrals(facts, change({add_work("B", 16)}), rules);
  ASSERT_EQ(options.size(), 2U);
  EXPECT_EQ(options[1].what, "defer to after M");
  // Where D waits for B, L is reached on Wednesday 13 and not, as now, on Friday 15.
  facts.links.push_back(follows("B", "D"));
  rules.milestones = 8;
  EXPECT_EQ(deferrals(facts, change({add_work("B", 16)}), rules).size(), 3U);
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

/// T, which finds half of what it sees, is run in `activity` and verifies B, by somebody at 100 EUR an hour.
Facts tested_in(std::string const& activity_key, double effort_hours, Facts facts) {
  rapport::Test unit;
  unit.key = "T";
  unit.activity = activity_key;
  unit.removal_efficiency = 0.5;
  unit.effort = hours(effort_hours);
  unit.resource = "R";
  facts.resources = {person("R", 100)};
  facts.assignments = {assigned("B", "R", 16)};
  facts.tests = {unit};
  facts.traces = {trace(activity("B"), test_node("T"), TraceType::Verifies, 1, 1)};
  return facts;
}

TEST(Deferring, ATestThatIsRunBeforeTheMilestoneIsRunAgainOnceTheWorkIsDone) {
  // Sixteen hours at 0.02 defects per hour bring 0.32, of which T finds half. It is run in D, after B and
  // before M. Accepting: B until Thursday 14, D on Friday, C until Wednesday 20; T is still to come.
  // Deferring: D and M on Wednesday 13, the work on Thursday and Friday, T once more on Monday 18 (8h at 100
  // EUR), and C until Thursday 21. As it is, C ends on Monday 18.
  auto facts = tested_in("D", 8, diamond());
  facts.activities.push_back(milestone("M"));
  facts.links.push_back(follows("B", "D"));
  facts.links.push_back(follows("D", "M"));
  auto const options = deferrals(facts, change({add_work("B", 16)}));
  ASSERT_EQ(options.size(), 2U);
  auto const &accept = options[0].figures, &defer = options[1].figures;
  EXPECT_THAT(links_of(options[1]),
              UnorderedElementsAre("M B-LATER", "B-LATER D-LATER", "B-LATER C", "M D-LATER", "D-LATER C"));
  EXPECT_EQ(accept.tests_to_repeat, 0U);
  EXPECT_EQ(defer.tests_to_repeat, 1U);
  EXPECT_EQ(accept.cost_delta, Money::of(1600, eur));
  EXPECT_EQ(defer.cost_delta, Money::of(1600 + 800, eur));
  EXPECT_NEAR(*accept.defects_escaping, 0.16, 1e-9);
  EXPECT_NEAR(*defer.defects_escaping, 0.16, 1e-9);
  EXPECT_EQ(accept.finish_delta, Elapsed{2 * seconds_per_day});
  EXPECT_EQ(defer.finish_delta, Elapsed{3 * seconds_per_day});
  // Nobody knows what T costs.
  facts.tests[0].resource.clear();
  auto const unknown = deferrals(facts, change({add_work("B", 16)}));
  EXPECT_EQ(unknown[0].figures.unpriced, 0U);
  EXPECT_EQ(unknown[1].figures.unpriced, 1U);
  EXPECT_EQ(unknown[1].figures.cost_delta, Money::of(1600, eur));
}

TEST(Deferring, ATestBesideTheWorkIsRunAgainAfterIt) {
  // D, on Monday 11, waits for A alone, and so would its run; it is done after the later work, on Monday 18.
  auto const options =
      deferrals(tested_in("D", 8, with_milestone_on_wednesday()), change({add_work("B", 16)}));
  ASSERT_EQ(options.size(), 2U);
  EXPECT_THAT(links_of(options[1]), UnorderedElementsAre("M B-LATER", "B B-LATER", "B-LATER C", "M D-LATER",
                                                         "D D-LATER", "D-LATER C", "B-LATER D-LATER"));
  EXPECT_EQ(options[1].figures.tests_to_repeat, 1U);
  EXPECT_EQ(options[1].figures.finish_delta, Elapsed{6 * seconds_per_day});
}

TEST(Deferring, ATestStillToComeAtTheMilestoneIsNotRunAgain) {
  // D waits for the later work, whose milestone is on Wednesday.
  auto facts = tested_in("D", 8, with_milestone_on_wednesday());
  facts.links.push_back(follows("B", "D"));
  auto const options = deferrals(facts, change({add_work("B", 16)}));
  ASSERT_EQ(options.size(), 2U);
  EXPECT_EQ(options[1].figures.tests_to_repeat, 0U);
  EXPECT_EQ(options[1].figures.cost_delta, Money::of(1600, eur));
  EXPECT_NEAR(*options[1].figures.defects_escaping, 0.16, 1e-9);
}

TEST(Deferring, ATestThatEndsBeforeTheLaterWorkDoesNotSeeIt) {
  // E begins after M, on Thursday 14, and takes two days and a half, as long as the work that B gets: T, run
  // in E, ends on Monday 18 12:00. Accepting, B ends on Friday 15 12:00 and T sees it. Later, twenty hours
  // from Thursday on end on Monday 18 12:00 as well; an hour more, and they end after T.
  for (double const more : {20.0, 21.0}) {
    auto facts = tested_in("E", 8, with_milestone_on_wednesday());
    facts.activities.push_back(task("E", 20));
    facts.activities.back().subproject = "P";
    facts.links.push_back(follows("M", "E"));
    auto const options = deferrals(facts, change({add_work("B", more)}));
    ASSERT_EQ(options.size(), 2U);
    EXPECT_EQ(options[1].figures.tests_to_repeat, 0U);
    EXPECT_NEAR(*options[0].figures.defects_escaping, 0.02 * more / 2, 1e-9);
    EXPECT_NEAR(*options[1].figures.defects_escaping, more > 20 ? 0.02 * more : 0.02 * more / 2, 1e-9);
  }
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
  auto longer = add_work("B", 16);
  longer.duration_only = true;
  auto const options = deferrals(with_milestone_on_wednesday(), change({longer}));
  ASSERT_EQ(options.size(), 2U);
  for (auto const& option : options) EXPECT_EQ(option.figures.unpriced, 0U) << option.what;
  EXPECT_EQ(options[1].figures.finish_delta, Elapsed{5 * seconds_per_day});
}

}  // namespace
}  // namespace rapport::test
