#include "network/rough_finish.h"

#include <algorithm>

#include "network/calendar_tables.h"

namespace rapport {
namespace {

/// Seconds of the clock for one that is worked.
double clock_of_work(WorkingTime const& calendar) {
  auto const& tables = calendar.tables();
  if (tables.round_the_clock) return 1;
  if (tables.week_total > 0) return 7.0 * seconds_per_day / static_cast<double>(tables.week_total);
  return static_cast<double>(tables.end - tables.begin) / static_cast<double>(tables.total);
}

}  // namespace

Date rough_finish(Network const& network) {
  auto const& values = network.values();
  auto const& links = network.links();
  auto const n = network.activity_count();
  std::vector<double> clock, start(n), finish(n), begin;
  for (auto const& calendar : network.calendars()) clock.push_back(clock_of_work(calendar));
  for (auto const& part : network.subprojects()) {
    auto const first = std::max(part.planned_start.value_or(Instant{first_second}),
                                part.data_date.value_or(Instant{first_second}));
    begin.push_back(static_cast<double>(first.seconds));
  }
  double last = first_second;
  for (std::uint32_t i = 0; i < n; ++i) {
    double const own = clock[values.calendar[i]];
    double const lasts = static_cast<double>(values.remaining[i]) * own;
    start[i] = begin[values.subproject[i]];
    for (auto k = links.first_in[i]; k < links.first_in[i + 1]; ++k) {
      auto const p = links.predecessor[k];
      auto const type = links.type[k];
      double const of_lag = is_elapsed(links.lag_kind[k]) ? 1 : clock[values.calendar[p]];
      double const lag = is_percent(links.lag_kind[k])
                             ? (finish[p] - start[p]) * static_cast<double>(links.lag[k]) / 10000
                             : static_cast<double>(links.lag[k]) * of_lag;
      bool const by_start = type == LinkType::StartToStart || type == LinkType::StartToFinish;
      bool const to_start = type == LinkType::FinishToStart || type == LinkType::StartToStart;
      start[i] = std::max(start[i], (by_start ? start[p] : finish[p]) + lag - (to_start ? 0 : lasts));
    }
    finish[i] = start[i] + lasts;
    last = std::max(last, finish[i]);
  }
  return Instant{static_cast<std::int64_t>(std::min(last, static_cast<double>(last_second)))}.date();
}

}  // namespace rapport
