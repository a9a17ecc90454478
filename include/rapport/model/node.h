#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace rapport {

/// The kinds of facts a project holds; each has its own key space.
enum class FactKind : std::uint8_t {
  Stakeholder,
  Responsibility,
  Requirement,
  Deliverable,
  Test,
  Trace,
  Subproject,
  Calendar,
  WbsNode,
  Activity,
  Link,
  Resource,
  Assignment,
  CostAccount,
  Expense,
  ContractMilestone,
  RecordedDates,
  ChangeRequest,
  Risk,
  Message,
  ApprovalLimit,
  ExchangeRate,
  Escalation,
};

/// Names one fact: "requirement:REQ-31". The nodes of the change-impact graph are facts.
struct NodeRef {
  FactKind kind = FactKind::Requirement;
  std::string key{};

  friend auto operator<=>(NodeRef const&, NodeRef const&) = default;
};

}  // namespace rapport
