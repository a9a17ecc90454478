#include "rapport/store/store.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include "store/append.h"
#include "store/refusal.h"
#include "store/rows.h"
#include "store/schema.h"

namespace rapport {
namespace {

using store::guarded;
using store::refuse;
using store::sentence;

constexpr int busy_milliseconds = 2000;

SQLite::Database connect(std::filesystem::path const& path) {
  SQLite::Database db(path.string(), SQLite::OPEN_READWRITE, busy_milliseconds);
  db.exec("PRAGMA foreign_keys = ON");
  return db;
}

/// https://www.sqlite.org/uri.html: the path with what means something there told as its bytes.
std::string uri_of(std::filesystem::path const& path) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string uri = "file:";
  for (char const c : std::filesystem::absolute(path).string()) {
    auto const byte = static_cast<unsigned char>(c);
    if (c == '?' || c == '#' || c == '%')
      uri += {'%', digits[byte >> 4], digits[byte & 15]};
    else
      uri += c;
  }
  return uri + "?immutable=1";
}

/// To read where nothing may be written. Readers of a WAL share a file beside the store; where there can be
/// none, and nothing waits in the WAL, SQLite must be told that nobody writes meanwhile.
SQLite::Database connect_unwritable(std::filesystem::path const& path) {
  return SQLite::Database(uri_of(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI, busy_milliseconds);
}

bool has_waiting_log(std::filesystem::path const& path) {
  std::error_code error;
  auto const bytes = std::filesystem::file_size(path.string() + "-wal", error);
  return !error && bytes > 0;
}

constexpr std::size_t header_size = 100;
constexpr std::string_view magic("SQLite format 3\0", 16);

/// The first bytes of the file; shorter when it is.
std::string header(std::filesystem::path const& path) {
  std::string bytes(header_size, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

/// https://www.sqlite.org/fileformat.html: big-endian at offset 68.
std::uint32_t application_of(std::string_view header) {
  std::uint32_t id = 0;
  for (std::size_t i = 68; i < 72; ++i) id = id << 8 | static_cast<unsigned char>(header[i]);
  return id;
}

/// Reading the schema is what finds a lock, a damaged file, or a place that may not be written.
SQLite::Database open_database(std::filesystem::path const& path) {
  auto const look = [](SQLite::Database& db) {
    (void)db.execAndGet("SELECT count(*) FROM sqlite_master").getInt();
  };
  try {
    auto db = connect(path);
    look(db);
    return db;
  } catch (SQLite::Exception const& error) {
    int const code = error.getErrorCode() & 0xff;
    bool const unwritable = code == SQLITE_CANTOPEN || code == SQLITE_READONLY;
    if (!unwritable || has_waiting_log(path)) throw;
  }
  auto db = connect_unwritable(path);
  look(db);
  return db;
}

/// Takes away the file that a failed create has begun.
struct Unfinished {
  std::filesystem::path path;
  bool finished = false;
  ~Unfinished() {
    if (finished) return;
    for (auto const* const suffix : {"", "-journal", "-wal", "-shm"}) {
      std::error_code ignored;
      std::filesystem::remove(path.string() + suffix, ignored);
    }
  }
};

}  // namespace

struct Store::Data {
  std::filesystem::path path;
  SQLite::Database db;
};

Store::Store(std::unique_ptr<Data> data) : data_(std::move(data)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Store Store::create(std::filesystem::path const& path, Project const& project) {
  // Mode "x" makes the file or fails, with no moment between the look and the making.
  std::FILE* const made = std::fopen(path.string().c_str(), "wbx");
  if (!made) {
    int const error = errno;
    if (error == EEXIST)
      throw StoreError(
          SQLITE_CANTOPEN,
          "file " + path.string() + " exists already; choose another name, or open it and append to it");
    refuse(path, SQLITE_CANTOPEN, "cannot be made: " + std::generic_category().message(error));
  }
  std::fclose(made);
  Unfinished unfinished{path};
  return guarded(path, [&] {
    auto data = std::make_unique<Data>(Data{path, connect(path)});
    SQLite::Database& db = data->db;
    {
      SQLite::Transaction transaction(db);
      db.exec("PRAGMA application_id = " + std::to_string(store::application_id));
      db.exec("PRAGMA user_version = " + std::to_string(store::format_version));
      db.exec(store::schema());
      store::write_project(db, project.facts());
      store::write_facts(db, project.facts());
      store::write_journal(db, project.journal());
      transaction.commit();
    }
    // Only now, so that the header tells at once what the file is.
    db.exec("PRAGMA journal_mode = WAL");
    unfinished.finished = true;
    return Store(std::move(data));
  });
}

Store Store::open(std::filesystem::path const& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) refuse(path, SQLITE_CANTOPEN, "does not exist; check its name");
  if (!std::filesystem::is_regular_file(path, error)) refuse(path, SQLITE_CANTOPEN, "is no file");
  std::string const first = header(path);
  if (!first.starts_with(magic)) refuse(path, SQLITE_NOTADB, "is no Rapport store: it is no SQLite file");
  if (first.size() < header_size)
    refuse(path, SQLITE_CORRUPT, sentence(SQLITE_CORRUPT, "it ends in its header"));
  if (application_of(first) != static_cast<std::uint32_t>(store::application_id))
    refuse(path, SQLITE_NOTADB, "is no Rapport store: it is an SQLite file of another program");
  return guarded(path, [&] {
    auto data = std::make_unique<Data>(Data{path, open_database(path)});
    int const version = data->db.execAndGet("PRAGMA user_version").getInt();
    if (version > store::format_version)
      refuse(path, SQLITE_SCHEMA,
             "was written by a newer Rapport (format " + std::to_string(version) + ", this one reads up to " +
                 std::to_string(store::format_version) + "); update Rapport");
    return Store(std::move(data));
  });
}

bool Store::is_store(std::filesystem::path const& path) {
  std::string const first = header(path);
  return first.size() == header_size && first.starts_with(magic) &&
         application_of(first) == static_cast<std::uint32_t>(store::application_id);
}

Project Store::load() const {
  return guarded(data_->path, [&] {
    try {
      // One transaction, so that facts and journal are of the same moment.
      SQLite::Transaction transaction(data_->db);
      Facts facts = store::read_facts(data_->db);
      return Project(std::move(facts), store::read_journal(data_->db));
    } catch (Error const& error) {
      refuse(data_->path, SQLITE_CORRUPT, sentence(SQLITE_CORRUPT, error.what()));
    }
  });
}

void Store::append(Project const& project) {
  guarded(data_->path, [&] {
    SQLite::Transaction transaction(data_->db, SQLite::TransactionBehavior::IMMEDIATE);
    store::append(data_->db, data_->path, project);
    transaction.commit();
  });
}

}  // namespace rapport
