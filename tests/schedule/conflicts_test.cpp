#include "rapport/schedule/conflicts.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <ostream>
#include <random>
#include <set>

#include "rapport/exchange/read.h"
#include "support/corpus.h"
#include "support/deeper.h"
#include "support/hour_plan.h"

namespace rapport {
namespace {

using support::hour;
using support::HourPlan;
using testing::ElementsAre;

TEST(Conflicts, AreNoneWhereEverythingFits) {
  HourPlan plan;
  plan.activity("A", 5), plan.activity("B", 5);
  plan.link("A", "B");
  EXPECT_TRUE(find_conflicts(schedule(compile(plan.project()))).empty());
}

TEST(Conflicts, NameTheTwoDatesAndTheChainBetween) {
  HourPlan plan;
  plan.activity("A", 5), plan.activity("B", 5), plan.activity("C", 5), plan.activity("X", 50);
  plan.link("A", "B").link("B", "C");
  plan.facts.activities[0].constraint = {ConstraintKind::StartNoEarlierThan, hour(10)};
  plan.facts.activities[2].constraint = {ConstraintKind::FinishNoLaterThan, hour(22)};
  auto const dates = schedule(compile(plan.project()));
  auto const found = find_conflicts(dates);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].from.driver, Driver::Constraint);
  EXPECT_EQ(found[0].from.activity, "A");
  EXPECT_EQ(found[0].until.activity, "C");
  EXPECT_THAT(found[0].chain, ElementsAre("A", "B", "C"));
  EXPECT_THAT(found[0].activities, ElementsAre("A", "B", "C"));
  EXPECT_EQ(found[0].total_float, hours(-3));
  EXPECT_EQ(conflict_table(dates, found).text(0, 3), "A>B:FS, B>C:FS");
}

TEST(Conflicts, NameMustFinishBy) {
  HourPlan plan;
  plan.activity("A", 5), plan.activity("B", 5);
  plan.link("A", "B");
  plan.facts.subprojects[0].must_finish_by = hour(8);
  auto const found = find_conflicts(schedule(compile(plan.project())));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].until.driver, Driver::MustFinishBy);
  EXPECT_EQ(found[0].from.driver, Driver::DataDate);
}

TEST(Conflicts, BeginWithTheDataDateWhereItBreaksAMandatoryDate) {
  HourPlan plan;
  plan.activity("A", 5).constraint = {ConstraintKind::MandatoryStart, hour(-6)};
  plan.activity("B", 5).constraint = {ConstraintKind::FinishNoLaterThan, hour(8)};
  plan.link("A", "B");
  auto const dates = schedule(compile(plan.project()));
  EXPECT_EQ(dates.why("A").steps.back().text,
            "A starts 1970-01-01T00:00: constraint mandatory_start 1969-12-31T18:00, though not before the "
            "data date");
  auto const found = find_conflicts(dates);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_THAT(found[0].chain, ElementsAre("A")) << "its date is missed by the data date alone";
  EXPECT_EQ(found[0].total_float, hours(-6));
  EXPECT_THAT(found[1].chain, ElementsAre("A", "B"));
  for (auto const& conflict : found) {
    EXPECT_EQ(conflict.from.driver, Driver::DataDate);
    EXPECT_EQ(conflict.from.text, "A starts 1970-01-01T00:00: no remaining work lies before the data date");
  }
}

/// Only these links, and the constraints and deadlines of these activities.
Schedule reduced(HourPlan const& plan, std::set<std::string> const& links, std::set<std::string> const& dates,
                 std::set<std::string> const& deadlines) {
  auto copy = plan;
  complete_keys(copy.facts);
  std::erase_if(copy.facts.links, [&](Link const& link) { return !links.contains(link.key); });
  for (auto& activity : copy.facts.activities) {
    if (!dates.contains(activity.key)) activity.constraint = {};
    if (!deadlines.contains(activity.key)) activity.deadline.reset();
  }
  return schedule(compile(copy.project()));
}

struct Bounds {
  char const* name;
  Tool tool;
  ConstraintKind from, until;
  bool deadlines;
  bool strict;          ///< Few dates lie so early that the data date alone is in conflict with them.
  int before = 0;       ///< Hours by which the earliest dates lie before the data date.
  bool office = false;  ///< Work on weekdays from 8 to 16, dates at any hour of four times as many.
};
void PrintTo(Bounds const& bounds, std::ostream* out) { *out << bounds.name; }

class Irreducible : public testing::TestWithParam<Bounds> {};

/// By removal: the set alone is in conflict, as badly as the plan; without any one of its links, or without
/// the date that cannot be met, it is not, and without the date it begins with it is less so.
TEST_P(Irreducible, IsWhatStandsInConflict) {
  auto const& bounds_of = GetParam();
  std::mt19937 random(3);
  auto const upto = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  int seen = 0;
  for (unsigned round = 0; round < support::deeper(200); ++round) {
    HourPlan plan;
    plan.facts.subprojects[0].rules =
        bounds_of.tool == Tool::Microsoft ? Rules::microsoft() : Rules::primavera();
    plan.facts.subprojects[0].planned_start = hour(0);
    if (bounds_of.office) {
      plan.facts.calendars.push_back(five_day_calendar("office", {{8 * 3600, 16 * 3600}}));
      plan.facts.subprojects[0].calendar = "office";
    }
    auto const date = [&](int at) { return hour((bounds_of.office ? 4 : 1) * (at - bounds_of.before)); };
    int const n = 10;
    for (int k = 0; k < n; ++k) {
      auto& made = plan.activity("A" + std::to_string(k), 1 + upto(9));
      if (upto(4) == 0) made.constraint = {bounds_of.from, date(upto(30))};
      if (upto(4) != 0) continue;
      if (bounds_of.deadlines)
        made.deadline = date(5 + upto(40));
      else
        made.constraint = {bounds_of.until, date(5 + upto(40))};
    }
    std::set<std::pair<int, int>> pairs;
    for (int k = 0; k < 14; ++k) {
      int const a = upto(n), b = upto(n);
      if (a < b && pairs.emplace(a, b).second)
        plan.link("A" + std::to_string(a), "A" + std::to_string(b), static_cast<LinkType>(upto(3)), upto(4));
    }
    complete_keys(plan.facts);
    auto const dates = schedule(compile(plan.project()));
    for (auto const& conflict : find_conflicts(dates)) {
      ++seen;
      SCOPED_TRACE(std::to_string(round) + ": " + conflict.from.text + " / " + conflict.until.text);
      std::set<std::string> links, dated, due;
      auto const& all = dates.network().links();
      for (auto const link : conflict.links) {
        auto const from = dates.network().key({all.predecessor[link.value]}),
                   to = dates.network().key({all.successor[link.value]});
        for (auto const& fact : plan.facts.links)
          if (fact.predecessor == from && fact.successor == to) links.insert(fact.key);
      }
      if (conflict.from.driver == Driver::Constraint) dated.insert(conflict.from.activity);
      if (conflict.until.driver == Driver::Constraint) {
        bool const deadline = conflict.until.text.find(" deadline ") != std::string::npos;
        (deadline ? due : dated).insert(conflict.until.activity);
      }
      auto const total_float = [&](auto const& some_links, auto const& some_dates, auto const& some_due) {
        return reduced(plan, some_links, some_dates, some_due).dates(conflict.worst).total_float;
      };
      EXPECT_EQ(total_float(links, dated, due), conflict.total_float);
      auto without_the_first = dated;
      without_the_first.erase(conflict.from.activity);
      bool const fits_the_data_date =
          !bounds_of.strict || total_float(links, without_the_first, due).seconds >= 0;
      for (auto const& link : links) {
        auto fewer = links;
        fewer.erase(link);
        auto const without = total_float(fewer, dated, due);
        EXPECT_GT(without, conflict.total_float) << "without " << link;
        if (bounds_of.strict && fits_the_data_date) {
          EXPECT_GE(without.seconds, 0) << "without " << link;
        }
      }
      if (conflict.from.driver == Driver::Constraint) {
        auto fewer = dated;
        fewer.erase(conflict.from.activity);
        EXPECT_GT(total_float(links, fewer, due), conflict.total_float) << "without the date it begins with";
      }
      if (conflict.until.driver == Driver::Constraint) {
        auto fewer_dated = dated, fewer_due = due;
        due.empty() ? fewer_dated.erase(conflict.until.activity) : fewer_due.erase(conflict.until.activity);
        EXPECT_GE(total_float(links, fewer_dated, fewer_due).seconds, 0);
      }
    }
  }
  EXPECT_GT(seen, 50);
}

INSTANTIATE_TEST_SUITE_P(
    Conflicts, Irreducible,
    testing::Values(Bounds{"no earlier, no later", Tool::Primavera, ConstraintKind::StartNoEarlierThan,
                           ConstraintKind::FinishNoLaterThan, false, true},
                    Bounds{"mandatory", Tool::Primavera, ConstraintKind::MandatoryStart,
                           ConstraintKind::MandatoryFinish, false, false},
                    Bounds{"mandatory before the data date", Tool::Primavera, ConstraintKind::MandatoryStart,
                           ConstraintKind::MandatoryFinish, false, false, 20},
                    Bounds{"mandatory before the data date, office hours", Tool::Primavera,
                           ConstraintKind::MandatoryStart, ConstraintKind::MandatoryFinish, false, false, 20,
                           true},
                    Bounds{"mandatory finish before the data date", Tool::Primavera,
                           ConstraintKind::MandatoryFinish, ConstraintKind::MandatoryStart, false, false, 20},
                    Bounds{"start on, finish on", Tool::Primavera, ConstraintKind::StartOn,
                           ConstraintKind::FinishOn, false, true},
                    Bounds{"deadlines", Tool::Microsoft, ConstraintKind::StartNoEarlierThan,
                           ConstraintKind::None, true, false},
                    Bounds{"must start, deadlines", Tool::Microsoft, ConstraintKind::MandatoryStart,
                           ConstraintKind::None, true, false}));

TEST(Conflicts, CoverEveryNegativeFloatOfARealPlan) {
  RAPPORT_NEEDS_CORPUS("xer/override.xer");
  auto const dates = schedule(compile(Project(read(support::corpus("xer/override.xer")).facts)));
  std::size_t covered = 0, negative = 0;
  for (auto const& conflict : find_conflicts(dates)) {
    covered += conflict.activities.size();
    EXPECT_FALSE(conflict.chain.empty());
  }
  for (std::uint32_t i = 0; i < dates.network().activity_count(); ++i)
    negative += !dates.network().completed({i}) && dates.dates(ActivityIndex{i}).total_float.seconds < 0;
  EXPECT_EQ(covered, negative);
}

}  // namespace
}  // namespace rapport
