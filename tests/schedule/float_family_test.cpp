// Floats beside total and free float: small plans that force the neighbours to stand where they are, walked
// minute by minute. The published plan is in schedule_test.cpp.

#include "rapport/schedule/float_family.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "rapport/base/error.h"
#include "support/deeper.h"
#include "support/hour_plan.h"
#include "support/minute_walk.h"
#include "support/random_plan.h"
#include "support/slow_schedule.h"

namespace rapport {
namespace {

using support::Chance;
using support::HourPlan;

TEST(FloatFamily, OfWhatOthersMakeAndOfWhatIsDone) {
  HourPlan plan;
  auto& done = plan.activity("done", 2);
  done.progress.actual_start = support::hour(-2), done.progress.actual_finish = support::hour(0);
  plan.activity("long", 10), plan.activity("short", 4), plan.activity("end", 0);
  plan.activity("watch", 1).kind = ActivityKind::LevelOfEffort;
  plan.link("done", "short").link("short", "end").link("long", "end");
  plan.link("short", "watch", LinkType::StartToStart).link("short", "watch", LinkType::FinishToFinish);
  auto const s = schedule(compile(plan.project()));
  auto const found = find_float_family(s);
  auto const of = [&](char const* key) { return found[s.network().at(key).value]; };
  EXPECT_EQ(of("done"), FloatFamily{});
  EXPECT_EQ(float_family(s).rows(), 4U);
  EXPECT_EQ(of("short"), (FloatFamily{hours(6), hours(6), {}, hours(6), hours(6)}));
  auto const watch = s.dates("watch");
  EXPECT_EQ(of("watch"),
            (FloatFamily{watch.total_float, watch.free_float, watch.total_float - watch.free_float,
                         watch.total_float, watch.free_float}));
}

/// Only links and calendars.
Facts bare_plan(Chance& dice) {
  Facts facts;
  facts.calendars = {five_day_calendar("office", {{8 * 3600, 12 * 3600}, {13 * 3600, 17 * 3600}}),
                     five_day_calendar("late", {{10 * 3600, 20 * 3600}}), round_the_clock_calendar("clock")};
  auto& part = facts.subprojects.emplace_back();
  part.key = "plan", part.calendar = "office";
  part.data_date = part.planned_start = parse_instant("2027-01-04T08:00");
  for (int i = 0; i < 9; ++i) {
    auto& activity = facts.activities.emplace_back();
    activity.key = "A" + std::to_string(i), activity.subproject = part.key;
    activity.calendar = facts.calendars[dice.below(3)].key;
    activity.duration = minutes(60 * (1 + dice.below(30)));
  }
  for (std::size_t s = 0; s < facts.activities.size(); ++s) {
    for (std::size_t p = 0; p < s; ++p) {
      if (!dice.one_in(3)) continue;
      auto& link = facts.links.emplace_back();
      link.predecessor = facts.activities[p].key, link.successor = facts.activities[s].key;
      if (dice.one_in(2)) link.type = static_cast<LinkType>(dice.below(4));
      if (dice.one_in(2)) link.lag.seconds = (static_cast<std::int64_t>(dice.below(20)) - 5) * 3600;
    }
  }
  complete_keys(facts);
  return facts;
}

/// Activity `i` with its neighbours, which mandatory dates hold where they are told to start; nothing else.
Facts held(Facts const& facts, std::size_t i, std::map<std::string, std::int64_t> const& before,
           std::map<std::string, std::int64_t> const& after) {
  Facts small = facts;
  auto const& key = facts.activities[i].key;
  std::erase_if(small.links,
                [&](Link const& link) { return link.predecessor != key && link.successor != key; });
  std::erase_if(small.activities, [&](Activity const& a) {
    return a.key != key && !before.contains(a.key) && !after.contains(a.key);
  });
  for (auto& activity : small.activities) {
    for (auto const* starts : {&before, &after}) {
      auto const found = starts->find(activity.key);
      if (found != starts->end())
        activity.constraint = {ConstraintKind::MandatoryStart, Instant{60 * found->second}};
    }
  }
  return small;
}

TEST(RandomFloatFamily, IsWhatNeighboursThatAreHeldLeave) {
  std::size_t compared = 0, pushed = 0;
  for (std::uint32_t seed = 0; seed < support::deeper(15); ++seed) {
    Chance dice(seed);
    auto const facts = bare_plan(dice);
    for (auto rules : {Rules::primavera(), Rules::microsoft()}) {
      if (rules.tool == Tool::Primavera) rules.total_float = FloatBy::Start;
      auto const plan = schedule(compile(Project(facts)), rules);
      auto const found = find_float_family(plan);
      auto const slow = support::slow_schedule(facts, rules);
      for (std::size_t i = 0; i < facts.activities.size(); ++i) {
        auto const row = [&](std::string const& key) {
          return static_cast<std::size_t>(std::find_if(facts.activities.begin(), facts.activities.end(),
                                                       [&](Activity const& a) { return a.key == key; }) -
                                          facts.activities.begin());
        };
        std::map<std::string, std::int64_t> before, after;
        for (auto const& link : facts.links) {
          if (link.successor == facts.activities[i].key)
            before[link.predecessor] = slow.late_start[row(link.predecessor)];
          if (link.predecessor == facts.activities[i].key)
            after[link.successor] = slow.early_start[row(link.successor)];
        }
        auto const small = held(facts, i, before, after);
        auto const there = support::slow_schedule(small, rules);
        // A neighbour whose two ends are further apart than its work cannot be held by its start alone.
        bool as_told = true;
        std::size_t at = 0;
        for (std::size_t k = 0; k < small.activities.size(); ++k) {
          auto const& key = small.activities[k].key;
          if (key == facts.activities[i].key) at = k;
          auto const j = row(key);
          if (before.contains(key))
            as_told &=
                there.early_start[k] == slow.late_start[j] && there.early_finish[k] == slow.late_finish[j];
          if (after.contains(key))
            as_told &=
                there.early_start[k] == slow.early_start[j] && there.early_finish[k] == slow.early_finish[j];
        }
        auto const& activity = facts.activities[i];
        auto const calendar = std::find_if(facts.calendars.begin(), facts.calendars.end(),
                                           [&](Calendar const& c) { return c.key == activity.calendar; });
        support::MinuteWalk const walk({*calendar});
        bool const later = there.early_start[at] >= slow.early_start[i];
        bool const whole =
            walk.between(there.early_start[at], there.early_finish[at]) == activity.duration.in_minutes();
        if (!as_told || !later || !whole) continue;
        ++compared, pushed += there.early_start[at] > slow.early_start[i];
        SCOPED_TRACE("seed " + std::to_string(seed) + " " + activity.key +
                     (rules.tool == Tool::Microsoft ? " M" : " P"));
        auto const& floats = found[plan.network().at(activity.key).value];
        // Where nothing follows, the end of the whole project waits for it.
        auto const last = *std::max_element(slow.early_finish.begin(), slow.early_finish.end());
        EXPECT_EQ(floats.independent.in_minutes(),
                  after.empty() ? std::max<std::int64_t>(0, walk.between(there.early_finish[at], last))
                                : there.free_float[at]);
        if (rules.tool == Tool::Primavera) {
          EXPECT_EQ(floats.safety.in_minutes(), walk.between(there.early_start[at], slow.late_start[i]));
        }
      }
    }
  }
  EXPECT_GT(compared, 50U);
  EXPECT_GT(pushed, 20U);
}

TEST(RandomFloatFamily, IsOrderedUnderAllRules) {
  for (std::uint32_t seed = 0; seed < support::deeper(100); ++seed) {
    Chance dice(seed);
    auto const facts = support::random_plan(dice, 40, {});
    for (auto const& [name, rules] : support::all_rules()) {
      SCOPED_TRACE(name + " seed " + std::to_string(seed));
      auto const plan = schedule(compile(Project(facts)), rules);
      auto const found = find_float_family(plan);
      for (std::uint32_t i = 0; i < found.size(); ++i) {
        auto const dates = plan.dates(ActivityIndex{i});
        EXPECT_EQ(found[i].total, dates.total_float);
        EXPECT_EQ(found[i].free, dates.free_float);
        EXPECT_LE(found[i].safety, found[i].total);
        EXPECT_LE(found[i].independent, found[i].free);
        EXPECT_GE(found[i].independent, std::min(Work{}, found[i].free));
      }
    }
  }
}

}  // namespace
}  // namespace rapport
