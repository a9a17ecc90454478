#include <array>
#include <cmath>
#include <string_view>

#include "rapport/table/table.h"

namespace rapport {
namespace {

void append_field(std::string& out, std::string_view field, bool alone) {
  // An empty line could be taken for no row at all.
  bool const quoted = field.find_first_of(",\"\r\n") != std::string_view::npos || (alone && field.empty());
  if (!quoted) {
    out += field;
    return;
  }
  out += '"';
  for (char const c : field) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_json(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += '"';
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20) {
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

bool is_bare(Column const& column, std::size_t row) {
  switch (column.type) {
    case ColumnType::Bool:
    case ColumnType::Int64:
      return true;
    case ColumnType::Float64:
      return std::isfinite(std::get<std::vector<double>>(column.values)[row]);
    default:
      return false;
  }
}

}  // namespace

std::string to_csv(Table const& table) {
  std::string out;
  auto const& columns = table.columns();
  bool const alone = columns.size() == 1;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (c) out += ',';
    append_field(out, columns[c].name, alone);
  }
  if (!columns.empty()) out += '\n';
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (c) out += ',';
      append_field(out, table.text(row, c), alone);
    }
    out += '\n';
  }
  return out;
}

std::string to_json(Table const& table) {
  std::string out = "[";
  auto const& columns = table.columns();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    out += row ? ",\n {" : "{";
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (c) out += ", ";
      append_json(out, columns[c].name);
      out += ": ";
      bool const absent =
          columns[c].is_null(row) || (columns[c].type == ColumnType::Float64 && !is_bare(columns[c], row));
      if (absent) {
        out += "null";
      } else if (is_bare(columns[c], row)) {
        out += table.text(row, c);
      } else {
        append_json(out, table.text(row, c));
      }
    }
    out += '}';
  }
  return out + "]";
}

}  // namespace rapport
