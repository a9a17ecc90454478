#include "exchange/text_decoder.h"

#include <iconv.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "rapport/base/error.h"

namespace rapport {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// Bytes of the UTF-8 character at the start of `text`, or 0 when there is none.
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

constexpr std::string_view replacement = "\xEF\xBF\xBD";

}  // namespace

std::size_t first_beyond_ascii(std::string_view bytes, std::size_t from) {
  auto const is_ascii = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]) < 0x80; };
  if (from < bytes.size() && !is_ascii(from)) return from;  // such bytes come together
  constexpr std::uint64_t high = 0x8080808080808080ULL;
  std::uint64_t words[8] = {};
  for (; from + sizeof words <= bytes.size(); from += sizeof words) {
    std::memcpy(words, bytes.data() + from, sizeof words);
    std::uint64_t all = 0;
    for (std::uint64_t const word : words) all |= word;
    if ((all & high) != 0) break;
  }
  while (from < bytes.size() && is_ascii(from)) ++from;
  return from;
}

bool holds_ascii(std::string_view bytes) { return first_beyond_ascii(bytes) == bytes.size(); }

bool holds_utf8(std::string_view bytes) {
  for (std::size_t at = first_beyond_ascii(bytes); at < bytes.size(); at = first_beyond_ascii(bytes, at)) {
    std::size_t const length = utf8_length(bytes.substr(at));
    if (length == 0) return false;
    at += length;
  }
  return true;
}

void TextDecoder::Close::operator()(void* handle) const { iconv_close(handle); }

TextDecoder::TextDecoder(std::string_view code_page) : code_page_(code_page) {
  std::string upper = code_page_;
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  utf8_ = upper == "UTF-8" || upper == "UTF8";
  if (utf8_) return;
  if (upper.starts_with("UTF-16")) unit_ = 2;
  if (upper.starts_with("UTF-32")) unit_ = 4;
  if (upper.starts_with("WINDOWS-")) upper = "CP" + upper.substr(8);
  iconv_t const handle = iconv_open("UTF-8", upper.c_str());
  if (reinterpret_cast<std::intptr_t>(handle) == -1) {
    throw InvalidInput("code page \"" + code_page_ +
                       "\" is not known here; name one such as \"windows-1252\", \"UTF-8\" or \"GB18030\"");
  }
  iconv_.reset(handle);
}

std::string TextDecoder::decode(std::string_view bytes) {
  if (unit_ == 1 && holds_ascii(bytes)) return std::string(bytes);
  std::string result;
  result.reserve(bytes.size() * 2);
  if (!utf8_) {
    decode_foreign(bytes, result);
    return result;
  }
  while (!bytes.empty()) {
    std::size_t const length = utf8_length(bytes);
    if (length == 0) {
      result += replacement;
      ++unknown_;
    } else {
      result += bytes.substr(0, length);
    }
    bytes.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return result;
}

void TextDecoder::decode_foreign(std::string_view bytes, std::string& result) {
  char* in = const_cast<char*>(bytes.data());  // iconv's signature; it does not write there
  std::size_t left = bytes.size();
  char buffer[256];
  iconv(iconv_.get(), nullptr, nullptr, nullptr, nullptr);
  while (left > 0) {
    char* out = buffer;
    std::size_t room = sizeof buffer;
    std::size_t const before = left;
    bool const failed = iconv(iconv_.get(), &in, &left, &out, &room) == static_cast<std::size_t>(-1);
    result.append(buffer, sizeof buffer - room);
    if (failed && left == before && room == sizeof buffer) {
      result += replacement;
      ++unknown_;
      std::size_t const skipped = std::min(unit_, left);
      in += skipped;
      left -= skipped;
    }
  }
}

}  // namespace rapport
