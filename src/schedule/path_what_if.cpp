#include "rapport/schedule/path_what_if.h"

#include <algorithm>
#include <optional>
#include <vector>

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
  /// An activity beside its two ends: 0 is its start, 1 its finish. Half a line of the cache.
  struct alignas(32) Node {
    std::int32_t early[2] = {0, 0};
    std::int32_t tail[2] = {0, 0};  ///< From that end to the end of the longest path behind it.
    std::int32_t duration = 0;
    std::uint32_t first_in = 0, first_out = 0, end = 0;  ///< Into `links`.
  };

  /// A link as one of its activities sees it.
  struct Half {
    std::uint32_t word;  ///< The other activity's slot · 4 + (it holds a finish) · 2 + (it leaves one).
    std::int32_t lag;

    [[nodiscard]] std::uint32_t other() const { return word >> 2; }
    [[nodiscard]] std::uint32_t from_end() const { return word & 1; }
    [[nodiscard]] std::uint32_t to_end() const { return word >> 1 & 1; }
    /// The start that it allows a successor of that duration, when its predecessor's end is at `t`.
    [[nodiscard]] std::int32_t start_from(std::int32_t t, std::int32_t duration) const {
      return t + lag - (to_end() ? duration : 0);
    }
    /// The tail of its predecessor's finish, when that of its successor's end is `tail`.
    [[nodiscard]] std::int32_t tail_from(std::int32_t tail, std::int32_t duration) const {
      return tail + lag - (from_end() ? 0 : duration);
    }
  };

  /// What an activity had before the change: of the forward pass its early dates, else its tails.
  struct Before {
    std::uint32_t slot;
    std::int32_t start, finish;
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
      auto const start = Slices::start_of(slot), finish_event = Slices::finish_of(slot);
      node.early[0] = path.early[start], node.early[1] = path.early[finish_event];
      node.tail[0] = path.finish - path.late[start], node.tail[1] = path.finish - path.late[finish_event];
      node.duration = path.duration[slot];
    }
    finish = path.finish;
  }

  void visit_forward(std::uint32_t slot) {
    Node& node = nodes[slot];
    std::int32_t const duration = node.duration;
    std::int32_t start = 0;
    for (auto k = node.first_in; k < node.first_out; ++k) {
      Half const link = links[k];
      start = std::max(start, link.start_from(nodes[link.other()].early[link.from_end()], duration));
    }
    std::int32_t const was[2] = {node.early[0], node.early[1]};
    std::int32_t const is[2] = {start, start + duration};
    if (is[0] == was[0] && is[1] == was[1]) return;
    forward_log.push_back({slot, was[0], was[1]});
    node.early[0] = is[0], node.early[1] = is[1];
    if (is[1] >= finish)
      finish = is[1];
    else if (was[1] == finish)
      last_moved_earlier = true;
    for (auto k = node.first_out; k < node.end; ++k) {
      Half const link = links[k];
      Node const& successor = nodes[link.other()];
      auto const end = link.from_end();
      auto const now = link.start_from(is[end], successor.duration);
      auto const then = link.start_from(was[end], successor.duration);
      // It holds its successor now, or did and lets go.
      if (now > successor.early[0] || (then == successor.early[0] && now < then)) queue.mark(link.other());
    }
  }

  void visit_backward(std::uint32_t slot) {
    Node& node = nodes[slot];
    std::int32_t const duration = node.duration;
    std::int32_t tail = 0;
    for (auto k = node.first_out; k < node.end; ++k) {
      Half const link = links[k];
      tail = std::max(tail, link.tail_from(nodes[link.other()].tail[link.to_end()], duration));
    }
    std::int32_t const was[2] = {node.tail[0], node.tail[1]};
    std::int32_t const is[2] = {tail + duration, tail};
    if (is[0] == was[0] && is[1] == was[1]) return;
    backward_log.push_back({slot, was[0], was[1]});
    node.tail[0] = is[0], node.tail[1] = is[1];
    for (auto k = node.first_in; k < node.first_out; ++k) {
      Half const link = links[k];
      Node const& predecessor = nodes[link.other()];
      auto const end = link.to_end();
      auto const now = link.tail_from(is[end], predecessor.duration);
      auto const then = link.tail_from(was[end], predecessor.duration);
      if (now > predecessor.tail[1] || (then == predecessor.tail[1] && now < then)) queue.mark(link.other());
    }
  }

  /// False when it reaches too far.
  bool follow() {
    for (auto const& [slot, duration] : durations_before) queue.mark(slot);
    for (auto slot = queue.pop_first(); slot != Marks::none; slot = queue.pop_first()) {
      if (++looked_at > limit) return false;
      visit_forward(slot);
    }
    if (last_moved_earlier) {
      finish = 0;
      for (auto const slot : ends) finish = std::max(finish, nodes[slot].early[1]);
    }
    for (auto const& [slot, duration] : durations_before) queue.mark(slot);
    for (auto slot = queue.pop_last(); slot != Marks::none; slot = queue.pop_last()) {
      if (++looked_at > limit) return false;
      visit_backward(slot);
    }
    return true;
  }

  void try_durations(std::span<DurationChange const> changes) {
    take_back();
    bound_with_changes = bound.with(changes);
    finish_before = finish;
    for (auto const& [activity, duration] : changes) {
      auto const slot = network.slot_of[activity];
      durations_before.push_back({slot, nodes[slot].duration});
      nodes[slot].duration = duration;
    }
    if (follow()) return;
    queue.clear();
    passes_ran = true;
    for (auto const& [slot, duration] : durations_before) path.duration[slot] = nodes[slot].duration;
    forward_pass(network, path);
    backward_pass(network, path);
  }

  void take_back() {
    for (auto const& [slot, start, end] : forward_log) {
      nodes[slot].early[0] = start, nodes[slot].early[1] = end;
    }
    for (auto const& [slot, start, end] : backward_log) {
      nodes[slot].tail[0] = start, nodes[slot].tail[1] = end;
    }
    // The first one last: of an activity named twice it knows what it had.
    while (!durations_before.empty()) {
      auto const [slot, duration] = durations_before.back();
      nodes[slot].duration = duration;
      if (passes_ran) path.duration[slot] = duration;
      durations_before.pop_back();
    }
    if (finish_before) finish = *finish_before;
    forget();
  }

  void keep() {
    if (passes_ran) load();
    for (auto const& [slot, duration] : durations_before) path.duration[slot] = nodes[slot].duration;
    if (finish_before) bound = bound_with_changes;
    durations_before.clear();
    forget();
  }

  void forget() {
    forward_log.clear(), backward_log.clear();
    finish_before.reset();
    looked_at = 0;
    last_moved_earlier = passes_ran = false;
  }

  [[nodiscard]] std::int32_t last() const { return passes_ran ? path.finish : finish; }
  [[nodiscard]] std::int32_t early(std::uint32_t slot, std::uint32_t end) const {
    return passes_ran ? path.early[Slices::start_of(slot) + end * Slices::lanes] : nodes[slot].early[end];
  }
  [[nodiscard]] std::int32_t late(std::uint32_t slot, std::uint32_t end) const {
    return passes_ran ? path.late[Slices::start_of(slot) + end * Slices::lanes]
                      : finish - nodes[slot].tail[end];
  }
  [[nodiscard]] std::uint32_t slot_of(std::uint32_t activity) const { return network.slot_of[activity]; }

  /// Passes over everything take about as long as looking at this share of all activities.
  static constexpr std::uint32_t share_to_give_up = 64;

  Slices network;
  TimeBound bound, bound_with_changes = bound;
  CriticalPath path;  ///< Of the passes, when they ran; else only its durations before the change count.
  std::vector<Node> nodes;          ///< By slot.
  std::vector<Half> links;          ///< Of each activity those in, then those out.
  std::vector<std::uint32_t> ends;  ///< Slots of activities behind which nothing must finish later.
  Marks queue;
  std::int32_t finish = 0;
  std::uint32_t limit = 0;

  // Of the change:
  std::vector<std::pair<std::uint32_t, std::int32_t>> durations_before;  ///< By slot.
  std::vector<Before> forward_log, backward_log;
  std::optional<std::int32_t> finish_before;
  std::uint32_t looked_at = 0;
  bool last_moved_earlier = false, passes_ran = false;
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
    soonest = std::min(soonest, state.early(link.other(), link.to_end()) - link.lag +
                                    (link.from_end() ? 0 : state.nodes[slot].duration));
  }
  return soonest - state.early(slot, 1);
}

std::uint32_t PathWhatIf::looked_at() const { return state_->looked_at; }
bool PathWhatIf::passes_ran() const { return state_->passes_ran; }

}  // namespace rapport
