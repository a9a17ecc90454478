#pragma once
// What a pass over everything costs when written plainly.

#include <algorithm>
#include <vector>

#include "rapport/network/slices.h"
#include "support/plain_network.h"

namespace rapport::bench {

/// The passes as one writes them first: links by successor and by predecessor, one activity at a time.
struct ScalarCsr {
  struct Half {
    std::uint32_t other;
    std::int32_t lag;
    LinkType type;
  };
  AlignedVector<std::uint32_t> order, first_in, first_out;
  AlignedVector<Half> in, out;
  AlignedVector<std::int32_t> duration, es, ef, ls, lf, total_float, free_float;

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
    std::int32_t const finish = forward();
    backward<true>(finish);
    return finish;
  }
  /// Early and late dates only.
  std::int32_t dates() {
    std::int32_t const finish = forward();
    backward<false>(finish);
    return finish;
  }

  std::int32_t forward() {
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
    return finish;
  }

  template <bool with_floats>
  void backward(std::int32_t finish) {
    auto const n = static_cast<std::uint32_t>(duration.size());
    for (std::uint32_t i = n; i-- > 0;) {
      std::int32_t latest = finish, soonest = finish;
      for (auto k = first_out[i]; k < first_out[i + 1]; ++k) {
        Half const& link = out[k];
        bool const from_start = link.type == LinkType::StartToStart || link.type == LinkType::StartToFinish;
        bool const to_finish = link.type == LinkType::FinishToFinish || link.type == LinkType::StartToFinish;
        std::int32_t const shift = (from_start ? duration[i] : 0) - link.lag;
        latest = std::min(latest, (to_finish ? lf[link.other] : ls[link.other]) + shift);
        if (with_floats) soonest = std::min(soonest, (to_finish ? ef[link.other] : es[link.other]) + shift);
      }
      lf[i] = latest, ls[i] = latest - duration[i];
      if (with_floats) total_float[i] = latest - ef[i], free_float[i] = soonest - ef[i];
    }
  }
};

}  // namespace rapport::bench
