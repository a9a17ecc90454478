#include "rapport/model/record/change_request.h"

#include <array>
#include <charconv>
#include <cmath>

#include "rapport/base/error.h"

namespace rapport {
namespace {

constexpr std::string_view units = "mhdw";  // In the order of TimeUnit.

}  // namespace

Work to_work(Amount amount, double hours_per_day, double days_per_week) {
  double exact = amount.value;
  switch (amount.unit) {
    case TimeUnit::Minutes:
      exact /= 60;
      break;
    case TimeUnit::Hours:
      break;
    case TimeUnit::Days:
      exact *= hours_per_day;
      break;
    case TimeUnit::Weeks:
      exact *= hours_per_day * days_per_week;
      break;
  }
  constexpr double limit = 1e12;
  if (!(std::abs(exact) < limit))
    throw InvalidInput("the amount " + to_string(amount) + " is too large or not a number");
  return hours(exact);
}

Amount parse_amount(std::string_view text) {
  double value = 0;
  std::string_view const number = text.starts_with('+') ? text.substr(1) : text;
  auto const [end, error] =
      std::from_chars(number.data(), number.data() + number.size(), value, std::chars_format::fixed);
  std::string_view unit = number.substr(static_cast<std::size_t>(end - number.data()));
  if (error == std::errc{} && std::isfinite(value)) {
    if (unit.starts_with(' ')) unit.remove_prefix(1);
    if (auto const found = units.find(unit); unit.size() == 1 && found != std::string_view::npos)
      return {value, static_cast<TimeUnit>(found)};
    // As Rapport itself writes work: 1h30m.
    if (unit.size() > 1 && unit.front() == 'h')
      return {static_cast<double>(parse_work(text).seconds) / 3600.0, TimeUnit::Hours};
  }
  throw ParseError(
      "", 0, 0,
      "\"" + std::string(text) +
          "\" is no amount of time; write minutes, hours, days or weeks like 30m, 96h, 12d or 2w");
}

std::string to_string(Amount amount) {
  std::array<char, 400> text{};
  auto const result =
      std::to_chars(text.data(), text.data() + text.size(), amount.value, std::chars_format::fixed);
  return std::string(text.data(), result.ptr) + units[static_cast<std::size_t>(amount.unit)];
}

}  // namespace rapport
