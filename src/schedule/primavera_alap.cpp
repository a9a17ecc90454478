// As late as possible in Primavera P6: to the right as far as free float allows.

#include <algorithm>

#include "schedule/pass.h"

namespace rapport {

void primavera_as_late_as_possible(Pass& pass, std::uint32_t first, std::uint32_t last) {
  auto const& a = pass.activity;
  auto const& links = pass.links;
  auto& out = pass.out;
  for (std::uint32_t i = last; i-- > first;) {
    bool const moves =
        a.constraint[i] == ConstraintKind::AsLateAsPossible && !pass.started(i) && !pass.spans(i);
    if (!moves) continue;
    auto const& calendar = pass.calendar(i);
    std::int64_t finish = INT64_MAX;
    Cause cause{Driver::ProjectFinish};
    for (auto o = pass.first_out[i]; o < pass.last_out[i]; ++o) {
      auto const k = links.out[o];
      auto const s = links.successor[k];
      if (pass.spans(s) || overridden(pass, k)) continue;
      std::int64_t t = to_finish(links.type[k]) ? out.early_finish[s] : out.early_start[s];
      if (links.lag[k] != 0) t = add(lag_calendar(pass, k), t, -lag_seconds(pass, k));
      if (from_start(links.type[k])) t = finish_of_work(pass, i, calendar, t, a.remaining[i]);
      if (t < finish) finish = t, cause = {Driver::Link, k};
    }
    if (finish == INT64_MAX) finish = out.scheduled_finish[a.subproject[i]];
    // It keeps away from its successors by what it is said to take.
    auto const stated = cause.driver() == Driver::Link ? pass.stated_work(i) : 0;
    finish =
        stated != 0 ? start_of_work(pass, i, calendar, finish, stated) : work_ends(pass, i, calendar, finish);
    if (finish <= out.early_finish[i]) continue;
    out.early_finish[i] = finish;
    out.early_start[i] = start_of_work(pass, i, calendar, finish, a.remaining[i]);
    out.finish_cause[i] = cause;
    out.start_cause[i] = {Driver::Duration};
  }
}

void primavera_drives_late(Pass& pass, std::uint32_t link) {
  auto const p = pass.links.predecessor[link], s = pass.links.successor[link];
  if (pass.spans(p) || pass.spans(s) || overridden(pass, link)) return;
  if (pass.out.start_cause[s].driver() == Driver::Constraint) return;
  pass.out.driving[link] = primavera_lets_go(pass, link) == pass.out.early_start[s];
}

}  // namespace rapport
