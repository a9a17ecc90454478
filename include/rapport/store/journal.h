#pragma once

#include "rapport/model/project.h"
#include "rapport/table/table.h"

namespace rapport {

/// The journal, one row per changed fact: number, author, when, reason, undoes, kind, key, before, after; the
/// last two as documents, null where there was no such fact. Cost: O(journal).
[[nodiscard]] Table journal_table(Project const& project);

}  // namespace rapport
