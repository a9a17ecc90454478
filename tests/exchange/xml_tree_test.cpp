// What the tree of an XML holds, against pugixml's reading of the same bytes; what is no XML, and where.

#include "exchange/xml_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pugixml.hpp>
#include <random>

#include "exchange/reading.h"
#include "support/corpus.h"

namespace rapport {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// Elements in order, each as its depth, its name and its first text.
using Outline = std::vector<std::string>;

std::string line_of(std::size_t depth, std::string_view name, std::string_view text) {
  return std::to_string(depth) + " " + std::string(name) + "=" + std::string(text);
}

void append(Outline& outline, XmlElement element, std::size_t depth) {
  outline.push_back(line_of(depth, element.name(), element.text()));
  for (XmlElement const child : element.children()) append(outline, child, depth + 1);
}

void append(Outline& outline, pugi::xml_node element, std::size_t depth) {
  outline.push_back(line_of(depth, element.name(), element.child_value()));
  for (pugi::xml_node const child : element.children())
    if (child.type() == pugi::node_element) append(outline, child, depth + 1);
}

Outline outline_of(std::string_view bytes) {
  XmlTree const tree(bytes, "x");
  Outline outline;
  append(outline, tree.root(), 0);
  return outline;
}

/// Nothing: it is no complete XML.
std::optional<Outline> try_outline_of(std::string_view bytes) {
  try {
    return outline_of(bytes);
  } catch (ParseError const&) {
    return std::nullopt;
  }
}

std::optional<Outline> outline_of_peer(std::string_view bytes) {
  pugi::xml_document document;
  if (!document.load_buffer(bytes.data(), bytes.size())) return std::nullopt;
  Outline outline;
  append(outline, document.document_element(), 0);
  return outline;
}

char const* const odd_xml = R"(<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE a [ <!ENTITY e "a > b"> <!-- " --> <?p '?> ]>
<!-- <a> --><a x='>"/' b:y = "1">
  <b/> <b /><b></b><b
  > kept &lt;as&#x20AC;&#233; it is&amp;lt; </b
  >&none; &#xZ; &;
  <c><![CDATA[<b>&amp;]]>later</c><c>first<d>in</d>later</c><c><d/>behind</c><?pi <c> ?>
  <e:e.e-1_><c><!-- no text --> between <!-- --> twice</c></e:e.e-1_>
</a>
<!-- the end -->
)";

TEST(XmlTree, HoldsElementsAndTheirFirstTexts) {
  EXPECT_THAT(outline_of(odd_xml),
              ElementsAre("0 a=&none; &#xZ; &;\n  ",
                          "1 b=", "1 b=", "1 b=", "1 b= kept <as\u20AC\u00E9 it is&lt; ", "1 c=<b>&amp;",
                          "1 c=first", "2 d=in", "1 c=behind", "2 d=", "1 e:e.e-1_=", "2 c= between "));
  EXPECT_EQ(outline_of(odd_xml), outline_of_peer(odd_xml));
}

TEST(XmlTree, MakesOneLineBreakOfEveryKind) {
  EXPECT_THAT(outline_of("<a><b>1\r\n2\r3\n4\r</b><c><![CDATA[\r\n5\r]]></c></a>"),
              ElementsAre("0 a=", "1 b=1\n2\n3\n4\n", "1 c=\n5\n"));
}

TEST(XmlTree, FindsChildrenByName) {
  XmlTree const tree("<a><b>1</b><c><b>2</b></c><b>3</b></a>", "x");
  XmlElement const root = tree.root();
  std::string all;
  for (XmlElement const b : root.children("b")) all += b.text();
  EXPECT_EQ(all, "13");
  EXPECT_EQ(root.children().count(), 3U);
  EXPECT_EQ(root.child("c").text_of("b"), "2");
  EXPECT_FALSE(root.child("d"));
  EXPECT_FALSE(root.child("d").child("b")) << "what is not there has no children";
  EXPECT_EQ(root.child("d").text(), "");
  EXPECT_EQ(root.child("b").children().count(), 0U);
  EXPECT_EQ(tree.offset_of(root.child("c")), 12U);
}

TEST(XmlTree, AgreesWithPugixmlOnWhateverIsDamaged) {
  char const* const pieces[] = {"<",       ">",    "/",    "</",    "/>",     "<!--",  "-->",  "<![CDATA[",
                                "]]>",     "<?x",  "?>",   "&amp;", "&#x41;", "&#65;", "&lt;", "&bogus;",
                                "&",       "\r\n", "\r",   " ",     "\t",     "\"",    "'",    "=",
                                "a=\"b\"", "<b>",  "</b>", "</a>",  "<b/>",   "x:",    "-",    "\u00E4"};
  std::mt19937 random(20261129);
  std::string const whole = odd_xml;
  std::size_t const inside = whole.find("<a x=");  // of document types pugixml lets other things through
  int both_read = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string damaged = whole;
    for (auto count = 1 + random() % 3; count > 0; --count) {
      std::size_t const at = inside + random() % (damaged.size() - inside);
      damaged.replace(at, random() % 3, random() % 3 == 0 ? "" : pieces[random() % std::size(pieces)]);
    }
    auto const ours = try_outline_of(damaged), theirs = outline_of_peer(damaged);
    ASSERT_EQ(ours, theirs) << damaged;
    both_read += ours.has_value();
  }
  EXPECT_GT(both_read, 2000);
}

TEST(XmlTree, FindsTagsAtEveryPlaceOfABlockAndOfTheEnd) {
  for (std::size_t length = 0; length < 70; ++length) {
    for (std::size_t special = 0; special <= length; ++special) {
      std::string text(length, 't'), meant = text;
      if (special < length) text.replace(special, 1, "&gt;"), meant[special] = '>';
      std::string const bytes = "<a><b>" + text + "</b></a>";
      std::vector<char> const tight(bytes.begin(), bytes.end());  // the last byte is the last there is
      XmlTree const tree({tight.data(), tight.size()}, "x");
      ASSERT_EQ(tree.root().text_of("b"), meant);
    }
  }
}

std::string encoded(std::u32string_view text, std::string_view encoding) {
  std::size_t const unit = encoding.starts_with("32") ? 4 : encoding.starts_with("16") ? 2 : 1;
  std::string bytes;
  auto const put = [&](char32_t word) {
    for (std::size_t i = 0; i < unit; ++i) {
      std::size_t const byte = encoding.ends_with("BE") ? unit - 1 - i : i;
      bytes += static_cast<char>(word >> 8 * byte & 0xFF);
    }
  };
  for (char32_t const c : text) {
    if (unit == 2 && c >= 0x10000) {
      put(0xD800 + ((c - 0x10000) >> 10));
      put(0xDC00 + ((c - 0x10000) & 0x3FF));
    } else {
      put(c);
    }
  }
  return bytes;
}

TEST(XmlTree, IsInUtf8WhateverTheFileIsIn) {
  std::u32string const text = U"<a>\n<b>\u00E4\u4E2D\U0001D11E</b></a>";
  for (std::string_view const encoding : {"16LE", "16BE", "32LE", "32BE"}) {
    SCOPED_TRACE(encoding);
    EXPECT_THAT(outline_of(encoded(text, encoding)), ElementsAre("0 a=", "1 b=\u00E4\u4E2D\U0001D11E"));
    EXPECT_THAT(outline_of(encoded(U"\uFEFF" + text, encoding)),
                ElementsAre("0 a=", "1 b=\u00E4\u4E2D\U0001D11E"));
    EXPECT_THAT(outline_of(encoded(U"<a>plain</a>", encoding)), ElementsAre("0 a=plain"));
  }
  EXPECT_THAT(outline_of("\xEF\xBB\xBF<a>\u00E4</a>"), ElementsAre("0 a=\u00E4"));
  EXPECT_THAT(outline_of("<?xml version='1.0' encoding = 'ISO-8859-1'?><a>\xE4</a>"),
              ElementsAre("0 a=\u00E4"));
}

TEST(XmlTree, GoesOnBehindHalfACharacter) {
  EXPECT_THAT(outline_of(encoded(U"<a>1", "16LE") + "\x11\xD8" + encoded(U"2</a>", "16LE")),
              ElementsAre("0 a=1\uFFFD2"));
}

TEST(XmlTree, SaysWhereAndWhyItIsNoXml) {
  auto const said_of = [](std::string_view bytes) {
    return refusal([&] { return XmlTree(bytes, "x").name_count(); });
  };
  EXPECT_THAT(said_of(""), HasSubstr("x:1:1: this is no complete XML: it has no element"));
  EXPECT_THAT(said_of("text"), HasSubstr("it has no element"));
  EXPECT_THAT(said_of("<a>\n<b></a>"),
              HasSubstr("x:2:6: this is no complete XML: the tag that stands here should be </b>"));
  EXPECT_THAT(said_of("<a>\n<b>1"),
              HasSubstr("x:2:5: this is no complete XML: it ends before <b> is closed"));
  EXPECT_THAT(said_of("<a/>\n</a>"),
              HasSubstr("x:2:3: this is no complete XML: an element is closed that was not"));
  EXPECT_THAT(said_of("<a/"), HasSubstr("the tag <a> does not end"));
  EXPECT_THAT(said_of("<a></a"), HasSubstr("the tag </a> does not end"));
  EXPECT_THAT(said_of("<a x>"), HasSubstr("x:1:5: this is no complete XML: an attribute has no value"));
  EXPECT_THAT(said_of("<a x=1>"), HasSubstr("is not quoted"));
  EXPECT_THAT(said_of("<a x='1>"), HasSubstr("it ends within the value of an attribute"));
  EXPECT_THAT(said_of("<a x='1'y='2'>"), HasSubstr("two attributes stand together"));
  EXPECT_THAT(said_of("<a>< b>"), HasSubstr("what follows \"<\" is no tag"));
  EXPECT_THAT(said_of("<a><!b>"), HasSubstr("neither a comment nor CDATA"));
  EXPECT_THAT(said_of("<a>\n <!-- b"), HasSubstr("x:2:6: this is no complete XML: it ends within a comment"));
  EXPECT_THAT(said_of("<a><![CDATA[b]]"), HasSubstr("it ends within a CDATA section"));
  EXPECT_THAT(said_of("<?xml"), HasSubstr("it ends within a processing instruction"));
  EXPECT_THAT(said_of("<? b?><a/>"), HasSubstr("a processing instruction has no name"));
  EXPECT_THAT(said_of("<!DOCTYPE a [ <!-- ]>"), HasSubstr("it ends within a comment"));
  EXPECT_THAT(said_of("<!DOCTYPE a [ "),
              HasSubstr("x:1:2: this is no complete XML: it ends within the document type"));
  EXPECT_THAT(said_of("<a><!DOCTYPE b></a>"), HasSubstr("a document type stands within an element"));
  EXPECT_THAT(said_of(std::string("<a>b\0c</a>", 10)), HasSubstr("holds the byte 0"));
}

}  // namespace
}  // namespace rapport
