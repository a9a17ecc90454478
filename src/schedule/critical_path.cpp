#include "rapport/schedule/critical_path.h"

#include "schedule/pass_variants.h"
#include "schedule/time_bound.h"

namespace rapport {
void forward_pass(Slices const& network, CriticalPath& out) {
  out.finish = pass_variants().back().forward({network, out});
}

void backward_pass(Slices const& network, CriticalPath& out) {
  pass_variants().back().backward({network, out}, out.finish);
}

void critical_path(Slices const& network, std::span<std::int32_t const> durations, CriticalPath& out) {
  TimeBound const checked(network, durations);
  out.duration.assign(network.slots(), 0);
  for (std::uint32_t i = 0; i < network.activities; ++i) out.duration[network.slot_of[i]] = durations[i];
  for (auto* const times : {&out.early, &out.late}) {
    times->resize(network.events());
    (*times)[network.never()] = -far_time;
    (*times)[network.always()] = far_time;
  }
  out.both.resize(network.events());
  out.both[network.always()] = std::uint64_t{far_time} << 32 | far_time;
  out.total_float.resize(network.slots());
  out.free_float.resize(network.slots());
  forward_pass(network, out);
  backward_pass(network, out);
}

}  // namespace rapport
