// The rows of an XER, found many bytes at a time, against a splitter that goes line by line.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "exchange/code_page.h"
#include "exchange/xer_file.h"

namespace rapport {
namespace {

struct SlowTable {
  std::vector<std::pair<std::int64_t, std::string>> rows;  ///< Line and text.
  std::int64_t stated = 0;
};

struct SlowXer {
  std::vector<SlowTable> tables;
  bool ascii = true;
};

bool blank(std::string const& line) { return line.find_first_not_of(" \t\r\n\x1A") == std::string::npos; }

/// Without findings: a line that continues a row is joined to it with all that lies between.
SlowXer slowly(std::string const& bytes) {
  SlowXer result;
  bool row_open = false;
  std::string between;
  std::int64_t number = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    std::size_t const newline = bytes.find('\n', at);
    bool const whole = newline != std::string::npos;
    std::string line = bytes.substr(at, whole ? newline - at : newline);
    std::string const end = line.ends_with('\r') ? "\r\n" : "\n";
    at = whole ? newline + 1 : bytes.size();
    ++number;
    if (line.ends_with('\r')) line.pop_back();
    for (char const c : line) result.ascii = result.ascii && static_cast<unsigned char>(c) < 0x80;
    if (line.starts_with("%E")) return result;
    if (line.starts_with("%T")) {
      result.tables.emplace_back();
      row_open = false;
    } else if (line.starts_with("%R")) {
      result.tables.back().stated += 1;
      row_open = whole;
      if (whole) result.tables.back().rows.emplace_back(number, line.size() > 3 ? line.substr(3) : "");
      between = end;
    } else if (line.starts_with("%F")) {
      row_open = false;
    } else if (blank(line)) {
      between += line + end;
    } else if (line.starts_with('%')) {
      row_open = false;
    } else if (row_open) {
      result.tables.back().rows.back().second += between + line;
      between = end;
    }
  }
  return result;
}

std::string random_xer(std::mt19937_64& random) {
  auto const below = [&](std::uint64_t n) { return random() % n; };
  std::string const end = below(2) == 0 ? "\n" : "\r\n";
  auto const field = [&] {
    std::string text(below(4) == 0 ? below(140) : below(12), "abc 1"[below(5)]);
    if (below(40) == 0) text += '\xC4';
    if (below(20) == 0) text += "\xCF\xF0\xEE\xE5\xEA\xF2";
    if (below(60) == 0) text += '%';
    return text;
  };
  auto const fields = [&](std::uint64_t most) {
    std::string text;
    for (std::uint64_t i = below(most); i-- > 0;) text += field() + (i > 0 ? "\t" : "");
    return text;
  };
  std::string bytes = "ERMHDR\t8" + end;
  bool const regular = below(3) == 0;
  std::size_t const least = bytes.size() + std::string("%T\tTABLE").size();
  for (std::uint64_t table = below(4) + 1; table-- > 0;) {
    bytes += "%T\tTABLE" + end + "%F\ta\tb\tc" + end;
    for (std::uint64_t line = below(40); line-- > 0;) {
      std::uint64_t const kind = regular ? 9 : below(16);
      if (kind == 0)
        bytes += std::string(below(3), '\t') + end;
      else if (kind == 1)
        bytes += "x" + fields(6) + end;
      else if (kind == 2)
        bytes += (below(2) == 0 ? "%" : "%junk\t") + end;
      else if (kind == 3 && below(4) == 0)
        bytes += "%F\td" + end;
      else if (kind == 4)
        bytes += "%R" + end;
      else
        bytes += "%R\t" + fields(20) + end;
    }
  }
  if (below(2) == 0) bytes += "%E" + end + (below(3) == 0 ? "behind " + field() + end : "");
  if (below(4) == 0)
    bytes.resize(std::max(least, bytes.size() - std::min<std::size_t>(bytes.size(), below(80))));
  return bytes;
}

TEST(RandomXer, HasTheRowsThatGoingLineByLineFinds) {
  std::mt19937_64 random(11);
  std::size_t continued = 0, cut = 0, beyond = 0;
  for (int k = 0; k < 4000; ++k) {
    std::string const bytes = random_xer(random);
    std::vector<char> const exact(bytes.begin(), bytes.end());  // so that a sanitizer sees where it ends
    std::string_view const view(exact.data(), exact.size());
    Findings findings("x");
    XerFile const xer = split_xer(view, "x", findings);
    SlowXer const slow = slowly(bytes);
    ASSERT_EQ(xer.tables.size(), slow.tables.size()) << k;
    for (std::size_t t = 0; t < slow.tables.size(); ++t) {
      SlowTable const& expected = slow.tables[t];
      ASSERT_EQ(xer.tables[t].row_count, expected.stated) << k;
      for (std::size_t const wanted : {std::size_t{0}, std::size_t{1}, std::size_t{3}, std::size_t{70}}) {
        std::size_t r = 0;
        for (XerRows rows(xer.tables[t], xer); rows.next(wanted); ++r) {
          ASSERT_LT(r, expected.rows.size()) << k;
          auto const& [number, text] = expected.rows[r];
          ASSERT_EQ(rows.line(), number) << k;
          ASSERT_EQ(rows.fields(), text) << k;
          std::vector<std::string> parts(1);
          for (char const c : text) c == '\t' ? (void)parts.emplace_back() : parts.back().push_back(c);
          ASSERT_EQ(rows.count(), std::min(wanted, parts.size())) << k;
          for (std::size_t i = 0; i < rows.count(); ++i) ASSERT_EQ(rows.field(i), parts[i]) << k;
          continued += text.find('\n') != std::string::npos;
        }
        ASSERT_EQ(r, expected.rows.size()) << k;
      }
      cut += expected.stated != static_cast<std::int64_t>(expected.rows.size());
    }
    ASSERT_TRUE(slow.ascii || !xer.beyond_ascii.empty()) << k;
    Findings ignored("x");
    ASSERT_EQ(xer_code_page(view, xer.beyond_ascii, ignored), xer_code_page(view, ignored)) << k;
    auto const plain = [](std::string_view part) {
      return std::all_of(part.begin(), part.end(),
                         [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    };
    if (!xer.beyond_ascii.empty()) {
      auto const from = static_cast<std::size_t>(xer.beyond_ascii.data() - view.data());
      EXPECT_TRUE(plain(view.substr(0, from))) << k;
      EXPECT_TRUE(plain(view.substr(from + xer.beyond_ascii.size()))) << k;
      ++beyond;
    }
  }
  EXPECT_GT(continued, 1000U);
  EXPECT_GT(cut, 100U);
  EXPECT_GT(beyond, 1000U);
}

}  // namespace
}  // namespace rapport
