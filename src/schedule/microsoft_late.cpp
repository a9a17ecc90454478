// Late dates and slack as Microsoft Project computes them.

#include <algorithm>

#include "network/builder.h"
#include "schedule/pass.h"

namespace rapport {
namespace {

struct Late {
  std::int64_t finish;
  Cause cause;

  void earlier(std::int64_t t, Cause why) {
    if (t < finish) finish = t, cause = why;
  }
  void later(std::int64_t t, Cause why) {
    if (t > finish) finish = t, cause = why;
  }
};

std::int64_t remaining(Pass const& pass, std::uint32_t i) {
  return pass.started(i) ? pass.activity.remaining[i] : pass.activity.duration[i];
}

}  // namespace

std::int64_t start_without_levelling(Pass const& pass, std::uint32_t i) {
  auto const& out = pass.out;
  std::int64_t const start =
      pass.started(i) ? microsoft_start(pass, i, out.late_finish[i], remaining(pass, i)) : out.late_start[i];
  return add(pass.calendars[0], start, -pass.microsoft(i).levelling_delay.seconds);
}

namespace {

void constrain(Pass const& pass, std::uint32_t i, ConstraintKind kind, std::int64_t date, Late& late) {
  Cause const cause{Driver::Constraint};
  auto const finish_of = [&] { return microsoft_finish(pass, i, date, remaining(pass, i)); };
  switch (kind) {
    case ConstraintKind::StartNoLaterThan:
      late.earlier(finish_of(), cause);
      break;
    case ConstraintKind::FinishNoLaterThan:
      late.earlier(date, cause);
      break;
    case ConstraintKind::StartNoEarlierThan:
      if (pass.rules.from_finish) late.later(finish_of(), cause);
      break;
    case ConstraintKind::FinishNoEarlierThan:
      if (pass.rules.from_finish) late.later(date, cause);
      break;
    case ConstraintKind::StartOn:
    case ConstraintKind::MandatoryStart:
      late = {finish_of(), cause};
      break;
    case ConstraintKind::FinishOn:
    case ConstraintKind::MandatoryFinish:
      late = {date, cause};
      break;
    default:
      break;
  }
}

/// Where nothing follows, the total slack.
std::int64_t free_slack(Pass const& pass, WorkingTime::Tables const& times, std::uint32_t i, Needed needed,
                        std::int64_t finish_rank) {
  return needed.nothing() ? std::max<std::int64_t>(0, pass.out.total_float[i])
                          : needed.free_float(pass, times, i, finish_rank);
}

/// Plain, and it lasts: for these the rules are few.
bool goes_short_way(Pass const& pass, std::uint32_t i) {
  return pass.plain(i) && pass.activity.duration[i] > 0;
}

/// A summary's start binds the one that starts first; which one that is, the forward pass told.
bool another_starts_first(Pass const& pass, std::uint32_t link) {
  return pass.links.of_summary[link] >= starts_of_summary && pass.lets_go[link] == no_instant &&
         pass.out.early_start[pass.links.predecessor[link]] != no_instant;
}

/// Of a task that is plain and lasts, the rules of microsoft_late that are left, and with floats those of
/// microsoft_float: they look at the same links. In line, as early_of_plain.
template <bool with_floats>
[[gnu::always_inline]] inline void late_of_plain(Pass& pass, std::uint32_t i) {
  auto const& a = pass.activity;
  auto const& links = pass.links;
  auto& out = pass.out;
  auto const& times = pass.calendar(i).tables();
  std::int64_t const duration = a.duration[i];
  // What links leave of its working time; the first that leaves least is the reason.
  std::int64_t rank = times.rank(out.must_finish[a.subproject[i]]);
  std::uint32_t from = LinkIndex::none;
  Needed needed;
  bool open = true;
  for (auto o = pass.first_out[i], last = pass.last_out[i]; o < last; ++o) {
    auto const k = links.out[o];
    auto const link = pass.link_out(o);
    auto const s = link.successor;
    auto const type = link.type;
    bool const plain = a.plain[s] != 0;
    if (!plain && (stands_still(pass, s) || pass.completed(s))) continue;
    open = false;
    bool const counts = !link.of_summary;
    std::int64_t t = to_finish(type) ? out.late_finish[s] : out.late_start[s];
    std::int64_t early = 0;
    if constexpr (with_floats) early = to_finish(type) ? out.early_finish[s] : out.early_start[s];
    if (!plain && !to_finish(type)) t = start_without_levelling(pass, s);
    if (link.lagged) {
      auto const [lag_times, lag] = lag_out(pass, i, o, link);
      t = add(lag_times, t, -lag);
      if constexpr (with_floats) {
        if (counts) early = add(lag_times, early, -lag);
      }
    }
    if constexpr (with_floats) {
      if (counts) needed.of(type, early);
    }
    if (link.of_summary && another_starts_first(pass, k)) continue;
    std::int64_t const left = times.rank(t) + (from_start(type) ? duration : 0);
    from = left < rank ? k : from;
    rank = std::min(rank, left);
  }
  // Scheduled from the finish, the late dates come before any early ones.
  if (open && pass.rules.open_ends_critical && out.early_finish[i] != no_instant)
    rank = std::min(rank, times.rank(out.early_finish[i]));
  out.late_finish[i] = times.earliest(rank);
  out.late_start[i] = times.begin_of_work(out.late_finish[i], rank, duration);
  out.late_finish_cause[i] = {from == LinkIndex::none ? Driver::ProjectFinish : Driver::Link, from};
  out.late_start_cause[i] = {Driver::Duration};
  if constexpr (with_floats) {
    std::int64_t const start = times.rank(out.early_start[i]), finish = times.rank(out.early_finish[i]);
    out.total_float[i] = std::min(times.rank(out.late_start[i]) - start, rank - finish);
    out.free_float[i] = free_slack(pass, times, i, needed, finish);
  }
}

}  // namespace

std::int64_t microsoft_demands(Pass const& pass, std::uint32_t link) {
  auto const& out = pass.out;
  auto const p = pass.links.predecessor[link], s = pass.links.successor[link];
  auto const type = pass.links.type[link];
  std::int64_t const end = to_finish(type) ? out.late_finish[s] : start_without_levelling(pass, s);
  std::int64_t const t = microsoft_lag(pass, link, end, -1);
  return from_start(type) ? microsoft_finish(pass, p, t, remaining(pass, p)) : t;
}

void microsoft_late(Pass& pass, std::uint32_t i) {
  auto const& a = pass.activity;
  auto const& links = pass.links;
  auto& out = pass.out;
  if (pass.spans(i)) return;
  if (goes_short_way(pass, i)) return late_of_plain<false>(pass, i);
  auto const& calendar = microsoft_calendar(pass, i);
  Late late{out.must_finish[a.subproject[i]], {Driver::ProjectFinish}};
  bool open = true;
  for (auto o = pass.first_out[i]; o < pass.last_out[i]; ++o) {
    auto const k = links.out[o];
    auto const s = links.successor[k];
    if (stands_still(pass, s) || pass.completed(s)) continue;
    open = false;
    if (another_starts_first(pass, k)) continue;
    // A start that has happened, or is entered by hand, does not give way.
    if (from_start(links.type[k]) && (pass.started(i) || pass.microsoft(i).manual)) continue;
    late.earlier(microsoft_demands(pass, k), {Driver::Link, k});
  }
  if (open && pass.rules.open_ends_critical && out.early_finish[i] != no_instant)
    late.earlier(out.early_finish[i], {Driver::ProjectFinish});
  if (a.deadline[i] != no_instant) late.earlier(a.deadline[i], {Driver::Constraint});
  if (!pass.started(i)) constrain(pass, i, a.constraint[i], a.constraint_date[i], late);
  out.late_finish_cause[i] = late.cause;
  out.late_start_cause[i] = {Driver::Duration};
  if (a.duration[i] == 0 && !pass.started(i)) {
    // A milestone waits for the next working time, unless the project ends before it.
    out.late_start[i] = out.late_finish[i] =
        std::min(next_working(calendar, late.finish), out.must_finish[a.subproject[i]]);
  } else {
    bool const manual = pass.microsoft(i).manual;
    out.late_finish[i] = manual ? late.finish : work_ends(pass, i, calendar, late.finish);
    out.late_start[i] = microsoft_start(pass, i, out.late_finish[i], remaining(pass, i));
  }
  if (pass.started(i)) {
    out.late_start[i] = a.actual_start[i];
    out.late_start_cause[i] = {Driver::Actual};
  }
}

void microsoft_late_with_float(Pass& pass, std::uint32_t i) {
  goes_short_way(pass, i) ? late_of_plain<true>(pass, i) : microsoft_late(pass, i);
}

namespace {

template <class Late>
void backward(Pass& pass, Late late_of) {
  std::uint32_t i = pass.activities;
  try {
    while (i-- > 0) late_of(pass, i);
  } catch (InvalidInput const& why) {
    refuse_activity(pass, i, why);
  }
}

}  // namespace

void microsoft_backward(Pass& pass) {
  backward(pass, [](Pass& each, std::uint32_t i) {
    if (goes_short_way(each, i))
      late_of_plain<true>(each, i);
    else
      microsoft_late(each, i);
  });
}

void microsoft_start_from_finish(Pass& pass) {
  auto const& subprojects = pass.network.subprojects();
  auto& out = pass.out;
  for (auto const& part : subprojects) {
    if (!part.must_finish_by) return;
  }
  // There are no early dates yet, and no slack.
  std::fill(out.early_start.begin(), out.early_start.end(), no_instant);
  std::fill(out.early_finish.begin(), out.early_finish.end(), no_instant);
  project_finishes(pass);
  backward(pass, microsoft_late);
  std::vector<std::int64_t> first(subprojects.size(), INT64_MAX);
  for (std::uint32_t i = 0; i < pass.activities; ++i) {
    if (stands_still(pass, i)) continue;
    auto& earliest = first[pass.activity.subproject[i]];
    earliest = std::min(earliest, out.late_start[i]);
  }
  for (std::size_t k = 0; k < first.size(); ++k) {
    if (first[k] != INT64_MAX) pass.data_date[k] = first[k];
  }
}

void microsoft_float(Pass& pass, std::uint32_t i) {
  auto const& a = pass.activity;
  auto const& links = pass.links;
  auto& out = pass.out;
  if (pass.completed(i) || pass.inactive(i)) return;
  // Summaries have no dates yet; see roll_up_summaries.
  if (a.kind[i] == ActivityKind::Summary) return;
  auto const& times = microsoft_calendar(pass, i).tables();
  std::int64_t const start = times.rank(out.early_start[i]), finish = times.rank(out.early_finish[i]);
  std::int64_t const by_start = times.rank(out.late_start[i]) - start;
  std::int64_t const by_finish = times.rank(out.late_finish[i]) - finish;
  out.total_float[i] = pass.started(i) ? by_finish : std::min(by_start, by_finish);
  if (pass.spans(i)) return;
  Needed needed;
  for (auto o = pass.first_out[i]; o < pass.last_out[i]; ++o) {
    auto const k = links.out[o];
    auto const s = links.successor[k];
    if (stands_still(pass, s) || pass.completed(s) || links.of_summary[k]) continue;
    std::int64_t const to = to_finish(links.type[k]) ? out.early_finish[s] : out.early_start[s];
    needed.of(links.type[k], microsoft_lag(pass, k, to, -1));
  }
  bool const late_one = a.constraint[i] == ConstraintKind::AsLateAsPossible;
  out.free_float[i] =
      late_one ? std::max<std::int64_t>(0, out.total_float[i]) : free_slack(pass, times, i, needed, finish);
}

void microsoft_floats(Pass& pass, bool all) {
  for (std::uint32_t i = 0; i < pass.activities; ++i)
    if (all || !goes_short_way(pass, i)) microsoft_float(pass, i);
}

bool microsoft_as_late_as_possible(Pass& pass) {
  auto const& a = pass.activity;
  auto& out = pass.out;
  std::vector<std::uint8_t> placed;
  pass.each_special(0, pass.activities, [&](std::uint32_t i) {
    bool const moves = a.constraint[i] == ConstraintKind::AsLateAsPossible && !pass.started(i) &&
                       !stands_still(pass, i) && !pass.microsoft(i).manual;
    if (!moves) return;
    placed.resize(pass.activities);
    placed[i] = 1;
    out.early_start[i] = out.late_start[i], out.early_finish[i] = out.late_finish[i];
    out.start_cause[i] = out.late_start_cause[i], out.finish_cause[i] = out.late_finish_cause[i];
  });
  if (!placed.empty()) microsoft_forward(pass, placed.data());
  return !placed.empty();
}

}  // namespace rapport
