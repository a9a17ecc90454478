#include "rapport/schedule/what_if.h"

#include <algorithm>
#include <atomic>

#include "rapport/base/error.h"
#include "schedule/what_if_state.h"

namespace rapport {
namespace {

bool same_network(Network const& a, Network const& b) {
  return &a.names() == &b.names() && &a.values() == &b.values() && &a.links() == &b.links();
}

}  // namespace

WhatIf::State::State(Schedule schedule)
    : before(std::move(schedule)),
      base(before.results_->whole()),
      n(base.network.activity_count()),
      microsoft(base.rules.tool == Tool::Microsoft),
      order(n),
      queue(KeptOrder::places(n)),
      floats(n + KeptOrder::room),
      summaries(n),
      logged(n),
      limit(std::max<std::size_t>(n / share_to_give_up, 64)) {
  work = base;
  copy_arrays();
  prepare();
}

/// Fresh arrays for what Schedules show; those given out so far stay with who keeps them.
void WhatIf::State::copy_arrays() {
  values = std::make_shared<ActivityValues>(base.network.values());
  shown = std::make_shared<Schedule::Results>(base);
  share_values();
}
void WhatIf::State::share_values() {
  shown->network = work.network = NetworkBuilder::with_values(base.network, values);
  pass.emplace(work, links.get());
  shown_pass.emplace(*shown, links.get());
}

bool WhatIf::State::as_late_as_possible(std::uint32_t i) const {
  auto const& a = work.network.values();
  return a.constraint[i] == ConstraintKind::AsLateAsPossible && !pass->started(i) && !pass->spans(i);
}

/// From what is shown back to what the passes left of completed activities, summaries, and those
/// that were then placed as late as possible.
void WhatIf::State::prepare() {
  auto const& members = base.network.members();
  auto const& of_summary = base.network.links().of_summary;
  starts_of_summaries =
      std::find(of_summary.begin(), of_summary.end(), starts_of_summary) != of_summary.end();
  summary_first.assign(n + 1, 0);
  for (auto const member : members.member) ++summary_first[member + 1];
  for (std::uint32_t i = 0; i < n; ++i) summary_first[i + 1] += summary_first[i];
  summary_of.resize(members.member.size());
  auto next = summary_first;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (auto k = members.first[i]; k < members.first[i + 1]; ++k) summary_of[next[members.member[k]]++] = i;
    auto const kind = base.network.values().kind[i];
    if (kind == ActivityKind::LevelOfEffort) levels_of_effort = true;
    if (kind == ActivityKind::Summary) Row{}.put(work, i);
    if (as_late_as_possible(i)) late_ones.push_back(i);
    if (!pass->spans(i) && !pass->completed(i) && !pass->inactive(i))
      last_on_path = std::max(last_on_path, base.early_finish[i]);
  }
  if (microsoft && !late_ones.empty()) return;  // In full each time.
  std::vector<std::uint32_t> again;
  for (std::uint32_t i = 0; i < n; ++i) {
    if (pass->spans(i) || !(pass->completed(i) || as_late_as_possible(i))) continue;
    again.push_back(i);
    compute_early(i);
  }
  for (auto const i : late_ones) {
    unplaced.push_back(Row::Early::of(work, i));
    Row::of(base, i).put(work, i);
  }
  work.driving = base.driving;
  std::reverse(again.begin(), again.end());
  for (auto const i : again) {
    if (pass->completed(i)) compute_late(i);
  }
  for (std::uint32_t i = 0; i < n; ++i) {
    if (!pass->completed(i) && pass->activity.kind[i] != ActivityKind::Summary) continue;
    unshown.emplace_back(i, Row::Early::of(work, i));
    logged.parts[i] = Log::Differs;
  }
}

void WhatIf::State::log(std::uint32_t i, std::uint8_t parts) {
  if (early_borrowed) parts &= static_cast<std::uint8_t>(~Log::Early);
  if (late_borrowed) parts &= static_cast<std::uint8_t>(~(Log::Late | Log::Floats));
  logged.keep(work, i, parts);
}

void WhatIf::State::apply(Overlay const& overlay) {
  auto edited = overlay.edited();
  edits = edited;
  overlay.write(*values);
  if (!overlay.values_only()) {
    auto const ends_of_links = edit_structure(overlay);
    edited.insert(edited.end(), ends_of_links.begin(), ends_of_links.end());
    std::sort(edited.begin(), edited.end());
    edited.erase(std::unique(edited.begin(), edited.end()), edited.end());
    std::erase_if(edited, [&](ActivityIndex i) { return is_gone(i.value); });
  }
  forward(edited);
  if (finish_moves) project_finishes(*pass);
  place_late_ones(edited);
  backward(edited);
  show();
}

void WhatIf::State::take_back() {
  in_full = false;
  give_back();  // a pass may have ended early
  queue.clear(), floats.clear(), summaries.clear();
  bool const given = shown.use_count() > 1;
  // What it made of itself, when asked, has the values too.
  if (!given) shown->edited.reset();
  bool const kept = given || values.use_count() > 3;
  // Whoever let go of the last schedule has read all of it before it is written again.
  std::atomic_thread_fence(std::memory_order_acquire);
  logged.put(work);
  if (structural) take_back_structure(kept);
  for (auto const k : links_changed)
    if (k < base.driving.size()) work.driving[k] = base.driving[k];
  work.scheduled_finish = base.scheduled_finish;
  work.must_finish = base.must_finish;
  if (kept)
    copy_arrays();
  else
    take_back_shown();
  logged.clear(), links_changed.clear(), visited.clear(), edits.clear();
  finish_moves = all_early = all_late = late_spared = structural = false;
}

void WhatIf::State::take_back_shown() {
  if (late_spared) Row::swap_late(spare, *shown);
  // Most are shown as the passes leave them.
  auto const take_back = [&](auto const& rows) {
    for (auto const& [i, row] : rows)
      if (i < n) row.put(*shown, i);
  };
  take_back(logged.early), take_back(logged.late), take_back(logged.floats);
  for (auto const i : logged.touched) {
    if (i >= n) continue;
    if (logged.has(i, Log::Differs)) Row::of(base, i).put(*shown, i);
    shown->critical[i] = base.critical[i];
    shown->longest_path[i] = base.longest_path[i];
  }
  // What a loop over everything wrote was not logged first.
  if (all_early) Row::copy_early(base, *shown);
  if (all_late && !late_spared) Row::copy_late(base, *shown);
  if (all_early || all_late) {
    shown->critical = base.critical;
    shown->longest_path = base.longest_path;
  }
  for (auto const k : links_changed)
    if (k < base.driving.size()) shown->driving[k] = base.driving[k];
  for (auto const i : edits) {
    for_each_column_of([&](auto& to, auto const& from) { to[i.value] = from[i.value]; }, *values,
                       base.network.values());
  }
  shown->scheduled_finish = base.scheduled_finish;
  shown->must_finish = base.must_finish;
  shown->first_start = base.first_start;
  shown->last_finish = base.last_finish;
}

bool WhatIf::State::needs_all(Overlay const& overlay) const {
  if (!same_network(overlay.base(), base.network)) return true;
  if (base.rules.from_finish) return true;
  auto const& added = overlay.added_activities();
  if (added.size() > KeptOrder::room) return true;
  if (std::any_of(added.begin(), added.end(),
                  [](Activity const& activity) { return activity.kind == ActivityKind::Summary; }))
    return true;
  auto const late = [](Activity const& activity) {
    return activity.constraint.kind == ConstraintKind::AsLateAsPossible;
  };
  if (!microsoft) return false;
  if (starts_of_summaries) return true;
  // One that has begun stays where it is, unless the change takes its beginning away.
  auto const edited = overlay.edited();
  auto const& constraint = base.network.values().constraint;
  return !late_ones.empty() || overlay.sets(ConstraintKind::AsLateAsPossible) ||
         std::any_of(added.begin(), added.end(), late) ||
         std::any_of(edited.begin(), edited.end(), [&](ActivityIndex i) {
           return constraint[i.value] == ConstraintKind::AsLateAsPossible;
         });
}

std::vector<ActivityIndex> WhatIf::State::moved() const {
  std::vector<ActivityIndex> moved;
  auto const look = [&](std::uint32_t i) {
    if (i < n && (is_gone(i) || shown->dates(i) != base.dates(i))) moved.push_back({i});
  };
  if (all_early || all_late) {
    for (std::uint32_t i = 0; i < n; ++i) look(i);
    return moved;
  }
  for (auto const i : logged.touched) look(i);
  std::sort(moved.begin(), moved.end());
  return moved;
}

WhatIf::WhatIf(Schedule before) : state_(std::make_unique<State>(std::move(before))) {}
WhatIf::WhatIf(WhatIf&&) noexcept = default;
WhatIf& WhatIf::operator=(WhatIf&&) noexcept = default;
WhatIf::~WhatIf() = default;

Schedule const& WhatIf::before() const { return state_->before; }
bool WhatIf::knows_moved() const { return !state_->in_full; }
std::vector<ActivityIndex> WhatIf::moved() const { return state_->moved(); }

Schedule WhatIf::schedule(Overlay const& overlay) {
  auto& state = *state_;
  state.take_back();
  if (state.needs_all(overlay)) {
    state.in_full = true;
    return rapport::schedule(overlay, state.base.rules);
  }
  if (overlay.empty()) return state.before;
  try {
    state.apply(overlay);
  } catch (CycleError const&) {
    state.take_back();
    // What is removed may have closed the loop.
    if (overlay.removed_activities().empty()) throw;
    state.in_full = true;
    return rapport::schedule(overlay, state.base.rules);
  } catch (...) {
    state.take_back();
    throw;
  }
  return Schedule(state.shown);
}

std::optional<ActivityDates> WhatIf::dates(ActivityIndex i) const {
  if (state_->is_gone(i.value)) return std::nullopt;
  return state_->shown->dates(i.value);
}

}  // namespace rapport
