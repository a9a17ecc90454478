// Results as tables.

#include <cstdlib>

#include "rapport/model/names.h"
#include "schedule/pass.h"

namespace rapport {

std::string lag_text(LagKind kind, std::int64_t lag) {
  std::string text = to_string(Work{lag});
  if (is_percent(kind)) {
    auto const size = std::abs(lag);
    auto const fraction = size % 100;
    text = (lag < 0 ? "-" : "") + std::to_string(size / 100);
    if (fraction != 0) text += (fraction < 10 ? ".0" : ".") + std::to_string(fraction);
    if (fraction != 0 && text.back() == '0') text.pop_back();
    text += '%';
  }
  return is_elapsed(kind) ? text + " elapsed" : text;
}

std::string links_text(Network const& network, std::span<LinkIndex const> links) {
  auto const& all = network.links();
  std::string text;
  for (auto const link : links)
    text += (text.empty() ? "" : ", ") + network.key({all.predecessor[link.value]}) + ">" +
            network.key({all.successor[link.value]}) + ":" + std::string(to_name(all.type[link.value]));
  return text;
}

Table Schedule::activities() const {
  auto const& r = results_->whole();
  auto const& network = r.network;
  auto const n = network.activity_count();
  std::vector<std::string> project, kind, calendar;
  std::vector<std::int64_t> total, free;
  std::vector<bool> critical, longest;
  std::vector<Instant> early_start, early_finish, late_start, late_finish;
  for (std::uint32_t i = 0; i < n; ++i) {
    project.push_back(network.subproject({i}));
    kind.emplace_back(to_name(network.kind({i})));
    calendar.push_back(network.calendar({i}).key());
    early_start.push_back({r.early_start[i]}), early_finish.push_back({r.early_finish[i]});
    late_start.push_back({r.late_start[i]}), late_finish.push_back({r.late_finish[i]});
    total.push_back(Work{r.total_float[i]}.in_minutes()), free.push_back(Work{r.free_float[i]}.in_minutes());
    critical.push_back(r.critical[i] != 0), longest.push_back(r.longest_path[i] != 0);
  }
  Table table("activities");
  table.add("source_id", network.names().source_id).add("project", project).add("key", network.names().key);
  table.add("name", network.names().name).add("kind", kind).add("calendar", calendar);
  table.add("early_start", early_start).add("early_finish", early_finish);
  table.add("late_start", late_start).add("late_finish", late_finish);
  table.add("total_float_minutes", total, "min").add("free_float_minutes", free, "min");
  table.add("critical", critical).add("longest_path", longest);
  return table;
}

Table Schedule::links() const {
  auto const& r = results_->whole();
  auto const& links = r.network.links();
  auto const m = r.network.link_count();
  std::vector<std::string> predecessor, successor, type, lag;
  std::vector<bool> driving;
  std::vector<std::int64_t> gap;
  // A link's own view of the passes: reading never writes through it.
  auto copy = r;
  Pass const pass(copy);
  for (std::uint32_t k = 0; k < m; ++k) {
    predecessor.push_back(r.network.key({links.predecessor[k]}));
    successor.push_back(r.network.key({links.successor[k]}));
    type.emplace_back(to_name(links.type[k]));
    lag.push_back(lag_text(links.lag_kind[k], links.lag[k]));
    driving.push_back(r.driving[k] != 0);
    gap.push_back(Work{link_float(pass, k)}.in_minutes());
  }
  Table table("links");
  table.add("predecessor", predecessor).add("successor", successor).add("type", type).add("lag", lag);
  table.add("driving", driving).add("float_minutes", gap, "min");
  return table;
}

}  // namespace rapport
