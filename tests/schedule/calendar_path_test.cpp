#include "rapport/schedule/calendar_path.h"

#include "schedule/pass_variants.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "rapport/base/error.h"
#include "support/plain_network.h"

namespace rapport {
namespace {

using support::PlainNetwork;

Instant const origin = parse_instant("2027-01-04");

std::vector<WorkingTime> compiled(std::vector<Calendar> const& calendars) {
  std::vector<WorkingTime> all;
  for (auto const& calendar : calendars) all.emplace_back(std::span(&calendar, 1));
  return all;
}

constexpr std::int32_t project_start = 40 * 1440;

Instant at(std::int64_t minute) { return origin + Elapsed{minute * 60}; }
std::int64_t minute(Instant t) { return (t.seconds - origin.seconds) / 60; }

/// The definitions, on WorkingTime, applied until nothing moves; ranks in minutes.
struct CalendarOracle {
  PlainNetwork const& net;
  std::vector<WorkingTime> const& all;
  std::vector<std::uint16_t> const& calendar;
  std::vector<std::int64_t> early, late, free_float;  // ranks of starts, of finishes; floats
  std::int64_t finish = 0;

  WorkingTime const& of(std::size_t i) const { return all[calendar[i]]; }
  std::int64_t rank(std::size_t i, Instant t) const {
    return (of(i).rank(t).seconds - of(i).rank(origin).seconds) / 60;
  }
  Work work(std::size_t i, std::int64_t r) const { return Work{r * 60} + of(i).rank(origin); }
  Instant start(std::size_t i, std::int64_t r) const { return of(i).latest_of_rank(work(i, r)); }
  Instant end(std::size_t i, std::int64_t start_rank) const {
    return net.duration[i] == 0 ? start(i, start_rank)
                                : of(i).earliest_of_rank(work(i, start_rank + net.duration[i]));
  }
  bool from_start(std::size_t l) const {
    return net.type[l] == LinkType::StartToStart || net.type[l] == LinkType::StartToFinish;
  }
  bool to_finish(std::size_t l) const {
    return net.type[l] == LinkType::FinishToFinish || net.type[l] == LinkType::StartToFinish;
  }
  Instant event(std::size_t i, std::int64_t start_rank, bool is_finish) const {
    return is_finish ? end(i, start_rank) : start(i, start_rank);
  }

  void solve() {
    std::size_t const n = net.duration.size();
    for (std::size_t i = 0; i < n; ++i) early.push_back(rank(i, at(project_start)));
    finish = project_start;
    for (bool moved = true; moved;) {
      moved = false;
      for (std::size_t l = 0; l < net.lag.size(); ++l) {
        auto const p = net.predecessor[l], s = net.successor[l];
        Instant from = event(p, early[p], !from_start(l));
        std::int64_t const r = early[p] + (from_start(l) ? 0 : net.duration[p]) + net.lag[l];
        if (net.lag[l] > 0) from = of(p).earliest_of_rank(work(p, r));
        if (net.lag[l] < 0) from = of(p).latest_of_rank(work(p, r));
        auto const need = rank(s, std::max(from, at(project_start))) - (to_finish(l) ? net.duration[s] : 0);
        if (early[s] < need) early[s] = need, moved = true;
      }
    }
    for (std::size_t i = 0; i < n; ++i) finish = std::max(finish, minute(end(i, early[i])));
    for (std::size_t i = 0; i < n; ++i) late.push_back(rank(i, at(finish)));
    auto const bound = [&](std::size_t l, std::int64_t successor_start) {
      auto const p = net.predecessor[l];
      return rank(p, event(net.successor[l], successor_start, to_finish(l))) - net.lag[l] +
             (from_start(l) ? net.duration[p] : 0);
    };
    for (std::size_t i = 0; i < n; ++i) free_float.push_back(late[i] - early[i] - net.duration[i]);
    for (bool moved = true; moved;) {
      moved = false;
      for (std::size_t l = 0; l < net.lag.size(); ++l) {
        auto const p = net.predecessor[l], s = net.successor[l];
        auto const allowed = bound(l, late[s] - net.duration[s]);
        if (late[p] > allowed) late[p] = allowed, moved = true;
        free_float[p] = std::min(free_float[p], bound(l, early[s]) - early[p] - net.duration[p]);
      }
    }
  }
};

TEST(CalendarPath, AgreesWithTheDefinitionsOnRandomNetworks) {
  auto const all = compiled(support::eight_calendars());
  MinuteCalendars const tables(all, origin, 3000);
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    auto const net = support::layered_network(static_cast<std::uint32_t>(seed * 7 % 120), seed);
    auto const calendar = support::calendars_at_random(net.activities(), seed);
    auto const slices = slice(net.activities(), net.links());
    CalendarPath path;
    path.start = project_start;
    calendar_path(slices, tables, net.duration, calendar, path);
    CalendarOracle oracle{net, all, calendar, {}, {}, {}};
    oracle.solve();
    for (auto const& variant : pass_variants()) {
      CalendarPath by_variant = path;
      static_cast<PathDates&>(by_variant) = {};
      make_room(slices, variant.keeps_pairs, 0, by_variant);
      for (auto* const floats : {&by_variant.total_float, &by_variant.free_float})
        std::fill(floats->begin(), floats->end(), -7);
      by_variant.finish = variant.forward_calendars({slices, tables, by_variant});
      variant.backward_calendars({slices, tables, by_variant}, by_variant.finish);
      ASSERT_EQ(by_variant.finish, path.finish) << variant.name;
      ASSERT_EQ(by_variant.early, path.early) << variant.name;
      for (std::uint32_t event = 0; event < slices.never(); ++event)
        ASSERT_EQ(by_variant.late(event), path.late(event)) << variant.name;
      ASSERT_EQ(by_variant.total_float, path.total_float) << variant.name;
      ASSERT_EQ(by_variant.free_float, path.free_float) << variant.name;
    }
    ASSERT_EQ(path.finish, oracle.finish) << seed;
    for (std::uint32_t i = 0; i < net.activities(); ++i) {
      auto const slot = slices.slot_of[i];
      auto const start = Slices::start_of(slot), end = Slices::finish_of(slot);
      auto const late_start = oracle.late[i] - net.duration[i];
      ASSERT_EQ(path.early[start], minute(oracle.start(i, oracle.early[i]))) << seed << ": " << i;
      ASSERT_EQ(path.early[end], minute(oracle.end(i, oracle.early[i]))) << seed << ": " << i;
      ASSERT_EQ(path.late(start), minute(oracle.start(i, late_start))) << seed << ": " << i;
      ASSERT_EQ(path.late(end), minute(oracle.end(i, late_start))) << seed << ": " << i;
      ASSERT_EQ(path.total_float[slot], late_start - oracle.early[i]) << seed << ": " << i;
      ASSERT_EQ(path.free_float[slot], oracle.free_float[i]) << seed << ": " << i;
    }
  }
}

/// Every minute and much work both ways, of calendars side by side in the lanes.
void expect_as_working_time(std::vector<WorkingTime> const& all) {
  constexpr std::int32_t days = 800;
  MinuteCalendars const tables(all, origin, days);
  std::vector<std::int32_t> calendar, from, work;
  std::uint32_t random = 1;
  for (std::int32_t t = 0; t < 600 * 1440; ++t) {
    random = random * 1664525 + 1013904223;
    calendar.push_back(static_cast<std::int32_t>(random >> 16) % static_cast<std::int32_t>(all.size()));
    from.push_back(t);
    work.push_back(static_cast<std::int32_t>(random >> 8) % 40000 - 20000);
    if (t % 5 == 0) work.back() /= 1000;
  }
  for (auto const& variant : pass_variants()) {
    std::vector<std::int32_t> to(from.size());
    variant.add_work(tables.arrays(), from.size(), calendar.data(), from.data(), work.data(), to.data());
    for (std::size_t i = 0; i < from.size(); ++i) {
      auto const expected =
          minute(all[static_cast<std::size_t>(calendar[i])].add(at(from[i]), Work{work[i] * 60}));
      ASSERT_EQ(to[i], std::clamp<std::int64_t>(expected, 0, days * 1440))
          << variant.name << ": calendar " << calendar[i] << ", " << work[i] << " from minute " << from[i];
    }
  }
  std::vector<std::int32_t> to(from.size());
  tables.add(calendar, from, work, to);
  EXPECT_EQ(to[700], minute(all[static_cast<std::size_t>(calendar[700])].add(at(700), Work{work[700] * 60})));
}

TEST(MinuteCalendars, AddAsWorkingTimeDoes) { expect_as_working_time(compiled(support::eight_calendars())); }

TEST(MinuteCalendars, HoldDaysShorterThanTheirBucketsAndOddMinutes) {
  Calendar bells = five_day_calendar("bells", {{9 * 3600, 9 * 3600 + 300}});
  bells.exceptions.push_back({Date::of(2027, 3, 1), Date::of(2027, 9, 30), {}});
  Calendar const odd = five_day_calendar("odd minutes", {{7 * 3600 + 420, 11 * 3600 + 60}, {40200, 60060}});
  auto const all = compiled({bells, odd, support::eight_calendars()[3]});
  auto clock = all;
  clock.emplace_back();
  expect_as_working_time(clock);
}

TEST(CalendarPath, WhatTheTablesDoNotHoldIsRefused) {
  auto const all = compiled(support::eight_calendars());
  EXPECT_THROW(MinuteCalendars(all, origin, 0), InvalidInput);
  EXPECT_THROW(MinuteCalendars(all, origin, 20000), InvalidInput);
  EXPECT_THROW(MinuteCalendars(all, origin + Elapsed{60}, 10), InvalidInput);
  Calendar const seconds = five_day_calendar("odd", {{30, 3600}});
  EXPECT_THROW(MinuteCalendars(compiled({seconds}), origin, 10), InvalidInput);
  MinuteCalendars const tables(all, origin, 10);
  auto const net = support::layered_network(20, 1);
  auto const slices = slice(net.activities(), net.links());
  CalendarPath path;
  std::vector<std::int32_t> const long_ones(20, 9000);
  std::vector<std::uint16_t> calendars(20, 0);
  EXPECT_THROW(calendar_path(slices, tables, long_ones, calendars, path), InvalidInput);
  calendars[7] = 8;
  EXPECT_THROW(calendar_path(slices, tables, net.duration, calendars, path), InvalidInput);
  std::vector<std::int32_t> const two = {0, 8}, zeros = {0, 0};
  std::vector<std::int32_t> to(2);
  EXPECT_THROW(tables.add(two, zeros, zeros, to), InvalidInput);
  EXPECT_THROW(tables.add(std::span(zeros).first(1), zeros, zeros, to), InvalidInput);
}

TEST(CalendarPath, APlanWithoutActivitiesNeedsNoCalendar) {
  MinuteCalendars const none(std::span<WorkingTime const>{}, origin, 10);
  CalendarPath path;
  path.start = 60;
  calendar_path(slice(0, {}), none, {}, {}, path);
  EXPECT_EQ(path.finish, 60);
}

TEST(CalendarPath, AnEmptyLaneNeverFinishesLast) {
  Calendar late = five_day_calendar("late", {{20 * 3600, 22 * 3600}});
  auto const all = compiled({late, support::eight_calendars()[0]});
  MinuteCalendars const tables(all, origin, 30);
  CalendarPath path;
  std::vector<std::int32_t> const duration = {30};
  std::vector<std::uint16_t> const calendar = {1};
  calendar_path(slice(1, {}), tables, duration, calendar, path);
  EXPECT_EQ(path.finish, minute(all[1].add(at(0), Work{30 * 60})));
}

}  // namespace
}  // namespace rapport
