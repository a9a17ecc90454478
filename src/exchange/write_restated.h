#pragma once
// Facts said in the words of one tool, where it has others for the same thing.

#include "exchange/findings.h"
#include "rapport/model/facts.h"

namespace rapport {

/// What P6 has no word for but can express: work weeks and spans of days off as single days, elapsed and
/// percent lags in hours, daily costs as one sum, resources that are only costs as material. Each is listed.
[[nodiscard]] Facts restated_for_primavera(Facts facts, Findings& findings);

/// What MS Project has no word for but can express: branches of the work breakdown as summary tasks, the
/// activities in the order of that outline, all projects as one, expenses as the fixed cost of a task.
[[nodiscard]] Facts restated_for_microsoft(Facts facts, Findings& findings);

}  // namespace rapport
