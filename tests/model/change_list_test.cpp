#include "rapport/model/change_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "rapport/base/error.h"
#include "rapport/model/document.h"

namespace rapport::test {
namespace {

using testing::HasSubstr;

constexpr char const* first = R"({"id": "CR-1", "edits": [{"activity": "A", "add_work": "8h"}]})";
constexpr char const* second = R"({"id": "CR-2", "title": "with ] and , in it", "edits": []})";

TEST(ChangeList, EachLineOfJsonLinesStandsForItself) {
  auto const entries = changes_in_text(
      std::string(first) + "\n\n{\"id\": \"CR-9\", \"edits\": [{}]}\r\nnonsense\n" + second, "changes.jsonl");
  ASSERT_EQ(entries.size(), 4U);
  EXPECT_EQ(entries[0].change, change_from_document(first));
  EXPECT_EQ(entries[1].key, "CR-9");
  EXPECT_EQ(entries[1].line, 3U);
  EXPECT_FALSE(entries[1].change);
  EXPECT_THAT(entries[1].error, HasSubstr("changes.jsonl:3:"));
  EXPECT_THAT(entries[2].error, HasSubstr("changes.jsonl:4:"));
  EXPECT_EQ(entries[3].change, change_from_document(second));
  EXPECT_EQ(entries[3].line, 5U);
}

TEST(ChangeList, AListGivesTheLineOfEachElement) {
  auto const entries = changes_in_text(std::string(" [\n") + first + " ,\n\n" + second + "\n]\n");
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].document, first);
  EXPECT_EQ(entries[0].line, 2U);
  EXPECT_EQ(entries[1].document, second);
  EXPECT_EQ(entries[1].line, 4U);
  EXPECT_EQ(entries[1].change, change_from_document(second));
  EXPECT_TRUE(changes_in_text("[]").empty());
}

TEST(ChangeList, OneDocumentOverSeveralLinesIsOneChange) {
  auto const entries = changes_in_text("\n{\n\"id\": \"CR-1\",\n\"edits\": []}\n");
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].line, 2U);
  EXPECT_EQ(entries[0].key, "CR-1");
}

TEST(ChangeList, AByteThatIsNoUtf8IsTheFaultOfItsOwnChange) {
  // "ü" in Latin-1 is the one byte 0xFC, which no UTF-8 character begins with.
  std::string const bad = "{\"id\": \"CR-2\", \"by\": \"M\xFCller\", \"edits\": []}";
  std::string const good = "{\"id\": \"CR-3\", \"by\": \"M\xC3\xBCller\", \"edits\": []}";
  for (auto const& [begin, between, end] : {std::array{"", "\n", ""}, std::array{"[", ",\n", "]"}}) {
    auto const entries =
        changes_in_text(std::string(begin) + first + between + bad + between + good + end, "changes");
    ASSERT_EQ(entries.size(), 3U);
    EXPECT_TRUE(entries[0].change);
    EXPECT_EQ(entries[1].key, "CR-2");
    EXPECT_EQ(entries[1].line, 2U);
    EXPECT_FALSE(entries[1].change);
    EXPECT_THAT(entries[1].error, HasSubstr("changes:2:"));
    EXPECT_THAT(entries[1].error, HasSubstr("0xFC"));
    EXPECT_THAT(entries[1].document, HasSubstr("M?ller"));
    EXPECT_EQ(entries[2].change, change_from_document(good));
  }
}

TEST(ChangeList, ABrokenListIsRefusedWholeAndAChangeWithoutIdIsNot) {
  EXPECT_THROW((void)changes_in_text("[{\"id\": 1"), ParseError);
  auto const entries = changes_in_text("{\"title\": \"x\"}\n" + std::string(first));
  EXPECT_FALSE(entries[0].error.empty());
  EXPECT_TRUE(entries[1].change);
}

}  // namespace
}  // namespace rapport::test
