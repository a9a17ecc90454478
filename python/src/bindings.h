#pragma once

#include <pybind11/pybind11.h>

#include <memory>
#include <optional>

#include "rapport/base/run_control.h"
#include "rapport/model/project.h"
#include "rapport/network/network.h"

namespace rapport::python {

void bind_errors(pybind11::module_& module);
void bind_table(pybind11::module_& module);
void bind_facts(pybind11::module_& module);
void bind_project(pybind11::module_& module);
void bind_plan(pybind11::module_& module);
void bind_float_paths(pybind11::module_& module);
void bind_quality(pybind11::module_& module);
void bind_compare(pybind11::module_& module);
void bind_loops(pybind11::module_& module);
void bind_impact(pybind11::module_& module);
void bind_cost(pybind11::module_& module);
void bind_risk(pybind11::module_& module);
void bind_batch(pybind11::module_& module);
void bind_write(pybind11::module_& module);
void bind_change_control(pybind11::module_& module);
void bind_quality_models(pybind11::module_& module);
void bind_reach(pybind11::module_& module);
void bind_rework(pybind11::module_& module);
void bind_what_if(pybind11::module_& module);

/// A project as Python holds it. Plans share the facts they were made from; an edit copies them
/// first when a plan still looks at them, so an old plan stays true to its facts. What is compiled stays
/// until the next edit. Used with the GIL held.
struct SharedProject {
  std::shared_ptr<Project> project;
  std::optional<Network> compiled{};

  Project& for_edit() {
    compiled.reset();
    if (project.use_count() > 1) project = std::make_shared<Project>(*project);
    return *project;
  }
};

/// Progress into `progress(fraction, stage)` when it is not None; Ctrl-C stops the work in any case.
/// To be used without the GIL; it takes the GIL for each call back.
[[nodiscard]] RunControl run_control(pybind11::object progress);

}  // namespace rapport::python
