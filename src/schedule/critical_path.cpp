#include "rapport/schedule/critical_path.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "rapport/base/error.h"

// The same plain loops, compiled once for each width of vectors and chosen at load time. Sanitizers
// do not get along with functions resolved that early.
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define RAPPORT_WIDEST __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define RAPPORT_WIDEST
#endif

namespace rapport {
namespace {

constexpr std::uint32_t lanes = Slices::lanes;
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
    for (auto const lag : row.lag) reach += std::abs(static_cast<std::int64_t>(lag));
  if (reach < far / 2) return;
  // The sum over everything is far too careful for large networks: bound each level by its longest.
  std::int64_t levels = 0;
  std::int64_t longest = 0;
  for (auto const duration : durations) longest = std::max<std::int64_t>(longest, duration);
  std::int64_t longest_lag = 0;
  for (auto const& row : network.in)
    for (auto const lag : row.lag)
      longest_lag = std::max(longest_lag, std::abs(static_cast<std::int64_t>(lag)));
  if (!network.level_of_slice.empty()) levels = network.level_of_slice.back() + 1;
  if (levels * (2 * longest + longest_lag) >= far / 2)
    throw InvalidInput("durations and lags add up beyond 30 bits: choose a larger unit of time");
}

}  // namespace

RAPPORT_WIDEST void forward_pass(Slices const& network, CriticalPath& out) {
  std::int32_t* const early = out.early.data();
  std::int32_t finish = 0;
  for (std::uint32_t s = 0; s < network.slices; ++s) {
    std::int32_t const* const duration = out.duration.data() + s * lanes;
    std::int32_t start[lanes] = {};
    for (std::uint32_t r = network.first_in[s]; r < network.first_in[s + 1]; ++r) {
      Slices::Row const& row = network.in[r];
      for (std::uint32_t k = 0; k < lanes; ++k) {
        std::int32_t const to_finish = -static_cast<std::int32_t>(row.event[k] & 1);
        std::int32_t const bound = early[row.event[k] >> 1] + row.lag[k] - (duration[k] & to_finish);
        start[k] = start[k] > bound ? start[k] : bound;
      }
    }
    std::int32_t* const own = early + s * 2 * lanes;
    for (std::uint32_t k = 0; k < lanes; ++k) {
      own[k] = start[k];
      own[k + lanes] = start[k] + duration[k];
      finish = finish > own[k + lanes] ? finish : own[k + lanes];
    }
  }
  out.finish = finish;
}

RAPPORT_WIDEST void backward_pass(Slices const& network, CriticalPath& out) {
  std::int32_t const* const early = out.early.data();
  std::int32_t* const late = out.late.data();
  for (std::uint32_t s = network.slices; s-- > 0;) {
    std::int32_t const* const duration = out.duration.data() + s * lanes;
    std::int32_t latest[lanes], soonest[lanes];
    for (std::uint32_t k = 0; k < lanes; ++k) latest[k] = soonest[k] = out.finish;
    for (std::uint32_t r = network.first_out[s]; r < network.first_out[s + 1]; ++r) {
      Slices::Row const& row = network.out[r];
      for (std::uint32_t k = 0; k < lanes; ++k) {
        // What the link leaves to this activity's finish, of the successor's late and early time.
        std::int32_t const from_start = -static_cast<std::int32_t>(row.event[k] & 1);
        std::int32_t const shift = (duration[k] & from_start) - row.lag[k];
        std::int32_t const by_late = late[row.event[k] >> 1] + shift;
        std::int32_t const by_early = early[row.event[k] >> 1] + shift;
        latest[k] = latest[k] < by_late ? latest[k] : by_late;
        soonest[k] = soonest[k] < by_early ? soonest[k] : by_early;
      }
    }
    std::int32_t* const own = late + s * 2 * lanes;
    std::int32_t const* const finish = early + s * 2 * lanes + lanes;
    for (std::uint32_t k = 0; k < lanes; ++k) {
      own[k] = latest[k] - duration[k];
      own[k + lanes] = latest[k];
      out.total_float[s * lanes + k] = latest[k] - finish[k];
      out.free_float[s * lanes + k] = soonest[k] - finish[k];
    }
  }
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
