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

constexpr double many = 1e12;

/// Defects present in each step, before it finds some.
std::vector<double> present_in(std::span<DefectStep const> steps, double incoming) {
  refuse_outside(incoming, 0, many, "the number of incoming defects");
  std::vector<double> all;
  for (auto const& step : steps) {
    refuse_outside(step.created, 0, many, "the number of defects created by " + step.name);
    refuse_outside(step.passed, 0, many, "the number of defects passed by " + step.name);
    refuse_outside(step.amplification, 0, many, "the amplification of " + step.name);
    refuse_outside(step.efficiency, 0, 1, "the efficiency of " + step.name);
    double const passed = std::min(step.passed, incoming);
    double const present = passed + step.amplification * (incoming - passed) + step.created;
    incoming = present * (1 - step.efficiency);
    all.push_back(present);
  }
  return all;
}

void check_size(ContainmentMatrix const& matrix) {
  auto const origins = matrix.origins.size(), rows = matrix.found.size();
  if (matrix.count.size() != origins * rows || rows < 2)
    throw InvalidInput("a containment matrix of " + std::to_string(matrix.count.size()) +
                       " counts does not fit " + std::to_string(rows) + " phases that find and " +
                       std::to_string(origins) +
                       " that bring in; give one count for each pair, the field last");
}

/// One cell per row.
template <class Row, class Cell>
std::vector<Cell> column(std::vector<Row> const& rows, Cell Row::*member) {
  std::vector<Cell> cells;
  for (auto const& row : rows) cells.push_back(row.*member);
  return cells;
}

}  // namespace

std::vector<double> amplify_defects(std::span<DefectStep const> steps, double incoming) {
  auto defects = present_in(steps, incoming);
  for (std::size_t i = 0; i < steps.size(); ++i) defects[i] *= 1 - steps[i].efficiency;
  return defects;
}

std::vector<double> defects_found(std::span<DefectStep const> steps, double incoming) {
  auto defects = present_in(steps, incoming);
  for (std::size_t i = 0; i < steps.size(); ++i) defects[i] *= steps[i].efficiency;
  return defects;
}

std::vector<DefectCost> defect_costs(std::span<FoundDefects const> phases) {
  std::vector<DefectCost> costs;
  for (auto const& phase : phases) {
    refuse_outside(phase.found, 0, many, "the number of defects found in " + phase.phase);
    refuse_outside(phase.cost_each, 0, many, "the cost of a defect found in " + phase.phase);
    costs.push_back({phase.phase, phase.found, phase.cost_each, phase.found * phase.cost_each, {}});
  }
  if (double const all = total_cost(costs); all > 0)
    for (auto& phase : costs) phase.share = phase.cost / all;
  return costs;
}

double total_cost(std::span<DefectCost const> phases) {
  return std::accumulate(phases.begin(), phases.end(), 0.0,
                         [](double sum, DefectCost const& phase) { return sum + phase.cost; });
}

Table to_table(std::vector<DefectCost> const& phases) {
  Table table("defect_costs");
  table.add("phase", column(phases, &DefectCost::phase))
      .add("found", column(phases, &DefectCost::found))
      .add("cost_each", column(phases, &DefectCost::cost_each))
      .add("cost", column(phases, &DefectCost::cost))
      .add("share", column(phases, &DefectCost::share));
  return table;
}

Table to_table(ContainmentMatrix const& matrix) {
  check_size(matrix);
  Table table("containment_matrix");
  table.add("found", matrix.found);
  auto const origins = matrix.origins.size();
  for (std::size_t origin = 0; origin < origins; ++origin) {
    std::vector<double> counts;
    for (std::size_t row = 0; row < matrix.found.size(); ++row)
      counts.push_back(matrix.count[row * origins + origin]);
    table.add(matrix.origins[origin], counts);
  }
  return table;
}

std::vector<Containment> containment(ContainmentMatrix const& matrix) {
  check_size(matrix);
  auto const origins = matrix.origins.size(), rows = matrix.found.size();
  auto const at = [&](std::size_t row, std::size_t origin) { return matrix.count[row * origins + origin]; };
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t origin = 0; origin < origins; ++origin) {
      refuse_outside(at(row, origin), 0, many, "the count of defects found in " + matrix.found[row]);
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
  Table table("containment");
  table.add("phase", column(phases, &Containment::phase))
      .add("injected", column(phases, &Containment::injected))
      .add("removed", column(phases, &Containment::removed))
      .add("present", column(phases, &Containment::present))
      .add("effectiveness", column(phases, &Containment::effectiveness))
      .add("containment", column(phases, &Containment::containment))
      .add("escaping", column(phases, &Containment::escaping));
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
