#pragma once

#include <nlohmann/json.hpp>

#include "notice/wording.h"
#include "rapport/notice/client_view.h"

namespace rapport {

/// What the templates of client copies are filled with: client_words and the chart of milestones.
[[nodiscard]] nlohmann::json client_page_words(ClientView const& view, Wording const& say);

}  // namespace rapport
