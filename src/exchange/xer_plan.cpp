#include <algorithm>
#include <unordered_map>

#include "base/large_memory.h"
#include "exchange/xer_calendar.h"
#include "exchange/xer_reader.h"

namespace rapport {
namespace {

using View = std::string_view;

struct CurrencyRow {
  View curr_short_name;
  static constexpr View table = "CURRTYPE";
  static constexpr XerColumn<CurrencyRow> columns[] = {{"curr_short_name", &CurrencyRow::curr_short_name}};
};

struct ProjectRow {
  View proj_id, proj_short_name, clndr_id, critical_drtn_hr_cnt, critical_path_type, last_recalc_date,
      plan_start_date, plan_end_date, name_sep_char;
  static constexpr View table = "PROJECT";
  static constexpr XerColumn<ProjectRow> columns[] = {
      {"proj_id", &ProjectRow::proj_id},
      {"proj_short_name", &ProjectRow::proj_short_name},
      {"clndr_id", &ProjectRow::clndr_id},
      {"critical_drtn_hr_cnt", &ProjectRow::critical_drtn_hr_cnt},
      {"critical_path_type", &ProjectRow::critical_path_type},
      {"last_recalc_date", &ProjectRow::last_recalc_date},
      {"plan_start_date", &ProjectRow::plan_start_date},
      {"plan_end_date", &ProjectRow::plan_end_date},
      {"name_sep_char", &ProjectRow::name_sep_char},
  };
};

struct OptionsRow {
  View proj_id, outer_depend_type, open_critical_flag, lag_early_start_flag, retained_logic,
      progress_override, float_type, calendar_on_relationship_lag, use_expect_end_flag,
      use_project_end_date_for_float;
  static constexpr View table = "SCHEDOPTIONS";
  static constexpr XerColumn<OptionsRow> columns[] = {
      {"proj_id", &OptionsRow::proj_id},
      {"sched_outer_depend_type", &OptionsRow::outer_depend_type},
      {"sched_open_critical_flag", &OptionsRow::open_critical_flag},
      {"sched_lag_early_start_flag", &OptionsRow::lag_early_start_flag},
      {"sched_retained_logic", &OptionsRow::retained_logic},
      {"sched_progress_override", &OptionsRow::progress_override},
      {"sched_float_type", &OptionsRow::float_type},
      {"sched_calendar_on_relationship_lag", &OptionsRow::calendar_on_relationship_lag},
      {"sched_use_expect_end_flag", &OptionsRow::use_expect_end_flag},
      {"sched_use_project_end_date_for_float", &OptionsRow::use_project_end_date_for_float},
  };
};

struct CalendarRow {
  View clndr_id, clndr_name, base_clndr_id, default_flag, day_hr_cnt, week_hr_cnt, clndr_data;
  static constexpr View table = "CALENDAR";
  static constexpr XerColumn<CalendarRow> columns[] = {
      {"clndr_id", &CalendarRow::clndr_id},           {"clndr_name", &CalendarRow::clndr_name},
      {"base_clndr_id", &CalendarRow::base_clndr_id}, {"default_flag", &CalendarRow::default_flag},
      {"day_hr_cnt", &CalendarRow::day_hr_cnt},       {"week_hr_cnt", &CalendarRow::week_hr_cnt},
      {"clndr_data", &CalendarRow::clndr_data},
  };
};

struct WbsRow {
  View wbs_id, proj_id, parent_wbs_id, wbs_short_name, wbs_name, proj_node_flag;
  static constexpr View table = "PROJWBS";
  static constexpr XerColumn<WbsRow> columns[] = {
      {"wbs_id", &WbsRow::wbs_id},
      {"proj_id", &WbsRow::proj_id},
      {"parent_wbs_id", &WbsRow::parent_wbs_id},
      {"wbs_short_name", &WbsRow::wbs_short_name},
      {"wbs_name", &WbsRow::wbs_name},
      {"proj_node_flag", &WbsRow::proj_node_flag},
  };
};

bool is_currency_code(View code) {
  return code.size() == 3 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

void set_flag(bool& option, View field) {
  if (!field.empty()) option = field == "Y";
}

/// Monday onward, from 08:00, as many hours and days as the conversion factors say.
Week presumed_week(double hours_per_day, double days_per_week) {
  double const worked = std::clamp(hours_per_day, 1.0, 24.0);
  auto const length = static_cast<std::int32_t>(worked * 60) * 60;
  std::int32_t const from = length + 8 * 3600 <= 86400 ? 8 * 3600 : 0;
  auto const days = static_cast<std::size_t>(std::clamp(days_per_week, 1.0, 7.0));
  Week week;
  for (std::size_t day = 0; day < 7; ++day) {
    week[day] = day < days ? DayShifts{{from, from + length}} : DayShifts{};
  }
  return week;
}

}  // namespace

void XerReader::read_plan() {
  read_currency();
  read_calendars();
  read_projects();
  read_options();
  read_wbs();
}

void XerReader::read_currency() {
  View const named = file_.header.back();
  bool listed = false;
  for_each_row<CurrencyRow>(file_, findings_, [&](CurrencyRow const& row, std::int64_t) {
    listed = listed || row.curr_short_name == named;
  });
  if (is_currency_code(named)) {
    facts_.currency = Currency(named);
  } else if (listed) {
    findings_.add(Severity::Info, 1, "currency",
                  "the file's currency \"" + text(named) + "\" is no ISO 4217 code of three letters",
                  "amounts are kept without a currency");
  }
}

void XerReader::read_projects() {
  static constexpr XerChoice<CriticalBy> critical_by[] = {{"CT_TotFloat", CriticalBy::TotalFloat},
                                                          {"CT_DrivPath", CriticalBy::LongestPath}};
  UniqueKeys keys;
  for_each_row<ProjectRow>(file_, findings_, [&](ProjectRow const& row, std::int64_t line) {
    Subproject project;
    project.key = keys.claim(text(row.proj_short_name.empty() ? row.proj_id : row.proj_short_name));
    project.name = project.key;
    project.planned_start = instant(row.plan_start_date, "plan_start_date", line);
    project.data_date = stored_instant(row.last_recalc_date);
    // Every date hangs on it: a guess would be a wrong plan.
    if (!project.data_date && !row.last_recalc_date.empty())
      throw ParseError(std::string(name_), line, 0,
                       "project " + project.key + ": its data date (last_recalc_date) \"" +
                           text(row.last_recalc_date) + "\" is no date; write it as YYYY-MM-DD HH:MM");
    project.must_finish_by = instant(row.plan_end_date, "plan_end_date", line);
    if (std::uint32_t const calendar = calendar_.find(row.clndr_id); calendar != IdIndex::none) {
      project.calendar = facts_.calendars[calendar].key;
    }
    project.rules = Rules::primavera();
    if (auto const critical = choose(row.critical_path_type, critical_by)) {
      project.rules.critical = *critical;
    } else if (!row.critical_path_type.empty()) {
      warn(line, "project " + project.key,
           "critical_path_type \"" + text(row.critical_path_type) + "\" is not known",
           "critical is told by total float");
    }
    if (auto const limit = work(row.critical_drtn_hr_cnt, "critical_drtn_hr_cnt", line)) {
      project.rules.critical_limit = *limit;
    }
    wbs_separator_.push_back(row.name_sep_char.empty() ? "." : text(row.name_sep_char));
    if (!project_.add(row.proj_id, facts_.subprojects.size())) {
      warn(line, "project " + project.key, "two projects have the same proj_id",
           "the first is meant by references");
    }
    facts_.subprojects.push_back(std::move(project));
  });
}

void XerReader::read_options() {
  static constexpr XerChoice<LagCalendar> lag_calendars[] = {{"rcal_Predecessor", LagCalendar::Predecessor},
                                                             {"rcal_Successor", LagCalendar::Successor},
                                                             {"rcal_ProjDefault", LagCalendar::Project},
                                                             {"rcal_24Hour", LagCalendar::RoundTheClock}};
  static constexpr XerChoice<FloatBy> float_types[] = {{"FT_FF", FloatBy::Finish},
                                                       {"FT_SS", FloatBy::Start},
                                                       {"FT_SF", FloatBy::Start},
                                                       {"FT_Min", FloatBy::Smallest},
                                                       {"FT_MIN", FloatBy::Smallest}};
  static constexpr XerChoice<bool> outer_links[] = {{"SD_Both", false}, {"SD_None", true}};

  states_options_.assign(facts_.subprojects.size(), 0);
  for_each_row<OptionsRow>(file_, findings_, [&](OptionsRow const& row, std::int64_t line) {
    std::uint32_t const project = project_.find(row.proj_id);
    if (project == IdIndex::none) {
      warn(line, "table SCHEDOPTIONS", "options of a project that is not in the file", "not kept");
      return;
    }
    Rules& rules = facts_.subprojects[project].rules;
    states_options_[project] = 1;
    auto const take = [&](auto& option, View field, auto const& choices, char const* column) {
      if (auto const choice = choose(field, choices)) {
        option = *choice;
      } else if (!field.empty()) {
        warn(line, "project " + facts_.subprojects[project].key,
             std::string(column) + " \"" + text(field) + "\" is not known", "P6's default is taken");
      }
    };
    take(rules.lag_calendar, row.calendar_on_relationship_lag, lag_calendars,
         "sched_calendar_on_relationship_lag");
    take(rules.total_float, row.float_type, float_types, "sched_float_type");
    take(rules.ignore_external_links, row.outer_depend_type, outer_links, "sched_outer_depend_type");
    if (row.progress_override == "Y") {
      rules.progress = ProgressLogic::ProgressOverride;
    } else if (row.retained_logic == "N") {
      rules.progress = ProgressLogic::ActualDates;
    }
    set_flag(rules.open_ends_critical, row.open_critical_flag);
    set_flag(rules.use_expected_finish, row.use_expect_end_flag);
    set_flag(rules.start_to_start_from_early, row.lag_early_start_flag);
    set_flag(rules.float_by_subproject, row.use_project_end_date_for_float);
  });
}

void XerReader::note_different_options() {
  std::unordered_map<View, std::size_t> count;
  for (Activity const& activity : facts_.activities) ++count[activity.subproject];
  Subproject const* main = nullptr;
  for (Subproject const& each : facts_.subprojects)
    if (!main || count[each.key] > count[main->key]) main = &each;
  for (std::size_t k = 0; k < facts_.subprojects.size(); ++k) {
    Subproject const& each = facts_.subprojects[k];
    Rules rules = each.rules;
    rules.critical = main->rules.critical, rules.critical_limit = main->rules.critical_limit;
    if (states_options_[k] == 0 || count[each.key] == 0 || rules == main->rules) continue;
    warn(0, "project " + each.key, "a project has other scheduling options than project " + main->key,
         "scheduled together, all follow those of the project with most activities");
  }
}

void XerReader::read_calendars() {
  UniqueKeys keys;
  std::vector<View> bases;
  for_each_row<CalendarRow>(file_, findings_, [&](CalendarRow const& row, std::int64_t line) {
    Calendar calendar;
    calendar.name = text(row.clndr_name);
    calendar.key = keys.claim(calendar.name.empty() ? text(row.clndr_id) : calendar.name);
    auto const day = number(row.day_hr_cnt, "day_hr_cnt", line);
    auto const week = number(row.week_hr_cnt, "week_hr_cnt", line);
    if (day && *day > 0) calendar.hours_per_day = *day;
    if (week && *week > 0) calendar.days_per_week = *week / calendar.hours_per_day;

    XerWorkingTime working = read_clndr_data(row.clndr_data);
    for (View const problem : working.problems) {
      warn(line, "calendar " + calendar.key, "clndr_data holds " + std::string(problem),
           "what is whole is kept");
    }
    bool const has_week =
        std::any_of(working.week.begin(), working.week.end(), [](auto const& d) { return d.has_value(); });
    if (!has_week && row.base_clndr_id.empty()) {
      working.week = presumed_week(calendar.hours_per_day, calendar.days_per_week);
      warn(line, "calendar " + calendar.key, "a calendar states no working time",
           "taken from Monday on, from 08:00, for its hours per day and days per week");
    }
    calendar.week = std::move(working.week);
    calendar.exceptions = std::move(working.exceptions);
    if (!calendar_.add(row.clndr_id, facts_.calendars.size())) {
      warn(line, "calendar " + calendar.key, "two calendars have the same clndr_id",
           "the first is meant by references");
    }
    bases.push_back(row.base_clndr_id);
    facts_.calendars.push_back(std::move(calendar));
  });

  for (std::size_t i = 0; i < bases.size(); ++i) {
    if (bases[i].empty()) continue;
    Calendar& calendar = facts_.calendars[i];
    std::uint32_t const base = calendar_.find(bases[i]);
    if (base != IdIndex::none && base != i) {
      calendar.base = facts_.calendars[base].key;
    } else {
      warn(0, "calendar " + calendar.key, "a calendar inherits from one that is not in the file",
           "only its own working time counts");
    }
  }
}

void XerReader::read_wbs() {
  struct Branch {
    View parent;
    View separator = ".";
    std::int64_t line = 0;
  };
  std::vector<Branch> branches;
  std::size_t const count = row_count(file_, WbsRow::table);
  branches.reserve(count);
  reserve_large(facts_.wbs, count);
  wbs_.reserve(count);
  for_each_row<WbsRow>(file_, findings_, [&](WbsRow const& row, std::int64_t line) {
    WbsNode node;
    node.key = text(row.wbs_short_name.empty() ? row.wbs_id : row.wbs_short_name);
    node.name = text(row.wbs_name);
    Branch branch{.parent = row.parent_wbs_id, .line = line};
    if (std::uint32_t const project = project_.find(row.proj_id); project != IdIndex::none) {
      Subproject& subproject = facts_.subprojects[project];
      node.subproject = subproject.key;
      branch.separator = wbs_separator_[project];
      if (row.proj_node_flag == "Y" && !node.name.empty()) subproject.name = node.name;
    }
    if (!wbs_.add(row.wbs_id, facts_.wbs.size())) {
      warn(line, "WBS " + node.key, "two WBS nodes have the same wbs_id", "the first is meant by references");
    }
    branches.push_back(branch);
    facts_.wbs.push_back(std::move(node));
  });

  // A node's key is its path of short names, as P6 shows it: parents first, from each node up to a named one.
  constexpr std::size_t longest_path = 400;
  enum class Mark : std::uint8_t { Unnamed, Climbed, Named };
  std::vector<Mark> marks(branches.size(), Mark::Unnamed);
  UniqueKeys keys;
  std::vector<std::uint32_t> chain;
  for (std::uint32_t start = 0; start < branches.size(); ++start) {
    chain.clear();
    for (std::uint32_t i = start; marks[i] == Mark::Unnamed;) {
      marks[i] = Mark::Climbed;
      chain.push_back(i);
      std::uint32_t const parent = wbs_.find(branches[i].parent);
      if (branches[i].parent.empty() || parent == IdIndex::none) {
        branches[i].parent = {};
        break;
      }
      i = parent;
      if (marks[i] == Mark::Climbed) {
        warn(branches[chain.back()].line, "WBS " + facts_.wbs[chain.back()].key,
             "WBS nodes contain each other", "this node is taken as a top one");
        branches[chain.back()].parent = {};
      }
    }
    for (auto i = chain.rbegin(); i != chain.rend(); ++i) {
      WbsNode& node = facts_.wbs[*i];
      if (!branches[*i].parent.empty()) {
        node.parent = facts_.wbs[wbs_.find(branches[*i].parent)].key;
        if (node.parent.size() + node.key.size() < longest_path) {
          node.key.insert(0, node.parent).insert(node.parent.size(), branches[*i].separator);
        }
      }
      node.key = keys.claim(std::move(node.key));
      marks[*i] = Mark::Named;
    }
  }
}

}  // namespace rapport
