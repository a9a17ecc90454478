// The bare passes against copying the bytes they must touch; slicing against Boost.Graph.

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

void cpm_full(benchmark::State& state) {
  auto const net = support::layered_network(static_cast<std::uint32_t>(state.range(0)), 1);
  Slices const slices = slice(net.activities(), net.links());
  CriticalPath path;
  critical_path(slices, net.duration, path);
  ScalarCsr scalar(net, slices);
  if (scalar.passes() != path.finish) state.SkipWithError("the plain passes find another finish");
  auto const links = static_cast<double>(net.predecessor.size());
  // What any method must touch: links once a pass (8 bytes), offsets, duration, dates, floats.
  std::size_t const bytes = 16 * net.predecessor.size() + 48 * net.duration.size();
  // On pages like those of the columns it is compared with.
  AlignedVector<char> from(bytes / 2, 1), to(bytes / 2);
  auto const times = in_turns(
      state, [&] { forward_pass(slices, path), backward_pass(slices, path); },
      [&] { std::memcpy(to.data(), from.data(), to.size()); }, [&] { scalar.passes(); });
  state.counters["ratio_to_copy"] = times[0] / times[1];
  state.counters["speedup_over_scalar_csr"] = times[2] / times[0];
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
