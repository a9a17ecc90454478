#pragma once

#include "rapport/model/facts.h"
#include "rapport/schedule/schedule.h"

namespace rapport {

/// `facts` with the dates and floats of `schedule` as their recorded dates, to be written to a file that
/// another tool opens: "critical" stands for driving, baselines stay, and completed activities have no
/// floats. Activities that the schedule lacks keep what was recorded. Cost: O(activities).
[[nodiscard]] Facts with_computed_dates(Facts facts, Schedule const& schedule);
/// The same of a schedule of `project`. Errors: InvalidInput when it is of other facts.
[[nodiscard]] Facts with_computed_dates(Project const& project, Schedule const& schedule);

}  // namespace rapport
