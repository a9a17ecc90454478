#pragma once
// Looking at many bytes at once.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/utf8.h"

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

/// Lines that come one after the other and begin alike.
struct LineScan {
  std::size_t size = 0;  ///< In bytes, with the end of the last line.
  std::int64_t lines = 0;
  bool ascii = true;  ///< False also where only a byte soon behind them is beyond ASCII.
};

/// Goes over the lines of `text` that begin with `first` and `second`, as the first one does, up to one that
/// does not.
[[nodiscard]] inline LineScan scan_lines(std::string_view text, char first, char second) {
  LineScan found;
  char const *at = text.data(), *const end = at + text.size();
#if defined(__SSE2__)
  __m128i const newline = _mm_set1_epi8('\n'), begins = _mm_set1_epi8(first), goes_on = _mm_set1_epi8(second);
  __m128i seen = _mm_setzero_si128(), lines = _mm_setzero_si128();
  auto const load = [](char const* from) { return _mm_loadu_si128(reinterpret_cast<__m128i const*>(from)); };
  for (; end - at >= 66; at += 64) {
    __m128i count = _mm_setzero_si128(), others = _mm_setzero_si128();
    for (int i = 0; i < 64; i += 16) {
      __m128i const bytes = load(at + i), ends = _mm_cmpeq_epi8(bytes, newline);
      __m128i const alike =
          _mm_and_si128(_mm_cmpeq_epi8(load(at + i + 1), begins), _mm_cmpeq_epi8(load(at + i + 2), goes_on));
      others = _mm_or_si128(others, _mm_andnot_si128(alike, ends));
      count = _mm_sub_epi8(count, ends);
      seen = _mm_or_si128(seen, bytes);
    }
    if (_mm_movemask_epi8(others) != 0) break;
    lines = _mm_add_epi64(lines, _mm_sad_epu8(count, _mm_setzero_si128()));
  }
  std::int64_t halves[2];
  _mm_storeu_si128(reinterpret_cast<__m128i*>(halves), lines);
  found.lines = halves[0] + halves[1];
  found.ascii = _mm_movemask_epi8(seen) == 0;
#endif
  while (at != end) {
    auto const* stop = static_cast<char const*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
    stop = stop == nullptr ? end : stop + 1;
    found.ascii = found.ascii && holds_ascii({at, static_cast<std::size_t>(stop - at)});
    ++found.lines;
    at = stop;
    if (end - at < 2 || at[0] != first || at[1] != second) break;
  }
  found.size = static_cast<std::size_t>(at - text.data());
  return found;
}

/// Whether the `size` bytes at `a` and at `b` are the same: for short texts, where calling memcmp takes
/// longer.
[[nodiscard]] inline bool same_bytes(char const* a, char const* b, std::size_t size) {
  auto const differs = [&]<class Word>(std::size_t i, Word) {
    Word x, y;
    std::memcpy(&x, a + i, sizeof x);
    std::memcpy(&y, b + i, sizeof y);
    return x != y;
  };
  if (size < 4) {
    for (std::size_t i = 0; i < size; ++i)
      if (a[i] != b[i]) return false;
    return true;
  }
  if (size < 8) return !differs(0, std::uint32_t{}) && !differs(size - 4, std::uint32_t{});
  for (std::size_t i = 0; i + 8 < size; i += 8)
    if (differs(i, std::uint64_t{})) return false;
  return !differs(size - 8, std::uint64_t{});
}

/// A stretch of XML up to the next tag.
struct XmlStretch {
  char const* end;
  bool plain;  ///< It holds neither an entity nor a control character.
};

/// From `at` to the next '<', or to `end`.
[[nodiscard]] inline XmlStretch xml_stretch(char const* at, char const* end) {
  bool plain = true;
#if defined(__SSE2__)
  for (; end - at >= 16; at += 16) {
    __m128i const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(at));
    __m128i const entity = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('&'));
    __m128i const control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(' ' - 1)), bytes);
    auto const special = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(entity, control)));
    auto const tag = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('<'))));
    // The lowest bit of `tag` and those above it do not count; without a tag all do.
    if ((special & (tag - 1) & ~tag) != 0) plain = false;
    if (tag != 0) return {at + std::countr_zero(tag), plain};
  }
#endif
  for (; at != end && *at != '<'; ++at)
    if (*at == '&' || static_cast<unsigned char>(*at) < ' ') plain = false;
  return {at, plain};
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
