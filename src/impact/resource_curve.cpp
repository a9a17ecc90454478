#include "impact/resource_curve.h"

#include <algorithm>

namespace rapport::detail {

ResourceCurve::ResourceCurve(std::span<double const> parts) : done_{0} {
  for (auto const part : parts) done_.push_back(done_.back() + part);
}

double ResourceCurve::at(double time) const {
  auto const parts = static_cast<double>(done_.size() - 1);
  double const place = std::clamp(time, 0.0, 1.0) * parts;
  auto const k = std::min(static_cast<std::size_t>(place), done_.size() - 2);
  double const within = place - static_cast<double>(k);
  return (done_[k] + within * (done_[k + 1] - done_[k])) / done_.back();
}

double CurveStretch::at(double time) const {
  double const before = curve->at(from), all = curve->at(to) - before;
  if (all <= 0) return time;  // nothing is done there
  return std::clamp((curve->at(from + (to - from) * time) - before) / all, 0.0, 1.0);
}

}  // namespace rapport::detail
