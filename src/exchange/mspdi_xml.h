#pragma once
// Access to the elements of a Microsoft Project XML (MSPDI).

#include <cstddef>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/xml_tree.h"

namespace rapport {

/// One child element that a fact is made of: its name and the member its text is read to.
template <class Row>
using XmlField = std::pair<std::string_view, std::string_view Row::*>;

/// Which field each name of a tree means among the children of one kind of element.
class FieldsByName {
 public:
  static constexpr std::size_t no_field = static_cast<std::size_t>(-1);
  struct Meaning {
    std::size_t field = no_field;
    bool met = false;
  };

  template <class Fields>
  void look_up(XmlTree const& tree, Fields const& fields) {
    if (!meanings_.empty()) return;
    meanings_.resize(tree.name_count());
    for (std::size_t field = std::size(fields); field-- > 0;) {
      if (auto const number = tree.number_of(fields[field].first)) meanings_[*number].field = field;
    }
  }
  [[nodiscard]] Meaning& operator[](std::uint32_t name_number) { return meanings_[name_number]; }

 private:
  std::vector<Meaning> meanings_;
};

/// The texts of the children of `element` that Row::fields names, in one pass; others go to other(child,
/// whether the name is met for the first time).
template <class Row, class Other>
[[nodiscard]] Row read_fields(XmlElement element, FieldsByName& fields, Other&& other) {
  Row row;
  fields.look_up(element.tree(), Row::fields);
  for (XmlElement const child : element.children()) {
    auto& [field, met] = fields[child.name_number()];
    if (field != FieldsByName::no_field) {
      row.*Row::fields[field].second = child.text();
    } else {
      other(child, !met);
      met = true;
    }
  }
  return row;
}

template <class Row>
[[nodiscard]] Row read_fields(XmlElement element, FieldsByName& fields) {
  return read_fields<Row>(element, fields, [](XmlElement, bool) {});
}

}  // namespace rapport
