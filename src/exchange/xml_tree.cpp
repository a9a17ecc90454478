#include "exchange/xml_tree.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "base/large_memory.h"
#include "exchange/byte_scan.h"
#include "exchange/text_decoder.h"
#include "rapport/base/error.h"

namespace rapport {
namespace {

using View = std::string_view;
using namespace std::string_view_literals;

struct Beginning {
  View bytes;
  char const* encoding;  ///< As iconv names it.
};
/// Of files that are not in UTF-8: byte-order marks, and '<' without one. The longer ones come first.
constexpr Beginning wide_beginnings[] = {
    {"\xFF\xFE\0\0"sv, "UTF-32LE"}, {"\0\0\xFE\xFF"sv, "UTF-32BE"}, {"<\0\0\0"sv, "UTF-32LE"},
    {"\0\0\0<"sv, "UTF-32BE"},      {"\xFF\xFE"sv, "UTF-16LE"},     {"\xFE\xFF"sv, "UTF-16BE"},
    {"<\0"sv, "UTF-16LE"},          {"\0<"sv, "UTF-16BE"},
};
constexpr View utf8_mark = "\xEF\xBB\xBF";

bool declares_latin1(View bytes) {
  if (!bytes.starts_with("<?xml")) return false;
  View declaration = bytes.substr(0, std::min(bytes.find('>'), std::size_t{200}));
  std::size_t const at = declaration.find("encoding");
  if (at == View::npos) return false;
  declaration.remove_prefix(at + 8);
  declaration.remove_prefix(std::min(declaration.find_first_not_of(" \t\r\n=\"'"), declaration.size()));
  std::string name(declaration.substr(0, declaration.find_first_of("\"'")));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return name == "iso-8859-1" || name == "latin1";
}

/// Empty for UTF-8.
std::string encoding_of(View bytes) {
  for (auto const& [beginning, encoding] : wide_beginnings)
    if (bytes.starts_with(beginning)) return encoding;
  return declares_latin1(bytes) ? "ISO-8859-1" : "";
}

/// Line and column of what follows `before`, both from 1.
std::pair<std::int64_t, std::int64_t> place_behind(View before) {
  std::size_t const line_start = before.rfind('\n') + 1;  // 0 where there is none
  return {std::count(before.begin(), before.end(), '\n') + 1,
          static_cast<std::int64_t>(before.size() - line_start + 1)};
}

enum CharacterUse : std::uint8_t { BeginsName = 1, InName = 2, Space = 4 };
constexpr std::array<std::uint8_t, 256> character_uses = [] {
  std::array<std::uint8_t, 256> uses{};
  for (std::size_t c = 0; c < 256; ++c) {
    bool const begins = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' || c >= 0x80;
    if (begins) uses[c] = BeginsName | InName;
    if ((c >= '0' && c <= '9') || c == '-' || c == '.') uses[c] = InName;
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') uses[c] = Space;
  }
  return uses;
}();
bool has_use(char c, CharacterUse use) { return (character_uses[static_cast<unsigned char>(c)] & use) != 0; }
bool is_space(char c) { return has_use(c, Space); }

void append_utf8(std::string& text, std::uint32_t code) {
  auto const put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  auto const follow = [&](int shift) { put(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6), follow(0);
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12), follow(6), follow(0);
  } else {
    put(0xF0 | code >> 18), follow(12), follow(6), follow(0);
  }
}

/// Appends what "&name;" stands for; false when it stands for nothing.
bool append_entity(std::string& text, View name) {
  static constexpr std::pair<View, char> entities[] = {
      {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
  for (auto const& [entity, meant] : entities) {
    if (name == entity) return text += meant, true;
  }
  if (!name.starts_with('#')) return false;
  name.remove_prefix(1);
  bool const hexadecimal = name.starts_with('x');
  if (hexadecimal) name.remove_prefix(1);
  std::uint32_t code = 0;
  auto const [end, error] =
      std::from_chars(name.data(), name.data() + name.size(), code, hexadecimal ? 16 : 10);
  bool const surrogate = code >= 0xD800 && code < 0xE000;
  if (error != std::errc() || end != name.data() + name.size() || code == 0 || code > 0x10FFFF || surrogate)
    return false;
  append_utf8(text, code);
  return true;
}

/// `raw` with one '\n' for every line break and, where wanted, entities resolved. What is none stays.
std::string meant_by(View raw, bool with_entities) {
  std::string text;
  text.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\r') {
      if (!raw.substr(i + 1).starts_with('\n')) text += '\n';
      continue;
    }
    if (raw[i] == '&' && with_entities) {
      std::size_t const length = raw.substr(i + 1, 12).find(';');
      if (length != View::npos && append_entity(text, raw.substr(i + 1, length))) {
        i += length + 1;
        continue;
      }
    }
    text += raw[i];
  }
  return text;
}

}  // namespace

/// Goes through the bytes once and fills a tree.
class XmlParser {
 public:
  XmlParser(XmlTree& tree, View file)
      : tree_(tree),
        file_(file),
        begin_(tree.bytes_.data()),
        at_(begin_),
        end_(begin_ + tree.bytes_.size()) {}

  void parse() {
    if (tree_.bytes_.starts_with(utf8_mark)) at_ += utf8_mark.size();
    if (tree_.bytes_.size() / shortest_element > std::numeric_limits<std::uint32_t>::max())
      refuse(at_, "it is too large");
    constexpr std::size_t usual_element = 32;  // room for more is found when they come
    reserve_large(tree_.nodes_, tree_.bytes_.size() / usual_element);
    while (read_text()) read_tag();
    if (!open_.empty()) refuse(end_, "it ends before " + spelled(open_name()) + " is closed");
    if (tree_.nodes_.empty()) refuse(end_, "it has no element");
  }

 private:
  static constexpr std::size_t shortest_element = 4;  // "<a/>"

  [[noreturn]] void refuse(char const* at, std::string const& why) const {
    auto const [line, column] = place_behind({begin_, static_cast<std::size_t>(at - begin_)});
    throw ParseError(std::string(file_), line, column,
                     "this is no complete XML: " + why + "; check that the file is whole");
  }
  static std::string spelled(View name) { return "<" + std::string(name) + ">"; }

  [[nodiscard]] char peek() const { return at_ == end_ ? '\0' : *at_; }
  [[nodiscard]] View rest() const { return {at_, static_cast<std::size_t>(end_ - at_)}; }
  void skip_space() {
    while (at_ != end_ && is_space(*at_)) ++at_;
  }
  void skip_name() {
    while (at_ != end_ && has_use(*at_, InName)) ++at_;
  }
  /// Goes behind the next `mark`.
  void skip_past(View mark, char const* what) {
    std::size_t const length = rest().find(mark);
    if (length == View::npos) refuse(at_, std::string("it ends within ") + what);
    at_ += length + mark.size();
  }

  [[nodiscard]] View open_name() const { return tree_.names_[tree_.nodes_[open_.back()].name]; }

  /// What stands up to the next tag; false when there is none.
  bool read_text() {
    char const* const from = at_;
    auto const [end, plain] = xml_stretch(from, end_);
    at_ = end;
    if (!open_.empty() && !std::all_of(from, end, is_space))
      take_text({from, static_cast<std::size_t>(end - from)}, plain, true);
    return at_ != end_;
  }

  void take_text(View raw, bool plain, bool with_entities) {
    if (!plain && raw.find('\0') != View::npos) refuse(raw.data(), "a text holds the byte 0");
    XmlNode& node = tree_.nodes_[open_.back()];
    if (node.text.data() != nullptr) return;
    node.text = plain ? raw : View(tree_.decoded_.emplace_back(meant_by(raw, with_entities)));
  }

  void read_tag() {
    ++at_;
    char const c = peek();
    if (has_use(c, BeginsName)) {
      open_element();
    } else if (c == '/') {
      close_element();
    } else if (c == '?') {
      ++at_;
      if (!has_use(peek(), BeginsName)) refuse(at_, "a processing instruction has no name");
      skip_past("?>", "a processing instruction");
    } else if (c == '!') {
      read_declaration();
    } else {
      refuse(at_, "what follows \"<\" is no tag");
    }
  }

  void open_element() {
    char const* const name = at_;
    std::uint32_t const number = read_name();
    open_.push_back(static_cast<std::uint32_t>(tree_.nodes_.size()));
    tree_.nodes_.push_back({.at = name, .name = number});
    if (peek() != '>') skip_attributes();
    if (peek() == '/') {
      ++at_;
      leave_element();
    }
    if (peek() != '>') refuse(at_, "the tag " + spelled(tree_.names_[number]) + " does not end in \">\"");
    ++at_;
  }

  /// Elements come in much the same order again and again: the next name is nearly always the one that
  /// followed the last one before.
  std::uint32_t read_name() {
    if (!followers_.empty() && meets_name(tree_.names_[followers_[last_name_]]))
      return last_name_ = followers_[last_name_];
    char const* const from = at_;
    skip_name();
    View const name(from, static_cast<std::size_t>(at_ - from));
    auto const [place, is_new] =
        tree_.numbers_.try_emplace(name, static_cast<std::uint32_t>(tree_.names_.size()));
    if (is_new) {
      tree_.names_.push_back(name);
      followers_.push_back(0);
    }
    followers_[last_name_] = place->second;
    return last_name_ = place->second;
  }

  /// Goes behind `name` where it stands here.
  bool meets_name(View name) {
    auto const size = static_cast<std::ptrdiff_t>(name.size());
    if (end_ - at_ < size || !same_bytes(at_, name.data(), name.size())) return false;
    if (at_ + size != end_ && has_use(at_[size], InName)) return false;
    at_ += size;
    return true;
  }

  /// Up to the end of the tag, or to what is none.
  void skip_attributes() {
    while (true) {
      skip_space();
      if (!has_use(peek(), BeginsName)) return;
      skip_name();
      skip_space();
      if (peek() != '=') refuse(at_, "an attribute has no value");
      ++at_;
      skip_space();
      char const quote = peek();
      if (quote != '"' && quote != '\'') refuse(at_, "the value of an attribute is not quoted");
      ++at_;
      skip_past({&quote, 1}, "the value of an attribute");
      if (has_use(peek(), BeginsName)) refuse(at_, "two attributes stand together");
    }
  }

  void close_element() {
    ++at_;
    if (open_.empty()) refuse(at_, "an element is closed that was not opened");
    View const name = open_name();
    if (!meets_name(name)) refuse(at_, "the tag that stands here should be </" + std::string(name) + ">");
    skip_space();
    if (peek() != '>') refuse(at_, "the tag </" + std::string(name) + "> does not end in \">\"");
    ++at_;
    leave_element();
  }

  void leave_element() {
    std::uint32_t const index = open_.back();
    tree_.nodes_[index].size = static_cast<std::uint32_t>(tree_.nodes_.size()) - index;
    open_.pop_back();
  }

  void read_declaration() {
    if (rest().starts_with("!--")) {
      at_ += 3;
      skip_past("-->", "a comment");
    } else if (rest().starts_with("![CDATA[")) {
      at_ += 8;
      char const* const from = at_;
      skip_past("]]>", "a CDATA section");
      View const raw(from, static_cast<std::size_t>(at_ - 3 - from));
      bool const plain = raw.find_first_of("\r\0"sv) == View::npos;
      if (!open_.empty()) take_text(raw, plain, false);
    } else if (rest().starts_with("!DOCTYPE")) {
      if (!open_.empty()) refuse(at_, "a document type stands within an element");
      skip_document_type();
    } else {
      refuse(at_, "what follows \"<!\" is neither a comment nor CDATA");
    }
  }

  /// Declarations in it nest, and quoted text and comments in it may hold brackets.
  void skip_document_type() {
    char const* const from = at_;
    for (int depth = 1; depth > 0;) {
      if (at_ == end_) refuse(from, "it ends within the document type");
      if (rest().starts_with("<!--")) {
        skip_past("-->", "a comment");
      } else if (rest().starts_with("<?")) {
        skip_past("?>", "a processing instruction");
      } else if (char const c = *at_++; c == '"' || c == '\'') {
        skip_past({&c, 1}, "the document type");
      } else if (c == '<' || c == '>') {
        depth += c == '<' ? 1 : -1;
      }
    }
  }

  XmlTree& tree_;
  View file_;
  char const *begin_, *at_, *end_;
  std::vector<std::uint32_t> open_;       // elements, the innermost last
  std::vector<std::uint32_t> followers_;  // of each name, the one that came next
  std::uint32_t last_name_ = 0;
};

XmlTree::XmlTree(std::string_view bytes, std::string_view file) : bytes_(bytes) {
  if (std::string const encoding = encoding_of(bytes); !encoding.empty()) {
    converted_ = TextDecoder(encoding).decode(bytes);
    bytes_ = converted_;
  }
  XmlParser(*this, file).parse();
}

std::pair<std::int64_t, std::int64_t> XmlTree::place_of(XmlElement element) const {
  return place_behind(bytes_.substr(0, offset_of(element)));
}

std::optional<std::uint32_t> XmlTree::number_of(std::string_view name) const {
  auto const place = numbers_.find(name);
  return place == numbers_.end() ? std::nullopt : std::optional(place->second);
}

}  // namespace rapport
