#pragma once
// Time as Rapport holds it. Project time has no zone: the project states its zone once, and every
// Instant is a wall-clock reading in it. All quantities are whole seconds.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace rapport {

inline constexpr std::int64_t seconds_per_minute = 60;
inline constexpr std::int64_t seconds_per_hour = 3600;
inline constexpr std::int64_t seconds_per_day = 86400;

/// A span on the clock (unit: seconds). May be negative.
struct Elapsed {
  std::int64_t seconds = 0;

  friend constexpr auto operator<=>(Elapsed, Elapsed) = default;
  friend constexpr Elapsed operator+(Elapsed a, Elapsed b) { return {a.seconds + b.seconds}; }
  friend constexpr Elapsed operator-(Elapsed a, Elapsed b) { return {a.seconds - b.seconds}; }
  friend constexpr Elapsed operator-(Elapsed a) { return {-a.seconds}; }
};

/// An amount of working time (unit: seconds). It means something only with a calendar: there is
/// deliberately no `Instant + Work`; a calendar adds work to an instant.
struct Work {
  std::int64_t seconds = 0;

  friend constexpr auto operator<=>(Work, Work) = default;
  friend constexpr Work operator+(Work a, Work b) { return {a.seconds + b.seconds}; }
  friend constexpr Work operator-(Work a, Work b) { return {a.seconds - b.seconds}; }
  friend constexpr Work operator-(Work a) { return {-a.seconds}; }
  constexpr Work& operator+=(Work other) { return seconds += other.seconds, *this; }
  constexpr Work& operator-=(Work other) { return seconds -= other.seconds, *this; }

  [[nodiscard]] constexpr double in_hours() const {
    return static_cast<double>(seconds) / static_cast<double>(seconds_per_hour);
  }
  [[nodiscard]] constexpr std::int64_t in_minutes() const { return seconds / seconds_per_minute; }
};

/// Working time of `count` hours, rounded to the second.
[[nodiscard]] constexpr Work hours(double count) {
  double const exact = count * static_cast<double>(seconds_per_hour);
  return {static_cast<std::int64_t>(exact < 0 ? exact - 0.5 : exact + 0.5)};
}
[[nodiscard]] constexpr Work minutes(std::int64_t count) { return {count * seconds_per_minute}; }

/// A day of the proleptic Gregorian calendar (unit: days since 1970-01-01).
struct Date {
  std::int32_t days = 0;

  friend constexpr auto operator<=>(Date, Date) = default;
  friend constexpr Date operator+(Date a, std::int32_t n) { return {a.days + n}; }
  friend constexpr std::int32_t operator-(Date a, Date b) { return a.days - b.days; }

  /// 0 = Monday … 6 = Sunday.
  [[nodiscard]] constexpr int weekday() const { return static_cast<int>(((days % 7) + 10) % 7); }

  /// The day `year`-`month`-`day`. Errors: InvalidInput when there is no such day in 1400…9999.
  [[nodiscard]] static Date of(int year, int month, int day);
};

/// A moment in project time (unit: seconds since 1970-01-01T00:00 project time).
struct Instant {
  std::int64_t seconds = 0;

  friend constexpr auto operator<=>(Instant, Instant) = default;
  friend constexpr Instant operator+(Instant a, Elapsed b) { return {a.seconds + b.seconds}; }
  friend constexpr Instant operator-(Instant a, Elapsed b) { return {a.seconds - b.seconds}; }
  friend constexpr Elapsed operator-(Instant a, Instant b) { return {a.seconds - b.seconds}; }

  [[nodiscard]] constexpr Date date() const {
    std::int64_t const day =
        seconds >= 0 ? seconds / seconds_per_day : -((-seconds + seconds_per_day - 1) / seconds_per_day);
    return {static_cast<std::int32_t>(day)};
  }
  /// Seconds since midnight, 0 … 86399.
  [[nodiscard]] constexpr std::int64_t second_of_day() const {
    return seconds - static_cast<std::int64_t>(date().days) * seconds_per_day;
  }
};

/// Midnight at the start of `date`, plus `second_of_day`.
[[nodiscard]] constexpr Instant at(Date date, std::int64_t second_of_day = 0) {
  return {static_cast<std::int64_t>(date.days) * seconds_per_day + second_of_day};
}

/// Reads ISO 8601 project time: "2027-03-02", "2027-03-02T17:00", "2027-03-02 17:00:30".
/// Errors: ParseError naming the text, also for a zone suffix (project time has none).
[[nodiscard]] Instant parse_instant(std::string_view text);
[[nodiscard]] Date parse_date(std::string_view text);

/// "2027-03-02T17:00" (seconds only when not zero). Inverse of parse_instant.
[[nodiscard]] std::string to_string(Instant instant);
/// "2027-03-02".
[[nodiscard]] std::string to_string(Date date);
/// "96h", "1h30m", "-45m", "20s": hours, minutes and seconds, never days (a day needs a calendar).
[[nodiscard]] std::string to_string(Work work);
[[nodiscard]] std::string to_string(Elapsed elapsed);

/// Reads "96h", "1h30m", "-45m", "1.5h", "20s", rounded to the second. Errors: ParseError naming the text,
/// also for days and weeks, whose length only a calendar knows.
[[nodiscard]] Work parse_work(std::string_view text);

}  // namespace rapport
