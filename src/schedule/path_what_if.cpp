#include "rapport/schedule/path_what_if.h"

#include <algorithm>
#include <bit>
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

/// Marks of which the next one stands apart: the one after it is then found while it is looked at, and a
/// chain goes through no set at all. `mirror` gives the last one first: 0, or one less than a power of two
/// above all.
class Queue {
 public:
  Queue(Marks& behind, std::uint32_t mirror) : behind_(behind), mirror_(mirror) {}

  void mark(std::uint32_t i) {
    i ^= mirror_;
    if (i == next_) return;
    auto const later = std::max(i, next_);
    next_ = std::min(i, next_);
    if (later != Marks::none) behind_.mark(later);
  }
  [[nodiscard]] bool empty() const { return next_ == Marks::none; }
  std::uint32_t pop() {
    auto const first = next_ ^ mirror_;
    next_ = behind_.pop_first();
    return first;
  }

 private:
  Marks& behind_;
  std::uint32_t mirror_, next_ = Marks::none;
};

}  // namespace

// Activities stand in the order of the slices, so that a bit set over their slots gives them back in
// topological order. Late dates are not kept but tails, the longest path from a finish to the end: when the
// finish moves, no tail does. Both ways are then alike: what an activity's date (its start, or its tail) and
// its duration come to pushes the dates of those that it leads to that way.
struct PathWhatIf::State {
  /// A link as the activity sees it that pushes along it, one way or the other.
  struct Half {
    std::uint32_t word = 0;  ///< The other activity's slot · 4 + it holds the other end · 2 + it leaves ours.
    /// Before any change: by how much this activity's date may grow until the other one's does. As long as it
    /// does not, nobody need look at the other one.
    std::int32_t slack = 0;

    [[nodiscard]] std::uint32_t other() const { return word >> 2; }
    /// Whether this activity's duration counts, and whether that of the other one is taken off.
    [[nodiscard]] bool passes_on() const { return word & 1; }
    [[nodiscard]] bool takes_off() const { return word & 2; }
    /// Moved by that much, it neither pushes the other activity nor lets it go.
    [[nodiscard]] bool keeps(std::int32_t by) const { return by >= 0 ? by <= slack : slack > 0; }
  };

  /// An activity as one way sees it, in one line of the cache, for which a visit then waits once.
  struct alignas(64) Node {
    static constexpr std::uint32_t at_hand = 5;

    std::int32_t date = 0;      ///< Its start or its tail, before the change.
    std::int32_t further = 0;   ///< By how much the change moves that.
    std::int32_t duration = 0;  ///< With the change.
    std::uint32_t count = 0;    ///< Of the links along which it pushes.
    std::uint32_t first_lag = 0, first_link = 0;
    Half links[at_hand];

    [[nodiscard]] std::int32_t now() const { return date + further; }
  };

  struct Way {
    AlignedVector<Node> nodes;  ///< By slot.
    AlignedVector<std::int32_t> lags;
    AlignedVector<Half> many;  ///< Links of nodes that have more than are at hand.
    std::vector<std::uint32_t> moved;

    Node& operator[](std::uint32_t slot) { return nodes[slot]; }
    Node const& operator[](std::uint32_t slot) const { return nodes[slot]; }
    [[nodiscard]] Half const* links_of(Node const& node) const {
      return node.count <= Node::at_hand ? node.links : many.data() + node.first_link;
    }
    Half* links_of(Node& node) {
      return node.count <= Node::at_hand ? node.links : many.data() + node.first_link;
    }
    /// Calls `with` each link of an activity and its lag.
    template <class With>
    void each(std::uint32_t slot, With&& with) const {
      Node const& node = nodes[slot];
      auto const* const links = links_of(node);
      for (std::uint32_t k = 0; k < node.count; ++k) with(links[k], lags[node.first_lag + k]);
    }

    void lay_out(std::uint32_t slot, std::span<Half const> links) {
      Node& node = nodes[slot];
      node.count = static_cast<std::uint32_t>(links.size());
      node.first_link = static_cast<std::uint32_t>(many.size());
      if (links.size() > Node::at_hand)
        many.insert(many.end(), links.begin(), links.end());
      else
        std::copy(links.begin(), links.end(), node.links);
    }
    /// The slack of an activity's links.
    void measure(std::uint32_t slot) {
      Node& node = nodes[slot];
      auto* const links = links_of(node);
      for (std::uint32_t k = 0; k < node.count; ++k) {
        Node const& other = nodes[links[k].other()];
        auto const pushed = node.date + (links[k].passes_on() ? node.duration : 0) +
                            lags[node.first_lag + k] - (links[k].takes_off() ? other.duration : 0);
        links[k].slack = other.date - pushed;
      }
    }
    void move(std::uint32_t slot, std::int32_t by) {
      if (nodes[slot].further == 0 && by != 0) moved.push_back(slot);
      nodes[slot].further = by;
    }
  };

  State(Slices of, std::span<std::int32_t const> durations)
      : network(std::move(of)),
        bound(network, durations),
        last_first(std::bit_ceil(network.slots()) - 1),
        marks(last_first + 1) {
    critical_path(network, durations, path);
    for (auto* const way : {&onward, &back}) way->nodes.resize(network.slots());
    std::vector<std::uint8_t> taken(network.slots(), 0);
    for (auto const slot : network.slot_of) taken[slot] = 1;
    for (std::uint32_t slot = 0; slot < network.slots(); ++slot) {
      lay_out_back(slot);
      if (lay_out_onward(slot) && taken[slot]) ends.push_back(slot);
    }
    for (auto* const way : {&onward, &back}) way->lags.shrink_to_fit(), way->many.shrink_to_fit();
    limit = std::max<std::uint32_t>(network.activities / share_to_give_up, 64);
    load();
  }

  static Half half(std::uint32_t event, bool passes_on, bool takes_off) {
    return {slot_and_end(event) / 2 * 4 + (takes_off ? 2U : 0U) + (passes_on ? 1U : 0U)};
  }

  /// Its links out. Whether it may end after all that follow it.
  bool lay_out_onward(std::uint32_t slot) {
    auto const turn = network.turn_of(slot / Slices::lanes), lane = slot % Slices::lanes;
    std::vector<Half>& links = laid_out;
    links.clear();
    onward[slot].first_lag = static_cast<std::uint32_t>(onward.lags.size());
    bool may_end_last = true;
    for (auto r = network.first_out[turn]; r < network.first_out[turn + 1]; ++r) {
      auto const event = network.out[r].event[lane];
      if (event == network.always()) continue;
      auto const lag = network.out[r].lag[lane];
      bool const from_finish = ~lag & 1, to_finish = slot_and_end(event) & 1;
      links.push_back(half(event, from_finish, to_finish));
      onward.lags.push_back(lag >> 1);
      if (from_finish && lag >> 1 >= 0) may_end_last = false;
    }
    onward.lay_out(slot, links);
    return may_end_last;
  }
  /// Its links in. A tail grows by the duration of a successor whose start is held.
  void lay_out_back(std::uint32_t slot) {
    auto const slice = slot / Slices::lanes, lane = slot % Slices::lanes;
    std::vector<Half>& links = laid_out;
    links.clear();
    back[slot].first_lag = static_cast<std::uint32_t>(back.lags.size());
    for (auto r = network.first_in[slice]; r < network.first_in[slice + 1]; ++r) {
      auto const event = network.in[r].event[lane];
      if (event == network.never()) continue;
      auto const lag = network.in[r].lag[lane];
      bool const to_finish = lag & 1, from_finish = slot_and_end(event) & 1;
      links.push_back(half(event, !to_finish, !from_finish));
      back.lags.push_back(lag >> 1);
    }
    back.lay_out(slot, links);
  }

  /// The results of the passes become those that changes are tried on.
  void load() {
    for (std::uint32_t slot = 0; slot < network.slots(); ++slot) {
      onward[slot].date = path.early[Slices::start_of(slot)];
      back[slot].date = path.finish - path.late(Slices::finish_of(slot));
      onward[slot].duration = back[slot].duration = path.duration[slot];
    }
    for (std::uint32_t slot = 0; slot < network.slots(); ++slot) onward.measure(slot), back.measure(slot);
    finish = path.finish;
  }

  void measure_around(std::uint32_t slot) {
    auto const measure = [&](std::uint32_t one) { onward.measure(one), back.measure(one); };
    measure(slot);
    for (auto const* const way : {&onward, &back})
      way->each(slot, [&](Half const& link, std::int32_t) { measure(link.other()); });
  }

  /// The furthest date that a link pushes an activity to, of which the other way has the list: what it passes
  /// on takes off this way.
  [[nodiscard]] static std::int32_t pulled(Way const& way, Way const& other_way, std::uint32_t slot) {
    std::int32_t date = 0;
    other_way.each(slot, [&](Half const& link, std::int32_t lag) {
      Node const& from = way[link.other()];
      auto const pushed = from.now() + (link.takes_off() ? 0 : from.duration) + lag -
                          (link.passes_on() ? 0 : way[slot].duration);
      date = std::max(date, pushed);
    });
    return date;
  }

  /// Its date after all that comes before it that way, when it takes that much longer. A link that takes its
  /// duration off pushes it by that.
  void visit(Queue& queue, Way& way, Way const& other_way, std::uint32_t slot, std::int32_t longer) {
    Node const& node = way[slot];
    bool look_back = something_let_go;
    if (longer != 0)
      other_way.each(slot, [&](Half const& link, std::int32_t) { look_back |= !link.passes_on(); });
    if (look_back) way.move(slot, pulled(way, other_way, slot) - node.date);
    std::int32_t const further = node.further;
    if (further == 0 && longer == 0) return;
    auto const* const links = way.links_of(node);
    for (auto const* link = links; link != links + node.count; ++link) {
      std::int32_t const by = further + (link->passes_on() ? longer : 0);
      if (link->keeps(by)) continue;
      auto const other = link->other();
      if (by > 0) {
        Node const& pushed = way[other];
        if (by - link->slack <= pushed.further) continue;  // another one pushes it further still
        // What it may push in turn is asked for now, for when it is looked at.
        for (auto const& then : pushed.links) __builtin_prefetch(&way[then.other()]);
        way.move(other, by - link->slack);
      } else {
        something_let_go = true;
        __builtin_prefetch(&way[other]);
      }
      queue.mark(other);
    }
  }

  /// Whether the project's finish moves with an activity that was looked at.
  void see_finish(std::uint32_t slot, std::int32_t longer) {
    Node const& node = onward[slot];
    std::int32_t const finishes = node.now() + node.duration, finished = finishes - node.further - longer;
    if (finishes == finished) return;
    if (finishes >= finish)
      finish = finishes;
    else if (finished == finish)
      last_moved_earlier = true;
  }

  /// Follows the change from the edited activities, one way. As long as no link lets go, what has pushed
  /// an activity is all there is to know of it; then each looks at all its neighbours. False when the
  /// change reaches too far.
  template <class Visit>
  bool follow(std::uint32_t mirror, Visit visit) {
    something_let_go = false;
    Queue queue(marks, mirror);
    for (auto const& [slot, duration] : edits) queue.mark(slot);
    auto edit = edits.begin();
    while (!queue.empty()) {
      if (++looked_at > limit) return false;
      auto const slot = queue.pop();
      bool const edited = edit != edits.end() && edit->first == slot;
      visit(queue, slot, edited ? onward[slot].duration - (edit++)->second : 0);
    }
    return true;
  }

  bool follow() {
    bool const followed = follow(0, [&](Queue& queue, std::uint32_t slot, std::int32_t longer) {
      visit(queue, onward, back, slot, longer);
      see_finish(slot, longer);
    });
    if (!followed) return false;
    if (last_moved_earlier) {
      finish = 0;
      for (auto const slot : ends) finish = std::max(finish, onward[slot].now() + onward[slot].duration);
    }
    std::reverse(edits.begin(), edits.end());
    return follow(last_first, [&](Queue& queue, std::uint32_t slot, std::int32_t longer) {
      visit(queue, back, onward, slot, longer);
    });
  }

  void take(std::uint32_t slot, std::int32_t duration) {
    onward[slot].duration = back[slot].duration = duration;
  }

  void try_durations(std::span<DurationChange const> changes) {
    take_back();
    bound_with_changes = bound.with(changes);
    finish_before = finish;
    for (auto const& [activity, duration] : changes) {
      auto const slot = network.slot_of[activity];
      edits.emplace_back(slot, onward[slot].duration);
      take(slot, duration);
    }
    if (edits.size() > 1) {
      // Of an activity named twice the first entry knows what it had.
      auto const by_slot = [](auto const& x, auto const& y) { return x.first < y.first; };
      auto const same = [](auto const& x, auto const& y) { return x.first == y.first; };
      std::stable_sort(edits.begin(), edits.end(), by_slot);
      edits.erase(std::unique(edits.begin(), edits.end(), same), edits.end());
    }
    if (follow()) return;
    marks.clear();
    passes_ran = true;
    for (auto const& [slot, duration] : edits) path.duration[slot] = onward[slot].duration;
    forward_pass(network, path);
    backward_pass(network, path);
  }

  void take_back() {
    for (auto const& [slot, duration] : edits) {
      take(slot, duration);
      if (passes_ran) path.duration[slot] = duration;
    }
    if (finish_before) finish = *finish_before;
    forget();
  }

  void keep() {
    for (auto* const way : {&onward, &back})
      for (auto const slot : way->moved) (*way)[slot].date = (*way)[slot].now(), (*way)[slot].further = 0;
    for (auto const& [slot, duration] : edits) path.duration[slot] = onward[slot].duration;
    if (passes_ran) {
      load();
    } else {
      for (auto const& [slot, duration] : edits) measure_around(slot);
      for (auto const* const way : {&onward, &back})
        for (auto const slot : way->moved) measure_around(slot);
    }
    if (finish_before) bound = bound_with_changes;
    forget();
  }

  void forget() {
    for (auto* const way : {&onward, &back}) {
      for (auto const slot : way->moved) (*way)[slot].further = 0;
      way->moved.clear();
    }
    edits.clear();
    finish_before.reset();
    looked_at = 0;
    last_moved_earlier = passes_ran = false;
  }

  [[nodiscard]] std::int32_t last() const { return passes_ran ? path.finish : finish; }
  [[nodiscard]] std::int32_t early(std::uint32_t slot, std::uint32_t end) const {
    return passes_ran ? path.early[Slices::start_of(slot) + end * Slices::lanes]
                      : onward[slot].now() + (end ? onward[slot].duration : 0);
  }
  [[nodiscard]] std::int32_t late(std::uint32_t slot, std::uint32_t end) const {
    return passes_ran ? path.late(Slices::start_of(slot) + end * Slices::lanes)
                      : finish - back[slot].now() - (end ? 0 : back[slot].duration);
  }
  [[nodiscard]] std::uint32_t slot_of(std::uint32_t activity) const { return network.slot_of[activity]; }

  /// Passes over everything take about as long as looking at this share of all activities.
  static constexpr std::uint32_t share_to_give_up = 16;

  Slices network;
  TimeBound bound, bound_with_changes = bound;
  CriticalPath path;  ///< Of the passes, when they ran; else only its durations before the change count.
  Way onward, back;
  std::vector<Half> laid_out;       ///< Of one activity, for laying out the next one.
  std::vector<std::uint32_t> ends;  ///< Slots of activities behind which nothing must finish later.
  std::uint32_t last_first;         ///< Of a Queue.
  Marks marks;
  std::int32_t finish = 0;
  std::uint32_t limit = 0;

  // Of the change:
  std::vector<std::pair<std::uint32_t, std::int32_t>> edits;  ///< Slots with their durations before.
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
  return state_->onward[state_->slot_of(activity)].duration;
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
  state.onward.each(slot, [&](State::Half const& link, std::int32_t lag) {
    auto const needed = state.early(link.other(), link.takes_off()) - lag;
    soonest = std::min(soonest, needed + (link.passes_on() ? 0 : state.onward[slot].duration));
  });
  return soonest - state.early(slot, 1);
}

std::uint32_t PathWhatIf::looked_at() const { return state_->looked_at; }
bool PathWhatIf::passes_ran() const { return state_->passes_ran; }

}  // namespace rapport
