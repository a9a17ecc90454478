#include "schedule/kept_order.h"

#include <algorithm>

namespace rapport {

void KeptOrder::append(std::uint32_t before) {
  auto const i = static_cast<std::uint32_t>(place_.size());
  std::uint32_t place = before == none ? behind_ : before;
  while (place > 0 && at_[place] != none) --place;
  if (at_[place] != none) place = behind_;
  place_.push_back(0), stamp_.push_back(0), from_.push_back(none);
  if (place == behind_) ++behind_;
  put(i, place);
  moved_.push_back({i, none});
}

std::vector<std::uint32_t> KeptOrder::link(Pass const& pass, std::uint32_t p, std::uint32_t s) {
  if (p == s) return {s};
  auto const first = place_[s], last = place_[p];
  if (last < first) return {};
  auto const& links = pass.links;
  // What follows s, breadth first, up to p: if p is among it, the path there is a shortest one.
  std::vector<std::uint32_t> following{s}, leading{p};
  ++now_;
  stamp_[s] = now_, from_[s] = none;
  for (std::size_t at = 0; at < following.size(); ++at) {
    auto const i = following[at];
    for (auto o = pass.first_out[i]; o < pass.last_out[i]; ++o) {
      auto const next = links.successor[links.out[o]];
      if (pass.spans(next) || stamp_[next] == now_ || place_[next] > last) continue;
      stamp_[next] = now_, from_[next] = i;
      if (next == p) {
        std::vector<std::uint32_t> loop;
        for (auto back = p; back != none; back = from_[back]) loop.push_back(back);
        std::reverse(loop.begin(), loop.end());
        return loop;
      }
      following.push_back(next);
    }
  }
  stamp_[p] = now_;
  for (std::size_t at = 0; at < leading.size(); ++at) {
    auto const i = leading[at];
    for (auto k = pass.first_in[i]; k < pass.last_in[i]; ++k) {
      auto const next = links.predecessor[k];
      if (pass.spans(next) || stamp_[next] == now_ || place_[next] < first) continue;
      stamp_[next] = now_;
      leading.push_back(next);
    }
  }
  // The same places, first for what leads to p, then for what follows s.
  auto const by_place = [&](std::uint32_t a, std::uint32_t b) { return place_[a] < place_[b]; };
  std::sort(following.begin(), following.end(), by_place);
  std::sort(leading.begin(), leading.end(), by_place);
  leading.insert(leading.end(), following.begin(), following.end());
  std::vector<std::uint32_t> places;
  places.reserve(leading.size());
  for (auto const i : leading) {
    places.push_back(place_[i]);
    moved_.push_back({i, place_[i]});
  }
  std::sort(places.begin(), places.end());
  for (std::size_t k = 0; k < leading.size(); ++k) put(leading[k], places[k]);
  return {};
}

void KeptOrder::take_back() {
  std::size_t added = 0;
  for (auto at = moved_.rbegin(); at != moved_.rend(); ++at) {
    if (at->place != none) {
      put(at->activity, at->place);
      continue;
    }
    auto const place = place_[at->activity];
    at_[place] = none;
    ++added;
  }
  place_.resize(place_.size() - added), stamp_.resize(place_.size()), from_.resize(place_.size());
  behind_ = 2 * static_cast<std::uint32_t>(place_.size()) + 1;
  moved_.clear();
}

}  // namespace rapport
