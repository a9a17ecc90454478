#include "base/regions.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <iterator>
#include <new>

#include "base/large_memory.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace rapport {
namespace {

/// Columns that are read in step must not lie at the same place of their pages, where a cache has few lines
/// for them all.
constexpr std::size_t line = 64, shift = 5 * line, shifts = 12;

void set(std::array<std::uint64_t, Regions::granules / 64>& bits, std::size_t first, std::size_t count,
         bool taken) {
  for (auto k = first; k < first + count;) {
    auto const in_word = std::min<std::size_t>(64 - k % 64, first + count - k);
    auto const mask = (in_word == 64 ? ~std::uint64_t{} : (std::uint64_t{1} << in_word) - 1) << k % 64;
    bits[k / 64] = taken ? bits[k / 64] | mask : bits[k / 64] & ~mask;
    k += in_word;
  }
}

// From the system itself: what malloc has had before lies on small pages, and stays there.

#if defined(__linux__)
std::byte* map_region() {
  constexpr std::size_t large_page = std::size_t{2} << 20;
  void* const mapped =
      mmap(nullptr, Regions::size + large_page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) return nullptr;
  auto* const begin = static_cast<std::byte*>(mapped);
  std::size_t const before = (large_page - reinterpret_cast<std::uintptr_t>(begin) % large_page) % large_page;
  if (before != 0) (void)munmap(begin, before);
  (void)munmap(begin + before + Regions::size, large_page - before);
  prefer_large_pages(begin + before, Regions::size);
  return begin + before;
}
void unmap_region(std::byte* memory) { (void)munmap(memory, Regions::size); }
#else
std::byte* map_region() {
  return static_cast<std::byte*>(std::aligned_alloc(Regions::granule, Regions::size));
}
void unmap_region(std::byte* memory) { std::free(memory); }
#endif

}  // namespace

std::size_t Regions::claim(Region& region, std::size_t count) {
  std::size_t run = 0;
  for (std::size_t k = 0; k < granules;) {
    auto const word = region.taken[k / 64] >> k % 64;
    std::size_t const in_word = 64 - k % 64;
    if ((word & 1) != 0) {
      run = 0;
      k += std::min<std::size_t>(static_cast<std::size_t>(std::countr_one(word)), in_word);
      continue;
    }
    auto const free = std::min<std::size_t>(static_cast<std::size_t>(std::countr_zero(word)), in_word);
    run += free, k += free;
    if (run < count) continue;
    auto const first = k - run;
    set(region.taken, first, count, true);
    region.in_use += count;
    return first;
  }
  region.too_many = count;
  return granules;
}

void* Regions::take(std::size_t bytes) {
  std::lock_guard const lock(mutex_);
  std::size_t const before = turn_++ % shifts * shift;
  std::size_t const count = (before + bytes + granule - 1) / granule;
  for (auto& [memory, region] : regions_) {
    if (count >= region.too_many) continue;
    bool const was_empty = region.in_use == 0;
    auto const first = claim(region, count);
    if (first == granules) continue;
    empty_ -= was_empty;
    return memory + first * granule + before;
  }
  auto* const memory = map_region();
  if (!memory) return nullptr;
  try {
    return memory + claim(regions_[memory], count) * granule + before;
  } catch (std::bad_alloc const&) {
    unmap_region(memory);
    return nullptr;
  }
}

void Regions::give_back(void* memory, std::size_t bytes) noexcept {
  std::lock_guard const lock(mutex_);
  auto* const block = static_cast<std::byte*>(memory);
  auto const found = std::prev(regions_.upper_bound(block));
  auto& region = found->second;
  auto const at = static_cast<std::size_t>(block - found->first);
  std::size_t const count = (at % granule + bytes + granule - 1) / granule;
  set(region.taken, at / granule, count, false);
  region.in_use -= count;
  region.too_many = granules + 1;
  if (region.in_use != 0) return;
  ++empty_;
  std::size_t const kept = std::max<std::size_t>(1, (regions_.size() - empty_) / 4);
  for (auto each = regions_.begin(); empty_ > kept && each != regions_.end();) {
    if (each->second.in_use != 0) {
      ++each;
      continue;
    }
    unmap_region(each->first);
    each = regions_.erase(each);
    --empty_;
  }
}

std::size_t Regions::count() const {
  std::lock_guard const lock(mutex_);
  return regions_.size();
}

Regions& Regions::shared() {
  static auto& regions = *new Regions;
  return regions;
}

Regions::~Regions() {
  for (auto const& [memory, region] : regions_) unmap_region(memory);
}

}  // namespace rapport
