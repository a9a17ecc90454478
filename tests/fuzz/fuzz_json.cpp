#include <cstddef>
#include <cstdint>
#include <string_view>

#include "rapport/exchange/read.h"
#include "whole_way.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  rapport::fuzz::go_the_whole_way([&] { return rapport::facts_from_document(bytes, "fuzz").facts; });
  return 0;
}
