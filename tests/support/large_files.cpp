#include "support/large_files.h"

#include <algorithm>
#include <array>
#include <random>
#include <vector>

namespace rapport::support {
namespace {

using View = std::string_view;

std::vector<View> split(View text, char at) {
  std::vector<View> parts;
  for (std::size_t end = text.find(at); end != View::npos; end = text.find(at)) {
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.push_back(text);
  return parts;
}

template <class List>
bool holds(List const& list, View name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

constexpr std::array<View, 8> repeated_tables = {"PROJECT",  "SCHEDOPTIONS", "PROJWBS",  "TASK",
                                                 "TASKPRED", "TASKRSRC",     "TASKACTV", "PROJCOST"};
constexpr std::array<View, 12> fresh_columns = {
    "proj_id",   "proj_short_name", "schedoptions_id", "wbs_id",       "parent_wbs_id", "task_id",
    "task_code", "pred_task_id",    "pred_proj_id",    "task_pred_id", "taskrsrc_id",   "cost_item_id"};

/// Elements of an MSPDI, one a line, indented by tabs.
class Xml {
 public:
  void open(View name) { line("<", name, ">"), ++depth_; }
  void close(View name) { --depth_, line("</", name, ">"); }
  void element(View name, View text) {
    text_.append(depth_, '\t').append("<").append(name).append(">").append(text);
    text_.append("</").append(name).append(">\r\n");
  }
  void element(View name, std::uint64_t number) { element(name, std::to_string(number)); }
  std::string take() { return std::move(text_); }

 private:
  void line(View before, View name, View after) {
    text_.append(depth_, '\t').append(before).append(name).append(after).append("\r\n");
  }
  std::string text_ = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n";
  std::size_t depth_ = 0;
};

std::string moment(std::uint64_t day, int hour) {
  auto const two = [](std::uint64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return std::to_string(2027 + day / 336) + "-" + two(day / 28 % 12 + 1) + "-" + two(day % 28 + 1) + "T" +
         two(static_cast<std::uint64_t>(hour)) + ":00:00";
}

std::string work(std::uint64_t hours) { return "PT" + std::to_string(hours) + "H0M0S"; }

void put_calendar(Xml& xml) {
  xml.open("Calendars"), xml.open("Calendar");
  xml.element("UID", 1), xml.element("Name", "Standard"), xml.element("IsBaseCalendar", 1);
  xml.element("BaseCalendarUID", "-1"), xml.open("WeekDays");
  for (std::uint64_t day = 1; day <= 7; ++day) {
    bool const working = day > 1 && day < 7;
    xml.open("WeekDay"), xml.element("DayType", day), xml.element("DayWorking", working ? 1 : 0);
    if (working) {
      xml.open("WorkingTimes");
      for (auto const& [from, to] : {std::pair{"08:00:00", "12:00:00"}, std::pair{"13:00:00", "17:00:00"}}) {
        xml.open("WorkingTime"), xml.element("FromTime", from), xml.element("ToTime", to);
        xml.close("WorkingTime");
      }
      xml.close("WorkingTimes");
    }
    xml.close("WeekDay");
  }
  xml.close("WeekDays"), xml.close("Calendar"), xml.close("Calendars");
}

void put_task(Xml& xml, std::uint64_t uid, std::mt19937_64& random) {
  std::uint64_t const day = random() % 3000, length = 1 + random() % 20, total = random() % 9600;
  bool const summary = uid % 10 == 1;
  std::string const start = moment(day, 8), finish = moment(day + length, 17);
  std::string const outline =
      std::to_string((uid + 9) / 10) + (summary ? "" : "." + std::to_string(uid % 10));
  xml.open("Task");
  xml.element("UID", uid), xml.element("ID", uid);
  xml.element("Name",
              "Build part " + std::to_string(uid) + (uid % 7 == 0 ? " &amp; test it" : " of the house"));
  xml.element("Active", 1), xml.element("Manual", std::uint64_t{0}), xml.element("Type", uid % 2);
  xml.element("IsNull", std::uint64_t{0}), xml.element("CreateDate", "2026-11-02T09:30:00");
  xml.element("WBS", outline), xml.element("OutlineNumber", outline);
  xml.element("OutlineLevel", summary ? 1 : 2), xml.element("Priority", 500);
  xml.element("Start", start), xml.element("Finish", finish), xml.element("Duration", work(length * 8));
  xml.element("DurationFormat", 7), xml.element("Work", work(length * 16));
  for (View const name :
       {"ResumeValid", "EffortDriven", "Recurring", "OverAllocated", "Estimated", "Milestone"})
    xml.element(name, std::uint64_t{0});
  xml.element("Summary", summary ? 1 : 0), xml.element("Critical", total == 0 ? 1 : 0);
  for (View const name : {"IsSubproject", "IsSubprojectReadOnly", "ExternalTask"})
    xml.element(name, std::uint64_t{0});
  xml.element("EarlyStart", start), xml.element("EarlyFinish", finish);
  xml.element("LateStart", moment(day + 3, 8)), xml.element("LateFinish", moment(day + length + 3, 17));
  xml.element("StartVariance", std::uint64_t{0}), xml.element("FinishVariance", std::uint64_t{0});
  xml.element("WorkVariance", "3360000.0"), xml.element("FreeSlack", total / 2);
  xml.element("TotalSlack", total), xml.element("FixedCost", std::uint64_t{0});
  xml.element("FixedCostAccrual", 3), xml.element("PercentComplete", std::uint64_t{0});
  xml.element("PercentWorkComplete", std::uint64_t{0}), xml.element("Cost", 64000 * length);
  xml.element("RemainingDuration", work(length * 8)), xml.element("RemainingWork", work(length * 16));
  xml.element("ConstraintType", std::uint64_t{0}), xml.element("CalendarUID", "-1");
  xml.element("LevelAssignments", 1), xml.element("LevelingCanSplit", 1);
  xml.element("LevelingDelay", std::uint64_t{0}), xml.element("LevelingDelayFormat", 8);
  xml.element("IgnoreResourceCalendar", std::uint64_t{0});
  for (std::uint64_t links = uid > 100 && !summary ? 1 + random() % 5 : 0; links > 0; --links) {
    xml.open("PredecessorLink");
    xml.element("PredecessorUID", uid - 1 - random() % 90), xml.element("Type", random() % 8 == 0 ? 3 : 1);
    xml.element("CrossProject", std::uint64_t{0});
    xml.element("LinkLag", random() % 4 == 0 ? 4800 : std::uint64_t{0}), xml.element("LagFormat", 7);
    xml.close("PredecessorLink");
  }
  xml.element("IsPublished", 1), xml.close("Task");
}

void put_assignment(Xml& xml, std::uint64_t uid, std::uint64_t task, std::mt19937_64& random) {
  std::uint64_t const day = random() % 3000, length = 1 + random() % 20;
  xml.open("Assignment");
  xml.element("UID", uid), xml.element("TaskUID", task), xml.element("ResourceUID", 1 + random() % 40);
  xml.element("PercentWorkComplete", std::uint64_t{0}), xml.element("Cost", 64000 * length);
  xml.element("Delay", std::uint64_t{0}), xml.element("Finish", moment(day + length, 17));
  xml.element("WorkVariance", "120000.0"), xml.element("HasFixedRateUnits", 1);
  xml.element("FixedMaterial", std::uint64_t{0}), xml.element("LevelingDelayFormat", 7);
  xml.element("RegularWork", work(length * 8)), xml.element("RemainingCost", 64000 * length);
  xml.element("RemainingWork", work(length * 8)), xml.element("Start", moment(day, 8));
  xml.element("Units", 1), xml.element("Work", work(length * 8)),
      xml.element("WorkContour", std::uint64_t{0});
  xml.close("Assignment");
}

}  // namespace

std::string multiplied_xer(View xer, int times) {
  std::string result;
  result.reserve(xer.size() * static_cast<std::size_t>(times));
  std::vector<bool> fresh;
  std::vector<View> rows;
  bool repeated = false;
  auto const put_rows = [&] {
    for (int copy = 0; copy < times; ++copy) {
      for (View const row : rows) {
        auto const fields = split(row, '\t');
        result += fields[0];
        for (std::size_t i = 1; i < fields.size(); ++i) {
          result += '\t';
          if (copy > 0 && i < fresh.size() && fresh[i] && !fields[i].empty())
            result += static_cast<char>('0' + copy / 10), result += static_cast<char>('0' + copy % 10);
          result += fields[i];
        }
        result += '\n';
      }
    }
    rows.clear();
  };
  for (View const line : split(xer, '\n')) {
    if (repeated && line.starts_with("%R")) {
      rows.push_back(line);
      continue;
    }
    put_rows();
    auto const fields = split(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line, '\t');
    if (fields[0] == "%T") repeated = fields.size() > 1 && holds(repeated_tables, fields[1]);
    if (fields[0] == "%F") {
      fresh.assign(fields.size(), false);
      for (std::size_t i = 1; i < fields.size(); ++i) fresh[i] = holds(fresh_columns, fields[i]);
    }
    result.append(line).append("\n");
  }
  put_rows();
  return result;
}

std::string generated_mspdi(std::uint32_t tasks, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Xml xml;
  xml.open("Project xmlns=\"http://schemas.microsoft.com/project\"");
  xml.element("SaveVersion", 14), xml.element("Name", "house.xml"), xml.element("Title", "House");
  xml.element("ScheduleFromStart", 1), xml.element("StartDate", "2027-01-04T08:00:00");
  xml.element("CurrencyCode", "EUR"), xml.element("CalendarUID", 1), xml.element("MinutesPerDay", 480);
  xml.element("MinutesPerWeek", 2400);
  put_calendar(xml);
  xml.open("Tasks");
  for (std::uint64_t uid = 1; uid <= tasks; ++uid) put_task(xml, uid, random);
  xml.close("Tasks"), xml.open("Resources");
  for (std::uint64_t uid = 1; uid <= 40; ++uid) {
    xml.open("Resource"), xml.element("UID", uid), xml.element("Name", "Crew " + std::to_string(uid));
    xml.element("Type", 1), xml.element("MaxUnits", 1), xml.element("StandardRate", 80);
    xml.close("Resource");
  }
  xml.close("Resources"), xml.open("Assignments");
  std::uint64_t assignment = 0;
  for (std::uint64_t task = 1; task <= tasks; ++task) {
    for (int i = 0; i < 2; ++i) put_assignment(xml, ++assignment, task, random);
  }
  xml.close("Assignments"), xml.close("Project");
  return xml.take();
}

}  // namespace rapport::support
