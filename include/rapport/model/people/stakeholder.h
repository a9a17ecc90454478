#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rapport/base/time.h"
#include "rapport/model/node.h"

namespace rapport {

/// PMBOK's stakeholder engagement levels, from least to most.
enum class Engagement : std::uint8_t { Unaware, Resistant, Neutral, Supportive, Leading };

enum class Side : std::uint8_t { Client, Team, Supplier, Authority, Public };

/// A daily span in which someone can be reached (seconds of the day, project time of their zone).
struct WorkingHours {
  std::int32_t from = 9 * 3600;
  std::int32_t to = 17 * 3600;
  friend bool operator==(WorkingHours const&, WorkingHours const&) = default;
};

/// Somebody who can affect the project or is affected by it.
struct Stakeholder {
  std::string key{};
  std::string name{};
  std::string organisation{};
  std::string role{};  ///< What they are to the project: "sponsor", "site manager".
  Side side = Side::Client;
  /// Mendelow 1991 and Mitchell, Agle & Wood 1997; each in [0, 1]. Internal.
  double power = 0.5, interest = 0.5, legitimacy = 0.5, urgency = 0.5;
  Engagement current = Engagement::Neutral;     ///< Internal.
  Engagement desired = Engagement::Supportive;  ///< Internal.
  std::string language = "en";                  ///< BCP 47.
  std::vector<std::string> channels{};          ///< In order of preference: "mail", "wecom", "phone".
  std::string address{};                        ///< Mail address or handle on the first channel.
  std::optional<WorkingHours> hours{};
  std::string time_zone{};               ///< IANA name.
  std::vector<std::string> interests{};  ///< Internal.
  std::vector<std::string> habits{};     ///< Internal.
  std::vector<std::string>
      concerns{};  ///< What they need to hear about: "dates", "cost", "quality", "safety".

  friend bool operator==(Stakeholder const&, Stakeholder const&) = default;
};

/// RACI: what somebody has to do with a piece of the project.
enum class Duty : std::uint8_t { Responsible, Accountable, Consulted, Informed };

struct Responsibility {
  std::string key{};  ///< When empty: "stakeholder>kind:key".
  std::string stakeholder{};
  NodeRef node{};
  Duty duty = Duty::Informed;

  friend bool operator==(Responsibility const&, Responsibility const&) = default;
};

}  // namespace rapport
