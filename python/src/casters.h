#pragma once
// How values cross into Python: Instant is a naive datetime (project time has no zone), Date a date,
// Work and Elapsed timedeltas, Probability a float, an enumerator its name, a NodeRef
// "requirement:REQ-31", a Currency its code.

#include <datetime.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <chrono>

#include "rapport/base/money.h"
#include "rapport/base/probability.h"
#include "rapport/base/time.h"
#include "rapport/model/names.h"

namespace rapport::python {

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

/// "2027-03-02T17:00" or a datetime or a date; aware datetimes are refused.
inline Instant to_instant(pybind11::handle source) {
  if (pybind11::isinstance<pybind11::str>(source)) return parse_instant(pybind11::cast<std::string>(source));
  using namespace std::chrono;
  auto const day = [&] {
    year_month_day const ymd{year{PyDateTime_GET_YEAR(source.ptr())},
                             month{static_cast<unsigned>(PyDateTime_GET_MONTH(source.ptr()))},
                             std::chrono::day{static_cast<unsigned>(PyDateTime_GET_DAY(source.ptr()))}};
    return Date{static_cast<std::int32_t>(sys_days{ymd}.time_since_epoch().count())};
  };
  if (!PyDateTime_Check(source.ptr())) return at(day());
  if (!source.attr("tzinfo").is_none())
    throw InvalidInput(
        "project time has no zone: give a naive datetime, as datetime.replace(tzinfo=None) makes it");
  return at(day(), PyDateTime_DATE_GET_HOUR(source.ptr()) * seconds_per_hour +
                       PyDateTime_DATE_GET_MINUTE(source.ptr()) * seconds_per_minute +
                       PyDateTime_DATE_GET_SECOND(source.ptr()));
}

/// Years outside 1 … 9999 cannot be a datetime: OverflowError.
inline pybind11::object from_date(Date date, std::int64_t second, bool with_time) {
  using namespace std::chrono;
  year_month_day const ymd{sys_days{days{date.days}}};
  int const y = static_cast<int>(ymd.year());
  int const m = static_cast<int>(static_cast<unsigned>(ymd.month()));
  int const d = static_cast<int>(static_cast<unsigned>(ymd.day()));
  PyObject* const made = with_time ? PyDateTime_FromDateAndTime(y, m, d, static_cast<int>(second / 3600),
                                                                static_cast<int>(second / 60 % 60),
                                                                static_cast<int>(second % 60), 0)
                                   : PyDate_FromDate(y, m, d);
  if (!made) throw pybind11::error_already_set();
  return pybind11::reinterpret_steal<pybind11::object>(made);
}

/// A timedelta, or text such as "96h" or "1h30m" (days need a calendar and are refused).
std::int64_t to_seconds(pybind11::handle source);
pybind11::object from_seconds(std::int64_t seconds);

}  // namespace rapport::python

namespace pybind11::detail {

/// A caster from two plain functions, for value types.
#define RAPPORT_CASTER(Type, python_name, accepts, load_expression, cast_expression) \
  template <>                                                                        \
  struct type_caster<Type> {                                                         \
    PYBIND11_TYPE_CASTER(Type, const_name(python_name));                             \
    bool load(handle source, bool) {                                                 \
      if (!PyDateTimeAPI) PyDateTime_IMPORT;                                         \
      if (!(accepts)) return false;                                                  \
      value = load_expression;                                                       \
      return true;                                                                   \
    }                                                                                \
    static handle cast(Type const& source, return_value_policy, handle) {            \
      if (!PyDateTimeAPI) PyDateTime_IMPORT;                                         \
      return (cast_expression).release();                                            \
    }                                                                                \
  };

RAPPORT_CASTER(rapport::Instant, "datetime.datetime", PyDate_Check(source.ptr()) || isinstance<str>(source),
               rapport::python::to_instant(source),
               rapport::python::from_date(source.date(), source.second_of_day(), true))
RAPPORT_CASTER(rapport::Date, "datetime.date", PyDate_Check(source.ptr()) || isinstance<str>(source),
               rapport::python::to_instant(source).date(), rapport::python::from_date(source, 0, false))
RAPPORT_CASTER(rapport::Work, "datetime.timedelta", PyDelta_Check(source.ptr()) || isinstance<str>(source),
               rapport::Work{rapport::python::to_seconds(source)},
               rapport::python::from_seconds(source.seconds))
RAPPORT_CASTER(rapport::Elapsed, "datetime.timedelta", PyDelta_Check(source.ptr()) || isinstance<str>(source),
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
