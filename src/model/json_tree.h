#pragma once
// JSON with the place of every value, and without holding a whole document at once.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rapport/base/error.h"

namespace rapport {

struct JsonValue {
  enum class Kind : std::uint8_t { Null, Bool, Integer, Real, Text, List, Object };

  Kind kind = Kind::Null;
  std::size_t offset = 0;   ///< Of its first byte in the document.
  std::string name{};       ///< When it is a field of an object.
  std::size_t name_at = 0;  ///< Offset of the name.
  std::string text{};
  double real = 0;  ///< Also of an Integer.
  std::int64_t integer = 0;
  bool truth = false;
  std::vector<JsonValue> children{};

  [[nodiscard]] JsonValue const* field(std::string_view wanted) const {
    for (auto const& child : children)
      if (child.name == wanted) return &child;
    return nullptr;
  }
};

/// "a list", "the number 5", "the text \"x\"".
[[nodiscard]] std::string spoken(JsonValue const& value);

/// Lines and columns (in characters) of offsets into one text.
class Locator {
 public:
  Locator(std::string_view text, std::string file, std::int64_t first_line = 1)
      : text_(text), file_(std::move(file)), start_{.line = first_line}, anchor_(start_) {}
  /// Later questions are about offsets from here on: they cost the way from here.
  void advance(std::size_t offset) { anchor_ = moved(offset); }
  [[nodiscard]] std::pair<std::int64_t, std::int64_t> at(std::size_t offset) const {
    Place const place = moved(offset);
    return {place.line, place.column};
  }
  [[nodiscard]] std::string const& file() const { return file_; }
  [[noreturn]] void fail(std::size_t offset, std::string const& message) const {
    auto const [line, column] = at(offset);
    throw ParseError(file_, line, column, message);
  }

 private:
  struct Place {
    std::size_t offset = 0;
    std::int64_t line = 1, column = 1;
  };
  [[nodiscard]] Place moved(std::size_t offset) const;

  std::string_view text_;
  std::string file_;
  Place start_, anchor_;
};

/// Called for each element of a list that is a field of the outermost object: the field's name, the
/// element's number from 0. False when the field is not known; its elements are then dropped.
using OnElement = std::function<bool(std::string const& field, std::size_t number, JsonValue const& element)>;

/// The outermost value, without the elements that went to `on_element` (when given). Nesting is bounded.
/// Errors: ParseError for anything that is no JSON (RFC 8259), repeats a field, or is too deep.
[[nodiscard]] JsonValue parse_json(std::string_view text, Locator& locator, OnElement const& on_element = {});

/// For text that another parser refused: says where and why, in the words of parse_json. Throws ParseError.
[[noreturn]] void refuse_json(std::string_view text, std::string const& file);

}  // namespace rapport
