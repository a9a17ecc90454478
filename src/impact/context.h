#pragma once
// What every assessment of changes on one plan needs, put together once.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "impact/coverage.h"
#include "impact/graph.h"
#include "impact/price.h"
#include "impact/status_date.h"
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
  Prices const prices;

  [[nodiscard]] Network const& network() const { return before.network(); }
  /// From when on work remains in the subproject of the activity.
  [[nodiscard]] Instant now(ActivityIndex i) const { return status_.of(i); }
  [[nodiscard]] Instant now_in(std::uint32_t subproject) const { return status_.in(subproject); }
  [[nodiscard]] Instant now() const { return status_.of_all(); }

  /// Position in Facts::activities, and back.
  [[nodiscard]] std::uint32_t row(ActivityIndex i) const { return row_[i.value]; }
  [[nodiscard]] ActivityIndex index(std::uint32_t row) const { return {index_[row]}; }

  /// Positions in Facts::assignments and Facts::expenses of the activity.
  [[nodiscard]] std::span<std::uint32_t const> assignments(ActivityIndex i) const {
    return assignments_.of(i);
  }
  [[nodiscard]] std::span<std::uint32_t const> expenses(ActivityIndex i) const { return expenses_.of(i); }
  /// Assigned effort, all resources together.
  [[nodiscard]] Work effort(ActivityIndex i) const;

  /// Keys of all activities, to propose near ones.
  [[nodiscard]] std::vector<std::string> activity_keys() const;

 private:
  /// Of all activities, one after the other in order of the network.
  struct Positions {
    std::vector<std::uint32_t> first, position;
    [[nodiscard]] std::span<std::uint32_t const> of(ActivityIndex i) const {
      return {position.data() + first[i.value], position.data() + first[i.value + 1]};
    }
  };
  template <class Fact>
  [[nodiscard]] Positions positions(std::vector<Fact> const& facts) const;

  Positions assignments_, expenses_;
  std::vector<std::uint32_t> row_, index_;
  StatusDate status_;
};

}  // namespace rapport::detail
