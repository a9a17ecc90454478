#pragma once

#include "rapport/network/network.h"

namespace rapport {

/// Refuses to bring together what is of different facts. `what` stands on `network`: "the schedule"; `again`
/// says how to get one of this project.
/// Errors: InvalidInput unless `network`, or what it was made from by overlays, was compiled from `project`
/// and no edit has changed its work since. Cost: O(1).
void check_made_from(Project const& project, Network const& network, char const* what = "the schedule",
                     char const* again = "compile and schedule the project as it is now");

}  // namespace rapport
