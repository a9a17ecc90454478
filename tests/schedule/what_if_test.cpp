// What a change moves, computed from what it touches alone, must equal a schedule from scratch.

#include "rapport/schedule/what_if.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <set>
#include <tuple>

#include "rapport/base/error.h"
#include "rapport/exchange/read.h"
#include "support/corpus.h"
#include "support/deeper.h"
#include "support/hour_plan.h"
#include "support/random_plan.h"

namespace rapport {
namespace {

using support::all_rules;
using support::Chance;
using support::expect_same;
using support::expect_same_reasons;
using support::HourPlan;
using support::Kinds;
using support::random_overlay;
using support::random_plan;

class Edits : public testing::TestWithParam<std::uint32_t> {};

TEST_P(Edits, OfValuesEqualAScheduleFromScratch) {
  for (auto const& [name, rules] : all_rules()) {
    for (std::uint32_t round = 0; round < 6; ++round) {
      Chance dice(GetParam() * 100 + round);
      Kinds const kinds{.progress = round % 2 == 0, .late_ones = round % 3 == 0};
      auto const facts = random_plan(dice, 20 + dice.below(round == 5 ? 400 : 40), kinds);
      auto const network = compile(Project(facts));
      auto const before = schedule(network, rules);
      WhatIf what_if(before);
      std::optional<Schedule> kept;
      std::optional<Schedule> kept_fresh;
      for (int edit = 0; edit < 60; ++edit) {
        auto const where = name + ", round " + std::to_string(round) + ", edit " + std::to_string(edit);
        auto const overlay = random_overlay(dice, network, kinds);
        auto const got = what_if.schedule(overlay);
        auto const fresh = schedule(overlay, rules);
        expect_same(got, fresh, where);
        if (edit % 10 == 0) expect_same_reasons(got, fresh, where);
        if (HasFatalFailure()) return;
        if (what_if.knows_moved()) {
          std::vector<ActivityIndex> moved;
          for (std::uint32_t i = 0; i < network.activity_count(); ++i)
            if (fresh.dates(ActivityIndex{i}) != before.dates(ActivityIndex{i})) moved.push_back({i});
          ASSERT_EQ(what_if.moved(), moved) << where;
        }
        if (edit % 20 == 7) kept = got, kept_fresh = fresh;
        if (kept) expect_same(*kept, *kept_fresh, where + ", kept");
        if (HasFatalFailure()) return;
      }
      expect_same(what_if.schedule(Overlay(network)), before, name + ", nothing changed");
    }
  }
}
INSTANTIATE_TEST_SUITE_P(RandomPlans, Edits, testing::Range(1U, 1 + support::deeper(10)));

// Enough activities behind what changes for the loops over everything to take over, and to stop asking which
// of them wait.
TEST(FarEdits, EqualAScheduleFromScratch) {
  std::size_t moved = 0;
  for (std::uint32_t seed = 0; seed < support::deeper(4); ++seed) {
    Chance dice(seed);
    auto facts = random_plan(dice, 800 + dice.below(1200), {});
    for (auto& activity : facts.activities)
      if (!dice.one_in(20)) activity.constraint = activity.secondary_constraint = {};
    auto const network = compile(Project(facts));
    for (auto const& [name, rules] : all_rules()) {
      auto const before = schedule(network, rules);
      WhatIf what_if(before);
      for (int edit = 0; edit < 10; ++edit) {
        auto overlay = random_overlay(dice, network, {});
        ActivityIndex const first{dice.below(network.activity_count() / 8)};
        overlay.set_duration(first, network.duration(first) + hours(400),
                             network.remaining(first) + hours(400));
        auto const got = what_if.schedule(overlay);
        expect_same(got, schedule(overlay, rules), name + ", seed " + std::to_string(seed));
        if (HasFatalFailure()) return;
        moved += what_if.knows_moved() ? what_if.moved().size() : 0;
      }
      expect_same(what_if.schedule(Overlay(network)), before, name + ", nothing changed");
    }
  }
  EXPECT_GT(moved, 20000U);
}

TEST(WhatIfErrors, TakeTheChangeBack) {
  HourPlan plan;
  plan.activity("A", 8), plan.activity("B", 8), plan.link("A", "B");
  auto const network = compile(plan.project());
  auto const before = schedule(network);
  WhatIf what_if(before);
  Overlay beyond(network);
  beyond.set_duration(network.at("A"), hours(1e9), hours(1e9));
  EXPECT_THROW((void)what_if.schedule(beyond), InvalidInput);
  expect_same(what_if.schedule(Overlay(network)), before, "after the error");
  Overlay longer(network);
  longer.set_duration(network.at("A"), hours(9), hours(9));
  expect_same(what_if.schedule(longer), schedule(longer), "and it goes on");
}

// Vanhoucke (2014) Integrated Project Management and Control, p. 9, project 2; ten durations change.
TEST(WhatIfPublished, PatientTransportSystemTakes31InsteadOf25) {
  HourPlan plan;
  double const durations[] = {1, 1, 3, 2, 2, 2, 2, 1, 4, 5, 3, 3, 4, 5, 1, 5, 2};
  for (std::size_t i = 0; i < 17; ++i) plan.activity(std::to_string(i + 1), durations[i]);
  std::pair<int, int> const links[] = {{1, 2},   {2, 3},   {3, 4},   {3, 6},   {4, 5},   {5, 8},
                                       {6, 7},   {7, 8},   {8, 9},   {8, 10},  {8, 11},  {8, 12},
                                       {8, 13},  {9, 14},  {10, 14}, {11, 14}, {12, 14}, {13, 14},
                                       {13, 15}, {14, 16}, {14, 17}, {15, 16}, {15, 17}};
  for (auto const& [from, to] : links) plan.link(std::to_string(from), std::to_string(to));
  auto const network = compile(plan.project());
  auto const before = schedule(network);
  EXPECT_EQ(before.finish(), support::hour(25));
  WhatIf what_if(before);
  Overlay change(network);
  double const changed[] = {1, 2, 5, 4, 3, 2, 1, 5, 3, 5, 5, 3, 4, 2, 1, 2, 4};
  for (std::size_t i = 0; i < 17; ++i) {
    if (changed[i] == durations[i]) continue;
    change.set_duration(network.at(std::to_string(i + 1)), hours(changed[i]), hours(changed[i]));
  }
  auto const after = what_if.schedule(change);
  EXPECT_TRUE(what_if.knows_moved());
  EXPECT_EQ(after.finish(), support::hour(31));
  double const early_start[] = {0, 1, 3, 8, 12, 8, 10, 15, 20, 20, 20, 20, 20, 25, 24, 27, 27};
  double const late_start[] = {0, 1, 3, 8, 12, 12, 14, 15, 22, 20, 20, 22, 21, 25, 26, 29, 27};
  std::vector<int> critical;
  for (int i = 0; i < 17; ++i) {
    auto const dates = after.dates(std::to_string(i + 1));
    EXPECT_EQ(dates.early_start, support::hour(early_start[i])) << i + 1;
    EXPECT_EQ(dates.late_start, support::hour(late_start[i])) << i + 1;
    if (dates.critical) critical.push_back(i + 1);
  }
  EXPECT_EQ(critical, (std::vector<int>{1, 2, 3, 4, 5, 8, 10, 11, 14, 17}));
  EXPECT_EQ(what_if.schedule(Overlay(network)).finish(), support::hour(25));
}

TEST(WhatIfCorpus, TenThousandDurationsOfTheHotelEqualAScheduleFromScratch) {
  RAPPORT_NEEDS_CORPUS("xer/hotel.xer");
  auto const network = compile(Project(read(support::corpus("xer/hotel.xer")).facts));
  auto const before = schedule(network);
  WhatIf what_if(before);
  Chance dice(1);
  for (int edit = 0; edit < 10'000; ++edit) {
    ActivityIndex const i{dice.below(network.activity_count())};
    Overlay overlay(network);
    auto const more = minutes(30 * dice.below(100));
    overlay.set_duration(i, network.duration(i) + more, network.remaining(i) + more);
    auto const got = what_if.schedule(overlay);
    ASSERT_TRUE(what_if.knows_moved());
    // A schedule from scratch is a hundred times slower; what is not compared still comes before it.
    if (edit % 40 == 0) expect_same(got, schedule(overlay, before.rules()), "edit " + std::to_string(edit));
    if (HasFatalFailure()) return;
  }
}

// An activity as late as possible may be held by one that waited for it, and each would name the other.
TEST(Why, NeverGoesRound) {
  std::size_t chains = 0;
  for (std::uint32_t seed = 2; seed <= 200; seed += 2) {
    Chance dice(seed);
    auto const result = schedule(compile(Project(support::random_plan(dice, 60, {}))));
    for (std::uint32_t i = 0; i < result.network().activity_count(); ++i)
      for (auto const& why : {result.why(ActivityIndex{i}), result.why_late(ActivityIndex{i})}) {
        std::set<std::pair<std::string, DateField>> seen;
        for (auto const& step : why.steps)
          ASSERT_TRUE(seen.emplace(step.activity, step.field).second)
              << "seed " << seed << ", once more: " << step.text;
        ++chains;
      }
  }
  EXPECT_GT(chains, 5000U);
}

}  // namespace
}  // namespace rapport
