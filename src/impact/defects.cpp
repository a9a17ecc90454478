#include "rapport/impact/defects.h"

#include <algorithm>
#include <numeric>

#include "base/number_text.h"
#include "rapport/base/error.h"

namespace rapport {
namespace {

constexpr std::array<double, 3> introduced_per_thousand_lines = {10, 20, 30};

/// Removal fractions [activity][level][origin].
constexpr std::array<std::array<std::array<double, 3>, 6>, 3> removal_fractions = {{
    {{{0, 0, 0}, {0, 0, 0.1}, {0.1, 0.13, 0.2}, {0.27, 0.28, 0.3}, {0.34, 0.44, 0.48}, {0.4, 0.5, 0.55}}},
    {{{0, 0, 0},
      {0.25, 0.28, 0.3},
      {0.4, 0.4, 0.48},
      {0.5, 0.54, 0.6},
      {0.58, 0.7, 0.73},
      {0.7, 0.78, 0.83}}},
    {{{0, 0, 0},
      {0.23, 0.23, 0.38},
      {0.4, 0.43, 0.58},
      {0.5, 0.54, 0.69},
      {0.57, 0.65, 0.78},
      {0.6, 0.7, 0.88}}},
}};

void refuse_outside(double value, double low, double high, std::string const& what) {
  if (!(value >= low && value <= high))
    throw InvalidInput(what + " is " + short_text(value) + "; give a number from " + short_text(low) +
                       " to " + short_text(high));
}

}  // namespace

std::vector<double> amplify_defects(std::span<DefectStep const> steps, double incoming) {
  constexpr double many = 1e12;
  refuse_outside(incoming, 0, many, "the number of incoming defects");
  std::vector<double> after;
  for (auto const& step : steps) {
    refuse_outside(step.created, 0, many, "the number of defects created by " + step.name);
    refuse_outside(step.passed, 0, many, "the number of defects passed by " + step.name);
    refuse_outside(step.amplification, 0, many, "the amplification of " + step.name);
    refuse_outside(step.efficiency, 0, 1, "the efficiency of " + step.name);
    double const passed = std::min(step.passed, incoming);
    double const present = passed + step.amplification * (incoming - passed) + step.created;
    incoming = present * (1 - step.efficiency);
    after.push_back(incoming);
  }
  return after;
}

std::vector<Containment> containment(ContainmentMatrix const& matrix) {
  auto const origins = matrix.origins.size(), rows = matrix.found.size();
  if (matrix.count.size() != origins * rows || rows < 2)
    throw InvalidInput("a containment matrix of " + std::to_string(matrix.count.size()) +
                       " counts does not fit " + std::to_string(rows) + " phases that find and " +
                       std::to_string(origins) +
                       " that bring in; give one count for each pair, the field last");
  auto const at = [&](std::size_t row, std::size_t origin) { return matrix.count[row * origins + origin]; };
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t origin = 0; origin < origins; ++origin) {
      refuse_outside(at(row, origin), 0, 1e12, "the count of defects found in " + matrix.found[row]);
      if (origin > row && at(row, origin) > 0)
        throw InvalidInput("defects of " + matrix.origins[origin] + " are counted as found in " +
                           matrix.found[row] + ", before they were made; check the order of the phases");
    }
  std::vector<Containment> result;
  double present = 0;
  for (std::size_t row = 0; row + 1 < rows; ++row) {
    Containment phase;
    phase.phase = matrix.found[row];
    for (std::size_t origin = 0; origin < origins; ++origin) phase.removed += at(row, origin);
    if (row < origins) {
      for (std::size_t later = 0; later < rows; ++later) phase.injected += at(later, row);
      if (phase.injected > 0) phase.containment = at(row, row) / phase.injected;
    }
    present += phase.injected;
    phase.present = present;
    if (present > 0) phase.effectiveness = phase.removed / present;
    present -= phase.removed;
    phase.escaping = present;
    result.push_back(std::move(phase));
  }
  return result;
}

std::optional<double> overall_effectiveness(ContainmentMatrix const& matrix) {
  (void)containment(matrix);  // Refuses what makes no sense.
  double const all = std::accumulate(matrix.count.begin(), matrix.count.end(), 0.0);
  if (all <= 0) return std::nullopt;
  auto const field = matrix.count.end() - static_cast<std::ptrdiff_t>(matrix.origins.size());
  return 1 - std::accumulate(field, matrix.count.end(), 0.0) / all;
}

Table to_table(std::vector<Containment> const& phases) {
  auto const column = [&](auto member) {
    std::vector<std::remove_cvref_t<decltype(Containment{}.*member)>> cells;
    for (auto const& phase : phases) cells.push_back(phase.*member);
    return cells;
  };
  Table table("containment");
  table.add("phase", column(&Containment::phase))
      .add("injected", column(&Containment::injected))
      .add("removed", column(&Containment::removed))
      .add("present", column(&Containment::present))
      .add("effectiveness", column(&Containment::effectiveness))
      .add("containment", column(&Containment::containment))
      .add("escaping", column(&Containment::escaping));
  return table;
}

CoqualmoResult coqualmo(CoqualmoInput const& input) {
  refuse_outside(input.size, 0, 1e9, "the size in thousand source lines");
  CoqualmoResult result;
  for (std::size_t origin = 0; origin < 3; ++origin) {
    refuse_outside(input.adjustment[origin], 0, 1e3, "a quality adjustment factor");
    refuse_outside(input.calibration[origin], 0, 1e3, "a calibration constant");
    result.introduced[origin] = introduced_per_thousand_lines[origin] * input.size * input.adjustment[origin];
    double left = input.calibration[origin] * result.introduced[origin];
    for (std::size_t activity = 0; activity < 3; ++activity)
      left *= 1 - removal_fractions[activity][static_cast<std::size_t>(input.removal[activity])][origin];
    result.residual[origin] = left;
  }
  return result;
}

}  // namespace rapport
