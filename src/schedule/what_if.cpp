#include "rapport/schedule/what_if.h"

#include <algorithm>
#include <atomic>
#include <cstring>

#include "network/builder.h"
#include "schedule/results.h"
#include "schedule/what_if_marks.h"

namespace rapport {

/// What the passes write of one activity.
struct WhatIf::Row {
  std::int64_t early_start = no_instant, early_finish = no_instant;
  std::int64_t late_start = no_instant, late_finish = no_instant;
  std::int64_t total_float = 0, free_float = 0;
  Cause start_cause, finish_cause, late_start_cause, late_finish_cause;

  static Row of(Schedule::Results const& from, std::uint32_t i) {
    return {from.early_start[i],      from.early_finish[i],     from.late_start[i],  from.late_finish[i],
            from.total_float[i],      from.free_float[i],       from.start_cause[i], from.finish_cause[i],
            from.late_start_cause[i], from.late_finish_cause[i]};
  }
  void put(Schedule::Results& to, std::uint32_t i) const {
    to.early_start[i] = early_start, to.early_finish[i] = early_finish;
    to.late_start[i] = late_start, to.late_finish[i] = late_finish;
    to.total_float[i] = total_float, to.free_float[i] = free_float;
    to.start_cause[i] = start_cause, to.finish_cause[i] = finish_cause;
    to.late_start_cause[i] = late_start_cause, to.late_finish_cause[i] = late_finish_cause;
  }
  [[nodiscard]] bool same_early(Schedule::Results const& other, std::uint32_t i) const {
    return early_start == other.early_start[i] && early_finish == other.early_finish[i] &&
           finish_cause.driver == other.finish_cause[i].driver;
  }
  // The columns of all activities at once: what the forward pass writes, and the rest.
  static void copy_early(Schedule::Results const& from, Schedule::Results& to) {
    to.early_start = from.early_start, to.early_finish = from.early_finish;
    to.start_cause = from.start_cause, to.finish_cause = from.finish_cause;
    to.driving = from.driving;
  }
  static void copy_late(Schedule::Results const& from, Schedule::Results& to) {
    to.late_start = from.late_start, to.late_finish = from.late_finish;
    to.late_start_cause = from.late_start_cause, to.late_finish_cause = from.late_finish_cause;
    to.total_float = from.total_float, to.free_float = from.free_float;
  }
};

namespace {

bool same_network(Network const& a, Network const& b) {
  return &a.names() == &b.names() && &a.values() == &b.values() && &a.links() == &b.links();
}

}  // namespace

// Two sets of results are kept. `work` stands as the passes leave it; `shown` as the tools show it,
// where completed activities have their actual dates and summaries roll up. Every row is logged
// before it is first written, so that taking a change back costs what it touched. A change that reaches
// too far is given over to plain loops over everything, which log nothing and are taken back whole.
struct WhatIf::State {
  explicit State(Schedule schedule)
      : before(std::move(schedule)),
        base(*before.results_),
        microsoft(base.rules.tool == Tool::Microsoft),
        queue(base.network.activity_count()),
        floats(base.network.activity_count()),
        summaries(base.network.activity_count()),
        logged(base.network.activity_count(), 0),
        limit(std::max<std::size_t>(base.network.activity_count() / share_to_give_up, 64)) {
    work = base;
    copy_arrays();
    prepare();
  }

  /// Fresh arrays for what Schedules show; those given out so far stay with who keeps them.
  void copy_arrays() {
    values = std::make_shared<ActivityValues>(base.network.values());
    shown = std::make_shared<Schedule::Results>(base);
    share_network();
  }
  void share_network() {
    shown->network = work.network = NetworkBuilder::with_values(base.network, values);
    pass.emplace(work);
    shown_pass.emplace(*shown);
  }

  [[nodiscard]] bool as_late_as_possible(std::uint32_t i) const {
    auto const& a = work.network.values();
    return a.constraint[i] == ConstraintKind::AsLateAsPossible && !pass->started(i) && !pass->spans(i);
  }

  /// From what is shown back to what the passes left of completed activities, summaries, and those
  /// that were then placed as late as possible.
  void prepare() {
    auto const n = pass->activities;
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
      for (auto k = members.first[i]; k < members.first[i + 1]; ++k)
        summary_of[next[members.member[k]]++] = i;
      auto const kind = base.network.values().kind[i];
      if (kind == ActivityKind::LevelOfEffort) levels_of_effort = true;
      if (kind == ActivityKind::Summary) Row{}.put(work, i);
      if (as_late_as_possible(i)) late_ones.push_back(i);
      if (!pass->spans(i) && !pass->completed(i) && !pass->microsoft(i).inactive)
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
      unplaced.push_back(Row::of(work, i));
      Row::of(base, i).put(work, i);
    }
    std::reverse(again.begin(), again.end());
    for (auto const i : again) {
      if (pass->completed(i)) compute_late(i);
    }
    for (std::uint32_t i = 0; i < n; ++i) {
      if (pass->completed(i) || pass->activity.kind[i] == ActivityKind::Summary)
        unshown.emplace_back(i, Row::of(work, i));
    }
  }

  void compute_early(std::uint32_t i) {
    work.early_start[i] = work.early_finish[i] = no_instant;
    work.start_cause[i] = work.finish_cause[i] = {};
    for (auto k = pass->links.first_in[i]; k < pass->links.first_in[i + 1]; ++k) {
      pass->lets_go[k] = no_instant;
      work.driving[k] = 0;
    }
    microsoft ? microsoft_early(*pass, i) : primavera_early(*pass, i);
  }
  void compute_late(std::uint32_t i) {
    work.late_start[i] = work.late_finish[i] = no_instant;
    work.late_start_cause[i] = work.late_finish_cause[i] = {};
    microsoft ? microsoft_late(*pass, i) : primavera_late(*pass, i);
  }
  void compute_float(std::uint32_t i) {
    work.total_float[i] = work.free_float[i] = 0;
    microsoft ? microsoft_float(*pass, i) : primavera_float(*pass, i);
  }

  void log(std::uint32_t i) {
    // Levels of effort and summaries get their early dates last, when loops over everything may have taken
    // over.
    bool const copied_back = all_late && !pass->spans(i);
    if (copied_back || logged[i]) return;
    logged[i] = static_cast<std::uint32_t>(rows.size()) + 1;
    rows.push_back({i, Row::of(work, i)});
  }
  [[nodiscard]] Row const& logged_row(std::uint32_t i) const { return rows[logged[i] - 1].second; }

  template <class Visit>
  void each_predecessor(std::uint32_t i, Visit&& visit) const {
    auto const& links = pass->links;
    for (auto k = links.first_in[i]; k < links.first_in[i + 1]; ++k) visit(links.predecessor[k]);
  }
  template <class Visit>
  void each_successor(std::uint32_t i, Visit&& visit) const {
    auto const& links = pass->links;
    for (auto o = links.first_out[i]; o < links.first_out[i + 1]; ++o) visit(links.successor[links.out[o]]);
  }

  template <class Visit>
  void each_link(std::uint32_t i, Visit&& visit) const {
    auto const& links = pass->links;
    for (auto k = links.first_in[i]; k < links.first_in[i + 1]; ++k) visit(k);
    for (auto o = links.first_out[i]; o < links.first_out[i + 1]; ++o) visit(links.out[o]);
  }

  // Forward: what waits for an activity is looked at again when its early dates moved.

  void forward(std::vector<ActivityIndex> const& edited) {
    for (std::size_t k = 0; k < late_ones.size(); ++k) {
      log(late_ones[k]);
      auto row = logged_row(late_ones[k]);
      row.early_start = unplaced[k].early_start, row.early_finish = unplaced[k].early_finish;
      row.start_cause = unplaced[k].start_cause, row.finish_cause = unplaced[k].finish_cause;
      if (placed_links) move(row.start_cause, *placed_links), move(row.finish_cause, *placed_links);
      row.put(work, late_ones[k]);
    }
    for (auto const i : edited) {
      log(i.value);
      queue.mark(i.value);
      each_successor(i.value, [&](std::uint32_t s) { queue.mark(s); });
    }
    for (auto i = queue.pop_first(); i != Marks::none; i = queue.pop_first()) {
      if (visited.size() >= limit) return forward_from(i);
      if (!pass->spans(i)) visit_early(i);
    }
  }
  void forward_from(std::uint32_t first) {
    all_early = all_late = finish_moves = true;
    queue.clear();
    for (auto i = first; i < pass->activities; ++i) {
      if (!pass->spans(i)) compute_early(i);
    }
  }

  void visit_early(std::uint32_t i) {
    log(i);
    visited.push_back(i);
    auto const& links = pass->links;
    auto const first = links.first_in[i], last = links.first_in[i + 1];
    std::int64_t const start = work.early_start[i], finish = work.early_finish[i];
    driving.assign(work.driving.begin() + first, work.driving.begin() + last);
    compute_early(i);
    for (auto k = first; k < last; ++k) {
      if (work.driving[k] == driving[k - first]) continue;
      links_changed.push_back(k);
      shown->driving[k] = work.driving[k];
    }
    if (work.early_start[i] == start && work.early_finish[i] == finish) return;
    each_successor(i, [&](std::uint32_t s) { queue.mark(s); });
    auto const last_finish = work.scheduled_finish[pass->activity.subproject[i]];
    finish_moves |= work.early_finish[i] > last_finish || finish == last_finish;
  }

  /// Primavera's, from the dates that the forward pass gave. Few have the constraint, so all of them.
  void place_late_ones(std::vector<ActivityIndex> const& edited) {
    auto candidates = late_ones;
    for (auto const i : edited) {
      if (!microsoft && as_late_as_possible(i.value)) candidates.push_back(i.value);
    }
    std::sort(candidates.begin(), candidates.end());
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

  void backward(std::vector<ActivityIndex> const& edited) {
    if (all_late || work.must_finish != base.must_finish) {
      all_late = true;
      backward_from(pass->activities);
    } else {
      follow_backward(edited);
    }
    all_late |= work.scheduled_finish != base.scheduled_finish;
    if (all_late) {
      floats.clear();
      for (std::uint32_t i = 0; i < pass->activities; ++i) visit_float(i);
    } else {
      for (auto i = floats.pop_first(); i != Marks::none; i = floats.pop_first()) visit_float(i);
    }
  }

  void backward_from(std::uint32_t end) {
    queue.clear();
    for (auto i = end; i-- > 0;) {
      if (!pass->spans(i)) compute_late(i);
    }
  }

  void follow_backward(std::vector<ActivityIndex> const& edited) {
    auto const look = [&](std::uint32_t i) { queue.mark(i); };
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
    for (auto i = queue.pop_last(); i != Marks::none; i = queue.pop_last()) {
      if (++looked_at > limit) {
        all_late = true;
        return backward_from(i + 1);
      }
      if (!pass->spans(i)) visit_late(i);
    }
  }

  void visit_late(std::uint32_t i) {
    log(i);
    std::int64_t const start = work.late_start[i], finish = work.late_finish[i];
    compute_late(i);
    if (work.late_start[i] == start && work.late_finish[i] == finish) return;
    each_predecessor(i, [&](std::uint32_t p) { queue.mark(p); });
    floats.mark(i);
    touch_levels_of_effort(i);
  }

  void touch_levels_of_effort(std::uint32_t i) {
    if (!levels_of_effort) return;
    auto const touch = [&](std::uint32_t other) {
      if (pass->spans(other)) floats.mark(other);
    };
    each_predecessor(i, touch);
    each_successor(i, touch);
  }

  void visit_float(std::uint32_t i) {
    log(i);
    span_levels_of_effort(*pass, i, i + 1);
    compute_float(i);
  }

  // What the tools show of it.

  void show() {
    if (all_late) return show_everything();
    for (auto const& [i, old] : rows) {
      Row::of(work, i).put(*shown, i);
      show_actual_dates(*shown_pass, i, i + 1);
      for (auto k = summary_first[i]; k < summary_first[i + 1]; ++k) summaries.mark(summary_of[k]);
      if (pass->activity.kind[i] == ActivityKind::Summary) summaries.mark(i);
    }
    for (auto i = summaries.pop_first(); i != Marks::none; i = summaries.pop_first()) {
      log(i);
      Row::of(work, i).put(*shown, i);
      roll_up_summaries(*shown_pass, i, i + 1);
    }
    if (longest_path_may_move()) trace_again();
    for (auto const& [i, old] : rows) {
      shown->critical[i] = 0;
      mark_critical(*shown_pass, i, i + 1);
    }
    move_ends();
  }

  void show_everything() {
    auto const n = pass->activities;
    if (all_early) Row::copy_early(work, *shown);
    for (auto const& [i, old] : rows) Row::of(work, i).put(*shown, i);
    Row::copy_late(work, *shown);
    show_actual_dates(*shown_pass, 0, n);
    roll_up_summaries(*shown_pass, 0, n);
    if (all_early || longest_path_may_move()) {
      std::fill(shown->longest_path.begin(), shown->longest_path.end(), std::uint8_t{0});
      trace_longest_path(*shown_pass);
    }
    std::fill(shown->critical.begin(), shown->critical.end(), std::uint8_t{0});
    mark_critical(*shown_pass, 0, n);
    find_ends(*shown);
  }

  /// Looks at all dates only where what began first or ended last no longer does.
  void move_ends() {
    auto first = base.first_start, last = base.last_finish;
    bool lost_first = false, lost_last = false;
    for (auto const& [i, old] : rows) {
      if (pass->microsoft(i).inactive) continue;
      lost_first |= base.early_start[i] == base.first_start && shown->early_start[i] > base.first_start;
      lost_last |= base.early_finish[i] == base.last_finish && shown->early_finish[i] < base.last_finish;
      first = std::min(first, shown->early_start[i]);
      last = std::max(last, shown->early_finish[i]);
    }
    shown->first_start = first, shown->last_finish = last;
    if ((lost_first && first == base.first_start) || (lost_last && last == base.last_finish))
      find_ends(*shown);
  }

  /// A path changes only where one of its activities, or what ends last, was looked at again.
  [[nodiscard]] bool longest_path_may_move() const {
    std::int64_t const last = last_on_path;
    return std::any_of(visited.begin(), visited.end(), [&](std::uint32_t i) {
      return base.longest_path[i] != 0 || shown->early_finish[i] >= last;
    });
  }

  void trace_again() {
    auto& path = shown->longest_path;
    std::fill(path.begin(), path.end(), std::uint8_t{0});
    trace_longest_path(*shown_pass);
    // The sets are alike nearly everywhere: compare eight at a time.
    std::size_t const n = path.size();
    for (std::size_t i = 0; i < n;) {
      if (i + 8 <= n && std::memcmp(&path[i], &base.longest_path[i], 8) == 0) {
        i += 8;
        continue;
      }
      if (path[i] != base.longest_path[i]) log(static_cast<std::uint32_t>(i));
      ++i;
    }
  }

  // Links that come and go keep the numbers of activities, but not those of links.

  void relink(NetworkBuilder::Relinked const& relinked) {
    numbered_anew = true;
    for (auto* const results : {&work, shown.get()}) {
      results->network = NetworkBuilder::with_links(results->network, relinked.links);
      for (auto* const causes : {&results->start_cause, &results->finish_cause, &results->late_start_cause,
                                 &results->late_finish_cause}) {
        for (auto& cause : *causes) move(cause, relinked.place);
      }
      std::vector<std::uint8_t> driving_now(relinked.links->predecessor.size(), 0);
      for (std::size_t k = 0; k < relinked.place.size(); ++k)
        if (relinked.place[k] != LinkIndex::none) driving_now[relinked.place[k]] = base.driving[k];
      results->driving = std::move(driving_now);
    }
    placed_links = &relinked.place;
    pass.emplace(work);
    shown_pass.emplace(*shown);
  }
  static void move(Cause& cause, std::vector<std::uint32_t> const& place) {
    if (cause.link != LinkIndex::none) cause.link = place[cause.link];
  }

  void apply(Overlay const& overlay, NetworkBuilder::Relinked const* relinked) {
    auto edited = overlay.edited();
    if (relinked) {
      relink(*relinked);
      edited.insert(edited.end(), relinked->ends.begin(), relinked->ends.end());
      std::sort(edited.begin(), edited.end());
      edited.erase(std::unique(edited.begin(), edited.end()), edited.end());
    }
    if (edited.empty()) return;
    edits = edited;
    overlay.write(*values);
    forward(edited);
    if (finish_moves) project_finishes(*pass);
    place_late_ones(edited);
    backward(edited);
    show();
  }

  void take_back() {
    // Reasons name links by number: none of them is left where those changed.
    if (numbered_anew) all_early = all_late = true;
    in_full = false;
    queue.clear(), floats.clear(), summaries.clear();
    bool const kept = shown.use_count() > 1 || values.use_count() > 3;
    // Whoever let go of the last schedule has read all of it before it is written again.
    std::atomic_thread_fence(std::memory_order_acquire);
    for (auto const& [i, row] : rows) {
      row.put(work, i);
      logged[i] = 0;
    }
    if (!numbered_anew) {
      for (auto const k : links_changed) work.driving[k] = base.driving[k];
    }
    if (all_early) Row::copy_early(base, work);
    if (all_late) {
      Row::copy_late(base, work);
      for (auto const& [i, row] : unshown) row.put(work, i);
    }
    work.scheduled_finish = base.scheduled_finish;
    work.must_finish = base.must_finish;
    if (kept) {
      copy_arrays();
    } else {
      if (all_early) Row::copy_early(base, *shown);
      if (all_late) {
        Row::copy_late(base, *shown);
        shown->critical = base.critical;
        shown->longest_path = base.longest_path;
      }
      for (auto const& [i, row] : rows) {
        Row::of(base, i).put(*shown, i);
        shown->critical[i] = base.critical[i];
        shown->longest_path[i] = base.longest_path[i];
      }
      if (numbered_anew) {
        share_network();
      } else {
        for (auto const k : links_changed) shown->driving[k] = base.driving[k];
      }
      for (auto const i : edits) {
        for_each_column_of([&](auto& to, auto const& from) { to[i.value] = from[i.value]; }, *values,
                           base.network.values());
      }
      shown->scheduled_finish = base.scheduled_finish;
      shown->must_finish = base.must_finish;
      shown->first_start = base.first_start;
      shown->last_finish = base.last_finish;
    }
    rows.clear(), links_changed.clear(), visited.clear(), edits.clear();
    finish_moves = all_early = all_late = numbered_anew = false;
    placed_links = nullptr;
  }

  /// Whether only a pass over everything gives the dates.
  [[nodiscard]] bool needs_all(Overlay const& overlay) const {
    if (!same_network(overlay.base(), base.network)) return true;
    if (base.rules.from_finish) return true;
    if (!microsoft) return false;
    if (starts_of_summaries) return true;
    // One that has begun stays where it is, unless the change takes its beginning away.
    auto const edited = overlay.edited();
    auto const& constraint = base.network.values().constraint;
    return !late_ones.empty() || overlay.sets(ConstraintKind::AsLateAsPossible) ||
           std::any_of(edited.begin(), edited.end(), [&](ActivityIndex i) {
             return constraint[i.value] == ConstraintKind::AsLateAsPossible;
           });
  }

  Schedule before;
  Schedule::Results const& base;
  Schedule::Results work;
  std::shared_ptr<Schedule::Results> shown;
  std::shared_ptr<ActivityValues> values;  ///< Of both, to write the overlay into.
  std::optional<Pass> pass, shown_pass;
  bool const microsoft;
  bool levels_of_effort = false;
  bool starts_of_summaries = false;  ///< Links from them: which activity counts may change.
  std::vector<std::uint32_t> summary_first, summary_of;  ///< Of each activity.
  std::vector<std::uint32_t> late_ones;                  ///< As late as possible, in order,
  std::vector<Row> unplaced;                             ///< and before they were placed.
  std::vector<std::pair<std::uint32_t, Row>> unshown;    ///< Of `work`, where base is as the tools show it.

  Marks queue, floats, summaries;
  std::vector<std::uint32_t> logged;  ///< Place in `rows`, plus one.
  std::vector<std::pair<std::uint32_t, Row>> rows;
  std::vector<std::uint32_t> links_changed;  ///< Driving now and not before, or the other way round.
  std::vector<std::uint32_t> visited;        ///< Their early dates were looked at again.
  std::vector<ActivityIndex> edits;
  std::vector<std::uint8_t> driving;
  std::int64_t last_on_path = no_instant;
  static constexpr std::size_t share_to_give_up = 16;
  std::size_t const limit;  ///< Activities looked at one way before loops over everything take over.
  bool finish_moves = false, in_full = false;
  bool numbered_anew = false;  ///< Links came or went.
  std::vector<std::uint32_t> const* placed_links =
      nullptr;  ///< Of each link before; while a change is applied.
  bool all_early = false,
       all_late = false;  ///< Loops over everything took over; the first goes with the other.
};

WhatIf::WhatIf(Schedule before) : state_(std::make_unique<State>(std::move(before))) {}
WhatIf::WhatIf(WhatIf&&) noexcept = default;
WhatIf& WhatIf::operator=(WhatIf&&) noexcept = default;
WhatIf::~WhatIf() = default;

Schedule const& WhatIf::before() const { return state_->before; }
bool WhatIf::knows_moved() const { return !state_->in_full; }

Schedule WhatIf::schedule(Overlay const& overlay) {
  auto& state = *state_;
  state.take_back();
  bool full = state.needs_all(overlay);
  std::optional<NetworkBuilder::Relinked> relinked;
  if (!full && !overlay.values_only()) {
    relinked = NetworkBuilder::relinked(overlay);
    full = !relinked;
  }
  if (full) {
    state.in_full = true;
    return rapport::schedule(overlay, state.base.rules);
  }
  if (overlay.empty()) return state.before;
  try {
    state.apply(overlay, relinked ? &*relinked : nullptr);
  } catch (...) {
    state.take_back();
    throw;
  }
  return Schedule(state.shown);
}

std::vector<ActivityIndex> WhatIf::moved() const {
  auto const& state = *state_;
  std::vector<ActivityIndex> moved;
  Schedule const after(state.shown);
  auto const look = [&](std::uint32_t i) {
    if (after.dates(ActivityIndex{i}) != state.before.dates(ActivityIndex{i})) moved.push_back({i});
  };
  if (state.all_late) {
    for (std::uint32_t i = 0; i < state.pass->activities; ++i) look(i);
    return moved;
  }
  for (auto const& [i, row] : state.rows) look(i);
  std::sort(moved.begin(), moved.end());
  return moved;
}

}  // namespace rapport
