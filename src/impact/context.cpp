#include "impact/context.h"

#include <numeric>
#include <optional>

#include "network/made_from.h"

namespace rapport::detail {
namespace {

AssessOptions const& checked(AssessOptions const& options) {
  check(options);
  return options;
}

}  // namespace

Context::Context(Project const& the_project, Schedule const& the_before, AssessOptions const& the_options)
    : project(the_project),
      before(the_before),
      options(checked(the_options)),
      graph(the_project, the_options.propagation),
      coverage(the_project, the_before.network(), graph),
      prices(the_project),
      status_(the_before) {
  check_made_from(project, network());
  auto const& facts = project.facts();
  if (network().activity_count() != facts.activities.size())
    throw InvalidInput("the schedule has " + std::to_string(network().activity_count()) +
                       " activities and the project " + std::to_string(facts.activities.size()) +
                       "; compile and schedule the project as it is now, then assess");
  row_.resize(facts.activities.size());
  for (auto const& activity : facts.activities) {
    auto const index = network().find(activity.key);
    if (!index)
      throw InvalidInput("the schedule does not know activity " + activity.key +
                         "; compile and schedule the project as it is now, then assess");
    row_[index->value] = static_cast<std::uint32_t>(index_.size());
    index_.push_back(index->value);
  }
  assignments_ = positions(facts.assignments);
  expenses_ = positions(facts.expenses);
}

template <class Fact>
Context::Positions Context::positions(std::vector<Fact> const& facts) const {
  std::vector<std::optional<ActivityIndex>> of(facts.size());
  Positions found;
  found.first.assign(network().activity_count() + 1, 0);
  for (std::size_t k = 0; k < facts.size(); ++k) {
    of[k] = network().find(facts[k].activity);
    if (of[k]) ++found.first[of[k]->value + 1];
  }
  std::partial_sum(found.first.begin(), found.first.end(), found.first.begin());
  found.position.resize(found.first.back());
  auto next = found.first;
  for (std::size_t k = 0; k < facts.size(); ++k)
    if (of[k]) found.position[next[of[k]->value]++] = static_cast<std::uint32_t>(k);
  return found;
}

Work Context::effort(ActivityIndex i) const {
  Work total;
  for (auto const a : assignments(i)) total += project.facts().assignments[a].work;
  return total;
}

std::vector<std::string> Context::activity_keys() const {
  std::vector<std::string> keys;
  keys.reserve(project.facts().activities.size());
  for (auto const& activity : project.facts().activities) keys.push_back(activity.key);
  return keys;
}

}  // namespace rapport::detail
