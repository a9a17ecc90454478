#include "exchange/text_encoder.h"

#include <iconv.h>

#include <algorithm>
#include <cstdint>

#include "base/utf8.h"
#include "exchange/text_decoder.h"
#include "rapport/base/error.h"

namespace rapport {

void TextEncoder::Close::operator()(void* handle) const { iconv_close(handle); }

TextEncoder::TextEncoder(std::string_view code_page) {
  std::string upper(code_page);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  utf8_ = upper == "UTF-8" || upper == "UTF8";
  if (utf8_) return;
  if (upper.starts_with("WINDOWS-")) upper = "CP" + upper.substr(8);
  iconv_t const handle = iconv_open(upper.c_str(), "UTF-8");
  if (reinterpret_cast<std::intptr_t>(handle) == -1) {
    throw InvalidInput("code page \"" + std::string(code_page) +
                       "\" is not known here; name one such as \"windows-1252\", \"UTF-8\" or \"GB18030\"");
  }
  iconv_.reset(handle);
}

std::string TextEncoder::encode(std::string_view text) {
  if (utf8_ || holds_ascii(text)) return std::string(text);
  std::string result;
  char* in = const_cast<char*>(text.data());  // iconv's signature; it does not write there
  std::size_t left = text.size();
  char buffer[256];
  iconv(iconv_.get(), nullptr, nullptr, nullptr, nullptr);
  while (left > 0) {
    char* out = buffer;
    std::size_t room = sizeof buffer;
    std::size_t const before = left;
    bool const failed = iconv(iconv_.get(), &in, &left, &out, &room) == static_cast<std::size_t>(-1);
    result.append(buffer, sizeof buffer - room);
    if (!failed || left != before || room != sizeof buffer) continue;
    result += '?';
    ++lost_;
    do {  // past the whole character
      ++in;
      --left;
    } while (left > 0 && (static_cast<unsigned char>(*in) & 0xC0) == 0x80);
  }
  return result;
}

}  // namespace rapport
