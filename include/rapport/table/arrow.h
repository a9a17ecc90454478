#pragma once
// Tables across the boundary as Arrow C streams (https://arrow.apache.org/docs/format/
// CStreamInterface.html), without any Arrow library.

#include <cstdint>

#include "rapport/table/table.h"

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

extern "C" {
struct ArrowSchema {
  char const* format;
  char const* name;
  char const* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  void const** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};
}
#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
extern "C" {
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  char const* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};
}
#endif

namespace rapport {

/// Fills `*out` with a stream of one record batch that keeps what it needs alive until released.
/// The unit of a column travels as field metadata "unit". Cost: O(rows) to make; columns are not
/// copied again while streaming.
void export_stream(Table table, ArrowArrayStream* out);

/// Consumes `*stream` (released in every case). Understands the types that export_stream writes,
/// and all integer widths, float32, large_utf8, timestamps of any unit without zone, decimal128.
/// Errors: InvalidInput naming the column and its Arrow format.
[[nodiscard]] Table import_stream(ArrowArrayStream* stream);

}  // namespace rapport
