#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <unordered_set>

#include "base/utf8.h"
#include "exchange/code_page.h"
#include "exchange/priced.h"
#include "exchange/spelled_values.h"
#include "exchange/text_decoder.h"
#include "exchange/write_restated.h"
#include "exchange/xer_writer.h"
#include "rapport/exchange/read.h"
#include "rapport/exchange/write.h"
#include "rapport/model/project.h"

namespace rapport {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

/// A file of no project yet.
std::string empty_xer(Facts const& facts) {
  std::string date = "2000-01-01";  // the library reads no clock
  for (Subproject const& each : facts.subprojects) {
    auto const when = each.data_date ? each.data_date : each.planned_start;
    if (when) {
      date = spelled_minute(when).substr(0, 10);
      break;
    }
  }
  return "ERMHDR\t23.12\t" + date + "\tProject\tRapport\tRapport\tdbxDatabaseNoName\tProject Management\t" +
         facts.currency.code() + "\r\n%E\r\n";
}

/// Whether everything that is text in the plan's facts can be said in `code_page`.
bool can_say(Facts const& facts, std::string_view code_page) {
  TextEncoder encoder(code_page);
  std::string all;
  auto const take = [&](std::string const& text) { (all += text) += '\n'; };
  for (auto const& each : facts.subprojects) take(each.key), take(each.name);
  for (auto const& each : facts.calendars) take(each.key), take(each.name);
  for (auto const& each : facts.wbs) take(each.key), take(each.name);
  for (auto const& each : facts.activities) take(each.key), take(each.name);
  for (auto const& each : facts.resources) take(each.key), take(each.name), take(each.unit);
  for (auto const& each : facts.cost_accounts) take(each.key), take(each.name);
  for (auto const& each : facts.expenses) take(each.name);
  std::string const bytes = encoder.encode(all);
  if (encoder.lost() > 0) return false;
  // Text that looks like another code page would be taken for it.
  Findings ignored("");
  return holds_ascii(bytes) || xer_code_page(bytes, ignored) == code_page;
}

void refuse_what_does_not_fit(Facts const& facts) {
  Diagnostics errors;
  for (Diagnostic& each : validate(facts))
    if (each.severity == Severity::Error) errors.push_back(std::move(each));
  if (!errors.empty()) throw InvalidInput(std::move(errors));
}

}  // namespace

WrittenFile write_xer(Facts const& given, std::string_view original, std::string_view code_page) {
  Facts completed = given;
  complete_keys(completed);
  refuse_what_does_not_fit(completed);
  Findings findings(""), ignored("");
  Facts const facts = restated_for_primavera(std::move(completed), findings);

  std::string const skeleton = original.empty() ? empty_xer(facts) : "";
  bool marked = original.starts_with(utf8_mark);
  if (marked) original.remove_prefix(utf8_mark.size());
  std::string_view const base = original.empty() ? std::string_view(skeleton) : original;
  Facts before;
  if (!original.empty()) before = read_xer(original, "the original", code_page).facts;

  std::string page(code_page);
  if (page.empty()) page = holds_ascii(base) ? "" : xer_code_page(base, ignored);
  if (page.empty()) {
    page = can_say(facts, "windows-1252") ? "windows-1252" : "UTF-8";
    marked = marked || page == "UTF-8";
  }
  XerWriter writer(base, page, before, facts, findings);
  WrittenFile result;
  result.bytes = writer.write();
  if (marked) result.bytes.insert(0, utf8_mark);
  Facts found = read_xer(result.bytes, "", code_page).facts;
  list_not_written(facts, std::move(found), writer.order(), "a Primavera XER", findings);
  result.diagnostics = findings.diagnostics();
  return result;
}

}  // namespace rapport
