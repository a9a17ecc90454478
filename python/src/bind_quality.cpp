#include "rapport/schedule/quality.h"

#include <pybind11/stl.h>

#include "bindings.h"
#include "casters.h"
#include "plan.h"

namespace py = pybind11;
using namespace py::literals;

namespace rapport::python {
namespace {

/// A value of Python's as an option's text.
std::string option_of(py::handle value) {
  if (py::isinstance<py::bool_>(value)) return value.cast<bool>() ? "true" : "false";
  if (py::isinstance<py::str>(value)) return value.cast<std::string>();
  if (is_delta(value)) return to_string(Work{to_seconds(value)});
  if (py::isinstance<py::list>(value) || py::isinstance<py::tuple>(value)) {
    std::string text;
    for (auto const each : value) text += (text.empty() ? "" : ",") + option_of(each);
    return text;
  }
  return py::str(value);
}

Quality quality_of(Plan const& plan, py::kwargs const& settings) {
  QualityOptions options;
  for (auto const& [name, value] : settings) set_option(options, name.cast<std::string>(), option_of(value));
  py::gil_scoped_release const release;
  return check_quality(plan.schedule, *plan.facts, options);
}

}  // namespace

void bind_quality(py::module_& module) {
  py::class_<Quality>(module, "Quality", "How well a plan is made, by DCMA's and GAO's standards.")
      .def_property_readonly(
          "checks", &Quality::table,
          "standard, point, id, name, count, out_of, value, unit, limit, verdict, meaning.")
      .def_property_readonly("findings", &Quality::findings_table,
                             "What each check holds against the plan: activity or link, and the reason.")
      .def(
          "passed",
          [](Quality const& q, std::string const& standard) {
            auto const found = from_name<QualityStandard>(standard);
            if (!found) throw InvalidInput("standards are \"dcma\" and \"gao\", not \"" + standard + "\"");
            return q.passed(*found);
          },
          "standard"_a = "dcma", "How many checks pass.")
      .def(
          "failed",
          [](Quality const& q, std::string const& standard) {
            auto const found = from_name<QualityStandard>(standard);
            if (!found) throw InvalidInput("standards are \"dcma\" and \"gao\", not \"" + standard + "\"");
            return q.failed(*found);
          },
          "standard"_a = "dcma", "How many checks fail.")
      .def("__repr__", [](Quality const& q) {
        auto const text = [&](QualityStandard standard) {
          return std::to_string(q.passed(standard)) + " passed, " + std::to_string(q.failed(standard)) +
                 " failed";
        };
        return "<Quality DCMA: " + text(QualityStandard::Dcma) + "; GAO: " + text(QualityStandard::Gao) + ">";
      });
  module.def(
      "quality_options", [] { return option_table(); },
      "name, value (the default), choices of every option of Plan.quality.");
  auto plan = py::type::of<Plan>();
  plan.attr("quality") = py::cpp_function(
      &quality_of, py::name("quality"), py::is_method(plan),
      "DCMA's fourteen points and GAO's ten practices. Options by name: plan.quality(missed=\"open\", "
      "lag_tolerance=\"40h\"); quality_options() lists them.\n\nRaises NotFound, InvalidInput.");
}

}  // namespace rapport::python
