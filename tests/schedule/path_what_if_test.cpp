// Durations tried on the bare critical path, against the definitions and against passes from scratch.

#include "rapport/schedule/path_what_if.h"

#include <gtest/gtest.h>

#include <random>

#include "rapport/base/error.h"
#include "support/plain_network.h"
#include "support/relaxed_dates.h"

namespace rapport {
namespace {

using support::PlainNetwork;

void expect_dates(PathWhatIf const& what_if, PlainNetwork const& net) {
  auto const oracle = support::relax(net);
  ASSERT_EQ(what_if.finish(), oracle.finish);
  for (std::uint32_t i = 0; i < net.activities(); ++i) {
    ASSERT_EQ(what_if.duration(i), net.duration[i]) << i;
    ASSERT_EQ(what_if.early_start(i), oracle.es[i]) << i;
    ASSERT_EQ(what_if.early_finish(i), oracle.ef[i]) << i;
    ASSERT_EQ(what_if.late_start(i), oracle.ls[i]) << i;
    ASSERT_EQ(what_if.late_finish(i), oracle.lf[i]) << i;
    ASSERT_EQ(what_if.total_float(i), oracle.lf[i] - oracle.ef[i]) << i;
    ASSERT_EQ(what_if.free_float(i), oracle.free_float[i]) << i;
  }
}

/// Tries one to four durations at a time, keeps some, and compares with the definitions each time.
void try_many(PlainNetwork net, std::uint64_t seed, int tries, std::uint32_t longest) {
  std::mt19937_64 random(seed);
  PathWhatIf what_if(slice(net.activities(), net.links()), net.duration);
  expect_dates(what_if, net);
  for (int k = 0; k < tries; ++k) {
    SCOPED_TRACE(testing::Message() << "seed " << seed << ", try " << k);
    PlainNetwork changed = net;
    std::vector<DurationChange> changes;
    for (auto count = 1 + random() % 4; count > 0; --count) {
      auto const i = static_cast<std::uint32_t>(random() % net.activities());
      changes.push_back({i, static_cast<std::int32_t>(random() % longest)});
      changed.duration[i] = changes.back().duration;
    }
    what_if.try_durations(changes);
    expect_dates(what_if, changed);
    if (testing::Test::HasFatalFailure()) return;
    if (k % 7 == 3) what_if.keep(), net = changed;
    if (k % 5 == 1) what_if.take_back(), expect_dates(what_if, net);
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST(PathWhatIf, AgreesWithTheDefinitionsOnTangles) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed)
    try_many(support::tangle(static_cast<std::uint32_t>(seed), seed), seed, 60, 80);
}

TEST(PathWhatIf, AgreesWithTheDefinitionsOnLayeredNetworks) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed)
    try_many(support::layered_network(static_cast<std::uint32_t>(30 + seed * 5), seed), seed, 60, 12'000);
}

// Wide enough that some changes are followed to their end and some given over to the passes.
TEST(PathWhatIf, AgreesWithPassesFromScratchHoweverFarAChangeReaches) {
  auto net = support::layered_network(20'000, 3);
  auto const slices = slice(net.activities(), net.links());
  PathWhatIf what_if(slices, net.duration);
  std::mt19937_64 random(3);
  CriticalPath path;
  int passes = 0;
  for (int k = 0; k < 500; ++k) {
    auto const i = static_cast<std::uint32_t>(random() % net.activities());
    auto const was = net.duration[i];
    net.duration[i] = std::max(0, was + static_cast<std::int32_t>(random() % 20'000) - 6'000);
    DurationChange const change{i, net.duration[i]};
    what_if.try_durations({&change, 1});
    passes += what_if.passes_ran();
    critical_path(slices, net.duration, path);
    ASSERT_EQ(what_if.finish(), path.finish) << k;
    for (std::uint32_t a = 0; a < net.activities(); ++a) {
      auto const start = Slices::start_of(slices.slot_of[a]), finish = Slices::finish_of(slices.slot_of[a]);
      ASSERT_EQ(what_if.early_start(a), path.early[start]) << k;
      ASSERT_EQ(what_if.early_finish(a), path.early[finish]) << k;
      ASSERT_EQ(what_if.late_start(a), path.late(start)) << k;
      ASSERT_EQ(what_if.late_finish(a), path.late(finish)) << k;
    }
    if (k % 9 == 0)
      what_if.keep();
    else
      net.duration[i] = was;
  }
  EXPECT_GT(passes, 5);
  EXPECT_LT(passes, 250);
}

TEST(PathWhatIf, RefusesWhatMakesNoSenseAndTakesTheChangeBack) {
  PlainNetwork net;
  net.duration = {10, 20};
  net.predecessor = {0}, net.successor = {1};
  net.type = {LinkType::FinishToStart}, net.lag = {0};
  PathWhatIf what_if(slice(2, net.links()), net.duration);
  auto const refused = [&](std::vector<DurationChange> const& changes, char const* why) {
    try {
      what_if.try_durations(changes);
      ADD_FAILURE() << why;
    } catch (InvalidInput const& error) {
      EXPECT_NE(std::string(error.what()).find(why), std::string::npos) << error.what();
    }
    expect_dates(what_if, net);
  };
  refused({{0, 11}, {1, -1}}, "activity 1 has the negative duration -1");
  refused({{0, 11}, {2, 1}}, "there is no activity 2");
  refused({{0, 11}, {1, 1 << 29}}, "choose a larger unit of time");
  EXPECT_THROW(PathWhatIf(slice(2, net.links()), std::vector<std::int32_t>{1}), InvalidInput);
}

TEST(PathWhatIf, OfNothingIsNothing) {
  PathWhatIf what_if(slice(0, {}), {});
  what_if.try_durations({});
  EXPECT_EQ(what_if.finish(), 0);
  EXPECT_EQ(what_if.looked_at(), 0U);
}

// Vanhoucke (2014) Integrated Project Management and Control, p. 9, project 2; ten durations change.
TEST(PathWhatIf, PatientTransportSystemTakes31InsteadOf25) {
  std::vector<std::int32_t> const durations{1, 1, 3, 2, 2, 2, 2, 1, 4, 5, 3, 3, 4, 5, 1, 5, 2};
  PlainNetwork net;
  std::pair<std::uint32_t, std::uint32_t> const links[] = {
      {1, 2},   {2, 3},   {3, 4},   {3, 6},   {4, 5},   {5, 8},   {6, 7},   {7, 8},
      {8, 9},   {8, 10},  {8, 11},  {8, 12},  {8, 13},  {9, 14},  {10, 14}, {11, 14},
      {12, 14}, {13, 14}, {13, 15}, {14, 16}, {14, 17}, {15, 16}, {15, 17}};
  for (auto const& [from, to] : links) net.predecessor.push_back(from - 1), net.successor.push_back(to - 1);
  net.type.assign(net.predecessor.size(), LinkType::FinishToStart);
  net.lag.assign(net.predecessor.size(), 0);
  PathWhatIf what_if(slice(17, net.links()), durations);
  EXPECT_EQ(what_if.finish(), 25);
  std::vector<std::int32_t> const changed{1, 2, 5, 4, 3, 2, 1, 5, 3, 5, 5, 3, 4, 2, 1, 2, 4};
  std::vector<DurationChange> changes;
  for (std::uint32_t i = 0; i < 17; ++i)
    if (changed[i] != durations[i]) changes.push_back({i, changed[i]});
  what_if.try_durations(changes);
  EXPECT_EQ(what_if.finish(), 31);
  std::vector<std::uint32_t> critical;
  for (std::uint32_t i = 0; i < 17; ++i)
    if (what_if.total_float(i) == 0) critical.push_back(i + 1);
  EXPECT_EQ(critical, (std::vector<std::uint32_t>{1, 2, 3, 4, 5, 8, 10, 11, 14, 17}));
  what_if.take_back();
  EXPECT_EQ(what_if.finish(), 25);
}

}  // namespace
}  // namespace rapport
