#pragma once
// Small projects whose figures can be worked out by hand. Monday 4 January 2027, 08:00 is the data
// date; work is done Monday to Friday, 08:00–12:00 and 13:00–17:00.

#include <string>

#include "rapport/impact/impact.h"

namespace rapport::test {

inline Currency const eur("EUR");

inline Activity task(std::string key, double duration_hours) {
  Activity activity;
  activity.key = key;
  activity.name = "Task " + key;
  activity.duration = hours(duration_hours);
  return activity;
}

inline Link follows(std::string predecessor, std::string successor) {
  return {.key = {},
          .predecessor = std::move(predecessor),
          .successor = std::move(successor),
          .type = {},
          .lag = {}};
}

inline Resource person(std::string key, double rate) {
  Resource resource;
  resource.key = key;
  resource.name = "Person " + key;
  resource.rates.push_back({.from = {}, .standard = Rate::of(rate, eur), .overtime = {}, .per_use = {}});
  return resource;
}

inline Assignment assigned(std::string activity, std::string resource, double effort_hours) {
  Assignment assignment;
  assignment.activity = std::move(activity);
  assignment.resource = std::move(resource);
  assignment.work = hours(effort_hours);
  return assignment;
}

inline Trace trace(NodeRef from, NodeRef to, TraceType type, double likelihood, double share) {
  Trace made;
  made.from = std::move(from);
  made.to = std::move(to);
  made.type = type;
  made.likelihood = Probability(likelihood);
  made.share = share;
  return made;
}

inline NodeRef requirement(std::string key) { return {FactKind::Requirement, std::move(key)}; }
inline NodeRef deliverable(std::string key) { return {FactKind::Deliverable, std::move(key)}; }
inline NodeRef activity(std::string key) { return {FactKind::Activity, std::move(key)}; }
inline NodeRef test_node(std::string key) { return {FactKind::Test, std::move(key)}; }

/// A (40h) → B (16h) → C (24h), and A → D (8h) → C.
///
///   A Mon 4 Jan 08:00 – Fri 8 Jan 17:00      B Mon 11 – Tue 12 Jan 17:00
///   D Mon 11 Jan 08:00 – 17:00, 8h of float  C Wed 13 – Fri 15 Jan 17:00
inline Facts diamond() {
  Facts facts;
  facts.name = "diamond";
  facts.currency = eur;
  facts.calendars.push_back(five_day_calendar("week", {{8 * 3600, 12 * 3600}, {13 * 3600, 17 * 3600}}));
  Subproject subproject;
  subproject.key = "P";
  subproject.planned_start = parse_instant("2027-01-04T08:00");
  subproject.data_date = parse_instant("2027-01-04T08:00");
  subproject.calendar = "week";
  facts.subprojects.push_back(subproject);
  facts.activities = {task("A", 40), task("B", 16), task("C", 24), task("D", 8)};
  for (auto& one : facts.activities) one.subproject = "P";
  facts.links = {follows("A", "B"), follows("B", "C"), follows("A", "D"), follows("D", "C")};
  return facts;
}

inline Project made(Facts facts) {
  complete_keys(facts);
  return Project(std::move(facts));
}

inline ChangeRequest change(std::vector<ChangeEdit> edits) {
  ChangeRequest request;
  request.key = "CR-1";
  request.title = "A change";
  request.edits = std::move(edits);
  return request;
}

inline WorkChange add_work(std::string key, double count, TimeUnit unit = TimeUnit::Hours) {
  WorkChange edit;
  edit.activity = std::move(key);
  edit.amount = {count, unit};
  return edit;
}

inline RequirementChange changed(std::string key, double magnitude) {
  RequirementChange edit;
  edit.requirement = std::move(key);
  edit.magnitude = magnitude;
  return edit;
}

inline Impact assessed(Project const& project, ChangeRequest const& request,
                       AssessOptions const& options = {}) {
  return assess(project, schedule(compile(project)), request, options);
}

inline ActivityDelta const& delta(Impact const& impact, std::string const& key) {
  for (auto const& one : impact.activity_deltas())
    if (one.key == key) return one;
  throw NotFound("delta of activity", key);
}

inline std::string when(Instant instant) { return to_string(instant); }

}  // namespace rapport::test
