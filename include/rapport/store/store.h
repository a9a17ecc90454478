#pragma once

#include <filesystem>
#include <memory>

#include "rapport/model/project.h"

namespace rapport {

/// One SQLite file that holds a project: its facts and the journal of their edits. Written in WAL
/// mode with foreign keys on; several readers and one writer at a time.
class Store {
 public:
  /// Makes a new file holding `project`. Errors: StoreError when the file exists already or
  /// cannot be written; nothing is left behind then.
  [[nodiscard]] static Store create(std::filesystem::path const& path, Project const& project);
  /// Errors: StoreError naming the file: it is missing, is no Rapport store, was written by a newer
  /// version, or is locked. One that may not be written can be read all the same.
  [[nodiscard]] static Store open(std::filesystem::path const& path);
  /// True when the file begins like one; never throws for unreadable files.
  [[nodiscard]] static bool is_store(std::filesystem::path const& path);

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// The project as stored. Cost: O(facts + journal).
  [[nodiscard]] Project load() const;
  /// Writes the journal entries that `project` has and the store has not, with the facts they
  /// change, in one transaction. Errors: StoreError when the journals have parted.
  void append(Project const& project);

 private:
  struct Data;
  explicit Store(std::unique_ptr<Data> data);
  std::unique_ptr<Data> data_;
};

}  // namespace rapport
