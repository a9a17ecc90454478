#pragma once
// Amounts gathered under accounts, branches, resources, requirements or people, so that they still add up.

#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "impact/cost_items.h"
#include "impact/served_needs.h"

namespace rapport::detail {

/// Up to four amounts that are gathered together (minor units).
using RollUpAmounts = std::array<std::int64_t, 4>;

/// What is to be gathered. Positions are those in the facts.
struct RollUpEntry {
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  std::uint32_t activity = none, wbs = none, resource = none, account = none;
  RollUpAmounts amounts{};
  bool assumed = false;
};

struct RollUpRow {
  std::string key, name, parent;
  int level = 0;
  RollUpAmounts own{}, with_below{};
  bool assumed = false;  ///< Of anything in or below it.
};

/// Under what an entry belongs.
class Belonging {
 public:
  /// Cost: O(facts).
  Belonging(Project const& project, CostBy by);
  ~Belonging();
  /// Positions in the facts of the kind; an entry that none of them has belongs to nothing.
  [[nodiscard]] std::vector<Weighted> of(RollUpEntry const& entry) const;

 private:
  Project const& project_;
  CostBy const by_;
  std::unique_ptr<ServedNeeds> needs_;
  std::vector<std::vector<Weighted>> people_;  ///< By activity: who answers for it.
};

/// Parents before children, in the order of the facts, only rows with something in or under them; last
/// what belongs to none. Cost: O(entries + facts).
[[nodiscard]] std::vector<RollUpRow> roll_up(Project const& project, CostBy by,
                                             std::span<RollUpEntry const> entries);

/// Puts an entry under an activity of the facts and its branch, or under `wbs` where they do not know it.
void place_entry(Project const& project, std::string const& activity, std::string const& wbs,
                 RollUpEntry& entry);

/// For each activity of the facts its row and that of its WBS branch.
class ActivityRows {
 public:
  /// `gone`: what a change has taken out of the network.
  ActivityRows(Project const& project, Network const& network, std::span<std::string const> gone = {});
  /// The entry of an activity of the network; positions stay open where the facts do not know it.
  [[nodiscard]] RollUpEntry of(std::uint32_t activity) const {
    return activity < rows_.size() ? rows_[activity] : RollUpEntry{};
  }

 private:
  std::vector<RollUpEntry> rows_;
};

template <class Amounts>
[[nodiscard]] std::vector<RollUpEntry> roll_up_entries(Project const& project, Network const& network,
                                                       std::vector<CostItem> const& items, Amounts amounts,
                                                       std::span<std::string const> gone = {}) {
  ActivityRows const rows(project, network, gone);
  std::vector<RollUpEntry> entries;
  entries.reserve(items.size());
  for (auto const& item : items) {
    auto& entry = entries.emplace_back(rows.of(item.activity));
    entry.resource = item.resource;
    entry.account = item.account;
    entry.amounts = amounts(item);
    entry.assumed = item.assumed;
  }
  return entries;
}

/// Of the costs of a plan, a changed one too.
template <class Amounts>
[[nodiscard]] std::vector<RollUpEntry> roll_up_entries(Project const& project, PlanCost const& cost,
                                                       Amounts amounts) {
  auto const& parts = cost.parts();
  auto entries = roll_up_entries(project, parts.schedule.network(), parts.costs.items, amounts, parts.gone);
  for (std::size_t i = 0; i < entries.size() && !parts.origin.empty(); ++i)
    if (auto const origin = parts.origin.find(parts.costs.items[i].activity); origin != parts.origin.end())
      place_entry(project, origin->second.activity, origin->second.wbs, entries[i]);
  return entries;
}

/// The key of what stands at `row`; empty for nothing.
[[nodiscard]] std::string roll_up_key(Facts const& facts, CostBy by, std::uint32_t row);

/// key, name, parent, level.
[[nodiscard]] Table roll_up_table(std::string name, std::vector<RollUpRow> const& rows);
/// assumed.
void add_assumed(Table& table, std::vector<RollUpRow> const& rows);

}  // namespace rapport::detail
