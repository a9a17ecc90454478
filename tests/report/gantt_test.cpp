#include "report/gantt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/markup.h"

namespace rapport::test {
namespace {

using testing::HasSubstr;

GanttBar bar(char const* start_before, char const* finish_before, char const* start_after,
             char const* finish_after) {
  GanttBar made;
  made.start_before = parse_instant(start_before);
  made.finish_before = parse_instant(finish_before);
  made.start_after = parse_instant(start_after);
  made.finish_after = parse_instant(finish_after);
  return made;
}

double number_in(pugi::xml_node node, char const* attribute) {
  return std::stod(node.attribute(attribute).value());
}

// Forty days with a margin of a fortieth and half a day on each side: 43 days in all, so that day 1.5 is at
// 3.49 %, and half of the forty days is 46.51 % wide.
TEST(Gantt, PlacesBarsInPercentOfTheSpanShown) {
  auto const drawn =
      gantt({bar("2027-03-01", "2027-03-21", "2027-03-21", "2027-04-10")}, {}, Wording::of("en"));
  pugi::xml_document row;
  parse(row, drawn["rows"][0].get<std::string>());
  std::vector<pugi::xml_node> bars;
  for_each_element(row, [&](pugi::xml_node node) {
    if (std::string(node.name()) == "rect") bars.push_back(node);
  });
  ASSERT_EQ(bars.size(), 2U);
  EXPECT_NEAR(number_in(bars[0], "x"), 100 * 1.5 / 43, 0.01);
  EXPECT_NEAR(number_in(bars[0], "width"), 100 * 20.0 / 43, 0.01);
  EXPECT_NEAR(number_in(bars[1], "x"), 100 * 21.5 / 43, 0.01);
}

TEST(Gantt, HasAtMostSixTicksWhateverTheSpan) {
  for (char const* finish :
       {"2027-03-02", "2027-03-09", "2027-04-20", "2027-09-01", "2029-01-01", "2040-01-01", "2400-01-01"}) {
    auto const drawn = gantt({bar("2027-03-01", finish, "2027-03-01", finish)}, {}, Wording::of("en"));
    auto const axis = drawn["axis"].get<std::string>();
    std::size_t ticks = 0;
    for (auto at = axis.find("<text"); at != std::string::npos; at = axis.find("<text", at + 1)) ++ticks;
    EXPECT_GE(ticks, 1U) << finish;
    EXPECT_LE(ticks, 7U) << finish;
  }
}

TEST(Gantt, DrawsTheDataDateOnlyWhenItIsNear) {
  auto const bars = std::vector{bar("2027-03-01", "2027-03-21", "2027-03-21", "2027-04-10")};
  EXPECT_TRUE(gantt(bars, parse_instant("2027-02-25"), Wording::of("en"))["data_date"].get<bool>());
  EXPECT_FALSE(gantt(bars, parse_instant("2026-02-25"), Wording::of("en"))["data_date"].get<bool>());
}

TEST(Gantt, OfNothingIsEmptyAndOfAnActivityBroughtInHasNoBarBefore) {
  EXPECT_TRUE(gantt({}, {}, Wording::of("en"))["rows"].empty());
  GanttBar added;
  added.start_after = parse_instant("2027-03-01");
  added.finish_after = parse_instant("2027-03-04");
  auto const drawn = gantt({added}, {}, Wording::of("zh"));
  EXPECT_THAT(drawn["rows"][0].get<std::string>(), testing::Not(HasSubstr("class=\"before\"")));
  EXPECT_THAT(drawn["axis"].get<std::string>(), HasSubstr("2027年3月"));
}

}  // namespace
}  // namespace rapport::test
