#include "rapport/model/project.h"

#include <gtest/gtest.h>

namespace rapport {
namespace {

Author const author{"Ito", at(Date::of(2027, 3, 1))};

Facts two_activities() {
  Facts facts;
  facts.activities = {{.key = "A1"}, {.key = "A2"}, {.key = "A3"}};
  facts.links = {{.predecessor = "A1", .successor = "A2"}};
  return facts;
}

TEST(Project, FindsFactsByKeyAndSuggestsTheNearest) {
  Project const project(two_activities());
  EXPECT_EQ(project.at<Activity>("A2").key, "A2");
  EXPECT_EQ(project.find<Link>("A1>A2:FS")->successor, "A2");
  EXPECT_EQ(project.find<Activity>("B"), nullptr);
  try {
    (void)project.at<Activity>("A4");
    FAIL();
  } catch (NotFound const& error) {
    EXPECT_EQ(error.kind(), "activity");
    EXPECT_EQ(error.nearest().size(), 3U);
  }
}

TEST(Project, RefusesAnEditThatLeavesALinkWithoutItsActivity) {
  Project project(two_activities());
  Project const before = project;
  EXPECT_THROW(project.apply(Edit("drop").remove(FactKind::Activity, "A2"), author), InvalidInput);
  EXPECT_EQ(project.facts(), before.facts());
  EXPECT_TRUE(project.journal().empty());
  project.apply(Edit("drop").remove(FactKind::Activity, "A2").remove(FactKind::Link, "A1>A2:FS"), author);
  EXPECT_EQ(project.facts().activities.size(), 2U);
  EXPECT_EQ(project.at<Activity>("A3").key, "A3");
  project.undo(author);
  EXPECT_EQ(project.facts(), before.facts());
  EXPECT_EQ(project.journal().back().undoes, 1U);
  EXPECT_THROW(project.undo(author), InvalidInput);
}

}  // namespace
}  // namespace rapport
