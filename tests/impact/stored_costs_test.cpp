// Costs that other tools stored in real plans, read from the files by a slow, obvious reading of their own.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "impact/small_plan.h"
#include "rapport/exchange/read.h"
#include "rapport/impact/plan_value.h"
#include "support/corpus.h"

namespace rapport::test {
namespace {

using Row = std::map<std::string, std::string>;

std::vector<std::string> cells_of(std::string line) {
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.pop_back();
  std::vector<std::string> cells(1);
  for (char const c : line) {
    if (c == '\t')
      cells.emplace_back();
    else
      cells.back() += c;
  }
  return cells;
}

std::vector<Row> table_of(std::filesystem::path const& file, std::string const& wanted) {
  std::vector<Row> rows;
  std::vector<std::string> columns;
  std::string line, table;
  for (std::ifstream in(file); std::getline(in, line);) {
    auto const cells = cells_of(line);
    if (cells[0] == "%T") table = cells[1];
    if (cells[0] == "%F") columns = cells;
    if (cells[0] != "%R" || table != wanted) continue;
    Row row;
    for (std::size_t i = 1; i < columns.size(); ++i) row[columns[i]] = i < cells.size() ? cells[i] : "";
    rows.push_back(row);
  }
  return rows;
}

double number_in(Row const& row, std::string const& column) {
  auto const cell = row.find(column);
  return cell == row.end() || cell->second.empty() ? 0 : std::stod(cell->second);
}

struct StoredPlan {
  char const* file;
  std::int64_t rows, agree;  ///< Assignments with a budget; those whose budget equals P6's to a cent.
  /// Of all, how many have no entered cost in the facts, so that rate × work gives P6's figure.
  std::int64_t by_rate;
  std::int64_t spent, to_come;  ///< What was spent, and is to come, equals P6's actual and remaining cost.
};

void PrintTo(StoredPlan const& plan, std::ostream* out) { *out << plan.file; }

class StoredCosts : public testing::TestWithParam<StoredPlan> {};

TEST_P(StoredCosts, BudgetsOfAssignmentsAreThoseOfP6) {
  auto const [file, rows, agree, by_rate, spent_agree, to_come] = GetParam();
  RAPPORT_NEEDS_CORPUS(file);
  Project const project(read(support::corpus(file)).facts);
  auto const baseline = cost_plan(project, schedule(compile(project)), CostBasis::Baseline);
  std::map<std::string, std::string> activity, resource;
  for (auto const& row : table_of(support::corpus(file), "TASK"))
    activity[row.at("task_id")] = row.at("task_code");
  for (auto const& row : table_of(support::corpus(file), "RSRC"))
    resource[row.at("rsrc_id")] = row.at("rsrc_short_name");
  // P6's budgets: target_cost of each assignment and expense, by activity and resource.
  std::map<std::pair<std::string, std::string>, double> stored;
  for (auto const& row : table_of(support::corpus(file), "TASKRSRC"))
    stored[{activity[row.at("task_id")], resource[row.at("rsrc_id")]}] += number_in(row, "target_cost");
  std::map<std::pair<std::string, std::string>, double> spent, remaining;
  for (auto const& row : table_of(support::corpus(file), "TASKRSRC")) {
    auto const key = std::pair{activity[row.at("task_id")], resource[row.at("rsrc_id")]};
    spent[key] += number_in(row, "act_reg_cost") + number_in(row, "act_ot_cost");
    remaining[key] += number_in(row, "remain_cost");
  }
  double expenses = 0;
  for (auto const& row : table_of(support::corpus(file), "PROJCOST"))
    expenses += number_in(row, "target_cost");
  std::map<std::pair<std::string, std::string>, double> ours;
  double our_expenses = 0;
  for (auto const& line : baseline.lines())
    if (line.resource.empty())
      our_expenses += line.amount.in_major();
    else
      ours[{line.activity, line.resource}] += line.amount.in_major();
  std::int64_t compared = 0, equal = 0;
  double difference = 0;
  for (auto const& [key, amount] : stored) {
    if (amount == 0 && !ours.contains(key)) continue;
    ++compared;
    double const apart = std::abs(ours[key] - amount);
    if (apart <= 0.0101)
      ++equal;
    else
      difference += apart;
  }
  auto const current = cost_plan(project, schedule(compile(project)));
  std::map<std::pair<std::string, std::string>, double> our_spent, our_remaining;
  for (auto const& line : current.lines()) {
    if (line.resource.empty()) continue;
    auto& sums = line.state == CostState::Spent ? our_spent : our_remaining;
    sums[{line.activity, line.resource}] += line.amount.in_major();
  }
  std::int64_t same_remaining = 0, same_spent = 0;
  for (auto const& [key, amount] : stored) {
    if (amount == 0 && !ours.contains(key)) continue;
    same_remaining += std::abs(our_remaining[key] - remaining[key]) <= 0.0101;
    same_spent += std::abs(our_spent[key] - spent[key]) <= 0.0101;
  }
  EXPECT_EQ(same_spent, spent_agree) << file;
  EXPECT_EQ(same_remaining, to_come) << file;
  auto const& assignments = project.facts().assignments;
  EXPECT_EQ(std::count_if(assignments.begin(), assignments.end(),
                          [&](Assignment const& each) {
                            return !each.cost && ours.contains({each.activity, each.resource});
                          }),
            by_rate)
      << file;
  EXPECT_EQ(compared, rows) << file;
  EXPECT_EQ(equal, agree) << file << ": the others are " << difference << " apart";
  EXPECT_NEAR(our_expenses, expenses, 0.005) << file;
}

INSTANTIATE_TEST_SUITE_P(P6, StoredCosts,
                         testing::Values(StoredPlan{"xer/hotel.xer", 2224, 2224, 2224, 2224, 2224},
                                         StoredPlan{"xer/harbour_baseline.xer", 315, 315, 219, 315, 315},
                                         StoredPlan{"xer/harbour_update.xer", 315, 315, 311, 315, 315},
                                         StoredPlan{"xer/wk2.xer", 329, 329, 204, 328, 327},
                                         StoredPlan{"xer/parser-only/joniles__resource-rates-test.xer", 1, 1,
                                                    1, 1, 1}));

// -- DSLIB -------------------------------------------------------------------------------------------

using Json = nlohmann::json;

/// A project of DSLIB at one of its status dates. What an activity costs at once becomes an expense that
/// accrues at its start, what it costs per hour a resource of its own.
Facts tracked(Json const& plan, Json const& period) {
  Facts facts;
  facts.currency = eur;
  Calendar calendar;
  calendar.key = "C";
  DayShifts day;
  for (auto const& shift : plan["calendar"]["working_hours"]) {
    auto const clock = [](std::string const& text) { return std::stoi(text) * 3600; };
    day.push_back({clock(shift[0].get<std::string>()), clock(shift[1].get<std::string>())});
  }
  for (auto& each : calendar.week) each = DayShifts{};
  std::string const weekdays = "MonTueWedThuFriSatSun";
  for (auto const& weekday : plan["calendar"]["working_weekdays"])
    calendar.week[weekdays.find(weekday.get<std::string>()) / 3] = day;
  for (auto const& holiday : plan["calendar"]["holidays"]) {
    Date const date = parse_date(holiday.get<std::string>());
    calendar.exceptions.push_back({date, date, {}, {}});
  }
  facts.calendars.push_back(calendar);
  Subproject subproject;
  subproject.key = "P";
  subproject.calendar = "C";
  subproject.planned_start = parse_instant(plan["calendar"]["project_start"].get<std::string>());
  subproject.data_date = parse_instant(period["status_date"].get<std::string>());
  facts.subprojects.push_back(subproject);
  std::map<std::string, Json> records, resources;
  auto const id = [](Json const& value) { return value.dump(); };
  for (auto const& each : period["activities"]) records[id(each["id"])] = each;
  for (auto const& each : plan["resources"]) resources[id(each["id"])] = each;
  for (auto const& each : plan["activities"]) {
    std::string const key = id(each["id"]);
    double at_once = each["fixed_cost"].get<double>(),
           per_hour = each["variable_cost_per_hour"].get<double>();
    for (auto const& use : plan["assignments"]) {
      if (id(use["activity"]) != key) continue;
      auto const& resource = resources.at(id(use["resource"]));
      double const units = use["units"].get<double>();
      double const rate = resource["cost_per_unit_hour"].get<double>();
      bool const renewable = resource["renewable"].get<bool>();
      at_once += (renewable ? units : 1) * resource["cost_per_use"].get<double>();
      if (!renewable && use.value("fixed", false))
        at_once += units * rate;
      else
        per_hour += units * rate;
    }
    auto const& record = records.at(key);
    auto activity = task(key, each["baseline_duration_hours"].get<double>());
    activity.subproject = "P";
    double const percent = record["percent_complete"].get<double>();
    if (!record["actual_start"].is_null()) {
      Instant const start = parse_instant(record["actual_start"].get<std::string>());
      activity.progress.actual_start = start;
      if (percent >= 100) activity.progress.actual_finish = std::max(start, *subproject.data_date);
      activity.progress.physical_percent = percent;
      activity.progress.remaining =
          hours(percent >= 100 ? 0 : record["remaining_duration_hours"].get<double>());
    }
    facts.activities.push_back(activity);
    RecordedDates kept;
    kept.key = key;
    kept.baseline = Baseline{parse_instant(each["baseline_start"].get<std::string>()),
                             parse_instant(each["derived"]["baseline_finish"].get<std::string>()),
                             {}};
    facts.recorded_dates.push_back(kept);
    facts.resources.push_back(person(key, per_hour));
    facts.assignments.push_back(assigned(key, key, each["baseline_duration_hours"].get<double>()));
    facts.assignments.back().actual_cost = Money::of(record["actual_cost"].get<double>(), eur);
    Expense expense;
    expense.key = expense.activity = key;
    expense.amount = Money::of(at_once, eur);
    expense.actual = Money{0, eur};  // is in the actual cost
    expense.accrual = Accrual::Start;
    if (expense.amount.minor != 0) facts.expenses.push_back(expense);
  }
  return facts;
}

TEST(StoredTracking, PlannedAndActualFiguresOfDslibProjects) {
  RAPPORT_NEEDS_CORPUS("dslib");
  int periods = 0, planned = 0, actual = 0, earned = 0, comparable = 0, finished = 0;
  for (auto const& entry : std::filesystem::directory_iterator(support::corpus("dslib"))) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream in(entry.path());
    auto const plan = Json::parse(in);
    if (plan["derived"]["budget_at_completion"].get<double>() == 0) continue;
    for (auto const& period : plan["tracking_periods"]) {
      auto const facts = tracked(plan, period);
      Project const project = made(facts);
      auto const value = value_plan(project, schedule(compile(project)));
      auto const& stored = period["derived"];
      double const budget = plan["derived"]["budget_at_completion"].get<double>();
      // Each activity is rounded to the cent, the stored figures are not.
      double const cents = 0.01 * static_cast<double>(facts.activities.size());
      ++periods;
      EXPECT_NEAR(value.total().budget_at_completion.in_major(), budget, cents) << entry.path();
      planned += std::abs(value.total().planned.in_major() - stored["pv"].get<double>()) <= cents;
      actual += std::abs(value.total().actual.in_major() - stored["ac"].get<double>()) <= cents;
      // Costs at the start count as earned in full there once work has begun; as a part of the budget here.
      if (facts.expenses.empty()) {
        ++comparable;
        earned += std::abs(value.total().earned.in_major() - stored["ev"].get<double>()) <= cents;
      }
      finished += value.schedule().has_value();
    }
  }
  EXPECT_EQ(periods, 299);
  EXPECT_EQ(planned, periods);
  EXPECT_EQ(actual, periods);
  EXPECT_EQ(comparable, 22);
  EXPECT_EQ(earned, comparable);
  EXPECT_GT(finished, 0);
}

}  // namespace
}  // namespace rapport::test
