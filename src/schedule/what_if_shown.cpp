// What the tools show of what a change moved.

#include <algorithm>
#include <cstring>

#include "schedule/what_if_state.h"

namespace rapport {

void WhatIf::State::show() {
  if (all_early || all_late) return show_everything();
  for (auto const i : logged.touched) {
    show_parts(i);
    show_actual_dates(*shown_pass, i, i + 1);
    if (i >= n) continue;
    for (auto k = summary_first[i]; k < summary_first[i + 1]; ++k) summaries.mark(summary_of[k]);
    if (pass->activity.kind[i] == ActivityKind::Summary) summaries.mark(i);
  }
  for (auto i = summaries.pop_first(); i != Marks::none; i = summaries.pop_first()) {
    log(i, Log::Shown);
    Row::of(work, i).put(*shown, i);
    roll_up_summaries(*shown_pass, i, i + 1);
  }
  if (longest_path_may_move()) trace_again();
  for (auto const i : logged.touched) {
    shown->critical[i] = 0;
    mark_critical(*shown_pass, i, i + 1);
  }
  move_ends();
}

void WhatIf::State::show_parts(std::uint32_t i) {
  // What is shown otherwise than the passes leave it starts from all that they left.
  bool const all = logged.has(i, Log::Differs);
  // What is borrowed stands where it is shown.
  if (!early_borrowed && (all || logged.has(i, Log::Early))) Row::Early::of(work, i).put(*shown, i);
  if (late_borrowed) return;
  if (all || logged.has(i, Log::Late)) Row::Late::of(work, i).put(*shown, i);
  if (all || logged.has(i, Log::Floats)) Row::Floats::of(work, i).put(*shown, i);
}

void WhatIf::State::show_everything() {
  auto const all = pass->activities;
  for (auto const i : logged.touched) show_parts(i);
  give_back();
  show_actual_dates(*shown_pass, 0, all);
  roll_up_summaries(*shown_pass, pass->first_spanning, pass->last_spanning);
  if (all_early || longest_path_may_move()) {
    trace_path();
  }
  std::fill(shown->critical.begin(), shown->critical.end(), std::uint8_t{0});
  mark_critical(*shown_pass, 0, all);
  find_ends(*shown);
  shown->scheduled_finish = work.scheduled_finish;
}

/// Looks at all dates only where what began first or ended last no longer does.
void WhatIf::State::move_ends() {
  shown->scheduled_finish = work.scheduled_finish;
  auto first = base.first_start, last = base.last_finish;
  bool lost_first = false, lost_last = false;
  for (auto const i : logged.touched) {
    bool const went = is_gone(i);
    if (pass->inactive(i) && !went) continue;
    if (i < n) {
      lost_first |=
          base.early_start[i] == base.first_start && (went || shown->early_start[i] > base.first_start);
      lost_last |=
          base.early_finish[i] == base.last_finish && (went || shown->early_finish[i] < base.last_finish);
    }
    if (went) continue;
    first = std::min(first, shown->early_start[i]);
    last = std::max(last, shown->early_finish[i]);
  }
  shown->first_start = first, shown->last_finish = last;
  if ((lost_first && first == base.first_start) || (lost_last && last == base.last_finish)) find_ends(*shown);
}

/// The path is what drives its ends, and what drives that: it stays while the ends stay, and what drives its
/// activities.
bool WhatIf::State::longest_path_may_move() const {
  std::int64_t const last = last_on_path;
  auto const on_path = [&](std::uint32_t i) { return i < n && base.longest_path[i] != 0; };
  auto const near_path = [&](std::uint32_t i) { return on_path(i) || shown->early_finish[i] >= last; };
  bool const driven_otherwise = std::any_of(links_changed.begin(), links_changed.end(), [&](std::uint32_t k) {
    return on_path(pass->links.successor[k]);
  });
  if (structural) return driven_otherwise || std::any_of(visited.begin(), visited.end(), near_path);
  return driven_otherwise ||
         std::any_of(edits.begin(), edits.end(), [&](ActivityIndex i) { return near_path(i.value); }) ||
         std::any_of(visited.begin(), visited.end(), [&](std::uint32_t i) {
           auto const was = base.early_finish[i], is = shown->early_finish[i];
           return was != is && (was == last || is >= last);
         });
}

void WhatIf::State::trace_path() {
  std::fill(shown->longest_path.begin(), shown->longest_path.end(), std::uint8_t{0});
  auto const places = order.changed() ? order.all() : std::span<std::uint32_t const>();
  trace_longest_path(*shown_pass, places);
}

void WhatIf::State::trace_again() {
  auto const& path = shown->longest_path;
  trace_path();
  // The sets are alike nearly everywhere: compare eight at a time.
  for (std::size_t i = 0; i < n;) {
    if (i + 8 <= n && std::memcmp(&path[i], &base.longest_path[i], 8) == 0) {
      i += 8;
      continue;
    }
    if (path[i] != base.longest_path[i]) log(static_cast<std::uint32_t>(i), Log::Shown);
    ++i;
  }
}

}  // namespace rapport
