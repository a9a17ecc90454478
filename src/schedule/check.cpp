#include "rapport/schedule/check.h"

#include <algorithm>
#include <optional>

#include "network/made_from.h"

namespace rapport {
namespace {

std::int64_t whole_minutes(std::int64_t seconds) {
  return seconds >= 0 ? seconds / seconds_per_minute
                      : -((-seconds + seconds_per_minute - 1) / seconds_per_minute);
}

bool is_float(CheckedField field) {
  return field == CheckedField::TotalFloat || field == CheckedField::FreeFloat;
}

std::string shown(CheckedField field, std::int64_t seconds) {
  return is_float(field) ? to_string(Work{seconds}) : to_string(Instant{seconds});
}

/// The reason for our figure: of a float, the reason for the late date it is measured to.
std::string reason(Schedule const& schedule, Miss const& miss) {
  bool const early = miss.field == CheckedField::EarlyStart || miss.field == CheckedField::EarlyFinish;
  auto const steps = early ? schedule.why(miss.activity).steps : schedule.why_late(miss.activity).steps;
  return steps.empty() ? std::string() : steps.front().text;
}

/// The working time between the stored early dates where it should be the remaining duration.
std::optional<Work> shown_work(Schedule const& schedule, ActivityIndex i, RecordedDates const& theirs) {
  auto const& network = schedule.network();
  auto const& rules = schedule.rules();
  bool const spans_its_work =
      rules.tool == Tool::Primavera && network.kind(i) == ActivityKind::Task && theirs.early_start &&
      theirs.early_finish &&
      !(rules.use_expected_finish && network.values().expected_finish[i.value] != no_instant);
  if (!spans_its_work) return {};
  return network.calendar(i).between(*theirs.early_start, *theirs.early_finish);
}

}  // namespace

char const* name_of(CheckedField field) {
  constexpr std::array names = {"early_start", "early_finish", "late_start",
                                "late_finish", "total_float",  "free_float"};
  return names[static_cast<std::size_t>(field)];
}

std::size_t Check::hits() const {
  std::size_t sum = 0;
  for (auto const& field : fields) sum += field.hits;
  return sum;
}

std::size_t Check::compared() const {
  std::size_t sum = 0;
  for (auto const& field : fields) sum += field.compared;
  return sum;
}

Check check(Project const& project, Schedule const& schedule) {
  check_made_from(project, schedule.network());
  return check(project.facts(), schedule);
}

Check check(Facts const& facts, Schedule const& schedule) {
  Network const& network = schedule.network();
  Check result;
  std::vector<RecordedDates const*> recorded(network.activity_count());
  for (auto const& dates : facts.recorded_dates)
    if (auto const found = network.find(dates.key)) recorded[found->value] = &dates;

  auto const& values = network.values();
  for (std::uint32_t i = 0; i < network.activity_count(); ++i) {
    RecordedDates const* const theirs = recorded[i];
    ActivityIndex const activity{i};
    if (!theirs || !theirs->early_start || network.completed(activity)) continue;
    bool const microsoft = schedule.rules().tool == Tool::Microsoft;
    if (microsoft && network.kind(activity) == ActivityKind::Summary) continue;
    if (values.microsoft_tasks[values.microsoft[i]].inactive) continue;
    ActivityDates const ours = schedule.dates(activity);
    if (auto const shown = shown_work(schedule, activity, *theirs)) {
      Work const remaining = network.remaining(activity);
      if (whole_minutes(shown->seconds) != whole_minutes(remaining.seconds))
        result.contradictions.push_back({network.key(activity), remaining, *shown});
    }
    auto const compare = [&](CheckedField field, auto const& their, std::int64_t our) {
      if (!their) return;
      auto& score = result.fields[static_cast<std::size_t>(field)];
      ++score.compared;
      if (whole_minutes(their->seconds) == whole_minutes(our)) {
        ++score.hits;
      } else {
        result.misses.push_back({activity, field, our, their->seconds});
      }
    };
    compare(CheckedField::EarlyStart, theirs->early_start, ours.early_start.seconds);
    compare(CheckedField::EarlyFinish, theirs->early_finish, ours.early_finish.seconds);
    compare(CheckedField::LateStart, theirs->late_start, ours.late_start.seconds);
    compare(CheckedField::LateFinish, theirs->late_finish, ours.late_finish.seconds);
    compare(CheckedField::TotalFloat, theirs->total_float, ours.total_float.seconds);
    compare(CheckedField::FreeFloat, theirs->free_float, ours.free_float.seconds);
  }
  return result;
}

Table Check::scores() const {
  std::vector<std::string> names;
  std::vector<std::int64_t> hit, of;
  std::vector<double> percent;
  for (std::size_t i = 0; i < checked_field_count; ++i) {
    names.emplace_back(name_of(static_cast<CheckedField>(i)));
    hit.push_back(static_cast<std::int64_t>(fields[i].hits));
    of.push_back(static_cast<std::int64_t>(fields[i].compared));
    percent.push_back(fields[i].compared == 0 ? 100.0
                                              : 100.0 * static_cast<double>(fields[i].hits) /
                                                    static_cast<double>(fields[i].compared));
  }
  Table table("scores");
  table.add("field", names).add("hits", hit).add("compared", of).add("percent", percent, "%");
  return table;
}

Table Check::contradicting() const {
  std::vector<std::string> key, remaining, shown;
  for (auto const& each : contradictions) {
    key.push_back(each.key);
    remaining.push_back(to_string(each.remaining)), shown.push_back(to_string(each.shown));
  }
  Table table("contradictions");
  table.add("key", key).add("remaining", remaining).add("shown", shown);
  return table;
}

Table Check::table(Schedule const& schedule, std::size_t limit) const {
  std::vector<std::string> key, name, field, ours, theirs, difference, why;
  for (std::size_t i = 0; i < std::min(limit, misses.size()); ++i) {
    Miss const& miss = misses[i];
    key.push_back(schedule.network().key(miss.activity));
    name.push_back(schedule.network().name(miss.activity));
    field.emplace_back(name_of(miss.field));
    ours.push_back(shown(miss.field, miss.ours));
    theirs.push_back(shown(miss.field, miss.recorded));
    difference.push_back(to_string(Elapsed{miss.ours - miss.recorded}));
    why.push_back(reason(schedule, miss));
  }
  Table table("misses");
  table.add("key", key).add("name", name).add("field", field).add("ours", ours).add("recorded", theirs);
  table.add("difference", difference).add("why", why);
  return table;
}

}  // namespace rapport
