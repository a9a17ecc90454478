#pragma once
// The outer shape of an XER: tab-separated rows in named tables. Everything here is a view into the bytes.

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/findings.h"

namespace rapport {

struct XerTable {
  std::string_view name;
  std::int64_t line = 0;  ///< Of its name.
  std::vector<std::string_view> columns;
  std::string_view body;       ///< From the first row to the end of the last one, for XerRows.
  std::int64_t body_line = 0;  ///< Of the first row.
  std::int64_t row_count = 0;  ///< With a last one that is cut off, which is not in the body.
};

struct XerFile {
  std::vector<std::string_view> header;  ///< ERMHDR, version, date, …, currency.
  std::vector<XerTable> tables;
  std::string_view beyond_ascii;   ///< The part outside of which all is ASCII.
  char const* readable = nullptr;  ///< End of the bytes that everything here is a view into.
};

/// Finds the tables of `bytes`. Cost: O(bytes), one look at each.
/// Errors: ParseError when it is no XER, or rows come before a table or its columns.
[[nodiscard]] XerFile split_xer(std::string_view bytes, std::string_view file, Findings& findings);

/// Rows of all tables called `table`.
[[nodiscard]] std::size_t row_count(XerFile const& file, std::string_view table);

/// One column that a fact is made of: its name in the file and the member it is read to.
template <class Row>
using XerColumn = std::pair<std::string_view, std::string_view Row::*>;

/// Lists the columns of `table` that no fact is made of.
void list_other_columns(XerTable const& table, std::vector<std::string_view> const& others,
                        Findings& findings);

/// The rows of one table, one after the other: the end of a row and those of its fields in one look.
class XerRows {
 public:
  XerRows(XerTable const& table, XerFile const& file)
      : at_(table.body.data()),
        end_(at_ + table.body.size()),
        readable_(file.readable),
        next_line_(table.body_line) {}

  /// Goes on to the next row and finds its first `wanted` fields; false when there is none.
  bool next(std::size_t wanted);

  [[nodiscard]] std::int64_t line() const { return line_; }
  /// Without "%R\t" and the line end.
  [[nodiscard]] std::string_view fields() const { return {begin_, size_}; }
  /// How many fields were found: at most as many as were wanted.
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::string_view field(std::size_t i) const {
    std::size_t const begin = i == 0 ? 0 : ends_[i - 1] + 1;
    return {begin_ + begin, ends_[i] - begin};
  }

 private:
  void skip_line();
  void leave_out_blank_lines();

  char const *at_, *end_, *readable_;
  char const* begin_ = nullptr;
  std::size_t size_ = 0, count_ = 0;
  std::int64_t line_ = 0, next_line_;
  std::vector<std::size_t> ends_;
};

template <class Row>
struct NumberedRow {
  Row row;
  std::int64_t line = 0;
};

/// Calls visit(span of rows) for the rows of the tables called Row::table, up to `most` at a time. Columns
/// are found by name, once per table; a column that the file lacks leaves its member empty.
template <class Row, std::size_t most, class Visit>
void for_each_group(XerFile const& file, Findings& findings, Visit&& visit) {
  for (XerTable const& table : file.tables) {
    if (table.name != Row::table) continue;
    std::vector<std::pair<std::size_t, std::string_view Row::*>> members;
    std::vector<std::string_view> others;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      std::size_t const before = members.size();
      for (auto const& [name, member] : Row::columns) {
        if (name == table.columns[i]) members.emplace_back(i, member);
      }
      if (members.size() == before) others.push_back(table.columns[i]);
    }
    list_other_columns(table, others, findings);
    std::size_t const used = members.empty() ? 0 : members.back().first + 1;

    std::array<NumberedRow<Row>, most> group;
    std::size_t size = 0;
    auto const hand_over = [&] {
      visit(std::span<NumberedRow<Row> const>(group).first(size));
      size = 0;
    };
    for (XerRows rows(table, file); rows.next(used);) {
      if (size == most) hand_over();
      if (rows.count() < used) {
        hand_over();  // findings stay in the order of the rows
        group[0].row = Row();
        findings.add(Severity::Warning, rows.line(), "table " + std::string(table.name),
                     "a row of " + std::string(table.name) + " has fewer fields than the table has columns",
                     "the missing fields are taken as empty");
      }
      auto& [row, number] = group[size++];
      for (auto const& [i, member] : members) {
        if (i >= rows.count()) break;
        row.*member = rows.field(i);
      }
      number = rows.line();
    }
    hand_over();
  }
}

/// Calls visit(row, line number) for every row.
template <class Row, class Visit>
void for_each_row(XerFile const& file, Findings& findings, Visit&& visit) {
  for_each_group<Row, 1>(file, findings, [&](std::span<NumberedRow<Row> const> rows) {
    for (auto const& [row, line] : rows) visit(row, line);
  });
}

}  // namespace rapport
