#pragma once
// Up to when what happened is known.

#include "rapport/schedule/schedule.h"

namespace rapport::detail {

class StatusDate {
 public:
  /// Cost: O(activities) where the plan says no data date, else O(1).
  explicit StatusDate(Schedule const& schedule);
  /// With what is known otherwise of the whole plan.
  StatusDate(Schedule const& schedule, Instant of_all);

  /// From when on work remains in the subproject of the activity.
  [[nodiscard]] Instant of(ActivityIndex i) const;
  /// In the subproject at this position of the network.
  [[nodiscard]] Instant in(std::uint32_t subproject) const;
  /// The data date of the plan, or the last thing that is known to have happened.
  [[nodiscard]] Instant of_all() const { return of_all_; }

 private:
  Network network_;
  Instant of_all_;
};

}  // namespace rapport::detail
