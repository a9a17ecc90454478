#include "rapport/base/error.h"

#include <gtest/gtest.h>

#include <limits>

#include "rapport/base/probability.h"
#include "rapport/base/run_control.h"

namespace rapport {
namespace {

using Keys = std::vector<std::string>;

TEST(NearestKeys, AreThoseThatATypingSlipCouldHaveMeant) {
  Keys const keys{"A1040", "A1050", "A2040", "B1040", "zzz", "a1041", "1040A"};
  EXPECT_EQ(nearest_keys("A1040", keys).front(), "A1040");
  EXPECT_EQ(nearest_keys("a1040", keys).front(), "A1040");
  EXPECT_EQ(nearest_keys("A104", keys).front(), "A1040");
  EXPECT_LE(nearest_keys("A1040", keys).size(), 5U);
  EXPECT_TRUE(nearest_keys("quite another", keys).empty());
  EXPECT_TRUE(nearest_keys(std::string(10'000, 'A'), keys).empty());
  EXPECT_TRUE(nearest_keys("", {}).empty());
}

TEST(ErrorMessage, NamesTheSubjectAndTheWayOut) {
  EXPECT_STREQ(CycleError({"A1040", "A1050"}).what(),
               "activity A1040 waits for itself: A1040 → A1050 → A1040; remove one of these links");
  EXPECT_STREQ(NotFound("activity", "A1", {"A2", "A3", "A4"}).what(),
               "there is no activity A1; did you mean A2, A3 or A4?");
  EXPECT_STREQ(NotFound("activity", "A1").what(), "there is no activity A1");
  EXPECT_STREQ(ParseError("plan.xer", 12, 3, "bad").what(), "plan.xer:12:3: bad");
  EXPECT_STREQ(ParseError("", 12, 3, "bad").what(), "line 12:3: bad");
  EXPECT_STREQ(ParseError("", 0, 0, "bad").what(), "bad");
  EXPECT_EQ(to_string(Diagnostic{Severity::Warning, "p.xer", 120, 3, "activity A1", "is odd", "ignored"}),
            "p.xer:120:3: warning: activity A1: is odd; ignored");
}

// In Windows-1252 0xE9 is é: alone it begins no UTF-8 character. U+FFFD is EF BF BD.
TEST(ErrorMessage, IsUtf8WhateverItQuotes) {
  EXPECT_STREQ(InvalidInput("cannot read caf\xE9.xer").what(), "cannot read caf\xEF\xBF\xBD.xer");
  EXPECT_STREQ(ParseError("plan.json", 1, 2, "\xFF\xC3\xA9\xC3").what(),
               "plan.json:1:2: \xEF\xBF\xBD\xC3\xA9\xEF\xBF\xBD");
}

TEST(ErrorMessage, OfManyFindingsShowsTheFirstAndCountsTheRest) {
  Diagnostics findings(5);
  for (auto& finding : findings) finding.message = "wrong";
  std::string const text = InvalidInput(findings).what();
  EXPECT_NE(text.find("… and 2 more"), std::string::npos);
}

TEST(Errors, AreOneFamilyWithAFixedStatus) {
  EXPECT_EQ(InvalidInput("x").status(), Status::InvalidInput);
  EXPECT_EQ(NotFound("a", "b").status(), Status::NotFound);
  EXPECT_EQ(CycleError({"A"}).status(), Status::Cycle);
  EXPECT_EQ(ParseError("", 0, 0, "x").status(), Status::Parse);
  EXPECT_EQ(StoreError(5, "x").status(), Status::Store);
  EXPECT_EQ(Cancelled(0.5).status(), Status::Cancelled);
}

TEST(Probability, LiesBetweenZeroAndOne) {
  EXPECT_EQ(Probability(1).value(), 1);
  for (double const value : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()})
    EXPECT_THROW((void)Probability(value), InvalidInput);
}

TEST(RunControl, StopsWhenTheCallerSaysSo) {
  RunControl const control{[](Progress const& progress) { return progress.fraction < 0.5; }};
  EXPECT_NO_THROW(control.report(0.4, "reading"));
  try {
    control.report(0.6, "reading");
    FAIL();
  } catch (Cancelled const& cancelled) {
    EXPECT_DOUBLE_EQ(cancelled.fraction_done(), 0.6);
  }
  EXPECT_NO_THROW(RunControl{}.report(0.6, "reading"));
}

}  // namespace
}  // namespace rapport
