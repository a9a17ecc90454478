// The float of summaries, against what Microsoft Project stored: the smaller of its start's and its finish's.

#include <gtest/gtest.h>

#include <cmath>

#include "rapport/exchange/read.h"
#include "rapport/schedule/schedule.h"
#include "support/corpus.h"

namespace rapport {
namespace {

struct SummaryPlan {
  char const* file;
  int summaries;  ///< Unfinished ones with a stored float, at least.
  int differ;     ///< At most.
};
void PrintTo(SummaryPlan const& plan, std::ostream* out) { *out << plan.file; }

class RealSummaryFloat : public testing::TestWithParam<SummaryPlan> {};

TEST_P(RealSummaryFloat, IsTheOneThatProjectStored) {
  auto const& plan = GetParam();
  RAPPORT_NEEDS_CORPUS(plan.file);
  auto const facts = read(support::corpus(plan.file)).facts;
  auto const dates = schedule(compile(Project(facts)));
  int summaries = 0, differ = 0;
  for (auto const& stored : facts.recorded_dates) {
    auto const i = dates.network().at(stored.key);
    if (dates.network().kind(i) != ActivityKind::Summary || !stored.total_float) continue;
    if (dates.network().completed(i)) continue;
    ++summaries;
    bool const equal = std::lround(static_cast<double>(stored.total_float->seconds) / 60) ==
                       dates.dates(i).total_float.in_minutes();
    differ += !equal;
    if (!equal && differ > plan.differ)
      ADD_FAILURE() << stored.key << ": " << to_string(*stored.total_float) << " stored, "
                    << to_string(dates.dates(i).total_float) << " computed";
  }
  EXPECT_GE(summaries, plan.summaries);
}

INSTANTIATE_TEST_SUITE_P(Microsoft, RealSummaryFloat,
                         testing::Values(SummaryPlan{"mspdi/commercial_construction.xml", 10, 0},
                                         SummaryPlan{"mspdi/office_deployment.xml", 30, 0},
                                         SummaryPlan{"mspdi/residential_construction.xml", 3, 0},
                                         SummaryPlan{"mspdi/ss_lags.xml", 4, 0},
                                         SummaryPlan{"mspdi/sample.xml", 2, 0}));

}  // namespace
}  // namespace rapport
