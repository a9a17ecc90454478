#include "guarded.h"
#include "handles.h"
#include "rapport/notice/touched_risks.h"

using namespace rapport::capi;

rapport_status rapport_project_risks(rapport_project const* project, rapport_risks** out,
                                     rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    result = new rapport_risks{rapport::assess_risks(required(project, "project").value)};
  });
}

rapport_status rapport_risks_table(rapport_risks const* risks, int32_t table, ArrowArrayStream* out,
                                   rapport_error** error) {
  return guarded(error, [&] {
    auto const& reg = required(risks, "risks").value;
    auto& result = required(out, "out");
    if (table == RAPPORT_RISKS_REGISTER) return give(reg.table(), result);
    if (table == RAPPORT_RISKS_MATRIX) return give(reg.matrix_table(), result);
    throw rapport::InvalidInput("a register has no table " + std::to_string(table) +
                                "; use one of RAPPORT_RISKS_REGISTER, _MATRIX");
  });
}

rapport_status rapport_risks_moved(rapport_risks const* risks, rapport_impact const* impact,
                                   ArrowArrayStream* out, rapport_error** error) {
  return guarded(error, [&] {
    auto const& reg = required(risks, "risks").value;
    auto const touched = rapport::touched_risks(required(impact, "impact").value, reg);
    give(rapport::moves_table(reg, rapport::moved(reg, touched)), required(out, "out"));
  });
}

void rapport_risks_free(rapport_risks* risks) { delete risks; }
