// Every plan at hand from end to end: read, scheduled, checked, written and read again.

#include <gtest/gtest.h>

#include <filesystem>

#include "rapport/exchange/read.h"
#include "rapport/exchange/write.h"
#include "rapport/schedule/check.h"
#include "rapport/schedule/schedule.h"
#include "support/corpus.h"

namespace rapport {
namespace {

std::vector<std::filesystem::path> plans_in(std::filesystem::path const& folder) {
  std::vector<std::filesystem::path> plans;
  for (auto const& entry : std::filesystem::directory_iterator(folder))
    if (auto const ending = entry.path().extension(); ending == ".xer" || ending == ".xml")
      plans.push_back(entry.path());
  return plans;
}

/// Whatever is written, the dates that follow from it are those that followed from what was read.
void expect_same_dates(Schedule const& expected, Facts const& again) {
  auto const found = schedule(compile(Project(again)));
  ASSERT_EQ(found.network().activity_count(), expected.network().activity_count());
  for (std::uint32_t i = 0; i < expected.network().activity_count(); ++i) {
    auto const& key = expected.network().key({i});
    auto const here = found.network().find(key);
    ASSERT_TRUE(here) << key;
    EXPECT_EQ(found.dates(*here), expected.dates(ActivityIndex{i})) << key;
  }
}

TEST(RoundTripCorpus, KeepsTheDatesOfEveryPlan) {
  RAPPORT_NEEDS_CORPUS("xer");
  std::size_t plans = 0, checked = 0;
  for (char const* const folder : {"xer", "xer/parser-only", "mspdi", "mspdi/native"}) {
    for (auto const& path : plans_in(support::corpus(folder))) {
      SCOPED_TRACE(path.filename().string());
      auto const facts = read(path).facts;
      auto const dates = schedule(compile(Project(facts)));
      auto const checks = check(facts, dates);
      EXPECT_LE(checks.hits(), checks.compared());
      ++plans, checked += checks.compared() > 0;
      auto const written = path.extension() == ".xer" ? write_xer(facts) : write_mspdi(facts);
      expect_same_dates(dates, path.extension() == ".xer" ? read_xer(written.bytes, "again").facts
                                                          : read_mspdi(written.bytes, "again").facts);
    }
  }
  EXPECT_GE(plans, 50U);
  EXPECT_GE(checked, 30U);
}

}  // namespace
}  // namespace rapport
