#pragma once
// Access to the elements of a Microsoft Project XML (MSPDI).

#include <cstddef>
#include <cstring>
#include <iterator>
#include <pugixml.hpp>
#include <string_view>
#include <utility>
#include <vector>

namespace rapport {

/// One child element that a fact is made of: its name and the member its text is read to.
template <class Row>
using XmlField = std::pair<std::string_view, std::string_view Row::*>;

/// The names of the children met so far under one kind of element, and the field each is read to. Children
/// come in much the same order again and again, so the next name is nearly always the one that is met.
class NameOrder {
 public:
  static constexpr std::size_t no_field = static_cast<std::size_t>(-1);
  struct Met {
    std::size_t field;  ///< Or no_field.
    bool first_time;    ///< As far as is remembered.
  };

  /// Begins with the first child of another element.
  void begin() { next_ = 0; }

  template <class Fields>
  Met meet(char const* name, Fields const& fields) {
    for (std::size_t tried = 0; tried < entries_.size(); ++tried) {
      Entry const& entry = entries_[next_];
      next_ = next_ + 1 == entries_.size() ? 0 : next_ + 1;
      if (*entry.name == *name && std::strcmp(entry.name, name) == 0) return {entry.field, false};
    }
    std::size_t field = 0;
    while (field < std::size(fields) && fields[field].first != name) ++field;
    if (field == std::size(fields)) field = no_field;
    if (entries_.size() < most_names) entries_.push_back({name, field});
    next_ = 0;
    return {field, true};
  }

 private:
  struct Entry {
    char const* name;
    std::size_t field;
  };
  static constexpr std::size_t most_names = 200;  // a hostile file may hold a million
  std::vector<Entry> entries_;
  std::size_t next_ = 0;
};

/// The texts of the children of `node` that Row::fields names, in one pass; others go to other(child, whether
/// `order` meets the name for the first time).
template <class Row, class Other>
[[nodiscard]] Row read_fields(pugi::xml_node node, NameOrder& order, Other&& other) {
  Row row;
  order.begin();
  for (pugi::xml_node child = node.first_child(); child; child = child.next_sibling()) {
    auto const [field, first_time] = order.meet(child.name(), Row::fields);
    if (field != NameOrder::no_field) {
      row.*Row::fields[field].second = child.child_value();
    } else {
      other(child, first_time);
    }
  }
  return row;
}

template <class Row>
[[nodiscard]] Row read_fields(pugi::xml_node node, NameOrder& order) {
  return read_fields<Row>(node, order, [](pugi::xml_node, bool) {});
}

}  // namespace rapport
