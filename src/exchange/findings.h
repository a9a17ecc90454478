#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "rapport/base/error.h"

namespace rapport {

/// Gathers what a reader could not keep. The same finding on many rows becomes one diagnostic that names the
/// first place and says how often it was met, so that a bad file does not drown its reader.
class Findings {
 public:
  explicit Findings(std::string_view file) : file_(file) {}

  void add(Severity severity, std::int64_t line, std::string_view subject, std::string_view message,
           std::string_view action);

  /// In the order of first occurrence.
  [[nodiscard]] Diagnostics diagnostics() const;

 private:
  struct Entry {
    Diagnostic first;
    std::int64_t count = 1;
  };

  std::string file_;
  std::vector<Entry> entries_;
  std::map<std::pair<std::string, std::string>, std::size_t, std::less<>> by_text_;
};

}  // namespace rapport
