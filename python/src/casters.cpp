#include "casters.h"

#include <datetime.h>

#include <chrono>
#include <cmath>

#include "rapport/base/error.h"

namespace py = pybind11;

namespace rapport::python {
namespace {

struct CivilDate {
  int year, month, day;
};

CivilDate civil(Date date) {
  using namespace std::chrono;
  year_month_day const ymd{sys_days{days{date.days}}};
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

py::object owned(PyObject* made) {
  if (!made) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(made);
}

/// Json has no such numbers, and json.dumps does not say where one stands.
void refuse_not_finite(py::handle given, std::string const& place) {
  if (py::isinstance<py::float_>(given)) {
    if (!std::isfinite(given.cast<double>()))
      throw InvalidInput(place + " is " + py::str(given).cast<std::string>() + "; give a finite number");
  } else if (py::isinstance<py::dict>(given)) {
    for (auto const& [key, value] : py::reinterpret_borrow<py::dict>(given))
      refuse_not_finite(value, place + "." + py::str(key).cast<std::string>());
  } else if (py::isinstance<py::list>(given) || py::isinstance<py::tuple>(given)) {
    std::size_t at = 0;
    for (auto const& value : given) refuse_not_finite(value, place + "[" + std::to_string(at++) + "]");
  }
}

}  // namespace

Document document_of(py::handle given, std::string name) {
  if (py::isinstance<py::str>(given)) {
    if (py::hasattr(given, "file")) name = py::str(given.attr("file")).cast<std::string>();
    return {given.cast<std::string>(), std::move(name)};
  }
  // First, as it refuses what holds itself.
  auto text = py::module_::import("json").attr("dumps")(given).cast<std::string>();
  refuse_not_finite(given, name);
  return {std::move(text), std::move(name)};
}

void import_datetime() {
  PyDateTime_IMPORT;
  if (!PyDateTimeAPI) throw py::error_already_set();
}

bool is_date(py::handle source) { return PyDate_Check(source.ptr()); }
bool is_delta(py::handle source) { return PyDelta_Check(source.ptr()); }

Instant to_instant(py::handle source) {
  if (py::isinstance<py::str>(source)) return parse_instant(source.cast<std::string>());
  PyObject* const object = source.ptr();
  Date const date =
      Date::of(PyDateTime_GET_YEAR(object), PyDateTime_GET_MONTH(object), PyDateTime_GET_DAY(object));
  if (!PyDateTime_Check(object)) return at(date);
  if (!source.attr("tzinfo").is_none())
    throw InvalidInput(
        "project time has no zone: give a naive datetime, as datetime.replace(tzinfo=None) makes it");
  return at(date, PyDateTime_DATE_GET_HOUR(object) * seconds_per_hour +
                      PyDateTime_DATE_GET_MINUTE(object) * seconds_per_minute +
                      PyDateTime_DATE_GET_SECOND(object));
}

Deadline to_deadline(py::handle source) {
  Instant const until = to_instant(source);
  bool const text = py::isinstance<py::str>(source);
  bool const timed =
      text ? source.cast<std::string>().find(':') != std::string::npos : PyDateTime_Check(source.ptr());
  return {timed ? until : until + Elapsed{seconds_per_day}};
}

py::object from_instant(Instant instant) {
  CivilDate const date = civil(instant.date());
  auto const second = static_cast<int>(instant.second_of_day());
  return owned(PyDateTime_FromDateAndTime(date.year, date.month, date.day, second / 3600, second / 60 % 60,
                                          second % 60, 0));
}

py::object from_date(Date date) {
  CivilDate const day = civil(date);
  return owned(PyDate_FromDate(day.year, day.month, day.day));
}

std::int64_t to_seconds(py::handle source) {
  if (!py::isinstance<py::str>(source))
    return static_cast<std::int64_t>(PyDateTime_DELTA_GET_DAYS(source.ptr())) * seconds_per_day +
           PyDateTime_DELTA_GET_SECONDS(source.ptr());
  auto const text = source.cast<std::string>();
  Amount const amount = parse_amount(text);
  if (amount.unit == TimeUnit::Days || amount.unit == TimeUnit::Weeks)
    throw InvalidInput("\"" + text + "\": days need a calendar; give hours, as in \"96h\"");
  // Neither factor is used for hours and minutes.
  return to_work(amount, 0, 0).seconds;
}

py::object from_seconds(std::int64_t seconds) {
  auto const whole_days =
      seconds >= 0 ? seconds / seconds_per_day : -((-seconds + seconds_per_day - 1) / seconds_per_day);
  return owned(PyDelta_FromDSU(static_cast<int>(whole_days),
                               static_cast<int>(seconds - whole_days * seconds_per_day), 0));
}

}  // namespace rapport::python
