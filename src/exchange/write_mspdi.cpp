#include <sstream>

#include "exchange/mspdi_writer.h"
#include "exchange/write_restated.h"
#include "rapport/exchange/read.h"
#include "rapport/exchange/write.h"
#include "rapport/model/project.h"

namespace rapport {
namespace {

constexpr std::string_view empty_mspdi =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Project xmlns=\"http://schemas.microsoft.com/project\">\n"
    "\t<SaveVersion>14</SaveVersion>\n"
    "\t<Calendars>\n\t</Calendars>\n\t<Tasks>\n\t</Tasks>\n\t<Resources>\n\t</Resources>\n"
    "\t<Assignments>\n\t</Assignments>\n</Project>\n";

/// As it stands: with white space and comments, entities as they are spelled.
constexpr unsigned as_it_stands = pugi::parse_cdata | pugi::parse_pi | pugi::parse_comments |
                                  pugi::parse_declaration | pugi::parse_doctype | pugi::parse_ws_pcdata;

}  // namespace

WrittenFile write_mspdi(Facts const& given, std::string_view original) {
  Facts completed = given;
  complete_keys(completed);
  Diagnostics errors;
  for (Diagnostic& each : validate(completed))
    if (each.severity == Severity::Error) errors.push_back(std::move(each));
  if (!errors.empty()) throw InvalidInput(std::move(errors));
  Findings findings("");
  Facts const facts = restated_for_microsoft(std::move(completed), findings);

  Facts before;
  if (!original.empty()) before = read_mspdi(original, "the original").facts;
  pugi::xml_document document;
  std::string_view const base = original.empty() ? empty_mspdi : original;
  (void)document.load_buffer(base.data(), base.size(), as_it_stands);

  WrittenFile result;
  MspdiWriter writer(document, before, facts);
  if (writer.write() || original.empty()) {
    std::ostringstream stream;
    bool const wide = base.starts_with("\xFF\xFE") || base.starts_with("\xFE\xFF");
    pugi::xml_encoding const encoding = !wide                          ? pugi::encoding_utf8
                                        : base.starts_with("\xFF\xFE") ? pugi::encoding_utf16_le
                                                                       : pugi::encoding_utf16_be;
    unsigned flags = pugi::format_raw | pugi::format_no_escapes | pugi::format_no_declaration;
    if (wide || base.starts_with("\xEF\xBB\xBF")) flags |= pugi::format_write_bom;
    // What stands around the root is copied, for the parser does not keep white space there.
    pugi::xml_node root = document.document_element();
    auto const name = root.offset_debug();
    std::size_t const end = base.rfind("</Project>");
    bool const framed = !wide && name > 0 &&
                        base.substr(static_cast<std::size_t>(name) - 1).starts_with("<Project") &&
                        end != std::string_view::npos;
    if (framed) {
      root.print(stream, "", flags & ~pugi::format_write_bom, encoding);
      result.bytes = base.substr(0, static_cast<std::size_t>(name) - 1);
      result.bytes += std::move(stream).str();
      result.bytes += base.substr(end + std::string_view("</Project>").size());
    } else {
      document.save(stream, "", flags, encoding);
      result.bytes = std::move(stream).str();
    }
  } else {
    result.bytes = original;
  }
  list_not_written(facts, read_mspdi(result.bytes, "").facts, writer.order(), "a Microsoft Project XML",
                   findings);
  result.diagnostics = findings.diagnostics();
  return result;
}

}  // namespace rapport
