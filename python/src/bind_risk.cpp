#include <pybind11/stl.h>

#include "bindings.h"
#include "casters.h"
#include "rapport/report/report.h"
#include "rapport/risk/register.h"

namespace py = pybind11;
using namespace py::literals;

namespace rapport::python {
namespace {

RiskMatrix scale_matrix(std::vector<double> const& probability, std::vector<double> const& impact,
                        std::vector<std::tuple<std::string, std::string, double>> const& levels) {
  RiskScale scale;
  for (double const value : probability) scale.probability.push_back({"", value, std::nullopt});
  for (double const value : impact) scale.impact.push_back({"", value, std::nullopt});
  for (auto const& [name, colour, from] : levels) scale.levels.push_back({name, colour, from});
  return RiskMatrix(std::move(scale));
}

}  // namespace

void bind_risk(py::module_& module) {
  py::class_<RiskMatrix>(module, "RiskMatrix", "A probability–impact matrix.")
      .def(py::init(&scale_matrix), py::kw_only(), "probability"_a, "impact"_a, "levels"_a,
           "Band values in ascending order; levels as (name, \"#rrggbb\", smallest score). Raises "
           "InvalidInput.")
      .def_static("pmbok", &RiskMatrix::pmbok, "PMBOK Guide figure 11-10: five by five.")
      .def_property_readonly("table", &RiskMatrix::table)
      .def("__repr__", [](RiskMatrix const& m) {
        return "<RiskMatrix " + std::to_string(m.rows()) + "×" + std::to_string(m.columns()) + ">";
      });

  py::class_<RiskRegister>(module, "RiskRegister", "The risks of a project, scored on a matrix.")
      .def_property_readonly("table", &RiskRegister::table,
                             "One row per risk: open ones first, highest score first.")
      .def_property_readonly("matrix", &RiskRegister::matrix_table, "One row per cell with the risks in it.")
      .def(
          "to_svg", [](RiskRegister const& r, std::string const& language) { return to_svg(r, language); },
          py::kw_only(), "language"_a = "en")
      .def(
          "to_html", [](RiskRegister const& r, std::string const& language) { return to_html(r, language); },
          py::kw_only(), "language"_a = "en")
      .def(
          "to_markdown",
          [](RiskRegister const& r, std::string const& language) { return to_markdown(r, language); },
          py::kw_only(), "language"_a = "en")
      .def("__len__", [](RiskRegister const& r) { return r.entries.size(); })
      .def("__repr__",
           [](RiskRegister const& r) {
             return "<RiskRegister of " + std::to_string(r.entries.size()) + " risks>";
           })
      .def("_repr_html_", [](RiskRegister const& r) { return to_html_card(r); });

  auto project = py::type::of<SharedProject>();
  project.attr("risks") = py::cpp_function(
      [](SharedProject const& self, RiskMatrix const& matrix) { return assess_risks(*self.project, matrix); },
      py::name("risks"), py::is_method(project), "matrix"_a = RiskMatrix::pmbok(),
      "The risk register, scored on a matrix (PMBOK's by default).");
}

}  // namespace rapport::python
