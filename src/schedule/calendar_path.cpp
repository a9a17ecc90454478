#include "rapport/schedule/calendar_path.h"

#include <algorithm>
#include <string>

#include "rapport/base/error.h"
#include "schedule/pass_variants.h"

namespace rapport {
namespace {

std::uint32_t slot_of_event(std::uint32_t event) {
  return event / (2 * slice_lanes) * slice_lanes + event % slice_lanes;
}

/// The batches of slices (or turns) whose rows `first` tells, with those of their links that are `moved`,
/// filled up to whole slices with some that come from `no_event` and whose place is the row after all others.
/// `level` and `shift`, which gives minutes and calendar, get a slice's number; `shift` also the row and the
/// lane. Returns the rows of the largest.
template <class Level, class Moved, class Shift>
std::uint32_t gather_batches(Batches& out, AlignedVector<Slices::Row> const& rows,
                             AlignedVector<std::uint32_t> const& first, std::uint32_t no_event, Level&& level,
                             Moved&& moved, Shift&& shift) {
  auto const slices = static_cast<std::uint32_t>(first.size() - 1);
  out = {};
  std::uint32_t largest = 0;
  for (std::uint32_t s = 0; s < slices; ++s) {
    bool const goes_on = s > 0 && s - out.slice.back() < Batches::most && level(s) == level(s - 1);
    if (!goes_on) out.slice.push_back(s);
    largest = std::max(largest, first[s + 1] - first[out.slice.back()]);
  }
  out.slice.push_back(slices);
  out.lagged.push_back(0);
  for (std::size_t b = 0; b + 1 < out.slice.size(); ++b) {
    for (std::uint32_t s = out.slice[b]; s < out.slice[b + 1]; ++s) {
      for (std::uint32_t r = first[s]; r < first[s + 1]; ++r) {
        for (std::uint32_t k = 0; k < slice_lanes; ++k) {
          if (!moved(rows[r].lag[k])) continue;
          auto const [minutes, calendar] = shift(s, rows[r], k);
          out.event.push_back(rows[r].event[k]);
          out.calendar.push_back(calendar);
          out.shift.push_back(minutes);
          out.place.push_back(static_cast<std::int32_t>((r - first[out.slice[b]]) * slice_lanes + k));
        }
      }
    }
    while (out.event.size() % slice_lanes != 0) {
      out.event.push_back(no_event);
      out.calendar.push_back(0);
      out.shift.push_back(0);
      out.place.push_back(static_cast<std::int32_t>(largest * slice_lanes));
    }
    out.lagged.push_back(static_cast<std::uint32_t>(out.event.size()));
  }
  return largest;
}

void gather_batches(Slices const& network, CalendarPath& out) {
  auto const forward = gather_batches(
      out.forward, network.in, network.first_in, network.never(),
      [&](std::uint32_t slice) { return network.level_of_slice[slice]; },
      [](std::int32_t lag) { return lag >> 1 != 0; },
      [&](std::uint32_t, Slices::Row const& row, std::uint32_t k) {
        return std::pair{row.lag[k] >> 1, out.calendar[slot_of_event(row.event[k])]};
      });
  auto const backward = gather_batches(
      out.backward, network.out, network.first_out, network.always(),
      [&](std::uint32_t turn) { return network.level_of_slice[network.turn_of(turn)]; },
      [](std::int32_t lag) { return lag != 0; },  // with lag, or from a start
      [&](std::uint32_t turn, Slices::Row const& row, std::uint32_t k) {
        std::uint32_t const slot = network.turn_of(turn) * slice_lanes + k;
        std::int32_t const from_start = -(row.lag[k] & 1);
        return std::pair{(out.duration[slot] & from_start) - (row.lag[k] >> 1), out.calendar[slot]};
      });
  out.scratch.assign(CalendarPassArrays::scratch_size(std::max(forward, backward)), 0);
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
  make_room(network, pass_variants().back().keeps_pairs, 0, out);
  out.rank.resize(network.events());
  out.rank[network.never()] = 0, out.rank[network.always()] = out_of_reach;
  gather_batches(network, out);
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
