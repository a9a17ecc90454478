#include "store/append.h"

#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "rapport/model/document.h"
#include "store/refusal.h"
#include "store/rows.h"

namespace rapport::store {
namespace {

[[noreturn]] void refuse_parted(std::filesystem::path const& path, std::string const& where) {
  refuse(path, SQLITE_MISMATCH,
         "and the project have parted: " + where +
             "; load the store and apply the edits to what it holds, or save the project as a new store");
}

/// The entries that the project has beyond those stored. Errors: StoreError when the stored ones
/// are not the first of the project's.
std::span<JournalEntry const> new_entries(SQLite::Database& db, std::filesystem::path const& path,
                                          Project const& project) {
  std::span<JournalEntry const> const ours = project.journal();
  SQLite::Statement stored(db, "SELECT number, author, at, reason FROM journal ORDER BY number");
  std::size_t count = 0;
  for (; stored.executeStep(); ++count) {
    std::string const number = stored.getColumn(0).getString();
    if (count == ours.size()) refuse_parted(path, "it holds entry " + number + " that the project has not");
    JournalEntry const& entry = ours[count];
    if (stored.getColumn(0).getInt64() != static_cast<std::int64_t>(entry.number) ||
        stored.getColumn(1).getString() != entry.author.name ||
        stored.getColumn(2).getString() != to_string(entry.author.when) ||
        stored.getColumn(3).getString() != entry.reason)
      refuse_parted(path, "entry " + number + " differs");
  }
  // Author, time and reason could agree by chance; the last common entry must agree in full.
  if (count > 0 && read_journal(db, ours[count - 1].number).front() != ours[count - 1])
    refuse_parted(path, "entry " + std::to_string(ours[count - 1].number) + " differs");
  return ours.subspan(count);
}

/// What a run of entries does to one kind of fact, looked at as a whole.
struct Touched {
  std::map<std::string, std::optional<Fact>> first;  ///< Before the run, by key.
  bool removes = false;
};

std::map<FactKind, Touched> touched_by(std::span<JournalEntry const> entries) {
  std::map<FactKind, Touched> kinds;
  for (auto const& entry : entries)
    for (auto const& change : entry.changes) {
      Touched& kind = kinds[change.node.kind];
      kind.first.try_emplace(change.node.key, change.before);
      kind.removes |= !change.after;
    }
  return kinds;
}

template <class T>
void append_facts(SQLite::Database& db, std::filesystem::path const& path, Project const& project,
                  Touched const& touched) {
  std::string const kind = FactTraits<T>::name;
  auto const& facts = project.facts().*FactTraits<T>::member;
  SQLite::Statement stored(db, "SELECT position, document FROM fact WHERE kind = ? AND key = ?");
  SQLite::Statement remove(db, "DELETE FROM fact WHERE kind = ? AND key = ?");
  stored.bind(1, kind);
  remove.bind(1, kind);
  SQLite::Statement last(db, "SELECT coalesce(max(position), -1), count(*) FROM fact WHERE kind = ?");
  last.bind(1, kind);
  last.executeStep();
  std::int64_t const end = last.getColumn(0).getInt64() + 1;
  auto const before_count = static_cast<std::size_t>(last.getColumn(1).getInt64());

  FactWriter writer(db);
  bool reorder = touched.removes;
  for (auto const& [key, first] : touched.first) {
    stored.reset();
    stored.bind(2, key);
    bool const known = stored.executeStep();
    std::int64_t const position = known ? stored.getColumn(0).getInt64() : 0;
    bool const agrees =
        known == first.has_value() &&
        (!known || fact_from_document(FactTraits<T>::kind, stored.getColumn(1).getString(), kind) == *first);
    if (!agrees) refuse_parted(path, kind + " " + key + " is not what the project's edits began from");
    auto const index = project.index_of(FactTraits<T>::kind, key);
    if (!index) {
      remove.bind(2, key);
      run(remove);
      continue;
    }
    // New facts stand at the end, in their own order, unless something was removed before.
    if (!known && *index < before_count) reorder = true;
    std::int64_t const place =
        known ? position : end + static_cast<std::int64_t>(*index - std::min(*index, before_count));
    writer.put(place, facts[*index]);
  }
  if (reorder) {
    SQLite::Statement place(db,
                            "UPDATE fact SET position = ?1 WHERE kind = ?2 AND key = ?3 AND position <> ?1");
    place.bind(2, kind);
    for (std::size_t i = 0; i < facts.size(); ++i) {
      place.bind(1, static_cast<std::int64_t>(i));
      place.bind(3, facts[i].key);
      run(place);
    }
  }
}

void check_counts(SQLite::Database& db, std::filesystem::path const& path, Project const& project) {
  std::map<std::string, std::int64_t> stored;
  SQLite::Statement rows(db, "SELECT kind, count(*) FROM fact GROUP BY kind");
  while (rows.executeStep()) stored[rows.getColumn(0).getString()] = rows.getColumn(1).getInt64();
  for_each_fact_type([&]<class T>() {
    auto const ours = static_cast<std::int64_t>((project.facts().*FactTraits<T>::member).size());
    auto const theirs = stored[FactTraits<T>::name];
    if (ours != theirs)
      refuse_parted(path, "the project holds " + std::to_string(ours) + " " + FactTraits<T>::plural +
                              " where the store would hold " + std::to_string(theirs));
  });
}

}  // namespace

void append(SQLite::Database& db, std::filesystem::path const& path, Project const& project) {
  auto const entries = new_entries(db, path, project);
  auto const touched = touched_by(entries);
  for_each_fact_type([&]<class T>() {
    if (auto const kind = touched.find(FactTraits<T>::kind); kind != touched.end())
      append_facts<T>(db, path, project, kind->second);
  });
  write_project(db, project.facts());
  write_journal(db, entries);
  check_counts(db, path, project);
}

}  // namespace rapport::store
