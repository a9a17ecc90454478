#include "rapport/schedule/quality.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <set>

#include "rapport/exchange/read.h"
#include "support/corpus.h"
#include "support/hour_plan.h"

namespace rapport {
namespace {

using support::hour;
using support::HourPlan;
using testing::ElementsAre;

/// Eight hours are a day: DayLength::EightHours, on a calendar round the clock.
QualityOptions eight_hours() {
  QualityOptions options;
  options.day = DayLength::EightHours;
  return options;
}

constexpr double workday = 8;

/// A chain of tasks without a fault: S → T1 … T20 → F, every task with an expense and a baseline. Two are
/// done; the data date is the end of the second.
struct SoundPlan : HourPlan {
  SoundPlan() {
    facts.subprojects[0].data_date = hour(2 * workday);
    activity("S", 0).kind = ActivityKind::StartMilestone;
    done(facts.activities.back(), 0, 0);
    for (int k = 1; k <= 20; ++k) {
      auto& made = activity("T" + std::to_string(k), workday);
      made.name = "Task " + std::to_string(k);
      if (k <= 2) done(made, (k - 1) * workday, k * workday);
      link(k == 1 ? "S" : "T" + std::to_string(k - 1), "T" + std::to_string(k));
      baseline(made.key, (k - 1) * workday, k * workday);
      Expense& expense = facts.expenses.emplace_back();
      expense.activity = made.key, expense.name = "cost";
    }
    activity("F", 0).kind = ActivityKind::FinishMilestone;
    link("T20", "F");
  }
  Activity& at(std::string const& key) {
    return *std::find_if(facts.activities.begin(), facts.activities.end(),
                         [&](Activity const& each) { return each.key == key; });
  }
  Link& link_into(std::string const& key) {
    return *std::find_if(facts.links.begin(), facts.links.end(),
                         [&](Link const& each) { return each.successor == key; });
  }
  static void done(Activity& activity, double start, double finish) {
    activity.progress.actual_start = hour(start), activity.progress.actual_finish = hour(finish);
  }
  void baseline(std::string const& key, double start, double finish) {
    RecordedDates& dates = facts.recorded_dates.emplace_back();
    dates.key = key;
    dates.baseline = Baseline{hour(start), hour(finish)};
  }
  [[nodiscard]] Quality quality(QualityOptions const& options = eight_hours()) const {
    auto const made = project();
    return check_quality(schedule(compile(made)), made, options);
  }
};

/// Ids of the checks that fail.
std::vector<std::string> failed(Quality const& quality, QualityStandard standard = QualityStandard::Dcma) {
  std::vector<std::string> ids;
  for (auto const& check : quality.checks)
    if (check.standard == standard && check.verdict == Verdict::Fail) ids.push_back(check.id);
  return ids;
}

std::vector<std::string> found(Quality const& quality, std::string const& check) {
  std::vector<std::string> lines;
  for (auto const& each : quality.findings)
    if (each.check == check)
      lines.push_back((each.predecessor.empty() ? "" : each.predecessor + ">") + each.activity + ": " +
                      each.reason);
  return lines;
}

TEST(Quality, PassesEveryPointOfASoundPlan) {
  auto const quality = SoundPlan().quality();
  EXPECT_THAT(failed(quality), ElementsAre());
  EXPECT_THAT(failed(quality, QualityStandard::Gao), ElementsAre());
  EXPECT_EQ(quality.passed(QualityStandard::Dcma), 13u);  // point 10 has no limit
  EXPECT_EQ(quality.check("dcma.resources").verdict, Verdict::NoLimit);
  EXPECT_TRUE(quality.findings.empty());
  for (auto const* id : {"gao.all_activities", "gao.vertical_traceability", "gao.risk_analysis"})
    EXPECT_EQ(quality.check(id).verdict, Verdict::NotInPlan) << id;
  for (int point = 1; point <= 10; ++point)
    EXPECT_TRUE(std::any_of(quality.checks.begin(), quality.checks.end(), [&](QualityCheck const& check) {
      return check.standard == QualityStandard::Gao && check.point == point;
    })) << point;
}

// 18 of the 20 tasks are unfinished, so one of them is 5.56 per cent: just above the usual limit.
TEST(Quality, TripsOverATaskThatNothingFollows) {
  SoundPlan plan;
  plan.activity("X", workday).name = "Loose";
  plan.link("T2", "X");
  plan.baseline("X", 2 * workday, 3 * workday);
  plan.facts.expenses.emplace_back().activity = "X";
  auto const quality = plan.quality();
  EXPECT_THAT(failed(quality), ElementsAre("dcma.logic"));
  EXPECT_THAT(found(quality, "dcma.logic"), ElementsAre("X: no successor"));
  EXPECT_EQ(quality.check("dcma.logic").count, 1u);
  EXPECT_EQ(quality.check("dcma.logic").out_of, 19u);
  EXPECT_THAT(failed(quality, QualityStandard::Gao),
              ElementsAre("gao.sequencing", "gao.horizontal_traceability"));
}

TEST(Quality, CountsEndsThatNoLinkHoldsAsMissingLogic) {
  SoundPlan plan;
  plan.link_into("T9").type = LinkType::StartToStart;  // nothing waits for the finish of T8
  auto options = eight_hours();
  EXPECT_THAT(found(plan.quality(options), "dcma.logic"),
              ElementsAre("T8: nothing waits for its finish: only its start is linked"));
  plan.link_into("T9").type = LinkType::FinishToFinish;
  EXPECT_THAT(found(plan.quality(options), "dcma.logic"),
              ElementsAre("T9: no link holds its start: only finishes are linked"));
  options.dangling = false;
  EXPECT_THAT(found(plan.quality(options), "dcma.logic"), ElementsAre());
}

TEST(Quality, LetsTheFirstAndTheLastOfAProjectStandAlone) {
  HourPlan plan;
  plan.activity("A", 8), plan.activity("B", 8), plan.activity("C", 4);
  plan.link("A", "B");
  auto const project = plan.project();
  auto const quality = check_quality(schedule(compile(project)), project, eight_hours());
  EXPECT_THAT(found(quality, "dcma.logic"), ElementsAre("C: no predecessor; no successor"));
}

TEST(Quality, TripsOverALead) {
  SoundPlan plan;
  plan.link_into("T9").lag.seconds = hours(-2).seconds;
  auto const quality = plan.quality();
  EXPECT_THAT(failed(quality), ElementsAre("dcma.leads"));
  EXPECT_THAT(found(quality, "dcma.leads"), ElementsAre("T8>T9: lead of -2h"));
  // Links into what is not completed: 18 tasks and the last milestone.
  EXPECT_EQ(quality.check("dcma.leads").out_of, 19u);
}

TEST(Quality, CountsLagsByLinkOrByActivityAndAboveATolerance) {
  SoundPlan plan;
  plan.link_into("T9").lag.seconds = hours(40).seconds;
  auto options = eight_hours();
  EXPECT_THAT(failed(plan.quality(options)), ElementsAre("dcma.lags"));
  EXPECT_EQ(plan.quality(options).check("dcma.lags").out_of, 19u);
  set_option(options, "lag_share", "of_activities");
  EXPECT_EQ(plan.quality(options).check("dcma.lags").out_of, 18u);
  set_option(options, "lag_tolerance", "40h");
  EXPECT_THAT(failed(plan.quality(options)), ElementsAre());
  set_option(options, "lag_tolerance", "39h59m");
  EXPECT_THAT(failed(plan.quality(options)), ElementsAre("dcma.lags"));
}

TEST(Quality, WantsNineOfTenLinksFromFinishToStart) {
  SoundPlan plan;
  for (auto const* key : {"T9", "T12"}) {  // beside the finish-to-start links
    auto const from = "T" + std::to_string(std::stoi(key + 1) - 1);
    plan.link(from, key, LinkType::StartToStart);
  }
  auto const two_of_21 = plan.quality();
  EXPECT_THAT(failed(two_of_21), ElementsAre());
  EXPECT_EQ(two_of_21.check("dcma.relation_types").count, 19u);
  plan.link("T14", "T15", LinkType::FinishToFinish);
  EXPECT_THAT(failed(plan.quality()), ElementsAre("dcma.relation_types"));
  EXPECT_THAT(found(plan.quality(), "dcma.relation_types"),
              ElementsAre("T8>T9: is SS", "T11>T12: is SS", "T14>T15: is FF"));
}

TEST(Quality, CountsHardConstraintsByTheChosenMeaning) {
  struct Case {
    ConstraintKind kind;
    bool usual, mandatory, with_start_on;
  };
  // Later than the work ends in any case, or where links put it: nothing else trips.
  for (auto const& [kind, usual, mandatory, with_start_on] :
       {Case{ConstraintKind::FinishNoLaterThan, true, false, true},
        Case{ConstraintKind::StartNoLaterThan, true, false, true},
        Case{ConstraintKind::MandatoryStart, true, true, true},
        Case{ConstraintKind::StartOn, false, false, true},
        Case{ConstraintKind::StartNoEarlierThan, false, false, false}}) {
    SoundPlan plan;
    bool const finish = kind == ConstraintKind::FinishNoLaterThan;
    plan.at("T3").constraint = {kind, hour((finish ? 3 : 2) * workday)};
    auto options = eight_hours();
    options.delayed_activity = "T4";
    auto const count = [&](HardConstraints which) {
      options.hard_constraints = which;
      return plan.quality(options).check("dcma.hard_constraints").count;
    };
    EXPECT_EQ(count(HardConstraints::MandatoryAndNoLater), usual) << to_name(kind);
    EXPECT_EQ(count(HardConstraints::Mandatory), mandatory) << to_name(kind);
    EXPECT_EQ(count(HardConstraints::WithStartOn), with_start_on) << to_name(kind);
  }
}

TEST(Quality, TripsOverAHardConstraintThatMovesNothing) {
  SoundPlan plan;
  plan.at("T9").constraint = {ConstraintKind::FinishNoLaterThan, hour(9 * workday)};
  EXPECT_THAT(failed(plan.quality()), ElementsAre("dcma.hard_constraints"));
}

TEST(Quality, CountsFloatAndDurationAboveFortyFourDaysOfTheChosenLength) {
  SoundPlan plan;
  plan.at("T20").duration = hours(45 * workday);
  auto& short_one = plan.activity("X", workday);
  short_one.name = "Beside";
  plan.link("T19", "X").link("X", "F");
  plan.facts.expenses.emplace_back().activity = "X";
  plan.baseline("X", 19 * workday, 20 * workday);
  auto options = eight_hours();
  auto quality = plan.quality(options);
  EXPECT_THAT(found(quality, "dcma.high_duration"), ElementsAre("T20: 45.0 d remain"));
  EXPECT_THAT(found(quality, "dcma.high_float"), ElementsAre());  // exactly 44 days
  plan.at("T20").duration = hours(45 * workday + 1);
  quality = plan.quality(options);
  EXPECT_THAT(found(quality, "dcma.high_float"), ElementsAre("X: total float of 44.1 d"));
  EXPECT_THAT(failed(quality), ElementsAre("dcma.high_float", "dcma.high_duration"));
  // Twelve hours to a day of the calendar: 30 days.
  plan.facts.calendars[0].hours_per_day = 12;
  options.day = DayLength::ActivityCalendar;
  EXPECT_THAT(failed(plan.quality(options)), ElementsAre());
}

TEST(Quality, LeavesRollingWavesOutOfHighDurations) {
  SoundPlan plan;
  plan.facts.wbs = {{.key = "W", .parent = {}, .name = "All", .subproject = "plan"},
                    {.key = "W.2", .parent = "W", .name = "Later", .subproject = "plan"}};
  plan.at("T20").duration = hours(45 * workday);
  plan.at("T20").wbs = "W.2";
  auto options = eight_hours();
  EXPECT_THAT(failed(plan.quality(options)), ElementsAre("dcma.high_duration"));
  set_option(options, "rolling_wave", "W");
  EXPECT_THAT(failed(plan.quality(options)), ElementsAre());
  EXPECT_EQ(plan.quality(options).check("dcma.high_duration").out_of, 17u);
  options.rolling_wave = {"W.3"};
  EXPECT_THROW((void)plan.quality(options), NotFound);
}

TEST(Quality, TripsOverNegativeFloatAndThePathIndexWhenTheFinishIsHeld) {
  SoundPlan plan;
  plan.facts.subprojects[0].must_finish_by = hour(19.5 * workday);  // half a day too early
  auto quality = plan.quality();
  EXPECT_THAT(failed(quality), ElementsAre("dcma.negative_float"));
  EXPECT_EQ(quality.check("dcma.negative_float").count, 18u);
  EXPECT_DOUBLE_EQ(quality.check("dcma.critical_path_length_index").value.value(), 17.5 / 18);
  plan.facts.subprojects[0].must_finish_by = hour(19 * workday);
  EXPECT_THAT(failed(plan.quality()), ElementsAre("dcma.negative_float", "dcma.critical_path_length_index"));
}

TEST(Quality, TripsOverActualDatesAfterTheDataDate) {
  SoundPlan plan;
  SoundPlan::done(plan.at("T2"), workday, 2 * workday + 1);
  auto const quality = plan.quality();
  EXPECT_THAT(failed(quality), ElementsAre("dcma.invalid_dates"));  // on its day, so not missed
  EXPECT_EQ(quality.check("dcma.invalid_dates").out_of, 20u);
  EXPECT_THAT(found(quality, "dcma.invalid_dates"),
              ElementsAre("T2: actual finish 1970-01-01T17:00; the data date is 1970-01-01T16:00"));
}

TEST(Quality, TripsOverMicrosoftsForecastsBeforeTheStatusDate) {
  SoundPlan plan;
  plan.facts.subprojects[0].rules = Rules::microsoft();
  plan.facts.subprojects[0].planned_start = hour(0);
  plan.facts.subprojects[0].data_date = hour(3 * workday);  // T3 should be done: Project leaves it there
  auto const quality = plan.quality();
  EXPECT_THAT(found(quality, "dcma.invalid_dates"),
              ElementsAre("T3: forecast start 1970-01-01T16:00; the data date is 1970-01-02T00:00"));
}

TEST(Quality, SaysThatDatesCannotBeInvalidWithoutADataDate) {
  SoundPlan plan;
  plan.facts.subprojects[0].data_date.reset();
  EXPECT_EQ(plan.quality().check("dcma.invalid_dates").verdict, Verdict::NotApplicable);
  EXPECT_EQ(plan.quality().check("gao.updating").verdict, Verdict::NotApplicable);
}

TEST(Quality, GivesResourcesAsARatioWithoutLimit) {
  SoundPlan plan;
  std::erase_if(plan.facts.expenses, [](Expense const& each) { return each.activity == "T9"; });
  auto const quality = plan.quality();
  EXPECT_THAT(failed(quality), ElementsAre());
  EXPECT_EQ(quality.check("dcma.resources").count, 1u);
  EXPECT_EQ(quality.check("dcma.resources").out_of, 18u);
}

// Late against the baseline by a day, but done.
TEST(Quality, ReadsMissedTasksBothWays) {
  SoundPlan plan;
  plan.facts.recorded_dates[1].baseline = Baseline{hour(-20), hour(-12)};
  auto options = eight_hours();
  EXPECT_THAT(failed(plan.quality(options)), ElementsAre("dcma.missed_tasks"));
  EXPECT_EQ(plan.quality(options).check("dcma.missed_tasks").out_of, 2u);
  set_option(options, "missed_share", "of_all");
  EXPECT_EQ(plan.quality(options).check("dcma.missed_tasks").out_of, 20u);
  EXPECT_THAT(failed(plan.quality(options)), ElementsAre());  // exactly five per cent
  set_option(options, "missed", "open");
  EXPECT_EQ(plan.quality(options).check("dcma.missed_tasks").count, 0u);
}

// DCMA training example: 80 tasks due, 71 completed of which 68 were due.
TEST(Quality, GivesThePublishedBaselineExecutionIndices) {
  HourPlan plan;
  plan.facts.subprojects[0].data_date = hour(100);
  for (int k = 0; k < 90; ++k) {
    auto& made = plan.activity("T" + std::to_string(k), 1);
    bool const due = k < 80;
    if (k < 68 || (k >= 80 && k < 83)) SoundPlan::done(made, 10, 11);
    auto& dates = plan.facts.recorded_dates.emplace_back();
    dates.key = made.key;
    dates.baseline = Baseline{hour(due ? 10 : 200), hour(due ? 20 : 210)};
  }
  auto const project = plan.project();
  auto const dates = schedule(compile(project));
  QualityOptions options;
  EXPECT_DOUBLE_EQ(
      check_quality(dates, project, options).check("dcma.baseline_execution_index").value.value(), 71.0 / 80);
  set_option(options, "completed", "due");
  auto const due = check_quality(dates, project, options).check("dcma.baseline_execution_index");
  EXPECT_DOUBLE_EQ(due.value.value(), 0.85);
  EXPECT_EQ(due.verdict, Verdict::Fail);
}

// AcqNotes, "Critical Path Length Index": 720 workdays with 60 of negative float; PASEG: 20 days on 80, 20 on
// 800 and 200 on 800.
TEST(Quality, GivesThePublishedCriticalPathLengthIndices) {
  EXPECT_NEAR(critical_path_length_index(720, -60).value(), 0.917, 0.0005);
  EXPECT_NEAR(critical_path_length_index(80, 20).value(), 1.25, 0.005);
  EXPECT_DOUBLE_EQ(critical_path_length_index(800, 20).value(), 1.025);  // printed as 1.03
  EXPECT_NEAR(critical_path_length_index(800, 200).value(), 1.25, 0.005);
  EXPECT_FALSE(critical_path_length_index(0, 1));
  EXPECT_FALSE(baseline_execution_index(3, 0));
}

TEST(Quality, MeasuresTheIndexAgainstTheBaselineToo) {
  SoundPlan plan;
  plan.baseline("F", 18 * workday, 18 * workday);  // two days before the plan ends, eighteen from now
  auto options = eight_hours();
  options.finish_float = FinishFloat::Baseline;
  auto const check = plan.quality(options).check("dcma.critical_path_length_index");
  EXPECT_DOUBLE_EQ(check.value.value(), 16.0 / 18);
  EXPECT_EQ(check.verdict, Verdict::Fail);
}

TEST(Quality, FailsTheCriticalPathTestWhenADateHoldsTheFinish) {
  SoundPlan plan;
  plan.at("F").constraint = {ConstraintKind::MandatoryFinish, hour(20 * workday)};
  auto const quality = plan.quality();
  EXPECT_THAT(failed(quality), ElementsAre("dcma.critical_path_test"));
  EXPECT_EQ(quality.check("dcma.critical_path_test").value, 0);
  SoundPlan sound;
  EXPECT_EQ(sound.quality().check("dcma.critical_path_test").value, 600);
}

TEST(Quality, SeesThatThePathStopsAtADateSomebodyEntered) {
  SoundPlan plan;
  plan.at("T9").constraint = {ConstraintKind::StartNoEarlierThan, hour(15 * workday)};
  EXPECT_THAT(failed(plan.quality(), QualityStandard::Gao), ElementsAre("gao.unbroken_path"));
  EXPECT_THAT(found(plan.quality(), "gao.unbroken_path"), ElementsAre(testing::StartsWith("T9: ")));
}

TEST(Quality, NamesLinksThatWereNotWaitedFor) {
  SoundPlan plan;
  plan.at("T5").progress.actual_start = hour(workday);
  EXPECT_THAT(failed(plan.quality(), QualityStandard::Gao), ElementsAre("gao.out_of_sequence"));
  EXPECT_THAT(found(plan.quality(), "gao.out_of_sequence"),
              ElementsAre("T4>T5: FS: T5 started 1970-01-01T08:00, T4 finished not yet"));
}

TEST(Quality, CountsRedundantLinksWithTheChainThatSaysTheSame) {
  SoundPlan plan;
  EXPECT_EQ(plan.quality().check("gao.redundant_links").count, 0U);
  plan.link("T4", "T6").link("T5", "T6");  // T5>T6 is there already
  auto const quality = plan.quality();
  EXPECT_EQ(quality.check("gao.redundant_links").verdict, Verdict::NoLimit);
  EXPECT_EQ(quality.check("gao.redundant_links").count, 2U);
  EXPECT_THAT(
      found(quality, "gao.redundant_links"),
      testing::UnorderedElementsAre("T4>T6: as T4>T5:FS, T5>T6:FS", testing::EndsWith(": as T5>T6:FS")));
}

TEST(Quality, CountsMilestonesWhenAsked) {
  auto options = eight_hours();
  options.milestones = true;
  EXPECT_EQ(SoundPlan().quality(options).check("dcma.logic").out_of, 19u);
  EXPECT_EQ(SoundPlan().quality().check("dcma.logic").out_of, 18u);
}

TEST(QualityOptions, NamesTheNearestOptionAndWhatMayStandThere) {
  QualityOptions options;
  try {
    set_option(options, "lag_tolerence", "5h");
    FAIL();
  } catch (NotFound const& fault) {
    EXPECT_EQ(fault.nearest().front(), "lag_tolerance");
  }
  EXPECT_THROW(set_option(options, "missed", "late"), InvalidInput);
  EXPECT_THROW(set_option(options, "lag_limit", "-1"), InvalidInput);
  EXPECT_THROW(set_option(options, "lag_limit", "nan"), InvalidInput);
  EXPECT_THROW(set_option(options, "lag_tolerance", "5d"), InvalidInput);
  EXPECT_EQ(options, QualityOptions{});
}

TEST(QualityOptions, ReadBackWhatTheirTableSays) {
  QualityOptions options;
  options.milestones = true, options.lag_tolerance = hours(40), options.rolling_wave = {"A", "B"};
  options.missed = MissedWork::Open, options.high_float_days = 22.5;
  QualityOptions again;
  auto const table = option_table(options);
  for (std::size_t row = 0; row < table.rows(); ++row)
    set_option(again, table.text(row, 0), table.text(row, 1));
  EXPECT_EQ(again, options);
}

class RealPlanQuality : public testing::TestWithParam<char const*> {};

/// Counts made again by hand from the facts and the table of dates.
TEST_P(RealPlanQuality, AgreesWithCountsFromFactsAndTables) {
  RAPPORT_NEEDS_CORPUS(GetParam());
  Project const project(read(support::corpus(GetParam())).facts);
  auto const dates = schedule(compile(project));
  auto options = eight_hours();
  auto const quality = check_quality(dates, project, options);
  std::set<std::string> completed, out, counted;
  for (auto const& each : project.facts().activities) {
    if (each.progress.actual_finish) completed.insert(each.key);
    if (each.kind == ActivityKind::LevelOfEffort || each.microsoft.inactive) out.insert(each.key);
    if ((each.kind == ActivityKind::Task || each.kind == ActivityKind::ResourceDependent) &&
        !each.microsoft.inactive)
      counted.insert(each.key);
  }
  std::size_t leads = 0, finish_to_start = 0, links = 0;
  for (auto const& each : project.facts().links) {
    if (out.contains(each.predecessor) || out.contains(each.successor)) continue;
    if (completed.contains(each.successor)) continue;
    ++links;
    leads += is_percent(each.lag.kind) ? each.lag.percent < 0 : each.lag.seconds < 0;
    finish_to_start += each.type == LinkType::FinishToStart;
  }
  EXPECT_EQ(quality.check("dcma.leads").count, leads);
  EXPECT_EQ(quality.check("dcma.leads").out_of, links);
  EXPECT_EQ(quality.check("dcma.relation_types").count, finish_to_start);
  auto const table = dates.activities();
  auto const& keys = std::get<std::vector<std::string>>(table.column("key").values);
  auto const& floats = std::get<std::vector<std::int64_t>>(table.column("total_float_minutes").values);
  std::size_t negative = 0, high = 0, open = 0;
  for (std::size_t row = 0; row < keys.size(); ++row) {
    if (!counted.contains(keys[row]) || completed.contains(keys[row])) continue;
    ++open;
    negative += floats[row] < 0;
    high += floats[row] > 44 * 8 * 60;
  }
  EXPECT_EQ(quality.check("dcma.negative_float").count, negative);
  EXPECT_EQ(quality.check("dcma.negative_float").out_of, open);
  EXPECT_EQ(quality.check("dcma.high_float").count, high);
}

INSTANTIATE_TEST_SUITE_P(Corpus, RealPlanQuality,
                         testing::Values("xer/hotel.xer", "xer/cola.xer", "xer/roads.xer", "xer/override.xer",
                                         "xer/wk2.xer", "xer/takt.xer", "xer/terminal.xer",
                                         "xer/harbour_baseline.xer", "xer/harbour_update.xer",
                                         "mspdi/office_deployment.xml", "mspdi/commercial_construction.xml",
                                         "mspdi/residential_construction.xml", "mspdi/ss_lags.xml",
                                         "mspdi/levelled_elapsed_lags.xml", "mspdi/new_product_dev.xml",
                                         "mspdi/mpsplib/plain_31_mp_j90_a20_nr1.xml.gz"),
                         [](auto const& plan) {
                           std::string name = std::filesystem::path(plan.param).stem().stem().string();
                           return name;
                         });

}  // namespace
}  // namespace rapport
