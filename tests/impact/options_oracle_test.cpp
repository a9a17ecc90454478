// "Drop something else" and "reduce scope" against a slow way that shares nothing with them but the
// schedule: the facts are altered by hand as the option says, and the plan is scheduled from scratch.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>
#include <set>

#include "impact/small_plan.h"
#include "rapport/impact/change_options.h"

namespace rapport::test {
namespace {

/// Eight activities in random order of links, six requirements that some of them implement, all work by
/// one person at 60 EUR/h. Nothing has begun.
Facts random_needs(unsigned seed) {
  std::mt19937 random(seed);
  auto const pick = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  auto facts = diamond();
  facts.activities.clear();
  facts.links.clear();
  facts.resources = {person("R", 60)};
  for (int i = 0; i < 8; ++i) {
    auto one = task("A" + std::to_string(i), 8 * (1 + pick(4)));
    one.subproject = "P";
    facts.assignments.push_back(assigned(one.key, "R", one.duration.in_hours()));
    facts.activities.push_back(one);
    for (int p = 0; p < i; ++p)
      if (pick(3) == 0) facts.links.push_back(follows("A" + std::to_string(p), one.key));
  }
  for (int r = 0; r < 6; ++r) {
    Requirement one;
    one.key = "REQ-" + std::to_string(r);
    one.priority = static_cast<Priority>(pick(4));
    one.status = pick(5) == 0 ? RequirementStatus::Verified : RequirementStatus::Agreed;
    facts.requirements.push_back(one);
    for (int i = 0; i < 8; ++i)
      if (pick(4) == 0)
        facts.traces.push_back(trace(requirement(one.key), activity("A" + std::to_string(i)),
                                     TraceType::Implements, 1, 0.25 * (1 + pick(4))));
  }
  return facts;
}

struct Outcome {
  Elapsed finish;
  std::int64_t cost = 0;  ///< Minor units.
};

Schedule scheduled(Facts facts) { return schedule(compile(made(std::move(facts)))); }

/// Without `gone`: nothing but what has another need remains; who came before holds who comes after.
void drop_by_hand(Facts& facts, std::string const& gone) {
  std::map<std::string, std::set<std::string>> needs;
  for (auto const& one : facts.traces) needs[one.to.key].insert(one.from.key);
  for (auto const& [key, by] : needs) {
    if (by != std::set{gone}) continue;
    std::vector<std::string> before, after;
    for (auto const& link : facts.links) {
      if (link.successor == key) before.push_back(link.predecessor);
      if (link.predecessor == key) after.push_back(link.successor);
    }
    for (auto const& b : before)
      for (auto const& a : after) facts.links.push_back(follows(b, a));
    std::erase_if(facts.links, [&](Link const& l) { return l.predecessor == key || l.successor == key; });
    std::erase_if(facts.activities, [&](Activity const& a) { return a.key == key; });
    std::erase_if(facts.assignments, [&](Assignment const& a) { return a.activity == key; });
  }
  std::erase_if(facts.traces, [&](Trace const& one) { return one.from.key == gone; });
  std::erase_if(facts.requirements, [&](Requirement const& one) { return one.key == gone; });
}

/// `hours` more work in an activity, with the same person.
void grow_by_hand(Facts& facts, std::string const& key, double more_hours) {
  for (auto& one : facts.activities)
    if (one.key == key) one.duration += hours(more_hours);
  for (auto& one : facts.assignments)
    if (one.activity == key) one.work += hours(more_hours);
}

/// The change of a requirement by hand: each activity is redone by its share, several shares of one activity
/// combining as the assessment documents it: here every activity is reached by one trace of it.
void redo_by_hand(Facts& facts, std::string const& key, double magnitude) {
  auto const planned = facts.activities;
  for (auto const& one : facts.traces) {
    if (one.from.key != key) continue;
    for (auto const& activity : planned)
      if (activity.key == one.to.key) {
        double const exact = activity.duration.in_hours() * 60 * *one.share * magnitude;
        grow_by_hand(facts, activity.key, std::floor(exact + 0.5) / 60);
      }
  }
}

Outcome outcome_of(Facts const& before, Facts const& after) {
  double worked = 0;
  for (auto const& one : after.assignments) worked += one.work.in_hours();
  for (auto const& one : before.assignments) worked -= one.work.in_hours();
  auto const finish = scheduled(after).finish(), was = scheduled(before).finish();
  return {finish - was, std::llround(worked * 6000)};
}

TEST(OptionsOracle, DroppingIsWhatIsLeftWithoutWhatNobodyElseNeeds) {
  int compared = 0;
  for (unsigned seed = 0; seed < 60; ++seed) {
    auto facts = random_needs(seed);
    auto const project = made(facts);
    auto const before = schedule(compile(project));
    auto request = change({add_work("A3", 12)});
    OptionRules rules;
    rules.drops = 100;
    auto const options = options_for(project, before, request, rules);

    // All that may be dropped, tried one after the other.
    std::set<std::string> droppable, offered;
    for (auto const& need : facts.requirements)
      if (need.priority != Priority::Must && need.status == RequirementStatus::Agreed)
        droppable.insert("drop " + need.key);
    for (auto const& option : options) {
      if (option.kind != OptionKind::Drop) continue;
      offered.insert(option.what);
      auto by_hand = facts;
      grow_by_hand(by_hand, "A3", 12);
      std::string const gone = option.what.substr(5);
      bool const whole = std::ranges::any_of(facts.traces, [&](Trace const& t) {
        return t.to.key == "A3" && std::ranges::none_of(facts.traces, [&](Trace const& o) {
                 return o.to.key == "A3" && o.from.key != gone;
               });
      });
      if (whole) continue;  // The change asks for more of what is dropped; see below.
      drop_by_hand(by_hand, gone);
      auto const expected = outcome_of(facts, by_hand);
      ASSERT_EQ(option.figures.error, "") << option.what;
      EXPECT_EQ(option.figures.finish_delta, expected.finish) << "seed " << seed << ", " << option.what;
      EXPECT_EQ(option.figures.cost_delta ? option.figures.cost_delta->minor : 0, expected.cost)
          << "seed " << seed << ", " << option.what;
      ++compared;
    }
    EXPECT_EQ(offered, droppable) << "seed " << seed;
  }
  EXPECT_GT(compared, 100);
}

TEST(OptionsOracle, OnlyTheLeastWantedAreOfferedWhenThereAreTooMany) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    auto facts = random_needs(seed);
    auto const project = made(facts);
    OptionRules rules;
    rules.drops = 2;
    auto const options =
        options_for(project, schedule(compile(project)), change({add_work("A3", 12)}), rules);
    std::vector<Priority> offered, all;
    for (auto const& need : facts.requirements) {
      if (need.priority == Priority::Must || need.status != RequirementStatus::Agreed) continue;
      all.push_back(need.priority);
      for (auto const& option : options)
        if (option.what == "drop " + need.key) offered.push_back(need.priority);
    }
    std::sort(all.rbegin(), all.rend());
    std::sort(offered.rbegin(), offered.rend());
    all.resize(std::min<std::size_t>(all.size(), 2));
    EXPECT_EQ(offered, all) << "seed " << seed;
  }
}

TEST(OptionsOracle, AReducedScopeIsThatShareOfTheWork) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    auto facts = random_needs(seed);
    auto const project = made(facts);
    auto const before = schedule(compile(project));
    CostChange dearer;
    dearer.activity = "A1";
    dearer.amount = Money::of(1000, eur);
    OptionRules rules;
    rules.scopes = {0.8, 0.35, 0};
    auto const options = options_for(project, before, change({changed("REQ-0", 0.5), dearer}), rules);
    std::size_t reduced = 0;
    for (auto const& option : options) {
      if (option.kind != OptionKind::ReduceScope) continue;
      double const scope = rules.scopes.at(reduced++);
      auto by_hand = facts;
      redo_by_hand(by_hand, "REQ-0", 0.5 * scope);
      auto const expected = outcome_of(facts, by_hand);
      EXPECT_EQ(option.figures.finish_delta, expected.finish) << "seed " << seed << ", " << option.what;
      ASSERT_TRUE(option.figures.cost_delta);
      EXPECT_NEAR(static_cast<double>(option.figures.cost_delta->minor),
                  static_cast<double>(expected.cost) + 100000 * scope, 8)
          << "seed " << seed << ", " << option.what << ": each line is rounded to the cent";
    }
    EXPECT_EQ(reduced, 3U);
  }
}

/// With two milestones and four tests of REQ-0, each run in some activity for some hours by R.
Facts random_tests(unsigned seed) {
  auto facts = random_needs(seed);
  std::mt19937 random(seed + 1000);
  auto const pick = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  for (int m = 0; m < 2; ++m) {
    auto one = task("M" + std::to_string(m), 0);
    one.kind = ActivityKind::FinishMilestone;
    one.subproject = "P";
    facts.links.push_back(follows("A" + std::to_string(pick(8)), one.key));
    facts.activities.push_back(one);
  }
  for (int i = 0; i < 4; ++i) {
    rapport::Test one;
    one.key = "T" + std::to_string(i);
    one.activity = "A" + std::to_string(pick(8));
    one.effort = hours(pick(5));
    one.resource = "R";
    facts.tests.push_back(one);
    facts.traces.push_back(trace(requirement("REQ-0"), test_node(one.key), TraceType::Verifies, 1, 1));
  }
  return facts;
}

TEST(OptionsOracle, DeferringRunsAgainWhatIsRunBeforeTheMilestone) {
  std::size_t deferrals = 0, again = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    auto const facts = random_tests(seed);
    auto const project = made(facts);
    auto const before = schedule(compile(project));
    auto const options = options_for(project, before, change({changed("REQ-0", 0.5), add_work("A3", 12)}));
    auto const cost = [](ChangeOption const& option) {
      return option.figures.cost_delta ? static_cast<double>(option.figures.cost_delta->minor) : 0;
    };
    EXPECT_EQ(options[0].figures.tests_to_repeat, 0U) << "nothing has begun";
    for (auto const& option : options) {
      if (option.kind != OptionKind::Defer) continue;
      ++deferrals;
      ASSERT_EQ(option.figures.error, "") << "seed " << seed << ", " << option.what;
      auto const impact = assess(project, before, option.request);
      auto const reached = delta(impact, option.what.substr(15)).after->early_finish;
      std::size_t run = 0;
      double hours_run = 0;
      for (auto const& test : facts.tests) {
        if (delta(impact, test.activity).after->early_start >= reached) continue;
        ++run;
        hours_run += test.effort.in_hours();
      }
      EXPECT_EQ(option.figures.tests_to_repeat, run) << "seed " << seed << ", " << option.what;
      EXPECT_NEAR(cost(option), cost(options[0]) + 6000 * hours_run, 8)
          << "seed " << seed << ", " << option.what << ": each line is rounded to the cent";
      again += run;
    }
  }
  EXPECT_GT(deferrals, 100U);
  EXPECT_GT(again, 50U);
}

TEST(OptionsOracle, AReducedScopeShrinksTheActivitiesThatTheChangeAdds) {
  auto facts = diamond();
  facts.resources = {person("R", 60), person("SAND", 4)};
  facts.resources[1].kind = ResourceKind::Material;
  ActivityAddition addition;
  addition.activity = task("NEW", 32);
  addition.activity.subproject = "P";
  addition.assignments = {assigned("NEW", "R", 20), assigned("NEW", "SAND", 0), assigned("NEW", "R", 8)};
  addition.assignments[1].quantity = 10;
  addition.assignments[2].key = "fixed price";
  addition.assignments[2].cost = Money::of(200, eur);
  Expense permit, crane;
  permit.key = "E-1";
  permit.amount = Money::of(100, eur);
  crane.key = "E-2";
  crane.kind = ExpenseKind::PerDay;
  crane.amount = Money::of(30, eur);
  addition.expenses = {permit, crane};
  LinkChange in, out;
  in.link = follows("A", "NEW");
  out.link = follows("NEW", "C");
  OptionRules rules;
  rules.scopes = {0.75, 0.25};
  auto const project = made(facts);
  auto const options = options_for(project, schedule(compile(project)), change({addition, in, out}), rules);
  std::vector<std::pair<std::int64_t, double>> found;
  for (auto const& option : options)
    if (option.kind == OptionKind::Accept || option.kind == OptionKind::ReduceScope)
      found.emplace_back(option.figures.cost_delta.value().minor,
                         static_cast<double>(option.figures.finish_delta.seconds) / 86400);
  // All: 20 × 60 + 10 × 4 + 200 + 100 and four days of the crane; B takes two days beside it, so C begins two
  // working days later, on Friday, and ends on Tuesday. Of 75 %: three days, C ends on Monday. Of 25 %: one
  // day.
  EXPECT_THAT(found, testing::ElementsAre(std::pair(154000 + 12000, 4.0), std::pair(115500 + 9000, 3.0),
                                          std::pair(38500 + 3000, 0.0)));
}

TEST(OptionsOracle, TheFrontHoldsExactlyWhatNothingBeats) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    auto const project = made(random_needs(seed));
    auto const options =
        options_for(project, schedule(compile(project)), change({changed("REQ-0", 0.5), add_work("A3", 12)}));
    auto const figures = [](ChangeOption const& o) {
      return std::vector<double>{static_cast<double>(o.figures.finish_delta.seconds),
                                 static_cast<double>(o.figures.contract_lateness.seconds),
                                 o.figures.cost_delta ? static_cast<double>(o.figures.cost_delta->minor) : 0,
                                 o.figures.defects_escaping.value_or(0),
                                 static_cast<double>(o.figures.tests_to_repeat.value_or(0)),
                                 static_cast<double>(o.figures.requirements_to_confirm.value_or(0))};
    };
    for (auto const& one : options) {
      bool beaten = false;
      for (auto const& other : options) {
        bool as_good = other.figures.error.empty(), better = false;
        for (std::size_t m = 0; m < 6; ++m) {
          as_good = as_good && figures(other)[m] <= figures(one)[m];
          better = better || figures(other)[m] < figures(one)[m];
        }
        beaten = beaten || (as_good && better);
      }
      EXPECT_EQ(one.on_front, one.figures.error.empty() && !beaten) << "seed " << seed << ", " << one.what;
    }
  }
}

}  // namespace
}  // namespace rapport::test
