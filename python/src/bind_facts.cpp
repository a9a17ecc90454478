// Every fact as a Python class, made from the one list of fields in describe.h.

#include <pybind11/stl.h>

#include "bindings.h"
#include "casters.h"
#include "rapport/model/describe.h"
#include "rapport/model/document.h"

namespace py = pybind11;

namespace rapport::python {

namespace {

/// `from` is a word of the language.
std::string python_name(char const* field) { return std::string(field) == "from" ? "from_" : field; }

template <class T>
void set_fields(T& fact, py::kwargs const& values, char const* type) {
  for (auto const& [key, value] : values) {
    bool known = false;
    std::string fields;
    describe(fact, [&](char const* name, auto& member, auto...) {
      fields += (fields.empty() ? "" : ", ") + python_name(name);
      if (known || python_name(name) != key.template cast<std::string>()) return;
      known = true;
      try {
        member = value.template cast<std::remove_cvref_t<decltype(member)>>();
      } catch (py::cast_error const&) {
        throw py::type_error(std::string(type) + "." + python_name(name) + " cannot be " +
                             std::string(py::repr(value)));
      }
    });
    if (!known)
      throw py::type_error(std::string(type) + " has no field " + key.template cast<std::string>() +
                           "; it has " + fields);
  }
}

template <class T>
py::class_<T> bind_record(py::module_& module, char const* name, char const* doc) {
  py::class_<T> record(module, name, doc);
  record.def(py::init([name](py::kwargs const& values) {
    T fact;
    set_fields(fact, values, name);
    return fact;
  }));
  T const sample{};
  describe(sample, [&](char const* field, auto const& member, auto...) {
    using Member = std::remove_cvref_t<decltype(member)>;
    auto const offset = reinterpret_cast<char const*>(&member) - reinterpret_cast<char const*>(&sample);
    record.def_property(
        python_name(field).c_str(),
        [offset](T const& fact) -> Member {
          return *reinterpret_cast<Member const*>(reinterpret_cast<char const*>(&fact) + offset);
        },
        [offset](T& fact, Member const& value) {
          *reinterpret_cast<Member*>(reinterpret_cast<char*>(&fact) + offset) = value;
        });
  });
  record.def("__eq__", [](T const& a, T const& b) { return a == b; });
  record.def("__copy__", [](T const& fact) { return fact; });
  return record;
}

template <class T>
void bind_fact(py::module_& module, char const* name) {
  auto record = bind_record<T>(module, name,
                               "A fact; a value. Attributes that are lists are copies: assign them whole.");
  record.def(
      "to_json", [](T const& fact) { return to_document(Fact(fact)); }, "The document of this fact.");
  record.def("__repr__", [name](T const& fact) { return "<" + std::string(name) + " " + fact.key + ">"; });
}

}  // namespace

void bind_facts(py::module_& module) {
  py::class_<Money>(module, "Money", "An exact amount in whole minor units of one currency.")
      .def(py::init([](std::string const& text) { return parse_money(text); }), py::arg("text"),
           "From \"12000.50 EUR\".")
      .def_readonly("minor", &Money::minor, "Minor units, such as cents.")
      .def_property_readonly("currency", [](Money const& m) { return m.currency; })
      .def_property_readonly(
          "amount",
          [](Money const& m) {
            std::string const text = to_string(m);
            return py::module_::import("decimal").attr("Decimal")(text.substr(0, text.find(' ')));
          })
      .def("__add__", [](Money a, Money b) { return a + b; })
      .def("__sub__", [](Money a, Money b) { return a - b; })
      .def("__neg__", [](Money a) { return -a; })
      .def(
          "__eq__", [](Money a, Money b) { return a == b; }, py::is_operator())
      .def("__hash__", [](Money a) { return py::hash(py::make_tuple(a.minor, a.currency.code())); })
      .def("__str__", [](Money m) { return to_string(m); })
      .def("__repr__", [](Money m) { return "Money('" + to_string(m) + "')"; });
  py::implicitly_convertible<py::str, Money>();
  py::class_<Rate>(module, "Rate", "A price per hour, or per unit of material, exact to a millionth.")
      .def(py::init([](double amount, Currency currency) { return Rate::of(amount, currency); }),
           py::arg("amount"), py::arg("currency"))
      .def_property_readonly("amount", &Rate::in_major)
      .def_property_readonly("currency", [](Rate const& r) { return r.currency; })
      .def(
          "__eq__", [](Rate a, Rate b) { return a == b; }, py::is_operator())
      .def("__repr__",
           [](Rate r) { return "Rate(" + std::to_string(r.in_major()) + ", '" + r.currency.code() + "')"; });

  bind_record<WorkingHours>(module, "WorkingHours", "Seconds of the day.");
  bind_record<Elicitation>(module, "Elicitation", "Where a requirement came from.");
  bind_record<RequirementVersion>(module, "RequirementVersion", "An earlier wording.");
  bind_record<Confirmation>(module, "Confirmation", "The client agreed to a version.");
  bind_record<Shift>(module, "Shift", "A span of working time within a day (seconds of the day).");
  bind_record<CalendarException>(module, "CalendarException", "Days that differ from the week.");
  bind_record<WorkWeek>(module, "WorkWeek", "Another week between two days.");
  bind_record<Constraint>(module, "Constraint", "A bound on an activity's dates.");
  bind_record<ActivityProgress>(module, "ActivityProgress", "What is done of an activity.");
  bind_record<Split>(module, "Split", "A part of a split activity.");
  bind_record<MicrosoftTask>(module, "MicrosoftTask", "How MS Project treats an activity.");
  bind_record<Baseline>(module, "Baseline", "Planned start and finish.");
  bind_record<Lag>(module, "Lag", "Waiting time of a link.");
  bind_record<RatePeriod>(module, "RatePeriod", "Prices from a moment on.");
  bind_record<RiskImpact>(module, "RiskImpact", "Size of a risk's effect on one objective.");
  bind_record<RiskRating>(module, "RiskRating", "Probability and impacts.");
  bind_record<RiskResponse>(module, "RiskResponse", "What is done about a risk.");
  bind_record<Answer>(module, "Answer", "What came back to a message.");
  bind_record<ChangeAnalysis>(module, "ChangeAnalysis", "How large a change was found to be.");
  bind_record<SignOff>(module, "SignOff", "Somebody looked at it and found it right.");

  auto rules = bind_record<Rules>(module, "Rules", "Scheduling rules as a visible value.");
  rules.def_static("primavera", &Rules::primavera, "P6's default options.");
  rules.def_static("microsoft", &Rules::microsoft, "MS Project's behaviour.");

  bind_fact<Stakeholder>(module, "Stakeholder");
  bind_fact<Responsibility>(module, "Responsibility");
  bind_fact<Requirement>(module, "Requirement");
  bind_fact<Deliverable>(module, "Deliverable");
  bind_fact<Test>(module, "Test");
  bind_fact<Trace>(module, "Trace");
  bind_fact<Subproject>(module, "Subproject");
  bind_fact<Calendar>(module, "Calendar");
  bind_fact<WbsNode>(module, "WbsNode");
  bind_fact<Activity>(module, "Activity");
  bind_fact<Link>(module, "Link");
  bind_fact<Resource>(module, "Resource");
  bind_fact<Assignment>(module, "Assignment");
  bind_fact<CostAccount>(module, "CostAccount");
  bind_fact<Expense>(module, "Expense");
  bind_fact<ContractMilestone>(module, "ContractMilestone");
  bind_fact<RecordedDates>(module, "RecordedDates");
  bind_fact<Risk>(module, "Risk");
  bind_fact<Message>(module, "Message");
  bind_fact<ApprovalLimit>(module, "ApprovalLimit");
  bind_fact<ExchangeRate>(module, "ExchangeRate");
  bind_fact<Escalation>(module, "Escalation");

  // Its edits are documents: {"activity": "A1040", "add_work": "96h"}.
  py::class_<ChangeRequest>(module, "ChangeRequest",
                            "A change somebody asks for; see rapport.Change for writing one.")
      .def_static(
          "from_json",
          [](std::string const& text, std::string const& file) { return change_from_document(text, file); },
          py::arg("text"), py::arg("file") = "", "Raises ParseError naming the edit that is wrong.")
      .def("to_json", [](ChangeRequest const& change) { return to_document(Fact(change)); })
      .def_readonly("key", &ChangeRequest::key)
      .def_readwrite("title", &ChangeRequest::title)
      .def_readwrite("reason", &ChangeRequest::reason)
      .def_readwrite("by", &ChangeRequest::by)
      .def_readwrite("raised", &ChangeRequest::raised)
      .def_readwrite("answer_by", &ChangeRequest::answer_by)
      .def_readwrite("status", &ChangeRequest::status)
      .def_readwrite("analysis", &ChangeRequest::analysis)
      .def_readwrite("review", &ChangeRequest::review)
      .def_readwrite("verification", &ChangeRequest::verification)
      .def("__eq__", [](ChangeRequest const& a, ChangeRequest const& b) { return a == b; })
      .def("__repr__",
           [](ChangeRequest const& c) { return "<ChangeRequest " + c.key + " " + c.title + ">"; });
}

}  // namespace rapport::python
