#include <cmath>
#include <limits>
#include <set>

#include "model/check.h"

namespace rapport {
namespace {

constexpr double any_size = std::numeric_limits<double>::max();

void check_rating(char const* field, RiskRating const& rating, Findings& findings) {
  std::set<Objective> seen;
  for (auto const& impact : rating.impacts) {
    check_range(field, impact.size, 0, 1, findings);
    if (!seen.insert(impact.objective).second)
      findings.error(std::string(field) + " rates one objective twice", "keep one rating for each");
  }
}

struct EditCheck {
  Findings& findings;
  std::string place;

  void named(std::string const& key, char const* what) const {
    if (key.empty()) findings.error(place + " names no " + what, "name one");
  }
  void factor(double value) const { check_range((place + ": factor").c_str(), value, 0, 1e6, findings); }

  void operator()(RequirementChange const& e) const {
    named(e.requirement, "requirement");
    check_range((place + ": magnitude").c_str(), e.magnitude, 0, 1, findings);
  }
  void operator()(WorkChange const& e) const {
    named(e.activity, "activity");
    factor(e.factor);
    if (!(std::abs(e.amount.value) <= 1e7))
      findings.error(place + " has an amount that is too large or no number", "check it");
    if (e.adjustment == Adjustment::Set && e.amount.value < 0)
      findings.error(place + " sets a negative amount", "give zero or more");
  }
  void operator()(CostChange const& e) const { named(e.activity, "activity"); }
  void operator()(RateChange const& e) const {
    named(e.resource, "resource");
    factor(e.factor);
  }
  void operator()(LinkChange const& e) const {
    named(e.link.predecessor, "predecessor");
    named(e.link.successor, "successor");
    if (!e.link.predecessor.empty() && e.link.predecessor == e.link.successor)
      findings.error(place + " makes activity " + e.link.predecessor + " wait for itself", "remove it");
  }
  void operator()(ActivityAddition const& e) const {
    named(e.activity.key, "key for the new activity");
    Diagnostics inner;
    Findings inside(inner);
    auto const look = [&](auto const& fact) {
      inside.turn_to(fact);
      check(fact, inside);
    };
    look(e.activity);
    for (auto const& assignment : e.assignments) look(assignment);
    for (auto const& expense : e.expenses) look(expense);
    for (auto const& found : inner) {
      std::string const message = place + ": " + found.subject + " " + found.message;
      if (found.severity == Severity::Error)
        findings.error(message, found.action);
      else
        findings.warn(message, found.action);
    }
  }
  void operator()(ActivityRemoval const& e) const { named(e.activity, "activity"); }
  void operator()(ConstraintChange const& e) const {
    named(e.activity, "activity");
    bool const dated =
        e.constraint.kind != ConstraintKind::None && e.constraint.kind != ConstraintKind::AsLateAsPossible;
    if (dated && !e.constraint.date)
      findings.error(place + " sets a constraint without a date", "give the date");
  }
};

}  // namespace

void check(Stakeholder const& f, Findings& findings) {
  check_range("power", f.power, 0, 1, findings);
  check_range("interest", f.interest, 0, 1, findings);
  check_range("legitimacy", f.legitimacy, 0, 1, findings);
  check_range("urgency", f.urgency, 0, 1, findings);
  if (f.hours && !(f.hours->from >= 0 && f.hours->from < f.hours->to && f.hours->to <= seconds_per_day))
    findings.error("its hours do not run from one time of a day to a later one",
                   "give them like 09:00 to 17:00");
}

void check(Responsibility const& f, Findings& findings) {
  if (f.stakeholder.empty() || f.node.key.empty())
    findings.error("joins nobody with something or somebody with nothing",
                   "name the stakeholder and the node");
}

void check(Requirement const& f, Findings& findings) {
  if (f.version < 1) findings.error("its version is " + std::to_string(f.version), "count versions from 1");
  if (f.size) check_range("size", *f.size, 0, any_size, findings);
  for (auto const& earlier : f.history)
    if (earlier.version >= f.version)
      findings.warn("its history holds version " + std::to_string(earlier.version) +
                        ", which is not earlier than " + std::to_string(f.version),
                    "raise the version, or keep the current wording out of the history");
  for (auto const& confirmation : f.confirmations)
    if (confirmation.version > f.version || confirmation.version < 1)
      findings.warn("version " + std::to_string(confirmation.version) + " is confirmed, but there is none",
                    "the confirmation counts for nothing");
}

void check(Deliverable const&, Findings&) {}

void check(Test const& f, Findings& findings) {
  if (f.effort.seconds < 0) findings.error("effort is negative", "give zero or more");
  if (f.removal_efficiency) check_range("removal_efficiency", *f.removal_efficiency, 0, 1, findings);
}

void check(Trace const& f, Findings& findings) {
  if (f.from.key.empty() || f.to.key.empty()) findings.error("has only one end", "name from and to");
  if (!f.from.key.empty() && f.from == f.to)
    findings.error("leads from " + to_string(f.from) + " to itself", "remove it");
  if (f.share) check_range("share", *f.share, 0, 1, findings);
  auto const wanted = [&](FactKind kind, char const* what) {
    if (f.to.kind != kind && !f.to.key.empty())
      findings.warn(
          std::string(what) + " something that is a " + name_of(f.to.kind) + ", not a " + name_of(kind),
          "check the type of the trace");
  };
  if (f.type == TraceType::Verifies) wanted(FactKind::Test, "verifies by");
  if (f.type == TraceType::Threatens) wanted(FactKind::Risk, "threatens through");
  if (f.type == TraceType::Concerns) wanted(FactKind::Stakeholder, "concerns");
  if (f.type == TraceType::Charges) wanted(FactKind::CostAccount, "charges");
}

void check(ChangeRequest const& f, Findings& findings) {
  if (f.raised && f.answer_by && *f.answer_by < *f.raised)
    findings.warn("must be answered by " + to_string(*f.answer_by) + ", before it was raised",
                  "correct one of the two");
  if (f.analysis && f.analysis->delay_days < 0)
    findings.error("analysis.delay_days is negative", "give zero or more");
  for (std::size_t i = 0; i < f.edits.size(); ++i)
    std::visit(EditCheck{findings, "edit " + std::to_string(i + 1)}, f.edits[i]);
}

void check(Risk const& f, Findings& findings) {
  check_rating("rating", f.rating, findings);
  if (f.residual) check_rating("residual", *f.residual, findings);
  if (f.residual && !f.response)
    findings.warn("has a residual rating but no response", "say what brings the rating down");
}

void check(Message const& f, Findings& findings) {
  if (f.sent && f.answer_by && *f.answer_by < *f.sent)
    findings.warn("wants an answer before it was sent", "correct one of the two");
}

void check(ApprovalLimit const& f, Findings& findings) {
  if (f.approver.empty()) findings.error("names no approver", "name a stakeholder");
  if (f.delay_days && *f.delay_days < 0) findings.error("delay_days is negative", "give zero or more");
  if (f.cost && f.cost->minor < 0) findings.error("cost is negative", "give zero or more");
}

}  // namespace rapport
