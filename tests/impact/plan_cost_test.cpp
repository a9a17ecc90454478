#include "rapport/impact/plan_cost.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "impact/price.h"
#include "impact/priced_plan.h"
#include "rapport/impact/compare.h"
#include "support/deeper.h"
#include "support/slow_cost.h"

namespace rapport::test::plan_costs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Currency const dollar("USD");
Money in_euros(double amount) { return Money::of(amount, eur); }
Money cents(std::int64_t amount) { return {amount, eur}; }

PlanCost priced(Project const& project, CostBasis basis = CostBasis::Current) {
  return cost_plan(project, schedule(compile(project)), basis);
}
PlanCost priced(Facts const& facts, CostBasis basis = CostBasis::Current) {
  return priced(made(facts), basis);
}

std::map<std::string, std::int64_t> by_category(PlanCost const& cost) {
  std::map<std::string, std::int64_t> sums;
  for (auto const& line : cost.lines()) sums[std::string(name_of(line.category))] += line.amount.minor;
  return sums;
}

std::vector<std::int64_t> const& minor(Table const& table, std::string_view column) {
  return std::get<std::vector<std::int64_t>>(table.column(column).values);
}
std::vector<std::string> const& words(Table const& table, std::string_view column) {
  return std::get<std::vector<std::string>>(table.column(column).values);
}
std::int64_t total_of(Table const& table, std::string_view column) {
  std::int64_t sum = 0;
  for (auto const amount : minor(table, column)) sum += amount;
  return sum;
}
std::int64_t at_key(Table const& table, std::string const& key, std::string_view column) {
  auto const& keys = words(table, "key");
  auto const place = std::find(keys.begin(), keys.end(), key);
  if (place == keys.end()) throw NotFound("row", key);
  return minor(table, column)[static_cast<std::size_t>(place - keys.begin())];
}

Expense expense_of(std::string activity, double amount, ExpenseKind kind,
                   Accrual accrual = Accrual::Prorated) {
  Expense expense;
  expense.key = "E-" + activity;
  expense.name = "Hire";
  expense.activity = std::move(activity);
  expense.kind = kind;
  expense.amount = in_euros(amount);
  expense.accrual = accrual;
  return expense;
}

// -- one kind after the other ----------------------------------------------------------------------

TEST(PlanCost, EachPriceOfTheWorkIsALine) {
  auto facts = diamond();
  facts.resources = {person("R", 80)};
  facts.resources.front().rates.push_back({.from = parse_instant("2027-01-14T00:00"),
                                           .standard = Rate::of(100, eur),
                                           .overtime = {},
                                           .per_use = {}});
  facts.assignments = {assigned("C", "R", 24)};  // Wed 13 at 80, Thu 14 and Fri 15 Jan at 100
  auto const cost = priced(facts);
  ASSERT_EQ(cost.size(), 2U);
  EXPECT_EQ(cost.lines()[0].amount, in_euros(8 * 80));
  EXPECT_EQ(cost.lines()[0].reason, "8h of R at 80.00 EUR/h");
  EXPECT_EQ(when(cost.lines()[0].finish), "2027-01-14T00:00");
  EXPECT_EQ(cost.lines()[1].amount, in_euros(16 * 100));
  EXPECT_EQ(cost.total(), in_euros(2240));
  EXPECT_EQ(cost.spent(), in_euros(0));
}

TEST(PlanCost, OvertimeIsPaidAtItsOwnRate) {
  auto facts = diamond();
  facts.resources = {person("R", 80)};
  facts.resources.front().rates.front().overtime = Rate::of(120, eur);
  facts.assignments = {assigned("A", "R", 40)};
  facts.assignments.front().overtime = hours(10);
  auto const cost = priced(facts);
  EXPECT_EQ(by_category(cost),
            (std::map<std::string, std::int64_t>{{"labour", 30 * 8000}, {"overtime", 10 * 12000}}));
  EXPECT_EQ(cost.lines()[1].reason, "10h of R overtime at 120.00 EUR/h");
  // More work has as much overtime in it: 20 % of 40h are 8h, of which 2h are overtime.
  EXPECT_EQ(assessed(made(facts), change({add_work("A", 8)})).cost_delta(), in_euros(6 * 80 + 2 * 120));
}

TEST(PlanCost, APricePerUseIsPaidOnceForEachUnit) {
  auto facts = diamond();
  facts.resources = {person("R", 10), person("SAND", 5)};
  facts.resources[0].rates.front().per_use = in_euros(300);
  facts.resources[1].kind = ResourceKind::Material;
  facts.resources[1].rates.front().per_use = in_euros(70);
  facts.assignments = {assigned("A", "R", 40), assigned("B", "SAND", 0)};
  facts.assignments[0].units = 2;
  facts.assignments[1].quantity = 12;
  facts.assignments[1].units = 12;
  EXPECT_EQ(priced(facts).total(), in_euros(40 * 10 + 2 * 300 + 12 * 5 + 70));
  // An activity that is not done calls upon nobody.
  EXPECT_EQ(assessed(made(facts), change({ActivityRemoval{"B"}})).cost_delta(), in_euros(-12 * 5 - 70));
}

TEST(PlanCost, PricesRiseWithEachWholeYear) {
  auto facts = diamond();
  facts.resources = {person("R", 100), person("S", 100)};
  facts.assignments = {assigned("C", "R", 24), assigned("C", "S", 24)};
  facts.expenses = {expense_of("C", 1000, ExpenseKind::Fixed)};
  // The second year is full on Thu 14 Jan 2027: 8h at 103, 16h at 106.09.
  facts.escalations = {{{}, "R", {}, 3, parse_instant("2025-01-14T00:00")}};
  auto cost = priced(facts);
  EXPECT_EQ(by_category(cost)["labour"], 2 * 24 * 10000);
  EXPECT_EQ(by_category(cost)["escalation"], 8 * 300 + 16 * 609);
  EXPECT_EQ(cost.lines()[1].reason, "R has risen since its price was entered, to 103.00 EUR/h");
  // Every price: the expense too, a third of it on the 13th.
  facts.escalations = {{{}, {}, {}, 3, parse_instant("2025-01-14T00:00")}};
  cost = priced(facts);
  EXPECT_EQ(by_category(cost)["escalation"], 2 * (8 * 300 + 16 * 609) + 1000 + 4060);
}

TEST(PlanCost, AnExpenseRisesWithItsAccountOrAnAccountAbove) {
  auto facts = diamond();
  facts.cost_accounts = {{"SITE", "", "Site"}, {"CRANE", "SITE", "Crane"}, {"OTHER", "", "Other"}};
  facts.expenses = {expense_of("A", 100, ExpenseKind::PerDay), expense_of("B", 100, ExpenseKind::Fixed)};
  facts.expenses[0].cost_account = "CRANE";
  facts.expenses[1].cost_account = "OTHER";
  facts.escalations = {{{}, {}, "SITE", 10, parse_instant("2025-06-01T00:00")}};
  auto const sums = by_category(priced(facts));
  EXPECT_EQ(sums, (std::map<std::string, std::int64_t>{
                      {"time_dependent", 5 * 10000}, {"expense", 10000}, {"escalation", 5 * 1000}}));
}

TEST(PlanCost, OtherCurrenciesAreConvertedAtTheRateOfTheirDay) {
  auto facts = diamond();
  facts.resources = {person("R", 0)};
  facts.resources.front().rates.front().standard = Rate::of(100, dollar);
  facts.assignments = {assigned("C", "R", 24)};
  facts.expenses = {expense_of("A", 50, ExpenseKind::Fixed)};
  facts.exchange_rates = {{{}, dollar, Rate::of(0.90, eur), {}},
                          {{}, dollar, Rate::of(0.95, eur), parse_instant("2027-01-14T00:00")}};
  auto const cost = priced(facts);
  EXPECT_EQ(cost.total(), in_euros(8 * 90 + 16 * 95 + 50));
  EXPECT_THAT(cost.lines()[0].reason, HasSubstr("8h of R at 100.00 USD/h (USD at 0.90 EUR)"));
  // The rate of euros in dollars says the same.
  facts.exchange_rates = {{{}, eur, Rate::of(1.25, dollar), {}}};
  EXPECT_EQ(priced(facts).total(), in_euros(24 * 80 + 50));
  // Yen have no smaller unit.
  facts.currency = Currency("JPY");
  facts.exchange_rates = {{{}, dollar, Rate::of(150, Currency("JPY")), {}},
                          {{}, eur, Rate::of(160.5, Currency("JPY")), {}}};
  EXPECT_EQ(priced(facts).total(), (Money{24 * 100 * 150 + 8025, Currency("JPY")}));
}

TEST(PlanCost, CurrenciesThatMeetWithoutARateAreNamed) {
  auto facts = diamond();
  facts.expenses = {expense_of("A", 50, ExpenseKind::Fixed), expense_of("B", 70, ExpenseKind::Fixed)};
  facts.expenses[1].amount = Money::of(70, dollar);
  try {
    (void)priced(facts);
    FAIL();
  } catch (InvalidInput const& error) {
    EXPECT_THAT(error.what(), HasSubstr("50.00 EUR"));
    EXPECT_THAT(error.what(), HasSubstr("70.00 USD"));
    EXPECT_THAT(error.what(), HasSubstr("exchange rates"));
  }
}

TEST(PlanCost, WhatIsDoneCostsWhatWasRecorded) {
  auto facts = diamond();
  facts.subprojects.front().data_date = parse_instant("2027-01-07T08:00");
  auto& progress = facts.activities.front().progress;
  progress.actual_start = parse_instant("2027-01-04T08:00");
  progress.remaining = hours(16);
  facts.resources = {person("R", 50), person("S", 50)};
  facts.assignments = {assigned("A", "R", 40), assigned("A", "S", 40)};
  facts.assignments[0].actual_cost = in_euros(1500);
  facts.assignments[1].actual = hours(30);
  auto const cost = priced(facts);
  EXPECT_EQ(cost.spent(), in_euros(1500 + 30 * 50));
  EXPECT_EQ(cost.to_come(), in_euros(2 * 16 * 50));
  EXPECT_EQ(cost.lines()[0].reason, "recorded for R");
  EXPECT_FALSE(cost.lines()[0].assumed);
  EXPECT_TRUE(cost.lines()[2].assumed);
}

// 46 of 72 hours are left, so of 41h 6m of work 26h 15m 30s: to the minute, half a minute up, although
// 46/72 has no end as a decimal or binary fraction.
TEST(PlanCost, WhatIsLeftOfTheWorkIsRoundedOnce) {
  auto facts = diamond();
  facts.resources = {person("R", 60)};
  auto& activity = facts.activities.front();
  activity.duration = hours(72);
  activity.progress.actual_start = facts.subprojects.front().data_date;
  activity.progress.remaining = hours(46);
  facts.assignments = {assigned(activity.key, "R", 0)};
  facts.assignments.front().work = minutes(2466);
  facts.assignments.front().actual_cost = in_euros(0);
  EXPECT_EQ(priced(facts).total(), in_euros(1576));
}

TEST(PlanCost, AnExpenseCostsWhatWasRecordedAndTheRestOfItsAmount) {
  auto facts = diamond();
  facts.expenses = {expense_of("B", 500, ExpenseKind::Fixed), expense_of("C", 100, ExpenseKind::Fixed)};
  facts.expenses[0].actual = in_euros(120);
  facts.expenses[1].actual = in_euros(130);
  auto const cost = priced(facts);
  EXPECT_EQ(cost.spent(), in_euros(250));
  EXPECT_EQ(cost.to_come(), in_euros(380));
}

TEST(PlanCost, MoneySpentOnATaskThatIsSwitchedOffIsThrownAway) {
  auto facts = diamond();
  facts.subprojects.front().rules = Rules::microsoft();
  facts.subprojects.front().data_date = parse_instant("2027-01-11T08:00");
  auto& d = facts.activities[3];
  d.progress.actual_start = parse_instant("2027-01-08T08:00");
  d.progress.remaining = hours(2);
  d.microsoft.inactive = true;
  facts.resources = {person("R", 50)};
  facts.assignments = {assigned("D", "R", 8)};
  auto const cost = priced(facts);
  ASSERT_EQ(cost.size(), 1U);
  EXPECT_EQ(cost.lines().front().category, CostCategory::Discarded);
  EXPECT_EQ(cost.total(), in_euros(6 * 50));
  EXPECT_THAT(cost.lines().front().reason, HasSubstr("not done any more"));
}

TEST(PlanCost, PenaltiesAddAndBonusesTakeAway) {
  auto facts = diamond();
  ContractMilestone late, early;
  late.key = "L";
  late.activity = early.activity = "C";  // Fri 15 Jan 17:00
  late.due = parse_instant("2027-01-13T17:00");
  late.penalty_per_day = in_euros(1000);
  early.key = "E";
  early.due = parse_instant("2027-01-18T17:00");
  early.bonus_per_day = in_euros(300);
  facts.contract_milestones = {late, early};
  auto const cost = priced(facts);
  EXPECT_EQ(by_category(cost), (std::map<std::string, std::int64_t>{{"penalty", 200000}, {"bonus", -90000}}));
  EXPECT_EQ(cost.lines()[0].reason, "L: 2 days late at 1,000.00 EUR a day");
  EXPECT_EQ(cost.lines()[1].reason, "E: 3 full days early at 300.00 EUR a day");
  facts.contract_milestones[0].grace_days = 1;
  facts.contract_milestones[0].penalty_cap = in_euros(250);
  EXPECT_EQ(priced(facts).lines()[0].reason,
            "L: 2 days late, 1 of grace, 1 at 1,000.00 EUR a day, capped at 250.00 EUR");
  EXPECT_EQ(priced(facts, CostBasis::Baseline).total(), std::nullopt);
}

TEST(PlanCost, WithoutARateItIsListedAndNotZero) {
  auto facts = diamond();
  facts.resources = {person("R", 1)};
  facts.resources.front().rates.clear();
  facts.assignments = {assigned("A", "R", 40)};
  auto const cost = priced(facts);
  EXPECT_FALSE(cost.total());
  ASSERT_EQ(cost.unpriced().size(), 1U);
  EXPECT_EQ(cost.unpriced().front().reason, "resource R has no rate");
}

TEST(PlanCost, ABaselineKeepsItsBudget) {
  auto facts = diamond();
  facts.resources = {person("R", 30), person("S", 10)};
  facts.assignments = {assigned("A", "R", 1), assigned("A", "S", 1)};
  RecordedDates kept;
  kept.key = "A";
  kept.baseline = Baseline{parse_instant("2026-12-07T08:00"), parse_instant("2026-12-11T17:00"), cents(1001)};
  facts.recorded_dates = {kept};
  auto const cost = priced(facts, CostBasis::Baseline);
  // 10.01 in the proportion 3 : 1 is 7.5075 and 2.5025; the odd cent goes to the larger remainder.
  ASSERT_EQ(cost.size(), 2U);
  EXPECT_EQ(cost.lines()[0].amount, cents(751));
  EXPECT_EQ(cost.lines()[1].amount, cents(250));
  EXPECT_EQ(cost.until(parse_instant("2026-12-12T00:00")), cents(1001));
  facts.assignments.clear();
  EXPECT_EQ(priced(facts, CostBasis::Baseline).total(), cents(1001));
}

TEST(PlanCost, TheScheduleOfAnotherPlanIsRefused) {
  auto facts = diamond();
  auto const other = schedule(compile(made(facts)));
  facts.activities.push_back(task("NEW", 8));
  EXPECT_THROW((void)cost_plan(made(facts), other), InvalidInput);
}

// -- when it counts --------------------------------------------------------------------------------

TEST(CostCurve, AccrualSaysWhenAndNeverHowMuch) {
  auto facts = diamond();
  // A: Mon 4 to Fri 8 Jan; by Wed 12:00 it is half way.
  for (auto const accrual : {Accrual::Start, Accrual::Prorated, Accrual::End}) {
    facts.expenses = {expense_of("A", 1000.01, ExpenseKind::Fixed, accrual)};
    auto const cost = priced(facts);
    EXPECT_EQ(cost.total(), in_euros(1000.01));
    auto const half = cost.until(parse_instant("2027-01-06T12:00"));
    EXPECT_EQ(half, accrual == Accrual::Start      ? in_euros(1000.01)
                    : accrual == Accrual::Prorated ? in_euros(500.01)
                                                   : in_euros(0));
    EXPECT_EQ(cost.until(parse_instant("2027-01-04T08:00")), in_euros(0));
    EXPECT_EQ(cost.until(parse_instant("2027-01-08T17:00")), in_euros(1000.01));
  }
}

TEST(CostCurve, WeeksBeginOnMondayAndMonthsOnTheFirst) {
  auto facts = diamond();
  facts.expenses = {expense_of("A", 10, ExpenseKind::PerDay), expense_of("C", 90, ExpenseKind::Fixed)};
  auto const cost = priced(facts);
  auto const weeks = cost.curve(CostStep::Weekly);
  ASSERT_EQ(weeks.rows(), 2U);
  EXPECT_EQ(weeks.text(0, 0), "2027-01-04");
  EXPECT_THAT(minor(weeks, "amount"), ElementsAre(5000, 9000));
  EXPECT_THAT(minor(weeks, "cumulative"), ElementsAre(5000, 14000));
  auto const days = cost.curve(CostStep::Daily);
  ASSERT_EQ(days.rows(), 12U);
  EXPECT_EQ(minor(days, "amount")[0], 1000);
  EXPECT_EQ(minor(days, "amount")[5], 0);
  EXPECT_EQ(minor(days, "amount")[9], 3000);
  auto const months = cost.curve(CostStep::Monthly);
  ASSERT_EQ(months.rows(), 1U);
  EXPECT_EQ(months.text(0, 0), "2027-01-01");
  EXPECT_EQ(months.text(0, 1), "2027-02-01");
}

// -- who it is for ----------------------------------------------------------------------------------

TEST(CostBy, AnActivityIsDividedAmongItsRequirementsByShare) {
  auto facts = diamond();
  facts.expenses = {expense_of("A", 0, ExpenseKind::Fixed), expense_of("B", 1, ExpenseKind::Fixed)};
  facts.expenses[0].amount = cents(1000);
  for (char const* key : {"Q1", "Q2", "Q3"}) {
    Requirement need;
    need.key = key;
    need.title = key;
    facts.requirements.push_back(need);
  }
  Deliverable part;
  part.key = "D";
  facts.deliverables = {part};
  // Q1 at once with 0.5; Q2 by way of D with 0.5 × 0.5; Q3 lies behind Q1 and gets nothing.
  facts.traces = {trace(requirement("Q1"), activity("A"), TraceType::Implements, 1, 0.5),
                  trace(deliverable("D"), activity("A"), TraceType::Produces, 1, 0.5),
                  trace(requirement("Q2"), deliverable("D"), TraceType::Implements, 1, 0.5),
                  trace(requirement("Q3"), requirement("Q1"), TraceType::Derives, 1, 1)};
  auto const project = made(facts);
  auto const table = priced(project).by(CostBy::Requirement, project);
  EXPECT_THAT(words(table, "key"), ElementsAre("Q1", "Q2", ""));
  EXPECT_THAT(minor(table, "amount"), ElementsAre(667, 333, 100));
}

TEST(CostBy, AnActivityWithoutTracesServesTheNeedsOfItsBranch) {
  auto facts = diamond();
  facts.expenses = {expense_of("A", 10, ExpenseKind::Fixed), expense_of("B", 7, ExpenseKind::Fixed)};
  facts.wbs = {{"TOP", "", "Top", "P"}, {"SUB", "TOP", "Sub", "P"}};
  facts.activities[0].wbs = "SUB";
  Requirement need;
  need.key = need.title = "Q";
  facts.requirements = {need};
  facts.traces = {trace(requirement("Q"), {FactKind::WbsNode, "TOP"}, TraceType::Implements, 1, 1)};
  auto const project = made(facts);
  auto const table = priced(project).by(CostBy::Requirement, project);
  EXPECT_EQ(at_key(table, "Q", "amount"), 1000);
  EXPECT_EQ(at_key(table, "", "amount"), 700);
}

TEST(CostBy, PeopleCarryWhatTheirRequirementsCostElseWhatTheyAnswerFor) {
  auto facts = diamond();
  facts.expenses = {expense_of("A", 10, ExpenseKind::Fixed), expense_of("B", 7, ExpenseKind::Fixed),
                    expense_of("C", 0.05, ExpenseKind::Fixed), expense_of("D", 3, ExpenseKind::Fixed)};
  for (char const* key : {"ANN", "BO", "CY"}) {
    Stakeholder who;
    who.key = key;
    facts.stakeholders.push_back(who);
  }
  Requirement need;
  need.key = need.title = "Q";
  need.owner = "ANN";
  facts.requirements = {need};
  facts.traces = {trace(requirement("Q"), activity("A"), TraceType::Implements, 1, 1)};
  facts.responsibilities = {{{}, "BO", activity("A"), Duty::Accountable},
                            {{}, "BO", activity("B"), Duty::Accountable},
                            {{}, "CY", activity("B"), Duty::Responsible},
                            {{}, "BO", activity("C"), Duty::Responsible},
                            {{}, "CY", activity("C"), Duty::Responsible}};
  auto const project = made(facts);
  auto const table = priced(project).by(CostBy::Stakeholder, project);
  EXPECT_THAT(words(table, "key"), ElementsAre("ANN", "BO", "CY", ""));
  EXPECT_THAT(minor(table, "amount"), ElementsAre(1000, 703, 2, 300));
}

TEST(CostBy, AccountsHaveWhatIsBookedOnThemAndBelowThem) {
  auto facts = diamond();
  facts.cost_accounts = {{"1.2", "1", "Site"}, {"1", "", "Works"}, {"2", "", "Fees"}, {"3", "", "Unused"}};
  facts.expenses = {expense_of("A", 10, ExpenseKind::Fixed), expense_of("B", 7, ExpenseKind::Fixed),
                    expense_of("C", 5, ExpenseKind::Fixed), expense_of("D", 3, ExpenseKind::Fixed)};
  facts.expenses[0].cost_account = "1.2";
  facts.expenses[1].cost_account = "1";
  // C names none, but charges two accounts in the proportion 1 : 3.
  facts.traces = {trace(activity("C"), {FactKind::CostAccount, "1"}, TraceType::Charges, 1, 0.25),
                  trace(activity("C"), {FactKind::CostAccount, "2"}, TraceType::Charges, 1, 0.75)};
  auto const project = made(facts);
  auto const table = priced(project).by(CostBy::Account, project);
  EXPECT_THAT(words(table, "key"), ElementsAre("1", "1.2", "2", ""));
  EXPECT_THAT(minor(table, "amount"), ElementsAre(825, 1000, 375, 300));
  EXPECT_THAT(minor(table, "with_below"), ElementsAre(1825, 1000, 375, 300));
  EXPECT_EQ(table.text(1, 2), "1");
}

TEST(CostBy, SharesLoseNothingAndGoToTheLargestRemainders) {
  EXPECT_THAT(detail::shared_out(100, std::vector<std::int64_t>{1, 1, 1}), ElementsAre(34, 33, 33));
  EXPECT_THAT(detail::shared_out(-100, std::vector<std::int64_t>{1, 1, 1}), ElementsAre(-34, -33, -33));
  EXPECT_THAT(detail::shared_out(10, std::vector<std::int64_t>{0, 0}), ElementsAre(5, 5));
  EXPECT_THAT(detail::shared_out(5, std::vector<std::int64_t>{6, 0, 3}), ElementsAre(3, 0, 2));
  EXPECT_THAT(detail::shared_out(INT64_MAX, std::vector<std::int64_t>{INT64_MAX, INT64_MAX}),
              ElementsAre(INT64_MAX / 2 + 1, INT64_MAX / 2));
}

// -- random plans -----------------------------------------------------------------------------------

/// What the plan costs, hour by hour. Knows the facts and the dates of the schedule and nothing else.
std::int64_t slow_total(Facts const& facts, Schedule const& dates) {
  using support::SlowRate;
  Instant const now = *facts.subprojects.front().data_date;
  std::int64_t cents = 0;
  auto const of = [](auto const& all, std::string const& key) {
    return *std::find_if(all.begin(), all.end(), [&](auto const& each) { return each.key == key; });
  };
  for (auto const& each : facts.assignments) {
    auto const activity = of(facts.activities, each.activity);
    auto const resource = of(facts.resources, each.resource);
    auto const& progress = activity.progress;
    auto const shown = dates.dates(each.activity);
    Instant const start = progress.actual_start.value_or(shown.early_start);
    bool const begun = progress.actual_start.has_value(), over = progress.actual_finish.has_value();
    auto const period_at = [&](Instant when) {
      RatePeriod found = resource.rates.front();
      for (auto const& period : resource.rates)
        if (period.from && *period.from <= when) found = period;
      return found;
    };
    std::int64_t left = over ? 0 : each.work.seconds;
    if (begun && !over)
      left = 60 * static_cast<std::int64_t>(
                      std::llround(static_cast<double>(each.work.seconds) * progress.remaining->in_hours() /
                                   activity.duration.in_hours() / 60));
    if (each.actual_cost) cents += each.actual_cost->minor;
    if (each.cost) {
      std::int64_t const open = (2 * each.cost->minor * left + each.work.seconds) / (2 * each.work.seconds);
      cents += each.actual_cost ? open : each.cost->minor;
      continue;
    }
    if (!(each.actual_cost && begun)) {
      auto const use = period_at(start).per_use.minor;
      cents += resource.kind == ResourceKind::Material
                   ? use
                   : static_cast<std::int64_t>(std::llround(static_cast<double>(use) * each.units));
    }
    if (resource.kind == ResourceKind::Material) {
      cents += std::llround(each.quantity * static_cast<double>(period_at(start).standard.micro) / 1e4);
      continue;
    }
    std::vector<SlowRate> standard, overtime;
    for (auto const& period : resource.rates) {
      standard.push_back({period.from.value_or(Instant{}), period.standard.micro});
      overtime.push_back({period.from.value_or(Instant{}), period.overtime.value_or(period.standard).micro});
    }
    auto const price = [&](std::int64_t seconds, Instant from, Instant to) {
      std::int64_t const extra =
          each.work.seconds == 0
              ? 0
              : (2 * seconds * each.overtime.seconds + each.work.seconds) / (2 * each.work.seconds);
      cents += support::slow_effort_cost(seconds - extra, from, to, standard, worked_hour) +
               support::slow_effort_cost(extra, from, to, overtime, worked_hour);
    };
    std::int64_t const done = each.work.seconds - left;
    if (done > 0 && !each.actual_cost)
      price(done, start, over ? *progress.actual_finish : std::max(now, start));
    if (left > 0)
      price(left, std::min(std::max(shown.early_start, now), shown.early_finish), shown.early_finish);
  }
  for (auto const& each : facts.expenses) {
    auto const activity = of(facts.activities, each.activity);
    auto const shown = dates.dates(each.activity);
    Instant const start = activity.progress.actual_start.value_or(shown.early_start);
    cents += each.kind == ExpenseKind::Fixed
                 ? each.amount.minor
                 : each.amount.minor * support::slow_days_begun(start, shown.early_finish);
  }
  for (auto const& each : facts.contract_milestones) {
    std::int64_t const apart = (dates.dates(each.activity).early_finish - each.due).seconds;
    cents += apart > 0 ? (apart + 86399) / 86400 * each.penalty_per_day.minor
                       : -(-apart / 86400) * each.bonus_per_day.minor;
  }
  return cents;
}

class RandomCost : public testing::TestWithParam<unsigned> {};

TEST_P(RandomCost, EqualsTheSumOfItsHours) {
  auto const project = made(priced_plan(GetParam()));
  auto const dates = schedule(compile(project));
  EXPECT_EQ(cost_plan(project, dates).total()->minor, slow_total(project.facts(), dates));
  EXPECT_EQ(plan_cost(project, dates), cost_plan(project, dates).total());
}

TEST_P(RandomCost, AddsUpHoweverItIsGathered) {
  auto const project = made(priced_plan(GetParam()));
  for (auto const basis : {CostBasis::Current, CostBasis::Baseline}) {
    auto const cost = priced(project, basis);
    std::int64_t const total = cost.total()->minor;
    EXPECT_EQ((cost.spent() + cost.to_come()).minor, total);
    auto lines = cost.lines();
    std::shuffle(lines.begin(), lines.end(), std::mt19937(GetParam()));
    Money sum = cents(0);
    for (auto const& line : lines) sum += line.amount;
    EXPECT_EQ(sum.minor, total);
    for (int by = 0; by < 6; ++by) {
      auto const table = cost.by(static_cast<CostBy>(by), project);
      EXPECT_EQ(total_of(table, "amount"), total) << table.name();
      EXPECT_EQ(total_of(table, "spent"), cost.spent().minor) << table.name();
      std::int64_t top = 0;
      for (std::size_t row = 0; row < table.rows(); ++row)
        if (table.column("parent").is_null(row)) top += minor(table, "with_below")[row];
      EXPECT_EQ(top, total) << table.name();
    }
    for (int step = 0; step < 3; ++step) {
      auto const curve = cost.curve(static_cast<CostStep>(step));
      EXPECT_EQ(total_of(curve, "amount"), total);
      EXPECT_EQ(total_of(curve, "spent"), cost.spent().minor);
      EXPECT_EQ(minor(curve, "cumulative").back(), total);
      // Each sum is what falls before the end of the step.
      auto const& ends = minor(curve, "until");
      for (std::size_t row = 0; row < ends.size(); row += 5)
        EXPECT_EQ(cost.until(at(Date{static_cast<std::int32_t>(ends[row])})).minor,
                  minor(curve, "cumulative")[row]);
    }
  }
}

TEST_P(RandomCost, IsTheSameWhateverAccrues) {
  auto facts = priced_plan(GetParam());
  auto const total = priced(facts).total();
  for (auto& each : facts.resources) each.accrual = Accrual::End;
  for (auto& each : facts.expenses) each.accrual = Accrual::Start;
  EXPECT_EQ(priced(facts).total(), total);
}

TEST_P(RandomCost, OfTheMovedPlanIsTheImpactOfTheMove) {
  auto facts = priced_plan(GetParam());
  std::mt19937 random(GetParam());
  facts.escalations = {{{}, {}, {}, 5.5, parse_instant("2026-02-01T00:00")}};
  auto const project = made(facts);
  ConstraintChange later;
  later.activity = "A12";
  later.constraint = {ConstraintKind::StartNoEarlierThan,
                      parse_instant("2027-01-20T08:00") + Elapsed{86400 * static_cast<int>(random() % 60)}};
  auto const impact = assessed(project, change({later}));
  auto const before = plan_cost(project, impact.before()), after = plan_cost(project, impact.after());
  EXPECT_EQ((*after - *before).minor, impact.cost_delta()->minor);
}

TEST_P(RandomCost, ChangesAddUpHoweverTheyAreGathered) {
  auto const project = made(priced_plan(GetParam()));
  RateChange dearer;
  dearer.resource = "R1";
  dearer.factor = 1.07;
  ActivityAddition added;
  added.activity = task("NEW", 16);
  added.activity.subproject = "P";
  added.activity.wbs = "W3";
  added.assignments = {assigned("NEW", "R0", 10)};
  auto const impact = assessed(
      project, change({add_work("A12", 24), add_work("A1", 8), dearer, added, ActivityRemoval{"A20"}}));
  auto const before = plan_cost(project, impact.before());
  for (int by = 0; by < 6; ++by) {
    auto const table = cost_changes(project, impact, static_cast<CostBy>(by));
    EXPECT_EQ(total_of(table, "delta"), impact.cost_delta()->minor) << table.name();
    EXPECT_EQ(total_of(table, "before"), before->minor) << table.name();
    EXPECT_EQ(total_of(table, "after"), before->minor + impact.cost_delta()->minor) << table.name();
    for (std::size_t row = 0; row < table.rows(); ++row)
      EXPECT_TRUE(minor(table, "delta")[row] == 0 || !words(table, "reasons")[row].empty())
          << table.name() << " " << words(table, "key")[row];
  }
  EXPECT_NE(at_key(cost_changes(project, impact, CostBy::Wbs), "W3", "delta"), 0);
}

// -- the changed plan ------------------------------------------------------------------------------

/// The facts with the change made by hand, the way a planner would.
Facts edited_by_hand(Facts facts, RateChange const& dearer, ActivityAddition const& added) {
  auto const of = [&](std::string const& key) -> Activity& {
    return *std::find_if(facts.activities.begin(), facts.activities.end(),
                         [&](Activity const& one) { return one.key == key; });
  };
  // A12, not begun: half as long again, and half as much effort again.
  auto& longer = of("A12");
  longer.duration = Work{longer.duration.seconds / 2 * 3};
  for (auto& each : facts.assignments)
    if (each.activity == "A12") {
      each.work = minutes(each.work.seconds / 60 + (each.work.seconds / 60 + 1) / 2);
      if (each.cost && each.work.seconds > 0)
        each.cost = Money{each.cost->minor + (each.cost->minor + 1) / 2, eur};
    }
  // A20 is not done: what comes before it holds what comes after.
  std::vector<std::string> before, after;
  for (auto const& link : facts.links) {
    if (link.successor == "A20") before.push_back(link.predecessor);
    if (link.predecessor == "A20") after.push_back(link.successor);
  }
  auto const at_removed = [](auto const& each) { return each.activity == "A20"; };
  std::erase_if(facts.links,
                [](Link const& link) { return link.predecessor == "A20" || link.successor == "A20"; });
  for (auto const& from : before)
    for (auto const& to : after) facts.links.push_back(follows(from, to));
  std::erase_if(facts.assignments, at_removed);
  std::erase_if(facts.expenses, at_removed);
  std::erase_if(facts.activities, [](Activity const& one) { return one.key == "A20"; });
  std::erase_if(facts.traces, [](Trace const& one) { return one.to.key == "A20"; });
  std::erase_if(facts.responsibilities, [](Responsibility const& one) { return one.node.key == "A20"; });
  // The person's price rises from the day the change names.
  for (auto& each : facts.resources) {
    if (each.key != dearer.resource) continue;
    std::vector<RatePeriod> periods;
    RatePeriod last;
    for (auto period : each.rates) {
      if (period.from && *period.from > *dearer.from &&
          (periods.empty() || !periods.back().from || *periods.back().from < *dearer.from)) {
        last.from = dearer.from;
        periods.push_back(last);
      }
      if (period.from && *period.from > *dearer.from) {
        period.standard = Rate{period.standard.micro * 2, eur};
        if (period.overtime) period.overtime = Rate{period.overtime->micro * 2, eur};
        periods.push_back(period);
        continue;
      }
      periods.push_back(period);
      last = period;
      last.standard = Rate{period.standard.micro * 2, eur};
      if (period.overtime) last.overtime = Rate{period.overtime->micro * 2, eur};
    }
    if (!periods.back().from || *periods.back().from < *dearer.from) {
      last.from = dearer.from;
      periods.push_back(last);
    }
    each.rates = periods;
  }
  facts.activities.push_back(added.activity);
  for (auto const& each : added.assignments) facts.assignments.push_back(each);
  for (auto const& each : added.expenses) facts.expenses.push_back(each);
  facts.links.push_back(follows("NEW", "A25"));
  return facts;
}

TEST_P(RandomCost, OfTheChangedPlanIsThatOfThePlanEditedByHand) {
  auto facts = priced_plan(GetParam());
  for (auto& each : facts.assignments)
    if (each.activity == "A12") each.overtime = {};  // a part of it in whole seconds is another number
  auto const project = made(facts);
  RateChange dearer;
  dearer.resource = "R1";
  dearer.factor = 2;
  dearer.from = parse_instant("2027-01-21T13:00");
  ActivityAddition added;
  added.activity = task("NEW", 16);
  added.activity.subproject = "P";
  added.activity.wbs = "W3";
  added.assignments = {assigned("NEW", "R0", 10), assigned("NEW", "R1", 7)};
  added.expenses = {expense_of("NEW", 99.99, ExpenseKind::PerDay)};
  WorkChange longer;
  longer.activity = "A12";
  longer.adjustment = Adjustment::Scale;
  longer.factor = 1.5;
  LinkChange link;
  link.link = follows("NEW", "A25");
  auto const impact = assessed(project, change({longer, ActivityRemoval{"A20"}, dearer, added, link}));
  auto const cost = cost_plan(project, impact);
  auto const by_hand = made(edited_by_hand(facts, dearer, added));
  auto const dates = schedule(compile(by_hand));
  for (auto const& each : by_hand.facts().activities)
    ASSERT_EQ(dates.dates(each.key).early_finish, impact.after().dates(each.key).early_finish) << each.key;
  EXPECT_EQ(cost.total()->minor, slow_total(by_hand.facts(), dates));
  auto const expected = cost_plan(by_hand, dates), before = cost_plan(project, impact.before());
  EXPECT_EQ(cost.total(), expected.total());
  EXPECT_EQ(cost.spent(), expected.spent());
  EXPECT_EQ((*cost.total() - *before.total()).minor, impact.cost_delta()->minor);
  EXPECT_EQ(by_category(cost), by_category(expected));
  // Gathered, the changed plan is what the plan edited by hand is, and its difference is the impact's.
  for (auto const by :
       {CostBy::Account, CostBy::Wbs, CostBy::Resource, CostBy::Requirement, CostBy::Stakeholder}) {
    auto const after = cost.by(by, project), same = expected.by(by, by_hand);
    EXPECT_EQ(words(after, "key"), words(same, "key")) << after.name();
    EXPECT_EQ(minor(after, "amount"), minor(same, "amount")) << after.name();
    auto const changes = cost_changes(project, impact, by);
    for (std::size_t row = 0; row < after.rows(); ++row)
      EXPECT_EQ(minor(after, "amount")[row], at_key(changes, words(after, "key")[row], "after"))
          << after.name() << " " << words(after, "key")[row];
  }
  EXPECT_EQ(minor(cost.curve(CostStep::Weekly), "amount"), minor(expected.curve(CostStep::Weekly), "amount"));
  auto const curve = curve_changes(before, cost, CostStep::Weekly);
  EXPECT_EQ(total_of(curve, "delta"), impact.cost_delta()->minor);
  EXPECT_EQ(minor(curve, "cumulative_after").back(), cost.total()->minor);
}

TEST_P(RandomCost, ExplainsEveryCentOfAnyChange) {
  auto facts = priced_plan(GetParam());
  facts.escalations = {{{}, {}, {}, 5.5, parse_instant("2026-02-01T00:00")}};
  std::mt19937 random(GetParam());
  auto const pick = [&](int low, int high) { return std::uniform_int_distribution(low, high)(random); };
  for (auto& each : facts.resources)  // what is paid at the start is spent as soon as it is known of
    if (each.accrual == Accrual::Start) each.accrual = Accrual::Prorated;
  for (auto& each : facts.expenses)
    if (each.accrual == Accrual::Start) each.accrual = Accrual::Prorated;
  auto const project = made(facts);
  std::vector<ChangeEdit> edits = {add_work("A" + std::to_string(pick(0, 9)), pick(1, 30)),
                                   add_work("A" + std::to_string(pick(10, 19)), pick(1, 99)),
                                   ActivityRemoval{"A" + std::to_string(pick(20, 28))},
                                   changed("Q" + std::to_string(pick(0, 4)), pick(1, 9) / 10.0)};
  RateChange dearer;
  dearer.resource = "R" + std::to_string(pick(0, 3));
  dearer.factor = pick(50, 200) / 100.0;
  edits.push_back(dearer);
  CostChange fee;
  fee.activity = "A" + std::to_string(pick(0, 19));
  fee.amount = cents(pick(1, 99'999));
  fee.cost_account = "C2";
  edits.push_back(fee);
  AssessOptions options;
  options.propagation.depth = 2;
  auto const impact = assessed(project, change(edits), options);
  auto const before = cost_plan(project, impact.before()), after = cost_plan(project, impact);
  EXPECT_EQ((*after.total() - *before.total()).minor, impact.cost_delta()->minor);
  EXPECT_EQ(after.spent(), before.spent());
  for (int by = 0; by < 6; ++by) {
    auto const gathered = after.by(static_cast<CostBy>(by), project);
    auto const changes = cost_changes(project, impact, static_cast<CostBy>(by));
    EXPECT_EQ(total_of(gathered, "amount"), after.total()->minor) << gathered.name();
    for (std::size_t row = 0; row < gathered.rows(); ++row)
      EXPECT_EQ(minor(gathered, "amount")[row], at_key(changes, words(gathered, "key")[row], "after"))
          << gathered.name() << " " << words(gathered, "key")[row];
  }
}

INSTANTIATE_TEST_SUITE_P(Plans, RandomCost, testing::Range(1U, 1 + support::deeper(24)));

}  // namespace
}  // namespace rapport::test::plan_costs
