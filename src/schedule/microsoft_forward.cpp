// Early dates as Microsoft Project computes them. docs/explanation/scheduling-rules.md tells the rules.

#include <algorithm>

#include "network/builder.h"
#include "schedule/pass.h"

namespace rapport {

namespace {

/// The parts of a split task in its own working time, and the pauses before them: they move with the task.
struct Part {
  std::int64_t pause, work;
};

std::vector<Part> parts_of(WorkingTime const& calendar, std::vector<Split> const& splits) {
  std::vector<Part> parts;
  for (std::size_t k = 0; k < splits.size(); ++k) {
    std::int64_t const pause = k == 0 ? 0 : calendar.between(splits[k - 1].finish, splits[k].start).seconds;
    parts.push_back({pause, calendar.between(splits[k].start, splits[k].finish).seconds});
  }
  return parts;
}

/// The last `work` of a split task, from its beginning on.
std::int64_t finish_of_parts(Pass const& pass, std::uint32_t i, std::int64_t t, std::int64_t work) {
  auto const& calendar = microsoft_calendar(pass, i);
  std::int64_t done = std::max<std::int64_t>(0, pass.activity.duration[i] - work);
  bool begun = false;
  for (auto part : parts_of(calendar, pass.microsoft(i).splits)) {
    auto const before = std::min(done, part.work);
    done -= before, part.work -= before;
    auto const own = std::min(part.work, work);
    if (own == 0) continue;
    if (begun) t = add(calendar, t, part.pause);
    t = add(calendar, t, own);
    work -= own, begun = true;
  }
  return add(calendar, t, work);
}

std::int64_t start_of_parts(Pass const& pass, std::uint32_t i, std::int64_t t, std::int64_t work) {
  auto const& calendar = microsoft_calendar(pass, i);
  auto const parts = parts_of(calendar, pass.microsoft(i).splits);
  for (auto part = parts.rbegin(); part != parts.rend() && work > 0; ++part) {
    auto const own = std::min(part->work, work);
    t = add(calendar, t, -own);
    work -= own;
    if (work > 0) t = add(calendar, t, -part->pause);
  }
  return add(calendar, t, -work);
}

}  // namespace

std::int64_t microsoft_finish(Pass const& pass, std::uint32_t i, std::int64_t start, std::int64_t work) {
  if (work == 0) return start;
  if (!pass.microsoft(i).splits.empty()) return finish_of_parts(pass, i, start, work);
  return finish_of_work(pass, i, microsoft_calendar(pass, i), start, work);
}

std::int64_t microsoft_start(Pass const& pass, std::uint32_t i, std::int64_t finish, std::int64_t work) {
  if (work == 0) return finish;
  if (!pass.microsoft(i).splits.empty()) return start_of_parts(pass, i, finish, work);
  return start_of_work(pass, i, microsoft_calendar(pass, i), finish, work);
}

namespace {

std::int64_t start_point(Pass const& pass, std::uint32_t i, std::int64_t t) {
  auto const& calendar = microsoft_calendar(pass, i);
  return pass.activity.duration[i] == 0 ? finish_point(calendar, t) : work_begins(pass, i, calendar, t);
}

struct Early {
  std::int64_t start;
  Cause cause;

  void later(std::int64_t t, Cause why) {
    if (t > start) start = t, cause = why;
  }
};

/// The start that the link allows its successor; `finish` becomes later where the link holds that.
std::int64_t release(Pass const& pass, std::uint32_t link, std::int64_t& finish) {
  auto const& a = pass.activity;
  auto const p = pass.links.predecessor[link], s = pass.links.successor[link];
  auto const type = pass.links.type[link];
  std::int64_t t = from_start(type) ? pass.out.early_start[p] : pass.out.early_finish[p];
  if (to_finish(type)) finish = std::max(finish, microsoft_lag(pass, link, t, 1));
  if (type == LinkType::FinishToFinish) t = microsoft_start(pass, s, t, a.remaining[s]);
  if (type == LinkType::StartToFinish) t = microsoft_start(pass, s, t, a.duration[s]);
  return microsoft_lag(pass, link, t, 1);
}

/// Constraints win against the logic: Project honours their dates.
void constrain(Pass const& pass, std::uint32_t i, ConstraintKind kind, std::int64_t date, Early& early) {
  Cause const cause{Driver::Constraint};
  auto const start_of = [&] { return microsoft_start(pass, i, date, pass.activity.duration[i]); };
  switch (kind) {
    case ConstraintKind::StartNoEarlierThan:
      early.later(date, cause);
      break;
    case ConstraintKind::FinishNoEarlierThan:
      early.later(start_of(), cause);
      break;
    case ConstraintKind::StartNoLaterThan:
      if (date < early.start) early = {date, cause};
      break;
    case ConstraintKind::FinishNoLaterThan:
      if (start_of() < early.start) early = {start_of(), cause};
      break;
    case ConstraintKind::StartOn:
    case ConstraintKind::MandatoryStart:
      early = {date, cause};
      break;
    case ConstraintKind::FinishOn:
    case ConstraintKind::MandatoryFinish:
      early = {start_of(), cause};
      break;
    default:
      break;
  }
}

/// Of a run of links from the start of a summary: the one that waits for the earliest below it; the others do
/// not count.
std::uint32_t first_of_summary(Pass& pass, std::uint32_t first, std::uint32_t end) {
  std::uint32_t earliest = LinkIndex::none;
  for (auto k = first; k < end; ++k) {
    pass.lets_go[k] = no_instant;
    auto const p = pass.links.predecessor[k];
    if (stands_still(pass, p)) continue;
    bool const earlier = earliest == LinkIndex::none ||
                         pass.out.early_start[p] < pass.out.early_start[pass.links.predecessor[earliest]];
    if (earlier) earliest = k;
  }
  return earliest;
}

void set_started(Pass& pass, std::uint32_t i) {
  auto const& a = pass.activity;
  auto& out = pass.out;
  out.early_start[i] = a.actual_start[i];
  out.start_cause[i] = {Driver::Actual};
  if (pass.completed(i)) {
    out.early_finish[i] = a.actual_finish[i];
    out.finish_cause[i] = {Driver::Actual};
  } else if (a.resumed[i] != no_instant) {
    out.early_finish[i] = microsoft_finish(pass, i, a.resumed[i], a.remaining[i]);
    out.finish_cause[i] = {Driver::Resume};
  } else {
    out.early_finish[i] = microsoft_finish(pass, i, a.actual_start[i], a.duration[i]);
    out.finish_cause[i] = {Driver::Duration};
  }
  // What is under way can still be kept from finishing.
  if (pass.completed(i)) return;
  for (auto [kind, date] : {std::pair{a.constraint[i], a.constraint_date[i]},
                            std::pair{a.constraint2[i], a.constraint2_date[i]}}) {
    if (kind != ConstraintKind::FinishNoEarlierThan || date <= out.early_finish[i]) continue;
    out.early_finish[i] = date;
    out.finish_cause[i] = {Driver::Constraint};
  }
}

/// Of a task that is plain, the rules of microsoft_early that are left. Ranks on its calendar stand for
/// instants wherever one question to the calendar then does for two. In line, so that a loop over all keeps
/// what it needs in registers.
[[gnu::always_inline]] inline void early_of_plain(Pass& pass, std::uint32_t i) {
  auto const& links = pass.links;
  auto& out = pass.out;
  auto const& times = pass.calendar(i).tables();
  std::int64_t const project_start = pass.data_date[pass.activity.subproject[i]];
  std::int64_t const duration = pass.activity.duration[i];
  std::int64_t* const lets_go = pass.lets_go.data();
  std::int64_t const *const starts = out.early_start.data(), *const finishes = out.early_finish.data();
  std::uint32_t const first = pass.first_in[i], last = pass.last_in[i];
  std::int64_t held = no_instant, latest = no_instant;
  for (std::uint32_t next = first; next < last;) {
    auto k = next++;
    lets_go[k] = no_instant;
    if (links.of_summary[k] == starts_of_summary) {
      while (next < last && links.of_summary[next] == more_of_summary) ++next;
      k = first_of_summary(pass, k, next);
      if (k == LinkIndex::none) continue;
    } else if (stands_still(pass, links.predecessor[k])) {
      continue;
    }
    auto const p = links.predecessor[k];
    bool const holds_finish = to_finish(links.type[k]);
    std::int64_t t = from_start(links.type[k]) ? starts[p] : finishes[p];
    if (holds_finish || links.lag[k] != 0) t = release(pass, k, held);
    // One that holds the finish would let its successor start before the project does.
    if (holds_finish && t < project_start) t = too_soon;
    lets_go[k] = t;
    latest = std::max(latest, t);
  }
  std::int64_t const rank = times.rank(std::max(project_start, latest));
  std::int64_t const start = times.latest(rank);
  std::int64_t const pause = times.since(rank);
  bool const by_link = start > project_start && latest >= pause;
  std::uint32_t driver = LinkIndex::none;
  for (auto k = last; k-- > first;) {
    bool const drives = by_link && lets_go[k] >= pause;
    out.driving[k] = drives;
    driver = drives ? k : driver;
  }
  out.early_start[i] = start;
  out.start_cause[i] = by_link ? Cause{Driver::Link, driver} : Cause{Driver::ProjectStart};
  std::int64_t const ends = times.end_of_work(start, rank, duration);
  out.early_finish[i] = held > ends && times.rank(held) == rank + duration ? held : ends;
  out.finish_cause[i] = {Driver::Duration};
}

}  // namespace

std::int64_t microsoft_lets_go(Pass const& pass, std::uint32_t link) {
  auto no_finish = no_instant;
  return release(pass, link, no_finish);
}

void microsoft_early(Pass& pass, std::uint32_t i) {
  auto const& a = pass.activity;
  auto const& links = pass.links;
  auto& out = pass.out;
  if (pass.spans(i)) return;  // An inactive task stands where it would be; nothing waits for it.
  for (auto k = pass.first_in[i]; k < pass.last_in[i]; ++k) pass.lets_go[k] = no_instant;
  if (pass.started(i)) {
    set_started(pass, i);
    return;
  }
  if (pass.plain(i) && a.duration[i] > 0) return early_of_plain(pass, i);
  auto const& task = pass.microsoft(i);
  if (task.manual && task.manual_start) {
    out.early_start[i] = task.manual_start->seconds;
    out.early_finish[i] = task.manual_finish ? task.manual_finish->seconds
                                             : microsoft_finish(pass, i, out.early_start[i], a.duration[i]);
    out.start_cause[i] = out.finish_cause[i] = {Driver::Manual};
    return;
  }
  Early early{pass.data_date[a.subproject[i]], {Driver::ProjectStart}};
  std::int64_t held = no_instant;
  bool const first = pass.first_in[i] == pass.last_in[i];
  bool const own_date = a.constraint[i] == ConstraintKind::StartNoEarlierThan ||
                        a.constraint[i] == ConstraintKind::FinishNoEarlierThan;
  if (first && own_date) early.start = no_instant;
  LetGo let_go;
  for (std::uint32_t next = pass.first_in[i], last = pass.last_in[i]; next < last;) {
    auto k = next++;
    if (links.of_summary[k] == starts_of_summary) {
      while (next < last && links.of_summary[next] == more_of_summary) ++next;
      k = first_of_summary(pass, k, next);
      if (k == LinkIndex::none) continue;
    } else if (stands_still(pass, links.predecessor[k])) {
      continue;
    }
    auto t = release(pass, k, held);
    // One that holds the finish would let its successor start before the project does.
    if (to_finish(links.type[k]) && t < pass.data_date[a.subproject[i]]) t = too_soon;
    pass.lets_go[k] = t;
    if (t != too_soon) let_go.later(t, k);
  }
  // A later instant never lets it start earlier: one question to the calendar stands for all links.
  if (let_go.latest != no_instant) let_go.start = start_point(pass, i, let_go.latest);
  early.later(let_go.start, {Driver::Link, let_go.link});
  if (a.constraint[i] != ConstraintKind::None)
    constrain(pass, i, a.constraint[i], a.constraint_date[i], early);
  if (a.constraint2[i] != ConstraintKind::None)
    constrain(pass, i, a.constraint2[i], a.constraint2_date[i], early);
  if (task.levelling_delay.seconds > 0) {
    auto const& clock = pass.calendars[0];
    early = {add(clock, start_point(pass, i, early.start), task.levelling_delay.seconds),
             {Driver::Levelling}};
  }
  // A milestone at the very start of the project keeps its clock time.
  bool const at_start = a.duration[i] == 0 && first && early.cause.driver() == Driver::ProjectStart;
  if (!at_start) early.start = start_point(pass, i, early.start);
  bool const drives = early.cause.driver() == Driver::Link;
  mark_driving(pass, i, drives, let_go, [&](std::int64_t t) { return start_point(pass, i, t); });
  out.early_start[i] = early.start;
  out.start_cause[i] = early.cause;
  out.early_finish[i] = microsoft_finish(pass, i, early.start, a.duration[i]);
  // Held by a finish, it is shown to end where it is held: the next beginning of work is as late as the end
  // of the shift before.
  bool const same =
      held > out.early_finish[i] && between(microsoft_calendar(pass, i), out.early_finish[i], held) == 0;
  if (same && a.duration[i] > 0 && !pass.assigned(i)) out.early_finish[i] = held;
  out.finish_cause[i] = {Driver::Duration};
}

void microsoft_forward(Pass& pass, std::uint8_t const* placed) {
  std::uint32_t i = 0;
  try {
    for (; i < pass.activities; ++i) {
      if (placed && placed[i]) continue;
      if (pass.plain(i) && pass.activity.duration[i] > 0)
        early_of_plain(pass, i);
      else
        microsoft_early(pass, i);
    }
  } catch (InvalidInput const& why) {
    refuse_activity(pass, i, why);
  }
}

}  // namespace rapport
