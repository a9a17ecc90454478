#include "rapport/model/change_list.h"

#include <algorithm>

#include "base/utf8.h"
#include "model/json_tree.h"
#include "rapport/model/document.h"

namespace rapport {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view trimmed(std::string_view text, std::string_view what = blanks) {
  auto const first = text.find_first_not_of(what);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(what) - first + 1);
}

std::string key_in(JsonValue const& document) {
  auto const* key = document.field("id");
  if (!key) key = document.field("key");
  return key && key->kind == JsonValue::Kind::Text ? key->text : std::string();
}

/// The document alone, or absent when it is no JSON.
std::optional<JsonValue> tree_of(std::string_view document) {
  Locator locator(document, "");
  try {
    return parse_json(document, locator);
  } catch (ParseError const&) {
    return std::nullopt;
  }
}

/// `text` with "?" for each byte that belongs to no UTF-8 character, so that every byte stays in its place.
std::string readable(std::string_view text) {
  std::string result(text);
  for (std::size_t at = first_beyond_ascii(text); at < text.size(); at = first_beyond_ascii(text, at)) {
    std::size_t const length = utf8_length(text.substr(at));
    if (length == 0) result[at] = '?';
    at += std::max<std::size_t>(1, length);
  }
  return result;
}

/// Errors: ParseError with the first byte that belongs to no UTF-8 character.
void refuse_other_than_utf8(std::string_view document, std::string_view readable, std::string_view file,
                            std::size_t line) {
  auto const [bad, question] = std::mismatch(document.begin(), document.end(), readable.begin());
  if (bad == document.end()) return;
  constexpr char const* digits = "0123456789ABCDEF";
  auto const byte = static_cast<unsigned char>(*bad);
  Locator const locator(readable, std::string(file), static_cast<std::int64_t>(line));
  locator.fail(static_cast<std::size_t>(bad - document.begin()),
               std::string("the byte 0x") + digits[byte >> 4] + digits[byte & 15] +
                   " belongs to no UTF-8 character; write the change in UTF-8");
}

ChangeEntry entry_of(std::string_view document, std::string_view file, std::size_t line) {
  ChangeEntry entry;
  entry.line = line;
  entry.document = readable(document);
  try {
    refuse_other_than_utf8(document, entry.document, file, line);
    entry.change = change_from_document(document, file, static_cast<std::int64_t>(line));
    entry.key = entry.change->key;
    if (entry.key.empty()) {
      entry.change.reset();
      entry.error = ParseError(std::string(file), static_cast<std::int64_t>(line), 1,
                               "the change has no id; give it one, like {\"id\": \"CR-1\", …}")
                        .what();
    }
  } catch (Error const& error) {
    entry.error = error.what();
    if (auto const tree = tree_of(entry.document)) entry.key = key_in(*tree);
  }
  return entry;
}

std::vector<ChangeEntry> elements(std::string_view text, std::string_view file) {
  std::string const characters = readable(text);  // a bad byte in one element hides no other
  Locator locator(characters, std::string(file));
  JsonValue const list = parse_json(characters, locator);
  std::vector<ChangeEntry> entries;
  entries.reserve(list.children.size());
  for (std::size_t i = 0; i < list.children.size(); ++i) {
    auto const first = list.children[i].offset;
    // An element ends where the comma before the next, or the bracket that closes the list, stands.
    auto const last = i + 1 < list.children.size() ? list.children[i + 1].offset : text.find_last_of(']');
    locator.advance(first);
    auto const line = static_cast<std::size_t>(locator.at(first).first);
    auto document = trimmed(text.substr(first, last - first));
    if (document.ends_with(',')) document = trimmed(document.substr(0, document.size() - 1));
    entries.push_back(entry_of(document, file, line));
  }
  return entries;
}

}  // namespace

std::vector<ChangeEntry> changes_in_text(std::string_view text, std::string_view file) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  auto const whole = trimmed(text);
  if (whole.empty()) return {};
  if (whole.front() == '[') return elements(text, file);

  auto const first_line = static_cast<std::size_t>(
      1 + std::count(text.begin(), text.begin() + (whole.data() - text.data()), '\n'));
  bool const several_lines = whole.find('\n') != whole.npos;
  if (several_lines && !tree_of(whole.substr(0, whole.find('\n'))) && tree_of(whole))
    return {entry_of(whole, file, first_line)};

  std::vector<ChangeEntry> entries;
  std::size_t line = 0;
  while (!text.empty()) {
    ++line;
    auto const end = std::min(text.find('\n'), text.size());
    if (auto const document = trimmed(text.substr(0, end)); !document.empty())
      entries.push_back(entry_of(document, file, line));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return entries;
}

}  // namespace rapport
