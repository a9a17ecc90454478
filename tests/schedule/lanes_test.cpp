// Passes that take sixteen activities at a time must come to what the rules come to one by one.

#include "schedule/lanes.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "rapport/base/error.h"
#include "rapport/exchange/read.h"
#include "rapport/schedule/what_if.h"
#include "support/corpus.h"
#include "support/deeper.h"
#include "support/plain_network.h"
#include "support/random_plan.h"

namespace rapport {
namespace {

using support::Chance;
using support::expect_same;
using support::expect_same_reasons;

constexpr LanesWhen never{LanesWhen::Never}, always{LanesWhen::Always};

bool takes_lanes(Network const& network, Rules const& rules, LanesWhen when) {
  Schedule::Results results;
  results.network = network;
  results.rules = rules;
  Pass pass(results);
  return LanePass::of(pass, when) != nullptr;
}

std::vector<std::pair<std::string, Rules>> rules_in_lanes() {
  std::vector<std::pair<std::string, Rules>> all{{"primavera", Rules::primavera()}};
  auto rules = Rules::primavera();
  rules.total_float = FloatBy::Smallest;
  rules.critical = CriticalBy::LongestPath;
  rules.float_by_subproject = false;
  all.emplace_back("smallest float of all projects", rules);
  rules.total_float = FloatBy::Start;
  rules.use_must_finish_for_float = false;
  all.emplace_back("float by start", rules);
  all.emplace_back("microsoft", Rules::microsoft());
  return all;
}

/// Fewer of what is computed one by one.
void thin(Facts& facts, Chance& dice, std::uint32_t keep_one_in) {
  for (auto& activity : facts.activities) {
    if (dice.one_in(keep_one_in)) continue;
    activity.constraint = activity.secondary_constraint = {};
    activity.expected_finish.reset(), activity.deadline.reset();
    activity.external_early_start.reset(), activity.external_late_finish.reset();
    if (activity.kind != ActivityKind::LevelOfEffort && activity.kind != ActivityKind::Summary)
      activity.progress = {};
  }
  for (auto& link : facts.links)
    if (link.lag.kind != LagKind::Working && !dice.one_in(keep_one_in)) link.lag.kind = LagKind::Working;
}

class InLanes : public testing::TestWithParam<std::uint32_t> {};

TEST_P(InLanes, EqualsOneByOne) {
  std::uint32_t taken = 0, tried = 0;
  for (std::uint32_t round = 0; round < 12; ++round) {
    Chance dice(GetParam() * 100 + round);
    auto facts = support::random_plan(dice, 20 + dice.below(round == 11 ? 500 : 100),
                                      {.progress = round % 2 == 0, .late_ones = round % 3 == 0});
    thin(facts, dice, round < 4 ? 1 : round < 8 ? 6 : 40);
    auto const network = compile(Project(facts));
    for (auto const& [name, rules] : rules_in_lanes()) {
      auto const expected = schedule_in_lanes(network, rules, never);
      for (auto const& variant : pass_variants()) {
        LanesWhen const when{LanesWhen::Always, &variant};
        auto const where = name + ", round " + std::to_string(round) + ", " + variant.name;
        auto const got = schedule_in_lanes(network, rules, when);
        expect_same(got, expected, where);
        // Reasons take longest to tell.
        if (round < 8 || &variant == &pass_variants().back()) expect_same_reasons(got, expected, where);
        if (HasFatalFailure()) return;
        ++tried, taken += takes_lanes(network, rules, when);
      }
    }
  }
  EXPECT_EQ(taken, tried);
}
INSTANTIATE_TEST_SUITE_P(RandomPlans, InLanes, testing::Range(1U, 1 + support::deeper(10)));

TEST(InLanesAlone, APlanOfManyLevelsEqualsOneByOne) {
  for (std::uint64_t seed = 1; seed < 3; ++seed) {
    auto const net = support::layered_network(3000, seed);
    Project const project(support::facts_of(net, support::calendars_at_random(3000, seed)));
    for (auto const& [name, rules] : rules_in_lanes()) {
      auto const network = compile(project);
      auto const expected = schedule(network, rules);
      std::uint32_t times = 1;
      while (!takes_lanes(network, rules, {}) && times < 100) ++times;
      EXPECT_GT(times, 1U) << "to lay it out costs more than a schedule";
      EXPECT_LT(times, 20U);
      auto const got = schedule(network, rules);
      expect_same(got, expected, name);
      expect_same_reasons(got, expected, name);
      if (HasFatalFailure()) return;
    }
  }
}

// Two activities and every way in which pauses, their ends and a project that begins within one can meet.
TEST(InLanesAlone, EveryLinkOverAPauseEqualsOneByOne) {
  DayShifts const office{{8 * 3600, 12 * 3600}, {13 * 3600, 17 * 3600}};
  for (int const begins : {0, 8 * 60, 12 * 60 + 30, 13 * 60, 20 * 60}) {
    for (int lag = -20; lag <= 12; ++lag) {
      for (int kind = 0; kind < 8; ++kind) {
        Facts facts;
        facts.calendars = {five_day_calendar("office", office), round_the_clock_calendar("clock")};
        Subproject plan;
        plan.key = "plan", plan.calendar = "office";
        plan.data_date = plan.planned_start = parse_instant("2027-01-05") + Elapsed{begins * 60};
        facts.subprojects.push_back(plan);
        for (auto const* key : {"A", "B"}) {
          Activity& activity = facts.activities.emplace_back();
          activity.key = key, activity.subproject = "plan";
          activity.calendar = kind < 4 || activity.key == "B" ? "office" : "clock";
          activity.duration = hours(activity.key == "A" ? 8 : 4);
        }
        Link& link = facts.links.emplace_back();
        link.predecessor = "A", link.successor = "B";
        link.type = static_cast<LinkType>(kind % 4), link.lag.seconds = std::int64_t{lag} * 3600;
        complete_keys(facts);
        auto const network = compile(Project(facts));
        for (auto const& [name, rules] : rules_in_lanes()) {
          auto const where = name + ", from minute " + std::to_string(begins) + ", lag " +
                             std::to_string(lag) + ", kind " + std::to_string(kind);
          auto const got = schedule_in_lanes(network, rules, always);
          auto const expected = schedule_in_lanes(network, rules, never);
          expect_same(got, expected, where);
          expect_same_reasons(got, expected, where);
          if (HasFatalFailure()) return;
        }
      }
    }
  }
}

std::string what_is_said(Network const& network, Rules const& rules, LanesWhen when) {
  try {
    return to_string(schedule_in_lanes(network, rules, when).finish());
  } catch (InvalidInput const& refused) {
    return refused.what();
  }
}

TEST(InLanesAlone, DatesBeyondTheTablesAndBeyondAllYearsAreThoseOfOneByOne) {
  auto const net = support::layered_network(600, 3);
  auto const network = compile(Project(support::facts_of(net, support::calendars_at_random(600, 3))));
  for (auto const& [name, rules] : rules_in_lanes()) {
    ASSERT_TRUE(takes_lanes(network, rules, always)) << name;
    for (double const years : {1.0, 25.0, 200.0, 9000.0}) {
      for (std::uint32_t const i : {0U, 300U, 599U}) {
        Overlay longer(network);
        longer.set_duration({i}, hours(8 * 250 * years), hours(8 * 250 * years));
        auto const changed = longer.applied();
        auto const where = name + ", " + std::to_string(years) + " years";
        ASSERT_EQ(what_is_said(changed, rules, always), what_is_said(changed, rules, never)) << where;
        if (years > 1000) continue;
        auto const got = schedule_in_lanes(changed, rules, always);
        expect_same(got, schedule_in_lanes(changed, rules, never), where);
        if (HasFatalFailure()) return;
      }
      // By when it must finish, long before it can.
      Overlay earlier(network);
      earlier.set_constraint({300}, {ConstraintKind::FinishNoLaterThan,
                                     parse_instant("2027-01-04") +
                                         Elapsed{static_cast<std::int64_t>(-86400 * 360 * years / 20)}});
      expect_same(schedule_in_lanes(earlier.applied(), rules, always),
                  schedule_in_lanes(earlier.applied(), rules, never), name + ", must finish early");
      if (HasFatalFailure()) return;
    }
  }
}

TEST(InLanesAlone, APlanRoundTheClockIsLaidOutBefore1970AsAfter) {
  for (auto const* const begin : {"1965-03-01T08:00", "2027-03-01T08:00"}) {
    Facts facts;
    facts.calendars = {round_the_clock_calendar("clock")};
    Subproject project;
    project.key = "P";
    project.planned_start = parse_instant(begin);
    facts.subprojects = {project};
    for (int i = 0; i < 32; ++i) {
      Activity activity;
      activity.key = "A" + std::to_string(i);
      activity.subproject = "P";
      activity.calendar = "clock";
      activity.duration = Work{8 * 3600};
      facts.activities.push_back(activity);
    }
    auto const network = compile(Project(facts));
    EXPECT_TRUE(takes_lanes(network, Rules::primavera(), always)) << begin;
    EXPECT_EQ(to_string(schedule_in_lanes(network, Rules::primavera(), always).finish()),
              to_string(parse_instant(begin) + Elapsed{8 * 3600}));
  }
}

// A date that is no whole minute ends the way forward in lanes, and then the way back is none of theirs
// either.
TEST(InLanesAlone, ASecondInOneDateIsCountedOneByOneBothWays) {
  auto const net = support::layered_network(600, 6);
  for (std::uint32_t const at : {0U, 300U, 599U}) {
    auto facts = support::facts_of(net, support::calendars_at_random(600, 6));
    auto const start = *facts.subprojects.front().planned_start;
    auto& progress = facts.activities[at].progress;
    progress.actual_start = start + Elapsed{-30};
    progress.actual_finish = start + Elapsed{-29};
    // Of these the rules do not write everything.
    for (std::uint32_t k = 0; k < 600; ++k) {
      auto& other = facts.activities[k];
      if (k == at || k % 3 != 0) continue;
      other.microsoft.inactive = k % 2 == 0;
      if (k % 2 != 0) other.progress.actual_start = other.progress.actual_finish = start + Elapsed{-3600};
    }
    auto const network = compile(Project(facts));
    for (auto const& [name, rules] : rules_in_lanes()) {
      auto const expected = schedule_in_lanes(network, rules, never);
      // Whatever lies in the memory that is used again.
      for (int round = 0; round < 3; ++round)
        expect_same(schedule_in_lanes(network, rules, always), expected, name + ", " + std::to_string(at));
      expect_same_reasons(schedule_in_lanes(network, rules, always), expected, name);
      if (HasFatalFailure()) return;
    }
  }
}

// What is kept of the values that a network was numbered with says nothing of others on the same links.
TEST(InLanesAlone, OtherValuesOfANetworkAreThoseThatCount) {
  auto const net = support::layered_network(500, 4);
  Project const project(support::facts_of(net, support::calendars_at_random(500, 4)));
  for (auto const& [name, rules] : rules_in_lanes()) {
    auto const network = compile(project);
    auto const expected = schedule_in_lanes(network, rules, never);
    expect_same(schedule_in_lanes(network, rules, always), expected, name);
    Chance dice(11);
    auto changed = network;
    for (int round = 0; round < 8; ++round) {
      // On the values of the round before, one after the other.
      Overlay overlay(changed);
      for (int edit = 0; edit < 30; ++edit) {
        ActivityIndex const i{dice.below(network.activity_count())},
            other{dice.below(network.activity_count())};
        auto const duration = hours(1 + dice.below(80));
        overlay.set_duration(i, duration, duration);
        if (edit % 3 == 0) overlay.set_calendar(other, network.calendar(i).key());
        if (edit % 5 == 0)
          overlay.set_constraint(other, {ConstraintKind::StartNoEarlierThan, expected.finish()});
      }
      changed = overlay.applied();
      auto const where = name + ", round " + std::to_string(round);
      auto const of_changed = schedule_in_lanes(changed, rules, never);
      EXPECT_NE(of_changed.finish(), expected.finish()) << where;
      expect_same(schedule_in_lanes(changed, rules, always), of_changed, where);
      expect_same_reasons(schedule_in_lanes(changed, rules, always), of_changed, where);
      expect_same(schedule_in_lanes(network, rules, always), expected, where + ", as numbered");
      if (HasFatalFailure()) return;
    }
  }
}

// A change that moves the finish of the project has all late dates computed again.
TEST(InLanesAlone, AWhatIfThatMovesTheFinishEqualsOneByOne) {
  auto const net = support::layered_network(3000, 7);
  Project const project(support::facts_of(net, support::calendars_at_random(3000, 7)));
  for (auto const& [name, rules] : rules_in_lanes()) {
    auto const network = compile(project);
    while (!takes_lanes(network, rules, {})) {
    }
    auto const before = schedule(network, rules);
    WhatIf what_if(before);
    Chance dice(5);
    int moved = 0;
    for (int edit = 0; edit < 40; ++edit) {
      ActivityIndex const i{dice.below(network.activity_count())};
      Overlay overlay(network);
      overlay.set_duration(i, network.duration(i) + hours(400), network.remaining(i) + hours(400));
      if (edit % 4 == 0) overlay.set_constraint(i, {ConstraintKind::StartNoLaterThan, before.start()});
      if (edit % 5 == 1) {
        // Neighbours of what has begun, or is complete, are computed one by one as well.
        ActivityProgress begun;
        begun.actual_start = before.start() + Elapsed{-86400};
        if (edit % 2 == 0)
          begun.actual_finish = before.start();
        else
          begun.remaining = hours(300);
        overlay.set_progress({dice.below(network.activity_count())}, begun);
      }
      if (edit % 7 == 2)
        overlay.set_calendar({dice.below(network.activity_count())}, network.calendar(i).key());
      auto const got = what_if.schedule(overlay);
      auto const expected = schedule_in_lanes(overlay.applied(), rules, never);
      moved += got.finish() != before.finish();
      expect_same(got, expected, name + ", edit " + std::to_string(edit));
      if (edit == 0) expect_same_reasons(got, expected, name);
      if (HasFatalFailure()) return;
    }
    EXPECT_GT(moved, 5) << name;
    expect_same(what_if.schedule(Overlay(network)), before, name + ", nothing changed");
  }
}

TEST(InLanesCorpus, EveryPlanEqualsOneByOne) {
  RAPPORT_NEEDS_CORPUS("xer");
  std::size_t plans = 0, taken = 0;
  for (char const* const folder : {"xer", "mspdi"}) {
    for (auto const& entry : std::filesystem::recursive_directory_iterator(support::corpus(folder))) {
      auto const ending = entry.path().extension();
      if (ending != ".xer" && ending != ".xml" && ending != ".gz") continue;
      auto const network = compile(Project(read(entry.path()).facts));
      auto const got = schedule_in_lanes(network, network.rules(), always);
      auto const expected = schedule_in_lanes(network, network.rules(), never);
      expect_same(got, expected, entry.path().filename());
      expect_same_reasons(got, expected, entry.path().filename());
      if (HasFatalFailure()) return;
      ++plans, taken += takes_lanes(network, network.rules(), always);
    }
  }
  EXPECT_GE(plans, 50U);
  EXPECT_GE(taken, 40U);
}

}  // namespace
}  // namespace rapport
