#include "rapport/network/network.h"

#include "network/calendar_tables.h"

#include <gmock/gmock.h>

#include <random>
#include <set>

#include "rapport/model/names.h"
#include "rapport/network/overlay.h"
#include "support/deeper.h"
#include "support/hour_plan.h"

namespace rapport {
namespace {

using support::hour;
using support::HourPlan;
using testing::ElementsAre;

/// A → B → C and A → D → C, told from the end.
HourPlan diamond() {
  HourPlan plan;
  for (auto const* key : {"C", "D", "B", "A"}) plan.activity(key, 10);
  plan.link("B", "C").link("D", "C").link("A", "B").link("A", "D");
  return plan;
}

std::vector<std::string> predecessors(Network const& network, std::string_view key) {
  auto const& links = network.links();
  auto const i = network.at(key).value;
  std::vector<std::string> keys;
  for (auto k = links.first_in[i]; k < links.first_in[i + 1]; ++k)
    keys.push_back(network.key({links.predecessor[k]}));
  return keys;
}

TEST(Network, PutsPredecessorsFirst) {
  auto const network = compile(diamond().project());
  ASSERT_EQ(network.activity_count(), 4U);
  ASSERT_EQ(network.link_count(), 4U);
  auto const& links = network.links();
  for (std::uint32_t k = 0; k < network.link_count(); ++k)
    EXPECT_LT(links.predecessor[k], links.successor[k]);
  for (std::uint32_t i = 0; i < network.activity_count(); ++i) {
    for (auto o = links.first_out[i]; o < links.first_out[i + 1]; ++o)
      EXPECT_EQ(links.predecessor[links.out[o]], i);
  }
}

TEST(Network, FindsActivitiesByKeyAndNamesTheNearest) {
  auto const network = compile(diamond().project());
  EXPECT_EQ(network.key(network.at("B")), "B");
  EXPECT_FALSE(network.find("E"));
  EXPECT_THROW((void)network.at("E"), NotFound);
}

TEST(Network, TellsTheShortestLoopInOrder) {
  HourPlan plan;
  for (auto const* key : {"A", "B", "C", "D", "E", "F"}) plan.activity(key, 1);
  plan.link("A", "B").link("B", "C").link("C", "D").link("D", "A");  // four
  plan.link("C", "E").link("E", "C");                                // two
  plan.link("E", "F");                                               // behind it
  try {
    (void)compile(plan.project());
    FAIL() << "a loop was accepted";
  } catch (CycleError const& error) {
    EXPECT_THAT(error.keys(), testing::UnorderedElementsAre("C", "E"));
  }
}

TEST(Network, LevelsOfEffortDriveNothingAndCloseNoLoop) {
  HourPlan plan;
  plan.activity("A", 4), plan.activity("B", 4);
  plan.activity("supervision", 0).kind = ActivityKind::LevelOfEffort;
  plan.link("A", "B").link("A", "supervision", LinkType::StartToStart);
  plan.link("supervision", "B", LinkType::FinishToFinish).link("B", "supervision", LinkType::FinishToFinish);
  EXPECT_EQ(compile(plan.project()).activity_count(), 3U);
}

TEST(Overlay, ReplacesValuesAndLeavesTheBaseAlone) {
  auto const base = compile(diamond().project());
  Overlay overlay(base);
  EXPECT_TRUE(overlay.empty());
  overlay.set_duration(base.at("B"), hours(30), hours(20));
  auto const changed = overlay.applied();
  EXPECT_EQ(changed.duration(changed.at("B")), hours(30));
  EXPECT_EQ(changed.remaining(changed.at("B")), hours(20));
  EXPECT_EQ(base.duration(base.at("B")), hours(10));
  EXPECT_EQ(&changed.links(), &base.links()) << "values do not copy the links";
}

TEST(Overlay, RefusesDurationsThatCannotBe) {
  auto const base = compile(diamond().project());
  EXPECT_THROW(Overlay(base).set_duration(base.at("B"), hours(-1), Work{}), InvalidInput);
  EXPECT_THROW(Overlay(base).set_duration(base.at("B"), hours(1), hours(2)), InvalidInput);
}

TEST(Overlay, AddsActivitiesAndLinks) {
  auto const base = compile(diamond().project());
  Activity extra;
  extra.key = "X";
  extra.duration = hours(5);
  Link before{.key = {}, .predecessor = "X", .successor = "A", .type = {}, .lag = {}};
  auto const changed = Overlay(base).add_activity(extra).add_link(before).applied();
  EXPECT_THAT(predecessors(changed, "A"), ElementsAre("X"));
  EXPECT_EQ(changed.calendar(changed.at("X")).key(), "clock");
  EXPECT_THROW(Overlay(base).add_activity(extra).add_activity(extra), InvalidInput);
  EXPECT_THROW(Overlay(base).add_link(before), NotFound);
}

TEST(Overlay, RemovingAnActivityLetsItsPredecessorsHoldItsSuccessors) {
  auto const base = compile(diamond().project());
  auto const changed = Overlay(base).remove_activity("B").applied();
  EXPECT_EQ(changed.activity_count(), 3U);
  EXPECT_THAT(predecessors(changed, "C"), testing::UnorderedElementsAre("A", "D"));
  EXPECT_THROW(Overlay(base).remove_activity("nobody"), NotFound);
}

/// Predecessor, successor, type and lag of each link, in words.
std::multiset<std::string> links_of(Network const& network) {
  auto const& links = network.links();
  std::multiset<std::string> found;
  for (std::uint32_t k = 0; k < network.link_count(); ++k)
    found.insert(network.key({links.predecessor[k]}) + " " + std::string(to_name(links.type[k])) + " " +
                 std::to_string(links.lag[k]) + " " + network.key({links.successor[k]}));
  return found;
}

class RandomRemovals : public testing::TestWithParam<unsigned> {};

TEST_P(RandomRemovals, ManyAtOnceAreOneAfterTheOther) {
  std::mt19937 random(GetParam());
  auto const below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  constexpr std::uint32_t count = 24;
  auto const key = [](std::uint32_t i) { return "T" + std::to_string(i); };
  HourPlan plan;
  for (std::uint32_t i = 0; i < count; ++i) plan.activity(key(i), 10);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> linked;
  for (std::uint32_t to = 1; to < count; ++to)
    for (auto left = below(4); left > 0; --left) {
      linked.emplace_back(to - 1 - below(std::min(to, 5U)), to);
      plan.link(key(linked.back().first), key(to), static_cast<LinkType>(below(4)), below(3));
    }
  auto const base = compile(plan.project());
  auto step = base;
  Overlay at_once(base);
  for (auto const& [from, to] : linked) {
    if (below(6) != 0) continue;
    at_once.remove_link(key(from), key(to));
    try {
      step = Overlay(step).remove_link(key(from), key(to)).applied();
    } catch (NotFound const&) {  // several between the two went together
    }
  }
  for (std::uint32_t i = 0; i < base.activity_count(); ++i) {  // in the order of the network, as it does
    if (below(2) != 0) continue;
    at_once.remove_activity(base.key({i}));
    step = Overlay(step).remove_activity(base.key({i})).applied();
  }
  EXPECT_EQ(links_of(at_once.applied()), links_of(step));
}

INSTANTIATE_TEST_SUITE_P(Plans, RandomRemovals, testing::Range(1U, 1 + support::deeper(200)));

TEST(Overlay, RemovesLinksAndRefusesLoops) {
  auto const base = compile(diamond().project());
  auto const changed = Overlay(base).remove_link("D", "C").applied();
  EXPECT_THAT(predecessors(changed, "C"), ElementsAre("B"));
  EXPECT_THROW(Overlay(base).remove_link("C", "A"), NotFound);
  Link back{.key = {}, .predecessor = "C", .successor = "A", .type = {}, .lag = {}};
  EXPECT_THROW((void)Overlay(base).add_link(back).applied(), CycleError);
}

/// A chain of `weeks` that names no date but its beginning.
Network chain_of(int weeks, LinkType type = LinkType::FinishToStart, double lag_hours = 0,
                 std::vector<CalendarException> const& exceptions = {}) {
  Facts facts;
  facts.calendars.push_back(five_day_calendar("office", {{8 * 3600, 16 * 3600}}));
  facts.calendars.back().exceptions = exceptions;
  Subproject& plan = facts.subprojects.emplace_back();
  plan.key = "P", plan.calendar = "office", plan.data_date = parse_instant("2027-01-04T08:00");
  for (int i = 0; i < weeks; ++i) {
    Activity& activity = facts.activities.emplace_back();
    activity.key = "A" + std::to_string(i), activity.duration = hours(40);
    if (i == 0) continue;
    Link& link = facts.links.emplace_back();
    link.predecessor = "A" + std::to_string(i - 1), link.successor = activity.key;
    link.type = type, link.lag.seconds = static_cast<std::int64_t>(lag_hours * 3600);
  }
  return compile(Project(facts));
}

/// The year in which the quick tables of its calendar end.
int tables_end(Network const& network) {
  auto const& tables = network.calendars()[1].tables();
  EXPECT_EQ(tables.grains.seconds, static_cast<std::uint64_t>(tables.end - tables.begin)) << "there are some";
  return std::stoi(to_string(Instant{tables.end}.date()).substr(0, 4));
}

TEST(CalendarTables, ReachAsFarAsThePlanRoughlyLasts) {
  EXPECT_EQ(tables_end(chain_of(2)), 2032) << "five years";
  EXPECT_EQ(tables_end(chain_of(52 * 20)), 2047) << "twenty years, and one more";
  EXPECT_EQ(tables_end(chain_of(1000, LinkType::StartToStart)), 2032) << "all in one week";
  EXPECT_EQ(tables_end(chain_of(2, LinkType::FinishToStart, 40 * 1000)), 2047) << "a thousand weeks";
  EXPECT_EQ(tables_end(chain_of(520, LinkType::FinishToFinish, 80)), 2047) << "two weeks a link";
  Date const long_ago = Date::of(1985, 5, 1);
  EXPECT_EQ(tables_end(chain_of(52 * 40, LinkType::FinishToStart, 0, {{long_ago, long_ago, {}, ""}})), 2032)
      << "from 1985 to 2068 no table is quick";
  EXPECT_EQ(tables_end(chain_of(52 * 300)), 2086) << "there is an end to it, from which answers take longer";
}

}  // namespace
}  // namespace rapport
