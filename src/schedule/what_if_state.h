#pragma once
// What a WhatIf holds between changes. Its parts: what_if_spread.cpp follows a change forward and back,
// what_if_shown.cpp turns that into what the tools show, what_if_structure.cpp edits links and activities.

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "rapport/schedule/what_if.h"
#include "schedule/edited_links.h"
#include "schedule/kept_order.h"
#include "schedule/lane_slots.h"
#include "schedule/pass.h"
#include "schedule/what_if_marks.h"

namespace rapport {

/// What the passes write of one activity: early dates, late dates and floats each for themselves, for a
/// change seldom moves all of them.
struct WhatIf::Row {
  using Results = Schedule::Results;
  struct Early {
    std::int64_t start = no_instant, finish = no_instant;
    Cause start_cause, finish_cause;

    static Early of(Results const& from, std::uint32_t i) {
      return {from.early_start[i], from.early_finish[i], from.start_cause[i], from.finish_cause[i]};
    }
    void put(Results& to, std::uint32_t i) const {
      to.early_start[i] = start, to.early_finish[i] = finish;
      to.start_cause[i] = start_cause, to.finish_cause[i] = finish_cause;
    }
    [[nodiscard]] bool same(Results const& other, std::uint32_t i) const {
      return start == other.early_start[i] && finish == other.early_finish[i] &&
             finish_cause.driver() == other.finish_cause[i].driver();
    }
  };
  struct Late {
    std::int64_t start = no_instant, finish = no_instant;
    Cause start_cause, finish_cause;

    static Late of(Results const& from, std::uint32_t i) {
      return {from.late_start[i], from.late_finish[i], from.late_start_cause[i], from.late_finish_cause[i]};
    }
    void put(Results& to, std::uint32_t i) const {
      to.late_start[i] = start, to.late_finish[i] = finish;
      to.late_start_cause[i] = start_cause, to.late_finish_cause[i] = finish_cause;
    }
  };
  struct Floats {
    std::int64_t total = 0, free = 0;

    static Floats of(Results const& from, std::uint32_t i) {
      return {from.total_float[i], from.free_float[i]};
    }
    void put(Results& to, std::uint32_t i) const { to.total_float[i] = total, to.free_float[i] = free; }
  };
  Early early;
  Late late;
  Floats floats;

  static Row of(Results const& from, std::uint32_t i) {
    return {Early::of(from, i), Late::of(from, i), Floats::of(from, i)};
  }
  void put(Results& to, std::uint32_t i) const { early.put(to, i), late.put(to, i), floats.put(to, i); }

  /// One more activity.
  static void append(Results& to) {
    for (auto* const column : {&to.early_start, &to.early_finish, &to.late_start, &to.late_finish})
      column->push_back(no_instant);
    for (auto* const column : {&to.total_float, &to.free_float}) column->push_back(0);
    for (auto* const column :
         {&to.start_cause, &to.finish_cause, &to.late_start_cause, &to.late_finish_cause})
      column->emplace_back();
    to.critical.push_back(0), to.longest_path.push_back(0);
  }
  static void shorten(Results& to, std::size_t activities) {
    for (auto* const column : {&to.early_start, &to.early_finish, &to.late_start, &to.late_finish,
                               &to.total_float, &to.free_float})
      column->resize(activities);
    for (auto* const column :
         {&to.start_cause, &to.finish_cause, &to.late_start_cause, &to.late_finish_cause})
      column->resize(activities);
    to.critical.resize(activities), to.longest_path.resize(activities);
  }
  // The columns of all activities at once: what the forward pass writes, and the rest.
  static void copy_early(Results const& from, Results& to) {
    to.early_start = from.early_start, to.early_finish = from.early_finish;
    to.start_cause = from.start_cause, to.finish_cause = from.finish_cause;
    to.driving = from.driving;
  }
  static void copy_late(Results const& from, Results& to) {
    to.late_start = from.late_start, to.late_finish = from.late_finish;
    to.late_start_cause = from.late_start_cause, to.late_finish_cause = from.late_finish_cause;
    to.total_float = from.total_float, to.free_float = from.free_float;
  }
  static void swap_early(Results& a, Results& b) {
    a.early_start.swap(b.early_start), a.early_finish.swap(b.early_finish);
    a.start_cause.swap(b.start_cause), a.finish_cause.swap(b.finish_cause);
    a.driving.swap(b.driving);
  }
  static void swap_late(Results& a, Results& b) {
    a.late_start.swap(b.late_start), a.late_finish.swap(b.late_finish);
    a.late_start_cause.swap(b.late_start_cause), a.late_finish_cause.swap(b.late_finish_cause);
    a.total_float.swap(b.total_float), a.free_float.swap(b.free_float);
  }
};

/// What a change wrote over, to take it back at the cost of what it touched.
struct WhatIf::Log {
  enum Part : std::uint8_t { Early = 1, Late = 2, Floats = 4, All = 7, Shown = 8, Differs = 16 };

  /// Per activity: what is kept of it. `Differs` stays: it is shown otherwise than the passes leave it.
  AlignedVector<std::uint8_t> parts;
  std::vector<std::uint32_t> touched;  ///< Activities that have any part, or are shown anew.
  std::vector<std::pair<std::uint32_t, Row::Early>> early;
  std::vector<std::pair<std::uint32_t, Row::Late>> late;
  std::vector<std::pair<std::uint32_t, Row::Floats>> floats;

  explicit Log(std::size_t activities) : parts(activities, 0) {}
  [[nodiscard]] bool has(std::uint32_t i, Part part) const { return (parts[i] & part) != 0; }
  [[nodiscard]] bool is_touched(std::uint32_t i) const { return (parts[i] & (All | Shown)) != 0; }
  void keep(Schedule::Results const& of, std::uint32_t i, std::uint8_t wanted) {
    auto const missing = static_cast<std::uint8_t>(wanted & ~parts[i]);
    if (missing == 0) return;
    if (!is_touched(i)) touched.push_back(i);
    parts[i] |= missing;
    if (missing & Early) early.emplace_back(i, Row::Early::of(of, i));
    if (missing & Late) late.emplace_back(i, Row::Late::of(of, i));
    if (missing & Floats) floats.emplace_back(i, Row::Floats::of(of, i));
  }
  void put(Schedule::Results& to) const {
    for (auto const& [i, row] : early) row.put(to, i);
    for (auto const& [i, row] : late) row.put(to, i);
    for (auto const& [i, row] : floats) row.put(to, i);
  }
  void clear() {
    for (auto const i : touched)
      if (i < parts.size()) parts[i] &= Differs;
    touched.clear(), early.clear(), late.clear(), floats.clear();
  }
};

// Two sets of results are kept. `work` stands as the passes leave it; `shown` as the tools show it,
// where completed activities have their actual dates and summaries roll up. Every row is logged
// before it is first written, so that taking a change back costs what it touched. A change that reaches
// too far is given over to plain loops over everything, which log nothing: they write where dates are shown,
// so that `work` has its own again when they are through.
struct WhatIf::State {
  explicit State(Schedule schedule);

  /// Whether only a pass over everything gives the dates.
  [[nodiscard]] bool needs_all(Overlay const& overlay) const;
  void apply(Overlay const& overlay);
  void take_back();
  [[nodiscard]] std::vector<ActivityIndex> moved() const;

  // what_if.cpp
  void copy_arrays();
  void share_values();
  void prepare();
  void take_back_shown();
  [[nodiscard]] bool as_late_as_possible(std::uint32_t i) const;
  void log(std::uint32_t i, std::uint8_t parts);
  [[nodiscard]] bool is_gone(std::uint32_t i) const {
    return !gone.empty() && std::binary_search(gone.begin(), gone.end(), i);
  }

  // what_if_spread.cpp
  void compute_early(std::uint32_t i);
  void compute_late(std::uint32_t i);
  void compute_float(std::uint32_t i);
  void forward(std::vector<ActivityIndex> const& edited);
  void forward_from(std::uint32_t place);
  void visit_early(std::uint32_t i);
  /// Its early dates were others. Notes whether the project's finish may be as well.
  bool early_moved(std::uint32_t i, std::int64_t start, std::int64_t finish);
  [[nodiscard]] bool waits_for_others(std::uint32_t link) const;
  [[nodiscard]] bool is_ordinary_in_microsoft(std::uint32_t link, std::uint32_t i) const;
  [[nodiscard]] bool is_held_by_others(std::uint32_t link) const;
  void place_late_ones(std::vector<ActivityIndex> const& edited);
  void backward(std::vector<ActivityIndex> const& edited);
  void backward_over_all();
  void late_one_by_one();
  /// False when it reaches too far.
  [[nodiscard]] bool follow_backward(std::vector<ActivityIndex> const& edited);
  [[nodiscard]] bool late_depends_on_early(std::uint32_t i) const;
  void borrow_early();
  void borrow_late();
  void give_back();
  void touch_open_ends();
  void visit_late(std::uint32_t i);
  void touch_levels_of_effort(std::uint32_t i);
  void visit_float(std::uint32_t i);

  // what_if_shown.cpp
  void show();
  void show_parts(std::uint32_t i);
  void show_everything();
  void move_ends();
  [[nodiscard]] bool longest_path_may_move() const;
  void trace_path();
  void trace_again();

  // what_if_structure.cpp
  /// The ends of links that come or go, and what is added. Errors: CycleError.
  std::vector<ActivityIndex> edit_structure(Overlay const& overlay);
  void add_activities(NetworkBuilder::Structure const& edits);
  void add_link(Overlay const& overlay, NetworkBuilder::Link const& link);
  void remove_activity(Overlay const& overlay, std::uint32_t i);
  void follow_moved_links();
  void take_back_structure(bool kept);

  template <class Visit>
  void each_predecessor(std::uint32_t i, Visit&& visit) const {
    for (auto k = pass->first_in[i]; k < pass->last_in[i]; ++k) visit(pass->links.predecessor[k]);
  }
  template <class Visit>
  void each_successor(std::uint32_t i, Visit&& visit) const {
    for (auto o = pass->first_out[i]; o < pass->last_out[i]; ++o)
      visit(pass->links.successor[pass->links.out[o]]);
  }
  template <class Visit>
  void each_link(std::uint32_t i, Visit&& visit) const {
    for (auto k = pass->first_in[i]; k < pass->last_in[i]; ++k) visit(k);
    for (auto o = pass->first_out[i]; o < pass->last_out[i]; ++o) visit(pass->links.out[o]);
  }

  Schedule before;
  Schedule::Results const& base;
  std::uint32_t const n;  ///< Activities before the change.
  Schedule::Results work;
  std::shared_ptr<Schedule::Results> shown;
  std::shared_ptr<ActivityValues> values;  ///< Of both, to write the overlay into.
  std::optional<Pass> pass, shown_pass;
  bool const microsoft;
  bool levels_of_effort = false;
  bool starts_of_summaries = false;  ///< Links from them: which activity counts may change.
  AlignedVector<std::uint32_t> summary_first, summary_of;  ///< Of each activity.
  std::vector<std::uint32_t> late_ones;                    ///< As late as possible, in order,
  std::vector<Row::Early> unplaced;                        ///< and before they were placed.
  std::vector<std::pair<std::uint32_t, Row::Early>>
      unshown;  ///< Of `work`, where base is as the tools show it.

  KeptOrder order;
  Marks queue;  ///< Of places in the order.
  Marks floats, summaries;
  Log logged;                                ///< Of `work`.
  std::vector<std::uint32_t> links_changed;  ///< Driving now and not before, or the other way round.
  std::vector<std::uint32_t> visited;        ///< Their early dates were looked at again.
  std::vector<ActivityIndex> edits;          ///< Of the base, with other values.
  ChangingSlots lane_slots;
  AlignedVector<std::uint8_t> driving;
  std::int64_t last_on_path = no_instant;
  static constexpr std::size_t share_to_give_up = 32;
  /// Activities looked at on the way back before loops over everything take over; forward half as many, for
  /// there the loops pass over what does not move.
  std::size_t const limit;
  bool finish_moves = false, in_full = false;
  bool all_early = false, all_late = false;  ///< Loops over everything took over.
  bool early_borrowed = false,
       late_borrowed = false;  ///< By `work`, of what is shown, and the other way round.
  /// Late dates and floats for a loop over everything to write, so that nothing has to be copied to take it
  /// back; while it is shown, those of the base.
  Schedule::Results spare;
  bool late_spared = false;  ///< What is shown is the spare.

  std::shared_ptr<EditedLinks> links;  ///< Made by the first change that needs it.
  bool structural = false;             ///< Links or activities came or went.
  std::vector<std::uint32_t> gone;     ///< Activities, in order.
  std::vector<ActivityIndex> ends;     ///< Of links that came or went, in no order.
};

}  // namespace rapport
