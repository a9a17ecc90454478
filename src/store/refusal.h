#pragma once

#include <SQLiteCpp/Exception.h>

#include <filesystem>
#include <string>

#include "rapport/base/error.h"

namespace rapport::store {

/// What a SQLite result code means for the person whose store it is, as the end of a sentence that
/// begins with the file; `told` is SQLite's own message.
[[nodiscard]] std::string sentence(int code, std::string const& told);

/// Errors: StoreError "store <path> <why>".
[[noreturn]] void refuse(std::filesystem::path const& path, int code, std::string const& why);

/// Runs `work` on the store at `path`; what SQLite refuses becomes a StoreError that names the file.
template <class Work>
decltype(auto) guarded(std::filesystem::path const& path, Work&& work) {
  try {
    return work();
  } catch (SQLite::Exception const& error) {
    refuse(path, error.getErrorCode(), sentence(error.getErrorCode(), error.what()));
  }
}

}  // namespace rapport::store
