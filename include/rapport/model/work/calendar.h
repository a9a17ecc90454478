#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rapport/base/time.h"

namespace rapport {

/// A span of working time within one day (seconds of the day, from < to ≤ 86400).
struct Shift {
  std::int32_t from = 0;
  std::int32_t to = 0;
  friend auto operator<=>(Shift const&, Shift const&) = default;
};
using DayShifts = std::vector<Shift>;  ///< In order, not overlapping; empty: not worked.

/// One entry per weekday, Monday first; absent: as the base calendar (without one: not worked).
using Week = std::array<std::optional<DayShifts>, 7>;

/// Days that differ from the week: holidays (no shifts) or extra work.
struct CalendarException {
  Date first{}, last{};  ///< Inclusive.
  DayShifts shifts{};
  std::string name{};
  friend bool operator==(CalendarException const&, CalendarException const&) = default;
};

/// Another week between two days (MS Project's work weeks).
struct WorkWeek {
  Date first{}, last{};  ///< Inclusive.
  Week week{};
  std::string name{};
  friend bool operator==(WorkWeek const&, WorkWeek const&) = default;
};

/// Working time. Precedence for a day: own exceptions (a later entry wins), the base calendar's exceptions,
/// own work weeks (a later entry wins), the base calendar's work weeks, the own week, the base calendar's.
struct Calendar {
  std::string key{};
  std::string name{};
  std::string base{};  ///< Calendar it inherits from; may be empty.
  Week week{};
  std::vector<WorkWeek> work_weeks{};
  std::vector<CalendarException> exceptions{};
  /// Conversion factors for "d" and "w" in texts and reports; they do not change any date.
  double hours_per_day = 8;
  double days_per_week = 5;

  friend bool operator==(Calendar const&, Calendar const&) = default;
};

/// Monday to Friday with these shifts, e.g. {{8*3600, 12*3600}, {13*3600, 17*3600}}.
[[nodiscard]] Calendar five_day_calendar(std::string key, DayShifts shifts);
/// Every hour of every day.
[[nodiscard]] Calendar round_the_clock_calendar(std::string key);

}  // namespace rapport
