#pragma once
// How values cross into Python: Instant is a naive datetime (project time has no zone), Date a date,
// Work and Elapsed timedeltas, Probability a float, an enumerator its name, a NodeRef
// "requirement:REQ-31", a Currency its code.

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "rapport/base/money.h"
#include "rapport/base/probability.h"
#include "rapport/base/time.h"
#include "rapport/model/names.h"

namespace rapport::python {

/// A JSON document as Python gives it.
struct Document {
  std::string text, name;
};

/// Of a str or of what json.dumps takes; its name is the attribute `file` of a str that has one, otherwise
/// `name`. Errors: InvalidInput for a number that is not finite, with its place.
[[nodiscard]] Document document_of(pybind11::handle given, std::string name);

template <class T>
inline constexpr bool is_named_enum = false;

#define RAPPORT_NAMED_ENUM(Type) \
  template <>                    \
  inline constexpr bool is_named_enum<Type> = true;
RAPPORT_NAMED_ENUM(Engagement)
RAPPORT_NAMED_ENUM(Side)
RAPPORT_NAMED_ENUM(Duty)
RAPPORT_NAMED_ENUM(RequirementKind)
RAPPORT_NAMED_ENUM(Priority)
RAPPORT_NAMED_ENUM(RequirementStatus)
RAPPORT_NAMED_ENUM(ElicitationMethod)
RAPPORT_NAMED_ENUM(TestLevel)
RAPPORT_NAMED_ENUM(TraceType)
RAPPORT_NAMED_ENUM(ActivityKind)
RAPPORT_NAMED_ENUM(ConstraintKind)
RAPPORT_NAMED_ENUM(LinkType)
RAPPORT_NAMED_ENUM(LagKind)
RAPPORT_NAMED_ENUM(Tool)
RAPPORT_NAMED_ENUM(LagCalendar)
RAPPORT_NAMED_ENUM(ProgressLogic)
RAPPORT_NAMED_ENUM(FloatBy)
RAPPORT_NAMED_ENUM(CriticalBy)
RAPPORT_NAMED_ENUM(ResourceKind)
RAPPORT_NAMED_ENUM(ExpenseKind)
RAPPORT_NAMED_ENUM(Accrual)
RAPPORT_NAMED_ENUM(ChangeStatus)
RAPPORT_NAMED_ENUM(Objective)
RAPPORT_NAMED_ENUM(RiskEffect)
RAPPORT_NAMED_ENUM(RiskStatus)
RAPPORT_NAMED_ENUM(ResponseStrategy)
RAPPORT_NAMED_ENUM(Decision)
#undef RAPPORT_NAMED_ENUM

// Python's datetime interface is a variable of each source file that uses it, so only casters.cpp does.

/// Once, when the module is imported.
void import_datetime();

/// A date, and so also a datetime.
[[nodiscard]] bool is_date(pybind11::handle source);
[[nodiscard]] bool is_delta(pybind11::handle source);

/// A naive datetime, a date (its midnight), or text such as "2027-03-02T17:00". Aware datetimes are
/// refused: InvalidInput.
[[nodiscard]] Instant to_instant(pybind11::handle source);
/// Until when something may be: a date without a time is the whole day.
struct Deadline {
  Instant until;
};
[[nodiscard]] Deadline to_deadline(pybind11::handle source);
/// Years outside 1 … 9999 cannot be a datetime: OverflowError.
[[nodiscard]] pybind11::object from_instant(Instant instant);
[[nodiscard]] pybind11::object from_date(Date date);

/// A timedelta, or text such as "96h" (days need a calendar and are refused).
[[nodiscard]] std::int64_t to_seconds(pybind11::handle source);
[[nodiscard]] pybind11::object from_seconds(std::int64_t seconds);

}  // namespace rapport::python

namespace pybind11::detail {

/// A caster from two plain functions, for value types.
#define RAPPORT_CASTER(Type, python_name, accepts, load_expression, cast_expression) \
  template <>                                                                        \
  struct type_caster<Type> {                                                         \
    PYBIND11_TYPE_CASTER(Type, const_name(python_name));                             \
    bool load(handle source, bool) {                                                 \
      if (!(accepts)) return false;                                                  \
      value = load_expression;                                                       \
      return true;                                                                   \
    }                                                                                \
    static handle cast(Type const& source, return_value_policy, handle) {            \
      return (cast_expression).release();                                            \
    }                                                                                \
  };

RAPPORT_CASTER(rapport::Instant, "datetime.datetime",
               rapport::python::is_date(source) || isinstance<str>(source),
               rapport::python::to_instant(source), rapport::python::from_instant(source))
RAPPORT_CASTER(rapport::python::Deadline, "datetime.datetime",
               rapport::python::is_date(source) || isinstance<str>(source),
               rapport::python::to_deadline(source), rapport::python::from_instant(source.until))
RAPPORT_CASTER(rapport::Date, "datetime.date", rapport::python::is_date(source) || isinstance<str>(source),
               rapport::python::to_instant(source).date(), rapport::python::from_date(source))
RAPPORT_CASTER(rapport::Work, "datetime.timedelta",
               rapport::python::is_delta(source) || isinstance<str>(source),
               rapport::Work{rapport::python::to_seconds(source)},
               rapport::python::from_seconds(source.seconds))
RAPPORT_CASTER(rapport::Elapsed, "datetime.timedelta",
               rapport::python::is_delta(source) || isinstance<str>(source),
               rapport::Elapsed{rapport::python::to_seconds(source)},
               rapport::python::from_seconds(source.seconds))
RAPPORT_CASTER(rapport::Currency, "str", isinstance<str>(source),
               rapport::Currency(pybind11::cast<std::string>(source)), str(source.code()))
RAPPORT_CASTER(rapport::NodeRef, "str", isinstance<str>(source),
               rapport::parse_node(pybind11::cast<std::string>(source)), str(rapport::to_string(source)))
RAPPORT_CASTER(rapport::Probability, "float", PyFloat_Check(source.ptr()) || PyLong_Check(source.ptr()),
               rapport::Probability(pybind11::cast<double>(source)), float_(source.value()))
#undef RAPPORT_CASTER

// pybind11 3 would hold enumerators by its own native-enum caster.
template <class Enum>
struct type_caster_enum_type_enabled<Enum, std::enable_if_t<rapport::python::is_named_enum<Enum>>>
    : std::false_type {};

template <class Enum>
struct type_caster<Enum, std::enable_if_t<rapport::python::is_named_enum<Enum>>> {
  PYBIND11_TYPE_CASTER(Enum, const_name("str"));
  bool load(handle source, bool) {
    if (!isinstance<str>(source)) return false;
    auto const name = pybind11::cast<std::string>(source);
    auto const found = rapport::from_name<Enum>(name);
    if (!found) {
      std::string known;
      for (auto const each : rapport::names_of<Enum>())
        known += (known.empty() ? "" : ", ") + std::string(each);
      throw rapport::InvalidInput("\"" + name + "\" is none of " + known);
    }
    value = *found;
    return true;
  }
  static handle cast(Enum source, return_value_policy, handle) {
    return str(std::string(rapport::to_name(source))).release();
  }
};

}  // namespace pybind11::detail
