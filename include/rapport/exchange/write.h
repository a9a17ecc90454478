#pragma once
// Facts into files. A writer keeps all of the file that the facts came from, changes in it what the facts
// say otherwise, and lists what the format cannot hold.

#include <filesystem>
#include <string>
#include <string_view>

#include "rapport/base/error.h"
#include "rapport/model/facts.h"

namespace rapport {

/// A file as it is to be, and what of the facts it does not hold. Every finding was made by reading `bytes`
/// again and comparing.
struct WrittenFile {
  std::string bytes{};
  Diagnostics diagnostics{};
};

/// Primavera P6 XER. `original` is the XER that the facts were read from: its tables, columns, order and code
/// page are kept, and only fields of facts that differ from it are written anew; facts it lacks are added
/// under fresh ids, facts it has beyond these are taken out with the rows that hang on them. Empty: a file of
/// the facts alone, in windows-1252, or UTF-8 where that cannot hold its text. `code_page` says what
/// `original` is written in, as for read_xer. Characters that the code page lacks become "?" and are listed.
/// Cost: O(facts + original), that of reading it twice. Errors: ParseError for an original that is no XER;
/// InvalidInput when the facts do not fit together (see validate).
[[nodiscard]] WrittenFile write_xer(Facts const& facts, std::string_view original = "",
                                    std::string_view code_page = "");

/// Microsoft Project XML (MSPDI), likewise; elements, comments and white space of `original` (plain XML, not
/// gzip) are kept. Branches of the work breakdown that no summary task stands for become summary tasks.
/// Activities are read back under their UIDs; the key stands in the task's WBS code, a resource's in its
/// initials.
/// Errors: ParseError, InvalidInput.
[[nodiscard]] WrittenFile write_mspdi(Facts const& facts, std::string_view original = "");

/// What a file ends in says what it is to hold: .xer, .xml or .json (a document, see to_document).
enum class FileFormat : std::uint8_t { Xer, Mspdi, Document };
/// Errors: InvalidInput for any other ending.
[[nodiscard]] FileFormat format_for(std::filesystem::path const& path);

/// Writes `facts` to `path`. `original` is the file they were read from, or empty; it counts when it has the
/// format that `path` asks for, and may be `path` itself. The file is written beside `path` and then takes
/// its place, so that there is never half of it. Errors: InvalidInput when a file cannot be read or written;
/// ParseError.
[[nodiscard]] Diagnostics write(Facts const& facts, std::filesystem::path const& path,
                                std::filesystem::path const& original = {});

}  // namespace rapport
