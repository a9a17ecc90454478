#pragma once
// Which of many changes to accept together, under a budget or a date.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rapport/impact/assess_all.h"

namespace rapport {

/// What is wanted and what limits it.
struct SubsetGoal {
  std::optional<Money> budget{};       ///< The cost of all chosen together stays within it.
  std::optional<Instant> finish_by{};  ///< The project finishes by then with all chosen together.
  std::vector<double> value{};         ///< Of each change, not negative; empty: each is worth 1.
  std::size_t evaluations = 4096;      ///< Sets that may be assessed; fewer are when the best is proven.
};

struct BestSubset {
  bool feasible = false;              ///< False: not even no change at all keeps to the limits.
  std::vector<std::size_t> chosen{};  ///< Positions in the changes given, ascending.
  double value = 0;
  double bound = 0;       ///< No set that keeps to the limits is worth more.
  bool exact = false;     ///< value == bound: the best is found.
  Assessment together{};  ///< What the chosen ones do together.
  std::size_t evaluated = 0;
  std::vector<bool> assumed{};  ///< Of each change given: Assessment::assumed of it alone.
};

/// The most valuable set of changes that together keep to the limits; of equally valuable ones the
/// cheapest, then the earliest, among those assessed. Every set is assessed as one change, so that
/// what changes do to each other counts in full. Sets are tried from the most valuable on, so the
/// first that keeps to the limits is proven the best, with no assumption about how effects add up
/// (enumeration of subset sums in order with a heap); when the evaluations are used up, the best of
/// two greedy choices and all sets tried is returned with the value of the next set as its bound.
/// A cost that is not known counts as nothing; `together.unpriced` says so.
/// Cost: one assessment per set and per change, on all threads. Errors: as assess_all; InvalidInput (values
/// negative or as many as changes are not, a budget in another currency, more than 10,000 changes).
[[nodiscard]] BestSubset best_subset(Project const& project, Schedule const& before,
                                     std::span<ChangeRequest const> changes, SubsetGoal const& goal,
                                     BatchOptions const& options = {}, RunControl const& control = {});
/// One row per change given: change, title, value, chosen, assumed.
[[nodiscard]] Table to_table(BestSubset const& best, std::span<ChangeRequest const> changes,
                             SubsetGoal const& goal);

}  // namespace rapport
