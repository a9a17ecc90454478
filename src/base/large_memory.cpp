#include "base/large_memory.h"

#include <cstdint>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace rapport {

void prefer_large_pages([[maybe_unused]] void* memory, [[maybe_unused]] std::size_t bytes) {
#if defined(MADV_HUGEPAGE)
  // A smaller block might grow by a whole large page of which it uses little.
  constexpr std::size_t large_block = std::size_t{4} << 20, page = 4096;
  if (bytes < large_block) return;
  std::size_t const before = (page - reinterpret_cast<std::uintptr_t>(memory) % page) % page;
  std::size_t const whole = (bytes - before) / page * page;
  (void)madvise(static_cast<char*>(memory) + before, whole, MADV_HUGEPAGE);
#endif
}

}  // namespace rapport
