#include "rapport/base/aligned.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace rapport {
namespace {

TEST(AlignedVector, BeginsOnALineOfTheCacheWhateverItsSize) {
  for (std::size_t const count : {1U, 3U, 16U, 1000U, 262143U, 262144U, 3000000U}) {
    AlignedVector<std::int32_t> numbers(count, 7);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(numbers.data()) % 64, 0U) << count;
    numbers.push_back(8);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(numbers.data()) % 64, 0U) << count << " and one more";
    EXPECT_EQ(numbers.front(), 7);
    EXPECT_EQ(numbers[count], 8);
  }
}

TEST(AlignedVector, RefusesMoreThanThereCanBe) {
  std::size_t const most = std::numeric_limits<std::size_t>::max();
  EXPECT_THROW((void)AlignedAllocator<std::int32_t>().allocate(most / 2), std::bad_array_new_length);
  EXPECT_THROW((void)allocate_aligned(most - 1), std::bad_alloc);
}

}  // namespace
}  // namespace rapport
