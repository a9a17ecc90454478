#pragma once
// How P6 spells numbers, dates and lists of choices.

#include <optional>
#include <string_view>

#include "rapport/base/time.h"

namespace rapport {

/// "870.333333", also with a decimal comma or grouping ("1.234,5"). Nothing when it is no finite number.
[[nodiscard]] std::optional<double> xer_number(std::string_view text);

/// Hours, rounded to the minute that P6 reckons in. Nothing beyond ±10 million hours.
[[nodiscard]] std::optional<Work> xer_hours(std::string_view text);

/// "2013-01-20 07:00", also without a time or with seconds. Nothing when there is no such moment.
[[nodiscard]] std::optional<Instant> xer_instant(std::string_view text);

}  // namespace rapport
