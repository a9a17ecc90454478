// Real files against a slow, obvious reading of the same bytes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "exchange/reading.h"
#include "rapport/model/project.h"
#include "support/corpus.h"

namespace rapport {
namespace {

using Row = std::map<std::string, std::string>;

std::vector<std::string> split(std::string const& text, char separator) {
  std::vector<std::string> parts(1);
  for (char const c : text) {
    if (c == separator)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

std::map<std::string, std::vector<Row>> tables_of(std::string const& bytes) {
  std::map<std::string, std::vector<Row>> tables;
  std::string table;
  std::vector<std::string> columns;
  for (std::string line : split(bytes, '\n')) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    auto const cells = split(line, '\t');
    if (cells[0] == "%T") table = cells[1];
    if (cells[0] == "%F") columns = cells;
    if (cells[0] != "%R") continue;
    Row row;
    for (std::size_t i = 1; i < columns.size(); ++i) row[columns[i]] = i < cells.size() ? cells[i] : "";
    tables[table].push_back(row);
  }
  return tables;
}

std::vector<std::filesystem::path> files_below(std::string_view folder, std::string_view ending) {
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(support::corpus(folder))) {
    if (entry.path().string().ends_with(ending)) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string spelled(std::optional<Instant> instant) {
  if (!instant) return "";
  std::string text = to_string(*instant);
  text[10] = ' ';
  return text;
}

std::int64_t whole_minutes(std::string const& hours) { return std::llround(std::stod(hours) * 60); }

TEST(XerCorpus, HoldsWhatTheRowsSay) {
  RAPPORT_NEEDS_CORPUS("xer");
  for (auto const& path : files_below("xer", ".xer")) {
    SCOPED_TRACE(path.filename().string());
    auto tables = tables_of(bytes_of(path));
    Facts const facts = read(path).facts;
    auto const& tasks = tables["TASK"];
    ASSERT_EQ(facts.activities.size(), tasks.size());
    ASSERT_EQ(facts.recorded_dates.size(), tasks.size());
    EXPECT_EQ(facts.subprojects.size(), tables["PROJECT"].size());
    EXPECT_EQ(facts.calendars.size(), tables["CALENDAR"].size());
    EXPECT_EQ(facts.wbs.size(), tables["PROJWBS"].size());
    EXPECT_EQ(facts.cost_accounts.size(), tables["ACCOUNT"].size());
    EXPECT_EQ(facts.expenses.size(), tables["PROJCOST"].size());
    EXPECT_EQ(facts.assignments.size(), tables["TASKRSRC"].size());

    std::set<std::string> ids;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      Row row = tasks[i];
      SCOPED_TRACE(row["task_code"]);
      ids.insert(row["task_id"]);
      Activity const& activity = facts.activities[i];
      RecordedDates const& recorded = facts.recorded_dates[i];
      EXPECT_EQ(activity.source_id, row["task_id"]);
      EXPECT_THAT(activity.key, testing::HasSubstr(row["task_code"]));
      EXPECT_EQ(recorded.key, activity.key);
      EXPECT_EQ(spelled(recorded.early_start), row["early_start_date"]);
      EXPECT_EQ(spelled(recorded.early_finish), row["early_end_date"]);
      EXPECT_EQ(spelled(recorded.late_start), row["late_start_date"]);
      EXPECT_EQ(spelled(recorded.late_finish), row["late_end_date"]);
      EXPECT_EQ(spelled(activity.progress.actual_start), row["act_start_date"]);
      EXPECT_EQ(spelled(activity.progress.actual_finish), row["act_end_date"]);
      EXPECT_EQ(spelled(activity.expected_finish), row["expect_end_date"]);
      EXPECT_EQ(recorded.total_float.has_value(), !row["total_float_hr_cnt"].empty());
      if (recorded.total_float) {
        EXPECT_EQ(recorded.total_float->in_minutes(), whole_minutes(row["total_float_hr_cnt"]));
      }
      bool const milestone = row["task_type"] == "TT_Mile" || row["task_type"] == "TT_FinMile";
      if (!milestone && !row["target_drtn_hr_cnt"].empty()) {
        EXPECT_EQ(activity.duration.in_minutes(), whole_minutes(row["target_drtn_hr_cnt"]));
      }
      if (activity.constraint.date) {
        EXPECT_EQ(spelled(activity.constraint.date), row["cstr_date"]);
      }
    }
    std::size_t links = 0;
    for (Row row : tables["TASKPRED"])
      links += ids.contains(row["task_id"]) && ids.contains(row["pred_task_id"]);
    EXPECT_EQ(facts.links.size(), links);
  }
}

TEST(XerCorpus, GivesHotelItsKnownSize) {
  RAPPORT_NEEDS_CORPUS("xer/hotel.xer");
  Facts const facts = read(support::corpus("xer/hotel.xer")).facts;
  EXPECT_EQ(facts.activities.size(), 4236U);
  EXPECT_EQ(facts.links.size(), 7586U);
  EXPECT_EQ(facts.subprojects.size(), 4U);
  auto const count = [&](LinkType type) {
    return std::count_if(facts.links.begin(), facts.links.end(),
                         [&](Link const& link) { return link.type == type; });
  };
  EXPECT_EQ(count(LinkType::StartToStart), 1083);
  EXPECT_EQ(count(LinkType::FinishToFinish), 577);
  EXPECT_EQ(count(LinkType::StartToFinish), 1);
  auto const lags = std::count_if(facts.links.begin(), facts.links.end(),
                                  [](Link const& link) { return link.lag.seconds != 0; });
  EXPECT_EQ(lags, 1336);
}

TEST(XerCorpus, ReadsCyrillicByTheEuroSign) {
  RAPPORT_NEEDS_CORPUS("xer/parser-only/aspose-tasks__encoding1251.xer");
  ReadResult const result = read(support::corpus("xer/parser-only/aspose-tasks__encoding1251.xer"));
  EXPECT_THAT(said(result), testing::HasSubstr("windows-1251, told by its currency symbols"));
}

/// The text of the first `<name>` in `xml`.
std::string element(std::string_view xml, std::string const& name) {
  std::size_t const open = xml.find("<" + name + ">");
  if (open == std::string_view::npos) return "";
  std::size_t const from = open + name.size() + 2;
  return std::string(xml.substr(from, xml.find("</" + name + ">", from) - from));
}

std::vector<std::string_view> elements(std::string_view xml, std::string const& name) {
  std::vector<std::string_view> found;
  std::size_t at = 0;
  while ((at = xml.find("<" + name + ">", at)) != std::string_view::npos) {
    std::size_t const end = xml.find("</" + name + ">", at);
    found.push_back(xml.substr(at, end - at));
    at = end;
  }
  return found;
}

TEST(MspdiCorpus, HoldsWhatTheElementsSay) {
  RAPPORT_NEEDS_CORPUS("mspdi");
  for (auto const& path : files_below("mspdi", ".xml")) {
    SCOPED_TRACE(path.filename().string());
    std::string const bytes = bytes_of(path);
    Facts const facts = read(path).facts;
    std::map<std::string, std::size_t> by_uid;
    for (std::size_t i = 0; i < facts.activities.size(); ++i) by_uid[facts.activities[i].source_id] = i;
    std::size_t tasks = 0, links = 0;
    for (std::string_view const task : elements(bytes, "Task")) {
      std::string const uid = element(task, "UID");
      if (uid == "0" || element(task, "IsNull") == "1") continue;
      SCOPED_TRACE(uid);
      ++tasks;
      links += elements(task, "PredecessorLink").size();
      ASSERT_TRUE(by_uid.contains(uid));
      Activity const& activity = facts.activities[by_uid[uid]];
      RecordedDates const& recorded = facts.recorded_dates[by_uid[uid]];
      auto const same = [&](std::optional<Instant> instant, std::string const& name) {
        std::string const text = element(task, name);
        EXPECT_EQ(instant ? at(instant->date(), instant->second_of_day()) : Instant{},
                  text.empty() ? Instant{} : parse_instant(text))
            << name;
      };
      same(recorded.early_start, "EarlyStart");
      same(recorded.early_finish, "EarlyFinish");
      same(recorded.late_start, "LateStart");
      same(recorded.late_finish, "LateFinish");
      EXPECT_EQ(activity.kind == ActivityKind::Summary, element(task, "Summary") == "1");
      EXPECT_EQ(activity.microsoft.manual, element(task, "Manual") == "1");
      if (std::string const slack = element(task, "TotalSlack"); !slack.empty()) {
        ASSERT_TRUE(recorded.total_float);
        EXPECT_EQ(recorded.total_float->seconds, std::stoll(slack) * 6);
      }
      if (std::string const duration = element(task, "Duration"); !duration.empty()) {
        int hours = 0, minutes = 0, seconds = 0;
        ASSERT_EQ(std::sscanf(duration.c_str(), "PT%dH%dM%dS", &hours, &minutes, &seconds), 3);
        EXPECT_EQ(activity.duration.seconds, hours * 3600 + minutes * 60 + seconds);
      }
    }
    EXPECT_EQ(facts.activities.size(), tasks);
    EXPECT_EQ(facts.links.size(), links);
    EXPECT_EQ(facts.calendars.size(), elements(bytes, "Calendar").size());
  }
}

TEST(Corpus, EveryPlanThatIsReadIsAProjectWithoutErrors) {
  RAPPORT_NEEDS_CORPUS("xer");
  RAPPORT_NEEDS_CORPUS("mspdi");
  for (auto const& [folder, ending] :
       {std::pair{"xer", ".xer"}, std::pair{"mspdi", ".xml"}, std::pair{"mspdi", ".gz"}}) {
    for (auto const& path : files_below(folder, ending)) {
      SCOPED_TRACE(path.filename().string());
      ReadResult result = read(path);
      for (Diagnostic const& each : result.diagnostics) {
        EXPECT_FALSE(each.message.empty());
        EXPECT_FALSE(each.action.empty()) << each.message;
      }
      EXPECT_NO_THROW(Project(std::move(result.facts)));
    }
  }
}

TEST(Corpus, WhatIsNoPlanIsRefused) {
  RAPPORT_NEEDS_CORPUS("reqif");
  for (auto const& path : files_below("reqif", "")) {
    SCOPED_TRACE(path.filename().string());
    EXPECT_THROW((void)read(path), ParseError);
  }
}

}  // namespace
}  // namespace rapport
