#include "exchange/text_decoder.h"

#include <iconv.h>

#include <algorithm>
#include <cstdint>

#include "base/utf8.h"
#include "rapport/base/error.h"

namespace rapport {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

}  // namespace

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
