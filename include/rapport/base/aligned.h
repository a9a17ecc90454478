#pragma once
// Arrays that vectors of any width are loaded from and stored to in one piece.

#include <cstddef>
#include <new>
#include <vector>

namespace rapport {

/// Memory that begins on a line of the cache, from 32 KB on on large pages where the system has them.
/// Errors: std::bad_alloc.
[[nodiscard]] void* allocate_aligned(std::size_t bytes);
/// Of allocate_aligned(bytes).
void free_aligned(void* memory, std::size_t bytes) noexcept;

template <class T>
struct AlignedAllocator {
  using value_type = T;

  AlignedAllocator() = default;
  template <class U>
  AlignedAllocator(AlignedAllocator<U> const&) {}

  [[nodiscard]] T* allocate(std::size_t count) {
    if (count > static_cast<std::size_t>(-1) / sizeof(T)) throw std::bad_array_new_length();
    return static_cast<T*>(allocate_aligned(count * sizeof(T)));
  }
  void deallocate(T* memory, std::size_t count) noexcept { free_aligned(memory, count * sizeof(T)); }

  template <class U>
  friend bool operator==(AlignedAllocator const&, AlignedAllocator<U> const&) {
    return true;
  }
};

template <class T>
using AlignedVector = std::vector<T, AlignedAllocator<T>>;

}  // namespace rapport
