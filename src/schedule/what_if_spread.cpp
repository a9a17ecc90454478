// What a change moves: forward through early dates, back through late ones, then floats.

#include <algorithm>

#include "schedule/what_if_state.h"

namespace rapport {

void WhatIf::State::compute_early(std::uint32_t i) {
  work.early_start[i] = work.early_finish[i] = no_instant;
  work.start_cause[i] = work.finish_cause[i] = {};
  for (auto k = pass->first_in[i]; k < pass->last_in[i]; ++k) {
    pass->lets_go[k] = no_instant;
    work.driving[k] = 0;
  }
  microsoft ? microsoft_early(*pass, i) : primavera_early(*pass, i);
}
void WhatIf::State::compute_late(std::uint32_t i) {
  work.late_start[i] = work.late_finish[i] = no_instant;
  work.late_start_cause[i] = work.late_finish_cause[i] = {};
  microsoft ? microsoft_late(*pass, i) : primavera_late(*pass, i);
}
void WhatIf::State::compute_float(std::uint32_t i) {
  work.total_float[i] = work.free_float[i] = 0;
  microsoft ? microsoft_float(*pass, i) : primavera_float(*pass, i);
}

// Forward: what waits for an activity is looked at again when its early dates moved.

void WhatIf::State::forward(std::vector<ActivityIndex> const& edited) {
  for (std::size_t k = 0; k < late_ones.size(); ++k) {
    log(late_ones[k]);
    auto row = logged_row(late_ones[k]);
    row.early_start = unplaced[k].early_start, row.early_finish = unplaced[k].early_finish;
    row.start_cause = unplaced[k].start_cause, row.finish_cause = unplaced[k].finish_cause;
    if (structural) {
      for (auto* const cause : {&row.start_cause, &row.finish_cause})
        if (cause->link != LinkIndex::none) cause->link = links->now(cause->link);
    }
    row.put(work, late_ones[k]);
  }
  for (auto const i : edited) {
    log(i.value);
    queue.mark(order.place(i.value));
    each_successor(i.value, [&](std::uint32_t s) { queue.mark(order.place(s)); });
  }
  for (auto place = queue.pop_first(); place != Marks::none; place = queue.pop_first()) {
    if (visited.size() >= limit) return forward_from(place);
    auto const i = order.at(place);
    if (!pass->spans(i)) visit_early(i);
  }
}
void WhatIf::State::forward_from(std::uint32_t first) {
  all_early = all_late = finish_moves = true;
  queue.clear();
  for (auto const i : order.all().subspan(first))
    if (i != KeptOrder::none && !pass->spans(i)) compute_early(i);
}

void WhatIf::State::visit_early(std::uint32_t i) {
  log(i);
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
  if (work.early_start[i] == start && work.early_finish[i] == finish) return;
  each_successor(i, [&](std::uint32_t s) { queue.mark(order.place(s)); });
  auto const last_finish = work.scheduled_finish[pass->activity.subproject[i]];
  finish_moves |= work.early_finish[i] > last_finish || finish == last_finish;
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
    log(i);
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
  bool const everything = all_late || work.must_finish != base.must_finish;
  if (everything || !follow_backward(edited)) return backward_over_all();
  // Free float to the end of the project, where nothing follows.
  if (work.scheduled_finish != base.scheduled_finish) touch_open_ends();
  for (auto i = floats.pop_first(); i != Marks::none; i = floats.pop_first()) visit_float(i);
}

void WhatIf::State::backward_over_all() {
  queue.clear(), floats.clear();
  all_late = true;
  for (std::uint32_t i = pass->first_spanning; i < pass->last_spanning; ++i) log(i);
  borrow_late(true);
  for (auto* const floats_of : {&work.total_float, &work.free_float})
    std::fill(floats_of->begin(), floats_of->end(), 0);
  auto const places = order.all();
  for (auto place = places.size(); place-- > 0;) {
    auto const i = places[place];
    if (i == KeptOrder::none || pass->spans(i)) continue;
    microsoft ? microsoft_late_with_float(*pass, i) : primavera_late_with_float(*pass, i);
  }
  span_levels_of_effort(*pass, pass->first_spanning, pass->last_spanning);
  microsoft ? microsoft_floats(*pass, false) : primavera_floats(*pass);
}

/// Loops over everything write late dates and floats into the arrays that are shown.
void WhatIf::State::borrow_late(bool begin) {
  if (borrowed == begin) return;
  Row::swap_late(work, *shown);
  borrowed = begin;
}

void WhatIf::State::touch_open_ends() {
  for (std::uint32_t i = 0; i < pass->activities; ++i) {
    bool open = true;
    if (!pass->overrides) each_successor(i, [&](std::uint32_t s) { open &= pass->spans(s); });
    if (open) floats.mark(i);
  }
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
  for (auto const i : visited) {
    if (logged_row(i).same_early(work, i)) continue;
    look(i);
    floats.mark(i);
    each_predecessor(i, [&](std::uint32_t p) { floats.mark(p); });
    touch_levels_of_effort(i);
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
  log(i);
  std::int64_t const start = work.late_start[i], finish = work.late_finish[i];
  compute_late(i);
  if (work.late_start[i] == start && work.late_finish[i] == finish) return;
  each_predecessor(i, [&](std::uint32_t p) { queue.mark(order.place(p)); });
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
  log(i);
  span_levels_of_effort(*pass, i, i + 1);
  compute_float(i);
}

}  // namespace rapport
