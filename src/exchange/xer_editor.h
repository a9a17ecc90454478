#pragma once
// An XER whose rows can be changed, added and taken out; every byte that is not touched stays as it is.

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "exchange/findings.h"
#include "exchange/xer_file.h"
#include "model/key_hash.h"

namespace rapport {

/// A column of a table that is made anew, and what stands in it where no fact says otherwise.
struct XerDefault {
  std::string_view column, value;
};
struct XerLayout {
  std::string_view table;
  std::vector<XerDefault> columns;
};
/// The tables that Rapport writes, in the order in which P6 does.
[[nodiscard]] std::vector<XerLayout> const& xer_layouts();

/// Names one row of an XerEditor.
struct XerRow {
  std::uint32_t table = 0, row = 0;
  friend auto operator<=>(XerRow const&, XerRow const&) = default;
};

class XerEditor {
 public:
  /// `bytes` must outlive the editor. Errors: ParseError.
  XerEditor(std::string_view bytes, std::string_view file);

  /// Rows of all tables called `name`, in order.
  [[nodiscard]] std::vector<XerRow> rows(std::string_view name) const;
  [[nodiscard]] std::size_t tables() const { return tables_.size(); }
  [[nodiscard]] std::string_view name(std::size_t table) const { return tables_[table].name; }
  [[nodiscard]] bool has_column(std::size_t table, std::string_view column) const;

  /// The field as it stands in the file; empty when there is none.
  [[nodiscard]] std::string_view get(XerRow row, std::string_view column) const;
  /// Adds the column where the table lacks it.
  void set(XerRow row, std::string_view column, std::string field);
  /// A new row at the end of the (last) table called `name`, holding the defaults of its layout.
  XerRow add(std::string_view name);
  void remove(XerRow row) { tables_[row.table].rows[row.row].removed = true; }
  [[nodiscard]] bool removed(XerRow row) const { return tables_[row.table].rows[row.row].removed; }

  /// The last field of the header, which is the currency.
  [[nodiscard]] std::string_view currency() const { return header_currency_; }
  void set_currency(std::string field) {
    new_currency_ = std::move(field);
    currency_changed_ = true;
  }

  [[nodiscard]] std::string text() const;

 private:
  struct Row {
    std::string_view fields;         ///< In the original; empty for a new row.
    std::vector<std::string> cells;  ///< Once anything was changed.
    bool removed = false, is_new = false;
  };
  struct ColumnHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const { return key_hash(name); }
  };
  struct Table {
    std::string name;
    std::vector<std::string> columns;  ///< Grows by add_column alone.
    std::unordered_map<std::string, std::size_t, ColumnHash, std::equal_to<>> place_of_column;
    std::vector<std::string> new_row;  ///< What a row that is added holds, as far as is known.
    std::size_t kept_columns = 0;      ///< How many the original has.
    std::vector<Row> rows;
    std::string_view column_line;  ///< The columns in the original; empty for a new table.
    bool is_new = false;
  };
  struct Splice {
    std::size_t from, length;
    std::string text;
  };

  static void add_column(Table& table, std::string_view name);
  [[nodiscard]] std::size_t column(std::size_t table, std::string_view name) const;
  std::vector<std::string>& cells(Table& table, Row& row);
  [[nodiscard]] std::size_t table_for(std::string_view name);
  [[nodiscard]] std::size_t offset(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - bytes_.data());
  }
  [[nodiscard]] std::size_t after_line(std::size_t from) const;
  [[nodiscard]] std::string line(char const* mark, std::vector<std::string> const& cells) const;
  [[nodiscard]] std::string whole(Table const& table) const;
  void splice(Table const& table, std::vector<Splice>& splices) const;

  std::string_view bytes_;
  std::vector<Table> tables_;
  std::string_view header_currency_;
  std::string new_currency_;
  bool currency_changed_ = false;
  std::string line_end_ = "\r\n";
};

}  // namespace rapport
