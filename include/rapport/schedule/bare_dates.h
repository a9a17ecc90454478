#pragma once
// A plan by its durations, links and calendars alone: no progress, constraints or tool's rules.

#include <cstdint>

#include "rapport/network/network.h"
#include "rapport/table/table.h"

namespace rapport {

/// One row per activity with work of its own, in the order of the network: key, early_start, early_finish,
/// late_start, late_finish, total_float_minutes, free_float_minutes (min), by calendar_path from the earliest
/// start that the plan states. Levels of effort and summaries are left out, with their links.
/// `days`: how far the calendars are laid out from there. Cost: O(activities + links + minutes of those days,
/// for each calendar in use). Errors: InvalidInput as calendar_path; naming an activity or a link whose
/// duration or lag is not in whole working minutes, as elapsed lags and percentages are not; when the plan
/// states no start.
[[nodiscard]] Table bare_dates(Network const& network, std::int32_t days = 4000);

}  // namespace rapport
