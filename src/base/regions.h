#pragma once
// Memory for columns of middling size, side by side on large pages.

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>

namespace rapport {

/// A plan of 100 000 activities has some sixty columns of half a megabyte, and a pass reads most of them in
/// step: on pages of 4 KB that is more pages than a processor remembers the places of. So they share regions
/// of which the system is asked to back each 2 MB with one page. A region is given back when nothing is left
/// in it; one, or a quarter of those in use, is kept for what comes next. Safe to use from several threads.
class Regions {
 public:
  static constexpr std::size_t granule = 4096, granules = 8192, size = granule * granules;
  static constexpr std::size_t least = 32 * 1024, most = std::size_t{16} << 20;  ///< Of a block, in bytes.

  /// Of `bytes` on a line of the cache; nullptr when the system has no memory left.
  [[nodiscard]] void* take(std::size_t bytes);
  void give_back(void* memory, std::size_t bytes) noexcept;

  /// How many there are, with those that are kept.
  [[nodiscard]] std::size_t count() const;

  /// Of the process; it outlives all columns.
  [[nodiscard]] static Regions& shared();

  Regions() = default;
  Regions(Regions const&) = delete;
  Regions& operator=(Regions const&) = delete;
  ~Regions();

 private:
  struct Region {
    std::array<std::uint64_t, granules / 64> taken{};  ///< A bit for each granule.
    std::size_t in_use = 0;
    std::size_t too_many = granules + 1;  ///< No room for so many granules in a row since the last came back.
  };
  /// The first of `count` free granules in a row, which are then taken; `granules` when there are none.
  [[nodiscard]] static std::size_t claim(Region& region, std::size_t count);

  mutable std::mutex mutex_;
  std::map<std::byte*, Region> regions_;
  std::size_t empty_ = 0;  ///< Of them, without a block.
  std::size_t turn_ = 0;
};

}  // namespace rapport
