#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace rapport {

/// Turns text of one code page into UTF-8 (by iconv, which is part of POSIX).
class TextDecoder {
 public:
  /// `code_page` as iconv names it: "UTF-8", "windows-1251", "GB18030", "UTF-16LE". Errors: InvalidInput for
  /// a name unknown.
  explicit TextDecoder(std::string_view code_page);

  /// `bytes` as UTF-8; what the code page does not know becomes U+FFFD and is counted. Cost: O(bytes).
  [[nodiscard]] std::string decode(std::string_view bytes);

  [[nodiscard]] std::string const& code_page() const { return code_page_; }
  /// Bytes met so far that the code page does not know.
  [[nodiscard]] std::size_t unknown() const { return unknown_; }

 private:
  void decode_foreign(std::string_view bytes, std::string& result);

  struct Close {
    void operator()(void* handle) const;
  };

  std::string code_page_;
  bool utf8_ = false;
  std::size_t unit_ = 1;  // bytes of the smallest piece of text
  std::unique_ptr<void, Close> iconv_;
  std::size_t unknown_ = 0;
};

}  // namespace rapport
