#pragma once
// The numbers that an assessment rests on, as a document: to look at, to replace, to keep with a project.

#include <string>
#include <string_view>

#include "rapport/impact/propagation.h"

namespace rapport {

/// Reads {"injected_per_hour": {"value": 0.04, "source": "release 3"}, "removal_efficiency": {"unit": …},
/// "repair_effort": {"operation": …}, "traces": {"implements": {"likelihood", "share", "upstream",
/// "upstream_share"}}, "depth", "cutoff", "combination", "counting", "count_from", "rework":
/// {"attachment", "of_not_started", "of_in_progress", "of_completed", "suffix"}}. What is left out keeps its
/// default and its mark; what is given counts as data of the project, also where it equals the default,
/// unless its "assumed" is true (of a rule of traces: true, or a list of the numbers that are assumed). A
/// bare number may stand for a value whose source is not said. Errors: ParseError (no JSON, with its place),
/// InvalidInput (a field that is not known, with the nearest; a value out of range).
[[nodiscard]] AssessOptions assess_options_from_document(std::string_view json,
                                                         std::string const& file = "assumptions");

/// Everything of `options` as such a document, each number with its source and whether it is assumed.
[[nodiscard]] std::string to_document(AssessOptions const& options, int indent = 2);

}  // namespace rapport
