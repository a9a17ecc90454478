#include "rapport/table/table.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "rapport/base/error.h"

namespace rapport {
namespace {

std::size_t alternative(ColumnType type) {
  switch (type) {
    case ColumnType::Bool:
      return 0;
    case ColumnType::Float64:
      return 2;
    case ColumnType::Text:
      return 3;
    default:
      return 1;
  }
}

/// to_string(Money) without the currency that the column's unit tells.
std::string amount_text(std::int64_t minor, std::string const& unit) {
  std::string text = to_string(Money{minor, unit.empty() ? Currency() : Currency(unit)});
  text.erase(text.rfind(' '));
  return text;
}

std::string number_text(double value) {
  std::array<char, 32> buffer;
  auto const result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), result.ptr};
}

}  // namespace

namespace detail {

void check_currency(std::string& unit, Money cell, std::string const& column) {
  if (cell == Money{}) return;
  std::string const code = cell.currency.code();
  if (unit.empty()) unit = code;
  if (unit != code) {
    throw InvalidInput("column " + column + " holds " + unit + " and cannot hold " + to_string(cell) +
                       "; convert to one currency, or use one column for each");
  }
}

}  // namespace detail

std::size_t Column::size() const {
  return std::visit([](auto const& cells) { return cells.size(); }, values);
}

Column const& Table::column(std::string_view name) const {
  auto const found = std::ranges::find(columns_, name, &Column::name);
  if (found != columns_.end()) return *found;
  std::vector<std::string> names;
  for (auto const& column : columns_) names.push_back(column.name);
  throw NotFound("column", std::string(name), nearest_keys(name, names));
}

Table& Table::add(Column column) {
  auto const refuse = [&](std::string const& why) {
    throw InvalidInput("table " + name_ + ", column " + column.name + ": " + why);
  };
  if (column.values.index() != alternative(column.type)) refuse("its values are not of its type");
  if (!column.valid.empty() && column.valid.size() != column.size())
    refuse("it has " + std::to_string(column.size()) + " values but says of " +
           std::to_string(column.valid.size()) + " whether they are null");
  if (!columns_.empty() && column.size() != rows())
    refuse("it has " + std::to_string(column.size()) + " rows where the table has " + std::to_string(rows()));
  if (std::ranges::find(columns_, column.name, &Column::name) != columns_.end())
    refuse("there is a column of this name already");
  columns_.push_back(std::move(column));
  return *this;
}

std::string Table::text(std::size_t row, std::size_t column_number) const {
  Column const& column = columns_.at(column_number);
  if (column.is_null(row)) return {};
  auto const whole = [&] { return std::get<std::vector<std::int64_t>>(column.values).at(row); };
  switch (column.type) {
    case ColumnType::Bool:
      return std::get<std::vector<std::uint8_t>>(column.values).at(row) ? "true" : "false";
    case ColumnType::Int64:
      return std::to_string(whole());
    case ColumnType::Float64:
      return number_text(std::get<std::vector<double>>(column.values).at(row));
    case ColumnType::Text:
      return std::get<std::vector<std::string>>(column.values).at(row);
    case ColumnType::Instant:
      return to_string(Instant{whole()});
    case ColumnType::Date:
      return to_string(Date{static_cast<std::int32_t>(whole())});
    case ColumnType::Work:
      return to_string(Work{whole()});
    case ColumnType::Money:
      return amount_text(whole(), column.unit);
  }
  return {};
}

}  // namespace rapport
