#pragma once
// Activities that wait for each other, all of them at once, with the fewest links to cut.

#include <cstdint>
#include <string>
#include <vector>

#include "rapport/model/project.h"
#include "rapport/table/table.h"

namespace rapport {

/// Activities of which each waits for every other: one strong component (Tarjan 1972).
struct Loop {
  std::vector<std::string> activities;  ///< Keys, in the order of the facts.
  std::vector<std::string> links;       ///< Keys of the links among them.
  std::vector<std::string> shortest;    ///< Activities along a shortest loop, the first not repeated.
  /// Keys of links whose removal opens every loop among these activities: a minimum feedback arc set.
  std::vector<std::string> cut;
  std::size_t at_least = 0;  ///< No fewer links can do it; cut.size() when that is proved.
  friend bool operator==(Loop const&, Loop const&) = default;

  [[nodiscard]] bool proved() const { return at_least == cut.size(); }
};

struct LoopOptions {
  /// Search steps spent on each component before the best cut found, with its bound, must do.
  std::size_t most_steps = 200'000;
  std::size_t most_loops = 400;  ///< Loops collected for each component before the same.
};

struct Loops {
  std::vector<Loop> loops;  ///< In the order of their first activities.
  /// loop, activities, links, shortest, cut, cut_links, at_least, proved: one row per component.
  [[nodiscard]] Table table() const;
};

/// Every loop that compile() would refuse, as values. Links of levels of effort and summaries close
/// none under Primavera's rules; under Microsoft's a link that names a summary stands for its members,
/// and a cut takes all of it. Cost: O(activities + links) without loops; with them the smallest cut is
/// sought by collecting loops and hitting them all, exactly within the options' bounds.
[[nodiscard]] Loops find_loops(Project const& project, LoopOptions const& options = {});

}  // namespace rapport
