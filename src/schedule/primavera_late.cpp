// Late dates and floats as Primavera P6 computes them.

#include <algorithm>

#include "schedule/pass.h"

namespace rapport {
namespace {

struct Late {
  std::int64_t finish;
  Cause cause;

  void earlier(std::int64_t t, Cause why) {
    if (t < finish) finish = t, cause = why;
  }
};

std::int64_t finish_of_start(Pass const& pass, std::uint32_t i, std::int64_t start, std::int64_t remaining) {
  auto const& calendar = pass.calendar(i);
  return remaining == 0 ? start : finish_of_work(pass, i, calendar, start, remaining);
}

void constrain(Pass const& pass, std::uint32_t i, ConstraintKind kind, std::int64_t date,
               std::int64_t remaining, Late& late) {
  switch (kind) {
    case ConstraintKind::StartNoLaterThan:
    case ConstraintKind::StartOn:
      late.earlier(finish_of_start(pass, i, date, remaining), {Driver::Constraint});
      break;
    case ConstraintKind::FinishNoLaterThan:
    case ConstraintKind::FinishOn:
      late.earlier(date, {Driver::Constraint});
      break;
    case ConstraintKind::MandatoryStart:
      late = {finish_of_start(pass, i, date, remaining), {Driver::Constraint}};
      break;
    case ConstraintKind::MandatoryFinish:
      late = {date, {Driver::Constraint}};
      break;
    default:
      break;
  }
}

/// Of an activity that is plain, the rules of primavera_late that are left, and with floats those of
/// primavera_float: they look at the same links. In line, as early_of_plain.
template <bool with_floats>
[[gnu::always_inline]] inline void late_of_plain(Pass& pass, std::uint32_t i) {
  auto const& links = pass.links;
  auto& out = pass.out;
  auto const& times = pass.calendar(i).tables();
  std::int64_t const remaining = pass.activity.remaining[i];
  std::int64_t const *const starts = out.late_start.data(), *const finishes = out.late_finish.data();
  // What links leave of its working time; the first that leaves least is the reason.
  std::int64_t rank = times.rank(out.must_finish[pass.activity.subproject[i]]), start = INT64_MAX;
  std::uint32_t from = LinkIndex::none;
  Needed needed;
  bool open = true;
  for (auto o = pass.first_out[i], last = pass.last_out[i]; o < last; ++o) {
    auto const k = links.out[o];
    auto const link = pass.link_out(o);
    auto const s = link.successor;
    auto const type = link.type;
    if (pass.spans(s) || overridden(pass, k)) continue;
    open = false;
    std::int64_t t = to_finish(type) ? finishes[s] : starts[s];
    std::int64_t early = 0;
    if constexpr (with_floats) early = to_finish(type) ? out.early_finish[s] : out.early_start[s];
    if (link.lagged) {
      // It has not begun, so that the whole lag is left.
      auto const [lag_times, lag] = lag_out(pass, i, o, link);
      t = add(lag_times, t, -lag);
      if constexpr (with_floats) early = add(lag_times, early, -lag);
    }
    if constexpr (with_floats) needed.of(type, early);
    std::int64_t left = times.rank(t);
    if (from_start(type)) {
      start = std::min(start, times.latest(left) == t ? t : times.earliest(left));
      left += remaining;
    }
    from = left < rank ? k : from;
    rank = std::min(rank, left);
  }
  if (open && pass.rules.open_ends_critical) rank = times.rank(out.early_finish[i]);
  std::int64_t const finish = times.earliest(rank);
  out.late_finish[i] = finish;
  out.late_start[i] = std::min(start, remaining == 0 ? finish : times.begin_of_work(finish, rank, remaining));
  out.late_finish_cause[i] = {from == LinkIndex::none ? Driver::ProjectFinish : Driver::Link, from};
  out.late_start_cause[i] = {Driver::Duration};
  if constexpr (with_floats) {
    std::int64_t const early_finish = times.rank(out.early_finish[i]);
    std::int64_t total = rank - early_finish;
    if (pass.rules.total_float != FloatBy::Finish) {
      std::int64_t const by_start = times.rank(out.late_start[i]) - times.rank(out.early_start[i]);
      total = pass.rules.total_float == FloatBy::Start ? by_start : std::min(by_start, total);
    }
    out.total_float[i] = total;
    // Where nothing follows, what is needed is the finish of the project.
    if (open) needed.finish = out.scheduled_finish[pass.activity.subproject[i]];
    out.free_float[i] = needed.free_float(pass, times, i, early_finish);
  }
}

}  // namespace

std::int64_t primavera_demands(Pass const& pass, std::uint32_t link) {
  auto const s = pass.links.successor[link];
  std::int64_t const base =
      to_finish(pass.links.type[link]) ? pass.out.late_finish[s] : pass.out.late_start[s];
  if (pass.links.lag[link] == 0) return base;
  return add(lag_calendar(pass, link), base, -primavera_wait(pass, link).left);
}

void primavera_late(Pass& pass, std::uint32_t i) {
  auto const& a = pass.activity;
  auto const& links = pass.links;
  auto& out = pass.out;
  if (pass.spans(i)) return;
  if (pass.plain(i)) return late_of_plain<false>(pass, i);
  auto const& calendar = pass.calendar(i);
  // With an expected finish what remains is what lies before it.
  std::int64_t const remaining = out.finish_cause[i].driver() == Driver::ExpectedFinish
                                     ? between(calendar, out.early_start[i], out.early_finish[i])
                                     : a.remaining[i];
  Late late{out.must_finish[a.subproject[i]], {Driver::ProjectFinish}};
  bool open = true;
  std::int64_t first = late.finish;
  std::uint32_t from = LinkIndex::none;
  std::int64_t start = INT64_MAX;
  for (auto o = pass.first_out[i]; o < pass.last_out[i]; ++o) {
    auto const k = links.out[o];
    if (pass.spans(links.successor[k]) || overridden(pass, k)) continue;
    open = false;
    std::int64_t t = primavera_demands(pass, k);
    if (from_start(links.type[k]) && !pass.completed(i)) {
      t = begin_point(calendar, t);
      start = std::min(start, t);
      t = finish_of_start(pass, i, t, remaining);
    }
    from = t < first ? k : from;
    first = std::min(first, t);
  }
  late.earlier(first, {Driver::Link, from});
  if (open && pass.rules.open_ends_critical) late = {out.early_finish[i], {Driver::ProjectFinish}};
  if (a.external_late_finish[i] != no_instant && !pass.rules.ignore_external_links) {
    // What follows nothing here is followed there, and need not end with this project.
    if (open)
      late = {a.external_late_finish[i], {Driver::External}};
    else
      late.earlier(a.external_late_finish[i], {Driver::External});
  }
  for (auto [kind, date] : {std::pair{a.constraint[i], a.constraint_date[i]},
                            std::pair{a.constraint2[i], a.constraint2_date[i]}}) {
    if (kind == ConstraintKind::None) continue;
    bool const of_finish = kind == ConstraintKind::FinishNoLaterThan || kind == ConstraintKind::FinishOn ||
                           kind == ConstraintKind::MandatoryFinish;
    // A date that has come true asks for nothing any more.
    if (of_finish ? pass.completed(i) : pass.started(i)) continue;
    constrain(pass, i, kind, date, remaining, late);
    // A mandatory date overrules what successors ask of the start as well.
    if (kind == ConstraintKind::MandatoryStart || kind == ConstraintKind::MandatoryFinish) start = INT64_MAX;
  }
  if (pass.completed(i)) {
    out.late_finish[i] = out.late_start[i] = late.finish;
  } else if (a.kind[i] == ActivityKind::StartMilestone) {
    auto const stated = late.cause.driver() == Driver::Link ? pass.stated_work(i) : 0;
    out.late_finish[i] = out.late_start[i] = stated != 0
                                                 ? finish_of_work(pass, i, calendar, late.finish, stated)
                                                 : begin_point(calendar, late.finish);
  } else {
    out.late_finish[i] = work_ends(pass, i, calendar, late.finish);
    out.late_start[i] =
        remaining == 0 ? out.late_finish[i] : start_of_work(pass, i, calendar, out.late_finish[i], remaining);
    // Held by a start, it may begin where the last shift ended instead of where the next one begins.
    out.late_start[i] = std::min(out.late_start[i], start);
  }
  out.late_finish_cause[i] = late.cause;
  out.late_start_cause[i] = {Driver::Duration};
}

void primavera_late_with_float(Pass& pass, std::uint32_t i) {
  pass.plain(i) ? late_of_plain<true>(pass, i) : primavera_late(pass, i);
}

void primavera_backward(Pass& pass) {
  std::uint32_t i = pass.activities;
  try {
    while (i-- > 0) {
      if (pass.plain(i))
        late_of_plain<true>(pass, i);
      else
        primavera_late(pass, i);
    }
  } catch (InvalidInput const& why) {
    refuse_activity(pass, i, why);
  }
}

void primavera_float(Pass& pass, std::uint32_t i) {
  auto const& a = pass.activity;
  auto const& links = pass.links;
  auto& out = pass.out;
  // Summaries have no dates yet; see roll_up_summaries.
  if (pass.completed(i) || a.kind[i] == ActivityKind::Summary) return;
  auto const& times = pass.calendar(i).tables();
  std::int64_t const finish = times.rank(out.early_finish[i]);
  auto const by_start = [&] { return times.rank(out.late_start[i]) - times.rank(out.early_start[i]); };
  auto const by_finish = [&] { return times.rank(out.late_finish[i]) - finish; };
  auto const by = pass.started(i) ? FloatBy::Finish : pass.rules.total_float;
  out.total_float[i] = by == FloatBy::Start    ? by_start()
                       : by == FloatBy::Finish ? by_finish()
                                               : std::min(by_start(), by_finish());
  // What is expected to finish on a day has no free float.
  bool const expected = pass.rules.use_expected_finish && a.expected_finish[i] != no_instant;
  if (pass.spans(i) || expected) return;
  Needed needed;
  for (auto o = pass.first_out[i]; o < pass.last_out[i]; ++o) {
    auto const k = links.out[o];
    if (pass.spans(links.successor[k]) || overridden(pass, k)) continue;
    needed.of(links.type[k], link_needs(pass, k));
  }
  bool const open = needed.nothing();
  if (open) needed.finish = out.scheduled_finish[a.subproject[i]];
  out.free_float[i] = needed.free_float(pass, times, i, finish + (open ? 0 : pass.stated_work(i)));
}

void primavera_floats(Pass& pass) {
  pass.each_special(0, pass.activities, [&](std::uint32_t i) { primavera_float(pass, i); });
}

}  // namespace rapport
