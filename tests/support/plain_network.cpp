#include "support/plain_network.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace rapport::support {
namespace {

/// Below `limit`; the standard distributions differ between libraries.
std::uint32_t below(std::mt19937_64& random, std::uint32_t limit) {
  return static_cast<std::uint32_t>((random() >> 32) * limit >> 32);
}

template <class T>
void permute(std::vector<T>& values, std::vector<std::uint32_t> const& order) {
  std::vector<T> old = values;
  for (std::size_t i = 0; i < old.size(); ++i) values[i] = old[order[i]];
}

std::vector<std::uint32_t> shuffled(std::size_t count, std::mt19937_64& random) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t i = count; i > 1; --i)
    std::swap(order[i - 1], order[below(random, static_cast<std::uint32_t>(i))]);
  return order;
}

}  // namespace

PlainNetwork layered_network(std::uint32_t activities, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  auto const width = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(std::sqrt(activities)));
  PlainNetwork net;
  for (std::uint32_t i = 0; i < activities; ++i) {
    net.duration.push_back(static_cast<std::int32_t>(below(random, 9601)));
    std::uint32_t const layer_begin = i / width * width;
    if (layer_begin == 0) continue;
    std::uint32_t const from = layer_begin > 3 * width ? layer_begin - 3 * width : 0;
    // 0 … 5 links: 4, 14, 32, 30, 14, 6 % make 2.54 in the mean.
    std::uint32_t const roll = below(random, 100);
    std::uint32_t const count = roll < 4    ? 0
                                : roll < 18 ? 1
                                : roll < 50 ? 2
                                : roll < 80 ? 3
                                : roll < 94 ? 4
                                            : 5;
    for (std::uint32_t k = 0; k < count; ++k) {
      net.predecessor.push_back(from + below(random, layer_begin - from));
      net.successor.push_back(i);
      std::uint32_t const kind = below(random, 100);
      net.type.push_back(kind < 80   ? LinkType::FinishToStart
                         : kind < 90 ? LinkType::StartToStart
                         : kind < 98 ? LinkType::FinishToFinish
                                     : LinkType::StartToFinish);
      bool const lagged = below(random, 100) < 30;
      net.lag.push_back(lagged ? static_cast<std::int32_t>(below(random, 2401)) - 600 : 0);
    }
  }
  std::vector<std::uint32_t> const names = shuffled(activities, random);
  std::vector<std::int32_t> const duration = net.duration;
  for (std::uint32_t i = 0; i < activities; ++i) net.duration[names[i]] = duration[i];
  for (auto* ends : {&net.predecessor, &net.successor})
    for (auto& end : *ends) end = names[end];
  std::vector<std::uint32_t> const order = shuffled(net.predecessor.size(), random);
  permute(net.predecessor, order);
  permute(net.successor, order);
  permute(net.type, order);
  permute(net.lag, order);
  return net;
}

}  // namespace rapport::support
