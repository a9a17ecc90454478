// The consumer's half of the Arrow C stream interface.

#include <cstdio>
#include <cstring>
#include <functional>
#include <limits>
#include <memory>
#include <utility>

#include "rapport/base/error.h"
#include "rapport/table/arrow.h"

namespace rapport {
namespace {

/// Releases what a producer handed over, whatever happens.
template <class Struct>
struct Owned {
  Struct value{};
  Owned() = default;
  Owned(Owned const&) = delete;
  Owned& operator=(Owned const&) = delete;
  ~Owned() {
    if (value.release) value.release(&value);
  }
};

std::string unit_of(char const* metadata) {
  if (!metadata) return {};
  auto const number = [&] {
    std::int32_t n;
    std::memcpy(&n, metadata, sizeof n);
    metadata += sizeof n;
    return n;
  };
  auto const text = [&] {
    auto const length = static_cast<std::size_t>(number());
    std::string const value(metadata, length);
    metadata += length;
    return value;
  };
  for (std::int32_t pairs = number(); pairs > 0; --pairs) {
    std::string const key = text();
    std::string value = text();
    if (key == "unit") return value;
  }
  return {};
}

/// A run of rows of one column of one batch.
struct Rows {
  ArrowArray const& array;
  ArrowArray const& batch;

  [[nodiscard]] std::int64_t count() const { return batch.length; }
  /// Position of `row` of the batch in the buffers of the column.
  [[nodiscard]] std::size_t at(std::int64_t row) const {
    return static_cast<std::size_t>(array.offset + batch.offset + row);
  }
  [[nodiscard]] bool valid(std::int64_t row) const {
    return bit(array, array.offset + batch.offset + row) && bit(batch, batch.offset + row);
  }
  template <class T>
  [[nodiscard]] T cell(std::int64_t row, int buffer = 1) const {
    T value;
    // The specification recommends alignment but does not promise it.
    std::memcpy(&value, static_cast<char const*>(array.buffers[buffer]) + at(row) * sizeof(T), sizeof(T));
    return value;
  }

 private:
  static bool bit(ArrowArray const& of, std::int64_t position) {
    if (of.n_buffers == 0 || of.null_count == 0 || !of.buffers[0]) return true;
    auto const* const bits = static_cast<std::uint8_t const*>(of.buffers[0]);
    return (bits[position / 8] >> (position % 8)) & 1;
  }
};

/// How one Arrow format becomes a column: its type, the buffers its arrays must have, and what puts
/// the non-null cells of a batch.
struct Reading {
  ColumnType type = ColumnType::Int64;
  std::int64_t buffers = 2;
  bool more_buffers = false;
  std::function<void(Rows const&, std::int64_t row, Column& out)> put;
};

class Field {
 public:
  explicit Field(ArrowSchema const& schema)
      : name_(schema.name ? schema.name : ""), format_(schema.format ? schema.format : "") {
    column_.name = name_;
    column_.unit = unit_of(schema.metadata);
    if (schema.dictionary) refuse("dictionary-encoded columns are not read; send it decoded");
    reading_ = reading();
    column_.type = reading_.type;
    if (column_.type == ColumnType::Bool)
      column_.values = std::vector<std::uint8_t>();
    else if (column_.type == ColumnType::Float64)
      column_.values = std::vector<double>();
    else if (column_.type == ColumnType::Text)
      column_.values = std::vector<std::string>();
    else
      column_.values = std::vector<std::int64_t>();
  }

  void append(Rows const& rows) {
    ArrowArray const& array = rows.array;
    bool const fits =
        array.n_buffers == reading_.buffers || (reading_.more_buffers && array.n_buffers > reading_.buffers);
    if (!fits) refuse("its array has " + std::to_string(array.n_buffers) + " buffers");
    if (array.offset < 0 || array.length < rows.batch.offset + rows.count())
      refuse("its array is shorter than its batch");
    for (std::int64_t row = 0; row < rows.count(); ++row) {
      bool const valid = format_ != "n" && rows.valid(row);
      if (!valid)
        put_null();
      else {
        if (!column_.valid.empty()) column_.valid.push_back(1);
        row_ = static_cast<std::int64_t>(column_.size());
        reading_.put(rows, row, column_);
      }
    }
  }

  [[nodiscard]] Column take() { return std::move(column_); }

 private:
  [[noreturn]] void refuse(std::string const& why) const {
    throw InvalidInput("column " + name_ + " (Arrow format \"" + format_ + "\"): " + why);
  }
  [[noreturn]] void refuse_cell(std::string const& why) const {
    refuse("row " + std::to_string(row_ + 1) + " " + why);
  }

  void put_null() {
    if (column_.valid.empty()) column_.valid.assign(column_.size(), 1);
    column_.valid.push_back(0);
    std::visit([](auto& cells) { cells.emplace_back(); }, column_.values);
  }

  static std::vector<std::int64_t>& whole(Column& column) {
    return std::get<std::vector<std::int64_t>>(column.values);
  }

  template <class T>
  Reading integers() const {
    return {ColumnType::Int64, 2, false, [this](Rows const& rows, std::int64_t row, Column& out) {
              auto const value = rows.cell<T>(row);
              if (!std::in_range<std::int64_t>(value)) refuse_cell("does not fit 64 bits with a sign");
              whole(out).push_back(static_cast<std::int64_t>(value));
            }};
  }

  template <class T>
  static Reading floats() {
    return {ColumnType::Float64, 2, false, [](Rows const& rows, std::int64_t row, Column& out) {
              std::get<std::vector<double>>(out.values).push_back(static_cast<double>(rows.cell<T>(row)));
            }};
  }

  /// Counts of 1/`per_unit` of what the column is counted in.
  template <class T>
  Reading ticks(ColumnType type, std::int64_t per_unit, char const* unit) const {
    return {type, 2, false, [this, per_unit, unit](Rows const& rows, std::int64_t row, Column& out) {
              auto const value = static_cast<std::int64_t>(rows.cell<T>(row));
              if (value % per_unit != 0) refuse_cell(std::string("holds a fraction of a ") + unit);
              whole(out).push_back(value / per_unit);
            }};
  }

  template <class Offset>
  Reading text() const {
    return {ColumnType::Text, 3, false, [this](Rows const& rows, std::int64_t row, Column& out) {
              auto const from = rows.cell<Offset>(row);
              auto const to = rows.cell<Offset>(row + 1);
              if (from < 0 || to < from) refuse_cell("has offsets that run backwards");
              auto const* const bytes = static_cast<char const*>(rows.array.buffers[2]);
              std::get<std::vector<std::string>>(out.values)
                  .emplace_back(from == to ? "" : bytes + from, static_cast<std::size_t>(to - from));
            }};
  }

  /// Variable-size views: short strings stand in the view, longer ones in one of the data buffers.
  Reading text_views() const {
    struct View {
      std::int32_t length;
      char inlined[4];
      std::int32_t buffer, offset;
    };
    return {ColumnType::Text, 3, true, [this](Rows const& rows, std::int64_t row, Column& out) {
              auto const view = rows.cell<View>(row);
              auto& cells = std::get<std::vector<std::string>>(out.values);
              if (view.length < 0) refuse_cell("has a negative length");
              if (view.length <= 12) {
                char bytes[sizeof(View)];
                std::memcpy(bytes, &view, sizeof view);
                cells.emplace_back(bytes + 4, static_cast<std::size_t>(view.length));
                return;
              }
              // Buffers: validity, views, data…, lengths of the data buffers.
              if (view.buffer < 0 || view.buffer + 3 >= rows.array.n_buffers || view.offset < 0)
                refuse_cell("points outside its buffers");
              auto const* const bytes = static_cast<char const*>(rows.array.buffers[2 + view.buffer]);
              cells.emplace_back(bytes + view.offset, static_cast<std::size_t>(view.length));
            }};
  }

  /// decimal128 is money: `scale` digits after the point become the currency's minor digits.
  Reading decimals() {
    int precision = 0, scale = 0, bits = 128;
    char end = 0;
    int const read = std::sscanf(format_.c_str(), "d:%d,%d,%d%c", &precision, &scale, &bits, &end);
    if ((read != 2 && read != 3) || bits != 128 || scale < 0 || scale > 18)
      refuse("only decimal128 with 0 to 18 digits after the point is read");
    Currency currency;
    try {
      if (!column_.unit.empty()) currency = Currency(column_.unit);
    } catch (InvalidInput const&) {
      refuse("decimals are money, and its unit \"" + column_.unit + "\" is no currency such as EUR");
    }
    std::int64_t times = 1, over = 1;
    for (int digits = scale; digits < currency.minor_digits(); ++digits) times *= 10;
    for (int digits = currency.minor_digits(); digits < scale; ++digits) over *= 10;
    return {ColumnType::Money, 2, false,
            [this, times, over](Rows const& rows, std::int64_t row, Column& out) {
              struct Halves {
                std::uint64_t low;
                std::uint64_t high;
              };
              auto const [low, high] = rows.cell<Halves>(row);
              auto const value = static_cast<std::int64_t>(low);
              if (high != (value < 0 ? ~std::uint64_t{0} : 0) ||
                  value > std::numeric_limits<std::int64_t>::max() / times ||
                  value < std::numeric_limits<std::int64_t>::min() / times)
                refuse_cell("is too large an amount");
              if (value % over != 0) refuse_cell("holds a fraction of the currency's minor unit");
              whole(out).push_back(value * times / over);
            }};
  }

  Reading reading() {
    std::string_view const format = format_;
    if (format == "n") return {ColumnType::Text, 0, false, nullptr};
    if (format == "b")
      return {ColumnType::Bool, 2, false, [](Rows const& rows, std::int64_t row, Column& out) {
                auto const position = rows.at(row);
                auto const byte = static_cast<std::uint8_t const*>(rows.array.buffers[1])[position / 8];
                auto const bit = static_cast<std::uint8_t>((byte >> (position % 8)) & 1);
                std::get<std::vector<std::uint8_t>>(out.values).push_back(bit);
              }};
    if (format == "c") return integers<std::int8_t>();
    if (format == "C") return integers<std::uint8_t>();
    if (format == "s") return integers<std::int16_t>();
    if (format == "S") return integers<std::uint16_t>();
    if (format == "i") return integers<std::int32_t>();
    if (format == "I") return integers<std::uint32_t>();
    if (format == "l") return integers<std::int64_t>();
    if (format == "L") return integers<std::uint64_t>();
    if (format == "f") return floats<float>();
    if (format == "g") return floats<double>();
    if (format == "u") return text<std::int32_t>();
    if (format == "U") return text<std::int64_t>();
    if (format == "vu") return text_views();
    if (format == "tdD") return ticks<std::int32_t>(ColumnType::Date, 1, "day");
    if (format == "tdm") return ticks<std::int64_t>(ColumnType::Date, 86'400'000, "day");
    if (format.starts_with("d:")) return decimals();
    bool const stamp = format.starts_with("ts");
    if (format.size() >= 3 && (stamp || format.starts_with("tD"))) {
      if (stamp && format.size() > 4)
        refuse("project time has no zone; convert the column to the project's local time and drop its zone");
      auto const type = stamp ? ColumnType::Instant : ColumnType::Work;
      switch (format[2]) {
        case 's':
          return ticks<std::int64_t>(type, 1, "second");
        case 'm':
          return ticks<std::int64_t>(type, 1'000, "second");
        case 'u':
          return ticks<std::int64_t>(type, 1'000'000, "second");
        case 'n':
          return ticks<std::int64_t>(type, 1'000'000'000, "second");
        default:
          break;
      }
    }
    refuse("this type is not read");
  }

  std::string name_, format_;
  Reading reading_;
  Column column_;
  std::int64_t row_ = 0;
};

void check(ArrowArrayStream& stream, int error, char const* doing) {
  if (error == 0) return;
  char const* const told = stream.get_last_error(&stream);
  throw InvalidInput(std::string("the Arrow stream failed ") + doing + ": " +
                     (told ? told : std::strerror(error)));
}

}  // namespace

Table import_stream(ArrowArrayStream* stream) {
  if (!stream || !stream->release) throw InvalidInput("the Arrow stream was released or consumed already");
  Owned<ArrowArrayStream> owned;
  owned.value = *stream;
  stream->release = nullptr;

  Owned<ArrowSchema> schema;
  check(owned.value, owned.value.get_schema(&owned.value, &schema.value), "to tell its schema");
  ArrowSchema const& root = schema.value;
  if (!root.format || std::string_view(root.format) != "+s")
    throw InvalidInput("the Arrow stream is not of record batches: its format is \"" +
                       std::string(root.format ? root.format : "") + "\" where \"+s\" is needed");
  // Each column's reading refers to its Field, which must not move.
  std::vector<std::unique_ptr<Field>> fields;
  for (std::int64_t c = 0; c < root.n_children; ++c)
    fields.push_back(std::make_unique<Field>(*root.children[c]));

  while (true) {
    Owned<ArrowArray> batch;
    check(owned.value, owned.value.get_next(&owned.value, &batch.value), "to give the next batch");
    if (!batch.value.release) break;
    if (batch.value.n_children != root.n_children || batch.value.length < 0 || batch.value.offset < 0)
      throw InvalidInput("the Arrow stream gave a batch that is not of its schema");
    for (std::size_t c = 0; c < fields.size(); ++c)
      fields[c]->append({*batch.value.children[c], batch.value});
  }

  Table table(root.name ? root.name : "");
  for (auto& field : fields) table.add(field->take());
  return table;
}

}  // namespace rapport
