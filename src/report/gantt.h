#pragma once
// The chart of what moved: one small SVG per row, in percent of the width, so that it fits a phone
// and a poster without scaling its text.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "notice/wording.h"

namespace rapport {

struct GanttBar {
  std::optional<Instant> start_before, finish_before, start_after, finish_after;
  bool milestone = false;
  bool critical = false;
};

/// {"axis": svg, "ticks": […], "rows": [svg, …]}: a row of markup for each bar, in order.
/// Cost: O(bars).
[[nodiscard]] nlohmann::json gantt(std::vector<GanttBar> const& bars, std::optional<Instant> data_date,
                                   Wording const& say);

}  // namespace rapport
