#include "model/spelling.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "rapport/base/error.h"

namespace rapport {
namespace {

[[noreturn]] void refuse(std::string_view text, std::string const& expected) {
  throw ParseError("", 0, 0, "\"" + std::string(text) + "\" is not " + expected);
}

}  // namespace

std::string clock_text(std::int32_t second) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d", second / 3600, second / 60 % 60);
  std::string result = text.data();
  if (second % 60 != 0) {
    std::snprintf(text.data(), text.size(), ":%02d", second % 60);
    result += text.data();
  }
  return result;
}

std::int32_t parse_clock(std::string_view text) {
  constexpr auto expected = "a time of day like 08:00, at most 24:00";
  if (text.size() != 5 && text.size() != 8) refuse(text, expected);
  std::int32_t second = 0;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    bool const digits = text[i] >= '0' && text[i] <= '9' && text[i + 1] >= '0' && text[i + 1] <= '9';
    if (!digits || (i > 0 && text[i - 1] != ':')) refuse(text, expected);
    std::int32_t const part = (text[i] - '0') * 10 + (text[i + 1] - '0');
    if (i > 0 && part > 59) refuse(text, expected);
    second += part * (i == 0 ? 3600 : i == 3 ? 60 : 1);
  }
  if (second > seconds_per_day) refuse(text, expected);
  return second;
}

std::string lag_text(Lag const& lag) {
  if (is_percent(lag.kind)) {
    std::array<char, 400> text{};
    auto const end =
        std::to_chars(text.data(), text.data() + text.size(), lag.percent, std::chars_format::fixed).ptr;
    return std::string(text.data(), end) + (is_elapsed(lag.kind) ? "e%" : "%");
  }
  std::string text = to_string(Work{lag.seconds});
  if (lag.kind == LagKind::Elapsed)
    for (std::size_t i = 0; i < text.size(); ++i)
      if (text[i] >= 'a') text.insert(i++, 1, 'e');
  return text;
}

Lag parse_lag(std::string_view text) {
  constexpr auto expected =
      "a lag like 16h (working time), 16eh (on the clock), 50% or 50e% (of the predecessor's duration)";
  if (text.ends_with('%')) {
    bool const elapsed = text.ends_with("e%");
    auto const* const last = text.data() + text.size() - (elapsed ? 2 : 1);
    double percent = 0;
    auto const [end, error] = std::from_chars(text.data(), last, percent, std::chars_format::fixed);
    if (error != std::errc{} || end != last || !std::isfinite(percent)) refuse(text, expected);
    return {elapsed ? LagKind::ElapsedPercent : LagKind::Percent, 0, percent};
  }
  if (text.find('e') == std::string_view::npos) return {LagKind::Working, parse_work(text).seconds, 0};
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const unit = text[i] >= 'a' && text[i] <= 'z' && text[i] != 'e';
    if (text[i] == 'e') continue;
    if (unit && (i == 0 || text[i - 1] != 'e')) refuse(text, expected);
    plain += text[i];
  }
  return {LagKind::Elapsed, parse_work(plain).seconds, 0};
}

std::string_view rate_per(Resource const& resource) {
  if (resource.kind != ResourceKind::Material) return "h";
  return resource.unit.empty() ? std::string_view("unit") : std::string_view(resource.unit);
}

std::string rate_text(Rate rate, std::string_view per) { return to_string(rate) + "/" + std::string(per); }

Rate parse_rate(std::string_view text, std::string_view per) {
  auto const slash = text.find('/');
  if (slash != std::string_view::npos && text.substr(slash + 1) != per)
    refuse(text, "a rate per " + std::string(per) + " like 85.50 EUR/" + std::string(per));
  return parse_rate(text.substr(0, slash));
}

}  // namespace rapport
