#include "rapport/model/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rapport {
namespace {

using testing::HasSubstr;

/// The message with which `call` refuses, or "accepted".
template <class Call>
std::string refusal(Call&& call) {
  try {
    (void)call();
  } catch (ParseError const& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Document, ReadsWhatAPersonWrites) {
  auto const result = facts_from_document(R"({
    "name": "Pier",
    "currency": "EUR",
    "calendars": [{"key": "site", "week": {"monday": [["08:00", "12:00"], ["13:00", "24:00"]], "sunday": []}}],
    "activities": [{"key": "A1", "duration": "1h30m",
                    "constraint": {"kind": "start_no_earlier_than", "date": "2027-03-02T08:00"}}],
    "links": [{"predecessor": "A1", "successor": "A2", "type": "SS", "lag": "16eh"}],
    "traces": [{"from": "requirement:REQ-31", "to": "activity:A1", "type": "implements", "likelihood": 0.4}],
    "resources": [{"key": "R1", "rates": [{"standard": "85.50 EUR/h"}]}]
  })");
  EXPECT_TRUE(result.diagnostics.empty());
  auto const& facts = result.facts;
  EXPECT_EQ(facts.name, "Pier");
  EXPECT_EQ(facts.calendars[0].week[0], (DayShifts{{8 * 3600, 12 * 3600}, {13 * 3600, 86400}}));
  EXPECT_EQ(facts.calendars[0].week[1], std::nullopt);
  EXPECT_EQ(facts.calendars[0].week[6], DayShifts{});
  EXPECT_EQ(facts.activities[0].duration, minutes(90));
  EXPECT_EQ(facts.activities[0].constraint.date, at(Date::of(2027, 3, 2), 8 * 3600));
  EXPECT_EQ(facts.links[0].lag, (Lag{LagKind::Elapsed, 16 * 3600, 0}));
  EXPECT_EQ(facts.traces[0].likelihood, Probability(0.4));
  EXPECT_EQ(facts.resources[0].rates[0].standard.micro, 85'500'000);
}

TEST(Document, SaysWhereAnUnknownFieldStands) {
  auto const result =
      facts_from_document("{\"activities\": [\n  {\"key\": \"Ä1\", \"duratoin\": \"8h\"}]}", "needs.json");
  ASSERT_EQ(result.diagnostics.size(), 1U);
  EXPECT_EQ(to_string(result.diagnostics[0]),
            "needs.json:2:17: warning: activities[0].duratoin: there is no field \"duratoin\" here; it was "
            "left out; "
            "did you mean duration?");
}

TEST(Document, SaysWhereAndWhyAValueIsRefused) {
  EXPECT_EQ(refusal([] {
              return facts_from_document("{\"activities\": [\n {\"key\": \"A\", \"duration\": 8}]}",
                                         "n.json");
            }),
            "n.json:2:27: activities[0].duration: expected working time with its unit like \"96h\", found "
            "the number 8");
  EXPECT_THAT(
      refusal([] { return facts_from_document(R"({"tests":[{"key":"T","effort":"2d"}]})", "n.json"); }),
      HasSubstr("only a calendar knows"));
  EXPECT_THAT(
      refusal([] { return facts_from_document(R"({"stakeholders":[{"key":"S","power":7}]})", "n.json"); }),
      HasSubstr("n.json:1:37: stakeholders[0]: power is 7, which does not lie between 0 and 1"));
}

TEST(Document, ReadsEveryKindOfEdit) {
  auto const change = change_from_document(R"({"id": "CR-1", "title": "Pier", "edits": [
    {"requirement": "REQ-31", "magnitude": 0.35, "text": "new"},
    {"requirement": "REQ-32", "remove": true},
    {"activity": "A1", "add_work": "96h"},
    {"activity": "A1", "set_duration": "12d"},
    {"activity": "A1", "scale_work": 1.5},
    {"activity": "A1", "add_cost": "12000.00 EUR", "cost_account": "C"},
    {"activity": "A1", "constraint": {"kind": "as_late_as_possible"}},
    {"activity": "A1", "remove": true},
    {"resource": "R", "scale_rate": 1.08, "from": "2027-01-01"},
    {"add_link": {"predecessor": "A1", "successor": "A2", "lag": "50e%"}},
    {"remove_link": {"predecessor": "A1", "successor": "A2", "type": "FF"}},
    {"add_activity": {"key": "N1"}, "assignments": [{"resource": "R", "work": "8h"}], "expenses": []}
  ]})");
  EXPECT_EQ(change.key, "CR-1");
  ASSERT_EQ(change.edits.size(), 12U);
  EXPECT_EQ(change.edits[0], ChangeEdit(RequirementChange{"REQ-31", 0.35, "new", false}));
  EXPECT_EQ(change.edits[1], ChangeEdit(RequirementChange{"REQ-32", 1, "", true}));
  EXPECT_EQ(change.edits[2], ChangeEdit(WorkChange{"A1", Adjustment::Add, {96, TimeUnit::Hours}, 1, false}));
  EXPECT_EQ(change.edits[3], ChangeEdit(WorkChange{"A1", Adjustment::Set, {12, TimeUnit::Days}, 1, true}));
  EXPECT_EQ(change.edits[4], ChangeEdit(WorkChange{"A1", Adjustment::Scale, {}, 1.5, false}));
  EXPECT_EQ(std::get<ActivityAddition>(change.edits[11]).assignments[0].activity, "N1");
}

TEST(Document, NamesTheEditThatIsWrong) {
  auto const one = [](std::string const& edit) {
    return refusal([&] {
      return change_from_document(R"({"id":"C","edits":[{"activity":"A","add_work":"8h"},)" + edit + "]}",
                                  "c.json");
    });
  };
  EXPECT_THAT(one(R"({"activity":"A","add_work":"8h","add_cost":"1.00 EUR"})"),
              HasSubstr("edit 2: \"add_cost\" does not go with \"add_work\""));
  EXPECT_THAT(one(R"({"activity":"A"})"), HasSubstr("c.json:1:53: edit 2: this is no edit that is known"));
  EXPECT_THAT(one(R"({"activity":"A","add_wrok":"8h"})"), HasSubstr("edit 2"));
  EXPECT_THAT(one(R"({"requirement":"R","magnitude":2})"), HasSubstr("edit 2: magnitude is 2"));
  EXPECT_THAT(one(R"({"activity":"A","scale_work":-1})"), HasSubstr("edit 2: factor is -1"));
  EXPECT_THAT(one(R"({"activity":"A","add_work":"8"})"), HasSubstr("write minutes, hours, days or weeks"));
  EXPECT_THAT(one("7"), HasSubstr("edit 2: expected an edit like"));
}

TEST(ChangeDocument, NamesEachFieldThatItHasOnce) {
  try {
    (void)change_from_document(R"({"zzzzzzzzzz": 1})", "change.json");
    ADD_FAILURE() << "an unknown field is taken";
  } catch (ParseError const& error) {
    std::string const text = error.what();
    for (std::string_view const name : {" id,", " key,", " edits,", " title,"}) {
      auto const at = text.find(name);
      ASSERT_NE(at, std::string::npos) << name << " of " << text;
      EXPECT_EQ(text.find(name, at + 1), std::string::npos) << name << " of " << text;
    }
  }
}

TEST(Document, ThatIsNotUtf8IsToldSo) {
  auto const refusal = [](std::string_view text) -> std::string {
    try {
      (void)facts_from_document(text, "plan.json");
    } catch (ParseError const& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(refusal("{\"name\":\"caf\xE9 plan\"}"), "plan.json:1:13: this is not UTF-8; save it as UTF-8");
  // Nor what ends too soon.
  EXPECT_NE(refusal("{\"activities\":[").find("this is no JSON"), std::string::npos);
  EXPECT_NE(refusal("{").find("this is no JSON"), std::string::npos);
  // What is no JSON for another reason is not blamed on its characters.
  EXPECT_NE(refusal("{\"name\": é}").find("this is no JSON"), std::string::npos);
}

}  // namespace
}  // namespace rapport
