#pragma once
// An independent reader's view of a page: pugixml parses it, nothing of Rapport's is used.

#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <map>
#include <pugixml.hpp>
#include <set>
#include <string>

namespace rapport::test {

/// Parses `text`; fails the test where it is not well-formed.
inline void parse(pugi::xml_document& document, std::string const& text) {
  auto const result =
      document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_doctype);
  ASSERT_TRUE(result) << result.description() << " at "
                      << text.substr(static_cast<std::size_t>(result.offset), 80);
}

inline void for_each_element(pugi::xml_node node, std::function<void(pugi::xml_node)> const& visit) {
  for (pugi::xml_node const child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    visit(child);
    for_each_element(child, visit);
  }
}

/// All text that a reader sees, without styles.
inline std::string visible_text(pugi::xml_node node) {
  std::string text;
  for (pugi::xml_node const child : node.children()) {
    if (child.type() == pugi::node_pcdata)
      text += child.value();
    else if (std::strcmp(child.name(), "style") != 0)
      text += " " + visible_text(child);
  }
  return text;
}

/// What a screen reader and a keyboard need, and what a page without network and script may hold.
inline void expect_accessible(std::string const& html) {
  pugi::xml_document document;
  parse(document, html);
  std::map<std::string, int> count;
  std::set<std::string> ids, wanted;
  int level = 0;
  for_each_element(document, [&](pugi::xml_node node) {
    std::string const name = node.name();
    // Pictures have titles of their own.
    if (name != "title" || std::string(node.parent().name()) == "head") ++count[name];
    for (pugi::xml_attribute const attribute : node.attributes()) {
      EXPECT_NE(std::strncmp(attribute.name(), "on", 2), 0) << name << " has a script";
      EXPECT_STRNE(attribute.name(), "src");
    }
    if (auto const id = node.attribute("id")) {
      EXPECT_TRUE(ids.insert(id.value()).second) << id.value();
    }
    if (auto const label = node.attribute("aria-labelledby")) wanted.insert(label.value());
    if (name == "a") {
      EXPECT_EQ(node.attribute("href").value()[0], '#');
      wanted.insert(node.attribute("href").value() + 1);
    }
    if (name == "table") {
      EXPECT_STREQ(node.first_child().name(), "caption");
    }
    if (name == "th") {
      EXPECT_TRUE(node.attribute("scope"));
    }
    if (name == "section") {
      EXPECT_TRUE(node.attribute("aria-labelledby"));
    }
    if (name == "svg") {
      bool hidden = node.attribute("aria-label");
      for (pugi::xml_node above = node; above; above = above.parent())
        hidden = hidden || above.attribute("aria-hidden");
      EXPECT_TRUE(hidden) << "a picture without a name";
    }
    if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6') {
      EXPECT_LE(name[1] - '0', level + 1) << "heading skips a level: " << visible_text(node);
      level = name[1] - '0';
    }
  });
  for (std::string const& id : wanted) EXPECT_TRUE(ids.contains(id)) << id;
  EXPECT_EQ(count["h1"], 1);
  EXPECT_EQ(count["main"], 1);
  EXPECT_EQ(count["title"], 1);
  EXPECT_EQ(count["script"] + count["link"] + count["img"] + count["iframe"], 0);
  EXPECT_TRUE(document.child("html").attribute("lang"));
  EXPECT_EQ(html.find("http://"), std::string::npos);
  EXPECT_EQ(html.find("https://"), std::string::npos);
  EXPECT_EQ(html.find("@import"), std::string::npos);
  EXPECT_EQ(html.find("{{"), std::string::npos);
}

}  // namespace rapport::test
