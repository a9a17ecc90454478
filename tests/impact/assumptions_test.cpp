#include "rapport/impact/assumptions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "impact/small_plan.h"

namespace rapport::test {
namespace {

using testing::HasSubstr;

std::string refusal_of(std::string const& json) {
  try {
    (void)assess_options_from_document(json);
  } catch (Error const& error) {
    return error.what();
  }
  return "";
}

TEST(AssumptionsDocument, ReadsBackWhatItWrites) {
  AssessOptions options;
  options.quality.injected_per_hour = {.value = 0.5, .unit = "defects/h", .source = "us", .assumed = false};
  options.quality.repair_effort[5].value = 12;
  options.propagation.by_type[0].share = 0.25;
  options.propagation.counting = Counting::Expected;
  options.propagation.combination = Combination::StrongestPath;
  options.propagation.depth = 7;
  options.rework.attachment = ReworkAttachment::Finish;
  options.rework.suffix = "-AGAIN";
  EXPECT_EQ(assess_options_from_document(to_document(options)), options);
  EXPECT_EQ(assess_options_from_document("{}"), AssessOptions());
}

TEST(AssumptionsDocument, MakesDataOfWhatIsGivenAndLeavesTheRestAssumed) {
  auto const options = assess_options_from_document(
      R"({"injected_per_hour": {"value": 0.04, "source": "release 3"}, "removal_efficiency": {"unit": 0.5}})");
  EXPECT_FALSE(options.quality.injected_per_hour.assumed);
  EXPECT_EQ(options.quality.injected_per_hour.source, "release 3");
  EXPECT_EQ(options.quality.injected_per_hour.unit, "defects/h");
  auto const unit = static_cast<std::size_t>(TestLevel::Unit),
             system = static_cast<std::size_t>(TestLevel::System);
  EXPECT_FALSE(options.quality.removal_efficiency[unit].assumed);
  EXPECT_EQ(options.quality.removal_efficiency[unit].value, 0.5);
  EXPECT_TRUE(options.quality.removal_efficiency[system].assumed);
}

/// Of a change that reaches an activity by an implements trace which states nothing.
bool work_assumed_under(std::string const& assumptions) {
  auto facts = diamond();
  Requirement need;
  need.key = need.title = "REQ-1";
  facts.requirements = {need};
  Trace along = trace(requirement("REQ-1"), activity("B"), TraceType::Implements, 1, 1);
  along.likelihood.reset();
  along.share.reset();
  facts.traces = {along};
  return assessed(made(facts), change({changed("REQ-1", 0.5)}), assess_options_from_document(assumptions))
      .work_assumed();
}

TEST(AssumptionsDocument, GivenRulesAreDataEvenWhereTheyEqualTheDefault) {
  EXPECT_TRUE(work_assumed_under("{}"));
  auto const standard = PropagationRules().of(TraceType::Implements);
  auto const numbers = R"({"traces": {"implements": {"likelihood": )" +
                       std::to_string(standard.likelihood.value()) + R"(, "share": )" +
                       std::to_string(standard.share);
  EXPECT_FALSE(work_assumed_under(numbers + "}}}"));
  EXPECT_FALSE(work_assumed_under(numbers + R"(, "assumed": false}}})"));
  EXPECT_TRUE(work_assumed_under(numbers + R"(, "assumed": true}}})"));
  EXPECT_TRUE(work_assumed_under(numbers + R"(, "assumed": ["share"]}}})"));
  EXPECT_TRUE(work_assumed_under(to_document(AssessOptions()))) << "what is written keeps its marks";
  auto const mixed = assess_options_from_document(numbers + R"(, "assumed": ["share"]}}})");
  EXPECT_EQ(assess_options_from_document(to_document(mixed)), mixed);
  EXPECT_THAT(refusal_of(R"({"traces": {"implements": {"assumed": ["shares"]}}})"),
              HasSubstr("upstream_share"));
  EXPECT_THAT(refusal_of(R"({"traces": {"implements": {"assumed": 1}}})"), HasSubstr("list of names"));
}

TEST(AssumptionsDocument, RefusesWhatCannotBe) {
  EXPECT_THAT(refusal_of(R"({"injected_per_hour": 1e308})"), HasSubstr("from 0 to 1,000,000"));
  EXPECT_THAT(refusal_of(R"({"repair_effort": {"unit": 1e308}})"), HasSubstr("from 0 to 1,000,000"));
  EXPECT_THAT(refusal_of("[]"), HasSubstr(R"(like {"injected_per_hour": {"value")"));
  EXPECT_THAT(refusal_of(R"({"zzz": 1})"), HasSubstr("known here: injected_per_hour, removal_efficiency"));
  EXPECT_THAT(refusal_of(R"({"depth": 3, "depth": 4})"), HasSubstr("\"depth\" twice"));
  EXPECT_THAT(
      refusal_of(R"({"depth": 3, "repair_effort": {"unit": 1}, "removal_efficiency": {"unit": 0.5}})"), "");
}

TEST(AssumptionsDocument, RefusesWhatItDoesNotKnowNamingPlaceAndWayOut) {
  EXPECT_THAT(refusal_of(R"({"injected_per_hours": 1})"), HasSubstr("nearest: injected_per_hour"));
  EXPECT_THAT(refusal_of(R"({"removal_efficiency": {"unit": 1.5}})"), HasSubstr("level unit"));
  EXPECT_THAT(refusal_of(R"({"traces": {"implement": {}}})"), HasSubstr("nearest: implements"));
  EXPECT_THAT(refusal_of(R"({"traces": {"implements": {"likelihood": 2}}})"),
              HasSubstr("assumptions.traces.implements.likelihood is 2"));
  EXPECT_THAT(refusal_of(R"({"counting": "some"})"), HasSubstr("likely, expected, all"));
  EXPECT_THAT(refusal_of(R"({"repair_effort": {"operation": {"source": "x"}}})"), HasSubstr("no \"value\""));
  EXPECT_THAT(refusal_of(R"({"repair_effort": {"operation": -1}})"),
              HasSubstr("is -1 hours; give a number from 0"));
  EXPECT_THAT(refusal_of(R"({"depth": 2.5})"), HasSubstr("whole number"));
  EXPECT_THAT(refusal_of("[]"), HasSubstr("no JSON object"));
  EXPECT_THAT(refusal_of("{\n  \"depth\": }"), HasSubstr("2"));
  EXPECT_THAT(refusal_of(R"({"depth": "four"})"), HasSubstr("no number"));
}

}  // namespace
}  // namespace rapport::test
