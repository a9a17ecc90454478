#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace rapport {

/// The whole file. Errors: InvalidInput when it cannot be opened or read.
[[nodiscard]] std::string file_bytes(std::filesystem::path const& path);

/// Undoes gzip (zlib). Errors: ParseError when the stream is broken or holds more than `most` bytes (0: as
/// ReadOptions::most_unpacked tells).
[[nodiscard]] std::string unpacked(std::string_view gzip, std::string_view file, std::uint64_t most = 0);

}  // namespace rapport
