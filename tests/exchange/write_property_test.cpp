// Odd facts: whatever they are, what is written can be read, and goes through whole the second time.

#include <gtest/gtest.h>

#include "exchange/writing.h"
#include "model/random_facts.h"
#include "rapport/exchange/write.h"
#include "rapport/model/project.h"
#include "support/deeper.h"

namespace rapport {
namespace {

/// Random facts whose references lead somewhere.
Facts random_plan(unsigned seed) {
  RandomFacts random(seed);
  Facts plan;
  plan.currency = Currency("EUR");
  auto const fill = [&]<class T>(std::vector<T>& facts, int count) {
    for (int i = 0; i < count; ++i) facts.push_back(random.one<T>());
  };
  auto const one_of = [&](auto const& facts) -> std::string {
    int const i = random.below(static_cast<int>(facts.size()) + 1);
    return i == 0 ? "" : facts[static_cast<std::size_t>(i - 1)].key;
  };
  auto const some = [&](auto const& facts) {
    return facts[static_cast<std::size_t>(random.below(static_cast<int>(facts.size())))].key;
  };
  fill(plan.calendars, 3), fill(plan.subprojects, 1 + random.below(2)), fill(plan.wbs, 4);
  fill(plan.activities, 9), fill(plan.links, 8), fill(plan.resources, 3), fill(plan.assignments, 5);
  fill(plan.cost_accounts, 2), fill(plan.expenses, 3);
  for (std::size_t i = 0; i < plan.calendars.size(); ++i)
    plan.calendars[i].base = i > 0 && random.below(2) ? plan.calendars[i - 1].key : "";
  for (auto& each : plan.subprojects) each.calendar = one_of(plan.calendars);
  for (std::size_t i = 0; i < plan.wbs.size(); ++i) {
    plan.wbs[i].parent = i > 0 && random.below(2) ? plan.wbs[i - 1].key : "";
    plan.wbs[i].subproject = plan.subprojects[0].key;
  }
  for (auto& each : plan.activities) {
    each.subproject = some(plan.subprojects), each.calendar = one_of(plan.calendars);
    each.wbs = each.subproject == plan.subprojects[0].key ? one_of(plan.wbs) : "";
  }
  for (auto& each : plan.links) {
    each.predecessor = some(plan.activities);
    do each.successor = some(plan.activities);
    while (each.successor == each.predecessor);
  }
  for (auto& each : plan.resources) each.calendar = one_of(plan.calendars);
  for (auto& each : plan.assignments) {
    each.activity = some(plan.activities), each.resource = some(plan.resources);
    each.cost_account = one_of(plan.cost_accounts);
  }
  plan.cost_accounts[0].parent.clear();
  plan.cost_accounts[1].parent = plan.cost_accounts[0].key;
  for (auto& each : plan.expenses) {
    each.activity = some(plan.activities), each.cost_account = one_of(plan.cost_accounts);
  }
  return plan;
}

bool fits(Facts const& facts) {
  for (Diagnostic const& each : validate(facts))
    if (each.severity == Severity::Error) return false;
  return true;
}

template <class Write, class Read>
void goes_through(Write const& write, Read const& read) {
  int tried = 0;
  for (unsigned seed = 0; seed < support::deeper(300); ++seed) {
    SCOPED_TRACE(seed);
    Facts const plan = random_plan(seed);
    if (!fits(plan)) continue;
    ++tried;
    Facts const once = read(write(plan).bytes).facts;
    ASSERT_GE(once.activities.size(), plan.activities.size());
    ASSERT_EQ(once.links.size(), plan.links.size());
    if (!fits(once)) continue;  // such as a milestone that starts after it finishes, once cut to the minute
    Facts const twice = read(write(once).bytes).facts;
    if (!fits(twice)) continue;
    WrittenFile const third = write(twice);
    expect_equal(twice, read(third.bytes).facts);
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(tried, 20);
}

TEST(WriteProperty, OddFactsInAnXerCanAlwaysBeRead) {
  goes_through([](Facts const& facts) { return write_xer(facts); },
               [](std::string const& bytes) { return read_xer(bytes, ""); });
}

TEST(WriteProperty, OddFactsInAnMspdiCanAlwaysBeRead) {
  goes_through([](Facts const& facts) { return write_mspdi(facts); },
               [](std::string const& bytes) { return read_mspdi(bytes, ""); });
}

}  // namespace
}  // namespace rapport
