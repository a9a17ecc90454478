#pragma once
// Looking at many bytes at once.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace rapport {

/// Bit i tells whether byte i of the 64 at `at` is `wanted`.
[[nodiscard]] inline std::uint64_t bytes_equal(char const* at, char wanted) {
#if defined(__SSE2__)
  __m128i const pattern = _mm_set1_epi8(wanted);
  auto const sixteen = [&](int i) {
    __m128i const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(at) + i);
    return static_cast<std::uint64_t>(
        static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, pattern))));
  };
  return sixteen(0) | sixteen(1) << 16 | sixteen(2) << 32 | sixteen(3) << 48;
#else
  std::uint64_t bits = 0;
  for (unsigned i = 0; i < 64; ++i) bits |= static_cast<std::uint64_t>(at[i] == wanted ? 1 : 0) << i;
  return bits;
#endif
}

/// Whether none of the bytes is a control character, a quote (") or beyond '~', so that text of any code page
/// of an XER needs no treatment.
[[nodiscard]] inline bool holds_plain_text(std::string_view text) {
  constexpr std::uint64_t each = 0x0101010101010101ULL, high = 0x8080808080808080ULL;
  auto const special = [](std::uint64_t word) {
    std::uint64_t const quote = word ^ (each * '"'), del = word ^ (each * 0x7F);
    return (word | ((word - each * ' ') & ~word) | ((quote - each) & ~quote) | ((del - each) & ~del)) & high;
  };
  std::uint64_t found = 0, word = 0;
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::memcpy(&word, text.data() + i, 8);
    found |= special(word);
  }
  if (i == text.size()) return found == 0;
  if (text.size() >= 8) {
    std::memcpy(&word, text.data() + text.size() - 8, 8);
    return (found | special(word)) == 0;
  }
  word = each * ' ';
  for (std::size_t shift = 0; i < text.size(); ++i, shift += 8) {
    std::uint64_t const byte = static_cast<unsigned char>(text[i]);
    word = (word & ~(std::uint64_t{0xFF} << shift)) | byte << shift;
  }
  return special(word) == 0;
}

}  // namespace rapport
