#include "network/slices.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "rapport/base/error.h"

namespace rapport {
namespace {

constexpr std::uint32_t lanes = Slices::lanes;

bool from_start(LinkType type) { return type == LinkType::StartToStart || type == LinkType::StartToFinish; }
bool to_finish(LinkType type) { return type == LinkType::FinishToFinish || type == LinkType::StartToFinish; }

/// A link as its predecessor keeps it: successor, lag and ends in one word.
std::uint64_t packed(std::uint32_t successor, LinkType type, std::int32_t lag) {
  return std::uint64_t{successor} << 34 | std::uint64_t{from_start(type)} << 33 |
         std::uint64_t{to_finish(type)} << 32 | static_cast<std::uint32_t>(lag);
}
std::uint32_t successor_of(std::uint64_t link) { return static_cast<std::uint32_t>(link >> 34); }

void check(std::uint32_t activities, PlainLinks const& links) {
  std::size_t const count = links.predecessor.size();
  if (links.successor.size() != count || links.type.size() != count || links.lag.size() != count)
    throw InvalidInput("the arrays of links differ in length: predecessors " + std::to_string(count) +
                       ", successors " + std::to_string(links.successor.size()) + ", types " +
                       std::to_string(links.type.size()) + ", lags " + std::to_string(links.lag.size()));
  if (activities >= 1U << 29 || count >= 1U << 31)
    throw InvalidInput(std::to_string(activities) + " activities with " + std::to_string(count) +
                       " links are more than one network holds");
  for (std::size_t i = 0; i < count; ++i) {
    if (links.predecessor[i] >= activities || links.successor[i] >= activities)
      throw InvalidInput("link " + std::to_string(i) + " from " + std::to_string(links.predecessor[i]) +
                         " to " + std::to_string(links.successor[i]) + " names no activity: there are " +
                         std::to_string(activities));
    if (std::abs(std::int64_t{links.lag[i]}) >= 1 << 30)
      throw InvalidInput("link " + std::to_string(i) + " has a lag of " + std::to_string(links.lag[i]) +
                         ", more than 30 bits hold: choose a larger unit of time");
  }
}

/// Up to which count of `end` it pays to ask for what is needed soon: nothing where all is near anyway.
std::size_t worth_fetching(std::size_t end) { return end < 1 << 16 ? 0 : end; }

/// Successors of every activity side by side, and the number of links that lead to each.
void gather(std::uint32_t activities, PlainLinks const& links, SliceScratch& s) {
  std::size_t const count = links.predecessor.size();
  s.first.assign(activities + 2, 0);
  s.links_in.assign(activities, 0);
  s.successors.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    ++s.first[links.predecessor[i] + 2];
    ++s.links_in[links.successor[i]];
  }
  for (std::size_t i = 2; i < s.first.size(); ++i) s.first[i] += s.first[i - 1];
  auto const place = [&](std::size_t i) -> std::uint32_t& { return s.first[links.predecessor[i] + 1]; };
  std::size_t const fetched = worth_fetching(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (i + 32 < fetched) __builtin_prefetch(&place(i + 32));
    if (i + 16 < fetched) __builtin_prefetch(&s.successors[place(i + 16)], 1);
    s.successors[place(i)++] = packed(links.successor[i], links.type[i], links.lag[i]);
  }
}

/// The activities that never became free, walked backward until one repeats.
[[noreturn]] void refuse_loop(std::uint32_t activities, PlainLinks const& links,
                              AlignedVector<std::uint32_t> const& waiting) {
  std::vector<std::uint32_t> waits_for(activities, activities);
  for (std::size_t i = 0; i < links.predecessor.size(); ++i)
    if (waiting[links.predecessor[i]] != 0 && waiting[links.successor[i]] != 0)
      waits_for[links.successor[i]] = links.predecessor[i];
  auto at = static_cast<std::uint32_t>(
      std::find_if(waits_for.begin(), waits_for.end(), [&](auto p) { return p != activities; }) -
      waits_for.begin());
  for (std::uint32_t step = 0; step < activities; ++step) at = waits_for[at];
  std::vector<std::string> keys;
  for (auto i = at; keys.empty() || i != at; i = waits_for[i]) keys.push_back(std::to_string(i));
  std::reverse(keys.begin(), keys.end());
  throw CycleError(std::move(keys));
}

/// Asks for what is needed soon of the activities that come next in `order`: their lists of successors,
/// and `of` of each successor. In line: GCC takes a function that only fetches for one that does nothing.
template <class Of>
__attribute__((always_inline)) inline void fetch_successors(SliceScratch const& s, std::size_t at,
                                                            std::size_t end, Of&& of) {
  if (at + 16 < end) __builtin_prefetch(&s.first[s.order[at + 16]]);
  if (at + 8 < end) __builtin_prefetch(&s.successors[s.first[s.order[at + 8]]]);
  if (at + 4 >= end) return;
  std::uint32_t const soon = s.order[at + 4];
  for (std::uint32_t k = s.first[soon]; k < s.first[soon + 1]; ++k)
    __builtin_prefetch(&of(successor_of(s.successors[k])));
}

/// Kahn's order, level by level: `order` with the beginning of each level. The number of links into
/// each activity is counted down in `next`, so that `links_in` stays.
void level(std::uint32_t activities, PlainLinks const& links, SliceScratch& s) {
  s.order.resize(activities);
  s.next = s.links_in;
  s.level_begin.assign(1, 0);
  std::uint32_t end = 0;
  for (std::uint32_t i = 0; i < activities; ++i)
    if (s.links_in[i] == 0) s.order[end++] = i;
  for (std::uint32_t at = 0; at < end;) {
    std::uint32_t const level_end = end;
    s.level_begin.push_back(level_end);
    for (; at < level_end; ++at) {
      std::uint32_t const i = s.order[at];
      fetch_successors(s, at, worth_fetching(activities) == 0 ? 0 : end,
                       [&](std::uint32_t to) -> auto& { return s.next[to]; });
      for (std::uint32_t k = s.first[i]; k < s.first[i + 1]; ++k) {
        std::uint32_t const to = successor_of(s.successors[k]);
        s.order[end] = to;
        end += --s.next[to] == 0;
      }
    }
  }
  if (end != activities) refuse_loop(activities, links, s.next);
}

/// Sorts each level by (links in, links out), both cut at 15, and numbers its slots.
void number(std::uint32_t activities, Slices& out, SliceScratch& s) {
  constexpr std::uint32_t cut = 15;
  out.activities = activities;
  out.slot_of.resize(activities);
  out.level_of_slice.clear();
  s.key.resize(activities);
  std::uint32_t slot = 0;
  std::size_t const fetched = worth_fetching(activities);
  for (std::size_t l = 0; l + 1 < s.level_begin.size(); ++l) {
    std::uint32_t const begin = s.level_begin[l], end = s.level_begin[l + 1];
    std::uint32_t place[(cut + 1) * (cut + 1) + 1] = {};
    for (std::uint32_t at = begin; at < end; ++at) {
      std::uint32_t const i = s.order[at];
      if (at + 16 < fetched) {
        __builtin_prefetch(&s.first[s.order[at + 16]]);
        __builtin_prefetch(&s.links_in[s.order[at + 16]]);
      }
      std::uint32_t const links_out = s.first[i + 1] - s.first[i];
      // Every other run of equal links in goes back down, so that neighbours stay alike in links out.
      std::uint32_t const in = std::min(s.links_in[i], cut), out_links = std::min(links_out, cut);
      s.key[at] = in * (cut + 1) + (in % 2 == 0 ? out_links : cut - out_links);
      ++place[s.key[at] + 1];
    }
    for (std::size_t k = 1; k < std::size(place); ++k) place[k] += place[k - 1];
    for (std::uint32_t at = begin; at < end; ++at) out.slot_of[s.order[at]] = slot + place[s.key[at]]++;
    std::uint32_t const count = (end - begin + lanes - 1) / lanes;
    out.level_of_slice.insert(out.level_of_slice.end(), count, static_cast<std::uint32_t>(l));
    slot += count * lanes;
  }
  out.slices = slot / lanes;
}

/// A slice has as many rows as its activity with most links.
void measure(std::uint32_t activities, Slices& out, SliceScratch const& s) {
  out.first_in.assign(out.slices + 1, 0);
  out.first_out.assign(out.slices + 1, 0);
  for (std::uint32_t i = 0; i < activities; ++i) {
    auto& in = out.first_in[out.slot_of[i] / lanes + 1];
    auto& rows_out = out.first_out[out.turn_of(out.slot_of[i] / lanes) + 1];
    in = std::max(in, s.links_in[i]);
    rows_out = std::max(rows_out, s.first[i + 1] - s.first[i]);
  }
  for (std::uint32_t k = 0; k < out.slices; ++k) {
    out.first_in[k + 1] += out.first_in[k];
    out.first_out[k + 1] += out.first_out[k];
  }
}

void clear(AlignedVector<Slices::Row>& rows, std::uint32_t count, std::uint32_t event) {
  Slices::Row empty{};
  std::fill(std::begin(empty.event), std::end(empty.event), event);
  rows.assign(count, empty);
}

/// Predecessors in order of their slots, so that rows are written close together.
void fill(Slices& out, SliceScratch& s) {
  s.next.assign(out.slots(), 0);
  std::size_t const fetched = worth_fetching(s.order.size());
  for (std::size_t at = 0; at < s.order.size(); ++at) {
    std::uint32_t const i = s.order[at];
    if (at + 16 < fetched) __builtin_prefetch(&out.slot_of[s.order[at + 16]]);
    fetch_successors(s, at, fetched, [&](std::uint32_t to) -> auto& { return out.slot_of[to]; });
    std::uint32_t const slot = out.slot_of[i];
    Slices::Row* row_out = out.out.data() + out.first_out[out.turn_of(slot / lanes)];
    for (std::uint32_t k = s.first[i]; k < s.first[i + 1]; ++k, ++row_out) {
      std::uint64_t const link = s.successors[k];
      std::uint32_t const to = out.slot_of[successor_of(link)];
      auto const start = static_cast<std::uint32_t>(link >> 33 & 1),
                 finish = static_cast<std::uint32_t>(link >> 32 & 1);
      auto const lag = static_cast<std::int32_t>(static_cast<std::uint32_t>(link));
      row_out->event[slot % lanes] = Slices::start_of(to) + finish * lanes;
      row_out->lag[slot % lanes] = lag * 2 + static_cast<std::int32_t>(start);
      Slices::Row& row_in = out.in[out.first_in[to / lanes] + s.next[to]++];
      row_in.event[to % lanes] = Slices::finish_of(slot) - start * lanes;
      row_in.lag[to % lanes] = lag * 2 + static_cast<std::int32_t>(finish);
    }
  }
}

}  // namespace

void number_slots(std::uint32_t activities, Slices& out, SliceScratch& scratch) {
  number(activities, out, scratch);
  measure(activities, out, scratch);
}

void clear_rows(Slices& out) {
  clear(out.in, out.first_in[out.slices], out.never());
  clear(out.out, out.first_out[out.slices], out.always());
}

void slice(std::uint32_t activities, PlainLinks const& links, Slices& out, SliceScratch& scratch) {
  check(activities, links);
  gather(activities, links, scratch);
  level(activities, links, scratch);
  number_slots(activities, out, scratch);
  clear_rows(out);
  fill(out, scratch);
}

Slices slice(std::uint32_t activities, PlainLinks const& links) {
  Slices out;
  SliceScratch scratch;
  slice(activities, links, out, scratch);
  return out;
}

}  // namespace rapport
