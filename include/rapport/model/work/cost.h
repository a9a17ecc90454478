#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "rapport/base/money.h"
#include "rapport/base/time.h"

namespace rapport {

struct CostAccount {
  std::string key{};
  std::string parent{};  ///< Empty at the top.
  std::string name{};
  friend bool operator==(CostAccount const&, CostAccount const&) = default;
};

enum class ExpenseKind : std::uint8_t {
  Fixed,   ///< Once.
  PerDay,  ///< For every calendar day begun between the activity's start and finish (hire, site).
};
enum class Accrual : std::uint8_t { Start, Prorated, End };

/// A cost of an activity that no resource carries.
struct Expense {
  std::string key{};
  std::string activity{};
  std::string name{};
  ExpenseKind kind = ExpenseKind::Fixed;
  Money amount{};  ///< Planned; per day for PerDay.
  std::optional<Money> actual{};
  Accrual accrual = Accrual::Prorated;
  std::string cost_account{};
  friend bool operator==(Expense const&, Expense const&) = default;
};

/// A date promised in the contract, met by an activity's finish.
struct ContractMilestone {
  std::string key{};
  std::string name{};
  std::string activity{};
  Instant due{};
  Money penalty_per_day{};  ///< For every calendar day begun after `due` and the days of grace.
  std::int32_t grace_days = 0;
  std::optional<Money> penalty_cap{};
  Money bonus_per_day{};  ///< For every full day before `due`.
  std::optional<Money> bonus_cap{};
  friend bool operator==(ContractMilestone const&, ContractMilestone const&) = default;
};

}  // namespace rapport
