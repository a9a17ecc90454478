#pragma once
// Results that have no document of their own in the C++ library, as JSON.

#include <nlohmann/json.hpp>
#include <string>

#include "rapport/impact/impact.h"
#include "rapport/notice/notice.h"
#include "rapport/schedule/schedule.h"

namespace rapport::capi {

using Json = nlohmann::ordered_json;

/// Text for the caller. Bytes that are no UTF-8 become U+FFFD: an error message may quote a file.
[[nodiscard]] std::string dumped(Json const& json);
/// Errors: ParseError naming the place in the text.
[[nodiscard]] Json parsed(char const* text, char const* what);

[[nodiscard]] Json to_json(Diagnostics const& diagnostics);
[[nodiscard]] Json to_json(Explanation const& explanation, Network const& network);
[[nodiscard]] Json to_json(Trail const& trail);
[[nodiscard]] Json to_json(Notices const& notices);

}  // namespace rapport::capi
