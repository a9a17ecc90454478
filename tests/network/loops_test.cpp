#include "rapport/network/loops.h"

#include <gmock/gmock.h>

#include <bit>
#include <functional>
#include <map>
#include <random>
#include <set>

#include "rapport/network/network.h"
#include "support/deeper.h"
#include "support/hour_plan.h"

namespace rapport {
namespace {

using support::HourPlan;
using testing::ElementsAre;

HourPlan plan_of(int activities, std::vector<std::pair<int, int>> const& links) {
  HourPlan plan;
  for (int k = 0; k < activities; ++k) plan.activity("A" + std::to_string(k), 1);
  for (auto const& [from, to] : links) plan.link("A" + std::to_string(from), "A" + std::to_string(to));
  return plan;
}

bool compiles(HourPlan const& plan) {
  try {
    (void)compile(plan.project());
    return true;
  } catch (CycleError const&) {
    return false;
  }
}

TEST(Loops, AreNoneInAPlanThatCanBeScheduled) {
  EXPECT_TRUE(find_loops(plan_of(3, {{0, 1}, {1, 2}, {0, 2}}).project()).loops.empty());
  EXPECT_TRUE(find_loops(Project()).loops.empty());
}

TEST(Loops, AreAllToldAtOnceWithAShortestLoopAndTheFewestLinksToCut) {
  // Two knots; in the first the link 1 → 2 closes both loops.
  auto const plan = plan_of(7, {{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 1}, {3, 4}, {4, 5}, {5, 4}, {5, 6}});
  auto const found = find_loops(plan.project()).loops;
  ASSERT_EQ(found.size(), 2u);
  EXPECT_THAT(found[0].activities, ElementsAre("A0", "A1", "A2", "A3"));
  EXPECT_EQ(found[0].links.size(), 5u);
  EXPECT_EQ(found[0].shortest.size(), 3u);
  EXPECT_THAT(found[0].cut, ElementsAre("A1>A2:FS"));
  EXPECT_TRUE(found[0].proved());
  EXPECT_THAT(found[1].shortest, ElementsAre("A4", "A5"));
  EXPECT_EQ(found[1].cut.size(), 1u);
}

TEST(Loops, NeedEveryParallelLinkCut) {
  auto plan = plan_of(3, {{0, 1}, {1, 2}, {2, 0}});
  plan.link("A0", "A1", LinkType::StartToStart).link("A1", "A2", LinkType::FinishToFinish);
  EXPECT_THAT(find_loops(plan.project()).loops[0].cut, ElementsAre("A2>A0:FS"));
}

TEST(Loops, PassThroughSummariesUnderMicrosoftsRulesOnly) {
  HourPlan plan;
  plan.facts.wbs.push_back({.key = "W", .parent = {}, .name = "Phase", .subproject = "plan"});
  auto& phase = plan.activity("Phase", 0);
  phase.kind = ActivityKind::Summary, phase.wbs = "W";
  plan.activity("A", 1).wbs = "W";
  plan.activity("B", 1).wbs = "W";
  plan.activity("C", 1);
  plan.link("Phase", "C").link("C", "B");
  EXPECT_TRUE(find_loops(plan.project()).loops.empty());
  EXPECT_TRUE(compiles(plan));
  plan.facts.subprojects[0].rules = Rules::microsoft();
  EXPECT_FALSE(compiles(plan));
  auto const found = find_loops(plan.project()).loops;
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].activities, ElementsAre("B", "C"));
  EXPECT_EQ(found[0].cut.size(), 1u);
}

/// Fewest links whose removal leaves no loop, by trying every set; a loop is found by walking.
std::size_t fewest_by_trying(int activities, std::vector<std::pair<int, int>> const& links) {
  std::size_t best = links.size();
  for (unsigned gone = 0; gone < 1U << links.size(); ++gone) {
    auto const count = static_cast<std::size_t>(std::popcount(gone));
    if (count >= best) continue;
    std::vector<int> state(static_cast<std::size_t>(activities));
    std::function<bool(int)> const loops = [&](int at) {
      auto& mine = state[static_cast<std::size_t>(at)];
      if (mine != 0) return mine == 1;
      mine = 1;
      for (std::size_t k = 0; k < links.size(); ++k)
        if (!(gone >> k & 1U) && links[k].first == at && loops(links[k].second)) return true;
      state[static_cast<std::size_t>(at)] = 2;
      return false;
    };
    bool any = false;
    for (int at = 0; at < activities && !any; ++at) any = loops(at);
    if (!any) best = count;
  }
  return best;
}

TEST(Loops, AreCutByAsFewLinksAsTryingEverySetFinds) {
  std::mt19937 random(11);
  for (unsigned round = 0; round < support::deeper(150); ++round) {
    int const n = 3 + static_cast<int>(random() % 5);
    std::set<std::pair<int, int>> chosen;
    for (int k = 0; k < 13; ++k) {
      int const from = static_cast<int>(random() % static_cast<unsigned>(n));
      int const to = static_cast<int>(random() % static_cast<unsigned>(n));
      if (from != to) chosen.emplace(from, to);
    }
    std::vector<std::pair<int, int>> const links(chosen.begin(), chosen.end());
    auto plan = plan_of(n, links);
    std::size_t cut = 0;
    std::set<std::string> gone;
    for (auto const& loop : find_loops(plan.project()).loops) {
      EXPECT_TRUE(loop.proved());
      cut += loop.cut.size();
      gone.insert(loop.cut.begin(), loop.cut.end());
    }
    EXPECT_EQ(cut, fewest_by_trying(n, links));
    complete_keys(plan.facts);
    std::erase_if(plan.facts.links, [&](Link const& link) { return gone.contains(link.key); });
    EXPECT_TRUE(compiles(plan));
  }
}

TEST(Loops, GiveACutAndItsBoundWhenTheSearchIsCutShort) {
  std::mt19937 random(5);
  std::set<std::pair<int, int>> chosen;
  while (chosen.size() < 300) {
    int const from = static_cast<int>(random() % 60), to = static_cast<int>(random() % 60);
    if (from != to) chosen.emplace(from, to);
  }
  auto plan = plan_of(60, {chosen.begin(), chosen.end()});
  LoopOptions options;
  options.most_steps = 50;
  std::set<std::string> gone;
  bool proved = true;
  for (auto const& loop : find_loops(plan.project(), options).loops) {
    EXPECT_LE(loop.at_least, loop.cut.size());
    EXPECT_GE(loop.at_least, 1u);
    proved &= loop.proved();
    gone.insert(loop.cut.begin(), loop.cut.end());
  }
  EXPECT_FALSE(proved);
  complete_keys(plan.facts);
  std::erase_if(plan.facts.links, [&](Link const& link) { return gone.contains(link.key); });
  EXPECT_TRUE(compiles(plan));
}

}  // namespace
}  // namespace rapport
