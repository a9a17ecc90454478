#pragma once
// What change control takes from an assessment, and its lists as tables.

#include <vector>

#include "rapport/impact/impact.h"
#include "rapport/model/change_state.h"
#include "rapport/model/suspect.h"

namespace rapport {

/// How large a change is, as approval limits count: calendar days that the finish is later, and its cost.
[[nodiscard]] ImpactSize size_of(Impact const& impact);

/// trace, from, to, type, version, confirmed, marked.
[[nodiscard]] Table to_table(std::vector<SuspectTrace> const& suspects);

}  // namespace rapport
