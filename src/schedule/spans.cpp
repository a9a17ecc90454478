// Levels of effort and summaries: dates that others give.

#include <algorithm>
#include <functional>

#include "schedule/pass.h"

namespace rapport {

void project_finishes(Pass& pass) {
  auto const& subprojects = pass.network.subprojects();
  auto& out = pass.out;
  out.scheduled_finish.assign(subprojects.size(), no_instant);
  std::int64_t *const finish_of = out.scheduled_finish.data(), *const finishes = out.early_finish.data();
  std::uint32_t const* const subproject = pass.activity.subproject.data();
  auto const counts = [&](std::uint32_t i) { return !pass.spans(i) && !pass.inactive(i); };
  if (subprojects.size() == 1) {
    *finish_of =
        last_that_counts(pass.activity, {finishes, pass.activities}, no_instant, std::greater(), counts);
  } else {
    for (std::uint32_t i = 0; i < pass.activities; ++i) {
      auto& finish = finish_of[subproject[i]];
      if (finishes[i] > finish && counts(i)) finish = finishes[i];
    }
  }
  if (!pass.rules.float_by_subproject) {
    auto const last = *std::max_element(out.scheduled_finish.begin(), out.scheduled_finish.end());
    std::fill(out.scheduled_finish.begin(), out.scheduled_finish.end(), last);
  }
  out.must_finish = out.scheduled_finish;
  if (!pass.rules.use_must_finish_for_float) return;
  std::int64_t latest = no_instant;
  for (std::size_t k = 0; k < subprojects.size(); ++k) {
    if (subprojects[k].must_finish_by) out.must_finish[k] = subprojects[k].must_finish_by->seconds;
    latest = std::max(latest, out.must_finish[k]);
  }
  if (!pass.rules.float_by_subproject) std::fill(out.must_finish.begin(), out.must_finish.end(), latest);
}

namespace {

struct EarlyAndLate {
  std::int64_t early, late;
};

std::int64_t moved_by_lag(Pass const& pass, std::uint32_t link, std::int64_t t, std::int64_t sign) {
  return t == no_instant ? t : add(lag_calendar(pass, link), t, sign * lag_seconds(pass, link));
}

bool only_levels_of_effort_follow(Pass const& pass, std::uint32_t i) {
  auto const& links = pass.links;
  for (auto o = pass.first_out[i]; o < pass.last_out[i]; ++o)
    if (!pass.spans(links.successor[links.out[o]])) return false;
  return true;
}

/// What a predecessor gives a level of effort. A finish that has happened stays where it was in late dates;
/// that of an open end, to which nothing else refers, is as late as the project's.
EarlyAndLate end_of_predecessor(Pass const& pass, std::uint32_t link) {
  auto const& a = pass.activity;
  auto const& out = pass.out;
  auto const p = pass.links.predecessor[link];
  auto const type = pass.links.type[link];
  bool const by_start = from_start(type);
  std::int64_t early = by_start ? out.early_start[p] : out.early_finish[p];
  std::int64_t late = by_start ? out.late_start[p] : out.late_finish[p];
  std::int64_t const happened = by_start ? a.actual_start[p] : a.actual_finish[p];
  // A lag runs from when it happened, not from the data date.
  if (happened != no_instant && lag_seconds(pass, link) != 0) early = happened;
  bool const open = type == LinkType::FinishToFinish && only_levels_of_effort_follow(pass, p);
  if (!by_start && happened != no_instant && !open) {
    bool const holds_finish = type == LinkType::FinishToFinish;
    late = holds_finish ? std::max(happened, pass.data_date[a.subproject[p]]) : happened;
  }
  return {moved_by_lag(pass, link, early, 1), moved_by_lag(pass, link, late, 1)};
}

}  // namespace

void span_levels_of_effort(Pass& pass, std::uint32_t first, std::uint32_t last) {
  auto const& links = pass.links;
  auto const& a = pass.activity;
  auto& out = pass.out;
  for (std::uint32_t i = first; i < last; ++i) {
    if (a.kind[i] != ActivityKind::LevelOfEffort) continue;
    auto const& calendar = pass.calendar(i);
    auto const now = next_working(calendar, pass.data_date[a.subproject[i]]);
    std::int64_t start = INT64_MAX, finish = INT64_MIN, late_start = INT64_MAX, late_finish = INT64_MIN;
    Cause start_cause{Driver::DataDate}, finish_cause{Driver::DataDate};
    auto const begin = [&](std::int64_t t, std::int64_t late, Cause cause) {
      if (t < start) start = t, start_cause = cause;
      late_start = std::min(late_start, late);
    };
    auto const end = [&](std::int64_t t, std::int64_t late, Cause cause) {
      if (t > finish) finish = t, finish_cause = cause;
      late_finish = std::max(late_finish, late);
    };
    for (auto k = pass.first_in[i]; k < pass.last_in[i]; ++k) {
      auto const p = links.predecessor[k];
      if (pass.spans(p) || pass.foreign(k)) continue;
      auto const [early, late] = end_of_predecessor(pass, k);
      if (to_finish(links.type[k]))
        end(early, late, Cause::of_end(k, false));
      else
        begin(early, late, Cause::of_end(k, false));
    }
    for (auto o = pass.first_out[i]; o < pass.last_out[i]; ++o) {
      auto const k = links.out[o];
      auto const s = links.successor[k];
      if (pass.spans(s) || pass.foreign(k)) continue;
      bool const by_finish = to_finish(links.type[k]);
      auto const early = moved_by_lag(pass, k, by_finish ? out.early_finish[s] : out.early_start[s], -1);
      auto const late = moved_by_lag(pass, k, by_finish ? out.late_finish[s] : out.late_start[s], -1);
      if (from_start(links.type[k]))
        begin(early, late, Cause::of_end(k, true));
      else
        end(early, late, Cause::of_end(k, true));
    }
    if (start == INT64_MAX) start = now;
    if (late_start == INT64_MAX) late_start = now;
    start = std::max(start, now);
    if (finish == INT64_MIN) {
      finish = add(calendar, start, a.remaining[i]);
      late_finish = finish;
      finish_cause = {Driver::Duration};
    }
    out.early_start[i] = next_working(calendar, start);
    out.early_finish[i] = std::max(previous_working(calendar, finish), out.early_start[i]);
    out.late_start[i] = next_working(calendar, late_start);
    out.late_finish[i] = previous_working(calendar, late_finish);
    out.start_cause[i] = start_cause;
    out.finish_cause[i] = finish_cause;
    out.late_start_cause[i] = start_cause;
    out.late_finish_cause[i] = finish_cause;
  }
}

void roll_up_summaries(Pass& pass, std::uint32_t first, std::uint32_t last) {
  auto const& members = pass.network.members();
  auto& out = pass.out;
  for (std::uint32_t i = first; i < last; ++i) {
    if (pass.activity.kind[i] != ActivityKind::Summary) continue;
    out.early_start[i] = out.late_start[i] = pass.data_date[pass.activity.subproject[i]];
    out.early_finish[i] = out.late_finish[i] = out.early_start[i];
    auto const begin = members.member.begin() + members.first[i],
               end = members.member.begin() + members.first[i + 1];
    // Primavera's summaries show what remains, while anything does.
    bool const remains = pass.rules.tool == Tool::Primavera &&
                         std::any_of(begin, end, [&](std::uint32_t k) { return !pass.completed(k); });
    bool is_first = true;
    for (auto at = begin; at != end; ++at) {
      auto const member = *at;
      if ((remains && pass.completed(member)) || pass.inactive(member)) continue;
      if (is_first || out.early_start[member] < out.early_start[i]) {
        out.early_start[i] = out.early_start[member];
        out.start_cause[i] = Cause::of_member(member);
      }
      if (is_first || out.early_finish[member] > out.early_finish[i]) {
        out.early_finish[i] = out.early_finish[member];
        out.finish_cause[i] = Cause::of_member(member);
      }
      if (is_first || out.late_start[member] < out.late_start[i]) {
        out.late_start[i] = out.late_start[member];
        out.late_start_cause[i] = Cause::of_member(member);
      }
      if (is_first || out.late_finish[member] > out.late_finish[i]) {
        out.late_finish[i] = out.late_finish[member];
        out.late_finish_cause[i] = Cause::of_member(member);
      }
      is_first = false;
    }
    auto const& calendar = pass.calendar(i);
    auto const by_start = between(calendar, out.early_start[i], out.late_start[i]);
    auto const by_finish = between(calendar, out.early_finish[i], out.late_finish[i]);
    auto const by = pass.rules.total_float;
    out.total_float[i] = by == FloatBy::Start    ? by_start
                         : by == FloatBy::Finish ? by_finish
                                                 : std::min(by_start, by_finish);
  }
}

}  // namespace rapport
