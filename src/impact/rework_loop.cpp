#include "rapport/impact/rework_loop.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "base/number_text.h"
#include "impact/random.h"
#include "rapport/base/error.h"

namespace rapport {
namespace {

void check(ReworkLoops const& loops, ReworkLoopOptions const& options) {
  auto const n = loops.activities.size();
  if (loops.probability.size() != n * n || loops.impact.size() != n * n)
    throw InvalidInput("rework matrices of " + std::to_string(loops.probability.size()) + " and " +
                       std::to_string(loops.impact.size()) + " values do not fit " + std::to_string(n) +
                       " activities; give " + std::to_string(n * n) + " each, row by row");
  for (auto const& activity : loops.activities) {
    for (auto const& [t, of] : {std::pair(activity.duration, "duration"), std::pair(activity.cost, "cost")}) {
      auto const subject = "the " + std::string(of) + " of activity " + activity.name + " is ";
      if (!(t.low >= 0 && t.low <= t.mode && t.mode <= t.high))
        throw InvalidInput(
            subject + short_text(t.low) + ", " + short_text(t.mode) + ", " + short_text(t.high) +
            "; give the best, the most likely and the worst value in this order, none below zero");
      if (t.high > LoopForecast::largest)
        throw InvalidInput(subject + short_text(t.high) + "; give numbers up to " +
                           short_text(LoopForecast::largest));
    }
    if (!(activity.duration.high > 0))
      throw InvalidInput("activity " + activity.name + " takes no time; leave it out");
    if (!(activity.repeated >= 0 && activity.repeated <= 1))
      throw InvalidInput("the improvement curve of activity " + activity.name + " is not from 0 to 1");
  }
  for (auto const* values : {&loops.probability, &loops.impact})
    for (double const value : *values)
      if (!(value >= 0 && value <= 1))
        throw InvalidInput("a rework probability or impact is " + short_text(value) +
                           "; give numbers from 0 to 1");
  if (options.trials == 0 || options.trials > ReworkLoopOptions::most_trials)
    throw InvalidInput("a simulation of " + std::to_string(options.trials) +
                       " trials is asked for; give 1 to " + std::to_string(ReworkLoopOptions::most_trials));
  if (!(options.correlation >= -1 && options.correlation <= 1))
    throw InvalidInput("the correlation of cost and duration is not from -1 to 1");
}

/// One run of the process.
class Trial {
 public:
  Trial(ReworkLoops const& loops, ReworkLoopOptions const& options, std::uint32_t number)
      : loops_(loops), options_(options), number_(number), n_(loops.activities.size()) {
    double const radius = std::sqrt(-2 * std::log(1 - draw())), angle = 2 * std::numbers::pi * draw();
    double const x = radius * std::cos(angle), y = radius * std::sin(angle);
    double const z = options.correlation * x + std::sqrt(1 - options.correlation * options.correlation) * y;
    for (auto const& activity : loops.activities) {
      duration_.push_back(std::max(activity.duration.quantile(normal(x)), 1e-9));
      cost_rate_.push_back(activity.cost.quantile(normal(z)));
    }
    left_.assign(n_, 1);
    worked_.assign(n_, 0);
  }

  /// `worked` is called with how many activities each step looked at.
  template <class Worked>
  void run(Worked&& worked) {
    // Feedback is less than certain, so that this ends; the bound is for matrices where it is not.
    constexpr int most_finishes = 1'000'000;
    std::vector<std::size_t> band;
    for (int finishes = 0; finishes < most_finishes; ++finishes) {
      collect(band);
      worked(n_);
      if (band.empty()) return;
      double step = std::numeric_limits<double>::infinity();
      for (auto const i : band) step = std::min(step, left_[i] * duration_[i]);
      elapsed_ += step;
      std::vector<std::size_t> finished;
      for (auto const i : band) {
        double const done = std::min(left_[i], step / duration_[i]);
        cost_ += done * cost_rate_[i];
        worked_[i] = 1;
        left_[i] -= done;
        if (left_[i] * duration_[i] > step * 1e-9) continue;
        left_[i] = 0;
        finished.push_back(i);
      }
      if (options_.rework)
        for (auto const i : finished) feed_back(i);
    }
    throw InvalidInput("the rework loops do not end; lower the probabilities or impacts of feedback");
  }

  [[nodiscard]] double elapsed() const { return elapsed_; }
  [[nodiscard]] double cost() const { return cost_; }

 private:
  static double normal(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }
  double draw() { return detail::uniform(options_.seed, number_, draws_++); }
  [[nodiscard]] double probability(std::size_t i, std::size_t j) const {
    return loops_.probability[i * n_ + j];
  }

  void collect(std::vector<std::size_t>& band) const {
    band.clear();
    for (std::size_t i = 0; i < n_; ++i) {
      if (left_[i] <= 0) continue;
      bool waits = false;
      for (std::size_t j = 0; j < i && !waits; ++j) waits = left_[j] > 0 && probability(i, j) > 0;
      if (!waits) band.push_back(i);
    }
  }

  void redo(std::size_t i, std::size_t because_of) {
    left_[i] = std::min(1.0, left_[i] + loops_.impact[i * n_ + because_of] * loops_.activities[i].repeated);
  }

  void feed_back(std::size_t finished) {
    for (std::size_t j = 0; j < finished; ++j) {
      if (probability(j, finished) <= 0 || draw() >= probability(j, finished)) continue;
      redo(j, finished);
      for (std::size_t k = j + 1; k < n_; ++k)
        if (worked_[k] && probability(k, j) > 0 && draw() < probability(k, j)) redo(k, j);
    }
  }

  ReworkLoops const& loops_;
  ReworkLoopOptions const& options_;
  std::uint32_t number_;
  std::size_t n_;
  std::uint64_t draws_ = 0;
  std::vector<double> duration_, cost_rate_, left_;
  std::vector<std::uint8_t> worked_;
  double elapsed_ = 0, cost_ = 0;
};

}  // namespace

double Triangle::quantile(double u) const {
  if (high <= low) return low;
  double const below = (mode - low) / (high - low);
  if (u < below) return low + std::sqrt(u * (high - low) * (mode - low));
  return high - std::sqrt((1 - u) * (high - low) * (high - mode));
}

LoopForecast simulate_rework(ReworkLoops const& loops, ReworkLoopOptions const& options,
                             RunControl const& control) {
  check(loops, options);
  LoopForecast result;
  result.duration_unit = loops.duration_unit;
  result.cost_unit = loops.cost_unit;
  // Trials may be many, or long: whether to go on is asked now and then of both.
  std::uint32_t const trials_a_report = options.trials / 200 + 1;
  constexpr std::size_t steps_a_report = std::size_t{1} << 28;
  std::size_t steps = 0;
  for (std::uint32_t t = 0; t < options.trials; ++t) {
    auto const tell = [&] { control.report(static_cast<double>(t) / options.trials, "simulating rework"); };
    if (t % trials_a_report == 0) tell();
    Trial trial(loops, options, t);
    trial.run([&](std::size_t activities) {
      steps += activities * activities;
      if (steps < steps_a_report) return;
      steps = 0;
      tell();
    });
    result.duration.push_back(trial.elapsed());
    result.cost.push_back(trial.cost());
  }
  control.report(1, "simulating rework");
  return result;
}

}  // namespace rapport
