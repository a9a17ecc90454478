#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "rapport/base/money.h"
#include "rapport/base/time.h"
#include "rapport/model/work/resource.h"

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

/// What one unit of a currency costs in another, from a moment on. Amounts in other currencies than the
/// project's are converted at the rate of the day on which they fall.
struct ExchangeRate {
  std::string key{};  ///< When empty: "USD>EUR@2027-01-01T00:00".
  Currency of{};
  Rate price{};                   ///< Of one unit of `of`: 0.92 EUR.
  std::optional<Instant> from{};  ///< Absent: from the beginning. The first holds for all time before.
  friend bool operator==(ExchangeRate const&, ExchangeRate const&) = default;
};

/// Prices that rise once a year: what falls n whole years after `from` costs (1 + percent / 100)^n of what
/// is entered. Rates, prices per use and expenses rise; entered and recorded costs of assignments, recorded
/// expenses and the terms of contract milestones do not.
struct Escalation {
  std::string key{};            ///< When empty: "CREW@2027-01-01", after what rises.
  std::string resource{};       ///< Whose prices rise; empty: see cost_account.
  std::string cost_account{};   ///< Whose expenses rise, with the accounts below; both empty: every price.
  double percent_per_year = 0;  ///< To the ten-thousandth of a percent; negative: prices fall.
  Instant from{};               ///< The day of the prices entered.
  friend bool operator==(Escalation const&, Escalation const&) = default;
};

}  // namespace rapport
