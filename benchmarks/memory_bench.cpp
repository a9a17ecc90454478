// Bytes held by a sliced network with its results, and by a full Network without them.

#include "model/key_index.h"
#include "network/builder.h"
#include "rapport/schedule/critical_path.h"
#include "ratio.h"
#include "support/plain_network.h"

namespace rapport::bench {
namespace {

template <class... Vectors>
double held(Vectors const&... vectors) {
  return (static_cast<double>(vectors.capacity() * sizeof(vectors[0])) + ...);
}

double held(ActivityNames const& names) {
  double bytes = 0;
  for (auto const* column : {&names.key, &names.name, &names.source_id}) {
    bytes += static_cast<double>(column->capacity() * sizeof(std::string));
    for (auto const& text : *column)
      if (text.capacity() > 15) bytes += static_cast<double>(text.capacity() + 1);
  }
  return bytes + static_cast<double>(names.index->bytes());
}

void memory(benchmark::State& state) {
  auto const net = support::layered_network(static_cast<std::uint32_t>(state.range(0)), 1);
  Slices slices;
  CriticalPath path;
  for (auto _ : state) {
    slices = slice(net.activities(), net.links());
    critical_path(slices, net.duration, path);
  }
  double const activities = net.activities();
  state.counters["bytes_per_activity"] =
      (held(slices.slot_of, slices.first_in, slices.first_out, slices.level_of_slice, slices.in, slices.out) +
       held(path.early, path.late_by_event, path.total_float, path.free_float, path.duration, path.both)) /
      activities;

  auto const small = support::layered_network(std::min(net.activities(), 100000U), 1);
  Network const network = rapport::compile(
      Project(support::facts_of(small, support::calendars_at_random(small.activities(), 1))));
  double bytes = held(network.names());
  auto const& links = network.links();
  for_each_column(network.values(), [&](auto const& column) { bytes += held(column); });
  bytes += held(links.first_in, links.first_out, links.out, links.out_word, links.out_lag, links.predecessor,
                links.successor, links.type, links.lag_kind, links.lag, links.of_summary);
  state.counters["network_bytes_per_activity"] = bytes / small.activities();
}
BENCHMARK(memory)->Arg(1000000)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace rapport::bench
