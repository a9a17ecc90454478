#pragma once
// Many change requests in one text, each with the place where it stands, so that one that cannot be
// read does not hide the others.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rapport/model/record/change_request.h"

namespace rapport {

/// One change of many as it was written: what it asks for, or why it cannot be read.
struct ChangeEntry {
  std::size_t line = 0;    ///< Where it begins: line of the text or row of the table, from 1.
  std::string key{};       ///< Empty when not even that can be read.
  std::string document{};  ///< As it was written, as JSON; "?" for a byte that is no UTF-8.
  std::optional<ChangeRequest> change{};
  std::string error{};  ///< Why there is no change; names the line.
  friend bool operator==(ChangeEntry const&, ChangeEntry const&) = default;
};

/// Changes as JSON Lines (one document a line, blank lines apart), as one JSON list of documents, or
/// as one document alone. In JSON Lines every line stands for itself: one at fault has its error in
/// its entry. `file` names the text in messages. Cost: O(size).
/// Errors: ParseError when the text begins with "[" and is no JSON list.
[[nodiscard]] std::vector<ChangeEntry> changes_in_text(std::string_view text, std::string_view file = "");

}  // namespace rapport
