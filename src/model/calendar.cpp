#include "rapport/model/work/calendar.h"

namespace rapport {

Calendar five_day_calendar(std::string key, DayShifts shifts) {
  Calendar calendar;
  calendar.name = key;
  calendar.key = std::move(key);
  for (std::size_t day = 0; day < calendar.week.size(); ++day)
    calendar.week[day] = day < 5 ? shifts : DayShifts{};
  std::int32_t seconds = 0;
  for (auto const& shift : shifts) seconds += shift.to - shift.from;
  if (seconds > 0) calendar.hours_per_day = seconds / 3600.0;
  return calendar;
}

Calendar round_the_clock_calendar(std::string key) {
  Calendar calendar;
  calendar.name = key;
  calendar.key = std::move(key);
  calendar.week.fill(DayShifts{{0, static_cast<std::int32_t>(seconds_per_day)}});
  calendar.hours_per_day = 24;
  calendar.days_per_week = 7;
  return calendar;
}

}  // namespace rapport
