#pragma once

#include <string>

namespace rapport::store {

/// "RPRT" in the file header, so that other programs (and we) know a store from any SQLite file.
inline constexpr int application_id = 0x52505254;
/// Raised whenever an older Rapport could not read what a newer one wrote.
inline constexpr int format_version = 1;

/// The statements that make an empty store: tables, then one view for each kind of fact with a
/// column for each of its fields, so that the file can be read with the sqlite3 shell.
[[nodiscard]] std::string schema();

}  // namespace rapport::store
