#pragma once
// Sampling which nodes are reached over traces that are open or closed by chance.

#include <cstdint>
#include <vector>

#include "impact/graph.h"
#include "rapport/impact/change_prediction.h"

namespace rapport::detail {

/// See rapport::percolate. Errors: InvalidInput for no trials, Cancelled.
[[nodiscard]] std::vector<UnionLikelihood> percolate(TraceGraph const& graph, std::uint32_t source, int depth,
                                                     PercolationOptions const& options,
                                                     RunControl const& control);

}  // namespace rapport::detail
