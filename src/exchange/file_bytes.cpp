#include "exchange/file_bytes.h"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <system_error>

#include "base/large_memory.h"
#include "rapport/base/error.h"

namespace rapport {

std::string file_bytes(std::filesystem::path const& path) {
  auto const refuse = [&](std::string const& why) {
    throw InvalidInput("cannot read " + path.string() + ": " + why +
                       "; check the name and that it may be read");
  };
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) refuse("it is a folder");
  errno = 0;
  std::ifstream stream(path, std::ios::binary | std::ios::ate);
  if (!stream) refuse(errno != 0 ? std::generic_category().message(errno) : "it cannot be opened");
  auto const size = static_cast<std::size_t>(std::max<std::streamoff>(stream.tellg(), 0));
  std::string bytes;
  bytes.reserve(size);
  prefer_large_pages(bytes.data(), bytes.capacity());
  bytes.resize(size);
  stream.seekg(0);
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!stream) refuse("it could not be read to its end");
  return bytes;
}

std::string unpacked(std::string_view gzip, std::string_view file, std::uint64_t most) {
  constexpr std::size_t step = std::size_t{1} << 20;
  constexpr std::uint64_t always = std::uint64_t{256} << 20, ever = std::uint64_t{4} << 30;
  if (most == 0) most = std::clamp<std::uint64_t>(gzip.size() * std::uint64_t{100}, always, ever);
  constexpr int gzip_with_largest_window = 15 + 16;
  z_stream stream{};
  if (inflateInit2(&stream, gzip_with_largest_window) != Z_OK) throw std::bad_alloc();
  std::unique_ptr<z_stream, decltype(&inflateEnd)> const owner(&stream, &inflateEnd);
  std::string result;
  std::string_view rest = gzip;
  int status = Z_OK;
  while (status != Z_STREAM_END) {
    if (stream.avail_in == 0 && !rest.empty()) {
      std::size_t const portion = std::min(rest.size(), step);
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(rest.data()));  // zlib only reads there
      stream.avail_in = static_cast<uInt>(portion);
      rest.remove_prefix(portion);
    }
    std::size_t const before = result.size();
    result.resize(before + step);
    stream.next_out = reinterpret_cast<Bytef*>(result.data() + before);
    stream.avail_out = static_cast<uInt>(step);
    status = inflate(&stream, Z_NO_FLUSH);
    result.resize(before + step - stream.avail_out);
    if (status != Z_OK && status != Z_STREAM_END) {
      throw ParseError(std::string(file), 0, 0,
                       "the gzip stream is broken or cut off; check that the file is whole");
    }
    if (result.size() > most) {
      throw ParseError(std::string(file), 0, 0,
                       "the gzip stream unpacks to more than " + std::to_string(most) +
                           " bytes; if that is right, allow more (most_unpacked) or unpack it first");
    }
  }
  return result;
}

}  // namespace rapport
