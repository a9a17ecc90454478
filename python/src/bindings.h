#pragma once

#include <pybind11/pybind11.h>

#include <memory>

#include "rapport/base/run_control.h"
#include "rapport/model/project.h"

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
void bind_risk(pybind11::module_& module);
void bind_batch(pybind11::module_& module);
void bind_write(pybind11::module_& module);
void bind_change_control(pybind11::module_& module);
void bind_quality_models(pybind11::module_& module);
void bind_reach(pybind11::module_& module);

/// A project as Python holds it. Plans share the facts they were made from; an edit copies them
/// first when a plan still looks at them, so an old plan stays true to its facts.
struct SharedProject {
  std::shared_ptr<Project> project;

  Project& for_edit() {
    if (project.use_count() > 1) project = std::make_shared<Project>(*project);
    return *project;
  }
};

/// Progress into `progress(fraction, stage)` when it is not None; Ctrl-C stops the work in any case.
/// To be used without the GIL; it takes the GIL for each call back.
[[nodiscard]] RunControl run_control(pybind11::object progress);

}  // namespace rapport::python
