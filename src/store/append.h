#pragma once

#include <SQLiteCpp/Database.h>

#include <filesystem>

#include "rapport/model/project.h"

namespace rapport::store {

/// Writes what `project` has beyond the store, within the caller's transaction. `path` is for
/// messages. Cost: O(journal + facts changed + facts of the kinds from which some were removed).
/// Errors: StoreError when the stored journal is not the beginning of the project's, or the stored
/// facts are not those that the new entries began from.
void append(SQLite::Database& db, std::filesystem::path const& path, Project const& project);

}  // namespace rapport::store
