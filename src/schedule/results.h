#pragma once
// What the passes write. One entry per activity, or per link; instants and work in seconds.

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/bare_vector.h"
#include "network/builder.h"
#include "rapport/schedule/schedule.h"

namespace rapport {

class EditedLinks;

/// Why one date is what it is, in half a word: plans have millions of them.
class Cause {
 public:
  Cause() = default;  ///< As zeros: the data date.
  constexpr Cause(Driver driver, std::uint32_t link = LinkIndex::none)
      : Cause(static_cast<std::uint32_t>(driver), link) {}
  /// Driver::Span of a summary: whose date it is.
  [[nodiscard]] static constexpr Cause of_member(std::uint32_t member) { return {member_kind, member}; }
  /// Driver::Span of a level of effort: by a link from its predecessor, or to its successor.
  [[nodiscard]] static constexpr Cause of_end(std::uint32_t link, bool ahead) {
    return {ahead ? end_ahead : end_behind, link};
  }

  [[nodiscard]] constexpr Driver driver() const {
    return kind() < end_behind ? static_cast<Driver>(kind()) : Driver::Span;
  }
  [[nodiscard]] constexpr std::uint32_t link() const {
    return kind() == member_kind ? LinkIndex::none : (bits_ >> kind_bits) - 1;
  }
  [[nodiscard]] constexpr std::uint32_t member() const { return (bits_ >> kind_bits) - 1; }
  [[nodiscard]] constexpr bool ahead() const { return kind() == end_ahead; }
  void set_link(std::uint32_t link) { *this = Cause(kind(), link); }

 private:
  static constexpr std::uint32_t kind_bits = 32 - NetworkBuilder::link_bits,
                                 member_kind = static_cast<std::uint32_t>(Driver::Span),
                                 end_behind = (1U << kind_bits) - 2, end_ahead = end_behind + 1;
  constexpr Cause(std::uint32_t kind, std::uint32_t number) : bits_(kind | (number + 1) << kind_bits) {}
  [[nodiscard]] constexpr std::uint32_t kind() const { return bits_ & ((1U << kind_bits) - 1); }
  std::uint32_t bits_;
};
static_assert(std::is_trivial_v<Cause> && sizeof(Cause) == 4);

/// One of the dates of an activity.
struct DateOf {
  std::uint32_t activity;
  DateField field;
};
/// The date that the one at `at` comes from; none for what has no date behind it.
[[nodiscard]] std::optional<DateOf> source_of(NetworkLinks const& links, DateOf at, Cause cause);

struct Schedule::Results {
  Network network;
  Rules rules;
  BareVector<std::int64_t> early_start, early_finish, late_start, late_finish;
  BareVector<std::int64_t> total_float, free_float;
  BareVector<Cause> start_cause, finish_cause;            ///< Of the early dates.
  BareVector<Cause> late_start_cause, late_finish_cause;  ///< Of the late dates.
  AlignedVector<std::uint8_t> critical, longest_path;
  AlignedVector<std::uint8_t> driving;            ///< Per link.
  std::vector<std::int64_t> scheduled_finish;     ///< Per subproject: the latest early finish.
  std::vector<std::int64_t> must_finish;          ///< Per subproject: what open ends must meet.
  std::int64_t first_start = 0, last_finish = 0;  ///< Of all early dates; the data date when there are none.

  /// Given: a what-if changed links or activities. Rows are then those of the network it stands on and
  /// behind them the added ones, links have numbers of its own, and `network` holds the values alone.
  std::shared_ptr<Edited const> edited;
  /// All of it on a network of its own. Cost: O(1), the first time after such a change O(activities +
  /// links).
  [[nodiscard]] Results const& whole() const;
  [[nodiscard]] ActivityDates dates(std::uint32_t row) const;
  [[nodiscard]] Cause cause_of(DateOf at) const;
};

/// How to make ordinary results of those of a change to links or activities, when somebody asks.
struct Schedule::Edited {
  Overlay overlay;
  std::shared_ptr<EditedLinks const> links;
  bool numbers_kept;  ///< By all activities; else the network is numbered and scheduled again.
  mutable std::once_flag once;
  mutable std::shared_ptr<Results const> made;

  Edited(Overlay change, std::shared_ptr<EditedLinks const> on_links, bool kept)
      : overlay(std::move(change)), links(std::move(on_links)), numbers_kept(kept) {}
  /// The row of an activity.
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view key) const;
  [[nodiscard]] Results const& whole(Results const& edited) const;
};

}  // namespace rapport
