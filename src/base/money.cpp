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
template <class Number>
Number divided(Number const& numerator, Number const& denominator) {
  Number const half = denominator / 2;
  return (numerator < 0 ? numerator - half : numerator + half) / denominator;
}

/// a + b, as long as it can be held.
std::int64_t sum(std::int64_t a, std::int64_t b, char const* what) {
  using Limits = std::numeric_limits<std::int64_t>;
  if (b > 0 ? a > Limits::max() - b : a < Limits::min() - b) return narrow(Wide(a) + b, what);
  return a + b;
}

/// A currency's letters as one number.
constexpr std::uint32_t packed(char const* letters) {
  std::uint32_t number = 0;
  for (int i = 0; i < 3; ++i) number = number << 8 | static_cast<unsigned char>(letters[i]);
  return number;
}

Currency common(Money a, Money b) {
  if (a.currency == b.currency) return a.currency;
  if (a.minor == 0 && a.currency == Currency()) return b.currency;
  if (b.minor == 0 && b.currency == Currency()) return a.currency;
  throw InvalidInput("cannot combine " + to_string(a) + " with " + to_string(b) +
                     ": convert one of them with a dated exchange rate first");
}

constexpr int rate_digits = 6;

/// `value` / 10^`digits` in decimal.
std::string decimal(std::int64_t value, int digits) {
  std::string text = std::to_string(value);
  bool const negative = text.front() == '-';
  if (negative) text.erase(0, 1);
  if (digits > 0) {
    auto const wanted = static_cast<std::size_t>(digits);
    if (text.size() <= wanted) text.insert(0, wanted + 1 - text.size(), '0');
    text.insert(text.size() - wanted, 1, '.');
  }
  return (negative ? "-" : "") + text;
}

struct Priced {
  bool negative = false;
  std::string_view whole, fraction;
  Currency currency;
};

/// "-12.50 EUR" into its parts.
Priced split(std::string_view text, char const* expected) {
  auto const refuse = [&] { throw ParseError("", 0, 0, "\"" + std::string(text) + "\" is not " + expected); };
  auto const digits = [](std::string_view part) {
    return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
  };
  auto const space = text.find(' ');
  if (space == std::string_view::npos) refuse();
  Priced priced;
  std::string_view number = text.substr(0, space);
  priced.negative = number.starts_with('-');
  if (priced.negative || number.starts_with('+')) number.remove_prefix(1);
  auto const point = number.find('.');
  priced.whole = number.substr(0, point);
  if (point != std::string_view::npos) priced.fraction = number.substr(point + 1);
  if (!digits(priced.whole) || (point != std::string_view::npos && !digits(priced.fraction))) refuse();
  try {
    priced.currency = Currency(text.substr(space + 1));
  } catch (InvalidInput const& error) {
    throw ParseError("", 0, 0, error.what());
  }
  return priced;
}

/// The number of `priced` × 10^`digits`, exactly.
std::int64_t scaled_up(Priced const& priced, int digits, std::string_view text) {
  auto const places = static_cast<std::size_t>(digits);
  std::string fraction(priced.fraction);
  if (fraction.size() > places)
    throw ParseError("", 0, 0,
                     "\"" + std::string(text) + "\" has more than " + std::to_string(digits) + " decimals");
  fraction.resize(places, '0');
  std::string const all = (priced.negative ? "-" : "") + std::string(priced.whole) + fraction;
  std::int64_t value = 0;
  if (std::from_chars(all.data(), all.data() + all.size(), value).ec != std::errc{})
    throw ParseError("", 0, 0, "\"" + std::string(text) + "\" is too large");
  return value;
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
  // clang-format off
  switch (packed(letters_.data())) {
    case packed("BIF"): case packed("CLP"): case packed("DJF"): case packed("GNF"): case packed("ISK"):
    case packed("JPY"): case packed("KMF"): case packed("KRW"): case packed("PYG"): case packed("RWF"):
    case packed("UGX"): case packed("VND"): case packed("VUV"): case packed("XAF"): case packed("XOF"):
    case packed("XPF"):
      return 0;
    case packed("BHD"): case packed("IQD"): case packed("JOD"): case packed("KWD"): case packed("LYD"):
    case packed("OMR"): case packed("TND"):
      return 3;
    default:
      return 2;
  }
  // clang-format on
}

Money Money::of(double major, Currency currency) {
  return {rounded(major * static_cast<double>(power_of_ten(currency.minor_digits())), "the amount"),
          currency};
}

double Money::in_major() const {
  return static_cast<double>(minor) / static_cast<double>(power_of_ten(currency.minor_digits()));
}

Money operator+(Money a, Money b) { return {sum(a.minor, b.minor, "the sum"), common(a, b)}; }

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
  constexpr std::int64_t unit = seconds_per_hour * 1'000'000;
  std::int64_t const minor_units = power_of_ten(rate.currency.minor_digits());
  double const about =
      static_cast<double>(work.seconds) * static_cast<double>(rate.micro) * static_cast<double>(minor_units);
  if (std::abs(about) < 9e18)  // nearly always: no need of wider numbers
    return {divided(work.seconds * rate.micro * minor_units, unit), rate.currency};
  Wide const exact = Wide(work.seconds) * rate.micro * minor_units;
  return {narrow(divided(exact, Wide(unit)), "the cost"), rate.currency};
}

Money cost_of(double quantity, Rate rate) {
  if (!(std::abs(quantity) < 1e20))
    return Money::of(quantity * rate.in_major(), rate.currency);  // no plan has so many
  // Its shortest digits are what somebody wrote: 1.005 is meant, not the double that lies next to it.
  char text[32];
  auto const [end, error] = std::to_chars(text, text + sizeof text, quantity, std::chars_format::scientific);
  std::string_view const all(text, static_cast<std::size_t>(end - text));
  auto const e = all.find('e');
  int exponent = 0;
  std::from_chars(all.data() + e + (all[e + 1] == '+' ? 2 : 1), end, exponent);
  std::int64_t digits = 0;
  for (char const c : all.substr(0, e)) {
    if (c >= '0' && c <= '9') digits = digits * 10 + (c - '0');
  }
  auto const point = all.substr(0, e).find('.');
  if (point != std::string_view::npos) exponent -= static_cast<int>(e - point - 1);
  if (exponent < -40) return {0, rate.currency};
  Wide exact =
      Wide(all.front() == '-' ? -digits : digits) * rate.micro * power_of_ten(rate.currency.minor_digits());
  Wide unit = 1'000'000;
  for (; exponent < 0; ++exponent) unit *= 10;
  for (; exponent > 0; --exponent) exact *= 10;
  return {narrow(divided(exact, unit), "the cost"), rate.currency};
}

std::string to_string(Money amount) {
  return decimal(amount.minor, amount.currency.minor_digits()) + " " + amount.currency.code();
}

std::string to_string(Rate rate) {
  std::string text = decimal(rate.micro, rate_digits);
  int spare = rate_digits - rate.currency.minor_digits();
  while (spare-- > 0 && text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text + " " + rate.currency.code();
}

Money parse_money(std::string_view text) {
  Priced const priced = split(text, "an amount of money like 12000.50 EUR");
  return {scaled_up(priced, priced.currency.minor_digits(), text), priced.currency};
}

Rate parse_rate(std::string_view text) {
  Priced const priced = split(text, "a rate like 85.50 EUR");
  return {scaled_up(priced, rate_digits, text), priced.currency};
}

}  // namespace rapport
