// Taking activities out of a draft.

#include <algorithm>
#include <unordered_map>

#include "network/builder.h"

namespace rapport {

void bridge(NetworkBuilder::Draft& draft, std::set<std::uint32_t> const& gone) {
  // Only links that lead to what goes, or may repeat one that stands for it, are looked at.
  std::vector<std::uint8_t> goes(draft.names.key.size()), leads(goes.size()), past(goes.size());
  for (auto const row : gone) goes[row] = leads[row] = 1;
  for (auto const& link : draft.links)
    if (goes[link.successor]) leads[link.predecessor] = 1;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> in, out;
  auto const list = [&](std::size_t k) {
    auto const& link = draft.links[k];
    if (goes[link.successor]) in[link.successor].push_back(k);
    if (leads[link.predecessor]) out[link.predecessor].push_back(k);
  };
  for (std::size_t k = 0; k < draft.links.size(); ++k) list(k);
  auto const left_of = [&](std::vector<std::size_t> const& all) {
    std::vector<NetworkBuilder::Link> left;
    for (auto const k : all) {
      auto const& link = draft.links[k];
      if (link.predecessor != link.successor && !past[link.predecessor] && !past[link.successor])
        left.push_back(link);
    }
    return left;
  };
  for (auto const row : gone) {
    auto const before = left_of(in[row]), after = left_of(out[row]);
    past[row] = 1;
    for (auto const& a : before) {
      for (auto const& b : after) {
        LinkType const type = bridged(a.type, b.type);
        bool const repeated = std::ranges::any_of(out[a.predecessor], [&](std::size_t k) {
          return draft.links[k].successor == b.successor && draft.links[k].type == type;
        });
        if (repeated) continue;
        draft.links.push_back({a.predecessor, b.successor, type, LagKind::Working, 0, 0});
        list(draft.links.size() - 1);
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
