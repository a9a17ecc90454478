// Random plans: the passes must agree with the slow, obvious oracle to the minute.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "rapport/schedule/schedule.h"
#include "support/slow_schedule.h"

namespace rapport {
namespace {

class Dice {
 public:
  explicit Dice(std::uint32_t seed) : random_(seed) {}
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_()) % n; }
  bool once_in(std::uint32_t n) { return below(n) == 0; }
  Work half_hours(std::uint32_t most) { return minutes(30 * (1 + below(most))); }
  Instant after(Instant t, std::uint32_t days) {
    return t + Elapsed{static_cast<std::int64_t>(below(days * 1440)) * 60};
  }
  std::mt19937& source() { return random_; }

 private:
  std::mt19937 random_;
};

Facts bare_plan(Dice& dice) {
  Facts facts;
  facts.calendars = {five_day_calendar("office", {{8 * 3600, 12 * 3600}, {13 * 3600, 17 * 3600}}),
                     five_day_calendar("late", {{10 * 3600, 20 * 3600}}), round_the_clock_calendar("clock"),
                     five_day_calendar("night", {{0, 3 * 3600}, {4 * 3600, 8 * 3600}, {23 * 3600, 86400}})};
  facts.calendars[0].exceptions.push_back({Date::of(2027, 1, 13), Date::of(2027, 1, 14), {}, "holiday"});
  facts.calendars[1].exceptions.push_back(
      {Date::of(2027, 1, 9), Date::of(2027, 1, 9), {{9 * 3600, 11 * 3600}}, "extra"});
  std::uint32_t const parts = dice.once_in(4) ? 2 : 1;
  for (std::uint32_t k = 0; k < parts; ++k) {
    Subproject& part = facts.subprojects.emplace_back();
    part.key = "plan" + std::to_string(k);
    part.data_date = dice.after(parse_instant("2027-01-04"), 1);
    if (dice.once_in(3)) part.data_date = parse_instant("2027-01-05");
    part.planned_start = *part.data_date + Elapsed{dice.once_in(4) ? 86400 : -86400};
    part.calendar = dice.once_in(2) ? "office" : "late";
    if (dice.once_in(5)) part.must_finish_by = dice.after(*part.data_date, 20);
  }
  return facts;
}

constexpr ConstraintKind dated[] = {
    ConstraintKind::StartNoEarlierThan, ConstraintKind::StartNoLaterThan, ConstraintKind::FinishNoEarlierThan,
    ConstraintKind::FinishNoLaterThan,  ConstraintKind::StartOn,          ConstraintKind::FinishOn,
    ConstraintKind::MandatoryStart,     ConstraintKind::MandatoryFinish};

void constrain(Dice& dice, Activity& activity, Instant around, bool microsoft) {
  if (dice.once_in(4)) {
    auto kind = dated[dice.below(8)];
    if (microsoft && (kind == ConstraintKind::StartOn || kind == ConstraintKind::FinishOn))
      kind = ConstraintKind::StartNoEarlierThan;
    activity.constraint = {kind, dice.after(around, 8)};
  } else if (dice.once_in(8)) {
    activity.constraint = {ConstraintKind::AsLateAsPossible, {}};
  }
}

void report(Dice& dice, Activity& activity, Instant now) {
  if (!dice.once_in(4)) return;
  auto& progress = activity.progress;
  progress.actual_start = now + Elapsed{-60 * (1 + static_cast<std::int64_t>(dice.below(4 * 1440)))};
  if (dice.once_in(2)) {
    auto const since = static_cast<std::uint32_t>((now - *progress.actual_start).seconds / 60);
    progress.actual_finish =
        *progress.actual_start + Elapsed{60 * static_cast<std::int64_t>(dice.below(since))};
  } else if (activity.duration > Work{}) {
    progress.remaining = minutes(dice.below(static_cast<std::uint32_t>(activity.duration.in_minutes())));
  }
}

void connect(Dice& dice, Facts& facts) {
  for (std::uint32_t s = 0; s < facts.activities.size(); ++s) {
    for (std::uint32_t p = 0; p < s; ++p) {
      if (!dice.once_in(4)) continue;
      Link& link = facts.links.emplace_back();
      link.predecessor = facts.activities[p].key, link.successor = facts.activities[s].key;
      link.type = static_cast<LinkType>(dice.below(4));
      if (dice.once_in(2)) link.lag.seconds = (static_cast<std::int64_t>(dice.below(60)) - 20) * 1800;
      if (dice.once_in(5)) link.lag.kind = LagKind::Elapsed;
      if (dice.once_in(6)) link.lag = {LagKind::Percent, 0, 10.0 * dice.below(12)};
    }
  }
}

void shuffle(Dice& dice, Facts& facts) {
  std::shuffle(facts.activities.begin(), facts.activities.end(), dice.source());
  std::shuffle(facts.links.begin(), facts.links.end(), dice.source());
  complete_keys(facts);
}

Facts primavera_plan(std::uint32_t seed) {
  Dice dice(seed);
  Facts facts = bare_plan(dice);
  std::uint32_t const n = 3 + dice.below(10);
  for (std::uint32_t i = 0; i < n; ++i) {
    auto const& part = facts.subprojects[dice.below(static_cast<std::uint32_t>(facts.subprojects.size()))];
    Activity& activity = facts.activities.emplace_back();
    activity.key = "A" + std::to_string(i);
    activity.subproject = part.key;
    activity.calendar = facts.calendars[dice.below(4)].key;
    activity.kind = dice.once_in(8)   ? ActivityKind::LevelOfEffort
                    : dice.once_in(8) ? ActivityKind::StartMilestone
                    : dice.once_in(8) ? ActivityKind::FinishMilestone
                                      : ActivityKind::Task;
    bool const lasts = activity.kind == ActivityKind::Task || activity.kind == ActivityKind::LevelOfEffort;
    if (lasts) activity.duration = dice.half_hours(40);
    constrain(dice, activity, *part.data_date, false);
    if (dice.once_in(8))
      activity.secondary_constraint = {dated[dice.below(6)], dice.after(*part.data_date, 8)};
    report(dice, activity, *part.data_date);
    if (activity.progress.actual_start && !activity.progress.actual_finish && dice.once_in(4)) {
      activity.progress.suspended = activity.progress.actual_start;
      activity.progress.resumed = dice.after(*part.data_date, 3);
    }
    if (activity.kind == ActivityKind::Task && dice.once_in(8))
      activity.expected_finish = dice.after(*part.data_date, 10);
    if (dice.once_in(10)) activity.external_early_start = dice.after(*part.data_date, 6);
    if (dice.once_in(10)) activity.external_late_finish = dice.after(*part.data_date, 9);
  }
  connect(dice, facts);
  shuffle(dice, facts);
  return facts;
}

Facts microsoft_plan(std::uint32_t seed) {
  Dice dice(seed);
  Facts facts = bare_plan(dice);
  facts.subprojects.resize(1);
  auto const& part = facts.subprojects[0];
  std::uint32_t const n = 3 + dice.below(10);
  for (std::uint32_t i = 0; i < n; ++i) {
    Activity& activity = facts.activities.emplace_back();
    activity.key = std::to_string(i);
    activity.subproject = part.key;
    activity.calendar = facts.calendars[dice.below(4)].key;
    if (dice.once_in(6))
      activity.kind = ActivityKind::FinishMilestone;
    else
      activity.duration = dice.half_hours(40);
    constrain(dice, activity, *part.planned_start, true);
    report(dice, activity, *part.data_date);
    if (activity.progress.actual_start && !activity.progress.actual_finish && dice.once_in(4)) {
      activity.progress.suspended = activity.progress.actual_start;
      activity.progress.resumed = dice.after(*part.data_date, 3);
    }
    if (dice.once_in(8)) activity.deadline = dice.after(*part.data_date, 12);
    auto& task = activity.microsoft;
    task.elapsed_duration = dice.once_in(8);
    if (dice.once_in(8)) task.levelling_delay = {1800 * static_cast<std::int64_t>(dice.below(90))};
    if (dice.once_in(10)) {
      task.manual = true;
      task.manual_start = dice.after(*part.planned_start, 6);
      task.manual_finish = dice.after(*task.manual_start, 3);
    }
  }
  connect(dice, facts);
  shuffle(dice, facts);
  return facts;
}

void expect_agreement(Facts const& facts, Rules const& rules, std::string const& where) {
  SCOPED_TRACE(where);
  auto const fast = schedule(compile(Project(facts)), rules);
  auto const slow = support::slow_schedule(facts, rules);
  for (std::size_t i = 0; i < facts.activities.size(); ++i) {
    auto const got = fast.dates(facts.activities[i].key);
    SCOPED_TRACE(facts.activities[i].key);
    ASSERT_EQ(to_string(got.early_start), to_string(Instant{slow.early_start[i] * 60}));
    ASSERT_EQ(to_string(got.early_finish), to_string(Instant{slow.early_finish[i] * 60}));
    ASSERT_EQ(to_string(got.late_start), to_string(Instant{slow.late_start[i] * 60}));
    ASSERT_EQ(to_string(got.late_finish), to_string(Instant{slow.late_finish[i] * 60}));
    ASSERT_EQ(got.total_float.in_minutes(), slow.total_float[i]);
    ASSERT_EQ(got.free_float.in_minutes(), slow.free_float[i]);
  }
}

TEST(RandomPlans, AgreeWithTheSlowOracleUnderPrimaverasRules) {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    Dice dice(seed + 100000);
    Rules rules = Rules::primavera();
    rules.lag_calendar = static_cast<LagCalendar>(dice.below(4));
    rules.progress = static_cast<ProgressLogic>(dice.below(3));
    rules.total_float = static_cast<FloatBy>(dice.below(3));
    rules.open_ends_critical = dice.once_in(4);
    rules.use_expected_finish = !dice.once_in(4);
    rules.start_to_start_from_early = !dice.once_in(3);
    rules.use_must_finish_for_float = !dice.once_in(4);
    rules.float_by_subproject = !dice.once_in(3);
    rules.ignore_external_links = dice.once_in(3);
    expect_agreement(primavera_plan(seed), rules, "seed " + std::to_string(seed));
    if (HasFatalFailure()) return;
  }
}

TEST(RandomPlans, AgreeWithTheSlowOracleUnderMicrosoftsRules) {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    Dice dice(seed + 100000);
    Rules rules = Rules::microsoft();
    rules.open_ends_critical = dice.once_in(4);
    if (dice.once_in(3)) rules.lag_calendar = static_cast<LagCalendar>(dice.below(4));
    expect_agreement(microsoft_plan(seed), rules, "seed " + std::to_string(seed));
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace rapport
