#include <pybind11/stl.h>

#include "bindings.h"
#include "casters.h"
#include "rapport/report/report.h"
#include "rapport/table/arrow.h"

namespace py = pybind11;

namespace rapport::python {
namespace {

py::capsule stream_of(Table const& table) {
  auto stream = std::make_unique<ArrowArrayStream>();
  export_stream(table, stream.get());
  return py::capsule(stream.release(), "arrow_array_stream", [](PyObject* capsule) {
    auto* const held = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, "arrow_array_stream"));
    if (held->release) held->release(held);
    delete held;
  });
}

Table table_from(py::object const& source) {
  if (!py::hasattr(source, "__arrow_c_stream__"))
    throw py::type_error("expected an object with __arrow_c_stream__ (polars, pyarrow, pandas 2.2+, duckdb)");
  py::capsule const capsule = source.attr("__arrow_c_stream__")();
  auto* const stream =
      static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule.ptr(), "arrow_array_stream"));
  if (!stream) throw py::error_already_set();
  return import_stream(stream);
}

/// One cell as the Python value of its type; money as decimal.Decimal.
py::object cell(Table const& table, std::size_t row, std::size_t at) {
  Column const& column = table.columns()[at];
  if (column.is_null(row)) return py::none();
  auto const whole = [&] { return std::get<std::vector<std::int64_t>>(column.values)[row]; };
  switch (column.type) {
    case ColumnType::Bool:
      return py::bool_(std::get<std::vector<std::uint8_t>>(column.values)[row] != 0);
    case ColumnType::Int64:
      return py::int_(whole());
    case ColumnType::Float64:
      return py::float_(std::get<std::vector<double>>(column.values)[row]);
    case ColumnType::Text:
      return py::str(std::get<std::vector<std::string>>(column.values)[row]);
    case ColumnType::Instant:
      return py::cast(Instant{whole()});
    case ColumnType::Date:
      return py::cast(Date{static_cast<std::int32_t>(whole())});
    case ColumnType::Work:
      return py::cast(Work{whole()});
    case ColumnType::Money:
      return py::module_::import("decimal").attr("Decimal")(table.text(row, at));
  }
  return py::none();
}

}  // namespace

void bind_table(py::module_& module) {
  py::class_<Table>(module, "Table",
                    "Named typed columns with units. Any Arrow reader takes it: polars.DataFrame(table), "
                    "pyarrow.table(table), pandas.DataFrame.from_arrow(table), duckdb.from_arrow(...).")
      .def_static("from_arrow", &table_from, py::arg("source"),
                  "A copy of any object with __arrow_c_stream__. Raises InvalidInput for column types it "
                  "cannot hold.")
      .def_property_readonly("name", &Table::name)
      .def_property_readonly("columns",
                             [](Table const& t) {
                               std::vector<std::string> names;
                               for (auto const& column : t.columns()) names.push_back(column.name);
                               return names;
                             })
      .def_property_readonly("units",
                             [](Table const& t) {
                               std::map<std::string, std::string> units;
                               for (auto const& column : t.columns()) units[column.name] = column.unit;
                               return units;
                             })
      .def("__len__", &Table::rows)
      .def(
          "__getitem__",
          [](Table const& t, std::string const& name) {
            auto const at = static_cast<std::size_t>(&t.column(name) - t.columns().data());
            py::list values;
            for (std::size_t row = 0; row < t.rows(); ++row) values.append(cell(t, row, at));
            return values;
          },
          py::arg("column"), "The values of one column. Raises NotFound with the nearest names.")
      .def(
          "rows",
          [](Table const& t) {
            py::list rows;
            for (std::size_t row = 0; row < t.rows(); ++row) {
              py::dict values;
              for (std::size_t c = 0; c < t.columns().size(); ++c)
                values[py::str(t.columns()[c].name)] = cell(t, row, c);
              rows.append(values);
            }
            return rows;
          },
          "One dict per row.")
      .def(
          "to_csv", [](Table const& t) { return to_csv(t); }, "RFC 4180 text.")
      .def(
          "to_json", [](Table const& t) { return to_json(t); }, "An array with one object per row.")
      .def(
          "__arrow_c_stream__", [](Table const& t, py::object const&) { return stream_of(t); },
          py::arg("requested_schema") = py::none())
      .def("__eq__", [](Table const& a, Table const& b) { return a == b; })
      .def("__repr__",
           [](Table const& t) {
             return "<Table " + t.name() + ": " + std::to_string(t.rows()) + " rows, " +
                    std::to_string(t.columns().size()) + " columns>";
           })
      .def("_repr_html_", [](Table const& t) { return to_html_card(t); });
}

}  // namespace rapport::python
