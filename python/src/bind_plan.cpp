#include "plan.h"

#include <pybind11/stl.h>

#include "bindings.h"
#include "casters.h"
#include "rapport/schedule/check.h"

namespace py = pybind11;
using namespace py::literals;

namespace rapport::python {
namespace {

Rules rules_named(std::string const& name) {
  if (name == "primavera") return Rules::primavera();
  if (name == "microsoft") return Rules::microsoft();
  throw InvalidInput("rules are \"auto\", \"primavera\" or \"microsoft\", not \"" + name + "\"");
}

Plan make_plan(SharedProject& project, py::object const& rules, py::object const& progress) {
  auto const given = rules_given(rules);
  RunControl const control = run_control(progress);
  std::shared_ptr<Project const> const facts = project.project;
  std::optional<Network> network = project.compiled;
  if (!network) {
    {
      py::gil_scoped_release const release;
      network = compile(*facts, control);
    }
    // An edit from another thread, meanwhile, made the project one of other facts.
    if (project.project == facts) project.compiled = network;
  }
  py::gil_scoped_release const release;
  return {facts, given ? schedule(*network, *given, control) : schedule(*network, control)};
}

}  // namespace

std::optional<Rules> rules_given(py::object const& rules) {
  if (rules.is_none()) return std::nullopt;
  if (py::isinstance<Rules>(rules)) return rules.cast<Rules>();
  if (!py::isinstance<py::str>(rules))
    throw py::type_error("rules are \"auto\", \"primavera\", \"microsoft\" or Rules, not " +
                         py::repr(rules).cast<std::string>());
  auto const name = rules.cast<std::string>();
  if (name == "auto") return std::nullopt;
  return rules_named(name);
}

void bind_plan(py::module_& module) {
  py::class_<ActivityDates> dates(module, "ActivityDates", "What the tool would show for one activity.");
  dates.def_readonly("early_start", &ActivityDates::early_start)
      .def_readonly("early_finish", &ActivityDates::early_finish)
      .def_readonly("late_start", &ActivityDates::late_start)
      .def_readonly("late_finish", &ActivityDates::late_finish)
      .def_readonly("total_float", &ActivityDates::total_float,
                    "Working time on the activity's own calendar.")
      .def_readonly("free_float", &ActivityDates::free_float, "Working time on the activity's own calendar.")
      .def_readonly("critical", &ActivityDates::critical)
      .def_readonly("on_longest_path", &ActivityDates::on_longest_path)
      .def("__eq__", [](ActivityDates const& a, ActivityDates const& b) { return a == b; })
      .def("__repr__", [](ActivityDates const& d) {
        return "<ActivityDates " + to_string(d.early_start) + " … " + to_string(d.early_finish) +
               ", total float " + to_string(d.total_float) + ">";
      });

  py::class_<WhyStep>(module, "WhyStep", "One step of the reasons for a date.")
      .def_readonly("activity", &WhyStep::activity)
      .def_readonly("date", &WhyStep::date)
      .def_property_readonly("driver", [](WhyStep const& s) { return std::string(name_of(s.driver)); })
      .def_readonly("text", &WhyStep::text)
      .def("__repr__", [](WhyStep const& s) { return "<WhyStep " + s.text + ">"; });
  py::class_<Explanation>(module, "Explanation",
                          "From a date back to a data date, a constraint or an actual date.")
      .def_readonly("steps", &Explanation::steps)
      .def("__str__", &Explanation::text)
      .def("__repr__", &Explanation::text)
      .def("__len__", [](Explanation const& e) { return e.steps.size(); });

  py::class_<Check>(module, "Check", "Our dates beside the ones the tool stored, equal to the minute.")
      .def_property_readonly("hits", &Check::hits)
      .def_property_readonly("compared", &Check::compared)
      .def_property_readonly("scores", &Check::scores, "One row per field: field, hits, compared, percent.")
      .def_property_readonly("contradictions", &Check::contradicting,
                             "Activities edited after scheduling: the time between their stored dates is not "
                             "their remaining duration. key, remaining, shown.")
      .def("__repr__", [](Check const& c) {
        return "<Check " + std::to_string(c.hits()) + " of " + std::to_string(c.compared()) +
               " figures equal>";
      });

  py::class_<Plan> plan(module, "Plan", "A schedule and the facts it was made from. Never changes.");
  plan.def_property_readonly("start", [](Plan const& p) { return p.schedule.start(); })
      .def_property_readonly("finish", [](Plan const& p) { return p.schedule.finish(); })
      .def_property_readonly("rules", [](Plan const& p) { return p.schedule.rules(); })
      .def_property_readonly("data_date", [](Plan const& p) { return p.schedule.network().data_date(); })
      .def_property_readonly(
          "activities", [](Plan const& p) { return p.schedule.activities(); },
          "One row per activity: dates, floats, critical.")
      .def_property_readonly(
          "links", [](Plan const& p) { return p.schedule.links(); }, "One row per link: driving, float.")
      .def(
          "dates", [](Plan const& p, std::string const& key) { return p.schedule.dates(key); }, "key"_a)
      .def(
          "why", [](Plan const& p, std::string const& key) { return p.schedule.why(key); }, "key"_a,
          "Why the activity finishes when it does, step by step. Raises NotFound.")
      .def(
          "why_late", [](Plan const& p, std::string const& key) { return p.schedule.why_late(key); }, "key"_a,
          "What holds its late dates. Raises NotFound.")
      .def(
          "check", [](Plan const& p) { return check(*p.facts, p.schedule); },
          "Compares with the dates that the tool stored in the file.")
      .def(
          "misses",
          [](Plan const& p, std::size_t limit) {
            return check(*p.facts, p.schedule).table(p.schedule, limit);
          },
          "limit"_a = 20, "The first figures that differ from the tool's, and why ours are what they are.")
      .def_property_readonly(
          "project", [](Plan const& p) { return SharedProject{std::const_pointer_cast<Project>(p.facts)}; },
          "The facts it was made from.")
      .def("__repr__", [](Plan const& p) {
        return "<Plan " + std::to_string(p.schedule.network().activity_count()) + " activities, " +
               to_string(p.schedule.start()) + " … " + to_string(p.schedule.finish()) + ">";
      });

  auto project = py::type::of<SharedProject>();
  py::cpp_function const method(
      &make_plan, py::name("schedule"), py::is_method(project), py::kw_only(), "rules"_a = py::none(),
      "progress"_a = py::none(),
      "Early and late dates, floats, driving links, under the file's own rules, \"primavera\", \"microsoft\" "
      "or Rules.\n\nRaises CycleError, InvalidInput (a calendar without working time), Cancelled.");
  project.attr("schedule") = method;
}

}  // namespace rapport::python
