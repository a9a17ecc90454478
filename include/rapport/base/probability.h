#pragma once

#include <compare>

#include "rapport/base/error.h"

namespace rapport {

/// A number in [0, 1].
class Probability {
 public:
  constexpr Probability() = default;
  /// Errors: InvalidInput outside [0, 1] or not a number.
  constexpr explicit Probability(double value) : value_(value) {
    if (!(value >= 0.0 && value <= 1.0)) refuse(value);
  }
  [[nodiscard]] constexpr double value() const { return value_; }
  friend constexpr auto operator<=>(Probability, Probability) = default;

 private:
  [[noreturn]] static void refuse(double value);
  double value_ = 0;
};

}  // namespace rapport
