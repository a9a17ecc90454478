#pragma once
// What the opaque handles of rapport.h are: a value each. Values share what they were made from, so
// that handles may be freed in any order.

#include "rapport/impact/impact.h"
#include "rapport/model/project.h"
#include "rapport/network/network.h"
#include "rapport/notice/notice.h"
#include "rapport/rapport.h"
#include "rapport/risk/register.h"
#include "rapport/schedule/schedule.h"

namespace rapport::capi {

/// A document, or the key of a change request of the project: no key begins with a brace.
[[nodiscard]] ChangeRequest change_of(Project const& project, char const* text);

/// RAPPORT_RULES_…; nothing: as the plan's own file states them. Errors: InvalidInput.
[[nodiscard]] std::optional<Rules> rules_of(std::int32_t rules);

}  // namespace rapport::capi

struct rapport_project {
  rapport::Project value;
};
struct rapport_network {
  rapport::Network value;
};
struct rapport_schedule {
  rapport::Schedule value;
};
struct rapport_impact {
  rapport::Impact value;
};
struct rapport_notices {
  rapport::Notices value;
};
struct rapport_risks {
  rapport::RiskRegister value;
};
