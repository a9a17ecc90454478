#include "rapport/risk/matrix.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace rapport {
namespace {

std::string text_of(double value) {
  std::array<char, 32> text{};
  auto const end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

bool is_colour(std::string_view text) {
  if ((text.size() != 4 && text.size() != 7) || text.front() != '#') return false;
  return text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

void check_bands(std::vector<RiskBand> const& bands, std::string_view which) {
  auto const refuse = [&](std::size_t index, std::string const& what) {
    throw InvalidInput("risk matrix: " + std::string(which) + " band " + std::to_string(index + 1) + " " +
                       what);
  };
  if (bands.empty())
    throw InvalidInput("risk matrix: there is no " + std::string(which) + " band; name at least one");
  for (std::size_t i = 0; i < bands.size(); ++i) {
    RiskBand const& band = bands[i];
    if (!(band.value > 0 && band.value <= 1))
      refuse(i, "has the value " + text_of(band.value) + "; give one above 0, at most 1");
    if (i > 0 && !(bands[i - 1].value < band.value))
      refuse(i, "is not above the one before; give the bands in ascending order");
    if (!band.up_to) continue;
    bool const last = i + 1 == bands.size();
    if (!(*band.up_to >= band.value) || *band.up_to > 1 || (!last && *band.up_to >= bands[i + 1].value))
      refuse(i, "ends at " + text_of(*band.up_to) + "; end it between its value and the next band's");
  }
}

std::size_t band_of(std::vector<RiskBand> const& bands, double figure) {
  for (std::size_t i = 0; i + 1 < bands.size(); ++i) {
    if (bands[i].up_to) {
      if (figure <= *bands[i].up_to) return i;
    } else if (2 * figure < bands[i].value + bands[i + 1].value) {
      return i;
    }
  }
  return bands.size() - 1;
}

}  // namespace

double decimal_product(double a, double b, int digits) {
  auto const fits = [](double x) { return x >= 0 && x <= 1; };
  if (!fits(a) || !fits(b))
    throw InvalidInput("decimal product of " + text_of(a) + " and " + text_of(b) +
                       ": both must lie in 0 … 1");
  if (digits < 0 || digits > 12)
    throw InvalidInput("decimal product with " + std::to_string(digits) + " decimals; ask for 0 to 12");
  constexpr double million = 1e6;
  std::int64_t const product = std::llround(a * million) * std::llround(b * million);
  std::int64_t unit = 1;
  for (int i = digits; i < 12; ++i) unit *= 10;
  return static_cast<double>((product + unit / 2) / unit) / std::pow(10.0, digits);
}

RiskMatrix::RiskMatrix(RiskScale scale) : scale_(std::move(scale)) {
  check_bands(scale_.probability, "probability");
  check_bands(scale_.impact, "impact");
  if (scale_.levels.empty() || scale_.levels.front().from != 0)
    throw InvalidInput("risk matrix: the first level must begin at score 0");
  for (std::size_t i = 0; i < scale_.levels.size(); ++i) {
    RiskLevel const& level = scale_.levels[i];
    if (i > 0 && !(scale_.levels[i - 1].from < level.from))
      throw InvalidInput("risk matrix: level \"" + level.name + "\" does not begin above the one before it");
    if (!is_colour(level.colour))
      throw InvalidInput("risk matrix: level \"" + level.name + "\" has the colour \"" + level.colour +
                         "\"; write it as #rrggbb");
  }
}

RiskMatrix RiskMatrix::pmbok() {
  RiskScale scale;
  scale.probability = {{"very low", 0.1, {}},
                       {"low", 0.3, {}},
                       {"moderate", 0.5, {}},
                       {"high", 0.7, {}},
                       {"very high", 0.9, {}}};
  scale.impact = {{"very low", 0.05, {}},
                  {"low", 0.1, {}},
                  {"moderate", 0.2, {}},
                  {"high", 0.4, {}},
                  {"very high", 0.8, {}}};
  scale.levels = {{"low", "#dfeadf", 0}, {"moderate", "#f6e3b4", 0.06}, {"high", "#f0bfb2", 0.18}};
  return RiskMatrix(std::move(scale));
}

std::size_t RiskMatrix::row_of(Probability probability) const {
  return band_of(scale_.probability, probability.value());
}

std::size_t RiskMatrix::column_of(double impact) const { return band_of(scale_.impact, impact); }

double RiskMatrix::score(RiskCell cell) const {
  return decimal_product(scale_.probability.at(cell.row).value, scale_.impact.at(cell.column).value);
}

std::size_t RiskMatrix::level(RiskCell cell) const {
  double const printed = score(cell);
  std::size_t found = 0;
  // Both sides are decimals of few digits: half a unit of the sixth keeps binary noise out.
  while (found + 1 < scale_.levels.size() && printed > scale_.levels[found + 1].from - 5e-7) ++found;
  return found;
}

Table RiskMatrix::table() const {
  std::vector<std::string> probability, impact, level_name, colour;
  std::vector<double> probability_value, impact_value, printed;
  for (std::size_t row = rows(); row-- > 0;) {
    for (std::size_t column = 0; column < columns(); ++column) {
      RiskCell const cell{row, column};
      probability.push_back(scale_.probability[row].name);
      probability_value.push_back(scale_.probability[row].value);
      impact.push_back(scale_.impact[column].name);
      impact_value.push_back(scale_.impact[column].value);
      printed.push_back(score(cell));
      level_name.push_back(scale_.levels[level(cell)].name);
      colour.push_back(scale_.levels[level(cell)].colour);
    }
  }
  Table table("risk_matrix");
  table.add("probability", probability).add("probability_value", probability_value);
  table.add("impact", impact).add("impact_value", impact_value);
  table.add("score", printed).add("level", level_name).add("colour", colour);
  return table;
}

}  // namespace rapport
