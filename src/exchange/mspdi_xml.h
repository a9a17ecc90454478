#pragma once
// Access to the elements of a Microsoft Project XML (MSPDI).

#include <cstdint>
#include <pugixml.hpp>
#include <string_view>
#include <utility>

namespace rapport {

/// One child element that a fact is made of: its name and the member its text is read to.
template <class Row>
using XmlField = std::pair<std::string_view, std::string_view Row::*>;

/// The texts of the children of `node` that Row::fields names, in one pass; others go to other(child).
/// Children come in the order of the schema, as the fields do, so the next field is nearly always the one
/// that is met.
template <class Row, class Other>
[[nodiscard]] Row read_fields(pugi::xml_node node, Other&& other) {
  constexpr std::size_t count = std::size(Row::fields);
  Row row;
  std::size_t next = 0;
  for (pugi::xml_node const child : node.children()) {
    std::string_view const name = child.name();
    std::size_t tried = 0;
    while (tried < count && Row::fields[next].first != name) {
      next = next + 1 == count ? 0 : next + 1;
      ++tried;
    }
    if (tried < count) {
      row.*Row::fields[next].second = child.child_value();
    } else {
      other(child);
    }
  }
  return row;
}

template <class Row>
[[nodiscard]] Row read_fields(pugi::xml_node node) {
  return read_fields<Row>(node, [](pugi::xml_node) {});
}

}  // namespace rapport
