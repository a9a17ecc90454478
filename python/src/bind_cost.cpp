#include <pybind11/stl.h>

#include "bindings.h"
#include "casters.h"
#include "plan.h"
#include "rapport/impact/plan_value.h"

namespace py = pybind11;
using namespace py::literals;

namespace rapport::python {
namespace {

/// Costs with the facts they were worked out from, which gathering them needs again.
struct PricedPlan {
  std::shared_ptr<Project const> facts;
  PlanCost cost;
};
struct ValuedPlan {
  std::shared_ptr<Project const> facts;
  PlanValue value;
};

/// Errors: InvalidInput with the choices.
template <class Enum>
Enum chosen(std::string const& name, char const* argument) {
  if (auto const found = from_name<Enum>(name)) return *found;
  std::string known;
  for (auto const each : names_of<Enum>()) known += (known.empty() ? "" : ", ") + std::string(each);
  throw InvalidInput(std::string(argument) + " is \"" + name + "\"; give one of " + known);
}

PricedPlan cost_of_plan(Plan const& plan, std::string const& basis) {
  auto const at = chosen<CostBasis>(basis, "basis");
  py::gil_scoped_release const release;
  return {plan.facts, cost_plan(*plan.facts, plan.schedule, at)};
}

ValuedPlan value_of_plan(Plan const& plan, std::string const& progress, std::string const& outlook,
                         std::string const& step) {
  PlanValueOptions options;
  options.progress = chosen<ProgressBy>(progress, "progress");
  options.outlook = chosen<Outlook>(outlook, "outlook");
  options.step = chosen<CostStep>(step, "step");
  py::gil_scoped_release const release;
  return {plan.facts, value_plan(*plan.facts, plan.schedule, options)};
}

std::string total_text(PlanCost const& cost) {
  return cost.total() ? to_string(*cost.total()) : "nothing has a price";
}

template <class Get>
auto figure(Get get) {
  return [get](ValuedPlan const& v) {
    auto const found = v.value.performance();
    return found ? get(*found) : decltype(get(*found)){};
  };
}

auto variance(Money Performance::*member) {
  return figure([member](Performance const& p) { return std::optional(p.*member); });
}

auto in_time(double EarnedSchedule::*member) {
  return [member](ValuedPlan const& v) {
    auto const found = v.value.schedule();
    return found ? std::optional((*found).*member) : std::nullopt;
  };
}

void bind_priced_plan(py::module_& module) {
  py::class_<PricedPlan>(module, "Cost", "What a plan costs: exact, line by line. Never changes.")
      .def_property_readonly(
          "total", [](PricedPlan const& c) { return c.cost.total(); },
          "The exact sum of the lines; None when nothing has a price.")
      .def_property_readonly("spent", [](PricedPlan const& c) { return c.cost.spent(); })
      .def_property_readonly("to_come", [](PricedPlan const& c) { return c.cost.to_come(); })
      .def_property_readonly(
          "lines", [](PricedPlan const& c) { return c.cost.table(); },
          "category, state, amount, activity, resource, account, subject, work_hours, quantity, rate, "
          "accrual, start, finish, assumed, reason.")
      .def_property_readonly(
          "unpriced",
          [](PricedPlan const& c) {
            std::vector<std::string> reasons;
            for (auto const& one : c.cost.unpriced()) reasons.push_back(one.activity + ": " + one.reason);
            return reasons;
          },
          "What the total leaves out because no price is known.")
      .def_property_readonly("notes", [](PricedPlan const& c) { return c.cost.notes(); })
      .def(
          "by",
          [](PricedPlan const& c, std::string const& by) {
            return c.cost.by(chosen<CostBy>(by, "by"), *c.facts);
          },
          "by"_a,
          "Gathered by \"activity\", \"account\", \"wbs\", \"resource\", \"requirement\" or \"stakeholder\": "
          "key, name, parent, level, amount, with_below, spent, to_come, share, assumed (a line in or below "
          "it "
          "is). What belongs to none has the key \"\"; amounts add up to the total.\n\nRaises InvalidInput.")
      .def(
          "curve",
          [](PricedPlan const& c, std::string const& step) {
            return c.cost.curve(chosen<CostStep>(step, "step"));
          },
          "step"_a = "week",
          "When it counts, by \"day\", \"week\" or \"month\": from, until, spent, to_come, amount, "
          "cumulative, assumed (a line in the step is).\n\nRaises InvalidInput.")
      .def("__repr__", [](PricedPlan const& c) { return "<Cost " + total_text(c.cost) + ">"; });
}

void bind_valued_plan(py::module_& module) {
  py::class_<ValuedPlan>(module, "EarnedValue", "Earned value of a plan at its data date. Never changes.")
      .def_property_readonly("status_date", [](ValuedPlan const& v) { return v.value.status_date(); })
      .def_property_readonly(
          "planned", [](ValuedPlan const& v) { return v.value.total().planned; },
          "PV: the budget of the work that was due.")
      .def_property_readonly(
          "earned", [](ValuedPlan const& v) { return v.value.total().earned; },
          "EV: the budget of the work that is done.")
      .def_property_readonly(
          "actual", [](ValuedPlan const& v) { return v.value.total().actual; },
          "AC: what the work done has cost.")
      .def_property_readonly(
          "budget", [](ValuedPlan const& v) { return v.value.total().budget_at_completion; }, "BAC.")
      .def_property_readonly("cost_index", figure([](Performance const& p) { return p.cost_index; }),
                             "CPI; None where there is none.")
      .def_property_readonly("schedule_index", figure([](Performance const& p) { return p.schedule_index; }),
                             "SPI; tends to 1 at a late end, see schedule_index_time.")
      .def_property_readonly("estimate_at_completion",
                             figure([](Performance const& p) { return p.estimate_at_completion; }), "EAC.")
      .def_property_readonly("cost_variance", variance(&Performance::cost_variance),
                             "CV = EV - AC; None where a figure is negative, see notes.")
      .def_property_readonly("schedule_variance", variance(&Performance::schedule_variance), "SV = EV - PV.")
      .def_property_readonly("complete", figure([](Performance const& p) { return p.complete; }), "EV / BAC.")
      .def_property_readonly("estimate_to_complete",
                             figure([](Performance const& p) { return p.estimate_to_complete; }),
                             "ETC = EAC - AC.")
      .def_property_readonly("variance_at_completion",
                             figure([](Performance const& p) { return p.variance_at_completion; }),
                             "VAC = BAC - EAC.")
      .def_property_readonly("index_to_budget",
                             figure([](Performance const& p) { return p.index_to_budget; }), "TCPI.")
      .def_property_readonly("earned_schedule", in_time(&EarnedSchedule::earned),
                             "ES, in periods; None without a budget or before the beginning.")
      .def_property_readonly("schedule_variance_time", in_time(&EarnedSchedule::variance),
                             "SV(t) = ES - AT, in periods.")
      .def_property_readonly("schedule_index_time", in_time(&EarnedSchedule::index), "SPI(t).")
      .def_property_readonly("estimated_periods", in_time(&EarnedSchedule::estimate),
                             "IEAC(t): how many periods the plan would take, going on like this.")
      .def_property_readonly(
          "estimated_finish", [](ValuedPlan const& v) { return v.value.estimated_finish(); },
          "The day on which the plan would end, going on like this.")
      .def_property_readonly("notes", [](ValuedPlan const& v) { return v.value.notes(); })
      .def(
          "by",
          [](ValuedPlan const& v, std::string const& by) {
            return v.value.by(chosen<CostBy>(by, "by"), *v.facts);
          },
          "by"_a,
          "Gathered as Cost.by does: key, name, parent, level, planned, earned, actual, budget, "
          "cost_variance, schedule_variance, cost_index, schedule_index, complete, estimate_at_completion, "
          "variance_at_completion, index_to_budget, assumed (what was spent in or below it is not all "
          "recorded).\n\nRaises InvalidInput.")
      .def_property_readonly(
          "curve", [](ValuedPlan const& v) { return v.value.curve(); },
          "from, until, planned, earned, actual, cost_index, schedule_index, earned_schedule, "
          "schedule_index_time, assumed (what was spent so far is not all recorded).")
      .def("__repr__", [](ValuedPlan const& v) {
        auto const total = v.value.total();
        return "<EarnedValue at " + to_string(v.value.status_date()) + ": planned " +
               to_string(total.planned) + ", earned " + to_string(total.earned) + ", actual " +
               to_string(total.actual) + ">";
      });
}

}  // namespace

void bind_cost(py::module_& module) {
  bind_priced_plan(module);
  bind_valued_plan(module);
  auto impact = py::type::of<AssessedImpact>();
  impact.attr("cost_after") = py::cpp_function(
      [](AssessedImpact const& self) {
        py::gil_scoped_release const release;
        return PricedPlan{self.facts, cost_plan(*self.facts, self.impact)};
      },
      py::name("cost_after"), py::is_method(impact),
      "What the plan costs once the change is made; its total is that of plan.cost() and cost_delta "
      "together. Rework counts under the activity it comes from, new activities under their WBS branch.\n\n"
      "Raises InvalidInput.");
  impact.attr("cost_curve") = py::cpp_function(
      [](AssessedImpact const& self, std::string const& step) {
        auto const by = chosen<CostStep>(step, "step");
        py::gil_scoped_release const release;
        return curve_changes(cost_plan(*self.facts, self.impact.before()),
                             cost_plan(*self.facts, self.impact), by);
      },
      py::name("cost_curve"), py::is_method(impact), "step"_a = "week",
      "When the money counts, before and after: from, until, before, delta, after, cumulative_before, "
      "cumulative_delta, cumulative_after, assumed (something differs in the step, and the work behind the "
      "change rests on a default).\n\nRaises InvalidInput.");
  auto plan = py::type::of<Plan>();
  plan.attr("cost") = py::cpp_function(
      &cost_of_plan, py::name("cost"), py::is_method(plan), "basis"_a = "current",
      "What the plan costs: \"current\", as it stands, or \"baseline\", as it was agreed.\n\n"
      "Raises InvalidInput when currencies meet without an exchange rate.");
  plan.attr("earned_value") = py::cpp_function(
      &value_of_plan, py::name("earned_value"), py::is_method(plan), py::kw_only(), "progress"_a = "reported",
      "outlook"_a = "as_so_far", "step"_a = "week",
      "Planned value from the baseline, earned value from progress, actual cost from what was spent. "
      "`progress`: \"reported\", \"duration\", \"zero_hundred\", \"fifty_fifty\"; `outlook`: \"as_so_far\", "
      "\"as_budgeted\", \"cost_and_schedule\".\n\nRaises InvalidInput.");
}

}  // namespace rapport::python
