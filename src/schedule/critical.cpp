// The longest path, and what counts as critical.

#include <algorithm>

#include "schedule/results.h"

namespace rapport {

void trace_longest_path(Pass& pass, std::span<std::uint32_t const> order) {
  auto const& links = pass.links;
  auto& out = pass.out;
  std::int64_t last = no_instant;
  for (std::uint32_t i = 0; i < pass.activities; ++i) {
    bool const later = out.early_finish[i] > last;
    if (later && !pass.spans(i) && !pass.completed(i) && !pass.inactive(i)) last = out.early_finish[i];
  }
  auto const trace = [&](std::uint32_t i) {
    bool const ends = out.early_finish[i] == last;
    if ((!ends && out.longest_path[i] == 0) || pass.spans(i) || pass.inactive(i)) return;
    if (ends && !pass.completed(i)) out.longest_path[i] = 1;
    if (out.longest_path[i] == 0) return;
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
    bool const critical =
        by_path ? out.longest_path[i] != 0 : out.total_float[i] <= pass.rules.critical_limit.seconds;
    if (critical && !pass.completed(i) && !pass.inactive(i)) out.critical[i] = 1;
  }
}

}  // namespace rapport
