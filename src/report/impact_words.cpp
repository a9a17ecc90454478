#include "report/impact_words.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "notice/client_words.h"
#include "rapport/model/names.h"
#include "report/gantt.h"
#include "report/trail_words.h"

namespace rapport {
namespace {

using nlohmann::json;

std::string rework_text(ReworkKind kind, Work duration, Wording const& say) {
  if (kind == ReworkKind::Waiting && duration.seconds != 0)
    return say(duration.seconds > 0 ? "rework.longer" : "rework.shorter");
  return say("rework." + std::string(name_of(kind)));
}

/// How much longer the activity, or its rework, takes.
Work more_duration(ImpactPage const& page, std::string const& key) {
  Work sum;
  for (Rework const& from : page.reworks)
    if ((from.rework_activity.empty() ? from.activity : from.rework_activity) == key) sum += from.duration;
  return sum;
}

std::string signed_hours(Work work, Wording const& say) {
  return work.seconds == 0 ? std::string() : (work.seconds > 0 ? "+" : "") + say.hours(work);
}

/// Floats are told as working days of the activity's own calendar.
std::string float_text(std::optional<Work> amount, double hours_per_day, Wording const& say) {
  if (!amount) return "–";
  double const days = hours_per_day > 0 ? amount->in_hours() / hours_per_day : 0;
  return say("days", {{"n", say.number(days, 1)}});
}

bool is_milestone(ActivityKind kind) {
  return kind == ActivityKind::StartMilestone || kind == ActivityKind::FinishMilestone;
}

json milestone_row(ImpactPage const& page, MilestoneDelta const& from, Wording const& say) {
  json row = shift_words(from.before, from.after, say);
  if (row.contains("shift")) row["shift"] = marked(row["shift"], from.assumed);
  row["name"] = milestone_name(from.kind, from.name, say);
  row["contract"] = from.kind == MilestoneKind::Contract;
  row["project"] = from.kind == MilestoneKind::Project;
  if (from.due) row["due"] = say.date(*from.due);
  if (from.due && from.after && *from.after > *from.due) {
    std::string late = say("milestone.late", {{"span", say.span(*from.due, *from.after)}});
    if (auto const known = page.grace_days.find(from.key);
        from.kind == MilestoneKind::Contract && known != page.grace_days.end())
      late += say("milestone.grace", {{"n", known->second}});
    row["late"] = late;
  }
  return row;
}

json activity_row(MovedActivity const& from, Work longer, std::string const& svg, Wording const& say) {
  json row = shift_words(from.finish_before, from.finish_after, say);
  row["svg"] = svg;
  row["key"] = from.key;
  row["name"] = from.name == from.key ? std::string() : from.name;
  row["milestone"] = is_milestone(from.kind);
  row["critical"] = from.critical_after;
  row["newly_critical"] = from.newly_critical;
  // What is new is told as new already.
  if (from.rework && *from.rework != ReworkKind::Added)
    row["rework"] = rework_text(*from.rework, longer, say);
  row["start"] = shift_words(from.start_before, from.start_after, say);
  row["float_before"] = float_text(from.float_before, from.hours_per_day, say);
  row["float_after"] = float_text(from.float_after, from.hours_per_day, say);
  row["float_same"] = from.float_before == from.float_after;
  return row;
}

json activity_rows(ImpactPage const& page, Wording const& say) {
  std::vector<GanttBar> bars;
  for (MovedActivity const& row : page.activities)
    bars.push_back({row.start_before, row.finish_before, row.start_after, row.finish_after,
                    is_milestone(row.kind), row.critical_after});
  json chart = gantt(bars, page.data_date, say);
  json rows = json::array();
  for (std::size_t i = 0; i < page.activities.size(); ++i)
    rows.push_back(activity_row(page.activities[i], more_duration(page, page.activities[i].key),
                                chart["rows"][i].get<std::string>(), say));
  json words{{"axis", chart["axis"]}, {"data_date", chart["data_date"]}, {"rows", std::move(rows)}};
  if (page.not_shown_count > 0)
    words["more"] = say("gantt.more", {{"shown", page.activities.size()},
                                       {"n", say.number(static_cast<double>(page.not_shown_count), 0)}});
  words["any"] = !page.activities.empty();
  return words;
}

json rework_rows(ImpactPage const& page, Wording const& say) {
  json rows = json::array();
  for (Rework const& from : page.reworks) {
    std::string const name = name_in(page, FactKind::Activity, from.activity);
    auto const figure = [&](Work work) {
      return marked(signed_hours(work, say), from.assumed && work.seconds != 0);
    };
    json row{{"key", from.activity},
             {"name", name == from.activity ? std::string() : name},
             {"kind", rework_text(from.kind, from.duration, say)},
             {"duration", figure(from.duration)},
             {"effort", figure(from.effort)}};
    if (from.share > 0) row["share"] = say.percent(from.share);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string reach_text(ImpactPage const& page, Wording const& say) {
  std::vector<std::string> parts;
  for (auto const& [kind, count] : page.reach)
    parts.push_back(say("reach." + std::string(to_name(kind)), {{"n", count}}));
  return say.list(parts);
}

}  // namespace

std::string name_in(ImpactPage const& page, FactKind kind, std::string const& key) {
  auto const found = page.names.find({kind, key});
  return found == page.names.end() ? key : found->second;
}

char const* tone_of(std::int64_t growth) { return growth > 0 ? "worse" : growth < 0 ? "better" : "same"; }

std::string marked(std::string value, bool assumed) { return assumed ? value + "\u00a0*" : value; }

json figure(std::string label, std::string value, std::string tone, std::vector<std::string> const& notes) {
  return {
      {"label", std::move(label)}, {"value", std::move(value)}, {"tone", std::move(tone)}, {"notes", notes}};
}

json figures(ImpactPage const& page, Wording const& say) {
  json list = json::array();
  std::vector<std::string> notes{page.finish_before == page.finish_after
                                     ? say.date(page.finish_after)
                                     : say.date(page.finish_before) + " → " + say.date(page.finish_after)};
  if (page.finish_delta_work.seconds != 0 && page.hours_per_day > 0)
    notes.push_back(
        say("working_days",
            {{"n", say.number(std::abs(page.finish_delta_work.in_hours()) / page.hours_per_day, 1)}}));
  bool const moves = page.finish_before != page.finish_after;
  list.push_back(figure(say("figure.finish"),
                        marked(say.shift(page.finish_before, page.finish_after), moves && page.work_assumed),
                        tone_of((page.finish_after - page.finish_before).seconds), notes));

  notes.clear();
  if (!page.unpriced.empty()) notes.push_back(say("cost.unpriced_count", {{"n", page.unpriced.size()}}));
  std::string value = say("unknown");
  if (page.cost_delta) {
    std::int64_t const minor = page.cost_delta->minor;
    value = minor == 0 ? say("no_change") : (minor > 0 ? "+" : "\u2212") + say.round_money(*page.cost_delta);
    value = marked(std::move(value), minor != 0 && page.work_assumed);
    notes.push_back(say("cost.line_count", {{"n", page.costs.size()}}));
  }
  list.push_back(
      figure(say("figure.cost"), value, tone_of(page.cost_delta ? page.cost_delta->minor : 0), notes));

  auto const repeated = std::ranges::count_if(page.tests, &RepeatedTest::already_run);
  notes.clear();
  value.clear();
  for (QualityFigure const& from : page.quality) {
    if (from.measure == QualityMeasure::TestsToRepeat)
      value = marked(say("quality.repeat_count", {{"n", repeated}}), from.assumed);
    if (from.measure == QualityMeasure::RequirementsToConfirm)
      notes.push_back(marked(say("quality.confirm_count", {{"n", page.confirmations.size()}}), from.assumed));
    if (from.measure == QualityMeasure::CoverageLost && from.value > 0)
      notes.push_back(
          marked(say("quality.coverage_lost", {{"share", say.percent(from.value)}}), from.assumed));
    if (from.measure == QualityMeasure::DefectsEscaping)
      notes.push_back(marked(say("quality.escaping", {{"value", say.number(from.value, 1)}}), from.assumed));
  }
  // Without tests, what is known stands in front; without anything, nothing is said.
  if (value.empty() && !notes.empty()) {
    value = notes.front();
    notes.erase(notes.begin());
  }
  if (!value.empty()) list.push_back(figure(say("figure.quality"), value, tone_of(repeated), notes));

  notes.clear();
  notes.push_back(
      say("figure.of_activities", {{"n", say.number(static_cast<double>(page.activity_count), 0)}}));
  if (page.newly_critical_count > 0)
    notes.push_back(say("figure.critical", {{"n", page.newly_critical_count}}));
  list.push_back(figure(say("figure.moved"), say("count.activities", {{"n", page.moved_count}}),
                        tone_of(static_cast<std::int64_t>(page.newly_critical_count)), notes));
  return list;
}

json shift_words(std::optional<Instant> before, std::optional<Instant> after, Wording const& say) {
  // Said even where there is no date: a template looks for what a row lacks in what surrounds it.
  json words{{"before", before ? say.date(*before) : ""}, {"after", after ? say.date(*after) : ""}};
  if (before && after) {
    words["shift"] = say.shift(*before, *after);
    words["tone"] = tone_of((*after - *before).seconds);
    words["same"] = *before == *after;
  } else {
    words["shift"] = say(after ? "milestone.new" : "milestone.gone");
    words["tone"] = "same";
  }
  return words;
}

json impact_words(ImpactPage const& page, Wording const& say) {
  json words{{"project", page.project},
             {"change", page.change.key},
             {"title", page.change.title.empty() ? page.change.key : page.change.title},
             {"reason", page.change.reason},
             {"requested_by", page.requested_by},
             {"status", say("change_status." + std::string(to_name(page.change.status)))},
             {"note", page.change.internal_note},
             {"headline", headline(page.finish_before, page.finish_after, page.cost_delta, say)},
             {"figures", figures(page, say)},
             {"gantt", activity_rows(page, say)},
             {"reworks", rework_rows(page, say)},
             {"any_reworks", !page.reworks.empty()},
             {"path", trail_words(page.finish_trail, page.trail_finishes, say)},
             {"reach", reach_text(page, say)},
             {"cost", cost_words(page, say)},
             {"quality", quality_words(page, say)},
             {"risk", risk_move_words(page, say)},
             {"people", people_words(page, say)}};
  if (page.change.raised) words["raised"] = say.date(*page.change.raised);
  if (page.data_date) words["data_date"] = say.date(*page.data_date);
  words["milestones"] = json::array();
  for (MilestoneDelta const& milestone : page.milestones)
    words["milestones"].push_back(milestone_row(page, milestone, say));
  words["any_due"] =
      std::ranges::any_of(page.milestones, [](MilestoneDelta const& m) { return m.due.has_value(); });

  static constexpr std::array severities{"info", "warning", "error"};
  words["notes"] = json::array();
  for (Diagnostics const* list : {&page.notes, &page.notices.diagnostics})
    for (Diagnostic const& note : *list)
      words["notes"].push_back({{"severity", say(std::string("severity.") +
                                                 severities.at(static_cast<std::size_t>(note.severity)))},
                                {"subject", note.subject},
                                {"message", note.message},
                                {"action", note.action}});
  words["any_notes"] = !words["notes"].empty();
  return words;
}

}  // namespace rapport
