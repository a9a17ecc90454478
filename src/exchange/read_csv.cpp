#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <type_traits>

#include "base/utf8.h"
#include "exchange/csv_rows.h"
#include "exchange/findings.h"
#include "exchange/text_decoder.h"
#include "rapport/exchange/read.h"
#include "rapport/model/describe.h"

namespace rapport {
namespace {

/// How a cell is spelled in the JSON of a fact.
enum class Cell { Text, Number, Bool, List, None };

template <class T>
constexpr Cell cell_of() {
  if constexpr (std::is_same_v<T, bool>)
    return Cell::Bool;
  else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, Probability>)
    return Cell::Number;
  else if constexpr (std::is_enum_v<T> || std::is_same_v<T, std::string> || std::is_same_v<T, Instant> ||
                     std::is_same_v<T, Date> || std::is_same_v<T, Work> || std::is_same_v<T, Elapsed> ||
                     std::is_same_v<T, Money> || std::is_same_v<T, NodeRef> || std::is_same_v<T, Lag>)
    return Cell::Text;
  else if constexpr (std::is_same_v<T, std::vector<std::string>>)
    return Cell::List;
  else if constexpr (requires(T value) { value.has_value(); })
    return cell_of<typename T::value_type>();
  else
    return Cell::None;
}

struct Field {
  std::string name;
  Cell cell = Cell::None;
};

template <class T>
std::vector<Field> fields_of() {
  std::vector<Field> fields;
  T fact{};
  describe(fact, [&](char const* name, auto& member, auto...) {
    constexpr Cell cell = cell_of<std::remove_cvref_t<decltype(member)>>();
    if (cell != Cell::None) fields.push_back({name, cell});
  });
  return fields;
}

struct Kind {
  FactKind kind;
  std::string plural;
  std::vector<Field> fields;
};

std::vector<Kind> const& kinds() {
  static std::vector<Kind> const all = [] {
    std::vector<Kind> result;
    for_each_fact_type([&]<class T>() {
      if constexpr (!std::is_same_v<T, ChangeRequest>) {
        result.push_back({FactTraits<T>::kind, FactTraits<T>::plural, fields_of<T>()});
      }
    });
    return result;
  }();
  return all;
}

Field const* find(Kind const& kind, std::string const& name) {
  auto const place =
      std::find_if(kind.fields.begin(), kind.fields.end(), [&](Field const& f) { return f.name == name; });
  return place == kind.fields.end() ? nullptr : &*place;
}

std::string joined(std::vector<std::string> const& names) {
  std::string text;
  for (std::string const& name : names) (text += text.empty() ? "" : ", ") += name;
  return text;
}

/// The kind asked for, or the only one that has all columns, or of several the one the file is named after.
Kind const& kind_of(std::vector<std::string> const& columns, std::string_view file, std::string_view asked) {
  auto const refuse = [&](std::string const& message) { throw ParseError(std::string(file), 1, 1, message); };
  if (!asked.empty()) {
    for (Kind const& kind : kinds()) {
      if (kind.plural == asked) return kind;
    }
    std::vector<std::string> names;
    for (Kind const& kind : kinds()) names.push_back(kind.plural);
    refuse("there is no kind of fact called \"" + std::string(asked) + "\"; the kinds are " + joined(names));
  }
  std::vector<Kind const*> possible;
  for (Kind const& kind : kinds()) {
    bool const all = std::all_of(columns.begin(), columns.end(),
                                 [&](auto const& name) { return find(kind, name) != nullptr; });
    if (all) possible.push_back(&kind);
  }
  if (possible.size() == 1) return *possible[0];
  std::string_view const name = file.substr(file.find_last_of('/') + 1);
  std::string_view const stem = name.substr(0, name.find('.'));
  for (Kind const& kind : kinds()) {
    if (kind.plural == stem) return kind;
  }
  if (possible.empty()) {
    refuse("the columns " + joined(columns) +
           " are not the fields of any one kind of fact; the first line names " +
           "fields, for traces for example from, to, type, likelihood, share");
  }
  std::vector<std::string> names;
  for (Kind const* kind : possible) names.push_back(kind->plural);
  refuse("the columns fit " + joined(names) + "; name the file after the kind, for example " + names[0] +
         ".csv");
  return *possible[0];
}

nlohmann::json value_of(std::string const& text, Cell cell) {
  if (cell == Cell::Number) {
    auto const number = nlohmann::json::parse(text, nullptr, false);
    if (number.is_number()) return number;
  }
  if (cell == Cell::Bool) {
    if (text == "true" || text == "1" || text == "yes") return true;
    if (text == "false" || text == "0" || text == "no") return false;
  }
  if (cell != Cell::List) return text;
  auto list = nlohmann::json::array();
  for (std::size_t at = 0; at <= text.size();) {
    std::size_t const end = std::min(text.find(';', at), text.size());
    std::size_t const from = text.find_first_not_of(' ', at);
    if (from < end) list.push_back(text.substr(from, end - from));
    at = end + 1;
  }
  return list;
}

/// "file:1:2: message" without the place, which is one within the row's JSON.
std::string without_place(ParseError const& error) {
  std::string_view const message = error.what();
  std::size_t const start = message.find(": ");
  return std::string(start == std::string_view::npos ? message : message.substr(start + 2));
}

}  // namespace

ReadResult read_csv(std::string_view bytes, std::string_view file, std::string_view kind_name) {
  if (!holds_utf8(bytes)) {
    throw ParseError(std::string(file), 0, 0, "the CSV is not in UTF-8; save it as \"CSV UTF-8\"");
  }
  auto const rows = csv_rows(bytes, file);
  if (rows.empty()) throw ParseError(std::string(file), 1, 1, "the CSV has no header line");
  auto const& columns = rows[0].cells;
  Kind const& kind = kind_of(columns, file, kind_name);
  Findings findings(file);
  std::vector<Cell> cells;
  for (std::string const& name : columns) {
    Field const* const field = find(kind, name);
    cells.push_back(field != nullptr ? field->cell : Cell::None);
    if (field == nullptr) {
      findings.add(Severity::Warning, 1, "column " + name,
                   "there is no such field among those of " + kind.plural, "the column is not kept");
    }
  }

  ReadResult result;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    CsvRow const& row = rows[r];
    auto object = nlohmann::json::object();
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (i >= cells.size()) {
        findings.add(Severity::Warning, row.line, "row", "a row has more cells than the header has columns",
                     "the cells beyond are not kept");
        break;
      }
      if (!row.cells[i].empty() && cells[i] != Cell::None)
        object[columns[i]] = value_of(row.cells[i], cells[i]);
    }
    try {
      Fact fact = fact_from_document(kind.kind, object.dump(), "");
      for_each_fact_type([&]<class T>() {
        if (auto* value = std::get_if<T>(&fact))
          (result.facts.*FactTraits<T>::member).push_back(std::move(*value));
      });
    } catch (ParseError const& error) {
      throw ParseError(std::string(file), row.line, 0, without_place(error));
    }
  }
  complete_keys(result.facts);
  result.diagnostics = findings.diagnostics();
  return result;
}

}  // namespace rapport
