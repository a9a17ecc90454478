#include "bindings.h"
#include "casters.h"
#include "rapport/version.h"

PYBIND11_MODULE(_rapport, module) {
  using namespace rapport::python;
  import_datetime();
  module.doc() = "Rapport's C++ library in Python; import rapport instead.";
  module.attr("__version__") = RAPPORT_VERSION;
  bind_errors(module);
  bind_table(module);
  bind_facts(module);
  bind_project(module);
  bind_plan(module);
  bind_float_paths(module);
  bind_quality(module);
  bind_impact(module);
  bind_cost(module);
  bind_compare(module);
  bind_loops(module);
  bind_risk(module);
  bind_batch(module);
  bind_write(module);
  bind_change_control(module);
  bind_quality_models(module);
  bind_reach(module);
  bind_rework(module);
  bind_what_if(module);
}
