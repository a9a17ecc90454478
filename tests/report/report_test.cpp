#include "rapport/report/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "notice/people_plan.h"
#include "report/markup.h"

namespace rapport::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t occurrences(std::string const& text, std::string const& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

std::string page_of(Facts facts, ReportOptions const& options = {}) {
  Project const project = made(std::move(facts));
  return report_html(project, assessed(project, needs_change()), options);
}

TEST(Report, IsWellFormedAndAccessibleInEveryLanguageAndCopy) {
  for (char const* language : {"en", "zh"})
    for (Copy const copy : {Copy::Internal, Copy::Client}) {
      SCOPED_TRACE(std::string(language) + (copy == Copy::Client ? " client" : " internal"));
      ReportOptions options;
      options.language = language;
      options.copy = copy;
      expect_accessible(page_of(people_plan(), options));
    }
}

TEST(Report, AnswersInItsFirstSentence) {
  std::string const html = page_of(people_plan());
  EXPECT_THAT(
      html,
      HasSubstr("If this change is made, the project finishes 5 days later, on 20\u00a0Jan\u00a02027, and it "
                "costs 2,400\u00a0EUR more."));
  ReportOptions chinese;
  chinese.language = "zh";
  EXPECT_THAT(page_of(people_plan(), chinese),
              HasSubstr("如实施本变更，项目将推迟 5 天，于2027年1月20日完成，费用增加 2,400\u00a0EUR。"));
}

TEST(Report, DrawsTheWayFromTheRequirementToTheFinish) {
  ImpactPage page;
  Project const project = made(people_plan());
  page = impact_page(project, assessed(project, needs_change()));
  std::string const text = to_markdown(page);
  auto const way = text.substr(text.find("How the change reaches the finish"));
  std::size_t at = 0;
  for (char const* step : {"REQ-1", "Task A", "Task B", "Task C", "Finish of the project"}) {
    auto const found = way.find(step, at);
    ASSERT_NE(found, std::string::npos) << step;
    at = found;
  }
}

TEST(Report, TellsOfTimeAloneWhetherItIsMoreOrLess) {
  Project const project = made(people_plan());
  for (auto const& [hours, words] : {std::pair{8.0, "takes longer"}, std::pair{-8.0, "takes less time"}}) {
    auto edit = add_work("A", hours);
    edit.duration_only = true;
    auto const html = report_html(project, assessed(project, change({edit})));
    EXPECT_THAT(html, HasSubstr(words));
    EXPECT_THAT(html, Not(HasSubstr("longer or shorter")));
  }
}

TEST(Report, NamesAnActivityThatTheChangeAddsAndCallsItNewOnce) {
  ActivityAddition edit;
  edit.activity = task("N", 24);
  edit.activity.name = "Certify the reader";
  edit.activity.subproject = "P";
  Expense fee;
  fee.amount = Money::of(500, eur);
  edit.expenses = {fee};
  Project const project = made(people_plan());
  auto const page = impact_page(project, assessed(project, change({edit})));
  EXPECT_EQ(page.costs.front().activity, "Certify the reader");
  EXPECT_EQ(page.names.at({FactKind::Activity, "N"}), "Certify the reader");
  EXPECT_THAT(report_html(project, assessed(project, change({edit}))), Not(HasSubstr("<small>new</small>")));
}

TEST(Report, MarkdownKeepsTheTotalInItsTableAndEmphasisWithoutSpaces) {
  Project const project = made(people_plan());
  std::string const text = to_markdown(impact_page(project, assessed(project, needs_change())));
  auto const total = text.find("| **Total** |");
  ASSERT_NE(total, std::string::npos);
  EXPECT_EQ(text.substr(total - 2, 2), "|\n");
  EXPECT_THAT(text, HasSubstr("- **A. Accept**: The change"));
}

TEST(Report, SaysHowManyDaysOfGraceTheContractGives) {
  auto facts = people_plan();
  ContractMilestone milestone;
  milestone.key = "M";
  milestone.activity = "C";
  milestone.due = parse_instant("2027-01-16T17:00");
  milestone.grace_days = 5;
  facts.contract_milestones = {milestone};
  // C ends on 20 January, 4 days after the agreed date.
  EXPECT_THAT(page_of(facts), HasSubstr("4 days after the agreed date, 5 days of grace"));
}

TEST(Report, SaysInItsLanguageWhyAStepFollows) {
  LinkChange later;
  later.link = follows("D", "B");
  Project const project = made(people_plan());
  auto const impact = assessed(project, change({add_work("D", 40), later}));
  auto const page_in = [&](std::string language) {
    ReportOptions options;
    options.language = std::move(language);
    return report_html(project, impact, options);
  };
  EXPECT_THAT(page_in("en"), HasSubstr("add 40h of work"));
  EXPECT_THAT(page_in("zh"), HasSubstr("增加工作 40h"));
  auto const linked =
      assessed(project, change({[] {
                 ConstraintChange wait;
                 wait.activity = "A";
                 wait.constraint = {ConstraintKind::StartNoEarlierThan, parse_instant("2027-01-11T08:00")};
                 return ChangeEdit(wait);
               }()}));
  EXPECT_THAT(report_html(project, linked,
                          [] {
                            ReportOptions options;
                            options.language = "zh";
                            return options;
                          }()),
              HasSubstr("约束 start_no_earlier_than 2027-01-11T08:00"));
}

TEST(Report, ShowsOnlyTheMostImportantOfManyAndSaysHowManyMore) {
  Facts facts = people_plan();
  for (int i = 0; i < 3996; ++i) {
    Activity more = task("X" + std::to_string(i), 8);
    more.subproject = "P";
    facts.activities.push_back(more);
    facts.links.push_back(follows("A", more.key));
  }
  std::string const html = page_of(std::move(facts));
  EXPECT_EQ(occurrences(html, "class=\"row\""), 40U);
  EXPECT_THAT(html, HasSubstr("The 40 most important activities are shown; 3,960 more move."));
  EXPECT_THAT(html, HasSubstr(">A</span>")) << "what the change itself bears on comes first";
  EXPECT_LT(html.size(), 200'000U);
}

TEST(Report, EscapesHostileNamesEverywhere) {
  std::string const hostile =
      "<script>alert('1')</script>\"> & ]]> {{title}} \u202Eevil\u0007 " + std::string(300, 'W');
  Facts facts = people_plan();
  facts.name = hostile;
  for (Activity& one : facts.activities) one.name = hostile;
  for (Stakeholder& one : facts.stakeholders) one.name = one.role = one.organisation = hostile;
  for (Requirement& one : facts.requirements) one.title = hostile;
  for (rapport::Test& one : facts.tests) one.name = hostile;
  for (Risk& one : facts.risks) {
    one.title = one.event = one.effect = hostile;
    one.shared_with_client = true;
  }
  for (Resource& one : facts.resources) one.name = hostile;
  for (ContractMilestone& one : facts.contract_milestones) one.name = hostile;
  Project const project = made(std::move(facts));
  ChangeRequest request = needs_change();
  request.title = request.reason = request.internal_note = hostile;
  Impact const impact = assessed(project, request);

  for (Copy const copy : {Copy::Internal, Copy::Client}) {
    ReportOptions options;
    options.copy = copy;
    std::string const html = report_html(project, impact, options);
    EXPECT_THAT(html, Not(HasSubstr("<script")));
    pugi::xml_document document;
    parse(document, html);
    EXPECT_THAT(report_markdown(project, impact, options), Not(HasSubstr("<script")));
  }
  EXPECT_THAT(to_html_card(impact), Not(HasSubstr("<script")));
  EXPECT_THAT(to_svg(assess_risks(project)), Not(HasSubstr("<script")));
}

TEST(Report, SaysPlainlyThatNothingMoves) {
  Project const project = made(diamond());
  Impact const impact = assessed(project, change({}));
  std::string const html = report_html(project, impact);
  expect_accessible(html);
  EXPECT_THAT(html, HasSubstr("the project still finishes on 15\u00a0Jan\u00a02027"));
  EXPECT_THAT(html, HasSubstr("No activity moves."));
  EXPECT_THAT(html, HasSubstr("Nobody in the register is touched."));
}

TEST(Report, IsRefusedInALanguageWithoutTexts) {
  Project const project = made(diamond());
  ReportOptions options;
  options.language = "fr";
  EXPECT_THROW(static_cast<void>(report_html(project, assessed(project, change({})), options)), InvalidInput);
}

TEST(Report, MarkdownTablesHaveAsManyCellsInEachRowAsInTheirHead) {
  Facts facts = people_plan();
  facts.activities[0].name = "a | b";
  Project const project = made(std::move(facts));
  Impact const impact = assessed(project, needs_change());
  for (Copy const copy : {Copy::Internal, Copy::Client}) {
    ReportOptions options;
    options.copy = copy;
    std::istringstream lines(report_markdown(project, impact, options));
    std::size_t cells = 0;
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("|")) {
        cells = 0;
        continue;
      }
      std::size_t const here = occurrences(line, "|") - occurrences(line, "\\|");
      if (cells == 0) cells = here;
      EXPECT_EQ(here, cells) << line;
    }
  }
}

TEST(Card, IsAFragmentWithoutScript) {
  Project const project = made(people_plan());
  Impact const impact = assessed(project, needs_change());
  for (std::string const& card :
       {to_html_card(impact), to_html_card(impact.activities()), to_html_card(assess_risks(project), "zh")}) {
    pugi::xml_document document;
    parse(document, card);
    EXPECT_STREQ(document.first_child().name(), "div");
    EXPECT_THAT(card, Not(HasSubstr("<script")));
    EXPECT_THAT(card, Not(HasSubstr("{{")));
  }
}

TEST(Card, OfATableSaysHowManyRowsItLeavesOut) {
  Table table("counts");
  table.add("n", std::vector<std::int64_t>{1, 2, 3}).add("text", std::vector<std::string>{"a", "", "<b>"});
  std::string const card = to_html_card(table, 2);
  EXPECT_THAT(card, HasSubstr("3 rows"));
  EXPECT_THAT(card, HasSubstr("1 more row"));
  EXPECT_THAT(card, Not(HasSubstr("&lt;b&gt;")));
  EXPECT_THAT(to_html_card(table, 3), HasSubstr("&lt;b&gt;"));
}

TEST(RiskPage, IsWellFormedAndShowsTheMatrix) {
  Project const project = made(people_plan());
  RiskRegister const reg = assess_risks(project);
  for (char const* language : {"en", "zh"}) expect_accessible(to_html(reg, language));
  EXPECT_THAT(to_html(reg), HasSubstr("RK-1"));
  EXPECT_THAT(to_markdown(reg), HasSubstr("Ransom"));
  expect_accessible(to_html(RiskRegister{}));

  pugi::xml_document picture;
  parse(picture, to_svg(reg));
  EXPECT_STREQ(picture.first_child().name(), "svg");
  int cells = 0;
  for_each_element(picture, [&](pugi::xml_node node) { cells += node.attribute("fill") ? 1 : 0; });
  EXPECT_EQ(cells, 25);
}

}  // namespace
}  // namespace rapport::test
