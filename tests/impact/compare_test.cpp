#include "rapport/impact/compare.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>

#include "impact/small_plan.h"
#include "rapport/exchange/read.h"
#include "support/corpus.h"
#include "support/hour_plan.h"

namespace rapport {
namespace {

using support::hour;
using support::HourPlan;
using testing::ElementsAre;

/// A → B → D and A → C → D, hours round the clock.
HourPlan diamond() {
  HourPlan plan;
  plan.activity("A", 10), plan.activity("B", 20), plan.activity("C", 15), plan.activity("D", 5);
  plan.link("A", "B").link("A", "C").link("B", "D").link("C", "D");
  return plan;
}

Activity& find(HourPlan& plan, std::string const& key) {
  return *std::find_if(plan.facts.activities.begin(), plan.facts.activities.end(),
                       [&](Activity const& each) { return each.key == key; });
}

std::map<std::string, double> finish_hours(DeltaExplanation const& explanation) {
  std::map<std::string, double> hours_of;
  for (auto const& part : explanation.parts)
    hours_of[part.name] = static_cast<double>(part.finish.seconds) / 3600;
  return hours_of;
}

std::vector<std::string> lines(std::vector<FactDifference> const& differences) {
  std::vector<std::string> out;
  for (auto const& each : differences) {
    std::string text = std::string(to_name(each.difference)) + " " + to_string(each.node);
    for (auto const& field : each.fields) text += " " + field.field + ":" + field.before + "→" + field.after;
    out.push_back(text);
  }
  return out;
}

TEST(Compare, FindsNothingBetweenEqualPlans) {
  auto const project = diamond().project();
  auto const found = compare(project, project);
  EXPECT_TRUE(found.differences.empty());
  EXPECT_TRUE(found.moved.empty());
  EXPECT_TRUE(found.explanation.parts.empty());
  EXPECT_EQ(found.explanation.finish.seconds, 0);
}

TEST(Compare, TellsWhatWasAddedRemovedAndChangedFieldByField) {
  auto before = diamond(), after = diamond();
  find(after, "B").duration = hours(30);
  find(after, "B").progress.actual_start = hour(-2);
  after.facts.links[3].lag.seconds = hours(1).seconds;
  after.activity("E", 3);
  after.link("D", "E");
  std::erase_if(after.facts.activities, [](Activity const& each) { return each.key == "C"; });
  std::erase_if(after.facts.links,
                [](Link const& each) { return each.predecessor == "C" || each.successor == "C"; });
  after.facts.links[1].type = LinkType::StartToStart;  // B → D
  EXPECT_THAT(lines(compare(before.project(), after.project(), {.milestone = "D"}).differences),
              ElementsAre("removed activity:C",
                          "changed activity:B duration:20h→30h progress.actual_start:→1969-12-31T22:00",
                          "added activity:E", "removed link:A>C:FS", "removed link:C>D:FS",
                          "changed link:B>D:FS key:B>D:FS→B>D:SS type:→SS", "added link:D>E:FS"));
}

TEST(Compare, NamesActivitiesThatMoved) {
  auto before = diamond(), after = diamond();
  find(after, "C").duration = hours(26);
  auto const found = compare(before.project(), after.project());
  std::vector<std::string> keys;
  for (auto const& each : found.moved) keys.push_back(each.key);
  EXPECT_THAT(keys, ElementsAre("C", "D"));
  EXPECT_TRUE(found.moved[0].newly_critical);
  EXPECT_EQ(found.moved[1].early_finish, Elapsed{hours(6).seconds});
}

// B and C run side by side: B alone +6, C alone +1, both +6. Fair: B 5.5, C 0.5.
TEST(Explanation, SharesTheDelayOfParallelWorkFairly) {
  auto before = diamond(), after = diamond();
  find(after, "B").duration = hours(26), find(after, "C").duration = hours(21);
  CompareOptions options;
  options.by = DeltaBy::Activity;
  auto const found = compare(before.project(), after.project(), options).explanation;
  EXPECT_TRUE(found.exact);
  EXPECT_EQ(found.finish, Elapsed{hours(6).seconds});
  EXPECT_THAT(finish_hours(found), (std::map<std::string, double>{{"B", 5.5}, {"C", 0.5}}));
}

TEST(Explanation, TellsDataDateAndProgressApart) {
  auto before = diamond(), after = diamond();
  after.facts.subprojects[0].data_date = hour(15);
  find(after, "A").progress.actual_start = hour(0);
  find(after, "A").progress.actual_finish = hour(12);
  // Without progress the data date moves all by 15; with it, 2 hours of the delay of A and 3 of nothing done.
  // Progress without the data date: A is finished at 12, in the future: B waits for that.
  auto const found = compare(before.project(), after.project()).explanation;
  auto const of = finish_hours(found);
  EXPECT_EQ(of.size(), 2u);
  EXPECT_EQ(of.at("data_date") + of.at("progress"), 5);
  EXPECT_EQ(found.finish, Elapsed{hours(5).seconds});
  EXPECT_GT(of.at("data_date"), 0);
  EXPECT_LT(of.at("progress"), 0);
}

TEST(Explanation, PutsPartsTogetherThatMakeALoopAlone) {
  auto before = diamond(), after = diamond();
  // The order of B and C is decided, then decided the other way round.
  before.link("B", "C"), after.link("C", "B");
  CompareOptions options;
  options.by = DeltaBy::Edit;
  auto const found = compare(before.project(), after.project(), options).explanation;
  EXPECT_EQ(found.parts.size(), 1u);
  ASSERT_EQ(found.notes.size(), 1u);
  EXPECT_THAT(found.notes[0].message, testing::HasSubstr("waits for itself"));
}

TEST(Explanation, ExplainsTheMilestoneThatIsAskedFor) {
  auto before = diamond(), after = diamond();
  find(after, "C").duration = hours(18);
  CompareOptions options;
  options.milestone = "C";
  EXPECT_EQ(compare(before.project(), after.project(), options).explanation.finish,
            Elapsed{hours(3).seconds});
  options.milestone = "X";
  EXPECT_THROW((void)compare(before.project(), after.project(), options), NotFound);
}

TEST(Compare, SchedulesBothUnderTheRulesGiven) {
  // B waits two working days after A, which ends on Friday 8 January: until Tuesday 12, so that C ends on
  // Tuesday 19 instead of Friday 15. On the clock sixteen hours are over on Saturday.
  auto before = test::diamond(), after = test::diamond();
  after.links[0].lag.seconds = hours(16).seconds;
  CompareOptions options;
  auto const finish_moved = [&] {
    return compare(test::made(before), test::made(after), options).explanation.finish;
  };
  EXPECT_EQ(finish_moved(), Elapsed{4 * seconds_per_day});
  options.rules = Rules::primavera();
  EXPECT_EQ(finish_moved(), Elapsed{4 * seconds_per_day});
  options.rules->lag_calendar = LagCalendar::RoundTheClock;
  EXPECT_EQ(finish_moved(), Elapsed{});
  EXPECT_EQ(compare(test::made(before), test::made(after), options).explanation.parts.at(0).finish,
            Elapsed{});
}

/// Value of any subset by direct editing of durations, and the mean over all orders: shares no code.
TEST(Explanation, AgreesWithTheMeanOverAllOrders) {
  std::mt19937 random(7);
  auto const upto = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  for (int round = 0; round < 20; ++round) {
    int const parts = 2 + upto(5);
    HourPlan plan;
    int const n = 12;
    for (int k = 0; k < n; ++k) plan.activity("T" + std::to_string(k), 5 + upto(20));
    for (int k = 1; k < n; ++k)
      for (int link = 0; link < 2; ++link) {
        auto const from = "T" + std::to_string(upto(k)), to = "T" + std::to_string(k);
        if (std::none_of(plan.facts.links.begin(), plan.facts.links.end(),
                         [&](Link const& each) { return each.predecessor == from && each.successor == to; }))
          plan.link(from, to, static_cast<LinkType>(upto(3)), upto(4));
      }
    std::vector<int> which(n);
    std::iota(which.begin(), which.end(), 0);
    std::shuffle(which.begin(), which.end(), random);
    std::vector<double> length;
    for (int p = 0; p < parts; ++p) length.push_back(3 + upto(40));
    std::map<unsigned, std::int64_t> known;
    auto const finish = [&](unsigned state) {
      if (auto const at = known.find(state); at != known.end()) return at->second;
      auto changed = plan;
      for (int p = 0; p < parts; ++p)
        if (state >> p & 1U)
          find(changed, "T" + std::to_string(which[static_cast<std::size_t>(p)])).duration =
              hours(length[static_cast<std::size_t>(p)]);
      return known[state] = schedule(compile(changed.project())).finish().seconds;
    };
    std::vector<double> sum(static_cast<std::size_t>(parts));
    std::vector<int> order(static_cast<std::size_t>(parts));
    std::iota(order.begin(), order.end(), 0);
    double orders = 0;
    do {
      unsigned state = 0;
      for (int const p : order) {
        auto const was = finish(state);
        state |= 1U << p;
        sum[static_cast<std::size_t>(p)] += static_cast<double>(finish(state) - was);
      }
      ++orders;
    } while (std::next_permutation(order.begin(), order.end()));
    auto after = plan;
    for (int p = 0; p < parts; ++p)
      find(after, "T" + std::to_string(which[static_cast<std::size_t>(p)])).duration =
          hours(length[static_cast<std::size_t>(p)]);
    CompareOptions options;
    options.by = DeltaBy::Activity;
    auto const found = compare(plan.project(), after.project(), options).explanation;
    std::int64_t whole = 0;
    for (auto const& part : found.parts) whole += part.finish.seconds;
    EXPECT_EQ(whole, found.finish.seconds);
    for (int p = 0; p < parts; ++p) {
      auto const name = "T" + std::to_string(which[static_cast<std::size_t>(p)]);
      auto const hours_of = finish_hours(found);
      if (!hours_of.contains(name)) continue;  // the new duration is the old one
      EXPECT_NEAR(hours_of.at(name) * 3600, sum[static_cast<std::size_t>(p)] / orders, 1) << name;
    }
  }
}

TEST(Explanation, SamplesManyPartsReproduciblyWithAnErrorThatCoversTheTruth) {
  HourPlan before;
  for (int k = 0; k < 16; ++k) before.activity("T" + std::to_string(k), 10);
  for (int k = 2; k < 16; ++k) before.link("T" + std::to_string(k - 2), "T" + std::to_string(k));
  auto after = before;
  for (int k = 0; k < 12; ++k) find(after, "T" + std::to_string(k)).duration = hours(10 + k);
  CompareOptions options;
  options.by = DeltaBy::Activity;
  options.exact_parts = 12;
  auto const exact = finish_hours(compare(before.project(), after.project(), options).explanation);
  options.exact_parts = 4;
  options.permutations = 400;
  auto const sampled = compare(before.project(), after.project(), options).explanation;
  EXPECT_FALSE(sampled.exact);
  EXPECT_EQ(sampled.permutations, 400u);
  std::int64_t whole = 0;
  for (auto const& part : sampled.parts) {
    whole += part.finish.seconds;
    double const off = std::abs(static_cast<double>(part.finish.seconds) - 3600 * exact.at(part.name));
    EXPECT_LE(off, 4 * part.finish_error + 2) << part.name;
  }
  EXPECT_EQ(whole, sampled.finish.seconds);
  options.threads = 1;
  EXPECT_EQ(finish_hours(compare(before.project(), after.project(), options).explanation),
            finish_hours(sampled));
}

TEST(Explanation, SplitsTheCostToTheCent) {
  auto before = diamond(), after = diamond();
  Currency const euro("EUR");
  for (auto* plan : {&before, &after}) {
    Resource crew;
    crew.key = crew.name = "crew";
    crew.rates.push_back({.from = {}, .standard = Rate::of(33.33, euro), .overtime = {}, .per_use = {}});
    plan->facts.resources.push_back(crew);
    Assignment work;
    work.activity = "B", work.resource = "crew", work.work = hours(20);
    plan->facts.assignments.push_back(work);
    Expense hire;
    hire.activity = "D", hire.name = "hire", hire.kind = ExpenseKind::PerDay,
    hire.amount = Money::of(100, euro);
    plan->facts.expenses.push_back(hire);
  }
  // D lasts from 06:00 to 11:00 of one day; of 60 hours from 06:00 it begins three days.
  EXPECT_EQ(plan_cost(before.project(), schedule(compile(before.project()))), Money::of(666.60 + 100, euro));
  after.facts.resources[0].rates[0].standard = Rate::of(40.01, euro);
  after.facts.assignments[0].work = hours(23);
  after.facts.expenses[0].amount = Money::of(111.11, euro);
  find(after, "D").duration = hours(60);
  auto const found = compare(before.project(), after.project()).explanation;
  Money sum;
  for (auto const& part : found.parts) sum += part.cost.value();
  EXPECT_EQ(sum, found.cost);
  EXPECT_EQ(*found.cost_after - *found.cost_before, found.cost);
  EXPECT_EQ(found.cost_after, Money::of(23 * 40.01 + 3 * 111.11, euro));
}

TEST(Explanation, MatchesTheOneSubprojectUnderTwoKeys) {
  auto before = diamond(), after = diamond();
  after.facts.subprojects[0].key = "plan-2";
  after.facts.subprojects[0].data_date = hour(3);
  for (auto& each : after.facts.activities) each.subproject = "plan-2";
  auto const found = compare(before.project(), after.project());
  EXPECT_THAT(lines(found.differences),
              ElementsAre(testing::StartsWith("changed subproject:plan-2 data_date:")));
  EXPECT_THAT(finish_hours(found.explanation), (std::map<std::string, double>{{"data_date", 3}}));
}

TEST(Explanation, SumsToTheWholeOnARealUpdate) {
  RAPPORT_NEEDS_CORPUS("xer/harbour_update.xer");
  Project const before(read(support::corpus("xer/harbour_baseline.xer")).facts);
  Project const after(read(support::corpus("xer/harbour_update.xer")).facts);
  auto const found = compare(before, after);
  auto const& explanation = found.explanation;
  EXPECT_TRUE(explanation.exact);
  std::int64_t finish = 0, working = 0;
  Money cost;
  for (auto const& part : explanation.parts) {
    finish += part.finish.seconds, working += part.finish_work.seconds;
    if (part.cost) cost += *part.cost;
  }
  EXPECT_EQ(finish, (found.after.finish() - found.before.finish()).seconds);
  EXPECT_EQ(working, explanation.finish_work.seconds);
  if (explanation.cost) {
    EXPECT_EQ(cost, *explanation.cost);
  }
  EXPECT_TRUE(finish_hours(explanation).contains("data_date"));
  EXPECT_TRUE(finish_hours(explanation).contains("progress"));
}

}  // namespace
}  // namespace rapport
