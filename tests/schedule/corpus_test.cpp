// Real plans: what the tools computed and stored in the file, field by field. A floor per file, so that
// a rule once understood is not lost again; docs/explanation/scheduling-rules.md lists what is missing.

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <ostream>

#include "rapport/exchange/read.h"
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
                         testing::Values(Plan{"xer/hotel.xer", 4217, {}},
                                         Plan{"xer/cola.xer", 1291, {0, 0, 0, 1, 1, 0}},
                                         Plan{"xer/roads.xer", 1036, {}},
                                         Plan{"xer/override.xer", 621, {3, 3, 0, 0, 3, 3}},
                                         Plan{"xer/wk2.xer", 198, {}}, Plan{"xer/takt.xer", 25, {}},
                                         Plan{"xer/terminal.xer", 66, {}},
                                         Plan{"xer/harbour_baseline.xer", 132, {132, 132, 132, 132, 1, 0}},
                                         Plan{"xer/harbour_update.xer", 113, {10, 13, 21, 17, 24, 6}}));

INSTANTIATE_TEST_SUITE_P(
    Microsoft, RealPlan,
    testing::Values(Plan{"mspdi/commercial_construction.xml", 126, {}},
                    Plan{"mspdi/office_deployment.xml", 250, {}},
                    Plan{"mspdi/residential_construction.xml", 89, {}}, Plan{"mspdi/ss_lags.xml", 61, {}},
                    Plan{"mspdi/levelled_elapsed_lags.xml", 84, {}},
                    Plan{"mspdi/new_product_dev.xml", 21, {0, 0, 3, 3, 0, 0}},
                    Plan{"mspdi/task_links_2019-mpp14.xml", 16, {}},
                    Plan{"mspdi/task_links_98-mpp8.xml", 16, {}},
                    Plan{"mspdi/mpsplib/plain_31_mp_j90_a20_nr1.xml.gz", 1840, {}},
                    Plan{"mspdi/mpsplib/levelled_110_mp_j120_a10_nr5_AgentCopp9.xml.gz", 1220, {}},
                    Plan{"mspdi/mpsplib/levelled_1_mp_j30_a10_nr1.xml.gz", 320, {}}));

}  // namespace
}  // namespace rapport
