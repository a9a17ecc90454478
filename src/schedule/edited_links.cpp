#include "schedule/edited_links.h"

#include <algorithm>
#include <numeric>

namespace rapport {

EditedLinks::EditedLinks(NetworkLinks const& base)
    : columns_(base),
      last_in_(base.first_in.begin() + 1, base.first_in.end()),
      last_out_(base.first_out.begin() + 1, base.first_out.end()),
      now_(base.type.size()),
      base_activities_(static_cast<std::uint32_t>(base.first_in.size()) - 1),
      base_count_(static_cast<std::uint32_t>(base.type.size())) {
  columns_.first_in.pop_back(), columns_.first_out.pop_back();
  columns_.out_word.clear(), columns_.out_lag.clear();
  std::iota(now_.begin(), now_.end(), 0U);
}

void EditedLinks::append_activity() {
  columns_.first_in.push_back(0), last_in_.push_back(0);
  columns_.first_out.push_back(0), last_out_.push_back(0);
}

void EditedLinks::remember(std::uint32_t i) {
  if (i >= base_activities_) return;
  ends_.push_back({i, columns_.first_in[i], last_in_[i], columns_.first_out[i], last_out_[i]});
}

std::uint32_t EditedLinks::append(NetworkBuilder::Link const& link, std::uint32_t origin) {
  columns_.predecessor.push_back(link.predecessor), columns_.successor.push_back(link.successor);
  columns_.type.push_back(link.type), columns_.lag_kind.push_back(link.lag_kind);
  columns_.lag.push_back(link.lag), columns_.of_summary.push_back(link.of_summary);
  origin_.push_back(origin);
  return count() - 1;
}

void EditedLinks::renew_in(std::uint32_t successor, std::function<bool(std::uint32_t)> const& goes) {
  remember(successor);
  auto const first = columns_.first_in[successor], last = last_in_[successor];
  columns_.first_in[successor] = count();
  for (auto k = first; k < last; ++k) {
    auto const was = origin(k);
    bool const stays = !goes(k);
    auto const p = columns_.predecessor[k];
    auto const number = stays ? append({p, successor, columns_.type[k], columns_.lag_kind[k], columns_.lag[k],
                                        columns_.of_summary[k]},
                                       was)
                              : LinkIndex::none;
    rename_out(p, k, number);
    if (was != LinkIndex::none) now_[was] = number, moved_.push_back(was);
  }
  last_in_[successor] = count();
}

void EditedLinks::renew_out(std::uint32_t predecessor) {
  remember(predecessor);
  auto& out = columns_.out;
  auto const first = columns_.first_out[predecessor], last = last_out_[predecessor];
  columns_.first_out[predecessor] = static_cast<std::uint32_t>(out.size());
  for (auto o = first; o < last; ++o) {
    auto const k = out[o];
    out.push_back(k);
  }
  last_out_[predecessor] = static_cast<std::uint32_t>(out.size());
}

void EditedLinks::rename_out(std::uint32_t predecessor, std::uint32_t from, std::uint32_t to) {
  auto& out = columns_.out;
  if (to == LinkIndex::none) {
    renew_out(predecessor);
    auto const first = out.begin() + columns_.first_out[predecessor];
    out.erase(std::remove(first, out.end(), from), out.end());
    last_out_[predecessor] = static_cast<std::uint32_t>(out.size());
    return;
  }
  for (auto o = columns_.first_out[predecessor]; o < last_out_[predecessor]; ++o) {
    if (out[o] != from) continue;
    if (o < base_count_) names_.emplace_back(o, from);
    out[o] = to;
    return;
  }
}

void EditedLinks::add(NetworkBuilder::Link const& link) {
  if (last_in_[link.successor] != count()) renew_in(link.successor, [](std::uint32_t) { return false; });
  auto const number = append(link, LinkIndex::none);
  remember(link.successor);
  if (columns_.first_in[link.successor] == last_in_[link.successor])
    columns_.first_in[link.successor] = number;
  last_in_[link.successor] = count();
  renew_out(link.predecessor);
  // By successor, as the lists of any network.
  auto& out = columns_.out;
  auto const first = out.begin() + columns_.first_out[link.predecessor];
  out.insert(
      std::find_if(first, out.end(), [&](std::uint32_t k) { return columns_.successor[k] > link.successor; }),
      number);
  last_out_[link.predecessor] = static_cast<std::uint32_t>(out.size());
}

void EditedLinks::remove(std::uint32_t successor, std::function<bool(std::uint32_t)> const& goes) {
  for (auto k = columns_.first_in[successor]; k < last_in_[successor]; ++k)
    if (goes(k)) return renew_in(successor, goes);
}

void EditedLinks::take_back() {
  for (auto at = ends_.rbegin(); at != ends_.rend(); ++at) {
    columns_.first_in[at->activity] = at->first_in, last_in_[at->activity] = at->last_in;
    columns_.first_out[at->activity] = at->first_out, last_out_[at->activity] = at->last_out;
  }
  for (auto at = names_.rbegin(); at != names_.rend(); ++at) columns_.out[at->first] = at->second;
  for (auto const k : moved_) now_[k] = k;
  ends_.clear(), names_.clear(), moved_.clear(), origin_.clear();
  columns_.predecessor.resize(base_count_), columns_.successor.resize(base_count_);
  columns_.type.resize(base_count_), columns_.lag_kind.resize(base_count_);
  columns_.lag.resize(base_count_), columns_.of_summary.resize(base_count_);
  columns_.out.resize(base_count_);
  columns_.first_in.resize(base_activities_), last_in_.resize(base_activities_);
  columns_.first_out.resize(base_activities_), last_out_.resize(base_activities_);
}

NetworkLinks EditedLinks::dense(std::vector<std::uint32_t>& place) const {
  NetworkLinks links;
  auto const n = last_in_.size();
  place.assign(count(), LinkIndex::none);
  links.first_in.reserve(n + 1), links.first_out.reserve(n + 1), links.out.reserve(count());
  for (auto* const column : {&links.predecessor, &links.successor}) column->reserve(count());
  links.type.reserve(count()), links.lag_kind.reserve(count());
  links.lag.reserve(count()), links.of_summary.reserve(count());
  for (std::size_t i = 0; i < n; ++i) {
    links.first_in.push_back(static_cast<std::uint32_t>(links.type.size()));
    for (auto k = columns_.first_in[i]; k < last_in_[i]; ++k) {
      place[k] = static_cast<std::uint32_t>(links.type.size());
      links.predecessor.push_back(columns_.predecessor[k]), links.successor.push_back(columns_.successor[k]);
      links.type.push_back(columns_.type[k]), links.lag_kind.push_back(columns_.lag_kind[k]);
      links.lag.push_back(columns_.lag[k]), links.of_summary.push_back(columns_.of_summary[k]);
    }
  }
  links.first_in.push_back(static_cast<std::uint32_t>(links.type.size()));
  for (std::size_t i = 0; i < n; ++i) {
    links.first_out.push_back(static_cast<std::uint32_t>(links.out.size()));
    for (auto o = columns_.first_out[i]; o < last_out_[i]; ++o) links.out.push_back(place[columns_.out[o]]);
  }
  links.first_out.push_back(static_cast<std::uint32_t>(links.out.size()));
  NetworkBuilder::say_words(links);
  return links;
}

}  // namespace rapport
