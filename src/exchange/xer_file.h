#pragma once
// The outer shape of an XER: tab-separated rows in named tables. Everything here is a view into the bytes.

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/byte_scan.h"
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
  char const* readable = nullptr;  ///< End of the bytes that everything here is a view into.
};

/// Splits `bytes` into lines and tables; rows are kept for `kept_tables` only. Cost: O(bytes).
/// Errors: ParseError when it is no XER, or rows come before a table or its columns.
[[nodiscard]] XerFile split_xer(std::string_view bytes, std::string_view file,
                                std::vector<std::string_view> const& kept_tables, Findings& findings);

/// Rows of all tables called `table`.
[[nodiscard]] std::size_t row_count(XerFile const& file, std::string_view table);

/// One column that a fact is made of: its name in the file and the member it is read to.
template <class Row>
using XerColumn = std::pair<std::string_view, std::string_view Row::*>;

/// Lists the columns of `table` that no fact is made of.
void list_other_columns(XerTable const& table, std::vector<std::string_view> const& others,
                        Findings& findings);

/// Finds the ends of fields in the rows of one table.
class FieldEnds {
 public:
  /// The positions of the first `wanted` tabs of `fields` or, where it has fewer, of its end once more.
  /// Returns how many fields there are, at most `wanted`. What lies up to `readable` may be looked at.
  std::size_t find(std::string_view fields, std::size_t wanted, char const* readable) {
    ends_.resize(wanted + 64);
    std::size_t count = 0;
    for (std::size_t block = 0; block < fields.size() && count < wanted; block += 64) {
      std::size_t const left = fields.size() - block;
      char const* at = fields.data() + block;
      char padded[64] = {};
      if (readable - at < 64) {
        std::memcpy(padded, at, left);
        at = padded;
      }
      std::uint64_t tabs = bytes_equal(at, '\t');
      if (left < 64) tabs &= (std::uint64_t{1} << left) - 1;
      for (; tabs != 0; tabs &= tabs - 1)
        ends_[count++] = block + static_cast<unsigned>(std::countr_zero(tabs));
    }
    if (count < wanted) ends_[count++] = fields.size();
    return std::min(count, wanted);
  }
  [[nodiscard]] std::string_view field(std::string_view fields, std::size_t i) const {
    std::size_t const begin = i == 0 ? 0 : ends_[i - 1] + 1;
    return {fields.data() + begin, ends_[i] - begin};
  }

 private:
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
  FieldEnds ends;
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
    for (XerLine const& line : table.rows) {
      if (size == most) hand_over();
      std::size_t const count = ends.find(line.fields, used, file.readable);
      if (count < used) {
        hand_over();  // findings stay in the order of the rows
        group[0].row = Row();
        findings.add(Severity::Warning, line.number, "table " + std::string(table.name),
                     "a row of " + std::string(table.name) + " has fewer fields than the table has columns",
                     "the missing fields are taken as empty");
      }
      auto& [row, number] = group[size++];
      for (auto const& [i, member] : members) {
        if (i >= count) break;
        row.*member = ends.field(line.fields, i);
      }
      number = line.number;
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
