#pragma once
// Random plans with every kind of cost, and rates that change at whole hours.

#include <random>
#include <string>

#include "impact/small_plan.h"

namespace rapport::test {

/// Work is done Monday to Friday, 08:00–12:00 and 13:00–17:00.
inline bool worked_hour(Instant hour) {
  auto const clock = hour.second_of_day() / 3600;
  return hour.date().weekday() < 5 && clock >= 8 && clock < 17 && clock != 12;
}

/// Chains that part and meet; half of the first activities have begun or are done.
inline Facts priced_plan(unsigned seed, int activities = 30) {
  std::mt19937 random(seed);
  auto const pick = [&](int low, int high) { return std::uniform_int_distribution(low, high)(random); };
  auto facts = diamond();
  facts.activities.clear();
  facts.links.clear();
  Instant const status = parse_instant("2027-01-18T08:00");
  facts.subprojects.front().data_date = status;
  for (int i = 0; i < 6; ++i)
    facts.wbs.push_back({.key = "W" + std::to_string(i),
                         .parent = i == 0 ? "" : "W" + std::to_string((i - 1) / 2),
                         .name = "Branch",
                         .subproject = "P"});
  for (int i = 0; i < 5; ++i)
    facts.cost_accounts.push_back({.key = "C" + std::to_string(i),
                                   .parent = i < 2 ? "" : "C" + std::to_string(i % 2),
                                   .name = "Account"});
  for (int i = 0; i < 4; ++i) {
    auto resource = person("R" + std::to_string(i), 0);
    resource.rates.front().standard.micro = pick(10'000'000, 99'999'999);
    if (pick(0, 1)) resource.rates.front().overtime = Rate{pick(50'000'000, 150'000'000), eur};
    for (int period = 1; period <= pick(0, 2); ++period)
      resource.rates.push_back(
          {.from = parse_instant("2027-01-10T00:00") + Elapsed{3600 * (pick(0, 500) + 600 * period)},
           .standard = Rate{pick(10'000'000, 99'999'999), eur},
           .overtime = {},
           .per_use = {}});
    resource.accrual = static_cast<Accrual>(pick(0, 2));
    if (pick(0, 2) == 0)
      for (auto& period : resource.rates) period.per_use = {pick(1, 9'999), eur};
    facts.resources.push_back(resource);
  }
  facts.resources[3].kind = ResourceKind::Material;
  facts.resources[3].unit = "m3";
  for (int i = 0; i < activities; ++i) {
    auto activity = task("A" + std::to_string(i), pick(1, 10) * 8);
    activity.subproject = "P";
    activity.wbs = pick(0, 4) == 0 ? "" : "W" + std::to_string(pick(0, 5));
    if (i < activities / 3) {
      activity.progress.actual_start = parse_instant("2027-01-04T08:00") + Elapsed{86400 * pick(0, 4)};
      if (pick(0, 1))
        activity.progress.actual_finish = parse_instant("2027-01-11T17:00") + Elapsed{86400 * pick(0, 3)};
      else
        activity.progress.remaining = hours(pick(1, static_cast<int>(activity.duration.seconds / 3600)));
    }
    facts.activities.push_back(activity);
    for (int p = activities / 3; p < i; ++p)
      if (i - p < 4 && pick(0, 1)) facts.links.push_back(follows("A" + std::to_string(p), activity.key));
    for (int r = 0; r < 4; ++r) {
      if (pick(0, 1)) continue;
      auto assignment = assigned(activity.key, "R" + std::to_string(r), 0);
      if (r == 3) {
        assignment.quantity = pick(1, 400) / 8.0;
      } else {
        assignment.work = minutes(pick(1, 3000));
        if (pick(0, 3) == 0) assignment.overtime = Work{assignment.work.seconds / pick(2, 9)};
        if (pick(0, 3) == 0)
          for (int part = pick(1, 6); part > 0; --part) assignment.curve.push_back(part + pick(0, 4));
        if (pick(0, 9) == 0) assignment.cost = Money{pick(100, 999'999), eur};
        bool const begun = activity.progress.actual_start.has_value();
        if (begun && pick(0, 3) == 0) assignment.actual_cost = Money{pick(100, 99'999), eur};
      }
      if (pick(0, 2)) assignment.cost_account = "C" + std::to_string(pick(0, 4));
      assignment.units = pick(1, 8) / 4.0;
      facts.assignments.push_back(assignment);
    }
    if (pick(0, 2) == 0) {
      Expense expense;
      expense.key = "E" + std::to_string(i);
      expense.activity = activity.key;
      expense.kind = pick(0, 1) ? ExpenseKind::Fixed : ExpenseKind::PerDay;
      expense.amount = {pick(1, 500'000), eur};
      expense.accrual = static_cast<Accrual>(pick(0, 2));
      if (pick(0, 1)) expense.cost_account = "C" + std::to_string(pick(0, 4));
      facts.expenses.push_back(expense);
    }
  }
  ContractMilestone milestone;
  milestone.key = "M";
  milestone.activity = "A" + std::to_string(activities - 1);
  milestone.due = parse_instant("2027-02-12T17:00");
  milestone.penalty_per_day = {pick(1, 99'999), eur};
  milestone.bonus_per_day = {pick(1, 99'999), eur};
  facts.contract_milestones.push_back(milestone);
  // Requirements that activities exist because of, some by way of a deliverable; loops among needs.
  for (int i = 0; i < 5; ++i) {
    Stakeholder who;
    who.key = "S" + std::to_string(i);
    facts.stakeholders.push_back(who);
    Requirement need;
    need.key = "Q" + std::to_string(i);
    need.title = "Need";
    if (i < 4) need.owner = "S" + std::to_string(i % 2);
    facts.requirements.push_back(need);
    Deliverable part;
    part.key = "D" + std::to_string(i);
    facts.deliverables.push_back(part);
  }
  for (int i = 0; i < activities; ++i) {
    NodeRef const to = activity("A" + std::to_string(i));
    for (int n = pick(0, 2); n > 0; --n)
      facts.traces.push_back(trace(requirement("Q" + std::to_string((i + n) % 5)), to, TraceType::Implements,
                                   0.5, pick(0, 10) / 10.0));
    if (pick(0, 3) == 0)
      facts.traces.push_back(
          trace(deliverable("D" + std::to_string(i % 5)), to, TraceType::Produces, 0.5, pick(1, 10) / 10.0));
    if (pick(0, 5) == 0) facts.responsibilities.push_back({{}, "S4", to, Duty::Accountable});
  }
  for (int i = 0; i < 5; ++i)
    facts.traces.push_back(trace(requirement("Q" + std::to_string(i)), deliverable("D" + std::to_string(i)),
                                 TraceType::Implements, 0.5, 0.25));
  return facts;
}

}  // namespace rapport::test
