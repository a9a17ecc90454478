// A mark of the model, followed into every shape in which a reader meets the figure.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "notice/people_plan.h"
#include "rapport/report/report.h"
#include "report/markup.h"

namespace rapport::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char const* sentence = "An asterisk marks what rests on a general assumption";

/// The plan of people, with everything that a change of REQ-1 rests on stated or left to defaults.
struct Made {
  Project project;
  Impact impact;
};
Made assessed_plan(bool on_defaults) {
  Facts facts = people_plan();
  facts.tests[0].removal_efficiency = 0.5;
  facts.requirements.push_back(facts.requirements[0]);
  facts.requirements[1].key = "REQ-2";
  facts.requirements[1].acceptance_criterion = "Nobody waits.";
  facts.requirements[1].status = RequirementStatus::Verified;
  facts.traces.push_back(trace(requirement("REQ-1"), requirement("REQ-2"), TraceType::Derives, 0.8, 0.5));
  // So that the test is run again only because of how REQ-2 derives from REQ-1.
  facts.traces[1] = trace(requirement("REQ-2"), test_node("T-1"), TraceType::Verifies, 1, 1);
  if (on_defaults)
    for (Trace& one : facts.traces) {
      one.likelihood.reset();
      one.share.reset();
    }
  AssessOptions options;
  if (!on_defaults) {
    options.quality.injected_per_hour.assumed = false;
    for (Assumption& each : options.quality.removal_efficiency) each.assumed = false;
    for (Assumption& each : options.quality.repair_effort) each.assumed = false;
  }
  Project project = made(std::move(facts));
  Impact impact = assessed(project, needs_change(), options);
  return {std::move(project), std::move(impact)};
}

/// Cells or items of a page that hold the asterisk.
std::vector<std::string> marked_texts(std::string const& html) {
  pugi::xml_document document;
  parse(document, html);
  std::vector<std::string> found;
  for_each_element(document, [&](pugi::xml_node node) {
    std::string const name = node.name();
    if (name != "td" && name != "dd" && name != "p" && name != "h3" && name != "li") return;
    std::string const text = visible_text(node);
    if (text.find('*') == std::string::npos || text.find("(*)") != std::string::npos) return;
    found.push_back(name == "td" ? visible_text(node.parent()) : text);
  });
  return found;
}

TEST(AssumedMark, GoesFromTheModelIntoTableAndDocument) {
  Made const plan = assessed_plan(true);
  Table const table = plan.impact.quality();
  auto const document = nlohmann::json::parse(to_document(plan.impact));
  ASSERT_EQ(document["quality"]["figures"].size(), plan.impact.quality_figures().size());
  int marks = 0;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    QualityFigure const& figure = plan.impact.quality_figures()[i];
    auto const& shown = document["quality"]["figures"][i];
    bool input_assumed = false;
    for (auto const& input : shown["inputs"]) input_assumed |= input["assumed"].get<bool>();
    EXPECT_EQ(shown["assumed"], figure.assumed);
    EXPECT_EQ(input_assumed, figure.assumed)
        << name_of(figure.measure) << ": a mark has its reason beside it";
    auto const& flags = std::get<std::vector<std::uint8_t>>(table.column("assumed").values);
    EXPECT_EQ(flags[i] != 0, figure.assumed);
    marks += figure.assumed ? 1 : 0;
  }
  EXPECT_GT(marks, 8);
  EXPECT_TRUE(document["finish"]["assumed"]);
  EXPECT_TRUE(document["cost"]["assumed"]);
  for (auto const& row : document["cost"]["lines"]) EXPECT_TRUE(row["assumed"]);
  EXPECT_TRUE(document["milestones"][0]["assumed"]);
  for (auto const& row : document["rework"]) EXPECT_TRUE(row["assumed"]);
  for (auto const& row : document["quality"]["defects"]) EXPECT_TRUE(row["assumed"]);
  for (auto const& row : document["quality"]["defects_by_phase"]) EXPECT_TRUE(row["assumed"]);
}

TEST(AssumedMark, GoesIntoEveryCopyAndFormat) {
  Made const plan = assessed_plan(true);
  std::size_t const figures =
      static_cast<std::size_t>(std::ranges::count_if(plan.impact.quality_figures(), &QualityFigure::assumed));
  for (char const* language : {"en", "zh"}) {
    ReportOptions options;
    options.language = language;
    std::string const page = report_html(plan.project, plan.impact, options);
    // Each assumed figure in its table, finish and cost below the headline and line by line with their total,
    // and the numbers behind them.
    EXPECT_GT(marked_texts(page).size(), figures + 4 + plan.impact.cost_lines().size()) << language;
    EXPECT_THAT(marked_texts(page),
                testing::Contains(HasSubstr(language == std::string("en") ? "Total" : "合计")));
    std::string const text = report_markdown(plan.project, plan.impact, options);
    EXPECT_THAT(text, HasSubstr("\\*"));
    options.copy = Copy::Client;
    auto const client = marked_texts(report_html(plan.project, plan.impact, options));
    // Finish, price, confirmations, tests; price, tests, coverage and confirmations again below.
    EXPECT_GE(client.size(), 8U) << language;
    EXPECT_THAT(report_markdown(plan.project, plan.impact, options), HasSubstr("\\*"));
  }
  ReportOptions client;
  client.copy = Copy::Client;
  EXPECT_THAT(report_html(plan.project, plan.impact, client), HasSubstr(sentence));
  EXPECT_THAT(report_markdown(plan.project, plan.impact, client), HasSubstr(sentence));
  EXPECT_THAT(to_html_card(plan.impact), HasSubstr("\u00a0*"));
  NoticeOptions english;
  english.language = "en";
  for (Notice const& notice : notify(plan.project, plan.impact, english).items)
    EXPECT_THAT(notice.text, HasSubstr(sentence));
}

/// The rows of the table of rework.
std::vector<std::string> rework_rows(Made const& plan, std::string const& language) {
  std::string const title =
      language == "en" ? "What the change does to the work of each activity" : "变更对各项活动工作量的影响";
  ReportOptions options;
  options.language = language;
  pugi::xml_document document;
  parse(document, report_html(plan.project, plan.impact, options));
  std::vector<std::string> rows;
  for_each_element(document, [&](pugi::xml_node node) {
    if (node.name() != std::string("caption")) return;
    if (visible_text(node) != title) return;
    for (auto const row : node.parent().child("tbody").children("tr")) rows.push_back(visible_text(row));
  });
  return rows;
}

TEST(AssumedMark, IsOnTheRowsOfReworkThatRestOnIt) {
  Made const guessed = assessed_plan(true), stated = assessed_plan(false);
  for (char const* language : {"en", "zh"}) {
    auto const rows = rework_rows(guessed, language);
    ASSERT_EQ(rows.size(), guessed.impact.reworks().size()) << language;
    for (std::size_t i = 0; i < rows.size(); ++i)
      EXPECT_EQ(rows[i].find('*') != std::string::npos, guessed.impact.reworks()[i].assumed) << rows[i];
    EXPECT_THAT(rows, testing::Contains(HasSubstr("*"))) << language;
    EXPECT_THAT(rework_rows(stated, language), testing::Each(Not(HasSubstr("*")))) << language;
  }
}

TEST(AssumedMark, IsNowhereWhenEverythingIsStated) {
  Made const plan = assessed_plan(false);
  for (QualityFigure const& figure : plan.impact.quality_figures())
    EXPECT_FALSE(figure.assumed) << name_of(figure.measure);
  auto const document = nlohmann::json::parse(to_document(plan.impact));
  EXPECT_FALSE(document["finish"]["assumed"]);
  EXPECT_FALSE(document["cost"]["assumed"]);
  for (Copy const copy : {Copy::Internal, Copy::Client}) {
    ReportOptions options;
    options.copy = copy;
    EXPECT_THAT(marked_texts(report_html(plan.project, plan.impact, options)),
                testing::Each(HasSubstr("asterisk")));
    EXPECT_THAT(report_markdown(plan.project, plan.impact, options), Not(HasSubstr("\\*")));
  }
}

TEST(UnknownFigure, IsOnNoPage) {
  // A plan without a requirement or test: nothing can be said of either.
  Project const project = made(diamond());
  Impact const impact = assessed(project, change({add_work("B", 8)}));
  EXPECT_THAT(to_html_card(impact), Not(HasSubstr("again")));
  for (Copy const copy : {Copy::Internal, Copy::Client}) {
    ReportOptions options;
    options.copy = copy;
    for (std::string const& page :
         {report_html(project, impact, options), report_markdown(project, impact, options)}) {
      EXPECT_THAT(page, Not(HasSubstr("0 tests")));
      EXPECT_THAT(page, Not(HasSubstr("0 requirements")));
      EXPECT_THAT(page, Not(HasSubstr("No test that was already passed")));
    }
  }
}

TEST(AssumedMark, TellsTheClientOfCoverageWithoutANumberThatIsInternal) {
  Made const plan = assessed_plan(true);
  ClientView const view = client_view(plan.project, plan.impact);
  ASSERT_TRUE(view.coverage);
  EXPECT_EQ(view.coverage->verified_before, 1);
  EXPECT_EQ(view.coverage->all_before, 2);
  EXPECT_EQ(view.coverage->verified_after, 0);
  EXPECT_TRUE(view.coverage->assumed);
  std::string const html = to_html(view);
  EXPECT_THAT(html, HasSubstr("1 of 2"));
  EXPECT_THAT(html, Not(HasSubstr("share redone")));
  EXPECT_THAT(html, Not(HasSubstr("Pressman")));
}

}  // namespace
}  // namespace rapport::test
