#include "rapport/schedule/record.h"

#include <unordered_map>

#include "network/made_from.h"

namespace rapport {

Facts with_computed_dates(Facts facts, Schedule const& schedule) {
  std::unordered_map<std::string, RecordedDates> recorded;
  for (RecordedDates& each : facts.recorded_dates) recorded.try_emplace(each.key, std::move(each));
  facts.recorded_dates.clear();
  for (Activity const& activity : facts.activities) {
    RecordedDates& dates = recorded[activity.key];
    dates.key = activity.key;
    if (auto const index = schedule.network().find(activity.key)) {
      ActivityDates const found = schedule.dates(*index);
      bool const completed = activity.progress.actual_finish.has_value();
      dates.early_start = found.early_start, dates.early_finish = found.early_finish;
      dates.late_start = found.late_start, dates.late_finish = found.late_finish;
      dates.total_float = completed ? std::nullopt : std::optional(found.total_float);
      dates.free_float = completed ? std::nullopt : std::optional(found.free_float);
      dates.driving = !completed && found.critical;
    }
    facts.recorded_dates.push_back(dates);
  }
  return facts;
}

Facts with_computed_dates(Project const& project, Schedule const& schedule) {
  check_made_from(project, schedule.network());
  return with_computed_dates(project.facts(), schedule);
}

}  // namespace rapport
