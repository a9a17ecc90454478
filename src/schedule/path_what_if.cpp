#include "rapport/schedule/path_what_if.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "rapport/base/aligned.h"
#include "schedule/time_bound.h"
#include "schedule/what_if_marks.h"

namespace rapport {
namespace {

/// An event of Slices as slot · 2 + end.
std::uint32_t slot_and_end(std::uint32_t event) {
  constexpr auto lanes = Slices::lanes;
  return (event / (2 * lanes) * lanes + event % lanes) * 2 + event / lanes % 2;
}

}  // namespace

// Activities stand in the order of the slices, so that a bit set over their slots gives them back in
// topological order. Late dates are not kept but tails: when the finish moves, no tail does.
struct PathWhatIf::State {
  /// An activity, half a line of the cache: before the change, but its duration is that of the change. Its
  /// finish is its start and its duration; the tail of its start that of its finish and its duration.
  struct alignas(32) Node {
    std::int32_t start = 0;
    std::int32_t tail = 0;                    ///< From its finish to the end of the longest path behind it.
    std::int32_t later = 0, longer_tail = 0;  ///< By how much the change moves them.
    std::int32_t duration = 0;
    std::uint32_t first_in = 0, first_out = 0, end = 0;  ///< Into `links`.
  };

  /// A link as one of its activities sees it.
  struct Half {
    std::uint32_t word;  ///< The other activity's slot · 4 + (it holds a finish) · 2 + (it leaves one).
    std::int32_t lag;
    /// Before any change: by how much its own activity may come later, or its tail become longer, until the
    /// other one's does. As long as it does not, nobody need look at the other one.
    std::int32_t slack = 0;

    [[nodiscard]] std::uint32_t other() const { return word >> 2; }
    [[nodiscard]] bool from_finish() const { return word & 1; }
    [[nodiscard]] bool to_finish() const { return word & 2; }
    /// Moved by that much, it neither pushes the other activity nor lets it go.
    [[nodiscard]] bool keeps(std::int32_t by) const { return by >= 0 ? by <= slack : slack > 0; }
    /// Where it lets its successor start.
    [[nodiscard]] std::int32_t start(std::int32_t start, std::int32_t duration, Node const& successor) const {
      return start + (from_finish() ? duration : 0) + lag - (to_finish() ? successor.duration : 0);
    }
    /// The tail that it gives its predecessor, from that of its successor.
    [[nodiscard]] std::int32_t tail(Node const& predecessor, std::int32_t tail, std::int32_t duration) const {
      return tail + (to_finish() ? 0 : duration) + lag - (from_finish() ? 0 : predecessor.duration);
    }
  };

  State(Slices of, std::span<std::int32_t const> durations)
      : network(std::move(of)), bound(network, durations), queue(network.slots()) {
    critical_path(network, durations, path);
    nodes.resize(network.slots());
    links.reserve(2 * Slices::lanes * network.in.size());
    std::vector<std::uint8_t> taken(network.slots(), 0);
    for (auto const slot : network.slot_of) taken[slot] = 1;
    for (std::uint32_t slot = 0; slot < network.slots(); ++slot) {
      if (lay_out(slot) && taken[slot]) ends.push_back(slot);
    }
    links.shrink_to_fit();
    limit = std::max<std::uint32_t>(network.activities / share_to_give_up, 64);
    load();
  }

  /// Its links side by side. Whether it may end after all that follow it.
  bool lay_out(std::uint32_t slot) {
    auto const slice = slot / Slices::lanes, lane = slot % Slices::lanes;
    auto const count = [&] { return static_cast<std::uint32_t>(links.size()); };
    Node& node = nodes[slot];
    node.first_in = count();
    for (auto r = network.first_in[slice]; r < network.first_in[slice + 1]; ++r) {
      auto const event = network.in[r].event[lane];
      if (event == network.never()) continue;
      auto const from = slot_and_end(event);
      auto const lag = network.in[r].lag[lane];
      links.push_back({from / 2 * 4 + static_cast<std::uint32_t>(lag & 1) * 2 + from % 2, lag >> 1});
    }
    node.first_out = count();
    bool may_end_last = true;
    auto const turn = network.turn_of(slice);
    for (auto r = network.first_out[turn]; r < network.first_out[turn + 1]; ++r) {
      auto const event = network.out[r].event[lane];
      if (event == network.always()) continue;
      auto const to = slot_and_end(event);
      auto const lag = network.out[r].lag[lane];
      auto const from_finish = static_cast<std::uint32_t>(~lag & 1);
      links.push_back({to / 2 * 4 + to % 2 * 2 + from_finish, lag >> 1});
      if (from_finish && lag >> 1 >= 0) may_end_last = false;
    }
    node.end = count();
    return may_end_last;
  }

  /// The results of the passes become those that changes are tried on.
  void load() {
    for (std::uint32_t slot = 0; slot < network.slots(); ++slot) {
      Node& node = nodes[slot];
      node.start = path.early[Slices::start_of(slot)];
      node.tail = path.finish - path.late[Slices::finish_of(slot)];
      node.duration = path.duration[slot];
    }
    for (std::uint32_t slot = 0; slot < network.slots(); ++slot) measure(slot);
    finish = path.finish;
  }

  /// The slack of its links, as it sees them.
  void measure(std::uint32_t slot) {
    Node const& node = nodes[slot];
    for (auto k = node.first_in; k < node.first_out; ++k) {
      Half& link = links[k];
      Node const& predecessor = nodes[link.other()];
      link.slack = predecessor.tail - link.tail(predecessor, node.tail, node.duration);
    }
    for (auto k = node.first_out; k < node.end; ++k) {
      Half& link = links[k];
      Node const& successor = nodes[link.other()];
      link.slack = successor.start - link.start(node.start, node.duration, successor);
    }
  }
  void measure_around(std::uint32_t slot) {
    measure(slot);
    for (auto k = nodes[slot].first_in; k < nodes[slot].end; ++k) measure(links[k].other());
  }

  [[nodiscard]] std::int32_t start_of(std::uint32_t slot) const {
    return nodes[slot].start + nodes[slot].later;
  }
  [[nodiscard]] std::int32_t tail_of(std::uint32_t slot) const {
    return nodes[slot].tail + nodes[slot].longer_tail;
  }
  void move_start(std::uint32_t slot, std::int32_t by) {
    if (nodes[slot].later == 0 && by != 0) starts_moved.push_back(slot);
    nodes[slot].later = by;
  }
  void move_tail(std::uint32_t slot, std::int32_t by) {
    if (nodes[slot].longer_tail == 0 && by != 0) tails_moved.push_back(slot);
    nodes[slot].longer_tail = by;
  }

  /// The latest start that a link into it allows.
  [[nodiscard]] std::int32_t pulled_start(Node const& node) const {
    std::int32_t start = 0;
    for (auto k = node.first_in; k < node.first_out; ++k) {
      auto const p = links[k].other();
      start = std::max(start, links[k].start(start_of(p), nodes[p].duration, node));
    }
    return start;
  }
  [[nodiscard]] std::int32_t pulled_tail(Node const& node) const {
    std::int32_t tail = 0;
    for (auto k = node.first_out; k < node.end; ++k) {
      auto const s = links[k].other();
      tail = std::max(tail, links[k].tail(node, tail_of(s), nodes[s].duration));
    }
    return tail;
  }

  /// What it has after all that comes before it; `duration_before` the change. A link that holds its finish
  /// lets it start by its duration.
  void visit_forward(std::uint32_t slot, std::int32_t duration_before) {
    Node const& node = nodes[slot];
    std::int32_t const longer = node.duration - duration_before;
    bool const held = longer != 0 && std::any_of(links.data() + node.first_in, links.data() + node.first_out,
                                                 [](Half const& link) { return link.to_finish(); });
    if (something_let_go || held) move_start(slot, pulled_start(node) - node.start);
    std::int32_t const starts_later = nodes[slot].later;
    if (starts_later == 0 && longer == 0) return;
    std::int32_t const finished = node.start + duration_before, finishes = finished + starts_later + longer;
    if (finishes >= finish)
      finish = finishes;
    else if (finished == finish)
      last_moved_earlier = true;
    for (auto k = node.first_out; k < node.end; ++k) {
      Half const link = links[k];
      std::int32_t const by = starts_later + (link.from_finish() ? longer : 0);
      if (link.keeps(by)) continue;
      auto const successor = link.other();
      if (by > 0) {
        if (by - link.slack <= nodes[successor].later) continue;  // another one is later still
        move_start(successor, by - link.slack);
      } else {
        something_let_go = true;
      }
      queue.mark(successor);
      __builtin_prefetch(links.data() + nodes[successor].first_out);
    }
  }

  void visit_backward(std::uint32_t slot, std::int32_t duration_before) {
    Node const& node = nodes[slot];
    std::int32_t const longer = node.duration - duration_before;
    bool const held = longer != 0 && std::any_of(links.data() + node.first_out, links.data() + node.end,
                                                 [](Half const& link) { return !link.from_finish(); });
    if (something_let_go || held) move_tail(slot, pulled_tail(node) - node.tail);
    std::int32_t const further = nodes[slot].longer_tail;
    if (further == 0 && longer == 0) return;
    for (auto k = node.first_in; k < node.first_out; ++k) {
      Half const link = links[k];
      std::int32_t const by = further + (link.to_finish() ? 0 : longer);
      if (link.keeps(by)) continue;
      auto const predecessor = link.other();
      if (by > 0) {
        if (by - link.slack <= nodes[predecessor].longer_tail) continue;
        move_tail(predecessor, by - link.slack);
      } else {
        something_let_go = true;
      }
      queue.mark(predecessor);
      __builtin_prefetch(links.data() + nodes[predecessor].first_in);
    }
  }

  /// Follows the change from the edited activities, one way. As long as no link lets go, what has pushed
  /// an activity is all there is to know of it; then each looks at all its neighbours. False when the
  /// change reaches too far.
  template <class Pop, class Visit>
  bool follow(Pop pop, Visit visit) {
    something_let_go = false;
    for (auto const& [slot, duration] : edits) queue.mark(slot);
    auto edit = edits.begin();
    for (auto slot = pop(); slot != Marks::none; slot = pop()) {
      if (++looked_at > limit) return false;
      if (edit != edits.end() && edit->first == slot)
        visit(slot, (edit++)->second);
      else
        visit(slot, nodes[slot].duration);
    }
    return true;
  }

  bool follow() {
    if (!follow([&] { return queue.pop_first(); }, [&](auto... visited) { visit_forward(visited...); }))
      return false;
    if (last_moved_earlier) {
      finish = 0;
      for (auto const slot : ends) finish = std::max(finish, start_of(slot) + nodes[slot].duration);
    }
    std::reverse(edits.begin(), edits.end());
    return follow([&] { return queue.pop_last(); }, [&](auto... visited) { visit_backward(visited...); });
  }

  void try_durations(std::span<DurationChange const> changes) {
    take_back();
    bound_with_changes = bound.with(changes);
    finish_before = finish;
    for (auto const& [activity, duration] : changes) {
      auto const slot = network.slot_of[activity];
      edits.emplace_back(slot, nodes[slot].duration);
      nodes[slot].duration = duration;
    }
    if (edits.size() > 1) {
      // Of an activity named twice the first entry knows what it had.
      auto const by_slot = [](auto const& x, auto const& y) { return x.first < y.first; };
      auto const same = [](auto const& x, auto const& y) { return x.first == y.first; };
      std::stable_sort(edits.begin(), edits.end(), by_slot);
      edits.erase(std::unique(edits.begin(), edits.end(), same), edits.end());
    }
    if (follow()) return;
    queue.clear();
    passes_ran = true;
    for (auto const& [slot, duration] : edits) path.duration[slot] = nodes[slot].duration;
    forward_pass(network, path);
    backward_pass(network, path);
  }

  void take_back() {
    for (auto const& [slot, duration] : edits) {
      nodes[slot].duration = duration;
      if (passes_ran) path.duration[slot] = duration;
    }
    if (finish_before) finish = *finish_before;
    forget();
  }

  void keep() {
    for (auto const slot : starts_moved) nodes[slot].start = start_of(slot), nodes[slot].later = 0;
    for (auto const slot : tails_moved) nodes[slot].tail = tail_of(slot), nodes[slot].longer_tail = 0;
    for (auto const& [slot, duration] : edits) path.duration[slot] = nodes[slot].duration;
    if (passes_ran) {
      load();
    } else {
      for (auto const& [slot, duration] : edits) measure_around(slot);
      for (auto const* const moved : {&starts_moved, &tails_moved})
        for (auto const slot : *moved) measure_around(slot);
    }
    if (finish_before) bound = bound_with_changes;
    forget();
  }

  void forget() {
    for (auto const slot : starts_moved) nodes[slot].later = 0;
    for (auto const slot : tails_moved) nodes[slot].longer_tail = 0;
    starts_moved.clear(), tails_moved.clear(), edits.clear();
    finish_before.reset();
    looked_at = 0;
    last_moved_earlier = passes_ran = false;
  }

  [[nodiscard]] std::int32_t last() const { return passes_ran ? path.finish : finish; }
  [[nodiscard]] std::int32_t early(std::uint32_t slot, std::uint32_t end) const {
    return passes_ran ? path.early[Slices::start_of(slot) + end * Slices::lanes]
                      : start_of(slot) + (end ? nodes[slot].duration : 0);
  }
  [[nodiscard]] std::int32_t late(std::uint32_t slot, std::uint32_t end) const {
    return passes_ran ? path.late[Slices::start_of(slot) + end * Slices::lanes]
                      : finish - tail_of(slot) - (end ? 0 : nodes[slot].duration);
  }
  [[nodiscard]] std::uint32_t slot_of(std::uint32_t activity) const { return network.slot_of[activity]; }

  /// Passes over everything take about as long as looking at this share of all activities.
  static constexpr std::uint32_t share_to_give_up = 16;

  Slices network;
  TimeBound bound, bound_with_changes = bound;
  CriticalPath path;  ///< Of the passes, when they ran; else only its durations before the change count.
  AlignedVector<Node> nodes;        ///< By slot.
  AlignedVector<Half> links;        ///< Of each activity those in, then those out.
  std::vector<std::uint32_t> ends;  ///< Slots of activities behind which nothing must finish later.
  Marks queue;
  std::int32_t finish = 0;
  std::uint32_t limit = 0;

  // Of the change:
  std::vector<std::pair<std::uint32_t, std::int32_t>> edits;  ///< Slots with their durations before.
  std::vector<std::uint32_t> starts_moved, tails_moved;       ///< Slots.
  std::optional<std::int32_t> finish_before;
  std::uint32_t looked_at = 0;
  bool something_let_go = false, last_moved_earlier = false, passes_ran = false;
};

PathWhatIf::PathWhatIf(Slices network, std::span<std::int32_t const> durations)
    : state_(std::make_unique<State>(std::move(network), durations)) {}
PathWhatIf::PathWhatIf(PathWhatIf&&) noexcept = default;
PathWhatIf& PathWhatIf::operator=(PathWhatIf&&) noexcept = default;
PathWhatIf::~PathWhatIf() = default;

void PathWhatIf::try_durations(std::span<DurationChange const> changes) { state_->try_durations(changes); }
void PathWhatIf::take_back() { state_->take_back(); }
void PathWhatIf::keep() { state_->keep(); }

std::int32_t PathWhatIf::finish() const { return state_->last(); }
std::int32_t PathWhatIf::duration(std::uint32_t activity) const {
  return state_->nodes[state_->slot_of(activity)].duration;
}
std::int32_t PathWhatIf::early_start(std::uint32_t activity) const {
  return state_->early(state_->slot_of(activity), 0);
}
std::int32_t PathWhatIf::early_finish(std::uint32_t activity) const {
  return state_->early(state_->slot_of(activity), 1);
}
std::int32_t PathWhatIf::late_start(std::uint32_t activity) const {
  return state_->late(state_->slot_of(activity), 0);
}
std::int32_t PathWhatIf::late_finish(std::uint32_t activity) const {
  return state_->late(state_->slot_of(activity), 1);
}
std::int32_t PathWhatIf::total_float(std::uint32_t activity) const {
  return late_finish(activity) - early_finish(activity);
}
std::int32_t PathWhatIf::free_float(std::uint32_t activity) const {
  auto const& state = *state_;
  auto const slot = state.slot_of(activity);
  auto soonest = state.last();
  for (auto k = state.nodes[slot].first_out; k < state.nodes[slot].end; ++k) {
    State::Half const link = state.links[k];
    soonest = std::min(soonest, state.early(link.other(), link.to_finish()) - link.lag +
                                    (link.from_finish() ? 0 : state.nodes[slot].duration));
  }
  return soonest - state.early(slot, 1);
}

std::uint32_t PathWhatIf::looked_at() const { return state_->looked_at; }
bool PathWhatIf::passes_ran() const { return state_->passes_ran; }

}  // namespace rapport
