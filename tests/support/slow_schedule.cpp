#include "support/slow_schedule.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "support/minute_walk.h"

namespace rapport::support {
namespace {

constexpr std::int64_t never = INT64_MIN;

std::int64_t minute(std::optional<Instant> const& t) { return t ? t->seconds / 60 : never; }

bool holds_start(LinkType type) { return type == LinkType::FinishToStart || type == LinkType::StartToStart; }
bool starts_from_start(LinkType type) {
  return type == LinkType::StartToStart || type == LinkType::StartToFinish;
}

/// What both tools' rules ask of a plan.
class Slow {
 public:
  Slow(Facts const& facts, Rules const& rules) : facts_(facts), rules_(rules) {
    for (auto const& calendar : facts.calendars) walks_.emplace(calendar.key, MinuteWalk({calendar}));
    for (std::size_t i = 0; i < facts.activities.size(); ++i) row_[facts.activities[i].key] = i;
    for (std::size_t k = 0; k < facts.subprojects.size(); ++k) part_[facts.subprojects[k].key] = k;
    for (auto* column : {&d_.early_start, &d_.early_finish, &d_.late_start, &d_.late_finish, &d_.total_float,
                         &d_.free_float})
      column->assign(facts.activities.size(), 0);
  }

 protected:
  [[nodiscard]] Activity const& at(std::size_t i) const { return facts_.activities[i]; }
  [[nodiscard]] std::size_t size() const { return facts_.activities.size(); }
  [[nodiscard]] std::size_t from(Link const& link) const { return row_.at(link.predecessor); }
  [[nodiscard]] std::size_t to(Link const& link) const { return row_.at(link.successor); }
  [[nodiscard]] std::size_t part(std::size_t i) const { return part_.at(at(i).subproject); }
  [[nodiscard]] MinuteWalk const& walk(std::size_t i) const { return walks_.at(at(i).calendar); }
  [[nodiscard]] bool started(std::size_t i) const { return at(i).progress.actual_start.has_value(); }
  [[nodiscard]] bool done(std::size_t i) const { return at(i).progress.actual_finish.has_value(); }
  [[nodiscard]] bool spans(std::size_t i) const { return at(i).kind == ActivityKind::LevelOfEffort; }
  [[nodiscard]] std::int64_t length(std::size_t i) const { return at(i).duration.seconds / 60; }
  [[nodiscard]] std::int64_t left(std::size_t i) const {
    if (done(i)) return 0;
    return at(i).progress.remaining ? at(i).progress.remaining->seconds / 60 : length(i);
  }
  [[nodiscard]] std::int64_t lag(Link const& link) const {
    if (!is_percent(link.lag.kind)) return link.lag.seconds / 60;
    return static_cast<std::int64_t>(static_cast<double>(length(from(link))) * link.lag.percent / 100);
  }
  [[nodiscard]] bool lag_on_the_clock(Link const& link) const {
    bool const of_elapsed = rules_.tool == Tool::Microsoft && is_percent(link.lag.kind) &&
                            at(from(link)).microsoft.elapsed_duration;
    return of_elapsed || is_elapsed(link.lag.kind) || rules_.lag_calendar == LagCalendar::RoundTheClock;
  }
  [[nodiscard]] MinuteWalk const& lag_walk(Link const& link) const {
    switch (rules_.lag_calendar) {
      case LagCalendar::Predecessor:
        return walk(from(link));
      case LagCalendar::Successor:
        return walk(to(link));
      default:
        return walks_.at(facts_.subprojects[part(to(link))].calendar);
    }
  }
  [[nodiscard]] std::int64_t moved(Link const& link, std::int64_t t, std::int64_t by) const {
    return lag_on_the_clock(link) ? t + by : lag_walk(link).add(t, by);
  }
  // The end of work and the next beginning are the same instant in working time: which of the two is shown.
  [[nodiscard]] std::int64_t end_side(std::size_t i, std::int64_t t) const {
    return walk(i).previous(t) == t ? t : walk(i).next(t);
  }
  [[nodiscard]] std::int64_t begin_side(std::size_t i, std::int64_t t) const {
    return walk(i).next(t) == t ? t : walk(i).previous(t);
  }
  template <class Each>
  void until_nothing_changes(Each const& each) {
    for (bool changed = true; changed;) {
      auto const before = d_;
      for (std::size_t i = 0; i < size(); ++i) each(i);
      changed = before.early_start != d_.early_start || before.early_finish != d_.early_finish ||
                before.late_start != d_.late_start || before.late_finish != d_.late_finish;
    }
  }
  void ends_of_projects() {
    finish_.assign(facts_.subprojects.size(), never);
    for (std::size_t i = 0; i < size(); ++i) {
      if (!spans(i)) finish_[part(i)] = std::max(finish_[part(i)], d_.early_finish[i]);
    }
    if (!rules_.float_by_subproject)
      std::fill(finish_.begin(), finish_.end(), *std::max_element(finish_.begin(), finish_.end()));
    due_ = finish_;
    if (!rules_.use_must_finish_for_float) return;
    for (std::size_t k = 0; k < due_.size(); ++k) {
      if (facts_.subprojects[k].must_finish_by) due_[k] = minute(facts_.subprojects[k].must_finish_by);
    }
    if (!rules_.float_by_subproject)
      std::fill(due_.begin(), due_.end(), *std::max_element(due_.begin(), due_.end()));
  }
  void show_what_happened() {
    for (std::size_t i = 0; i < size(); ++i) {
      if (!done(i)) continue;
      d_.early_start[i] = d_.late_start[i] = minute(at(i).progress.actual_start);
      d_.early_finish[i] = d_.late_finish[i] = minute(at(i).progress.actual_finish);
      d_.total_float[i] = d_.free_float[i] = 0;
    }
  }

  Facts const& facts_;
  Rules const& rules_;
  std::map<std::string, MinuteWalk> walks_;
  std::map<std::string, std::size_t> row_, part_;
  std::vector<std::int64_t> finish_, due_;
  SlowDates d_;
};

class SlowPrimavera : Slow {
 public:
  using Slow::Slow;

  SlowDates dates() {
    for (std::size_t i = 0; i < size(); ++i) d_.early_start[i] = d_.early_finish[i] = now(i);
    until_nothing_changes([&](std::size_t i) { early(i); });
    ends_of_projects();
    auto const placed = d_;
    until_nothing_changes([&](std::size_t i) { as_late_as_possible(i, placed); });
    for (std::size_t i = 0; i < size(); ++i) d_.late_start[i] = d_.late_finish[i] = due_[part(i)];
    until_nothing_changes([&](std::size_t i) { late(i); });
    for (std::size_t i = 0; i < size(); ++i) span(i);
    for (std::size_t i = 0; i < size(); ++i) floats(i);
    show_what_happened();
    return d_;
  }

 private:
  [[nodiscard]] std::int64_t shifted(Link const& link, std::int64_t t, std::int64_t by) const {
    return by == 0 ? t : moved(link, t, by);
  }
  /// Whether anything but levels of effort waits for it.
  [[nodiscard]] bool something_follows(std::size_t i) const {
    return std::any_of(facts_.links.begin(), facts_.links.end(),
                       [&](Link const& link) { return from(link) == i && !spans(to(link)); });
  }

  /// A level of effort: from the earliest of what its links name as its start to the latest of what they name
  /// as its finish.
  void span(std::size_t i) {
    if (!spans(i)) return;
    std::optional<std::int64_t> start, finish, late_start, late_finish;
    auto const begin_with = [&](std::int64_t early, std::int64_t late) {
      start = std::min(start.value_or(early), early), late_start = std::min(late_start.value_or(late), late);
    };
    auto const end_with = [&](std::int64_t early, std::int64_t late) {
      finish = std::max(finish.value_or(early), early);
      late_finish = std::max(late_finish.value_or(late), late);
    };
    for (auto const& link : facts_.links) {
      auto const p = from(link), s = to(link);
      if (rules_.ignore_external_links && part(p) != part(s)) continue;
      if (s == i && !spans(p)) {
        bool const by_start = starts_from_start(link.type);
        auto early = by_start ? d_.early_start[p] : d_.early_finish[p];
        auto late = by_start ? d_.late_start[p] : d_.late_finish[p];
        if (by_start && started(p) && lag(link) != 0) early = minute(at(p).progress.actual_start);
        if (!by_start && done(p)) {
          auto const finished = minute(at(p).progress.actual_finish);
          if (lag(link) != 0) early = finished;
          if (link.type == LinkType::FinishToStart) late = finished;
          if (link.type == LinkType::FinishToFinish && something_follows(p))
            late = std::max(finished, now(p));
        }
        early = shifted(link, early, lag(link)), late = shifted(link, late, lag(link));
        holds_start(link.type) ? begin_with(early, late) : end_with(early, late);
      }
      if (p == i && !spans(s)) {
        bool const of_start = holds_start(link.type);
        auto const early = shifted(link, of_start ? d_.early_start[s] : d_.early_finish[s], -lag(link));
        auto const late = shifted(link, of_start ? d_.late_start[s] : d_.late_finish[s], -lag(link));
        starts_from_start(link.type) ? begin_with(early, late) : end_with(early, late);
      }
    }
    auto const today = walk(i).next(now(i));
    auto const from_here = std::max(start.value_or(today), today);
    if (!finish) finish = late_finish = walk(i).add(from_here, left(i));
    d_.early_start[i] = walk(i).next(from_here);
    d_.early_finish[i] = std::max(walk(i).previous(*finish), d_.early_start[i]);
    d_.late_start[i] = walk(i).next(late_start.value_or(today));
    d_.late_finish[i] = walk(i).previous(*late_finish);
  }

  [[nodiscard]] std::int64_t planned(std::size_t i) const {
    auto const& start = facts_.subprojects[part(i)].planned_start;
    return start ? minute(start) : 0;
  }
  [[nodiscard]] std::int64_t now(std::size_t i) const {
    return std::max(minute(facts_.subprojects[part(i)].data_date), planned(i));
  }
  [[nodiscard]] bool is_milestone(std::size_t i) const {
    return at(i).kind == ActivityKind::StartMilestone || at(i).kind == ActivityKind::FinishMilestone;
  }
  [[nodiscard]] std::int64_t begin(std::size_t i, std::int64_t t) const {
    if (done(i)) return t;
    return at(i).kind == ActivityKind::FinishMilestone ? end_side(i, t) : walk(i).next(t);
  }
  [[nodiscard]] bool counts(Link const& link) const {
    auto const p = from(link), s = to(link);
    if (spans(p) || spans(s)) return false;
    if (rules_.ignore_external_links && part(p) != part(s)) return false;
    if (rules_.progress == ProgressLogic::ActualDates) return !done(s);
    if (rules_.progress != ProgressLogic::ProgressOverride || !started(s) || done(p)) return true;
    return !done(s) && !holds_start(link.type);
  }
  /// What is left of a lag that has been running since the actual date of its predecessor.
  [[nodiscard]] std::int64_t lag_left(Link const& link) const {
    auto const p = from(link);
    auto const since =
        minute(starts_from_start(link.type) ? at(p).progress.actual_start : at(p).progress.actual_finish);
    if (since == never) return lag(link);
    if (lag(link) <= 0) return 0;
    auto const run = lag_on_the_clock(link) ? now(p) - since : lag_walk(link).between(since, now(p));
    return std::max<std::int64_t>(0, lag(link) - std::max<std::int64_t>(0, run));
  }
  [[nodiscard]] std::int64_t released(Link const& link) const {
    auto const p = from(link);
    bool const by_start = starts_from_start(link.type);
    bool const since_actual = by_start && started(p) && !done(p) && !rules_.start_to_start_from_early;
    if (since_actual && lag(link) != 0) return moved(link, minute(at(p).progress.actual_start), lag(link));
    return moved(link, by_start ? d_.early_start[p] : d_.early_finish[p], lag_left(link));
  }

  struct Bound {
    std::int64_t start;
    bool constrained = false, mandatory = false;
  };

  void constrain(std::size_t i, Constraint const& constraint, Bound& bound) const {
    auto const date = minute(constraint.date);
    auto const before = [&] { return walk(i).add(date, -left(i)); };
    auto const not_before = [&](std::int64_t t) {
      if (begin(i, t) > bound.start) bound = {begin(i, t), true, false};
    };
    switch (constraint.kind) {
      case ConstraintKind::StartNoEarlierThan:
      case ConstraintKind::StartOn:
        return not_before(date);
      case ConstraintKind::FinishNoEarlierThan:
      case ConstraintKind::FinishOn:
        return not_before(before());
      case ConstraintKind::MandatoryStart:
        bound = {begin(i, std::max(date, now(i))), true, true};
        return;
      case ConstraintKind::MandatoryFinish:
        bound = {begin(i, std::max(before(), now(i))), true, true};
        return;
      default:
        return;
    }
  }

  [[nodiscard]] static bool free_of(Constraint const& constraint) {
    return constraint.kind == ConstraintKind::None || constraint.kind == ConstraintKind::AsLateAsPossible;
  }

  void early(std::size_t i) {
    if (spans(i)) return;
    auto const& progress = at(i).progress;
    if (rules_.progress == ProgressLogic::ActualDates && done(i)) {
      d_.early_start[i] = std::max(now(i), minute(progress.actual_start));
      d_.early_finish[i] = std::max(now(i), minute(progress.actual_finish));
      return;
    }
    bool const alone = std::none_of(facts_.links.begin(), facts_.links.end(),
                                    [&](Link const& link) { return to(link) == i; });
    bool const keeps_the_clock = at(i).kind == ActivityKind::StartMilestone && alone &&
                                 minute(facts_.subprojects[part(i)].data_date) >= planned(i) &&
                                 free_of(at(i).constraint) && free_of(at(i).secondary_constraint);
    Bound bound{keeps_the_clock ? now(i) : begin(i, now(i))};
    if (rules_.progress == ProgressLogic::ActualDates && started(i))
      bound.start = std::max(bound.start, begin(i, minute(progress.actual_start)));
    std::int64_t held = never;
    for (auto const& link : facts_.links) {
      if (to(link) != i || !counts(link)) continue;
      auto t = released(link);
      if (!holds_start(link.type)) {
        if (!done(i)) t = end_side(i, t);
        held = std::max(held, t);
        t = walk(i).add(t, -left(i));
      }
      bound.start = std::max(bound.start, begin(i, t));
    }
    bool const waits_for_others =
        !started(i) || (!done(i) && rules_.progress == ProgressLogic::RetainedLogic);
    if (at(i).external_early_start && !rules_.ignore_external_links && waits_for_others)
      bound.start = std::max(bound.start, begin(i, minute(at(i).external_early_start)));
    if (!started(i)) {
      constrain(i, at(i).constraint, bound);
      constrain(i, at(i).secondary_constraint, bound);
    } else if (progress.resumed && !done(i)) {
      bound.start = std::max(bound.start, begin(i, minute(progress.resumed)));
    }
    bool const any_mandatory = is_mandatory(at(i).constraint) || is_mandatory(at(i).secondary_constraint);
    if (bound.constrained && any_mandatory) held = never;
    d_.early_start[i] = bound.start;
    d_.early_finish[i] = std::max(walk(i).add(bound.start, left(i)), held);
    if (expects(i, held))
      d_.early_finish[i] = std::max(bound.start, walk(i).previous(minute(at(i).expected_finish)));
    expected_[i] = expects(i, held);
  }

  [[nodiscard]] static bool is_mandatory(Constraint const& constraint) {
    return constraint.kind == ConstraintKind::MandatoryStart ||
           constraint.kind == ConstraintKind::MandatoryFinish;
  }
  [[nodiscard]] bool expects(std::size_t i, std::int64_t held) const {
    return rules_.use_expected_finish && at(i).expected_finish && !done(i) &&
           held <= minute(at(i).expected_finish);
  }

  /// Of a start milestone that waits for the last moment: the work that its facts give it all the same.
  [[nodiscard]] std::int64_t stated(std::size_t i) const {
    bool const waits = at(i).kind == ActivityKind::StartMilestone && !started(i) && !done(i) &&
                       at(i).constraint.kind == ConstraintKind::AsLateAsPossible;
    return waits ? at(i).progress.remaining.value_or(Work{}).seconds / 60 : 0;
  }

  void as_late_as_possible(std::size_t i, SlowDates const& placed) {
    if (at(i).constraint.kind != ConstraintKind::AsLateAsPossible || started(i) || spans(i)) return;
    std::optional<std::int64_t> latest;
    for (auto const& link : facts_.links) {
      if (from(link) != i || !counts(link)) continue;
      auto const s = to(link);
      auto t = moved(link, holds_start(link.type) ? d_.early_start[s] : d_.early_finish[s], -lag(link));
      if (starts_from_start(link.type)) t = walk(i).add(t, left(i));
      latest = std::min(latest.value_or(t), t);
    }
    auto const finish = latest && stated(i) > 0 ? walk(i).add(*latest, -stated(i))
                                                : walk(i).previous(latest.value_or(finish_[part(i)]));
    bool const moves = finish > placed.early_finish[i];
    d_.early_finish[i] = moves ? finish : placed.early_finish[i];
    d_.early_start[i] = moves ? walk(i).add(finish, -left(i)) : placed.early_start[i];
  }

  void late(std::size_t i) {
    if (spans(i)) return;
    auto const work = expected_[i] ? walk(i).between(d_.early_start[i], d_.early_finish[i]) : left(i);
    auto const after = [&](std::int64_t t) { return work == 0 ? t : walk(i).add(t, work); };
    std::int64_t finish = due_[part(i)], held = INT64_MAX;
    bool open = true;
    for (auto const& link : facts_.links) {
      if (from(link) != i || !counts(link)) continue;
      auto const s = to(link);
      auto t = moved(link, holds_start(link.type) ? d_.late_start[s] : d_.late_finish[s], -lag_left(link));
      if (starts_from_start(link.type) && !done(i)) {
        t = begin_side(i, t);
        held = std::min(held, t);
        t = after(t);
      }
      finish = open ? std::min(due_[part(i)], t) : std::min(finish, t);
      open = false;
    }
    auto const asked = finish;
    if (open && rules_.open_ends_critical) finish = d_.early_finish[i];
    if (at(i).external_late_finish && !rules_.ignore_external_links) {
      auto const needed_elsewhere = minute(at(i).external_late_finish);
      finish = open ? needed_elsewhere : std::min(finish, needed_elsewhere);
    }
    for (auto const& constraint : {at(i).constraint, at(i).secondary_constraint}) {
      auto const date = minute(constraint.date);
      switch (constraint.kind) {
        case ConstraintKind::StartNoLaterThan:
        case ConstraintKind::StartOn:
          if (!started(i)) finish = std::min(finish, after(date));
          break;
        case ConstraintKind::FinishNoLaterThan:
        case ConstraintKind::FinishOn:
          if (!done(i)) finish = std::min(finish, date);
          break;
        case ConstraintKind::MandatoryStart:
          if (!started(i)) finish = after(date), held = INT64_MAX;
          break;
        case ConstraintKind::MandatoryFinish:
          if (!done(i)) finish = date, held = INT64_MAX;
          break;
        default:
          break;
      }
    }
    if (done(i)) {
      d_.late_start[i] = d_.late_finish[i] = finish;
    } else if (at(i).kind == ActivityKind::StartMilestone) {
      bool const held_by_link = !open && finish == asked && finish < due_[part(i)];
      d_.late_start[i] = d_.late_finish[i] =
          held_by_link && stated(i) > 0 ? walk(i).add(finish, stated(i)) : begin_side(i, finish);
    } else {
      d_.late_finish[i] = walk(i).previous(finish);
      d_.late_start[i] = work == 0 ? d_.late_finish[i] : walk(i).add(d_.late_finish[i], -work);
      d_.late_start[i] = std::min(d_.late_start[i], held);
    }
  }

  void floats(std::size_t i) {
    auto const by_start = walk(i).between(d_.early_start[i], d_.late_start[i]);
    auto const by_finish = walk(i).between(d_.early_finish[i], d_.late_finish[i]);
    d_.total_float[i] = started(i) || rules_.total_float == FloatBy::Finish ? by_finish
                        : rules_.total_float == FloatBy::Start              ? by_start
                                                                            : std::min(by_start, by_finish);
    if (spans(i) || (rules_.use_expected_finish && at(i).expected_finish)) return;
    std::optional<std::int64_t> free;
    for (auto const& link : facts_.links) {
      if (from(link) != i || !counts(link)) continue;
      auto const s = to(link);
      auto const there =
          moved(link, holds_start(link.type) ? d_.early_start[s] : d_.early_finish[s], -lag_left(link));
      auto const here = starts_from_start(link.type) ? d_.early_start[i] : d_.early_finish[i];
      auto const gap = walk(i).between(here, there) - (starts_from_start(link.type) ? 0 : stated(i));
      free = std::min(free.value_or(gap), gap);
    }
    auto const to_the_end = walk(i).between(d_.early_finish[i], finish_[part(i)]);
    d_.free_float[i] = std::max<std::int64_t>(0, free.value_or(to_the_end));
  }

  std::map<std::size_t, bool> expected_;
};

class SlowMicrosoft : Slow {
 public:
  using Slow::Slow;

  SlowDates dates() {
    for (std::size_t i = 0; i < size(); ++i) d_.early_start[i] = d_.early_finish[i] = begins(i);
    until_nothing_changes([&](std::size_t i) { early(i); });
    ends_of_projects();
    for (std::size_t i = 0; i < size(); ++i) d_.late_start[i] = d_.late_finish[i] = due_[part(i)];
    until_nothing_changes([&](std::size_t i) { late(i); });
    bool any = false;
    for (std::size_t i = 0; i < size(); ++i) {
      if (!waits(i)) continue;
      any = true;
      d_.early_start[i] = d_.late_start[i], d_.early_finish[i] = d_.late_finish[i];
    }
    if (any) {
      until_nothing_changes([&](std::size_t i) {
        if (!waits(i)) early(i);
      });
    }
    for (std::size_t i = 0; i < size(); ++i) slacks(i);
    show_what_happened();
    return d_;
  }

 private:
  [[nodiscard]] std::int64_t begins(std::size_t i) const {
    return minute(facts_.subprojects[part(i)].planned_start);
  }
  [[nodiscard]] bool manual(std::size_t i) const { return at(i).microsoft.manual; }
  [[nodiscard]] bool waits(std::size_t i) const {
    return at(i).constraint.kind == ConstraintKind::AsLateAsPossible && !started(i) && !manual(i);
  }
  [[nodiscard]] std::int64_t plus(std::size_t i, std::int64_t t, std::int64_t work) const {
    return at(i).microsoft.elapsed_duration ? t + work : walk(i).add(t, work);
  }
  [[nodiscard]] std::int64_t next(std::size_t i, std::int64_t t) const {
    return at(i).microsoft.elapsed_duration ? t : walk(i).next(t);
  }
  [[nodiscard]] std::int64_t previous(std::size_t i, std::int64_t t) const {
    return at(i).microsoft.elapsed_duration ? t : walk(i).previous(t);
  }
  [[nodiscard]] std::int64_t span(std::size_t i, std::int64_t a, std::int64_t b) const {
    return at(i).microsoft.elapsed_duration ? b - a : walk(i).between(a, b);
  }
  [[nodiscard]] std::int64_t begin(std::size_t i, std::int64_t t) const {
    if (length(i) > 0) return next(i, t);
    return previous(i, t) == t ? t : next(i, t);
  }
  [[nodiscard]] std::int64_t delay(std::size_t i) const {
    return at(i).microsoft.levelling_delay.seconds / 60;
  }
  [[nodiscard]] std::int64_t still(std::size_t i) const { return started(i) ? left(i) : length(i); }

  void early(std::size_t i) {
    auto const& progress = at(i).progress;
    if (started(i)) {
      d_.early_start[i] = minute(progress.actual_start);
      d_.early_finish[i] = done(i)            ? minute(progress.actual_finish)
                           : progress.resumed ? plus(i, minute(progress.resumed), left(i))
                                              : plus(i, d_.early_start[i], length(i));
      if (!done(i) && at(i).constraint.kind == ConstraintKind::FinishNoEarlierThan)
        d_.early_finish[i] = std::max(d_.early_finish[i], minute(at(i).constraint.date));
      return;
    }
    if (manual(i)) {
      d_.early_start[i] = minute(at(i).microsoft.manual_start);
      d_.early_finish[i] = minute(at(i).microsoft.manual_finish);
      return;
    }
    bool first = true, at_the_start = true;
    std::int64_t start = begins(i), held = never;
    for (auto const& link : facts_.links) first = first && to(link) != i;
    if (first && (at(i).constraint.kind == ConstraintKind::StartNoEarlierThan ||
                  at(i).constraint.kind == ConstraintKind::FinishNoEarlierThan))
      start = never;
    for (auto const& link : facts_.links) {
      if (to(link) != i) continue;
      auto const p = from(link);
      auto t = starts_from_start(link.type) ? d_.early_start[p] : d_.early_finish[p];
      if (!holds_start(link.type)) held = std::max(held, moved(link, t, lag(link)));
      if (link.type == LinkType::FinishToFinish) t = plus(i, t, -left(i));
      if (link.type == LinkType::StartToFinish) t = plus(i, t, -length(i));
      t = moved(link, t, lag(link));
      if (!holds_start(link.type)) t = std::max(t, begins(i));
      if (begin(i, t) > start) start = begin(i, t), at_the_start = false;
    }
    auto const date = minute(at(i).constraint.date);
    auto const set = [&](std::int64_t t) { start = t, at_the_start = false; };
    auto const start_of = [&] { return plus(i, date, -length(i)); };
    switch (at(i).constraint.kind) {
      case ConstraintKind::StartNoEarlierThan:
        if (date > start) set(date);
        break;
      case ConstraintKind::FinishNoEarlierThan:
        if (start_of() > start) set(start_of());
        break;
      case ConstraintKind::StartNoLaterThan:
        if (date < start) set(date);
        break;
      case ConstraintKind::FinishNoLaterThan:
        if (start_of() < start) set(start_of());
        break;
      case ConstraintKind::MandatoryStart:
        set(date);
        break;
      case ConstraintKind::MandatoryFinish:
        set(start_of());
        break;
      default:
        break;
    }
    if (delay(i) > 0) set(begin(i, start) + delay(i));
    if (!(length(i) == 0 && first && at_the_start)) start = begin(i, start);
    d_.early_start[i] = start;
    d_.early_finish[i] = plus(i, start, length(i));
    bool const later_in_the_same_pause =
        length(i) > 0 && held > d_.early_finish[i] && span(i, d_.early_finish[i], held) == 0;
    if (later_in_the_same_pause) d_.early_finish[i] = held;
  }

  void late(std::size_t i) {
    std::int64_t finish = due_[part(i)];
    bool open = true;
    for (auto const& link : facts_.links) {
      auto const s = to(link);
      if (from(link) != i || done(s)) continue;
      open = false;
      if (starts_from_start(link.type) && (started(i) || manual(i))) continue;
      auto t = d_.late_finish[s];
      if (holds_start(link.type))
        t = (started(s) ? plus(s, d_.late_finish[s], -left(s)) : d_.late_start[s]) - delay(s);
      t = moved(link, t, -lag(link));
      if (starts_from_start(link.type)) t = plus(i, t, still(i));
      finish = std::min(finish, t);
    }
    if (open && rules_.open_ends_critical) finish = std::min(finish, d_.early_finish[i]);
    if (at(i).deadline) finish = std::min(finish, minute(at(i).deadline));
    auto const date = minute(at(i).constraint.date);
    if (!started(i)) {
      switch (at(i).constraint.kind) {
        case ConstraintKind::StartNoLaterThan:
          finish = std::min(finish, plus(i, date, still(i)));
          break;
        case ConstraintKind::FinishNoLaterThan:
          finish = std::min(finish, date);
          break;
        case ConstraintKind::MandatoryStart:
          finish = plus(i, date, still(i));
          break;
        case ConstraintKind::MandatoryFinish:
          finish = date;
          break;
        default:
          break;
      }
    }
    if (length(i) == 0 && !started(i)) {
      d_.late_start[i] = d_.late_finish[i] = std::min(next(i, finish), due_[part(i)]);
    } else {
      d_.late_finish[i] = manual(i) ? finish : previous(i, finish);
      d_.late_start[i] = plus(i, d_.late_finish[i], -still(i));
    }
    if (started(i)) d_.late_start[i] = minute(at(i).progress.actual_start);
  }

  void slacks(std::size_t i) {
    auto const by_start = span(i, d_.early_start[i], d_.late_start[i]);
    auto const by_finish = span(i, d_.early_finish[i], d_.late_finish[i]);
    d_.total_float[i] = started(i) ? by_finish : std::min(by_start, by_finish);
    std::optional<std::int64_t> free;
    for (auto const& link : facts_.links) {
      auto const s = to(link);
      if (from(link) != i || done(s)) continue;
      auto const there =
          moved(link, holds_start(link.type) ? d_.early_start[s] : d_.early_finish[s], -lag(link));
      auto const gap = span(i, starts_from_start(link.type) ? d_.early_start[i] : d_.early_finish[i], there);
      free = std::min(free.value_or(gap), gap);
    }
    bool const waiting = at(i).constraint.kind == ConstraintKind::AsLateAsPossible;
    auto const slack = waiting ? d_.total_float[i] : free.value_or(d_.total_float[i]);
    d_.free_float[i] = std::max<std::int64_t>(0, slack);
  }
};

}  // namespace

SlowDates slow_schedule(Facts const& facts, Rules const& rules) {
  if (rules.tool == Tool::Microsoft) return SlowMicrosoft(facts, rules).dates();
  return SlowPrimavera(facts, rules).dates();
}

}  // namespace rapport::support
