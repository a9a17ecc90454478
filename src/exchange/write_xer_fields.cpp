// What stands in the columns of an XER.

#include <algorithm>

#include "exchange/priced.h"
#include "exchange/spelled_values.h"
#include "exchange/xer_writer.h"

namespace rapport {
namespace {

std::string id_of(XerIds::ByKey const& ids, std::string const& key) {
  auto const place = ids.find(key);
  return place == ids.end() ? "" : place->second;
}

std::string flag(bool value) { return value ? "Y" : "N"; }

RecordedDates const& recorded_of(Activity const& activity, XerSide const& side) {
  static RecordedDates const none;
  auto const place = side.recorded.find(activity.key);
  return place == side.recorded.end() ? none : *place->second;
}

std::string hours_or_nothing(std::optional<Work> work) { return work ? spelled_hours(work->seconds) : ""; }

std::string constraint_code(ConstraintKind kind) {
  switch (kind) {
    case ConstraintKind::None:
      return "";
    case ConstraintKind::StartNoEarlierThan:
      return "CS_MSOA";
    case ConstraintKind::StartNoLaterThan:
      return "CS_MSOB";
    case ConstraintKind::FinishNoEarlierThan:
      return "CS_MEOA";
    case ConstraintKind::FinishNoLaterThan:
      return "CS_MEOB";
    case ConstraintKind::StartOn:
      return "CS_MSO";
    case ConstraintKind::FinishOn:
      return "CS_MEO";
    case ConstraintKind::MandatoryStart:
      return "CS_MANDSTART";
    case ConstraintKind::MandatoryFinish:
      return "CS_MANDFIN";
    case ConstraintKind::AsLateAsPossible:
      return "CS_ALAP";
  }
  return "";
}

std::string short_name(WbsNode const& node, XerSide const& side) {
  auto const parent = side.wbs.find(node.parent);
  if (parent == side.wbs.end()) return node.key;
  std::string const& above = parent->second->key;
  // The key is the path of short names, see the reader; the character between them is the project's.
  bool const is_path = node.key.size() > above.size() + 1 && node.key.starts_with(above) &&
                       !std::isalnum(static_cast<unsigned char>(node.key[above.size()]));
  return is_path ? node.key.substr(above.size() + 1) : node.key;
}

std::string separator_of(Subproject const& subproject, XerSide const& side) {
  for (WbsNode const& node : side.facts.wbs) {
    if (node.subproject != subproject.key || node.parent.empty()) continue;
    std::size_t const at = node.parent.size();
    if (node.key.size() > at + 1 && node.key.starts_with(node.parent) &&
        !std::isalnum(static_cast<unsigned char>(node.key[at])) &&
        static_cast<unsigned char>(node.key[at]) < 0x7F)
      return node.key.substr(at, 1);
  }
  return ".";
}

Resource const* resource_of(Assignment const& assignment, XerSide const& side) {
  auto const place = side.resource.find(assignment.resource);
  return place == side.resource.end() ? nullptr : place->second;
}

bool is_material(Assignment const& assignment, XerSide const& side) {
  auto const* resource = resource_of(assignment, side);
  return resource && resource->kind == ResourceKind::Material;
}

Money planned_cost(Assignment const& assignment, XerSide const& side) {
  if (assignment.cost) return *assignment.cost;
  auto const* resource = resource_of(assignment, side);
  if (!resource || resource->rates.empty()) return {0, side.facts.currency};
  return cost_at(resource->rates.front(), assignment, *resource);
}

std::string quantity(Assignment const& assignment, XerSide const& side, bool left) {
  if (is_material(assignment, side)) return spelled_number(assignment.quantity);
  return spelled_hours((left ? assignment.remaining.value_or(assignment.work) : assignment.work).seconds);
}

}  // namespace

template <>
std::vector<XerField<Subproject>> const& xer_fields<Subproject>() {
  static std::vector<XerField<Subproject>> const fields{
      {"proj_short_name", true, [](Subproject const& f, XerSide const&) { return f.key; }},
      {"clndr_id", false,
       [](Subproject const& f, XerSide const& s) { return id_of(s.ids.calendar, f.calendar); }},
      {"critical_drtn_hr_cnt", false,
       [](Subproject const& f, XerSide const&) { return spelled_hours(f.rules.critical_limit.seconds); }},
      {"critical_path_type", false,
       [](Subproject const& f, XerSide const&) {
         return std::string(f.rules.critical == CriticalBy::LongestPath ? "CT_DrivPath" : "CT_TotFloat");
       }},
      {"last_recalc_date", false,
       [](Subproject const& f, XerSide const&) { return spelled_minute(f.data_date); }},
      {"plan_start_date", false,
       [](Subproject const& f, XerSide const&) { return spelled_minute(f.planned_start); }},
      {"plan_end_date", false,
       [](Subproject const& f, XerSide const&) { return spelled_minute(f.must_finish_by); }},
      {"name_sep_char", true, [](Subproject const& f, XerSide const& s) { return separator_of(f, s); }},
  };
  return fields;
}

std::vector<XerField<Subproject>> const& xer_option_fields() {
  static std::vector<XerField<Subproject>> const fields{
      {"sched_outer_depend_type", false,
       [](Subproject const& f, XerSide const&) {
         return std::string(f.rules.ignore_external_links ? "SD_None" : "SD_Both");
       }},
      {"sched_open_critical_flag", false,
       [](Subproject const& f, XerSide const&) { return flag(f.rules.open_ends_critical); }},
      {"sched_lag_early_start_flag", false,
       [](Subproject const& f, XerSide const&) { return flag(f.rules.start_to_start_from_early); }},
      {"sched_retained_logic", false,
       [](Subproject const& f, XerSide const&) {
         return flag(f.rules.progress == ProgressLogic::RetainedLogic);
       }},
      {"sched_progress_override", false,
       [](Subproject const& f, XerSide const&) {
         return flag(f.rules.progress == ProgressLogic::ProgressOverride);
       }},
      {"sched_float_type", false,
       [](Subproject const& f, XerSide const&) {
         return std::string(f.rules.total_float == FloatBy::Finish  ? "FT_FF"
                            : f.rules.total_float == FloatBy::Start ? "FT_SS"
                                                                    : "FT_Min");
       }},
      {"sched_calendar_on_relationship_lag", false,
       [](Subproject const& f, XerSide const&) {
         static constexpr char const* names[] = {"rcal_Predecessor", "rcal_Successor", "rcal_ProjDefault",
                                                 "rcal_24Hour"};
         return std::string(names[static_cast<std::size_t>(f.rules.lag_calendar)]);
       }},
      {"sched_use_expect_end_flag", false,
       [](Subproject const& f, XerSide const&) { return flag(f.rules.use_expected_finish); }},
      {"sched_use_project_end_date_for_float", false,
       [](Subproject const& f, XerSide const&) { return flag(f.rules.float_by_subproject); }},
  };
  return fields;
}

template <>
std::vector<XerField<Calendar>> const& xer_fields<Calendar>() {
  static std::vector<XerField<Calendar>> const fields{
      {"clndr_name", true, [](Calendar const& f, XerSide const&) { return f.name.empty() ? f.key : f.name; }},
      {"base_clndr_id", false,
       [](Calendar const& f, XerSide const& s) { return id_of(s.ids.calendar, f.base); }},
      {"day_hr_cnt", false,
       [](Calendar const& f, XerSide const&) { return spelled_number(f.hours_per_day, 9); }},
      {"week_hr_cnt", false,
       [](Calendar const& f, XerSide const&) {
         return spelled_number(f.hours_per_day * f.days_per_week, 9);
       }},
      {"clndr_data", false, [](Calendar const& f, XerSide const&) { return xer_clndr_data(f); }},
  };
  return fields;
}

template <>
std::vector<XerField<WbsNode>> const& xer_fields<WbsNode>() {
  static std::vector<XerField<WbsNode>> const fields{
      {"proj_id", false, [](WbsNode const& f, XerSide const& s) { return s.project_id(f.subproject); }},
      {"parent_wbs_id", false,
       [](WbsNode const& f, XerSide const& s) {
         if (!f.parent.empty()) return id_of(s.ids.wbs, f.parent);
         // Below the node that was added on top, if there is one.
         std::string const root = s.root_of(f.subproject);
         bool const added =
             !root.empty() && std::none_of(s.ids.wbs.begin(), s.ids.wbs.end(),
                                           [&](auto const& each) { return each.second == root; });
         return added ? root : std::string();
       }},
      {"wbs_short_name", true, &short_name},
      {"wbs_name", true, [](WbsNode const& f, XerSide const&) { return f.name; }},
  };
  return fields;
}

template <>
std::vector<XerField<Activity>> const& xer_fields<Activity>() {
  using A = Activity const&;
  using S = XerSide const&;
  static std::vector<XerField<Activity>> const fields{
      {"proj_id", false, [](A f, S s) { return s.project_id(f.subproject); }},
      {"wbs_id", false,
       [](A f, S s) {
         if (!f.wbs.empty()) return id_of(s.ids.wbs, f.wbs);
         return s.root_of(f.subproject);
       }},
      {"clndr_id", false, [](A f, S s) { return id_of(s.ids.calendar, f.calendar); }},
      {"task_code", true,
       [](A f, S s) {
         auto const place = s.task_code.find(f.key);
         return place == s.task_code.end() ? f.key : place->second;
       }},
      {"task_name", true, [](A f, S) { return f.name; }},
      {"task_type", false,
       [](A f, S) {
         static constexpr char const* names[] = {"TT_Task", "TT_Mile", "TT_FinMile",
                                                 "TT_LOE",  "TT_WBS",  "TT_Rsrc"};
         return std::string(names[static_cast<std::size_t>(f.kind)]);
       }},
      {"status_code", false,
       [](A f, S) {
         return std::string(f.progress.actual_finish  ? "TK_Complete"
                            : f.progress.actual_start ? "TK_Active"
                                                      : "TK_NotStart");
       }},
      {"phys_complete_pct", false, [](A f, S) { return spelled_number(f.progress.physical_percent); }},
      {"target_drtn_hr_cnt", false, [](A f, S) { return spelled_hours(f.duration.seconds); }},
      {"remain_drtn_hr_cnt", false,
       [](A f, S) {
         Work const rest = f.progress.actual_finish ? Work{} : f.duration;
         return spelled_hours(f.progress.remaining.value_or(rest).seconds);
       }},
      {"act_start_date", false, [](A f, S) { return spelled_minute(f.progress.actual_start); }},
      {"act_end_date", false, [](A f, S) { return spelled_minute(f.progress.actual_finish); }},
      {"suspend_date", false, [](A f, S) { return spelled_minute(f.progress.suspended); }},
      {"resume_date", false, [](A f, S) { return spelled_minute(f.progress.resumed); }},
      {"cstr_type", false, [](A f, S) { return constraint_code(f.constraint.kind); }},
      {"cstr_date", false, [](A f, S) { return spelled_minute(f.constraint.date); }},
      {"cstr_type2", false, [](A f, S) { return constraint_code(f.secondary_constraint.kind); }},
      {"cstr_date2", false, [](A f, S) { return spelled_minute(f.secondary_constraint.date); }},
      {"expect_end_date", false, [](A f, S) { return spelled_minute(f.expected_finish); }},
      {"external_early_start_date", false, [](A f, S) { return spelled_minute(f.external_early_start); }},
      {"external_late_end_date", false, [](A f, S) { return spelled_minute(f.external_late_finish); }},
      {"early_start_date", false, [](A f, S s) { return spelled_minute(recorded_of(f, s).early_start); }},
      {"early_end_date", false, [](A f, S s) { return spelled_minute(recorded_of(f, s).early_finish); }},
      {"late_start_date", false, [](A f, S s) { return spelled_minute(recorded_of(f, s).late_start); }},
      {"late_end_date", false, [](A f, S s) { return spelled_minute(recorded_of(f, s).late_finish); }},
      {"total_float_hr_cnt", false, [](A f, S s) { return hours_or_nothing(recorded_of(f, s).total_float); }},
      {"free_float_hr_cnt", false, [](A f, S s) { return hours_or_nothing(recorded_of(f, s).free_float); }},
      {"driving_path_flag", false,
       [](A f, S s) {
         auto const driving = recorded_of(f, s).driving;
         return driving ? flag(*driving) : std::string();
       }},
      {"target_start_date", false,
       [](A f, S s) {
         auto const& baseline = recorded_of(f, s).baseline;
         return baseline ? spelled_minute(baseline->start) : std::string();
       }},
      {"target_end_date", false,
       [](A f, S s) {
         auto const& baseline = recorded_of(f, s).baseline;
         return baseline ? spelled_minute(baseline->finish) : std::string();
       }},
  };
  return fields;
}

template <>
std::vector<XerField<Link>> const& xer_fields<Link>() {
  using L = Link const&;
  using S = XerSide const&;
  static std::vector<XerField<Link>> const fields{
      {"task_id", false, [](L f, S s) { return id_of(s.ids.activity, f.successor); }},
      {"pred_task_id", false, [](L f, S s) { return id_of(s.ids.activity, f.predecessor); }},
      {"proj_id", false, [](L f, S s) { return s.project_of(f.successor); }},
      {"pred_proj_id", false, [](L f, S s) { return s.project_of(f.predecessor); }},
      {"pred_type", false,
       [](L f, S) {
         static constexpr char const* names[] = {"PR_FS", "PR_SS", "PR_FF", "PR_SF"};
         return std::string(names[static_cast<std::size_t>(f.type)]);
       }},
      {"lag_hr_cnt", false, [](L f, S) { return spelled_hours(f.lag.seconds); }},
  };
  return fields;
}

template <>
std::vector<XerField<Resource>> const& xer_fields<Resource>() {
  using R = Resource const&;
  using S = XerSide const&;
  static std::vector<XerField<Resource>> const fields{
      {"rsrc_short_name", true, [](R f, S) { return f.key; }},
      {"rsrc_name", true, [](R f, S) { return f.name; }},
      {"rsrc_type", false,
       [](R f, S) {
         return std::string(f.kind == ResourceKind::Labour      ? "RT_Labor"
                            : f.kind == ResourceKind::Equipment ? "RT_Equip"
                                                                : "RT_Mat");
       }},
      {"clndr_id", false, [](R f, S s) { return id_of(s.ids.calendar, f.calendar); }},
      {"unit_id", false, [](R f, S s) { return f.unit.empty() ? "" : id_of(s.ids.unit, f.unit); }},
  };
  return fields;
}

template <>
std::vector<XerField<Assignment>> const& xer_fields<Assignment>() {
  using A = Assignment const&;
  using S = XerSide const&;
  static std::vector<XerField<Assignment>> const fields{
      {"task_id", false, [](A f, S s) { return id_of(s.ids.activity, f.activity); }},
      {"proj_id", false, [](A f, S s) { return s.project_of(f.activity); }},
      {"rsrc_id", false, [](A f, S s) { return id_of(s.ids.resource, f.resource); }},
      {"role_id", false, [](A f, S s) { return id_of(s.ids.role, f.resource); }},
      {"acct_id", false, [](A f, S s) { return id_of(s.ids.account, f.cost_account); }},
      {"target_qty", false, [](A f, S s) { return quantity(f, s, false); }},
      {"remain_qty", false, [](A f, S s) { return quantity(f, s, true); }},
      {"target_qty_per_hr", false, [](A f, S) { return spelled_number(f.units); }},
      {"remain_qty_per_hr", false,
       [](A f, S) { return spelled_number(f.remaining_units.value_or(f.units)); }},
      {"target_cost", false, [](A f, S s) { return spelled_amount(planned_cost(f, s)); }},
      {"remain_cost", false,
       [](A f, S s) {
         Money const planned = planned_cost(f, s);
         bool const begun = f.remaining && f.work.seconds > 0 && !is_material(f, s);
         return spelled_amount(
             begun ?  // A thousand times the plan is no estimate any more, and would not fit.
                 scaled(planned, std::min(1000.0, f.remaining->in_hours() / f.work.in_hours()))
                   : planned);
       }},
      {"act_reg_qty", false, [](A f, S) { return spelled_hours(f.actual.value_or(Work{}).seconds); }},
      {"act_reg_cost", false,
       [](A f, S s) {
         return spelled_amount(f.actual_cost.value_or(Money{0, s.facts.currency}));
       }},
      {"target_lag_drtn_hr_cnt", false, [](A f, S) { return spelled_hours(f.lag.seconds); }},
      {"rollup_dates_flag", false, [](A f, S) { return flag(f.drives_dates); }},
      {"curv_id", false,
       [](A f, S s) { return f.curve.empty() ? "" : id_of(s.ids.curve, curve_key(f.curve)); }},
      {"rsrc_type", false,
       [](A f, S s) {
         auto const* resource = resource_of(f, s);
         return resource ? xer_fields<Resource>()[2].spell(*resource, s) : std::string();
       }},
  };
  return fields;
}

template <>
std::vector<XerField<CostAccount>> const& xer_fields<CostAccount>() {
  static std::vector<XerField<CostAccount>> const fields{
      {"acct_short_name", true, [](CostAccount const& f, XerSide const&) { return f.key; }},
      {"acct_name", true, [](CostAccount const& f, XerSide const&) { return f.name; }},
      {"parent_acct_id", false,
       [](CostAccount const& f, XerSide const& s) { return id_of(s.ids.account, f.parent); }},
  };
  return fields;
}

template <>
std::vector<XerField<Expense>> const& xer_fields<Expense>() {
  using E = Expense const&;
  using S = XerSide const&;
  static std::vector<XerField<Expense>> const fields{
      {"task_id", false, [](E f, S s) { return id_of(s.ids.activity, f.activity); }},
      {"proj_id", false, [](E f, S s) { return s.project_of(f.activity); }},
      {"acct_id", false, [](E f, S s) { return id_of(s.ids.account, f.cost_account); }},
      {"cost_name", true, [](E f, S) { return f.name; }},
      {"cost_load_type", false,
       [](E f, S) {
         return std::string(f.accrual == Accrual::Start ? "CL_Start"
                            : f.accrual == Accrual::End ? "CL_End"
                                                        : "CL_Uniform");
       }},
      {"target_cost", false, [](E f, S) { return spelled_amount(f.amount); }},
      {"remain_cost", false,
       [](E f, S) {
         std::int64_t const spent = f.actual ? f.actual->minor : 0;
         return spelled_amount({std::max<std::int64_t>(f.amount.minor - spent, 0), f.amount.currency});
       }},
      {"act_cost", false, [](E f, S) { return f.actual ? spelled_amount(*f.actual) : std::string("0"); }},
  };
  return fields;
}

std::string xer_clndr_data(Calendar const& calendar, std::string_view view) {
  auto const clock = [](std::int32_t second) {
    std::int32_t const minute = second / 60 % 1440;
    std::string text = "00:00";
    text[0] = static_cast<char>('0' + minute / 600), text[1] = static_cast<char>('0' + minute / 60 % 10);
    text[3] = static_cast<char>('0' + minute % 60 / 10), text[4] = static_cast<char>('0' + minute % 10);
    return text;
  };
  auto const shifts = [&](DayShifts const& day) {
    std::string text;
    for (std::size_t i = 0; i < day.size(); ++i)
      text += "(0||" + std::to_string(i) + "(s|" + clock(day[i].from) + "|f|" + clock(day[i].to) + ")())";
    return text;
  };
  constexpr int days_from_1899_12_30_to_1970 = 25569;
  bool const silent = calendar.base.empty() && std::none_of(calendar.week.begin(), calendar.week.end(),
                                                            [](auto const& day) { return day.has_value(); });
  std::string week, exceptions;
  for (int number = 1; number <= 7; ++number) {  // 1 = Sunday
    auto const& day = calendar.week[static_cast<std::size_t>((number + 5) % 7)];
    if (day || silent) week += "(0||" + std::to_string(number) + "()(" + (day ? shifts(*day) : "") + "))";
  }
  for (std::size_t i = 0; i < calendar.exceptions.size(); ++i) {
    CalendarException const& each = calendar.exceptions[i];
    exceptions += "(0||" + std::to_string(i) + "(d|" +
                  std::to_string(each.first.days + days_from_1899_12_30_to_1970) + ")(" +
                  shifts(each.shifts) + "))";
  }
  return "(0||CalendarData()((0||DaysOfWeek()(" + week + "))" + std::string(view) + "(0||Exceptions()(" +
         exceptions + "))))";
}

}  // namespace rapport
