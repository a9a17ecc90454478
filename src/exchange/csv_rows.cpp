#include "exchange/csv_rows.h"

#include <algorithm>

#include "rapport/base/error.h"

namespace rapport {
namespace {

char separator_of(std::string_view first_line) {
  char best = ',';
  for (char const candidate : {',', ';', '\t'}) {
    auto const count = [&](char c) { return std::count(first_line.begin(), first_line.end(), c); };
    if (count(candidate) > count(best)) best = candidate;
  }
  return best;
}

}  // namespace

std::vector<CsvRow> csv_rows(std::string_view bytes, std::string_view file) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  char const separator = separator_of(bytes.substr(0, bytes.find('\n')));
  std::vector<CsvRow> rows;
  CsvRow row{.line = 1, .cells = {}};
  std::string cell;
  std::int64_t line = 1, quoted_since = 0;
  auto const end_row = [&] {
    if (!row.cells.empty() || !cell.empty()) {
      row.cells.push_back(std::move(cell));
      rows.push_back(std::move(row));
    }
    cell.clear();
    row = {.line = line, .cells = {}};
  };
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    char const c = bytes[i];
    if (c == '\n') ++line;
    if (quoted_since > 0) {
      if (c != '"')
        cell += c;
      else if (i + 1 < bytes.size() && bytes[i + 1] == '"')
        cell += bytes[++i];
      else
        quoted_since = 0;
    } else if (c == '"' && cell.empty()) {
      quoted_since = line;
    } else if (c == separator) {
      row.cells.push_back(std::move(cell));
      cell.clear();
    } else if (c == '\n') {
      end_row();
    } else if (c != '\r') {
      cell += c;
    }
  }
  if (quoted_since > 0) {
    throw ParseError(std::string(file), quoted_since, 0,
                     "a quote (\") is opened here and never closed; close it");
  }
  end_row();
  return rows;
}

}  // namespace rapport
