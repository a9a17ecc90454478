#include "support/slow_cost.h"

namespace rapport::support {
namespace {

/// a × b / c, half up; small figures only.
std::int64_t rounded_ratio(std::int64_t a, std::int64_t b, std::int64_t c) {
  return (2 * a * b + c) / (2 * c);
}

}  // namespace

std::int64_t hours_walked(Instant from, Instant to, std::function<bool(Instant)> const& works) {
  std::int64_t count = 0;
  for (Instant hour = from; hour < to; hour = hour + Elapsed{3600}) count += works(hour) ? 1 : 0;
  return count;
}

std::int64_t slow_effort_cost(std::int64_t seconds, Instant from, Instant to,
                              std::vector<SlowRate> const& rates, std::function<bool(Instant)> const& works) {
  auto const rate_of = [&](Instant when) {
    std::size_t found = 0;
    for (std::size_t i = 0; i < rates.size(); ++i)
      if (i > 0 && rates[i].from <= when) found = i;
    return found;
  };
  std::int64_t const all = hours_walked(from, to, works);
  std::int64_t cents = 0, so_far = 0, priced = 0;
  std::size_t current = rate_of(from);
  auto const close = [&](std::int64_t until) {
    cents += rounded_ratio(until - priced, rates[current].micro, std::int64_t{36'000'000});
    priced = until;
  };
  for (Instant hour = from; hour < to; hour = hour + Elapsed{3600}) {
    if (rate_of(hour) != current) {
      close(rounded_ratio(seconds, so_far, all));
      current = rate_of(hour);
    }
    so_far += works(hour) ? 1 : 0;
  }
  close(seconds);
  return cents;
}

std::int64_t slow_days_begun(Instant from, Instant to) {
  std::int64_t days = 0;
  for (Date day = from.date(); at(day) < to; day = day + 1) days += from < to ? 1 : 0;
  return days;
}

}  // namespace rapport::support
