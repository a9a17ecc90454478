// Defect models, requirements volatility, and assessment under given assumptions.

#include <algorithm>

#include "guarded.h"
#include "handles.h"
#include "rapport/impact/assumptions.h"
#include "rapport/impact/defects.h"
#include "rapport/impact/volatility.h"

namespace rapport::capi {
namespace {

std::vector<std::string> texts(char const* const* given, size_t count, char const* name) {
  std::vector<std::string> list;
  for (size_t i = 0; i < count; ++i) list.emplace_back(required_text((&required(given, name))[i], name));
  return list;
}

std::vector<DefectStep> chain_of(rapport_defect_step const* steps, size_t count) {
  std::vector<DefectStep> chain;
  for (size_t i = 0; i < count; ++i) {
    auto const& step = (&required(steps, "steps"))[i];
    chain.push_back({.name = step.name ? std::string(step.name) : "step " + std::to_string(i + 1),
                     .created = step.created,
                     .passed = step.passed,
                     .amplification = step.amplification,
                     .efficiency = step.efficiency});
  }
  return chain;
}

}  // namespace
}  // namespace rapport::capi

using namespace rapport::capi;

rapport_status rapport_amplify_defects(rapport_defect_step const* steps, size_t count, double incoming,
                                       double* after, rapport_error** error) {
  return guarded(error, [&] {
    auto const chain = chain_of(steps, count);
    auto const left = rapport::amplify_defects(chain, incoming);
    if (count > 0) std::ranges::copy(left, &required(after, "after"));
  });
}

rapport_status rapport_defects_found(rapport_defect_step const* steps, size_t count, double incoming,
                                     double* found, rapport_error** error) {
  return guarded(error, [&] {
    auto const in_each = rapport::defects_found(chain_of(steps, count), incoming);
    if (count > 0) std::ranges::copy(in_each, &required(found, "found"));
  });
}

rapport_status rapport_defect_costs(rapport_found_defects const* phases, size_t count, double* total,
                                    ArrowArrayStream* out, rapport_error** error) {
  return guarded(error, [&] {
    std::vector<rapport::FoundDefects> found;
    for (size_t i = 0; i < count; ++i) {
      auto const& phase = (&required(phases, "phases"))[i];
      found.push_back({phase.phase ? std::string(phase.phase) : "phase " + std::to_string(i + 1), phase.found,
                       phase.cost_each});
    }
    auto const costs = rapport::defect_costs(found);
    auto& sum = required(total, "total");
    if (out) give(to_table(costs), *out);
    sum = rapport::total_cost(costs);
  });
}

rapport_status rapport_containment(char const* const* origins, size_t origin_count, char const* const* found,
                                   size_t found_count, double const* counts, double* overall,
                                   ArrowArrayStream* out, rapport_error** error) {
  return guarded(error, [&] {
    rapport::ContainmentMatrix matrix;
    matrix.origins = texts(origins, origin_count, "origins");
    matrix.found = texts(found, found_count, "found");
    auto const* first = origin_count * found_count > 0 ? &required(counts, "counts") : nullptr;
    matrix.count.assign(first, first + origin_count * found_count);
    auto& result = required(out, "out");
    auto table = to_table(rapport::containment(matrix));
    auto const all = rapport::overall_effectiveness(matrix);
    give(std::move(table), result);
    if (overall) *overall = all.value_or(-1);
  });
}

rapport_status rapport_coqualmo_residual(rapport_coqualmo const* input, double introduced[3],
                                         double residual[3], rapport_error** error) {
  return guarded(error, [&] {
    auto const given = complete(input, rapport_coqualmo RAPPORT_COQUALMO_INIT);
    rapport::CoqualmoInput model;
    model.size = given.size;
    for (std::size_t i = 0; i < 3; ++i) {
      model.adjustment[i] = given.adjustment[i];
      model.calibration[i] = given.calibration[i];
      if (given.removal[i] < 0 || given.removal[i] > RAPPORT_REMOVAL_EXTRA_HIGH)
        throw rapport::InvalidInput("a removal level is " + std::to_string(given.removal[i]) +
                                    "; give RAPPORT_REMOVAL_VERY_LOW (0) to _EXTRA_HIGH (5)");
      model.removal[i] = static_cast<rapport::RemovalLevel>(given.removal[i]);
    }
    auto const result = rapport::coqualmo(model);
    (void)required(introduced, "introduced");
    (void)required(residual, "residual");
    std::ranges::copy(result.introduced, introduced);
    std::ranges::copy(result.residual, residual);
  });
}

rapport_status rapport_project_volatility(rapport_project const* project,
                                          rapport_volatility_options const* options, int32_t table,
                                          ArrowArrayStream* out, rapport_error** error) {
  return guarded(error, [&] {
    auto const given = complete(options, rapport_volatility_options RAPPORT_VOLATILITY_OPTIONS_INIT);
    rapport::VolatilityOptions chosen;
    if (given.period) chosen.period = rapport::parse_period(given.period);
    if (given.baseline != RAPPORT_NO_INSTANT) chosen.baseline = checked_instant(given.baseline, "baseline");
    auto const found = rapport::requirement_volatility(required(project, "project").value, chosen);
    auto& result = required(out, "out");
    if (table == RAPPORT_VOLATILITY_PERIODS)
      give(found.table(), result);
    else if (table == RAPPORT_VOLATILITY_EVENTS)
      give(found.events_table(), result);
    else if (table == RAPPORT_VOLATILITY_CAUSES)
      give(found.causes_table(), result);
    else
      throw rapport::InvalidInput("there is no table " + std::to_string(table) +
                                  " of volatility; give RAPPORT_VOLATILITY_PERIODS, _EVENTS or _CAUSES");
  });
}

rapport_status rapport_project_assess_under(rapport_project const* project, rapport_schedule const* before,
                                            char const* change, char const* assumptions,
                                            rapport_run_options const* options, rapport_impact** out,
                                            rapport_error** error) {
  return guarded(error, [&] {
    auto const& facts = required(project, "project").value;
    auto const& schedule = required(before, "before").value;
    auto const request = change_of(facts, required_text(change, "change"));
    auto const chosen = complete(options, rapport_run_options RAPPORT_RUN_OPTIONS_INIT);
    auto& result = required(out, "out");
    auto const under =
        assumptions ? rapport::assess_options_from_document(assumptions) : rapport::AssessOptions();
    result = new rapport_impact{rapport::assess(facts, schedule, request, under, run_control(chosen))};
  });
}

rapport_status rapport_default_assumptions(char** out, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    result = copied(rapport::to_document(rapport::AssessOptions()));
  });
}
