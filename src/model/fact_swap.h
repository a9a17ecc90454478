#pragma once
// The one way facts of a project change: exchanged for others, in a form that exchanges back.

#include <cstddef>
#include <optional>
#include <vector>

#include "model/key_index.h"
#include "rapport/model/facts.h"

namespace rapport {

/// A fact to come in for the one of the same node; afterwards it holds what went out.
struct FactSwap {
  static constexpr std::size_t at_the_end = static_cast<std::size_t>(-1);

  NodeRef node;
  std::optional<Fact> fact;  ///< In: the fact that comes (absent: the node is to go). Out: what was there.
  /// Where a new fact is to stand once all are in; afterwards where it stands, or stood before it went.
  std::size_t position = at_the_end;
};

/// Exchanges all of `swaps`, each node at most once. Doing it again with the result restores `facts`
/// exactly. Errors: bad_alloc, with nothing changed.
/// Cost: O(swaps), and O(facts of a kind) where one goes or comes elsewhere than at the end.
void exchange(Facts& facts, FactIndex& index, std::vector<FactSwap>& swaps);

}  // namespace rapport
