#pragma once

#include <string>
#include <variant>
#include <vector>

#include "rapport/model/needs/requirement.h"
#include "rapport/model/needs/trace.h"
#include "rapport/model/people/stakeholder.h"
#include "rapport/model/record/change_request.h"
#include "rapport/model/record/message.h"
#include "rapport/model/record/risk.h"
#include "rapport/model/work/activity.h"
#include "rapport/model/work/calendar.h"
#include "rapport/model/work/cost.h"
#include "rapport/model/work/link.h"
#include "rapport/model/work/resource.h"
#include "rapport/model/work/subproject.h"

namespace rapport {

/// Facts as a reader returns them, not yet checked against each other. Project checks them.
struct Facts {
  std::string name{};       ///< Of the whole; empty: not said.
  std::string time_zone{};  ///< IANA name of project time; empty: not said.
  Currency currency{};      ///< For reports; XXX: not said.

  std::vector<Stakeholder> stakeholders{};
  std::vector<Responsibility> responsibilities{};
  std::vector<Requirement> requirements{};
  std::vector<Deliverable> deliverables{};
  std::vector<Test> tests{};
  std::vector<Trace> traces{};
  std::vector<Subproject> subprojects{};
  std::vector<Calendar> calendars{};
  std::vector<WbsNode> wbs{};
  std::vector<Activity> activities{};
  std::vector<Link> links{};
  std::vector<Resource> resources{};
  std::vector<Assignment> assignments{};
  std::vector<CostAccount> cost_accounts{};
  std::vector<Expense> expenses{};
  std::vector<ContractMilestone> contract_milestones{};
  std::vector<RecordedDates> recorded_dates{};
  std::vector<ChangeRequest> change_requests{};
  std::vector<Risk> risks{};
  std::vector<Message> messages{};
  std::vector<ApprovalLimit> approval_limits{};
  std::vector<ExchangeRate> exchange_rates{};
  std::vector<Escalation> escalations{};

  friend bool operator==(Facts const&, Facts const&) = default;
};

/// Any one fact; the alternative's index is its FactKind.
using Fact =
    std::variant<Stakeholder, Responsibility, Requirement, Deliverable, Test, Trace, Subproject, Calendar,
                 WbsNode, Activity, Link, Resource, Assignment, CostAccount, Expense, ContractMilestone,
                 RecordedDates, ChangeRequest, Risk, Message, ApprovalLimit, ExchangeRate, Escalation>;

template <class T>
struct FactTraits;  // kind, name ("activity"), plural ("activities"), and the member of Facts

#define RAPPORT_FACT(Type, single, many, members)                        \
  template <>                                                            \
  struct FactTraits<Type> {                                              \
    static constexpr FactKind kind = FactKind::Type;                     \
    static constexpr char const* name = single;                          \
    static constexpr char const* plural = many;                          \
    static constexpr std::vector<Type> Facts::*member = &Facts::members; \
  }
RAPPORT_FACT(Stakeholder, "stakeholder", "stakeholders", stakeholders);
RAPPORT_FACT(Responsibility, "responsibility", "responsibilities", responsibilities);
RAPPORT_FACT(Requirement, "requirement", "requirements", requirements);
RAPPORT_FACT(Deliverable, "deliverable", "deliverables", deliverables);
RAPPORT_FACT(Test, "test", "tests", tests);
RAPPORT_FACT(Trace, "trace", "traces", traces);
RAPPORT_FACT(Subproject, "subproject", "subprojects", subprojects);
RAPPORT_FACT(Calendar, "calendar", "calendars", calendars);
RAPPORT_FACT(WbsNode, "wbs_node", "wbs", wbs);
RAPPORT_FACT(Activity, "activity", "activities", activities);
RAPPORT_FACT(Link, "link", "links", links);
RAPPORT_FACT(Resource, "resource", "resources", resources);
RAPPORT_FACT(Assignment, "assignment", "assignments", assignments);
RAPPORT_FACT(CostAccount, "cost_account", "cost_accounts", cost_accounts);
RAPPORT_FACT(Expense, "expense", "expenses", expenses);
RAPPORT_FACT(ContractMilestone, "contract_milestone", "contract_milestones", contract_milestones);
RAPPORT_FACT(RecordedDates, "recorded_dates", "recorded_dates", recorded_dates);
RAPPORT_FACT(ChangeRequest, "change_request", "change_requests", change_requests);
RAPPORT_FACT(Risk, "risk", "risks", risks);
RAPPORT_FACT(Message, "message", "messages", messages);
RAPPORT_FACT(ApprovalLimit, "approval_limit", "approval_limits", approval_limits);
RAPPORT_FACT(ExchangeRate, "exchange_rate", "exchange_rates", exchange_rates);
RAPPORT_FACT(Escalation, "escalation", "escalations", escalations);
#undef RAPPORT_FACT

[[nodiscard]] char const* name_of(FactKind kind);
/// Errors: NotFound.
[[nodiscard]] FactKind fact_kind(std::string_view name);
/// "requirement:REQ-31" and back. Errors: ParseError, NotFound (unknown kind).
[[nodiscard]] std::string to_string(NodeRef const& node);
[[nodiscard]] NodeRef parse_node(std::string_view text);

/// Calls `visit.operator()<T>()` for each fact type in the order of FactKind.
template <class Visit>
void for_each_fact_type(Visit&& visit) {
  [&]<class... T>(std::variant<T...> const*) {
    (visit.template operator()<T>(), ...);
  }(static_cast<Fact const*>(nullptr));
}

/// Calls `visit.operator()<T>()` for the type of `kind`.
template <class Visit>
void with_fact_type(FactKind kind, Visit&& visit) {
  for_each_fact_type([&]<class T>() {
    if (FactTraits<T>::kind == kind) visit.template operator()<T>();
  });
}

/// Kind and key of a fact.
[[nodiscard]] NodeRef node_of(Fact const& fact);

/// The key that `fact` gets when it leaves its own empty: "A>B:FS" for a link, "activity>resource" for an
/// assignment, "activity>name" for an expense; empty for kinds whose keys are never derived.
[[nodiscard]] std::string derived_key(Fact const& fact);

/// Keys that facts leave empty are derived ("A>B:FS", "A>R1", …): fills them, adding "#2", "#3" to
/// derived keys that would repeat. Cost: O(facts).
void complete_keys(Facts& facts);

}  // namespace rapport
