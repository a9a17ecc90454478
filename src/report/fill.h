#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "notice/wording.h"

namespace rapport {

/// The template templates/page/<name> filled with `words`, all words of the language (w), its tag
/// (lang) and the styles of pages or cards (css).
[[nodiscard]] std::string fill(std::string_view name, nlohmann::json words, Wording const& say,
                               Escape escape);

}  // namespace rapport
