#include "rapport/impact/assess_all.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "impact/small_plan.h"

namespace rapport::test {
namespace {

ChangeRequest named(std::string key, std::vector<ChangeEdit> edits) {
  auto request = change(std::move(edits));
  request.key = std::move(key);
  return request;
}

/// Chains that part and meet, with random durations.
Facts lattice(unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> quarter(1, 10), coin(0, 2);
  auto facts = diamond();
  facts.activities.clear();
  facts.links.clear();
  for (int i = 0; i < 12; ++i) {
    facts.activities.push_back(task("A" + std::to_string(i), 4 * quarter(random)));
    facts.activities.back().subproject = "P";
    for (int p = 0; p < i; ++p)
      if (i - p < 4 && coin(random) == 0)
        facts.links.push_back(follows("A" + std::to_string(p), "A" + std::to_string(i)));
  }
  return facts;
}

std::vector<ChangeRequest> random_changes(unsigned seed, int count) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> activity(0, 11), by(0, 8);
  std::vector<ChangeRequest> changes;
  for (int i = 0; i < count; ++i) {
    auto edit = add_work("A" + std::to_string(activity(random)), 0);
    edit.adjustment = Adjustment::Scale;
    edit.factor = by(random) / 4.0;
    changes.push_back(named("CR-" + std::to_string(i), {edit}));
  }
  return changes;
}

TEST(AssessAll, SaysOfEachChangeWhatAssessSays) {
  auto const project = made(lattice(1));
  auto const before = schedule(compile(project));
  auto const changes = random_changes(2, 20);
  auto const rows = assess_all(project, before, changes);
  ASSERT_EQ(rows.size(), changes.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto const impact = assess(project, before, changes[i]);
    std::size_t moved = 0, critical = 0;
    for (auto const& delta : impact.activity_deltas()) {
      moved += delta.moved() ? 1 : 0;
      critical += delta.newly_critical ? 1 : 0;
    }
    EXPECT_EQ(rows[i].finish_delta, impact.finish_delta());
    EXPECT_EQ(rows[i].cost_delta, impact.cost_delta());
    EXPECT_EQ(rows[i].activities_moved, moved);
    EXPECT_EQ(rows[i].newly_critical, critical);
    EXPECT_EQ(rows[i].finish_trail, to_string(impact.trail("finish")));
  }
}

TEST(AssessAll, ListsAChangeAtFaultAndGoesOn) {
  auto const project = made(diamond());
  std::vector<ChangeRequest> const changes = {named("CR-1", {add_work("A", 8)}),
                                              named("CR-2", {add_work("X", 8)}),
                                              named("CR-3", {add_work("B", 8)})};
  auto const rows = assess_all(project, schedule(compile(project)), changes);
  EXPECT_EQ(rows[0].finish_delta_work, hours(8));
  EXPECT_THAT(rows[1].error, testing::HasSubstr("there is no activity X"));
  EXPECT_EQ(rows[2].finish_delta_work, hours(8));
  auto const table = to_table(rows);
  EXPECT_EQ(table.rows(), 3U);
  for (auto const& column : table.columns()) {
    bool const says = column.name == "change" || column.name == "title" || column.name == "error";
    EXPECT_EQ(column.is_null(1), !says) << column.name;
  }
}

TEST(AssessAll, DoesNotDependOnTheNumberOfThreads) {
  auto const project = made(lattice(3));
  auto const before = schedule(compile(project));
  auto const changes = random_changes(4, 50);
  EXPECT_EQ(assess_all(project, before, changes, {.assess = {}, .threads = 1}),
            assess_all(project, before, changes, {.assess = {}, .threads = 4}));
}

TEST(AssessAll, ARateRisesOnWorkThatDoesNotMove) {
  auto facts = diamond();
  facts.resources = {person("R", 100)};
  facts.assignments = {assigned("A", "R", 40)};
  auto const project = made(facts);
  RateChange edit;
  edit.resource = "R";
  edit.factor = 1.1;
  std::vector<ChangeRequest> const changes = {named("CR-1", {edit})};
  EXPECT_EQ(assess_all(project, schedule(compile(project)), changes).front().cost_delta, Money::of(400, eur));
}

TEST(AssessAll, IsCancelled) {
  auto const project = made(lattice(3));
  RunControl control;
  control.on_progress = [](Progress const&) { return false; };
  EXPECT_THROW((void)assess_all(project, schedule(compile(project)), random_changes(1, 30), {}, control),
               Cancelled);
}

TEST(Interactions, ShorteningTwoEqualPathsWorksOnlyTogether) {
  auto facts = diamond();
  facts.activities[3].duration = hours(16);  // D as long as B
  auto const project = made(facts);
  std::vector<ChangeRequest> const changes = {named("CR-1", {add_work("B", -8)}),
                                              named("CR-2", {add_work("D", -8)})};
  auto const result = find_interactions(project, schedule(compile(project)), changes);
  ASSERT_EQ(result.found.size(), 1U);
  // 14 Jan 17:00 instead of 15 Jan 17:00.
  EXPECT_EQ(result.found[0].finish, Elapsed{-seconds_per_day});
}

TEST(Interactions, TwoDelaysSideBySideCountOnce) {
  auto const project = made(diamond());
  std::vector<ChangeRequest> const changes = {named("CR-1", {add_work("B", 8)}),
                                              named("CR-2", {add_work("D", 16)})};
  auto const result = find_interactions(project, schedule(compile(project)), changes);
  ASSERT_EQ(result.found.size(), 1U);
  // Either alone: C until Mon 18 Jan, three days on the clock. Both: the same.
  EXPECT_EQ(result.found[0].finish, Elapsed{-3 * seconds_per_day});
}

TEST(Interactions, ATableSaysHowManyPairsWereLeftOut) {
  auto const project = made(diamond());
  // Three changes of the same activity are three pairs, of which one is tried.
  std::vector<ChangeRequest> const changes = {named("CR-1", {add_work("B", 8)}),
                                              named("CR-2", {add_work("B", 16)}),
                                              named("CR-3", {add_work("B", 24)})};
  auto const result = find_interactions(project, schedule(compile(project)), changes, 1);
  EXPECT_EQ(result.pairs_left_out, 2U);
  auto const table = to_table(result, changes);
  ASSERT_EQ(table.rows(), result.found.size() + 1);
  EXPECT_TRUE(table.column("first").is_null(table.rows() - 1));
  auto const& errors = std::get<std::vector<std::string>>(table.column("error").values);
  EXPECT_THAT(errors.back(), testing::StartsWith("2 more pairs have something in common"));
}

TEST(Interactions, FindsEveryPairThatTryingAllWouldFind) {
  for (unsigned seed = 0; seed < 12; ++seed) {
    auto const project = made(lattice(seed));
    auto const before = schedule(compile(project));
    auto const changes = random_changes(seed + 100, 10);
    auto const found = find_interactions(project, before, changes, 1000);
    EXPECT_EQ(found.pairs_left_out, 0U);
    std::set<std::pair<std::size_t, std::size_t>> pairs;
    for (auto const& one : found.found) pairs.insert({one.first, one.second});
    for (std::size_t a = 0; a < changes.size(); ++a)
      for (std::size_t b = a + 1; b < changes.size(); ++b) {
        auto both = changes[a];
        both.edits.insert(both.edits.end(), changes[b].edits.begin(), changes[b].edits.end());
        auto const sum = assess(project, before, changes[a]).finish_delta() +
                         assess(project, before, changes[b]).finish_delta();
        if (assess(project, before, both).finish_delta() != sum) {
          EXPECT_TRUE(pairs.contains({a, b})) << "seed " << seed << ": " << a << ", " << b;
        }
      }
  }
}

TEST(AssessAll, ListsACostInAnotherCurrencyWhereThePlanNamesNone) {
  auto facts = diamond();
  facts.currency = Currency();
  auto worker = person("R", 50);
  worker.rates.front().standard = Rate::of(50, Currency());
  facts.resources.push_back(worker);
  facts.assignments = {assigned("A", "R", 40)};
  Project const project = made(facts);
  CostChange bill;
  bill.activity = "B";
  bill.amount = Money{10000, eur};
  std::vector const changes = {named("CR-1", {add_work("A", 8)}), named("CR-2", {bill}),
                               named("CR-3", {add_work("A", 16)})};
  auto const rows = assess_all(project, schedule(compile(project)), changes);
  EXPECT_EQ(rows[0].error, "");
  EXPECT_EQ(rows[0].cost_delta, (Money{40000, Currency()}));
  EXPECT_THAT(rows[1].error, testing::HasSubstr("its cost is in EUR, that of the others in a currency that"));
  EXPECT_EQ(rows[2].cost_delta, (Money{80000, Currency()}));
  EXPECT_EQ(to_table(rows).rows(), 3U);
}

}  // namespace
}  // namespace rapport::test
