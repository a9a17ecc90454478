// Prices that rise over the years, and amounts in other currencies. Factors are exact fractions; each
// price is rounded once.

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include "impact/price.h"
#include "rapport/base/error.h"

namespace rapport::detail {
namespace {

using Whole = boost::multiprecision::cpp_int;

constexpr Instant before_all{std::numeric_limits<std::int64_t>::min()};
constexpr Instant after_all{std::numeric_limits<std::int64_t>::max()};
constexpr int longest_escalation = 100;  ///< Years; further on the price stays.

/// numerator / denominator.
struct Factor {
  Whole numerator = 1, denominator = 1;
};

std::int64_t rounded_product(Factor const& factor, std::int64_t value) {
  Whole const product = factor.numerator * value;
  Whole const nearest = (2 * abs(product) + factor.denominator) / (2 * factor.denominator);
  if (nearest > std::numeric_limits<std::int64_t>::max())
    throw InvalidInput("an amount is too large to be held exactly after escalation and exchange");
  auto const result = static_cast<std::int64_t>(nearest);
  return product < 0 ? -result : result;
}

Whole ten_to(int exponent) { return pow(Whole(10), static_cast<unsigned>(exponent)); }

/// The day `years` later; 29 February becomes the 28th.
Instant years_later(Instant from, int years) {
  std::string const text = to_string(from.date());
  int const year = std::stoi(text.substr(0, 4)) + years, month = std::stoi(text.substr(5, 2));
  int day = std::stoi(text.substr(8, 2));
  if (year > 9999) return after_all;
  bool const leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (month == 2 && day == 29 && !leap) day = 28;
  return rapport::at(Date::of(year, month, day), from.second_of_day());
}

void grow(Factor& factor, Escalation const& escalation, Instant when) {
  int years = 0;
  while (years < longest_escalation && years_later(escalation.from, years + 1) <= when) ++years;
  if (years == 0) return;
  auto const n = static_cast<unsigned>(years);
  factor.numerator *= pow(Whole(1'000'000 + std::llround(escalation.percent_per_year * 1e4)), n);
  factor.denominator *= pow(Whole(1'000'000), n);
}

}  // namespace

Prices::Prices(Project const& project) : project_(project), currency_(project.facts().currency) {
  for (auto const& escalation : project.facts().escalations) escalations_.push_back(&escalation);
  if (currency_ == Currency()) return;
  for (auto const& rate : project.facts().exchange_rates) {
    Instant const from = rate.from.value_or(before_all);
    if (rate.price.currency == currency_)
      exchange_[rate.of.code()].push_back({from, {rate.of, rate.price}, false});
    else if (rate.of == currency_)
      exchange_[rate.price.currency.code()].push_back({from, {rate.of, rate.price}, true});
  }
  for (auto& [code, rates] : exchange_)
    std::stable_sort(rates.begin(), rates.end(),
                     [](DatedExchange const& a, DatedExchange const& b) { return a.from < b.from; });
}

Escalation const* Prices::escalation(std::string const& resource, std::string const& account) const {
  Escalation const* general = nullptr;
  for (auto const* one : escalations_) {
    if (!resource.empty() && one->resource == resource) return one;
    if (one->resource.empty() && one->cost_account.empty() && !general) general = one;
  }
  std::string key = account;
  // The depth of the tree bounds the walk, whatever the facts say of parents.
  for (std::size_t i = 0; resource.empty() && !key.empty() && i <= project_.facts().cost_accounts.size();
       ++i) {
    for (auto const* one : escalations_)
      if (one->cost_account == key) return one;
    auto const* fact = project_.find<CostAccount>(key);
    key = fact ? fact->parent : "";
  }
  return general;
}

Prices::DatedExchange const* Prices::exchange(Currency of, Instant when) const {
  if (of == currency_ || exchange_.empty()) return nullptr;
  auto const known = exchange_.find(of.code());
  if (known == exchange_.end()) return nullptr;
  DatedExchange const* found = &known->second.front();
  for (auto const& rate : known->second)
    if (rate.from <= when) found = &rate;
  return found;
}

std::optional<Exchange> Prices::exchanged(Currency of, Instant when) const {
  auto const* found = exchange(of, when);
  return found ? std::optional(found->at) : std::nullopt;
}

Money Prices::at(Money amount, Instant when, std::string const& resource, std::string const& account,
                 Rise rise) const {
  if (plain() || amount.minor == 0) return amount;
  Factor factor;
  if (rise == Rise::Included)
    if (auto const* rises = escalation(resource, account)) grow(factor, *rises, when);
  Currency currency = amount.currency;
  if (auto const* rate = exchange(amount.currency, when)) {
    currency = currency_;
    factor.numerator *= ten_to(currency.minor_digits()) * (rate->inverse ? 1'000'000 : rate->at.price.micro);
    factor.denominator *=
        ten_to(amount.currency.minor_digits()) * (rate->inverse ? rate->at.price.micro : 1'000'000);
  }
  return {rounded_product(factor, amount.minor), currency};
}

std::vector<Instant> Prices::changes(Currency of, Span when, std::string const& resource,
                                     std::string const& account) const {
  std::vector<Instant> found;
  if (plain()) return found;
  auto const take = [&](Instant instant) {
    if (instant > when.start && instant < when.finish) found.push_back(instant);
  };
  if (auto const* rises = escalation(resource, account)) {
    for (int n = 1; n <= longest_escalation; ++n) {
      Instant const instant = years_later(rises->from, n);
      if (instant >= when.finish) break;
      take(instant);
    }
  }
  if (auto const known = exchange_.find(of.code()); known != exchange_.end() && of != currency_)
    for (auto const& rate : known->second) take(rate.from);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<DatedRate> Prices::priced(Resource const& resource, std::vector<DatedRate> rates,
                                      Rise rise) const {
  std::vector<Instant> from;
  for (auto const& rate : rates) {
    from.push_back(rate.from);
    for (Instant const when : changes(rate.rate.currency, {before_all, after_all}, resource.key, {}))
      from.push_back(when);
  }
  std::sort(from.begin(), from.end());
  from.erase(std::unique(from.begin(), from.end()), from.end());
  auto const* const rises = rise == Rise::Included ? escalation(resource.key, {}) : nullptr;
  std::vector<DatedRate> result;
  for (Instant const when : from) {
    Rate const entered = rate_at(when, rates);
    Factor factor;
    if (rises) grow(factor, *rises, when);
    Currency currency = entered.currency;
    std::optional<Exchanged> exchanged;
    if (auto const* rate = exchange(entered.currency, when)) {
      currency = currency_;
      exchanged = {{rounded_product(factor, entered.micro), entered.currency}, rate->at};
      factor.numerator *= rate->inverse ? 1'000'000 : rate->at.price.micro;
      factor.denominator *= rate->inverse ? rate->at.price.micro : 1'000'000;
    }
    // Equal neighbours stay apart: with and without the rise, work is cut at the same moments.
    result.push_back({when, {rounded_product(factor, entered.micro), currency}, exchanged});
  }
  return result;
}

}  // namespace rapport::detail
