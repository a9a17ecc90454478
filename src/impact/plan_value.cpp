#include "rapport/impact/plan_value.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "impact/cost_items.h"
#include "impact/price.h"
#include "impact/roll_up.h"
#include "impact/status_date.h"

namespace rapport {

#define RAPPORT_NAMES(Enum, ...)                                                  \
  template <>                                                                     \
  std::span<std::string_view const> names_of<Enum>() {                            \
    static constexpr auto names = std::to_array<std::string_view>({__VA_ARGS__}); \
    return names;                                                                 \
  }
RAPPORT_NAMES(ProgressBy, "reported", "duration", "zero_hundred", "fifty_fifty")
RAPPORT_NAMES(Outlook, "as_budgeted", "as_so_far", "cost_and_schedule")
#undef RAPPORT_NAMES

struct PlanValue::Parts {
  Parts(PlanCost the_baseline, PlanCost the_current)
      : baseline(std::move(the_baseline)), current(std::move(the_current)) {}
  PlanCost baseline, current;
  PlanValueOptions options;
  Instant status;
  /// Of each line of the baseline: due and done at the status date, and when it was done.
  std::vector<std::int64_t> planned;
  std::vector<detail::CostItem> earned;
  EarnedValue total;
  std::optional<Performance> performance;
  std::optional<EarnedSchedule> schedule;
  std::vector<Instant> bounds;  ///< Of periods.
  double planned_end = 0;       ///< Of the baseline, in periods.
  Diagnostics notes;
};

namespace {

using detail::CostItem;

/// Figures that earned_value.h cannot take become a note.
template <class Make>
auto or_note(Diagnostics& notes, char const* subject, Make make) -> std::optional<decltype(make())> {
  try {
    return make();
  } catch (InvalidInput const& error) {
    notes.push_back({.severity = Severity::Warning,
                     .file = {},
                     .subject = subject,
                     .message = error.what(),
                     .action = "it is left out"});
    return std::nullopt;
  }
}

constexpr std::int64_t all_done = 1'000'000'000;  ///< Done is counted in billionths, so that no cent is lost.

/// What of `all_done` of an activity is done.
std::int64_t done_of(Activity const& activity, Network const& network, ActivityIndex index, ProgressBy by) {
  if (network.completed(index)) return all_done;
  if (!network.started(index)) return 0;
  switch (by) {
    case ProgressBy::ZeroHundred:
      return 0;
    case ProgressBy::FiftyFifty:
      return all_done / 2;
    case ProgressBy::Reported:
      if (activity.progress.physical_percent > 0)
        return std::llround(std::min(activity.progress.physical_percent, 100.0) *
                            static_cast<double>(all_done) / 100);
      break;
    case ProgressBy::Duration:
      break;
  }
  auto const duration = network.duration(index).seconds;
  if (duration <= 0) return 0;
  return detail::portion(
      all_done, duration - std::clamp<std::int64_t>(network.remaining(index).seconds, 0, duration), duration);
}

/// Cumulative amounts at each bound after the first.
std::vector<Money> accumulated(std::vector<std::int64_t> const& steps, Currency currency) {
  std::vector<Money> sums = {{0, currency}};
  for (auto const step : steps) sums.push_back(sums.back() + Money{step, currency});
  return sums;
}

/// The status date in periods since the first bound.
double periods_until(Instant when, std::vector<Instant> const& bounds) {
  auto const next = std::upper_bound(bounds.begin(), bounds.end(), when);
  if (next == bounds.begin()) return 0;
  auto const k = static_cast<std::size_t>(next - bounds.begin()) - 1;
  if (k + 1 >= bounds.size()) return static_cast<double>(k);
  return static_cast<double>(k) + static_cast<double>((when - bounds[k]).seconds) /
                                      static_cast<double>((bounds[k + 1] - bounds[k]).seconds);
}

/// Money of each period in `items` up to the end of the period that holds the status date.
std::vector<std::int64_t> phased(std::vector<CostItem> const& items, Network const& network,
                                 std::vector<Instant> const& bounds, std::vector<bool>* assumed = nullptr) {
  std::vector<std::int64_t> steps(bounds.size() - 1);
  if (assumed) assumed->resize(steps.size());
  for (auto const& item : items) detail::phase(item, network, bounds, steps, assumed);
  return steps;
}

std::vector<CostItem> spent_only(std::vector<CostItem> const& items) {
  std::vector<CostItem> spent;
  std::copy_if(items.begin(), items.end(), std::back_inserter(spent),
               [](CostItem const& item) { return item.state == CostState::Spent; });
  return spent;
}

}  // namespace

PlanValue value_plan(Project const& project, Schedule const& schedule, PlanValueOptions const& options) {
  auto const& network = schedule.network();
  auto const parts = std::make_shared<PlanValue::Parts>(cost_plan(project, schedule, CostBasis::Baseline),
                                                        cost_plan(project, schedule));
  auto const &budget = parts->baseline.parts().costs, &now = parts->current.parts().costs;
  if (!budget.items.empty() && !now.items.empty() && budget.currency != now.currency)
    throw InvalidInput("the budget is in " + budget.currency.code() + " and the cost so far in " +
                       now.currency.code() + "; give the project's currency and exchange rates into it");
  Currency const currency = budget.items.empty() ? now.currency : budget.currency;
  parts->options = options;
  parts->notes = parts->baseline.notes();
  detail::StatusDate const status(schedule);
  parts->status = status.of_all();

  std::vector<std::int64_t> done(network.activity_count());
  for (auto const& activity : project.facts().activities) {
    auto const index = network.at(activity.key);
    done[index.value] = done_of(activity, network, index, options.progress);
  }
  std::int64_t planned = 0, earned = 0, whole = 0;
  Instant first = parts->status, last = parts->status;
  std::optional<Instant> end;
  for (auto const& item : budget.items) {
    Instant const at = status.of({item.activity});
    parts->planned.push_back(detail::amount_until(item, at, network));
    CostItem gained = item;
    gained.amount = detail::portion(item.amount, done[item.activity], all_done);
    gained.accrual = Accrual::Prorated;
    gained.curve = {};
    auto const& values = network.values();
    auto const from = values.actual_start[item.activity], until = values.actual_finish[item.activity];
    gained.start = from == no_instant ? at : Instant{from};
    gained.finish = std::max(gained.start, until == no_instant ? at : Instant{until});
    parts->earned.push_back(gained);
    planned = detail::exact_sum(planned, parts->planned.back());
    earned = detail::exact_sum(earned, gained.amount);
    whole = detail::exact_sum(whole, item.amount);
    first = std::min(first, item.start);
    end = std::max({end.value_or(item.start), item.start, item.finish});
    last = std::max(last, *end);
  }
  Money const spent = parts->current.spent();
  parts->total = {{planned, currency}, {earned, currency}, {spent.minor, currency}, {whole, currency}};
  if (earned > 0)
    parts->notes.push_back({.severity = Severity::Info,
                            .file = {},
                            .subject = "curve",
                            .message = "the facts hold no history of progress",
                            .action = "what an activity has earned is spread over its time since it began"});
  parts->performance =
      or_note(parts->notes, "earned value", [&] { return performance(parts->total, options.outlook); });
  if (!budget.items.empty()) {
    parts->bounds = detail::step_bounds(options.step, first, last);
    double const time = periods_until(parts->status, parts->bounds);
    parts->planned_end = periods_until(*end, parts->bounds);
    if (time > 0)
      parts->schedule = or_note(parts->notes, "earned schedule", [&] {
        auto const sums = accumulated(phased(budget.items, network, parts->bounds), currency);
        return earned_schedule(sums, parts->total.earned, time, parts->planned_end);
      });
  }
  return PlanValue(parts);
}

Instant PlanValue::status_date() const { return parts_->status; }
EarnedValue PlanValue::total() const { return parts_->total; }
std::optional<Performance> PlanValue::performance() const { return parts_->performance; }
std::optional<EarnedSchedule> PlanValue::schedule() const { return parts_->schedule; }
PlanCost const& PlanValue::baseline() const { return parts_->baseline; }
PlanCost const& PlanValue::current() const { return parts_->current; }
Diagnostics const& PlanValue::notes() const { return parts_->notes; }

std::optional<Date> PlanValue::estimated_finish() const {
  if (!parts_->schedule) return std::nullopt;
  auto const& bounds = parts_->bounds;
  double const estimate = parts_->schedule->estimate;
  auto const whole = static_cast<std::size_t>(std::clamp(estimate, 0.0, 1e6));
  // Beyond the last period they go on as long as the last one.
  std::size_t const k = std::min(whole, bounds.size() - 2);
  double const length = static_cast<double>((bounds[k + 1] - bounds[k]).seconds);
  double const seconds = (estimate - static_cast<double>(k)) * length;
  constexpr double longest = 1e11;  // about 3000 years
  if (!(seconds < longest)) return std::nullopt;
  return (bounds[k] + Elapsed{std::llround(seconds)}).date();
}

Table PlanValue::by(CostBy by, Project const& project) const {
  auto const& network = parts_->baseline.parts().schedule.network();
  auto const& items = parts_->baseline.parts().costs.items;
  std::size_t i = 0;
  auto entries = detail::roll_up_entries(project, network, items, [&](CostItem const& item) {
    detail::RollUpAmounts const amounts = {parts_->planned[i], parts_->earned[i].amount, 0, item.amount};
    ++i;
    return amounts;
  });
  auto const spent = spent_only(parts_->current.parts().costs.items);
  for (auto const& entry : detail::roll_up_entries(project, network, spent, [](CostItem const& item) {
         return detail::RollUpAmounts{0, 0, item.amount, 0};
       }))
    entries.push_back(entry);
  auto const rows = detail::roll_up(project, by, entries);

  Currency const currency = parts_->total.budget_at_completion.currency;
  std::vector<Money> planned, earned, actual, budget, cost_variance, schedule_variance;
  std::vector<std::optional<double>> cost_index, schedule_index, complete, index_to_budget;
  std::vector<std::optional<Money>> estimate, variance;
  for (auto const& row : rows) {
    EarnedValue const value{{row.with_below[0], currency},
                            {row.with_below[1], currency},
                            {row.with_below[2], currency},
                            {row.with_below[3], currency}};
    planned.push_back(value.planned);
    earned.push_back(value.earned);
    actual.push_back(value.actual);
    budget.push_back(value.budget_at_completion);
    cost_variance.push_back(value.earned - value.actual);
    schedule_variance.push_back(value.earned - value.planned);
    Diagnostics unsaid;  // a row with a negative figure has no ratios
    auto const found =
        or_note(unsaid, "", [&] { return rapport::performance(value, parts_->options.outlook); });
    Performance const p = found.value_or(Performance{});
    cost_index.push_back(p.cost_index);
    schedule_index.push_back(p.schedule_index);
    complete.push_back(p.complete);
    estimate.push_back(p.estimate_at_completion);
    variance.push_back(p.variance_at_completion);
    index_to_budget.push_back(p.index_to_budget);
  }
  Table table = detail::roll_up_table("earned_value_by_" + std::string(to_name(by)), rows);
  table.add("planned", planned).add("earned", earned).add("actual", actual).add("budget", budget);
  table.add("cost_variance", cost_variance).add("schedule_variance", schedule_variance);
  table.add("cost_index", cost_index).add("schedule_index", schedule_index).add("complete", complete);
  table.add("estimate_at_completion", estimate).add("variance_at_completion", variance);
  table.add("index_to_budget", index_to_budget);
  detail::add_assumed(table, rows);
  return table;
}

Table PlanValue::curve() const {
  auto const& bounds = parts_->bounds;
  std::vector<Date> from, until;
  std::vector<Money> planned;
  std::vector<std::optional<Money>> earned, actual;
  std::vector<std::optional<double>> cost_index, schedule_index, earned_periods, time_index;
  std::vector<bool> assumed;
  if (!bounds.empty()) {
    auto const& network = parts_->baseline.parts().schedule.network();
    Currency const currency = parts_->total.budget_at_completion.currency;
    auto const due = accumulated(phased(parts_->baseline.parts().costs.items, network, bounds), currency);
    auto const done = accumulated(phased(parts_->earned, network, bounds), currency);
    auto const spent = spent_only(parts_->current.parts().costs.items);
    std::vector<bool> spent_assumed;
    auto const gone = accumulated(phased(spent, network, bounds, &spent_assumed), currency);
    bool rests = false;  // the figures so far
    for (std::size_t k = 0; k + 1 < bounds.size(); ++k) {
      from.push_back(bounds[k].date());
      until.push_back(bounds[k + 1].date());
      planned.push_back(due[k + 1]);
      // The period that holds the status date shows the figures of that day.
      bool const past = bounds[k] < parts_->status;
      bool const holds = past && bounds[k + 1] >= parts_->status;
      EarnedValue value{due[k + 1], done[k + 1], gone[k + 1], parts_->total.budget_at_completion};
      if (holds) value = parts_->total;
      earned.push_back(past ? std::optional(value.earned) : std::nullopt);
      actual.push_back(past ? std::optional(value.actual) : std::nullopt);
      rests = rests || (holds ? std::ranges::any_of(spent, &CostItem::assumed) : spent_assumed[k]);
      assumed.push_back(past && rests);
      Diagnostics unsaid;
      auto const found =
          past ? or_note(unsaid, "", [&] { return rapport::performance(value); }) : std::nullopt;
      cost_index.push_back(found ? found->cost_index : std::nullopt);
      schedule_index.push_back(found ? found->schedule_index : std::nullopt);
      double const time = holds ? periods_until(parts_->status, bounds) : static_cast<double>(k + 1);
      auto const on_time =
          past ? or_note(unsaid, "",
                         [&] { return earned_schedule(due, value.earned, time, parts_->planned_end); })
               : std::nullopt;
      earned_periods.push_back(on_time ? std::optional(on_time->earned) : std::nullopt);
      time_index.push_back(on_time ? std::optional(on_time->index) : std::nullopt);
    }
  }
  Table table("earned_value_curve");
  table.add("from", from).add("until", until).add("planned", planned).add("earned", earned);
  table.add("actual", actual).add("cost_index", cost_index).add("schedule_index", schedule_index);
  table.add("earned_schedule", earned_periods).add("schedule_index_time", time_index);
  table.add("assumed", assumed);
  return table;
}

}  // namespace rapport
