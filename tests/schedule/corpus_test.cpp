// Real plans: what the tools computed and stored in the file, field by field. A floor per file, so that
// a rule once understood is not lost again; docs/explanation/scheduling-rules.md lists what is missing.

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <ostream>
#include <set>
#include <sstream>

#include "rapport/exchange/read.h"
#include "rapport/schedule/check.h"
#include "rapport/schedule/float_paths.h"
#include "rapport/schedule/schedule.h"
#include "support/corpus.h"

namespace rapport {
namespace {

/// Early start, early finish, late start, late finish, total float, free float.
using Misses = std::array<int, 6>;

struct Plan {
  char const* file;
  int scored;      ///< Unfinished activities with stored dates, at least.
  Misses allowed;  ///< At most.
};

/// Names the test by its plan; the default would print addresses, which differ from run to run.
void PrintTo(Plan const& plan, std::ostream* out) { *out << plan.file; }

std::int64_t minute_of(Instant t) { return t.seconds / 60; }

Misses misses_of(Facts const& facts, Schedule const& schedule, int& scored) {
  std::map<std::string, Activity const*> activities;
  for (auto const& activity : facts.activities) activities.emplace(activity.key, &activity);
  Misses misses{};
  scored = 0;
  for (auto const& stored : facts.recorded_dates) {
    auto const& activity = *activities.at(stored.key);
    bool const microsoft = schedule.rules().tool == Tool::Microsoft;
    bool const counts = stored.early_start && !activity.progress.actual_finish &&
                        !activity.microsoft.inactive &&
                        !(microsoft && activity.kind == ActivityKind::Summary);
    if (!counts) continue;
    ++scored;
    auto const got = schedule.dates(stored.key);
    auto const date = [&](std::size_t field, std::optional<Instant> const& expected, Instant computed) {
      misses[field] += expected && minute_of(*expected) != minute_of(computed);
    };
    auto const work = [&](std::size_t field, std::optional<Work> const& expected, Work computed) {
      misses[field] +=
          expected && std::lround(static_cast<double>(expected->seconds) / 60) != computed.in_minutes();
    };
    date(0, stored.early_start, got.early_start);
    date(1, stored.early_finish, got.early_finish);
    date(2, stored.late_start, got.late_start);
    date(3, stored.late_finish, got.late_finish);
    work(4, stored.total_float, got.total_float);
    work(5, stored.free_float, got.free_float);
  }
  return misses;
}

class RealPlan : public testing::TestWithParam<Plan> {};

TEST_P(RealPlan, HasTheDatesThatTheToolComputed) {
  auto const& plan = GetParam();
  RAPPORT_NEEDS_CORPUS(plan.file);
  auto const facts = read(support::corpus(plan.file)).facts;
  int scored = 0;
  auto const misses = misses_of(facts, schedule(compile(Project(facts))), scored);
  EXPECT_GE(scored, plan.scored);
  for (std::size_t field = 0; field < misses.size(); ++field) {
    EXPECT_LE(misses[field], plan.allowed[field]) << "field " << field;
  }
}

INSTANTIATE_TEST_SUITE_P(Primavera, RealPlan,
                         testing::Values(Plan{"xer/hotel.xer", 4217, {}}, Plan{"xer/cola.xer", 1291, {}},
                                         Plan{"xer/roads.xer", 1036, {}},
                                         Plan{"xer/override.xer", 621, {3, 3, 0, 0, 3, 3}},
                                         Plan{"xer/wk2.xer", 198, {}}, Plan{"xer/takt.xer", 25, {}},
                                         Plan{"xer/terminal.xer", 66, {}},
                                         Plan{"xer/harbour_baseline.xer", 132, {132, 132, 132, 132, 0, 0}},
                                         Plan{"xer/harbour_update.xer", 113, {10, 13, 21, 17, 24, 6}}));

INSTANTIATE_TEST_SUITE_P(
    Microsoft, RealPlan,
    testing::Values(Plan{"mspdi/commercial_construction.xml", 126, {}},
                    Plan{"mspdi/office_deployment.xml", 250, {}},
                    Plan{"mspdi/residential_construction.xml", 89, {}}, Plan{"mspdi/ss_lags.xml", 61, {}},
                    Plan{"mspdi/levelled_elapsed_lags.xml", 84, {}},
                    Plan{"mspdi/new_product_dev.xml", 21, {0, 0, 3, 3, 0, 0}},
                    Plan{"mspdi/task_links_2019-mpp14.xml", 16, {}},
                    Plan{"mspdi/task_links_98-mpp8.xml", 16, {}}, Plan{"mspdi/sample.xml", 18, {}},
                    Plan{"mspdi/native/joniles__mspdirelations.xml", 5, {}},
                    Plan{"mspdi/native/joniles__mspdiresource.xml", 2, {}},
                    Plan{"mspdi/native/joniles__mspdiduration.xml", 10, {0, 0, 4, 4, 4, 4}},
                    Plan{"mspdi/native/joniles__mspditimephasedsegments.xml", 20, {0, 0, 16, 18, 18, 18}},
                    Plan{"mspdi/native/new_product_dev_project2007.xml", 21, {0, 0, 3, 3, 0, 0}},
                    Plan{"mspdi/native/task-links-project2019-mspdi.xml", 16, {}},
                    Plan{"mspdi/mpsplib/plain_31_mp_j90_a20_nr1.xml.gz", 1840, {}},
                    Plan{"mspdi/mpsplib/levelled_110_mp_j120_a10_nr5_AgentCopp9.xml.gz", 1220, {}},
                    Plan{"mspdi/mpsplib/levelled_1_mp_j30_a10_nr1.xml.gz", 320, {}}));

/// What harbour_update misses comes from eight remaining durations that were edited after scheduling: with
/// the working time between the file's own dates of those activities, every figure of the plan is P6's.
TEST(RealPlanEditedAfterScheduling, HasAllDatesWithTheDurationsThatItsDatesShow) {
  RAPPORT_NEEDS_CORPUS("xer/harbour_update.xer");
  auto const facts = read(support::corpus("xer/harbour_update.xer")).facts;
  auto const network = compile(Project(facts));
  Overlay as_scheduled(network);
  std::size_t edited = 0;
  for (auto const& stored : facts.recorded_dates) {
    auto const i = network.at(stored.key);
    if (network.completed(i) || network.kind(i) != ActivityKind::Task || !stored.early_start) continue;
    Work const shown = network.calendar(i).between(*stored.early_start, *stored.early_finish);
    if (shown.in_minutes() == network.remaining(i).in_minutes()) continue;
    as_scheduled.set_duration(i, std::max(shown, network.duration(i)), shown);
    ++edited;
  }
  EXPECT_EQ(edited, 8U);
  EXPECT_EQ(check(facts, schedule(network)).contradictions.size(), edited);
  int scored = 0;
  EXPECT_EQ(misses_of(facts, schedule(as_scheduled), scored), Misses{});
  EXPECT_EQ(scored, 113);
}

TEST(RealPlan, ScheduledByPrimaveraDoesNotContradictItself) {
  for (auto const* file : {"xer/hotel.xer", "xer/roads.xer", "xer/wk2.xer", "xer/terminal.xer"}) {
    RAPPORT_NEEDS_CORPUS(file);
    auto const facts = read(support::corpus(file)).facts;
    auto const found = check(facts, schedule(compile(Project(facts))));
    EXPECT_TRUE(found.contradictions.empty()) << file << ' ' << found.contradictions.front().key;
  }
}

struct LongestPath {
  char const* file;
  std::size_t differ;  ///< At most.
};
void PrintTo(LongestPath const& plan, std::ostream* out) { *out << plan.file; }

class RealLongestPath : public testing::TestWithParam<LongestPath> {};

/// P6's driving_path_flag, of every activity.
TEST_P(RealLongestPath, IsTheOneThatPrimaveraFound) {
  auto const& plan = GetParam();
  RAPPORT_NEEDS_CORPUS(plan.file);
  auto const facts = read(support::corpus(plan.file)).facts;
  auto const dates = schedule(compile(Project(facts)));
  std::vector<std::string> differ;
  std::size_t on_path = 0;
  for (auto const& stored : facts.recorded_dates) {
    if (!stored.driving) continue;
    on_path += *stored.driving;
    if (*stored.driving != dates.dates(stored.key).on_longest_path) differ.push_back(stored.key);
  }
  EXPECT_GT(on_path, 0U);
  EXPECT_LE(differ.size(), plan.differ) << testing::PrintToString(differ);
}

INSTANTIATE_TEST_SUITE_P(Primavera, RealLongestPath,
                         testing::Values(LongestPath{"xer/hotel.xer", 0}, LongestPath{"xer/cola.xer", 0},
                                         LongestPath{"xer/roads.xer", 0}, LongestPath{"xer/override.xer", 3},
                                         LongestPath{"xer/wk2.xer", 0}, LongestPath{"xer/takt.xer", 0},
                                         LongestPath{"xer/terminal.xer", 0},
                                         LongestPath{"xer/harbour_update.xer", 0}));

/// Rows of one table of an XER file, by column.
std::vector<std::map<std::string, std::string>> rows_of(std::string const& file, std::string const& table) {
  std::vector<std::map<std::string, std::string>> rows;
  std::vector<std::string> columns;
  std::string line, current;
  for (std::ifstream in(support::corpus(file)); std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    std::vector<std::string> cells;
    std::stringstream stream(line);
    for (std::string cell; std::getline(stream, cell, '\t');) cells.push_back(cell);
    if (cells.size() > 1 && cells[0] == "%T") current = cells[1];
    if (current != table || cells.empty()) continue;
    if (cells[0] == "%F") columns = cells;
    if (cells[0] != "%R") continue;
    auto& row = rows.emplace_back();
    for (std::size_t k = 1; k < std::min(cells.size(), columns.size()); ++k) row[columns[k]] = cells[k];
  }
  return rows;
}

struct PathPlan {
  char const* file;
  char const* end;  ///< As SCHEDOPTIONS names it.
  FloatPathsBy by;
  std::size_t paths,
      equal;  ///< Those that P6 found, and how many of ours hold the same activities, at least.
};
void PrintTo(PathPlan const& plan, std::ostream* out) { *out << plan.file; }

class RealFloatPaths : public testing::TestWithParam<PathPlan> {};

TEST_P(RealFloatPaths, AreThoseThatPrimaveraFound) {
  auto const& plan = GetParam();
  RAPPORT_NEEDS_CORPUS(plan.file);
  std::map<std::string, std::set<std::string>> theirs;
  for (auto const& row : rows_of(plan.file, "TASK")) {
    auto const path = row.find("float_path");
    if (path != row.end() && !path->second.empty() && path->second != "0")
      theirs[path->second].insert(row.at("task_code"));
  }
  ASSERT_EQ(theirs.size(), plan.paths);
  auto const dates = schedule(compile(Project(read(support::corpus(plan.file)).facts)));
  std::set<std::set<std::string>> ours;
  for (auto const& path : find_float_paths(dates, plan.end, plan.paths, plan.by)) {
    std::set<std::string> keys;
    for (auto const i : path.activities) keys.insert(dates.network().key(i));
    ours.insert(keys);
  }
  std::size_t equal = 0;
  for (auto const& [number, keys] : theirs) equal += ours.count(keys);
  EXPECT_GE(equal, plan.equal);
}

INSTANTIATE_TEST_SUITE_P(
    Primavera, RealFloatPaths,
    testing::Values(PathPlan{"xer/override.xer", "M1320", FloatPathsBy::FreeFloat, 30, 27},
                    PathPlan{"xer/cola.xer", "PKM-0180", FloatPathsBy::TotalFloat, 200, 177},
                    PathPlan{"xer/harbour_update.xer", "EC2430", FloatPathsBy::TotalFloat, 10, 10}));

/// Thirteen plans of two or three activities, with the dates read back from a P6 database.
TEST(MicroCases, HaveTheDatesThatPrimaveraComputed) {
  RAPPORT_NEEDS_CORPUS("xer/micro/cases.xer");
  auto const dates = schedule(compile(Project(read(support::corpus("xer/micro/cases.xer")).facts)));
  int compared = 0, cases = 0;
  for (auto const& entry : std::filesystem::directory_iterator(support::corpus("xer/micro"))) {
    auto const name = entry.path().filename().string();
    if (name.find("__comparison.csv") == std::string::npos) continue;
    ++cases;
    std::ifstream in(entry.path());
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
      std::vector<std::string> cells;
      std::stringstream stream(line);
      for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
      ASSERT_GE(cells.size(), 13U) << name;
      auto const activity = dates.dates("XV" + name.substr(0, 2) + "/" + cells[0]);
      SCOPED_TRACE(name + " " + cells[0]);
      std::array const shown{activity.early_start, activity.early_finish, activity.late_start,
                             activity.late_finish};
      for (std::size_t k = 0; k < 4; ++k) {
        auto text = cells[2 + 2 * k];
        bool const actual = text.ends_with(" A");
        // The start column of work under way shows when it began, not when it goes on.
        if (text.empty() || (actual && !cells[10].empty())) continue;
        EXPECT_EQ(to_string(shown[k]), to_string(parse_instant(text.substr(0, 19))));
        ++compared;
      }
      auto const expect_days = [&](std::string const& days, Work got) {
        if (days.empty()) return;
        EXPECT_EQ(got, hours(8 * std::stod(days)));
        ++compared;
      };
      expect_days(cells[10], activity.total_float);
      expect_days(cells[12], activity.free_float);
    }
  }
  EXPECT_EQ(cases, 13);
  EXPECT_GE(compared, 150);
}

class RealReasons : public testing::TestWithParam<char const*> {};

/// Every date's chain of reasons ends in something that needs none, and where it goes along a link, the date
/// is the other end's, moved by the lag, but for time that is not worked.
TEST_P(RealReasons, LeadToARootByRightArithmetic) {
  RAPPORT_NEEDS_CORPUS(GetParam());
  auto const dates = schedule(compile(Project(read(support::corpus(GetParam())).facts)));
  auto const& network = dates.network();
  auto const& links = network.links();
  std::size_t checked = 0;
  for (std::uint32_t i = 0; i < network.activity_count(); ++i) {
    for (bool const late : {false, true}) {
      auto const steps = late ? dates.why_late(ActivityIndex{i}).steps : dates.why(ActivityIndex{i}).steps;
      ASSERT_FALSE(steps.empty());
      auto const root = steps.back().driver;
      ASSERT_TRUE(root != Driver::Link && root != Driver::Duration && root != Driver::Span)
          << network.key({i}) << (late ? " late" : " early") << ": " << steps.back().text;
      for (std::size_t k = 0; !late && k + 1 < steps.size(); ++k) {
        if (steps[k].driver != Driver::Link || steps[k].field != DateField::EarlyStart) continue;
        auto const link = steps[k].link->value;
        ActivityIndex const p{links.predecessor[link]}, s{links.successor[link]};
        bool const plain =
            network.key(s) == steps[k].activity && !network.started(p) && !network.completed(s) &&
            links.lag[link] == 0 && dates.rules().tool == Tool::Primavera &&
            (links.type[link] == LinkType::FinishToStart || links.type[link] == LinkType::StartToStart);
        if (!plain) continue;
        ASSERT_EQ(network.calendar(s).between(steps[k + 1].date, steps[k].date), Work{}) << steps[k].text;
        ++checked;
      }
    }
  }
  EXPECT_EQ(checked > 0, dates.rules().tool == Tool::Primavera);
}

INSTANTIATE_TEST_SUITE_P(Corpus, RealReasons,
                         testing::Values("xer/cola.xer", "xer/roads.xer", "xer/override.xer", "xer/wk2.xer",
                                         "xer/takt.xer", "xer/terminal.xer", "xer/harbour_update.xer",
                                         "mspdi/office_deployment.xml", "mspdi/sample.xml",
                                         "mspdi/levelled_elapsed_lags.xml",
                                         "mspdi/task_links_2019-mpp14.xml"));

}  // namespace
}  // namespace rapport
