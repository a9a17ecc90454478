#include "rapport/schedule/bare_dates.h"

#include <optional>
#include <string>

#include "rapport/base/error.h"
#include "rapport/schedule/calendar_path.h"

namespace rapport {
namespace {

std::int32_t bare_minutes(std::int64_t seconds, std::string const& whose) {
  std::int64_t const minutes = seconds / 60;
  if (seconds % 60 != 0 || minutes != static_cast<std::int32_t>(minutes))
    throw InvalidInput(whose + " is " + std::to_string(seconds) +
                       " s: the bare dates count in whole minutes of 32 bits; schedule the plan instead");
  return static_cast<std::int32_t>(minutes);
}

Instant earliest_start(Network const& network) {
  std::optional<Instant> first;
  for (auto const& subproject : network.subprojects()) {
    for (auto const& start : {subproject.data_date, subproject.planned_start})
      if (start && (!first || *start < *first)) first = start;
  }
  if (!first)
    throw InvalidInput("the plan states no start: give its subproject a data date or a planned start");
  return *first;
}

}  // namespace

Table bare_dates(Network const& network, std::int32_t days) {
  constexpr std::uint32_t left_out = UINT32_MAX;
  auto const& values = network.values();
  std::vector<std::uint32_t> row(network.activity_count(), left_out),
      calendar_row(network.calendars().size(), left_out);
  std::vector<std::string> key;
  std::vector<std::int32_t> durations;
  std::vector<std::uint16_t> calendars;
  std::vector<WorkingTime> in_use;
  for (std::uint32_t i = 0; i < network.activity_count(); ++i) {
    if (values.kind[i] == ActivityKind::LevelOfEffort || values.kind[i] == ActivityKind::Summary) continue;
    auto& calendar = calendar_row[values.calendar[i]];
    if (calendar == left_out) {
      calendar = static_cast<std::uint32_t>(in_use.size());
      in_use.push_back(network.calendars()[values.calendar[i]]);
    }
    row[i] = static_cast<std::uint32_t>(key.size());
    key.push_back(network.key({i}));
    durations.push_back(bare_minutes(values.duration[i], "the duration of activity " + key.back()));
    calendars.push_back(static_cast<std::uint16_t>(calendar));
  }
  auto const& links = network.links();
  std::vector<std::uint32_t> predecessor, successor;
  std::vector<LinkType> type;
  std::vector<std::int32_t> lag;
  for (std::uint32_t k = 0; k < network.link_count(); ++k) {
    auto const p = row[links.predecessor[k]], s = row[links.successor[k]];
    if (p == left_out || s == left_out) continue;
    auto const link = "the lag of link " + key[p] + " → " + key[s];
    if (links.lag_kind[k] != LagKind::Working && links.lag[k] != 0)
      throw InvalidInput(link + " is elapsed or a percentage; schedule the plan instead");
    predecessor.push_back(p), successor.push_back(s), type.push_back(links.type[k]);
    lag.push_back(bare_minutes(links.lag[k], link));
  }
  auto const start = earliest_start(network);
  Instant const origin = at(start.date());
  auto const slices = slice(static_cast<std::uint32_t>(key.size()), {predecessor, successor, type, lag});
  CalendarPath path;
  path.start = bare_minutes(start.seconds - origin.seconds, "the start of the plan");
  calendar_path(slices, MinuteCalendars(in_use, origin, days), durations, calendars, path);

  auto const early = [&](std::uint32_t event) { return path.early[event]; };
  auto const late = [&](std::uint32_t event) { return path.late(event); };
  auto const dates = [&](auto const& minute, bool finish) {
    std::vector<Instant> column;
    for (auto const slot : slices.slot_of)
      column.push_back(origin + Elapsed{std::int64_t{60} *
                                        minute(finish ? Slices::finish_of(slot) : Slices::start_of(slot))});
    return column;
  };
  auto const floats = [&](AlignedVector<std::int32_t> const& minutes) {
    std::vector<std::int64_t> column;
    for (auto const slot : slices.slot_of) column.push_back(minutes[slot]);
    return column;
  };
  Table table("bare_dates");
  table.add("key", key);
  table.add("early_start", dates(early, false)).add("early_finish", dates(early, true));
  table.add("late_start", dates(late, false)).add("late_finish", dates(late, true));
  table.add("total_float_minutes", floats(path.total_float), "min");
  table.add("free_float_minutes", floats(path.free_float), "min");
  return table;
}

}  // namespace rapport
