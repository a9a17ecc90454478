// What a change moves, computed from what it touches alone, must equal a schedule from scratch.

#include "rapport/schedule/what_if.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <tuple>

#include "rapport/base/error.h"
#include "rapport/exchange/read.h"
#include "support/corpus.h"
#include "support/hour_plan.h"

namespace rapport {
namespace {

using support::HourPlan;

/// Everything a schedule says.
void expect_same(Schedule const& got, Schedule const& expected, std::string const& where) {
  auto const n = expected.network().activity_count();
  ASSERT_EQ(got.network().activity_count(), n) << where;
  for (std::uint32_t i = 0; i < n; ++i) {
    ActivityIndex const index{i};
    auto const a = got.dates(index), b = expected.dates(index);
    auto const here = where + ", " + expected.network().key(index);
    ASSERT_EQ(to_string(a.early_start), to_string(b.early_start)) << here;
    ASSERT_EQ(to_string(a.early_finish), to_string(b.early_finish)) << here;
    ASSERT_EQ(to_string(a.late_start), to_string(b.late_start)) << here;
    ASSERT_EQ(to_string(a.late_finish), to_string(b.late_finish)) << here;
    ASSERT_EQ(a.total_float.seconds, b.total_float.seconds) << here;
    ASSERT_EQ(a.free_float.seconds, b.free_float.seconds) << here;
    ASSERT_EQ(a.critical, b.critical) << here;
    ASSERT_EQ(a.on_longest_path, b.on_longest_path) << here;
    ASSERT_EQ(got.network().duration(index), expected.network().duration(index)) << here;
    ASSERT_EQ(got.network().remaining(index), expected.network().remaining(index)) << here;
  }
  for (std::uint32_t k = 0; k < expected.network().link_count(); ++k)
    ASSERT_EQ(got.driving(LinkIndex{k}), expected.driving(LinkIndex{k})) << where << ", link " << k;
  ASSERT_EQ(got.finish(), expected.finish()) << where;
  ASSERT_EQ(got.start(), expected.start()) << where;
}

void expect_same_reasons(Schedule const& got, Schedule const& expected, std::string const& where) {
  for (std::uint32_t i = 0; i < expected.network().activity_count(); ++i) {
    ActivityIndex const index{i};
    ASSERT_EQ(got.why(index).text(), expected.why(index).text()) << where;
    ASSERT_EQ(got.why_late(index).text(), expected.why_late(index).text()) << where;
  }
}

class Dice {
 public:
  explicit Dice(std::uint32_t seed) : random_(seed) {}
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_()) % n; }
  bool one_in(std::uint32_t n) { return below(n) == 0; }
  Instant day_after(Instant start, std::uint32_t days) {
    return start + Elapsed{static_cast<std::int64_t>(below(days * 1440)) * 60};
  }

 private:
  std::mt19937 random_;
};

struct Kinds {
  bool progress = true, late_ones = true;
};

/// All that a plan can have: calendars, kinds, links with lags of all kinds, constraints, progress.
Facts random_plan(Dice& dice, std::uint32_t activities, Kinds kinds) {
  Facts facts;
  facts.calendars = {five_day_calendar("office", {{8 * 3600, 12 * 3600}, {13 * 3600, 17 * 3600}}),
                     five_day_calendar("late", {{10 * 3600, 20 * 3600}}), round_the_clock_calendar("clock")};
  facts.calendars[0].exceptions.push_back({Date::of(2027, 1, 13), Date::of(2027, 1, 14), {}, "holiday"});
  char const* const calendars[] = {"office", "late", "clock"};
  for (auto const* key : {"one", "two"}) {
    Subproject plan;
    plan.key = key;
    plan.data_date = parse_instant("2027-01-04") + Elapsed{static_cast<std::int64_t>(dice.below(1440)) * 60};
    plan.calendar = calendars[dice.below(3)];
    if (dice.one_in(3)) plan.must_finish_by = dice.day_after(*plan.data_date, 30);
    facts.subprojects.push_back(plan);
    facts.wbs.push_back({.key = key, .parent = {}, .name = key});
  }
  Instant const now = *facts.subprojects[0].data_date;
  for (std::uint32_t i = 0; i < activities; ++i) {
    Activity& activity = facts.activities.emplace_back();
    activity.key = "A" + std::to_string(i);
    activity.subproject = dice.one_in(4) ? "two" : "one";
    activity.wbs = activity.subproject;
    activity.calendar = calendars[dice.below(3)];
    activity.duration = minutes(30 * (1 + dice.below(40)));
    if (dice.one_in(12)) activity.kind = ActivityKind::StartMilestone;
    if (dice.one_in(12)) activity.kind = ActivityKind::FinishMilestone;
    if (dice.one_in(15)) activity.kind = ActivityKind::LevelOfEffort;
    if (dice.one_in(20)) activity.kind = ActivityKind::Summary;
    auto const kind = static_cast<ConstraintKind>(1 + dice.below(kinds.late_ones ? 9 : 8));
    if (dice.one_in(6)) activity.constraint = {kind, dice.day_after(now, 8)};
    if (activity.constraint.kind == ConstraintKind::AsLateAsPossible) activity.constraint.date.reset();
    if (dice.one_in(10))
      activity.secondary_constraint = {ConstraintKind::FinishNoLaterThan, dice.day_after(now, 9)};
    if (dice.one_in(15)) activity.expected_finish = dice.day_after(now, 12);
    if (dice.one_in(15)) activity.deadline = dice.day_after(now, 12);
    if (dice.one_in(20)) activity.external_early_start = dice.day_after(now, 12);
    if (dice.one_in(20)) activity.external_late_finish = dice.day_after(now, 12);
    if (kinds.progress && i < activities / 3 && dice.one_in(2)) {
      activity.progress.actual_start = now - Elapsed{86400 * static_cast<std::int64_t>(1 + dice.below(9))};
      if (dice.one_in(2))
        activity.progress.actual_finish = now - Elapsed{3600 * static_cast<std::int64_t>(dice.below(24))};
      else
        activity.progress.remaining = Work{activity.duration.seconds / 2};
    }
    for (std::uint32_t p = i > 12 ? i - 12 : 0; p < i; ++p) {
      if (!dice.one_in(5)) continue;
      Link& link = facts.links.emplace_back();
      link.predecessor = "A" + std::to_string(p), link.successor = activity.key;
      link.type = static_cast<LinkType>(dice.below(4));
      if (dice.one_in(2)) link.lag.seconds = (static_cast<std::int64_t>(dice.below(60)) - 20) * 1800;
      if (dice.one_in(5)) link.lag.kind = LagKind::Elapsed;
      if (dice.one_in(8)) link.lag.kind = LagKind::Percent, link.lag.percent = dice.below(150);
    }
  }
  complete_keys(facts);
  return facts;
}

/// One to three values replaced.
Overlay random_overlay(Dice& dice, Network const& network, Kinds kinds) {
  Overlay overlay(network);
  Instant const now = parse_instant("2027-01-04");
  for (std::uint32_t edits = 1 + dice.below(3); edits > 0; --edits) {
    ActivityIndex const i{dice.below(network.activity_count())};
    Work const length = minutes(30 * dice.below(60));
    switch (dice.below(kinds.progress ? 6 : 4)) {
      case 0:
      case 1:
        overlay.set_duration(i, length, network.completed(i) ? Work{} : length);
        break;
      case 2: {
        auto const kind = static_cast<ConstraintKind>(dice.below(kinds.late_ones ? 10 : 9));
        bool const dated = kind != ConstraintKind::None && kind != ConstraintKind::AsLateAsPossible;
        overlay.set_constraint(i, {kind, dated ? std::optional(dice.day_after(now, 10)) : std::nullopt});
        break;
      }
      case 3:
        overlay.set_calendar(i, dice.one_in(2) ? "office" : "clock");
        break;
      default: {
        ActivityProgress progress;
        if (!dice.one_in(3))
          progress.actual_start = now - Elapsed{3600 * static_cast<std::int64_t>(dice.below(99))};
        if (progress.actual_start && dice.one_in(2)) progress.actual_finish = now;
        if (progress.actual_start && !progress.actual_finish) progress.remaining = length;
        overlay.set_progress(i, progress);
      }
    }
  }
  return overlay;
}

std::vector<std::pair<std::string, Rules>> all_rules() {
  std::vector<std::pair<std::string, Rules>> all;
  all.emplace_back("primavera", Rules::primavera());
  all.emplace_back("microsoft", Rules::microsoft());
  auto rules = Rules::primavera();
  rules.lag_calendar = LagCalendar::Successor;
  rules.progress = ProgressLogic::ProgressOverride;
  rules.total_float = FloatBy::Smallest;
  rules.critical = CriticalBy::LongestPath;
  rules.float_by_subproject = false;
  all.emplace_back("override", rules);
  rules.lag_calendar = LagCalendar::Project;
  rules.progress = ProgressLogic::ActualDates;
  rules.open_ends_critical = true;
  rules.start_to_start_from_early = false;
  rules.total_float = FloatBy::Start;
  rules.use_must_finish_for_float = false;
  all.emplace_back("actual dates", rules);
  return all;
}

class Edits : public testing::TestWithParam<std::uint32_t> {};

TEST_P(Edits, OfValuesEqualAScheduleFromScratch) {
  for (auto const& [name, rules] : all_rules()) {
    for (std::uint32_t round = 0; round < 6; ++round) {
      Dice dice(GetParam() * 100 + round);
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
INSTANTIATE_TEST_SUITE_P(RandomPlans, Edits, testing::Range(1U, 11U));

/// Everything a schedule says, where the numbering may differ.
void expect_same_by_key(Schedule const& got, Schedule const& expected, std::string const& where) {
  auto const& network = expected.network();
  ASSERT_EQ(got.network().activity_count(), network.activity_count()) << where;
  for (std::uint32_t i = 0; i < network.activity_count(); ++i) {
    auto const& key = network.key({i});
    ASSERT_EQ(got.dates(key), expected.dates(ActivityIndex{i})) << where << ", " << key;
    ASSERT_EQ(got.network().duration(got.network().at(key)), network.duration({i})) << where;
    if (i % 7 == 0) {
      ASSERT_EQ(got.why(key).text(), expected.why(key).text()) << where;
    }
  }
  ASSERT_EQ(got.start(), expected.start()) << where;
  ASSERT_EQ(got.finish(), expected.finish()) << where;
  using LinkRow = std::tuple<std::string, std::string, LinkType, LagKind, std::int64_t, bool>;
  auto const links_of = [](Schedule const& schedule) {
    auto const& links = schedule.network().links();
    std::vector<LinkRow> rows;
    for (std::uint32_t k = 0; k < schedule.network().link_count(); ++k)
      rows.emplace_back(schedule.network().key({links.predecessor[k]}),
                        schedule.network().key({links.successor[k]}), links.type[k], links.lag_kind[k],
                        links.lag[k], schedule.driving(LinkIndex{k}));
    std::sort(rows.begin(), rows.end());
    return rows;
  };
  ASSERT_EQ(links_of(got), links_of(expected)) << where;
}

/// One to three links that come or go, and now and then a value beside them.
Overlay random_links(Dice& dice, Network const& network, Kinds kinds) {
  auto overlay = dice.one_in(3) ? random_overlay(dice, network, kinds) : Overlay(network);
  auto const& links = network.links();
  for (std::uint32_t edits = 1 + dice.below(3); edits > 0; --edits) {
    if (dice.one_in(2) && network.link_count() > 0) {
      auto const k = dice.below(network.link_count());
      overlay.remove_link(network.key({links.predecessor[k]}), network.key({links.successor[k]}),
                          dice.one_in(2) ? std::optional(links.type[k]) : std::nullopt);
      continue;
    }
    auto const a = dice.below(network.activity_count()), b = dice.below(network.activity_count());
    Link link;
    link.predecessor = network.key({std::min(a, b)}), link.successor = network.key({std::max(a, b)});
    if (dice.one_in(6)) std::swap(link.predecessor, link.successor);  // against the numbering, perhaps a loop
    link.type = static_cast<LinkType>(dice.below(4));
    if (dice.one_in(2)) link.lag.seconds = (static_cast<std::int64_t>(dice.below(60)) - 20) * 1800;
    overlay.add_link(link);
  }
  return overlay;
}

TEST_P(Edits, OfLinksEqualAScheduleFromScratch) {
  int known = 0, loops = 0, all = 0;
  for (auto const& [name, rules] : all_rules()) {
    for (std::uint32_t round = 0; round < 4; ++round) {
      Dice dice(GetParam() * 1000 + round);
      Kinds const kinds{.progress = round % 2 == 0, .late_ones = round % 3 == 0};
      auto const network = compile(Project(random_plan(dice, 20 + dice.below(round == 3 ? 150 : 40), kinds)));
      auto const before = schedule(network, rules);
      WhatIf what_if(before);
      std::optional<Schedule> kept, kept_fresh;
      for (int edit = 0; edit < 24; ++edit) {
        auto const where = name + ", round " + std::to_string(round) + ", edit " + std::to_string(edit);
        auto const overlay =
            edit % 4 == 3 ? random_overlay(dice, network, kinds) : random_links(dice, network, kinds);
        std::optional<Schedule> fresh;
        std::vector<std::string> loop;
        try {
          fresh = schedule(overlay, rules);
        } catch (CycleError const& error) {
          loop = error.keys();
        }
        ++all;
        if (!fresh) {
          ++loops;
          try {
            (void)what_if.schedule(overlay);
            FAIL() << where << ": no loop found";
          } catch (CycleError const& error) {
            ASSERT_EQ(error.keys(), loop) << where;
          }
          continue;
        }
        auto const got = what_if.schedule(overlay);
        known += what_if.knows_moved();
        expect_same_by_key(got, *fresh, where);
        if (HasFatalFailure()) return;
        if (what_if.knows_moved()) {
          std::vector<ActivityIndex> moved;
          for (std::uint32_t i = 0; i < network.activity_count(); ++i)
            if (fresh->dates(network.key({i})) != before.dates(ActivityIndex{i})) moved.push_back({i});
          ASSERT_EQ(what_if.moved(), moved) << where;
        }
        if (edit % 20 == 7) kept = got, kept_fresh = fresh;
        if (kept) expect_same_by_key(*kept, *kept_fresh, where + ", kept");
        if (HasFatalFailure()) return;
      }
      expect_same(what_if.schedule(Overlay(network)), before, name + ", nothing changed");
    }
  }
  EXPECT_GT(known, all / 3);
  EXPECT_GT(loops, 0);
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
  Dice dice(1);
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

}  // namespace
}  // namespace rapport
