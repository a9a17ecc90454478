#include "exchange/code_page.h"

#include <algorithm>

#include "base/utf8.h"
#include "exchange/text_decoder.h"

namespace rapport {
namespace {

/// Every P6 database holds these currencies, and the export writes their symbols in its code page.
struct Evidence {
  std::string_view symbol_and_name;
  char const* code_page;
};
constexpr Evidence currency_evidence[] = {
    {"\t\xA1\xEA\t", "GB18030"},      // £
    {"\t\x81\x92\t", "windows-932"},  // £
    {"\t\xA1\xCC\t", "windows-949"},  // £
    {"\t\xA2\x47\t", "windows-950"},  // £
    {"\t\x88\t", "windows-1251"},     // €
};

/// In windows-1251.
bool is_cyrillic_letter(char c) {
  auto const code = static_cast<unsigned char>(c);
  return code >= 0xC0 || code == 0xA8 || code == 0xB8;
}
bool is_small_letter(char c) { return static_cast<unsigned char>(c) >= 0xE0; }

/// Cyrillic words are runs of high letters, in which no capital follows a small one; in Western text a high
/// letter stands alone among ASCII, and Greek and Arabic read as Cyrillic mix both.
bool looks_cyrillic(std::string_view bytes) {
  std::size_t letters = 0, in_runs = 0;
  for (std::size_t at = first_beyond_ascii(bytes); at < bytes.size();
       at = first_beyond_ascii(bytes, at + 1)) {
    std::size_t const begin = at;
    bool mixed = false;
    for (; at < bytes.size() && is_cyrillic_letter(bytes[at]); ++at)
      mixed = mixed || (at > begin && is_small_letter(bytes[at - 1]) && !is_small_letter(bytes[at]));
    if (at == bytes.size()) break;  // a word that may be cut off does not count
    letters += at - begin;
    if (at - begin >= 3 && !mixed) in_runs += at - begin;
  }
  return letters >= 12 && in_runs * 10 >= letters * 8;
}

}  // namespace

std::string xer_code_page(std::string_view bytes, std::string_view beyond_ascii, Findings& findings) {
  if (holds_utf8(beyond_ascii)) return "UTF-8";
  std::size_t const table = bytes.find("%T\tCURRTYPE");
  if (table != std::string_view::npos) {
    std::size_t const end = std::min(bytes.find("\n%T", table), bytes.size());
    std::string_view const currencies = bytes.substr(table, end - table);
    for (auto const& [symbol, code_page] : currency_evidence) {
      if (currencies.find(symbol) == std::string_view::npos) continue;
      findings.add(Severity::Info, 0, "code page",
                   "the text is in " + std::string(code_page) + ", told by its currency symbols",
                   "name another code page if names look wrong");
      return code_page;
    }
  }
  if (looks_cyrillic(beyond_ascii)) {
    findings.add(Severity::Warning, 0, "code page", "the text looks like windows-1251 (Cyrillic)",
                 "read as such; name another code page if names look wrong");
    return "windows-1251";
  }
  findings.add(Severity::Info, 0, "code page", "nothing in the file tells the code page of its text",
               "read as windows-1252; name another code page if names look wrong");
  return "windows-1252";
}

}  // namespace rapport
