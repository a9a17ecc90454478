#include "support/random_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <tuple>

namespace rapport::support {

Facts random_plan(Chance& dice, std::uint32_t activities, Kinds kinds) {
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
    if (activity.kind == ActivityKind::StartMilestone && dice.one_in(2))
      activity.progress.remaining = activity.duration;
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
      if (dice.one_in(8)) {
        link.lag.kind = dice.one_in(3) ? LagKind::ElapsedPercent : LagKind::Percent;
        link.lag.percent = dice.below(150);
      }
    }
  }
  complete_keys(facts);
  return facts;
}

Overlay random_overlay(Chance& dice, Network const& network, Kinds kinds) {
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
        bool const has_date = kind != ConstraintKind::None && kind != ConstraintKind::AsLateAsPossible;
        overlay.set_constraint(i, {kind, has_date ? std::optional(dice.day_after(now, 10)) : std::nullopt});
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

}  // namespace rapport::support
