#pragma once
// Traces whose target may not fit what their source says today, and how they are confirmed.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "rapport/model/project.h"

namespace rapport {

/// A trace that somebody has to look at again.
struct SuspectTrace {
  std::string trace;  ///< Key.
  NodeRef from, to;
  TraceType type = TraceType::DependsOn;
  std::int32_t version = 1;    ///< Of `from` today; 1 for what has no versions.
  std::int32_t confirmed = 1;  ///< The version of `from` that the trace was last confirmed for.
  bool marked = false;         ///< Somebody set it suspect, whatever the versions say.
  friend bool operator==(SuspectTrace const&, SuspectTrace const&) = default;
};

/// Traces that are marked suspect, or whose source is a requirement of a later version than the one
/// they were confirmed for; one never confirmed was made for version 1. In the order of the facts.
/// Cost: O(traces).
[[nodiscard]] std::vector<SuspectTrace> suspect_traces(Project const& project);

/// The edit that confirms these traces for today's versions of their sources: their targets were
/// looked at and fit. Errors: NotFound (with the nearest keys).
[[nodiscard]] Edit confirm_traces(Project const& project, std::span<std::string const> traces,
                                  Author const& author);

}  // namespace rapport
