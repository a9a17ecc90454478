#ifndef RAPPORT_TESTS_SUPPORT_PLAIN_NETWORK_H
#define RAPPORT_TESTS_SUPPORT_PLAIN_NETWORK_H

#include <cstdint>
#include <vector>

#include "rapport/model/project.h"
#include "rapport/network/slices.h"

namespace rapport::support {

/// A random network as arrays; the same for the same arguments everywhere.
struct PlainNetwork {
  std::vector<std::int32_t> duration;
  std::vector<std::uint32_t> predecessor, successor;
  std::vector<LinkType> type;
  std::vector<std::int32_t> lag;

  [[nodiscard]] std::uint32_t activities() const { return static_cast<std::uint32_t>(duration.size()); }
  [[nodiscard]] PlainLinks links() const { return {predecessor, successor, type, lag}; }
};

/// Layers as wide as √activities; each activity has 0 to 5 links, 2.54 in the mean, from the three
/// layers before it; 80 % finish-to-start, 10 % start-to-start, 8 % finish-to-finish, 2 %
/// start-to-finish; 30 % with a lag of -600 … 1800; durations 0 … 9600 (minutes). Numbers of
/// activities and the order of links are shuffled.
PlainNetwork layered_network(std::uint32_t activities, std::uint64_t seed);

/// Without layers: links from anywhere before, of any type, lags as often negative as not.
PlainNetwork tangle(std::uint32_t activities, std::uint64_t seed);

/// Eight: 5 × 8 hours three ways with holidays of eleven years from 2027 on, round the clock, 6 × 10, two
/// shifts, half Fridays, half Fridays with holidays.
std::vector<Calendar> eight_calendars();
/// One of them for each activity, by its index.
std::vector<std::uint16_t> calendars_at_random(std::uint32_t activities, std::uint64_t seed);

/// `net` as facts that begin on 2027-01-04 00:00, a time unit being a minute: activities A0, A1, ….
Facts facts_of(PlainNetwork const& net, std::vector<std::uint16_t> const& calendars);

}  // namespace rapport::support

#endif
