#include "network/grains.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "rapport/base/time.h"

namespace rapport {

DayPattern::DayPattern(DayShifts const& day) {
  for (auto const& shift : day) {
    if (shift.to <= shift.from) continue;
    shifts.push_back(shift);
    total += shift.to - shift.from;
  }
}

std::int64_t DayPattern::rank(std::int64_t second) const {
  std::int64_t rank = 0;
  for (auto const& shift : shifts) {
    rank += std::clamp<std::int64_t>(second - shift.from, 0, shift.to - shift.from);
  }
  return rank;
}

std::int64_t DayPattern::second_of(std::int64_t rank) const {
  for (auto const& shift : shifts) {
    if (rank < shift.to - shift.from) return shift.from + rank;
    rank -= shift.to - shift.from;
  }
  return seconds_per_day;
}

std::optional<Grains> Grains::of(std::span<DayPattern const> patterns, std::span<std::uint16_t const> days) {
  auto common = static_cast<std::int32_t>(seconds_per_day);
  for (auto const& pattern : patterns) {
    for (auto const& shift : pattern.shifts) common = std::gcd(std::gcd(common, shift.from), shift.to);
  }
  auto const length = static_cast<std::int64_t>(days.size()) * seconds_per_day;
  if (common < seconds_per_minute || length > INT32_MAX) return {};

  Grains grains;
  auto const size = static_cast<std::uint32_t>(common);
  auto const per_day = static_cast<std::uint32_t>(seconds_per_day) / size;
  grains.seconds = static_cast<std::uint32_t>(length);
  grains.per_second = (std::uint64_t{1} << 40) / size + 1;

  grains.day.reserve(days.size() + 1);
  std::int64_t shortest = seconds_per_day;
  for (auto const kind : days) {
    grains.day.push_back(std::uint64_t{grains.total} << 32 | kind * per_day);
    auto const own = patterns[kind].total;
    if (own > 0) shortest = std::min(shortest, own);
    grains.total += static_cast<std::uint32_t>(own);
  }
  grains.day.push_back(std::uint64_t{grains.total} << 32 | UINT32_MAX);

  // A bucket no longer than the shortest day holds at most two days; an hour bounds the memory.
  auto const width = static_cast<std::uint64_t>(std::max(shortest, seconds_per_hour));
  grains.bucket_bits = static_cast<std::uint32_t>(std::bit_width(width)) - 1;
  grains.day_of.reserve((grains.total >> grains.bucket_bits) + 2);
  std::uint16_t d = 0;
  for (std::uint32_t rank = 0; rank < grains.total; rank += 1U << grains.bucket_bits) {
    while (grains.day[d + 1U] >> 32 <= rank) ++d;
    grains.day_of.push_back(d);
  }
  grains.day_of.push_back(static_cast<std::uint16_t>(days.size()));

  for (auto const& pattern : patterns) {
    for (std::uint32_t g = 0; g < per_day; ++g) {
      auto const before = static_cast<std::uint32_t>(pattern.rank(g * size));
      bool const works = pattern.rank((g + 1) * size) > before;
      grains.in_day.push_back(works ? InDay{g * size - before, UINT32_MAX} : InDay{0, before});
      auto const second = static_cast<std::uint32_t>(pattern.second_of(g * size));
      grains.pauses.push_back(second - g * size);
    }
  }
  return grains;
}

}  // namespace rapport
