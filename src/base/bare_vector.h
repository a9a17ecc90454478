#pragma once
// Vectors that leave what nobody has written yet as it is.

#include <memory>
#include <vector>

#include "rapport/base/aligned.h"

namespace rapport {

template <class T, class Memory>
struct BareAllocator : Memory {
  using value_type = T;
  template <class U>
  struct rebind {
    using other = BareAllocator<U, typename std::allocator_traits<Memory>::template rebind_alloc<U>>;
  };

  BareAllocator() = default;
  template <class U, class Other>
  BareAllocator(BareAllocator<U, Other> const&) {}

  template <class U>
  void construct(U* at) {
    ::new (static_cast<void*>(at)) U;
  }
  template <class U, class... Values>
  void construct(U* at, Values&&... values) {
    std::construct_at(at, std::forward<Values>(values)...);
  }
};

template <class T>
using BareVector = std::vector<T, BareAllocator<T, std::allocator<T>>>;
template <class T>
using BareAlignedVector = std::vector<T, BareAllocator<T, AlignedAllocator<T>>>;

}  // namespace rapport
