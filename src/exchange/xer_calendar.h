#pragma once
// The text P6 keeps a calendar in: (0||CalendarData()((0||DaysOfWeek()(…))(0||Exceptions()(…))).

#include <string_view>
#include <vector>

#include "rapport/model/work/calendar.h"

namespace rapport {

struct XerWorkingTime {
  Week week;
  std::vector<CalendarException> exceptions;
  std::vector<std::string_view> problems;  ///< What could not be read; empty when all was well.
};

/// Reads `data` (CALENDAR.clndr_data). Days without an entry stay absent. Cost: O(data).
[[nodiscard]] XerWorkingTime read_clndr_data(std::string_view data);

}  // namespace rapport
