#pragma once
// Ratios that mean something on a shared machine: what is compared runs in turns in one process, and
// medians are compared.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
#include <utility>
#include <vector>

namespace rapport::bench {

/// Of the processor, spent by this thread: what others do on the machine counts less than on a wall clock.
inline double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Seconds of this thread that `work` takes.
template <class Work>
double seconds(Work&& work) {
  double const begin = thread_seconds();
  work();
  benchmark::ClobberMemory();
  return thread_seconds() - begin;
}

inline double median(std::vector<double>& values) {
  auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Times `ours` as the benchmark and `peer` beside it, in turns; returns median ours, median peer.
template <class Ours, class Peer>
std::pair<double, double> in_turns(benchmark::State& state, Ours&& ours, Peer&& peer) {
  std::vector<double> our_times, peer_times;
  ours();
  peer();
  for (auto _ : state) {
    our_times.push_back(seconds(ours));
    peer_times.push_back(seconds(peer));
    state.SetIterationTime(our_times.back());
  }
  return {median(our_times), median(peer_times)};
}

}  // namespace rapport::bench
