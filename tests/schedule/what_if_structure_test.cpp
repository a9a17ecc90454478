// Links and activities that come and go must leave what a schedule from scratch finds.

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "rapport/base/error.h"
#include "rapport/schedule/what_if.h"
#include "support/deeper.h"
#include "support/hour_plan.h"
#include "support/random_plan.h"

namespace rapport {
namespace {

using support::Chance;
using support::expect_same;
using support::expect_same_by_key;
using support::expect_same_reasons;
using support::HourPlan;
using support::Kinds;

Link random_link(Chance& dice, std::string from, std::string to) {
  Link link;
  link.predecessor = std::move(from), link.successor = std::move(to);
  link.type = static_cast<LinkType>(dice.below(4));
  if (dice.one_in(2)) link.lag.seconds = (static_cast<std::int64_t>(dice.below(60)) - 20) * 1800;
  if (dice.one_in(8)) link.lag.kind = LagKind::Percent, link.lag.percent = dice.below(150);
  return link;
}

Activity random_addition(Chance& dice, std::string key) {
  Activity activity;
  activity.key = std::move(key);
  activity.calendar = dice.one_in(2) ? "office" : "late";
  if (dice.one_in(2)) activity.subproject = dice.one_in(2) ? "two" : "one";
  activity.duration = minutes(30 * (1 + dice.below(80)));
  if (dice.one_in(6)) activity.kind = ActivityKind::FinishMilestone;
  if (dice.one_in(6)) activity.kind = ActivityKind::StartMilestone;
  if (dice.one_in(8)) activity.kind = ActivityKind::LevelOfEffort;
  if (dice.one_in(6))
    activity.constraint = {ConstraintKind::StartNoEarlierThan,
                           dice.day_after(parse_instant("2027-01-04"), 9)};
  if (dice.one_in(20)) activity.constraint = {ConstraintKind::AsLateAsPossible, {}};
  return activity;
}

/// One to four links or activities that come or go, and now and then a value beside them.
/// The links that come are told as "predecessor>successor".
Overlay random_structure(Chance& dice, Network const& network, Kinds kinds, std::set<std::string>& added) {
  auto overlay = dice.one_in(3) ? support::random_overlay(dice, network, kinds) : Overlay(network);
  auto const& links = network.links();
  std::vector<std::string> keys = network.names().key;
  auto const add_link = [&](std::string const& from, std::string const& to) {
    overlay.add_link(random_link(dice, from, to));
    added.insert(from + ">" + to);
  };
  auto const any_key = [&]() -> std::string const& {
    return keys[dice.below(static_cast<std::uint32_t>(keys.size()))];
  };
  for (std::uint32_t edits = 1 + dice.below(4); edits > 0; --edits) {
    switch (dice.below(5)) {
      case 0: {
        if (network.link_count() == 0) break;
        auto const k = dice.below(network.link_count());
        auto const &from = network.key({links.predecessor[k]}), &to = network.key({links.successor[k]});
        overlay.remove_link(from, to, dice.one_in(2) ? std::optional(links.type[k]) : std::nullopt);
        break;
      }
      case 1: {
        auto const key = "N" + std::to_string(edits);
        overlay.add_activity(random_addition(dice, key));
        if (!dice.one_in(5)) add_link(any_key(), key);
        if (!dice.one_in(5)) add_link(key, any_key());
        keys.push_back(key);
        break;
      }
      case 2: {
        auto const at = dice.below(static_cast<std::uint32_t>(keys.size()));
        overlay.remove_activity(keys[at]);
        keys.erase(keys.begin() + at);
        break;
      }
      default: {
        auto const a = dice.below(network.activity_count()), b = dice.below(network.activity_count());
        std::string from = network.key({std::min(a, b)}), to = network.key({std::max(a, b)});
        if (dice.one_in(3)) std::swap(from, to);  // against the numbering, perhaps a loop
        auto const there = [&](std::string const& key) {
          return std::find(keys.begin(), keys.end(), key) != keys.end();
        };
        if (there(from) && there(to)) add_link(from, to);
      }
    }
    if (keys.size() < 3) break;
  }
  return overlay;
}

/// Each key's successor is the next one, and the last one's the first, by links of the plan or the overlay.
void expect_loop(std::vector<std::string> const& loop, Overlay const& overlay, std::set<std::string> added) {
  ASSERT_FALSE(loop.empty());
  auto const& network = overlay.base();
  auto const& links = network.links();
  for (std::uint32_t k = 0; k < network.link_count(); ++k)
    added.insert(network.key({links.predecessor[k]}) + ">" + network.key({links.successor[k]}));
  for (std::size_t k = 0; k < loop.size(); ++k)
    ASSERT_TRUE(added.contains(loop[k] + ">" + loop[(k + 1) % loop.size()]))
        << loop[k] << " does not lead to " << loop[(k + 1) % loop.size()];
}

struct Counts {
  int all = 0, known = 0, loops = 0;
};

/// Whether from-scratch results and the what-if's are the same, by key, by row, and what moved.
void compare(WhatIf& what_if, Overlay const& overlay, std::set<std::string> const& added, Rules const& rules,
             Counts& counts, std::string const& where, std::optional<Schedule>& got,
             std::optional<Schedule>& fresh) {
  auto const& before = what_if.before();
  auto const& network = before.network();
  got.reset(), fresh.reset();
  ++counts.all;
  try {
    fresh = schedule(overlay, rules);
  } catch (CycleError const& error) {
    ++counts.loops;
    try {
      (void)what_if.schedule(overlay);
      FAIL() << where << ": no loop found";
    } catch (CycleError const& found) {
      // Links that stand for what is removed are no links of the plan.
      if (overlay.removed_activities().empty()) expect_loop(found.keys(), overlay, added);
      if (added.size() == 1) {
        ASSERT_EQ(found.keys().size(), error.keys().size()) << where;
      }
    }
    return;
  }
  got = what_if.schedule(overlay);
  bool const known = what_if.knows_moved();
  counts.known += known;
  // What is there at once, before anybody asks for more.
  ASSERT_EQ(got->finish(), fresh->finish()) << where;
  ASSERT_EQ(got->start(), fresh->start()) << where;
  for (std::uint32_t i = 0; i < fresh->network().activity_count(); ++i) {
    auto const& key = fresh->network().key({i});
    auto const a = got->dates(key), b = fresh->dates(ActivityIndex{i});
    ASSERT_EQ(a, b) << where << ", " << key << ": " << to_string(a.early_start) << " … "
                    << to_string(a.early_finish) << " | " << to_string(a.late_start) << " … "
                    << to_string(a.late_finish) << " for " << to_string(b.early_start) << " … "
                    << to_string(b.early_finish) << " | " << to_string(b.late_start) << " … "
                    << to_string(b.late_finish) << ", float " << a.total_float.seconds << " "
                    << a.free_float.seconds << " for " << b.total_float.seconds << " " << b.free_float.seconds
                    << ", " << a.critical << a.on_longest_path << b.critical << b.on_longest_path;
  }
  for (auto const& part : network.subprojects()) ASSERT_EQ(got->finish(part.key), fresh->finish(part.key));
  if (!known) return;
  std::vector<ActivityIndex> moved;
  for (std::uint32_t i = 0; i < network.activity_count(); ++i) {
    auto const there = fresh->network().find(network.key({i}));
    auto const now = there ? std::optional(fresh->dates(*there)) : std::nullopt;
    ASSERT_EQ(what_if.dates(ActivityIndex{i}), now) << where;
    if (now != before.dates(ActivityIndex{i})) moved.push_back({i});
    if (!there) {
      ASSERT_THROW((void)got->dates(network.key({i})), NotFound) << where;
    }
  }
  ASSERT_EQ(what_if.moved(), moved) << where;
}

class StructureEdits : public testing::TestWithParam<std::uint32_t> {};

TEST_P(StructureEdits, EqualAScheduleFromScratch) {
  Counts counts;
  for (auto const& [name, rules] : support::all_rules()) {
    for (std::uint32_t round = 0; round < 6; ++round) {
      Chance dice(GetParam() * 1000 + round);
      Kinds const kinds{.progress = round % 2 == 0, .late_ones = round % 3 == 0};
      auto const size = 20 + dice.below(round == 3 ? 300 : 40);
      auto const network = compile(Project(support::random_plan(dice, size, kinds)));
      auto const before = schedule(network, rules);
      WhatIf what_if(before);
      std::optional<Schedule> kept, kept_fresh;
      for (int edit = 0; edit < 40; ++edit) {
        auto const where = name + ", round " + std::to_string(round) + ", edit " + std::to_string(edit);
        std::set<std::string> added;
        auto const overlay = edit % 4 == 3 ? support::random_overlay(dice, network, kinds)
                                           : random_structure(dice, network, kinds, added);
        std::optional<Schedule> got, fresh;
        compare(what_if, overlay, added, rules, counts, where, got, fresh);
        if (HasFatalFailure()) return;
        if (got && edit % 3 == 0) {
          expect_same_by_key(*got, *fresh, where);
          // On the network it gives out everything is as found from scratch, reasons included.
          auto const again = schedule(got->network(), rules);
          expect_same(*got, again, where);
          expect_same_reasons(*got, again, where);
        }
        if (got && edit % 20 == 7) kept = got, kept_fresh = fresh;
        if (kept && edit % 5 == 0) expect_same_by_key(*kept, *kept_fresh, where + ", kept");
        if (HasFatalFailure()) return;
      }
      expect_same(what_if.schedule(Overlay(network)), before, name + ", nothing changed");
      if (HasFatalFailure()) return;
    }
  }
  EXPECT_GT(counts.known, counts.all / 3);
  EXPECT_GT(counts.loops, 0);
}
INSTANTIATE_TEST_SUITE_P(RandomPlans, StructureEdits, testing::Range(1U, 1 + support::deeper(8)));

TEST(StructureEdits, RefuseALoopWithItsPathAndGoOn) {
  HourPlan plan;
  for (auto const* key : {"A", "B", "C", "D", "E"}) plan.activity(key, 8);
  plan.link("A", "B").link("B", "C").link("C", "D").link("A", "D").link("D", "E");
  auto const network = compile(plan.project());
  WhatIf what_if(schedule(network));
  Overlay loop(network);
  Link back;
  back.predecessor = "D", back.successor = "A";
  loop.add_link(back);
  try {
    (void)what_if.schedule(loop);
    FAIL() << "no loop found";
  } catch (CycleError const& error) {
    EXPECT_EQ(error.keys(), (std::vector<std::string>{"A", "D"}));
    expect_loop(error.keys(), loop, {"D>A"});
  }
  // Against the numbering, but not in a loop.
  Overlay swapped(network);
  swapped.remove_link("A", "B").remove_link("B", "C");
  back.predecessor = "C", back.successor = "B";
  swapped.add_link(back);
  auto const after = what_if.schedule(swapped);
  EXPECT_TRUE(what_if.knows_moved());
  EXPECT_EQ(after.dates("B").early_start, support::hour(8));
  EXPECT_EQ(after.dates("C").early_start, support::hour(0));
  expect_same_by_key(after, schedule(swapped), "swapped");
}

// Behind a task that comes as well, though it is told first.
TEST(StructureEdits, ALevelOfEffortComesWithWhatItSpans) {
  HourPlan plan;
  plan.activity("A", 8), plan.activity("B", 8), plan.link("A", "B");
  auto const network = compile(plan.project());
  WhatIf what_if(schedule(network));
  Overlay overlay(network);
  Activity work, support;
  work.key = "N", work.duration = hours(20);
  support.key = "S", support.kind = ActivityKind::LevelOfEffort;
  overlay.add_activity(work).add_activity(support);
  for (auto const& [from, to, type] :
       {std::tuple{"A", "N", LinkType::FinishToStart}, std::tuple{"B", "S", LinkType::StartToStart},
        std::tuple{"N", "S", LinkType::FinishToFinish}}) {
    Link link;
    link.predecessor = from, link.successor = to, link.type = type;
    overlay.add_link(link);
  }
  auto const after = what_if.schedule(overlay);
  EXPECT_TRUE(what_if.knows_moved());
  EXPECT_EQ(after.dates("S").early_start, support::hour(8));
  EXPECT_EQ(after.dates("S").early_finish, support::hour(28));
  expect_same_by_key(after, schedule(overlay), "with support");
  expect_same(what_if.schedule(Overlay(network)), what_if.before(), "nothing changed");
}

// In a chain an activity that goes leaves its length; one that comes adds its own.
TEST(StructureEdits, ChangeAChainByTheLengthOfWhatComesAndGoes) {
  HourPlan plan;
  for (int i = 0; i < 200; ++i) {
    plan.activity("A" + std::to_string(i), 10 + i % 7);
    if (i > 0) plan.link("A" + std::to_string(i - 1), "A" + std::to_string(i));
  }
  auto const network = compile(plan.project());
  WhatIf what_if(schedule(network));
  auto const finish = what_if.before().finish();
  Overlay shorter(network);
  shorter.remove_activity("A70");
  EXPECT_EQ(what_if.schedule(shorter).finish(), finish - Elapsed{10 * 3600});
  EXPECT_TRUE(what_if.knows_moved());
  Overlay longer(network);
  Activity added;
  added.key = "N", added.duration = hours(3);
  longer.add_activity(added);
  Link link;
  link.predecessor = "A70", link.successor = "N";
  longer.add_link(link);
  link.predecessor = "N", link.successor = "A71";
  longer.add_link(link);
  auto const after = what_if.schedule(longer);
  EXPECT_EQ(after.finish(), finish + Elapsed{3 * 3600});
  EXPECT_EQ(after.dates("N").early_start, what_if.before().dates("A71").early_start);
  EXPECT_TRUE(what_if.knows_moved());
  EXPECT_EQ(what_if.schedule(Overlay(network)).finish(), finish);
}

// As late as possible: where an activity stands before it is placed decides what drives it, what the
// project finishes with, and what it drives itself.

Activity& late_one(HourPlan& plan, std::string key, double length) {
  auto& activity = plan.activity(std::move(key), length);
  activity.constraint.kind = ConstraintKind::AsLateAsPossible;
  return activity;
}

TEST(LateOnes, AreDrivenAgainWhenNothingIsLeftToWaitFor) {
  HourPlan plan;
  plan.activity("before", 8), late_one(plan, "late", 8), plan.activity("long", 40);
  plan.link("before", "late");
  auto const network = compile(plan.project());
  WhatIf what_if(schedule(network));
  EXPECT_EQ(what_if.before().dates("late").early_start, support::hour(32));
  Overlay shorter(network);
  shorter.set_duration(network.at("long"), hours(4), hours(4));
  Overlay without(network);
  without.remove_activity("long");
  for (auto const* overlay : {&shorter, &without}) {
    auto const after = what_if.schedule(*overlay);
    EXPECT_TRUE(what_if.knows_moved());
    EXPECT_EQ(after.dates("late").early_start, support::hour(8));
    EXPECT_TRUE(after.dates("late").on_longest_path);
    EXPECT_TRUE(after.dates("before").on_longest_path);
    expect_same_by_key(after, schedule(*overlay), "the late one ends last");
  }
}

TEST(LateOnes, BringWhatTheyDriveOntoTheLongestPath) {
  HourPlan plan;
  plan.activity("first", 24), plan.activity("end", 40), plan.activity("side", 20), plan.activity("meets", 1);
  late_one(plan, "late", 8);
  plan.link("first", "end").link("late", "end").link("late", "meets").link("side", "meets");
  auto const network = compile(plan.project());
  WhatIf what_if(schedule(network));
  EXPECT_EQ(what_if.before().dates("late").early_finish, support::hour(20));
  EXPECT_FALSE(what_if.before().dates("late").on_longest_path);
  Overlay overlay(network);
  Activity between;
  between.key = "between", between.duration = hours(8);
  overlay.add_activity(between);
  Link link;
  link.predecessor = "side", link.successor = "between";
  overlay.add_link(link);
  link.predecessor = "between", link.successor = "meets";
  overlay.add_link(link);
  auto const after = what_if.schedule(overlay);
  EXPECT_TRUE(what_if.knows_moved());
  EXPECT_EQ(after.dates("late").early_finish, support::hour(24));
  EXPECT_TRUE(after.dates("late").on_longest_path);
  expect_same_by_key(after, schedule(overlay), "the late one drives the end");
}

TEST(LateOnes, EndTheirProjectWhereTheyStoodBeforeTheyWerePlaced) {
  HourPlan plan;
  auto& other = plan.facts.subprojects.emplace_back(plan.facts.subprojects.front());
  other.key = "other";
  plan.activity("short", 5), late_one(plan, "late", 8);
  auto& far = plan.activity("far", 1);
  far.subproject = "other";
  far.constraint = {ConstraintKind::StartNoEarlierThan, support::hour(50)};
  plan.link("late", "far");
  auto const network = compile(plan.project());
  WhatIf what_if(schedule(network));
  EXPECT_EQ(what_if.before().dates("late").early_finish, support::hour(50));
  Overlay without(network);
  without.remove_activity("late");
  auto const after = what_if.schedule(without);
  EXPECT_TRUE(what_if.knows_moved());
  EXPECT_EQ(after.dates("short").late_finish, support::hour(5));
  expect_same_by_key(after, schedule(without), "the late one is gone");
}

// Nothing is left in the project that it ended, so nothing says when its late dates end.
TEST(StructureEdits, MayTakeTheLastActivityOfAProject) {
  HourPlan plan;
  auto& other = plan.facts.subprojects.emplace_back(plan.facts.subprojects.front());
  other.key = "other";
  plan.activity("stays", 5);
  plan.activity("goes", 8).subproject = "other";
  plan.link("stays", "goes");
  for (auto const& rules : {Rules::primavera(), Rules::microsoft()}) {
    auto const network = compile(plan.project());
    WhatIf what_if(schedule(network, rules));
    Overlay without(network);
    without.remove_activity("goes");
    auto const after = what_if.schedule(without);
    EXPECT_TRUE(what_if.knows_moved());
    EXPECT_EQ(after.finish(), support::hour(5));
    EXPECT_EQ(after.dates("stays").late_finish, support::hour(5));
    expect_same_by_key(after, schedule(without, rules), "one project is empty");
  }
}

}  // namespace
}  // namespace rapport
