// The dates after a change are those of a project that was edited by hand, compiled and scheduled
// anew: the edits are applied to facts here, by code that knows nothing of overlays.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "impact/small_plan.h"

namespace rapport::test {
namespace {

class RandomPlan {
 public:
  explicit RandomPlan(unsigned seed) : random_(seed) {
    facts_ = diamond();
    facts_.calendars.push_back(round_the_clock_calendar("always"));
    facts_.activities.clear();
    facts_.links.clear();
    int const n = pick(5, 25);
    for (int i = 0; i < n; ++i) {
      Activity one = task("A" + std::to_string(i), pick(0, 10) * 4);
      one.subproject = "P";
      if (pick(0, 4) == 0) one.calendar = "always";
      if (pick(0, 9) == 0)
        one.constraint = {ConstraintKind::StartNoEarlierThan,
                          parse_instant("2027-01-04T08:00") + Elapsed{pick(0, 20) * seconds_per_day}};
      facts_.activities.push_back(one);
      for (int p = 0; p < i; ++p)
        if (pick(0, i) < 2) facts_.links.push_back(link(p, i));
    }
    progress();
  }

  Facts& facts() { return facts_; }
  int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
  std::size_t any_activity() {
    return static_cast<std::size_t>(pick(0, static_cast<int>(facts_.activities.size()) - 1));
  }

  Link link(int predecessor, int successor) {
    Link one = follows("A" + std::to_string(predecessor), "A" + std::to_string(successor));
    one.type = static_cast<LinkType>(std::max(0, pick(-6, 3)));
    if (pick(0, 3) == 0) one.lag.seconds = pick(-2, 6) * 2 * seconds_per_hour;
    return one;
  }

 private:
  /// The first few activities are done or begun.
  void progress() {
    if (pick(0, 1) == 0) return;
    facts_.subprojects[0].data_date = parse_instant("2027-01-06T08:00");
    for (std::size_t i = 0; i < facts_.activities.size() && pick(0, 2) > 0; ++i) {
      auto& one = facts_.activities[i];
      one.constraint = {};
      one.progress.actual_start = parse_instant("2027-01-04T08:00");
      if (pick(0, 1) == 0) {
        one.progress.actual_finish = parse_instant("2027-01-05T17:00");
      } else {
        one.progress.remaining = Work{one.duration.seconds / 2};
      }
    }
  }

  std::mt19937 random_;
  Facts facts_;
};

void expect_dates(Impact const& impact, Facts const& edited, std::string const& what) {
  auto const fresh = schedule(compile(made(edited)));
  ASSERT_EQ(impact.after().network().activity_count(), fresh.network().activity_count()) << what;
  for (auto const& one : edited.activities) {
    auto const expected = fresh.dates(one.key), found = impact.after().dates(one.key);
    EXPECT_EQ(when(found.early_start), when(expected.early_start)) << what << " " << one.key;
    EXPECT_EQ(when(found.early_finish), when(expected.early_finish)) << what << " " << one.key;
    EXPECT_EQ(when(found.late_start), when(expected.late_start)) << what << " " << one.key;
    EXPECT_EQ(when(found.late_finish), when(expected.late_finish)) << what << " " << one.key;
    EXPECT_EQ(found.total_float.seconds, expected.total_float.seconds) << what << " " << one.key;
    EXPECT_EQ(found.free_float.seconds, expected.free_float.seconds) << what << " " << one.key;
    EXPECT_EQ(found.critical, expected.critical) << what << " " << one.key;
  }
  EXPECT_EQ(impact.finish_delta(), fresh.finish() - impact.before().finish()) << what;
}

TEST(Recompile, MoreWorkGivesTheDatesOfAnEditedProject) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    RandomPlan plan(seed);
    Facts edited = plan.facts();
    auto& target = edited.activities[plan.any_activity()];
    if (target.progress.actual_finish) continue;
    target.duration += hours(12);
    if (target.progress.remaining) *target.progress.remaining += hours(12);
    expect_dates(assessed(made(plan.facts()), change({add_work(target.key, 12)})), edited,
                 "seed " + std::to_string(seed));
  }
}

TEST(Recompile, LinksAddedAndRemovedGiveTheDatesOfAnEditedProject) {
  for (unsigned seed = 100; seed < 160; ++seed) {
    RandomPlan plan(seed);
    Facts edited = plan.facts();
    std::vector<ChangeEdit> edits;
    if (!edited.links.empty()) {
      auto const gone =
          edited.links[static_cast<std::size_t>(plan.pick(0, static_cast<int>(edited.links.size()) - 1))];
      std::erase_if(edited.links, [&](Link const& link) {
        return link.predecessor == gone.predecessor && link.successor == gone.successor &&
               link.type == gone.type;
      });
      edits.push_back(LinkChange{gone, true});
    }
    int const last = static_cast<int>(edited.activities.size()) - 1;
    int const successor = plan.pick(1, last);
    auto const fresh = plan.link(plan.pick(0, successor - 1), successor);
    bool const there = std::any_of(edited.links.begin(), edited.links.end(), [&](Link const& link) {
      return link.predecessor == fresh.predecessor && link.successor == fresh.successor;
    });
    if (!there) {
      edited.links.push_back(fresh);
      edits.push_back(LinkChange{fresh, false});
    }
    expect_dates(assessed(made(plan.facts()), change(edits)), edited, "seed " + std::to_string(seed));
  }
}

TEST(Recompile, ConstraintsGiveTheDatesOfAnEditedProject) {
  for (unsigned seed = 200; seed < 240; ++seed) {
    RandomPlan plan(seed);
    Facts edited = plan.facts();
    auto& target = edited.activities[plan.any_activity()];
    if (target.progress.actual_finish) continue;
    ConstraintChange edit;
    edit.activity = target.key;
    edit.constraint = {seed % 2 ? ConstraintKind::StartNoEarlierThan : ConstraintKind::FinishNoLaterThan,
                       parse_instant("2027-01-20T08:00")};
    target.constraint = edit.constraint;
    expect_dates(assessed(made(plan.facts()), change({edit})), edited, "seed " + std::to_string(seed));
  }
}

TEST(Recompile, AddedAndRemovedActivitiesGiveTheDatesOfAnEditedProject) {
  for (unsigned seed = 300; seed < 360; ++seed) {
    RandomPlan plan(seed);
    for (auto& link : plan.facts().links) link.type = LinkType::FinishToStart, link.lag = {};
    Facts edited = plan.facts();
    auto const gone = edited.activities[plan.any_activity()];
    if (gone.progress.actual_start) continue;
    std::vector<std::string> before, after;
    for (auto const& link : edited.links) {
      if (link.successor == gone.key) before.push_back(link.predecessor);
      if (link.predecessor == gone.key) after.push_back(link.successor);
    }
    std::erase_if(edited.links,
                  [&](Link const& l) { return l.predecessor == gone.key || l.successor == gone.key; });
    std::erase_if(edited.activities, [&](Activity const& a) { return a.key == gone.key; });
    for (auto const& p : before)
      for (auto const& s : after) {
        bool const there = std::any_of(edited.links.begin(), edited.links.end(),
                                       [&](Link const& l) { return l.predecessor == p && l.successor == s; });
        if (!there) edited.links.push_back(follows(p, s));
      }
    ActivityAddition addition;
    addition.activity = task("NEW", 20);
    addition.activity.subproject = "P";
    edited.activities.push_back(addition.activity);
    std::vector<ChangeEdit> edits = {ActivityRemoval{gone.key}, addition};
    for (auto const& p : before) {
      edited.links.push_back(follows(p, "NEW"));
      edits.push_back(LinkChange{follows(p, "NEW"), false});
    }
    expect_dates(assessed(made(plan.facts()), change(edits)), edited, "seed " + std::to_string(seed));
  }
}

TEST(Recompile, ReworkIsAnActivityThatSomebodyCouldHaveEntered) {
  for (unsigned seed = 400; seed < 440; ++seed) {
    RandomPlan plan(seed);
    auto& first = plan.facts().activities[0];
    first.duration = hours(24);
    first.constraint = {};
    first.progress = {};
    first.progress.actual_start = parse_instant("2027-01-04T08:00");
    first.progress.actual_finish = parse_instant("2027-01-05T17:00");
    plan.facts().subprojects[0].data_date = parse_instant("2027-01-06T08:00");
    for (auto& one : plan.facts().activities)
      if (one.key != "A0") one.progress = {};
    Facts edited = plan.facts();
    auto rework = task("A0-REWORK", 10);
    rework.subproject = "P";
    rework.calendar = first.calendar;
    edited.activities.push_back(rework);
    for (auto const& link : plan.facts().links)
      if (link.predecessor == "A0") edited.links.push_back(follows("A0-REWORK", link.successor));
    expect_dates(assessed(made(plan.facts()), change({add_work("A0", 10)})), edited,
                 "seed " + std::to_string(seed));
  }
}

}  // namespace
}  // namespace rapport::test
