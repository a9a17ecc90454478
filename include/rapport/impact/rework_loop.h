#pragma once
// Design that goes round in loops: finishing one activity can send back work to earlier ones.
//
// Browning & Eppinger, "Modeling impacts of process architecture on cost and schedule risk in
// product development", IEEE Trans. Eng. Management 49(4), 2002, 428–442.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rapport/base/run_control.h"
#include "rapport/table/table.h"

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
  std::string duration_unit{}, cost_unit{};  ///< What the figures are told in; they change none.
};

/// Reads {"duration_unit": "days", "cost_unit": "k$", "activities": [{"name": "Design", "duration": [8, 10,
/// 14], "cost": [80, 100, 140], "repeated": 0.4}, …], "loops": [{"from": "Test", "to": "Design",
/// "probability": 0.3, "impact": 0.5}, …]}: best, most likely and worst value, or one number; the finish of
/// `from` sends back (or, where `from` stands before `to`, is waited for by) `to`, both the name of an
/// activity or its place, from 1. Left out: cost is 0, as is the impact of what is waited
/// for, repeated is 1. In place of "loops",
/// "probability" and "impact" may be lists of rows as in ReworkLoops. Errors: ParseError (no JSON, with its
/// place), InvalidInput (naming the field, with the nearest known one).
[[nodiscard]] ReworkLoops rework_loops_from_document(std::string_view json,
                                                     std::string const& file = "loops");

struct ReworkLoopOptions {
  static constexpr std::uint32_t most_trials = 10'000'000;
  std::uint32_t trials = 2000;
  std::uint64_t seed = 1;
  bool rework = true;        ///< False: every activity is done once.
  double correlation = 0.9;  ///< Of cost with duration (normal copula).
};

/// One figure of a forecast, and how far it may be off because trials are finite.
struct LoopFigure {
  std::string of;              ///< duration or cost
  std::string figure;          ///< mean, deviation, skewness, p80, over
  std::optional<double> at{};  ///< The share of a percentile, the limit of `over`.
  double value = 0;
  /// Absent where the trials do not tell: of fewer than ten, of a percentile too near their end.
  std::optional<double> standard_error{};
  std::string unit{};
};

/// Limits whose chance to be passed is asked for.
struct LoopLimits {
  std::optional<double> duration, cost;
};

/// One pair of values per trial. Within a trial all activities share one quantile of duration and one
/// of cost, as the published spread implies.
struct LoopForecast {
  std::vector<double> duration, cost;
  std::string duration_unit{}, cost_unit{};

  /// Beyond it no duration, cost or limit makes sense.
  static constexpr double largest = 1e15;
  static constexpr std::array<double, 4> usual_shares = {0.1, 0.5, 0.8, 0.9};

  struct Moments {
    double mean = 0;
    double deviation = 0;              ///< Estimated of all runs: divided by n − 1; 0 of one trial.
    std::optional<double> skewness{};  ///< Of the trials; absent where they are all equal.
  };
  [[nodiscard]] Moments duration_moments() const;
  [[nodiscard]] Moments cost_moments() const;
  /// Share of trials above `limit`.
  [[nodiscard]] double duration_over(double limit) const;
  [[nodiscard]] double cost_over(double limit) const;

  /// Mean, deviation (of two trials or more), skewness (where they differ), the percentiles at `shares` and,
  /// where limits are given, the share of trials above them; first of duration, then of cost. A percentile is
  /// the smallest trial that so many are not above; its standard error is taken from the trials that bound it
  /// with 95 % confidence, whatever the distribution. Cost: O(trials · log trials). Errors: InvalidInput
  /// unless shares are between 0 and 1 and limits are numbers up to `largest`.
  [[nodiscard]] std::vector<LoopFigure> figures(std::span<double const> shares = usual_shares,
                                                LoopLimits const& limits = {}) const;
  /// One row per trial: trial, duration, cost.
  [[nodiscard]] Table table() const;
};

/// One row per figure: of, figure, at, value, standard_error, unit.
[[nodiscard]] Table to_table(std::vector<LoopFigure> const& figures);

/// Simulates the process: of the activities with work left, the first one and those after it that
/// wait for none with work left go on at once; when one finishes, feedback is drawn.
/// Cost: O(trials · activities² · finishes). The result is the same on every run with one seed.
/// Errors: InvalidInput (sizes, values out of range), Cancelled.
[[nodiscard]] LoopForecast simulate_rework(ReworkLoops const& loops, ReworkLoopOptions const& options = {},
                                           RunControl const& control = {});

}  // namespace rapport
