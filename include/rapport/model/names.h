#pragma once
// The one spelling of every enumerator in documents, tables, C and Python: snake_case
// ("start_no_earlier_than"); links types are "FS", "SS", "FF", "SF".

#include <optional>
#include <span>
#include <string_view>

#include "rapport/model/facts.h"

namespace rapport {

/// All names of an enumeration in the order of its enumerators. Specialised for every enumeration
/// of the model (see names.cpp).
template <class Enum>
[[nodiscard]] std::span<std::string_view const> names_of();

#define RAPPORT_NAMED(Enum) \
  template <>               \
  std::span<std::string_view const> names_of<Enum>()
RAPPORT_NAMED(FactKind);
RAPPORT_NAMED(Engagement);
RAPPORT_NAMED(Side);
RAPPORT_NAMED(Duty);
RAPPORT_NAMED(RequirementKind);
RAPPORT_NAMED(Priority);
RAPPORT_NAMED(RequirementStatus);
RAPPORT_NAMED(ElicitationMethod);
RAPPORT_NAMED(TestLevel);
RAPPORT_NAMED(TraceType);
RAPPORT_NAMED(Tool);
RAPPORT_NAMED(LagCalendar);
RAPPORT_NAMED(ProgressLogic);
RAPPORT_NAMED(FloatBy);
RAPPORT_NAMED(CriticalBy);
RAPPORT_NAMED(ActivityKind);
RAPPORT_NAMED(ConstraintKind);
RAPPORT_NAMED(LinkType);
RAPPORT_NAMED(LagKind);
RAPPORT_NAMED(ResourceKind);
RAPPORT_NAMED(ExpenseKind);
RAPPORT_NAMED(Accrual);
RAPPORT_NAMED(TimeUnit);
RAPPORT_NAMED(Adjustment);
RAPPORT_NAMED(ChangeStatus);
RAPPORT_NAMED(Objective);
RAPPORT_NAMED(RiskEffect);
RAPPORT_NAMED(RiskStatus);
RAPPORT_NAMED(ResponseStrategy);
RAPPORT_NAMED(Decision);
#undef RAPPORT_NAMED

template <class Enum>
[[nodiscard]] std::string_view to_name(Enum value) {
  return names_of<Enum>()[static_cast<std::size_t>(value)];
}

/// The enumerator called `name`, or nothing.
template <class Enum>
[[nodiscard]] std::optional<Enum> from_name(std::string_view name) {
  auto const names = names_of<Enum>();
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return static_cast<Enum>(i);
  return std::nullopt;
}

}  // namespace rapport
