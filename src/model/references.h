#pragma once
// Which fact names which: one list for validation, removal and completion.

#include <string>
#include <string_view>
#include <unordered_set>
#include <variant>

#include "rapport/model/facts.h"

namespace rapport {

/// Whether a fact can do without what it names.
enum class Need : std::uint8_t {
  Must,  ///< The fact means nothing without it.
  May,   ///< A person or a record that may stand outside the project.
};

/// Calls visit(field, kind, key, need) for every non-empty key that `fact` holds of another fact.
template <class Visit>
class References {
 public:
  explicit References(Visit visit) : visit_(std::move(visit)) {}

  void operator()(Stakeholder const&) {}
  void operator()(Responsibility const& f) {
    must("stakeholder", FactKind::Stakeholder, f.stakeholder);
    must("node", f.node.kind, f.node.key);
  }
  void operator()(Requirement const& f) {
    may("owner", FactKind::Stakeholder, f.owner);
    if (f.source) may("source.stakeholder", FactKind::Stakeholder, f.source->stakeholder);
    for (auto const& version : f.history) may("history.by", FactKind::Stakeholder, version.by);
    for (auto const& confirmation : f.confirmations)
      may("confirmations.by", FactKind::Stakeholder, confirmation.by);
  }
  void operator()(Deliverable const& f) { may("owner", FactKind::Stakeholder, f.owner); }
  void operator()(Test const& f) {
    must("resource", FactKind::Resource, f.resource);
    must("activity", FactKind::Activity, f.activity);
  }
  void operator()(Trace const& f) {
    must("from", f.from.kind, f.from.key);
    must("to", f.to.kind, f.to.key);
    if (f.confirmed) may("confirmed.by", FactKind::Stakeholder, f.confirmed->by);
  }
  void operator()(Subproject const& f) { must("calendar", FactKind::Calendar, f.calendar); }
  void operator()(Calendar const& f) { must("base", FactKind::Calendar, f.base); }
  void operator()(WbsNode const& f) {
    must("parent", FactKind::WbsNode, f.parent);
    must("subproject", FactKind::Subproject, f.subproject);
  }
  void operator()(Activity const& f) {
    must("subproject", FactKind::Subproject, f.subproject);
    must("wbs", FactKind::WbsNode, f.wbs);
    must("calendar", FactKind::Calendar, f.calendar);
  }
  void operator()(Link const& f) {
    must("predecessor", FactKind::Activity, f.predecessor);
    must("successor", FactKind::Activity, f.successor);
  }
  void operator()(Resource const& f) { must("calendar", FactKind::Calendar, f.calendar); }
  void operator()(Assignment const& f) {
    must("activity", FactKind::Activity, f.activity);
    must("resource", FactKind::Resource, f.resource);
    must("cost_account", FactKind::CostAccount, f.cost_account);
  }
  void operator()(CostAccount const& f) { must("parent", FactKind::CostAccount, f.parent); }
  void operator()(Expense const& f) {
    must("activity", FactKind::Activity, f.activity);
    must("cost_account", FactKind::CostAccount, f.cost_account);
  }
  void operator()(ContractMilestone const& f) { must("activity", FactKind::Activity, f.activity); }
  void operator()(RecordedDates const& f) { may("key", FactKind::Activity, f.key); }
  void operator()(ChangeRequest const& f) {
    may("by", FactKind::Stakeholder, f.by);
    if (f.analysis) may("analysis.by", FactKind::Stakeholder, f.analysis->by);
    if (f.review) may("review.by", FactKind::Stakeholder, f.review->by);
    if (f.verification) may("verification.by", FactKind::Stakeholder, f.verification->by);
    // Once a change is carried out, what it named may be gone for good reason.
    if (f.status >= ChangeStatus::Implemented || f.status == ChangeStatus::Rejected) return;
    // An activity that the same request adds is no fact of the project yet.
    std::unordered_set<std::string_view> added;
    for (auto const& edit : f.edits)
      if (auto const* addition = std::get_if<ActivityAddition>(&edit)) added.insert(addition->activity.key);
    for (auto const& edit : f.edits) std::visit([&](auto const& e) { in_edit(added, e); }, edit);
  }
  void operator()(Risk const& f) {
    may("owner", FactKind::Stakeholder, f.owner);
    if (f.response) may("response.owner", FactKind::Stakeholder, f.response->owner);
  }
  void operator()(Message const& f) {
    may("from", FactKind::Stakeholder, f.from);
    for (auto const& to : f.to) may("to", FactKind::Stakeholder, to);
    if (f.about) may("about", f.about->kind, f.about->key);
    for (auto const& answer : f.answers) may("answers.by", FactKind::Stakeholder, answer.by);
  }
  void operator()(ApprovalLimit const& f) { must("approver", FactKind::Stakeholder, f.approver); }
  void operator()(ExchangeRate const&) {}
  void operator()(Escalation const& f) {
    must("resource", FactKind::Resource, f.resource);
    must("cost_account", FactKind::CostAccount, f.cost_account);
  }

 private:
  using Keys = std::unordered_set<std::string_view>;

  void must(char const* field, FactKind kind, std::string const& key) {
    if (!key.empty()) visit_(field, kind, key, Need::Must);
  }
  void may(char const* field, FactKind kind, std::string const& key) {
    if (!key.empty()) visit_(field, kind, key, Need::May);
  }

  void in_edit(Keys const&, RequirementChange const& e) {
    may("edits.requirement", FactKind::Requirement, e.requirement);
  }
  void in_edit(Keys const& added, WorkChange const& e) { activity(added, e.activity); }
  void in_edit(Keys const& added, CostChange const& e) {
    activity(added, e.activity);
    may("edits.cost_account", FactKind::CostAccount, e.cost_account);
  }
  void in_edit(Keys const&, RateChange const& e) { may("edits.resource", FactKind::Resource, e.resource); }
  void in_edit(Keys const& added, LinkChange const& e) {
    activity(added, e.link.predecessor);
    activity(added, e.link.successor);
  }
  void in_edit(Keys const&, ActivityAddition const& e) {
    may("edits.add_activity.calendar", FactKind::Calendar, e.activity.calendar);
    may("edits.add_activity.wbs", FactKind::WbsNode, e.activity.wbs);
    for (auto const& assignment : e.assignments)
      may("edits.assignments.resource", FactKind::Resource, assignment.resource);
  }
  void in_edit(Keys const& added, ActivityRemoval const& e) { activity(added, e.activity); }
  void in_edit(Keys const& added, ConstraintChange const& e) { activity(added, e.activity); }

  void activity(Keys const& added, std::string const& key) {
    if (!added.contains(key)) may("edits.activity", FactKind::Activity, key);
  }

  Visit visit_;
};

}  // namespace rapport
