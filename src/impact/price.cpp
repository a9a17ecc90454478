#include "impact/price.h"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/number_text.h"
#include "impact/plan_change.h"
#include "schedule/schedule_rows.h"

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

ResourceRates Prices::rates(Resource const& resource, std::span<RateChange const> edits, Instant now,
                            Rise rise) const {
  ResourceRates all;
  std::vector<RatePeriod> changed;
  for (auto const& edit : edits)
    if (edit.resource == resource.key)
      changed = edited(changed.empty() ? resource.rates : changed, edit, now);
  for (auto const& period : changed.empty() ? resource.rates : changed) {
    Instant const from = all.standard.empty() ? always : period.from.value_or(always);
    all.standard.push_back({from, period.standard, {}});
    all.overtime.push_back({from, period.overtime.value_or(period.standard), {}});
  }
  if (all.standard.empty() || plain()) return all;
  all.standard = priced(resource, std::move(all.standard), rise);
  all.overtime = priced(resource, std::move(all.overtime), rise);
  return all;
}

Money Prices::use(Resource const& resource, double units, Instant when, Rise rise) const {
  Money use;
  for (auto const& period : resource.rates)
    if (&period == &resource.rates.front() || period.from.value_or(always) <= when) use = period.per_use;
  if (use.minor == 0) return {};
  if (!by_quantity(resource)) use.minor = portion(use.minor, std::llround(units * 1e6), 1'000'000);
  return at(use, when, resource.key, {}, rise);
}

std::vector<DatedAmount> Prices::spread(Money amount, Span when, WorkingTime const& calendar,
                                        std::string const& account, Rise rise) const {
  std::vector<Instant> cuts;
  std::int64_t span = 0;
  if (!plain()) {
    cuts = changes(amount.currency, when, {}, account);
    span = calendar.between(when.start, when.finish).seconds;
  }
  if (span <= 0) cuts.clear();
  cuts.push_back(when.finish);
  std::vector<DatedAmount> parts;
  Instant from = when.start;
  std::int64_t counted = 0;
  for (Instant const until : cuts) {
    std::int64_t const so_far =
        until == when.finish ? amount.minor
                             : portion(amount.minor, calendar.between(when.start, until).seconds, span);
    Money const part{so_far - counted, amount.currency};
    parts.push_back(
        {{from, until}, at(part, from, {}, account, rise), 0, part, exchanged(part.currency, from)});
    counted = so_far;
    from = until;
  }
  return parts;
}

std::vector<DatedAmount> Prices::per_day(Money amount, Span when, std::string const& account,
                                         std::optional<Instant> cut, Rise rise) const {
  std::vector<DatedAmount> parts;
  auto cuts = changes(amount.currency, when, {}, account);
  if (cut && *cut > when.start && *cut < when.finish) {
    cuts.push_back(*cut);
    std::sort(cuts.begin(), cuts.end());
  }
  cuts.push_back(when.finish);
  Instant from = when.start;
  std::int64_t counted = 0;
  for (Instant const until : cuts) {
    std::int64_t const days = days_begun(when.start, until) - counted;
    Money day = at(amount, from, {}, account, rise);
    day.minor *= days;
    if (days > 0)
      parts.push_back({{from, until},
                       day,
                       days,
                       {amount.minor * days, amount.currency},
                       exchanged(amount.currency, from)});
    counted += days;
    from = until;
  }
  return parts;
}

std::vector<RatePeriod> edited(std::vector<RatePeriod> const& rates, RateChange const& edit, Instant now) {
  Instant const from = std::max(edit.from.value_or(now), now);
  std::vector<RatePeriod> result;
  auto const change = [&](RatePeriod period, std::optional<Instant> since) {
    period.from = since;
    period.standard = scaled_rate(period.standard, edit.factor);
    if (period.overtime) period.overtime = scaled_rate(*period.overtime, edit.factor);
    result.push_back(period);
  };
  for (std::size_t i = 0; i < rates.size(); ++i) {
    if (i > 0 && rates[i].from.value_or(always) >= from) {
      change(rates[i], rates[i].from);
      continue;
    }
    result.push_back(rates[i]);
    if (i + 1 == rates.size() || rates[i + 1].from.value_or(always) > from) change(rates[i], from);
  }
  return result;
}

DatedRate const& dated_rate_at(Instant when, std::span<DatedRate const> rates) {
  DatedRate const* found = &rates.front();
  for (auto const& period : rates)
    if (period.from <= when) found = &period;
  return *found;
}

std::vector<Portion> portions_of(Work work, Span when, WorkingTime const& calendar,
                                 std::span<DatedRate const> rates) {
  std::vector<Portion> parts;
  if (work.seconds == 0) return parts;
  if (rates.size() == 1) {
    parts.push_back({when, work, rates.front(), cost_of(work, rates.front().rate)});
    return parts;
  }
  std::int64_t const span = calendar.between(when.start, when.finish).seconds;
  Work priced;
  Instant at = when.start;
  auto const close = [&](Work until_work, Instant until) {
    if (until_work == priced) return;
    DatedRate const& rate = dated_rate_at(at, rates);
    parts.push_back({{at, until}, until_work - priced, rate, cost_of(until_work - priced, rate.rate)});
    priced = until_work;
  };
  if (span > 0) {
    for (auto const& period : rates) {
      if (period.from <= when.start || period.from >= when.finish) continue;
      close({portion(work.seconds, calendar.between(when.start, period.from).seconds, span)}, period.from);
      at = period.from;
    }
  }
  close(work, when.finish);
  return parts;
}

namespace {

void add(std::vector<RatedWork>& all, Work work, DatedRate const& at) {
  auto const same = std::find_if(all.begin(), all.end(), [&](RatedWork const& each) {
    return each.at.rate == at.rate && each.at.exchanged == at.exchanged;
  });
  if (same == all.end())
    all.push_back({work, at});
  else
    same->work += work;
}

}  // namespace

std::vector<RatedWork> difference(std::vector<RatedWork> all, std::vector<RatedWork> const& other) {
  for (auto const& each : other) add(all, -each.work, each.at);
  return all;
}

std::vector<RatedWork> together(std::vector<RatedWork> all, std::vector<RatedWork> const& other) {
  for (auto const& each : other) add(all, each.work, each.at);
  return all;
}

Price price_of(Work work, Work overtime, Span when, WorkingTime const& calendar, ResourceRates const& rates) {
  Price price;
  price.single = rate_at(when.start, rates.standard);
  auto const count = [&](Work some, std::vector<DatedRate> const& at) {
    for (auto const& part : portions_of(some, when, calendar, at)) {
      if (price.single && part.at.rate != *price.single) price.single.reset();
      price.amount += part.amount;
      add(price.rates, part.work, part.at);
    }
  };
  count(work - overtime, rates.standard);
  count(overtime, rates.overtime);
  return price;
}

// -- assignments and expenses --------------------------------------------------------------------

Work remaining_effort(Network const& network, Assignment const& assignment, ActivityIndex index) {
  if (network.completed(index)) return {};
  if (assignment.remaining) return *assignment.remaining;
  auto const duration = network.duration(index).seconds;
  if (duration <= 0 || !network.started(index)) return assignment.work;
  auto const left = std::clamp<std::int64_t>(network.remaining(index).seconds, 0, duration);
  return minutes(portion(assignment.work.seconds, left, duration * seconds_per_minute));
}

Work overtime_in(Work part, Assignment const& assignment) {
  if (assignment.overtime.seconds <= 0 || assignment.work.seconds <= 0) return {};
  return {portion(part.seconds, assignment.overtime.seconds, assignment.work.seconds)};
}

Money open_part(Network const& network, ActivityIndex index, Money amount) {
  if (network.completed(index)) return {0, amount.currency};
  auto const duration = network.duration(index).seconds;
  if (!network.started(index) || duration <= 0) return amount;
  auto const remaining = std::clamp<std::int64_t>(network.remaining(index).seconds, 0, duration);
  return {portion(amount.minor, remaining, duration), amount.currency};
}

EnteredCost entered_cost(Prices const& prices, Network const& network, Assignment const& assignment,
                         ActivityIndex index, Instant when) {
  Money const cost = prices.at(*assignment.cost, when, {}, {}, Rise::LeftOut);
  Money open = open_part(network, index, cost);
  auto const work = assignment.work.seconds;
  if (!network.completed(index) && work > 0) {
    auto const left = remaining_effort(network, assignment, index).seconds;
    open.minor = portion(cost.minor, std::clamp<std::int64_t>(left, 0, work), work);
  }
  return {cost - open, open};
}

EnteredCost changed_cost(Prices const& prices, EnteredCost const& before, Assignment const& changed,
                         Instant when) {
  Money const cost = prices.at(*changed.cost, when, {}, {}, Rise::LeftOut);
  bool const nothing_left = changed.work.seconds > 0 && changed.remaining && changed.remaining->seconds == 0;
  return {before.done, nothing_left ? Money{0, cost.currency} : cost - before.done};
}

Money still_to_come(Network const& network, Expense const& expense, ActivityIndex index) {
  if (network.completed(index)) return {0, expense.amount.currency};
  if (expense.actual) {
    Money const left = expense.amount - *expense.actual;
    bool const beyond = expense.amount.minor < 0 ? left.minor > 0 : left.minor < 0;
    return beyond ? Money{0, expense.amount.currency} : left;
  }
  return open_part(network, index, expense.amount);
}

Instant start_of(Network const& network, ActivityIndex index, Instant early_start) {
  auto const actual = network.values().actual_start[index.value];
  return actual == no_instant ? early_start : Instant{actual};
}

Span remaining_span(Instant early_start, Instant early_finish, Instant now) {
  return {std::min(std::max(early_start, now), early_finish), early_finish};
}

std::vector<DatedAmount> entered_parts(Prices const& prices, Schedule const& after, CostChange const& cost,
                                       ActivityEffect const* effect, Instant now) {
  ScheduleRows const rows(after);
  auto const row = rows.find(effect && !effect->rework_key.empty() ? effect->rework_key : cost.activity);
  if (!row || rows.completed(*row))
    return prices.spread(cost.amount, {now, now}, WorkingTime(), {}, Rise::LeftOut);
  auto const dates = rows.dates(*row);
  return prices.spread(cost.amount, remaining_span(dates.early_start, dates.early_finish, now),
                       rows.calendar(*row), {}, Rise::LeftOut);
}

std::string entered_in_words(std::vector<DatedAmount> const& parts) {
  std::string const converted = conversions(parts);
  return "entered by the change" + (converted.empty() ? "" : ": " + converted);
}

// -- exact shares --------------------------------------------------------------------------------

std::int64_t portion(std::int64_t amount, std::int64_t part, std::int64_t whole) {
  using Wide = boost::multiprecision::int128_t;
  Wide const product = Wide(amount) * part;
  Wide const half = Wide(whole) / 2;
  return static_cast<std::int64_t>((product < 0 ? product - half : product + half) / whole);
}

std::vector<std::int64_t> shared_out(std::int64_t amount, std::span<std::int64_t const> weights) {
  using Wide = boost::multiprecision::int128_t;
  std::vector<std::int64_t> parts(weights.size());
  if (weights.empty()) return parts;
  Wide whole = 0;
  for (auto const weight : weights) whole += weight;
  bool const even = whole == 0;
  if (even) whole = static_cast<std::int64_t>(weights.size());
  bool const negative = amount < 0;
  Wide const size = negative ? -Wide(amount) : Wide(amount);
  std::vector<Wide> rest(weights.size());
  Wide given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    Wide const product = size * (even ? std::int64_t{1} : weights[i]);
    Wide const part = product / whole;
    rest[i] = product - part * whole;
    given += part;
    parts[i] = static_cast<std::int64_t>(part);
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return rest[a] > rest[b]; });
  auto const left = static_cast<std::size_t>(static_cast<std::int64_t>(size - given));
  for (std::size_t i = 0; i < left; ++i) ++parts[order[i]];
  if (negative)
    for (auto& part : parts) part = -part;
  return parts;
}

// -- words and terms -----------------------------------------------------------------------------

CostCategory category_of(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::Labour:
      return CostCategory::Labour;
    case ResourceKind::Equipment:
      return CostCategory::Equipment;
    case ResourceKind::Material:
      return CostCategory::Material;
    case ResourceKind::Cost:
      break;
  }
  return CostCategory::Expense;
}

namespace {

/// "8h at 80.00 EUR/h, 16h at 100.00 EUR/h".
std::string listed(std::vector<RatedWork> const& work) {
  constexpr std::size_t most = 4;
  if (work.size() > most) {
    Work sum;
    for (auto const& each : work) sum += each.work;
    return to_string(sum) + " at " + std::to_string(work.size()) + " rates, from " +
           to_text(work.front().at, "h") + " to " + to_text(work.back().at, "h");
  }
  std::string text;
  for (auto const& each : work)
    text += (text.empty() ? "" : ", ") + to_string(each.work) + " at " + to_text(each.at, "h");
  return text;
}

std::vector<RatedWork> without_none(std::vector<RatedWork> work) {
  std::erase_if(work, [](RatedWork const& each) { return each.work.seconds == 0; });
  return work;
}

/// "1 day", "4 full days".
std::string counted(std::int64_t days, char const* full = "") {
  return std::to_string(days) + full + (days == 1 ? " day" : " days");
}

std::string capped_in_words(Money amount, std::int64_t days, std::optional<Money> const& cap) {
  amount.minor *= days;
  return capped(amount, cap) == amount ? "" : ", capped at " + amount_text(*cap);
}

}  // namespace

std::string to_text(Rate rate, std::string const& unit) { return amount_text(rate) + "/" + unit; }

std::string to_text(std::optional<Exchange> const& exchange) {
  return exchange ? " (" + exchange->of.code() + " at " + amount_text(exchange->price) + ")" : "";
}

std::string to_text(DatedRate const& rate, std::string const& unit) {
  if (!rate.exchanged) return to_text(rate.rate, unit);
  return to_text(rate.exchanged->rate, unit) + to_text(std::optional(rate.exchanged->at));
}

std::string at_rates(std::vector<RatedWork> const& work) {
  auto const rates = without_none(work);
  if (rates.empty()) return {};
  return rates.size() == 1 ? " at " + to_text(rates.front().at, "h") : ": " + listed(rates);
}

std::string at_rates(std::vector<RatedWork> const& work, std::vector<RatedWork> const& before) {
  auto const now = without_none(work), then = without_none(before);
  if (now.size() == 1 && then.size() == 1)
    return at_rates(now) + " instead of " + to_text(then.front().at, "h");
  return ": " + listed(now) + " instead of " + listed(then);
}

std::string conversions(std::vector<DatedAmount> const& parts) {
  std::vector<std::pair<Exchange, Money>> sums;
  for (auto const& part : parts) {
    if (!part.exchange || part.entered.minor == 0) continue;
    if (sums.empty() || sums.back().first != *part.exchange)
      sums.push_back({*part.exchange, part.entered});
    else
      sums.back().second += part.entered;
  }
  std::string text;
  for (auto const& [exchange, amount] : sums)
    text += (text.empty() ? "" : ", ") + amount_text(amount) + to_text(std::optional(exchange));
  return text;
}

std::int64_t days_begun(Instant start, Instant finish) {
  if (finish <= start) return 0;
  return (finish - Elapsed{1}).date() - start.date() + 1;
}

ContractTerms terms_at(ContractMilestone const& milestone, Instant finish) {
  ContractTerms terms;
  auto const begun = [](Elapsed span) { return (span.seconds + seconds_per_day - 1) / seconds_per_day; };
  if (finish > milestone.due) terms.days_past = begun(finish - milestone.due);
  Instant const tolerated = milestone.due + Elapsed{milestone.grace_days * seconds_per_day};
  if (finish > tolerated) {
    terms.days_late = begun(finish - tolerated);
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

std::string late_in_words(ContractMilestone const& milestone, ContractTerms const& terms) {
  if (terms.days_past == 0) return "not late";
  std::string text = counted(terms.days_past) + " late";
  std::string const grace = std::to_string(milestone.grace_days) + " of grace";
  if (terms.days_late == 0) return text + ", within " + grace;
  if (milestone.grace_days > 0) text += ", " + grace + ", " + std::to_string(terms.days_late);
  return text + " at " + amount_text(milestone.penalty_per_day) + " a day" +
         capped_in_words(milestone.penalty_per_day, terms.days_late, milestone.penalty_cap);
}

std::string early_in_words(ContractMilestone const& milestone, ContractTerms const& terms) {
  if (terms.days_early == 0) return "not a full day early";
  return counted(terms.days_early, " full") + " early at " + amount_text(milestone.bonus_per_day) + " a day" +
         capped_in_words(milestone.bonus_per_day, terms.days_early, milestone.bonus_cap);
}

}  // namespace rapport::detail
