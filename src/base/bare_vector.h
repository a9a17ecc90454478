#pragma once
// Vectors that leave what nobody has written yet as it is.

#include <memory>
#include <vector>

#include "rapport/base/aligned.h"

namespace rapport {

template <class T>
struct BareAllocator : AlignedAllocator<T> {
  using value_type = T;
  template <class U>
  struct rebind {
    using other = BareAllocator<U>;
  };

  BareAllocator() = default;
  template <class U>
  BareAllocator(BareAllocator<U> const&) {}

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
using BareVector = std::vector<T, BareAllocator<T>>;

}  // namespace rapport
