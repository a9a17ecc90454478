// The longest path, and what counts as critical.

#include <algorithm>
#include <cstring>
#include <functional>

#include "schedule/pass.h"

namespace rapport {

void trace_longest_path(Pass& pass, std::span<std::uint32_t const> order) {
  auto const& links = pass.links;
  auto& out = pass.out;
  std::int64_t const* const finishes = out.early_finish.data();
  std::uint8_t* const on_path = out.longest_path.data();
  auto const counts = [&](std::uint32_t i) {
    return !pass.spans(i) && !pass.completed(i) && !pass.inactive(i);
  };
  auto const last =
      last_that_counts(pass.activity, {finishes, pass.activities}, no_instant, std::greater(), counts);
  for (std::uint32_t i = 0; i < pass.activities; ++i)
    if (finishes[i] == last && counts(i)) on_path[i] = 1;
  auto const trace = [&](std::uint32_t i) {
    if (on_path[i] == 0 || pass.spans(i) || pass.inactive(i)) return;
    for (auto k = pass.first_in[i]; k < pass.last_in[i]; ++k) {
      if (out.driving[k]) on_path[links.predecessor[k]] = 1;
    }
  };
  for (std::uint32_t i = order.empty() ? pass.activities : 0; i > 0;) {
    // Eight at a time where none of them is on it.
    std::uint64_t eight = 0;
    if (i >= 8) std::memcpy(&eight, on_path + i - 8, 8);
    if (i >= 8 && eight == 0)
      i -= 8;
    else
      trace(--i);
  }
  for (auto at = order.rbegin(); at != order.rend(); ++at)
    if (*at != ActivityIndex::none) trace(*at);
}

void mark_critical(Pass& pass, std::uint32_t first, std::uint32_t last) {
  auto& out = pass.out;
  auto const& each = pass.critical;
  std::int64_t const* const floats = out.total_float.data();
  std::uint8_t const* const on_path = out.longest_path.data();
  std::uint8_t* const marks = out.critical.data();
  auto const mark = [&](std::uint32_t i) {
    auto const& [by_path, limit] = each[each.size() == 1 ? 0 : pass.activity.subproject[i]];
    bool const critical = by_path ? on_path[i] != 0 : floats[i] <= limit;
    if (critical && !pass.completed(i) && !pass.inactive(i)) marks[i] = 1;
  };
  // One limit for all, and what is plain is neither completed nor inactive.
  bool const one_limit = each.size() == 1 && !each.front().by_path;
  std::int64_t const limit = one_limit ? each.front().limit : 0;
  auto const mark_plain = [&](std::uint32_t begin, std::uint32_t end) {
    for (auto i = begin; i < end; ++i) marks[i] |= floats[i] <= limit;
  };
  auto begin = first;
  each_not_plain(pass.activity, first, one_limit ? last : first, [&](std::uint32_t i) {
    mark_plain(begin, i);
    mark(i);
    begin = i + 1;
  });
  if (one_limit) return mark_plain(begin, last);
  for (auto i = first; i < last; ++i) mark(i);
}

}  // namespace rapport
