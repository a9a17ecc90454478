#include "model/json_tree.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/utf8.h"

namespace rapport {
namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t most_values = 4'000'000;

/// Walks the text and lets others know how far the parser has read.
class Reading {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = char const*;
  using reference = char const&;

  Reading(char const* at, char const** reached) : at_(at), reached_(reached) {}
  reference operator*() const { return *at_; }
  Reading& operator++() {
    *reached_ = ++at_;
    return *this;
  }
  Reading operator++(int) {
    Reading const before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(Reading a, Reading b) { return a.at_ == b.at_; }

 private:
  char const* at_;
  char const** reached_;
};

/// "[json.exception.parse_error.101] parse error at line 1, column 5: syntax error while …" → the last part.
std::string plain(std::string const& what) {
  auto const bracket = what.find("] ");
  std::string text = bracket == std::string::npos ? what : what.substr(bracket + 2);
  if (auto const colon = text.find(": "); text.starts_with("parse error") && colon != std::string::npos)
    text.erase(0, colon + 2);
  return text;
}

class Builder {
 public:
  Builder(std::string_view text, Locator& locator, OnElement const& on_element)
      : text_(text), locator_(locator), on_element_(on_element), reached_(text.data()) {}

  JsonValue build() {
    Reading const first(text_.data(), &reached_), last(text_.data() + text_.size(), &reached_);
    nlohmann::json::sax_parse(first, last, this);
    return std::move(root_);
  }

  // The names and types of nlohmann's SAX interface.
  bool null() { return leaf({}); }
  bool boolean(bool value) { return leaf({.kind = JsonValue::Kind::Bool, .truth = value}); }
  bool number_integer(std::int64_t value) {
    return leaf({.kind = JsonValue::Kind::Integer, .real = static_cast<double>(value), .integer = value});
  }
  bool number_unsigned(std::uint64_t value) {
    if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
      return number_integer(static_cast<std::int64_t>(value));
    return number_float(static_cast<double>(value), {});
  }
  bool number_float(double value, std::string const&) {
    return leaf({.kind = JsonValue::Kind::Real, .real = value});
  }
  bool string(std::string& value) { return leaf({.kind = JsonValue::Kind::Text, .text = std::move(value)}); }
  bool binary(nlohmann::json::binary_t&) { return false; }
  bool key(std::string& value) {
    name_at_ = token();
    name_ = std::move(value);
    return true;
  }
  bool start_object(std::size_t) { return open(JsonValue::Kind::Object); }
  bool start_array(std::size_t) { return open(JsonValue::Kind::List); }
  bool end_object() {
    refuse_repeats(open_.back());
    return close();
  }
  bool end_array() { return close(); }
  bool parse_error(std::size_t position, std::string const&, nlohmann::json::exception const& error) {
    if (auto const foreign = first_beyond_utf8(text_); foreign < std::min(position, text_.size()))
      locator_.fail(foreign, "this is not UTF-8; save it as UTF-8");
    if (dynamic_cast<nlohmann::json::out_of_range const*>(&error))
      locator_.fail(token(), "this number is beyond what can be held");
    locator_.fail(std::min(position > 0 ? position - 1 : 0, text_.size()),
                  "this is no JSON: " + plain(error.what()));
  }

 private:
  /// Where the token that was just read begins: behind the one before, and what separates them.
  std::size_t token() {
    std::size_t const at = text_.find_first_not_of(" \t\r\n,:", behind_);
    behind_ = static_cast<std::size_t>(reached_ - text_.data());
    return std::min(at, behind_);
  }

  bool leaf(JsonValue value) {
    value.offset = token();
    name(value);
    return place(std::move(value));
  }

  bool open(JsonValue::Kind kind) {
    JsonValue value{.kind = kind, .offset = token()};
    name(value);
    if (open_.size() >= deepest) locator_.fail(value.offset, "this is nested more than 64 levels deep");
    if (open_.size() <= 2) locator_.advance(value.offset);
    if (open_.size() == 1) number_ = 0;
    open_.push_back(std::move(value));
    return true;
  }

  bool close() {
    (void)token();
    JsonValue value = std::move(open_.back());
    open_.pop_back();
    return place(std::move(value));
  }

  void name(JsonValue& value) {
    value.name = std::move(name_);
    value.name_at = name_at_;
    name_.clear();
  }

  bool place(JsonValue&& value) {
    if (++values_ > most_values) locator_.fail(value.offset, "one entry holds more than four million values");
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (on_element_ && open_.size() == 2 && open_[1].kind == JsonValue::Kind::List &&
               open_[0].kind == JsonValue::Kind::Object) {
      (void)on_element_(open_[1].name, number_++, value);
      values_ = 0;
    } else {
      open_.back().children.push_back(std::move(value));
    }
    return true;
  }

  void refuse_repeats(JsonValue const& object) const {
    std::vector<JsonValue const*> fields;
    fields.reserve(object.children.size());
    for (auto const& child : object.children) fields.push_back(&child);
    std::sort(fields.begin(), fields.end(), [](auto const* a, auto const* b) {
      return a->name != b->name ? a->name < b->name : a->name_at < b->name_at;
    });
    auto const twin = std::adjacent_find(fields.begin(), fields.end(),
                                         [](auto const* a, auto const* b) { return a->name == b->name; });
    if (twin != fields.end())
      locator_.fail((*(twin + 1))->name_at, "the field \"" + (*twin)->name + "\" is given twice; keep one");
  }

  std::string_view text_;
  Locator& locator_;
  OnElement const& on_element_;
  char const* reached_;
  std::size_t behind_ = 0, name_at_ = 0, number_ = 0, values_ = 0;
  std::string name_;
  std::vector<JsonValue> open_;
  JsonValue root_;
};

}  // namespace

std::string spoken(JsonValue const& value) {
  switch (value.kind) {
    case JsonValue::Kind::Null:
      return "null";
    case JsonValue::Kind::Bool:
      return value.truth ? "true" : "false";
    case JsonValue::Kind::Integer:
      return "the number " + std::to_string(value.integer);
    case JsonValue::Kind::Real:
      return "the number " + nlohmann::json(value.real).dump();
    case JsonValue::Kind::Text: {
      constexpr std::size_t shown = 60;
      if (value.text.size() <= shown) return "the text \"" + value.text + "\"";
      std::size_t end = shown;
      while (end > 0 && (static_cast<unsigned char>(value.text[end]) & 0xC0) == 0x80) --end;
      return "the text \"" + value.text.substr(0, end) + "…\"";
    }
    case JsonValue::Kind::List:
      return "a list";
    case JsonValue::Kind::Object:
      return "an object";
  }
  return "";
}

Locator::Place Locator::moved(std::size_t offset) const {
  Place place = offset >= anchor_.offset ? anchor_ : start_;
  for (; place.offset < offset && place.offset < text_.size(); ++place.offset) {
    auto const c = static_cast<unsigned char>(text_[place.offset]);
    if (c == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((c & 0xC0) != 0x80) {
      ++place.column;
    }
  }
  return place;
}

JsonValue parse_json(std::string_view text, Locator& locator, OnElement const& on_element) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
    locator.fail(0, "this is empty, not a JSON document");
  return Builder(text, locator, on_element).build();
}

void refuse_json(std::string_view text, std::string const& file) {
  Locator locator(text, file);
  (void)parse_json(text, locator);
  locator.fail(0, "this is no JSON");
}

}  // namespace rapport
