// Many changes on one plan: all assessed, which interact, which to take, what else to do.

#include <pybind11/stl.h>

#include <algorithm>
#include <cmath>
#include <variant>

#include "bindings.h"
#include "casters.h"
#include "plan.h"
#include "rapport/impact/best_subset.h"
#include "rapport/impact/change_control.h"
#include "rapport/impact/change_options.h"
#include "rapport/model/change_state.h"
#include "rapport/model/suspect.h"
#include "rapport/table/arrow.h"

namespace py = pybind11;
using namespace py::literals;

namespace rapport::python {
namespace {

/// A table (Arrow), or changes, entries and documents in any order.
std::vector<ChangeEntry> entries_of(Project const& project, py::object const& given) {
  if (py::hasattr(given, "__arrow_c_stream__"))
    return changes_in_table(py::type::of<Table>().attr("from_arrow")(given).cast<Table>());
  std::vector<ChangeEntry> entries;
  for (auto const& item : given) {
    if (py::isinstance<ChangeEntry>(item)) {
      entries.push_back(item.cast<ChangeEntry>());
    } else if (py::isinstance<py::str>(item)) {
      auto const line = entries.size() + 1;
      auto read = changes_in_text(item.cast<std::string>());
      if (read.size() != 1)
        throw InvalidInput("item " + std::to_string(line) + " of the changes is no one change as JSON");
      read.front().line = line;
      entries.push_back(std::move(read.front()));
    } else {
      auto& entry = entries.emplace_back();
      entry.change = request_of(project, item);
      entry.key = entry.change->key;
    }
  }
  return entries;
}

std::vector<ChangeRequest> requests_of(Project const& project, py::object const& given) {
  std::vector<ChangeRequest> requests;
  for (auto& entry : entries_of(project, given)) {
    if (!entry.change) throw InvalidInput(entry.error);
    requests.push_back(std::move(*entry.change));
  }
  return requests;
}

void check_share(double share, char const* what) {
  if (!(share > 0 && share < 1))
    throw InvalidInput(std::string(what) + " is not between 0 and 1; give the share as a number like 0.25");
}

BatchOptions batch_options(unsigned threads, py::object const& assumptions) {
  BatchOptions options;
  options.assess = assess_options(assumptions);
  options.threads = threads;
  return options;
}

/// A choice with its table, for which the changes are needed.
struct ChosenSubset {
  BestSubset best;
  Table table;
};

template <class Get>
auto of_best(Get get) {
  return [get](ChosenSubset const& chosen) { return get(chosen.best); };
}

void bind_results(py::module_& module) {
  py::class_<ChangeEntry>(module, "ChangeEntry",
                          "One change of many as it was written, or why it cannot be read.")
      .def_readonly("line", &ChangeEntry::line, "Where it begins, from 1.")
      .def_readonly("key", &ChangeEntry::key)
      .def_readonly("document", &ChangeEntry::document, "As it was written, as JSON.")
      .def_readonly("change", &ChangeEntry::change, "None when it cannot be read.")
      .def_readonly("error", &ChangeEntry::error)
      .def("__repr__", [](ChangeEntry const& e) {
        return "<ChangeEntry " + e.key + " line " + std::to_string(e.line) +
               (e.change ? "" : ": " + e.error) + ">";
      });
  module.def(
      "changes_in_text",
      [](std::variant<std::string, py::bytes> const& text, std::string const& file) {
        return std::visit([&](auto const& given) { return changes_in_text(std::string(given), file); }, text);
      },
      "text"_a, "file"_a = "",
      "The changes of JSON Lines, of a JSON list, or one document; each with its line. Of a file, give the "
      "bytes: one that is no UTF-8 is then the fault of its own change alone.");

  py::class_<ChosenSubset>(module, "BestSubset",
                           "The most valuable changes that together keep to the limits.")
      .def_property_readonly("feasible", of_best([](BestSubset const& b) { return b.feasible; }))
      .def_property_readonly("chosen", of_best([](BestSubset const& b) { return b.chosen; }),
                             "Positions in the changes given.")
      .def_property_readonly("value", of_best([](BestSubset const& b) { return b.value; }))
      .def_property_readonly("bound", of_best([](BestSubset const& b) { return b.bound; }),
                             "No set that keeps to the limits is worth more.")
      .def_property_readonly("exact", of_best([](BestSubset const& b) { return b.exact; }),
                             "The best is found, not only bounded.")
      .def_property_readonly("evaluated", of_best([](BestSubset const& b) { return b.evaluated; }),
                             "Sets of changes that were assessed.")
      .def_property_readonly("finish_delta",
                             of_best([](BestSubset const& b) { return b.together.finish_delta; }))
      .def_property_readonly("cost_delta", of_best([](BestSubset const& b) { return b.together.cost_delta; }))
      .def_property_readonly(
          "assumed", of_best([](BestSubset const& b) { return b.together.assumed; }),
          "Finish or cost change, and the work behind them rests on a default of Rapport's.")
      .def_property_readonly(
          "table", [](ChosenSubset const& c) { return c.table; },
          "One row per change given: change, title, value, chosen, assumed (the change alone moves finish or "
          "cost, and the work behind that rests on a default of Rapport's).")
      .def("__repr__", [](ChosenSubset const& c) {
        return "<BestSubset " + std::to_string(c.best.chosen.size()) + " changes" +
               (c.best.exact ? ", exact" : "") + ">";
      });
}

template <class Method, class... Extra>
void add_method(py::type const& type, char const* name, Method&& method, Extra&&... extra) {
  type.attr(name) = py::cpp_function(std::forward<Method>(method), py::name(name), py::is_method(type),
                                     std::forward<Extra>(extra)...);
}

void bind_plan_methods() {
  auto plan = py::type::of<Plan>();
  add_method(
      plan, "assess_all",
      [](Plan const& self, py::object const& changes, py::object const& assumptions, unsigned threads,
         py::object const& progress) {
        auto const entries = entries_of(*self.facts, changes);
        auto const options = batch_options(threads, assumptions);
        RunControl const control = run_control(progress);
        py::gil_scoped_release const release;
        return to_table(
            assess_all(*self.facts, self.schedule, std::span<ChangeEntry const>(entries), options, control));
      },
      "changes"_a, py::kw_only(), "assumptions"_a = py::none(), "threads"_a = 0, "progress"_a = py::none(),
      "One row per change, in order; one at fault is listed with its error and does not stop the others.\n\n"
      "`changes` are Change, ChangeRequest, ChangeEntry or JSON documents, or a table (anything with "
      "__arrow_c_stream__): a column \"document\", or one edit a row with its \"id\". "
      "`assumptions` as for assess. Raises Cancelled.");
  add_method(
      plan, "interactions",
      [](Plan const& self, py::object const& changes, std::size_t limit, py::object const& assumptions,
         unsigned threads, py::object const& progress) {
        auto const requests = requests_of(*self.facts, changes);
        auto const options = batch_options(threads, assumptions);
        RunControl const control = run_control(progress);
        py::gil_scoped_release const release;
        return to_table(find_interactions(*self.facts, self.schedule, requests, limit, options, control),
                        requests);
      },
      "changes"_a, py::kw_only(), "limit"_a = 1000, "assumptions"_a = py::none(), "threads"_a = 0,
      "progress"_a = py::none(),
      "Pairs that are worse (positive) or better together than apart; tries at most `limit` pairs. "
      "Where that leaves some out, the last row has no first and second and says how many as its error. "
      "`assumptions` as for assess.");
  add_method(
      plan, "best_subset",
      [](Plan const& self, py::object const& changes, std::optional<Money> const& budget,
         std::optional<Deadline> const& finish_by, std::map<std::string, double> const& values,
         std::size_t evaluations, py::object const& assumptions, unsigned threads,
         py::object const& progress) {
        auto const requests = requests_of(*self.facts, changes);
        SubsetGoal goal;
        goal.budget = budget;
        if (finish_by) goal.finish_by = finish_by->until;
        goal.evaluations = evaluations;
        std::vector<std::string> keys;
        for (auto const& request : requests) {
          auto const found = values.find(request.key);
          goal.value.push_back(found == values.end() ? 1 : found->second);
          keys.push_back(request.key);
        }
        double most = 0;
        for (double const worth : goal.value) most += std::abs(worth);
        if (!std::isfinite(most))
          throw InvalidInput("the values of the changes have no finite sum; give smaller numbers");
        for (auto const& [key, worth] : values)
          if (std::find(keys.begin(), keys.end(), key) == keys.end())
            throw NotFound("change", key, nearest_keys(key, keys), "values");
        auto const options = batch_options(threads, assumptions);
        RunControl const control = run_control(progress);
        py::gil_scoped_release const release;
        auto best = best_subset(*self.facts, self.schedule, requests, goal, options, control);
        auto table = to_table(best, requests, goal);
        return ChosenSubset{std::move(best), std::move(table)};
      },
      "changes"_a, py::kw_only(), "budget"_a = py::none(), "finish_by"_a = py::none(),
      "values"_a = std::map<std::string, double>(), "evaluations"_a = 4096, "assumptions"_a = py::none(),
      "threads"_a = 0, "progress"_a = py::none(),
      "The most valuable set under a budget (\"20000 EUR\") or a date; values by key, 1 where not given. "
      "A date without a time is the whole day. "
      "`assumptions` as for assess. "
      "Raises NotFound for a value of a change that is not there.");
  add_method(
      plan, "options",
      [](Plan const& self, py::object const& change, std::vector<double> scopes, double crash_share,
         double crash_premium, std::size_t crash_steps, std::size_t milestones, std::size_t drops,
         py::object const& assumptions, unsigned threads, py::object const& progress) {
        auto const request = request_of(*self.facts, change);
        OptionRules rules;
        rules.scopes = std::move(scopes);
        rules.crash_share = crash_share;
        rules.crash_premium = crash_premium;
        rules.crash_steps = crash_steps;
        rules.milestones = milestones;
        rules.drops = drops;
        for (double const share : rules.scopes) check_share(share, "scope");
        check_share(rules.crash_share, "crash_share");
        if (!(rules.crash_premium >= 0 && rules.crash_premium <= 1))
          throw InvalidInput(
              "crash_premium is not from 0 to 1; give the share by which time won is dearer, like 0.5");
        auto const options = batch_options(threads, assumptions);
        RunControl const control = run_control(progress);
        py::gil_scoped_release const release;
        return to_table(options_for(*self.facts, self.schedule, request, rules, options, control));
      },
      "change"_a, py::kw_only(), "scopes"_a = OptionRules().scopes,
      "crash_share"_a = OptionRules().crash_share, "crash_premium"_a = OptionRules().crash_premium,
      "crash_steps"_a = OptionRules().crash_steps, "milestones"_a = OptionRules().milestones,
      "drops"_a = OptionRules().drops, "assumptions"_a = py::none(), "threads"_a = 0,
      "progress"_a = py::none(),
      "What could be done: accept, defer, reduce scope, crash, drop something else, with figures and "
      "whether another option beats it.\n\n"
      "`scopes`: shares of the change that are looked at. `crash_share`: of a duration that can be won by "
      "paying, `crash_premium` dearer than usual as a share, in at most `crash_steps` activities. "
      "`milestones`, `drops`: how many milestones to defer to and requirements to drop are tried at most. "
      "`assumptions` as for assess. Raises InvalidInput.");
}

void bind_project_methods() {
  auto project = py::type::of<SharedProject>();
  add_method(
      project, "suspect_traces",
      [](SharedProject const& self) { return to_table(suspect_traces(*self.project)); },
      "Traces whose source changed after they were confirmed, or that somebody doubts.");
  add_method(
      project, "confirm_traces",
      [](SharedProject const& self, std::vector<std::string> const& traces, std::string const& by,
         std::optional<Instant> const& when) {
        return confirm_traces(*self.project, traces, {by, when.value_or(Instant{})});
      },
      "traces"_a, py::kw_only(), "by"_a, "when"_a = py::none(),
      "The edit that confirms them for today's versions of their sources. Raises NotFound.");
  add_method(
      project, "next_states",
      [](SharedProject const& self, std::string const& change) {
        py::dict states;
        for (auto const& state :
             next_states(self.project->facts(), self.project->at<ChangeRequest>(change))) {
          py::list missing;
          for (auto const& one : state.missing) missing.append(one.message + "; " + one.action);
          states[py::str(std::string(to_name(state.status)))] = missing;
        }
        return states;
      },
      "change"_a,
      "Each state that may follow, with what must be recorded before; empty: it may go there now.");
}

}  // namespace

void bind_batch(py::module_& module) {
  bind_results(module);
  bind_plan_methods();
  bind_project_methods();
}

}  // namespace rapport::python
