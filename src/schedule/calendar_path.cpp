#include "rapport/schedule/calendar_path.h"

#include <algorithm>
#include <bit>
#include <map>
#include <string>

#include "rapport/base/error.h"

// The plain parts of the loops gain from wider vectors. Sanitizers do not get along with functions
// that are chosen while loading.
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define RAPPORT_WIDEST __attribute__((target_clones("arch=x86-64-v3", "arch=x86-64-v2", "default")))
#else
#define RAPPORT_WIDEST
#endif

namespace rapport {
namespace {

constexpr std::uint32_t slice_lanes = Slices::lanes;
constexpr std::int32_t out_of_reach = 1 << 30;
constexpr std::int64_t minutes_per_day = 1440;

using CalendarTables = MinuteCalendars::Tables;

CalendarTables tables_of(WorkingTime const& calendar, Instant origin, std::int32_t days) {
  auto const refuse = [&](char const* why) {
    throw InvalidInput("calendar " + calendar.key() + " (" + calendar.name() + ") " + why);
  };
  CalendarTables t;
  std::map<std::vector<std::uint16_t>, std::uint32_t> kinds;
  std::int64_t const before = calendar.rank(origin).seconds;
  std::int64_t rank = 0;  // minutes
  std::int64_t shortest = minutes_per_day;
  for (std::int32_t d = 0; d < days; ++d) {
    std::vector<std::uint16_t> kind(1441);
    for (std::int64_t m = 0; m <= minutes_per_day; ++m) {
      Instant const at = origin + Elapsed{(d * minutes_per_day + m) * 60};
      std::int64_t const seconds = calendar.rank(at).seconds - before;
      if (seconds % 60 != 0) refuse("changes within a minute; use whole minutes");
      kind[static_cast<std::size_t>(m)] = static_cast<std::uint16_t>(seconds / 60 - rank);
    }
    std::int64_t const total = kind.back();
    auto const number = kinds.try_emplace(kind, static_cast<std::uint32_t>(kinds.size())).first->second;
    if (number > 255) refuse("has more than 256 kinds of day");
    if ((number + 1) * 1441 > t.rank_in_day.size()) {
      t.rank_in_day.insert(t.rank_in_day.end(), kind.begin(), kind.end());
      for (std::uint32_t r = 0; r <= minutes_per_day; ++r) {
        auto const at = std::lower_bound(kind.begin(), kind.end(), r);
        t.minute_of.push_back(static_cast<std::uint16_t>(at - kind.begin()));
      }
    }
    auto const word = static_cast<std::uint32_t>(rank) << 8 | number;
    t.day.push_back(word);
    if (total > 0) {
      t.worked.push_back(static_cast<std::uint64_t>(rank) << 32 | static_cast<std::uint64_t>(d) << 8 |
                         number);
      shortest = std::min(shortest, total);
    }
    rank += total;
  }
  if (rank == 0) refuse("has no working time in the days asked for");
  // The instant after the last day counts as the beginning of one like the first.
  t.day.push_back(static_cast<std::uint32_t>(rank) << 8 | (t.day.front() & 255));
  t.worked.insert(t.worked.end(), 2, UINT64_MAX);
  t.total = static_cast<std::int32_t>(rank);
  t.end = static_cast<std::int32_t>(days * minutes_per_day);
  // A bucket no longer than the shortest day holds at most two days; half an hour bounds the memory.
  auto const width = static_cast<std::uint32_t>(std::max<std::int64_t>(shortest, 32));
  t.bits = static_cast<std::int32_t>(std::bit_width(width)) - 1;
  std::uint32_t k = 0;
  for (std::uint32_t first = 1; first <= static_cast<std::uint32_t>(rank); first += 1U << t.bits) {
    while ((t.worked[k + 1] >> 32) < first) ++k;
    t.bucket.push_back(k);
  }
  return t;
}

std::uint32_t slot_of_event(std::uint32_t event) { return event / 32 * 16 + event % 16; }

/// The lanes of a row that have a lag, found without asking each: a third of them, in no order,
/// would be mispredicted.
std::uint32_t lagged(Slices::Row const& row, std::uint32_t (&lane)[slice_lanes]) {
  std::uint32_t count = 0;
  for (std::uint32_t k = 0; k < slice_lanes; ++k) {
    lane[count] = k;
    count += (row.lag[k] >> 1) != 0;
  }
  return count;
}

}  // namespace

MinuteCalendars::MinuteCalendars(std::span<WorkingTime const> calendars, Instant origin, std::int32_t days) {
  if (days < 1 || days > 11000)
    throw InvalidInput(std::to_string(days) + " days of calendars asked for; 1 to 11000 are held");
  if (origin.seconds % (minutes_per_day * 60) != 0)
    throw InvalidInput("calendars begin at midnight, not at " + to_string(origin));
  for (auto const& calendar : calendars) tables_.push_back(tables_of(calendar, origin, days));
}

RAPPORT_WIDEST void forward_pass(Slices const& network, MinuteCalendars const& calendars, CalendarPath& out) {
  CalendarTables const* const tables = calendars.tables().data();
  std::int32_t *const early = out.early.data(), *const rank = out.rank.data();
  std::uint16_t const* const calendar = out.calendar.data();
  std::int32_t latest = out.start;
  for (std::uint32_t s = 0; s < network.slices; ++s) {
    // What links ask of starts and of finishes, in minutes.
    std::int32_t start[slice_lanes], finish[slice_lanes] = {};
    std::fill(std::begin(start), std::end(start), out.start);
    std::int32_t to_finishes = 0;
    for (std::uint32_t r = network.first_in[s]; r < network.first_in[s + 1]; ++r) {
      Slices::Row const& row = network.in[r];
      std::int32_t from[slice_lanes];
      for (std::uint32_t k = 0; k < slice_lanes; ++k) from[k] = early[row.event[k]];
      std::uint32_t lane[slice_lanes];
      std::uint32_t const count = lagged(row, lane);
      for (std::uint32_t c = 0; c < count; ++c) {
        std::uint32_t const k = lane[c], event = row.event[k];
        auto const& own = tables[calendar[slot_of_event(event)]];
        std::int32_t const lag = row.lag[k] >> 1;
        std::int32_t const moved = rank[event] + lag;
        std::int32_t const at = own.earliest(moved + (lag < 0));  // the latest of that rank, going back
        from[k] = at - (lag < 0 && at > 0);
      }
      for (std::uint32_t k = 0; k < slice_lanes; ++k) {
        std::int32_t const to_finish = -(row.lag[k] & 1);
        to_finishes |= to_finish;
        start[k] = std::max(start[k], from[k] & ~to_finish);
        finish[k] = std::max(finish[k], from[k] & to_finish);
      }
    }
    std::uint32_t const own = s * 2 * slice_lanes;
    for (std::uint32_t k = 0; k < slice_lanes; ++k) {
      std::uint32_t const slot = s * slice_lanes + k;
      auto const& times = tables[calendar[slot]];
      std::int32_t const duration = out.duration[slot];
      std::int32_t begin = times.rank(start[k]);
      if (to_finishes != 0) begin = std::max(begin, times.rank(finish[k]) - duration);
      std::int32_t const begins = times.latest(begin);
      std::int32_t const ends = duration == 0 ? begins : times.earliest(begin + duration);
      rank[own + k] = begin;
      rank[own + k + slice_lanes] = begin + duration;
      early[own + k] = begins;
      early[own + k + slice_lanes] = ends;
      latest = std::max(latest, ends);
    }
  }
  out.finish = latest;
}

RAPPORT_WIDEST void backward_pass(Slices const& network, MinuteCalendars const& calendars,
                                  CalendarPath& out) {
  CalendarTables const* const tables = calendars.tables().data();
  std::int32_t const *const early = out.early.data(), *const rank = out.rank.data();
  std::int32_t* const late = out.late.data();
  std::uint16_t const* const calendar = out.calendar.data();
  for (std::uint32_t turn = 0; turn < network.slices; ++turn) {
    std::uint32_t const s = network.slices - 1 - turn;
    // What links without lag leave, in minutes, and what those with lag leave, in ranks of finishes;
    // of late and of early dates of the successors.
    std::int32_t finish[2][slice_lanes], start[2][slice_lanes], ranks[2][slice_lanes];
    for (std::uint32_t k = 0; k < slice_lanes; ++k) {
      finish[0][k] = finish[1][k] = out.finish;
      start[0][k] = start[1][k] = ranks[0][k] = ranks[1][k] = out_of_reach;
    }
    std::int32_t from_starts = 0;
    for (std::uint32_t r = network.first_out[turn]; r < network.first_out[turn + 1]; ++r) {
      Slices::Row const& row = network.out[r];
      std::int32_t to_late[slice_lanes], to_early[slice_lanes];
      for (std::uint32_t k = 0; k < slice_lanes; ++k) {
        to_late[k] = late[row.event[k]];
        to_early[k] = early[row.event[k]];
      }
      std::uint32_t lane[slice_lanes];
      std::uint32_t const count = lagged(row, lane);
      for (std::uint32_t c = 0; c < count; ++c) {
        std::uint32_t const k = lane[c], slot = s * slice_lanes + k;
        auto const& own = tables[calendar[slot]];
        std::int32_t const back = (out.duration[slot] & -(row.lag[k] & 1)) - (row.lag[k] >> 1);
        ranks[0][k] = std::min(ranks[0][k], own.rank(to_late[k]) + back);
        ranks[1][k] = std::min(ranks[1][k], own.rank(to_early[k]) + back);
        to_late[k] = to_early[k] = out_of_reach;
      }
      for (std::uint32_t k = 0; k < slice_lanes; ++k) {
        std::int32_t const from_start = -(row.lag[k] & 1);
        std::int32_t const beyond_finish = out_of_reach & from_start,
                           beyond_start = out_of_reach & ~from_start;
        from_starts |= from_start;
        finish[0][k] = std::min(finish[0][k], to_late[k] | beyond_finish);
        finish[1][k] = std::min(finish[1][k], to_early[k] | beyond_finish);
        start[0][k] = std::min(start[0][k], to_late[k] | beyond_start);
        start[1][k] = std::min(start[1][k], to_early[k] | beyond_start);
      }
    }
    std::uint32_t const own = s * 2 * slice_lanes;
    for (std::uint32_t k = 0; k < slice_lanes; ++k) {
      std::uint32_t const slot = s * slice_lanes + k;
      auto const& times = tables[calendar[slot]];
      std::int32_t const duration = out.duration[slot];
      std::int32_t last = std::min(ranks[0][k], times.rank(finish[0][k]));
      std::int32_t soonest = std::min(ranks[1][k], times.rank(finish[1][k]));
      if (from_starts != 0) {
        if (start[0][k] < out_of_reach) last = std::min(last, times.rank(start[0][k]) + duration);
        if (start[1][k] < out_of_reach) soonest = std::min(soonest, times.rank(start[1][k]) + duration);
      }
      std::int32_t const begins = times.latest(last - duration);
      late[own + k] = begins;
      late[own + k + slice_lanes] = duration == 0 ? begins : times.earliest(last);
      std::int32_t const finished = rank[own + k + slice_lanes];
      out.total_float[slot] = last - finished;
      out.free_float[slot] = soonest - finished;
    }
  }
}

void calendar_path(Slices const& network, MinuteCalendars const& calendars,
                   std::span<std::int32_t const> durations, std::span<std::uint16_t const> activity_calendars,
                   CalendarPath& out) {
  auto const tables = calendars.tables();
  if (durations.size() != network.activities || activity_calendars.size() != network.activities)
    throw InvalidInput(std::to_string(durations.size()) + " durations and " +
                       std::to_string(activity_calendars.size()) + " calendars for " +
                       std::to_string(network.activities) + " activities");
  out.duration.assign(network.slots(), 0);
  out.calendar.assign(network.slots(), 0);
  std::int32_t end = 0;
  for (auto const& table : tables) end = std::max(end, table.end);
  for (std::uint32_t i = 0; i < network.activities; ++i) {
    if (activity_calendars[i] >= tables.size())
      throw InvalidInput("activity " + std::to_string(i) + " names calendar " +
                         std::to_string(activity_calendars[i]) + " of " + std::to_string(tables.size()));
    if (durations[i] < 0 || durations[i] >= out_of_reach / 4)
      throw InvalidInput("activity " + std::to_string(i) + " lasts " + std::to_string(durations[i]) +
                         " minutes; 0 to 2^28 are possible");
    out.duration[network.slot_of[i]] = durations[i];
    out.calendar[network.slot_of[i]] = activity_calendars[i];
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
