#pragma once
// Every fact lists its fields once, here. JSON documents, the store, the journal's comparison, the
// Python attributes and the redaction of client copies all walk this list, so that a new field is
// known everywhere at once.
//
// describe(fact, visit) calls visit(name, member) or visit(name, member, Internal{}) in order.

#include "rapport/model/facts.h"

namespace rapport {

/// Marks a field that must never reach a client copy.
struct Internal {};

namespace detail {
template <class T, class U>
concept Is = std::same_as<std::remove_cvref_t<T>, U>;
}

#define RAPPORT_DESCRIBE(Type)               \
  template <detail::Is<Type> F, class Visit> \
  void describe(F&& f, Visit&& v)

RAPPORT_DESCRIBE(NodeRef) {
  v("kind", f.kind);
  v("key", f.key);
}

RAPPORT_DESCRIBE(WorkingHours) {
  v("from", f.from);
  v("to", f.to);
}
RAPPORT_DESCRIBE(Stakeholder) {
  v("key", f.key);
  v("name", f.name);
  v("organisation", f.organisation);
  v("role", f.role);
  v("side", f.side);
  v("power", f.power, Internal{});
  v("interest", f.interest, Internal{});
  v("legitimacy", f.legitimacy, Internal{});
  v("urgency", f.urgency, Internal{});
  v("current", f.current, Internal{});
  v("desired", f.desired, Internal{});
  v("language", f.language);
  v("channels", f.channels);
  v("address", f.address);
  v("hours", f.hours);
  v("time_zone", f.time_zone);
  v("interests", f.interests, Internal{});
  v("habits", f.habits, Internal{});
  v("concerns", f.concerns);
}
RAPPORT_DESCRIBE(Responsibility) {
  v("key", f.key);
  v("stakeholder", f.stakeholder);
  v("node", f.node);
  v("duty", f.duty);
}

RAPPORT_DESCRIBE(Elicitation) {
  v("method", f.method);
  v("stakeholder", f.stakeholder);
  v("when", f.when);
  v("reference", f.reference);
}
RAPPORT_DESCRIBE(RequirementVersion) {
  v("version", f.version);
  v("text", f.text);
  v("when", f.when);
  v("by", f.by);
  v("reason", f.reason);
}
RAPPORT_DESCRIBE(Confirmation) {
  v("version", f.version);
  v("by", f.by);
  v("when", f.when);
}
RAPPORT_DESCRIBE(Requirement) {
  v("key", f.key);
  v("title", f.title);
  v("text", f.text);
  v("kind", f.kind);
  v("priority", f.priority);
  v("status", f.status);
  v("version", f.version);
  v("owner", f.owner);
  v("acceptance_criterion", f.acceptance_criterion);
  v("size", f.size);
  v("source", f.source);
  v("history", f.history);
  v("confirmations", f.confirmations);
}
RAPPORT_DESCRIBE(Deliverable) {
  v("key", f.key);
  v("name", f.name);
  v("description", f.description);
  v("owner", f.owner);
}
RAPPORT_DESCRIBE(Test) {
  v("key", f.key);
  v("name", f.name);
  v("level", f.level);
  v("effort", f.effort);
  v("resource", f.resource, Internal{});
  v("activity", f.activity);
  v("removal_efficiency", f.removal_efficiency, Internal{});
}
RAPPORT_DESCRIBE(Trace) {
  v("key", f.key);
  v("from", f.from);
  v("to", f.to);
  v("type", f.type);
  v("likelihood", f.likelihood, Internal{});
  v("share", f.share, Internal{});
  v("suspect", f.suspect);
  v("confirmed", f.confirmed);
}

RAPPORT_DESCRIBE(Rules) {
  v("tool", f.tool);
  v("lag_calendar", f.lag_calendar);
  v("progress", f.progress);
  v("total_float", f.total_float);
  v("critical", f.critical);
  v("critical_limit", f.critical_limit);
  v("open_ends_critical", f.open_ends_critical);
  v("use_expected_finish", f.use_expected_finish);
  v("start_to_start_from_early", f.start_to_start_from_early);
  v("use_must_finish_for_float", f.use_must_finish_for_float);
  v("float_by_subproject", f.float_by_subproject);
  v("ignore_external_links", f.ignore_external_links);
  v("from_finish", f.from_finish);
}
RAPPORT_DESCRIBE(Subproject) {
  v("key", f.key);
  v("name", f.name);
  v("planned_start", f.planned_start);
  v("data_date", f.data_date);
  v("must_finish_by", f.must_finish_by);
  v("calendar", f.calendar);
  v("rules", f.rules);
}
RAPPORT_DESCRIBE(Shift) {
  v("from", f.from);
  v("to", f.to);
}
RAPPORT_DESCRIBE(CalendarException) {
  v("first", f.first);
  v("last", f.last);
  v("shifts", f.shifts);
  v("name", f.name);
}
RAPPORT_DESCRIBE(WorkWeek) {
  v("first", f.first);
  v("last", f.last);
  v("week", f.week);
  v("name", f.name);
}
RAPPORT_DESCRIBE(Calendar) {
  v("key", f.key);
  v("name", f.name);
  v("base", f.base);
  v("week", f.week);
  v("work_weeks", f.work_weeks);
  v("exceptions", f.exceptions);
  v("hours_per_day", f.hours_per_day);
  v("days_per_week", f.days_per_week);
}
RAPPORT_DESCRIBE(WbsNode) {
  v("key", f.key);
  v("parent", f.parent);
  v("name", f.name);
  v("subproject", f.subproject);
}
RAPPORT_DESCRIBE(Constraint) {
  v("kind", f.kind);
  v("date", f.date);
}
RAPPORT_DESCRIBE(ActivityProgress) {
  v("actual_start", f.actual_start);
  v("actual_finish", f.actual_finish);
  v("remaining", f.remaining);
  v("physical_percent", f.physical_percent);
  v("suspended", f.suspended);
  v("resumed", f.resumed);
}
RAPPORT_DESCRIBE(Split) {
  v("start", f.start);
  v("finish", f.finish);
}
RAPPORT_DESCRIBE(MicrosoftTask) {
  v("manual", f.manual);
  v("inactive", f.inactive);
  v("elapsed_duration", f.elapsed_duration);
  v("ignore_resource_calendars", f.ignore_resource_calendars);
  v("effort_driven", f.effort_driven);
  v("fixed_duration", f.fixed_duration);
  v("levelling_delay", f.levelling_delay);
  v("manual_start", f.manual_start);
  v("manual_finish", f.manual_finish);
  v("splits", f.splits);
}
RAPPORT_DESCRIBE(Activity) {
  v("key", f.key);
  v("name", f.name);
  v("source_id", f.source_id);
  v("subproject", f.subproject);
  v("wbs", f.wbs);
  v("kind", f.kind);
  v("duration", f.duration);
  v("calendar", f.calendar);
  v("constraint", f.constraint);
  v("secondary_constraint", f.secondary_constraint);
  v("deadline", f.deadline);
  v("expected_finish", f.expected_finish);
  v("external_early_start", f.external_early_start);
  v("external_late_finish", f.external_late_finish);
  v("progress", f.progress);
  v("microsoft", f.microsoft);
}
RAPPORT_DESCRIBE(Baseline) {
  v("start", f.start);
  v("finish", f.finish);
  v("cost", f.cost, Internal{});
}
RAPPORT_DESCRIBE(RecordedDates) {
  v("key", f.key);
  v("early_start", f.early_start);
  v("early_finish", f.early_finish);
  v("late_start", f.late_start);
  v("late_finish", f.late_finish);
  v("total_float", f.total_float);
  v("free_float", f.free_float);
  v("driving", f.driving);
  v("baseline", f.baseline);
}
RAPPORT_DESCRIBE(Lag) {
  v("kind", f.kind);
  v("seconds", f.seconds);
  v("percent", f.percent);
}
RAPPORT_DESCRIBE(Link) {
  v("key", f.key);
  v("predecessor", f.predecessor);
  v("successor", f.successor);
  v("type", f.type);
  v("lag", f.lag);
}
RAPPORT_DESCRIBE(RatePeriod) {
  v("from", f.from);
  v("standard", f.standard);
  v("overtime", f.overtime);
  v("per_use", f.per_use);
}
RAPPORT_DESCRIBE(Resource) {
  v("key", f.key);
  v("name", f.name);
  v("kind", f.kind);
  v("calendar", f.calendar);
  v("max_units", f.max_units);
  v("unit", f.unit);
  v("rates", f.rates, Internal{});
  v("accrual", f.accrual);
}
RAPPORT_DESCRIBE(Assignment) {
  v("key", f.key);
  v("activity", f.activity);
  v("resource", f.resource);
  v("units", f.units);
  v("remaining_units", f.remaining_units);
  v("work", f.work);
  v("remaining", f.remaining);
  v("overtime", f.overtime);
  v("actual", f.actual);
  v("quantity", f.quantity);
  v("cost", f.cost, Internal{});
  v("actual_cost", f.actual_cost, Internal{});
  v("cost_account", f.cost_account);
  v("lag", f.lag);
  v("drives_dates", f.drives_dates);
  v("curve", f.curve);
  v("duration", f.duration);
}
RAPPORT_DESCRIBE(CostAccount) {
  v("key", f.key);
  v("parent", f.parent);
  v("name", f.name);
}
RAPPORT_DESCRIBE(Expense) {
  v("key", f.key);
  v("activity", f.activity);
  v("name", f.name);
  v("kind", f.kind);
  v("amount", f.amount, Internal{});
  v("actual", f.actual, Internal{});
  v("accrual", f.accrual);
  v("cost_account", f.cost_account);
}
RAPPORT_DESCRIBE(ContractMilestone) {
  v("key", f.key);
  v("name", f.name);
  v("activity", f.activity);
  v("due", f.due);
  v("penalty_per_day", f.penalty_per_day);
  v("grace_days", f.grace_days);
  v("penalty_cap", f.penalty_cap);
  v("bonus_per_day", f.bonus_per_day);
  v("bonus_cap", f.bonus_cap);
}

RAPPORT_DESCRIBE(ChangeAnalysis) {
  v("by", f.by);
  v("when", f.when);
  v("delay_days", f.delay_days);
  v("cost", f.cost);
  v("text", f.text);
}
RAPPORT_DESCRIBE(SignOff) {
  v("by", f.by);
  v("when", f.when);
  v("text", f.text);
}
RAPPORT_DESCRIBE(ChangeRequest) {
  v("key", f.key);
  v("title", f.title);
  v("reason", f.reason);
  v("by", f.by);
  v("raised", f.raised);
  v("answer_by", f.answer_by);
  v("status", f.status);
  v("edits", f.edits);
  v("internal_note", f.internal_note, Internal{});
  v("analysis", f.analysis, Internal{});
  v("review", f.review, Internal{});
  v("verification", f.verification);
}
RAPPORT_DESCRIBE(RiskImpact) {
  v("objective", f.objective);
  v("size", f.size);
}
RAPPORT_DESCRIBE(RiskRating) {
  v("probability", f.probability);
  v("impacts", f.impacts);
}
RAPPORT_DESCRIBE(RiskResponse) {
  v("strategy", f.strategy);
  v("text", f.text);
  v("owner", f.owner);
  v("cost", f.cost, Internal{});
}
RAPPORT_DESCRIBE(Risk) {
  v("key", f.key);
  v("title", f.title);
  v("cause", f.cause);
  v("event", f.event);
  v("effect", f.effect);
  v("sign", f.sign);
  v("status", f.status);
  v("category", f.category);
  v("owner", f.owner);
  v("rating", f.rating);
  v("response", f.response);
  v("residual", f.residual);
  v("trigger", f.trigger);
  v("review_on", f.review_on);
  v("shared_with_client", f.shared_with_client);
}
RAPPORT_DESCRIBE(Answer) {
  v("by", f.by);
  v("when", f.when);
  v("decision", f.decision);
  v("text", f.text);
}
RAPPORT_DESCRIBE(Message) {
  v("key", f.key);
  v("from", f.from);
  v("to", f.to);
  v("about", f.about);
  v("sent", f.sent);
  v("answer_by", f.answer_by);
  v("channel", f.channel);
  v("language", f.language);
  v("subject", f.subject);
  v("text", f.text);
  v("answers", f.answers);
  v("internal", f.internal);
}
RAPPORT_DESCRIBE(ApprovalLimit) {
  v("key", f.key);
  v("approver", f.approver, Internal{});
  v("delay_days", f.delay_days, Internal{});
  v("cost", f.cost, Internal{});
}

RAPPORT_DESCRIBE(ExchangeRate) {
  v("key", f.key);
  v("of", f.of);
  v("price", f.price);
  v("from", f.from);
}
RAPPORT_DESCRIBE(Escalation) {
  v("key", f.key);
  v("resource", f.resource);
  v("cost_account", f.cost_account);
  v("percent_per_year", f.percent_per_year, Internal{});
  v("from", f.from);
}

#undef RAPPORT_DESCRIBE

}  // namespace rapport
