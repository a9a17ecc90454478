#pragma once
// Loops over all activities that leave those alone of which there is nothing to say.

#include <cstdint>
#include <cstring>
#include <span>

#include "rapport/network/network.h"

namespace rapport {

/// Calls `visit` with each from `first` to before `last` that is not marked as plain, which most are.
template <class Visit>
void each_not_plain(ActivityValues const& values, std::uint32_t first, std::uint32_t last,
                    Visit const& visit) {
  auto const* const marks = values.plain.data();
  while (first < last) {
    auto const* const found = static_cast<std::uint8_t const*>(std::memchr(marks + first, 0, last - first));
    if (!found) return;
    first = static_cast<std::uint32_t>(found - marks);
    visit(first++);
  }
}

/// The largest (smallest with std::less) of dates, four at a time: a processor waits for each comparison.
template <class After>
[[nodiscard]] std::int64_t last_of(std::span<std::int64_t const> dates, std::int64_t last, After after) {
  std::int64_t best[4] = {last, last, last, last};
  std::size_t i = 0;
  for (; i + 4 <= dates.size(); i += 4)
    for (std::size_t k = 0; k < 4; ++k) best[k] = after(dates[i + k], best[k]) ? dates[i + k] : best[k];
  for (; i < dates.size(); ++i) best[0] = after(dates[i], best[0]) ? dates[i] : best[0];
  for (std::size_t k = 1; k < 4; ++k) best[0] = after(best[k], best[0]) ? best[k] : best[0];
  return best[0];
}
/// That of all activities that count, or `last`; what is plain does.
template <class After, class Counts>
[[nodiscard]] std::int64_t last_that_counts(ActivityValues const& values, std::span<std::int64_t const> dates,
                                            std::int64_t last, After after, Counts const& counts) {
  auto const of_all = last_of(dates, last, after);
  bool others_as_far = false;
  auto const n = static_cast<std::uint32_t>(dates.size());
  each_not_plain(values, 0, n,
                 [&](std::uint32_t i) { others_as_far |= !after(of_all, dates[i]) && !counts(i); });
  if (!others_as_far) return of_all;
  for (std::uint32_t i = 0; i < n; ++i)
    if (after(dates[i], last) && (values.plain[i] != 0 || counts(i))) last = dates[i];
  return last;
}

}  // namespace rapport
