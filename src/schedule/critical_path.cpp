#include "rapport/schedule/critical_path.h"

#include "schedule/pass_variants.h"
#include "schedule/time_bound.h"

namespace rapport {

void make_room(Slices const& network, bool keeps_pairs, std::int32_t never, PathDates& dates) {
  dates.early.resize(network.events());
  dates.early[network.never()] = never, dates.early[network.always()] = far_time;
  dates.both.resize(keeps_pairs ? network.events() : 0);
  dates.late_by_event.resize(keeps_pairs ? 0 : network.events());
  if (keeps_pairs)
    dates.both[network.always()] = std::uint64_t{far_time} << 32 | far_time;
  else
    dates.late_by_event[network.always()] = far_time;
}

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
  make_room(network, pass_variants().back().keeps_pairs, -far_time, out);
  out.total_float.resize(network.slots());
  out.free_float.resize(network.slots());
  forward_pass(network, out);
  backward_pass(network, out);
}

}  // namespace rapport
