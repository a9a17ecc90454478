#pragma once
#include <span>
#include <vector>

#include "impact/reach.h"

namespace rapport::detail {

/// What exists only because of the `removed` nodes falls away with them: a node all of whose
/// supporters (Derives, Implements, Produces, Verifies) fall away. Nodes that support each other in
/// a loop stay. Returns the removed nodes first, then the others in the order they fall, each with
/// the path that led to it. Cost: O(edges of what falls).
[[nodiscard]] std::vector<ReachSource> fall_away(TraceGraph const& graph, Project const& project,
                                                 std::span<std::uint32_t const> removed);

}  // namespace rapport::detail
