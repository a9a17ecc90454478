#include "rapport/impact/plan_cost.h"

#include <array>

#include "base/number_text.h"
#include "impact/cost_items.h"
#include "impact/price.h"
#include "impact/roll_up.h"
#include "network/made_from.h"
#include "rapport/impact/compare.h"

namespace rapport {

#define RAPPORT_NAMES(Enum, ...)                                                  \
  template <>                                                                     \
  std::span<std::string_view const> names_of<Enum>() {                            \
    static constexpr auto names = std::to_array<std::string_view>({__VA_ARGS__}); \
    return names;                                                                 \
  }
RAPPORT_NAMES(CostBasis, "current", "baseline")
RAPPORT_NAMES(CostState, "spent", "to_come")
RAPPORT_NAMES(CostBy, "activity", "account", "wbs", "resource", "requirement", "stakeholder")
RAPPORT_NAMES(CostStep, "day", "week", "month")
#undef RAPPORT_NAMES

namespace {

using detail::CostItem;
using detail::CostReason;

std::string const& name_at(std::vector<std::string> const& names, std::uint32_t place) {
  static std::string const nothing;
  return place < names.size() ? names[place] : nothing;
}

bool of_contract(CostReason reason) { return reason == CostReason::Late || reason == CostReason::Early; }

/// Lines in words.
class LineWriter {
 public:
  explicit LineWriter(PlanCost::Parts const& parts) : parts_(parts) {}

  [[nodiscard]] PlanCostLine line(CostItem const& item) const {
    PlanCostLine line;
    line.category = item.category;
    line.state = item.state;
    line.amount = {item.amount, parts_.costs.currency};
    line.activity = parts_.activity(item.activity);
    line.resource = name_at(parts_.resources, item.resource);
    line.account = name_at(parts_.accounts, item.account);
    line.subject = subject(item);
    if (item.work != 0) line.work = Work{item.work};
    if (item.quantity != 0) line.quantity = item.quantity;
    if (priced_by_rate(item)) line.rate = Rate{item.price, parts_.costs.currency};
    line.accrual = item.accrual;
    line.start = item.start;
    line.finish = item.finish;
    line.assumed = item.assumed;
    line.reason = reason(item, line);
    return line;
  }

 private:
  [[nodiscard]] std::string subject(CostItem const& item) const {
    if (of_contract(item.reason)) return parts_.milestones[item.subject].key;
    if (item.reason == CostReason::Entered) return {};
    return name_at(item.reason == CostReason::Again ? parts_.tests : parts_.expenses, item.subject);
  }

  /// The price of a line, as it was entered.
  [[nodiscard]] std::string rate_of(CostItem const& item, PlanCostLine const& line,
                                    std::string const& unit) const {
    detail::DatedRate rate{{}, line.rate.value_or(Rate{0, parts_.costs.currency}), {}};
    if (item.exchanged != CostItem::none) rate.exchanged = parts_.costs.exchanged[item.exchanged];
    return detail::to_text(rate, unit);
  }

  static bool priced_by_rate(CostItem const& item) {
    return item.price != 0 && (item.reason == CostReason::Effort || item.reason == CostReason::Quantity ||
                               item.reason == CostReason::Rise || item.reason == CostReason::Again);
  }

  [[nodiscard]] std::string unit(CostItem const& item) const {
    if (item.resource == CostItem::none) return "h";
    return parts_.units[item.resource];
  }

  [[nodiscard]] std::string reason(CostItem const& item, PlanCostLine const& line) const {
    std::string text = what(item, line);
    if (item.category == CostCategory::Discarded) text += ", on work that is not done any more";
    return text;
  }

  [[nodiscard]] std::string what(CostItem const& item, PlanCostLine const& line) const {
    std::string const& expense = name_at(parts_.expense_names, item.subject);
    auto const days = [&] { return counted_text(static_cast<std::int64_t>(item.quantity), "day", "days"); };
    auto const price = [&] { return amount_text(Money{item.price, parts_.costs.currency}); };
    switch (item.reason) {
      case CostReason::Effort:
        return to_string(Work{item.work}) + " of " + line.resource +
               (item.category == CostCategory::Overtime ? " overtime at " : " at ") +
               rate_of(item, line, "h");
      case CostReason::Use:
        return line.resource + " is called upon, priced per use";
      case CostReason::Quantity:
        return line.resource + " at " + rate_of(item, line, unit(item));
      case CostReason::EnteredCost:
        return "the entered cost of " + line.resource;
      case CostReason::RecordedCost:
        return "recorded for " + line.resource;
      case CostReason::Expense:
        return expense;
      case CostReason::RecordedExpense:
        return expense + ", as recorded";
      case CostReason::PerDay:
        return expense + ": " + days() + " at " + price() + " a day";
      case CostReason::Rise:
        if (line.resource.empty()) return expense + " has risen since its price was entered";
        return line.resource + " has risen since its price was entered" +
               (line.rate ? ", to " + rate_of(item, line, unit(item)) : "");
      case CostReason::Late:
      case CostReason::Early:
        return contract(item);
      case CostReason::Budget:
        return "budget of the baseline";
      case CostReason::Entered:
        return name_at(parts_.entered, item.subject);
      case CostReason::Again:
        return "test " + line.subject + " is run again: " + to_string(Work{item.work}) + " of " +
               line.resource + (line.rate ? " at " + rate_of(item, line, "h") : "");
    }
    return {};
  }

  [[nodiscard]] std::string contract(CostItem const& item) const {
    auto const& milestone = parts_.milestones[item.subject];
    auto const terms = detail::terms_at(milestone, item.finish);
    return (milestone.name.empty() ? milestone.key : milestone.name) + ": " +
           (item.reason == CostReason::Late ? late_in_words(milestone, terms)
                                            : early_in_words(milestone, terms));
  }

  PlanCost::Parts const& parts_;
};

std::optional<std::string> or_null(std::string const& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

Money sum_of(detail::CostItems const& costs, std::optional<CostState> state) {
  std::int64_t sum = 0;
  for (auto const& item : costs.items)
    if (!state || item.state == *state) sum = detail::exact_sum(sum, item.amount);
  return {sum, costs.currency};
}

}  // namespace

std::shared_ptr<PlanCost::Parts> detail::cost_parts(Facts const& facts, Schedule const& schedule,
                                                    CostBasis basis, CostItems costs) {
  auto parts = std::make_shared<PlanCost::Parts>(schedule);
  parts->basis = basis;
  parts->costs = std::move(costs);
  if (parts->costs.items.empty()) parts->costs.currency = facts.currency;
  for (auto const& each : facts.resources) {
    parts->resources.push_back(each.key);
    bool const hourly = each.kind == ResourceKind::Labour || each.kind == ResourceKind::Equipment;
    parts->units.push_back(hourly ? "h" : each.unit.empty() ? "unit" : each.unit);
  }
  for (auto const& each : facts.cost_accounts) parts->accounts.push_back(each.key);
  for (auto const& each : facts.expenses) {
    parts->expenses.push_back(each.key);
    parts->expense_names.push_back(each.name.empty() ? each.key : each.name);
  }
  parts->milestones = facts.contract_milestones;
  for (auto const& each : facts.tests) parts->tests.push_back(each.key);
  return parts;
}

PlanCost cost_plan(Project const& project, Schedule const& schedule, CostBasis basis) {
  check_made_from(project, schedule.network());
  auto const& facts = project.facts();
  for (auto const& activity : facts.activities)
    if (!schedule.network().find(activity.key))
      throw InvalidInput("the schedule does not know activity " + activity.key +
                         "; compile and schedule the project as it is now, then price it");
  return PlanCost(detail::cost_parts(facts, schedule, basis, detail::cost_items(project, schedule, basis)));
}

std::optional<Money> plan_cost(Project const& project, Schedule const& schedule) {
  auto const costs = detail::cost_items(project, schedule, CostBasis::Current);
  if (costs.items.empty()) return std::nullopt;
  return sum_of(costs, {});
}

CostBasis PlanCost::basis() const { return parts_->basis; }
std::size_t PlanCost::size() const { return parts_->costs.items.size(); }
std::vector<Unpriced> const& PlanCost::unpriced() const { return parts_->costs.unpriced; }
Diagnostics const& PlanCost::notes() const { return parts_->costs.notes; }
Money PlanCost::spent() const { return sum_of(parts_->costs, CostState::Spent); }
Money PlanCost::to_come() const { return sum_of(parts_->costs, CostState::ToCome); }

std::optional<Money> PlanCost::total() const {
  if (!parts_->costs.priced) return std::nullopt;
  return sum_of(parts_->costs, {});
}

std::vector<PlanCostLine> PlanCost::lines() const {
  LineWriter const writer(*parts_);
  std::vector<PlanCostLine> lines;
  lines.reserve(size());
  for (auto const& item : parts_->costs.items) lines.push_back(writer.line(item));
  return lines;
}

Table PlanCost::table() const {
  auto const lines = this->lines();
  Table table("plan_cost");
  auto const add = [&](std::string name, auto get, std::string unit = {}) {
    std::vector<decltype(get(lines.front()))> cells;
    cells.reserve(lines.size());
    for (auto const& line : lines) cells.push_back(get(line));
    table.add(std::move(name), cells, std::move(unit));
  };
  using Line = PlanCostLine const&;
  add("category", [](Line l) { return std::string(name_of(l.category)); });
  add("state", [](Line l) { return std::string(to_name(l.state)); });
  add("amount", [](Line l) { return l.amount; });
  add("activity", [](Line l) { return l.activity; });
  add("resource", [](Line l) { return or_null(l.resource); });
  add("account", [](Line l) { return or_null(l.account); });
  add("subject", [](Line l) { return or_null(l.subject); });
  add(
      "work_hours", [](Line l) { return l.work ? std::optional(l.work->in_hours()) : std::nullopt; }, "h");
  add("quantity", [](Line l) { return l.quantity; });
  add("rate", [](Line l) { return l.rate ? std::optional(l.rate->in_major()) : std::nullopt; });
  add("accrual", [](Line l) { return std::string(to_name(l.accrual)); });
  add("start", [](Line l) { return l.start; });
  add("finish", [](Line l) { return l.finish; });
  add("assumed", [](Line l) { return l.assumed; });
  add("reason", [](Line l) { return l.reason; });
  return table;
}

Table PlanCost::by(CostBy by, Project const& project) const {
  auto const entries = detail::roll_up_entries(project, *this, [](CostItem const& item) {
    detail::RollUpAmounts amounts{};
    amounts[item.state == CostState::Spent ? 0 : 1] = item.amount;
    return amounts;
  });
  auto const rows = detail::roll_up(project, by, entries);
  Currency const currency = parts_->costs.currency;
  double const total = static_cast<double>(sum_of(parts_->costs, {}).minor);
  std::vector<Money> amount, with_below, spent, to_come;
  std::vector<std::optional<double>> share;
  for (auto const& row : rows) {
    spent.push_back({row.own[0], currency});
    to_come.push_back({row.own[1], currency});
    amount.push_back({row.own[0] + row.own[1], currency});
    with_below.push_back({row.with_below[0] + row.with_below[1], currency});
    share.push_back(total == 0 ? std::nullopt
                               : std::optional(static_cast<double>(with_below.back().minor) / total));
  }
  Table table = detail::roll_up_table("cost_by_" + std::string(to_name(by)), rows);
  table.add("amount", amount);
  table.add("with_below", with_below);
  table.add("spent", spent);
  table.add("to_come", to_come);
  table.add("share", share);
  detail::add_assumed(table, rows);
  return table;
}

}  // namespace rapport
