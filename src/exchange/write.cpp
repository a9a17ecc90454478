#include "rapport/exchange/write.h"

#include <zlib.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "exchange/file_bytes.h"
#include "rapport/model/document.h"

namespace rapport {
namespace {

/// Under a name of its own beside `path`, then in its place.
void put_in_place(std::filesystem::path const& path, std::string_view bytes) {
  static std::atomic<unsigned> count{0};
  std::filesystem::path beside = path;
  beside += "." + std::to_string(reinterpret_cast<std::uintptr_t>(bytes.data()) % 1'000'000) + "-" +
            std::to_string(count++) + ".part";
  auto const refuse = [&](std::string const& why) {
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);
    throw InvalidInput("cannot write " + path.string() + ": " + why +
                       "; check that the folder is there and may be written to");
  };
  errno = 0;
  {
    std::ofstream stream(beside, std::ios::binary | std::ios::trunc);
    if (!stream) refuse(errno != 0 ? std::generic_category().message(errno) : "it cannot be opened");
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    if (!stream)
      refuse(errno != 0 ? std::generic_category().message(errno) : "it could not be written whole");
  }
  std::error_code error;
  std::filesystem::rename(beside, path, error);
  if (error) refuse(error.message());
}

bool is_xer(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::size_t const start = bytes.find_first_not_of(" \t\r\n");
  return start != std::string_view::npos && bytes.substr(start).starts_with("ERMHDR");
}

bool is_xml(std::string_view bytes) { return bytes.substr(0, 200).find('<') != std::string_view::npos; }

}  // namespace

FileFormat format_for(std::filesystem::path const& path) {
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (ending == ".xer") return FileFormat::Xer;
  if (ending == ".xml") return FileFormat::Mspdi;
  if (ending == ".json") return FileFormat::Document;
  throw InvalidInput("cannot tell what to write to " + path.string() +
                     "; end its name in .xer (Primavera), .xml (Microsoft Project) or .json (facts)");
}

Diagnostics write(Facts const& facts, std::filesystem::path const& path,
                  std::filesystem::path const& original) {
  FileFormat const format = format_for(path);
  std::string base = original.empty() ? "" : file_bytes(original);
  if (base.starts_with("\x1F\x8B")) base = unpacked(base, original.filename().string());
  WrittenFile file;
  if (format == FileFormat::Xer) {
    file = write_xer(facts, is_xer(base) ? std::string_view(base) : "");
  } else if (format == FileFormat::Mspdi) {
    file = write_mspdi(facts, !is_xer(base) && is_xml(base) ? std::string_view(base) : "");
  } else {
    file.bytes = to_document(facts) + "\n";
  }
  put_in_place(path, file.bytes);
  return file.diagnostics;
}

}  // namespace rapport
