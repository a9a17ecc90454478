#include "impact/parallel.h"

#include <gtest/gtest.h>

#include <mutex>
#include <set>

namespace rapport::detail {
namespace {

TEST(InParallel, TellsProgressSomeHundredTimesOnAnyNumberOfThreads) {
  for (unsigned const threads : {1U, 2U, 7U}) {
    std::size_t told = 0;
    double last = 0;
    RunControl control;
    control.on_progress = [&](Progress const& progress) {
      EXPECT_GE(progress.fraction, last);
      last = progress.fraction;
      ++told;
      return true;
    };
    std::atomic<std::size_t> done{0};
    in_parallel(20'000, threads, control, "counting", [&](std::size_t) { ++done; });
    EXPECT_EQ(done, 20'000U);
    EXPECT_LE(told, 201U) << threads;
    EXPECT_EQ(last, 1);
  }
}

// Four thousand million threads are a slip of somebody's; the work is done all the same.
TEST(InParallel, MakesNoMoreThreadsThanTheMachineCanUse) {
  std::mutex mutex;
  std::set<std::thread::id> seen;
  in_parallel(20'000, 4'000'000'000U, {}, "", [&](std::size_t) {
    std::lock_guard const lock(mutex);
    seen.insert(std::this_thread::get_id());
  });
  EXPECT_LE(seen.size(), 8 * std::max(1U, std::thread::hardware_concurrency()));
}

}  // namespace
}  // namespace rapport::detail
