#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "rapport/table/table.h"

namespace rapport {
namespace {

TEST(Csv, QuotesOnlyWhatRfc4180Requires) {
  Table table;
  table.add("a,b", std::vector<std::string>{"plain", "say \"no\"", "two\nlines", " kept "})
      .add("n", std::vector<std::optional<int>>{1, std::nullopt, 3, 4});
  EXPECT_EQ(to_csv(table), "\"a,b\",n\nplain,1\n\"say \"\"no\"\"\",\n\"two\nlines\",3\n kept ,4\n");
}

TEST(Csv, KeepsARowWhoseOnlyFieldIsEmpty) {
  Table table;
  table.add("a", std::vector<std::string>{"", "x"});
  EXPECT_EQ(to_csv(table), "a\n\"\"\nx\n");
}

TEST(Csv, HoldsOnlyTheHeaderWhenThereAreNoRows) {
  Table table;
  table.add("a", std::vector<int>{}).add("b", std::vector<int>{});
  EXPECT_EQ(to_csv(table), "a,b\n");
  EXPECT_EQ(to_csv(Table()), "");
}

/// Reads RFC 4180 one character at a time.
std::vector<std::vector<std::string>> parse_csv(std::string const& text) {
  std::vector<std::vector<std::string>> rows(1);
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (quoted) {
      if (c != '"')
        field += c;
      else if (i + 1 < text.size() && text[i + 1] == '"')
        field += text[++i];
      else
        quoted = false;
    } else if (c == '"')
      quoted = true;
    else if (c == ',' || c == '\n') {
      rows.back().push_back(std::exchange(field, {}));
      if (c == '\n') rows.emplace_back();
    } else
      field += c;
  }
  rows.pop_back();
  return rows;
}

TEST(Csv, ReadsBackAsItWasWritten) {
  std::mt19937 random(1);
  std::string const alphabet = "ab,\"\n\r 要";
  for (int round = 0; round < 200; ++round) {
    std::size_t const rows = random() % 5, columns = 1 + random() % 4;
    std::vector<std::vector<std::string>> expected(rows + 1, std::vector<std::string>(columns));
    for (auto& row : expected)
      for (auto& field : row)
        for (std::size_t n = random() % 6; n > 0; --n) field += alphabet[random() % alphabet.size()];
    Table table;
    for (std::size_t c = 0; c < columns; ++c) {
      expected[0][c] += std::to_string(c);
      std::vector<std::string> cells;
      for (std::size_t row = 1; row <= rows; ++row) cells.push_back(expected[row][c]);
      table.add(expected[0][c], cells);
    }
    ASSERT_EQ(parse_csv(to_csv(table)), expected) << to_csv(table);
  }
}

TEST(Json, WritesNumbersAndBooleansBare) {
  Table table;
  table.add("n", std::vector<std::optional<int>>{-1, std::nullopt})
      .add("x", std::vector<double>{0.1, std::numeric_limits<double>::infinity()})
      .add("b", std::vector<bool>{true, false})
      .add("t", std::vector<std::string>{"a\"\\\n\x01", "总浮时"})
      .add("m", std::vector<Money>{{100, Currency("EUR")}, {1, Currency("EUR")}})
      .add("w", std::vector<Work>{hours(2), {}});
  EXPECT_EQ(to_json(table),
            R"([{"n": -1, "x": 0.1, "b": true, "t": "a\"\\\n\u0001", "m": "1.00", "w": "2h"},)"
            "\n"
            R"( {"n": null, "x": null, "b": false, "t": "总浮时", "m": "0.01", "w": "0h"}])");
}

TEST(Json, IsAnEmptyListWithoutRows) { EXPECT_EQ(to_json(Table()), "[]"); }

}  // namespace
}  // namespace rapport
