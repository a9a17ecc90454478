#pragma once
// How values are written in the files of planning tools; stored_values.h reads them back.

#include <optional>
#include <string>

#include "rapport/base/money.h"
#include "rapport/base/time.h"

namespace rapport {

/// The shortest decimal that reads back as `value`: "8", "0.3076923".
[[nodiscard]] std::string spelled_number(double value);
/// At most `decimals` of them, without trailing zeros.
[[nodiscard]] std::string spelled_number(double value, int decimals);
/// Hours with at most six decimals: "870.333333".
[[nodiscard]] std::string spelled_hours(std::int64_t seconds);
/// "2013-01-20 07:00", seconds only where there are any; empty for nothing.
[[nodiscard]] std::string spelled_minute(std::optional<Instant> instant);
/// "2013-01-20T07:00:00"; empty for nothing.
[[nodiscard]] std::string spelled_second(std::optional<Instant> instant);
/// "PT96H30M0S", the way MS Project writes amounts of time.
[[nodiscard]] std::string spelled_duration(std::int64_t seconds);
/// "1500.00", with the decimals of the currency's minor unit.
[[nodiscard]] std::string spelled_amount(Money amount);

}  // namespace rapport
