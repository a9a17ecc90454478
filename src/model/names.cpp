#include "rapport/model/names.h"

#include <array>

namespace rapport {

#define RAPPORT_NAMES(Enum, ...)                                                  \
  template <>                                                                     \
  std::span<std::string_view const> names_of<Enum>() {                            \
    static constexpr auto names = std::to_array<std::string_view>({__VA_ARGS__}); \
    return names;                                                                 \
  }

RAPPORT_NAMES(FactKind, "stakeholder", "responsibility", "requirement", "deliverable", "test", "trace",
              "subproject", "calendar", "wbs_node", "activity", "link", "resource", "assignment",
              "cost_account", "expense", "contract_milestone", "recorded_dates", "change_request", "risk",
              "message", "approval_limit", "exchange_rate", "escalation")

RAPPORT_NAMES(Engagement, "unaware", "resistant", "neutral", "supportive", "leading")
RAPPORT_NAMES(Side, "client", "team", "supplier", "authority", "public")
RAPPORT_NAMES(Duty, "responsible", "accountable", "consulted", "informed")

RAPPORT_NAMES(RequirementKind, "business", "stakeholder", "functional", "quality", "constraint", "interface")
RAPPORT_NAMES(Priority, "must", "should", "could", "wont")
RAPPORT_NAMES(RequirementStatus, "proposed", "agreed", "implemented", "verified", "rejected", "withdrawn")
RAPPORT_NAMES(ElicitationMethod, "interview", "questionnaire", "document", "workshop", "meeting",
              "observation", "prototype")
RAPPORT_NAMES(TestLevel, "review", "unit", "integration", "system", "acceptance")
RAPPORT_NAMES(TraceType, "derives", "depends_on", "conflicts", "implements", "produces", "verifies",
              "threatens", "concerns", "charges")

RAPPORT_NAMES(Tool, "primavera", "microsoft")
RAPPORT_NAMES(LagCalendar, "predecessor", "successor", "project", "round_the_clock")
RAPPORT_NAMES(ProgressLogic, "retained_logic", "progress_override", "actual_dates")
RAPPORT_NAMES(FloatBy, "start", "finish", "smallest")
RAPPORT_NAMES(CriticalBy, "total_float", "longest_path")
RAPPORT_NAMES(ActivityKind, "task", "start_milestone", "finish_milestone", "level_of_effort", "summary",
              "resource_dependent")
RAPPORT_NAMES(ConstraintKind, "none", "start_no_earlier_than", "start_no_later_than",
              "finish_no_earlier_than", "finish_no_later_than", "start_on", "finish_on", "mandatory_start",
              "mandatory_finish", "as_late_as_possible")
RAPPORT_NAMES(LinkType, "FS", "SS", "FF", "SF")
RAPPORT_NAMES(LagKind, "working", "elapsed", "percent", "elapsed_percent")
RAPPORT_NAMES(ResourceKind, "labour", "equipment", "material", "cost")
RAPPORT_NAMES(ExpenseKind, "fixed", "per_day")
RAPPORT_NAMES(Accrual, "start", "prorated", "end")

RAPPORT_NAMES(TimeUnit, "minutes", "hours", "days", "weeks")
RAPPORT_NAMES(Adjustment, "add", "set", "scale")
RAPPORT_NAMES(ChangeStatus, "draft", "submitted", "analysed", "reviewed", "approved", "rejected", "deferred",
              "implemented", "verified", "closed")
RAPPORT_NAMES(Objective, "schedule", "cost", "quality", "scope")
RAPPORT_NAMES(RiskEffect, "threat", "opportunity")
RAPPORT_NAMES(RiskStatus, "open", "closed", "occurred")
RAPPORT_NAMES(ResponseStrategy, "avoid", "transfer", "mitigate", "accept", "exploit", "share", "enhance",
              "escalate")
RAPPORT_NAMES(Decision, "approved", "rejected", "deferred", "acknowledged", "question")

#undef RAPPORT_NAMES

}  // namespace rapport
