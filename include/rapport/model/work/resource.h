#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rapport/base/money.h"
#include "rapport/base/time.h"

namespace rapport {

enum class ResourceKind : std::uint8_t { Labour, Equipment, Material, Cost };

/// Prices from a moment on.
struct RatePeriod {
  std::optional<Instant> from{};  ///< Absent: from the beginning.
  Rate standard{};                ///< Per hour; per unit for Material.
  std::optional<Rate> overtime{};
  Money per_use{};
  friend bool operator==(RatePeriod const&, RatePeriod const&) = default;
};

struct Resource {
  std::string key{};
  std::string name{};
  ResourceKind kind = ResourceKind::Labour;
  std::string calendar{};           ///< Empty: the activity's.
  double max_units = 1;             ///< 1 = one full-time unit.
  std::string unit{};               ///< For Material: "m3".
  std::vector<RatePeriod> rates{};  ///< In order of `from`. Internal.
  friend bool operator==(Resource const&, Resource const&) = default;
};

/// A resource on an activity.
struct Assignment {
  std::string key{};  ///< When empty: "activity>resource".
  std::string activity{};
  std::string resource{};
  double units = 1;                 ///< Of the resource, 1 = full time.
  Work work{};                      ///< Effort planned (P6 budgeted units), Labour and Equipment.
  std::optional<Work> remaining{};  ///< Effort still to do; absent: as the activity's progress says.
  double quantity = 0;              ///< Planned units of Material.
  std::optional<Money> cost{};      ///< Entered cost; overrides rate × work. Internal.
  std::string cost_account{};
  Work lag{};                 ///< After the activity's start, on the calendar of the assignment.
  bool drives_dates = false;  ///< P6 drive_crt_flag.
  friend bool operator==(Assignment const&, Assignment const&) = default;
};

}  // namespace rapport
