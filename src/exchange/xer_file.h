#pragma once
// The outer shape of an XER: tab-separated rows in named tables. Everything here is a view into the bytes.

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/findings.h"

namespace rapport {

struct XerLine {
  std::string_view fields;  ///< Without "%R\t" and the line end.
  std::int64_t number = 0;
};

struct XerTable {
  std::string_view name;
  std::int64_t line = 0;
  std::vector<std::string_view> columns;
  std::vector<XerLine> rows;  ///< Empty for a table that no fact exists for.
  std::int64_t row_count = 0;
};

struct XerFile {
  std::vector<std::string_view> header;  ///< ERMHDR, version, date, …, currency.
  std::vector<XerTable> tables;
};

/// Splits `bytes` into lines and tables; rows are kept for `kept_tables` only. Cost: O(bytes).
/// Errors: ParseError when it is no XER, or rows come before a table or its columns.
[[nodiscard]] XerFile split_xer(std::string_view bytes, std::string_view file,
                                std::vector<std::string_view> const& kept_tables, Findings& findings);

/// One column that a fact is made of: its name in the file and the member it is read to.
template <class Row>
using XerColumn = std::pair<std::string_view, std::string_view Row::*>;

/// Lists the columns of `table` that no fact is made of.
void list_other_columns(XerTable const& table, std::vector<std::string_view> const& others,
                        Findings& findings);

/// Calls visit(row, line number) for every row of the tables called Row::table. Columns are found by name,
/// once per table; a column that the file lacks leaves its member empty.
template <class Row, class Visit>
void for_each_row(XerFile const& file, Findings& findings, Visit&& visit) {
  for (XerTable const& table : file.tables) {
    if (table.name != Row::table) continue;
    std::vector<std::string_view Row::*> members(table.columns.size(), nullptr);
    std::vector<std::string_view> others;
    std::size_t used = 0;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      for (auto const& [name, member] : Row::columns) {
        if (name == table.columns[i]) members[i] = member;
      }
      if (members[i] != nullptr) used = i + 1;
      if (members[i] == nullptr) others.push_back(table.columns[i]);
    }
    list_other_columns(table, others, findings);

    for (XerLine const& line : table.rows) {
      Row row;
      char const* at = line.fields.data();
      char const* const end = at + line.fields.size();
      std::size_t i = 0;
      for (; i < used && at != nullptr; ++i) {
        auto const* const tab =
            static_cast<char const*>(std::memchr(at, '\t', static_cast<std::size_t>(end - at)));
        char const* const stop = tab != nullptr ? tab : end;
        if (members[i] != nullptr) row.*members[i] = {at, static_cast<std::size_t>(stop - at)};
        at = tab != nullptr ? tab + 1 : nullptr;
      }
      if (i < used) {
        findings.add(Severity::Warning, line.number, "table " + std::string(table.name),
                     "a row of " + std::string(table.name) + " has fewer fields than the table has columns",
                     "the missing fields are taken as empty");
      }
      visit(std::as_const(row), line.number);
    }
  }
}

}  // namespace rapport
