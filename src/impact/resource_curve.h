#pragma once

#include <memory>
#include <span>
#include <vector>

namespace rapport::detail {

/// How work lies over its time.
class ResourceCurve {
 public:
  /// What falls into each of as many equal parts of the time: 0 or more, not all 0.
  explicit ResourceCurve(std::span<double const> parts);
  /// The share of the work that is done when that share of the time is over; both 0 … 1.
  [[nodiscard]] double at(double time) const;

 private:
  std::vector<double> done_;  ///< Before each part, and one more: the whole.
};

/// A stretch of a curve.
struct CurveStretch {
  std::shared_ptr<ResourceCurve const> curve;  ///< None: even.
  double from = 0, to = 1;                     ///< Shares of its time.

  /// Of a curve: the share of what the stretch holds, when that share of the stretch is over.
  [[nodiscard]] double at(double time) const;
};

}  // namespace rapport::detail
