#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "bindings.h"
#include "casters.h"
#include "plan.h"
#include "rapport/exchange/write.h"
#include "rapport/schedule/record.h"

namespace py = pybind11;
using namespace py::literals;

namespace rapport::python {

void bind_write(py::module_& module) {
  py::object const project = module.attr("Project");
  project.attr("write") = py::cpp_function(
      [](SharedProject const& self, std::filesystem::path const& path,
         std::optional<std::filesystem::path> const& original, std::optional<Plan> const& plan) {
        auto const from = original.value_or(std::filesystem::path());
        // An edit from another thread, meanwhile, then makes itself another project.
        std::shared_ptr<Project const> const facts = self.project;
        py::gil_scoped_release const release;
        if (!plan) return write(facts->facts(), path, from);
        return write(with_computed_dates(*facts, plan->schedule), path, from);
      },
      py::name("write"), py::is_method(project), "path"_a, py::kw_only(), "original"_a = py::none(),
      "plan"_a = py::none(),
      "Writes a file that other tools open: .xer (Primavera), .xml (Microsoft Project) or .json (facts).\n\n"
      "What `original`, the file the facts came from, holds beyond them is kept. `plan` gives the dates and "
      "floats to write; without it they are the recorded ones. Returns what the file could not hold. Raises "
      "InvalidInput, ParseError.");
}

}  // namespace rapport::python
