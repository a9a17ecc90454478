#include <cstddef>
#include <cstdint>
#include <string_view>

#include "rapport/exchange/read.h"
#include "rapport/model/project.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  try {
    (void)rapport::validate(rapport::read_mspdi(bytes, "fuzz").facts);
  } catch (rapport::Error const&) {
    // A refusal is an answer.
  }
  return 0;
}
