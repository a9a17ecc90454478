#include "base/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace rapport {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::size_t utf8_length(std::string_view text) {
  auto const lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return 1;
  std::size_t const length = lead >= 0xC2 && lead < 0xE0   ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[i])) return 0;
  }
  auto const second = static_cast<unsigned char>(text[1]);
  bool const overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  bool const surrogate = lead == 0xED && second >= 0xA0;
  bool const beyond = lead == 0xF4 && second >= 0x90;
  return overlong || surrogate || beyond ? 0 : length;
}

std::size_t first_beyond_ascii(std::string_view bytes, std::size_t from) {
  auto const is_ascii = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]) < 0x80; };
  if (from < bytes.size() && !is_ascii(from)) return from;  // such bytes come together
  constexpr std::uint64_t high = 0x8080808080808080ULL;
  std::uint64_t words[8] = {}, word = 0;
  for (; from + sizeof words <= bytes.size(); from += sizeof words) {
    std::memcpy(words, bytes.data() + from, sizeof words);
    std::uint64_t all = 0;
    for (std::uint64_t const each : words) all |= each;
    if ((all & high) != 0) break;
  }
  for (; from + sizeof word <= bytes.size(); from += sizeof word) {
    std::memcpy(&word, bytes.data() + from, sizeof word);
    if ((word & high) != 0) break;
  }
  while (from < bytes.size() && is_ascii(from)) ++from;
  return from;
}

bool holds_ascii(std::string_view bytes) { return first_beyond_ascii(bytes) == bytes.size(); }

std::size_t first_beyond_utf8(std::string_view bytes) {
  std::size_t at = first_beyond_ascii(bytes);
  for (; at < bytes.size(); at = first_beyond_ascii(bytes, at)) {
    std::size_t const length = utf8_length(bytes.substr(at));
    if (length == 0) break;
    at += length;
  }
  return at;
}

bool holds_utf8(std::string_view bytes) { return first_beyond_utf8(bytes) == bytes.size(); }

std::string with_utf8(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    std::size_t const length = utf8_length(bytes);
    text += length == 0 ? "\uFFFD" : bytes.substr(0, length);
    bytes.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return text;
}

}  // namespace rapport
