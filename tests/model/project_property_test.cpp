// Random edits against a slow project: a map of facts, copied whole for every edit.

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "rapport/model/project.h"

namespace rapport {
namespace {

using Slow = std::map<NodeRef, Fact>;

bool has(Slow const& facts, FactKind kind, std::string const& key) { return facts.contains({kind, key}); }

/// By the rules of the page, written down once more for the kinds that the test uses.
bool fits(Slow const& facts) {
  for (auto const& [node, fact] : facts) {
    if (auto const* link = std::get_if<Link>(&fact)) {
      if (!has(facts, FactKind::Activity, link->predecessor) ||
          !has(facts, FactKind::Activity, link->successor) || link->predecessor == link->successor)
        return false;
    } else if (auto const* activity = std::get_if<Activity>(&fact)) {
      if (activity->duration < Work{}) return false;
      if (!activity->calendar.empty() && !has(facts, FactKind::Calendar, activity->calendar)) return false;
    } else if (auto const* trace = std::get_if<Trace>(&fact)) {
      if (!facts.contains(trace->from) || !facts.contains(trace->to) || trace->from == trace->to)
        return false;
    } else if (auto const* calendar = std::get_if<Calendar>(&fact)) {
      std::string at = calendar->base;
      for (int steps = 0; !at.empty(); ++steps) {
        if (steps > 100 || !has(facts, FactKind::Calendar, at)) return false;
        at = std::get<Calendar>(facts.at({FactKind::Calendar, at})).base;
      }
    }
  }
  return true;
}

Slow slow_copy(Facts const& facts) {
  Slow all;
  for_each_fact_type([&]<class T>() {
    for (auto const& fact : facts.*FactTraits<T>::member)
      all.emplace(NodeRef{FactTraits<T>::kind, fact.key}, fact);
  });
  return all;
}

class RandomEdits {
 public:
  explicit RandomEdits(unsigned seed) : random_(seed) {}
  int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random_); }
  std::string key(char const* letter) { return letter + std::to_string(below(7)); }

  Fact fact() {
    switch (below(6)) {
      case 0:
        return Activity{
            .key = key("A"), .duration = hours(below(30) - 1), .calendar = below(3) ? "" : key("C")};
      case 1:
        return Link{.predecessor = key("A"), .successor = key("A"), .type = LinkType(below(4))};
      case 2:
        return Requirement{.key = key("R"), .title = std::to_string(below(5))};
      case 3:
        return Calendar{.key = key("C"), .base = below(2) ? "" : key("C")};
      case 4:
        return Trace{
            .key = key("T"),
            .from = {FactKind::Requirement, key("R")},
            .to = {below(2) ? FactKind::Activity : FactKind::Requirement, key(below(2) ? "A" : "R")}};
      default:
        return Stakeholder{.key = key("S"), .name = std::to_string(below(5))};
    }
  }

 private:
  std::mt19937 random_;
};

TEST(ProjectEdits, AreAllOrNothingAndCanBeUndone) {
  int applied = 0, refused = 0, undone = 0;
  for (unsigned seed = 0; seed < 60; ++seed) {
    RandomEdits random(seed);
    Project project;
    std::vector<Facts> earlier;
    for (int step = 0; step < 120; ++step) {
      Author const author{"tester " + std::to_string(step), at(Date{step})};
      Facts const before = project.facts();
      auto const entries = project.journal().size();
      if (!earlier.empty() && random.below(6) == 0) {
        auto const& entry = project.undo(author);
        ASSERT_TRUE(project.facts() == earlier.back());
        ASSERT_TRUE(entry.undoes.has_value());
        earlier.pop_back();
        ++undone;
        continue;
      }
      Slow wanted = slow_copy(before);
      Edit edit("step " + std::to_string(step));
      bool possible = true;
      for (int i = 1 + random.below(5); i > 0; --i) {
        Fact fact = random.fact();
        if (random.below(4) == 0) {
          NodeRef node = node_of(fact);
          if (node.key.empty()) node.key = derived_key(fact);
          edit.remove(node.kind, node.key);
          possible = possible && wanted.erase(node) == 1;
        } else {
          std::visit(
              [&](auto& value) {
                if (value.key.empty()) value.key = derived_key(Fact(value));
              },
              fact);
          wanted.insert_or_assign(node_of(fact), fact);
          edit.put(std::move(fact));
        }
      }
      if (possible && fits(wanted)) {
        auto const& entry = project.apply(edit, author);
        ASSERT_TRUE(slow_copy(project.facts()) == wanted);
        ASSERT_EQ(entry.number, entries + 1);
        ASSERT_EQ(entry.author, author);
        // The journal leads from what was to what is.
        Slow replayed = slow_copy(before);
        for (auto const& change : entry.changes) {
          auto const found = replayed.find(change.node);
          ASSERT_TRUE(change.before ? found != replayed.end() && found->second == *change.before
                                    : found == replayed.end());
          ASSERT_TRUE(change.before != change.after);
          if (change.after)
            replayed.insert_or_assign(change.node, *change.after);
          else
            replayed.erase(change.node);
        }
        ASSERT_TRUE(replayed == wanted);
        earlier.push_back(before);
        ++applied;
      } else {
        EXPECT_THROW(project.apply(edit, author), Error);
        ASSERT_TRUE(project.facts() == before);
        ASSERT_EQ(project.journal().size(), entries);
        ++refused;
      }
      for (auto const& [node, fact] : slow_copy(project.facts())) ASSERT_TRUE(project.contains(node));
      ASSERT_FALSE(project.contains({FactKind::Activity, "A7"}));
    }
  }
  EXPECT_GT(applied, 500);
  EXPECT_GT(refused, 500);
  EXPECT_GT(undone, 100);
}

}  // namespace
}  // namespace rapport
