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
};

struct RollUpRow {
  std::string key, name, parent;
  int level = 0;
  RollUpAmounts own{}, with_below{};
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

/// For each activity of the facts its row and that of its WBS branch.
class ActivityRows {
 public:
  ActivityRows(Project const& project, Network const& network);
  /// The entry of an activity of the network; positions stay open where the facts do not know it.
  [[nodiscard]] RollUpEntry of(std::uint32_t activity) const { return rows_[activity]; }

 private:
  std::vector<RollUpEntry> rows_;
};

template <class Amounts>
[[nodiscard]] std::vector<RollUpEntry> roll_up_entries(Project const& project, Network const& network,
                                                       std::vector<CostItem> const& items, Amounts amounts) {
  ActivityRows const rows(project, network);
  std::vector<RollUpEntry> entries;
  entries.reserve(items.size());
  for (auto const& item : items) {
    auto& entry = entries.emplace_back(rows.of(item.activity));
    entry.resource = item.resource;
    entry.account = item.account;
    entry.amounts = amounts(item);
  }
  return entries;
}

/// The key of what stands at `row`; empty for nothing.
[[nodiscard]] std::string roll_up_key(Facts const& facts, CostBy by, std::uint32_t row);

/// key, name, parent, level.
[[nodiscard]] Table roll_up_table(std::string name, std::vector<RollUpRow> const& rows);

}  // namespace rapport::detail
