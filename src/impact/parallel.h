#pragma once
// A loop over independent items on several threads; the calling thread works too and tells progress.

#include <atomic>
#include <cstddef>
#include <exception>
#include <thread>
#include <vector>

#include "rapport/base/run_control.h"

namespace rapport::detail {

/// Calls `work(i)` for every i < count, each once, in no particular order. The first exception that
/// `work` or the progress callback throws stops the rest and is thrown on.
template <class DoOne>
void in_parallel(std::size_t count, unsigned threads, RunControl const& control, char const* stage,
                 DoOne const& work) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  threads = static_cast<unsigned>(std::min<std::size_t>(threads, std::max<std::size_t>(count, 1)));
  std::atomic<std::size_t> next{0}, done{0};
  std::atomic<bool> stop{false};
  std::vector<std::exception_ptr> failures(threads);
  std::size_t const step = std::max<std::size_t>(1, count / 200);
  auto const loop = [&](unsigned who) {
    try {
      while (!stop.load(std::memory_order_relaxed)) {
        auto const i = next.fetch_add(1);
        if (i >= count) break;
        work(i);
        auto const finished = done.fetch_add(1) + 1;
        if (who == 0 && (finished % step == 0 || threads > 1))
          control.report(static_cast<double>(finished) / static_cast<double>(count), stage);
      }
    } catch (...) {
      failures[who] = std::current_exception();
      stop = true;
    }
  };
  {
    std::vector<std::jthread> others;
    for (unsigned t = 1; t < threads; ++t) others.emplace_back(loop, t);
    loop(0);
  }
  for (auto const& failure : failures)
    if (failure) std::rethrow_exception(failure);
  control.report(1, stage);
}

}  // namespace rapport::detail
