#include <algorithm>
#include <unordered_map>

#include "base/large_memory.h"
#include "exchange/xer_reader.h"
#include "model/new_keys.h"

namespace rapport {

struct XerLinkRow {
  std::string_view task_id, pred_task_id, pred_type, lag_hr_cnt;
  static constexpr std::string_view table = "TASKPRED";
  static constexpr XerColumn<XerLinkRow> columns[] = {
      {"task_id", &XerLinkRow::task_id},
      {"pred_task_id", &XerLinkRow::pred_task_id},
      {"pred_type", &XerLinkRow::pred_type},
      {"lag_hr_cnt", &XerLinkRow::lag_hr_cnt},
  };
};

namespace {

using View = std::string_view;

struct TaskRow {
  View task_id, proj_id, wbs_id, clndr_id, task_code, task_name, task_type, phys_complete_pct,
      target_drtn_hr_cnt, remain_drtn_hr_cnt, act_start_date, act_end_date, suspend_date, resume_date,
      cstr_type, cstr_date, cstr_type2, cstr_date2, expect_end_date, external_early_start_date,
      external_late_end_date, early_start_date, early_end_date, late_start_date, late_end_date,
      total_float_hr_cnt, free_float_hr_cnt, driving_path_flag, target_start_date, target_end_date;
  static constexpr View table = "TASK";
  static constexpr XerColumn<TaskRow> columns[] = {
      {"task_id", &TaskRow::task_id},
      {"proj_id", &TaskRow::proj_id},
      {"wbs_id", &TaskRow::wbs_id},
      {"clndr_id", &TaskRow::clndr_id},
      {"task_code", &TaskRow::task_code},
      {"task_name", &TaskRow::task_name},
      {"task_type", &TaskRow::task_type},
      {"phys_complete_pct", &TaskRow::phys_complete_pct},
      {"target_drtn_hr_cnt", &TaskRow::target_drtn_hr_cnt},
      {"remain_drtn_hr_cnt", &TaskRow::remain_drtn_hr_cnt},
      {"act_start_date", &TaskRow::act_start_date},
      {"act_end_date", &TaskRow::act_end_date},
      {"suspend_date", &TaskRow::suspend_date},
      {"resume_date", &TaskRow::resume_date},
      {"cstr_type", &TaskRow::cstr_type},
      {"cstr_date", &TaskRow::cstr_date},
      {"cstr_type2", &TaskRow::cstr_type2},
      {"cstr_date2", &TaskRow::cstr_date2},
      {"expect_end_date", &TaskRow::expect_end_date},
      {"external_early_start_date", &TaskRow::external_early_start_date},
      {"external_late_end_date", &TaskRow::external_late_end_date},
      {"early_start_date", &TaskRow::early_start_date},
      {"early_end_date", &TaskRow::early_end_date},
      {"late_start_date", &TaskRow::late_start_date},
      {"late_end_date", &TaskRow::late_end_date},
      {"total_float_hr_cnt", &TaskRow::total_float_hr_cnt},
      {"free_float_hr_cnt", &TaskRow::free_float_hr_cnt},
      {"driving_path_flag", &TaskRow::driving_path_flag},
      {"target_start_date", &TaskRow::target_start_date},
      {"target_end_date", &TaskRow::target_end_date},
  };
};

constexpr XerChoice<ActivityKind> activity_kinds[] = {
    {"TT_Task", ActivityKind::Task},
    {"TT_Rsrc", ActivityKind::ResourceDependent},
    {"TT_LOE", ActivityKind::LevelOfEffort},
    {"TT_Mile", ActivityKind::StartMilestone},
    {"TT_FinMile", ActivityKind::FinishMilestone},
    {"TT_WBS", ActivityKind::Summary},
};

constexpr XerChoice<ConstraintKind> constraint_kinds[] = {
    {"CS_MSO", ConstraintKind::StartOn},
    {"CS_MSOA", ConstraintKind::StartNoEarlierThan},
    {"CS_MSOB", ConstraintKind::StartNoLaterThan},
    {"CS_MEO", ConstraintKind::FinishOn},
    {"CS_MEOA", ConstraintKind::FinishNoEarlierThan},
    {"CS_MEOB", ConstraintKind::FinishNoLaterThan},
    {"CS_ALAP", ConstraintKind::AsLateAsPossible},
    {"CS_MANDSTART", ConstraintKind::MandatoryStart},
    {"CS_MANDFIN", ConstraintKind::MandatoryFinish},
};

constexpr XerChoice<LinkType> link_types[] = {
    {"PR_FS", LinkType::FinishToStart},
    {"PR_SS", LinkType::StartToStart},
    {"PR_FF", LinkType::FinishToFinish},
    {"PR_SF", LinkType::StartToFinish},
};

bool has_column(XerTable const& table, View name) {
  for (View const column : table.columns) {
    if (column == name) return true;
  }
  return false;
}

}  // namespace

void XerReader::note_suspension(Activity const& activity, std::int64_t line) {
  ActivityProgress const& progress = activity.progress;
  if (!progress.suspended || !progress.actual_start || progress.actual_finish) return;
  std::string const subject = "activity " + activity.key;
  if (!progress.resumed)
    return warn(line, subject, "an activity is suspended, and no date says when it resumes",
                "its remaining work is scheduled as if it went on");
  auto const project = std::find_if(facts_.subprojects.begin(), facts_.subprojects.end(),
                                    [&](Subproject const& each) { return each.key == activity.subproject; });
  if (project != facts_.subprojects.end() && project->data_date && *progress.suspended > *project->data_date)
    warn(line, subject, "an activity is to be suspended after the data date",
         "all its remaining work is scheduled after it resumes");
}

void XerReader::read_activities() {
  std::size_t const count = row_count(file_, TaskRow::table);
  reserve_large(facts_.activities, count);
  reserve_large(facts_.recorded_dates, count);
  activity_.reserve(count);
  for (XerTable const& table : file_.tables) {
    if (table.name != TaskRow::table) continue;
    if (table.row_count > 0 && !has_column(table, "target_drtn_hr_cnt")) {
      warn(table.line, "table TASK", "there is no column target_drtn_hr_cnt", "durations are taken as zero");
    }
  }
  auto const lacks_a_start = [](Subproject const& part) { return !part.data_date && !part.planned_start; };
  bool const some_lack_a_start =
      std::any_of(facts_.subprojects.begin(), facts_.subprojects.end(), lacks_a_start);
  std::unordered_map<std::string, std::optional<Instant>> earliest_start;  // of each project
  // An old or hand-made file without proj_id means its only project.
  bool const one_project = facts_.subprojects.size() == 1;

  KeyIndex keys;
  keys.reserve(count);
  std::vector<std::size_t> repeated;
  for_each_row<TaskRow>(file_, findings_, [&](TaskRow const& row, std::int64_t line) {
    std::size_t const position = facts_.activities.size();
    Activity& activity = facts_.activities.emplace_back();
    activity.key = text(row.task_code.empty() ? row.task_id : row.task_code);
    __builtin_prefetch(keys.first_read(activity.key));
    __builtin_prefetch(activity_.first_read(row.task_id));
    activity.source_id = text(row.task_id);
    activity.name = text(row.task_name);
    auto const subject = [&] { return "activity " + activity.key; };

    if (std::uint32_t const project = project_.find(row.proj_id); project != IdIndex::none) {
      activity.subproject = facts_.subprojects[project].key;
    } else if (one_project) {
      activity.subproject = facts_.subprojects[0].key;
    } else if (!row.proj_id.empty()) {
      warn(line, subject(), "an activity of a project that is not in the file", "it belongs to no project");
    }
    if (std::uint32_t const node = wbs_.find(row.wbs_id); node != IdIndex::none) {
      activity.wbs = facts_.wbs[node].key;
    } else if (!row.wbs_id.empty()) {
      warn(line, subject(), "an activity of a WBS node that is not in the file", "it belongs to no WBS node");
    }
    if (std::uint32_t const calendar = calendar_.find(row.clndr_id); calendar != IdIndex::none) {
      activity.calendar = facts_.calendars[calendar].key;
    } else if (!row.clndr_id.empty()) {
      warn(line, subject(), "an activity on a calendar that is not in the file",
           "it runs on its project's calendar");
    }
    if (auto const kind = choose(row.task_type, activity_kinds)) {
      activity.kind = *kind;
    } else if (!row.task_type.empty()) {
      warn(line, subject(), "task_type \"" + text(row.task_type) + "\" is not known",
           "taken as an ordinary task");
    }

    activity.duration = work(row.target_drtn_hr_cnt, "target_drtn_hr_cnt", line).value_or(Work{});
    if (activity.duration < Work{}) {
      warn(line, subject(), "an activity has a negative duration", "taken as zero");
      activity.duration = {};
    }
    bool const milestone =
        activity.kind == ActivityKind::StartMilestone || activity.kind == ActivityKind::FinishMilestone;
    if (milestone && activity.duration != Work{}) {
      findings_.add(Severity::Info, line, subject(),
                    "a milestone has a duration, left from when it was a task", "taken as zero");
      activity.duration = {};
    }
    ActivityProgress& progress = activity.progress;
    progress.actual_start = instant(row.act_start_date, "act_start_date", line);
    progress.actual_finish = instant(row.act_end_date, "act_end_date", line);
    progress.suspended = instant(row.suspend_date, "suspend_date", line);
    progress.resumed = instant(row.resume_date, "resume_date", line);
    if (progress.actual_finish && !progress.actual_start) progress.actual_start = progress.actual_finish;
    note_suspension(activity, line);
    if (auto const percent = number(row.phys_complete_pct, "phys_complete_pct", line)) {
      progress.physical_percent = *percent;
    }
    auto const remaining = work(row.remain_drtn_hr_cnt, "remain_drtn_hr_cnt", line);
    if (remaining && *remaining < Work{}) {
      warn(line, subject(), "an activity has a negative remaining duration", "taken as zero");
      progress.remaining = Work{};
    } else if (remaining && !milestone &&
               *remaining != (progress.actual_finish ? Work{} : activity.duration)) {
      progress.remaining = remaining;
    }

    auto const constraint = [&](View type, View date, char const* column) {
      Constraint result;
      if (type.empty() || type == "0") return result;
      auto const kind = choose(type, constraint_kinds);
      result.date = instant(date, column, line);
      if (!kind) {
        warn(line, subject(), "constraint \"" + text(type) + "\" is not known", "the constraint is left out");
      } else if (*kind == ConstraintKind::AsLateAsPossible) {
        result = {*kind, std::nullopt};
      } else if (!result.date) {
        warn(line, subject(), "a constraint lacks its date", "the constraint is left out");
      } else {
        result.kind = *kind;
      }
      if (result.kind == ConstraintKind::None) result.date.reset();
      return result;
    };
    activity.constraint = constraint(row.cstr_type, row.cstr_date, "cstr_date");
    activity.secondary_constraint = constraint(row.cstr_type2, row.cstr_date2, "cstr_date2");
    bool const late = activity.constraint.kind == ConstraintKind::AsLateAsPossible;
    if (activity.kind == ActivityKind::StartMilestone && late && remaining && *remaining > Work{} &&
        !progress.actual_start) {
      progress.remaining = remaining;
      findings_.add(Severity::Info, line, subject(),
                    "a start milestone as late as possible has a remaining duration",
                    "kept, since P6 keeps it that far from its successors");
    }
    activity.expected_finish = instant(row.expect_end_date, "expect_end_date", line);
    activity.external_early_start = instant(row.external_early_start_date, "external_early_start_date", line);
    activity.external_late_finish = instant(row.external_late_end_date, "external_late_end_date", line);

    RecordedDates& recorded = facts_.recorded_dates.emplace_back();
    recorded.key = activity.key;
    recorded.early_start = instant(row.early_start_date, "early_start_date", line);
    recorded.early_finish = instant(row.early_end_date, "early_end_date", line);
    recorded.late_start = instant(row.late_start_date, "late_start_date", line);
    recorded.late_finish = instant(row.late_end_date, "late_end_date", line);
    recorded.total_float = work(row.total_float_hr_cnt, "total_float_hr_cnt", line);
    recorded.free_float = work(row.free_float_hr_cnt, "free_float_hr_cnt", line);
    if (!row.driving_path_flag.empty()) recorded.driving = row.driving_path_flag == "Y";
    auto const planned_start = instant(row.target_start_date, "target_start_date", line);
    auto const planned_finish = instant(row.target_end_date, "target_end_date", line);
    if (planned_start && some_lack_a_start) {
      auto& earliest = earliest_start[activity.subproject];
      earliest = std::min(earliest.value_or(*planned_start), *planned_start);
    }
    if (planned_start && planned_finish) recorded.baseline = Baseline{*planned_start, *planned_finish, {}};

    if (!activity_.add(row.task_id, position)) {
      warn(line, subject(), "two activities have the same task_id", "the first is meant by references");
    }
    if (!keys.add(position, facts_.activities)) repeated.push_back(position);
  });
  for (Subproject& project : facts_.subprojects) {
    if (!lacks_a_start(project)) continue;
    project.planned_start = earliest_start[project.key];
    if (project.planned_start)
      warn(0, "project " + project.key, "a project states neither a data date nor a planned start",
           "its planned start is taken as the earliest of its activities");
  }
  note_different_options();
  if (!repeated.empty()) {
    std::unordered_set<std::string_view> shared;  // codes that several projects use
    for (std::size_t const i : repeated) {
      Activity const& activity = facts_.activities[i];
      if (facts_.activities[*keys.find(activity.key, facts_.activities)].subproject != activity.subproject)
        shared.insert(activity.key);
    }
    name_apart(shared);
  }
  read_links();
}

void XerReader::name_apart(std::unordered_set<std::string_view> const& shared) {
  std::vector<std::string> keys;
  UniqueKeys taken;
  keys.reserve(facts_.activities.size());
  for (Activity const& activity : facts_.activities) {
    bool const prefixed = shared.contains(activity.key) && !activity.subproject.empty();
    std::string wanted = prefixed ? activity.subproject + "/" + activity.key : activity.key;
    std::string key = taken.claim(wanted);
    if (key != wanted) {
      warn(0, "activity " + key, "an activity id is used twice within one project",
           "the later one has \"#2\" added");
    }
    if (prefixed) {
      findings_.add(Severity::Info, 0, "activity " + key,
                    "an activity id is used in several projects of the file",
                    "its key is the project's, a slash, and the id");
    }
    keys.push_back(std::move(key));
  }
  for (std::size_t i = 0; i < keys.size(); ++i)
    facts_.activities[i].key = facts_.recorded_dates[i].key = std::move(keys[i]);
}

void XerReader::read_links() {
  std::size_t const count = row_count(file_, XerLinkRow::table);
  reserve_large(facts_.links, count);
  NewKeys keys(count);
  // Finding an activity and its key waits for memory twice: the rows of a group wait together.
  constexpr std::size_t together = 32;
  for_each_group<XerLinkRow, together>(file_, findings_, [&](std::span<NumberedRow<XerLinkRow> const> rows) {
    for (auto const& [row, line] : rows) {
      __builtin_prefetch(activity_.first_read(row.pred_task_id));
      __builtin_prefetch(activity_.first_read(row.task_id));
    }
    std::array<std::pair<std::uint32_t, std::uint32_t>, together> ends;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      ends[i] = {activity_.find(rows[i].row.pred_task_id), activity_.find(rows[i].row.task_id)};
      for (std::uint32_t const place : {ends[i].first, ends[i].second})
        if (place != IdIndex::none) __builtin_prefetch(&facts_.activities[place].key);
    }
    std::size_t const first = facts_.links.size();
    for (std::size_t i = 0; i < rows.size(); ++i)
      read_link(rows[i].row, ends[i].first, ends[i].second, rows[i].line);
    keys.give(facts_.links, first);
  });
}

void XerReader::read_link(XerLinkRow const& row, std::uint32_t predecessor, std::uint32_t successor,
                          std::int64_t line) {
  if (predecessor == IdIndex::none || successor == IdIndex::none) {
    auto const name = [&](std::uint32_t place, View id) {
      return place == IdIndex::none ? "task_id " + text(id) : facts_.activities[place].key;
    };
    warn(line, "link " + name(predecessor, row.pred_task_id) + " → " + name(successor, row.task_id),
         "a link to an activity that is not in the file", "the link is left out");
    return;
  }
  Link& link = facts_.links.emplace_back();
  link.predecessor = facts_.activities[predecessor].key;
  link.successor = facts_.activities[successor].key;
  // Some files number the types: "PR_FF1".
  if (auto const type = choose(row.pred_type.substr(0, 5), link_types)) {
    link.type = *type;
  } else {
    warn(line, "link " + link.predecessor + " → " + link.successor,
         "pred_type \"" + text(row.pred_type) + "\" is not known", "taken as finish to start");
  }
  link.lag.seconds = work(row.lag_hr_cnt, "lag_hr_cnt", line).value_or(Work{}).seconds;
}

}  // namespace rapport
