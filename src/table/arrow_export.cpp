// The producer's half of the Arrow C stream interface. Structures are laid out by
// https://arrow.apache.org/docs/format/CDataInterface.html; names of variables are the
// specification's.

#include <cerrno>
#include <cstring>
#include <memory>
#include <new>

#include "rapport/table/arrow.h"

namespace rapport {
namespace {

/// A decimal128 cell: the 128-bit two's complement of the minor amount, low half first.
struct alignas(16) Decimal {
  std::uint64_t low;
  std::uint64_t high;
};

/// What one column's buffers point to, beside the column itself.
struct Encoded {
  std::vector<std::uint8_t> validity;  // one bit a row; empty: no row is null
  std::int64_t null_count = 0;
  std::vector<std::uint8_t> bits;
  std::vector<std::int32_t> days;
  std::vector<Decimal> decimals;
  std::vector<std::int32_t> offsets;
  std::vector<std::int64_t> large_offsets;  // in place of offsets when the text passes 2 GB
  std::string text;
};

struct Exported {
  Table table;
  std::vector<Encoded> columns;
};

std::vector<std::uint8_t> packed(std::vector<std::uint8_t> const& bytes) {
  std::vector<std::uint8_t> bits((bytes.size() + 7) / 8);
  for (std::size_t row = 0; row < bytes.size(); ++row)
    if (bytes[row]) bits[row / 8] = static_cast<std::uint8_t>(bits[row / 8] | (1U << (row % 8)));
  return bits;
}

void encode_text(std::vector<std::string> const& cells, Encoded& out) {
  std::size_t bytes = 0;
  for (auto const& cell : cells) bytes += cell.size();
  out.text.reserve(bytes);
  bool const large = bytes > 0x7fffffff;
  auto const fill = [&]<class Offset>(std::vector<Offset>& offsets) {
    offsets.reserve(cells.size() + 1);
    offsets.push_back(0);
    for (auto const& cell : cells) {
      out.text += cell;
      offsets.push_back(static_cast<Offset>(out.text.size()));
    }
  };
  large ? fill(out.large_offsets) : fill(out.offsets);
}

Encoded encode(Column const& column) {
  Encoded out;
  for (auto const valid : column.valid) out.null_count += valid == 0;
  if (out.null_count > 0) out.validity = packed(column.valid);
  auto const whole = [&]() -> auto const& { return std::get<std::vector<std::int64_t>>(column.values); };
  switch (column.type) {
    case ColumnType::Bool:
      out.bits = packed(std::get<std::vector<std::uint8_t>>(column.values));
      break;
    case ColumnType::Text:
      encode_text(std::get<std::vector<std::string>>(column.values), out);
      break;
    case ColumnType::Date:
      out.days.reserve(whole().size());
      for (auto const day : whole()) out.days.push_back(static_cast<std::int32_t>(day));
      break;
    case ColumnType::Money:
      out.decimals.reserve(whole().size());
      for (auto const minor : whole())
        out.decimals.push_back({static_cast<std::uint64_t>(minor), minor < 0 ? ~std::uint64_t{0} : 0});
      break;
    case ColumnType::Int64:
    case ColumnType::Float64:
    case ColumnType::Instant:
    case ColumnType::Work:
      break;  // stand in the column as Arrow wants them
  }
  return out;
}

std::string format_of(Column const& column, Encoded const& encoded) {
  switch (column.type) {
    case ColumnType::Bool:
      return "b";
    case ColumnType::Int64:
      return "l";
    case ColumnType::Float64:
      return "g";
    case ColumnType::Text:
      return encoded.large_offsets.empty() ? "u" : "U";
    case ColumnType::Instant:
      return "tss:";
    case ColumnType::Date:
      return "tdD";
    case ColumnType::Work:
      return "tDs";
    case ColumnType::Money: {
      Currency const currency = column.unit.empty() ? Currency() : Currency(column.unit);
      return "d:19," + std::to_string(currency.minor_digits());
    }
  }
  return {};
}

/// One pair in Arrow's binary metadata encoding (lengths in native byte order).
std::string metadata_pair(std::string_view key, std::string_view value) {
  std::string out;
  auto const number = [&](std::size_t count) {
    auto const n = static_cast<std::int32_t>(count);
    char bytes[sizeof n];
    std::memcpy(bytes, &n, sizeof n);
    out.append(bytes, sizeof n);
  };
  number(1);
  number(key.size());
  out += key;
  number(value.size());
  out += value;
  return out;
}

struct SchemaNode {
  std::string format, name, metadata;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
};

struct ArrayNode {
  std::shared_ptr<Exported const> keep;
  std::vector<void const*> buffers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
};

/// A consumer may have moved children out; it marks them by release == NULL and owns them then.
template <class Node, class Struct>
void release_node(Struct* self) {
  if (!self || !self->release) return;
  auto* const node = static_cast<Node*>(self->private_data);
  for (auto& child : node->children)
    if (child.release) child.release(&child);
  delete node;
  self->release = nullptr;
  self->private_data = nullptr;
}

ArrowSchema publish(std::unique_ptr<SchemaNode> node, std::int64_t flags) {
  for (auto& child : node->children) node->pointers.push_back(&child);
  ArrowSchema schema{};
  schema.format = node->format.c_str();
  schema.name = node->name.c_str();
  schema.metadata = node->metadata.empty() ? nullptr : node->metadata.data();
  schema.flags = flags;
  schema.n_children = static_cast<std::int64_t>(node->children.size());
  schema.children = node->pointers.data();
  schema.release = release_node<SchemaNode, ArrowSchema>;
  schema.private_data = node.release();
  return schema;
}

ArrowArray publish(std::unique_ptr<ArrayNode> node, std::int64_t length, std::int64_t null_count) {
  for (auto& child : node->children) node->pointers.push_back(&child);
  ArrowArray array{};
  array.length = length;
  array.null_count = null_count;
  array.n_buffers = static_cast<std::int64_t>(node->buffers.size());
  array.n_children = static_cast<std::int64_t>(node->children.size());
  array.buffers = node->buffers.data();
  array.children = node->pointers.data();
  array.release = release_node<ArrayNode, ArrowArray>;
  array.private_data = node.release();
  return array;
}

/// A half-built parent releases the children it has when building the next one fails.
template <class Node>
struct Building {
  std::unique_ptr<Node> node = std::make_unique<Node>();
  ~Building() {
    if (!node) return;
    for (auto& child : node->children) child.release(&child);
  }
};

ArrowSchema schema_of(Exported const& exported) {
  Building<SchemaNode> root;
  root.node->format = "+s";
  root.node->name = exported.table.name();
  root.node->children.reserve(exported.columns.size());
  for (std::size_t c = 0; c < exported.columns.size(); ++c) {
    Column const& column = exported.table.columns()[c];
    auto field = std::make_unique<SchemaNode>();
    field->format = format_of(column, exported.columns[c]);
    field->name = column.name;
    if (!column.unit.empty()) field->metadata = metadata_pair("unit", column.unit);
    root.node->children.push_back(publish(std::move(field), ARROW_FLAG_NULLABLE));
  }
  root.node->pointers.reserve(exported.columns.size());
  return publish(std::move(root.node), 0);
}

std::vector<void const*> buffers_of(Column const& column, Encoded const& encoded) {
  void const* const validity = encoded.validity.empty() ? nullptr : encoded.validity.data();
  switch (column.type) {
    case ColumnType::Bool:
      return {validity, encoded.bits.data()};
    case ColumnType::Date:
      return {validity, encoded.days.data()};
    case ColumnType::Money:
      return {validity, encoded.decimals.data()};
    case ColumnType::Float64:
      return {validity, std::get<std::vector<double>>(column.values).data()};
    case ColumnType::Text: {
      void const* const offsets = encoded.large_offsets.empty()
                                      ? static_cast<void const*>(encoded.offsets.data())
                                      : encoded.large_offsets.data();
      return {validity, offsets, encoded.text.data()};
    }
    case ColumnType::Int64:
    case ColumnType::Instant:
    case ColumnType::Work:
      return {validity, std::get<std::vector<std::int64_t>>(column.values).data()};
  }
  return {};
}

ArrowArray batch_of(std::shared_ptr<Exported const> const& exported) {
  auto const rows = static_cast<std::int64_t>(exported->table.rows());
  Building<ArrayNode> root;
  root.node->buffers = {nullptr};
  root.node->children.reserve(exported->columns.size());
  for (std::size_t c = 0; c < exported->columns.size(); ++c) {
    auto child = std::make_unique<ArrayNode>();
    child->keep = exported;
    child->buffers = buffers_of(exported->table.columns()[c], exported->columns[c]);
    root.node->children.push_back(publish(std::move(child), rows, exported->columns[c].null_count));
  }
  root.node->pointers.reserve(exported->columns.size());
  return publish(std::move(root.node), rows, 0);
}

struct StreamState {
  std::shared_ptr<Exported const> exported;
  bool delivered = false;
};

StreamState& state_of(ArrowArrayStream* stream) { return *static_cast<StreamState*>(stream->private_data); }

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  try {
    *out = schema_of(*state_of(stream).exported);
    return 0;
  } catch (std::bad_alloc const&) {
    return ENOMEM;
  }
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) {
  try {
    StreamState& state = state_of(stream);
    *out = state.delivered ? ArrowArray{} : batch_of(state.exported);
    state.delivered = true;
    return 0;
  } catch (std::bad_alloc const&) {
    return ENOMEM;
  }
}

char const* get_last_error(ArrowArrayStream*) { return "out of memory"; }

void release_stream(ArrowArrayStream* stream) {
  if (!stream || !stream->release) return;
  delete static_cast<StreamState*>(stream->private_data);
  stream->release = nullptr;
  stream->private_data = nullptr;
}

}  // namespace

void export_stream(Table table, ArrowArrayStream* out) {
  auto exported = std::make_shared<Exported>();
  exported->table = std::move(table);
  exported->columns.reserve(exported->table.columns().size());
  for (auto const& column : exported->table.columns()) exported->columns.push_back(encode(column));
  auto state = std::make_unique<StreamState>();
  state->exported = std::move(exported);
  *out = {get_schema, get_next, get_last_error, release_stream, state.release()};
}

}  // namespace rapport
