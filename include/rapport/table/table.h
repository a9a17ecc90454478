#pragma once
// The one shape of every result: named, typed columns with units. Arrow, SQLite, CSV, HTML, C and
// Python consume tables; a new result column touches no interface.

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "rapport/base/money.h"
#include "rapport/base/time.h"

namespace rapport {

enum class ColumnType : std::uint8_t {
  Bool,
  Int64,
  Float64,
  Text,     ///< UTF-8.
  Instant,  ///< Seconds since 1970 project time; Arrow timestamp[s] without zone.
  Date,     ///< Days since 1970; Arrow date32.
  Work,     ///< Working seconds; Arrow duration[s].
  Money,    ///< Minor units; Arrow decimal128(19, minor digits); the unit is the currency.
};

/// One column. `values` holds std::uint8_t for Bool, double for Float64, std::string for Text and
/// std::int64_t for everything else. `valid` has one byte per row, or is empty when no row is null.
struct Column {
  std::string name;
  ColumnType type = ColumnType::Text;
  std::string unit;  ///< "min", "EUR", "%"; empty when it has none.
  std::variant<std::vector<std::uint8_t>, std::vector<std::int64_t>, std::vector<double>,
               std::vector<std::string>>
      values;
  std::vector<std::uint8_t> valid;

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] bool is_null(std::size_t row) const { return !valid.empty() && valid[row] == 0; }
  friend bool operator==(Column const&, Column const&) = default;
};

namespace detail {
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
}  // namespace detail

/// A cell type: bool, integers, double, std::string, Instant, Date, Work, Money.
template <class T>
concept Cell =
    std::same_as<T, bool> || std::integral<T> || std::floating_point<T> || std::same_as<T, std::string> ||
    std::same_as<T, Instant> || std::same_as<T, Date> || std::same_as<T, Work> || std::same_as<T, Money>;

/// An immutable-by-habit value: build it with `add`, then pass it on.
class Table {
 public:
  Table() = default;
  explicit Table(std::string name) : name_(std::move(name)) {}

  [[nodiscard]] std::string const& name() const { return name_; }
  [[nodiscard]] std::size_t rows() const { return columns_.empty() ? 0 : columns_.front().size(); }
  [[nodiscard]] std::vector<Column> const& columns() const { return columns_; }
  /// Errors: NotFound with the nearest names.
  [[nodiscard]] Column const& column(std::string_view name) const;

  /// Adds a column of `values` (cells, or std::optional cells for nullable ones). The unit of a
  /// Money column is the currency of its cells (none when all are zero amounts of no currency).
  /// Errors: InvalidInput when the length differs from the other columns', the name repeats, or
  /// currencies are mixed.
  template <class T>
  Table& add(std::string name, std::vector<T> const& values, std::string unit = {});
  /// Errors: as above.
  Table& add(Column column);

  /// The cell as text: ISO 8601 times, "96h" work, exact money without its currency, "" for null.
  /// Floating numbers are the shortest text that reads back equal. `row` and `column` must exist.
  [[nodiscard]] std::string text(std::size_t row, std::size_t column) const;

  friend bool operator==(Table const&, Table const&) = default;

 private:
  std::string name_;
  std::vector<Column> columns_;
};

/// RFC 4180, header line first, "\n" line ends; null is an empty field. Cost: O(cells).
[[nodiscard]] std::string to_csv(Table const& table);
/// [{"column": value, …}, …]: numbers and booleans bare (one that is not
/// finite is null, as JSON has no word for it), null as null, everything else as text() gives it.
[[nodiscard]] std::string to_json(Table const& table);

// -- templates -----------------------------------------------------------------------------------

namespace detail {

template <Cell T>
[[nodiscard]] constexpr ColumnType column_type() {
  if constexpr (std::same_as<T, bool>)
    return ColumnType::Bool;
  else if constexpr (std::integral<T>)
    return ColumnType::Int64;
  else if constexpr (std::floating_point<T>)
    return ColumnType::Float64;
  else if constexpr (std::same_as<T, std::string>)
    return ColumnType::Text;
  else if constexpr (std::same_as<T, Instant>)
    return ColumnType::Instant;
  else if constexpr (std::same_as<T, Date>)
    return ColumnType::Date;
  else if constexpr (std::same_as<T, Work>)
    return ColumnType::Work;
  else
    return ColumnType::Money;
}

template <Cell T>
[[nodiscard]] auto raw(T const& cell) {
  if constexpr (std::same_as<T, bool>)
    return static_cast<std::uint8_t>(cell);
  else if constexpr (std::integral<T>)
    return static_cast<std::int64_t>(cell);
  else if constexpr (std::floating_point<T>)
    return static_cast<double>(cell);
  else if constexpr (std::same_as<T, std::string>)
    return cell;
  else if constexpr (std::same_as<T, Date>)
    return static_cast<std::int64_t>(cell.days);
  else if constexpr (std::same_as<T, Money>)
    return cell.minor;
  else
    return cell.seconds;
}

/// Makes the currency of `cell` the unit of its column. Errors: InvalidInput when it has another one
/// already; a zero amount of no currency fits any.
void check_currency(std::string& unit, Money cell, std::string const& column);

}  // namespace detail

template <class T>
Table& Table::add(std::string name, std::vector<T> const& values, std::string unit) {
  Column column;
  auto const fill = [&]<Cell C>(std::optional<C> const*) {
    column.type = detail::column_type<C>();
    std::vector<decltype(detail::raw(C{}))> raw;
    raw.reserve(values.size());
    for (std::size_t row = 0; row < values.size(); ++row) {
      // vector<bool> yields proxies: copy the cell out first.
      T const cell = values[row];
      std::optional<C> const value = cell;
      if (!value) {
        if (column.valid.empty()) column.valid.assign(values.size(), 1);
        column.valid[row] = 0;
      } else if constexpr (std::same_as<C, Money>) {
        detail::check_currency(unit, *value, name);
      }
      raw.push_back(detail::raw(value.value_or(C{})));
    }
    column.values = std::move(raw);
  };
  if constexpr (detail::is_optional<T>)
    fill(static_cast<T const*>(nullptr));
  else
    fill(static_cast<std::optional<T> const*>(nullptr));
  column.name = std::move(name);
  column.unit = std::move(unit);
  return add(std::move(column));
}

}  // namespace rapport
