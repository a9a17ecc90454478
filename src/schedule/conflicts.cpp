// Both chains of reasons of an activity, put end to end, are a path that is longer than the time for it.

#include "rapport/schedule/conflicts.h"

#include <algorithm>
#include <map>
#include <set>

#include "rapport/model/names.h"
#include "schedule/pass.h"

namespace rapport {
namespace {

/// Where activity i would begin were there nothing but the data date, or the start of the project.
std::int64_t first_start(Pass const& pass, std::uint32_t i) {
  bool const microsoft = pass.rules.tool == Tool::Microsoft;
  auto const& calendar = microsoft ? microsoft_calendar(pass, i) : pass.calendar(i);
  auto const now = pass.data_date[pass.activity.subproject[i]];
  return !microsoft && pass.activity.kind[i] == ActivityKind::FinishMilestone
             ? finish_point(calendar, now)
             : work_begins(pass, i, calendar, now);
}

/// What the work begins with. A mandatory date that lies before the data date keeps nothing from being
/// earlier.
Bound begin_of(Pass const& pass, WhyStep const& root) {
  Bound bound{root.driver, root.activity, root.text};
  auto const i = pass.network.at(root.activity).value;
  if (root.driver != Driver::Constraint || root.field != DateField::EarlyStart ||
      root.date.seconds != first_start(pass, i))
    return bound;
  bool const microsoft = pass.rules.tool == Tool::Microsoft;
  bound.driver = microsoft ? Driver::ProjectStart : Driver::DataDate;
  bound.text = root.activity + " starts " + to_string(root.date) +
               (microsoft ? ": the project starts then" : ": no remaining work lies before the data date");
  return bound;
}

/// Open ends are held to the end of the project; where float is negative somebody set that end.
Bound end_of(Network const& network, WhyStep const& root) {
  Bound bound{root.driver, root.activity, root.text};
  if (root.driver != Driver::ProjectFinish) return bound;
  auto const part = network.values().subproject[network.at(root.activity).value];
  auto const& must = network.subprojects()[part].must_finish_by;
  if (!must) return bound;
  bound.driver = Driver::MustFinishBy;
  bound.text = root.activity + ": the project must finish by " + to_string(*must);
  return bound;
}

void add_steps(std::vector<WhyStep> const& steps, bool backward, Conflict& conflict) {
  std::vector<WhyStep const*> order;
  for (auto const& step : steps) order.push_back(&step);
  if (backward) std::reverse(order.begin(), order.end());
  for (auto const* step : order) {
    if (step->driver == Driver::Link && step->link) conflict.links.push_back(*step->link);
    if (conflict.chain.empty() || conflict.chain.back() != step->activity)
      conflict.chain.push_back(step->activity);
  }
}

}  // namespace

std::vector<Conflict> find_conflicts(Schedule const& schedule) {
  auto const& network = schedule.network();
  std::vector<std::uint32_t> negative;
  for (std::uint32_t i = 0; i < network.activity_count(); ++i)
    if (!network.completed({i}) && schedule.dates(ActivityIndex{i}).total_float.seconds < 0)
      negative.push_back(i);
  std::stable_sort(negative.begin(), negative.end(), [&](std::uint32_t a, std::uint32_t b) {
    return schedule.dates(ActivityIndex{a}).total_float < schedule.dates(ActivityIndex{b}).total_float;
  });
  std::vector<Conflict> found;
  if (negative.empty()) return found;
  // A plan's own view of the passes: reading never writes through it.
  auto results = schedule.results_->whole();
  Pass const pass(results);
  std::map<std::pair<std::string, std::string>, std::size_t> known;
  for (auto const i : negative) {
    auto const early = schedule.why(ActivityIndex{i}), late = schedule.why_late(ActivityIndex{i});
    if (early.steps.empty() || late.steps.empty()) continue;
    auto const from = begin_of(pass, early.steps.back()), until = end_of(network, late.steps.back());
    auto const id = [](Bound const& bound) {
      // The data date and the end of the project are one, whoever meets them.
      bool const shared = bound.driver == Driver::DataDate || bound.driver == Driver::ProjectStart ||
                          bound.driver == Driver::MustFinishBy || bound.driver == Driver::ProjectFinish;
      return std::string(name_of(bound.driver)) + (shared ? "" : ":" + bound.activity);
    };
    auto const [at, fresh] = known.try_emplace({id(from), id(until)}, found.size());
    if (fresh) {
      Conflict conflict;
      conflict.from = from, conflict.until = until;
      add_steps(early.steps, true, conflict);
      add_steps(late.steps, false, conflict);
      conflict.worst = network.key({i});
      conflict.total_float = schedule.dates(ActivityIndex{i}).total_float;
      found.push_back(std::move(conflict));
    }
    found[at->second].activities.push_back(network.key({i}));
  }
  return found;
}

Table conflict_table(Schedule const& schedule, std::vector<Conflict> const& conflicts) {
  std::vector<std::string> from, until, chain, links, worst;
  std::vector<std::int64_t> least, activities;
  for (auto const& conflict : conflicts) {
    from.push_back(conflict.from.text), until.push_back(conflict.until.text);
    std::string text;
    for (auto const& key : conflict.chain) text += (text.empty() ? "" : " → ") + key;
    chain.push_back(text);
    links.push_back(links_text(schedule.network(), conflict.links));
    worst.push_back(conflict.worst), least.push_back(conflict.total_float.in_minutes());
    activities.push_back(static_cast<std::int64_t>(conflict.activities.size()));
  }
  Table table("conflicts");
  table.add("from", from).add("until", until).add("chain", chain).add("links", links);
  table.add("worst", worst).add("total_float_minutes", least, "min").add("activities", activities);
  return table;
}

}  // namespace rapport
