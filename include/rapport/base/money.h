#pragma once
// Exact money: whole minor units of one currency. Sums are exact in any order.

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "rapport/base/time.h"

namespace rapport {

/// ISO 4217 alphabetic code; "XXX" (no currency) is the default and adds to nothing but itself.
class Currency {
 public:
  constexpr Currency() = default;
  /// Errors: InvalidInput unless `code` is three letters A–Z.
  explicit Currency(std::string_view code);
  [[nodiscard]] std::string code() const { return {letters_.begin(), letters_.end()}; }
  /// Decimal digits of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD; 2 for codes not known.
  [[nodiscard]] int minor_digits() const;
  friend auto operator<=>(Currency const&, Currency const&) = default;

 private:
  std::array<char, 3> letters_ = {'X', 'X', 'X'};
};

/// An amount (unit: minor units of `currency`, e.g. cents).
struct Money {
  std::int64_t minor = 0;
  Currency currency;

  /// `major` units, rounded half away from zero to the minor unit.
  [[nodiscard]] static Money of(double major, Currency currency);
  [[nodiscard]] double in_major() const;

  friend bool operator==(Money const&, Money const&) = default;
  /// Errors: InvalidInput when the currencies differ (a zero amount of no currency fits any) or
  /// the sum overflows.
  friend Money operator+(Money a, Money b);
  friend Money operator-(Money a, Money b);
  friend Money operator-(Money a) { return {-a.minor, a.currency}; }
  Money& operator+=(Money other) { return *this = *this + other; }
  Money& operator-=(Money other) { return *this = *this - other; }
};

/// `amount` × `factor`, rounded half away from zero to the minor unit.
[[nodiscard]] Money scaled(Money amount, double factor);

/// A price per hour of work, or per unit of material (unit: millionths of the major currency unit).
struct Rate {
  std::int64_t micro = 0;
  Currency currency;

  [[nodiscard]] static Rate of(double major_per_unit, Currency currency);
  [[nodiscard]] double in_major() const { return static_cast<double>(micro) / 1e6; }
  friend bool operator==(Rate const&, Rate const&) = default;
};

/// Cost of `work` at `rate` per hour: exact product, rounded once, half away from zero.
[[nodiscard]] Money cost_of(Work work, Rate rate);

/// Cost of `quantity` units at `rate` per unit: the exact product of its decimal digits (the fewest that give
/// the double), rounded once, half away from zero.
[[nodiscard]] Money cost_of(double quantity, Rate rate);

/// "241300.00 EUR", "1500 JPY". parse_money reads it back. Errors: ParseError.
[[nodiscard]] std::string to_string(Money amount);
[[nodiscard]] Money parse_money(std::string_view text);

/// "85.50 EUR", with as many decimals as it needs (at most six). parse_rate reads it back. Errors:
/// ParseError.
[[nodiscard]] std::string to_string(Rate rate);
[[nodiscard]] Rate parse_rate(std::string_view text);

}  // namespace rapport
