// Design that goes round in loops.

#include <pybind11/stl.h>

#include "bindings.h"
#include "casters.h"
#include "rapport/impact/rework_loop.h"

namespace py = pybind11;
using namespace py::literals;

namespace rapport::python {
namespace {

ReworkLoops loops_of(py::object const& given) {
  auto const document = document_of(given, "loops");
  return rework_loops_from_document(document.text, document.name);
}

}  // namespace

void bind_rework(py::module_& module) {
  py::class_<LoopForecast>(module, "LoopForecast", "Duration and cost of a process with rework loops.")
      .def_property_readonly("trials", &LoopForecast::table, "trial, duration, cost.")
      .def(
          "figures",
          [](LoopForecast const& self, std::vector<double> const& shares,
             std::optional<double> duration_limit, std::optional<double> cost_limit) {
            return to_table(self.figures(shares, {.duration = duration_limit, .cost = cost_limit}));
          },
          py::kw_only(),
          "shares"_a =
              std::vector<double>(LoopForecast::usual_shares.begin(), LoopForecast::usual_shares.end()),
          "duration_limit"_a = py::none(), "cost_limit"_a = py::none(),
          "of (duration, cost), figure, at, value, standard_error, unit: mean, deviation, skewness, the "
          "percentiles at `shares` and, for limits, the share of trials above (\"over\"). A standard error "
          "is "
          "None where the trials do not tell it. Raises InvalidInput.")
      .def("duration_over", &LoopForecast::duration_over, "limit"_a, "Share of trials above.")
      .def("cost_over", &LoopForecast::cost_over, "limit"_a, "Share of trials above.")
      .def("__len__", [](LoopForecast const& f) { return f.duration.size(); })
      .def("__repr__", [](LoopForecast const& f) {
        return "<LoopForecast of " + std::to_string(f.duration.size()) + " trials>";
      });
  module.def(
      "simulate_rework",
      [](py::object const& loops, std::uint32_t trials, std::uint64_t seed, bool rework, double correlation,
         py::object const& progress) {
        auto const described = loops_of(loops);
        RunControl const control = run_control(progress);
        py::gil_scoped_release const released;
        return simulate_rework(described,
                               {.trials = trials, .seed = seed, .rework = rework, .correlation = correlation},
                               control);
      },
      "loops"_a, py::kw_only(), "trials"_a = 2000, "seed"_a = 1, "rework"_a = true, "correlation"_a = 0.9,
      "progress"_a = py::none(),
      "Duration and cost of activities whose finish can send back earlier ones (Browning & Eppinger "
      "2002).\n\n"
      "`loops`: a dict or JSON document {\"duration_unit\", \"cost_unit\", \"activities\": [{\"name\", "
      "\"duration\": [best, most likely, worst], \"cost\", \"repeated\"}], \"loops\": [{\"from\", \"to\", "
      "\"probability\", \"impact\"}]}, activities in the order in which they are attempted. `rework=False`: "
      "each is done once. The same on every run with one seed. Raises InvalidInput, ParseError, Cancelled.");
}

}  // namespace rapport::python
