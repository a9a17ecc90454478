#include "rapport/network/working_time.h"

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <utility>

#include "rapport/base/error.h"

namespace rapport {
namespace {

// Instants of the years 1400 to 9999, the dates that a project may name.
constexpr std::int64_t first_second = -17987443200;
constexpr std::int64_t last_second = 253402300800;
constexpr std::int64_t longest_work = last_second - first_second;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

DayShifts const& of_week(std::span<Calendar const> chain, int weekday) {
  static DayShifts const not_worked;
  for (auto const& calendar : chain) {
    if (auto const& shifts = calendar.week[static_cast<std::size_t>(weekday)]) return *shifts;
  }
  return not_worked;
}

/// The shifts of each day from `first` to `last`: what has least precedence is laid down first.
std::vector<DayShifts const*> days_of(std::span<Calendar const> chain, Date first, Date last) {
  std::vector<DayShifts const*> days;
  for (Date day = first; day <= last; day = day + 1) days.push_back(&of_week(chain, day.weekday()));
  auto const lay = [&](Date from, Date to, auto const& shifts_of) {
    for (Date day = std::max(from, first); day <= std::min(to, last); day = day + 1) {
      if (DayShifts const* const shifts = shifts_of(day))
        days[static_cast<std::size_t>(day - first)] = shifts;
    }
  };
  for (auto calendar = chain.rbegin(); calendar != chain.rend(); ++calendar) {
    for (auto const& work_week : calendar->work_weeks) {
      lay(work_week.first, work_week.last, [&](Date day) {
        auto const& shifts = work_week.week[static_cast<std::size_t>(day.weekday())];
        return shifts ? &*shifts : nullptr;
      });
    }
    for (auto const& exception : calendar->exceptions) {
      lay(exception.first, exception.last, [&](Date) { return &exception.shifts; });
    }
  }
  return days;
}

DayShifts common(DayShifts const& a, DayShifts const& b) {
  DayShifts both;
  for (auto const& x : a) {
    for (auto const& y : b) {
      Shift const shift{std::max(x.from, y.from), std::min(x.to, y.to)};
      if (shift.from < shift.to) both.push_back(shift);
    }
  }
  return both;
}

}  // namespace

struct WorkingTime::Tables {
  /// One kind of day. The second of the day after `rank` of its work is first + rank + the pauses
  /// passed until then; most days pause once at most, so that one needs no loop.
  struct Pattern {
    std::int64_t total = 0;
    std::int64_t first = seconds_per_day;     // second of the day at which work begins
    std::int64_t until_pause = 0, pause = 0;  // work before the first pause; its length
    struct Pause {
      std::int64_t work_before, length;
    };
    std::vector<Pause> more;  // the pauses after that one

    explicit Pattern(DayShifts const& shifts) {
      std::int64_t end = 0;
      for (auto const& shift : shifts) {
        std::int64_t const length = shift.to - shift.from;
        if (length <= 0) continue;
        if (total == 0)
          first = shift.from, until_pause = length;
        else if (shift.from == end && more.empty() && pause == 0)
          until_pause += length;
        else if (more.empty() && pause == 0)
          pause = shift.from - end;
        else
          more.push_back({total, shift.from - end});
        total += length;
        end = shift.to;
      }
    }
  };

  /// The working seconds before a day and the kind of day it is, in one word to be loaded at once.
  struct Word {
    std::uint64_t bits;
    Word(std::int64_t rank, std::uint16_t pattern) : bits(static_cast<std::uint64_t>(rank) << 16 | pattern) {}
    [[nodiscard]] std::int64_t rank() const { return static_cast<std::int64_t>(bits >> 16); }
    [[nodiscard]] std::size_t pattern() const { return bits & 0xffff; }
  };

  std::string key, name;
  double hours_per_day = 8;
  bool round_the_clock = false;

  std::vector<Pattern> patterns;
  std::array<std::uint16_t, 7> week{};        // pattern by weekday, outside the table
  std::int64_t week_total = 0;                // working seconds of such a week
  std::int64_t first_day = 0;                 // of the table
  std::vector<Word> days;                     // of the table, and one more
  std::vector<Word> worked;                   // those with working time, and one more
  std::vector<std::uint32_t> worked_day;      // what days those are, counted in the table
  std::vector<std::uint32_t> worked_by_rank;  // rank >> bucket_bits -> first candidate in `worked`
  std::uint64_t table_seconds = 0;
  int bucket_bits = 0;

  [[nodiscard]] std::int64_t end_day() const {
    return first_day + static_cast<std::int64_t>(days.size()) - 1;
  }
  [[nodiscard]] std::int64_t table_total() const { return days.back().rank(); }

  std::uint16_t pattern_of(DayShifts const& shifts, std::map<DayShifts, std::uint16_t>& known) {
    auto const [it, is_new] = known.try_emplace(shifts, static_cast<std::uint16_t>(patterns.size()));
    if (is_new) patterns.emplace_back(shifts);
    return it->second;
  }

  [[nodiscard]] static std::int64_t rank_in_day(Pattern const& pattern, std::int64_t second) {
    std::int64_t const since = std::max<std::int64_t>(second - pattern.first, 0);
    std::int64_t const after = std::max<std::int64_t>(since - pattern.until_pause - pattern.pause, 0);
    std::int64_t rank = std::min(since, pattern.until_pause) + after;
    for (auto const& pause : pattern.more) {
      if (rank <= pause.work_before) break;
      rank = std::max(rank - pause.length, pause.work_before);
    }
    return std::min(rank, pattern.total);
  }

  // The second of the day by which `rank` of its working time has passed; the latest such second
  // when it may lie behind a pause. The day has that much work.
  template <bool Earliest>
  [[nodiscard]] static std::int64_t second_in_day(Pattern const& pattern, std::int64_t rank) {
    // Masks instead of branches: half of all questions lie behind the pause, which no processor guesses.
    auto const passed = [rank](std::int64_t work) {
      return -static_cast<std::int64_t>(Earliest ? rank > work : rank >= work);
    };
    std::int64_t second = pattern.first + rank + (passed(pattern.until_pause) & pattern.pause);
    for (auto const& pause : pattern.more) second += passed(pause.work_before) & pause.length;
    return second;
  }

  [[nodiscard]] Pattern const& week_pattern(std::int64_t day) const {
    return patterns[week[static_cast<std::size_t>(Date{static_cast<std::int32_t>(day)}.weekday())]];
  }

  // Outside the table the week repeats, counted from the edge `day0` whose rank is `rank0`.
  [[nodiscard]] std::int64_t rank_by_weeks(std::int64_t t, std::int64_t day0, std::int64_t rank0) const {
    std::int64_t const day = floor_div(t, seconds_per_day);
    std::int64_t const weeks = floor_div(day - day0, 7);
    std::int64_t rank = rank0 + weeks * week_total;
    for (std::int64_t d = day0 + weeks * 7; d < day; ++d) rank += week_pattern(d).total;
    return rank + rank_in_day(week_pattern(day), t - day * seconds_per_day);
  }

  template <bool Earliest>
  [[nodiscard]] std::int64_t select_by_weeks(std::int64_t rank, std::int64_t day0, std::int64_t rank0) const {
    if (week_total == 0) refuse();
    std::int64_t rest = rank - rank0;
    std::int64_t const weeks = floor_div(Earliest ? rest - 1 : rest, week_total);
    rest -= weeks * week_total;
    std::int64_t day = day0 + weeks * 7;
    for (;; ++day) {
      std::int64_t const total = week_pattern(day).total;
      if (Earliest ? rest <= total : rest < total) break;
      rest -= total;
    }
    auto const& pattern = week_pattern(day);
    std::int64_t const t = day * seconds_per_day + second_in_day<Earliest>(pattern, rest);
    if (t < first_second || t > last_second) refuse();
    return t;
  }

  [[nodiscard]] std::int64_t rank(std::int64_t t) const {
    if (round_the_clock) return t;
    std::int64_t const since = t - first_day * seconds_per_day;
    if (since < 0) return rank_by_weeks(t, first_day, 0);
    auto const second = static_cast<std::uint64_t>(since);
    if (second >= table_seconds) return rank_by_weeks(t, end_day(), table_total());
    std::uint64_t const day = second / seconds_per_day;
    Word const word = days[day];
    return word.rank() +
           rank_in_day(patterns[word.pattern()], static_cast<std::int64_t>(second - day * seconds_per_day));
  }

  template <bool Earliest>
  [[nodiscard]] std::int64_t select(std::int64_t rank) const {
    if (round_the_clock) return rank;
    if (Earliest ? rank <= 0 : rank < 0) return select_by_weeks<Earliest>(rank, first_day, 0);
    if (Earliest ? rank > table_total() : rank >= table_total()) {
      return select_by_weeks<Earliest>(rank, end_day(), table_total());
    }
    auto const behind = [&](std::size_t k) {
      return Earliest ? worked[k + 1].rank() < rank : worked[k + 1].rank() <= rank;
    };
    std::size_t k = worked_by_rank[static_cast<std::size_t>((Earliest ? rank - 1 : rank) >> bucket_bits)];
    k += behind(k);  // most often the last step, and cheaper than to ask
    while (behind(k)) ++k;
    Word const word = worked[k];
    return (first_day + std::int64_t{worked_day[k]}) * seconds_per_day +
           second_in_day<Earliest>(patterns[word.pattern()], rank - word.rank());
  }

  void index_ranks() {
    std::int64_t shortest = seconds_per_day;
    for (std::size_t day = 0; day + 1 < days.size(); ++day) {
      std::int64_t const total = patterns[days[day].pattern()].total;
      if (total == 0) continue;
      worked.push_back(days[day]);
      worked_day.push_back(static_cast<std::uint32_t>(day));
      shortest = std::min(shortest, total);
    }
    // Twice, as `select` may look one further than the last day.
    worked.insert(worked.end(), 2, Word{INT64_MAX >> 16, 0});
    table_seconds = (days.size() - 1) * static_cast<std::uint64_t>(seconds_per_day);
    // A bucket no longer than the shortest day holds at most two days; an hour bounds the memory.
    auto const width = static_cast<std::uint64_t>(std::max(shortest, seconds_per_hour));
    bucket_bits = static_cast<int>(std::bit_width(width)) - 1;
    std::size_t candidate = 0;
    for (std::int64_t rank = 0; rank < table_total(); rank += std::int64_t{1} << bucket_bits) {
      while (worked[candidate + 1].rank() <= rank) ++candidate;
      worked_by_rank.push_back(static_cast<std::uint32_t>(candidate));
    }
  }

  [[noreturn]] void refuse() const {
    throw InvalidInput("calendar " + key + " (" + name +
                       ") has not so much working time in the years 1400 to 9999; give it working days, or "
                       "shorten what is planned on it");
  }
};

WorkingTime::WorkingTime() {
  static auto const always = [] {
    auto tables = std::make_shared<Tables>();
    tables->name = "24 hours";
    tables->hours_per_day = 24;
    tables->round_the_clock = true;
    return tables;
  }();
  tables_ = always;
}

WorkingTime::WorkingTime(std::span<Calendar const> chain, std::span<Calendar const> of_resource,
                         Date tables_from, Date tables_to) {
  auto tables = std::make_shared<Tables>();
  tables->key = chain.front().key;
  tables->name = chain.front().name;
  tables->hours_per_day = chain.front().hours_per_day;
  if (!of_resource.empty()) tables->key += " and " + of_resource.front().key;

  Date first = tables_from, last = tables_to;
  auto const widen = [&](Date from, Date to) {
    if (from > to) return;
    first = std::min(first, from);
    last = std::max(last, to);
  };
  for (auto part : {chain, of_resource}) {
    for (auto const& calendar : part) {
      for (auto const& exception : calendar.exceptions) widen(exception.first, exception.last);
      for (auto const& week : calendar.work_weeks) widen(week.first, week.last);
    }
  }
  // Nobody plans outside these years; an exception for ever must not cost memory for ever.
  first = std::max(first, Date::of(1400, 1, 1));
  last = std::min(last, Date::of(9999, 12, 31));

  std::map<DayShifts, std::uint16_t> known;
  bool always = true;
  Date const monday{4};  // 1970-01-05
  for (int weekday = 0; weekday < 7; ++weekday) {
    auto const& own = of_week(chain, weekday);
    auto const pattern =
        tables->pattern_of(of_resource.empty() ? own : common(own, of_week(of_resource, weekday)), known);
    tables->week[static_cast<std::size_t>((monday + weekday).weekday())] = pattern;
    tables->week_total += tables->patterns[pattern].total;
    always = always && tables->patterns[pattern].total == seconds_per_day;
  }
  tables->first_day = first.days;
  std::int64_t total = 0;
  auto const own_days = days_of(chain, first, last);
  auto const resource_days =
      of_resource.empty() ? std::vector<DayShifts const*>{} : days_of(of_resource, first, last);
  for (std::size_t day = 0; day < own_days.size(); ++day) {
    auto const pattern = tables->pattern_of(
        of_resource.empty() ? *own_days[day] : common(*own_days[day], *resource_days[day]), known);
    tables->days.emplace_back(total, pattern);
    total += tables->patterns[pattern].total;
    always = always && tables->patterns[pattern].total == seconds_per_day;
  }
  tables->days.emplace_back(total, std::uint16_t{0});
  tables->round_the_clock = always;
  if (tables->week_total == 0 && tables->table_total() == 0) {
    throw InvalidInput("calendar " + tables->key + " (" + tables->name +
                       ") has no working time at all; give it working days, or plan on another calendar");
  }
  tables->index_ranks();
  tables_ = std::move(tables);
}

std::string const& WorkingTime::key() const { return tables_->key; }
std::string const& WorkingTime::name() const { return tables_->name; }
double WorkingTime::hours_per_day() const { return tables_->hours_per_day; }
bool WorkingTime::round_the_clock() const { return tables_->round_the_clock; }

Instant WorkingTime::add(Instant from, Work amount) const {
  if (amount.seconds == 0) return from;
  if (amount.seconds > longest_work || amount.seconds < -longest_work) tables_->refuse();
  std::int64_t const rank = tables_->rank(from.seconds) + amount.seconds;
  std::int64_t const t = amount.seconds > 0 ? tables_->select<true>(rank) : tables_->select<false>(rank);
  if (t < first_second || t > last_second) tables_->refuse();
  return {t};
}

Instant WorkingTime::next_working(Instant t) const {
  return {tables_->select<false>(tables_->rank(t.seconds))};
}
Instant WorkingTime::previous_working(Instant t) const {
  return {tables_->select<true>(tables_->rank(t.seconds))};
}
Work WorkingTime::rank(Instant t) const { return {tables_->rank(t.seconds)}; }
Instant WorkingTime::earliest_of_rank(Work rank) const { return {tables_->select<true>(rank.seconds)}; }
Instant WorkingTime::latest_of_rank(Work rank) const { return {tables_->select<false>(rank.seconds)}; }

}  // namespace rapport
