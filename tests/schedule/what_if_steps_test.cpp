#include "rapport/schedule/what_if_steps.h"

#include <gtest/gtest.h>
#include <malloc.h>

#include <functional>

#include "rapport/base/error.h"
#include "support/deeper.h"
#include "support/hour_plan.h"
#include "support/random_plan.h"

namespace rapport {
namespace {

using support::Chance;
using support::expect_same;
using support::expect_same_by_key;
using support::HourPlan;
using support::Kinds;
using support::random_plan;

using Edit = std::function<void(Overlay&)>;

std::string any_key(Chance& dice, Network const& network) {
  return network.key({dice.below(network.activity_count())});
}

Edit random_edit(Chance& dice, Network const& network, std::uint32_t number) {
  auto const key = any_key(dice, network), other = any_key(dice, network);
  auto const i = network.at(key);
  auto const length = minutes(30 * dice.below(60));
  switch (dice.below(6)) {
    case 0:
      return [=, left = network.completed(i) ? Work{} : length](Overlay& next) {
        next.set_duration(i, length, left);
      };
    case 1:
      return [=](Overlay& next) {
        next.set_constraint(i, {ConstraintKind::StartNoEarlierThan, parse_instant("2027-02-01")});
      };
    case 2:
      return [=](Overlay& next) { next.set_calendar(i, "office"); };
    case 3:
      return [=](Overlay& next) { next.add_link({.predecessor = key, .successor = other}); };
    case 4:
      return [=](Overlay& next) { next.remove_activity(key); };
    default:
      return [=](Overlay& next) {
        Activity added{.key = "N" + std::to_string(number), .duration = length};
        // Levels of effort stand before the others: taking one back takes it from the middle.
        if (number % 3 == 0) added.kind = ActivityKind::LevelOfEffort;
        next.add_activity(added);
      };
  }
}

// Against every edit that is left, made anew on an overlay without a past.
TEST(WhatIfSteps, AndBackEqualTheEditsThatAreLeft) {
  for (std::uint32_t seed = 1; seed <= support::deeper(12); ++seed) {
    Chance dice(seed);
    auto const network = compile(Project(random_plan(dice, 25, Kinds{})));
    auto const before = schedule(network);
    WhatIfSteps steps(before);
    std::vector<Edit> left;
    for (std::uint32_t number = 0; number < 80; ++number) {
      if (dice.one_in(3)) {
        ASSERT_EQ(steps.undo(), !left.empty());
        if (!left.empty()) left.pop_back();
      } else {
        auto const edit = random_edit(dice, network, number);
        try {
          if (dice.one_in(8)) {
            Overlay next = steps.overlay();
            edit(next);
            steps.take(std::move(next));
          } else {
            steps.take(edit);
          }
          left.push_back(edit);
        } catch (Error const&) {
          // A loop, or what is removed already: the step is not taken.
        }
      }
      Overlay anew(network);
      for (auto const& edit : left) edit(anew);
      auto const where = "seed " + std::to_string(seed) + ", step " + std::to_string(number);
      expect_same_by_key(steps.after(), schedule(anew, before.rules()), where);
      if (HasFatalFailure()) return;
    }
    while (steps.undo()) left.pop_back();
    EXPECT_TRUE(left.empty());
    EXPECT_TRUE(steps.overlay().empty());
    expect_same(steps.after(), before, "all taken back");
  }
}

TEST(WhatIfSteps, ThatFailHalfwayAreNotTaken) {
  HourPlan plan;
  plan.activity("A", 8), plan.activity("B", 8), plan.link("A", "B");
  auto const network = compile(plan.project());
  WhatIfSteps steps(schedule(network));
  EXPECT_THROW(steps.take([&](Overlay& next) {
    next.set_duration(network.at("A"), hours(20), hours(20));
    next.remove_link("B", "A");
  }),
               NotFound);
  EXPECT_TRUE(steps.overlay().empty());
  EXPECT_FALSE(steps.undo());
}

// A step keeps what it replaced, not all that was tried before it: that would be 4000 · 2000 edits.
TEST(WhatIfSteps, CostMemoryForThemselvesOnly) {
  HourPlan plan;
  for (int i = 0; i < 4000; ++i) plan.activity(std::to_string(i), 8);
  auto const network = compile(plan.project());
  WhatIfSteps steps(schedule(network));
  auto const before = mallinfo2().uordblks;
  for (std::uint32_t i = 0; i < 4000; ++i)
    steps.take([&](Overlay& next) { next.set_duration({i}, hours(9), hours(9)); });
  auto const used = mallinfo2().uordblks - before;
  EXPECT_LT(used, std::size_t{16} << 20);
}

}  // namespace
}  // namespace rapport
