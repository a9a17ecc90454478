// Changes that add and remove activities and links are followed from what they touch; here they are held
// against schedules of the changed plan that were numbered and computed from scratch.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rapport/impact/assess_all.h"
#include "support/deeper.h"
#include "support/random_plan.h"

namespace rapport::test {
namespace {

using support::Chance;

struct Asked {
  ChangeRequest change;
  Overlay plan;  ///< The same, said without a change request.
};

bool has_work(Activity const& activity) {
  return activity.kind == ActivityKind::Task && !activity.progress.actual_start;
}

/// An activity that comes between others or goes, or a link that comes or goes.
Asked random_change(Chance& dice, Facts const& facts, Network const& network, int number) {
  Asked asked{{}, Overlay(network)};
  asked.change.key = "CR-" + std::to_string(number);
  auto const any = [&]() -> Activity const& {
    for (;;) {
      auto const& activity =
          facts.activities[dice.below(static_cast<std::uint32_t>(facts.activities.size()))];
      if (has_work(activity)) return activity;
    }
  };
  auto const link = [&](std::string const& from, std::string const& to) {
    LinkChange edit;
    edit.link.predecessor = from;
    edit.link.successor = to;
    edit.link.type = dice.one_in(4) ? LinkType::StartToStart : LinkType::FinishToStart;
    edit.link.lag.seconds = dice.below(3) * 14400;
    asked.change.edits.push_back(edit);
    asked.plan.add_link(edit.link);
  };
  switch (dice.below(4)) {
    case 0: {
      ActivityAddition edit;
      auto const& near = any();
      edit.activity.key = "NEW";
      edit.activity.name = "New work";
      edit.activity.subproject = near.subproject;
      edit.activity.calendar = near.calendar;
      edit.activity.duration = hours(1 + dice.below(80));
      asked.change.edits.push_back(edit);
      asked.plan.add_activity(edit.activity);
      link(near.key, "NEW");
      auto const& next = any();
      if (next.key != near.key && dice.below(3) != 0) link("NEW", next.key);
      break;
    }
    case 1: {
      ActivityRemoval edit;
      edit.activity = any().key;
      asked.change.edits.push_back(edit);
      asked.plan.remove_activity(edit.activity);
      break;
    }
    case 2: {
      auto const& from = any();
      auto const& to = any();
      if (from.key != to.key) link(from.key, to.key);
      break;
    }
    default: {
      auto const& gone = facts.links[dice.below(static_cast<std::uint32_t>(facts.links.size()))];
      LinkChange edit;
      edit.link = gone;
      edit.remove = true;
      asked.change.edits.push_back(edit);
      asked.plan.remove_link(gone.predecessor, gone.successor, gone.type);
    }
  }
  return asked;
}

/// The same change with a level of effort that nothing waits for: a plan with more of these is computed
/// in full.
ChangeRequest in_full(ChangeRequest change) {
  ActivityAddition hammock;
  hammock.activity.key = "HAMMOCK";
  hammock.activity.kind = ActivityKind::LevelOfEffort;
  change.edits.push_back(hammock);
  return change;
}

void expect_as_from_scratch(Impact const& impact, Schedule const& before, Schedule const& after,
                            std::string const& where) {
  EXPECT_EQ(impact.finish_delta(), after.finish() - before.finish()) << where;
  std::size_t listed = 0;
  for (auto const& delta : impact.activity_deltas()) {
    auto const was = before.network().find(delta.key), is = after.network().find(delta.key);
    ASSERT_EQ(delta.before.has_value(), was.has_value()) << where << ' ' << delta.key;
    ASSERT_EQ(delta.after.has_value(), is.has_value()) << where << ' ' << delta.key;
    if (was) {
      EXPECT_EQ(*delta.before, before.dates(*was)) << where << ' ' << delta.key;
    }
    if (is) {
      EXPECT_EQ(*delta.after, after.dates(*is)) << where << ' ' << delta.key;
    }
    listed += is ? 1 : 0;
  }
  EXPECT_EQ(listed, after.network().activity_count()) << where;
}

/// The activities that the change names itself.
std::vector<std::string> named_by(ChangeRequest const& change) {
  std::vector<std::string> keys;
  for (auto const& edit : change.edits) {
    if (auto const* link = std::get_if<LinkChange>(&edit)) keys.push_back(link->link.successor);
    if (auto const* added = std::get_if<ActivityAddition>(&edit)) keys.push_back(added->activity.key);
    if (auto const* removed = std::get_if<ActivityRemoval>(&edit)) keys.push_back(removed->activity);
  }
  return keys;
}

class ChangedStructure : public testing::TestWithParam<std::uint32_t> {};

TEST_P(ChangedStructure, IsFollowedToWhatAScheduleFromScratchSays) {
  Chance dice(GetParam());
  bool const late_ones = GetParam() % 2 == 0;
  Project const project(support::random_plan(dice, 60, {.progress = true, .late_ones = late_ones}));
  auto const network = compile(project);
  auto const before = schedule(network);
  std::vector<ChangeRequest> changes, whole;
  std::vector<std::optional<Schedule>> expected;
  for (int k = 0; k < 60; ++k) {
    auto const asked = random_change(dice, project.facts(), network, k);
    changes.push_back(asked.change);
    whole.push_back(in_full(asked.change));
    try {
      expected.emplace_back(schedule(asked.plan, before.rules()));
    } catch (CycleError const&) {
      expected.emplace_back();
    }
  }
  auto const rows = assess_all(project, before, changes), rows_in_full = assess_all(project, before, whole);
  std::size_t loops = 0, moved_finish = 0;
  for (std::size_t k = 0; k < changes.size(); ++k) {
    auto const where = changes[k].key + " of seed " + std::to_string(GetParam());
    auto const &row = rows[k], &full = rows_in_full[k];
    EXPECT_EQ(row.error.empty(), expected[k].has_value()) << where << ' ' << row.error;
    EXPECT_EQ(full.error.empty(), row.error.empty()) << where;
    if (!expected[k]) {
      EXPECT_THAT(row.error, testing::HasSubstr("waits for itself")) << where;
      ++loops;
      continue;
    }
    auto const impact = assess(project, before, changes[k]);
    expect_as_from_scratch(impact, before, *expected[k], where);
    std::size_t moved = 0;
    for (auto const& delta : impact.activity_deltas()) moved += delta.moved() ? 1 : 0;
    EXPECT_EQ(row.activities_moved, moved) << where;
    EXPECT_EQ(row.activities_moved + 1, full.activities_moved) << where;
    EXPECT_EQ(row.finish_delta, full.finish_delta) << where;
    EXPECT_EQ(row.finish_delta_work, full.finish_delta_work) << where;
    if (row.finish_delta.seconds != 0) {
      EXPECT_EQ(row.finish_trail, full.finish_trail) << where;
    }
    EXPECT_EQ(row.finish_trail, to_string(impact.trail("finish"))) << where;
    EXPECT_EQ(row.cost_delta, full.cost_delta) << where;
    auto const impact_in_full = assess(project, before, whole[k]);
    for (auto const& delta : impact.activity_deltas()) {
      if (!delta.moved()) continue;
      EXPECT_EQ(to_string(impact.trail(delta.key)), to_string(impact_in_full.trail(delta.key)))
          << where << ' ' << delta.key;
    }
    moved_finish += row.finish_delta.seconds != 0 ? 1 : 0;
  }
  EXPECT_LT(loops, changes.size() / 2);
  RecordProperty("loops", static_cast<int>(loops));
  RecordProperty("moved_finish", static_cast<int>(moved_finish));
}

/// Where an activity as late as possible was pulled to its successor, the date that its successor waited for
/// is gone, and with it now and then the way back. Without such activities every way leads back to the
/// change.
TEST(TrailsOfChangedStructure, BeginAtWhatTheChangeNames) {
  std::size_t trails = 0, elsewhere = 0;
  for (std::uint32_t seed = 1; seed <= support::deeper(60); ++seed) {
    Chance dice(seed);
    bool const late_ones = seed % 2 == 0;
    Project const project(support::random_plan(dice, 60, {.progress = true, .late_ones = late_ones}));
    auto const network = compile(project);
    auto const before = schedule(network);
    for (int k = 0; k < 60; ++k) {
      auto const asked = random_change(dice, project.facts(), network, k);
      auto const named = named_by(asked.change);
      std::optional<Impact> impact;
      try {
        impact.emplace(assess(project, before, asked.change));
      } catch (CycleError const&) {
        continue;
      }
      std::vector<std::string> about;
      if (impact->finish_delta().seconds != 0) about.emplace_back("finish");
      for (auto const& delta : impact->activity_deltas())
        if (delta.moved()) about.push_back(delta.key);
      for (auto const& key : about) {
        auto const trail = impact->trail(key);
        auto const& first = trail.steps.at(1);
        bool const begins =
            first.node && std::find(named.begin(), named.end(), first.node->key) != named.end();
        EXPECT_TRUE(begins || late_ones)
            << asked.change.key << " of seed " << seed << ": " << to_string(trail);
        ++trails;
        elsewhere += begins ? 0 : 1;
      }
    }
  }
  EXPECT_GT(trails, 5000U);
  EXPECT_LE(elsewhere, trails / 100);
  RecordProperty("trails", static_cast<int>(trails));
  RecordProperty("elsewhere", static_cast<int>(elsewhere));
}

INSTANTIATE_TEST_SUITE_P(Seeds, ChangedStructure, testing::Range(1U, 1 + support::deeper(30)));

}  // namespace
}  // namespace rapport::test
