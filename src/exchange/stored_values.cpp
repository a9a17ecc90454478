#include "exchange/stored_values.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <string>

namespace rapport {
namespace {

/// Two or four digits at `position`, or -1.
int digits(std::string_view text, std::size_t position, std::size_t count) {
  if (position + count > text.size()) return -1;
  int value = 0;
  for (std::size_t i = position; i < position + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/// "-870.333333": up to fifteen digits without an exponent. The digits and the power of ten are exact, so the
/// one division rounds as it should.
std::optional<double> short_number(std::string_view text) {
  constexpr double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6, 1e7,
                               1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14};
  bool const negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > 15) return std::nullopt;
  std::int64_t number = 0;
  std::size_t decimals = 0;
  bool after_mark = false;
  for (char const c : text) {
    auto const digit = static_cast<unsigned>(c) - '0';
    if (digit <= 9) {
      number = number * 10 + static_cast<std::int64_t>(digit);
      decimals += after_mark ? 1 : 0;
    } else if (c == '.' && !after_mark) {
      after_mark = true;
    } else {
      return std::nullopt;
    }
  }
  if (text.size() == (after_mark ? 1U : 0U)) return std::nullopt;
  double const value = static_cast<double>(number) / powers[decimals];
  return negative ? -value : value;
}

std::optional<double> plain_number(std::string_view text) {
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace

std::optional<double> stored_number(std::string_view text) {
  if (auto const number = short_number(text)) return number;
  if (text.find(',') == std::string_view::npos) return plain_number(text);
  // Of '.' and ',' the later one is the decimal mark.
  char const decimal =
      text.rfind(',') > text.rfind('.') || text.rfind('.') == std::string_view::npos ? ',' : '.';
  std::string plain;
  for (char const c : text) {
    if (c == decimal)
      plain += '.';
    else if (c != ',' && c != '.')
      plain += c;
  }
  return plain_number(plain);
}

std::optional<Work> stored_hours(std::string_view text) {
  auto const value = stored_number(text);
  if (!value || std::abs(*value) > 1e7) return std::nullopt;
  return minutes(std::llround(*value * 60));
}

std::optional<Instant> stored_instant(std::string_view text) {
  int const year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (year < 1400 || month < 1 || day < 1 || text[4] != '-' || text[7] != '-') return std::nullopt;
  std::chrono::year_month_day const date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  int hour = 0, minute = 0, second = 0;
  if (text.size() > 10) {
    hour = digits(text, 11, 2), minute = digits(text, 14, 2);
    if ((text[10] != ' ' && text[10] != 'T') || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
        text[13] != ':') {
      return std::nullopt;
    }
    if (text.size() > 16) second = digits(text, 17, 2);
    if (second < 0 || second > 59 || (text.size() > 16 && (text.size() != 19 || text[16] != ':')))
      return std::nullopt;
  }
  auto const days = std::chrono::sys_days(date).time_since_epoch().count();
  return at(Date{static_cast<std::int32_t>(days)},
            hour * seconds_per_hour + minute * seconds_per_minute + second);
}

std::optional<std::int64_t> stored_seconds(std::string_view text) {
  bool const negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (!text.starts_with('P') || text.size() < 2) return std::nullopt;
  text.remove_prefix(1);
  bool in_time = false;
  double seconds = 0;
  while (!text.empty()) {
    if (text[0] == 'T' && !in_time) {
      in_time = true;
      text.remove_prefix(1);
      continue;
    }
    std::size_t const end = text.find_first_not_of("0123456789.");
    if (end == std::string_view::npos) return std::nullopt;
    auto const value = plain_number(text.substr(0, end));
    char const unit = text[end];
    double const factor = in_time       ? (unit == 'H'   ? 3600
                                           : unit == 'M' ? 60
                                           : unit == 'S' ? 1
                                                         : 0)
                          : unit == 'D' ? 86400
                                        : 0;
    if (!value || factor == 0) return std::nullopt;
    seconds += *value * factor;
    text.remove_prefix(end + 1);
  }
  if (seconds > 3.6e10) return std::nullopt;
  auto const whole = std::llround(seconds);
  return negative ? -whole : whole;
}

}  // namespace rapport
