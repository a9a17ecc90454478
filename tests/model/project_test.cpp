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

TEST(Project, HandsOutWhatDoesNotRefuseItsFacts) {
  auto facts = two_activities();
  facts.activities[0].deadline = parse_instant("1850-01-01T08:00");
  Diagnostics remarks(1);
  remarks[0].message = "read before";
  Project const project(facts, remarks);
  ASSERT_EQ(remarks.size(), 2U);
  EXPECT_EQ(remarks[0].message, "read before");
  EXPECT_EQ(remarks[1].severity, Severity::Warning);
  EXPECT_EQ(remarks[1].subject, "activity A1");
  facts.links[0].successor = "A9";
  EXPECT_THROW(Project(facts, remarks), InvalidInput);
  EXPECT_EQ(remarks.size(), 2U);
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

TEST(Project, CompletesKeysThatFactsLeaveEmpty) {
  Facts facts = two_activities();
  facts.links.push_back(facts.links[0]);
  facts.links.push_back({.key = "A1>A2:FS#2", .predecessor = "A1", .successor = "A3"});
  Project const project(facts);
  EXPECT_EQ(project.facts().links[0].key, "A1>A2:FS");
  EXPECT_EQ(project.facts().links[1].key, "A1>A2:FS#3");
}

TEST(Project, MergesAnotherSourceAndSaysWhatItReplaced) {
  Project project(two_activities());
  Facts more;
  more.name = "Pier";
  more.activities = {{.key = "A1", .name = "dig"}, {.key = "A9"}};
  more.links = {{.predecessor = "A1", .successor = "A9"}};
  auto const& entry = project.merge(more, author, "needs.json");
  EXPECT_EQ(entry.changes.size(), 3U);
  EXPECT_EQ(std::get<Activity>(*entry.changes[0].before).name, "");
  EXPECT_EQ(project.at<Activity>("A1").name, "dig");
  EXPECT_EQ(project.facts().name, "Pier");
  EXPECT_EQ(project.facts().activities.size(), 4U);

  more.activities = {{.key = "A1"}, {.key = "A1"}};
  EXPECT_THROW(project.merge(more, author, "twice"), InvalidInput);
}

TEST(Project, GoesBackFurtherWithEveryUndo) {
  Project project(two_activities());
  std::vector<Facts> states{project.facts()};
  for (int i = 1; i <= 3; ++i) {
    project.apply(Edit("longer").put(Activity{.key = "A1", .duration = hours(i)}), author);
    states.push_back(project.facts());
  }
  for (int i = 2; i >= 0; --i) {
    project.undo(author);
    EXPECT_EQ(project.facts(), states[static_cast<std::size_t>(i)]);
  }
  EXPECT_THROW(project.undo(author), InvalidInput);
  EXPECT_EQ(project.journal().size(), 6U);
}

TEST(Project, DoesNotUndoAJournalThatLeadsElsewhere) {
  Project project(two_activities());
  project.apply(Edit("longer").put(Activity{.key = "A1", .duration = hours(1)}), author);
  Project stored(two_activities(), project.journal());
  EXPECT_THROW(stored.undo(author), InvalidInput);
  auto journal = project.journal();
  journal[0].number = 2;
  EXPECT_THROW(Project(two_activities(), journal), InvalidInput);
}

TEST(Project, PutsWhatWasRemovedBackToWhereItStood) {
  Facts facts;
  for (int i = 0; i < 20; ++i) facts.activities.push_back({.key = "A" + std::to_string(i)});
  Project project(facts);
  Edit edit("some go, some come");
  for (int const i : {17, 0, 5, 6, 19}) edit.remove(FactKind::Activity, "A" + std::to_string(i));
  for (int i = 20; i < 29; ++i) edit.put(Activity{.key = "A" + std::to_string(i)});
  project.apply(edit, author);
  EXPECT_EQ(project.facts().activities.size(), 24U);
  project.undo(author);
  EXPECT_EQ(project.facts(), facts);
  for (std::size_t i = 0; i < 20; ++i)
    EXPECT_EQ(project.index_of(FactKind::Activity, facts.activities[i].key), i);
}

TEST(Project, LeavesACopyAlone) {
  Project project(two_activities());
  Project const copy = project;
  project.apply(Edit("longer").put(Activity{.key = "A1", .duration = hours(1)}), author);
  EXPECT_EQ(copy.at<Activity>("A1").duration, Work{});
}

TEST(Stamp, IsAnotherAfterEachEditOfTheWork) {
  Facts facts;
  facts.name = "Pier";
  facts.activities = {{.key = "A"}};
  facts.resources = {{.key = "CREW"}};
  Project project(facts);
  auto const read = project.stamp();
  EXPECT_EQ(read->name, "Pier");
  EXPECT_EQ(read->entry, 0U);
  EXPECT_EQ(Project(project).stamp(), read);
  EXPECT_NE(Project(facts).stamp()->project, read->project);

  // Who is told, and what things cost, moves no work.
  project.apply(Edit("who").put(Stakeholder{.key = "Ito", .name = "Ito"}), {});
  project.apply(Edit("price").put(Resource{.key = "CREW", .name = "Crew"}), {});
  EXPECT_EQ(project.stamp(), read);
  EXPECT_THROW(project.apply(Edit("no").put(Link{.predecessor = "A", .successor = "?"}), {}), InvalidInput);
  EXPECT_EQ(project.stamp(), read);

  project.apply(Edit("more").put(Activity{.key = "B"}), {});
  auto const edited = project.stamp();
  EXPECT_NE(edited, read);
  EXPECT_EQ(edited->project, read->project);
  EXPECT_EQ(edited->entry, 3U);
  project.apply(Edit("kind").put(Resource{.key = "CREW", .kind = ResourceKind::Material}), {});
  EXPECT_EQ(project.stamp()->entry, 4U);
  project.undo({});
  EXPECT_EQ(project.stamp()->entry, 5U);

  // Who works on it gives dates only where the activity runs on the calendars of its assignments.
  project.apply(Edit("crew").put(Assignment{.activity = "A", .resource = "CREW", .work = hours(8)}), {});
  EXPECT_EQ(project.stamp()->entry, 5U);
  Activity dependent{.key = "B"};
  dependent.kind = ActivityKind::ResourceDependent;
  project.apply(Edit("kind").put(dependent), {});
  project.apply(Edit("crew").put(Assignment{.activity = "B", .resource = "CREW", .work = hours(8)}), {});
  EXPECT_EQ(project.stamp()->entry, 8U);

  // A store's project goes on from its journal.
  EXPECT_EQ(Project(project.facts(), project.journal()).stamp()->entry, 8U);
}

}  // namespace
}  // namespace rapport
