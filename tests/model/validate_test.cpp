#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "rapport/model/project.h"

namespace rapport {
namespace {

using testing::HasSubstr;

/// A small project in which everything fits.
Facts sound() {
  Facts facts;
  facts.stakeholders = {{.key = "ito"}, {.key = "li"}};
  facts.calendars = {five_day_calendar("site", {{8 * 3600, 12 * 3600}, {13 * 3600, 17 * 3600}})};
  facts.calendars.push_back({.key = "crew", .base = "site"});
  facts.subprojects = {{.key = "P", .calendar = "site"}};
  facts.wbs = {{.key = "W", .subproject = "P"}, {.key = "W.1", .parent = "W", .subproject = "P"}};
  facts.activities = {
      {.key = "A1", .subproject = "P", .wbs = "W.1", .duration = hours(8), .calendar = "crew"},
      {.key = "A2", .subproject = "P", .wbs = "W.1", .duration = hours(8)}};
  facts.links = {{.predecessor = "A1", .successor = "A2"}};
  facts.resources = {{.key = "R1", .calendar = "site"}};
  facts.cost_accounts = {{.key = "C"}, {.key = "C.1", .parent = "C"}};
  facts.assignments = {{.activity = "A1", .resource = "R1", .cost_account = "C.1"}};
  facts.expenses = {{.activity = "A1", .name = "crane", .cost_account = "C"}};
  facts.contract_milestones = {{.key = "M", .activity = "A2"}};
  facts.requirements = {{.key = "REQ-1", .owner = "ito"}, {.key = "REQ-2"}};
  facts.tests = {{.key = "T1", .activity = "A2"}};
  facts.traces = {{.from = {FactKind::Requirement, "REQ-1"}, .to = {FactKind::Activity, "A1"}}};
  facts.responsibilities = {{.stakeholder = "li", .node = {FactKind::Activity, "A1"}}};
  facts.risks = {{.key = "K", .owner = "li"}};
  facts.change_requests = {{.key = "CR", .by = "ito"}};
  facts.approval_limits = {{.key = "L", .approver = "ito"}};
  complete_keys(facts);
  return facts;
}

TEST(Validate, IsContentWithASoundProject) { EXPECT_TRUE(validate(sound()).empty()); }

struct Fault {
  char const* expected;
  std::function<void(Facts&)> make;
};

void expect_found(Severity severity, std::vector<Fault> const& faults) {
  for (auto const& fault : faults) {
    Facts facts = sound();
    fault.make(facts);
    auto const found = validate(facts);
    std::string all;
    bool met = false;
    for (auto const& finding : found) {
      std::string const text = finding.subject + ": " + finding.message;
      all += to_string(finding) + "\n";
      met = met || (finding.severity == severity && text == fault.expected);
      EXPECT_FALSE(finding.action.empty()) << text;
    }
    EXPECT_TRUE(met) << "expected: " << fault.expected << "\nfound: " << all;
    EXPECT_EQ(found.size(), 1U) << all;
    if (severity == Severity::Error)
      EXPECT_THROW((void)Project(facts), InvalidInput);
    else
      EXPECT_NO_THROW((void)Project(facts));
  }
}

TEST(Validate, RefusesReferencesThatNameNothing) {
  expect_found(
      Severity::Error,
      {
          {"link A1>A2:FS: successor names the activity A3, which is not there",
           [](Facts& f) { f.links[0].successor = "A3"; }},
          {"activity A1: calendar names the calendar x, which is not there",
           [](Facts& f) { f.activities[0].calendar = "x"; }},
          {"activity A1: wbs names the wbs node x, which is not there",
           [](Facts& f) { f.activities[0].wbs = "x"; }},
          {"trace requirement:REQ-1>activity:A1:depends_on: to names the test T9, which is not there",
           [](Facts& f) {
             f.traces[0].to = {FactKind::Test, "T9"};
           }},
          {"assignment A1>R1: resource names the resource x, which is not there",
           [](Facts& f) { f.assignments[0].resource = "x"; }},
          {"contract milestone M: activity names the activity x, which is not there",
           [](Facts& f) { f.contract_milestones[0].activity = "x"; }},
          {"approval limit L: approver names the stakeholder x, which is not there",
           [](Facts& f) { f.approval_limits[0].approver = "x"; }},
          {"calendar crew: base names the calendar x, which is not there",
           [](Facts& f) { f.calendars[1].base = "x"; }},
      });
}

TEST(Validate, SuggestsTheNearestKey) {
  Facts facts = sound();
  facts.activities[0].calendar = "crow";
  EXPECT_THAT(validate(facts).at(0).action, HasSubstr("(nearest: crew)"));
}

TEST(Validate, RefusesKeysThatAreMissingOrUsedTwice) {
  expect_found(Severity::Error,
               {
                   {"risk K: its key is used twice", [](Facts& f) { f.risks.push_back({.key = "K"}); }},
                   {"risk without a key: has no key", [](Facts& f) { f.risks.push_back({}); }},
               });
}

TEST(Validate, RefusesLoopsOfParents) {
  expect_found(Severity::Error,
               {
                   {"calendar site: inherits from itself: site → crew → site",
                    [](Facts& f) { f.calendars[0].base = "crew"; }},
                   {"calendar site: inherits from itself: site → site",
                    [](Facts& f) { f.calendars[0].base = "site"; }},
                   {"wbs node W: lies below itself: W → W.1 → W", [](Facts& f) { f.wbs[0].parent = "W.1"; }},
                   {"cost account C: lies below itself: C → C.1 → C",
                    [](Facts& f) { f.cost_accounts[0].parent = "C.1"; }},
               });
}

TEST(Validate, RefusesValuesOutOfRange) {
  expect_found(
      Severity::Error,
      {
          {"stakeholder ito: power is 2, which does not lie between 0 and 1",
           [](Facts& f) { f.stakeholders[0].power = 2; }},
          {"stakeholder ito: its hours do not run from one time of a day to a later one",
           [](Facts& f) {
             f.stakeholders[0].hours = WorkingHours{10, 10};
           }},
          {"activity A1: duration is negative", [](Facts& f) { f.activities[0].duration = hours(-1); }},
          {"activity A1: duration is longer than ten million hours",
           [](Facts& f) { f.activities[0].duration = hours(1e8); }},
          {"activity A1: physical_percent is 101, which does not lie between 0 and 100",
           [](Facts& f) { f.activities[0].progress.physical_percent = 101; }},
          {"activity A1: constraint has no date",
           [](Facts& f) { f.activities[0].constraint.kind = ConstraintKind::StartOn; }},
          {"activity A1: deadline lies outside the years 1400 to 9999",
           [](Facts& f) { f.activities[0].deadline = Instant{-99'999'999'999}; }},
          {"activity A1: name is not valid UTF-8", [](Facts& f) { f.activities[0].name = "\xFF"; }},
          {"requirement REQ-1: its version is 0", [](Facts& f) { f.requirements[0].version = 0; }},
          {"trace requirement:REQ-1>activity:A1:depends_on: share is -1, which does not lie between 0 and 1",
           [](Facts& f) { f.traces[0].share = -1; }},
          {"test T1: removal_efficiency is 1.5, which does not lie between 0 and 1",
           [](Facts& f) { f.tests[0].removal_efficiency = 1.5; }},
          {"assignment A1>R1: units is -1, which does not lie between 0 and 1.79769e+308",
           [](Facts& f) { f.assignments[0].units = -1; }},
          {"assignment A1>R1: a part of its curve is -1, which does not lie between 0 and 1e+09",
           [](Facts& f) {
             f.assignments[0].curve = {2, -1};
           }},
          {"assignment A1>R1: a part of its curve is 1e+300, which does not lie between 0 and 1e+09",
           [](Facts& f) { f.assignments[0].curve = {1e300}; }},
          {"assignment A1>R1: has a curve without any work",
           [](Facts& f) {
             f.assignments[0].curve = {0, 0};
           }},
          {"assignment A1>R1: duration is negative", [](Facts& f) { f.assignments[0].duration = hours(-1); }},
          {"calendar site: hours_per_day is not positive",
           [](Facts& f) { f.calendars[0].hours_per_day = 0; }},
          {"change request CR: edit 1: magnitude is 2, which does not lie between 0 and 1",
           [](Facts& f) {
             f.change_requests[0].edits = {RequirementChange{"REQ-1", 2, "", false}};
           }},
          {"risk K: rating rates one objective twice",
           [](Facts& f) {
             f.risks[0].rating.impacts = {{Objective::Cost, 0.1}, {Objective::Cost, 0.2}};
           }},
      });
}

TEST(Validate, RefusesFactsThatContradictThemselves) {
  expect_found(
      Severity::Error,
      {
          {"link A1>A2:FS: makes activity A1 wait for itself", [](Facts& f) { f.links[0].successor = "A1"; }},
          {"trace requirement:REQ-1>activity:A1:depends_on: leads from requirement:REQ-1 to itself",
           [](Facts& f) { f.traces[0].to = f.traces[0].from; }},
          {"activity A1: its actual finish (1970-01-02T00:00) lies before its actual start "
           "(1970-01-03T00:00)",
           [](Facts& f) {
             f.activities[0].progress = {.actual_start = at(Date{2}), .actual_finish = at(Date{1})};
           }},
          {"calendar site: the shifts 08:00–12:00 and 11:00–17:00 of Monday overlap",
           [](Facts& f) { (*f.calendars[0].week[0])[1].from = 11 * 3600; }},
          {"calendar site: the shifts 08:00–12:00 and 07:00–07:30 of 2027-01-01 are out of order",
           [](Facts& f) {
             Date const day = Date::of(2027, 1, 1);
             f.calendars[0].exceptions = {{day, day, {{8 * 3600, 12 * 3600}, {7 * 3600, 27000}}, ""}};
           }},
          {"calendar site: the exception from 2027-01-02 ends before it, on 2027-01-01",
           [](Facts& f) {
             f.calendars[0].exceptions = {{Date::of(2027, 1, 2), Date::of(2027, 1, 1), {}, ""}};
           }},
          {"resource R1: its rates are not in order of their beginnings",
           [](Facts& f) {
             f.resources[0].rates = {{.from = at(Date{1})}, {.from = at(Date{0})}};
           }},
      });
}

TEST(Validate, WarnsOfWhatIsOddButUsable) {
  expect_found(Severity::Warning,
               {
                   {"risk K: owner names the stakeholder bo, which is not there",
                    [](Facts& f) { f.risks[0].owner = "bo"; }},
                   {"change request CR: by names the stakeholder client:Ito, which is not there",
                    [](Facts& f) { f.change_requests[0].by = "client:Ito"; }},
                   {"change request CR: edits.activity names the activity A9, which is not there",
                    [](Facts& f) { f.change_requests[0].edits = {ActivityRemoval{"A9"}}; }},
                   {"activity A1: is a milestone that lasts 8h",
                    [](Facts& f) { f.activities[0].kind = ActivityKind::StartMilestone; }},
                   {"activity A1: deadline is 2999-01-01T00:00",
                    [](Facts& f) { f.activities[0].deadline = at(Date::of(2999, 1, 1)); }},
                   {"activity A1: has an actual finish but no actual start",
                    [](Facts& f) { f.activities[0].progress.actual_finish = at(Date{1}); }},
                   {"recorded dates x: key names the activity x, which is not there",
                    [](Facts& f) { f.recorded_dates = {{.key = "x"}}; }},
               });
}

TEST(Validate, LetsAChangeNameWhatItAddsItself) {
  Facts facts = sound();
  facts.change_requests[0].edits = {ActivityAddition{{.key = "N1"}, {}, {}},
                                    LinkChange{{.predecessor = "A1", .successor = "N1"}, false}};
  EXPECT_TRUE(validate(facts).empty());
}

}  // namespace
}  // namespace rapport
