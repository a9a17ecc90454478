// What a change costs, gathered like the costs of a plan.

#include <algorithm>
#include <map>
#include <unordered_map>

#include "impact/parts.h"
#include "impact/price.h"
#include "impact/roll_up.h"

namespace rapport {
namespace {

/// Lines of an impact as entries. An activity that the change brings in counts under its WBS branch.
class ChangeEntries {
 public:
  ChangeEntries(Project const& project, Impact const& impact) : project_(project) {
    for (auto const& rework : impact.reworks())
      if (!rework.rework_activity.empty()) origin_.emplace(rework.rework_activity, rework.activity);
    for (auto const& edit : impact.change().edits)
      if (auto const* added = std::get_if<ActivityAddition>(&edit))
        branch_.emplace(added->activity.key, added->activity.wbs);
  }

  [[nodiscard]] detail::RollUpEntry entry(CostLine const& line) const {
    detail::RollUpEntry entry;
    auto const origin = origin_.find(line.activity);
    std::string const& key = origin == origin_.end() ? line.activity : origin->second;
    auto const added = branch_.find(key);
    detail::place_entry(project_, key, added == branch_.end() ? "" : added->second, entry);
    entry.resource = position(FactKind::Resource, line.resource);
    entry.account = position(FactKind::CostAccount, line.account);
    return entry;
  }

 private:
  [[nodiscard]] std::uint32_t position(FactKind kind, std::string const& key) const {
    if (key.empty()) return detail::RollUpEntry::none;
    auto const row = project_.index_of(kind, key);
    return row ? static_cast<std::uint32_t>(*row) : detail::RollUpEntry::none;
  }

  Project const& project_;
  std::unordered_map<std::string, std::string> origin_, branch_;
};

constexpr std::size_t most_reasons = 3;

}  // namespace

Table cost_changes(Project const& project, Impact const& impact, CostBy by) {
  auto const before = cost_plan(project, impact.before()), after = cost_plan(project, impact);
  ChangeEntries const changed(project, impact);
  Currency currency = before.parts().costs.currency;
  if (currency == Currency() || before.size() == 0)
    currency = impact.cost_lines().empty() ? after.parts().costs.currency
                                           : impact.cost_lines().front().amount.currency;

  // Divided in the same pieces as PlanCost::by, so that the cent that is left over goes to the same row.
  auto const amounts = [](std::size_t side) {
    return [side](detail::CostItem const& item) {
      detail::RollUpAmounts all{};
      all[2 * side + (item.state == CostState::Spent ? 0 : 1)] = item.amount;
      return all;
    };
  };
  auto entries = detail::roll_up_entries(project, before, amounts(0));
  auto const later = detail::roll_up_entries(project, after, amounts(1));
  entries.insert(entries.end(), later.begin(), later.end());
  for (auto& entry : entries) entry.assumed = false;  // whether the change is, its own lines say
  auto const& facts = project.facts();
  detail::Belonging const belonging(project, by);
  std::map<std::string, std::vector<std::pair<std::int64_t, std::string>>> reasons;  // by key of the row
  for (auto const& line : impact.cost_lines()) {
    if (line.amount.currency != currency)
      throw InvalidInput("the plan costs " + currency.code() + " and the change " + to_string(line.amount) +
                         " (" + line.reason + "); give the project's currency and exchange rates into it");
    auto entry = changed.entry(line);
    entry.assumed = line.assumed;
    if (entry.assumed) entries.push_back(entry);
    auto const rows = belonging.of(entry);
    if (rows.empty()) reasons[""].emplace_back(line.amount.minor, line.reason);
    for (auto const& one : rows) {
      auto& all = reasons[detail::roll_up_key(facts, by, one.row)];
      if (all.empty() || all.back().second != line.reason) all.emplace_back(line.amount.minor, line.reason);
    }
  }
  auto const rows = detail::roll_up(project, by, entries);
  std::vector<Money> was, delta, is, below;
  std::vector<std::string> why;
  for (auto const& row : rows) {
    auto const side = [&](detail::RollUpAmounts const& all, std::size_t which) {
      return detail::exact_sum(all[2 * which], all[2 * which + 1]);
    };
    was.push_back({side(row.own, 0), currency});
    is.push_back({side(row.own, 1), currency});
    delta.push_back(is.back() - was.back());
    below.push_back({detail::exact_sum(side(row.with_below, 1), -side(row.with_below, 0)), currency});
    auto& all = reasons[row.key];
    std::stable_sort(all.begin(), all.end(),
                     [](auto const& a, auto const& b) { return std::abs(a.first) > std::abs(b.first); });
    std::string text;
    for (std::size_t i = 0; i < std::min(all.size(), most_reasons); ++i)
      text += (i ? "; " : "") + all[i].second;
    if (all.size() > most_reasons) text += "; and " + std::to_string(all.size() - most_reasons) + " more";
    why.push_back(text);
  }
  Table table = detail::roll_up_table("cost_changes_by_" + std::string(to_name(by)), rows);
  table.add("before", was);
  table.add("delta", delta);
  table.add("after", is);
  table.add("delta_with_below", below);
  table.add("reasons", why);
  detail::add_assumed(table, rows);
  return table;
}

}  // namespace rapport
