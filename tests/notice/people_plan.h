#pragma once
// The diamond with needs and people, small enough to say by hand who must hear of a change.

#include "impact/small_plan.h"

namespace rapport::test {

inline Stakeholder somebody(std::string key, std::string name, Side side) {
  Stakeholder made;
  made.key = std::move(key);
  made.name = std::move(name);
  made.side = side;
  made.channels = {"mail"};
  return made;
}

inline Facts people_plan() {
  Facts facts = diamond();
  facts.resources.push_back(person("R", 50));
  facts.assignments.push_back(assigned("A", "R", 40));
  facts.wbs.push_back({.key = "W", .parent = {}, .name = "Building", .subproject = "P"});
  facts.wbs.push_back({.key = "W1", .parent = "W", .name = "Roof", .subproject = "P"});
  facts.activities[2].wbs = "W1";  // C

  Stakeholder ito = somebody("ito", "伊藤", Side::Client);
  ito.power = 0.9;
  ito.language = "zh-CN";
  ito.channels = {"wecom", "mail"};
  ito.concerns = {"Dates"};
  Stakeholder bob = somebody("bob", "Bob", Side::Supplier);
  bob.language = "de";
  Stakeholder roe = somebody("roe", "Roe", Side::Team);
  roe.channels.clear();
  facts.stakeholders = {ito,
                        bob,
                        roe,
                        somebody("lee", "Lee", Side::Team),
                        somebody("ann", "Ann", Side::Team),
                        somebody("kim", "Kim", Side::Client),
                        somebody("ray", "Ray", Side::Team),
                        somebody("zoe", "Zoe", Side::Team)};

  Requirement need;
  need.key = "REQ-1";
  need.title = "Check-in";
  need.text = "Guests shall check in.";
  need.owner = "kim";
  need.confirmations.push_back({.version = 1, .by = "kim", .when = {}});
  facts.requirements.push_back(need);
  Test test;
  test.key = "T-1";
  test.name = "Check-in test";
  facts.tests.push_back(test);
  Risk risk;
  risk.key = "RK-1";
  risk.title = "Ransom";
  risk.owner = "roe";
  risk.rating = {Probability(0.3), {{Objective::Schedule, 0.4}}};
  facts.risks.push_back(risk);

  facts.traces = {trace(requirement("REQ-1"), activity("A"), TraceType::Implements, 1, 1),
                  trace(requirement("REQ-1"), test_node("T-1"), TraceType::Verifies, 1, 1),
                  trace(requirement("REQ-1"), {FactKind::Risk, "RK-1"}, TraceType::Threatens, 0.8, 1),
                  trace(requirement("REQ-1"), {FactKind::Stakeholder, "bob"}, TraceType::Concerns, 1, 1)};
  facts.responsibilities = {
      {.key = {}, .stakeholder = "ann", .node = activity("A"), .duty = Duty::Responsible},
      {.key = {}, .stakeholder = "ray", .node = {FactKind::WbsNode, "W"}, .duty = Duty::Informed}};

  ContractMilestone handover;
  handover.key = "M-1";
  handover.name = "Handover";
  handover.activity = "C";
  handover.due = parse_instant("2027-01-18T17:00");
  handover.penalty_per_day = Money::of(700, eur);
  facts.contract_milestones.push_back(handover);
  ApprovalLimit limit;
  limit.key = "L";
  limit.approver = "lee";
  limit.delay_days = 10;
  limit.cost = Money::of(5000, eur);
  facts.approval_limits.push_back(limit);
  return facts;
}

/// REQ-1 changes by half: A grows by 20h.
inline ChangeRequest needs_change() {
  ChangeRequest request = change({changed("REQ-1", 0.5)});
  request.by = "kim";
  request.reason = "Guests come at night.";
  request.internal_note = "A good one to say yes to.";
  return request;
}

}  // namespace rapport::test
