// Late dates and slack as Microsoft Project computes them.

#include <algorithm>

#include "network/builder.h"
#include "schedule/results.h"

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

/// The finish that the link wants of its predecessor.
std::int64_t demand(Pass const& pass, std::uint32_t link) {
  auto const& out = pass.out;
  auto const p = pass.links.predecessor[link], s = pass.links.successor[link];
  auto const type = pass.links.type[link];
  std::int64_t t = out.late_finish[s];
  if (!to_finish(type)) {
    t = pass.started(s) ? microsoft_start(pass, s, out.late_finish[s], remaining(pass, s))
                        : out.late_start[s];
    t = add(pass.calendars[0], t, -pass.microsoft(s).levelling_delay.seconds);
  }
  t = microsoft_lag(pass, link, t, -1);
  return from_start(type) ? microsoft_finish(pass, p, t, remaining(pass, p)) : t;
}

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

}  // namespace

void microsoft_late(Pass& pass, std::uint32_t i) {
  auto const& a = pass.activity;
  auto const& links = pass.links;
  auto& out = pass.out;
  if (pass.spans(i)) return;
  auto const& calendar = microsoft_calendar(pass, i);
  Late late{out.must_finish[a.subproject[i]], {Driver::ProjectFinish}};
  bool open = true;
  for (auto o = pass.first_out[i]; o < pass.last_out[i]; ++o) {
    auto const k = links.out[o];
    auto const s = links.successor[k];
    if (stands_still(pass, s) || pass.completed(s)) continue;
    open = false;
    // A summary's start binds the one that starts first; which one that is, the forward pass told.
    if (links.of_summary[k] >= starts_of_summary && pass.lets_go[k] == no_instant &&
        out.early_start[i] != no_instant)
      continue;
    // A start that has happened, or is entered by hand, does not give way.
    if (from_start(links.type[k]) && (pass.started(i) || pass.microsoft(i).manual)) continue;
    late.earlier(demand(pass, k), {Driver::Link, k});
  }
  // Scheduled from the finish, the late dates come before any early ones.
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

void microsoft_backward(Pass& pass) {
  std::uint32_t i = pass.activities;
  try {
    while (i-- > 0) microsoft_late(pass, i);
  } catch (InvalidInput const& why) {
    refuse_activity(pass, i, why);
  }
}

void microsoft_start_from_finish(Pass& pass) {
  auto const& subprojects = pass.network.subprojects();
  auto& out = pass.out;
  for (auto const& part : subprojects) {
    if (!part.must_finish_by) return;
  }
  project_finishes(pass);
  microsoft_backward(pass);
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
  if (pass.completed(i) || pass.microsoft(i).inactive) return;
  // Summaries have no dates yet; see roll_up_summaries.
  if (a.kind[i] == ActivityKind::Summary) return;
  auto const& times = microsoft_calendar(pass, i).tables();
  std::int64_t const start = times.rank(out.early_start[i]), finish = times.rank(out.early_finish[i]);
  std::int64_t const by_start = times.rank(out.late_start[i]) - start;
  std::int64_t const by_finish = times.rank(out.late_finish[i]) - finish;
  out.total_float[i] = pass.started(i) ? by_finish : std::min(by_start, by_finish);
  if (pass.spans(i)) return;
  // What links need of its start and of its finish: the earliest of each has the least slack.
  std::int64_t start_needed = INT64_MAX, finish_needed = INT64_MAX;
  for (auto o = pass.first_out[i]; o < pass.last_out[i]; ++o) {
    auto const k = links.out[o];
    auto const s = links.successor[k];
    if (stands_still(pass, s) || pass.completed(s) || links.of_summary[k]) continue;
    std::int64_t const to = to_finish(links.type[k]) ? out.early_finish[s] : out.early_start[s];
    auto& needed = from_start(links.type[k]) ? start_needed : finish_needed;
    needed = std::min(needed, microsoft_lag(pass, k, to, -1));
  }
  std::int64_t free = INT64_MAX;
  if (start_needed != INT64_MAX) free = times.rank(start_needed) - start;
  if (finish_needed != INT64_MAX) free = std::min(free, times.rank(finish_needed) - finish);
  if (free == INT64_MAX) free = out.total_float[i];
  if (a.constraint[i] == ConstraintKind::AsLateAsPossible) free = out.total_float[i];
  out.free_float[i] = std::max<std::int64_t>(0, free);
}

void microsoft_floats(Pass& pass) {
  for (std::uint32_t i = 0; i < pass.activities; ++i) microsoft_float(pass, i);
}

void microsoft_as_late_as_possible(Pass& pass) {
  auto const& a = pass.activity;
  auto& out = pass.out;
  std::vector<std::uint8_t> placed(pass.activities, 0);
  bool any = false;
  for (std::uint32_t i = 0; i < pass.activities; ++i) {
    bool const moves = a.constraint[i] == ConstraintKind::AsLateAsPossible && !pass.started(i) &&
                       !stands_still(pass, i) && !pass.microsoft(i).manual;
    if (!moves) continue;
    placed[i] = 1;
    any = true;
    out.early_start[i] = out.late_start[i], out.early_finish[i] = out.late_finish[i];
    out.start_cause[i] = out.late_start_cause[i], out.finish_cause[i] = out.late_finish_cause[i];
  }
  if (any) microsoft_forward(pass, placed.data());
}

}  // namespace rapport
