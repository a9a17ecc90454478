#pragma once
// Ratios that mean something on a shared machine: what is compared runs in turns in one process, and
// medians are compared.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <ctime>
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

/// Times `ours` as the benchmark and the others beside it, in turns; returns their medians in order.
template <class Ours, class... Others>
std::array<double, 1 + sizeof...(Others)> in_turns(benchmark::State& state, Ours&& ours, Others&&... others) {
  std::array<std::vector<double>, 1 + sizeof...(Others)> times;
  ours();
  (others(), ...);
  for (auto _ : state) {
    std::size_t k = 0;
    times[k++].push_back(seconds(ours));
    (times[k++].push_back(seconds(others)), ...);
    state.SetIterationTime(times[0].back());
  }
  std::array<double, 1 + sizeof...(Others)> medians{};
  for (std::size_t k = 0; k < times.size(); ++k) medians[k] = times[k].empty() ? 0 : median(times[k]);
  return medians;
}

}  // namespace rapport::bench
