// What is ASCII and UTF-8, against iconv and one byte at a time.

#include "base/utf8.h"

#include <gtest/gtest.h>
#include <iconv.h>

#include <random>
#include <vector>

namespace rapport {
namespace {

bool iconv_reads_as_utf8(std::string text) {
  iconv_t const handle = iconv_open("UTF-32LE", "UTF-8");
  std::vector<char> room(text.size() * 4 + 4);
  char *in = text.data(), *out = room.data();
  std::size_t left = text.size(), free = room.size();
  bool const good = iconv(handle, &in, &left, &out, &free) != static_cast<std::size_t>(-1);
  iconv_close(handle);
  return good;
}

TEST(Utf8, IsWhatIconvReads) {
  char const* const pieces[] = {"\xC3\xA4", "\xE4\xB8\xAD", "\xF0\x9D\x84\x9E",
                                "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                "\xE4\xB8", "\x80",         "\xFF",
                                "\xC3"};
  std::mt19937 random(4);
  int good = 0;
  for (int round = 0; round < 5000; ++round) {
    std::string text(random() % 150, 'x');
    for (auto count = random() % 3; count > 0; --count)
      text.insert(random() % (text.size() + 1),
                  pieces[random() % (random() % 4 == 0 ? std::size(pieces) : 3)]);
    bool const expected = iconv_reads_as_utf8(text);
    ASSERT_EQ(holds_utf8(text), expected) << text;
    good += expected;
  }
  EXPECT_GT(good, 2000);
  EXPECT_LT(good, 4900);
}

TEST(Utf8, FindsTheFirstByteBeyondAsciiWhereverItStands) {
  for (std::size_t size = 0; size < 140; ++size) {
    for (std::size_t place = 0; place <= size; ++place) {
      std::string text(size, '~');
      if (place < size) text[place] = '\x80';
      ASSERT_EQ(first_beyond_ascii(text), place);
      ASSERT_EQ(first_beyond_ascii(text, place / 2), place);
      ASSERT_EQ(first_beyond_ascii(text, std::min(place + 1, size)), size);
      ASSERT_EQ(holds_ascii(text), place == size);
    }
  }
}

}  // namespace
}  // namespace rapport
