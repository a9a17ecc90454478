#include "network/made_from.h"

#include <string>

#include "network/builder.h"

namespace rapport {
namespace {

std::string titled(std::string const& name) {
  return name.empty() ? "a project without a name" : "project \"" + name + "\"";
}

std::string state(Stamp const& stamp) {
  return stamp.entry == 0 ? "as it was read" : "as edit " + std::to_string(stamp.entry) + " left its work";
}

}  // namespace

void check_made_from(Project const& project, Network const& network, char const* what, char const* again) {
  Stamp const &own = *project.stamp(), *const made = NetworkBuilder::stamp(network);
  if (made == &own) return;
  std::string text = what;
  if (made && made->project == own.project)
    text += " is of " + titled(own.name) + " " + state(*made) + ", not " + state(own);
  else
    text += " (" + std::to_string(network.activity_count()) + " activities) is of " +
            titled(made ? made->name : "") + ", not of the one given, " + titled(project.facts().name) +
            " (" + std::to_string(project.facts().activities.size()) + ")";
  throw InvalidInput(text + "; " + again);
}

}  // namespace rapport
