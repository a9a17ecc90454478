// Early dates as Primavera P6 computes them. docs/explanation/scheduling-rules.md tells the rules.

#include <algorithm>

#include "schedule/pass.h"

namespace rapport {
namespace {

/// The instant at which the link lets the end of its successor go.
std::int64_t release(Pass const& pass, std::uint32_t link) {
  auto const p = pass.links.predecessor[link];
  std::int64_t const base =
      from_start(pass.links.type[link]) ? pass.out.early_start[p] : pass.out.early_finish[p];
  if (pass.links.lag[link] == 0) return base;
  auto const wait = primavera_wait(pass, link);
  auto const& calendar = lag_calendar(pass, link);
  return wait.from_actual_start ? add(calendar, pass.activity.actual_start[p], wait.lag)
                                : add(calendar, base, wait.left);
}

std::int64_t start_point(Pass const& pass, std::uint32_t i, std::int64_t t) {
  if (pass.completed(i)) return t;  // Nothing of it is left to wait for working time.
  auto const& calendar = pass.calendar(i);
  return pass.activity.kind[i] == ActivityKind::FinishMilestone ? finish_point(calendar, t)
                                                                : work_begins(pass, i, calendar, t);
}

bool is_mandatory(ConstraintKind kind) {
  return kind == ConstraintKind::MandatoryStart || kind == ConstraintKind::MandatoryFinish;
}

bool is_free(ConstraintKind kind) {
  return kind == ConstraintKind::None || kind == ConstraintKind::AsLateAsPossible;
}

/// Where the link holds the finish of its successor. Of start-holding links: the start.
std::int64_t held(Pass const& pass, std::uint32_t link) {
  auto const i = pass.links.successor[link];
  std::int64_t const t = release(pass, link);
  return to_finish(pass.links.type[link]) && !pass.completed(i) ? finish_point(pass.calendar(i), t) : t;
}

/// From when on the link lets its successor start.
std::int64_t start_of_held(Pass const& pass, std::uint32_t link, std::int64_t held) {
  auto const i = pass.links.successor[link];
  if (!to_finish(pass.links.type[link])) return held;
  return start_of_work(pass, i, pass.calendar(i), held, pass.activity.remaining[i]);
}

struct Early {
  std::int64_t start;
  Cause cause;

  void later(std::int64_t t, Cause why) {
    if (t > start) start = t, cause = why;
  }
};

void constrain(Pass const& pass, std::uint32_t i, ConstraintKind kind, std::int64_t date, Early& early) {
  auto const& calendar = pass.calendar(i);
  std::int64_t const remaining = pass.activity.remaining[i];
  auto const now = pass.data_date[pass.activity.subproject[i]];
  switch (kind) {
    case ConstraintKind::StartNoEarlierThan:
    case ConstraintKind::StartOn:
      early.later(start_point(pass, i, date), {Driver::Constraint});
      break;
    case ConstraintKind::FinishNoEarlierThan:
    case ConstraintKind::FinishOn:
      early.later(start_point(pass, i, start_of_work(pass, i, calendar, date, remaining)),
                  {Driver::Constraint});
      break;
    case ConstraintKind::MandatoryStart:
      early = {start_point(pass, i, std::max(date, now)), {Driver::Constraint}};
      break;
    case ConstraintKind::MandatoryFinish:
      early = {start_point(pass, i, std::max(start_of_work(pass, i, calendar, date, remaining), now)),
               {Driver::Constraint}};
      break;
    default:
      break;
  }
}

/// Of an activity that is plain, the rules of primavera_early that are left. Ranks on its calendar stand for
/// instants wherever one question to the calendar then does for two. In line, so that a loop over all keeps
/// what it needs in registers.
[[gnu::always_inline]] inline void early_of_plain(Pass& pass, std::uint32_t i) {
  auto const& links = pass.links;
  auto& out = pass.out;
  auto const& times = pass.calendar(i).tables();
  std::int64_t const now = pass.data_date[pass.activity.subproject[i]],
                     remaining = pass.activity.remaining[i];
  std::int64_t* const lets_go = pass.lets_go.data();
  std::int64_t const *const starts = out.early_start.data(), *const finishes = out.early_finish.data();
  std::uint32_t const first = pass.first_in[i], last = pass.last_in[i];
  LetGo finish;
  std::int64_t latest = no_instant;
  for (auto k = first; k < last; ++k) {
    lets_go[k] = no_instant;
    auto const p = links.predecessor[k];
    if (pass.spans(p) || pass.foreign(k)) continue;
    auto const type = links.type[k];
    std::int64_t t = from_start(type) ? starts[p] : finishes[p];
    if (links.lag[k] != 0) {
      // Of what has not begun the whole lag is left.
      t = pass.activity.plain[p] != 0 ? add(lag_calendar(pass, k), t, lag_seconds(pass, k))
                                      : release(pass, k);
    }
    if (to_finish(type)) {
      std::int64_t const rank = times.rank(t);
      if (std::int64_t const ends = times.earliest(rank); ends != t) t = times.latest(rank);
      finish.later(t, k);
      if (remaining != 0) t = times.begin_of_work(t, rank, remaining);
    }
    lets_go[k] = t;
    latest = std::max(latest, t);
  }
  std::int64_t const rank = times.rank(std::max(now, latest));
  std::int64_t const start = times.latest(rank);
  // What lets it start within the pause before its start drives it as well; the first of them is the reason.
  std::int64_t const pause = times.since(rank);
  std::uint32_t driver = LinkIndex::none;
  for (auto k = last; k-- > first;) {
    bool const drives = lets_go[k] >= pause;
    out.driving[k] = drives;
    driver = drives ? k : driver;
  }
  out.early_start[i] = start;
  out.start_cause[i] = now < pause ? Cause{Driver::Link, driver} : Cause{Driver::DataDate};
  std::int64_t const ends = remaining == 0 ? start : times.end_of_work(start, rank, remaining);
  bool const held = finish.latest > ends;
  out.early_finish[i] = held ? finish.latest : ends;
  out.finish_cause[i] = held ? Cause{Driver::Link, finish.link} : Cause{Driver::Duration};
}

}  // namespace

std::int64_t primavera_lets_go(Pass const& pass, std::uint32_t link) {
  return start_point(pass, pass.links.successor[link], start_of_held(pass, link, held(pass, link)));
}

void primavera_early(Pass& pass, std::uint32_t i) {
  auto const& a = pass.activity;
  auto const& links = pass.links;
  auto& out = pass.out;
  if (pass.spans(i)) return;
  if (pass.plain(i)) return early_of_plain(pass, i);
  auto const& calendar = pass.calendar(i);
  auto const now = pass.data_date[a.subproject[i]];
  std::int64_t const remaining = a.remaining[i];
  if (pass.rules.progress == ProgressLogic::ActualDates && pass.completed(i)) {
    // What happened drives, even after the data date, and nothing reaches through it.
    out.early_start[i] = std::max(now, pass.started(i) ? a.actual_start[i] : now);
    out.early_finish[i] = std::max(now, a.actual_finish[i]);
    out.start_cause[i] = out.finish_cause[i] = {Driver::Actual};
    return;
  }
  // A start milestone that nothing but the data date holds keeps its clock time.
  bool const at_data_date = a.kind[i] == ActivityKind::StartMilestone && pass.at_data_date[a.subproject[i]] &&
                            pass.first_in[i] == pass.last_in[i] && is_free(a.constraint[i]) &&
                            is_free(a.constraint2[i]);
  Early early{at_data_date ? now : start_point(pass, i, now), {Driver::DataDate}};
  if (pass.rules.progress == ProgressLogic::ActualDates && pass.started(i)) {
    early.later(start_point(pass, i, a.actual_start[i]), {Driver::Actual});
  }
  LetGo let_go, finish;
  for (auto k = pass.first_in[i]; k < pass.last_in[i]; ++k) {
    pass.lets_go[k] = no_instant;
    if (pass.spans(links.predecessor[k]) || overridden(pass, k)) continue;
    std::int64_t const t = held(pass, k);
    if (to_finish(links.type[k])) finish.later(t, k);
    pass.lets_go[k] = start_of_held(pass, k, t);
    let_go.later(pass.lets_go[k], k);
  }
  // A later instant never lets it start earlier: one question to the calendar stands for all links.
  if (let_go.latest != no_instant) let_go.start = start_point(pass, i, let_go.latest);
  early.later(let_go.start, {Driver::Link, let_go.link});
  // It stands for a link, and holds what a link would hold.
  bool const external =
      a.external_early_start[i] != no_instant && !pass.rules.ignore_external_links &&
      (!pass.started(i) || (pass.rules.progress == ProgressLogic::RetainedLogic && !pass.completed(i)));
  if (external) early.later(start_point(pass, i, a.external_early_start[i]), {Driver::External});
  if (!pass.started(i)) {
    if (a.constraint[i] != ConstraintKind::None)
      constrain(pass, i, a.constraint[i], a.constraint_date[i], early);
    if (a.constraint2[i] != ConstraintKind::None)
      constrain(pass, i, a.constraint2[i], a.constraint2_date[i], early);
  } else if (a.resumed[i] != no_instant && !pass.completed(i)) {
    early.later(start_point(pass, i, a.resumed[i]), {Driver::Resume});
  }
  bool const drives = let_go.start == early.start && early.cause.driver() != Driver::Constraint;
  mark_driving(pass, i, drives, let_go, [&](std::int64_t t) { return start_point(pass, i, t); });
  out.early_start[i] = early.start;
  out.start_cause[i] = early.cause;
  bool const mandatory = early.cause.driver() == Driver::Constraint &&
                         (is_mandatory(a.constraint[i]) || is_mandatory(a.constraint2[i]));
  if (mandatory) finish = {};
  // Held by a finish, it may end where the next shift begins instead of where the last one ended.
  std::int64_t const ends = finish_of_work(pass, i, calendar, early.start, remaining);
  bool const held_longer = finish.latest > ends;
  out.early_finish[i] = held_longer ? finish.latest : ends;
  out.finish_cause[i] = held_longer ? Cause{Driver::Link, finish.link} : Cause{Driver::Duration};
  // A predecessor that holds the finish beyond the expected one takes the expectation away.
  bool const expected = pass.rules.use_expected_finish && a.expected_finish[i] != no_instant &&
                        !pass.completed(i) && finish.latest <= a.expected_finish[i];
  if (expected) {
    out.early_finish[i] = std::max(early.start, previous_working(calendar, a.expected_finish[i]));
    out.finish_cause[i] = {Driver::ExpectedFinish};
  }
}

void primavera_forward(Pass& pass) {
  std::uint32_t i = 0;
  try {
    for (; i < pass.activities; ++i) {
      if (pass.plain(i))
        early_of_plain(pass, i);
      else
        primavera_early(pass, i);
    }
  } catch (InvalidInput const& why) {
    refuse_activity(pass, i, why);
  }
}

}  // namespace rapport
