#include <pybind11/stl.h>

#include "bindings.h"
#include "plan.h"
#include "rapport/network/loops.h"
#include "rapport/schedule/conflicts.h"

namespace py = pybind11;

namespace rapport::python {

void bind_loops(py::module_& module) {
  py::class_<Loop>(module, "Loop", "Activities of which each waits for every other.")
      .def_readonly("activities", &Loop::activities)
      .def_readonly("links", &Loop::links, "Keys of the links among them.")
      .def_readonly("shortest", &Loop::shortest, "Activities along a shortest loop.")
      .def_readonly("cut", &Loop::cut, "The fewest links found whose removal opens every loop here.")
      .def_readonly("at_least", &Loop::at_least, "No fewer links can do it.")
      .def_property_readonly("proved", &Loop::proved, "No smaller cut exists.")
      .def("__repr__", [](Loop const& loop) {
        return "<Loop " + std::to_string(loop.activities.size()) + " activities, " +
               std::to_string(loop.cut.size()) + " links to cut>";
      });
  auto project = py::type::of<SharedProject>();
  project.attr("loops") = py::cpp_function(
      [](SharedProject const& self) {
        std::shared_ptr<Project const> const facts = self.project;
        py::gil_scoped_release const release;
        return find_loops(*facts).loops;
      },
      py::name("loops"), py::is_method(project),
      "Every knot of activities that wait for each other, with the fewest links to cut; empty when the "
      "plan can be scheduled.");
  auto plan = py::type::of<Plan>();
  plan.attr("conflicts") = py::cpp_function(
      [](Plan const& self) { return conflict_table(self.schedule, find_conflicts(self.schedule)); },
      py::name("conflicts"), py::is_method(plan),
      "Why float is negative: which two dates cannot both hold, and the chain of links between them.");
}

}  // namespace rapport::python
