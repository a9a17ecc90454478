#include "rapport/base/aligned.h"

#include <cstdlib>

#include "base/large_memory.h"

namespace rapport {

void* allocate_aligned(std::size_t bytes) {
  constexpr std::size_t line = 64, large_page = std::size_t{2} << 20, large_block = 2 * large_page;
  std::size_t const alignment = bytes < large_block ? line : large_page;
  std::size_t const whole = (bytes + alignment - 1) / alignment * alignment;
  void* const memory = whole < bytes ? nullptr : std::aligned_alloc(alignment, whole == 0 ? line : whole);
  if (!memory) throw std::bad_alloc();
  prefer_large_pages(memory, whole);
  return memory;
}

void free_aligned(void* memory) noexcept { std::free(memory); }

}  // namespace rapport
