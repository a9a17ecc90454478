#pragma once
// What facts are called in front of people.

#include <string>

#include "rapport/impact/impact.h"
#include "rapport/model/project.h"

namespace rapport {

/// Title or name of a fact; its key when it has none or is not there.
[[nodiscard]] std::string name_of(Project const& project, NodeRef const& node);

/// Of the whole project: its own name, or its only subproject's.
[[nodiscard]] std::string title_of(Project const& project);

/// "Ito Keiko (Harbour Hotels)"; the text of the request when it names nobody known.
[[nodiscard]] std::string requester_of(Project const& project, ChangeRequest const& change);

/// The change names it, or bears on it likely enough to count.
[[nodiscard]] bool is_touched(Impact const& impact, Reached const& reached);

}  // namespace rapport
