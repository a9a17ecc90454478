#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rapport/base/money.h"
#include "rapport/base/probability.h"
#include "rapport/base/time.h"

namespace rapport {

enum class Objective : std::uint8_t { Schedule, Cost, Quality, Scope };
enum class RiskEffect : std::uint8_t { Threat, Opportunity };
enum class RiskStatus : std::uint8_t { Open, Closed, Occurred };
enum class ResponseStrategy : std::uint8_t {
  Avoid,
  Transfer,
  Mitigate,
  Accept,
  Exploit,
  Share,
  Enhance,
  Escalate
};

/// Size of the effect on one objective, in [0, 1] on the matrix's scale (PMBOK: 0.05 … 0.8).
struct RiskImpact {
  Objective objective = Objective::Schedule;
  double size = 0;
  friend bool operator==(RiskImpact const&, RiskImpact const&) = default;
};

struct RiskRating {
  Probability probability{};
  std::vector<RiskImpact> impacts{};
  friend bool operator==(RiskRating const&, RiskRating const&) = default;
};

struct RiskResponse {
  ResponseStrategy strategy = ResponseStrategy::Accept;
  std::string text{};
  std::string owner{};
  Money cost{};
  friend bool operator==(RiskResponse const&, RiskResponse const&) = default;
};

/// Because of `cause`, `event` may happen, which would lead to `effect`.
struct Risk {
  std::string key{};
  std::string title{};
  std::string cause{}, event{}, effect{};
  RiskEffect sign = RiskEffect::Threat;
  RiskStatus status = RiskStatus::Open;
  std::string category{};
  std::string owner{};  ///< Stakeholder.
  RiskRating rating{};
  std::optional<RiskResponse> response{};
  std::optional<RiskRating> residual{};  ///< After the response.
  std::string trigger{};
  std::optional<Instant> review_on{};
  bool shared_with_client = false;  ///< Otherwise the whole risk is internal.
  friend bool operator==(Risk const&, Risk const&) = default;
};

}  // namespace rapport
