#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace rapport {

/// Turns UTF-8 into text of one code page.
class TextEncoder {
 public:
  /// `code_page` as iconv names it. Errors: InvalidInput for a name unknown.
  explicit TextEncoder(std::string_view code_page);

  /// `text` in the code page; a character that it lacks becomes "?". Cost: O(text).
  [[nodiscard]] std::string encode(std::string_view text);

  /// Characters met so far that the code page lacks.
  [[nodiscard]] std::size_t lost() const { return lost_; }

 private:
  struct Close {
    void operator()(void* handle) const;
  };

  bool utf8_ = false;
  std::unique_ptr<void, Close> iconv_;
  std::size_t lost_ = 0;
};

}  // namespace rapport
