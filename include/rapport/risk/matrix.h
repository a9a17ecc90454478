#pragma once
// A probability–impact matrix: what its rows and columns mean, what a cell scores, and its colour.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "rapport/base/probability.h"
#include "rapport/table/table.h"

namespace rapport {

/// One row (probability) or column (size of the impact) of a matrix.
struct RiskBand {
  std::string name;  ///< "very high"; may be empty: the value is shown.
  double value = 0;  ///< What the band scores with, in (0, 1].
  /// The largest figure that still falls into the band. Absent: up to midway to the next band's
  /// value; exactly midway belongs to the higher band.
  std::optional<double> up_to;
  friend bool operator==(RiskBand const&, RiskBand const&) = default;
};

/// A colour of the matrix.
struct RiskLevel {
  std::string name;    ///< "high"
  std::string colour;  ///< CSS hexadecimal, "#c0392b".
  double from = 0;     ///< The smallest printed score of the level; the first level's is 0.
  friend bool operator==(RiskLevel const&, RiskLevel const&) = default;
};

/// What a matrix is made of; all three in ascending order.
struct RiskScale {
  std::vector<RiskBand> probability;
  std::vector<RiskBand> impact;
  std::vector<RiskLevel> levels;
  friend bool operator==(RiskScale const&, RiskScale const&) = default;
};

/// The product of two figures in [0, 1], each taken to six decimals, as a decimal number rounded
/// half up to `digits` decimals. Binary rounding differs from the published matrix (0.9 × 0.05 is
/// printed 0.05). Cost: O(1). Errors: InvalidInput outside [0, 1] or for digits outside 0 … 12.
[[nodiscard]] double decimal_product(double a, double b, int digits = 2);

/// Rows and columns count from the smallest band, 0.
struct RiskCell {
  std::size_t row = 0;     ///< Probability band.
  std::size_t column = 0;  ///< Impact band.
  friend auto operator<=>(RiskCell const&, RiskCell const&) = default;
};

class RiskMatrix {
 public:
  /// Errors: InvalidInput when a list is empty or not ascending, a value lies outside (0, 1], a band
  /// ends below its own value or above the next one's, the first level does not begin at 0, or a
  /// colour is not "#rgb" or "#rrggbb".
  explicit RiskMatrix(RiskScale scale);

  /// PMI, PMBOK Guide, section 11.3.2.2, figure 11-10: probabilities .1 .3 .5 .7 .9, impacts
  /// .05 .1 .2 .4 .8; low up to .05, high from .18. Opportunities are the mirror image.
  [[nodiscard]] static RiskMatrix pmbok();

  [[nodiscard]] RiskScale const& scale() const { return scale_; }
  [[nodiscard]] std::size_t rows() const { return scale_.probability.size(); }
  [[nodiscard]] std::size_t columns() const { return scale_.impact.size(); }

  /// The band a figure falls into; figures above the last band fall into the last. Cost: O(bands).
  [[nodiscard]] std::size_t row_of(Probability probability) const;
  [[nodiscard]] std::size_t column_of(double impact) const;
  [[nodiscard]] RiskCell cell_of(Probability probability, double impact) const {
    return {row_of(probability), column_of(impact)};
  }

  /// Probability value × impact value of the cell as printed: two decimals, half up.
  [[nodiscard]] double score(RiskCell cell) const;
  /// Index into scale().levels.
  [[nodiscard]] std::size_t level(RiskCell cell) const;

  /// One row per cell, most probable first: probability, probability_value, impact, impact_value,
  /// score, level, colour.
  [[nodiscard]] Table table() const;

  friend bool operator==(RiskMatrix const&, RiskMatrix const&) = default;

 private:
  RiskScale scale_;
};

}  // namespace rapport
