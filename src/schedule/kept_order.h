#pragma once
// A topological order that is kept while links and activities come: Pearce & Kelly, A dynamic topological
// sort algorithm for directed acyclic graphs, ACM Journal of Experimental Algorithmics 11 (2006).

#include <cstdint>
#include <span>
#include <vector>

#include "rapport/schedule/schedule.h"
#include "schedule/pass.h"

namespace rapport {

/// Places of activities on a line, with a gap beside each for one that comes later.
class KeptOrder {
 public:
  static constexpr std::uint32_t none = ActivityIndex::none;
  /// Activities that can be added.
  static constexpr std::uint32_t room = 1024;

  /// Activity i in the i-th place.
  explicit KeptOrder(std::uint32_t activities)
      : place_(activities),
        at_(places(activities), none),
        stamp_(activities, 0),
        from_(activities),
        behind_(2 * activities + 1) {
    for (std::uint32_t i = 0; i < activities; ++i) place_[i] = 2 * i + 1, at_[2 * i + 1] = i;
  }

  [[nodiscard]] static std::uint32_t places(std::uint32_t activities) { return 2 * (activities + room) + 2; }
  [[nodiscard]] std::uint32_t place(std::uint32_t i) const { return place_[i]; }
  /// The activity in a place; none when it is free.
  [[nodiscard]] std::uint32_t at(std::uint32_t place) const { return at_[place]; }
  [[nodiscard]] std::span<std::uint32_t const> all() const { return at_; }
  /// Whether activities stand where their numbers do not say.
  [[nodiscard]] bool changed() const { return !moved_.empty(); }

  /// One more activity, in a gap before `place`; behind all others when that is none. Cost: O(1) as long as
  /// gaps are near.
  void append(std::uint32_t before);
  /// A link from p to s, not yet among the links of `pass`. Empty, or the loop it closes: the activities from
  /// s to p. Cost: O(k · log k + their links) for the k activities between the two that follow s or come
  /// before p; O(1) when p stands before s already.
  [[nodiscard]] std::vector<std::uint32_t> link(Pass const& pass, std::uint32_t p, std::uint32_t s);
  /// Cost: O(moved).
  void take_back();

 private:
  struct Moved {
    std::uint32_t activity, place;  ///< Where it stood; none when it was added.
  };
  void put(std::uint32_t i, std::uint32_t place) { place_[i] = place, at_[place] = i; }

  AlignedVector<std::uint32_t> place_, at_;
  AlignedVector<std::uint32_t> stamp_, from_;  ///< Of searches.
  std::uint32_t now_ = 0, behind_;
  std::vector<Moved> moved_;
};

}  // namespace rapport
