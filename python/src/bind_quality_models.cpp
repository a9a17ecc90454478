// Defect models, requirements volatility, and the assumptions of an assessment.

#include <pybind11/stl.h>

#include "bindings.h"
#include "casters.h"
#include "rapport/impact/assumptions.h"
#include "rapport/impact/defects.h"
#include "rapport/impact/volatility.h"

namespace py = pybind11;
using namespace py::literals;

namespace rapport::python {
namespace {

constexpr std::array<char const*, 6> levels = {"very_low", "low",       "nominal",
                                               "high",     "very_high", "extra_high"};

RemovalLevel removal_level(std::string const& name) {
  for (std::size_t i = 0; i < levels.size(); ++i)
    if (name == levels[i]) return static_cast<RemovalLevel>(i);
  throw InvalidInput("a removal level is \"" + name +
                     "\"; give very_low, low, nominal, high, very_high or extra_high");
}

ContainmentMatrix matrix_of(std::vector<std::string> const& origins, std::vector<std::string> const& found,
                            std::vector<std::vector<double>> const& counts) {
  ContainmentMatrix matrix{origins, found, {}};
  if (counts.size() != found.size())
    throw InvalidInput("there are " + std::to_string(counts.size()) + " rows of counts for " +
                       std::to_string(found.size()) + " phases that find; give one for each, the field last");
  for (std::size_t row = 0; row < counts.size(); ++row) {
    if (counts[row].size() != origins.size())
      throw InvalidInput("the row of counts of " + found[row] + " has " + std::to_string(counts[row].size()) +
                         " numbers for " + std::to_string(origins.size()) + " phases of origin");
    matrix.count.insert(matrix.count.end(), counts[row].begin(), counts[row].end());
  }
  return matrix;
}

Table coqualmo_table(CoqualmoResult const& result) {
  Table table("coqualmo");
  table.add("origin", std::vector<std::string>{"requirements", "design", "code"})
      .add("introduced", std::vector<double>(result.introduced.begin(), result.introduced.end()))
      .add("residual", std::vector<double>(result.residual.begin(), result.residual.end()))
      .add("assumed", std::vector<bool>(3, result.assumed));
  return table;
}

}  // namespace

void bind_quality_models(py::module_& module) {
  py::class_<DefectStep>(module, "DefectStep", "One step of the defect amplification model.")
      .def(py::init(
               [](std::string name, double created, double passed, double amplification, double efficiency) {
                 return DefectStep{std::move(name), created, passed, amplification, efficiency};
               }),
           "name"_a = "", py::kw_only(), "created"_a = 0.0, "passed"_a = 0.0, "amplification"_a = 1.0,
           "efficiency"_a = 0.0)
      .def_readwrite("name", &DefectStep::name)
      .def_readwrite("created", &DefectStep::created, "New here.")
      .def_readwrite("passed", &DefectStep::passed, "Of the incoming ones, that go through unamplified.")
      .def_readwrite("amplification", &DefectStep::amplification)
      .def_readwrite("efficiency", &DefectStep::efficiency, "Share found here, 0 to 1.")
      .def("__repr__", [](DefectStep const& step) { return "<DefectStep " + step.name + ">"; });
  module.def(
      "amplify_defects",
      [](std::vector<DefectStep> const& steps, double incoming) { return amplify_defects(steps, incoming); },
      "steps"_a, py::kw_only(), "incoming"_a = 0.0,
      "Defects after each step (IBM 1981; Pressman, 5th ed., fig. 8.2). Raises InvalidInput.");
  module.def(
      "defects_found",
      [](std::vector<DefectStep> const& steps, double incoming) { return defects_found(steps, incoming); },
      "steps"_a, py::kw_only(), "incoming"_a = 0.0,
      "Defects found in each step of the same chain. Raises InvalidInput.");
  module.def(
      "defect_costs",
      [](std::vector<std::tuple<std::string, double, double>> const& phases) {
        std::vector<FoundDefects> found;
        for (auto const& [phase, count, each] : phases) found.push_back({phase, count, each});
        return to_table(defect_costs(found));
      },
      "phases"_a,
      "What defects cost by the phase they are found in (Pressman, 5th ed., table 8.1). `phases`: (phase, "
      "defects found, cost of one) each; the cost in any one unit. How steeply it rises from phase to phase "
      "is contested, so nothing is assumed: give what your own records say. Columns: phase, found, "
      "cost_each, cost, share; the total is the sum of cost. Raises InvalidInput.");
  module.def(
      "containment",
      [](std::vector<std::string> const& origins, std::vector<std::string> const& found,
         std::vector<std::vector<double>> const& counts) {
        return to_table(containment(matrix_of(origins, found, counts)));
      },
      "origins"_a, "found"_a, "counts"_a,
      "What each phase finds, contains and lets through (Kan 2002, ch. 6). counts[found][origin], the phases "
      "of `found` in the order of `origins`, the field last. Raises InvalidInput.");
  module.def(
      "overall_effectiveness",
      [](std::vector<std::string> const& origins, std::vector<std::string> const& found,
         std::vector<std::vector<double>> const& counts) {
        return overall_effectiveness(matrix_of(origins, found, counts));
      },
      "origins"_a, "found"_a, "counts"_a, "1 - field / all; None when nothing is counted.");
  module.def(
      "coqualmo",
      [](double size, std::string const& analysis, std::string const& reviews, std::string const& testing,
         std::array<double, 3> const& adjustment, std::array<double, 3> const& calibration) {
        return coqualmo_table(
            coqualmo({size,
                      adjustment,
                      {removal_level(analysis), removal_level(reviews), removal_level(testing)},
                      calibration}));
      },
      "size"_a = 1.0, py::kw_only(), "analysis"_a = "nominal", "reviews"_a = "nominal",
      "testing"_a = "nominal", "adjustment"_a = std::array<double, 3>{1, 1, 1},
      "calibration"_a = std::array<double, 3>{1, 1, 1},
      "Defects put in and left over by origin, for `size` thousand source lines (COQUALMO). The published "
      "table is "
      "confirmed in its row \"low\" alone, so every figure is assumed. Raises InvalidInput.");

  py::class_<Volatility>(module, "Volatility", "How the requirements changed over time, and why.")
      .def_property_readonly(
          "periods", &Volatility::table,
          "from, to, at_start, added, changed, removed, asked, at_end, volatility, growth.")
      .def_property_readonly("causes", &Volatility::causes_table,
                             "What each cause did in each period: from, to, cause, change, added, changed, "
                             "removed, asked, growth "
                             "(what it adds to the growth of the period and of those after it).")
      .def_property_readonly("events", &Volatility::events_table,
                             "when, step, requirement, version, by, cause, change, source.")
      .def_readonly("baseline", &Volatility::baseline, "Requirements in force when scope was agreed.")
      .def_readonly("baseline_at", &Volatility::baseline_at)
      .def_readonly("undated", &Volatility::undated, "Steps of which nothing says when.")
      .def("__repr__", [](Volatility const& v) {
        return "<Volatility " + std::to_string(v.events.size()) + " steps in " +
               std::to_string(v.periods.size()) + " periods>";
      });
  auto project = py::type::of<SharedProject>();
  project.attr("volatility") = py::cpp_function(
      [](SharedProject const& self, std::string const& by, std::optional<Instant> const& baseline) {
        return requirement_volatility(*self.project, {parse_period(by), baseline});
      },
      py::name("volatility"), py::is_method(project), py::kw_only(), "by"_a = "month",
      "baseline"_a = py::none(),
      "Requirements added, changed, removed and asked for by \"week\", \"month\", \"quarter\" or \"year\", "
      "with "
      "causes; `baseline`: from when on scope is agreed, otherwise the first confirmation.");

  module.def(
      "default_assumptions",
      [] { return py::dict(py::module_::import("json").attr("loads")(to_document(AssessOptions()))); },
      "Every number that an assessment rests on, with its source and whether it is an assumption.");
}

}  // namespace rapport::python
