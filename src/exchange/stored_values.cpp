#include "exchange/stored_values.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

namespace rapport {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "-870.333333": up to fifteen digits without an exponent. The digits and the power of ten are exact, so the
/// one division rounds as it should.
std::optional<double> short_number(std::string_view text) {
  constexpr double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6, 1e7,
                               1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14};
  bool const negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > 15) return std::nullopt;
  std::int64_t number = 0;
  std::size_t i = 0;
  auto const take_digits = [&] {
    for (; i < text.size() && is_digit(text[i]); ++i) number = number * 10 + (text[i] - '0');
  };
  take_digits();
  std::size_t const whole = i;
  if (i < text.size() && text[i] == '.') {
    ++i;
    take_digits();
  }
  if (i < text.size() || text == ".") return std::nullopt;
  auto value = static_cast<double>(number);
  if (i > whole) value /= powers[i - whole - 1];
  return negative ? -value : value;
}

std::optional<double> plain_number(std::string_view text) {
  if (auto const number = short_number(text)) return number;
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

/// The first of eight characters in the lowest byte, on every machine.
constexpr std::uint64_t eight_characters(char const* at) {
  std::uint64_t word = 0;
  for (int i = 0; i < 8; ++i) word |= std::uint64_t{static_cast<unsigned char>(at[i])} << 8 * i;
  return word;
}

constexpr std::uint64_t no_pairs = ~std::uint64_t{0};

/// Eight characters of which some are digits (written 0) and the others given. All are looked at together.
struct DigitPattern {
  std::uint64_t expected;
  /// What brings a byte that is neither 0 … 9 nor, where a character is given, 0 to 16 or more.
  std::uint64_t excess = 0;

  explicit constexpr DigitPattern(char const* pattern) : expected(eight_characters(pattern)) {
    for (int i = 0; i < 8; ++i) excess |= std::uint64_t{pattern[i] == '0' ? 0x06U : 0x0FU} << 8 * i;
  }
  /// Byte i holds the number that characters i and i + 1 say; no_pairs where they do not fit.
  [[nodiscard]] std::uint64_t pairs(char const* at) const {
    std::uint64_t const found = eight_characters(at) ^ expected;
    if ((((found + excess) | found) & 0xF0F0F0F0F0F0F0F0) != 0) return no_pairs;
    return found * 10 + (found >> 8);
  }
};
constexpr DigitPattern date_pattern("0000-00-"), time_pattern("00 00:00"), iso_time_pattern("00T00:00");

/// The first day of each month of the years that plans are made for, and of the month behind them.
constexpr int first_year = 1970, years = 160;
constexpr auto first_days = [] {
  std::array<std::int32_t, years * 12 + 1> days{};
  for (int month = 0; month < years * 12 + 1; ++month)
    days[static_cast<std::size_t>(month)] = static_cast<std::int32_t>(
        std::chrono::sys_days(std::chrono::year(first_year + month / 12) / (month % 12 + 1) / 1)
            .time_since_epoch()
            .count());
  return days;
}();

std::optional<Date> date_of(unsigned year, unsigned month, unsigned day) {
  if (year - first_year < years && month - 1 < 12) {
    std::size_t const place = (year - first_year) * 12 + month - 1;
    auto const length = static_cast<unsigned>(first_days[place + 1] - first_days[place]);
    if (day - 1 >= length) return std::nullopt;
    return Date{first_days[place] + static_cast<std::int32_t>(day - 1)};
  }
  std::chrono::year_month_day const date{std::chrono::year(static_cast<int>(year)), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (year < 1400 || year > 9999 || !date.ok()) return std::nullopt;
  return Date{static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count())};
}

std::optional<Instant> instant_of(unsigned year, unsigned month, unsigned day, unsigned hour, unsigned minute,
                                  unsigned second) {
  auto const date = date_of(year, month, day);
  if (!date || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return at(*date, hour * seconds_per_hour + minute * seconds_per_minute + second);
}

/// "2021-9-13 08:00", as P6 15 writes it, "2021-09-13 08.00" and the like of machines that put a dot between
/// hours and minutes.
std::optional<Instant> unusual_instant(std::string_view text) {
  unsigned numbers[6] = {};
  constexpr std::string_view behind[] = {"-", "-", " T", ":.", ":."};
  for (std::size_t k = 0; k < 6; ++k) {
    std::size_t const most = k == 0 ? 4 : 2;
    std::size_t digits = 0;
    while (digits < most && digits < text.size() && is_digit(text[digits]))
      numbers[k] = numbers[k] * 10 + static_cast<unsigned>(text[digits++] - '0');
    if (digits == 0) return std::nullopt;
    text.remove_prefix(digits);
    // A date alone, or one with hours and minutes at least.
    bool const whole = k == 2 || k >= 4;
    if (text.empty() && whole)
      return instant_of(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
    if (text.empty() || k == 5 || behind[k].find(text[0]) == std::string_view::npos) return std::nullopt;
    text.remove_prefix(1);
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> stored_number(std::string_view text) {
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
  // Most are a few digits.
  if (!text.empty() && text.size() <= 6) {
    std::int64_t whole = 0;
    std::size_t i = 0;
    for (; i < text.size() && is_digit(text[i]); ++i) whole = whole * 10 + (text[i] - '0');
    if (i == text.size()) return minutes(whole * 60);
  }
  auto const value = stored_number(text);
  if (!value || std::abs(*value) > 1e7) return std::nullopt;
  return minutes(std::llround(*value * 60));
}

std::optional<Instant> stored_instant(std::string_view text) {
  if (text.size() != 16 && text.size() != 19) return unusual_instant(text);
  std::uint64_t const date = date_pattern.pairs(text.data());
  std::uint64_t const time = (text[10] == 'T' ? iso_time_pattern : time_pattern).pairs(text.data() + 8);
  bool const usual = date != no_pairs && time != no_pairs &&
                     (text.size() == 16 || (text[16] == ':' && is_digit(text[17]) && is_digit(text[18])));
  if (!usual) return unusual_instant(text);
  auto const pair = [](std::uint64_t pairs, int at) { return static_cast<unsigned>(pairs >> 8 * at & 0xFF); };
  unsigned const second =
      text.size() == 16 ? 0 : static_cast<unsigned>((text[17] - '0') * 10 + (text[18] - '0'));
  return instant_of(pair(date, 0) * 100 + pair(date, 2), pair(date, 5), pair(time, 0), pair(time, 3),
                    pair(time, 6), second);
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
    std::size_t end = 0;
    while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) ++end;
    if (end == text.size()) return std::nullopt;
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
