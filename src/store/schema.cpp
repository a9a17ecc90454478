#include "store/schema.h"

#include <concepts>
#include <type_traits>

#include "rapport/model/describe.h"
#include "rapport/model/names.h"

namespace rapport::store {
namespace {

constexpr char const* tables = R"(
CREATE TABLE project (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  currency TEXT NOT NULL
);
CREATE TABLE fact (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  position INTEGER NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE TABLE journal (
  number INTEGER PRIMARY KEY,
  author TEXT NOT NULL,
  at TEXT NOT NULL,
  reason TEXT NOT NULL,
  undoes INTEGER REFERENCES journal (number)
);
CREATE TABLE journal_change (
  number INTEGER NOT NULL REFERENCES journal (number),
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  position INTEGER NOT NULL,
  before TEXT,
  after TEXT,
  PRIMARY KEY (number, seq)
) WITHOUT ROWID;
CREATE INDEX journal_change_of_fact ON journal_change (kind, key);
)";

/// What a document leaves out because it is the default, as a document would spell it.
template <class T>
std::string sql_default(T const& value) {
  if constexpr (std::is_enum_v<T>) {
    return "'" + std::string(to_name(value)) + "'";
  } else if constexpr (std::same_as<T, bool>) {
    return value ? "1" : "0";
  } else if constexpr (std::is_arithmetic_v<T>) {
    return std::to_string(value);
  } else if constexpr (std::same_as<T, std::string>) {
    return "'" + value + "'";
  } else if constexpr (std::same_as<T, Work> || std::same_as<T, Elapsed>) {
    return "'" + to_string(value) + "'";
  } else {
    return "";
  }
}

template <class T>
std::string view() {
  std::string columns;
  describe(T{}, [&](std::string_view field, auto const& value, auto...) {
    if (!columns.empty()) columns += ", ";
    if (field == "key") {
      columns += "key";
      return;
    }
    std::string const extracted = "json_extract(document, '$." + std::string(field) + "')";
    std::string const fallback = sql_default(value);
    columns += fallback.empty() ? extracted : "coalesce(" + extracted + ", " + fallback + ")";
    columns += " AS \"" + std::string(field) + "\"";
  });
  std::string const name = FactTraits<T>::name;
  return "CREATE VIEW " + name + " AS SELECT " + columns + " FROM fact WHERE kind = '" + name +
         "' ORDER BY position;\n";
}

}  // namespace

std::string schema() {
  std::string statements = tables;
  for_each_fact_type([&]<class T>() { statements += view<T>(); });
  return statements;
}

}  // namespace rapport::store
