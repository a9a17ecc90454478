#include "rapport/base/time.h"

#include <boost/date_time/gregorian/gregorian_types.hpp>

#include <charconv>

#include "rapport/base/error.h"

namespace rapport {
namespace {

namespace gregorian = boost::gregorian;

gregorian::date const epoch(1970, 1, 1);

[[noreturn]] void refuse(std::string_view text, char const* what) {
  throw ParseError("", 0, 0, "\"" + std::string(text) + "\" is not " + what);
}

/// The `count` digits at `position`, or -1.
int digits(std::string_view text, std::size_t position, std::size_t count) {
  if (position + count > text.size()) return -1;
  int value = 0;
  for (std::size_t i = position; i < position + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/// Writes `value` into `count` characters of `text` from `at` on; quicker than printf, which writers of files
/// call a million times.
void put_digits(std::string& text, std::size_t at, std::size_t count, int value) {
  for (std::size_t i = at + count; i > at; value /= 10) text[--i] = static_cast<char>('0' + value % 10);
}

std::string span(std::int64_t seconds) {
  if (seconds == 0) return "0h";
  std::string text = seconds < 0 ? "-" : "";
  std::uint64_t const size =
      seconds < 0 ? 0 - static_cast<std::uint64_t>(seconds) : static_cast<std::uint64_t>(seconds);
  if (auto const h = size / 3600) text += std::to_string(h) + "h";
  if (auto const m = size / 60 % 60) text += std::to_string(m) + "m";
  if (auto const s = size % 60) text += std::to_string(s) + "s";
  return text;
}

}  // namespace

Date Date::of(int year, int month, int day) {
  try {
    using gregorian::date;
    // The library's own types are narrower than int and would take 65537 for 1.
    if (year < 0 || year > 9999 || month < 0 || month > 12 || day < 0 || day > 31)
      throw std::out_of_range("the calendar runs from 1400-01-01 to 9999-12-31");
    date const found(static_cast<unsigned short>(year), static_cast<unsigned short>(month),
                     static_cast<unsigned short>(day));
    return {static_cast<std::int32_t>((found - epoch).days())};
  } catch (std::out_of_range const& error) {
    throw InvalidInput("there is no day " + std::to_string(year) + "-" + std::to_string(month) + "-" +
                       std::to_string(day) + ": " + error.what());
  }
}

Date parse_date(std::string_view text) {
  int const year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || year < 0 || month < 0 || day < 0)
    refuse(text, "a date like 2027-03-02");
  try {
    return Date::of(year, month, day);
  } catch (InvalidInput const&) {
    refuse(text, "a day of the calendar");
  }
}

Instant parse_instant(std::string_view text) {
  constexpr auto expected = "a time like 2027-03-02T17:00 (project time, without a zone)";
  if (text.size() < 10) refuse(text, expected);
  Date const date = parse_date(text.substr(0, 10));
  if (text.size() == 10) return at(date);
  int const hour = digits(text, 11, 2), minute = digits(text, 14, 2);
  bool const with_seconds = text.size() == 19 && text[16] == ':';
  int const second = with_seconds ? digits(text, 17, 2) : 0;
  bool const separated = (text[10] == 'T' || text[10] == ' ') && text.size() > 13 && text[13] == ':';
  if (!separated || !(text.size() == 16 || with_seconds) || hour < 0 || minute < 0 || second < 0 ||
      minute > 59 || second > 59 || hour > 24 || (hour == 24 && (minute | second) != 0))
    refuse(text, expected);
  return at(date, hour * seconds_per_hour + minute * seconds_per_minute + second);
}

std::string to_string(Date date) {
  // Years outside four digits cannot be written in ISO 8601 without agreement: show the raw day.
  if (date < Date{-208188} || date > Date{2932896}) return "day " + std::to_string(date.days);
  auto const ymd = (epoch + gregorian::days(date.days)).year_month_day();
  std::string text = "0000-00-00";
  put_digits(text, 0, 4, ymd.year);
  put_digits(text, 5, 2, ymd.month);
  put_digits(text, 8, 2, ymd.day);
  return text;
}

std::string to_string(Instant instant) {
  auto const second = static_cast<int>(instant.second_of_day());
  std::string text = to_string(instant.date());
  std::size_t const time = text.size();
  text += second % 60 == 0 ? "T00:00" : "T00:00:00";
  put_digits(text, time + 1, 2, second / 3600);
  put_digits(text, time + 4, 2, second / 60 % 60);
  if (second % 60 != 0) put_digits(text, time + 7, 2, second % 60);
  return text;
}

Work parse_work(std::string_view text) {
  constexpr auto expected = "an amount of working time like 96h, 1h30m or -45m";
  constexpr double limit = 9e15;
  bool const negative = text.starts_with('-');
  std::string_view rest = negative || text.starts_with('+') ? text.substr(1) : text;
  if (rest.empty()) refuse(text, expected);
  double seconds = 0;
  std::int64_t last = seconds_per_hour + 1;
  while (!rest.empty()) {
    double value = 0;
    auto const [end, error] =
        std::from_chars(rest.data(), rest.data() + rest.size(), value, std::chars_format::fixed);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    if (error != std::errc{} || !(value >= 0 && value < limit) || rest.empty()) refuse(text, expected);
    if (rest.front() == 'd' || rest.front() == 'w')
      refuse(text,
             "in hours, minutes and seconds: how long a day or a week is, only a calendar knows; write 16h");
    std::int64_t const unit = rest.front() == 'h'   ? seconds_per_hour
                              : rest.front() == 'm' ? seconds_per_minute
                              : rest.front() == 's' ? 1
                                                    : 0;
    if (unit == 0 || unit >= last) refuse(text, expected);
    seconds += value * static_cast<double>(unit);
    last = unit;
    rest.remove_prefix(1);
  }
  if (seconds >= limit) refuse(text, expected);
  auto const whole = static_cast<std::int64_t>(seconds + 0.5);
  return {negative ? -whole : whole};
}

std::string to_string(Work work) { return span(work.seconds); }
std::string to_string(Elapsed elapsed) { return span(elapsed.seconds); }

}  // namespace rapport
