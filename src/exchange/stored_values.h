#pragma once
// How planning tools spell numbers, dates and amounts of time in their files.

#include <optional>
#include <string_view>

#include "rapport/base/time.h"

namespace rapport {

/// "870.333333", also with a decimal comma or grouping ("1.234,5"). Nothing when it is no finite number.
[[nodiscard]] std::optional<double> stored_number(std::string_view text);

/// Hours, rounded to the minute that P6 reckons in. Nothing beyond ±10 million hours.
[[nodiscard]] std::optional<Work> stored_hours(std::string_view text);

/// "2013-01-20 07:00", also with a T, without a time or with seconds, with months and days of one digit or a
/// dot between hours and minutes. Nothing when there is no such moment.
[[nodiscard]] std::optional<Instant> stored_instant(std::string_view text);

/// "PT96H30M0S" (ISO 8601, a day being 24 hours; no years or months). Nothing beyond ±10 million hours.
[[nodiscard]] std::optional<std::int64_t> stored_seconds(std::string_view text);

}  // namespace rapport
