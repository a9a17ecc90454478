// Random plans: the passes must agree with the slow, obvious oracle to the minute.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <random>
#include <set>

#include "rapport/schedule/schedule.h"
#include "schedule/pass.h"
#include "support/deeper.h"
#include "support/minute_walk.h"
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
      if (dice.once_in(6))
        link.lag = {dice.once_in(3) ? LagKind::ElapsedPercent : LagKind::Percent, 0, 10.0 * dice.below(12)};
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
  auto const network = compile(Project(facts));
  auto const slow = support::slow_schedule(facts, rules);
  for (auto const pays : {LanesWhen::Never, LanesWhen::Always}) {
    SCOPED_TRACE(pays == LanesWhen::Never ? "one by one" : "in lanes");
    auto const fast = schedule_in_lanes(network, rules, {pays});
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
}

TEST(RandomPlans, AgreeWithTheSlowOracleUnderPrimaverasRules) {
  for (std::uint32_t seed = 1; seed <= support::deeper(300); ++seed) {
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

bool differ(Facts const& facts, Facts const& slow_facts, Rules const& rules, Rules const& slow_rules) {
  auto const fast = schedule(compile(Project(facts)), rules);
  auto const slow = support::slow_schedule(slow_facts, slow_rules);
  for (std::size_t i = 0; i < facts.activities.size(); ++i) {
    auto const got = fast.dates(facts.activities[i].key);
    bool const same = got.early_start.seconds == slow.early_start[i] * 60 &&
                      got.early_finish.seconds == slow.early_finish[i] * 60 &&
                      got.late_start.seconds == slow.late_start[i] * 60 &&
                      got.late_finish.seconds == slow.late_finish[i] * 60 &&
                      got.total_float.in_minutes() == slow.total_float[i] &&
                      got.free_float.in_minutes() == slow.free_float[i];
    if (!same) return true;
  }
  return false;
}

/// The comparison with the oracle would be worth nothing if it could not fail: a rule changed on one side
/// alone, or one fact by one minute, shows within a few plans.
TEST(RandomPlans, TellARuleOrAFactThatIsNotTheSameOnBothSides) {
  std::vector<std::pair<char const*, std::function<void(Rules&)>>> const rules = {
      {"lag calendar", [](Rules& r) { r.lag_calendar = LagCalendar::RoundTheClock; }},
      {"progress override", [](Rules& r) { r.progress = ProgressLogic::ProgressOverride; }},
      {"actual dates", [](Rules& r) { r.progress = ProgressLogic::ActualDates; }},
      {"float", [](Rules& r) { r.total_float = FloatBy::Start; }},
      {"open ends", [](Rules& r) { r.open_ends_critical = true; }},
      {"expected finish", [](Rules& r) { r.use_expected_finish = false; }},
      {"start to start", [](Rules& r) { r.start_to_start_from_early = false; }},
      {"must finish", [](Rules& r) { r.use_must_finish_for_float = false; }},
      {"several projects", [](Rules& r) { r.float_by_subproject = false; }},
      {"external links", [](Rules& r) { r.ignore_external_links = true; }}};
  std::vector<std::pair<char const*, std::function<void(Facts&)>>> const facts = {
      {"duration", [](Facts& f) { f.activities.back().duration += minutes(1); }},
      {"lag",
       [](Facts& f) {
         if (!f.links.empty()) f.links.back().lag.seconds += 60;
       }},
      {"link type",
       [](Facts& f) {
         if (!f.links.empty()) f.links.back().type = LinkType::StartToFinish;
       }},
      {"holiday", [](Facts& f) { f.calendars[0].exceptions.clear(); }},
      {"shift", [](Facts& f) { (*f.calendars[1].week[1])[0].to -= 60; }},
      {"data date",
       [](Facts& f) { *f.subprojects[0].data_date = *f.subprojects[0].data_date + Elapsed{60}; }}};
  auto const shows = [](auto const& changed_plan) {
    for (std::uint32_t seed = 1; seed <= 80; ++seed)
      if (changed_plan(primavera_plan(seed))) return true;
    return false;
  };
  auto const plain = Rules::primavera();
  for (auto const& [name, change] : rules) {
    auto other = plain;
    change(other);
    EXPECT_TRUE(shows([&](Facts const& plan) { return differ(plan, plan, plain, other); })) << name;
  }
  for (auto const& [name, change] : facts) {
    EXPECT_TRUE(shows([&](Facts const& plan) {
      auto other = plan;
      change(other);
      return differ(plan, other, plain, plain);
    })) << name;
  }
}

/// Where a reason goes along a link, the date follows from the other end's by the lag on its calendar and by
/// the work of the activity, walked minute by minute, but for time that is not worked.
class ReasonCheck {
 public:
  ReasonCheck(Facts const& facts, Rules const& rules)
      : facts_(facts), rules_(rules), schedule_(schedule(compile(Project(facts)), rules)) {
    for (auto const& calendar : facts.calendars)
      walks_.emplace(calendar.key, support::MinuteWalk({calendar}));
    for (auto const& activity : facts.activities) activities_.emplace(activity.key, &activity);
  }

  /// Steps along links, by type, that were right.
  void count(std::array<int, 4>& early, std::array<int, 4>& late) {
    for (std::uint32_t i = 0; i < schedule_.network().activity_count(); ++i) {
      follow(schedule_.why(ActivityIndex{i}).steps, early);
      follow(schedule_.why_late(ActivityIndex{i}).steps, late);
    }
  }

 private:
  void follow(std::vector<WhyStep> const& steps, std::array<int, 4>& right) {
    ASSERT_FALSE(steps.empty());
    auto const root = steps.back().driver;
    ASSERT_TRUE(root != Driver::Link && root != Driver::Duration) << steps.back().text;
    std::set<std::pair<std::string, DateField>> seen;
    for (auto const& step : steps)
      ASSERT_TRUE(seen.emplace(step.activity, step.field).second) << step.text << ", once more";
    for (std::size_t k = 0; k + 1 < steps.size(); ++k) {
      if (steps[k].driver == Driver::Duration) {
        auto const& walk = walk_of(steps[k].activity);
        auto const a = steps[k].date.seconds / 60, b = steps[k + 1].date.seconds / 60;
        bool const backward = steps[k].field == DateField::LateStart;
        auto const work = backward ? walk.between(a, b) : walk.between(b, a);
        ASSERT_EQ(work, length(steps[k].activity)) << steps[k].text;
      }
      if (steps[k].driver != Driver::Link) continue;
      ASSERT_NO_FATAL_FAILURE(check(steps[k], steps[k + 1], right));
    }
  }

  void check(WhyStep const& step, WhyStep const& next, std::array<int, 4>& right) {
    auto const& links = schedule_.network().links();
    auto const k = step.link->value;
    auto const type = links.type[k];
    auto const& predecessor = schedule_.network().key({links.predecessor[k]});
    auto const& successor = schedule_.network().key({links.successor[k]});
    // A finish that a link holds beyond where the work ends, in the pause before the next shift.
    bool const held = step.field == DateField::EarlyFinish;
    bool const early = held || step.field == DateField::EarlyStart;
    ASSERT_TRUE(early || step.field == DateField::LateFinish) << step.text;
    ASSERT_EQ(step.activity, early ? successor : predecessor);
    ASSERT_EQ(next.activity, early ? predecessor : successor);
    auto const lag = is_percent(links.lag_kind[k])
                         ? std::llround(static_cast<double>(length(predecessor) * links.lag[k]) / 10000.0)
                         : links.lag[k] / 60;
    auto const moved = [&](std::int64_t t, std::int64_t by) {
      bool const clock = is_elapsed(links.lag_kind[k]) || rules_.lag_calendar == LagCalendar::RoundTheClock;
      if (clock) return t + by;
      return rules_.lag_calendar == LagCalendar::Predecessor ? walk_of(predecessor).add(t, by)
             : rules_.lag_calendar == LagCalendar::Successor
                 ? walk_of(successor).add(t, by)
                 : walks_.at(facts_.subprojects[0].calendar).add(t, by);
    };
    auto const& own = walk_of(step.activity);
    bool const to_finish = type == LinkType::FinishToFinish || type == LinkType::StartToFinish;
    bool const from_start = type == LinkType::StartToStart || type == LinkType::StartToFinish;
    ASSERT_TRUE(!held || (to_finish && rules_.tool == Tool::Primavera)) << step.text;
    auto t = next.date.seconds / 60;
    bool const work_first = early && rules_.tool == Tool::Microsoft;
    if (work_first && to_finish) t = own.add(t, -length(step.activity));
    t = moved(t, early ? lag : -lag);
    if (early && !held && to_finish && !work_first) t = own.add(t, -length(step.activity));
    if (!early && from_start) t = own.add(t, length(step.activity));
    ASSERT_EQ(own.between(t, step.date.seconds / 60), 0) << step.text;
    ++right[static_cast<std::size_t>(type)];
  }

  [[nodiscard]] support::MinuteWalk const& walk_of(std::string const& key) const {
    return walks_.at(activities_.at(key)->calendar);
  }
  [[nodiscard]] std::int64_t length(std::string const& key) const {
    return activities_.at(key)->duration.seconds / 60;
  }

  Facts const& facts_;
  Rules const& rules_;
  Schedule schedule_;
  std::map<std::string, support::MinuteWalk> walks_;
  std::map<std::string, Activity const*> activities_;
};

TEST(RandomPlans, HaveReasonsWhoseArithmeticIsRight) {
  for (auto const tool : {Tool::Primavera, Tool::Microsoft}) {
    std::array<int, 4> early{}, late{};
    for (std::uint32_t seed = 1; seed <= support::deeper(120); ++seed) {
      auto facts = tool == Tool::Microsoft ? microsoft_plan(seed) : primavera_plan(seed);
      facts.subprojects.resize(1);
      for (auto& activity : facts.activities) {
        activity.subproject = facts.subprojects[0].key;
        activity.progress = {}, activity.microsoft = {};
        if (activity.kind == ActivityKind::LevelOfEffort) activity.kind = ActivityKind::Task;
        if (activity.constraint.kind == ConstraintKind::AsLateAsPossible) activity.constraint = {};
        activity.expected_finish.reset();
      }
      auto rules = tool == Tool::Microsoft ? Rules::microsoft() : Rules::primavera();
      rules.lag_calendar = static_cast<LagCalendar>(seed % 4);
      SCOPED_TRACE("seed " + std::to_string(seed) + (tool == Tool::Microsoft ? " Microsoft" : " Primavera"));
      ReasonCheck(facts, rules).count(early, late);
      if (HasFatalFailure()) return;
    }
    for (std::size_t type = 0; type < 4; ++type) {
      EXPECT_GT(early[type], 10) << type;
      EXPECT_GT(late[type], 10) << type;
    }
  }
}

TEST(RandomPlans, AgreeWithTheSlowOracleUnderMicrosoftsRules) {
  for (std::uint32_t seed = 1; seed <= support::deeper(300); ++seed) {
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
