#include "rapport/base/money.h"

#include <boost/multiprecision/cpp_int.hpp>

#include <charconv>
#include <cmath>
#include <limits>

#include "rapport/base/error.h"

namespace rapport {
namespace {

using Wide = boost::multiprecision::int256_t;

constexpr std::int64_t power_of_ten(int exponent) {
  std::int64_t value = 1;
  while (exponent-- > 0) value *= 10;
  return value;
}

std::int64_t narrow(Wide const& value, char const* what) {
  if (value > std::numeric_limits<std::int64_t>::max() || value < std::numeric_limits<std::int64_t>::min())
    throw InvalidInput(std::string(what) + " is too large to be held exactly");
  return static_cast<std::int64_t>(value);
}

std::int64_t rounded(double value, char const* what) {
  double const nearest = std::round(value);
  // 2^63 itself is the first double that does not fit.
  if (!(std::abs(nearest) < 9.2233720368547758e18))
    throw InvalidInput(std::string(what) + " is too large or not a number");
  return static_cast<std::int64_t>(nearest);
}

/// numerator / denominator, rounded half away from zero.
Wide divided(Wide const& numerator, Wide const& denominator) {
  Wide const half = denominator / 2;
  return (numerator < 0 ? numerator - half : numerator + half) / denominator;
}

Currency common(Money a, Money b) {
  if (a.currency == b.currency) return a.currency;
  if (a.minor == 0 && a.currency == Currency()) return b.currency;
  if (b.minor == 0 && b.currency == Currency()) return a.currency;
  throw InvalidInput("cannot combine " + to_string(a) + " with " + to_string(b) +
                     ": convert one of them with a dated exchange rate first");
}

}  // namespace

Currency::Currency(std::string_view code) {
  bool good = code.size() == 3;
  for (char const c : code) good = good && c >= 'A' && c <= 'Z';
  if (!good) throw InvalidInput("\"" + std::string(code) + "\" is no ISO 4217 currency code such as EUR");
  for (std::size_t i = 0; i < 3; ++i) letters_[i] = code[i];
}

int Currency::minor_digits() const {
  // ISO 4217:2015 list one, the codes whose exponent is not 2.
  constexpr std::string_view none = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
  constexpr std::string_view three = "BHD IQD JOD KWD LYD OMR TND";
  std::string const text = code();
  if (none.find(text) != std::string_view::npos) return 0;
  return three.find(text) != std::string_view::npos ? 3 : 2;
}

Money Money::of(double major, Currency currency) {
  return {rounded(major * static_cast<double>(power_of_ten(currency.minor_digits())), "the amount"),
          currency};
}

double Money::in_major() const {
  return static_cast<double>(minor) / static_cast<double>(power_of_ten(currency.minor_digits()));
}

Money operator+(Money a, Money b) { return {narrow(Wide(a.minor) + b.minor, "the sum"), common(a, b)}; }

Money operator-(Money a, Money b) {
  return {narrow(Wide(a.minor) - b.minor, "the difference"), common(a, b)};
}

Money scaled(Money amount, double factor) {
  return {rounded(static_cast<double>(amount.minor) * factor, "the amount"), amount.currency};
}

Rate Rate::of(double major_per_unit, Currency currency) {
  return {rounded(major_per_unit * 1e6, "the rate"), currency};
}

Money cost_of(Work work, Rate rate) {
  Wide const exact = Wide(work.seconds) * rate.micro * power_of_ten(rate.currency.minor_digits());
  return {narrow(divided(exact, Wide(seconds_per_hour) * 1'000'000), "the cost"), rate.currency};
}

Money cost_of(double quantity, Rate rate) { return Money::of(quantity * rate.in_major(), rate.currency); }

std::string to_string(Money amount) {
  int const digits = amount.currency.minor_digits();
  std::string text = std::to_string(amount.minor);
  bool const negative = text.front() == '-';
  if (negative) text.erase(0, 1);
  if (digits > 0) {
    auto const wanted = static_cast<std::size_t>(digits);
    if (text.size() <= wanted) text.insert(0, wanted + 1 - text.size(), '0');
    text.insert(text.size() - wanted, 1, '.');
  }
  return (negative ? "-" : "") + text + " " + amount.currency.code();
}

Money parse_money(std::string_view text) {
  auto const refuse = [&]() -> Money {
    throw ParseError("", 0, 0, "\"" + std::string(text) + "\" is no amount of money like 12000.50 EUR");
  };
  auto const space = text.find(' ');
  if (space == std::string_view::npos || space == 0) return refuse();
  std::string_view const code = text.substr(space + 1);
  std::string_view number = text.substr(0, space);
  if (code.size() != 3) return refuse();
  Currency const currency{code};
  bool const negative = number.front() == '-';
  if (negative || number.front() == '+') number.remove_prefix(1);
  auto const point = number.find('.');
  std::string digits(number.substr(0, point));
  std::string fraction(point == std::string_view::npos ? "" : number.substr(point + 1));
  auto const places = static_cast<std::size_t>(currency.minor_digits());
  if (digits.empty() || fraction.size() > places || (point != std::string_view::npos && fraction.empty()))
    return refuse();
  fraction.resize(places, '0');
  digits += fraction;
  std::int64_t minor = 0;
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), minor);
  if (error != std::errc{} || end != digits.data() + digits.size() || minor < 0) return refuse();
  return {negative ? -minor : minor, currency};
}

}  // namespace rapport
