#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rapport {

/// Bytes of the UTF-8 character at the start of `text`, which is not empty; 0 when there is none.
[[nodiscard]] std::size_t utf8_length(std::string_view text);
/// Where, from `from` on, the first byte stands that is no ASCII; the end where there is none.
[[nodiscard]] std::size_t first_beyond_ascii(std::string_view bytes, std::size_t from = 0);
[[nodiscard]] bool holds_ascii(std::string_view bytes);
/// Where the first byte stands that belongs to no UTF-8 character; the end where there is none.
[[nodiscard]] std::size_t first_beyond_utf8(std::string_view bytes);
[[nodiscard]] bool holds_utf8(std::string_view bytes);
/// `bytes` with U+FFFD in place of each one that belongs to no UTF-8 character.
[[nodiscard]] std::string with_utf8(std::string_view bytes);

}  // namespace rapport
