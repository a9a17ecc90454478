#include "store/rows.h"

#include <optional>
#include <variant>

#include "rapport/model/document.h"

namespace rapport::store {
namespace {

void bind_document(SQLite::Statement& statement, int index, std::optional<Fact> const& fact) {
  if (fact)
    statement.bind(index, to_document(*fact));
  else
    statement.bind(index);
}

std::optional<std::string> document_at(SQLite::Statement& row, int column) {
  if (row.isColumnNull(column)) return std::nullopt;
  return row.getColumn(column).getString();
}

std::optional<Fact> fact_at(SQLite::Statement& row, int column, NodeRef const& node) {
  auto const document = document_at(row, column);
  if (!document) return std::nullopt;
  return fact_from_document(node.kind, *document, to_string(node));
}

}  // namespace

void run(SQLite::Statement& statement) {
  statement.exec();
  statement.reset();
}

void write_project(SQLite::Database& db, Facts const& facts) {
  SQLite::Statement put(db, "INSERT OR REPLACE INTO project VALUES (1, ?, ?, ?)");
  put.bind(1, facts.name);
  put.bind(2, facts.time_zone);
  put.bind(3, facts.currency.code());
  run(put);
}

void FactWriter::put(std::int64_t position, Fact const& fact) {
  NodeRef const node = node_of(fact);
  put_.bind(1, std::string(name_of(node.kind)));
  put_.bind(2, node.key);
  put_.bind(3, position);
  put_.bind(4, to_document(fact));
  run(put_);
}

void write_facts(SQLite::Database& db, Facts const& facts) {
  FactWriter writer(db);
  for_each_fact_type([&]<class T>() {
    std::int64_t position = 0;
    for (auto const& fact : facts.*FactTraits<T>::member) writer.put(position++, fact);
  });
}

void write_journal(SQLite::Database& db, std::span<JournalEntry const> entries) {
  SQLite::Statement entry_row(db, "INSERT INTO journal VALUES (?, ?, ?, ?, ?)");
  SQLite::Statement change_row(db, "INSERT INTO journal_change VALUES (?, ?, ?, ?, ?, ?, ?)");
  for (auto const& entry : entries) {
    auto const number = static_cast<std::int64_t>(entry.number);
    entry_row.bind(1, number);
    entry_row.bind(2, entry.author.name);
    entry_row.bind(3, to_string(entry.author.when));
    entry_row.bind(4, entry.reason);
    if (entry.undoes)
      entry_row.bind(5, static_cast<std::int64_t>(*entry.undoes));
    else
      entry_row.bind(5);
    run(entry_row);
    std::int64_t seq = 0;
    for (auto const& change : entry.changes) {
      change_row.bind(1, number);
      change_row.bind(2, ++seq);
      change_row.bind(3, std::string(name_of(change.node.kind)));
      change_row.bind(4, change.node.key);
      change_row.bind(5, static_cast<std::int64_t>(change.position));
      bind_document(change_row, 6, change.before);
      bind_document(change_row, 7, change.after);
      run(change_row);
    }
  }
}

Facts read_facts(SQLite::Database& db) {
  Facts facts;
  SQLite::Statement project(db, "SELECT name, time_zone, currency FROM project");
  if (project.executeStep()) {
    facts.name = project.getColumn(0).getString();
    facts.time_zone = project.getColumn(1).getString();
    facts.currency = Currency(project.getColumn(2).getString());
  }
  SQLite::Statement rows(db, "SELECT kind, key, document FROM fact ORDER BY kind, position");
  while (rows.executeStep()) {
    NodeRef const node{fact_kind(rows.getColumn(0).getString()), rows.getColumn(1).getString()};
    std::visit(
        [&]<class T>(T&& fact) {
          (facts.*FactTraits<std::remove_cvref_t<T>>::member).push_back(std::move(fact));
        },
        fact_from_document(node.kind, rows.getColumn(2).getString(), to_string(node)));
  }
  return facts;
}

std::vector<JournalEntry> read_journal(SQLite::Database& db, std::uint64_t from) {
  std::vector<JournalEntry> journal;
  SQLite::Statement entries(
      db, "SELECT number, author, at, reason, undoes FROM journal WHERE number >= ? ORDER BY number");
  SQLite::Statement changes(
      db, "SELECT kind, key, position, before, after FROM journal_change WHERE number = ? ORDER BY seq");
  entries.bind(1, static_cast<std::int64_t>(from));
  while (entries.executeStep()) {
    JournalEntry& entry = journal.emplace_back();
    std::int64_t const number = entries.getColumn(0).getInt64();
    entry.number = static_cast<std::uint64_t>(number);
    entry.author = {entries.getColumn(1).getString(), parse_instant(entries.getColumn(2).getString())};
    entry.reason = entries.getColumn(3).getString();
    if (!entries.isColumnNull(4)) entry.undoes = static_cast<std::uint64_t>(entries.getColumn(4).getInt64());
    changes.reset();
    changes.bind(1, number);
    while (changes.executeStep()) {
      FactChange& change = entry.changes.emplace_back();
      change.node = {fact_kind(changes.getColumn(0).getString()), changes.getColumn(1).getString()};
      change.position = static_cast<std::size_t>(changes.getColumn(2).getInt64());
      change.before = fact_at(changes, 3, change.node);
      change.after = fact_at(changes, 4, change.node);
    }
  }
  return journal;
}

}  // namespace rapport::store
