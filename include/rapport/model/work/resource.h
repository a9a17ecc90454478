#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rapport/base/money.h"
#include "rapport/base/time.h"

namespace rapport {

enum class ResourceKind : std::uint8_t { Labour, Equipment, Material, Cost };

/// When a cost counts. Never changes how much it is.
enum class Accrual : std::uint8_t { Start, Prorated, End };

/// Prices from a moment on.
struct RatePeriod {
  std::optional<Instant> from{};   ///< Absent: from the beginning.
  Rate standard{};                 ///< Per hour; per unit for Material.
  std::optional<Rate> overtime{};  ///< Absent: overtime is paid like other hours.
  Money per_use{};                 ///< For each unit assigned, once; for Material once.
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
  Accrual accrual = Accrual::Prorated;
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
  /// Of the resource for what remains (P6 remaining units per time); absent: `units`.
  std::optional<double> remaining_units{};
  Work overtime{};                     ///< Part of `work` that is paid at the overtime rate.
  std::optional<Work> actual{};        ///< Effort done; absent: what of `work` does not remain.
  double quantity = 0;                 ///< Planned units of Material.
  std::optional<Money> cost{};         ///< Entered cost; overrides rate × work. Internal.
  std::optional<Money> actual_cost{};  ///< What the effort done has cost; absent: at its rates. Internal.
  std::string cost_account{};
  Work lag{};                 ///< After the activity's start, on the calendar of the assignment.
  bool drives_dates = false;  ///< P6 drive_crt_flag.
  /// How its work lies over its time (P6's resource curves, Project's work contours): what falls into each of
  /// as many equal parts, in any unit. Empty: evenly.
  std::vector<double> curve{};
  /// Working time on its calendar, where it does not follow from work, units and curve: a contour that was
  /// edited by hand.
  std::optional<Work> duration{};
  friend bool operator==(Assignment const&, Assignment const&) = default;
};

}  // namespace rapport
