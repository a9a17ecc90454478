#include "notice/naming.h"

namespace rapport {
namespace {

template <class T, class Name>
std::string called(Project const& project, std::string const& key, Name name) {
  T const* fact = project.find<T>(key);
  return fact && !(fact->*name).empty() ? fact->*name : key;
}

}  // namespace

std::string name_of(Project const& project, NodeRef const& node) {
  switch (node.kind) {
    case FactKind::Stakeholder:
      return called<Stakeholder>(project, node.key, &Stakeholder::name);
    case FactKind::Requirement:
      return called<Requirement>(project, node.key, &Requirement::title);
    case FactKind::Deliverable:
      return called<Deliverable>(project, node.key, &Deliverable::name);
    case FactKind::Test:
      return called<Test>(project, node.key, &Test::name);
    case FactKind::Activity:
      return called<Activity>(project, node.key, &Activity::name);
    case FactKind::WbsNode:
      return called<WbsNode>(project, node.key, &WbsNode::name);
    case FactKind::Resource:
      return called<Resource>(project, node.key, &Resource::name);
    case FactKind::CostAccount:
      return called<CostAccount>(project, node.key, &CostAccount::name);
    case FactKind::Expense:
      return called<Expense>(project, node.key, &Expense::name);
    case FactKind::ContractMilestone:
      return called<ContractMilestone>(project, node.key, &ContractMilestone::name);
    case FactKind::Risk:
      return called<Risk>(project, node.key, &Risk::title);
    case FactKind::Subproject:
      return called<Subproject>(project, node.key, &Subproject::name);
    default:
      return node.key;
  }
}

std::string title_of(Project const& project) {
  Facts const& facts = project.facts();
  if (!facts.name.empty() || facts.subprojects.empty()) return facts.name;
  Subproject const& first = facts.subprojects.front();
  return first.name.empty() ? first.key : first.name;
}

std::string requester_of(Project const& project, ChangeRequest const& change) {
  Stakeholder const* who = project.find<Stakeholder>(change.by);
  if (!who) return change.by;
  std::string const name = who->name.empty() ? who->key : who->name;
  return who->organisation.empty() ? name : name + " (" + who->organisation + ")";
}

bool is_touched(Impact const& impact, Reached const& reached) {
  return reached.depth == 0 || reached.counted ||
         reached.likelihood >= impact.options().propagation.count_from;
}

}  // namespace rapport
