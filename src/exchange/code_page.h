#pragma once

#include <string>
#include <string_view>

#include "exchange/findings.h"

namespace rapport {

/// The code page that the text of an XER is written in, as far as the bytes tell: UTF-8 when they are valid
/// UTF-8, else by how the currency symbols are written, else by the look of the text, else windows-1252.
/// A guess that is not certain is listed. Cost: O(bytes).
[[nodiscard]] std::string xer_code_page(std::string_view bytes, Findings& findings);

}  // namespace rapport
