#pragma once
// Facts and journal entries as rows, and back.

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "rapport/model/project.h"

namespace rapport::store {

/// Executes a statement whose parameters are bound, and makes it ready for the next ones.
void run(SQLite::Statement& statement);

/// Puts facts one by one, the statement prepared once.
class FactWriter {
 public:
  explicit FactWriter(SQLite::Database& db) : put_(db, "INSERT OR REPLACE INTO fact VALUES (?, ?, ?, ?)") {}
  void put(std::int64_t position, Fact const& fact);

 private:
  SQLite::Statement put_;
};

/// Name, time zone and currency.
void write_project(SQLite::Database& db, Facts const& facts);
void write_facts(SQLite::Database& db, Facts const& facts);
void write_journal(SQLite::Database& db, std::span<JournalEntry const> entries);

/// Errors: ParseError, NotFound and InvalidInput when a row is not what write_facts wrote.
[[nodiscard]] Facts read_facts(SQLite::Database& db);
/// The entries from number `from` on. Errors: as above.
[[nodiscard]] std::vector<JournalEntry> read_journal(SQLite::Database& db, std::uint64_t from = 1);

}  // namespace rapport::store
