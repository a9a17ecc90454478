#pragma once
// Files into facts. A reader returns what it understood and lists what it could not keep; what it
// must refuse it refuses with a ParseError that says where and why.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "rapport/base/run_control.h"
#include "rapport/model/document.h"
#include "rapport/model/facts.h"

namespace rapport {

struct ReadOptions {
  /// Bytes that a gzip file may unpack to. 0: 256 MiB, or a hundred times its own size where that is more,
  /// and never more than 4 GiB; plans seldom pack better than thirty to one.
  std::uint64_t most_unpacked = 0;
  /// Of an XER file, as iconv names it ("windows-1253"); empty: as its bytes suggest.
  std::string code_page{};
};

/// Reads a plan or a piece of one by what it holds, not by its name: Primavera XER, MS Project XML
/// (plain or gzip), a Rapport JSON document, or a CSV of traces or of any one kind of fact (see
/// read_csv). Diagnostics name `path` as it is given.
/// Errors: ParseError; InvalidInput when the file cannot be opened or nobody knows the code page.
[[nodiscard]] ReadResult read(std::filesystem::path const& path, RunControl const& control = {},
                              ReadOptions const& options = {});

/// Primavera P6 XER, any version. `bytes` in the code page the file uses (UTF-8, or Windows-125x as
/// its currency and text suggest; `code_page` overrides, e.g. "windows-1251").
/// Cost: O(bytes). Errors: ParseError.
[[nodiscard]] ReadResult read_xer(std::string_view bytes, std::string_view file,
                                  std::string_view code_page = "", RunControl const& control = {});

/// Microsoft Project XML (MSPDI). Cost: O(bytes). Errors: ParseError.
[[nodiscard]] ReadResult read_mspdi(std::string_view bytes, std::string_view file,
                                    RunControl const& control = {});

/// RFC 4180 with a header of field names; `kind` is a fact's plural name ("traces", "stakeholders")
/// or empty to tell it from the header. Errors: ParseError.
[[nodiscard]] ReadResult read_csv(std::string_view bytes, std::string_view file, std::string_view kind = "");

/// Several sources into one: later facts replace earlier ones of the same key, said in a diagnostic.
[[nodiscard]] ReadResult combine(std::span<ReadResult const> sources);

}  // namespace rapport
