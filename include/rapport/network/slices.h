#pragma once
// A network laid out for the bare critical path method: whole-number times on one time axis, four
// link types with lags, no calendars, constraints or progress. For callers that hold arrays, and
// for work that needs many passes. docs/explanation/engine.md tells the idea.

#include <cstdint>
#include <span>
#include <vector>

#include "rapport/base/aligned.h"
#include "rapport/model/work/link.h"

namespace rapport {

/// Links as parallel arrays, in any order. Lags in the time unit of the durations.
struct PlainLinks {
  std::span<std::uint32_t const> predecessor, successor;
  std::span<LinkType const> type;
  std::span<std::int32_t const> lag;
};

/// Activities by topological level, sixteen to a slice. Within a level they stand in order of their
/// number of links, so that the sixteen of a slice have about as many, and a pass runs over full
/// rows of sixteen without asking.
///
/// A row holds one link of each activity of its slice: the event it leads to or comes from and its
/// lag. The event of an activity's start is `slot / 16 * 32 + slot % 16`, that of its finish 16
/// more; lanes without a link name `never` (forward) or `always` (backward), which no link can tie.
/// Rows stand in the order in which a pass needs them, so that both passes read memory upward.
struct Slices {
  static constexpr std::uint32_t lanes = 16;

  struct Row {
    std::uint32_t event[lanes];
    /// Lag · 2, plus 1 when the link ends at a finish (forward) or begins at a start (backward).
    std::int32_t lag[lanes];
  };

  std::uint32_t activities = 0;
  std::uint32_t slices = 0;
  AlignedVector<std::uint32_t> slot_of;         ///< By activity.
  AlignedVector<std::uint32_t> first_in;        ///< By slice, and one more: its rows in `in`.
  AlignedVector<std::uint32_t> first_out;       ///< Likewise in `out`, the last slice first.
  AlignedVector<std::uint32_t> level_of_slice;  ///< By slice.
  AlignedVector<Row> in, out;

  /// Where the backward pass comes to a slice: rows [first_out[turn], first_out[turn + 1]) of `out`.
  [[nodiscard]] std::uint32_t turn_of(std::uint32_t slice) const { return slices - 1 - slice; }
  [[nodiscard]] std::uint32_t slots() const { return slices * lanes; }
  /// Two events a slot, then the two that stand for no link.
  [[nodiscard]] std::uint32_t events() const { return slots() * 2 + 2; }
  [[nodiscard]] std::uint32_t never() const { return slots() * 2; }
  [[nodiscard]] std::uint32_t always() const { return slots() * 2 + 1; }
  [[nodiscard]] static std::uint32_t start_of(std::uint32_t slot) {
    return slot / lanes * 2 * lanes + slot % lanes;
  }
  [[nodiscard]] static std::uint32_t finish_of(std::uint32_t slot) { return start_of(slot) + lanes; }
};

/// Scratch memory to be used again; slicing many networks then allocates nothing new.
struct SliceScratch {
  AlignedVector<std::uint32_t> first, links_in, order, level_begin, key, next;
  AlignedVector<std::uint64_t> successors;
};

/// Cost: O(activities + links). Errors: InvalidInput when arrays differ in length, an end is no
/// activity or a lag needs more than 30 bits; CycleError with the activities' numbers as keys.
void slice(std::uint32_t activities, PlainLinks const& links, Slices& out, SliceScratch& scratch);
[[nodiscard]] Slices slice(std::uint32_t activities, PlainLinks const& links);

}  // namespace rapport
