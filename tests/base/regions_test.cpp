#include "base/regions.h"

#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <random>
#include <thread>
#include <vector>

namespace rapport {
namespace {

struct Block {
  std::byte* memory;
  std::size_t bytes;
  std::byte mark;
};

void fill(Block const& block) { std::memset(block.memory, std::to_integer<int>(block.mark), block.bytes); }
bool whole(Block const& block) {
  for (std::size_t k = 0; k < block.bytes; ++k)
    if (block.memory[k] != block.mark) return false;
  return true;
}

// Blocks that come and go at random keep what was written to them, so none lies over another.
void come_and_go(Regions& regions, std::uint64_t seed, int steps) {
  std::mt19937_64 random(seed);
  std::vector<Block> blocks;
  for (int step = 0; step < steps; ++step) {
    if (blocks.size() < 40 && random() % 5 < 3) {
      auto const bytes =
          Regions::least + random() % (random() % 4 == 0 ? Regions::most - Regions::least : 200'000);
      Block const block{static_cast<std::byte*>(regions.take(bytes)), bytes,
                        static_cast<std::byte>(random() % 256)};
      ASSERT_NE(block.memory, nullptr);
      ASSERT_EQ(reinterpret_cast<std::uintptr_t>(block.memory) % 64, 0U);
      fill(block);
      blocks.push_back(block);
    } else if (!blocks.empty()) {
      auto& gone = blocks[random() % blocks.size()];
      ASSERT_TRUE(whole(gone));
      regions.give_back(gone.memory, gone.bytes);
      gone = blocks.back();
      blocks.pop_back();
    }
  }
  for (auto const& block : blocks) {
    ASSERT_TRUE(whole(block));
    regions.give_back(block.memory, block.bytes);
  }
}

TEST(Regions, KeepBlocksApart) {
  Regions regions;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) come_and_go(regions, seed, 500);
  EXPECT_EQ(regions.count(), 1U) << "one is kept when all is given back";
}

TEST(Regions, ServeSeveralThreads) {
  Regions regions;
  std::vector<std::thread> threads;
  for (std::uint64_t seed = 1; seed <= 4; ++seed)
    threads.emplace_back([&regions, seed] { come_and_go(regions, 10 + seed, 200); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(regions.count(), 1U);
}

TEST(Regions, FillGapsBeforeTheyGrow) {
  Regions regions;
  constexpr std::size_t bytes = Regions::size / 16;
  std::vector<void*> blocks;
  while (regions.count() < 3) blocks.push_back(regions.take(bytes));
  auto const in_two = blocks.size() - 1;
  EXPECT_GE(in_two, 30U) << "half a shift each is all that is lost";
  for (std::size_t k = 1; k < 8; k += 2) regions.give_back(blocks[k], bytes);
  for (std::size_t k = 1; k < 8; k += 2) blocks[k] = regions.take(bytes);
  EXPECT_EQ(regions.count(), 3U);
  for (auto* const block : blocks) regions.give_back(block, bytes);
  EXPECT_EQ(regions.count(), 1U);
}

}  // namespace
}  // namespace rapport
