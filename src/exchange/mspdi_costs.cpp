#include <algorithm>
#include <cmath>

#include "base/large_memory.h"
#include "exchange/mspdi_reader.h"
#include "exchange/mspdi_xml.h"
#include "exchange/priced.h"
#include "exchange/stored_values.h"
#include "exchange/work_contours.h"

namespace rapport {
namespace {

using View = std::string_view;

struct ResourceElement {
  View uid, name, type, is_null, material_label, max_units, standard_rate, overtime_rate, cost_per_use,
      calendar_uid, is_cost_resource, accrue_at;
  static constexpr XmlField<ResourceElement> fields[] = {
      {"UID", &ResourceElement::uid},
      {"Name", &ResourceElement::name},
      {"Type", &ResourceElement::type},
      {"IsNull", &ResourceElement::is_null},
      {"MaterialLabel", &ResourceElement::material_label},
      {"MaxUnits", &ResourceElement::max_units},
      {"StandardRate", &ResourceElement::standard_rate},
      {"OvertimeRate", &ResourceElement::overtime_rate},
      {"CostPerUse", &ResourceElement::cost_per_use},
      {"CalendarUID", &ResourceElement::calendar_uid},
      {"IsCostResource", &ResourceElement::is_cost_resource},
      {"AccrueAt", &ResourceElement::accrue_at},
  };
};

struct RateElement {
  View from, table, standard_rate, overtime_rate, cost_per_use;
  static constexpr XmlField<RateElement> fields[] = {
      {"RatesFrom", &RateElement::from},
      {"RateTable", &RateElement::table},
      {"StandardRate", &RateElement::standard_rate},
      {"OvertimeRate", &RateElement::overtime_rate},
      {"CostPerUse", &RateElement::cost_per_use},
  };
};

struct AssignmentElement {
  View task_uid, resource_uid, cost, delay, remaining_work, units, work, actual_work, actual_cost,
      overtime_work, work_contour, start, finish;
  static constexpr XmlField<AssignmentElement> fields[] = {
      {"TaskUID", &AssignmentElement::task_uid},
      {"ResourceUID", &AssignmentElement::resource_uid},
      {"Cost", &AssignmentElement::cost},
      {"Delay", &AssignmentElement::delay},
      {"RemainingWork", &AssignmentElement::remaining_work},
      {"Units", &AssignmentElement::units},
      {"Work", &AssignmentElement::work},
      {"ActualWork", &AssignmentElement::actual_work},
      {"ActualCost", &AssignmentElement::actual_cost},
      {"OvertimeWork", &AssignmentElement::overtime_work},
      {"WorkContour", &AssignmentElement::work_contour},
      {"Start", &AssignmentElement::start},
      {"Finish", &AssignmentElement::finish},
  };
};

/// Project writes this where no rate period was ever before.
bool is_beginning_of_time(Instant instant) { return instant < stored_instant("1984-01-02"); }

}  // namespace

void MspdiReader::read_costs() {
  read_resources();
  read_assignments();
  split_tasks();
  split_by_dates();
  time_edited_contours();
}

std::vector<RatePeriod> MspdiReader::read_rates(XmlElement resource, ResourceKind kind,
                                                std::string const& subject) {
  std::vector<RatePeriod> rates;
  auto const add_period = [&](XmlElement at, View from, View standard, View overtime, View per_use) {
    auto const price = [&](View text, char const* name) -> std::optional<double> {
      auto const value = number(text, name, at);
      if (!value || std::abs(*value) < 1e12) return value;
      list_unreadable(text, name, at);
      return std::nullopt;
    };
    RatePeriod& period = rates.emplace_back();
    period.from = instant(from, "RatesFrom", at);
    if (period.from && is_beginning_of_time(*period.from)) period.from.reset();
    period.standard = Rate::of(price(standard, "StandardRate").value_or(0), facts_.currency);
    // Project pays overtime at this rate alone: where it is 0, overtime costs nothing. A material has none.
    if (auto const over = price(overtime, "OvertimeRate"); over && kind != ResourceKind::Material) {
      Rate const rate = Rate::of(*over, facts_.currency);
      if (rate != period.standard) period.overtime = rate;
    }
    period.per_use = money(per_use, "CostPerUse", at).value_or(Money{});
  };
  for (XmlElement const node : resource.child("Rates").children("Rate")) {
    auto const row = read_fields<RateElement>(node, rate_fields_);
    if (row.table.empty() || row.table == "0") {
      add_period(node, row.from, row.standard_rate, row.overtime_rate, row.cost_per_use);
    } else {
      add(Severity::Info, node, subject, "prices of the cost rate tables B to E", "only table A is kept");
    }
  }
  if (rates.empty()) {
    auto const row = read_fields<ResourceElement>(resource, resource_fields_);
    if (!row.standard_rate.empty() || !row.cost_per_use.empty()) {
      add_period(resource, "", row.standard_rate, row.overtime_rate, row.cost_per_use);
    }
  }
  std::stable_sort(rates.begin(), rates.end(),
                   [](RatePeriod const& a, RatePeriod const& b) { return a.from < b.from; });
  return rates;
}

void MspdiReader::read_resources() {
  UniqueKeys keys;
  for (XmlElement const node : root_.child("Resources").children("Resource")) {
    auto const row =
        read_fields<ResourceElement>(node, resource_fields_, [&](XmlElement child, bool first_time) {
          if (first_time && child.name() != "Rates") other_resource_.note(child.name());
        });
    if (row.is_null == "1" || row.uid.empty() || (row.uid == "0" && row.name.empty())) continue;
    Resource resource;
    resource.name = row.name;
    resource.key = keys.claim(row.name.empty() ? "resource " + std::string(row.uid) : resource.name);
    std::string const subject = "resource " + resource.key;
    if (row.is_cost_resource == "1" || row.type == "2")
      resource.kind = ResourceKind::Cost;
    else if (row.type == "0")
      resource.kind = ResourceKind::Material;
    resource.unit = row.material_label;
    resource.max_units = number(row.max_units, "MaxUnits", node).value_or(1);
    if (std::uint32_t const calendar = calendar_.find(row.calendar_uid); calendar != IdIndex::none) {
      resource.calendar = facts_.calendars[calendar].key;
    }
    resource.rates = read_rates(node, resource.kind, subject);
    if (row.accrue_at == "1") resource.accrual = Accrual::Start;
    if (row.accrue_at == "2") resource.accrual = Accrual::End;
    if (!resource_.add(row.uid, facts_.resources.size())) {
      warn(node, subject, "two resources have the same UID", "the first is meant by references");
    }
    facts_.resources.push_back(std::move(resource));
  }
}

void MspdiReader::read_contour(XmlElement node, View contour, View start, View finish, std::uint32_t task,
                               Resource const& resource) {
  auto& assignment = facts_.assignments.back();
  std::string const subject = "assignment of " + resource.key + " to task " + assignment.activity;
  if (contour == edited_contour) {
    auto const from = instant(start, "Start", node), until = instant(finish, "Finish", node);
    bool const takes_time = from && until && resource.kind == ResourceKind::Labour;
    if (takes_time)
      edited_.push_back({facts_.assignments.size() - 1, task, resource.calendar, {*from, *until}});
    add(Severity::Info, node, subject, "work that is shaped by hand",
        takes_time ? "how long it takes is kept, and the work taken as even" : "taken as even");
    return;
  }
  auto const shape = contour.size() == 1 ? static_cast<std::size_t>(contour[0] - '0') : work_contours.size();
  if (shape < work_contours.size())
    assignment.curve.assign(work_contours[shape].begin(), work_contours[shape].end());
  else
    list_unreadable(contour, "WorkContour", node);
}

void MspdiReader::read_assignments() {
  auto const listed = root_.child("Assignments").children("Assignment");
  reserve_large(facts_.assignments, listed.count());
  assigned_.assign(facts_.activities.size(), 0);
  for (XmlElement const node : listed) {
    auto const row =
        read_fields<AssignmentElement>(node, assignment_fields_, [&](XmlElement child, bool first_time) {
          if (first_time && child.name() != "TimephasedData") other_assignment_.note(child.name());
        });
    if (row.work_contour != edited_contour) {  // only of those do they say what nothing else does
      if (!row.start.empty()) other_assignment_.note("Start");
      if (!row.finish.empty()) other_assignment_.note("Finish");
    }
    std::uint32_t const task = task_.find(row.task_uid);
    std::uint32_t const place = resource_.find(row.resource_uid);
    if (task != IdIndex::none) {
      note_worked_days(node, task, place != IdIndex::none ? facts_.resources[place].calendar : "");
    }
    if (task == IdIndex::none || place == IdIndex::none) {
      bool const nobody = row.resource_uid == "-65535" || row.resource_uid == "0";
      // Project keeps a row for work that nobody is assigned to; it says nothing that the task does not.
      if (!nobody)
        warn(node, "assignment", "an assignment whose task or resource is not in the file", "it is left out");
      continue;
    }
    Resource const& resource = facts_.resources[place];
    assigned_[task] = 1;
    Assignment& assignment = facts_.assignments.emplace_back();
    assignment.activity = facts_.activities[task].key;
    assignment.resource = resource.key;
    assignment.units = number(row.units, "Units", node).value_or(1);
    Work const work{seconds(row.work, "Work", node).value_or(0)};
    if (!row.work_contour.empty() && row.work_contour != "0" && resource.kind != ResourceKind::Cost)
      read_contour(node, row.work_contour, row.start, row.finish, task, resource);
    if (resource.kind == ResourceKind::Material) {
      assignment.quantity = work.in_hours();  // a material's quantity is written as hours of work
    } else if (resource.kind == ResourceKind::Labour) {
      assignment.work = work;
      auto const remaining = seconds(row.remaining_work, "RemainingWork", node);
      if (remaining && *remaining != work.seconds) assignment.remaining = Work{*remaining};
      auto const actual = seconds(row.actual_work, "ActualWork", node);
      if (actual && *actual != 0) assignment.actual = Work{*actual};
      auto const over = seconds(row.overtime_work, "OvertimeWork", node);
      if (over && *over > 0 && *over <= work.seconds) assignment.overtime = Work{*over};
      assignment.drives_dates = true;
    }
    auto const cost = money(row.cost, "Cost", node);
    if (cost && cost->minor != 0 && !follows_from_a_rate(assignment, resource, *cost)) assignment.cost = cost;
    auto const spent = money(row.actual_cost, "ActualCost", node);
    if (spent && spent->minor != 0) assignment.actual_cost = spent;
    assignment.lag = {tenths(row.delay, "Delay", node).value_or(0)};
  }
}

}  // namespace rapport
