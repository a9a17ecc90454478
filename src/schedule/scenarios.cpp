#include "rapport/schedule/scenarios.h"

#include <algorithm>
#include <string>

#include "rapport/base/error.h"
#include "schedule/pass_variants.h"
#include "schedule/time_bound.h"

namespace rapport {

/// The arrays of sixteen scenarios, used again for the next sixteen.
class ScenarioPasses {
 public:
  static constexpr auto lanes = ScenarioDates::lanes;

  ScenarioPasses(Slices const& network, std::span<std::int32_t const> durations,
                 std::span<Scenario const> scenarios)
      : network_(network), scenarios_(scenarios) {
    TimeBound const bound(network, durations);
    for (std::size_t k = 0; k < scenarios.size(); ++k) {
      try {
        (void)bound.with(scenarios[k]);
      } catch (InvalidInput const& error) {
        throw InvalidInput("scenario " + std::to_string(k) + ": " + error.what());
      }
    }
    dates_.network_ = &network;
    dates_.duration_.assign(network.slots() + 2, 0);
    for (std::uint32_t i = 0; i < network.activities; ++i)
      dates_.duration_[network.slot_of[i]] = durations[i];
    dates_.change_of_.assign(network.slots() + 2, 0);
    dates_.early_finish_ = rows(-far_time);
    dates_.finish_.resize(lanes);
  }

  /// Those from `first` on, forward.
  ScenarioDates const& forward(std::size_t first) {
    auto const some = scenarios_.subspan(first, std::min<std::size_t>(lanes, scenarios_.size() - first));
    dates_.count_ = static_cast<std::uint32_t>(some.size());
    for (auto const slot : changed_) dates_.change_of_[slot] = 0;
    changed_.clear();
    dates_.changes_.assign(lanes, 0);
    for (std::uint32_t lane = 0; lane < dates_.count_; ++lane) {
      for (auto const& [activity, duration] : some[lane]) change(network_.slot_of[activity], lane, duration);
    }
    pass_variants().back().forward_scenarios(arrays());
    return dates_;
  }

  ScenarioDates const& backward() {
    if (dates_.late_start_.empty()) dates_.late_start_ = rows(far_time);
    pass_variants().back().backward_scenarios(arrays());
    return dates_;
  }

 private:
  /// One for each slot; those of the two slots that stand for no link are `outside`.
  [[nodiscard]] AlignedVector<std::int32_t> rows(std::int32_t outside) const {
    AlignedVector<std::int32_t> rows(ScenarioDates::at(network_.slots() + 2, 0), 0);
    std::fill_n(&rows[ScenarioDates::at(network_.slots(), 0)], 2 * lanes, outside);
    return rows;
  }
  void change(std::uint32_t slot, std::uint32_t lane, std::int32_t duration) {
    auto& row = dates_.change_of_[slot];
    if (row == 0) {
      row = static_cast<std::uint32_t>(dates_.changes_.size()) / lanes;
      dates_.changes_.resize(dates_.changes_.size() + lanes, 0);
      changed_.push_back(slot);
    }
    dates_.changes_[ScenarioDates::at(row, lane)] = duration - dates_.duration_[slot];
  }
  ScenarioArrays arrays() {
    return {network_.slices,           network_.first_in.data(), network_.first_out.data(),
            network_.in.data(),        network_.out.data(),      dates_.duration_.data(),
            dates_.change_of_.data(),  dates_.changes_.data(),   dates_.early_finish_.data(),
            dates_.late_start_.data(), dates_.finish_.data()};
  }

  Slices const& network_;
  std::span<Scenario const> scenarios_;
  ScenarioDates dates_;
  std::vector<std::uint32_t> changed_;  ///< Slots of what these sixteen change.
};

void try_scenarios(Slices const& network, std::span<std::int32_t const> durations,
                   std::span<Scenario const> scenarios,
                   std::function<void(std::size_t first, ScenarioDates const& dates)> const& use) {
  ScenarioPasses passes(network, durations, scenarios);
  for (std::size_t first = 0; first < scenarios.size(); first += ScenarioPasses::lanes) {
    passes.forward(first);
    use(first, passes.backward());
  }
}

std::vector<std::int32_t> scenario_finishes(Slices const& network, std::span<std::int32_t const> durations,
                                            std::span<Scenario const> scenarios) {
  ScenarioPasses passes(network, durations, scenarios);
  std::vector<std::int32_t> finishes;
  for (std::size_t first = 0; first < scenarios.size(); first += ScenarioPasses::lanes) {
    auto const& dates = passes.forward(first);
    for (std::uint32_t lane = 0; lane < dates.count(); ++lane) finishes.push_back(dates.finish(lane));
  }
  return finishes;
}

}  // namespace rapport
