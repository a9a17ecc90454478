#include "exchange/xer_editor.h"

#include <algorithm>

#include "rapport/base/error.h"

namespace rapport {
namespace {

std::vector<std::string> split_cells(std::string_view text) {
  std::vector<std::string> parts;
  while (true) {
    std::size_t const tab = text.find('\t');
    parts.emplace_back(text.substr(0, tab));
    if (tab == std::string_view::npos) return parts;
    text.remove_prefix(tab + 1);
  }
}

std::string_view nth_cell(std::string_view text, std::size_t n) {
  for (; n > 0; --n) {
    std::size_t const tab = text.find('\t');
    if (tab == std::string_view::npos) return {};
    text.remove_prefix(tab + 1);
  }
  return text.substr(0, text.find('\t'));
}

/// Where the table stands among those that Rapport writes; others count as first.
std::size_t rank_of(std::string_view name) {
  auto const& layouts = xer_layouts();
  auto const place =
      std::find_if(layouts.begin(), layouts.end(), [&](XerLayout const& each) { return each.table == name; });
  return place == layouts.end() ? 0 : static_cast<std::size_t>(place - layouts.begin()) + 1;
}

XerLayout const* layout_of(std::string_view name) {
  std::size_t const rank = rank_of(name);
  return rank == 0 ? nullptr : &xer_layouts()[rank - 1];
}

}  // namespace

XerEditor::XerEditor(std::string_view bytes, std::string_view file) : bytes_(bytes) {
  Findings ignored(file);  // a reader has listed them
  XerFile const xer = split_xer(bytes, file, ignored);
  header_currency_ = xer.header.back();
  std::size_t const newline = bytes.find('\n');
  if (newline != std::string_view::npos && (newline == 0 || bytes[newline - 1] != '\r')) line_end_ = "\n";
  for (XerTable const& table : xer.tables) {
    Table& copy = tables_.emplace_back();
    copy.name = table.name;
    for (std::string_view const column : table.columns) add_column(copy, column);
    copy.kept_columns = copy.columns.size();
    copy.column_line = table.columns.empty()
                           ? table.name
                           : std::string_view(table.columns.front().data(),
                                              static_cast<std::size_t>(table.columns.back().data() +
                                                                       table.columns.back().size() -
                                                                       table.columns.front().data()));
    copy.rows.reserve(static_cast<std::size_t>(table.row_count));
    for (XerRows rows(table, xer); rows.next(0);) copy.rows.push_back({.fields = rows.fields(), .cells = {}});
  }
}

std::vector<XerRow> XerEditor::rows(std::string_view name) const {
  std::vector<XerRow> result;
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    if (tables_[t].name != name) continue;
    for (std::size_t r = 0; r < tables_[t].rows.size(); ++r)
      result.push_back({static_cast<std::uint32_t>(t), static_cast<std::uint32_t>(r)});
  }
  return result;
}

void XerEditor::add_column(Table& table, std::string_view name) {
  // The last of several columns with one name is what the reader takes.
  table.place_of_column.insert_or_assign(std::string(name), table.columns.size());
  table.columns.emplace_back(name);
}

std::size_t XerEditor::column(std::size_t table, std::string_view name) const {
  auto const place = tables_[table].place_of_column.find(name);
  return place == tables_[table].place_of_column.end() ? tables_[table].columns.size() : place->second;
}

bool XerEditor::has_column(std::size_t table, std::string_view name) const {
  return column(table, name) < tables_[table].columns.size();
}

std::string_view XerEditor::get(XerRow at, std::string_view name) const {
  Row const& row = tables_[at.table].rows[at.row];
  std::size_t const place = column(at.table, name);
  if (place == tables_[at.table].columns.size()) return {};
  if (row.cells.empty()) return nth_cell(row.fields, place);
  return place < row.cells.size() ? std::string_view(row.cells[place]) : std::string_view();
}

std::vector<std::string>& XerEditor::cells(Table& table, Row& row) {
  if (row.cells.empty()) row.cells = split_cells(row.fields);
  if (row.cells.size() < table.columns.size()) row.cells.resize(table.columns.size());
  return row.cells;
}

void XerEditor::set(XerRow at, std::string_view name, std::string field) {
  Table& table = tables_[at.table];
  std::size_t const place = column(at.table, name);
  if (place == table.columns.size()) {
    if (field.empty()) return;
    add_column(table, name);
  }
  cells(table, table.rows[at.row])[place] = std::move(field);
}

std::size_t XerEditor::table_for(std::string_view name) {
  for (std::size_t t = tables_.size(); t-- > 0;)
    if (tables_[t].name == name && !tables_[t].columns.empty()) return t;
  Table& table = tables_.emplace_back();
  table.name = name;
  table.is_new = true;
  if (XerLayout const* layout = layout_of(name))
    for (XerDefault const& each : layout->columns) add_column(table, each.column);
  return tables_.size() - 1;
}

XerRow XerEditor::add(std::string_view name) {
  std::size_t const t = table_for(name);
  Table& table = tables_[t];
  if (table.new_row.size() < table.columns.size()) {
    table.new_row.assign(table.columns.size(), "");
    if (XerLayout const* layout = layout_of(name)) {
      for (XerDefault const& each : layout->columns)
        if (std::size_t const place = column(t, each.column); place < table.new_row.size())
          table.new_row[place] = each.value;
    }
  }
  table.rows.push_back({.fields = {}, .cells = table.new_row, .is_new = true});
  return {static_cast<std::uint32_t>(t), static_cast<std::uint32_t>(table.rows.size() - 1)};
}

std::size_t XerEditor::after_line(std::size_t from) const {
  std::size_t const newline = bytes_.find('\n', from);
  return newline == std::string_view::npos ? bytes_.size() : newline + 1;
}

std::string XerEditor::line(char const* mark, std::vector<std::string> const& cells) const {
  std::string result = mark;
  for (std::string const& cell : cells) (result += '\t') += cell;
  return result + line_end_;
}

std::string XerEditor::whole(Table const& table) const {
  std::string result = "%T\t" + table.name + line_end_ + line("%F", table.columns);
  for (Row const& row : table.rows)
    if (!row.removed) result += line("%R", row.cells);
  return result;
}

void XerEditor::splice(Table const& table, std::vector<Splice>& splices) const {
  std::string added_columns;
  for (std::size_t i = table.kept_columns; i < table.columns.size(); ++i)
    (added_columns += '\t') += table.columns[i];
  if (!added_columns.empty())
    splices.push_back({offset(table.column_line) + table.column_line.size(), 0, added_columns});
  std::size_t end = after_line(offset(table.column_line));
  std::string added;
  for (Row const& row : table.rows) {
    if (row.is_new) {
      if (row.removed) continue;
      std::vector<std::string> padded = row.cells;
      padded.resize(table.columns.size());
      added += line("%R", padded);
      continue;
    }
    std::size_t const from = offset(row.fields), stop = from + row.fields.size();
    end = after_line(stop);
    if (row.removed) {
      constexpr std::size_t mark = 3;  // "%R\t"
      splices.push_back({from - mark, end - (from - mark), ""});
    } else if (!row.cells.empty() || !added_columns.empty()) {
      std::vector<std::string> padded = row.cells.empty() ? split_cells(row.fields) : row.cells;
      if (padded.size() < table.columns.size()) padded.resize(table.columns.size());
      std::string text;
      for (std::string const& cell : padded) text += cell + '\t';
      text.pop_back();
      splices.push_back({from, row.fields.size(), std::move(text)});
    }
  }
  if (!added.empty()) {
    bool const open = end > 0 && bytes_[end - 1] != '\n';
    splices.push_back({end, 0, (open ? line_end_ : "") + added});
  }
}

std::string XerEditor::text() const {
  std::vector<Splice> splices;
  if (currency_changed_)
    splices.push_back({offset(header_currency_), header_currency_.size(), new_currency_});
  for (Table const& table : tables_)
    if (!table.is_new) splice(table, splices);
  for (Table const& table : tables_) {
    if (!table.is_new) continue;
    // Before the first table that P6 writes later; else at the end, before the end mark.
    std::size_t at = bytes_.rfind("\n%E");
    at = at == std::string_view::npos ? bytes_.size() : at + 1;
    for (Table const& other : tables_) {
      if (other.is_new || rank_of(other.name) <= rank_of(table.name)) continue;
      std::size_t const before = bytes_.rfind("%T", offset(other.column_line));
      at = std::min(at, before);
    }
    bool const open = at > 0 && bytes_[at - 1] != '\n';
    splices.push_back({at, 0, (open ? line_end_ : "") + whole(table)});
  }
  std::stable_sort(splices.begin(), splices.end(),
                   [](Splice const& a, Splice const& b) { return a.from < b.from; });
  std::string result;
  result.reserve(bytes_.size() + bytes_.size() / 8);
  std::size_t done = 0;
  for (Splice const& each : splices) {
    result.append(bytes_.substr(done, each.from - done));
    result += each.text;
    done = each.from + each.length;
  }
  return result.append(bytes_.substr(done));
}

}  // namespace rapport
