#include "rapport/base/aligned.h"

#include <cstdlib>

#include "base/large_memory.h"
#include "base/regions.h"

namespace rapport {
namespace {

/// Not where each block must be known by itself for its ends to be watched.
constexpr bool in_region([[maybe_unused]] std::size_t bytes) {
#if defined(__SANITIZE_ADDRESS__) || !defined(__linux__)
  return false;
#else
  return bytes >= Regions::least && bytes < Regions::most;
#endif
}

}  // namespace

void* allocate_aligned(std::size_t bytes) {
  constexpr std::size_t line = 64, large_page = std::size_t{2} << 20;
  void* memory = nullptr;
  if (in_region(bytes)) {
    memory = Regions::shared().take(bytes);
  } else {
    std::size_t const alignment = bytes < 2 * large_page ? line : large_page;
    std::size_t const whole = (bytes + alignment - 1) / alignment * alignment;
    memory = whole < bytes ? nullptr : std::aligned_alloc(alignment, whole == 0 ? line : whole);
    if (memory) prefer_large_pages(memory, whole);
  }
  if (!memory) throw std::bad_alloc();
  return memory;
}

void free_aligned(void* memory, std::size_t bytes) noexcept {
  if (in_region(bytes))
    Regions::shared().give_back(memory, bytes);
  else
    std::free(memory);
}

}  // namespace rapport
