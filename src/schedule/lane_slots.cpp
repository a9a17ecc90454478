#include "schedule/lane_slots.h"

#include <algorithm>

#include "schedule/lanes.h"

namespace rapport {

class LaneSlots::Finder {
 public:
  Finder(Pass const& pass, Lanes const& lanes)
      : pass_(pass), lanes_(lanes), microsoft_(pass.rules.tool == Tool::Microsoft) {}

  struct One {
    std::int32_t duration, calendar;
    bool known;  ///< To the loops.
  };
  [[nodiscard]] One one(std::uint32_t i) const {
    auto const& a = pass_.activity;
    auto const left = a.remaining[i];
    auto const minutes = Lanes::in_minutes(left);
    bool known = a.plain[i] != 0 && lanes_.alone[i] == 0 && !pass_.assigned(i) && left >= 0 &&
                 left == std::int64_t{minutes} * seconds_per_minute && minutes < Lanes::longest;
    if (microsoft_) known = known && left > 0 && left == a.duration[i];
    return {known ? minutes : 0, static_cast<std::int32_t>(a.calendar[i]), known};
  }

  /// How an activity is computed one by one, by itself and for neighbours that do not hold it as the loops
  /// think: of what has begun, lags are used up in part.
  [[nodiscard]] std::uint8_t alone(std::uint32_t i) const {
    std::uint8_t ways = one(i).known ? 0 : early | late | by_itself;
    auto const& links = pass_.links;
    for (auto k = pass_.first_in[i]; (ways & early) == 0 && k < pass_.last_in[i]; ++k) {
      auto const p = links.predecessor[k];
      if (pass_.activity.plain[p] != 0) continue;
      bool const used = !microsoft_ && links.lag[k] != 0;
      if (used || pass_.inactive(p)) ways |= early;
    }
    for (auto o = pass_.first_out[i]; microsoft_ && (ways & late) == 0 && o < pass_.last_out[i]; ++o) {
      auto const s = links.successor[links.out[o]];
      if (pass_.activity.plain[s] == 0 && (pass_.completed(s) || pass_.inactive(s))) ways |= late;
    }
    return ways;
  }

  /// Calls `visit` with each activity in slots that has a link with `i`.
  template <class Visit>
  void each_neighbour(std::uint32_t i, Visit const& visit) const {
    auto const n = lanes_.slices.activities;
    for (auto k = pass_.first_in[i]; k < pass_.last_in[i]; ++k)
      if (pass_.links.predecessor[k] < n) visit(pass_.links.predecessor[k]);
    for (auto o = pass_.first_out[i]; o < pass_.last_out[i]; ++o)
      if (auto const s = pass_.links.successor[pass_.links.out[o]]; s < n) visit(s);
  }

  void find_ends(LaneSlots& slots) const {
    auto const fill = [](BareVector<std::int32_t>& column, auto const& from, auto const& links,
                         auto slot_of) {
      column.resize(links.size());
      std::int32_t* const to = column.data();
      for (std::size_t k = 0; k < links.size(); ++k) to[k] = from[slot_of(links[k])];
    };
    // Links that fill up a list are of the slot behind all, and lead to no event.
    auto const last = static_cast<std::uint32_t>(slots.calendar.size() - 1);
    auto const own = [](std::int32_t slot) { return static_cast<std::uint32_t>(slot); };
    auto const other = [&](std::uint32_t event) {
      return std::min(event / (2 * slice_lanes) * slice_lanes + event % slice_lanes, last);
    };
    auto const of = [&](Ends& ends, Lanes::Moved const& links, bool here, bool there) {
      if (here) fill(ends.calendar, slots.calendar, links.own, own);
      if (here) fill(ends.duration, slots.duration, links.own, own);
      if (there) fill(ends.other_calendar, slots.calendar, links.event, other);
    };
    of(slots.of_in, lanes_.links_in, microsoft_, !microsoft_);
    of(slots.of_out, lanes_.links_out, true, microsoft_);
  }

  /// The duration of a slot, of its links.
  void renew_ends(LaneSlots& slots, std::uint32_t slot) const {
    auto const after = std::upper_bound(lanes_.batch.begin(), lanes_.batch.end(), slot / slice_lanes);
    auto const batch = static_cast<std::size_t>(after - lanes_.batch.begin() - 1);
    auto const of = [&](Ends& ends, Lanes::Moved const& links) {
      for (auto k = links.begin[batch]; !ends.duration.empty() && k < links.end[batch]; ++k)
        if (links.own[k] == static_cast<std::int32_t>(slot)) ends.duration[k] = slots.duration[slot];
    };
    of(slots.of_in, lanes_.links_in), of(slots.of_out, lanes_.links_out);
  }

 private:
  Pass const& pass_;
  Lanes const& lanes_;
  bool const microsoft_;
};

LaneSlots::LaneSlots(Pass const& pass, Lanes const& lanes) {
  Finder const find(pass, lanes);
  auto const n = lanes.slices.activities, slots = lanes.slices.slots();
  alone.resize(n);
  for (auto* const column : {&duration, &calendar}) {
    column->resize(std::size_t{slots} + slice_lanes);
    std::fill(column->end() - slice_lanes, column->end(), 0);
  }
  for (std::uint32_t slot = 0; slot < slots; ++slot) {
    auto const i = lanes.activity_of[slot];
    auto const one = i == ActivityIndex::none ? Finder::One{0, 0, true} : find.one(i);
    duration[slot] = one.duration, calendar[slot] = one.calendar;
    if (i == ActivityIndex::none || one.known) continue;
    alone[i] = early | late | by_itself;
    ++unlike;
  }
  each_not_plain(pass.activity, 0, n, [&](std::uint32_t i) {
    find.each_neighbour(i, [&](std::uint32_t other) { alone[other] = find.alone(other); });
  });
  for (std::uint32_t i = 0; i < n; ++i) {
    if ((alone[i] & early) != 0) alone_early.push_back(i);
    if ((alone[i] & late) != 0) alone_late.push_back(i);
  }
  find.find_ends(*this);
}

bool LaneSlots::renew(Pass const& pass, Lanes const& lanes, std::uint32_t i) {
  Finder const find(pass, lanes);
  auto const mark = [&](std::uint32_t k) {
    auto const was = alone[k];
    alone[k] = find.alone(k);
    unlike += alone[k] / by_itself, unlike -= was / by_itself;
    auto const list = [&](std::vector<std::uint32_t>& all, std::uint8_t way) {
      if (((was ^ alone[k]) & way) == 0) return;
      auto const at = std::lower_bound(all.begin(), all.end(), k);
      if ((was & way) != 0)
        all.erase(at);
      else
        all.insert(at, k);
    };
    list(alone_early, early), list(alone_late, late);
  };
  auto const slot = lanes.slices.slot_of[i];
  auto const one = find.one(i);
  if (calendar[slot] != one.calendar) return false;
  if (duration[slot] != one.duration) {
    duration[slot] = one.duration;
    find.renew_ends(*this, slot);
  }
  mark(i);
  find.each_neighbour(i, mark);
  return true;
}

std::shared_ptr<LaneSlots const> ChangingSlots::of(Pass const& pass,
                                                   std::shared_ptr<Lanes const> const& lanes,
                                                   std::span<ActivityIndex const> edited) {
  // Beyond this many it is as quick to find all.
  constexpr std::size_t share = 256;
  bool known = slots_ && lanes_ == lanes && edited_.size() + edited.size() < lanes->slices.activities / share;
  auto const renew = [&](std::span<ActivityIndex const> activities) {
    for (auto const i : activities)
      known = known && (i.value >= lanes->slices.activities || slots_->renew(pass, *lanes, i.value));
  };
  if (known) renew(edited_), renew(edited);
  if (!known) slots_ = std::make_shared<LaneSlots>(pass, *lanes), lanes_ = lanes;
  edited_.assign(edited.begin(), edited.end());
  return slots_;
}

}  // namespace rapport
