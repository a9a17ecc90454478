#include "impact/context.h"

#include <algorithm>

namespace rapport::detail {
namespace {

AssessOptions const& checked(AssessOptions const& options) {
  check(options);
  return options;
}

std::span<std::uint32_t const> positions(
    std::unordered_map<std::string, std::vector<std::uint32_t>> const& of, std::string const& key) {
  auto const place = of.find(key);
  if (place == of.end()) return {};
  return place->second;
}

/// Without a data date, work remains from the last thing that is known to have happened.
Instant last_actual(Schedule const& schedule) {
  auto const& values = schedule.network().values();
  std::int64_t last = no_instant;
  for (auto const s : values.actual_start) last = std::max(last, s);
  for (auto const s : values.actual_finish) last = std::max(last, s);
  return last == no_instant ? schedule.start() : Instant{last};
}

}  // namespace

Context::Context(Project const& the_project, Schedule const& the_before, AssessOptions const& the_options)
    : project(the_project),
      before(the_before),
      options(checked(the_options)),
      graph(the_project, the_options.propagation),
      coverage(the_project, the_before.network(), graph) {
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
  for (std::size_t i = 0; i < facts.assignments.size(); ++i)
    assignments_[facts.assignments[i].activity].push_back(static_cast<std::uint32_t>(i));
  for (std::size_t i = 0; i < facts.expenses.size(); ++i)
    expenses_[facts.expenses[i].activity].push_back(static_cast<std::uint32_t>(i));
  now_ = network().data_date() ? *network().data_date() : last_actual(before);
}

Instant Context::now(ActivityIndex i) const {
  auto const& subproject = network().subprojects();
  auto const s = network().values().subproject[i.value];
  if (s < subproject.size() && subproject[s].data_date) return *subproject[s].data_date;
  return now_;
}

std::span<std::uint32_t const> Context::assignments(std::string const& activity) const {
  return positions(assignments_, activity);
}
std::span<std::uint32_t const> Context::expenses(std::string const& activity) const {
  return positions(expenses_, activity);
}

Work Context::effort(std::string const& activity) const {
  Work total;
  for (auto const a : assignments(activity)) total += project.facts().assignments[a].work;
  return total;
}

std::vector<std::string> Context::activity_keys() const {
  std::vector<std::string> keys;
  keys.reserve(project.facts().activities.size());
  for (auto const& activity : project.facts().activities) keys.push_back(activity.key);
  return keys;
}

}  // namespace rapport::detail
