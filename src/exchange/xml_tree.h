#pragma once
// An XML document as its elements and their texts, read once and never changed. Attributes, comments,
// processing instructions and the document type are passed over.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rapport {

class XmlTree;

/// Elements stand in the order in which they begin, so that the first child of one is the next.
struct XmlNode {
  char const* at = nullptr;  ///< Its name in the file.
  std::string_view text{};
  std::uint32_t name = 0;  ///< Its number in XmlTree.
  std::uint32_t size = 1;  ///< Elements in it, with itself.
};

/// An element, or none. The tree must outlive it.
class XmlElement {
 public:
  XmlElement() = default;
  XmlElement(XmlTree const& tree, XmlNode const& node) : tree_(&tree), node_(&node) {}

  explicit operator bool() const { return node_ != nullptr; }
  [[nodiscard]] std::string_view name() const;
  /// Elements of the same name in one tree have the same number.
  [[nodiscard]] std::uint32_t name_number() const { return node_->name; }
  /// The first text in it, before, between or behind its children; empty where there is none.
  [[nodiscard]] std::string_view text() const { return node_ == nullptr ? std::string_view() : node_->text; }
  /// The first child of that name, or none.
  [[nodiscard]] XmlElement child(std::string_view name) const;
  [[nodiscard]] std::string_view text_of(std::string_view name) const { return child(name).text(); }

  class Children;
  [[nodiscard]] Children children() const;
  [[nodiscard]] Children children(std::string_view name) const;

  [[nodiscard]] XmlTree const& tree() const { return *tree_; }

 private:
  friend class XmlTree;
  XmlTree const* tree_ = nullptr;
  XmlNode const* node_ = nullptr;
};

/// The children of an element, all or those of one name.
class XmlElement::Children {
 public:
  class Iterator {
   public:
    explicit Iterator(Children const& all, XmlNode const* node) : all_(&all), node_(node) { find(); }
    XmlElement operator*() const { return {*all_->tree_, *node_}; }
    Iterator& operator++() {
      node_ += node_->size;
      find();
      return *this;
    }
    bool operator==(Iterator const& other) const { return node_ == other.node_; }

   private:
    void find() {
      while (node_ != all_->end_ && all_->name_ && node_->name != *all_->name_) node_ += node_->size;
    }
    Children const* all_;
    XmlNode const* node_;
  };

  Children(XmlTree const* tree, XmlNode const* begin, XmlNode const* end, std::optional<std::uint32_t> name)
      : tree_(tree), begin_(begin), end_(end), name_(name) {}
  [[nodiscard]] Iterator begin() const { return Iterator(*this, begin_); }
  [[nodiscard]] Iterator end() const { return Iterator(*this, end_); }
  [[nodiscard]] std::size_t count() const {
    std::size_t count = 0;
    for (Iterator each = begin(); each != end(); ++each) ++count;
    return count;
  }

 private:
  XmlTree const* tree_;
  XmlNode const *begin_, *end_;
  std::optional<std::uint32_t> name_;
};

class XmlTree {
 public:
  /// `bytes` must outlive the tree. They are in UTF-8, in UTF-16 or UTF-32 as their first bytes tell, or in
  /// Latin-1 if they declare it. Cost: O(bytes). Errors: ParseError when it is no complete XML.
  XmlTree(std::string_view bytes, std::string_view file);
  XmlTree(XmlTree const&) = delete;
  XmlTree& operator=(XmlTree const&) = delete;

  [[nodiscard]] XmlElement root() const { return {*this, nodes_.front()}; }

  [[nodiscard]] std::size_t name_count() const { return names_.size(); }
  [[nodiscard]] std::string_view name(std::uint32_t number) const { return names_[number]; }
  /// Nothing: no element is called so.
  [[nodiscard]] std::optional<std::uint32_t> number_of(std::string_view name) const;

  /// In UTF-8: what every name and nearly every text is a view into.
  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  /// Where the name of `element`, which is one of this tree, begins.
  [[nodiscard]] std::size_t offset_of(XmlElement element) const {
    return static_cast<std::size_t>(element.node_->at - bytes_.data());
  }
  /// Line and column of that, both from 1. Cost: O(bytes before).
  [[nodiscard]] std::pair<std::int64_t, std::int64_t> place_of(XmlElement element) const;

 private:
  friend class XmlParser;

  std::string converted_;  // empty where the file is in UTF-8
  std::string_view bytes_;
  std::vector<XmlNode> nodes_;
  std::vector<std::string_view> names_;
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
  std::deque<std::string> decoded_;  // the texts that do not stand in the file as they are meant
};

inline std::string_view XmlElement::name() const {
  return node_ == nullptr ? std::string_view() : tree_->name(node_->name);
}

inline XmlElement::Children XmlElement::children() const {
  return node_ == nullptr ? Children(nullptr, nullptr, nullptr, std::nullopt)
                          : Children(tree_, node_ + 1, node_ + node_->size, std::nullopt);
}

inline XmlElement::Children XmlElement::children(std::string_view name) const {
  auto const number = node_ == nullptr ? std::nullopt : tree_->number_of(name);
  if (!number) return {nullptr, nullptr, nullptr, std::nullopt};
  return {tree_, node_ + 1, node_ + node_->size, number};
}

inline XmlElement XmlElement::child(std::string_view name) const {
  Children const all = children(name);
  return all.begin() == all.end() ? XmlElement() : *all.begin();
}

}  // namespace rapport
