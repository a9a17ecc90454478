#pragma once
// Thousands of changes tried on one schedule: only what a change touches is computed again.
// Katriel, Michel & Van Hentenryck 2005 for longest paths kept up to date in topological order.

#include <memory>
#include <vector>

#include "rapport/schedule/schedule.h"

namespace rapport {

/// Tries changes one after the other on the same schedule. What it finds is equal, field by field,
/// to a schedule computed from scratch. For one thread at a time; the schedules it gives out are
/// ordinary ones, for any thread and as long as anybody keeps them.
class WhatIf {
 public:
  /// Cost: O(activities + links), a copy of the arrays.
  explicit WhatIf(Schedule before);
  WhatIf(WhatIf&&) noexcept;
  WhatIf& operator=(WhatIf&&) noexcept;
  ~WhatIf();

  [[nodiscard]] Schedule const& before() const;

  /// The dates with `overlay`, under the rules of `before`; what was tried before no longer counts.
  /// Cost: in proportion to the activities whose early or late dates move and their links; to all
  /// activities when a project finish moves, from which all late dates count back. Links added and
  /// removed cost copies of the arrays beside what they touch. A schedule that
  /// is still kept when the next change is tried costs a copy of the arrays then.
  /// In full instead: overlays that add or remove activities, or add a link against the numbering of
  /// `before`; that stand on another network; MS Project plans with activities as late as possible;
  /// plans scheduled from their finish.
  /// Errors: as schedule(Overlay); what was tried is then taken back.
  [[nodiscard]] Schedule schedule(Overlay const& overlay);

  /// Whether moved() knows: not after a change that was computed in full.
  [[nodiscard]] bool knows_moved() const;
  /// The activities whose dates, floats or flags differ from `before` after the last change, in order
  /// of the network. Cost: O(touched · log touched); O(activities) where loops over everything ran.
  [[nodiscard]] std::vector<ActivityIndex> moved() const;

 private:
  struct Row;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rapport
