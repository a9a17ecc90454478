#include <pybind11/stl.h>

#include "bindings.h"
#include "casters.h"
#include "plan.h"
#include "rapport/base/error.h"
#include "rapport/schedule/float_family.h"
#include "rapport/schedule/float_paths.h"
#include "rapport/schedule/redundant_links.h"

namespace rapport::python {
namespace {

namespace py = pybind11;
using namespace pybind11::literals;

Table paths_of(Plan const& plan, std::string const& end, std::size_t count, std::string const& by) {
  if (by != "free_float" && by != "total_float")
    throw InvalidInput("paths are not found by \"" + by + "\"; use \"free_float\" or \"total_float\"");
  return float_paths(plan.schedule, end, count,
                     by == "free_float" ? FloatPathsBy::FreeFloat : FloatPathsBy::TotalFloat);
}

}  // namespace

void bind_float_paths(py::module_& module) {
  auto plan = module.attr("Plan");
  py::cpp_function const method(
      &paths_of, py::name("float_paths"), py::is_method(plan), "end"_a = "", "count"_a = 10, py::kw_only(),
      "by"_a = "free_float",
      "The chains that lead to `end` (or to what finishes last), the most critical first: one row per "
      "activity.\n\nBy \"free_float\" path 1 is what drives the end; by \"total_float\" what has least "
      "float. "
      "Raises NotFound, InvalidInput.");
  plan.attr("float_paths") = method;
  plan.attr("floats") = py::cpp_function(
      [](Plan const& self) { return float_family(self.schedule); }, py::name("floats"), py::is_method(plan),
      "How far each activity may slip, in working minutes of its own calendar: total and free float with "
      "its predecessors early, safety and independent float with them as late as they may be, and what "
      "total float takes from others (interfering).");
  plan.attr("redundant_links") = py::cpp_function(
      [](Plan const& self) { return redundant_links(self.schedule); }, py::name("redundant_links"),
      py::is_method(plan),
      "Links that a chain of others makes say nothing, with that chain; all of them can go and no date and "
      "no float changes.");
}

}  // namespace rapport::python
