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
      : network_(network), durations_(durations), scenarios_(scenarios) {
    TimeBound const bound(network, durations);
    for (std::size_t k = 0; k < scenarios.size(); ++k) {
      try {
        (void)bound.with(scenarios[k]);
      } catch (InvalidInput const& error) {
        throw InvalidInput("scenario " + std::to_string(k) + ": " + error.what());
      }
    }
    dates_.network_ = &network;
    dates_.duration_.assign(std::size_t{network.slots()} * lanes, 0);
    for (std::uint32_t i = 0; i < network.activities; ++i) std::fill_n(row(i), lanes, durations[i]);
    dates_.early_.resize(std::size_t{network.events()} * lanes);
    std::fill_n(&dates_.early_[ScenarioDates::at(network.never(), 0)], lanes, -far_time);
    dates_.finish_.resize(lanes);
  }

  /// Those from `first` on, forward.
  ScenarioDates const& forward(std::size_t first) {
    auto const some = scenarios_.subspan(first, std::min<std::size_t>(lanes, scenarios_.size() - first));
    dates_.count_ = static_cast<std::uint32_t>(some.size());
    for (auto const activity : edited_) std::fill_n(row(activity), lanes, durations_[activity]);
    edited_.clear();
    for (std::uint32_t lane = 0; lane < dates_.count_; ++lane) {
      for (auto const& [activity, duration] : some[lane]) {
        row(activity)[lane] = duration;
        edited_.push_back(activity);
      }
    }
    pass_variants().back().forward_scenarios(arrays());
    return dates_;
  }

  ScenarioDates const& backward() {
    if (dates_.late_.empty()) {
      dates_.late_.resize(dates_.early_.size());
      std::fill_n(&dates_.late_[ScenarioDates::at(network_.always(), 0)], lanes, far_time);
    }
    pass_variants().back().backward_scenarios(arrays());
    return dates_;
  }

 private:
  std::int32_t* row(std::uint32_t activity) {
    return &dates_.duration_[ScenarioDates::at(network_.slot_of[activity], 0)];
  }
  ScenarioArrays arrays() {
    return {network_.slices,      network_.first_in.data(), network_.first_out.data(),
            network_.in.data(),   network_.out.data(),      dates_.duration_.data(),
            dates_.early_.data(), dates_.late_.data(),      dates_.finish_.data()};
  }

  Slices const& network_;
  std::span<std::int32_t const> durations_;
  std::span<Scenario const> scenarios_;
  ScenarioDates dates_;
  std::vector<std::uint32_t> edited_;  ///< Activities whose row is not that of the plan.
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
