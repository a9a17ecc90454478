#include <pybind11/stl.h>

#include <mutex>

#include "bindings.h"
#include "casters.h"
#include "plan.h"
#include "rapport/schedule/bare_dates.h"
#include "rapport/schedule/what_if_steps.h"

namespace py = pybind11;
using namespace py::literals;

namespace rapport::python {
namespace {

/// Steps with the facts that its plans need again. Python may call from several threads, and the steps are
/// for one at a time.
class Tried {
 public:
  Tried(std::shared_ptr<Project const> facts, Schedule const& before)
      : facts_(std::move(facts)), steps_(before) {}

  [[nodiscard]] std::shared_ptr<Project const> const& facts() const { return facts_; }
  /// What `work` gives, alone on the steps. Waits without the GIL, which whoever works may want.
  template <class Work>
  auto alone(Work&& work) {
    py::gil_scoped_release const release;
    std::lock_guard const lock(mutex_);
    return work(steps_);
  }
  [[nodiscard]] Schedule after() {
    return alone([](WhatIfSteps& steps) { return steps.after(); });
  }

 private:
  std::shared_ptr<Project const> facts_;
  std::mutex mutex_;
  WhatIfSteps steps_;
};

template <class Edit>
Tried& step(Tried& self, Edit&& edit) {
  self.alone([&](WhatIfSteps& steps) { steps.take(edit); });
  return self;
}

Tried& set_duration(Tried& self, std::string const& key, Work duration, std::optional<Work> remaining) {
  return step(self, [&](Overlay& next) {
    auto const i = next.base().at(key);
    // What is done stays done.
    auto const done = next.base().duration(i) - next.base().remaining(i);
    next.set_duration(i, duration,
                      remaining ? *remaining : Work{std::max<std::int64_t>(0, (duration - done).seconds)});
  });
}

Tried& set_constraint(Tried& self, std::string const& key, ConstraintKind kind, std::optional<Instant> date) {
  return step(self, [&](Overlay& next) { next.set_constraint(next.base().at(key), {kind, date}); });
}

Tried& set_calendar(Tried& self, std::string const& key, std::string const& calendar) {
  return step(self, [&](Overlay& next) { next.set_calendar(next.base().at(key), calendar); });
}

Tried& add_link(Tried& self, std::string const& predecessor, std::string const& successor, LinkType type,
                Work lag) {
  return step(self, [&](Overlay& next) {
    Link link;
    link.predecessor = predecessor, link.successor = successor, link.type = type;
    link.lag.seconds = lag.seconds;
    next.add_link(link);
  });
}

Tried& remove_link(Tried& self, std::string const& predecessor, std::string const& successor,
                   std::optional<LinkType> type) {
  return step(self, [&](Overlay& next) { next.remove_link(predecessor, successor, type); });
}

Tried& remove_activity(Tried& self, std::string const& key) {
  return step(self, [&](Overlay& next) { next.remove_activity(key); });
}

}  // namespace

void bind_what_if(py::module_& module) {
  auto const self = py::return_value_policy::reference_internal;
  py::class_<Tried>(module, "WhatIf",
                    "Changes tried on a plan step by step; only what a change touches is computed again.")
      .def("set_duration", &set_duration, self, "key"_a, "duration"_a, "remaining"_a = py::none(),
           "Working time from start to finish, and what of it is still to do (absent: what is done stays "
           "done). Raises NotFound, InvalidInput; a step that fails is not taken.")
      .def("set_constraint", &set_constraint, self, "key"_a, "kind"_a, "date"_a = py::none(),
           "kind: \"none\", \"start_no_earlier_than\", … as in Constraint.")
      .def("set_calendar", &set_calendar, self, "key"_a, "calendar"_a, "calendar: one that the plan uses.")
      .def("add_link", &add_link, self, "predecessor"_a, "successor"_a, "type"_a = LinkType::FinishToStart,
           "lag"_a = Work{}, "Raises CycleError with the activities of the loop it would close.")
      .def("remove_link", &remove_link, self, "predecessor"_a, "successor"_a, "type"_a = py::none())
      .def("remove_activity", &remove_activity, self, "key"_a,
           "Its predecessors then hold its successors directly.")
      .def(
          "undo", [](Tried& tried) { return tried.alone([](WhatIfSteps& steps) { return steps.undo(); }); },
          "The last step back; False when there is none.")
      .def_property_readonly("start", [](Tried& tried) { return tried.after().start(); })
      .def_property_readonly("finish", [](Tried& tried) { return tried.after().finish(); })
      .def(
          "dates", [](Tried& tried, std::string const& key) { return tried.after().dates(key); }, "key"_a)
      .def_property_readonly(
          "moved", [](Tried& tried) { return tried.alone([](WhatIfSteps& steps) { return steps.moved(); }); },
          "One row per activity whose dates differ from the plan's.")
      .def_property_readonly(
          "plan",
          [](Tried& tried) {
            return Plan{tried.facts(), tried.after()};
          },
          "The dates as they stand, as a plan that later steps do not change.")
      .def("__repr__", [](Tried& tried) {
        return tried.alone([](WhatIfSteps& steps) {
          return "<WhatIf finish " + to_string(steps.before().finish()) + " → " +
                 to_string(steps.after().finish()) + ">";
        });
      });
  auto plan = py::type::of<Plan>();
  plan.attr("what_if") = py::cpp_function(
      [](Plan const& from) {
        py::gil_scoped_release const release;
        return std::make_unique<Tried>(from.facts, from.schedule);
      },
      py::name("what_if"), py::is_method(plan), "Changes to try on these dates, thousands a second.");
  plan.attr("bare_dates") = py::cpp_function(
      [](Plan const& from, std::int32_t days) {
        Network const network = from.schedule.network();
        py::gil_scoped_release const release;
        return bare_dates(network, days);
      },
      py::name("bare_dates"), py::is_method(plan), py::kw_only(), "days"_a = 4000,
      "Dates by durations, links and calendars alone, without progress, constraints or a tool's rules; days: "
      "how far the calendars are laid out.");
}

}  // namespace rapport::python
