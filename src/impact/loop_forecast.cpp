// What the trials of a rework simulation say, and how surely.

#include <algorithm>
#include <cmath>

#include "base/number_text.h"
#include "rapport/base/error.h"
#include "rapport/impact/rework_loop.h"

namespace rapport {
namespace {

// Of fewer trials the spread says little of how far a figure may be off.
constexpr std::size_t fewest_trials = 10;

bool all_equal(std::vector<double> const& values) {
  return std::all_of(values.begin(), values.end(), [&](double value) { return value == values.front(); });
}

/// Central moments of the trials themselves: divided by n.
struct Central {
  double mean = 0, second = 0, third = 0, fourth = 0;
};

Central central(std::vector<double> const& values) {
  auto const n = static_cast<double>(values.size());
  Central result;
  if (values.empty()) return result;
  // Rounding must not make a spread of what has none.
  if (all_equal(values)) return {.mean = values.front()};
  for (double const value : values) result.mean += value / n;
  for (double const value : values) {
    double const d = value - result.mean;
    result.second += d * d / n;
    result.third += d * d * d / n;
    result.fourth += d * d * d * d / n;
  }
  return result;
}

LoopForecast::Moments moments(std::vector<double> const& values) {
  auto const of = central(values);
  auto const n = static_cast<double>(values.size());
  LoopForecast::Moments result;
  result.mean = of.mean;
  if (of.second <= 0) return result;
  result.deviation = std::sqrt(of.second * n / (n - 1));
  result.skewness = of.third / (of.second * std::sqrt(of.second));
  return result;
}

/// Sums of what a trial takes are rounded: one that meets the limit but for that is not above it.
double share_over(std::vector<double> const& values, double limit) {
  double const met = limit + std::abs(limit) * 1e-12;
  auto const above = std::count_if(values.begin(), values.end(), [&](double value) { return value > met; });
  return static_cast<double>(above) / static_cast<double>(values.size());
}

/// Of the mean: s / √n. Of the deviation: √((m₄ − m₂²) / n) / 2 s, by the delta method. Of the skewness g by
/// its influence function, z³ − 3 z − g − 3/2 g (z² − 1) of a trial that lies z deviations from the mean.
struct MomentErrors {
  std::optional<double> mean, deviation, skewness;
};

MomentErrors errors_of(std::vector<double> const& values, LoopForecast::Moments const& told) {
  if (values.size() < fewest_trials) return {};
  auto const of = central(values);
  if (of.second <= 0) return {.mean = 0, .deviation = 0, .skewness = {}};
  auto const n = static_cast<double>(values.size());
  double const g = told.skewness.value_or(0);
  double influence = 0;
  for (double const value : values) {
    double const z = (value - of.mean) / std::sqrt(of.second);
    double const one = z * z * z - 3 * z - g - 1.5 * g * (z * z - 1);
    influence += one * one / n;
  }
  return {.mean = told.deviation / std::sqrt(n),
          .deviation = std::sqrt(std::max(0.0, of.fourth - of.second * of.second) / n) / (2 * told.deviation),
          .skewness = std::sqrt(influence / n)};
}

/// The smallest of `sorted` that a `share` of them is not above. The ranks that bound it follow from the
/// binomial distribution.
LoopFigure percentile(std::vector<double> const& sorted, double share) {
  constexpr double z = 1.959964;  // Of 95 % confidence.
  auto const n = static_cast<double>(sorted.size());
  auto const at_rank = [&](double rank) { return sorted[static_cast<std::size_t>(rank) - 1]; };
  LoopFigure result;
  result.figure = "p" + short_text(100 * share);
  result.at = share;
  // Rounding must not lift a rank that is whole.
  result.value = at_rank(std::clamp(std::ceil(n * share - 1e-9), 1.0, n));
  double const aside = z * std::sqrt(n * share * (1 - share));
  double const low = std::floor(n * share - aside), high = std::ceil(n * share + aside);
  if (sorted.size() >= fewest_trials && low >= 1 && high <= n)
    result.standard_error = (at_rank(high) - at_rank(low)) / (2 * z);
  return result;
}

void add_figures(std::vector<LoopFigure>& all, std::string const& of, std::string const& unit,
                 std::vector<double> const& values, std::span<double const> shares,
                 std::optional<double> limit) {
  auto const told = moments(values);
  auto const off = errors_of(values, told);
  all.push_back({of, "mean", std::nullopt, told.mean, off.mean, unit});
  if (values.size() > 1) all.push_back({of, "deviation", std::nullopt, told.deviation, off.deviation, unit});
  if (told.skewness) all.push_back({of, "skewness", std::nullopt, *told.skewness, off.skewness, ""});
  auto sorted = values;
  std::sort(sorted.begin(), sorted.end());
  for (double const share : shares) {
    auto one = percentile(sorted, share);
    one.of = of;
    one.unit = unit;
    all.push_back(std::move(one));
  }
  if (!limit) return;
  double const over = share_over(values, *limit);
  std::optional<double> error;
  if (values.size() >= fewest_trials)
    error = std::sqrt(over * (1 - over) / static_cast<double>(values.size()));
  all.push_back({of, "over", *limit, over, error, ""});
}

}  // namespace

LoopForecast::Moments LoopForecast::duration_moments() const { return moments(duration); }
LoopForecast::Moments LoopForecast::cost_moments() const { return moments(cost); }
double LoopForecast::duration_over(double limit) const { return share_over(duration, limit); }
double LoopForecast::cost_over(double limit) const { return share_over(cost, limit); }

std::vector<LoopFigure> LoopForecast::figures(std::span<double const> shares,
                                              LoopLimits const& limits) const {
  for (double const share : shares)
    if (!(share > 0 && share < 1))
      throw InvalidInput("a percentile at the share " + short_text(share) +
                         " is none; give a number between 0 and 1, such as 0.8");
  for (auto const& [limit, of] : {std::pair(limits.duration, "duration"), std::pair(limits.cost, "cost")})
    if (limit && !(std::abs(*limit) <= largest))
      throw InvalidInput("the limit of the " + std::string(of) + " is " + short_text(*limit) +
                         "; give a number up to " + short_text(largest));
  std::vector<LoopFigure> all;
  if (duration.empty()) return all;
  add_figures(all, "duration", duration_unit, duration, shares, limits.duration);
  add_figures(all, "cost", cost_unit, cost, shares, limits.cost);
  return all;
}

Table LoopForecast::table() const {
  std::vector<std::int64_t> trial(duration.size());
  for (std::size_t i = 0; i < trial.size(); ++i) trial[i] = static_cast<std::int64_t>(i) + 1;
  Table table("loop_trials");
  table.add("trial", trial).add("duration", duration, duration_unit).add("cost", cost, cost_unit);
  return table;
}

Table to_table(std::vector<LoopFigure> const& figures) {
  std::vector<std::string> of, figure, unit;
  std::vector<double> value;
  std::vector<std::optional<double>> at, error;
  for (auto const& one : figures) {
    of.push_back(one.of);
    figure.push_back(one.figure);
    at.push_back(one.at);
    value.push_back(one.value);
    error.push_back(one.standard_error);
    unit.push_back(one.unit);
  }
  Table table("loop_figures");
  table.add("of", of).add("figure", figure).add("at", at).add("value", value);
  table.add("standard_error", error).add("unit", unit);
  return table;
}

}  // namespace rapport
