#include "rapport/schedule/critical_path.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "rapport/base/error.h"
#include "schedule/pass_variants.h"

namespace rapport {
namespace {

/// Beyond any time, and far enough from the ends of 32 bits to be added to.
constexpr std::int32_t far = 1 << 30;

void check(Slices const& network, std::span<std::int32_t const> durations) {
  if (durations.size() != network.activities)
    throw InvalidInput(std::to_string(durations.size()) + " durations for " +
                       std::to_string(network.activities) + " activities");
  std::int64_t reach = 0;
  for (std::size_t i = 0; i < durations.size(); ++i) {
    if (durations[i] < 0)
      throw InvalidInput("activity " + std::to_string(i) + " has the negative duration " +
                         std::to_string(durations[i]));
    reach += durations[i];
  }
  for (auto const& row : network.in)
    for (auto const lag : row.lag) reach += std::abs(static_cast<std::int64_t>(lag >> 1));
  if (reach < far / 2) return;
  // The sum over everything is far too careful for large networks: bound each level by its longest.
  std::int64_t levels = 0;
  std::int64_t longest = 0;
  for (auto const duration : durations) longest = std::max<std::int64_t>(longest, duration);
  std::int64_t longest_lag = 0;
  for (auto const& row : network.in)
    for (auto const lag : row.lag)
      longest_lag = std::max(longest_lag, std::abs(static_cast<std::int64_t>(lag >> 1)));
  if (!network.level_of_slice.empty()) levels = network.level_of_slice.back() + 1;
  if (levels * (2 * longest + longest_lag) >= far / 2)
    throw InvalidInput("durations and lags add up beyond 30 bits: choose a larger unit of time");
}

}  // namespace

void forward_pass(Slices const& network, CriticalPath& out) {
  out.finish = pass_variants().back().forward({network, out});
}

void backward_pass(Slices const& network, CriticalPath& out) {
  pass_variants().back().backward({network, out}, out.finish);
}

void critical_path(Slices const& network, std::span<std::int32_t const> durations, CriticalPath& out) {
  check(network, durations);
  out.duration.assign(network.slots(), 0);
  for (std::uint32_t i = 0; i < network.activities; ++i) out.duration[network.slot_of[i]] = durations[i];
  for (auto* const times : {&out.early, &out.late}) {
    times->resize(network.events());
    (*times)[network.never()] = -far;
    (*times)[network.always()] = far;
  }
  out.total_float.resize(network.slots());
  out.free_float.resize(network.slots());
  forward_pass(network, out);
  backward_pass(network, out);
}

}  // namespace rapport
