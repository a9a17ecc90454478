#include "rapport/impact/compare.h"
#include "rapport/report/comparison_page.h"

#include <pybind11/stl.h>

#include "bindings.h"
#include "casters.h"
#include "plan.h"

namespace py = pybind11;
using namespace py::literals;

namespace rapport::python {
namespace {

/// A project, or the project of a plan.
std::shared_ptr<Project const> project_of(py::object const& given) {
  if (py::isinstance<SharedProject>(given)) return given.cast<SharedProject const&>().project;
  if (py::isinstance<Plan>(given)) return given.cast<Plan const&>().facts;
  throw InvalidInput("compare takes two projects or plans");
}

Comparison compare_projects(py::object const& before, py::object const& after, std::string const& by,
                            std::string const& milestone, bool explain, std::size_t exact_parts,
                            std::size_t permutations, std::uint64_t seed, py::object const& rules,
                            py::object const& progress) {
  auto const was = project_of(before), is = project_of(after);
  CompareOptions options;
  auto const grouping = from_name<DeltaBy>(by);
  if (!grouping) throw InvalidInput("by is \"kind\", \"activity\" or \"edit\", not \"" + by + "\"");
  options.by = *grouping, options.milestone = milestone, options.explain = explain;
  options.exact_parts = exact_parts, options.permutations = permutations, options.seed = seed;
  options.rules = rules_given(rules);
  RunControl const control = run_control(progress);
  py::gil_scoped_release const release;
  return compare(*was, *is, options, control);
}

}  // namespace

void bind_compare(py::module_& module) {
  py::class_<Comparison>(module, "Comparison", "Two states of one project side by side. Never changes.")
      .def_property_readonly("differences", &Comparison::differences_table,
                             "One row per fact added or removed, and per field changed.")
      .def_property_readonly("moved", &Comparison::moved_table, "One row per activity whose dates differ.")
      .def_property_readonly("explanation", &Comparison::explanation_table,
                             "What each part moved the finish and the cost by; parts sum to the whole.")
      .def_property_readonly("finish_before", [](Comparison const& c) { return c.explanation.before; })
      .def_property_readonly("finish_after", [](Comparison const& c) { return c.explanation.after; })
      .def_property_readonly("finish_delta", [](Comparison const& c) { return c.explanation.finish; })
      .def_property_readonly("working_delta", [](Comparison const& c) { return c.explanation.finish_work; })
      .def_property_readonly("cost_before", [](Comparison const& c) { return c.explanation.cost_before; })
      .def_property_readonly("cost_after", [](Comparison const& c) { return c.explanation.cost_after; })
      .def_property_readonly("cost_delta", [](Comparison const& c) { return c.explanation.cost; })
      .def_property_readonly(
          "exact", [](Comparison const& c) { return c.explanation.exact; },
          "False: parts are sampled and carry a standard error.")
      .def_property_readonly("notes", [](Comparison const& c) { return c.explanation.notes; })
      .def(
          "to_html",
          [](Comparison const& c, std::string const& before, std::string const& after,
             std::string const& language, std::size_t rows) {
            return to_html(c, {before, after, language, rows});
          },
          py::kw_only(), "before"_a = "", "after"_a = "", "language"_a = "en", "rows"_a = 400,
          "One self-contained page; `rows` of what moved and of what differs at most.")
      .def(
          "to_markdown",
          [](Comparison const& c, std::string const& before, std::string const& after,
             std::string const& language, std::size_t rows) {
            return to_markdown(c, {before, after, language, rows});
          },
          py::kw_only(), "before"_a = "", "after"_a = "", "language"_a = "en", "rows"_a = 400, "For a mail.")
      .def("__repr__", [](Comparison const& c) {
        return "<Comparison " + std::to_string(c.differences.size()) + " facts differ, " +
               std::to_string(c.moved.size()) + " activities moved, finish " +
               to_string(c.explanation.before) + " → " + to_string(c.explanation.after) + ">";
      });
  module.def(
      "compare", &compare_projects, "before"_a, "after"_a, py::kw_only(), "by"_a = "kind", "milestone"_a = "",
      "explain"_a = true, "exact_parts"_a = 10, "permutations"_a = 64, "seed"_a = 1, "rules"_a = py::none(),
      "progress"_a = py::none(),
      "What differs between two projects (or plans), what moved, and which edits moved the finish and "
      "the cost, grouped by \"kind\", \"activity\" or \"edit\". Each is scheduled under its own rules, or "
      "both under `rules`: \"primavera\", \"microsoft\" or Rules.\n\nRaises NotFound, CycleError, "
      "InvalidInput, Cancelled.");
}

}  // namespace rapport::python
