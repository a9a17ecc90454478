// Sixteen scenarios at a time, against the definitions.

#include "rapport/schedule/scenarios.h"

#include <gtest/gtest.h>

#include <random>

#include "rapport/base/error.h"
#include "schedule/pass_variants.h"
#include "support/plain_network.h"
#include "support/relaxed_dates.h"

namespace rapport {
namespace {

using support::PlainNetwork;

/// `count` scenarios with up to ten other durations each.
std::vector<Scenario> some_scenarios(PlainNetwork const& net, std::size_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<Scenario> scenarios(count);
  for (auto& scenario : scenarios) {
    for (auto changes = random() % 11; changes > 0; --changes)
      scenario.push_back({static_cast<std::uint32_t>(random() % net.activities()),
                          static_cast<std::int32_t>(random() % 10'000)});
  }
  return scenarios;
}

void expect_equal(PlainNetwork const& net, std::vector<Scenario> const& scenarios) {
  auto const slices = slice(net.activities(), net.links());
  auto const finishes = scenario_finishes(slices, net.duration, scenarios);
  ASSERT_EQ(finishes.size(), scenarios.size());
  std::size_t seen = 0;
  try_scenarios(slices, net.duration, scenarios, [&](std::size_t first, ScenarioDates const& dates) {
    ASSERT_EQ(first, seen);
    seen += dates.count();
    for (std::uint32_t lane = 0; lane < dates.count(); ++lane) {
      PlainNetwork changed = net;
      for (auto const& [activity, duration] : scenarios[first + lane]) changed.duration[activity] = duration;
      auto const oracle = support::relax(changed);
      ASSERT_EQ(dates.finish(lane), oracle.finish);
      ASSERT_EQ(finishes[first + lane], oracle.finish);
      for (std::uint32_t i = 0; i < net.activities(); ++i) {
        ASSERT_EQ(dates.duration(lane, i), changed.duration[i]);
        ASSERT_EQ(dates.early_start(lane, i), oracle.es[i]);
        ASSERT_EQ(dates.early_finish(lane, i), oracle.ef[i]);
        ASSERT_EQ(dates.late_start(lane, i), oracle.ls[i]);
        ASSERT_EQ(dates.late_finish(lane, i), oracle.lf[i]);
        ASSERT_EQ(dates.total_float(lane, i), oracle.lf[i] - oracle.ef[i]);
      }
    }
  });
  EXPECT_EQ(seen, scenarios.size());
}

TEST(Scenarios, AgreeWithTheDefinitions) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    auto const tangle = support::tangle(static_cast<std::uint32_t>(2 * seed), seed);
    expect_equal(tangle, some_scenarios(tangle, seed, seed));
    auto const layered = support::layered_network(static_cast<std::uint32_t>(4 * seed), seed);
    expect_equal(layered, some_scenarios(layered, 50 - seed, seed));
  }
}

TEST(Scenarios, AreTheSameAtEachWidthOfVectors) {
  auto const net = support::layered_network(500, 5);
  auto const slices = slice(net.activities(), net.links());
  auto const lanes = ScenarioDates::lanes;
  auto const slots = slices.slots() + 2;
  std::vector<std::int32_t> duration(slots, 0), changes(slots * lanes, 0), expected;
  std::vector<std::uint32_t> change_of(slots, 0);
  for (std::uint32_t i = 0; i < net.activities(); ++i) {
    auto const slot = slices.slot_of[i];
    duration[slot] = net.duration[i];
    if (i % 3 == 0) continue;
    change_of[slot] = slot + 1;
    for (std::uint32_t lane = 0; lane < lanes; ++lane)
      changes[(slot + 1) * lanes + lane] = static_cast<std::int32_t>(lane * i % 97);
  }
  for (auto const& variant : pass_variants()) {
    SCOPED_TRACE(variant.name);
    std::vector<std::int32_t> early(slots * lanes, -(1 << 30)), late(slots * lanes, 1 << 30), finish(lanes);
    ScenarioArrays const arrays{slices.slices,    slices.first_in.data(), slices.first_out.data(),
                                slices.in.data(), slices.out.data(),      duration.data(),
                                change_of.data(), changes.data(),         early.data(),
                                late.data(),      finish.data()};
    variant.forward_scenarios(arrays);
    variant.backward_scenarios(arrays);
    auto all = early;
    all.insert(all.end(), late.begin(), late.end());
    if (expected.empty()) expected = all;
    EXPECT_EQ(all, expected);
  }
}

TEST(Scenarios, NoneAndEmptyOnesAreFine) {
  auto const net = support::layered_network(30, 1);
  expect_equal(net, {});
  expect_equal(net, {{}, {}});
  expect_equal({}, {{}});
}

TEST(Scenarios, OneThatMakesNoSenseIsNamed) {
  auto const net = support::layered_network(30, 1);
  auto const slices = slice(net.activities(), net.links());
  try {
    (void)scenario_finishes(slices, net.duration, std::vector<Scenario>{{{3, 5}}, {{30, 5}}});
    FAIL();
  } catch (InvalidInput const& error) {
    EXPECT_STREQ(error.what(), "scenario 1: there is no activity 30: the network has 30");
  }
}

}  // namespace
}  // namespace rapport
