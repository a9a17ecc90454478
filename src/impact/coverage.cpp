#include "impact/coverage.h"

#include <algorithm>

namespace rapport::detail {
namespace {

/// Keys of the tests of a requirement and of the deliverables that implement it.
std::vector<std::string> tests_of(TraceGraph const& graph, std::uint32_t requirement) {
  std::vector<std::string> tests;
  auto const collect = [&](std::uint32_t from) {
    for (auto const& edge : graph.out(from))
      if (edge.supports && graph.node(edge.to).kind == FactKind::Test)
        tests.push_back(graph.node(edge.to).key);
  };
  collect(requirement);
  for (auto const& edge : graph.out(requirement))
    if (edge.supports && graph.node(edge.to).kind == FactKind::Deliverable) collect(edge.to);
  std::sort(tests.begin(), tests.end());
  tests.erase(std::unique(tests.begin(), tests.end()), tests.end());
  return tests;
}

}  // namespace

// Wraps on purpose where `step` takes away.
void Coverage::count(Count& into, Need const& need, std::size_t step) {
  if (!need.in_force) return;
  into.needs += step;
  if (need.verified) into.verified += step;
  if (!need.criterion) return;
  into.criteria += step;
  if (need.verified) into.criteria_verified += step;
}

Coverage::Coverage(Project const& project, Network const& network, TraceGraph const& graph) {
  auto const done = [&](std::string const& key) {
    auto const* test = project.find<Test>(key);
    auto const index = test ? network.find(test->activity) : std::nullopt;
    return index && network.completed(*index);
  };
  auto const& requirements = project.facts().requirements;
  needs_.reserve(requirements.size());
  for (std::uint32_t r = 0; r < requirements.size(); ++r) {
    auto const& requirement = requirements[r];
    Need need;
    need.in_force = requirement.status != RequirementStatus::Rejected &&
                    requirement.status != RequirementStatus::Withdrawn;
    need.criterion = !requirement.acceptance_criterion.empty();
    need.verified = requirement.status == RequirementStatus::Verified;
    if (auto const node = graph.find({FactKind::Requirement, requirement.key}); node && need.in_force) {
      auto const tests = tests_of(graph, *node);
      for (auto const& test : tests) by_test_[test].push_back(r);
      need.verified |= !tests.empty() && std::all_of(tests.begin(), tests.end(), done);
      known_ |= !tests.empty();
    }
    known_ |= need.verified;
    count(before_, need, 1);
    needs_.push_back(need);
  }
}

Coverage::Count Coverage::after(std::vector<std::uint32_t> const& gone,
                                std::vector<std::uint32_t> const& doubtful) const {
  constexpr std::size_t less = static_cast<std::size_t>(-1);
  std::unordered_map<std::uint32_t, Need> changed;
  for (auto const r : doubtful) changed.try_emplace(r, needs_[r]).first->second.verified = false;
  for (auto const r : gone) changed.try_emplace(r, needs_[r]).first->second.in_force = false;
  Count after = before_;
  for (auto const& [r, need] : changed) {
    count(after, needs_[r], less);
    count(after, need, 1);
  }
  return after;
}

std::vector<std::uint32_t> const& Coverage::verified_by(std::string const& test) const {
  static std::vector<std::uint32_t> const none;
  auto const found = by_test_.find(test);
  return found == by_test_.end() ? none : found->second;
}

}  // namespace rapport::detail
