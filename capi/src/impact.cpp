#include "rapport/impact/impact.h"

#include <string_view>

#include "guarded.h"
#include "handles.h"
#include "json.h"
#include "rapport/model/document.h"
#include "rapport/report/report.h"

namespace rapport::capi {

ChangeRequest change_of(Project const& project, char const* text) {
  std::string_view const document(text);
  auto const first = document.find_first_not_of(" \t\r\n");
  if (first != document.npos && document[first] == '{') return change_from_document(document, "change");
  return project.at<ChangeRequest>(document);
}

namespace {

Table table_of(Impact const& impact, int32_t table) {
  switch (table) {
    case RAPPORT_IMPACT_ACTIVITIES:
      return impact.activities();
    case RAPPORT_IMPACT_ALL_ACTIVITIES:
      return impact.activities(true);
    case RAPPORT_IMPACT_MILESTONES:
      return impact.milestones();
    case RAPPORT_IMPACT_COSTS:
      return impact.costs();
    case RAPPORT_IMPACT_QUALITY:
      return impact.quality();
    case RAPPORT_IMPACT_REACH:
      return impact.reach();
    case RAPPORT_IMPACT_REWORK:
      return impact.rework();
    case RAPPORT_IMPACT_DEFECTS:
      return impact.defects();
    case RAPPORT_IMPACT_DEFECT_PHASES:
      return impact.defects_by_phase();
    case RAPPORT_IMPACT_CONTAINMENT_MATRIX:
      return to_table(impact.containment_matrix());
    case RAPPORT_IMPACT_DISCARDED_COSTS:
      return impact.discarded_costs();
    default:
      throw InvalidInput("an impact has no table " + std::to_string(table) +
                         "; use one of RAPPORT_IMPACT_ACTIVITIES … RAPPORT_IMPACT_DISCARDED_COSTS");
  }
}

}  // namespace
}  // namespace rapport::capi

using namespace rapport::capi;

rapport_status rapport_project_assess(rapport_project const* project, rapport_schedule const* before,
                                      char const* change, rapport_run_options const* options,
                                      rapport_impact** out, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const& facts = required(project, "project").value;
    auto const chosen = complete(options, rapport_run_options RAPPORT_RUN_OPTIONS_INIT);
    auto const request = change_of(facts, required_text(change, "change"));
    result = new rapport_impact{
        rapport::assess(facts, required(before, "before").value, request, {}, run_control(chosen))};
  });
}

rapport_status rapport_impact_finish_delta(rapport_impact const* impact, int64_t* out,
                                           rapport_error** error) {
  return guarded(error,
                 [&] { required(out, "out") = required(impact, "impact").value.finish_delta().seconds; });
}

rapport_status rapport_impact_cost_delta(rapport_impact const* impact, rapport_money* out,
                                         rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    rapport_money money{};
    if (auto const delta = required(impact, "impact").value.cost_delta()) {
      money.minor = delta->minor;
      delta->currency.code().copy(money.currency, 3);
    }
    result = money;
  });
}

rapport_status rapport_impact_table(rapport_impact const* impact, int32_t table, ArrowArrayStream* out,
                                    rapport_error** error) {
  return guarded(error,
                 [&] { give(table_of(required(impact, "impact").value, table), required(out, "out")); });
}

rapport_status rapport_impact_trail(rapport_impact const* impact, char const* about, char** out,
                                    rapport_error** error) {
  return guarded(error, [&] {
    auto const trail = required(impact, "impact").value.trail(required_text(about, "about"));
    auto& result = required(out, "out");
    result = copied(dumped(to_json(trail)));
  });
}

rapport_status rapport_impact_to_json(rapport_impact const* impact, char** out, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    result = copied(rapport::to_document(required(impact, "impact").value));
  });
}

rapport_status rapport_impact_schedule(rapport_impact const* impact, rapport_schedule** out,
                                       rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    result = new rapport_schedule{required(impact, "impact").value.after()};
  });
}

void rapport_impact_free(rapport_impact* impact) { delete impact; }
