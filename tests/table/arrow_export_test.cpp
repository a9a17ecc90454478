// Read by a consumer written from the specification alone:
// https://arrow.apache.org/docs/format/CDataInterface.html

#include <gtest/gtest.h>

#include <cstring>

#include "rapport/table/arrow.h"

namespace rapport {
namespace {

struct Stream {
  ArrowArrayStream stream{};
  ArrowSchema schema{};
  ArrowArray batch{};

  explicit Stream(Table table) {
    export_stream(std::move(table), &stream);
    EXPECT_EQ(stream.get_schema(&stream, &schema), 0);
    EXPECT_EQ(stream.get_next(&stream, &batch), 0);
  }
  Stream(Stream const&) = delete;
  Stream& operator=(Stream const&) = delete;
  ~Stream() {
    if (batch.release) batch.release(&batch);
    if (schema.release) schema.release(&schema);
    if (stream.release) stream.release(&stream);
  }

  template <class T>
  T cell(int column, int row) const {
    return static_cast<T const*>(batch.children[column]->buffers[1])[row];
  }
  std::string text(int column, int row) const {
    auto const* const offsets = static_cast<std::int32_t const*>(batch.children[column]->buffers[1]);
    return {static_cast<char const*>(batch.children[column]->buffers[2]) + offsets[row],
            static_cast<std::size_t>(offsets[row + 1] - offsets[row])};
  }
  bool is_null(int column, int row) const {
    auto const* const bits = static_cast<std::uint8_t const*>(batch.children[column]->buffers[0]);
    return bits && !(bits[row / 8] >> (row % 8) & 1);
  }
};

TEST(ArrowExport, GivesEachTypeItsArrowFormat) {
  Table table("plan");
  table.add("b", std::vector<bool>{true})
      .add("i", std::vector<int>{1})
      .add("x", std::vector<double>{1})
      .add("t", std::vector<std::string>{"a"})
      .add("s", std::vector<Instant>{{}})
      .add("d", std::vector<Date>{{}})
      .add("w", std::vector<Work>{{}})
      .add("m", std::vector<Money>{{1, Currency("EUR")}})
      .add("y", std::vector<Money>{{1, Currency("JPY")}});
  Stream const stream(table);
  EXPECT_STREQ(stream.schema.format, "+s");
  EXPECT_STREQ(stream.schema.name, "plan");
  std::vector<std::string> formats;
  for (int c = 0; c < stream.schema.n_children; ++c) formats.emplace_back(stream.schema.children[c]->format);
  EXPECT_EQ(formats,
            (std::vector<std::string>{"b", "l", "g", "u", "tss:", "tdD", "tDs", "d:19,2", "d:19,0"}));
  EXPECT_STREQ(stream.schema.children[3]->name, "t");
  EXPECT_EQ(stream.schema.children[3]->flags, ARROW_FLAG_NULLABLE);
}

TEST(ArrowExport, PacksBooleansAndNullsIntoBits) {
  std::vector<std::optional<bool>> cells;
  for (int row = 0; row < 19; ++row)
    cells.push_back(row % 5 == 0 ? std::nullopt : std::optional(row % 3 == 0));
  Table table;
  table.add("b", cells);
  Stream const stream(table);
  EXPECT_EQ(stream.batch.length, 19);
  EXPECT_EQ(stream.batch.children[0]->null_count, 4);
  for (int row = 0; row < 19; ++row) {
    EXPECT_EQ(stream.is_null(0, row), row % 5 == 0);
    if (row % 5 == 0) continue;
    bool const value = stream.cell<std::uint8_t>(0, row / 8) >> (row % 8) & 1;
    EXPECT_EQ(value, row % 3 == 0) << row;
  }
}

TEST(ArrowExport, LeavesOutTheBitmapWhenNothingIsNull) {
  Table table;
  table.add("i", std::vector<std::optional<int>>{1, 2});
  Stream const stream(table);
  EXPECT_EQ(stream.batch.children[0]->buffers[0], nullptr);
  EXPECT_EQ(stream.batch.children[0]->null_count, 0);
}

TEST(ArrowExport, LaysTextEndToEnd) {
  Table table;
  table.add("t", std::vector<std::optional<std::string>>{"ab", std::nullopt, "", "桩"});
  Stream const stream(table);
  EXPECT_EQ(stream.text(0, 0), "ab");
  EXPECT_TRUE(stream.is_null(0, 1));
  EXPECT_EQ(stream.text(0, 2), "");
  EXPECT_EQ(stream.text(0, 3), "桩");
}

TEST(ArrowExport, ExtendsTheSignOfMoneyTo128Bits) {
  Table table;
  table.add("m", std::vector<Money>{{-1, Currency("EUR")}, {150, Currency("EUR")}});
  Stream const stream(table);
  EXPECT_EQ(stream.cell<std::int64_t>(0, 0), -1);
  EXPECT_EQ(stream.cell<std::int64_t>(0, 1), -1);
  EXPECT_EQ(stream.cell<std::int64_t>(0, 2), 150);
  EXPECT_EQ(stream.cell<std::int64_t>(0, 3), 0);
}

TEST(ArrowExport, TellsTheUnitInTheMetadata) {
  Table table;
  table.add("f", std::vector<int>{1}, "min");
  Stream const stream(table);
  std::string expected;
  for (std::int32_t const n : {1, 4}) expected.append(reinterpret_cast<char const*>(&n), 4);
  expected += "unit";
  std::int32_t const length = 3;
  expected.append(reinterpret_cast<char const*>(&length), 4);
  expected += "min";
  EXPECT_EQ(std::memcmp(stream.schema.children[0]->metadata, expected.data(), expected.size()), 0);
}

TEST(ArrowExport, EndsAfterOneBatch) {
  Table table;
  table.add("i", std::vector<int>{1});
  Stream stream(table);
  ArrowArray next{};
  EXPECT_EQ(stream.stream.get_next(&stream.stream, &next), 0);
  EXPECT_EQ(next.release, nullptr);
}

TEST(ArrowExport, KeepsABatchAliveAfterItsStream) {
  Table table;
  table.add("t", std::vector<std::string>{"kept"});
  Stream stream(table);
  stream.stream.release(&stream.stream);
  EXPECT_EQ(stream.stream.release, nullptr);
  EXPECT_EQ(stream.text(0, 0), "kept");
}

TEST(ArrowExport, KeepsAChildThatWasMovedOutAliveAfterItsParent) {
  Table table;
  table.add("a", std::vector<std::string>{"first"}).add("b", std::vector<std::string>{"second"}, "unit");
  Stream stream(table);
  ArrowArray child = *stream.batch.children[1];
  stream.batch.children[1]->release = nullptr;
  ArrowSchema field = *stream.schema.children[1];
  stream.schema.children[1]->release = nullptr;
  stream.batch.release(&stream.batch);
  stream.schema.release(&stream.schema);
  EXPECT_EQ(std::memcmp(child.buffers[2], "second", 6), 0);
  EXPECT_STREQ(field.name, "b");
  child.release(&child);
  field.release(&field);
  EXPECT_EQ(child.release, nullptr);
  EXPECT_EQ(field.release, nullptr);
}

TEST(ArrowExport, GivesTheSchemaAsOftenAsAsked) {
  Table table;
  table.add("a", std::vector<int>{1});
  Stream stream(table);
  ArrowSchema again{};
  EXPECT_EQ(stream.stream.get_schema(&stream.stream, &again), 0);
  EXPECT_STREQ(again.children[0]->name, "a");
  again.release(&again);
}

}  // namespace
}  // namespace rapport
