#include <algorithm>
#include <cmath>

#include "base/large_memory.h"
#include "exchange/priced.h"
#include "exchange/xer_reader.h"
#include "model/new_keys.h"

namespace rapport {
namespace {

using View = std::string_view;

struct AccountRow {
  View acct_id, parent_acct_id, acct_short_name, acct_name;
  static constexpr View table = "ACCOUNT";
  static constexpr XerColumn<AccountRow> columns[] = {
      {"acct_id", &AccountRow::acct_id},
      {"parent_acct_id", &AccountRow::parent_acct_id},
      {"acct_short_name", &AccountRow::acct_short_name},
      {"acct_name", &AccountRow::acct_name},
  };
};

struct UnitRow {
  View unit_id, unit_abbrev;
  static constexpr View table = "UMEASURE";
  static constexpr XerColumn<UnitRow> columns[] = {{"unit_id", &UnitRow::unit_id},
                                                   {"unit_abbrev", &UnitRow::unit_abbrev}};
};

struct ResourceRow {
  View rsrc_id, rsrc_short_name, rsrc_name, rsrc_type, clndr_id, unit_id;
  static constexpr View table = "RSRC";
  static constexpr XerColumn<ResourceRow> columns[] = {
      {"rsrc_id", &ResourceRow::rsrc_id},     {"rsrc_short_name", &ResourceRow::rsrc_short_name},
      {"rsrc_name", &ResourceRow::rsrc_name}, {"rsrc_type", &ResourceRow::rsrc_type},
      {"clndr_id", &ResourceRow::clndr_id},   {"unit_id", &ResourceRow::unit_id},
  };
};

struct RoleRow {
  View role_id, role_short_name, role_name;
  static constexpr View table = "ROLES";
  static constexpr XerColumn<RoleRow> columns[] = {{"role_id", &RoleRow::role_id},
                                                   {"role_short_name", &RoleRow::role_short_name},
                                                   {"role_name", &RoleRow::role_name}};
};

struct RateRow {
  View rsrc_id, max_qty_per_hr, cost_per_qty, start_date;
  static constexpr View table = "RSRCRATE";
  static constexpr XerColumn<RateRow> columns[] = {
      {"rsrc_id", &RateRow::rsrc_id},
      {"max_qty_per_hr", &RateRow::max_qty_per_hr},
      {"cost_per_qty", &RateRow::cost_per_qty},
      {"start_date", &RateRow::start_date},
  };
};

struct RoleRateRow {
  View role_id, max_qty_per_hr, cost_per_qty, start_date;
  static constexpr View table = "ROLERATE";
  static constexpr XerColumn<RoleRateRow> columns[] = {
      {"role_id", &RoleRateRow::role_id},
      {"max_qty_per_hr", &RoleRateRow::max_qty_per_hr},
      {"cost_per_qty", &RoleRateRow::cost_per_qty},
      {"start_date", &RoleRateRow::start_date},
  };
};

/// Of the units, what falls to the beginning and to each twentieth of the time.
struct CurveRow {
  View curv_id, curv_name, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15, p16, p17,
      p18, p19, p20;
  static constexpr View table = "RSRCCURVDATA";
  static constexpr XerColumn<CurveRow> columns[] = {
      {"curv_id", &CurveRow::curv_id},  {"curv_name", &CurveRow::curv_name}, {"pct_usage_0", &CurveRow::p0},
      {"pct_usage_1", &CurveRow::p1},   {"pct_usage_2", &CurveRow::p2},      {"pct_usage_3", &CurveRow::p3},
      {"pct_usage_4", &CurveRow::p4},   {"pct_usage_5", &CurveRow::p5},      {"pct_usage_6", &CurveRow::p6},
      {"pct_usage_7", &CurveRow::p7},   {"pct_usage_8", &CurveRow::p8},      {"pct_usage_9", &CurveRow::p9},
      {"pct_usage_10", &CurveRow::p10}, {"pct_usage_11", &CurveRow::p11},    {"pct_usage_12", &CurveRow::p12},
      {"pct_usage_13", &CurveRow::p13}, {"pct_usage_14", &CurveRow::p14},    {"pct_usage_15", &CurveRow::p15},
      {"pct_usage_16", &CurveRow::p16}, {"pct_usage_17", &CurveRow::p17},    {"pct_usage_18", &CurveRow::p18},
      {"pct_usage_19", &CurveRow::p19}, {"pct_usage_20", &CurveRow::p20},
  };
};

struct AssignmentRow {
  View task_id, rsrc_id, role_id, acct_id, target_qty, remain_qty, target_qty_per_hr, remain_qty_per_hr,
      target_cost, target_lag_drtn_hr_cnt, rollup_dates_flag, act_reg_qty, act_ot_qty, act_reg_cost,
      act_ot_cost, curv_id;
  static constexpr View table = "TASKRSRC";
  static constexpr XerColumn<AssignmentRow> columns[] = {
      {"task_id", &AssignmentRow::task_id},
      {"rsrc_id", &AssignmentRow::rsrc_id},
      {"role_id", &AssignmentRow::role_id},
      {"acct_id", &AssignmentRow::acct_id},
      {"target_qty", &AssignmentRow::target_qty},
      {"remain_qty", &AssignmentRow::remain_qty},
      {"target_qty_per_hr", &AssignmentRow::target_qty_per_hr},
      {"remain_qty_per_hr", &AssignmentRow::remain_qty_per_hr},
      {"target_cost", &AssignmentRow::target_cost},
      {"target_lag_drtn_hr_cnt", &AssignmentRow::target_lag_drtn_hr_cnt},
      {"rollup_dates_flag", &AssignmentRow::rollup_dates_flag},
      {"act_reg_qty", &AssignmentRow::act_reg_qty},
      {"act_ot_qty", &AssignmentRow::act_ot_qty},
      {"act_reg_cost", &AssignmentRow::act_reg_cost},
      {"act_ot_cost", &AssignmentRow::act_ot_cost},
      {"curv_id", &AssignmentRow::curv_id},
  };
};

struct ExpenseRow {
  View task_id, acct_id, cost_name, cost_load_type, target_cost, act_cost;
  static constexpr View table = "PROJCOST";
  static constexpr XerColumn<ExpenseRow> columns[] = {
      {"task_id", &ExpenseRow::task_id},         {"acct_id", &ExpenseRow::acct_id},
      {"cost_name", &ExpenseRow::cost_name},     {"cost_load_type", &ExpenseRow::cost_load_type},
      {"target_cost", &ExpenseRow::target_cost}, {"act_cost", &ExpenseRow::act_cost},
  };
};

constexpr XerChoice<ResourceKind> resource_kinds[] = {{"RT_Labor", ResourceKind::Labour},
                                                      {"RT_Equip", ResourceKind::Equipment},
                                                      {"RT_Mat", ResourceKind::Material}};
constexpr XerChoice<Accrual> accruals[] = {
    {"CL_Start", Accrual::Start}, {"CL_Uniform", Accrual::Prorated}, {"CL_End", Accrual::End}};

void sort_by_date(std::vector<RatePeriod>& rates) {
  std::stable_sort(rates.begin(), rates.end(),
                   [](RatePeriod const& a, RatePeriod const& b) { return a.from < b.from; });
}

}  // namespace

void XerReader::read_costs() {
  read_accounts();
  read_resources();
  read_roles();
  read_rates();
  read_curves();
  read_assignments();
  read_expenses();
}

void XerReader::read_accounts() {
  UniqueKeys keys;
  std::vector<View> parents;
  for_each_row<AccountRow>(file_, findings_, [&](AccountRow const& row, std::int64_t) {
    CostAccount& account = facts_.cost_accounts.emplace_back();
    account.key = keys.claim(text(row.acct_short_name.empty() ? row.acct_id : row.acct_short_name));
    account.name = text(row.acct_name);
    account_.add(row.acct_id, facts_.cost_accounts.size() - 1);
    parents.push_back(row.parent_acct_id);
  });
  for (std::size_t i = 0; i < parents.size(); ++i) {
    facts_.cost_accounts[i].parent = account_key(parents[i]);
  }
}

std::string XerReader::account_key(View id) const {
  std::uint32_t const account = account_.find(id);
  return account == IdIndex::none ? std::string() : facts_.cost_accounts[account].key;
}

void XerReader::read_resources() {
  std::unordered_map<View, View> units;
  for_each_row<UnitRow>(file_, findings_, [&](UnitRow const& row, std::int64_t) {
    units.try_emplace(row.unit_id, row.unit_abbrev);
  });
  for_each_row<ResourceRow>(file_, findings_, [&](ResourceRow const& row, std::int64_t line) {
    Resource resource;
    resource.key =
        resource_keys_.claim(text(row.rsrc_short_name.empty() ? row.rsrc_id : row.rsrc_short_name));
    resource.name = text(row.rsrc_name);
    if (auto const kind = choose(row.rsrc_type, resource_kinds)) {
      resource.kind = *kind;
    } else if (!row.rsrc_type.empty()) {
      warn(line, "resource " + resource.key, "rsrc_type \"" + text(row.rsrc_type) + "\" is not known",
           "taken as labour");
    }
    if (std::uint32_t const calendar = calendar_.find(row.clndr_id); calendar != IdIndex::none) {
      resource.calendar = facts_.calendars[calendar].key;
    } else if (!row.clndr_id.empty()) {
      warn(line, "resource " + resource.key, "a resource on a calendar that is not in the file",
           "it works on the calendars of its activities");
    }
    if (auto const unit = units.find(row.unit_id); unit != units.end()) resource.unit = text(unit->second);
    resource_.add(row.rsrc_id, facts_.resources.size());
    facts_.resources.push_back(std::move(resource));
  });
}

void XerReader::read_roles() {
  for_each_row<RoleRow>(file_, findings_, [&](RoleRow const& row, std::int64_t line) {
    role_.add(row.role_id, roles_.size());
    roles_.push_back({.short_name = row.role_short_name.empty() ? row.role_id : row.role_short_name,
                      .name = row.role_name,
                      .line = line});
  });
  for_each_row<RoleRateRow>(file_, findings_, [&](RoleRateRow const& row, std::int64_t line) {
    std::uint32_t const place = role_.find(row.role_id);
    if (place == IdIndex::none) return;
    roles_[place].rates.push_back({row.max_qty_per_hr, row.cost_per_qty, row.start_date, line});
  });
}

/// A role that stands on an assignment in place of somebody is a resource to us; other roles are not kept.
std::uint32_t XerReader::resource_for(Role& role) {
  if (role.place != IdIndex::none) return role.place;
  role.place = static_cast<std::uint32_t>(facts_.resources.size());
  Resource& resource = facts_.resources.emplace_back();
  resource.key = resource_keys_.claim(text(role.short_name));
  resource.name = text(role.name);
  findings_.add(Severity::Info, role.line, "role " + resource.key,
                "a role is assigned to an activity with nobody in it", "kept as a resource");
  for (RateFields const& rate : role.rates) add_rate(resource, rate);
  sort_by_date(resource.rates);
  return role.place;
}

void XerReader::add_rate(Resource& resource, RateFields const& fields) {
  std::int64_t const line = fields.line;
  if (auto const units = number(fields.max_qty_per_hr, "max_qty_per_hr", line)) {
    if (!resource.rates.empty() && resource.max_units != *units) {
      findings_.add(Severity::Info, line, "resource " + resource.key,
                    "the most units of a resource change over time", "the largest number is kept");
      resource.max_units = std::max(resource.max_units, *units);
    } else {
      resource.max_units = *units;
    }
  }
  auto price = number(fields.cost_per_qty, "cost_per_qty", line);
  if (price && std::abs(*price) > 1e12) {
    list_unreadable(fields.cost_per_qty, "cost_per_qty", line);
    price.reset();
  }
  RatePeriod& period = resource.rates.emplace_back();
  period.from = instant(fields.start_date, "start_date", line);
  period.standard = Rate::of(price.value_or(0), facts_.currency);
}

void XerReader::read_rates() {
  for_each_row<RateRow>(file_, findings_, [&](RateRow const& row, std::int64_t line) {
    std::uint32_t const place = resource_.find(row.rsrc_id);
    if (place == IdIndex::none) return;
    add_rate(facts_.resources[place], {row.max_qty_per_hr, row.cost_per_qty, row.start_date, line});
  });
  for (Resource& resource : facts_.resources) sort_by_date(resource.rates);
}

void XerReader::read_curves() {
  auto const columns = std::span(CurveRow::columns).subspan(2);
  for_each_row<CurveRow>(file_, findings_, [&](CurveRow const& row, std::int64_t line) {
    std::vector<double> parts;
    for (auto const& [name, member] : columns)
      parts.push_back(number(row.*member, std::string(name).c_str(), line).value_or(0));
    double const at_once = parts.front();
    parts.erase(parts.begin());
    bool const even = at_once == 0 && std::equal(parts.begin() + 1, parts.end(), parts.begin());
    parts.front() += at_once;
    constexpr double most = 1000;  // percent, where 100 is all
    bool const usable =
        std::all_of(parts.begin(), parts.end(), [](double part) { return part >= 0 && part <= most; }) &&
        std::any_of(parts.begin(), parts.end(), [](double part) { return part > 0; });
    if (!usable)
      warn(line, "resource curve " + text(row.curv_name),
           "a curve without any units, with fewer than none or far more than all",
           "work on it is spread evenly");
    if (!curve_.add(row.curv_id, curves_.size())) return;
    curves_.push_back(even || !usable ? std::vector<double>{} : std::move(parts));
  });
}

void XerReader::read_assignments() {
  std::size_t const count = row_count(file_, AssignmentRow::table);
  reserve_large(facts_.assignments, count);
  NewKeys keys(count);
  auto const read = [&](AssignmentRow const& row, std::int64_t line) {
    std::uint32_t const activity = activity_.find(row.task_id);
    std::uint32_t place = resource_.find(row.rsrc_id);
    if (row.rsrc_id.empty()) {
      std::uint32_t const role = role_.find(row.role_id);
      place = role == IdIndex::none || activity == IdIndex::none ? IdIndex::none : resource_for(roles_[role]);
    }
    if (activity == IdIndex::none || place == IdIndex::none) {
      warn(line, "table TASKRSRC", "an assignment whose activity or resource is not in the file",
           "it is left out");
      return;
    }
    Resource const& resource = facts_.resources[place];
    Assignment& assignment = facts_.assignments.emplace_back();
    assignment.activity = facts_.activities[activity].key;
    assignment.resource = resource.key;
    assignment.units = number(row.target_qty_per_hr, "target_qty_per_hr", line).value_or(1);
    if (resource.kind == ResourceKind::Material) {
      assignment.quantity = number(row.target_qty, "target_qty", line).value_or(0);
    } else {
      assignment.work = work(row.target_qty, "target_qty", line).value_or(Work{});
      auto const remaining = work(row.remain_qty, "remain_qty", line);
      if (remaining != assignment.work) assignment.remaining = remaining;
      // Of what is done P6 leaves any rate there.
      auto const rate = number(row.remain_qty_per_hr, "remain_qty_per_hr", line);
      if (rate && *rate > 0 && *rate != assignment.units && remaining.value_or(Work{}).seconds > 0)
        assignment.remaining_units = rate;
      Work const done = work(row.act_reg_qty, "act_reg_qty", line).value_or(Work{}) +
                        work(row.act_ot_qty, "act_ot_qty", line).value_or(Work{});
      if (done.seconds > 0) assignment.actual = done;
    }
    auto const cost = money(row.target_cost, "target_cost", line);
    if (cost && cost->minor != 0 && !follows_from_a_rate(assignment, resource, *cost)) assignment.cost = cost;
    assignment.cost_account = account_key(row.acct_id);
    Money const none{0, facts_.currency};
    Money const spent = money(row.act_reg_cost, "act_reg_cost", line).value_or(none) +
                        money(row.act_ot_cost, "act_ot_cost", line).value_or(none);
    if (spent.minor != 0) assignment.actual_cost = spent;
    assignment.lag = {
        work(row.target_lag_drtn_hr_cnt, "target_lag_drtn_hr_cnt", line).value_or(Work{}).seconds};
    assignment.drives_dates = row.rollup_dates_flag == "Y";
    if (row.curv_id.empty()) return;
    if (auto const curve = curve_.find(row.curv_id); curve != IdIndex::none)
      assignment.curve = curves_[curve];
    else
      warn(line, "assignment of " + resource.key + " to activity " + assignment.activity,
           "a resource curve that is not in the file", "its work is spread evenly");
  };
  for_each_group<AssignmentRow, 16>(file_, findings_, [&](std::span<NumberedRow<AssignmentRow> const> rows) {
    for (auto const& [row, line] : rows) __builtin_prefetch(activity_.first_read(row.task_id));
    std::size_t const first = facts_.assignments.size();
    for (auto const& [row, line] : rows) read(row, line);
    keys.give(facts_.assignments, first);
  });
}

void XerReader::read_expenses() {
  reserve_large(facts_.expenses, row_count(file_, ExpenseRow::table));
  UniqueKeys keys;
  for_each_row<ExpenseRow>(file_, findings_, [&](ExpenseRow const& row, std::int64_t line) {
    std::uint32_t const activity = activity_.find(row.task_id);
    if (activity == IdIndex::none) {
      warn(line, "expense " + text(row.cost_name), "an expense whose activity is not in the file",
           "it is left out");
      return;
    }
    Expense& expense = facts_.expenses.emplace_back();
    expense.activity = facts_.activities[activity].key;
    expense.name = text(row.cost_name);
    expense.key = keys.claim(expense.activity + "/" + expense.name);
    expense.amount = money(row.target_cost, "target_cost", line).value_or(Money{0, facts_.currency});
    auto const actual = money(row.act_cost, "act_cost", line);
    if (actual && actual->minor != 0) expense.actual = actual;
    expense.accrual = choose(row.cost_load_type, accruals).value_or(Accrual::Prorated);
    expense.cost_account = account_key(row.acct_id);
  });
}

}  // namespace rapport
