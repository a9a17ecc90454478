#include "exchange/write_restated.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

namespace rapport {
namespace {

constexpr std::int32_t most_days_of_a_span = 36525;

bool needs_single_days(Calendar const& calendar) {
  if (!calendar.work_weeks.empty()) return true;
  for (auto const& each : calendar.exceptions)
    if (each.first != each.last || !each.name.empty()) return true;
  return false;
}

void into_single_days(Calendar& calendar) {
  std::map<std::int32_t, DayShifts> days;
  for (WorkWeek const& span : calendar.work_weeks) {
    Date const last = std::min(span.last, span.first + most_days_of_a_span);
    for (Date day = span.first; day <= last; day = day + 1)
      if (auto const& shifts = span.week[static_cast<std::size_t>(day.weekday())])
        days.try_emplace(day.days, *shifts);  // the first work week wins
  }
  std::map<std::int32_t, DayShifts> own;
  for (CalendarException const& span : calendar.exceptions) {
    Date const last = std::min(span.last, span.first + most_days_of_a_span);
    for (Date day = span.first; day <= last; day = day + 1) own[day.days] = span.shifts;
  }
  for (auto& [day, shifts] : own) days[day] = std::move(shifts);
  calendar.work_weeks.clear();
  calendar.exceptions.clear();
  for (auto& [day, shifts] : days)
    calendar.exceptions.push_back({Date{day}, Date{day}, std::move(shifts), ""});
}

constexpr std::size_t twentieths = 20;

/// P6's own curves come to a hundred but for what was rounded.
bool is_in_percent(std::vector<double> const& curve) {
  return curve.size() == twentieths && std::abs(std::accumulate(curve.begin(), curve.end(), 0.0) - 100) < 1;
}

/// What falls into each twentieth, in percent, with as many decimals as a file needs.
std::vector<double> in_twentieths(std::vector<double> const& curve) {
  constexpr double fine = 1e6;
  double const whole = std::accumulate(curve.begin(), curve.end(), 0.0);
  std::vector<double> result;
  auto const size = static_cast<double>(curve.size());
  for (std::size_t k = 0; k < twentieths; ++k) {
    double const from = static_cast<double>(k) / twentieths * size,
                 to = static_cast<double>(k + 1) / twentieths * size;
    double work = 0;
    for (std::size_t part = 0; part < curve.size(); ++part) {
      auto const begin = static_cast<double>(part);
      work += curve[part] * std::max(0.0, std::min(to, begin + 1) - std::max(from, begin));
    }
    result.push_back(std::round(work / whole * 100 * fine) / fine);
  }
  return result;
}

/// Neither tool has a cost per day.
void as_sums(Facts& facts, Findings& findings) {
  std::unordered_map<std::string_view, RecordedDates const*> recorded;
  for (RecordedDates const& each : facts.recorded_dates) recorded.try_emplace(each.key, &each);
  for (Expense& expense : facts.expenses) {
    if (expense.kind != ExpenseKind::PerDay) continue;
    auto const place = recorded.find(expense.activity);
    std::int64_t days = 1;
    bool const dated = place != recorded.end() && place->second->early_start && place->second->early_finish;
    if (dated) {
      Elapsed const span = *place->second->early_finish - *place->second->early_start;
      days = std::max<std::int64_t>(1, span.seconds / seconds_per_day + 1);
    }
    findings.add(Severity::Warning, 0, "expense " + expense.key, "the format has no cost per day",
                 dated ? "written as one sum for the days of the recorded dates"
                       : "written as the cost of one day, for no dates are recorded");
    expense.kind = ExpenseKind::Fixed;
    expense.amount = scaled(expense.amount, static_cast<double>(days));
  }
}

/// A branch of the work breakdown as MS Project shows it: a summary task over its parts.
class Outline {
 public:
  Outline(Facts& facts, Findings& findings) : facts_(facts), findings_(findings) {}

  void order_activities() {
    for (std::size_t i = 0; i < facts_.activities.size(); ++i) {
      Activity const& each = facts_.activities[i];
      if (each.kind == ActivityKind::Summary && !each.wbs.empty()) summary_.try_emplace(each.wbs, i);
    }
    add_summaries();
    std::unordered_map<std::string, std::string> parent_of;
    for (WbsNode const& node : facts_.wbs) parent_of.emplace(node.key, node.parent);
    for (std::size_t i = 0; i < facts_.activities.size(); ++i) {
      Activity const& each = facts_.activities[i];
      auto const own = summary_.find(each.wbs);
      bool const stands = own != summary_.end() && own->second == i;
      below_[stands ? parent_of[each.wbs] : each.wbs].push_back(i);
    }
    visit("");
    // Branches that contain each other have no top; validation refuses them, so nothing is left over.
    std::vector<Activity> ordered;
    for (std::size_t const i : order_) ordered.push_back(std::move(facts_.activities[i]));
    facts_.activities = std::move(ordered);
  }

 private:
  void add_summaries() {
    std::unordered_set<std::string> keys;
    for (Activity const& each : facts_.activities) keys.insert(each.key);
    for (WbsNode const& node : facts_.wbs) {
      if (summary_.contains(node.key)) continue;
      Activity summary{.key = node.key, .name = node.name};
      while (!keys.insert(summary.key).second) summary.key += "+";
      summary.subproject = node.subproject;
      summary.wbs = node.key;
      summary.kind = ActivityKind::Summary;
      findings_.add(Severity::Info, 0, "WBS " + node.key,
                    "MS Project has no work breakdown besides its tasks", "written as a summary task");
      summary_.emplace(node.key, facts_.activities.size());
      facts_.activities.push_back(std::move(summary));
    }
  }

  void visit(std::string const& wbs) {
    auto const place = below_.find(wbs);
    if (place == below_.end()) return;
    for (std::size_t const i : place->second) {
      order_.push_back(i);
      Activity const& each = facts_.activities[i];
      auto const own = summary_.find(each.wbs);
      if (own != summary_.end() && own->second == i) visit(std::string(each.wbs));
    }
  }

  Facts& facts_;
  Findings& findings_;
  std::unordered_map<std::string, std::size_t> summary_;  // by WBS key
  std::unordered_map<std::string, std::vector<std::size_t>> below_;
  std::vector<std::size_t> order_;
};

}  // namespace

Facts restated_for_microsoft(Facts facts, Findings& findings) {
  as_sums(facts, findings);
  // One fixed cost a task.
  std::vector<Expense> sums;
  std::unordered_map<std::string, std::size_t> place;
  for (Expense& expense : facts.expenses) {
    auto const [at, is_new] = place.try_emplace(expense.activity, sums.size());
    if (is_new) {
      bool const is_plain = expense.name == "Fixed cost" && !expense.actual && expense.cost_account.empty();
      if (!is_plain)
        findings.add(Severity::Warning, 0, "expense " + expense.key,
                     "MS Project has one fixed cost in each task, without name, account or actual",
                     "the sum is written");
      expense.name = "Fixed cost";
      expense.key = expense.activity + "/Fixed cost";
      expense.actual.reset();
      expense.cost_account.clear();
      sums.push_back(std::move(expense));
    } else {
      findings.add(Severity::Warning, 0, "expense " + expense.key,
                   "MS Project has one fixed cost in each task, without name, account or actual",
                   "the sum is written");
      Money& sum = sums[at->second].amount;
      if (sum.currency == expense.amount.currency)
        sum += expense.amount;
      else
        findings.add(Severity::Warning, 0, "expense " + expense.key, "a cost in another currency",
                     "left out of the file");
    }
  }
  facts.expenses = std::move(sums);
  if (facts.subprojects.size() > 1) {
    std::unordered_map<std::string_view, std::size_t> size;
    for (Activity const& each : facts.activities) ++size[each.subproject];
    auto const main =
        std::max_element(facts.subprojects.begin(), facts.subprojects.end(),
                         [&](auto const& a, auto const& b) { return size[a.key] < size[b.key]; });
    for (Subproject const& each : facts.subprojects) {
      if (each.key == main->key) continue;
      findings.add(Severity::Warning, 0, "project " + each.key, "MS Project has one project in a file",
                   "its tasks are written into project " + main->key +
                       "; its own options, data date and calendar are left out");
    }
    std::string const kept = main->key;
    facts.subprojects = {*main};
    for (Activity& each : facts.activities) each.subproject = kept;
    for (WbsNode& each : facts.wbs) each.subproject = kept;
  }
  if (facts.subprojects.empty()) {
    std::string const name = facts.name.empty() ? "project" : facts.name;
    facts.subprojects.push_back({.key = name, .name = name});
  }
  for (Activity& each : facts.activities) each.subproject = facts.subprojects[0].key;
  for (WbsNode& each : facts.wbs) each.subproject = facts.subprojects[0].key;
  Outline(facts, findings).order_activities();
  return facts;
}

Facts restated_for_primavera(Facts facts, Findings& findings) {
  auto const say = [&](std::string const& subject, char const* what, char const* action) {
    findings.add(Severity::Info, 0, subject, what, action);
  };
  for (Calendar& calendar : facts.calendars) {
    if (!needs_single_days(calendar)) continue;
    say("calendar " + calendar.key,
        "P6 calendars have neither named exceptions, spans of them nor work weeks",
        "written day by day, without names");
    into_single_days(calendar);
  }
  for (Assignment& assignment : facts.assignments) {
    if (assignment.curve.empty() || is_in_percent(assignment.curve)) continue;
    say("assignment " + assignment.key, "P6 has curves of twentieths, in percent",
        "the same shape is written so");
    assignment.curve = in_twentieths(assignment.curve);
  }
  std::unordered_map<std::string_view, Activity const*> activities;
  for (Activity const& each : facts.activities) activities.try_emplace(each.key, &each);
  for (Link& link : facts.links) {
    std::string const subject = "link " + link.key;
    if (link.lag.kind == LagKind::Elapsed) {
      findings.add(Severity::Warning, 0, subject, "P6 has no lag on the clock",
                   "the same hours are written as working time of the lag calendar");
      link.lag.kind = LagKind::Working;
    } else if (is_percent(link.lag.kind)) {
      auto const place = activities.find(link.predecessor);
      Activity const* const predecessor = place == activities.end() ? nullptr : place->second;
      double const whole = predecessor ? predecessor->duration.in_hours() : 0;
      if (is_elapsed(link.lag.kind) || (predecessor && predecessor->microsoft.elapsed_duration))
        findings.add(Severity::Warning, 0, subject, "P6 has no lag in percent, nor on the clock",
                     "the same hours are written as working time of the lag calendar");
      else
        say(subject, "P6 has no lag in percent", "written in hours of the predecessor's duration");
      link.lag = {LagKind::Working, std::llround(whole * link.lag.percent / 100 * 60) * 60, 0};
    }
  }
  as_sums(facts, findings);
  for (Resource& resource : facts.resources) {
    if (resource.kind != ResourceKind::Cost) continue;
    say("resource " + resource.key, "P6 has no resource that is only a cost", "written as material");
    resource.kind = ResourceKind::Material;
  }
  return facts;
}

}  // namespace rapport
