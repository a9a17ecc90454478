// What a change moves: forward through early dates, back through late ones, then floats.

#include <algorithm>

#include "schedule/lanes.h"
#include "schedule/what_if_state.h"

namespace rapport {

// Of what is plain the rules write everything; of others they leave alone what does not count.

void WhatIf::State::compute_early(std::uint32_t i) {
  if (!pass->plain(i)) {
    Row::Early{}.put(work, i);
    for (auto k = pass->first_in[i]; k < pass->last_in[i]; ++k) {
      pass->lets_go[k] = no_instant;
      work.driving[k] = 0;
    }
  }
  microsoft ? microsoft_early(*pass, i) : primavera_early(*pass, i);
}
void WhatIf::State::compute_late(std::uint32_t i) {
  if (!pass->plain(i)) Row::Late{}.put(work, i);
  microsoft ? microsoft_late(*pass, i) : primavera_late(*pass, i);
}
void WhatIf::State::compute_float(std::uint32_t i) {
  work.total_float[i] = work.free_float[i] = 0;
  microsoft ? microsoft_float(*pass, i) : primavera_float(*pass, i);
}

// Forward: what waits for an activity is looked at again when its early dates moved.

void WhatIf::State::forward(std::vector<ActivityIndex> const& edited) {
  for (std::size_t k = 0; k < late_ones.size(); ++k) {
    log(late_ones[k], Log::Early);
    auto row = unplaced[k];
    if (structural) {
      for (auto* const cause : {&row.start_cause, &row.finish_cause})
        if (cause->link() != LinkIndex::none) cause->set_link(links->now(cause->link()));
    }
    auto const i = late_ones[k];
    row.put(work, i);
    // The project finishes as before they are placed, and other links drive them then.
    if (is_gone(i))
      finish_moves |= row.finish == work.scheduled_finish[pass->activity.subproject[i]];
    else
      queue.mark(order.place(i));
  }
  for (auto const i : edited) {
    log(i.value, Log::All);
    queue.mark(order.place(i.value));
    each_successor(i.value, [&](std::uint32_t s) { queue.mark(order.place(s)); });
  }
  for (auto place = queue.pop_first(); place != Marks::none; place = queue.pop_first()) {
    if (visited.size() >= limit / 2) return forward_from(place);
    auto const i = order.at(place);
    if (!pass->spans(i)) visit_early(i);
  }
}
/// Over everything, with nothing logged; what no predecessor of moved is passed over, as long as there is
/// much of that.
void WhatIf::State::forward_from(std::uint32_t first) {
  for (std::uint32_t i = pass->first_spanning; i < pass->last_spanning; ++i) log(i, Log::All);
  borrow_early();
  all_early = true;
  std::vector<std::uint8_t> waits(pass->activities, 0);
  for (auto place = first; place != Marks::none; place = queue.pop_first()) waits[order.at(place)] = 1;
  constexpr std::uint32_t stretch = 512;
  std::uint32_t passed = 0, looked_at = 0;
  bool all = false;
  for (auto const i : order.all().subspan(first)) {
    if (i == KeptOrder::none || pass->spans(i) || is_gone(i)) continue;
    if (++passed % stretch == 0) all = all || looked_at > stretch / 8 * 7, looked_at = 0;
    if (!all && waits[i] == 0) continue;
    ++looked_at;
    std::int64_t const start = work.early_start[i], finish = work.early_finish[i];
    compute_early(i);
    if (!early_moved(i, start, finish) || all) continue;
    for (auto o = pass->first_out[i]; o < pass->last_out[i]; ++o) waits[pass->link_out(o).successor] = 1;
  }
}

void WhatIf::State::visit_early(std::uint32_t i) {
  log(i, Log::Early);
  visited.push_back(i);
  auto const first = pass->first_in[i], last = pass->last_in[i];
  std::int64_t const start = work.early_start[i], finish = work.early_finish[i];
  driving.assign(work.driving.begin() + first, work.driving.begin() + last);
  compute_early(i);
  for (auto k = first; k < last; ++k) {
    if (work.driving[k] == driving[k - first]) continue;
    links_changed.push_back(k);
    shown->driving[k] = work.driving[k];
  }
  if (!early_moved(i, start, finish)) return;
  for (auto o = pass->first_out[i]; o < pass->last_out[i]; ++o) {
    auto const k = pass->links.out[o];
    if (!waits_for_others(k)) queue.mark(order.place(pass->links.successor[k]));
  }
}

bool WhatIf::State::early_moved(std::uint32_t i, std::int64_t start, std::int64_t finish) {
  if (work.early_start[i] == start && work.early_finish[i] == finish) return false;
  auto const last_finish = work.scheduled_finish[pass->activity.subproject[i]];
  finish_moves |= work.early_finish[i] > last_finish || finish == last_finish;
  return true;
}

/// The successor of the link, as it stands and as it will, whatever happens to others: the link lets it go
/// before others do, and did.
bool WhatIf::State::waits_for_others(std::uint32_t link) const {
  auto const s = pass->links.successor[link];
  bool const is_new = work.early_start[s] == no_instant;
  if (is_new || !late_ones.empty() || work.driving[link] != 0 || !pass->plain(s)) return false;
  if (!microsoft) return primavera_lets_go(*pass, link) < work.early_start[s];
  // One that holds the finish can do so without driving the start.
  if (to_finish(pass->links.type[link]) || !is_ordinary_in_microsoft(link, s)) return false;
  auto const& times = pass->calendar(s).tables();
  return times.rank(microsoft_lets_go(*pass, link)) < times.rank(work.early_start[s]);
}

/// Between tasks, one of which, `i`, lasts: a milestone has rules of its own.
bool WhatIf::State::is_ordinary_in_microsoft(std::uint32_t link, std::uint32_t i) const {
  return pass->links.of_summary[link] == 0 && pass->activity.duration[i] > 0;
}

/// Its predecessor likewise. A link from a start can hold the late start within a pause, so that one is
/// looked at.
bool WhatIf::State::is_held_by_others(std::uint32_t link) const {
  auto const p = pass->links.predecessor[link];
  auto const& cause = work.late_finish_cause[p];
  bool const is_new = work.late_finish[p] == no_instant;
  if (is_new || !pass->plain(p) || from_start(pass->links.type[link]) || cause.link() == link) return false;
  if (microsoft && !is_ordinary_in_microsoft(link, p)) return false;
  auto const& times = pass->calendar(p).tables();
  auto const demands = microsoft ? microsoft_demands(*pass, link) : primavera_demands(*pass, link);
  return times.rank(demands) > times.rank(work.late_finish[p]);
}

/// Primavera's, from the dates that the forward pass gave. Few have the constraint, so all of them.
void WhatIf::State::place_late_ones(std::vector<ActivityIndex> const& edited) {
  auto candidates = late_ones;
  for (auto const i : edited) {
    if (!microsoft && as_late_as_possible(i.value)) candidates.push_back(i.value);
  }
  std::sort(candidates.begin(), candidates.end(),
            [&](std::uint32_t a, std::uint32_t b) { return order.place(a) < order.place(b); });
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  for (auto k = candidates.size(); k-- > 0;) {
    auto const i = candidates[k];
    log(i, Log::Early);
    primavera_as_late_as_possible(*pass, i, i + 1);
    visited.push_back(i);
  }
  for (auto const i : candidates) {
    each_link(i, [&](std::uint32_t k) {
      auto const was = work.driving[k];
      primavera_drives_late(*pass, k);
      if (work.driving[k] == was) return;
      links_changed.push_back(k);
      shown->driving[k] = work.driving[k];
    });
  }
}

// Backward.

void WhatIf::State::backward(std::vector<ActivityIndex> const& edited) {
  if (work.must_finish != base.must_finish || !follow_backward(edited)) return backward_over_all();
  // Free float to the end of the project, where nothing follows.
  if (work.scheduled_finish != base.scheduled_finish) touch_open_ends();
  for (auto i = floats.pop_first(); i != Marks::none; i = floats.pop_first()) visit_float(i);
}

void WhatIf::State::backward_over_all() {
  queue.clear(), floats.clear();
  all_late = true;
  for (std::uint32_t i = pass->first_spanning; i < pass->last_spanning; ++i) log(i, Log::All);
  borrow_late();
  for (auto* const floats_of : {&work.total_float, &work.free_float})
    std::fill(floats_of->begin(), floats_of->end(), 0);
  EditedValues const values_now{lane_slots, edits};
  auto const lanes = structural ? nullptr : LanePass::of(*pass, {}, &values_now);
  if (!lanes || !lanes->backward_alone()) late_one_by_one();
  span_levels_of_effort(*pass, pass->first_spanning, pass->last_spanning);
  microsoft ? microsoft_floats(*pass, false) : primavera_floats(*pass);
}

void WhatIf::State::late_one_by_one() {
  auto const places = order.all();
  for (auto place = places.size(); place-- > 0;) {
    auto const i = places[place];
    if (i == KeptOrder::none || pass->spans(i) || is_gone(i)) continue;
    microsoft ? microsoft_late_with_float(*pass, i) : primavera_late_with_float(*pass, i);
  }
}

/// From here on what is shown is what the passes write. It begins as they have it: what this change moved so
/// far, and what is shown otherwise.
void WhatIf::State::borrow_early() {
  Row::swap_early(work, *shown);
  for (auto const& [i, row] : logged.early) Row::Early::of(*shown, i).put(work, i);
  for (auto const& [i, row] : unshown)
    if (!logged.has(i, Log::Early)) row.put(work, i);
  early_borrowed = true;
}
void WhatIf::State::borrow_late() {
  if (!structural) {
    if (spare.late_start.size() != n) Row::copy_late(base, spare);
    Row::swap_late(spare, *shown);
    late_spared = true;
  }
  Row::swap_late(work, *shown);
  late_borrowed = true;
  for (std::uint32_t i = pass->first_spanning; i < pass->last_spanning; ++i)
    Row::Late::of(*shown, i).put(work, i);
}
void WhatIf::State::give_back() {
  if (early_borrowed) Row::swap_early(work, *shown);
  if (late_borrowed) Row::swap_late(work, *shown);
  early_borrowed = late_borrowed = false;
}

void WhatIf::State::touch_open_ends() {
  for (std::uint32_t i = 0; i < pass->activities; ++i) {
    bool open = true;
    if (!pass->overrides) each_successor(i, [&](std::uint32_t s) { open &= pass->spans(s); });
    if (open) floats.mark(i);
  }
}

bool WhatIf::State::late_depends_on_early(std::uint32_t i) const {
  return !pass->plain(i) || pass->rules.open_ends_critical;
}

bool WhatIf::State::follow_backward(std::vector<ActivityIndex> const& edited) {
  auto const look = [&](std::uint32_t i) { queue.mark(order.place(i)); };
  for (auto const i : edited) {
    look(i.value);
    each_predecessor(i.value, look);
    floats.mark(i.value);
    each_predecessor(i.value, [&](std::uint32_t p) { floats.mark(p); });
    touch_levels_of_effort(i.value);
  }
  auto const from_early = [&](std::uint32_t i) {
    if (is_gone(i)) return;
    if (late_depends_on_early(i)) look(i);
    floats.mark(i);
    each_predecessor(i, [&](std::uint32_t p) { floats.mark(p); });
    touch_levels_of_effort(i);
  };
  if (all_early) {
    for (std::uint32_t i = 0; i < pass->activities; ++i)
      if (!pass->spans(i) && (i >= n || !Row::Early::of(base, i).same(work, i))) from_early(i);
  } else {
    for (auto const& [i, row] : logged.early)
      if (!pass->spans(i) && !row.same(work, i)) from_early(i);
  }
  std::size_t looked_at = 0;
  for (auto place = queue.pop_last(); place != Marks::none; place = queue.pop_last()) {
    if (++looked_at > limit) return false;
    auto const i = order.at(place);
    if (!pass->spans(i)) visit_late(i);
  }
  return true;
}

void WhatIf::State::visit_late(std::uint32_t i) {
  log(i, Log::Late);
  std::int64_t const start = work.late_start[i], finish = work.late_finish[i];
  compute_late(i);
  if (work.late_start[i] == start && work.late_finish[i] == finish) return;
  for (auto k = pass->first_in[i]; k < pass->last_in[i]; ++k)
    if (!is_held_by_others(k)) queue.mark(order.place(pass->links.predecessor[k]));
  floats.mark(i);
  touch_levels_of_effort(i);
}

void WhatIf::State::touch_levels_of_effort(std::uint32_t i) {
  if (!levels_of_effort) return;
  auto const touch = [&](std::uint32_t other) {
    if (pass->spans(other)) floats.mark(other);
  };
  each_predecessor(i, touch);
  each_successor(i, touch);
}

void WhatIf::State::visit_float(std::uint32_t i) {
  log(i, pass->spans(i) ? Log::All : Log::Floats);
  span_levels_of_effort(*pass, i, i + 1);
  compute_float(i);
}

}  // namespace rapport
