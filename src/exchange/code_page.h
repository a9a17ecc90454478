#pragma once

#include <string>
#include <string_view>

#include "exchange/findings.h"

namespace rapport {

/// The code page that the text of an XER is written in, as far as the bytes tell: UTF-8 when they are valid
/// UTF-8, else by how the currency symbols are written, else by the look of the text, else windows-1252.
/// A guess that is not certain is listed. `beyond_ascii` is the part of `bytes` outside of which all is
/// ASCII. Cost: O(that part).
[[nodiscard]] std::string xer_code_page(std::string_view bytes, std::string_view beyond_ascii,
                                        Findings& findings);
[[nodiscard]] inline std::string xer_code_page(std::string_view bytes, Findings& findings) {
  return xer_code_page(bytes, bytes, findings);
}

}  // namespace rapport
