// The bare passes against copying the bytes they must touch; slicing against Boost.Graph.

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/topological_sort.hpp>
#include <cstring>
#include <memory>

#include "rapport/schedule/critical_path.h"
#include "ratio.h"
#include "schedule/pass_variants.h"
#include "support/plain_network.h"

namespace rapport::bench {
namespace {

/// The passes as one writes them first: links by successor and by predecessor, one activity at a time.
struct ScalarCsr {
  struct Half {
    std::uint32_t other;
    std::int32_t lag;
    LinkType type;
  };
  std::vector<std::uint32_t> order, first_in, first_out;
  std::vector<Half> in, out;
  std::vector<std::int32_t> duration, es, ef, ls, lf, total_float, free_float;

  /// Numbered in topological order, as the slices are.
  ScalarCsr(support::PlainNetwork const& net, Slices const& slices) {
    std::uint32_t const n = net.activities();
    std::vector<std::uint32_t> by_slot(slices.slots(), n), number(n);
    for (std::uint32_t i = 0; i < n; ++i) by_slot[slices.slot_of[i]] = i;
    std::uint32_t count = 0;
    for (auto const i : by_slot)
      if (i < n) number[i] = count++;
    duration.resize(n);
    for (std::uint32_t i = 0; i < n; ++i) duration[number[i]] = net.duration[i];
    auto const by = [&](auto const& own, auto const& other, auto& first, auto& half) {
      first.assign(n + 1, 0), half.resize(own.size());
      for (auto const i : own) ++first[number[i] + 1];
      for (std::uint32_t i = 0; i < n; ++i) first[i + 1] += first[i];
      auto next = first;
      for (std::size_t l = 0; l < own.size(); ++l)
        half[next[number[own[l]]]++] = {number[other[l]], net.lag[l], net.type[l]};
    };
    by(net.successor, net.predecessor, first_in, in);
    by(net.predecessor, net.successor, first_out, out);
    for (auto* dates : {&es, &ef, &ls, &lf, &total_float, &free_float}) dates->resize(n);
  }

  std::int32_t passes() {
    auto const n = static_cast<std::uint32_t>(duration.size());
    std::int32_t finish = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
      std::int32_t start = 0;
      for (auto k = first_in[i]; k < first_in[i + 1]; ++k) {
        Half const& link = in[k];
        bool const from_start = link.type == LinkType::StartToStart || link.type == LinkType::StartToFinish;
        bool const to_finish = link.type == LinkType::FinishToFinish || link.type == LinkType::StartToFinish;
        start = std::max(
            start, (from_start ? es[link.other] : ef[link.other]) + link.lag - (to_finish ? duration[i] : 0));
      }
      es[i] = start, ef[i] = start + duration[i];
      finish = std::max(finish, ef[i]);
    }
    for (std::uint32_t i = n; i-- > 0;) {
      std::int32_t latest = finish, soonest = finish;
      for (auto k = first_out[i]; k < first_out[i + 1]; ++k) {
        Half const& link = out[k];
        bool const from_start = link.type == LinkType::StartToStart || link.type == LinkType::StartToFinish;
        bool const to_finish = link.type == LinkType::FinishToFinish || link.type == LinkType::StartToFinish;
        std::int32_t const shift = (from_start ? duration[i] : 0) - link.lag;
        latest = std::min(latest, (to_finish ? lf[link.other] : ls[link.other]) + shift);
        soonest = std::min(soonest, (to_finish ? ef[link.other] : es[link.other]) + shift);
      }
      lf[i] = latest, ls[i] = latest - duration[i];
      total_float[i] = latest - ef[i], free_float[i] = soonest - ef[i];
    }
    return finish;
  }
};

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
  std::vector<char> from(bytes / 2, 1), to(bytes / 2);
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
