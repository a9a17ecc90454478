#pragma once
// What every assessment of changes on one plan needs, put together once.

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "impact/coverage.h"
#include "impact/graph.h"
#include "rapport/impact/impact.h"

namespace rapport::detail {

/// Refers to the project it was made for; that one must outlive it unchanged.
class Context {
 public:
  /// Errors: InvalidInput when `before` is not a schedule of `project`, or options out of range.
  /// Cost: O(facts).
  Context(Project const& project, Schedule const& before, AssessOptions const& options);

  Project const& project;
  Schedule const before;
  AssessOptions const options;
  TraceGraph const graph;
  Coverage const coverage;

  [[nodiscard]] Network const& network() const { return before.network(); }
  /// From when on work remains in the subproject of the activity.
  [[nodiscard]] Instant now(ActivityIndex i) const;
  [[nodiscard]] Instant now() const { return now_; }

  /// Position in Facts::activities, and back.
  [[nodiscard]] std::uint32_t row(ActivityIndex i) const { return row_[i.value]; }
  [[nodiscard]] ActivityIndex index(std::uint32_t row) const { return {index_[row]}; }

  /// Positions in Facts::assignments and Facts::expenses of the activity with this key.
  [[nodiscard]] std::span<std::uint32_t const> assignments(std::string const& activity) const;
  [[nodiscard]] std::span<std::uint32_t const> expenses(std::string const& activity) const;
  /// Assigned effort, all resources together.
  [[nodiscard]] Work effort(std::string const& activity) const;

  /// Keys of all activities, to propose near ones.
  [[nodiscard]] std::vector<std::string> activity_keys() const;

 private:
  using Positions = std::unordered_map<std::string, std::vector<std::uint32_t>>;
  Positions assignments_, expenses_;
  std::vector<std::uint32_t> row_, index_;
  Instant now_;
};

}  // namespace rapport::detail
