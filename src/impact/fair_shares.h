#pragma once
// The Shapley value: what each of several parts contributes to a whole, fair to the order in which they came.

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "rapport/base/run_control.h"

namespace rapport::detail {

/// What is measured of one state: the finish (seconds), in working time (seconds), the cost (minor units).
using Measures = std::array<std::int64_t, 3>;

struct FairShares {
  std::vector<Measures> share;               ///< By part; they sum to value(all) − value(none).
  std::vector<std::array<double, 3>> error;  ///< Standard error; 0 when exact.
  std::size_t evaluations = 0;
  std::size_t permutations = 0;  ///< 0: exact.
};

struct ShareOptions {
  std::size_t exact_parts = 10, permutations = 64, most_evaluations = 20000;
  std::uint64_t seed = 1;
  unsigned threads = 0;
};

/// `value` measures the state with the marked parts made; it must be safe to call from several threads.
/// Exact for up to `exact_parts` parts (2^parts evaluations), else over random orders (Castro, Gómez &
/// Tejada 2009). Errors: those of `value`.
[[nodiscard]] FairShares fair_shares(std::size_t parts,
                                     std::function<Measures(std::vector<std::uint8_t> const&)> const& value,
                                     ShareOptions const& options, RunControl const& control);

/// `exact` rounded to whole numbers that sum to `whole`, those with the largest remainders up.
[[nodiscard]] std::vector<std::int64_t> rounded_to_sum(std::vector<double> const& exact, std::int64_t whole);

}  // namespace rapport::detail
