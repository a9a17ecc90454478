#include <algorithm>

#include "exchange/code_page.h"
#include "exchange/findings.h"
#include "exchange/text_decoder.h"
#include "exchange/xer_file.h"
#include "exchange/xer_reader.h"
#include "rapport/exchange/read.h"

namespace rapport {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// What the tables without facts hold, one line a table.
void list_other_tables(XerFile const& file, Findings& findings) {
  auto const& kept = xer_tables_kept();
  for (XerTable const& table : file.tables) {
    if (table.row_count == 0 || std::find(kept.begin(), kept.end(), table.name) != kept.end()) continue;
    findings.add(Severity::Info, table.line, "table " + std::string(table.name),
                 "table " + std::string(table.name) + " with " + std::to_string(table.row_count) +
                     (table.row_count == 1 ? " row" : " rows") + " is none that a fact is made of",
                 "not kept");
  }
}

void refuse_without_plan(XerFile const& file, std::string_view name) {
  for (XerTable const& table : file.tables) {
    if ((table.name == "PROJECT" || table.name == "TASK") && table.row_count > 0) return;
  }
  throw ParseError(
      std::string(name), 1, 1,
      "this XER has neither projects (PROJECT) nor activities (TASK); export it again with a project");
}

}  // namespace

ReadResult read_xer(std::string_view bytes, std::string_view file, std::string_view code_page,
                    RunControl const& control) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    throw ParseError(std::string(file), 1, 1, "the file is in UTF-16; save it as UTF-8 and read it again");
  }
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  Findings findings(file);
  XerFile const xer = split_xer(bytes, file, findings);
  refuse_without_plan(xer, file);
  control.report(0.3, "reading");
  TextDecoder decoder(code_page.empty() ? xer_code_page(bytes, xer.beyond_ascii, findings)
                                        : std::string(code_page));
  XerReader reader(xer, file, decoder, findings);
  reader.read_plan();
  reader.read_activities();
  control.report(0.7, "reading");
  reader.read_costs();
  if (decoder.unknown() > 0) {
    findings.add(Severity::Warning, 0, "code page",
                 std::to_string(decoder.unknown()) + " bytes are no text in " + decoder.code_page(),
                 "shown as \xEF\xBF\xBD; name the right code page");
  }
  list_other_tables(xer, findings);

  ReadResult result{.facts = reader.take(), .diagnostics = findings.diagnostics()};
  complete_keys(result.facts);
  control.report(1.0, "reading");
  return result;
}

}  // namespace rapport
