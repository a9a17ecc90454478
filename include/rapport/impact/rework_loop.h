#pragma once
// Design that goes round in loops: finishing one activity can send back work to earlier ones.
//
// Browning & Eppinger, "Modeling impacts of process architecture on cost and schedule risk in
// product development", IEEE Trans. Eng. Management 49(4), 2002, 428–442.

#include <cstdint>
#include <string>
#include <vector>

#include "rapport/base/run_control.h"

namespace rapport {

/// A triangular distribution: best, most likely and worst value.
struct Triangle {
  double low = 0, mode = 0, high = 0;
  /// The value below which a share `u` of the distribution lies.
  [[nodiscard]] double quantile(double u) const;
};

struct LoopActivity {
  std::string name;
  Triangle duration;    ///< Any unit of time, the same for all.
  Triangle cost;        ///< Any unit of money, the same for all.
  double repeated = 1;  ///< Improvement curve: share of the first effort when done again whole.
};

/// Activities in the order in which they are attempted. Row receives, column gives: the entry [i, j]
/// at i · n + j. Above the diagonal (j > i) stands feedback: the finish of j sends i back with this
/// probability, and this share of i is redone. Below stands what i takes from earlier ones: it makes
/// i wait for j, and the rework of j send back i if i has been worked on.
struct ReworkLoops {
  std::vector<LoopActivity> activities;
  std::vector<double> probability;
  std::vector<double> impact;
};

struct ReworkLoopOptions {
  std::uint32_t trials = 2000;
  std::uint64_t seed = 1;
  bool rework = true;        ///< False: every activity is done once.
  double correlation = 0.9;  ///< Of cost with duration (normal copula).
};

/// One pair of values per trial. Within a trial all activities share one quantile of duration and one
/// of cost, as the published spread implies.
struct LoopForecast {
  std::vector<double> duration, cost;

  struct Moments {
    double mean = 0, deviation = 0, skewness = 0;
  };
  [[nodiscard]] Moments duration_moments() const;
  [[nodiscard]] Moments cost_moments() const;
  /// Share of trials above `limit`.
  [[nodiscard]] double duration_over(double limit) const;
  [[nodiscard]] double cost_over(double limit) const;
};

/// Simulates the process: of the activities with work left, the first one and those after it that
/// wait for none with work left go on at once; when one finishes, feedback is drawn.
/// Cost: O(trials · activities² · finishes). The result is the same on every run with one seed.
/// Errors: InvalidInput (sizes, values out of range), Cancelled.
[[nodiscard]] LoopForecast simulate_rework(ReworkLoops const& loops, ReworkLoopOptions const& options = {},
                                           RunControl const& control = {});

}  // namespace rapport
