// The error family as Python exceptions, each also what a Python user expects to catch.

#include <pybind11/stl.h>

#include "bindings.h"
#include "casters.h"

namespace py = pybind11;

namespace rapport::python {
namespace {

struct Types {
  py::object error, invalid_input, not_found, cycle, parse, store, cancelled, internal;
};
Types* types = nullptr;

py::object make(py::module_& module, char const* name, char const* doc, py::object bases) {
  std::string const qualified = std::string("rapport.") + name;
  auto made = py::reinterpret_steal<py::object>(
      PyErr_NewExceptionWithDoc(qualified.c_str(), doc, bases.ptr(), nullptr));
  if (!made) throw py::error_already_set();
  module.attr(name) = made;
  return made;
}

void raise(py::object const& type, Error const& error, py::dict attributes = {}) {
  py::object instance = type(error.what());
  // KeyError shows the repr of its argument; ours is a sentence.
  for (auto const& [name, value] : attributes) instance.attr(name) = value;
  PyErr_SetObject(type.ptr(), instance.ptr());
}

py::list as_list(Diagnostics const& diagnostics) {
  py::list list;
  for (auto const& each : diagnostics) list.append(py::cast(each));
  return list;
}

void translate(std::exception_ptr pointer) {
  using namespace py::literals;
  try {
    if (pointer) std::rethrow_exception(pointer);
  } catch (InvalidInput const& e) {
    raise(types->invalid_input, e, py::dict("diagnostics"_a = as_list(e.diagnostics())));
  } catch (NotFound const& e) {
    raise(types->not_found, e, py::dict("kind"_a = e.kind(), "key"_a = e.key(), "nearest"_a = e.nearest()));
  } catch (CycleError const& e) {
    raise(types->cycle, e, py::dict("keys"_a = e.keys()));
  } catch (ParseError const& e) {
    raise(types->parse, e, py::dict("file"_a = e.file(), "line"_a = e.line(), "column"_a = e.column()));
  } catch (StoreError const& e) {
    raise(types->store, e, py::dict("sqlite_code"_a = e.sqlite_code()));
  } catch (Cancelled const& e) {
    // Ctrl-C: the signal handler's exception is already set and says more.
    if (!PyErr_Occurred()) raise(types->cancelled, e, py::dict("fraction_done"_a = e.fraction_done()));
  } catch (Error const& e) {
    raise(types->internal, e);
  }
}

}  // namespace

void bind_errors(py::module_& module) {
  auto const builtin = [](char const* name) {
    return py::module_::import("builtins").attr(name).cast<py::object>();
  };
  auto const both = [&](char const* other) { return py::make_tuple(types->error, builtin(other)); };
  types = new Types;  // Lives as long as the interpreter: translators may run during shutdown.
  types->error = make(module, "Error", "What Rapport's errors have in common.", builtin("Exception"));
  types->invalid_input = make(module, "InvalidInput",
                              "Facts or options that make no sense; see .diagnostics.", both("ValueError"));
  // Message shown as a sentence, not as KeyError's repr.
  py::dict plain;
  types->not_found =
      make(module, "NotFound", "A key that names nothing; see .kind, .key and .nearest.", both("KeyError"));
  types->not_found.attr("__str__") = builtin("Exception").attr("__str__");
  types->cycle =
      make(module, "CycleError", "Activities that wait for each other; see .keys.", both("ValueError"));
  types->parse =
      make(module, "ParseError", "Text that is not what it claims to be; see .file, .line, .column.",
           both("ValueError"));
  types->store =
      make(module, "StoreError", "A store file that cannot be used; see .sqlite_code.", both("OSError"));
  types->cancelled = make(module, "Cancelled", "The progress callback asked to stop; see .fraction_done.",
                          py::make_tuple(types->error));
  types->internal = make(module, "InternalError", "A fault of Rapport itself.", py::make_tuple(types->error));
  py::register_exception_translator(translate);

  py::class_<Diagnostic>(module, "Diagnostic", "One finding about one place of the input.")
      .def_property_readonly("severity",
                             [](Diagnostic const& d) {
                               return d.severity == Severity::Error     ? "error"
                                      : d.severity == Severity::Warning ? "warning"
                                                                        : "note";
                             })
      .def_readonly("file", &Diagnostic::file)
      .def_readonly("line", &Diagnostic::line, "1-based; 0 when unknown.")
      .def_readonly("column", &Diagnostic::column, "1-based; 0 when unknown.")
      .def_readonly("subject", &Diagnostic::subject)
      .def_readonly("message", &Diagnostic::message)
      .def_readonly("action", &Diagnostic::action)
      .def("__str__", [](Diagnostic const& d) { return to_string(d); })
      .def("__repr__", [](Diagnostic const& d) { return "<Diagnostic " + to_string(d) + ">"; });
}

RunControl run_control(py::object progress) {
  // Shared so that copies of the RunControl need no GIL to be destroyed.
  auto held = std::shared_ptr<py::object>(new py::object(std::move(progress)), [](py::object* object) {
    py::gil_scoped_acquire const gil;
    delete object;
  });
  return {[held](Progress const& at) {
    py::gil_scoped_acquire const gil;
    if (PyErr_CheckSignals() != 0) return false;
    if (held->is_none()) return true;
    try {
      py::object const answer = (*held)(at.fraction, std::string(at.stage));
      return answer.is_none() || answer.cast<bool>();
    } catch (py::error_already_set& error) {
      error.restore();
      return false;
    }
  }};
}

}  // namespace rapport::python
