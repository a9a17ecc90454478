#include "rapport/exchange/read.h"

#include <algorithm>
#include <unordered_map>

#include "base/utf8.h"
#include "exchange/file_bytes.h"
#include "exchange/findings.h"

namespace rapport {
namespace {

enum class Format { Xer, Xml, Json, Csv };

struct Foreign {
  std::string_view beginning, message;
};
using namespace std::string_view_literals;
constexpr Foreign foreign[] = {
    {"PK\x03\x04"sv,
     "this is a ZIP archive (an Excel workbook, perhaps); unpack it, or export the plan again"sv},
    {"\xD0\xCF\x11\xE0"sv,
     "this is a Microsoft Project or Office binary; save it as XML in Microsoft Project"sv},
    {"SQLite format 3"sv, "this is a SQLite file; open it as a store"sv},
    {"%PDF"sv, "this is a PDF; export the plan as XER or XML"sv},
};

Format format_of(std::string_view bytes, std::string const& file) {
  auto const refuse = [&](std::string_view why) { throw ParseError(file, 1, 1, std::string(why)); };
  for (auto const& [beginning, message] : foreign) {
    if (bytes.starts_with(beginning)) refuse(message);
  }
  bool const wide = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  if (wide) return bytes.substr(0, 4).find('<') != std::string_view::npos ? Format::Xml : Format::Xer;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::size_t const start = bytes.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) refuse("the file is empty; save or export the plan again");
  bytes.remove_prefix(start);
  if (bytes.starts_with("ERMHDR")) return Format::Xer;
  if (bytes.starts_with("<")) return Format::Xml;
  if (bytes.starts_with("{") || bytes.starts_with("[")) return Format::Json;
  std::string_view const head = bytes.substr(0, bytes.find('\n'));
  bool const text = head.size() < 10'000 && head.find('\0') == std::string_view::npos;
  if (!text || head.find_first_of(",;\t") == std::string_view::npos) {
    refuse(
        "this is no plan that can be read here; Primavera XER, Microsoft Project XML, JSON documents and CSV "
        "are");
  }
  return Format::Csv;
}

}  // namespace

ReadResult read(std::filesystem::path const& path, RunControl const& control, ReadOptions const& options) {
  std::string bytes = file_bytes(path);
  std::string const file = with_utf8(path.string());
  if (bytes.starts_with("\x1F\x8B")) bytes = unpacked(bytes, file, options.most_unpacked);
  switch (format_of(bytes, file)) {
    case Format::Xer:
      return read_xer(bytes, file, options.code_page, control);
    case Format::Xml:
      return read_mspdi(bytes, file, control);
    case Format::Json:
      return facts_from_document(bytes, file);
    case Format::Csv:
      break;
  }
  return read_csv(bytes, file);
}

ReadResult combine(std::span<ReadResult const> sources) {
  ReadResult result;
  Findings findings("");
  Facts& all = result.facts;
  for (ReadResult const& source : sources) {
    result.diagnostics.insert(result.diagnostics.end(), source.diagnostics.begin(), source.diagnostics.end());
    Facts facts = source.facts;
    complete_keys(facts);
    if (all.name.empty()) all.name = facts.name;
    if (all.time_zone.empty()) all.time_zone = facts.time_zone;
    if (all.currency == Currency()) all.currency = facts.currency;
    if (facts.currency != Currency() && facts.currency != all.currency) {
      findings.add(Severity::Warning, 0, "currency", "a later source is in " + facts.currency.code(),
                   "reports are in " + all.currency.code());
    }
    for_each_fact_type([&]<class T>() {
      auto& target = all.*FactTraits<T>::member;
      std::unordered_map<std::string, std::size_t> earlier;
      earlier.reserve(target.size());
      for (std::size_t i = 0; i < target.size(); ++i) earlier.try_emplace(target[i].key, i);
      for (T& fact : facts.*FactTraits<T>::member) {
        auto const place = earlier.find(fact.key);
        if (place == earlier.end()) {
          target.push_back(std::move(fact));
          continue;
        }
        if (target[place->second] == fact) continue;
        findings.add(Severity::Info, 0, std::string(FactTraits<T>::name) + " " + fact.key,
                     "a later source gives this " + std::string(FactTraits<T>::name) + " too, differently",
                     "the later one counts");
        target[place->second] = std::move(fact);
      }
    });
  }
  Diagnostics const found = findings.diagnostics();
  result.diagnostics.insert(result.diagnostics.end(), found.begin(), found.end());
  return result;
}

}  // namespace rapport
