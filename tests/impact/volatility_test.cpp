#include "rapport/impact/volatility.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "impact/small_plan.h"

namespace rapport::test {
namespace {

using testing::ElementsAre;

Requirement need(std::string key, char const* learnt = nullptr) {
  Requirement made;
  made.key = std::move(key);
  if (learnt) made.source = Elicitation{.when = parse_instant(learnt), .reference = "minutes"};
  return made;
}

/// Three needs of May, one of which was reworded in June; the client confirmed the first on 20 May.
Facts elicited() {
  Facts facts;
  facts.requirements = {need("R-1", "2027-05-04"), need("R-2", "2027-05-10"), need("R-3", "2027-05-28")};
  facts.stakeholders.push_back({});
  facts.stakeholders.back().key = "client";
  auto& one = facts.requirements[1];
  one.version = 2;
  one.history = {
      {.text = "before", .when = parse_instant("2027-06-02"), .by = "ann", .reason = "Workshop 2"}};
  facts.requirements[0].confirmations = {{.version = 1, .by = "client", .when = parse_instant("2027-05-20")}};
  return facts;
}

std::vector<std::string> told(Volatility const& found) {
  std::vector<std::string> lines;
  for (auto const& event : found.events)
    lines.push_back((event.when ? to_string(event.when->date()) : "?") + " " +
                    std::string(name_of(event.step)) + " " + event.requirement + " (" + event.cause + ")" +
                    (event.change.empty() ? "" : " " + event.change));
  return lines;
}

TEST(Volatility, CountsStepsByPeriodAgainstWhatWasInForce) {
  auto const found = requirement_volatility(Project(elicited()));
  EXPECT_THAT(
      told(found),
      ElementsAre("2027-05-04 added R-1 (interview: minutes)", "2027-05-10 added R-2 (interview: minutes)",
                  "2027-05-28 added R-3 (interview: minutes)", "2027-06-02 changed R-2 (Workshop 2)"));
  ASSERT_EQ(found.periods.size(), 2U);
  auto const& may = found.periods[0];
  EXPECT_EQ(to_string(may.from), "2027-05-01");
  EXPECT_EQ(may.added, 3U);
  EXPECT_FALSE(may.volatility) << "nothing was in force before";
  auto const& june = found.periods[1];
  EXPECT_EQ(june.at_start, 3U);
  EXPECT_NEAR(*june.volatility, 1.0 / 3, 1e-12);
  // The client confirmed R-1 when were in force; since then R-3 has come.
  EXPECT_EQ(found.baseline, 2U);
  EXPECT_NEAR(*may.growth, 0.5, 1e-12);
  EXPECT_NEAR(*june.growth, 0.5, 1e-12);
}

TEST(Volatility, TellsWhatTheJournalRecordsWithItsReasonAndRequest) {
  auto facts = elicited();
  facts.change_requests.push_back(change({changed("R-1", 0.5)}));
  facts.change_requests[0].raised = parse_instant("2027-06-20");
  facts.change_requests[0].reason = "Guests come at night.";
  Project project(facts);
  auto one = project.at<Requirement>("R-1");
  one.text = "another";
  one.version = 2;
  one.history.push_back(
      {.version = 1, .text = "", .when = parse_instant("2027-07-01"), .by = "", .reason = "told twice"});
  project.apply(Edit("reworded as CR-1 asks").put(one), {"ann", parse_instant("2027-07-01")});
  project.apply(Edit("new wish").put(need("R-4")), {"bob", parse_instant("2027-07-02")});
  auto out = project.at<Requirement>("R-3");
  out.status = RequirementStatus::Withdrawn;
  project.apply(Edit("nobody needs it").put(out), {"ann", parse_instant("2027-08-03")});
  auto const found = requirement_volatility(project);
  auto const lines = told(found);
  EXPECT_THAT(std::vector(lines.begin() + 4, lines.end()),
              ElementsAre("2027-06-20 asked R-1 (Guests come at night.) CR-1",
                          "2027-07-01 changed R-1 (reworded as CR-1 asks) CR-1",
                          "2027-07-02 added R-4 (new wish)", "2027-08-03 removed R-3 (nobody needs it)"));
  ASSERT_EQ(found.periods.size(), 4U);
  EXPECT_EQ(found.periods[1].asked, 1U);
  EXPECT_NEAR(*found.periods[2].volatility, 2.0 / 3, 1e-12);
  EXPECT_EQ(found.periods[3].at_end, 3U);
  EXPECT_NEAR(*found.periods[2].growth, 1.0, 1e-12);
}

TEST(Volatility, TellsByPeriodWhatEachCauseDid) {
  Project project(elicited());
  project.apply(Edit("safety review").put(need("R-4")), {"ann", parse_instant("2027-06-03")});
  project.apply(Edit("safety review").put(need("R-5")), {"ann", parse_instant("2027-06-04")});
  project.apply(Edit("budget").remove(FactKind::Requirement, "R-1"), {"bob", parse_instant("2027-06-30")});
  project.apply(Edit("safety review").put(need("R-6")), {"ann", parse_instant("2027-07-01")});
  // Two were agreed on 20 May. R-3 came after it, of the same minutes as they: half of what was agreed more.
  EXPECT_EQ(to_csv(requirement_volatility(project).causes_table()),
            "from,to,cause,change,added,changed,removed,asked,growth\n"
            "2027-05-01,2027-06-01,interview: minutes,,3,0,0,0,0.5\n"
            "2027-06-01,2027-07-01,Workshop 2,,0,1,0,0,0\n"
            "2027-06-01,2027-07-01,safety review,,2,0,0,0,1\n"
            "2027-06-01,2027-07-01,budget,,0,0,1,0,-0.5\n"
            "2027-07-01,2027-08-01,safety review,,1,0,0,0,0.5\n");
  VolatilityOptions options;
  options.baseline = parse_instant("2027-06-15");
  // Before that baseline nothing is growth; five were in force.
  auto const later = requirement_volatility(project, options);
  EXPECT_EQ(later.baseline, 5U);
  EXPECT_FALSE(later.causes[0].growth);
  EXPECT_EQ(later.causes[2].growth, 0);
  EXPECT_EQ(later.causes[3].growth, -0.2);
}

TEST(Volatility, DoesNotCountWhatWasTakenBack) {
  Project project(elicited());
  project.apply(Edit("by mistake").put(need("R-9")), {"ann", parse_instant("2027-07-02")});
  project.undo({"ann", parse_instant("2027-07-03")});
  EXPECT_EQ(requirement_volatility(project).events, requirement_volatility(Project(elicited())).events);
}

TEST(Volatility, CountsUndatedNeedsFromTheStartAndSaysHowMany) {
  auto facts = elicited();
  facts.requirements.push_back(need("R-0"));
  facts.requirements.back().version = 3;
  auto const found = requirement_volatility(Project(facts));
  EXPECT_EQ(found.undated, 3U) << "its beginning and two changes";
  EXPECT_EQ(found.periods.front().at_start, 1U);
  EXPECT_NEAR(*found.periods.front().volatility, 3.0, 1e-12);
  Facts nothing_dated;
  nothing_dated.requirements = {need("R-1")};
  EXPECT_TRUE(requirement_volatility(Project(nothing_dated)).periods.empty());
}

TEST(Volatility, CountsAtNoTimeWhatWasWithdrawnNobodyKnowsWhen) {
  auto facts = elicited();
  facts.requirements[2].status = RequirementStatus::Withdrawn;
  auto const found = requirement_volatility(Project(facts));
  EXPECT_EQ(found.periods.back().at_end, 2U);
  EXPECT_EQ(found.periods.front().added, 2U);
}

TEST(Volatility, WhatWasAgreedStaysSoWhenTheRequirementThatWasConfirmedFirstIsRemoved) {
  Project project(elicited());
  project.apply(Edit("budget").remove(FactKind::Requirement, "R-1"), {"bob", parse_instant("2027-06-30")});
  auto const found = requirement_volatility(project);
  EXPECT_EQ(found.baseline_at, parse_instant("2027-05-20"));
  EXPECT_EQ(found.baseline, 2U);
  // A confirmation that was taken back with the requirement never was.
  Project other(elicited());
  auto early = need("R-7");
  early.confirmations = {{.version = 1, .by = "client", .when = parse_instant("2027-05-01")}};
  other.apply(Edit("by mistake").put(early), {"ann", parse_instant("2027-07-02")});
  other.undo({"ann", parse_instant("2027-07-03")});
  EXPECT_EQ(requirement_volatility(other).baseline_at, parse_instant("2027-05-20"));
}

TEST(Volatility, CutsTheCalendarWithoutGaps) {
  auto facts = elicited();
  facts.requirements[2].source->when = parse_instant("2028-03-01");
  for (auto const period : {Period::Weekly, Period::Monthly, Period::Quarterly, Period::Yearly}) {
    auto const found = requirement_volatility(Project(facts), {.period = period, .baseline = {}});
    for (std::size_t i = 0; i + 1 < found.periods.size(); ++i) {
      EXPECT_EQ(found.periods[i].to, found.periods[i + 1].from);
      EXPECT_EQ(found.periods[i].at_end, found.periods[i + 1].at_start);
    }
    EXPECT_EQ(found.periods.front().from.days <= parse_date("2027-05-04").days, true);
    EXPECT_GT(found.periods.back().to, parse_date("2028-03-01"));
  }
  auto const quarters = requirement_volatility(Project(facts), {.period = Period::Quarterly, .baseline = {}});
  EXPECT_EQ(to_string(quarters.periods.front().from), "2027-04-01");
  EXPECT_EQ(quarters.periods.size(), 4U);
  EXPECT_THROW((void)parse_period("fortnight"), InvalidInput);
}

/// Random edits, counted beside by a set that is changed with them.
TEST(Volatility, AgreesWithASetThatIsKeptBesideTheEdits) {
  std::mt19937 random(7);
  auto const pick = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  for (int trial = 0; trial < 40; ++trial) {
    Project project;
    std::set<std::string> standing;
    std::map<int, std::array<std::size_t, 3>> by_month;  // added, changed, removed
    std::map<int, std::size_t> at_end;
    for (int day = 0; day < 120; day += 1 + pick(5)) {
      Instant const when = at(Date::of(2027, 1, 1) + day);
      int const month = std::stoi(to_string(when.date()).substr(5, 2));
      std::string const key = "R-" + std::to_string(pick(8));
      if (!standing.contains(key)) {
        project.apply(Edit("added").put(need(key)), {"", when});
        standing.insert(key);
        ++by_month[month][0];
      } else if (pick(2) == 0) {
        auto one = project.at<Requirement>(key);
        ++one.version;
        one.text += "x";
        project.apply(Edit("changed").put(one), {"", when});
        ++by_month[month][1];
      } else {
        project.apply(Edit("removed").remove(FactKind::Requirement, key), {"", when});
        standing.erase(key);
        ++by_month[month][2];
      }
      at_end[month] = standing.size();
    }
    auto const found = requirement_volatility(project);
    EXPECT_EQ(found.undated, 0U);
    for (auto const& period : found.periods) {
      int const month = std::stoi(to_string(period.from).substr(5, 2));
      EXPECT_THAT((std::array{period.added, period.changed, period.removed}), testing::Eq(by_month[month]));
      if (at_end.contains(month)) {
        EXPECT_EQ(period.at_end, at_end[month]);
      }
    }
    // What the causes did adds up to each period, and what they add to the scope to its growth.
    auto cause = found.causes.begin();
    double grown = 0;
    for (auto const& period : found.periods) {
      std::array<std::size_t, 3> sum{};
      for (; cause != found.causes.end() && cause->from == period.from; ++cause) {
        sum = {sum[0] + cause->added, sum[1] + cause->changed, sum[2] + cause->removed};
        EXPECT_EQ(cause->growth.has_value(), period.growth.has_value());
        grown += cause->growth.value_or(0);
      }
      EXPECT_EQ(sum, (std::array{period.added, period.changed, period.removed}));
      if (period.growth) {
        EXPECT_NEAR(grown, *period.growth, 1e-9);
      }
    }
    EXPECT_EQ(cause, found.causes.end());
  }
}

}  // namespace
}  // namespace rapport::test
