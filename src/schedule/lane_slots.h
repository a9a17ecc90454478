#pragma once
// What passes in lanes read of the values of a plan.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "rapport/base/aligned.h"
#include "schedule/pass.h"

namespace rapport {

struct Lanes;

/// What each slot takes, and who is to be computed one by one.
struct LaneSlots {
  /// By link of Lanes::Moved, as LanesArrays::Moved has them.
  struct Ends {
    BareVector<std::int32_t> calendar, duration, other_calendar;
  };

  BareVector<std::int32_t> duration, calendar;  ///< By slot.
  /// By activity: whether it is computed one by one, and whether for what it is itself.
  enum Alone : std::uint8_t { early = 1, late = 2, by_itself = 4 };
  AlignedVector<std::uint8_t> alone;
  std::vector<std::uint32_t> alone_early, alone_late;
  std::uint32_t unlike = 0;  ///< Activities that are not plain, or not in whole minutes.
  Ends of_in, of_out;

  LaneSlots(Pass const& pass, Lanes const& lanes);
  /// After the values of one activity changed. Cost: what its links and its batch have. False where that does
  /// not do, and all are to be found anew.
  [[nodiscard]] bool renew(Pass const& pass, Lanes const& lanes, std::uint32_t i);

 private:
  class Finder;
};

/// Slots of values that change: all are found the first time, and then those that may have changed since.
class ChangingSlots {
 public:
  /// `edited`: activities whose values are not those of the first time.
  [[nodiscard]] std::shared_ptr<LaneSlots const> of(Pass const& pass,
                                                    std::shared_ptr<Lanes const> const& lanes,
                                                    std::span<ActivityIndex const> edited);

 private:
  std::shared_ptr<Lanes const> lanes_;
  std::shared_ptr<LaneSlots> slots_;
  std::vector<ActivityIndex> edited_;  ///< The last time.
};

}  // namespace rapport
