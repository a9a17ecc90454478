// Links added and removed without numbering the activities again.

#include <algorithm>
#include <numeric>

#include "network/builder.h"

namespace rapport {
namespace {

/// Takes its dates from others and drives nothing: its links bind no order.
bool binds_no_order(ActivityKind kind) {
  return kind == ActivityKind::LevelOfEffort || kind == ActivityKind::Summary;
}

/// `links.first_out` and `links.out` from the rest.
void list_by_predecessor(NetworkLinks& links, std::size_t activities) {
  links.first_out.assign(activities + 1, 0);
  for (auto const p : links.predecessor) ++links.first_out[p + 1];
  std::partial_sum(links.first_out.begin(), links.first_out.end(), links.first_out.begin());
  links.out.resize(links.predecessor.size());
  auto next = links.first_out;
  for (std::uint32_t k = 0; k < links.predecessor.size(); ++k) links.out[next[links.predecessor[k]]++] = k;
}

}  // namespace

std::optional<NetworkBuilder::Relinked> NetworkBuilder::relinked(Overlay const& overlay) {
  if (!overlay.added_.empty() || !overlay.removed_.empty()) return std::nullopt;
  auto const& network = overlay.base();
  auto const& old = network.links();
  auto const& kind = network.values().kind;
  Relinked result;
  auto const touch = [&](std::uint32_t i) { result.ends.push_back({i}); };
  std::vector<std::pair<std::uint32_t, rapport::Link const*>> added;  // by successor
  for (auto const& link : overlay.added_links_) {
    auto const p = network.at(link.predecessor).value, s = network.at(link.successor).value;
    if (p >= s && !binds_no_order(kind[p]) && !binds_no_order(kind[s])) return std::nullopt;
    touch(p), touch(s);
    added.emplace_back(s, &link);
  }
  std::stable_sort(added.begin(), added.end(),
                   [](auto const& a, auto const& b) { return a.first < b.first; });
  std::vector<std::uint8_t> gone(network.link_count(), 0);
  for (auto const& removed : overlay.removed_links_) {
    auto const p = network.at(removed.predecessor).value, s = network.at(removed.successor).value;
    for (auto k = old.first_in[s]; k < old.first_in[s + 1]; ++k)
      if (old.predecessor[k] == p && (!removed.type || old.type[k] == *removed.type)) gone[k] = 1;
    touch(p), touch(s);
  }

  NetworkLinks links;
  auto const n = network.activity_count();
  std::size_t const most = network.link_count() + added.size();
  links.first_in.reserve(n + 1);
  links.predecessor.reserve(most), links.successor.reserve(most), links.type.reserve(most);
  links.lag_kind.reserve(most), links.lag.reserve(most), links.of_summary.reserve(most);
  result.place.assign(network.link_count(), LinkIndex::none);
  auto const append = [&](std::uint32_t p, std::uint32_t s, LinkType type, LagKind lag_kind, std::int64_t lag,
                          std::uint8_t of_summary) {
    links.predecessor.push_back(p), links.successor.push_back(s), links.type.push_back(type);
    links.lag_kind.push_back(lag_kind), links.lag.push_back(lag), links.of_summary.push_back(of_summary);
  };
  auto next = added.begin();
  for (std::uint32_t i = 0; i < n; ++i) {
    links.first_in.push_back(static_cast<std::uint32_t>(links.predecessor.size()));
    for (auto k = old.first_in[i]; k < old.first_in[i + 1]; ++k) {
      if (gone[k]) continue;
      result.place[k] = static_cast<std::uint32_t>(links.predecessor.size());
      append(old.predecessor[k], i, old.type[k], old.lag_kind[k], old.lag[k], old.of_summary[k]);
    }
    for (; next != added.end() && next->first == i; ++next) {
      auto const& link = *next->second;
      append(network.at(link.predecessor).value, i, link.type, link.lag.kind, lag_of(link.lag), 0);
    }
  }
  links.first_in.push_back(static_cast<std::uint32_t>(links.predecessor.size()));
  list_by_predecessor(links, n);
  result.links = std::make_shared<NetworkLinks const>(std::move(links));
  return result;
}

Network NetworkBuilder::with_links(Network const& network, std::shared_ptr<NetworkLinks const> links) {
  Network other = network;
  other.links_ = std::move(links);
  return other;
}

}  // namespace rapport
