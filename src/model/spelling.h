#pragma once
// How documents spell what is not plain text or a number.

#include <string>
#include <string_view>

#include "rapport/model/facts.h"

namespace rapport {

inline constexpr std::string_view weekday_names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                                     "friday", "saturday", "sunday"};

/// "08:00", "24:00", "07:30:15" and back. Errors: ParseError.
[[nodiscard]] std::string clock_text(std::int32_t second_of_day);
[[nodiscard]] std::int32_t parse_clock(std::string_view text);

/// "16h" (working), "16eh" (elapsed), "50%", "50e%" (elapsed) and back. Errors: ParseError.
[[nodiscard]] std::string lag_text(Lag const& lag);
[[nodiscard]] Lag parse_lag(std::string_view text);

/// What a rate of this resource is per: "h", or for Material its unit.
[[nodiscard]] std::string_view rate_per(Resource const& resource);
/// "85.50 EUR/h" and back; "/h" may be missing, another unit may not stand there. Errors: ParseError.
[[nodiscard]] std::string rate_text(Rate rate, std::string_view per);
[[nodiscard]] Rate parse_rate(std::string_view text, std::string_view per);

}  // namespace rapport
