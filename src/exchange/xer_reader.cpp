#include "exchange/xer_reader.h"

#include "exchange/byte_scan.h"

namespace rapport {

std::vector<std::string_view> const& xer_tables_kept() {
  static std::vector<std::string_view> const tables{
      "CURRTYPE", "PROJECT", "SCHEDOPTIONS", "CALENDAR", "PROJWBS",  "TASK",     "TASKPRED", "ACCOUNT",
      "RSRC",     "ROLES",   "RSRCRATE",     "ROLERATE", "TASKRSRC", "PROJCOST", "UMEASURE", "RSRCCURVDATA"};
  return tables;
}

std::string XerReader::text(std::string_view field) {
  if (holds_plain_text(field)) return std::string(field);
  std::string const decoded = decoder_.decode(field);
  std::string result;
  result.reserve(decoded.size());
  for (std::size_t i = 0; i < decoded.size(); ++i) {
    char const c = decoded[i];
    char const next = i + 1 < decoded.size() ? decoded[i + 1] : '\0';
    if (c == '"' && next == '"') ++i;                                     // a quote is written twice
    if ((c == 0x7F || c == '\r') && (next == 0x7F || next == '\n')) ++i;  // a line break as two DEL
    bool const breaks = c == 0x7F || c == '\r' || c == '\n';
    bool const control = static_cast<unsigned char>(c) < ' ' && !breaks && c != '\t';
    result += breaks ? '\n' : control ? ' ' : c;
  }
  return result;
}

void XerReader::list_unreadable(std::string_view field, char const* column, std::int64_t line) {
  warn(line, column,
       std::string(column) + " holds what cannot be read, here \"" + text(field.substr(0, 40)) + "\"",
       "taken as empty");
}

std::optional<Money> XerReader::money(std::string_view field, char const* column, std::int64_t line) {
  auto const value = number(field, column, line);
  if (!value) return std::nullopt;
  if (*value > 1e14 || *value < -1e14) {
    list_unreadable(field, column, line);
    return std::nullopt;
  }
  return Money::of(*value, facts_.currency);
}

}  // namespace rapport
