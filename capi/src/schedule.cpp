#include "rapport/schedule/schedule.h"

#include <array>

#include "guarded.h"
#include "handles.h"
#include "json.h"
#include "rapport/schedule/check.h"
#include "rapport/schedule/float_family.h"
#include "rapport/schedule/redundant_links.h"

namespace rapport::capi {

std::optional<Rules> rules_of(std::int32_t rules) {
  switch (rules) {
    case RAPPORT_RULES_AUTO:
      return std::nullopt;
    case RAPPORT_RULES_PRIMAVERA:
      return Rules::primavera();
    case RAPPORT_RULES_MICROSOFT:
      return Rules::microsoft();
    default:
      throw InvalidInput("there are no rules " + std::to_string(rules) +
                         "; use one of RAPPORT_RULES_AUTO, _PRIMAVERA, _MICROSOFT");
  }
}

namespace {

Schedule scheduled(Network const& network, rapport_schedule_options const& options) {
  RunControl const control = run_control(options);
  auto const rules = rules_of(options.rules);
  return rules ? rapport::schedule(network, *rules, control) : rapport::schedule(network, control);
}

using Figure = std::int64_t (*)(ActivityDates const&);

/// By RAPPORT_EARLY_START …
constexpr std::array<Figure, 8> figures = {
    [](ActivityDates const& dates) { return dates.early_start.seconds; },
    [](ActivityDates const& dates) { return dates.early_finish.seconds; },
    [](ActivityDates const& dates) { return dates.late_start.seconds; },
    [](ActivityDates const& dates) { return dates.late_finish.seconds; },
    [](ActivityDates const& dates) { return dates.total_float.seconds; },
    [](ActivityDates const& dates) { return dates.free_float.seconds; },
    [](ActivityDates const& dates) { return std::int64_t{dates.critical}; },
    [](ActivityDates const& dates) { return std::int64_t{dates.on_longest_path}; },
};

}  // namespace
}  // namespace rapport::capi

using namespace rapport::capi;

rapport_status rapport_project_compile(rapport_project const* project, rapport_run_options const* options,
                                       rapport_network** out, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const chosen = complete(options, rapport_run_options RAPPORT_RUN_OPTIONS_INIT);
    result = new rapport_network{rapport::compile(required(project, "project").value, run_control(chosen))};
  });
}

rapport_status rapport_network_activity_count(rapport_network const* network, uint32_t* out,
                                              rapport_error** error) {
  return guarded(error, [&] { required(out, "out") = required(network, "network").value.activity_count(); });
}

rapport_status rapport_network_link_count(rapport_network const* network, uint32_t* out,
                                          rapport_error** error) {
  return guarded(error, [&] { required(out, "out") = required(network, "network").value.link_count(); });
}

rapport_status rapport_network_find(rapport_network const* network, char const* key, uint32_t* out,
                                    rapport_error** error) {
  return guarded(error, [&] {
    required(out, "out") = required(network, "network").value.at(required_text(key, "key")).value;
  });
}

rapport_status rapport_network_key(rapport_network const* network, uint32_t index, char const** out,
                                   rapport_error** error) {
  return guarded(error, [&] {
    auto const& value = required(network, "network").value;
    if (index >= value.activity_count())
      throw rapport::InvalidInput("there is no activity at " + std::to_string(index) + "; the network has " +
                                  std::to_string(value.activity_count()));
    required(out, "out") = value.key({index}).c_str();
  });
}

void rapport_network_free(rapport_network* network) { delete network; }

rapport_status rapport_network_schedule(rapport_network const* network,
                                        rapport_schedule_options const* options, rapport_schedule** out,
                                        rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const chosen = complete(options, rapport_schedule_options RAPPORT_SCHEDULE_OPTIONS_INIT);
    check_reserved(chosen.reserved);
    result = new rapport_schedule{scheduled(required(network, "network").value, chosen)};
  });
}

rapport_status rapport_schedule_network(rapport_schedule const* schedule, rapport_network** out,
                                        rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    result = new rapport_network{required(schedule, "schedule").value.network()};
  });
}

rapport_status rapport_schedule_start(rapport_schedule const* schedule, int64_t* out, rapport_error** error) {
  return guarded(error, [&] { required(out, "out") = required(schedule, "schedule").value.start().seconds; });
}

rapport_status rapport_schedule_finish(rapport_schedule const* schedule, int64_t* out,
                                       rapport_error** error) {
  return guarded(error,
                 [&] { required(out, "out") = required(schedule, "schedule").value.finish().seconds; });
}

rapport_status rapport_schedule_values(rapport_schedule const* schedule, int32_t field, int64_t* values,
                                       size_t count, rapport_error** error) {
  return guarded(error, [&] {
    auto const& value = required(schedule, "schedule").value;
    std::uint32_t const activities = value.network().activity_count();
    if (field < 0 || static_cast<std::size_t>(field) >= figures.size())
      throw rapport::InvalidInput("there is no field " + std::to_string(field) +
                                  "; use one of RAPPORT_EARLY_START … RAPPORT_LONGEST_PATH");
    if (count != activities)
      throw rapport::InvalidInput("the array has room for " + std::to_string(count) +
                                  " values; the schedule has " + std::to_string(activities) + " activities");
    if (count == 0) return;
    auto* const array = &required(values, "values");
    auto const figure = figures[static_cast<std::size_t>(field)];
    for (std::uint32_t i = 0; i < activities; ++i) array[i] = figure(value.dates(rapport::ActivityIndex{i}));
  });
}

rapport_status rapport_schedule_table(rapport_schedule const* schedule, int32_t table, ArrowArrayStream* out,
                                      rapport_error** error) {
  return guarded(error, [&] {
    auto const& value = required(schedule, "schedule").value;
    auto& result = required(out, "out");
    if (table == RAPPORT_SCHEDULE_ACTIVITIES) return give(value.activities(), result);
    if (table == RAPPORT_SCHEDULE_LINKS) return give(value.links(), result);
    if (table == RAPPORT_SCHEDULE_FLOATS) return give(rapport::float_family(value), result);
    if (table == RAPPORT_SCHEDULE_REDUNDANT_LINKS) return give(rapport::redundant_links(value), result);
    throw rapport::InvalidInput(
        "a schedule has no table " + std::to_string(table) +
        "; use one of RAPPORT_SCHEDULE_ACTIVITIES, _LINKS, _FLOATS, _REDUNDANT_LINKS");
  });
}

rapport_status rapport_schedule_why(rapport_schedule const* schedule, char const* key, char** out,
                                    rapport_error** error) {
  return guarded(error, [&] {
    auto const& value = required(schedule, "schedule").value;
    auto const why = value.why(std::string_view(required_text(key, "key")));
    auto& result = required(out, "out");
    result = copied(dumped(to_json(why, value.network())));
  });
}

rapport_status rapport_schedule_why_late(rapport_schedule const* schedule, char const* key, char** out,
                                         rapport_error** error) {
  return guarded(error, [&] {
    auto const& value = required(schedule, "schedule").value;
    auto const why = value.why_late(std::string_view(required_text(key, "key")));
    auto& result = required(out, "out");
    result = copied(dumped(to_json(why, value.network())));
  });
}

rapport_status rapport_schedule_check(rapport_schedule const* schedule, rapport_project const* project,
                                      size_t limit, ArrowArrayStream* scores, ArrowArrayStream* misses,
                                      rapport_error** error) {
  return guarded(error, [&] {
    auto const& value = required(schedule, "schedule").value;
    auto& result = required(scores, "scores");
    auto const checked = rapport::check(required(project, "project").value, value);
    ArrowArrayStream first{};
    give(checked.scores(), first);
    try {
      if (misses) give(checked.table(value, limit), *misses);
    } catch (...) {
      first.release(&first);
      throw;
    }
    result = first;
  });
}

void rapport_schedule_free(rapport_schedule* schedule) { delete schedule; }
