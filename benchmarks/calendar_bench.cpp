// Calendars: one addition against the usual search, the bare pass with calendars against the one
// without, the tools' full rules against that.

#include <random>

#include "rapport/schedule/calendar_path.h"
#include "rapport/schedule/critical_path.h"
#include "rapport/schedule/schedule.h"
#include "ratio.h"
#include "support/plain_network.h"

namespace rapport::bench {
namespace {

Instant const origin = parse_instant("2027-01-04");

std::vector<WorkingTime> compiled_calendars() {
  std::vector<WorkingTime> all;
  for (auto const& calendar : support::eight_calendars())
    all.emplace_back(std::span(&calendar, 1), std::span<Calendar const>{}, Date::of(2027, 1, 1),
                     Date::of(2037, 12, 31));
  return all;
}

/// Working periods in order, with the work before each: add by two binary searches.
struct Periods {
  std::vector<std::int64_t> begin, before;

  explicit Periods(WorkingTime const& calendar) {
    std::int64_t work = 0;
    for (Instant at = origin; at < origin + Elapsed{4000 * seconds_per_day};) {
      Instant const from = calendar.next_working(at);
      // To where a pause begins: the latest minute until which all is worked.
      Instant to = from;
      while (to < from + Elapsed{7 * seconds_per_day} &&
             calendar.between(to, to + Elapsed{1800}).seconds == 1800)
        to = to + Elapsed{1800};
      begin.push_back(from.seconds), before.push_back(work);
      work += to.seconds - from.seconds;
      at = to;
    }
  }
  [[nodiscard]] std::int64_t add(std::int64_t t, std::int64_t amount) const {
    auto const at = std::upper_bound(begin.begin(), begin.end(), t) - begin.begin() - 1;
    auto const k = static_cast<std::size_t>(at);
    std::int64_t const length = before[k + 1] - before[k];
    std::int64_t const rank = before[k] + std::min(t - begin[k], length) + amount;
    auto const end = std::lower_bound(before.begin(), before.end(), rank) - before.begin() - 1;
    return begin[static_cast<std::size_t>(end)] + rank - before[static_cast<std::size_t>(end)];
  }
};

void calendar_add(benchmark::State& state) {
  auto const calendars = compiled_calendars();
  std::vector<Periods> const periods(calendars.begin(), calendars.end());
  struct Question {
    std::uint32_t calendar;
    std::int64_t from, amount;
  };
  std::vector<Question> questions;
  std::mt19937 random(1);
  for (int i = 0; i < 100000; ++i)
    questions.push_back({static_cast<std::uint32_t>(random() % 8),
                         origin.seconds + 86400 * 7 + static_cast<std::int64_t>(random() % (8 * 525600)) * 60,
                         (1 + static_cast<std::int64_t>(random() % 9600)) * 60});
  MinuteCalendars const tables(calendars, origin, 4000);
  std::vector<std::int32_t> calendar, from, work, to(questions.size());
  for (auto const& q : questions) {
    calendar.push_back(static_cast<std::int32_t>(q.calendar));
    from.push_back(static_cast<std::int32_t>((q.from - origin.seconds) / 60));
    work.push_back(static_cast<std::int32_t>(q.amount / 60));
  }
  std::int64_t ours = 0, theirs = 0, together = 0;
  // One round is over before memory is as near as it is to the others after ten milliseconds of the same.
  constexpr int rounds = 10;
  auto times = in_turns(
      state,
      [&] {
        for (int k = 0; k < rounds; ++k) tables.add(calendar, from, work, to);
      },
      [&] {
        ours = 0;
        for (auto const& q : questions) ours += calendars[q.calendar].add({q.from}, {q.amount}).seconds;
      },
      [&] {
        theirs = 0;
        for (auto const& q : questions) theirs += periods[q.calendar].add(q.from, q.amount);
      });
  times[0] /= rounds;
  for (auto const t : to) together += origin.seconds + std::int64_t{60} * t;
  if (ours != theirs || together != theirs) state.SkipWithError("the search comes to other instants");
  auto const per_question = 1e9 / static_cast<double>(questions.size());
  state.counters["speedup_over_binary_search"] = times[2] / times[0];
  state.counters["ns_per_add"] = times[0] * per_question;
  state.counters["speedup_one_by_one"] = times[2] / times[1];
  state.counters["ns_one_by_one"] = times[1] * per_question;
}
BENCHMARK(calendar_add)->UseManualTime()->MinTime(1);

/// A random network both ways: with calendars and without.
struct Plan {
  support::PlainNetwork net;
  std::vector<std::uint16_t> calendars;
  Slices slices;
  MinuteCalendars tables;
  CalendarPath path;

  explicit Plan(std::uint32_t activities)
      : net(support::layered_network(activities, 1)),
        calendars(support::calendars_at_random(activities, 1)),
        tables(compiled_calendars(), origin, 11000) {
    // Levels of √n with days of work each outlast any calendar: shorter work, as long a project.
    for (auto& duration : net.duration)
      duration = activities > 100000 ? duration / 8 : activities > 10000 ? duration / 2 : duration;
    for (auto& lag : net.lag) lag = activities > 100000 ? lag / 8 : lag;
    path.start = 31 * 1440;
    slices = slice(net.activities(), net.links());
    calendar_path(slices, tables, net.duration, calendars, path);
  }
};

void cpm_calendar(benchmark::State& state) {
  Plan plan(static_cast<std::uint32_t>(state.range(0)));
  CriticalPath bare;
  critical_path(plan.slices, plan.net.duration, bare);
  auto const times = in_turns(
      state,
      [&] {
        forward_pass(plan.slices, plan.tables, plan.path), backward_pass(plan.slices, plan.tables, plan.path);
      },
      [&] { forward_pass(plan.slices, bare), backward_pass(plan.slices, bare); });
  state.counters["ratio_to_calendar_free"] = times[0] / times[1];
  state.counters["ns_per_link"] = times[0] * 1e9 / static_cast<double>(plan.net.lag.size());
  state.counters["years"] = plan.path.finish / 525600.0;
}
BENCHMARK(cpm_calendar)->Arg(10000)->Arg(100000)->Arg(1000000)->UseManualTime()->MinTime(1);

void cpm_rules(benchmark::State& state, Rules const& rules) {
  Plan plan(static_cast<std::uint32_t>(state.range(0)));
  Network const network = rapport::compile(Project(support::facts_of(plan.net, plan.calendars)));
  auto const times = in_turns(
      state, [&] { benchmark::DoNotOptimize(schedule(network, rules).finish()); },
      [&] {
        forward_pass(plan.slices, plan.tables, plan.path), backward_pass(plan.slices, plan.tables, plan.path);
      });
  state.counters["ratio_to_calendar"] = times[0] / times[1];
  state.counters["ns_per_link"] = times[0] * 1e9 / static_cast<double>(plan.net.lag.size());
}
BENCHMARK_CAPTURE(cpm_rules, primavera, Rules::primavera())->Arg(100000)->UseManualTime()->MinTime(1);
BENCHMARK_CAPTURE(cpm_rules, microsoft, Rules::microsoft())->Arg(100000)->UseManualTime()->MinTime(1);

}  // namespace
}  // namespace rapport::bench
