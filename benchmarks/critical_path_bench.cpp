// The bare passes against copying the bytes they must touch; slicing against Boost.Graph.

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/topological_sort.hpp>
#include <cstring>
#include <memory>

#include "rapport/schedule/critical_path.h"
#include "ratio.h"
#include "scalar_csr.h"
#include "schedule/pass_variants.h"
#include "support/plain_network.h"

namespace rapport::bench {
namespace {

/// What the bare passes read and write, in their order, without one look-up: the numbers of events stand for
/// their times. About what a pass over these arrays takes if look-ups cost nothing.
class Streaming {
 public:
  explicit Streaming(Slices const& network)
      : network_(network),
        duration_(network.slots()),
        early_(network.events()),
        late_(network.events()),
        total_float_(network.slots()),
        free_float_(network.slots()) {}

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
  __attribute__((target_clones("avx512f", "avx2", "default")))
#endif
  void
  run() {
    for (std::uint32_t s = 0; s < network_.slices; ++s) {
      std::int32_t start[lanes] = {};
      for (std::uint32_t r = network_.first_in[s]; r < network_.first_in[s + 1]; ++r)
        raise(start, network_.in[r]);
      std::int32_t const* const duration = &duration_[s * lanes];
      std::int32_t* const early = &early_[s * 2 * lanes];
      for (std::uint32_t k = 0; k < lanes; ++k) {
        early[k] = start[k];
        early[lanes + k] = start[k] + duration[k];
      }
    }
    for (std::uint32_t turn = 0; turn < network_.slices; ++turn) {
      std::uint32_t const s = network_.turn_of(turn);
      std::int32_t latest[lanes] = {};
      for (std::uint32_t r = network_.first_out[turn]; r < network_.first_out[turn + 1]; ++r)
        raise(latest, network_.out[r]);
      std::int32_t const* const duration = &duration_[s * lanes];
      std::int32_t const* const finish = &early_[(s * 2 + 1) * lanes];
      std::int32_t* const late = &late_[s * 2 * lanes];
      for (std::uint32_t k = 0; k < lanes; ++k) {
        late[k] = latest[k] - duration[k];
        late[lanes + k] = latest[k];
        total_float_[s * lanes + k] = latest[k] - finish[k];
        free_float_[s * lanes + k] = latest[k] + finish[k];
      }
    }
  }

 private:
  static constexpr std::uint32_t lanes = Slices::lanes;
  __attribute__((always_inline)) static void raise(std::int32_t (&times)[lanes], Slices::Row const& row) {
    for (std::uint32_t k = 0; k < lanes; ++k)
      times[k] = std::max(times[k], static_cast<std::int32_t>(row.event[k]) + row.lag[k]);
  }

  Slices const& network_;
  AlignedVector<std::int32_t> duration_, early_, late_, total_float_, free_float_;
};

void cpm_full(benchmark::State& state) {
  auto const net = support::layered_network(static_cast<std::uint32_t>(state.range(0)), 1);
  Slices const slices = slice(net.activities(), net.links());
  CriticalPath path;
  critical_path(slices, net.duration, path);
  ScalarCsr scalar(net, slices);
  Streaming streaming(slices);
  if (scalar.passes() != path.finish) state.SkipWithError("the plain passes find another finish");
  auto const links = static_cast<double>(net.predecessor.size());
  // What any method must touch: links once a pass (8 bytes), offsets, duration, dates, floats.
  std::size_t const bytes = 16 * net.predecessor.size() + 48 * net.duration.size();
  // On pages like those of the columns it is compared with.
  AlignedVector<char> from(bytes / 2, 1), to(bytes / 2);
  auto const times = in_turns(
      state, [&] { forward_pass(slices, path), backward_pass(slices, path); },
      [&] { std::memcpy(to.data(), from.data(), to.size()); }, [&] { scalar.passes(); },
      [&] { streaming.run(); });
  state.counters["ratio_to_copy"] = times[0] / times[1];
  state.counters["speedup_over_scalar_csr"] = times[2] / times[0];
  state.counters["streaming_to_copy"] = times[3] / times[1];
  state.counters["ns_per_link"] = times[0] * 1e9 / links;
  state.SetLabel(pass_variants().back().name);
}
BENCHMARK(cpm_full)->Arg(1000)->Arg(10000)->Arg(100000)->Arg(1000000)->UseManualTime()->MinTime(1);

void compile(benchmark::State& state) {
  auto const net = support::layered_network(static_cast<std::uint32_t>(state.range(0)), 1);
  Slices slices;
  SliceScratch scratch;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  for (std::size_t i = 0; i < net.predecessor.size(); ++i)
    edges.emplace_back(net.predecessor[i], net.successor[i]);
  using Graph = boost::compressed_sparse_row_graph<boost::directedS>;
  std::vector<std::uint32_t> order;
  auto const boost_csr = [&] {
    Graph const graph(boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(), net.activities());
    order.clear();
    boost::topological_sort(graph, std::back_inserter(order));
  };
  auto const times = in_turns(
      state, [&] { slice(net.activities(), net.links(), slices, scratch); }, boost_csr);
  state.counters["ratio_to_boost_csr"] = times[0] / times[1];
  state.counters["ns_per_link"] = times[0] * 1e9 / static_cast<double>(edges.size());
}
BENCHMARK(compile)->Arg(10000)->Arg(100000)->Arg(1000000)->UseManualTime()->MinTime(1);

}  // namespace
}  // namespace rapport::bench
