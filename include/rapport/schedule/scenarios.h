#pragma once
// Many sets of durations on the bare critical path, sixteen at a time in the lanes of a processor: for
// changes that reach far. PathWhatIf is quicker for those that do not.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "rapport/schedule/critical_path.h"

namespace rapport {

/// What differs from the durations of the plan; of an activity named twice the last entry counts.
using Scenario = std::vector<DurationChange>;

/// Dates of up to sixteen scenarios side by side. Each date O(1); unit: that of the durations, the
/// project starts at 0.
class ScenarioDates {
 public:
  static constexpr std::uint32_t lanes = 16;

  /// How many there are; lanes are numbered from 0.
  [[nodiscard]] std::uint32_t count() const { return count_; }
  [[nodiscard]] std::int32_t finish(std::uint32_t lane) const { return finish_[lane]; }
  [[nodiscard]] std::int32_t duration(std::uint32_t lane, std::uint32_t activity) const {
    auto const slot = network_->slot_of[activity];
    return duration_[slot] + changes_[at(change_of_[slot], lane)];
  }
  [[nodiscard]] std::int32_t early_finish(std::uint32_t lane, std::uint32_t activity) const {
    return early_finish_[at(network_->slot_of[activity], lane)];
  }
  [[nodiscard]] std::int32_t early_start(std::uint32_t lane, std::uint32_t activity) const {
    return early_finish(lane, activity) - duration(lane, activity);
  }
  [[nodiscard]] std::int32_t late_start(std::uint32_t lane, std::uint32_t activity) const {
    return late_start_[at(network_->slot_of[activity], lane)];
  }
  [[nodiscard]] std::int32_t late_finish(std::uint32_t lane, std::uint32_t activity) const {
    return late_start(lane, activity) + duration(lane, activity);
  }
  [[nodiscard]] std::int32_t total_float(std::uint32_t lane, std::uint32_t activity) const {
    return late_finish(lane, activity) - early_finish(lane, activity);
  }

 private:
  friend class ScenarioPasses;
  [[nodiscard]] static std::size_t at(std::uint32_t row, std::uint32_t lane) {
    return std::size_t{row} * lanes + lane;
  }
  Slices const* network_ = nullptr;
  std::uint32_t count_ = 0;
  std::vector<std::int32_t> duration_;    ///< By slot, of the plan.
  std::vector<std::uint32_t> change_of_;  ///< By slot: its row of `changes_`; the first is that of none.
  AlignedVector<std::int32_t> changes_, early_finish_, late_start_, finish_;  ///< Rows of lanes.
};

/// Calls `use(first, dates)` for each sixteen scenarios in turn, `first` being the number of lane 0; the
/// dates are good until it returns. Cost: O(activities + links) for sixteen, memory
/// about 140 bytes an activity and 64 for each that a scenario changes. Errors: InvalidInput as
/// critical_path, for the scenario named.
void try_scenarios(Slices const& network, std::span<std::int32_t const> durations,
                   std::span<Scenario const> scenarios,
                   std::function<void(std::size_t first, ScenarioDates const& dates)> const& use);

/// The project's finish in each scenario: the forward pass alone.
[[nodiscard]] std::vector<std::int32_t> scenario_finishes(Slices const& network,
                                                          std::span<std::int32_t const> durations,
                                                          std::span<Scenario const> scenarios);

}  // namespace rapport
