#pragma once

#include <pybind11/pybind11.h>

#include <memory>

#include "rapport/impact/impact.h"
#include "rapport/model/project.h"
#include "rapport/schedule/schedule.h"

namespace rapport::python {

/// A schedule with the facts it came from, which assess() needs again.
struct Plan {
  std::shared_ptr<Project const> facts;
  Schedule schedule;
};

/// An impact with the facts it was assessed on.
struct AssessedImpact {
  std::shared_ptr<Project const> facts;
  Impact impact;
};

/// A change as Python gives it: Change (anything with .request()), ChangeRequest, ChangeEntry, a dict or JSON
/// document, or the key of a change request of `project`. Errors: ParseError, InvalidInput, NotFound;
/// TypeError for anything else.
[[nodiscard]] ChangeRequest request_of(Project const& project, pybind11::handle given);

/// "primavera", "microsoft" or Rules; nothing for "auto" and None. Errors: InvalidInput; TypeError for
/// anything else.
[[nodiscard]] std::optional<Rules> rules_given(pybind11::object const& rules);

/// What an assessment rests on: a dict, a JSON document, or None for the defaults. Errors: ParseError,
/// InvalidInput, NotFound.
[[nodiscard]] AssessOptions assess_options(pybind11::object const& given);

}  // namespace rapport::python
