#include "store/refusal.h"

#include <sqlite3.h>

namespace rapport::store {

std::string sentence(int code, std::string const& told) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "is locked by another program; close that program or try again when it has finished";
    case SQLITE_NOTADB:
      return "is no Rapport store: it is no SQLite file, or is encrypted";
    case SQLITE_CORRUPT:
      return "is damaged (" + told + "); restore a copy, or rescue what is left with \"sqlite3 .recover\"";
    case SQLITE_READONLY:
      return "may not be written; check its permissions or save under another name";
    case SQLITE_FULL:
      return "could not be written: the disk is full";
    case SQLITE_CANTOPEN:
      return "cannot be opened; check that it exists and its permissions";
    default:
      return "failed: " + told;
  }
}

void refuse(std::filesystem::path const& path, int code, std::string const& why) {
  throw StoreError(code, "store " + path.string() + " " + why);
}

}  // namespace rapport::store
