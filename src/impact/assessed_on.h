#pragma once

#include "network/made_from.h"
#include "rapport/impact/impact.h"

namespace rapport::detail {

/// The same for an impact: it is of `project`, and no edit has changed the work since. Errors: InvalidInput.
inline void check_made_from(Project const& project, Impact const& impact) {
  rapport::check_made_from(project, impact.before().network(), "the impact",
                           "compile and schedule the project as it is now, then assess the change again");
}

}  // namespace rapport::detail
