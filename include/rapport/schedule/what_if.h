#pragma once
// Thousands of changes tried on one schedule: only what a change touches is computed again.
// Katriel, Michel & Van Hentenryck 2005 for longest paths kept up to date in topological order; Pearce &
// Kelly 2006 for the order itself.

#include <memory>
#include <optional>
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
  /// Cost: in proportion to the activities whose early or late dates move and their links, and to the links
  /// of activities whose links come or go; to all activities when a project finish moves, from which all late
  /// dates count back. A link against the order costs a search between its ends (Pearce & Kelly 2006). A
  /// schedule that is still kept when the next change is tried costs a copy of the arrays then.
  /// Where links or activities came or went, the start, the finish, and the dates of an activity by its key
  /// are there at once. What else is asked of that schedule first gives it a network of its own: a copy of
  /// the arrays while activities keep their order, a numbering and schedule from scratch otherwise. In full
  /// from the beginning: overlays that stand on another network, or add levels of effort, summaries or more
  /// than a thousand activities; MS Project plans with activities as late as possible, or links from the
  /// start of a summary; plans scheduled from their finish.
  /// Errors: as schedule(Overlay); what was tried is then taken back. The loop named is a shortest one
  /// through the first new link that closes one.
  [[nodiscard]] Schedule schedule(Overlay const& overlay);

  /// Whether moved() and dates() know: not after a change that was computed in full.
  [[nodiscard]] bool knows_moved() const;
  /// The activities of `before` whose dates, floats or flags differ after the last change, or that are gone,
  /// in order of the network of `before`. Cost: O(touched · log touched); O(activities) where loops over
  /// everything ran.
  [[nodiscard]] std::vector<ActivityIndex> moved() const;
  /// An activity of `before` after the last change; none when it is gone. Cost: O(1).
  [[nodiscard]] std::optional<ActivityDates> dates(ActivityIndex i) const;

 private:
  struct Row;
  struct Log;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rapport
