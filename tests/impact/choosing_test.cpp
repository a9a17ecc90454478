// Best subset and options, and changes out of tables.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "impact/small_plan.h"
#include "rapport/impact/best_subset.h"
#include "rapport/impact/change_options.h"

namespace rapport::test {
namespace {

using testing::HasSubstr;

ChangeRequest keyed(std::string key, std::vector<ChangeEdit> edits) {
  auto request = change(std::move(edits));
  request.key = std::move(key);
  return request;
}

CostChange costing(std::string key, double amount) {
  CostChange edit;
  edit.activity = std::move(key);
  edit.amount = Money::of(amount, eur);
  return edit;
}

/// Every set, one after the other.
double best_by_trying_all(Project const& project, Schedule const& before,
                          std::vector<ChangeRequest> const& changes, SubsetGoal const& goal) {
  double best = -1;
  for (unsigned set = 0; set < 1U << changes.size(); ++set) {
    ChangeRequest together;
    double value = 0;
    for (std::size_t i = 0; i < changes.size(); ++i) {
      if (!(set >> i & 1U)) continue;
      value += goal.value[i];
      together.edits.insert(together.edits.end(), changes[i].edits.begin(), changes[i].edits.end());
    }
    auto const impact = assess(project, before, together);
    if (goal.finish_by && impact.after().finish() > *goal.finish_by) continue;
    if (goal.budget && impact.cost_delta() && impact.cost_delta()->minor > goal.budget->minor) continue;
    best = std::max(best, value);
  }
  return best;
}

std::vector<ChangeRequest> random_wishes(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> amount(1, 30), which(0, 3), duration(-4, 12);
  std::vector<ChangeRequest> changes;
  for (std::size_t i = 0; i < count; ++i) {
    std::string const activity(1, "ABCD"[which(random)]);
    changes.push_back(keyed("CR-" + std::to_string(i),
                            {add_work(activity, duration(random)), costing(activity, 100 * amount(random))}));
  }
  return changes;
}

TEST(BestSubset, IsTheOneThatTryingAllSetsFinds) {
  auto const project = made(diamond());
  auto const before = schedule(compile(project));
  for (unsigned seed = 0; seed < 20; ++seed) {
    auto const changes = random_wishes(seed, 7);
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> worth(0, 9);
    SubsetGoal goal;
    for (std::size_t i = 0; i < changes.size(); ++i) goal.value.push_back(worth(random));
    if (seed % 2 == 0) goal.budget = Money::of(4000, eur);
    if (seed % 3 != 1) goal.finish_by = before.finish() + Elapsed{3 * seconds_per_day};
    auto const best = best_subset(project, before, changes, goal);
    EXPECT_TRUE(best.feasible);
    EXPECT_TRUE(best.exact);
    EXPECT_DOUBLE_EQ(best.value, best_by_trying_all(project, before, changes, goal)) << "seed " << seed;
    EXPECT_EQ(best.value, best.bound);
  }
}

TEST(BestSubset, CountsWhatChangesDoToEachOther) {
  // Either delay alone moves the finish; both together move it no further.
  auto const project = made(diamond());
  auto const before = schedule(compile(project));
  std::vector<ChangeRequest> const changes = {keyed("CR-1", {add_work("B", 8)}),
                                              keyed("CR-2", {add_work("D", 16)})};
  SubsetGoal goal;
  goal.finish_by = parse_instant("2027-01-18T17:00");
  EXPECT_EQ(best_subset(project, before, changes, goal).chosen, (std::vector<std::size_t>{0, 1}));
}

TEST(BestSubset, WhenItMayNotTryAllItsBoundHolds) {
  auto const project = made(diamond());
  auto const before = schedule(compile(project));
  auto const changes = random_wishes(5, 16);
  SubsetGoal goal;
  goal.value.assign(16, 1);
  goal.budget = Money::of(9000, eur);
  goal.evaluations = 60;
  auto const bounded = best_subset(project, before, changes, goal);
  EXPECT_LE(bounded.evaluated, 60U);
  EXPECT_TRUE(bounded.feasible);
  EXPECT_FALSE(bounded.exact);
  double const best = best_by_trying_all(project, before, changes, goal);
  EXPECT_LE(bounded.value, best);
  EXPECT_GE(bounded.bound, best);
  EXPECT_GE(bounded.value, 1);
}

TEST(BestSubset, TriesNoSetTwice) {
  auto const project = made(diamond());
  auto const before = schedule(compile(project));
  SubsetGoal goal;
  goal.finish_by = parse_instant("2027-01-04T08:00");  // kept by none, so that all are tried
  goal.evaluations = 100'000;
  for (std::size_t const n : {0U, 3U, 6U, 13U}) {
    auto const tried = best_subset(project, before, random_wishes(8, n), goal);
    EXPECT_FALSE(tried.feasible);
    EXPECT_EQ(tried.evaluated, std::size_t{1} << n);
  }
}

TEST(BestSubset, AsksWhetherToStopAtEverySet) {
  auto const project = made(diamond());
  auto const before = schedule(compile(project));
  auto const changes = random_wishes(3, 40);
  SubsetGoal goal;
  goal.budget = Money::of(9000, eur);
  goal.evaluations = 200;
  std::size_t asked = 0;
  auto const best =
      best_subset(project, before, changes, goal, {.assess = {}, .threads = 1}, {[&](Progress const& p) {
                    asked += p.stage == "trying sets of changes" ? 1 : 0;
                    return true;
                  }});
  EXPECT_GE(asked, best.evaluated - changes.size() - 1)
      << "each set but the empty one and the single changes";
  EXPECT_THROW((void)best_subset(project, before, changes, goal, {},
                                 {[](Progress const& p) { return p.stage != "trying sets of changes"; }}),
               Cancelled);
}

TEST(BestSubset, RefusesWhatIsGivenTwiceOrWorthTooMuch) {
  auto const project = made(diamond());
  auto const before = schedule(compile(project));
  std::vector<ChangeRequest> const twice = {keyed("CR-1", {add_work("B", 8)}),
                                            keyed("CR-2", {add_work("D", 8)}),
                                            keyed("CR-1", {add_work("B", 8)})};
  auto const refusal = [](auto const& call) -> std::string {
    try {
      call();
    } catch (InvalidInput const& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(refusal([&] { (void)best_subset(project, before, twice, {}); }),
              HasSubstr("change CR-1 is given twice, as number 1 and number 3"));
  EXPECT_THAT(refusal([&] { (void)find_interactions(project, before, twice); }),
              HasSubstr("CR-1 is given twice"));
  SubsetGoal goal;
  goal.value = {1e308, 1e308};
  EXPECT_THAT(refusal([&] { (void)best_subset(project, before, std::span(twice).first(2), goal); }),
              HasSubstr("up to 1e+15"));
}

TEST(BestSubset, MarksTheChangesThatRestOnDefaults) {
  // The trace from REQ says neither how likely it is nor what share of B it redoes; the other states its
  // work.
  auto facts = diamond();
  Requirement need;
  need.key = "REQ";
  facts.requirements = {need};
  facts.traces = {trace(requirement("REQ"), activity("B"), TraceType::Implements, 1, 1)};
  facts.traces[0].likelihood.reset();
  facts.traces[0].share.reset();
  auto const project = made(std::move(facts));
  auto const before = schedule(compile(project));
  std::vector<ChangeRequest> const changes = {keyed("CR-1", {changed("REQ", 1)}),
                                              keyed("CR-2", {add_work("B", 8)})};
  auto const best = best_subset(project, before, changes, {});
  EXPECT_EQ(best.assumed, (std::vector<bool>{true, false}));
  using Flags = std::vector<std::uint8_t>;
  auto const flags = [](Table const& table) { return std::get<Flags>(table.column("assumed").values); };
  EXPECT_EQ(flags(to_table(best, changes, {})), (Flags{1, 0}));
  // CR-3 lengthens D, which B's sixteen hours more overtake: together they cost less time than apart.
  std::vector<ChangeRequest> const both = {changes[0], keyed("CR-3", {add_work("D", 16)})};
  auto const found = find_interactions(project, before, both);
  ASSERT_EQ(found.found.size(), 1U);
  EXPECT_EQ(flags(to_table(found, both)), Flags{1});
  BatchOptions ours;
  for (auto& rule : ours.assess.propagation.by_type) rule.share = 0.5;
  EXPECT_EQ(best_subset(project, before, changes, {}, ours).assumed, (std::vector<bool>{false, false}));
}

TEST(BestSubset, SaysWhenNothingHelps) {
  auto const project = made(diamond());
  auto const before = schedule(compile(project));
  SubsetGoal goal;
  goal.finish_by = before.finish() - Elapsed{30 * seconds_per_day};
  std::vector<ChangeRequest> const changes = {keyed("CR-1", {add_work("B", 8)})};
  EXPECT_FALSE(best_subset(project, before, changes, goal).feasible);
  goal.value = {1, 2};
  EXPECT_THROW((void)best_subset(project, before, changes, goal), InvalidInput);
}

TEST(Options, DeferringKeepsAContractDateThatAcceptingBreaks) {
  auto facts = diamond();
  facts.resources = {person("R", 100)};
  facts.assignments = {assigned("B", "R", 16), assigned("C", "R", 24)};
  ContractMilestone milestone;
  milestone.key = "CM-1";
  milestone.activity = "C";
  milestone.due = parse_instant("2027-01-15T17:00");
  facts.contract_milestones = {milestone};
  auto const project = made(facts);
  auto const before = schedule(compile(project));
  auto const options = options_for(project, before, keyed("CR-1", {add_work("B", 16)}));
  ASSERT_EQ(options[0].kind, OptionKind::Accept);
  // Two days more of B: C finishes on Tuesday 19 January instead of Friday 15.
  EXPECT_EQ(options[0].figures.contract_lateness, Elapsed{4 * seconds_per_day});
  auto const of = [&](OptionKind kind) {
    return *std::find_if(options.begin(), options.end(), [&](auto const& o) { return o.kind == kind; });
  };
  auto const deferred = of(OptionKind::Defer);
  EXPECT_EQ(deferred.figures.error, "");
  EXPECT_EQ(deferred.figures.contract_lateness, Elapsed{});
  EXPECT_EQ(deferred.figures.cost_delta, options[0].figures.cost_delta);  // 16h at 100 EUR, now or later
  EXPECT_EQ(deferred.figures.finish_delta, Elapsed{4 * seconds_per_day});
  EXPECT_TRUE(deferred.on_front);
  EXPECT_FALSE(options[0].on_front);  // Later at the contract date, and no better in anything.
  // Crashing the longest critical activity, A (40h), wins ten hours.
  auto const crashed = of(OptionKind::Crash);
  EXPECT_THAT(crashed.what, HasSubstr("A"));
  EXPECT_LT(crashed.figures.finish_delta, options[0].figures.finish_delta);
  EXPECT_FALSE(crashed.assumptions.empty());
}

TEST(Options, TellHowFarTheyAreAndStop) {
  auto facts = diamond();
  for (int k = 0; k < 40; ++k) {
    // Reached before anything that the change touches, so that most defer nothing.
    auto milestone = task("M" + std::to_string(k), 0);
    milestone.kind = ActivityKind::FinishMilestone;
    facts.activities.push_back(milestone);
  }
  auto const project = made(facts);
  auto const before = schedule(compile(project));
  auto const request = keyed("CR-1", {add_work("B", 16)});
  // On one thread the calls of one run are those of the next; on several, who finishes first differs.
  BatchOptions const alone{.assess = {}, .threads = 1};
  double reached = 0;
  int calls = 0;
  RunControl const watching{[&](Progress const& now) {
    EXPECT_GE(now.fraction, reached);
    reached = now.fraction;
    ++calls;
    return true;
  }};
  (void)options_for(project, before, request, {}, alone, watching);
  EXPECT_EQ(reached, 1);
  EXPECT_GT(calls, 4);
  for (int last = 1; last <= calls; ++last) {
    int asked = 0;
    RunControl const impatient{[&](Progress const&) { return ++asked < last; }};
    EXPECT_THROW((void)options_for(project, before, request, {}, alone, impatient), Cancelled) << last;
  }
  RunControl const refusing{[](Progress const&) { return false; }};
  EXPECT_THROW((void)options_for(project, before, request, {}, {.assess = {}, .threads = 4}, refusing),
               Cancelled);
}

TEST(Options, RefuseRulesWithoutMeasureByName) {
  auto const project = made(diamond());
  auto const before = schedule(compile(project));
  auto const refusal = [&](OptionRules const& rules) -> std::string {
    try {
      (void)options_for(project, before, keyed("CR-1", {add_work("B", 16)}), rules);
    } catch (InvalidInput const& error) {
      return error.what();
    }
    return "";
  };
  OptionRules rules;
  rules.crash_premium = 1.5;
  EXPECT_THAT(refusal(rules), HasSubstr("crash_premium of the option rules is 1.5"));
  rules = {};
  rules.crash_steps = 1001;
  EXPECT_EQ(refusal(rules), "crash_steps of the option rules is 1001; give at most 1000");
}

TEST(Options, ThoseOnTheFrontAreTheOnesThatNoOtherBeats) {
  auto const project = made(diamond());
  auto const options =
      options_for(project, schedule(compile(project)), keyed("CR-1", {add_work("B", 16), costing("B", 500)}));
  std::size_t front = 0;
  for (auto const& one : options) {
    bool beaten = false;
    for (auto const& other : options) {
      auto const& [a, b] = std::tie(one.figures, other.figures);
      auto const cost = [](Assessment const& x) { return x.cost_delta ? x.cost_delta->minor : 0; };
      bool const no_worse = b.finish_delta <= a.finish_delta && cost(b) <= cost(a) &&
                            b.contract_lateness <= a.contract_lateness;
      bool const better =
          b.finish_delta < a.finish_delta || cost(b) < cost(a) || b.contract_lateness < a.contract_lateness;
      beaten = beaten || (no_worse && better);
    }
    EXPECT_EQ(one.on_front, !beaten) << one.what;
    front += one.on_front ? 1 : 0;
  }
  EXPECT_GT(front, 0U);
}

TEST(Options, WhatCostsNobodyKnowsHowMuchBeatsNothingOfKnownCost) {
  // Crashing A (40h, critical) wins time; nobody knows what for, since P has no rate.
  auto facts = diamond();
  facts.resources = {person("R", 100), person("P", 1)};
  facts.resources[1].rates.clear();
  facts.assignments = {assigned("B", "R", 16), assigned("A", "P", 40)};
  auto const project = made(facts);
  OptionRules rules;
  rules.scopes.clear();  // Less of it would beat accepting all of it.
  auto const options =
      options_for(project, schedule(compile(project)), keyed("CR-1", {add_work("B", 16)}), rules);
  auto const crashed = std::find_if(options.begin(), options.end(),
                                    [](auto const& o) { return o.what == "accept and crash A"; });
  ASSERT_NE(crashed, options.end());
  EXPECT_LT(crashed->figures.finish_delta, options[0].figures.finish_delta);
  EXPECT_EQ(crashed->figures.cost_delta, options[0].figures.cost_delta);
  EXPECT_EQ(crashed->figures.unpriced, 1U);
  EXPECT_TRUE(options[0].on_front);
}

TEST(Options, SpeedIsPricedAtTheRateOfTheDaysOfTheWork) {
  // A is done in January at 100 EUR/h, whatever February costs: a quarter of its 40h, half as dear again, is
  // 500 EUR beside the 1,600 EUR of the sixteen hours more of B.
  auto facts = diamond();
  facts.resources = {person("R", 100), person("S", 100)};
  facts.resources[0].rates.push_back({.from = parse_instant("2027-02-01T00:00"),
                                      .standard = Rate::of(200, eur),
                                      .overtime = {},
                                      .per_use = {}});
  facts.assignments = {assigned("A", "R", 40), assigned("B", "S", 16)};
  auto const project = made(facts);
  auto const options = options_for(project, schedule(compile(project)), keyed("CR-1", {add_work("B", 16)}));
  auto const crashed = std::find_if(options.begin(), options.end(),
                                    [](auto const& o) { return o.what == "accept and crash A"; });
  ASSERT_NE(crashed, options.end());
  EXPECT_EQ(crashed->figures.cost_delta, Money::of(2100, eur));
  EXPECT_EQ(crashed->figures.unpriced, 0U);
}

TEST(ChangesInTable, OneEditARowGathersByIdAndWholeDocumentsAreRead) {
  using Texts = std::vector<std::optional<std::string>>;
  Table edits("edits");
  edits.add("id", std::vector<std::string>{"CR-1", "CR-2", "CR-1", "CR-3"})
      .add("title", Texts{"one", "two", std::nullopt, "three"})
      .add("activity", Texts{"A", "B", "C", "D"})
      .add("add_work", Texts{"8h", std::nullopt, "4h", std::nullopt})
      .add("scale_work", std::vector<std::optional<double>>{std::nullopt, 1.5, std::nullopt, std::nullopt});
  auto const entries = changes_in_table(edits);
  ASSERT_EQ(entries.size(), 3U);
  ASSERT_TRUE(entries[0].change);
  EXPECT_EQ(entries[0].change->title, "one");
  EXPECT_EQ(entries[0].change->edits, (std::vector<ChangeEdit>{add_work("A", 8), add_work("C", 4)}));
  EXPECT_EQ(std::get<WorkChange>(entries[1].change->edits.at(0)).factor, 1.5);
  EXPECT_EQ(entries[2].line, 4U);  // An activity alone is no edit.
  EXPECT_THAT(entries[2].error, HasSubstr("row 4"));

  Table whole("documents");
  whole.add("document", std::vector<std::string>{R"({"id": "CR-1", "edits": []})", "nonsense"});
  auto const documents = changes_in_table(whole);
  EXPECT_TRUE(documents[0].change);
  EXPECT_THAT(documents[1].error, HasSubstr("row 2"));
  EXPECT_THROW((void)changes_in_table(Table("nothing")), InvalidInput);
}

TEST(AssessAllOfEntries, ListsWhatCannotBeReadWithItsLine) {
  auto const project = made(diamond());
  auto const entries = changes_in_text(
      "{\"id\": \"CR-1\", \"edits\": [{\"activity\": \"A\", \"add_work\": \"8h\"}]}\n{\"id\": \"CR-2\"\n");
  auto const rows = assess_all(project, schedule(compile(project)), std::span<ChangeEntry const>(entries));
  EXPECT_EQ(rows[0].finish_delta_work, hours(8));
  EXPECT_EQ(rows[1].line, 2U);
  EXPECT_FALSE(rows[1].error.empty());
}

TEST(AssessAllOfEntries, AChangeInAnotherCurrencyDoesNotSpoilTheTable) {
  auto const project = made(diamond());
  auto other = costing("B", 5);
  other.amount.currency = Currency("USD");
  std::vector<ChangeRequest> const changes = {keyed("CR-1", {costing("A", 5)}), keyed("CR-2", {other})};
  auto const rows = assess_all(project, schedule(compile(project)), changes);
  EXPECT_EQ(rows[0].cost_delta, Money::of(5, eur));
  EXPECT_THAT(rows[1].error, HasSubstr("USD"));
  EXPECT_EQ(to_table(rows).column("cost_delta").unit, "EUR");
}

}  // namespace
}  // namespace rapport::test
