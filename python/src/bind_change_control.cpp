// Change requests from state to state, and who must approve them.

#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "bindings.h"
#include "casters.h"
#include "rapport/model/change_state.h"
#include "rapport/model/change_step.h"
#include "rapport/store/store.h"

namespace py = pybind11;
using namespace py::literals;

namespace rapport::python {
namespace {

template <class Method, class... Extra>
void add_project_method(char const* name, Method&& method, Extra&&... extra) {
  auto project = py::type::of<SharedProject>();
  project.attr(name) = py::cpp_function(std::forward<Method>(method), py::name(name), py::is_method(project),
                                        std::forward<Extra>(extra)...);
}

}  // namespace

void bind_change_control(py::module_& module) {
  module.def(
      "is_store", [](std::filesystem::path const& path) { return Store::is_store(path); }, "path"_a,
      "Whether the file is a store, in which edits can be kept.");
  add_project_method(
      "required_approval",
      [](SharedProject const& self, std::int32_t delay_days, std::optional<Money> const& cost) {
        auto const found =
            required_approval(self.project->facts().approval_limits, {std::max(delay_days, 0), cost});
        return py::dict("approvers"_a = found.approvers, "within_limit"_a = found.within_limit);
      },
      py::kw_only(), "delay_days"_a = 0, "cost"_a = py::none(),
      "Who must approve a change of this size: the approvers of the smallest limit that it does not pass, or "
      "of no limit when it passes all (\"within_limit\" is then False).");
  add_project_method(
      "move_change",
      [](SharedProject const& self, std::string const& change, ChangeStatus to, std::string const& by,
         std::optional<Instant> const& when, std::string const& text,
         std::optional<std::int32_t> const& delay_days, std::optional<Money> const& cost) {
        StateRecord record{.by = by, .when = when, .text = text, .size = {}};
        if (delay_days) record.size = ImpactSize{*delay_days, cost};
        return move_change(*self.project, change, to, record);
      },
      "change"_a, "to"_a, py::kw_only(), "by"_a, "when"_a = py::none(), "text"_a = "",
      "delay_days"_a = py::none(), "cost"_a = py::none(),
      "The edit that takes a request to a state, with the record that the state asks for: \"analysed\" needs "
      "the size that was found. Raises NotFound, and InvalidInput with every guard that refuses it.");
  add_project_method(
      "answer_change",
      [](SharedProject const& self, std::string const& change, Decision decision, std::string const& by,
         std::optional<Instant> const& when, std::string const& text) {
        return answer_change(*self.project, change,
                             Answer{.by = by, .when = when, .decision = decision, .text = text});
      },
      "change"_a, "decision"_a, py::kw_only(), "by"_a, "when"_a = py::none(), "text"_a = "",
      "The edit that records what somebody decided: \"approved\", \"rejected\", \"deferred\", "
      "\"acknowledged\", \"question\". Raises NotFound.");
}

}  // namespace rapport::python
