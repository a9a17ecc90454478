#include <algorithm>
#include <cmath>

#include "exchange/findings.h"
#include "exchange/mspdi_reader.h"
#include "exchange/mspdi_xml.h"
#include "exchange/stored_values.h"
#include "rapport/exchange/read.h"

namespace rapport {
namespace {

using View = std::string_view;

struct ProjectElement {
  View name, title, schedule_from_start, start_date, finish_date, critical_slack_limit, currency_code,
      minutes_per_day, honor_constraints, multiple_critical_paths, status_date;
  static constexpr XmlField<ProjectElement> fields[] = {
      {"Name", &ProjectElement::name},
      {"Title", &ProjectElement::title},
      {"ScheduleFromStart", &ProjectElement::schedule_from_start},
      {"StartDate", &ProjectElement::start_date},
      {"FinishDate", &ProjectElement::finish_date},
      {"CriticalSlackLimit", &ProjectElement::critical_slack_limit},
      {"CurrencyCode", &ProjectElement::currency_code},
      {"MinutesPerDay", &ProjectElement::minutes_per_day},
      {"HonorConstraints", &ProjectElement::honor_constraints},
      {"MultipleCriticalPaths", &ProjectElement::multiple_critical_paths},
      {"StatusDate", &ProjectElement::status_date},
  };
};

constexpr View read_elsewhere[] = {"Calendars",   "Tasks",       "Resources",
                                   "Assignments", "CalendarUID", "MinutesPerWeek"};

[[noreturn]] void refuse_as_no_plan(XmlElement root, View file) {
  auto const [line, column] = root.tree().place_of(root);
  std::string const found =
      root.name() == "Project" ? "has no tasks" : "begins with <" + std::string(root.name()) + ">";
  throw ParseError(std::string(file), line, column,
                   "this XML " + found + "; Microsoft Project XML begins with <Project> and has <Tasks>");
}

}  // namespace

void OtherNames::note(std::string_view name) {
  for (std::size_t tried = 0; tried < names_.size(); ++tried) {
    next_ = next_ + 1 < names_.size() ? next_ + 1 : 0;
    if (names_[next_] == name) return;
  }
  constexpr std::size_t most_names = 200;  // a hostile file may hold a million
  if (names_.size() == most_names) {
    names_.push_back("and others");
  } else if (names_.size() < most_names) {
    names_.push_back(name);
    next_ = names_.size() - 1;
  }
}

std::int64_t MspdiReader::line_of(XmlElement element) {
  if (!element) return 0;
  if (line_starts_.empty()) {
    View const bytes = root_.tree().bytes();
    line_starts_.push_back(0);
    for (std::size_t i = bytes.find('\n'); i != View::npos; i = bytes.find('\n', i + 1))
      line_starts_.push_back(i + 1);
  }
  return std::upper_bound(line_starts_.begin(), line_starts_.end(), root_.tree().offset_of(element)) -
         line_starts_.begin();
}

void MspdiReader::list_unreadable(View text, char const* name, XmlElement at) {
  warn(at, name,
       std::string(name) + " holds what cannot be read, here \"" + std::string(text.substr(0, 40)) + "\"",
       "taken as empty");
}

std::optional<Instant> MspdiReader::instant(View text, char const* name, XmlElement at) {
  if (text.empty() || text == "NA") return std::nullopt;
  auto const value = stored_instant(text);
  if (!value) list_unreadable(text, name, at);
  return value;
}

std::optional<std::int64_t> MspdiReader::seconds(View text, char const* name, XmlElement at) {
  if (text.empty()) return std::nullopt;
  auto const value = stored_seconds(text);
  if (!value) list_unreadable(text, name, at);
  return value;
}

std::optional<double> MspdiReader::number(View text, char const* name, XmlElement at) {
  if (text.empty()) return std::nullopt;
  auto const value = stored_number(text);
  if (!value) list_unreadable(text, name, at);
  return value;
}

std::optional<std::int64_t> MspdiReader::tenths(View text, char const* name, XmlElement at) {
  auto const value = number(text, name, at);
  if (!value) return std::nullopt;
  if (std::abs(*value) > 6e9) {
    list_unreadable(text, name, at);
    return std::nullopt;
  }
  return std::llround(*value * 6);
}

std::optional<Money> MspdiReader::money(View text, char const* name, XmlElement at) {
  auto const value = number(text, name, at);
  if (!value) return std::nullopt;
  if (std::abs(*value) > 1e16) {
    list_unreadable(text, name, at);
    return std::nullopt;
  }
  return Money::of(*value / 100, facts_.currency);
}

void MspdiReader::read_project() {
  FieldsByName fields;
  auto const row = read_fields<ProjectElement>(root_, fields, [&](XmlElement child, bool) {
    View const name = child.name();
    if (std::find(std::begin(read_elsewhere), std::end(read_elsewhere), name) == std::end(read_elsewhere)) {
      other_project_.note(name);
    }
  });
  bool const is_code =
      row.currency_code.size() == 3 && std::all_of(row.currency_code.begin(), row.currency_code.end(),
                                                   [](char c) { return c >= 'A' && c <= 'Z'; });
  if (is_code) facts_.currency = Currency(row.currency_code);
  auto const per_day = number(row.minutes_per_day, "MinutesPerDay", root_);
  if (per_day && *per_day > 24 * 60)
    list_unreadable(row.minutes_per_day, "MinutesPerDay", root_);
  else if (per_day && *per_day > 0)
    minutes_per_day_ = *per_day;

  Subproject& project = facts_.subprojects.emplace_back();
  project.key = !row.title.empty() ? row.title : !row.name.empty() ? row.name : "project";
  project.name = project.key;
  project.planned_start = instant(row.start_date, "StartDate", root_);
  project.data_date = instant(row.status_date, "StatusDate", root_);
  Rules& rules = project.rules = Rules::microsoft();
  rules.open_ends_critical = row.multiple_critical_paths == "1";
  if (row.schedule_from_start == "0") {
    rules.from_finish = true;
    project.must_finish_by = instant(row.finish_date, "FinishDate", root_);
  }
  auto const limit = number(row.critical_slack_limit, "CriticalSlackLimit", root_);
  if (limit && std::abs(*limit) < 1e5)
    rules.critical_limit = minutes(std::llround(*limit * minutes_per_day_));
  if (row.honor_constraints == "0") {
    add(Severity::Info, root_, "project " + project.key,
        "the option that tasks always honour their constraint dates is off", "not kept");
  }
  facts_.name = project.name;
}

void MspdiReader::list_others() {
  auto const list = [&](char const* what, OtherNames const& others) {
    if (others.names().empty()) return;
    std::string names;
    for (View const name : others.names()) (names += names.empty() ? "" : ", ") += name;
    findings_.add(Severity::Info, 0, what, std::string(what) + " elements that no fact is made of: " + names,
                  "not kept");
  };
  list("project", other_project_);
  list("task", other_task_);
  list("baseline", other_baseline_);
  list("resource", other_resource_);
  list("assignment", other_assignment_);
}

ReadResult read_mspdi(std::string_view bytes, std::string_view file, RunControl const& control) {
  XmlTree const tree(bytes, file);
  control.report(0.4, "reading");
  XmlElement const root = tree.root();
  if (root.name() != "Project" || !root.child("Tasks")) refuse_as_no_plan(root, file);
  Findings findings(file);
  MspdiReader reader(root, findings);
  reader.read_project();
  reader.read_calendars();
  reader.read_tasks();
  control.report(0.8, "reading");
  reader.read_costs();
  reader.list_others();
  ReadResult result{.facts = reader.take(), .diagnostics = findings.diagnostics()};
  complete_keys(result.facts);
  control.report(1.0, "reading");
  return result;
}

}  // namespace rapport
