#include "rapport/schedule/quality.h"

#include <algorithm>
#include <cmath>

#include "base/number_text.h"
#include "network/made_from.h"
#include "schedule/quality_inspection.h"

namespace rapport {
namespace {

bool is_span(ActivityKind kind) {
  return kind == ActivityKind::LevelOfEffort || kind == ActivityKind::Summary;
}
bool is_milestone(ActivityKind kind) {
  return kind == ActivityKind::StartMilestone || kind == ActivityKind::FinishMilestone;
}

}  // namespace

QualityInspection::QualityInspection(Schedule const& of, Project const& project, QualityOptions const& chosen)
    : schedule(of),
      network(of.network()),
      facts(project.facts()),
      options(chosen),
      activities(network.activity_count()) {
  check_made_from(project, network);
  if (facts.activities.size() != activities)
    throw InvalidInput("the schedule has " + std::to_string(activities) + " activities, the project " +
                       std::to_string(facts.activities.size()) + "; schedule the project anew");
  sort_activities();
  read_network_links();
  read_fact_links();
  read_resources();
  read_baselines();
  read_rolling_wave();
}

void QualityInspection::sort_activities() {
  detail.resize(activities), incomplete.resize(activities), linkable.resize(activities);
  auto const& values = network.values();
  for (std::uint32_t i = 0; i < activities; ++i) {
    auto const kind = values.kind[i];
    bool const inactive = values.microsoft_tasks[values.microsoft[i]].inactive;
    linkable[i] = !is_span(kind) && !inactive;
    detail[i] = linkable[i] && (options.milestones || !is_milestone(kind));
    incomplete[i] = detail[i] && !network.completed({i});
    details += detail[i], incompletes += incomplete[i];
  }
  for (auto const& subproject : network.subprojects())
    data_date.push_back(subproject.data_date ? subproject.data_date->seconds : no_instant);
}

void QualityInspection::read_network_links() {
  leads_on.resize(activities), follows.resize(activities);
  start_held.resize(activities), finish_held.resize(activities);
  auto const& all = network.links();
  for (std::uint32_t k = 0; k < network.link_count(); ++k) {
    auto const from = all.predecessor[k], to = all.successor[k];
    // What spans others drives nothing and waits for nothing.
    if (!linkable[from] || !linkable[to]) continue;
    auto const type = all.type[k];
    leads_on[from] = follows[to] = 1;
    if (type == LinkType::FinishToStart || type == LinkType::FinishToFinish) finish_held[from] = 1;
    if (type == LinkType::FinishToStart || type == LinkType::StartToStart) start_held[to] = 1;
  }
}

void QualityInspection::read_fact_links() {
  auto const& values = network.values();
  for (std::uint32_t row = 0; row < facts.links.size(); ++row) {
    auto const from = network.find(facts.links[row].predecessor);
    auto const to = network.find(facts.links[row].successor);
    if (!from || !to) continue;
    auto const skip = [&](std::uint32_t i) {
      return values.kind[i] == ActivityKind::LevelOfEffort ||
             values.microsoft_tasks[values.microsoft[i]].inactive;
    };
    if (skip(from->value) || skip(to->value)) continue;
    if (options.links_of == CountedWork::Incomplete && network.completed(*to)) continue;
    links.push_back({row, from->value, to->value});
    if (values.kind[from->value] == ActivityKind::Summary || values.kind[to->value] == ActivityKind::Summary)
      summary_links.push_back(links.back());
  }
}

void QualityInspection::read_resources() {
  resourced.resize(activities);
  auto const mark = [&](std::string const& activity) {
    if (auto const i = network.find(activity)) resourced[i->value] = 1;
  };
  for (auto const& assignment : facts.assignments) mark(assignment.activity);
  for (auto const& expense : facts.expenses) mark(expense.activity);
}

void QualityInspection::read_baselines() {
  baseline_start.assign(activities, no_instant), baseline_finish.assign(activities, no_instant);
  for (auto const& recorded : facts.recorded_dates) {
    if (!recorded.baseline) continue;
    if (auto const i = network.find(recorded.key)) {
      baseline_start[i->value] = recorded.baseline->start.seconds;
      baseline_finish[i->value] = recorded.baseline->finish.seconds;
    }
  }
}

void QualityInspection::read_rolling_wave() {
  rolling_wave.resize(activities);
  if (options.rolling_wave.empty()) return;
  std::unordered_map<std::string, std::string> parent;
  std::vector<std::string> keys;
  for (auto const& node : facts.wbs) parent.emplace(node.key, node.parent), keys.push_back(node.key);
  for (auto const& key : options.rolling_wave)
    if (!parent.contains(key))
      throw NotFound("WBS node", key, nearest_keys(key, keys), "option rolling_wave");
  for (auto const& activity : facts.activities) {
    auto const i = network.find(activity.key);
    std::string at = activity.wbs;
    for (std::size_t steps = 0; i && !at.empty() && steps <= parent.size(); ++steps) {
      if (std::find(options.rolling_wave.begin(), options.rolling_wave.end(), at) !=
          options.rolling_wave.end())
        rolling_wave[i->value] = 1;
      auto const found = parent.find(at);
      at = found == parent.end() ? std::string() : found->second;
    }
  }
}

double QualityInspection::day_seconds(std::uint32_t i) const {
  double per_day = 8;
  if (options.day == DayLength::ActivityCalendar) per_day = network.hours_per_day({i});
  if (options.day == DayLength::ProjectCalendar)
    per_day =
        network.calendars()[network.subproject_calendar(network.values().subproject[i])].hours_per_day();
  return per_day * static_cast<double>(seconds_per_hour);
}

std::uint32_t QualityInspection::last() const {
  std::uint32_t found = activities;
  for (std::uint32_t i = 0; i < activities; ++i) {
    if (!linkable[i] || network.completed({i})) continue;
    if (found == activities ||
        schedule.dates(ActivityIndex{i}).early_finish >= schedule.dates(ActivityIndex{found}).early_finish)
      found = i;
  }
  return found;
}

std::string days_text(double days) { return fixed_text(days, 1) + " d"; }

bool is_hard(ConstraintKind kind, HardConstraints which) {
  switch (kind) {
    case ConstraintKind::MandatoryStart:
    case ConstraintKind::MandatoryFinish:
      return true;
    case ConstraintKind::StartNoLaterThan:
    case ConstraintKind::FinishNoLaterThan:
      return which != HardConstraints::Mandatory;
    case ConstraintKind::StartOn:
    case ConstraintKind::FinishOn:
      return which == HardConstraints::WithStartOn;
    default:
      return false;
  }
}

DelayTest delay_test(QualityInspection const& seen, RunControl const& control) {
  auto const& network = seen.network;
  DelayTest test;
  std::uint32_t chosen = seen.activities;
  if (!seen.options.delayed_activity.empty()) {
    chosen = network.at(seen.options.delayed_activity).value;
    if (network.completed({chosen}))
      throw InvalidInput("option delayed_activity names " + seen.options.delayed_activity +
                         ", which is completed; name an unfinished one");
  }
  // The duration of one that runs on the calendars of its assignments is theirs: it comes last.
  auto const& assigned = network.assignments().first;
  for (bool const with_assignments : {false, true}) {
    for (std::uint32_t i = 0; i < seen.activities && chosen == seen.activities; ++i) {
      auto const kind = network.kind({i});
      bool const task = kind == ActivityKind::Task || kind == ActivityKind::ResourceDependent;
      if (task && seen.incomplete[i] && seen.schedule.dates(ActivityIndex{i}).on_longest_path &&
          (with_assignments || assigned[i] == assigned[i + 1]))
        chosen = i;
    }
  }
  if (chosen == seen.activities) return test;

  ActivityIndex const at{chosen};
  test.activity = chosen;
  test.possible = true;
  test.asked_days = seen.options.delay_days;
  Work const more{std::llround(test.asked_days * seen.day_seconds(chosen))};
  auto const overlay = [&] {
    Overlay with(network);
    Work const remaining = network.remaining(at) + more;
    with.set_duration(at, std::max(network.duration(at) + more, remaining), remaining);
    return with;
  }();
  Schedule const after = rapport::schedule(overlay, seen.schedule.rules(), control);
  // The end of the plan must move, of several that are last together the one that moves most.
  Instant const was = seen.schedule.finish();
  std::uint32_t moved = seen.activities;
  for (std::uint32_t i = 0; i < seen.activities; ++i) {
    if (!seen.linkable[i] || seen.leads_on[i] || seen.schedule.dates(ActivityIndex{i}).early_finish != was)
      continue;
    auto const finish = [&](std::uint32_t k) { return after.dates(ActivityIndex{k}).early_finish; };
    if (moved == seen.activities || finish(i) >= finish(moved)) moved = i;
  }
  if (moved == seen.activities) return test;
  Instant const is = after.dates(ActivityIndex{moved}).early_finish;
  test.moved_days = seen.in_days(network.calendar(at).between(was, is).seconds, chosen);
  auto const reasons = after.why(ActivityIndex{moved});
  if (!reasons.steps.empty()) test.why = reasons.steps.back().text;
  return test;
}

std::optional<double> critical_path_length_index(double length, double total_float) {
  if (!(length > 0)) return std::nullopt;
  return (length + total_float) / length;
}

std::optional<double> baseline_execution_index(std::size_t completed, std::size_t due) {
  if (due == 0) return std::nullopt;
  return static_cast<double>(completed) / static_cast<double>(due);
}

void QualityReport::open(QualityStandard standard, int point, char const* id, char const* name,
                         std::string meaning) {
  first_finding_ = out_.findings.size();
  QualityCheck check;
  check.standard = standard;
  check.point = point;
  check.id = std::string(to_name(standard)) + "." + id;
  check.name = name;
  check.meaning = std::move(meaning);
  out_.checks.push_back(std::move(check));
}

void QualityReport::activity(std::uint32_t i, std::string reason) {
  out_.findings.push_back({out_.checks.back().id, seen_.key(i), "", "", std::move(reason)});
}

void QualityReport::link(QualityInspection::FactLink const& link, std::string reason) {
  auto const& fact = seen_.facts.links[link.row];
  out_.findings.push_back(
      {out_.checks.back().id, fact.successor, fact.predecessor, fact.key, std::move(reason)});
}

void QualityReport::share(std::size_t count, std::size_t out_of, std::optional<double> limit, bool at_least) {
  auto& check = out_.checks.back();
  check.count = count, check.out_of = out_of;
  check.unit = "%";
  check.limit = limit;
  check.at_least = at_least;
  if (out_of == 0) return;
  double const value = 100.0 * static_cast<double>(count) / static_cast<double>(out_of);
  check.value = value;
  if (!limit)
    check.verdict = Verdict::NoLimit;
  else
    check.verdict = (at_least ? value >= *limit : value <= *limit) ? Verdict::Pass : Verdict::Fail;
}

void QualityReport::index(std::size_t count, std::size_t out_of, std::optional<double> value,
                          std::optional<double> limit) {
  auto& check = out_.checks.back();
  check.count = count, check.out_of = out_of;
  check.value = value;
  check.limit = limit;
  check.at_least = true;
  if (value && limit) check.verdict = *value >= *limit ? Verdict::Pass : Verdict::Fail;
}

void QualityReport::measure(std::string meaning, std::optional<double> value, char const* unit,
                            double limit) {
  index(0, 0, value, limit);
  auto& check = out_.checks.back();
  check.meaning = std::move(meaning);
  check.unit = unit;
}

void QualityReport::figure(std::size_t count, std::size_t out_of) {
  share(count, out_of, std::nullopt);
  out_.checks.back().verdict = Verdict::NoLimit;
}

void QualityReport::verdict(std::size_t count, std::size_t out_of, bool pass) {
  figure(count, out_of);
  out_.checks.back().verdict = pass ? Verdict::Pass : Verdict::Fail;
}

void QualityReport::not_applicable(std::string why) {
  auto& check = out_.checks.back();
  check.verdict = Verdict::NotApplicable;
  check.meaning = std::move(why);
}

void QualityReport::not_in_plan() { out_.checks.back().verdict = Verdict::NotInPlan; }

QualityCheck const& Quality::check(std::string_view id) const {
  std::vector<std::string> ids;
  for (auto const& each : checks) {
    if (each.id == id) return each;
    ids.push_back(each.id);
  }
  throw NotFound("quality check", std::string(id), nearest_keys(id, ids));
}

namespace {

std::size_t with_verdict(Quality const& quality, QualityStandard standard, Verdict verdict) {
  return static_cast<std::size_t>(std::count_if(
      quality.checks.begin(), quality.checks.end(),
      [&](QualityCheck const& each) { return each.standard == standard && each.verdict == verdict; }));
}

}  // namespace

std::size_t Quality::passed(QualityStandard standard) const {
  return with_verdict(*this, standard, Verdict::Pass);
}
std::size_t Quality::failed(QualityStandard standard) const {
  return with_verdict(*this, standard, Verdict::Fail);
}

Table Quality::table() const {
  std::vector<std::string> standard, id, name, unit, limit_kind, verdict, meaning;
  std::vector<std::int64_t> point, count, out_of;
  std::vector<std::optional<double>> value, limit;
  for (auto const& each : checks) {
    standard.emplace_back(to_name(each.standard)), point.push_back(each.point);
    id.push_back(each.id), name.push_back(each.name);
    count.push_back(static_cast<std::int64_t>(each.count));
    out_of.push_back(static_cast<std::int64_t>(each.out_of));
    value.push_back(each.value), unit.push_back(each.unit), limit.push_back(each.limit);
    limit_kind.emplace_back(!each.limit ? "" : each.at_least ? "at_least" : "at_most");
    verdict.emplace_back(to_name(each.verdict)), meaning.push_back(each.meaning);
  }
  Table table("quality");
  table.add("standard", standard).add("point", point).add("id", id).add("name", name);
  table.add("count", count).add("out_of", out_of).add("value", value).add("unit", unit);
  table.add("limit", limit).add("limit_kind", limit_kind).add("verdict", verdict).add("meaning", meaning);
  return table;
}

Table Quality::findings_table() const {
  std::vector<std::string> check, activity, predecessor, link, reason;
  for (auto const& each : findings) {
    check.push_back(each.check), activity.push_back(each.activity);
    predecessor.push_back(each.predecessor), link.push_back(each.link), reason.push_back(each.reason);
  }
  Table table("quality_findings");
  table.add("check", check).add("activity", activity).add("predecessor", predecessor);
  table.add("link", link).add("reason", reason);
  return table;
}

Quality check_quality(Schedule const& schedule, Project const& project, QualityOptions const& options,
                      RunControl const& control) {
  if (!(options.delay_days > 0))
    throw InvalidInput("option delay_days is " + std::to_string(options.delay_days) +
                       "; a delay to test with is longer than zero");
  control.report(0, "checking quality");
  QualityInspection const seen(schedule, project, options);
  Quality quality;
  auto const test = delay_test(seen, control);
  check_dcma(seen, test, quality);
  check_gao(seen, quality);
  control.report(1, "checking quality");
  return quality;
}

}  // namespace rapport
