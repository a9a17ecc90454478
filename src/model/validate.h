#pragma once

#include <vector>

#include "model/key_index.h"
#include "rapport/base/error.h"

namespace rapport {

/// Indexes `facts` anew and returns every finding about them (see rapport/model/project.h).
[[nodiscard]] Diagnostics index_and_validate(Facts const& facts, FactIndex& index);

/// Errors for facts of one kind that share a key.
[[nodiscard]] Diagnostics repeated_keys(Facts const& facts);

/// Findings about `touched` facts after an edit, and about whoever still names a `removed` one.
/// Cost: O(touched), and O(facts) only when something was removed.
[[nodiscard]] Diagnostics validate_edit(Facts const& facts, FactIndex const& index,
                                        std::vector<NodeRef> const& touched,
                                        std::vector<NodeRef> const& removed);

[[nodiscard]] bool has_error(Diagnostics const& diagnostics);

}  // namespace rapport
