// How long a lag is, and on which calendar it runs.

#include <algorithm>

#include "schedule/pass.h"

namespace rapport {

std::int64_t percent_lag_seconds(Pass const& pass, std::uint32_t link) {
  std::int64_t const lag = pass.links.lag[link];
  // Hundredths of a percent; rounded half away from zero to the minute, as both tools show it.
  auto const exact = static_cast<double>(pass.activity.duration[pass.links.predecessor[link]]) *
                     static_cast<double>(lag) / (10000.0 * static_cast<double>(seconds_per_minute));
  return static_cast<std::int64_t>(exact < 0 ? exact - 0.5 : exact + 0.5) * seconds_per_minute;
}

WorkingTime const& other_lag_calendar(Pass const& pass, std::uint32_t link) {
  auto const& links = pass.links;
  LagKind const kind = links.lag_kind[link];
  bool const of_elapsed = pass.rules.tool == Tool::Microsoft && is_percent(kind) &&
                          pass.microsoft(links.predecessor[link]).elapsed_duration;
  if (is_elapsed(kind) || of_elapsed) return pass.calendars[0];
  switch (pass.rules.lag_calendar) {
    case LagCalendar::Predecessor:
      return pass.calendar(links.predecessor[link]);
    case LagCalendar::Successor:
      return pass.calendar(links.successor[link]);
    case LagCalendar::Project:
      return pass
          .calendars[pass.network.subproject_calendar(pass.activity.subproject[links.successor[link]])];
    case LagCalendar::RoundTheClock:
      break;
  }
  return pass.calendars[0];
}

Wait primavera_wait_since(Pass const& pass, std::uint32_t link, std::int64_t since) {
  auto const p = pass.links.predecessor[link];
  std::int64_t const lag = lag_seconds(pass, link);
  bool const by_start = from_start(pass.links.type[link]);
  bool const from_actual_start =
      lag != 0 && by_start && !pass.completed(p) && !pass.rules.start_to_start_from_early;
  // The time has been running since then; a lead has no effect any more.
  if (lag <= 0) return {lag, 0, from_actual_start};
  auto const now = pass.data_date[pass.activity.subproject[p]];
  auto const run = std::max<std::int64_t>(0, between(lag_calendar(pass, link), since, now));
  return {lag, std::max<std::int64_t>(0, lag - run), from_actual_start};
}

bool overridden_by_rules(Pass const& pass, std::uint32_t link) {
  if (pass.foreign(link)) return true;
  auto const s = pass.links.successor[link];
  if (pass.rules.progress == ProgressLogic::ActualDates) return pass.completed(s);
  return pass.rules.progress == ProgressLogic::ProgressOverride && pass.started(s) &&
         !pass.completed(pass.links.predecessor[link]) &&
         (pass.completed(s) || !to_finish(pass.links.type[link]));
}

std::int64_t link_float(Pass const& pass, std::uint32_t link) {
  auto const p = pass.links.predecessor[link];
  std::int64_t const from =
      from_start(pass.links.type[link]) ? pass.out.early_start[p] : pass.out.early_finish[p];
  return between(pass.calendar(p), from, link_needs(pass, link));
}

}  // namespace rapport
