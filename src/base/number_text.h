#pragma once
// Numbers in texts, with a point whatever the locale of the program says.

#include <cstdint>
#include <string>

#include "rapport/base/money.h"

namespace rapport {

/// With so many digits after the point: "79.50".
[[nodiscard]] std::string fixed_text(double value, int decimals);
/// The shortest of at most so many significant digits: "12.5", "1e+09".
[[nodiscard]] std::string short_text(double value, int digits = 6);

/// The whole part of a decimal text in thousands, the rest as it is: "-1234567.50" → "-1,234,567.50".
[[nodiscard]] std::string grouped_text(std::string text);
/// "1 day", "-3 days".
[[nodiscard]] std::string counted_text(std::int64_t count, std::string const& one, std::string const& more);
/// For people to read: "241,300.00 EUR", without the code when there is no currency. What a program reads
/// back is to_string(Money).
[[nodiscard]] std::string amount_text(Money amount);
/// "1,285.50 EUR", with as many decimals as it needs.
[[nodiscard]] std::string amount_text(Rate rate);

}  // namespace rapport
