#pragma once
// Links that come and go at the cost of the lists they stand in.

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "network/builder.h"

namespace rapport {

/// A copy of a network's links. An activity whose links change gets its lists anew behind all others, so
/// that those of the others keep their numbers; what stood there before is nobody's.
class EditedLinks {
 public:
  /// Cost: O(activities + links), a copy.
  explicit EditedLinks(NetworkLinks const& base);

  /// By number, nobody's included. Lists begin at `first_in` and `first_out` and end before these:
  [[nodiscard]] NetworkLinks const& columns() const { return columns_; }
  [[nodiscard]] AlignedVector<std::uint32_t> const& last_in() const { return last_in_; }
  [[nodiscard]] AlignedVector<std::uint32_t> const& last_out() const { return last_out_; }
  [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(columns_.type.size()); }
  [[nodiscard]] std::uint32_t base_count() const { return base_count_; }

  /// One more activity, without links.
  void append_activity();
  /// Behind the links that its successor has already. Cost: O(links of both).
  void add(NetworkBuilder::Link const& link);
  /// Those into `successor` for which `goes` says so of their number. Cost: O(links of it and of its
  /// predecessors).
  void remove(std::uint32_t successor, std::function<bool(std::uint32_t)> const& goes);

  /// Links of the base that have another number now, or none, in no order; some perhaps twice.
  [[nodiscard]] AlignedVector<std::uint32_t> const& moved() const { return moved_; }
  /// The number now of a link of the base; LinkIndex::none when it went.
  [[nodiscard]] std::uint32_t now(std::uint32_t base_link) const { return now_[base_link]; }
  /// The link of the base that has this number now; LinkIndex::none when it was added.
  [[nodiscard]] std::uint32_t origin(std::uint32_t link) const {
    return link < base_count_ ? link : origin_[link - base_count_];
  }

  /// Back to the links of the base. Cost: O(what was edited).
  void take_back();
  /// The lists without gaps, and the place there of each number (LinkIndex::none of nobody's).
  /// Cost: O(activities + links).
  [[nodiscard]] NetworkLinks dense(std::vector<std::uint32_t>& place) const;

 private:
  struct Ends {
    std::uint32_t activity, first_in, last_in, first_out, last_out;
  };
  void remember(std::uint32_t activity);
  std::uint32_t append(NetworkBuilder::Link const& link, std::uint32_t origin);
  /// The list into `successor` behind all others, without those that go.
  void renew_in(std::uint32_t successor, std::function<bool(std::uint32_t)> const& goes);
  /// The list out of `predecessor` behind all others, with room for one more.
  void renew_out(std::uint32_t predecessor);
  void rename_out(std::uint32_t predecessor, std::uint32_t from, std::uint32_t to);

  NetworkLinks columns_;
  AlignedVector<std::uint32_t> last_in_, last_out_;
  AlignedVector<std::uint32_t> now_, origin_, moved_;
  std::uint32_t base_activities_, base_count_;
  std::vector<Ends> ends_;                                      ///< Before they were written.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> names_;  ///< Of columns_.out, likewise.
};

}  // namespace rapport
