#include "rapport/model/suspect.h"

namespace rapport {
namespace {

std::int32_t version_of(Project const& project, NodeRef const& node) {
  if (node.kind != FactKind::Requirement) return 1;
  auto const* requirement = project.find<Requirement>(node.key);
  return requirement ? requirement->version : 1;
}

}  // namespace

std::vector<SuspectTrace> suspect_traces(Project const& project) {
  std::vector<SuspectTrace> found;
  for (auto const& trace : project.facts().traces) {
    auto const version = version_of(project, trace.from);
    auto const confirmed = trace.confirmed ? trace.confirmed->version : 1;
    if (trace.suspect || version > confirmed)
      found.push_back({trace.key, trace.from, trace.to, trace.type, version, confirmed, trace.suspect});
  }
  return found;
}

Edit confirm_traces(Project const& project, std::span<std::string const> traces, Author const& author) {
  Edit edit("confirm " + std::to_string(traces.size()) + (traces.size() == 1 ? " trace" : " traces"));
  for (auto const& key : traces) {
    Trace trace = project.at<Trace>(key);
    trace.suspect = false;
    trace.confirmed =
        Confirmation{.version = version_of(project, trace.from), .by = author.name, .when = author.when};
    edit.put(std::move(trace));
  }
  return edit;
}

}  // namespace rapport
