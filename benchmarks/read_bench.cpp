// Files in memory into facts, against merely splitting the fields and merely building the DOM.

#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "rapport/exchange/read.h"
#include "ratio.h"
#include "support/corpus.h"
#include "support/large_files.h"

namespace rapport::bench {
namespace {

/// Median seconds of `read` and of `peer`, in turns. What they build is destroyed outside the clock.
template <class Read, class Peer>
std::pair<double, double> read_in_turns(benchmark::State& state, Read&& read, Peer&& peer) {
  std::vector<double> our_times, peer_times;
  for (auto _ : state) {
    {
      std::unique_ptr<ReadResult> result;
      our_times.push_back(seconds([&] { result = std::make_unique<ReadResult>(read()); }));
      state.counters["activities"] = static_cast<double>(result->facts.activities.size());
      state.counters["links"] = static_cast<double>(result->facts.links.size());
    }
    peer_times.push_back(peer());
    state.SetIterationTime(our_times.back());
  }
  return {median(our_times), median(peer_times)};
}

void count_rates(benchmark::State& state, std::string const& bytes, double ours, double theirs,
                 char const* ratio) {
  auto const megabytes = static_cast<double>(bytes.size()) * 1e-6;
  state.counters["megabytes"] = megabytes;
  state.counters["megabytes_per_second"] = megabytes / ours;
  state.counters[ratio] = theirs / ours;
}

/// Every field of every line, found by memchr and put where the next line's overwrites it.
std::size_t split_fields(std::string_view bytes, std::vector<std::string_view>& fields) {
  std::size_t count = 0;
  for (char const *line = bytes.data(), *const last = line + bytes.size(); line < last;) {
    auto const* end =
        static_cast<char const*>(std::memchr(line, '\n', static_cast<std::size_t>(last - line)));
    if (end == nullptr) end = last;
    fields.clear();
    for (char const* at = line; at <= end;) {
      auto const* stop = static_cast<char const*>(std::memchr(at, '\t', static_cast<std::size_t>(end - at)));
      if (stop == nullptr) stop = end;
      fields.emplace_back(at, static_cast<std::size_t>(stop - at));
      at = stop + 1;
    }
    count += fields.size();
    benchmark::DoNotOptimize(fields.data());
    line = end + 1;
  }
  return count;
}

void read_xer_file(benchmark::State& state) {
  auto const path = support::corpus("xer/hotel.xer");
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    state.SkipWithError("xer/hotel.xer is not in the folder that RAPPORT_CORPUS names");
    return;
  }
  std::string const one{std::istreambuf_iterator<char>(stream), {}};
  std::string const bytes = support::multiplied_xer(one, 30);
  std::vector<std::string_view> fields;
  std::size_t count = 0;
  auto const [ours, theirs] = read_in_turns(
      state, [&] { return read_xer(bytes, "hotel.xer"); },
      [&] { return seconds([&] { count = split_fields(bytes, fields); }); });
  state.counters["fields"] = static_cast<double>(count);
  count_rates(state, bytes, ours, theirs, "rate_to_memchr_split");
}
BENCHMARK(read_xer_file)->Name("read_xer")->UseManualTime()->MinTime(2)->Unit(benchmark::kMillisecond);

void read_mspdi_file(benchmark::State& state) {
  std::string const bytes = support::generated_mspdi(26'000, 1);
  auto const [ours, theirs] = read_in_turns(
      state, [&] { return read_mspdi(bytes, "large.xml"); },
      [&] {
        pugi::xml_document document;
        return seconds([&] { (void)document.load_buffer(bytes.data(), bytes.size()); });
      });
  count_rates(state, bytes, ours, theirs, "rate_to_pugixml_dom");
}
BENCHMARK(read_mspdi_file)->Name("read_mspdi")->UseManualTime()->MinTime(2)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace rapport::bench
