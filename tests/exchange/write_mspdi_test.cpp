// What is written to a Microsoft Project XML, read again, is what was written.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exchange/reading.h"
#include "exchange/writing.h"
#include "rapport/exchange/write.h"
#include "rapport/model/project.h"
#include "support/corpus.h"

namespace rapport {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string kitchen_bytes() { return bytes_of(support::source_tree("tests/data/mspdi/kitchen.xml")); }
Facts mspdi_facts(std::string const& bytes) { return read_mspdi(bytes, "plan.xml").facts; }

TEST(WriteMspdi, KeepsEveryByteOfAPlanThatDidNotChange) {
  std::string const bytes = kitchen_bytes();
  WrittenFile const written = write_mspdi(mspdi_facts(bytes), bytes);
  EXPECT_EQ(found(written.diagnostics), "");
  EXPECT_EQ(written.bytes, bytes);
}

TEST(WriteMspdiCorpus, KeepsEveryByteOfAPlanThatDidNotChange) {
  RAPPORT_NEEDS_CORPUS("mspdi");
  for (auto const& path : files_ending("mspdi", ".xml")) {
    SCOPED_TRACE(path.filename().string());
    std::string const bytes = bytes_of(path);
    WrittenFile const written = write_mspdi(mspdi_facts(bytes), bytes);
    EXPECT_TRUE(written.bytes == bytes);
    EXPECT_EQ(found(written.diagnostics), "");
  }
}

TEST(WriteMspdiCorpus, SaysTheSameFactsInAFileOfItsOwn) {
  RAPPORT_NEEDS_CORPUS("mspdi");
  for (char const* const ending : {".xml", ".gz"}) {
    for (auto const& path : files_ending("mspdi", ending)) {
      SCOPED_TRACE(path.filename().string());
      Facts const facts = read(path).facts;
      WrittenFile const written = write_mspdi(facts);
      EXPECT_EQ(found(written.diagnostics), "");
      expect_equal(facts, mspdi_facts(written.bytes));
    }
  }
}

/// Four tasks under a summary, saved by hand in the manner of Project.
std::string small_plan() {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<!-- kept -->\n"
         "<Project xmlns=\"http://schemas.microsoft.com/project\">\n"
         "\t<Name>small</Name>\n\t<StartDate>2027-03-01T08:00:00</StartDate>\n"
         "\t<Tasks>\n"
         "\t\t<Task>\n\t\t\t<UID>1</UID>\n\t\t\t<ID>1</ID>\n\t\t\t<Name>Pier &amp; deck</Name>\n"
         "\t\t\t<OutlineNumber>1</OutlineNumber>\n\t\t\t<OutlineLevel>1</OutlineLevel>\n"
         "\t\t\t<Summary>1</Summary>\n\t\t</Task>\n"
         "\t\t<Task>\n\t\t\t<UID>2</UID>\n\t\t\t<ID>2</ID>\n\t\t\t<Name>Dig</Name>\n"
         "\t\t\t<OutlineNumber>1.1</OutlineNumber>\n\t\t\t<OutlineLevel>2</OutlineLevel>\n"
         "\t\t\t<Duration>PT16H0M0S</Duration>\n\t\t\t<Notes>mind &quot;the&quot; pipe</Notes>\n\t\t</Task>\n"
         "\t\t<Task>\n\t\t\t<UID>3</UID>\n\t\t\t<ID>3</ID>\n\t\t\t<Name>Pour</Name>\n"
         "\t\t\t<OutlineNumber>1.2</OutlineNumber>\n\t\t\t<OutlineLevel>2</OutlineLevel>\n"
         "\t\t\t<Duration>PT8H0M0S</Duration>\n"
         "\t\t\t<PredecessorLink>\n\t\t\t\t<PredecessorUID>2</PredecessorUID>\n\t\t\t\t<Type>1</Type>\n"
         "\t\t\t</PredecessorLink>\n\t\t</Task>\n"
         "\t\t<Task>\n\t\t\t<UID>4</UID>\n\t\t\t<ID>4</ID>\n\t\t\t<Name>Open</Name>\n"
         "\t\t\t<OutlineNumber>2</OutlineNumber>\n\t\t\t<OutlineLevel>1</OutlineLevel>\n\t\t</Task>\n"
         "\t</Tasks>\n</Project>\n";
}

TEST(WriteMspdi, ChangesTheElementsOfTheActivityThatChangedAndNothingElse) {
  std::string const bytes = small_plan();
  Project project(mspdi_facts(bytes));
  Activity dig = project.at<Activity>("2");
  dig.name = "Dig <deeper>";
  project.apply(Edit("rename").put(dig), {"test", {}});
  WrittenFile const written = write_mspdi(project.facts(), bytes);
  EXPECT_EQ(found(written.diagnostics), "");
  EXPECT_THAT(lines_only_in(bytes, written.bytes), testing::ElementsAre("\t\t\t<Name>Dig</Name>"));
  EXPECT_THAT(lines_only_in(written.bytes, bytes),
              testing::ElementsAre("\t\t\t<Name>Dig &lt;deeper&gt;</Name>"));
  expect_equal(project.facts(), mspdi_facts(written.bytes));
}

TEST(WriteMspdi, PutsANewTaskBelowItsSummaryAndItsLinkIntoIt) {
  std::string const bytes = small_plan();
  Project project(mspdi_facts(bytes));
  Activity cure{.key = "9", .name = "Cure"};
  cure.source_id = "9";
  cure.subproject = "small", cure.wbs = "1", cure.duration = hours(24);
  Link const link{.key = {}, .predecessor = "3", .successor = "9", .lag = {LagKind::Elapsed, 3600, 0}};
  project.apply(Edit("add").put(cure).put(link), {"test", {}});
  WrittenFile const written = write_mspdi(project.facts(), bytes);
  EXPECT_EQ(found(written.diagnostics), "");
  Facts const again = mspdi_facts(written.bytes);
  ASSERT_EQ(again.activities.size(), 5U);
  EXPECT_EQ(again.activities[3], cure) << "after Pour, before Open";
  ASSERT_EQ(again.links.size(), 2U);
  EXPECT_EQ(again.links[1].lag, link.lag);
  EXPECT_THAT(written.bytes, HasSubstr("<!-- kept -->"));
  EXPECT_THAT(written.bytes, HasSubstr("mind &quot;the&quot; pipe"));
}

TEST(WriteMspdi, WritesEveryKindOfLagSoThatItIsReadBack) {
  Facts facts = mspdi_facts(small_plan());
  for (Lag const& lag : {Lag{LagKind::Working, -3600, 0}, Lag{LagKind::Elapsed, 7200, 0},
                         Lag{LagKind::Percent, 0, -50}, Lag{LagKind::ElapsedPercent, 0, 25}}) {
    facts.links[0].lag = lag;
    for (auto const& original : {std::string(), small_plan()}) {
      WrittenFile const written = write_mspdi(facts, original);
      EXPECT_EQ(found(written.diagnostics), "");
      EXPECT_EQ(mspdi_facts(written.bytes).links.at(0).lag, lag);
    }
  }
}

TEST(WriteMspdi, TakesOutATaskWithTheLinksThatNameIt) {
  std::string const bytes = small_plan();
  Project project(mspdi_facts(bytes));
  project.apply(Edit("drop")
                    .remove(FactKind::Link, project.facts().links.at(0).key)
                    .remove(FactKind::RecordedDates, "2")
                    .remove(FactKind::Activity, "2"),
                {"test", {}});
  WrittenFile const written = write_mspdi(project.facts(), bytes);
  EXPECT_EQ(found(written.diagnostics), "");
  EXPECT_THAT(written.bytes, Not(HasSubstr("PredecessorLink")));
  EXPECT_THAT(written.bytes, Not(HasSubstr("Dig")));
  expect_equal(project.facts(), mspdi_facts(written.bytes));
}

TEST(Conversion, OfAPrimaveraPlanKeepsNamesDurationsAndLinks) {
  Facts const facts = read(support::source_tree("tests/data/xer/bridge.xer")).facts;
  WrittenFile const written = write_mspdi(facts);
  Facts const again = mspdi_facts(written.bytes);
  for (Activity const& each : facts.activities) {
    auto const same = std::find_if(again.activities.begin(), again.activities.end(),
                                   [&](Activity const& other) { return other.source_id == each.source_id; });
    ASSERT_NE(same, again.activities.end()) << each.key;
    EXPECT_EQ(same->name, each.name);
    EXPECT_EQ(same->duration, each.duration);
    EXPECT_EQ(same->progress.actual_start, each.progress.actual_start);
  }
  EXPECT_EQ(again.links.size(), facts.links.size());
  std::string const all = found(written.diagnostics);
  EXPECT_THAT(all, HasSubstr("project ROAD: MS Project has one project in a file"));
  EXPECT_THAT(all, HasSubstr("written as a summary task"));
  EXPECT_THAT(all, HasSubstr("activity field secondary_constraint cannot be written"));
}

/// What went through a format once goes through it whole ever after.
TEST(ConversionCorpus, ComesToRest) {
  RAPPORT_NEEDS_CORPUS("xer");
  RAPPORT_NEEDS_CORPUS("mspdi");
  for (auto const& path : files_ending("xer", ".xer")) {
    SCOPED_TRACE(path.filename().string());
    Facts const once = mspdi_facts(write_mspdi(read(path).facts).bytes);
    WrittenFile const twice = write_mspdi(once);
    EXPECT_EQ(found(twice.diagnostics), "");
    expect_equal(once, mspdi_facts(twice.bytes));
  }
  for (auto const& path : files_ending("mspdi", ".xml")) {
    SCOPED_TRACE(path.filename().string());
    Facts const once = read_xer(write_xer(read(path).facts).bytes, "").facts;
    WrittenFile const twice = write_xer(once);
    EXPECT_EQ(found(twice.diagnostics), "");
    expect_equal(once, read_xer(twice.bytes, "").facts);
  }
}

}  // namespace
}  // namespace rapport
