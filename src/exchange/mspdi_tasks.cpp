#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/large_memory.h"
#include "exchange/mspdi_reader.h"
#include "exchange/mspdi_xml.h"

namespace rapport {
namespace {

using View = std::string_view;

struct TaskElement {
  View uid, name, active, manual, type, is_null, outline_number, outline_level, start, finish, duration,
      manual_start, manual_finish, duration_format, resume, effort_driven, milestone, summary, critical,
      is_subproject, external_task, early_start, early_finish, late_start, late_finish, free_slack,
      total_slack, fixed_cost, fixed_cost_accrual, percent_complete, actual_start, actual_finish, stop,
      remaining_duration, constraint_type, calendar_uid, constraint_date, deadline, levelling_delay,
      ignore_resource_calendar;
  static constexpr XmlField<TaskElement> fields[] = {
      {"UID", &TaskElement::uid},
      {"Name", &TaskElement::name},
      {"Active", &TaskElement::active},
      {"Manual", &TaskElement::manual},
      {"Type", &TaskElement::type},
      {"IsNull", &TaskElement::is_null},
      {"OutlineNumber", &TaskElement::outline_number},
      {"OutlineLevel", &TaskElement::outline_level},
      {"Start", &TaskElement::start},
      {"Finish", &TaskElement::finish},
      {"Duration", &TaskElement::duration},
      {"ManualStart", &TaskElement::manual_start},
      {"ManualFinish", &TaskElement::manual_finish},
      {"DurationFormat", &TaskElement::duration_format},
      {"Stop", &TaskElement::stop},
      {"Resume", &TaskElement::resume},
      {"EffortDriven", &TaskElement::effort_driven},
      {"Milestone", &TaskElement::milestone},
      {"Summary", &TaskElement::summary},
      {"Critical", &TaskElement::critical},
      {"IsSubproject", &TaskElement::is_subproject},
      {"ExternalTask", &TaskElement::external_task},
      {"EarlyStart", &TaskElement::early_start},
      {"EarlyFinish", &TaskElement::early_finish},
      {"LateStart", &TaskElement::late_start},
      {"LateFinish", &TaskElement::late_finish},
      {"FreeSlack", &TaskElement::free_slack},
      {"TotalSlack", &TaskElement::total_slack},
      {"FixedCost", &TaskElement::fixed_cost},
      {"FixedCostAccrual", &TaskElement::fixed_cost_accrual},
      {"PercentComplete", &TaskElement::percent_complete},
      {"ActualStart", &TaskElement::actual_start},
      {"ActualFinish", &TaskElement::actual_finish},
      {"RemainingDuration", &TaskElement::remaining_duration},
      {"ConstraintType", &TaskElement::constraint_type},
      {"CalendarUID", &TaskElement::calendar_uid},
      {"ConstraintDate", &TaskElement::constraint_date},
      {"Deadline", &TaskElement::deadline},
      {"LevelingDelay", &TaskElement::levelling_delay},
      {"IgnoreResourceCalendar", &TaskElement::ignore_resource_calendar},
  };
};

struct LinkElement {
  View predecessor_uid, type, cross_project, link_lag, lag_format;
  static constexpr XmlField<LinkElement> fields[] = {
      {"PredecessorUID", &LinkElement::predecessor_uid}, {"Type", &LinkElement::type},
      {"CrossProject", &LinkElement::cross_project},     {"LinkLag", &LinkElement::link_lag},
      {"LagFormat", &LinkElement::lag_format},
  };
};

int whole(View text, int otherwise) {
  int value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && !text.empty() ? value : otherwise;
}

/// The schema's codes 3 minutes, 5 hours, 7 days, 9 weeks, 11 months, 19 percent; the next even number is the
/// same on the clock; 32 more is the same, estimated.
struct Unit {
  bool elapsed = false, percent = false;
};
Unit unit_of(View format) {
  int code = whole(format, 7);
  if (code >= 35 && code <= 52) code -= 32;
  return {.elapsed = code == 4 || code == 6 || code == 8 || code == 10 || code == 12 || code == 20,
          .percent = code == 19 || code == 20};
}

constexpr ConstraintKind constraint_kinds[] = {ConstraintKind::None,
                                               ConstraintKind::AsLateAsPossible,
                                               ConstraintKind::MandatoryStart,
                                               ConstraintKind::MandatoryFinish,
                                               ConstraintKind::StartNoEarlierThan,
                                               ConstraintKind::StartNoLaterThan,
                                               ConstraintKind::FinishNoEarlierThan,
                                               ConstraintKind::FinishNoLaterThan};

constexpr LinkType link_types[] = {LinkType::FinishToFinish, LinkType::FinishToStart, LinkType::StartToFinish,
                                   LinkType::StartToStart};

}  // namespace

void MspdiReader::read_tasks() {
  auto const tasks = root_.child("Tasks").children("Task");
  std::size_t const count = tasks.count();
  reserve_large(facts_.activities, count);
  reserve_large(facts_.recorded_dates, count);
  task_.reserve(count);
  for (XmlElement const element : tasks) read_task(element);
  Subproject& project = facts_.subprojects[0];
  if (!project.planned_start && earliest_start_) {
    project.planned_start = earliest_start_;
    warn(root_, "project " + project.key, "the project states no start date",
         "taken as the earliest start of its tasks");
  }
  read_links(links_);
}

void MspdiReader::read_task(XmlElement element) {
  std::size_t const first_link = links_.size();
  XmlElement baseline;
  bool later_baselines = false;
  auto const row = read_fields<TaskElement>(element, task_fields_, [&](XmlElement child, bool first_time) {
    View const name = child.name();
    if (name == "PredecessorLink") {
      links_.push_back({child, 0});
    } else if (name == "Baseline") {
      if (child.text_of("Number") != "0")
        later_baselines = true;
      else if (!baseline)
        baseline = child;
    } else if (first_time) {
      other_task_.note(name);
    }
  });
  auto const drop_links = [&] { links_.resize(first_link); };
  if (row.is_null == "1" || row.uid.empty()) {
    add(Severity::Info, element, "task", "an empty row of the task list", "it is left out");
    return drop_links();
  }
  if (row.uid == "0") {
    // The row of the project itself.
    if (!row.name.empty()) facts_.subprojects[0].name = row.name;
    return drop_links();
  }

  int const level = whole(row.outline_level, 1);
  while (!branches_.empty() && branches_.back().first >= level) branches_.pop_back();
  std::string const parent = branches_.empty() ? "" : branches_.back().second;

  Activity activity;
  activity.key = task_keys_.claim(std::string(row.uid));
  activity.source_id = row.uid;
  activity.name = row.name;
  activity.subproject = facts_.subprojects[0].key;
  activity.wbs = parent;
  auto const subject = [&] { return "task " + activity.key; };
  if (row.summary == "1") {
    WbsNode node;
    node.key = wbs_keys_.claim(std::string(row.outline_number.empty() ? row.uid : row.outline_number));
    node.parent = parent;
    node.name = activity.name;
    node.subproject = activity.subproject;
    activity.kind = ActivityKind::Summary;
    activity.wbs = node.key;
    branches_.emplace_back(level, node.key);
    facts_.wbs.push_back(std::move(node));
  }

  activity.duration = {seconds(row.duration, "Duration", element).value_or(0)};
  if (activity.duration < Work{}) {
    warn(element, subject(), "a task has a negative duration", "taken as zero");
    activity.duration = {};
  }
  if (row.milestone == "1" && row.summary != "1") {
    if (activity.duration == Work{}) {
      activity.kind = ActivityKind::FinishMilestone;
    } else {
      add(Severity::Info, element, subject(), "a task is marked as a milestone and lasts some time",
          "kept as a task");
    }
  }
  if (row.calendar_uid != "-1" && !row.calendar_uid.empty()) {
    if (std::uint32_t const calendar = calendar_.find(row.calendar_uid); calendar != IdIndex::none) {
      activity.calendar = facts_.calendars[calendar].key;
    } else if (row.calendar_uid != "0") {
      warn(element, subject(), "a task on a calendar that is not in the file",
           "it runs on the project's calendar");
    }
  }

  int const constraint = whole(row.constraint_type, 0);
  auto const date = instant(row.constraint_date, "ConstraintDate", element);
  if (constraint < 0 || constraint > 7) {
    warn(element, subject(), "a constraint of a kind that is not known", "the constraint is left out");
  } else if (ConstraintKind const kind = constraint_kinds[constraint];
             kind == ConstraintKind::AsLateAsPossible || (kind != ConstraintKind::None && date)) {
    activity.constraint = {kind, kind == ConstraintKind::AsLateAsPossible ? std::nullopt : date};
  } else if (kind != ConstraintKind::None) {
    warn(element, subject(), "a constraint lacks its date", "the constraint is left out");
  }
  activity.deadline = instant(row.deadline, "Deadline", element);

  ActivityProgress& progress = activity.progress;
  progress.physical_percent = number(row.percent_complete, "PercentComplete", element).value_or(0);
  progress.actual_start = instant(row.actual_start, "ActualStart", element);
  progress.actual_finish = instant(row.actual_finish, "ActualFinish", element);
  auto const start = instant(row.start, "Start", element), finish = instant(row.finish, "Finish", element);
  if (start) earliest_start_ = std::min(earliest_start_.value_or(*start), *start);
  if (progress.physical_percent >= 100 && !progress.actual_finish) progress.actual_finish = finish;
  if (progress.physical_percent > 0 && !progress.actual_start) progress.actual_start = start;
  if (progress.actual_finish && !progress.actual_start) progress.actual_start = progress.actual_finish;
  if (progress.actual_start && !progress.actual_finish) {
    auto const remaining = seconds(row.remaining_duration, "RemainingDuration", element);
    if (remaining && *remaining >= 0 && *remaining != activity.duration.seconds)
      progress.remaining = Work{*remaining};
    progress.suspended = instant(row.stop, "Stop", element);
    progress.resumed = instant(row.resume, "Resume", element);
    if (progress.suspended.has_value() != progress.resumed.has_value()) {
      add(Severity::Info, element, subject(), "a task in progress with only one of Stop and Resume",
          "neither is kept: the task takes its duration from its start");
      progress.suspended = progress.resumed = std::nullopt;
    }
  }

  MicrosoftTask& microsoft = activity.microsoft;
  microsoft.manual = row.manual == "1";
  microsoft.inactive = row.active == "0";
  microsoft.elapsed_duration = unit_of(row.duration_format).elapsed;
  microsoft.ignore_resource_calendars = row.ignore_resource_calendar == "1";
  microsoft.effort_driven = row.effort_driven == "1";
  microsoft.fixed_duration = row.type == "1";
  microsoft.levelling_delay = {tenths(row.levelling_delay, "LevelingDelay", element).value_or(0)};
  if (row.external_task == "1") {
    warn(element, subject(), "a task that stands for one of another project",
         "it keeps the dates it has in this file");
    microsoft.manual = true;
  }
  if (row.is_subproject == "1") {
    warn(element, subject(), "a task that stands for an inserted project",
         "the tasks of that project are not in the file: it keeps the dates it has in this one");
    microsoft.manual = true;
  }
  if (microsoft.manual) {
    microsoft.manual_start = instant(row.manual_start, "ManualStart", element);
    microsoft.manual_finish = instant(row.manual_finish, "ManualFinish", element);
    if (!microsoft.manual_start) microsoft.manual_start = start;
    if (!microsoft.manual_finish) microsoft.manual_finish = finish;
  }

  RecordedDates recorded;
  recorded.key = activity.key;
  recorded.early_start = instant(row.early_start, "EarlyStart", element);
  recorded.early_finish = instant(row.early_finish, "EarlyFinish", element);
  recorded.late_start = instant(row.late_start, "LateStart", element);
  recorded.late_finish = instant(row.late_finish, "LateFinish", element);
  if (auto const slack = tenths(row.total_slack, "TotalSlack", element)) recorded.total_float = Work{*slack};
  if (auto const slack = tenths(row.free_slack, "FreeSlack", element)) recorded.free_float = Work{*slack};
  if (!row.critical.empty()) recorded.driving = row.critical == "1";
  if (baseline) recorded.baseline = read_baseline(baseline, subject());
  if (later_baselines)
    add(Severity::Info, element, subject(), "a task has baselines beside baseline 0",
        "only baseline 0 is kept");

  auto const fixed_cost = money(row.fixed_cost, "FixedCost", element);
  if (fixed_cost && fixed_cost->minor != 0) {
    Expense& expense = facts_.expenses.emplace_back();
    expense.activity = activity.key;
    expense.name = "Fixed cost";
    expense.key = expense_keys_.claim(activity.key + "/" + expense.name);
    expense.amount = *fixed_cost;
    expense.accrual = row.fixed_cost_accrual == "1"   ? Accrual::Start
                      : row.fixed_cost_accrual == "2" ? Accrual::End
                                                      : Accrual::Prorated;
  }

  auto const index = static_cast<std::uint32_t>(facts_.activities.size());
  if (!task_.add(row.uid, index)) {
    warn(element, subject(), "two tasks have the same UID",
         "the first is meant by references; the later one has \"#2\" added");
  }
  for (std::size_t i = first_link; i < links_.size(); ++i) links_[i].successor = index;
  bool const by_duration = activity.kind == ActivityKind::Task && !microsoft.manual &&
                           !microsoft.elapsed_duration && !progress.actual_start;
  if (by_duration && start && finish && (*finish - *start).seconds > activity.duration.seconds)
    stated_spans_.push_back({index, {*start, *finish}});
  facts_.activities.push_back(std::move(activity));
  facts_.recorded_dates.push_back(std::move(recorded));
}

std::optional<Baseline> MspdiReader::read_baseline(XmlElement baseline, std::string const& subject) {
  static constexpr View kept[] = {"Number", "Start", "Finish", "Cost"};
  for (XmlElement const child : baseline.children())
    if (std::find(std::begin(kept), std::end(kept), child.name()) == std::end(kept))
      other_baseline_.note(child.name());
  auto const from = instant(baseline.text_of("Start"), "Baseline Start", baseline);
  auto const to = instant(baseline.text_of("Finish"), "Baseline Finish", baseline);
  auto const budget = money(baseline.text_of("Cost"), "Baseline Cost", baseline);
  bool const costs = budget && budget->minor != 0;
  if (from && to) return Baseline{*from, *to, costs ? budget : std::nullopt};
  if (costs)
    warn(baseline, subject, "a baseline has a cost and lacks a date", "neither is kept");
  else
    add(Severity::Info, baseline, subject, "a baseline lacks a date", "it is left out");
  return std::nullopt;
}

void MspdiReader::read_links(std::vector<WaitingLink> const& links) {
  reserve_large(facts_.links, links.size());
  for (WaitingLink const& waiting : links) {
    auto const row = read_fields<LinkElement>(waiting.element, link_fields_);
    std::string const& successor = facts_.activities[waiting.successor].key;
    std::uint32_t const predecessor = task_.find(row.predecessor_uid);
    if (row.cross_project == "1" || predecessor == IdIndex::none) {
      // The project's own row (UID 0) holds everything anyway.
      warn(waiting.element, "link " + std::string(row.predecessor_uid) + " → " + successor,
           row.cross_project == "1" ? "a link to a task of another project"
                                    : "a link to a task that is not in the file",
           "the link is left out");
      continue;
    }
    Link& link = facts_.links.emplace_back();
    link.predecessor = facts_.activities[predecessor].key;
    link.successor = successor;
    auto const subject = [&] { return "link " + link.predecessor + " → " + link.successor; };
    int const type = whole(row.type, 1);
    if (type >= 0 && type <= 3) {
      link.type = link_types[type];
    } else {
      warn(waiting.element, subject(), "a link of a kind that is not known", "taken as finish to start");
    }
    auto const [elapsed, percent] = unit_of(row.lag_format);
    if (percent) {
      link.lag.kind = elapsed ? LagKind::ElapsedPercent : LagKind::Percent;
      link.lag.percent = number(row.link_lag, "LinkLag", waiting.element).value_or(0);
    } else {
      link.lag.kind = elapsed ? LagKind::Elapsed : LagKind::Working;
      link.lag.seconds = tenths(row.link_lag, "LinkLag", waiting.element).value_or(0);
    }
  }
}

}  // namespace rapport
