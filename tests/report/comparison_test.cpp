#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "impact/small_plan.h"
#include "rapport/report/comparison_page.h"
#include "report/markup.h"

namespace rapport::test {
namespace {

using testing::HasSubstr;
using testing::Not;

Comparison longer(std::string const& name = "Task B") {
  auto before = diamond(), after = diamond();
  before.activities[1].name = after.activities[1].name = name;
  after.activities[1].duration = hours(32);  // two days more of B, on the longest path
  after.activities[3].duration = hours(12);  // D has a day of float
  return compare(made(before), made(after));
}

TEST(ComparisonPage, IsWellFormedAndAccessibleInEveryLanguage) {
  for (char const* language : {"en", "zh"})
    expect_accessible(to_html(longer(), {.before = "May", .after = "June", .language = language}));
  auto const same = made(diamond());
  expect_accessible(to_html(compare(same, same)));
}

TEST(ComparisonPage, AnswersInItsFirstSentenceAndShowsPartsMovesAndDifferences) {
  auto const comparison = longer();
  for (std::string const& page : {to_html(comparison), to_markdown(comparison)}) {
    EXPECT_THAT(page, HasSubstr("The project now finishes 4 days later, on 19\u00a0Jan\u00a02027."));
    EXPECT_THAT(page, HasSubstr("Durations"));
    EXPECT_THAT(page, HasSubstr("2 edits"));
    EXPECT_THAT(page, HasSubstr("duration"));
    EXPECT_THAT(page, HasSubstr("32h"));
  }
  auto const same = made(diamond());
  EXPECT_THAT(to_html(compare(same, same)), HasSubstr("Both states are the same."));
}

TEST(ComparisonPage, SaysHowManyRowsItLeavesOut) {
  auto const comparison = longer();
  auto const page = to_html(comparison, {.before = {}, .after = {}, .language = "en", .rows = 1});
  EXPECT_THAT(page, HasSubstr("… and 1 more"));
  EXPECT_THAT(to_html(comparison), Not(HasSubstr("… and")));
}

// A template looks for what a row lacks in what surrounds it: the names of the two states.
TEST(ComparisonPage, ShowsNothingWhereAnActivityOrAFactIsGone) {
  auto before = diamond();
  before.activities.push_back(before.activities[1]);
  before.activities.back().key = "EXTRA";
  auto const page =
      to_html(compare(made(before), made(diamond())), {.before = "May", .after = "June", .language = "en"});
  EXPECT_THAT(page, HasSubstr("EXTRA"));
  pugi::xml_document document;
  parse(document, page);
  std::size_t cells = 0;
  for (auto const& found : document.select_nodes("//td")) {
    ++cells;
    std::string const text = found.node().text().get();
    EXPECT_TRUE(text != "June" && text != "May") << text;
    for (auto const inner : found.node().children("bdi")) EXPECT_STRNE(inner.text().get(), "June");
  }
  EXPECT_GT(cells, 3U);
}

TEST(ComparisonPage, EscapesWhatComesFromFacts) {
  auto const comparison = longer("<script>alert(1)</script>");
  auto const page = to_html(comparison, {.before = "<b>", .after = "\"&", .language = "en"});
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  pugi::xml_document document;
  parse(document, page);
}

TEST(ComparisonPage, IsRefusedInALanguageWithoutTexts) {
  EXPECT_THROW((void)to_html(longer(), {.before = {}, .after = {}, .language = "fr"}), InvalidInput);
}

}  // namespace
}  // namespace rapport::test
