#include "rapport/schedule/calendar_path.h"

#include <algorithm>
#include <string>

#include "rapport/base/error.h"
#include "schedule/pass_variants.h"

namespace rapport {
namespace {

constexpr std::uint32_t slice_lanes = Slices::lanes;
constexpr std::int32_t out_of_reach = 1 << 30;

std::uint32_t slot_of_event(std::uint32_t event) {
  return event / (2 * slice_lanes) * slice_lanes + event % slice_lanes;
}

/// The lagged links of rows first … last - 1, filled up to whole slices with some that go to `nowhere`.
/// `shift_and_calendar` gets the row and the lane.
template <class Shift>
void append_lagged(LaggedLinks& list, std::vector<Slices::Row> const& rows, std::uint32_t first,
                   std::uint32_t last, std::int32_t nowhere, std::uint32_t no_event, Shift&& shift) {
  for (std::uint32_t r = first; r < last; ++r) {
    for (std::uint32_t k = 0; k < slice_lanes; ++k) {
      if (rows[r].lag[k] >> 1 == 0) continue;
      auto const [minutes, calendar] = shift(rows[r], k);
      list.event.push_back(rows[r].event[k]);
      list.calendar.push_back(calendar);
      list.shift.push_back(minutes);
      list.place.push_back(static_cast<std::int32_t>((r - first) * slice_lanes + k));
    }
  }
  while (list.event.size() % slice_lanes != 0) {
    list.event.push_back(no_event);
    list.calendar.push_back(0);
    list.shift.push_back(0);
    list.place.push_back(nowhere);
  }
  list.first.push_back(static_cast<std::uint32_t>(list.event.size()));
}

void list_lagged(Slices const& network, CalendarPath& out) {
  std::uint32_t rows = 0;
  for (std::uint32_t s = 0; s < network.slices; ++s)
    rows = std::max({rows, network.first_in[s + 1] - network.first_in[s],
                     network.first_out[s + 1] - network.first_out[s]});
  // One row more, for nobody to read.
  out.scratch.assign(std::size_t{2} * (rows + 1) * slice_lanes, 0);
  auto const nowhere = static_cast<std::int32_t>(rows * slice_lanes);
  for (auto* const list : {&out.lagged_in, &out.lagged_out}) {
    list->first.assign(1, 0);
    list->event.clear(), list->calendar.clear(), list->shift.clear(), list->place.clear();
  }
  for (std::uint32_t s = 0; s < network.slices; ++s) {
    append_lagged(out.lagged_in, network.in, network.first_in[s], network.first_in[s + 1], nowhere,
                  network.never(), [&](Slices::Row const& row, std::uint32_t k) {
                    return std::pair{row.lag[k] >> 1, out.calendar[slot_of_event(row.event[k])]};
                  });
  }
  for (std::uint32_t turn = 0; turn < network.slices; ++turn) {
    append_lagged(
        out.lagged_out, network.out, network.first_out[turn], network.first_out[turn + 1], nowhere,
        network.always(), [&](Slices::Row const& row, std::uint32_t k) {
          std::uint32_t const slot = network.turn_of(turn) * slice_lanes + k;
          std::int32_t const from_start = -(row.lag[k] & 1);
          return std::pair{(out.duration[slot] & from_start) - (row.lag[k] >> 1), out.calendar[slot]};
        });
  }
}

}  // namespace

void forward_pass(Slices const& network, MinuteCalendars const& calendars, CalendarPath& out) {
  out.finish = pass_variants().back().forward_calendars({network, calendars, out});
}

void backward_pass(Slices const& network, MinuteCalendars const& calendars, CalendarPath& out) {
  pass_variants().back().backward_calendars({network, calendars, out}, out.finish);
}

void calendar_path(Slices const& network, MinuteCalendars const& calendars,
                   std::span<std::int32_t const> durations, std::span<std::uint16_t const> activity_calendars,
                   CalendarPath& out) {
  if (durations.size() != network.activities || activity_calendars.size() != network.activities)
    throw InvalidInput(std::to_string(durations.size()) + " durations and " +
                       std::to_string(activity_calendars.size()) + " calendars for " +
                       std::to_string(network.activities) + " activities");
  out.duration.assign(network.slots(), 0);
  out.calendar.assign(network.slots(), -1);
  std::int32_t const end = calendars.end();
  for (std::uint32_t i = 0; i < network.activities; ++i) {
    if (activity_calendars[i] >= calendars.size())
      throw InvalidInput("activity " + std::to_string(i) + " names calendar " +
                         std::to_string(activity_calendars[i]) + " of " + std::to_string(calendars.size()));
    if (durations[i] < 0 || durations[i] >= out_of_reach / 4)
      throw InvalidInput("activity " + std::to_string(i) + " lasts " + std::to_string(durations[i]) +
                         " minutes; 0 to 2^28 are possible");
    out.duration[network.slot_of[i]] = durations[i];
    out.calendar[network.slot_of[i]] = activity_calendars[i];
  }
  // An empty lane does as its neighbours do, so that it never finishes after them.
  for (std::uint32_t slot = 0; slot < network.slots(); ++slot) {
    std::uint32_t const begin = slot / slice_lanes * slice_lanes;
    if (out.calendar[slot] >= 0) continue;
    out.calendar[slot] = *std::max_element(&out.calendar[begin], &out.calendar[begin] + slice_lanes);
  }
  for (auto const& row : network.in)
    for (auto const lag : row.lag)
      if (lag >> 1 >= out_of_reach / 4 || lag >> 1 <= -out_of_reach / 4)
        throw InvalidInput("a lag of " + std::to_string(lag >> 1) + " minutes is longer than 2^28");
  for (auto* const times : {&out.early, &out.late, &out.rank}) {
    times->resize(network.events());
    (*times)[network.never()] = 0;
    (*times)[network.always()] = out_of_reach;
  }
  list_lagged(network, out);
  out.total_float.resize(network.slots());
  out.free_float.resize(network.slots());
  out.finish = out.start;
  if (out.start < 0 || out.start >= end)
    throw InvalidInput("the project starts at minute " + std::to_string(out.start) +
                       ", outside the days of its calendars");
  if (network.slices == 0) return;
  forward_pass(network, calendars, out);
  if (out.finish >= end)
    throw InvalidInput("the project outlasts the " + std::to_string(end / 1440) +
                       " days of its calendars: give them more days");
  backward_pass(network, calendars, out);
}

}  // namespace rapport
