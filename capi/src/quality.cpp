#include "rapport/schedule/quality.h"

#include "guarded.h"
#include "handles.h"
#include "json.h"

namespace rapport::capi {
namespace {

/// {"lag_tolerance": "40h", "milestones": true, "rolling_wave": ["W1"], "lag_limit": 10}
QualityOptions quality_options(char const* text) {
  QualityOptions options;
  if (!text) return options;
  auto const json = parsed(text, "options");
  if (!json.is_object()) throw InvalidInput("the options are no JSON object; give {\"name\": value, …}");
  for (auto const& [name, value] : json.items()) {
    std::string written;
    if (value.is_string())
      written = value.get<std::string>();
    else if (value.is_array())
      for (auto const& each : value)
        written += (written.empty() ? "" : ",") + (each.is_string() ? each.get<std::string>() : each.dump());
    else
      written = value.dump();
    set_option(options, name, written);
  }
  return options;
}

}  // namespace
}  // namespace rapport::capi

using namespace rapport::capi;

rapport_status rapport_schedule_quality(rapport_schedule const* schedule, rapport_project const* project,
                                        char const* options, ArrowArrayStream* checks,
                                        ArrowArrayStream* findings, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(checks, "checks");
    auto const quality = rapport::check_quality(required(schedule, "schedule").value,
                                                required(project, "project").value, quality_options(options));
    ArrowArrayStream first{};
    give(quality.table(), first);
    try {
      if (findings) give(quality.findings_table(), *findings);
    } catch (...) {
      first.release(&first);
      throw;
    }
    result = first;
  });
}
