#include "rapport/schedule/critical_path.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "rapport/base/error.h"
#include "schedule/pass_variants.h"
#include "schedule/time_bound.h"
#include "support/plain_network.h"
#include "support/relaxed_dates.h"

namespace rapport {
namespace {

using support::PlainNetwork, support::relax, support::tangle;

void expect_equal(PlainNetwork const& net) {
  Slices const slices = slice(net.activities(), net.links());
  CriticalPath path;
  critical_path(slices, net.duration, path);
  auto const oracle = relax(net);
  for (auto const& variant : pass_variants()) {
    SCOPED_TRACE(variant.name);
    static_cast<PathDates&>(path) = {};
    make_room(slices, variant.keeps_pairs, -far_time, path);
    std::fill(path.total_float.begin(), path.total_float.end(), -7);
    std::fill(path.free_float.begin(), path.free_float.end(), -7);
    path.finish = variant.forward({slices, path});
    variant.backward({slices, path}, path.finish);
    ASSERT_EQ(path.finish, oracle.finish);
    for (std::uint32_t i = 0; i < net.activities(); ++i) {
      auto const slot = slices.slot_of[i];
      ASSERT_EQ(path.early[Slices::start_of(slot)], oracle.es[i]) << i;
      ASSERT_EQ(path.early[Slices::finish_of(slot)], oracle.ef[i]) << i;
      ASSERT_EQ(path.late(Slices::start_of(slot)), oracle.ls[i]) << i;
      ASSERT_EQ(path.late(Slices::finish_of(slot)), oracle.lf[i]) << i;
      ASSERT_EQ(path.total_float[slot], oracle.lf[i] - oracle.ef[i]) << i;
      ASSERT_EQ(path.free_float[slot], oracle.free_float[i]) << i;
    }
  }
}

TEST(CriticalPath, AgreesWithTheDefinitionsOnTangles) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed)
    expect_equal(tangle(static_cast<std::uint32_t>(seed), seed));
}

TEST(CriticalPath, AgreesOnLevelsThatJustFillTheirSlices) {
  for (std::uint32_t const width : {1U, 15U, 16U, 17U, 32U, 33U}) {
    PlainNetwork net = tangle(width * 3, width);
    net.predecessor.clear(), net.successor.clear(), net.type.clear(), net.lag.clear();
    for (std::uint32_t i = width; i < 3 * width; ++i) {
      for (std::uint32_t k = 0; k <= i % 3; ++k) {
        net.predecessor.push_back(i / width * width - width + (i * 7 + k * 3) % width);
        net.successor.push_back(i);
        net.type.push_back(static_cast<LinkType>((i + k) % 4));
        net.lag.push_back(static_cast<std::int32_t>(i % 11) - 20 * static_cast<std::int32_t>(k));
      }
    }
    expect_equal(net);
  }
}

TEST(CriticalPath, AgreesWithTheDefinitionsOnRandomNetworks) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed)
    expect_equal(support::layered_network(static_cast<std::uint32_t>(1 + seed * 3 % 97), seed));
  expect_equal(support::layered_network(3000, 7));
}

TEST(CriticalPath, AgreesWhereActivitiesHaveManyLinks) {
  // A fan of 100 into one and out again: more links than the sorting of a level tells apart.
  PlainNetwork net;
  net.duration.assign(102, 5);
  for (std::uint32_t i = 1; i <= 100; ++i) {
    net.predecessor.insert(net.predecessor.end(), {0, i});
    net.successor.insert(net.successor.end(), {i, 101});
    net.type.insert(net.type.end(), {LinkType::FinishToStart, LinkType::FinishToFinish});
    net.lag.insert(net.lag.end(), {static_cast<std::int32_t>(i), -3});
  }
  expect_equal(net);
}

TEST(CriticalPath, OfNothingIsNothing) {
  expect_equal(PlainNetwork{});
  PlainNetwork alone;
  alone.duration = {7};
  expect_equal(alone);
}

TEST(CriticalPath, ALoopIsRefusedWithItsActivities) {
  PlainNetwork net;
  net.duration = {1, 1, 1, 1};
  net.predecessor = {0, 1, 2, 3};
  net.successor = {1, 2, 3, 1};
  net.type.assign(4, LinkType::FinishToStart);
  net.lag.assign(4, 0);
  try {
    (void)slice(net.activities(), net.links());
    FAIL();
  } catch (CycleError const& error) {
    auto keys = error.keys();
    EXPECT_EQ(keys.size(), 3U);
    std::sort(keys.begin(), keys.end());
    EXPECT_EQ(keys, (std::vector<std::string>{"1", "2", "3"}));
  }
}

TEST(CriticalPath, InputThatMakesNoSenseIsRefused) {
  PlainNetwork net = support::layered_network(20, 1);
  auto const slices = slice(net.activities(), net.links());
  CriticalPath path;
  net.duration[3] = -1;
  EXPECT_THROW(critical_path(slices, net.duration, path), InvalidInput);
  net.duration.assign(20, 1 << 29);
  EXPECT_THROW(critical_path(slices, net.duration, path), InvalidInput);
  net.duration.pop_back();
  EXPECT_THROW(critical_path(slices, net.duration, path), InvalidInput);
  net.lag.back() = INT32_MIN;
  EXPECT_THROW((void)slice(net.activities(), net.links()), InvalidInput);
  net.lag.back() = 0;
  net.successor.back() = 20;
  EXPECT_THROW((void)slice(net.activities(), net.links()), InvalidInput);
  net.successor.pop_back();
  EXPECT_THROW((void)slice(net.activities(), net.links()), InvalidInput);
}

}  // namespace
}  // namespace rapport
