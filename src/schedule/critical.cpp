// The longest path, and what counts as critical.

#include <algorithm>

#include "schedule/results.h"

namespace rapport {

void trace_longest_path(Pass& pass, std::span<std::uint32_t const> order) {
  auto const& links = pass.links;
  auto& out = pass.out;
  std::int64_t last = no_instant;
  for (std::uint32_t i = 0; i < pass.activities; ++i) {
    bool const counts = !pass.spans(i) && !pass.completed(i) && !pass.inactive(i);
    if (counts) last = std::max(last, out.early_finish[i]);
  }
  auto const trace = [&](std::uint32_t i) {
    if (pass.spans(i) || pass.inactive(i)) return;
    if (!pass.completed(i) && out.early_finish[i] == last) out.longest_path[i] = 1;
    if (!out.longest_path[i]) return;
    for (auto k = pass.first_in[i]; k < pass.last_in[i]; ++k) {
      if (out.driving[k]) out.longest_path[links.predecessor[k]] = 1;
    }
  };
  for (std::uint32_t i = order.empty() ? pass.activities : 0; i-- > 0;) trace(i);
  for (auto at = order.rbegin(); at != order.rend(); ++at)
    if (*at != ActivityIndex::none) trace(*at);
}

void mark_critical(Pass& pass, std::uint32_t first, std::uint32_t last) {
  auto& out = pass.out;
  bool const by_path = pass.rules.critical == CriticalBy::LongestPath;
  for (std::uint32_t i = first; i < last; ++i) {
    if (pass.completed(i) || pass.inactive(i)) continue;
    out.critical[i] = by_path ? out.longest_path[i] : out.total_float[i] <= pass.rules.critical_limit.seconds;
  }
}

}  // namespace rapport
