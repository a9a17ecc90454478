// Changes of a table as documents: whole ones, or one edit a row.

#include <nlohmann/json.hpp>
#include <unordered_map>

#include "rapport/impact/assess_all.h"
#include "rapport/model/document.h"

namespace rapport {
namespace {

using ChangeJson = nlohmann::ordered_json;

/// Fields of the request; every other column is a field of its edits.
bool of_request(std::string const& name) {
  for (auto const* field : {"id", "title", "reason", "by", "raised", "answer_by", "status", "internal_note"})
    if (name == field) return true;
  return false;
}

ChangeJson json_cell(Table const& table, std::size_t row, std::size_t at) {
  Column const& column = table.columns()[at];
  switch (column.type) {
    case ColumnType::Bool:
      return std::get<std::vector<std::uint8_t>>(column.values)[row] != 0;
    case ColumnType::Int64:
      return std::get<std::vector<std::int64_t>>(column.values)[row];
    case ColumnType::Float64:
      return std::get<std::vector<double>>(column.values)[row];
    case ColumnType::Money:
      return table.text(row, at) + " " + column.unit;
    case ColumnType::Text: {
      // Links, activities to add and constraints are objects of their own.
      auto const& text = std::get<std::vector<std::string>>(column.values)[row];
      if (text.starts_with('{') || text.starts_with('['))
        if (auto const parsed = ChangeJson::parse(text, nullptr, false); !parsed.is_discarded())
          return parsed;
      return text;
    }
    default:
      return table.text(row, at);
  }
}

ChangeEntry read_entry(std::string document, std::size_t row, std::string key) {
  ChangeEntry entry{.line = row, .key = std::move(key), .document = std::move(document)};
  try {
    entry.change = change_from_document(entry.document, "row " + std::to_string(row));
    entry.key = entry.change->key;
    if (entry.key.empty()) throw InvalidInput("row " + std::to_string(row) + ": the change has no id");
  } catch (Error const& error) {
    entry.change.reset();
    entry.error = error.what();
  }
  return entry;
}

std::optional<std::size_t> position(Table const& table, std::string_view name) {
  for (std::size_t i = 0; i < table.columns().size(); ++i)
    if (table.columns()[i].name == name) return i;
  return std::nullopt;
}

}  // namespace

std::vector<ChangeEntry> changes_in_table(Table const& table) {
  std::vector<ChangeEntry> entries;
  if (auto const whole = position(table, "document")) {
    for (std::size_t row = 0; row < table.rows(); ++row) {
      std::string text = table.text(row, *whole);
      auto const read = changes_in_text(text);
      entries.push_back(read_entry(std::move(text), row + 1, read.empty() ? "" : read.front().key));
    }
    return entries;
  }
  auto const id = position(table, "id");
  if (!id)
    throw InvalidInput(
        "the table of changes has neither a column \"document\" (whole changes as JSON) nor a column \"id\" "
        "(one edit a row); add one of them");

  struct Gathered {
    std::size_t row;
    ChangeJson document;
  };
  std::vector<Gathered> gathered;
  std::unordered_map<std::string, std::size_t> place;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::string const key = table.text(row, *id);
    // A row without an id is no part of another row's change.
    auto const [found, fresh] =
        place.try_emplace(key.empty() ? "\n" + std::to_string(row) : key, gathered.size());
    if (fresh) gathered.push_back({row + 1, {{"id", key}}});
    ChangeJson& document = gathered[found->second].document;
    ChangeJson edit = ChangeJson::object();
    for (std::size_t c = 0; c < table.columns().size(); ++c) {
      auto const& column = table.columns()[c];
      if (c == *id || column.is_null(row)) continue;
      if (!of_request(column.name))
        edit[column.name] = json_cell(table, row, c);
      else if (fresh)
        document[column.name] = json_cell(table, row, c);
    }
    if (!edit.empty()) document["edits"].push_back(std::move(edit));
  }
  for (auto const& one : gathered)
    entries.push_back(read_entry(one.document.dump(), one.row, one.document["id"].get<std::string>()));
  return entries;
}

}  // namespace rapport
