#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rapport {

struct CsvRow {
  std::int64_t line = 0;
  std::vector<std::string> cells;
};

/// Rows of RFC 4180 text: quoted cells, doubled quotes, line breaks in quotes; empty lines are skipped. The
/// separator is the one of , ; and tab that the first line has most of. Cost: O(bytes).
/// Errors: ParseError for a quote that is never closed.
[[nodiscard]] std::vector<CsvRow> csv_rows(std::string_view bytes, std::string_view file);

}  // namespace rapport
