#pragma once

#include <cstddef>
#include <vector>

namespace rapport {

/// Asks the system to back `bytes` at `memory`, not yet touched, with large pages: the first touch of
/// millions of small ones takes longer than filling them. Does nothing for small blocks, and where there is
/// no such thing.
void prefer_large_pages(void* memory, std::size_t bytes);

/// Room for `count` in all, of which as many will come.
template <class T>
void reserve_large(std::vector<T>& vector, std::size_t count) {
  if (count <= vector.capacity()) return;
  vector.reserve(count);
  prefer_large_pages(vector.data() + vector.size(), (vector.capacity() - vector.size()) * sizeof(T));
}

/// A vector of `count` values.
template <class T>
[[nodiscard]] std::vector<T> large_vector(std::size_t count) {
  std::vector<T> result;
  reserve_large(result, count);
  result.resize(count);
  return result;
}

}  // namespace rapport
