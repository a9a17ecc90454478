#include "model/fact_swap.h"

#include <algorithm>

namespace rapport {
namespace {

/// Takes the facts of `going` (ascending positions) out of `all`.
template <class T>
void take_out(std::vector<T>& all, std::vector<FactSwap*> const& going) noexcept {
  for (FactSwap* swap : going) swap->fact.emplace(std::move(all[swap->position]));
  std::size_t kept = going.front()->position, next = 0;
  for (std::size_t i = kept; i < all.size(); ++i) {
    if (next < going.size() && going[next]->position == i)
      ++next;
    else
      all[kept++] = std::move(all[i]);
  }
  all.erase(all.begin() + static_cast<std::ptrdiff_t>(kept), all.end());
}

/// Puts the facts of `coming` (ascending positions) to where they shall stand.
template <class T>
void put_in(std::vector<T>& all, std::vector<FactSwap*> const& coming) noexcept {
  std::size_t from = all.size(), next = coming.size();
  all.resize(from + next);
  for (std::size_t to = all.size(); next > 0;) {
    // All places behind are filled: a position beyond the end means the last free place.
    FactSwap& last = *coming[next - 1];
    --to;
    if (last.position >= to || from == 0) {
      all[to] = std::move(std::get<T>(*last.fact));
      last.fact.reset();
      last.position = to;
      --next;
    } else {
      all[to] = std::move(all[--from]);
    }
  }
}

template <class T>
void exchange_kind(Facts& facts, FactIndex& index, std::vector<FactSwap*> const& swaps) {
  auto& all = facts.*FactTraits<T>::member;
  KeyIndex& keys = index.of(FactTraits<T>::kind);
  std::vector<FactSwap*> going, coming;
  std::vector<std::pair<FactSwap*, std::size_t>> staying;
  for (FactSwap* swap : swaps) {
    auto const found = keys.find(swap->node.key, all);
    if (found && swap->fact) staying.emplace_back(swap, *found);
    if (found && !swap->fact) swap->position = *found, going.push_back(swap);
    if (!found && swap->fact) coming.push_back(swap);
  }
  auto const by_position = [](FactSwap const* a, FactSwap const* b) { return a->position < b->position; };
  std::sort(going.begin(), going.end(), by_position);
  std::stable_sort(coming.begin(), coming.end(), by_position);
  if (all.size() + coming.size() > all.capacity())
    all.reserve(std::max(all.size() + coming.size(), all.capacity() * 2));
  keys.reserve(all.size() + coming.size());

  // From here on nothing is allocated.
  for (auto const& [swap, at] : staying) {
    std::swap(all[at], std::get<T>(*swap->fact));
    swap->position = at;
  }
  std::size_t const before = all.size();
  if (!going.empty()) take_out(all, going);
  if (!coming.empty()) put_in(all, coming);
  bool const moved = !going.empty() || (!coming.empty() && coming.front()->position < before);
  if (moved) keys.clear();
  for (std::size_t i = moved ? 0 : before; i < all.size(); ++i) keys.add(i, all);
}

}  // namespace

void exchange(Facts& facts, FactIndex& index, std::vector<FactSwap>& swaps) {
  std::array<std::vector<FactSwap*>, std::variant_size_v<Fact>> by_kind;
  for (auto& swap : swaps) by_kind[static_cast<std::size_t>(swap.node.kind)].push_back(&swap);
  for_each_fact_type([&]<class T>() {
    auto const& of_kind = by_kind[static_cast<std::size_t>(FactTraits<T>::kind)];
    if (!of_kind.empty()) exchange_kind<T>(facts, index, of_kind);
  });
}

}  // namespace rapport
