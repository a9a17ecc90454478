#include "rapport/notice/touched_risks.h"

namespace rapport {

std::vector<RiskTouch> touched_risks(Impact const& impact, RiskRegister const& reg) {
  std::vector<RiskTouch> touches;
  for (Reached const& reached : impact.reached(FactKind::Risk)) {
    RiskEntry const& entry = reg.at(reached.node.key);
    if (entry.risk.status != RiskStatus::Open) continue;
    RiskTouch touch;
    touch.risk = reached.node.key;
    touch.likelihood = reached.likelihood.value();
    if (entry.risk.sign == RiskEffect::Threat && reached.share > 0)
      touch.probability_factor = 1 + reached.share;
    for (PathStep const& step : reached.strongest)
      touch.because += (touch.because.empty() ? "" : " → ") + step.node.key;
    touches.push_back(std::move(touch));
  }
  return touches;
}

}  // namespace rapport
