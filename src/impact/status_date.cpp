#include "impact/status_date.h"

#include <algorithm>

namespace rapport::detail {
namespace {

/// Without a data date, work remains from the last thing that is known to have happened.
Instant last_actual(Schedule const& schedule) {
  auto const& values = schedule.network().values();
  std::int64_t last = no_instant;
  for (auto const s : values.actual_start) last = std::max(last, s);
  for (auto const s : values.actual_finish) last = std::max(last, s);
  return last == no_instant ? schedule.start() : Instant{last};
}

}  // namespace

StatusDate::StatusDate(Schedule const& schedule)
    : StatusDate(schedule,
                 schedule.network().data_date() ? *schedule.network().data_date() : last_actual(schedule)) {}

StatusDate::StatusDate(Schedule const& schedule, Instant of_all)
    : network_(schedule.network()), of_all_(of_all) {}

Instant StatusDate::of(ActivityIndex i) const { return in(network_.values().subproject[i.value]); }

Instant StatusDate::in(std::uint32_t subproject) const {
  auto const& subprojects = network_.subprojects();
  if (subproject < subprojects.size() && subprojects[subproject].data_date)
    return *subprojects[subproject].data_date;
  return of_all_;
}

}  // namespace rapport::detail
