// Taking activities out of a draft.

#include <algorithm>

#include "network/builder.h"

namespace rapport {

void bridge(NetworkBuilder::Draft& draft, std::set<std::uint32_t> const& gone) {
  for (auto const row : gone) {
    std::vector<NetworkBuilder::Link> in, out;
    for (auto const& link : draft.links) {
      if (link.predecessor == link.successor) continue;
      if (link.successor == row) in.push_back(link);
      if (link.predecessor == row) out.push_back(link);
    }
    erase_links(draft, [&](NetworkBuilder::Link const& link) {
      return link.predecessor == row || link.successor == row;
    });
    for (auto const& a : in) {
      for (auto const& b : out) {
        LinkType const type = bridged(a.type, b.type);
        bool const repeated =
            std::any_of(draft.links.begin(), draft.links.end(), [&](NetworkBuilder::Link const& link) {
              return link.predecessor == a.predecessor && link.successor == b.successor && link.type == type;
            });
        if (!repeated) draft.links.push_back({a.predecessor, b.successor, type, LagKind::Working, 0, 0});
      }
    }
  }
}

void erase_rows(NetworkBuilder::Draft& draft, std::set<std::uint32_t> const& gone) {
  std::vector<std::uint32_t> kept, position(draft.names.key.size(), UINT32_MAX);
  for (std::uint32_t row = 0; row < position.size(); ++row) {
    if (gone.contains(row)) continue;
    position[row] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(row);
  }
  auto const keep = [&](auto& column) {
    for (std::size_t i = 0; i < kept.size(); ++i) {
      if (i != kept[i]) column[i] = std::move(column[kept[i]]);
    }
    column.resize(kept.size());
  };
  for_each_column(draft.values, keep);
  keep(draft.names.key), keep(draft.names.name), keep(draft.names.source_id);
  erase_links(draft, [&](NetworkBuilder::Link const& link) {
    return gone.contains(link.predecessor) || gone.contains(link.successor);
  });
  for (auto& link : draft.links) {
    link.predecessor = position[link.predecessor];
    link.successor = position[link.successor];
  }
  std::erase_if(draft.assignments, [&](auto const& entry) { return gone.contains(entry.activity); });
  for (auto& entry : draft.assignments) entry.activity = position[entry.activity];
  std::erase_if(draft.members, [&](auto const& entry) {
    return gone.contains(entry.summary) || gone.contains(entry.member);
  });
  for (auto& entry : draft.members) entry = {position[entry.summary], position[entry.member]};
}

}  // namespace rapport
