// When costs count.

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "impact/cost_items.h"
#include "impact/price.h"
#include "rapport/base/error.h"

namespace rapport::detail {
namespace {

Date step_start(CostStep step, Date date) {
  switch (step) {
    case CostStep::Daily:
      return date;
    case CostStep::Weekly:
      return date + -date.weekday();
    case CostStep::Monthly:
      break;
  }
  return date + -(std::stoi(to_string(date).substr(8, 2)) - 1);
}

Date next_step(CostStep step, Date start) {
  switch (step) {
    case CostStep::Daily:
      return start + 1;
    case CostStep::Weekly:
      return start + 7;
    case CostStep::Monthly:
      break;
  }
  return step_start(CostStep::Monthly, start + 31);
}

/// How the amount of an item grows over its span.
class Growth {
 public:
  Growth(CostItem const& item, Network const& network)
      : item_(item),
        calendar_(item.activity < network.activity_count() ? &network.calendar({item.activity}) : nullptr) {
    if (item.accrual != Accrual::Prorated) return;
    by_day_ = item.category == CostCategory::TimeDependent;
    whole_ = by_day_     ? days_begun(item.start, item.finish)
             : calendar_ ? calendar_->between(item.start, item.finish).seconds
                         : 0;
    if (whole_ > 0) return;
    by_clock_ = true;
    whole_ = (item.finish - item.start).seconds;
  }

  [[nodiscard]] std::int64_t until(Instant when) const {
    switch (item_.accrual) {
      case Accrual::Start:
        return when > item_.start ? item_.amount : 0;
      case Accrual::End:
        return when >= item_.finish ? item_.amount : 0;
      case Accrual::Prorated:
        break;
    }
    if (when >= item_.finish) return item_.amount;
    if (when <= item_.start) return 0;
    std::int64_t const part = by_clock_ ? (when - item_.start).seconds
                              : by_day_ ? days_begun(item_.start, when)
                                        : calendar_->between(item_.start, when).seconds;
    std::int64_t const gone = std::clamp<std::int64_t>(part, 0, whole_);
    if (!item_.curve.curve) return portion(item_.amount, gone, whole_);
    constexpr double fine = 1e12;
    double const share = item_.curve.at(static_cast<double>(gone) / static_cast<double>(whole_));
    return portion(item_.amount, std::llround(share * fine), std::llround(fine));
  }

 private:
  CostItem const& item_;
  WorkingTime const* calendar_;  ///< None of what is not in the plan any more.
  bool by_day_ = false, by_clock_ = false;
  std::int64_t whole_ = 0;
};

}  // namespace

std::int64_t exact_sum(std::int64_t a, std::int64_t b) {
  using Limits = std::numeric_limits<std::int64_t>;
  if (b > 0 ? a > Limits::max() - b : a < Limits::min() - b)
    throw InvalidInput("the sum of the costs is too large to be held exactly");
  return a + b;
}

std::int64_t amount_until(CostItem const& item, Instant when, Network const& network) {
  return Growth(item, network).until(when);
}

std::vector<Instant> step_bounds(CostStep step, Instant first, Instant last) {
  std::vector<Instant> bounds = {rapport::at(step_start(step, first.date()))};
  while (bounds.back() <= last) bounds.push_back(rapport::at(next_step(step, bounds.back().date())));
  return bounds;
}

void phase(CostItem const& item, Network const& network, std::vector<Instant> const& bounds,
           std::vector<std::int64_t>& into, std::vector<bool>* assumed) {
  auto const add = [&](std::size_t step, std::int64_t amount) {
    into[step] = exact_sum(into[step], amount);
    if (assumed && item.assumed && amount != 0) (*assumed)[step] = true;
  };
  Instant const from = item.accrual == Accrual::End ? item.finish - Elapsed{1} : item.start;
  auto step = static_cast<std::size_t>(std::upper_bound(bounds.begin(), bounds.end(), from) - bounds.begin());
  step = std::min(step == 0 ? 0 : step - 1, into.size() - 1);
  if (item.accrual != Accrual::Prorated || item.finish <= bounds[step + 1]) {
    add(step, item.amount);
    return;
  }
  Growth const growth(item, network);
  std::int64_t counted = 0;
  for (; step < into.size(); ++step) {
    std::int64_t const so_far = step + 1 == into.size() ? item.amount : growth.until(bounds[step + 1]);
    add(step, so_far - counted);
    counted = so_far;
    if (bounds[step + 1] >= item.finish) break;
  }
}

}  // namespace rapport::detail

namespace rapport {

Money PlanCost::until(Instant when) const {
  std::int64_t sum = 0;
  for (auto const& item : parts_->costs.items)
    sum = detail::exact_sum(sum, detail::amount_until(item, when, parts_->schedule.network()));
  return {sum, parts_->costs.currency};
}

Table PlanCost::curve(CostStep step) const {
  auto const& items = parts_->costs.items;
  Currency const currency = parts_->costs.currency;
  std::vector<Date> from, until;
  std::vector<Money> spent, to_come, amount, cumulative;
  std::vector<bool> assumed;
  if (!items.empty()) {
    Instant first = items.front().start, last = items.front().finish;
    for (auto const& item : items) {
      first = std::min(first, item.start);
      last = std::max({last, item.start, item.finish});
    }
    auto const bounds = detail::step_bounds(step, first, last);
    std::vector<std::int64_t> gone(bounds.size() - 1), coming(bounds.size() - 1);
    assumed.resize(bounds.size() - 1);
    for (auto const& item : items)
      detail::phase(item, parts_->schedule.network(), bounds, item.state == CostState::Spent ? gone : coming,
                    &assumed);
    Money sum{0, currency};
    for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
      from.push_back(bounds[i].date());
      until.push_back(bounds[i + 1].date());
      spent.push_back({gone[i], currency});
      to_come.push_back({coming[i], currency});
      amount.push_back(spent.back() + to_come.back());
      cumulative.push_back(sum += amount.back());
    }
  }
  Table table("cost_curve");
  table.add("from", from);
  table.add("until", until);
  table.add("spent", spent);
  table.add("to_come", to_come);
  table.add("amount", amount);
  table.add("cumulative", cumulative);
  table.add("assumed", assumed);
  return table;
}

Table curve_changes(PlanCost const& before, PlanCost const& after, CostStep step) {
  auto const &was = before.parts().costs, &is = after.parts().costs;
  if (!was.items.empty() && !is.items.empty() && was.currency != is.currency)
    throw InvalidInput("one plan costs " + was.currency.code() + " and the other " + is.currency.code() +
                       "; give both the same currency");
  Currency const currency = is.items.empty() ? was.currency : is.currency;
  std::optional<std::pair<Instant, Instant>> range;
  for (auto const* costs : {&was, &is})
    for (auto const& item : costs->items) {
      if (!range) range.emplace(item.start, item.finish);
      range->first = std::min(range->first, item.start);
      range->second = std::max({range->second, item.start, item.finish});
    }
  std::vector<Date> from, until;
  std::array<std::vector<Money>, 6> columns;
  std::vector<bool> assumed;
  bool const by_default = before.parts().work_assumed || after.parts().work_assumed;
  if (range) {
    auto const bounds = detail::step_bounds(step, range->first, range->second);
    std::vector<std::int64_t> old(bounds.size() - 1), now(bounds.size() - 1);
    for (auto const& item : was.items) detail::phase(item, before.parts().schedule.network(), bounds, old);
    for (auto const& item : is.items) detail::phase(item, after.parts().schedule.network(), bounds, now);
    std::array<std::int64_t, 3> sum{};
    for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
      from.push_back(bounds[i].date());
      until.push_back(bounds[i + 1].date());
      std::array<std::int64_t, 3> const here = {old[i], detail::exact_sum(now[i], -old[i]), now[i]};
      assumed.push_back(by_default && here[1] != 0);
      for (std::size_t c = 0; c < 3; ++c) {
        sum[c] = detail::exact_sum(sum[c], here[c]);
        columns[c].push_back({here[c], currency});
        columns[c + 3].push_back({sum[c], currency});
      }
    }
  }
  Table table("cost_curve_changes");
  table.add("from", from);
  table.add("until", until);
  auto const names = std::to_array<char const*>(
      {"before", "delta", "after", "cumulative_before", "cumulative_delta", "cumulative_after"});
  for (std::size_t c = 0; c < names.size(); ++c) table.add(names[c], columns[c]);
  table.add("assumed", assumed);
  return table;
}

}  // namespace rapport
