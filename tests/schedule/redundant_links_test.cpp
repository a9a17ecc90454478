// Links that say nothing: a published plan, the closure of plain networks, and schedules without them.

#include "rapport/schedule/redundant_links.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include "support/deeper.h"
#include "support/hour_plan.h"
#include "support/random_plan.h"

namespace rapport {
namespace {

using support::Chance;
using support::HourPlan;

std::set<std::string> keys_of(Schedule const& s, std::vector<RedundantLink> const& found) {
  std::set<std::string> keys;
  auto const& links = s.network().links();
  for (auto const& each : found) {
    auto const k = each.link.value;
    keys.insert(s.network().key({links.predecessor[k]}) + ">" + s.network().key({links.successor[k]}));
  }
  return keys;
}

// Vanhoucke, Integrated Project Management and Control (Springer 2014), page 6, project 1, and three links
// more, whose number the R package criticalpath asserts.
TEST(RedundantLinks, AreThoseAddedToVanhouckesInformationSystem) {
  HourPlan plan;
  int const durations[] = {1, 2, 2, 4, 3, 3, 3, 2, 1, 1, 2, 1, 1, 1, 1, 2, 1};
  for (int i = 0; i < 17; ++i) plan.activity(std::to_string(i + 1), durations[i]);
  std::vector<std::pair<int, int>> const links = {
      {1, 2},   {1, 3},   {2, 4},   {2, 5},   {2, 6},   {3, 7},   {3, 8},   {3, 9},   {3, 10},
      {4, 11},  {5, 11},  {6, 11},  {7, 12},  {8, 13},  {9, 14},  {10, 15}, {11, 16}, {11, 17},
      {12, 16}, {12, 17}, {13, 16}, {13, 17}, {14, 16}, {14, 17}, {15, 16}, {15, 17}};
  for (auto [from, to] : links) plan.link(std::to_string(from), std::to_string(to));
  auto const before = schedule(compile(plan.project()));
  EXPECT_EQ(before.finish(), support::hour(11));
  EXPECT_TRUE(find_redundant_links(before).empty());
  plan.link("1", "6").link("3", "16").link("4", "17");
  auto const s = schedule(compile(plan.project()));
  auto const found = find_redundant_links(s);
  EXPECT_EQ(keys_of(s, found), (std::set<std::string>{"1>6", "3>16", "4>17"}));
  for (auto const& each : found)
    EXPECT_EQ(each.through.size(),
              s.network().links().successor[each.link.value] == s.network().at("16").value ? 3U : 2U);
}

TEST(RedundantLinks, AreToldWithTheChainThatSaysTheSame) {
  HourPlan plan;
  plan.activity("A", 2), plan.activity("B", 3), plan.activity("C", 1);
  plan.link("A", "B", LinkType::StartToStart).link("B", "C", LinkType::FinishToStart, 4);
  plan.link("A", "C", LinkType::StartToFinish);
  auto const s = schedule(compile(plan.project()));
  auto const table = redundant_links(s);
  EXPECT_EQ(to_csv(table), "predecessor,successor,type,lag,through\nA,C,SF,0h,\"A>B:SS, B>C:FS\"\n");
}

TEST(RedundantLinks, OfSeveralBetweenTheSameEndsTheOneWithMostLagStays) {
  HourPlan plan;
  plan.activity("A", 2), plan.activity("B", 3);
  plan.link("A", "B").link("A", "B", LinkType::FinishToStart, 4).link("A", "B", LinkType::FinishToStart, -1);
  auto const s = schedule(compile(plan.project()));
  auto const found = find_redundant_links(s);
  ASSERT_EQ(found.size(), 2U);
  for (auto const& each : found) {
    ASSERT_EQ(each.through.size(), 1U);
    EXPECT_EQ(s.network().links().lag[each.through[0].value], 4 * 3600);
    EXPECT_LT(s.network().links().lag[each.link.value], 4 * 3600);
  }
}

TEST(RedundantLinks, OfALongChainWhoseEveryActivityLeadsToTheEnd) {
  HourPlan plan;
  std::size_t const n = 3000;
  for (std::size_t i = 0; i < n; ++i) plan.activity("A" + std::to_string(i), 1);
  for (std::size_t i = 1; i < n; ++i) {
    plan.link("A" + std::to_string(i - 1), "A" + std::to_string(i));
    if (i + 1 < n) plan.link("A" + std::to_string(i - 1), "A" + std::to_string(n - 1));
  }
  auto const found = find_redundant_links(schedule(compile(plan.project())));
  EXPECT_EQ(found.size(), n - 2);
  std::size_t told = 0;
  for (auto const& each : found) told += each.through.size();
  EXPECT_GT(told, 0U);
  EXPECT_LE(told, 256 * n);  // of n²/2, all chains together
}

TEST(RedundantLinks, DoNotGoThroughWhatSomethingElseHolds) {
  for (auto const kind : {ConstraintKind::MandatoryStart, ConstraintKind::StartNoEarlierThan}) {
    HourPlan plan;
    plan.activity("A", 2), plan.activity("B", 3), plan.activity("C", 1);
    plan.link("A", "B").link("B", "C").link("A", "C");
    EXPECT_EQ(find_redundant_links(schedule(compile(plan.project()))).size(), 1U);
    plan.facts.activities[1].constraint = {kind, support::hour(0)};
    EXPECT_TRUE(find_redundant_links(schedule(compile(plan.project()))).empty());
  }
}

// Warshall's closure, one activity at a time.
TEST(RandomRedundantLinks, AreTheTransitiveOnesOfPlainNetworks) {
  std::size_t all = 0;
  for (std::uint32_t seed = 0; seed < support::deeper(40); ++seed) {
    Chance dice(seed);
    // More than a block of the search, so that chains cross from one to another.
    std::size_t const n = 20 + dice.below(600), span = 3 + dice.below(60);
    HourPlan plan;
    for (std::size_t i = 0; i < n; ++i) plan.activity("A" + std::to_string(i), 1 + dice.below(9));
    std::vector<std::vector<char>> direct(n, std::vector<char>(n, 0));
    for (std::size_t s = 1; s < n; ++s) {
      for (std::size_t tries = dice.below(4); tries > 0; --tries) {
        auto const p = s - 1 - dice.below(static_cast<std::uint32_t>(std::min(s, span)));
        if (direct[p][s]) continue;
        direct[p][s] = 1;
        plan.link("A" + std::to_string(p), "A" + std::to_string(s));
      }
    }
    auto reach = direct;
    for (std::size_t via = 0; via < n; ++via)
      for (std::size_t p = 0; p < via; ++p)
        if (reach[p][via])
          for (std::size_t s = via + 1; s < n; ++s) reach[p][s] |= reach[via][s];
    std::set<std::string> expected;
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t s = 0; s < n; ++s)
        for (std::size_t via = 0; direct[p][s] && via < n; ++via)
          if (direct[p][via] && reach[via][s])
            expected.insert("A" + std::to_string(p) + ">A" + std::to_string(s));
    auto const s = schedule(compile(plan.project()));
    EXPECT_EQ(keys_of(s, find_redundant_links(s)), expected) << "seed " << seed;
    all += expected.size();
  }
  EXPECT_GT(all, 1000U);
}

void expect_chain(Network const& network, RedundantLink const& found) {
  auto const& links = network.links();
  ASSERT_FALSE(found.through.empty());
  EXPECT_EQ(links.predecessor[found.through.front().value], links.predecessor[found.link.value]);
  EXPECT_EQ(links.successor[found.through.back().value], links.successor[found.link.value]);
  for (std::size_t k = 1; k < found.through.size(); ++k)
    EXPECT_EQ(links.predecessor[found.through[k].value], links.successor[found.through[k - 1].value]);
}

/// Of flags alone a pause can make a difference.
std::array<std::int64_t, 6> dates_of(ActivityDates const& d) {
  return {d.early_start.seconds, d.early_finish.seconds, d.late_start.seconds,
          d.late_finish.seconds, d.total_float.seconds,  d.free_float.seconds};
}

TEST(RandomRedundantLinks, CanAllGoAndNothingChanges) {
  std::size_t gone = 0;
  for (std::uint32_t seed = 0; seed < support::deeper(150); ++seed) {
    Chance dice(seed);
    auto facts = support::random_plan(dice, 60, {});
    // Plain enough for chains: some lose their constraints and lags.
    for (auto& activity : facts.activities)
      if (!dice.one_in(3)) activity.constraint = activity.secondary_constraint = {};
    for (auto& link : facts.links)
      if (!dice.one_in(3)) link.lag = {};
    Project const project(facts);
    auto const network = compile(project);
    for (auto const& [name, rules] : support::all_rules()) {
      SCOPED_TRACE(name + " seed " + std::to_string(seed));
      auto const before = schedule(network, rules);
      auto const found = find_redundant_links(before);
      gone += found.size();
      std::set<std::uint32_t> redundant, kept;
      for (auto const& each : found) redundant.insert(each.link.value), expect_chain(network, each);
      for (auto const& each : found)
        for (auto const link : each.through) EXPECT_FALSE(redundant.contains(link.value));
      Overlay without(network);
      auto const& links = network.links();
      auto const is_parallel = [&](std::uint32_t k, std::uint32_t other) {
        return links.predecessor[k] == links.predecessor[other] && links.type[k] == links.type[other];
      };
      for (auto const k : redundant)
        without.remove_link(network.key({links.predecessor[k]}), network.key({links.successor[k]}),
                            links.type[k]);
      // The overlay took those between the same ends along.
      for (auto const k : redundant) {
        for (auto other = links.first_in[links.successor[k]]; other < links.first_in[links.successor[k] + 1];
             ++other)
          if (!redundant.contains(other) && is_parallel(k, other)) kept.insert(other);
      }
      for (auto const k : kept) {
        Link link;
        link.predecessor = network.key({links.predecessor[k]}),
        link.successor = network.key({links.successor[k]});
        link.type = links.type[k], link.lag.kind = links.lag_kind[k];
        if (is_percent(links.lag_kind[k]))
          link.lag.percent = static_cast<double>(links.lag[k]) / 100;
        else
          link.lag.seconds = links.lag[k];
        without.add_link(link);
      }
      auto const after = schedule(without, rules);
      for (std::uint32_t i = 0; i < network.activity_count(); ++i) {
        auto const was = before.dates(network.key({i})), is = after.dates(network.key({i}));
        EXPECT_EQ(dates_of(was), dates_of(is)) << network.key({i});
      }
    }
  }
  EXPECT_GT(gone, 500U);
}

}  // namespace
}  // namespace rapport
