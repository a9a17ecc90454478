#include "rapport/schedule/schedule.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <span>

#include "schedule/edited_links.h"
#include "schedule/lanes.h"
#include "schedule/pass.h"

namespace rapport {
namespace {

/// Calls `visit` with each place of a mark, of which there are few.
template <class Visit>
void each_marked(std::span<std::uint8_t const> marks, Visit const& visit) {
  for (std::size_t k = 0; k < marks.size();) {
    std::uint64_t eight = 1;
    if (k + 8 <= marks.size()) std::memcpy(&eight, &marks[k], 8);
    if (eight == 0) {
      k += 8;
      continue;
    }
    if (marks[k] != 0) visit(k);
    ++k;
  }
}

/// Of what is plain the rules write everything; of others they leave alone what does not count.
void make_room(Schedule::Results& out) {
  auto const n = out.network.activity_count();
  for (auto* column : {&out.early_start, &out.early_finish, &out.late_start, &out.late_finish,
                       &out.total_float, &out.free_float})
    column->resize(n);
  for (auto* column : {&out.start_cause, &out.finish_cause, &out.late_start_cause, &out.late_finish_cause})
    column->resize(n);
  each_not_plain(out.network.values(), 0, n, [&](std::uint32_t i) {
    out.early_start[i] = out.early_finish[i] = out.late_start[i] = out.late_finish[i] = no_instant;
    out.total_float[i] = out.free_float[i] = 0;
    out.start_cause[i] = out.finish_cause[i] = out.late_start_cause[i] = out.late_finish_cause[i] = {};
  });
  out.critical.assign(n, 0), out.longest_path.assign(n, 0);
  out.driving.assign(out.network.link_count(), 0);
}

void place_late_ones(Pass& pass) {
  auto const& constraint = pass.activity.constraint;
  if (std::find(constraint.begin(), constraint.end(), ConstraintKind::AsLateAsPossible) == constraint.end())
    return;
  primavera_as_late_as_possible(pass, 0, pass.activities);
  for (std::uint32_t i = 0; i < pass.activities; ++i) {
    if (constraint[i] != ConstraintKind::AsLateAsPossible || pass.started(i)) continue;
    for (auto k = pass.first_in[i]; k < pass.last_in[i]; ++k) primavera_drives_late(pass, k);
    for (auto o = pass.first_out[i]; o < pass.last_out[i]; ++o)
      primavera_drives_late(pass, pass.links.out[o]);
  }
}

/// Forward; the lanes that the way back can go on with, or none where that was found one by one.
std::unique_ptr<LanePass> forward(Pass& pass, LanesWhen when) {
  auto lanes = LanePass::of(pass, when);
  if (lanes && lanes->forward()) return lanes;
  pass.rules.tool == Tool::Microsoft ? microsoft_forward(pass) : primavera_forward(pass);
  return nullptr;
}

void by_primavera(Pass& pass, LanesWhen when) {
  auto const lanes = forward(pass, when);
  project_finishes(pass);
  place_late_ones(pass);
  if (!lanes || !lanes->backward()) primavera_backward(pass);
  span_levels_of_effort(pass, pass.first_spanning, pass.last_spanning);
  primavera_floats(pass);
  show_actual_dates(pass, 0, pass.activities);
}

void by_microsoft(Pass& pass, LanesWhen when) {
  if (pass.rules.from_finish) microsoft_start_from_finish(pass);
  auto const lanes = forward(pass, when);
  project_finishes(pass);
  if (!lanes || !lanes->backward()) microsoft_backward(pass);
  bool const moved = microsoft_as_late_as_possible(pass);
  span_levels_of_effort(pass, pass.first_spanning, pass.last_spanning);
  microsoft_floats(pass, moved);
  show_actual_dates(pass, 0, pass.activities);
}

}  // namespace

void show_actual_dates(Pass& pass, std::uint32_t first, std::uint32_t last) {
  auto& out = pass.out;
  pass.each_special(first, last, [&](std::uint32_t i) {
    if (!pass.completed(i)) return;
    out.early_start[i] = out.late_start[i] = pass.activity.actual_start[i];
    out.early_finish[i] = out.late_finish[i] = pass.activity.actual_finish[i];
    if (!pass.started(i)) out.early_start[i] = out.late_start[i] = out.early_finish[i];
    out.total_float[i] = out.free_float[i] = 0;
    // Where others pushed it, the pass went through it, and so do the reasons of what follows.
    for (auto* cause : {&out.start_cause, &out.finish_cause, &out.late_start_cause, &out.late_finish_cause}) {
      auto const driver = (*cause)[i].driver();
      if (driver != Driver::Link && driver != Driver::Duration) (*cause)[i] = {Driver::Actual};
    }
  });
}

namespace {

/// What the plan consists of: an inactive task has dates, but no part in it.
bool takes_part(Schedule::Results const& results, std::uint32_t i) {
  auto const& values = results.network.values();
  return values.microsoft[i] == 0 || !values.microsoft_tasks[values.microsoft[i]].inactive;
}

}  // namespace

void find_ends(Schedule::Results& results) {
  auto const counts = [&](std::uint32_t i) { return takes_part(results, i); };
  auto const& values = results.network.values();
  auto const first = last_that_counts(values, results.early_start, INT64_MAX, std::less(), counts);
  auto const last = last_that_counts(values, results.early_finish, no_instant, std::greater(), counts);
  std::int64_t const data_date = results.network.data_date().value_or(Instant{}).seconds;
  results.first_start = first == INT64_MAX ? data_date : first;
  results.last_finish = last == no_instant ? data_date : last;
}

Pass::Pass(Schedule::Results& results, EditedLinks const* edited)
    : network(results.network),
      rules(results.rules),
      activity(network.values()),
      links(edited ? edited->columns() : network.links()),
      first_in(links.first_in.data()),
      last_in(first_in + 1),
      first_out(links.first_out.data()),
      last_out(first_out + 1),
      out_word(links.out_word.empty() ? nullptr : links.out_word.data()),
      calendars(network.calendars().data()),
      out(results),
      activities(network.activity_count()),
      link_count(network.link_count()),
      first_spanning(activities),
      last_spanning(activities),
      has_assignments(!network.assignments().calendar.empty()),
      overrides(rules.ignore_external_links || rules.progress != ProgressLogic::RetainedLogic) {
  lets_go.resize(link_count);
  // Microsoft's late dates look at links from the start of a summary, which no forward pass may have come to.
  auto const microsoft = rules.tool == Tool::Microsoft;
  each_marked({links.of_summary.data(), microsoft ? link_count : 0},
              [&](std::size_t k) { lets_go[k] = no_instant; });
  auto const is_spanning = [&](std::uint32_t i) {
    return activity.kind[i] == ActivityKind::LevelOfEffort || activity.kind[i] == ActivityKind::Summary;
  };
  while (first_spanning > 0 && is_spanning(first_spanning - 1)) --first_spanning;
  for (auto const& subproject : network.subprojects()) {
    auto const planned = subproject.planned_start.value_or(subproject.data_date.value_or(Instant{0})).seconds;
    // Microsoft Project leaves unfinished work where it is, whatever its status date.
    bool const pushed = rules.tool == Tool::Primavera && subproject.data_date;
    auto const now = pushed ? subproject.data_date->seconds : planned;
    data_date.push_back(std::max(now, planned));
    at_data_date.push_back(now >= planned);
  }
  // What each subproject says of itself, unless the plan is scheduled by rules that say something else.
  auto const critical_by = [](Rules const& by) {
    return Critical{by.critical == CriticalBy::LongestPath, by.critical_limit.seconds};
  };
  bool const as_stated = critical_by(rules) == critical_by(network.rules());
  for (auto const& subproject : network.subprojects())
    critical.push_back(critical_by(as_stated ? subproject.rules : rules));
  if (std::adjacent_find(critical.begin(), critical.end(), std::not_equal_to<>()) == critical.end())
    critical.resize(1);
  if (edited) look_at(*edited);
}

void Pass::look_at(EditedLinks const& edited) {
  activities = static_cast<std::uint32_t>(activity.kind.size());
  link_count = static_cast<std::uint32_t>(links.type.size());
  first_in = links.first_in.data(), last_in = edited.last_in().data();
  first_out = links.first_out.data(), last_out = edited.last_out().data();
  lets_go.resize(link_count, no_instant);
}

void refuse_activity(Pass const& pass, std::uint32_t i, InvalidInput const& why) {
  throw InvalidInput("activity " + pass.network.key({i}) + ": " + why.what());
}

Schedule schedule(Network const& network, Rules const& rules, RunControl const& control) {
  return schedule_in_lanes(network, rules, LanesWhen{}, control);
}

Schedule schedule_in_lanes(Network const& network, Rules const& rules, LanesWhen when,
                           RunControl const& control) {
  auto results = std::make_shared<Schedule::Results>();
  results->network = network;
  results->rules = rules;
  make_room(*results);
  Pass pass(*results);
  control.report(0, "scheduling");
  if (rules.tool == Tool::Microsoft)
    by_microsoft(pass, when);
  else
    by_primavera(pass, when);
  control.report(0.8, "scheduling");
  roll_up_summaries(pass, pass.first_spanning, pass.last_spanning);
  trace_longest_path(pass);
  mark_critical(pass, 0, pass.activities);
  find_ends(*results);
  control.report(1, "scheduling");
  return Schedule(std::move(results));
}

Schedule schedule(Network const& network, RunControl const& control) {
  return schedule(network, network.rules(), control);
}
Schedule schedule(Overlay const& overlay, RunControl const& control) {
  return schedule(overlay.applied(), control);
}
Schedule schedule(Overlay const& overlay, Rules const& rules, RunControl const& control) {
  return schedule(overlay.applied(), rules, control);
}

Schedule::Schedule(std::shared_ptr<Results const> results) : results_(std::move(results)) {}
Network const& Schedule::network() const { return results_->whole().network; }
Rules const& Schedule::rules() const { return results_->rules; }

ActivityDates Schedule::Results::dates(std::uint32_t k) const {
  auto const& r = *this;
  return {{r.early_start[k]}, {r.early_finish[k]}, {r.late_start[k]},  {r.late_finish[k]},
          {r.total_float[k]}, {r.free_float[k]},   r.critical[k] != 0, r.longest_path[k] != 0};
}
ActivityDates Schedule::dates(ActivityIndex i) const { return results_->whole().dates(i.value); }
ActivityDates Schedule::dates(std::string_view key) const {
  if (results_->edited) {
    if (auto const i = results_->edited->find(key)) return results_->dates(*i);
  }
  return dates(network().at(key));
}

Instant Schedule::start() const { return {results_->first_start}; }
Instant Schedule::finish() const { return {results_->last_finish}; }
Instant Schedule::finish(std::string_view subproject) const {
  auto const& subprojects = results_->network.subprojects();
  auto const found = std::find_if(subprojects.begin(), subprojects.end(),
                                  [&](Subproject const& part) { return part.key == subproject; });
  if (found == subprojects.end()) {
    std::vector<std::string> keys;
    for (auto const& part : subprojects) keys.push_back(part.key);
    throw NotFound("subproject", std::string(subproject), nearest_keys(subproject, keys));
  }
  auto const k = static_cast<std::uint32_t>(found - subprojects.begin());
  std::int64_t last = no_instant;
  for (std::uint32_t i = 0; i < results_->early_finish.size(); ++i) {
    bool const counts = results_->network.values().subproject[i] == k && takes_part(*results_, i);
    if (counts) last = std::max(last, results_->early_finish[i]);
  }
  if (last != no_instant) return {last};
  return found->data_date.value_or(found->planned_start.value_or(Instant{}));
}

bool Schedule::driving(LinkIndex link) const { return results_->whole().driving[link.value] != 0; }

}  // namespace rapport
