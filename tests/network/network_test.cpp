#include "rapport/network/network.h"

#include <gmock/gmock.h>

#include "rapport/network/overlay.h"
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

TEST(Overlay, RemovesLinksAndRefusesLoops) {
  auto const base = compile(diamond().project());
  auto const changed = Overlay(base).remove_link("D", "C").applied();
  EXPECT_THAT(predecessors(changed, "C"), ElementsAre("B"));
  EXPECT_THROW(Overlay(base).remove_link("C", "A"), NotFound);
  Link back{.key = {}, .predecessor = "C", .successor = "A", .type = {}, .lag = {}};
  EXPECT_THROW((void)Overlay(base).add_link(back).applied(), CycleError);
}

}  // namespace
}  // namespace rapport
