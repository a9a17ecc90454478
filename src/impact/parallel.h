#pragma once
// A loop over independent items on several threads; the calling thread works too and tells progress.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <system_error>
#include <thread>
#include <vector>

#include "rapport/base/run_control.h"

namespace rapport::detail {

/// Calls `work(i)` for every i < count, each once, in no particular order, on as many of `threads` (0: as
/// many as the machine runs at once) as there are items and as the machine has to give. The first exception
/// that `work` or the progress callback throws stops the rest and is thrown on.
template <class DoOne>
void in_parallel(std::size_t count, unsigned threads, RunControl const& control, char const* stage,
                 DoOne const& work) {
  // More threads than this only wait for each other.
  constexpr unsigned at_once = 8;
  unsigned const machine = std::max(1U, std::thread::hardware_concurrency());
  threads = threads == 0 ? machine : std::min(threads, at_once * machine);
  threads = static_cast<unsigned>(std::min<std::size_t>(threads, std::max<std::size_t>(count, 1)));
  std::atomic<std::size_t> next{0}, done{0};
  std::atomic<bool> stop{false};
  std::vector<std::exception_ptr> failures(threads);
  std::size_t const step = std::max<std::size_t>(1, count / 200);
  std::size_t told = 0;  // of the calling thread
  auto const loop = [&](unsigned who) {
    try {
      while (!stop.load(std::memory_order_relaxed)) {
        auto const i = next.fetch_add(1);
        if (i >= count) break;
        work(i);
        auto const finished = done.fetch_add(1) + 1;
        if (who != 0 || finished < told + step) continue;
        told = finished;
        control.report(static_cast<double>(finished) / static_cast<double>(count), stage);
      }
    } catch (...) {
      failures[who] = std::current_exception();
      stop = true;
    }
  };
  {
    std::vector<std::jthread> others;
    try {
      for (unsigned t = 1; t < threads; ++t) others.emplace_back(loop, t);
    } catch (std::system_error const&) {
      // The system gives no more; those there are do the work.
    }
    loop(0);
  }
  for (auto const& failure : failures)
    if (failure) std::rethrow_exception(failure);
  control.report(1, stage);
}

}  // namespace rapport::detail
