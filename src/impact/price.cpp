#include "impact/price.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace rapport::detail {
namespace {

constexpr Instant always{std::numeric_limits<std::int64_t>::min()};

Rate scaled_rate(Rate rate, double factor) {
  return {static_cast<std::int64_t>(std::llround(static_cast<double>(rate.micro) * factor)), rate.currency};
}

Money capped(Money amount, std::optional<Money> const& cap) {
  if (cap && cap->currency == amount.currency && cap->minor < amount.minor) return *cap;
  return amount;
}

}  // namespace

std::vector<DatedRate> dated_rates(Resource const& resource, std::span<RateChange const> edits, Instant now) {
  std::vector<DatedRate> rates;
  for (auto const& period : resource.rates)
    rates.push_back({rates.empty() ? always : period.from.value_or(always), period.standard});
  for (auto const& edit : edits) {
    if (edit.resource != resource.key || rates.empty()) continue;
    Instant const from = edit.from.value_or(now);
    std::vector<DatedRate> edited;
    for (std::size_t i = 0; i < rates.size(); ++i) {
      bool const last = i + 1 == rates.size();
      if (rates[i].from >= from) {
        edited.push_back({rates[i].from, scaled_rate(rates[i].rate, edit.factor)});
        continue;
      }
      edited.push_back(rates[i]);
      if (last || rates[i + 1].from > from) edited.push_back({from, scaled_rate(rates[i].rate, edit.factor)});
    }
    rates = std::move(edited);
  }
  return rates;
}

Rate rate_at(Instant when, std::span<DatedRate const> rates) {
  Rate rate = rates.front().rate;
  for (auto const& period : rates)
    if (period.from <= when) rate = period.rate;
  return rate;
}

Price price_of(Work work, Instant start, Instant finish, WorkingTime const& calendar,
               std::span<DatedRate const> rates) {
  Price price;
  price.single = rate_at(start, rates);
  std::int64_t const span = calendar.between(start, finish).seconds;
  Work priced;
  Instant at = start;
  auto const portion = [&](Work until) {
    Rate const rate = rate_at(at, rates);
    if (until == priced) return;
    if (price.single && rate != *price.single) price.single.reset();
    price.amount += cost_of(until - priced, rate);
    priced = until;
  };
  if (span > 0) {
    for (auto const& period : rates) {
      if (period.from <= start || period.from >= finish) continue;
      double const before =
          static_cast<double>(calendar.between(start, period.from).seconds) / static_cast<double>(span);
      portion({static_cast<std::int64_t>(std::llround(static_cast<double>(work.seconds) * before))});
      at = period.from;
    }
  }
  portion(work);
  return price;
}

std::string to_text(Rate rate, std::string const& unit) {
  char text[48];
  std::snprintf(text, sizeof text, "%.*f", std::max(2, rate.currency.minor_digits()), rate.in_major());
  return std::string(text) + " " + rate.currency.code() + "/" + unit;
}

std::int64_t days_begun(Instant start, Instant finish) {
  if (finish <= start) return 0;
  return (finish - Elapsed{1}).date() - start.date() + 1;
}

ContractTerms terms_at(ContractMilestone const& milestone, Instant finish) {
  ContractTerms terms;
  Instant const tolerated = milestone.due + Elapsed{milestone.grace_days * seconds_per_day};
  if (finish > tolerated) {
    terms.days_late = ((finish - tolerated).seconds + seconds_per_day - 1) / seconds_per_day;
    terms.penalty = milestone.penalty_per_day;
    terms.penalty.minor *= terms.days_late;
    terms.penalty = capped(terms.penalty, milestone.penalty_cap);
  }
  if (finish < milestone.due) {
    terms.days_early = (milestone.due - finish).seconds / seconds_per_day;
    terms.bonus = milestone.bonus_per_day;
    terms.bonus.minor *= terms.days_early;
    terms.bonus = capped(terms.bonus, milestone.bonus_cap);
  }
  return terms;
}

}  // namespace rapport::detail
