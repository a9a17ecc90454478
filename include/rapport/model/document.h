#pragma once
// Facts as UTF-8 JSON documents, by the field lists of describe.h. Spelling: times ISO 8601, work
// "96h", money "12000.00 EUR", rates "85.50 EUR/h", enumerators by names.h, nodes
// "requirement:REQ-31". Fields that hold their default are not written. The published schema is
// docs/reference/facts.schema.json.

#include <cstdint>
#include <string>
#include <string_view>

#include "rapport/base/error.h"
#include "rapport/model/facts.h"

namespace rapport {

/// What a document held, and what of it could not be kept.
struct ReadResult {
  Facts facts{};
  Diagnostics diagnostics{};
};

/// {"name": …, "activities": [{…}, …], …}. Cost: O(size).
[[nodiscard]] std::string to_document(Facts const& facts, int indent = 2);
/// Unknown fields are listed in the diagnostics with line and column; a value that cannot be read
/// refuses the document. `file` names it in messages. Errors: ParseError.
[[nodiscard]] ReadResult facts_from_document(std::string_view json, std::string_view file = "");

[[nodiscard]] std::string to_document(Fact const& fact);
[[nodiscard]] Fact fact_from_document(FactKind kind, std::string_view json, std::string_view file = "");

/// {"id": "CR-1", "title": …, "edits": […]}. `first_line` is where it begins in its file.
/// Errors: ParseError, naming the edit that is wrong.
[[nodiscard]] ChangeRequest change_from_document(std::string_view json, std::string_view file = "",
                                                 std::int64_t first_line = 1);

/// JSON Schema (2020-12) of the documents above, as published in docs/reference/facts.schema.json.
/// Internal fields carry "x-internal": true.
[[nodiscard]] std::string facts_schema();

}  // namespace rapport
