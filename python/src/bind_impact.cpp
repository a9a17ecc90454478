#include <pybind11/stl.h>

#include "bindings.h"
#include "casters.h"
#include "plan.h"
#include "rapport/impact/assess_all.h"
#include "rapport/impact/assumptions.h"
#include "rapport/impact/change_control.h"
#include "rapport/impact/impact.h"
#include "rapport/impact/plan_cost.h"
#include "rapport/notice/notice.h"
#include "rapport/notice/touched_risks.h"
#include "rapport/report/report.h"
#include "rapport/risk/register.h"

namespace py = pybind11;
using namespace py::literals;

namespace rapport::python {
namespace {

std::optional<Copy> copy_named(std::optional<std::string> const& name) {
  if (!name) return std::nullopt;
  if (*name == "internal") return Copy::Internal;
  if (*name == "client") return Copy::Client;
  throw InvalidInput("a copy is \"internal\" or \"client\", not \"" + *name + "\"");
}

ReportOptions report_options(std::string const& language, std::string const& copy, std::size_t activities) {
  ReportOptions options;
  options.language = language;
  options.copy = *copy_named(copy);
  options.activities = activities;
  return options;
}

Notices notices_of(AssessedImpact const& self, std::optional<std::string> const& language,
                   std::optional<std::string> const& copy, std::string const& sender) {
  NoticeOptions options;
  options.language = language.value_or("");
  options.copy = copy_named(copy);
  options.sender = sender;
  return notify(*self.facts, self.impact, options);
}

Table moved_risks(AssessedImpact const& self) {
  RiskRegister const reg = assess_risks(*self.facts);
  return moves_table(reg, moved(reg, touched_risks(self.impact, reg)));
}

std::string headline(AssessedImpact const& self) {
  Impact const& impact = self.impact;
  auto const seconds = impact.finish_delta().seconds;
  std::string text = "finish " + std::string(seconds > 0 ? "+" : "") + to_string(Elapsed{seconds});
  if (auto const cost = impact.cost_delta())
    text += ", cost " + std::string(cost->minor > 0 ? "+" : "") + to_string(*cost);
  std::size_t count = 0;
  for (auto const& delta : impact.activity_deltas()) count += delta.moved() ? 1 : 0;
  auto const* const tests = impact.find(QualityMeasure::TestsToRepeat);
  text += ", " + std::to_string(count) + " activities move";
  if (tests) text += ", " + std::to_string(static_cast<int>(tests->value)) + " tests to repeat";
  return text;
}

void bind_notices(py::module_& module) {
  py::class_<Recipient>(module, "Recipient", "Whom a notice goes to.")
      .def_readonly("key", &Recipient::key)
      .def_readonly("name", &Recipient::name)
      .def_readonly("organisation", &Recipient::organisation)
      .def_readonly("role", &Recipient::role)
      .def_readonly("channel", &Recipient::channel)
      .def_readonly("address", &Recipient::address)
      .def_readonly("language", &Recipient::language)
      .def("__repr__", [](Recipient const& r) { return "<Recipient " + r.name + ">"; });
  py::class_<Notice>(module, "Notice", "What one person is told of a change, and why they are.")
      .def_readonly("to", &Notice::to)
      .def_property_readonly(
          "part", [](Notice const& n) { return std::string(name_of(n.part)); }, "approve, consult or inform.")
      .def_property_readonly(
          "because", [](Notice const& n) { return to_texts(n.because, n.to.language); },
          "The reasons in words, in the language of the notice.")
      .def_property_readonly("copy",
                             [](Notice const& n) { return n.copy == Copy::Client ? "client" : "internal"; })
      .def_readonly("answer_by", &Notice::answer_by)
      .def_readonly("subject", &Notice::subject)
      .def_readonly("text", &Notice::text, "Markdown.")
      .def("__repr__",
           [](Notice const& n) { return "<Notice " + std::string(name_of(n.part)) + " " + n.to.name + ">"; });
  py::class_<Notices>(module, "Notices", "Who hears what of a change.")
      .def_readonly("items", &Notices::items)
      .def_readonly("diagnostics", &Notices::diagnostics)
      .def_property_readonly("answer_by", [](Notices const& n) { return n.answer_by.when; })
      .def_property_readonly("table", &Notices::table)
      .def("__len__", [](Notices const& n) { return n.items.size(); })
      .def(
          "__iter__", [](Notices const& n) { return py::make_iterator(n.items.begin(), n.items.end()); },
          py::keep_alive<0, 1>())
      .def("__repr__", [](Notices const& n) {
        return "<Notices of " + n.change + " for " + std::to_string(n.items.size()) + " people>";
      });
}

}  // namespace

ChangeRequest request_of(Project const& project, py::handle given) {
  if (py::isinstance<ChangeRequest>(given)) return given.cast<ChangeRequest>();
  if (py::isinstance<ChangeEntry>(given)) {
    auto const entry = given.cast<ChangeEntry>();
    if (!entry.change) throw InvalidInput(entry.error);
    return *entry.change;
  }
  if (py::hasattr(given, "request")) return given.attr("request")().cast<ChangeRequest>();
  bool const is_text = py::isinstance<py::str>(given);
  if (!is_text && !py::isinstance<py::dict>(given))
    throw py::type_error(
        "a change is a Change, a ChangeRequest, a ChangeEntry, a dict, JSON, or the key of a change request "
        "of "
        "the project, not " +
        py::repr(given).cast<std::string>());
  auto const [text, name] = document_of(given, "change");
  auto const first = text.find_first_not_of(" \t\r\n");
  if (first != text.npos && text[first] == '{') return change_from_document(text, name);
  return project.at<ChangeRequest>(text);
}

AssessOptions assess_options(py::object const& given) {
  if (given.is_none()) return {};
  auto const document = document_of(given, "assumptions");
  return assess_options_from_document(document.text, document.name);
}

void bind_impact(py::module_& module) {
  bind_notices(module);

  py::class_<Trail>(module, "Trail", "The steps from a change to a figure.")
      .def_readonly("about", &Trail::about)
      .def_property_readonly(
          "steps",
          [](Trail const& t) {
            py::list steps;
            for (auto const& step : t.steps) {
              py::object const from = step.from ? py::cast(*step.from) : py::none();
              steps.append(py::dict("from"_a = from, "node"_a = step.node, "label"_a = step.label,
                                    "because"_a = step.because, "likelihood"_a = step.likelihood,
                                    "share"_a = step.share, "work"_a = step.work, "delay"_a = step.delay,
                                    "cost"_a = step.cost, "figure"_a = step.figure));
            }
            return steps;
          },
          "One dict per step; \"from\" is the index of the step that led here.")
      .def("__len__", [](Trail const& t) { return t.steps.size(); })
      .def("__str__", [](Trail const& t) { return to_string(t); })
      .def("__repr__", [](Trail const& t) { return to_string(t); });

  py::class_<AssessedImpact> impact(
      module, "Impact", "What a change does, each figure with the path behind it. Never changes.");
  impact.def_property_readonly("change", [](AssessedImpact const& i) { return i.impact.change(); })
      .def_property_readonly(
          "finish_delta", [](AssessedImpact const& i) { return i.impact.finish_delta(); },
          "Of the project's finish, on the clock.")
      .def_property_readonly(
          "cost_delta", [](AssessedImpact const& i) { return i.impact.cost_delta(); },
          "Exact; None when nothing of it has a price.")
      .def_property_readonly("before",
                             [](AssessedImpact const& i) {
                               return Plan{i.facts, i.impact.before()};
                             })
      .def_property_readonly("after",
                             [](AssessedImpact const& i) {
                               return Plan{i.facts, i.impact.after()};
                             })
      .def(
          "activities", [](AssessedImpact const& i, bool all) { return i.impact.activities(all); },
          py::kw_only(), "all"_a = false, "One row per activity that moves or whose float changes.")
      .def_property_readonly("milestones", [](AssessedImpact const& i) { return i.impact.milestones(); })
      .def_property_readonly(
          "costs", [](AssessedImpact const& i) { return i.impact.costs(); },
          "One row per reason; they sum to cost_delta.")
      .def_property_readonly(
          "discarded_costs", [](AssessedImpact const& i) { return i.impact.discarded_costs(); },
          "Money already spent on work that is thrown away, with the columns of costs. Not part of "
          "cost_delta: it is gone either way.")
      .def(
          "costs_by",
          [](AssessedImpact const& i, std::string const& by) {
            auto const found = from_name<CostBy>(by);
            if (!found)
              throw InvalidInput(
                  "costs are gathered by activity, account, wbs, resource, requirement or "
                  "stakeholder, not by \"" +
                  by + "\"");
            return cost_changes(*i.facts, i.impact, *found);
          },
          "by"_a,
          "What it costs, gathered as Cost.by does: key, name, parent, level, before, delta, after, "
          "delta_with_below, reasons, assumed (a cost line of the change in or below it is).\n\nRaises "
          "InvalidInput.")
      .def_property_readonly("quality", [](AssessedImpact const& i) { return i.impact.quality(); })
      .def_property_readonly(
          "defects", [](AssessedImpact const& i) { return i.impact.defects(); },
          "What each verification step still to come does to the defects of each activity's changed work.")
      .def_property_readonly(
          "defects_by_phase", [](AssessedImpact const& i) { return i.impact.defects_by_phase(); },
          "Where defects are found, and the effort and cost of mending them there; operation is last.")
      .def_property_readonly(
          "containment_matrix",
          [](AssessedImpact const& i) { return to_table(i.impact.containment_matrix()); },
          "The same defects by where they are found (column found) and which phase could have found them "
          "first "
          "(one column for each).")
      .def_property_readonly(
          "work_assumed", [](AssessedImpact const& i) { return i.impact.work_assumed(); },
          "The work that the change brings rests on defaults, and so do dates and cost as far as they "
          "change.")
      .def_property_readonly(
          "delay_days", [](AssessedImpact const& i) { return size_of(i.impact).delay_days; },
          "Calendar days that the finish is later, as approval limits count.")
      .def_property_readonly("reach", [](AssessedImpact const& i) { return i.impact.reach(); })
      .def_property_readonly("rework", [](AssessedImpact const& i) { return i.impact.rework(); })
      .def_property_readonly("risks", &moved_risks, "Where the risks that it touches move on the matrix.")
      .def_property_readonly("notes", [](AssessedImpact const& i) { return i.impact.notes(); })
      .def(
          "trail", [](AssessedImpact const& i, std::string const& about) { return i.impact.trail(about); },
          "about"_a,
          "The way from the change to \"finish\", \"cost\", \"quality\" or a node. Raises NotFound.")
      .def("notices", &notices_of, py::kw_only(), "language"_a = py::none(), "copy"_a = py::none(),
           "sender"_a = "",
           "Who must approve, be consulted, be told; in each one's language unless one is given.")
      .def("to_json", [](AssessedImpact const& i) { return to_document(i.impact); })
      .def(
          "to_html",
          [](AssessedImpact const& i, std::string const& language, std::string const& copy,
             std::size_t activities) {
            return report_html(*i.facts, i.impact, report_options(language, copy, activities));
          },
          py::kw_only(), "language"_a = "en", "copy"_a = "internal", "activities"_a = 40,
          "One self-contained page.")
      .def(
          "to_markdown",
          [](AssessedImpact const& i, std::string const& language, std::string const& copy,
             std::size_t activities) {
            return report_markdown(*i.facts, i.impact, report_options(language, copy, activities));
          },
          py::kw_only(), "language"_a = "en", "copy"_a = "internal", "activities"_a = 40, "For a mail.")
      .def("__str__", &headline)
      .def("__repr__",
           [](AssessedImpact const& i) {
             return "<Impact of " + i.impact.change().key + ": " + headline(i) + ">";
           })
      .def("_repr_html_", [](AssessedImpact const& i) { return to_html_card(i.impact); });

  auto plan = py::type::of<Plan>();
  plan.attr("assess") = py::cpp_function(
      [](Plan const& self, py::object const& given, py::object const& assumptions,
         py::object const& progress) {
        auto const change = request_of(*self.facts, given);
        RunControl const control = run_control(progress);
        AssessOptions const options = assess_options(assumptions);
        py::gil_scoped_release const release;
        return AssessedImpact{self.facts, assess(*self.facts, self.schedule, change, options, control)};
      },
      py::name("assess"), py::is_method(plan), "change"_a, py::kw_only(), "assumptions"_a = py::none(),
      "progress"_a = py::none(),
      "What the change does to dates, cost and quality.\n\n`change`: a Change, a ChangeRequest, a "
      "ChangeEntry, a "
      "dict, JSON, or the key of a change request of the project. `assumptions`: a dict or JSON document "
      "like "
      "default_assumptions(), of which anything may be left out; what it gives is not marked as assumed. "
      "Raises NotFound, InvalidInput, ParseError, CycleError, Cancelled.");
}

}  // namespace rapport::python
