#include "exchange/spelled_values.h"

#include <charconv>
#include <cstdio>
#include <cstdlib>

namespace rapport {

std::string spelled_number(double value) {
  char buffer[400];
  auto const [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed);
  return error == std::errc() ? std::string(buffer, end) : "0";
}

std::string spelled_number(double value, int decimals) {
  char buffer[400];
  auto const [end, error] =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, decimals);
  if (error != std::errc()) return "0";
  std::string text(buffer, end);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

std::string spelled_hours(std::int64_t seconds) {
  if (seconds % seconds_per_hour == 0) return std::to_string(seconds / seconds_per_hour);
  return spelled_number(static_cast<double>(seconds) / static_cast<double>(seconds_per_hour), 6);
}

std::string spelled_minute(std::optional<Instant> instant) {
  if (!instant) return "";
  std::string text = to_string(*instant);
  if (text[4] != '-') return "";  // beyond the years that can be written
  text[10] = ' ';
  return text;
}

std::string spelled_second(std::optional<Instant> instant) {
  if (!instant) return "";
  std::string text = to_string(*instant);
  if (text[4] != '-') return "";
  return text.size() == 16 ? text + ":00" : text;
}

std::string spelled_duration(std::int64_t seconds) {
  std::int64_t const amount = std::abs(seconds);
  return (seconds < 0 ? "-PT" : "PT") + std::to_string(amount / 3600) + "H" +
         std::to_string(amount / 60 % 60) + "M" + std::to_string(amount % 60) + "S";
}

std::string spelled_amount(Money amount) {
  std::string const text = to_string(amount);
  return text.substr(0, text.find(' '));
}

}  // namespace rapport
