#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <deque>
#include <limits>
#include <random>

#include "rapport/base/error.h"
#include "rapport/table/arrow.h"

namespace rapport {
namespace {

using ::testing::HasSubstr;

/// A stream made by hand of buffers that the test owns; counts what is released.
struct Producer {
  struct Piece {
    std::vector<void const*> buffers;
    std::int64_t length = 0, null_count = 0, offset = 0;
  };
  std::string format, name = "column", metadata;
  std::vector<Piece> pieces;  // one column, one piece a batch
  std::int64_t batch_offset = 0, batch_length = -1;
  std::vector<std::uint8_t> batch_validity;
  int fail_schema = 0, fail_batch = 0;
  char const* error = nullptr;
  ArrowSchema dictionary{};
  bool has_dictionary = false;

  int released_streams = 0, released_schemas = 0, released_arrays = 0;
  std::size_t next = 0;
  ArrowSchema child_schema{};
  ArrowSchema* child_schema_pointer = &child_schema;
  std::deque<ArrowArray> arrays;
  std::deque<ArrowArray*> pointers;
  std::deque<std::array<void const*, 1>> roots;

  ArrowArrayStream stream() {
    ArrowArrayStream out{};
    out.private_data = this;
    out.get_schema = [](ArrowArrayStream* s, ArrowSchema* schema) {
      auto& self = *static_cast<Producer*>(s->private_data);
      if (self.fail_schema) return self.fail_schema;
      self.child_schema = {};
      self.child_schema.format = self.format.c_str();
      self.child_schema.name = self.name.c_str();
      self.child_schema.metadata = self.metadata.empty() ? nullptr : self.metadata.c_str();
      if (self.has_dictionary) self.child_schema.dictionary = &self.dictionary;
      *schema = {};
      schema->format = "+s";
      schema->n_children = 1;
      schema->children = &self.child_schema_pointer;
      schema->private_data = &self;
      schema->release = [](ArrowSchema* released) {
        ++static_cast<Producer*>(released->private_data)->released_schemas;
        released->release = nullptr;
      };
      return 0;
    };
    out.get_next = [](ArrowArrayStream* s, ArrowArray* array) {
      auto& self = *static_cast<Producer*>(s->private_data);
      *array = {};
      if (self.fail_batch) return self.fail_batch;
      if (self.next == self.pieces.size()) return 0;
      Piece& piece = self.pieces[self.next++];
      ArrowArray child{};
      child.length = piece.length;
      child.null_count = piece.null_count;
      child.offset = piece.offset;
      child.n_buffers = static_cast<std::int64_t>(piece.buffers.size());
      child.buffers = piece.buffers.data();
      self.arrays.push_back(child);
      self.pointers.push_back(&self.arrays.back());
      self.roots.push_back({self.batch_validity.empty() ? nullptr : self.batch_validity.data()});
      array->length = self.batch_length < 0 ? piece.length : self.batch_length;
      array->offset = self.batch_offset;
      array->null_count = self.batch_validity.empty() ? 0 : -1;
      array->n_buffers = 1;
      array->buffers = self.roots.back().data();
      array->n_children = 1;
      array->children = &self.pointers.back();
      array->private_data = &self;
      array->release = [](ArrowArray* released) {
        ++static_cast<Producer*>(released->private_data)->released_arrays;
        released->release = nullptr;
      };
      return 0;
    };
    out.get_last_error = [](ArrowArrayStream* s) { return static_cast<Producer*>(s->private_data)->error; };
    out.release = [](ArrowArrayStream* s) {
      ++static_cast<Producer*>(s->private_data)->released_streams;
      s->release = nullptr;
    };
    return out;
  }

  Column read() {
    ArrowArrayStream s = stream();
    Table const table = import_stream(&s);
    EXPECT_EQ(s.release, nullptr);
    EXPECT_EQ(released_streams, 1);
    EXPECT_EQ(released_schemas, 1);
    EXPECT_EQ(static_cast<std::size_t>(released_arrays), pieces.size());
    return table.columns().at(0);
  }

  std::string refusal() {
    ArrowArrayStream s = stream();
    try {
      (void)import_stream(&s);
    } catch (InvalidInput const& refused) {
      EXPECT_EQ(s.release, nullptr);
      EXPECT_EQ(released_streams, 1);
      return refused.what();
    }
    return "nothing was refused";
  }
};

template <class T>
Producer producer(std::string format, std::vector<T> const& cells) {
  Producer made;
  made.format = std::move(format);
  made.pieces.push_back({{nullptr, cells.data()}, static_cast<std::int64_t>(cells.size())});
  return made;
}

std::vector<std::int64_t> whole(Column const& column) {
  return std::get<std::vector<std::int64_t>>(column.values);
}
std::vector<std::string> texts(Column const& column) {
  return std::get<std::vector<std::string>>(column.values);
}

template <class T>
void expect_integers(std::string format) {
  std::vector<T> const cells = {0, 1, 100, std::numeric_limits<T>::min()};
  Column const column = producer(std::move(format), cells).read();
  EXPECT_EQ(column.type, ColumnType::Int64);
  EXPECT_EQ(whole(column), (std::vector<std::int64_t>{0, 1, 100, static_cast<std::int64_t>(cells[3])}));
}

TEST(ArrowImport, ReadsEveryWidthOfInteger) {
  expect_integers<std::int8_t>("c");
  expect_integers<std::uint8_t>("C");
  expect_integers<std::int16_t>("s");
  expect_integers<std::uint16_t>("S");
  expect_integers<std::int32_t>("i");
  expect_integers<std::uint32_t>("I");
  expect_integers<std::int64_t>("l");
  expect_integers<std::uint64_t>("L");
}

TEST(ArrowImport, RefusesANumberThatWouldNotKeepItsValue) {
  std::vector<std::uint64_t> const cells = {1, std::uint64_t{1} << 63};
  auto made = producer("L", cells);
  EXPECT_THAT(made.refusal(), HasSubstr("column column (Arrow format \"L\"): row 2 does not fit"));
}

TEST(ArrowImport, ReadsSinglePrecision) {
  std::vector<float> const cells = {0.5F, -2};
  EXPECT_EQ(std::get<std::vector<double>>(producer("f", cells).read().values),
            (std::vector<double>{0.5, -2}));
}

TEST(ArrowImport, ReadsTimestampsOfEveryUnitWithoutZone) {
  for (auto const& [format, unit] : std::vector<std::pair<std::string, std::int64_t>>{
           {"tss:", 1}, {"tsm:", 1000}, {"tsu:", 1'000'000}, {"tsn:", 1'000'000'000}}) {
    std::vector<std::int64_t> const cells = {-7 * unit, 1'800'000'000 * unit};
    Column const column = producer(format, cells).read();
    EXPECT_EQ(column.type, ColumnType::Instant);
    EXPECT_EQ(whole(column), (std::vector<std::int64_t>{-7, 1'800'000'000}));
  }
}

TEST(ArrowImport, RefusesTimestampsWithAZoneOrAFractionOfASecond) {
  std::vector<std::int64_t> const cells = {1500};
  EXPECT_THAT(producer("tsm:", cells).refusal(), HasSubstr("row 1 holds a fraction of a second"));
  EXPECT_THAT(producer("tss:Europe/Berlin", cells).refusal(), HasSubstr("project time has no zone"));
}

TEST(ArrowImport, ReadsDatesOfBothWidths) {
  std::vector<std::int32_t> const days = {-1, 20000};
  std::vector<std::int64_t> const milliseconds = {-86'400'000, 20000LL * 86'400'000};
  EXPECT_EQ(whole(producer("tdD", days).read()), (std::vector<std::int64_t>{-1, 20000}));
  Column const column = producer("tdm", milliseconds).read();
  EXPECT_EQ(column.type, ColumnType::Date);
  EXPECT_EQ(whole(column), (std::vector<std::int64_t>{-1, 20000}));
}

TEST(ArrowImport, ReadsASliceFromItsOffset) {
  std::vector<std::int32_t> const offsets = {0, 1, 3, 6, 10};
  std::string const bytes = "abbcccdddd";
  std::vector<std::uint8_t> const validity = {0b1101};
  Producer made;
  made.format = "u";
  made.pieces.push_back({{validity.data(), offsets.data(), bytes.data()}, 3, -1, 1});
  Column const column = made.read();
  EXPECT_EQ(texts(column), (std::vector<std::string>{"", "ccc", "dddd"}));
  EXPECT_EQ(column.valid, (std::vector<std::uint8_t>{0, 1, 1}));
}

TEST(ArrowImport, AddsTheOffsetOfTheBatchToTheOffsetOfItsColumns) {
  std::vector<std::int64_t> const cells = {0, 1, 2, 3, 4, 5};
  auto made = producer("l", cells);
  made.pieces[0].offset = 1;
  made.pieces[0].length = 5;
  made.batch_offset = 2;
  made.batch_length = 3;
  made.batch_validity = {0b11011};
  Column const column = made.read();
  EXPECT_EQ(whole(column), (std::vector<std::int64_t>{0, 4, 5}));
  EXPECT_EQ(column.valid, (std::vector<std::uint8_t>{0, 1, 1}));
}

TEST(ArrowImport, JoinsBatchesAndStartsToCountNullsWhereTheyBegin) {
  std::vector<std::int64_t> const cells = {1, 2};
  std::vector<std::uint8_t> const validity = {0b10};
  auto made = producer("l", cells);
  made.pieces.push_back({{validity.data(), cells.data()}, 2, 1, 0});
  made.pieces.push_back({{nullptr, nullptr}, 0, 0, 0});
  Column const column = made.read();
  EXPECT_EQ(whole(column), (std::vector<std::int64_t>{1, 2, 0, 2}));
  EXPECT_EQ(column.valid, (std::vector<std::uint8_t>{1, 1, 0, 1}));
}

TEST(ArrowImport, ReadsLargeTextAndTextViews) {
  std::vector<std::int64_t> const offsets = {0, 2, 2};
  std::string const bytes = "ab";
  Producer large;
  large.format = "U";
  large.pieces.push_back({{nullptr, offsets.data(), bytes.data()}, 2});
  EXPECT_EQ(texts(large.read()), (std::vector<std::string>{"ab", ""}));

  struct View {
    std::int32_t length;
    char start[4];
    std::int32_t buffer, offset;
  };
  std::string const data = "__a long enough text";
  std::vector<View> views(2);
  views[0] = {static_cast<std::int32_t>(data.size()) - 2, {'a', ' ', 'l', 'o'}, 0, 2};
  views[1].length = 12;
  std::memcpy(views[1].start, "twelve bytes", 12);
  std::vector<std::int64_t> const sizes = {static_cast<std::int64_t>(data.size())};
  Producer view;
  view.format = "vu";
  view.pieces.push_back({{nullptr, views.data(), data.data(), sizes.data()}, 2});
  EXPECT_EQ(texts(view.read()), (std::vector<std::string>{"a long enough text", "twelve bytes"}));
}

TEST(ArrowImport, ReadsAColumnOfNullsAsEmptyText) {
  Producer made;
  made.format = "n";
  made.pieces.push_back({{}, 2, 2});
  Column const column = made.read();
  EXPECT_EQ(column.valid, (std::vector<std::uint8_t>{0, 0}));
}

TEST(ArrowImport, BringsDecimalsToTheMinorUnitOfTheirCurrency) {
  std::vector<std::int64_t> const halves = {1500, 0, -1500, -1};
  auto whole_units = producer("d:10,0", halves);
  whole_units.pieces[0].length = 2;
  EXPECT_EQ(whole(whole_units.read()), (std::vector<std::int64_t>{150000, -150000}));
  auto thousandths = producer("d:38,3,128", halves);
  thousandths.pieces[0].length = 2;
  EXPECT_EQ(whole(thousandths.read()), (std::vector<std::int64_t>{150, -150}));
  auto fractions = producer("d:38,4", halves);
  fractions.pieces[0].length = 2;
  EXPECT_EQ(whole(fractions.read()), (std::vector<std::int64_t>{15, -15}));
  auto lossy = producer("d:38,5", halves);
  lossy.pieces[0].length = 2;
  EXPECT_THAT(lossy.refusal(), HasSubstr("row 1 holds a fraction of the currency's minor unit"));
  std::vector<std::int64_t> const huge = {0, 1};
  auto large = producer("d:38,2", huge);
  large.pieces[0].length = 1;
  EXPECT_THAT(large.refusal(), HasSubstr("row 1 is too large an amount"));
}

TEST(ArrowImport, NamesTheColumnAndFormatItCannotRead) {
  std::vector<std::int64_t> const cells = {1};
  for (auto const* const format : {"+l", "z", "w:16", "tsx:", "d:76,2,256", "", "tin"})
    EXPECT_THAT(producer(format, cells).refusal(),
                HasSubstr("column column (Arrow format \"" + std::string(format) + "\")"));
  auto dictionary = producer("i", cells);
  dictionary.has_dictionary = true;
  EXPECT_THAT(dictionary.refusal(), HasSubstr("dictionary-encoded"));
}

TEST(ArrowImport, PassesOnWhatTheProducerSaysOfItsFailure) {
  std::vector<std::int64_t> const cells = {1};
  auto schema = producer("l", cells);
  schema.fail_schema = EIO;
  schema.error = "the disk is gone";
  EXPECT_THAT(schema.refusal(), HasSubstr("the disk is gone"));
  auto batch = producer("l", cells);
  batch.fail_batch = EINVAL;
  EXPECT_THAT(batch.refusal(), HasSubstr("Invalid argument"));
}

TEST(ArrowImport, RefusesArraysThatBelieTheirSchema) {
  std::vector<std::int64_t> const cells = {1, 2};
  auto buffers = producer("l", cells);
  buffers.pieces[0].buffers = {nullptr};
  EXPECT_THAT(buffers.refusal(), HasSubstr("1 buffers"));
  auto length = producer("l", cells);
  length.batch_length = 3;
  EXPECT_THAT(length.refusal(), HasSubstr("shorter than its batch"));
  std::vector<std::int32_t> const offsets = {0, 5, 3};
  Producer backwards;
  backwards.format = "u";
  backwards.pieces.push_back({{nullptr, offsets.data(), "abcde"}, 2});
  EXPECT_THAT(backwards.refusal(), HasSubstr("row 2 has offsets that run backwards"));
}

TEST(ArrowImport, RefusesAStreamThatIsUsedUp) {
  ArrowArrayStream used{};
  EXPECT_THROW((void)import_stream(&used), InvalidInput);
  EXPECT_THROW((void)import_stream(nullptr), InvalidInput);
}

template <class T, class Make>
std::vector<std::optional<T>> cells(std::mt19937& random, std::size_t rows, bool nulls, Make const& make) {
  std::vector<std::optional<T>> out(rows);
  for (auto& cell : out)
    if (!nulls || random() % 3 != 0) cell = make();
  return out;
}

Table random_table(std::mt19937& random) {
  Table table("t" + std::to_string(random() % 10));
  std::size_t const rows = random() % 30;
  auto const number = [&] { return static_cast<std::int64_t>(random()) - (std::int64_t{1} << 31); };
  for (int c = 0; c < 12; ++c) {
    std::string const name = "c" + std::to_string(c);
    bool const nulls = random() % 2 == 0;
    std::string const unit = random() % 2 ? "单位" : "";
    switch (random() % 8) {
      case 0:
        table.add(name, cells<bool>(random, rows, nulls, [&] { return random() % 2 == 0; }), unit);
        break;
      case 1:
        table.add(name, cells<std::int64_t>(random, rows, nulls, number), unit);
        break;
      case 2:
        table.add(name, cells<double>(random, rows, nulls, [&] { return static_cast<double>(number()) / 7; }),
                  unit);
        break;
      case 3:
        table.add(name,
                  cells<std::string>(random, rows, nulls, [&] { return std::string(random() % 20, 'x'); }),
                  unit);
        break;
      case 4:
        table.add(name, cells<Instant>(random, rows, nulls, [&] { return Instant{number()}; }), unit);
        break;
      case 5:
        table.add(name,
                  cells<Date>(random, rows, nulls, [&] { return Date{static_cast<std::int32_t>(number())}; }),
                  unit);
        break;
      case 6:
        table.add(name, cells<Work>(random, rows, nulls, [&] { return Work{number()}; }), unit);
        break;
      default: {
        Currency const currency(random() % 2 ? "JPY" : "KWD");
        table.add(name, cells<Money>(random, rows, nulls, [&] { return Money{number(), currency}; }));
      }
    }
  }
  return table;
}

TEST(ArrowRoundTrip, GivesTheSameTable) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    Table const table = random_table(random);
    ArrowArrayStream stream{};
    export_stream(table, &stream);
    ASSERT_EQ(import_stream(&stream), table) << to_csv(table);
  }
}

TEST(ArrowRoundTrip, KeepsATableWithoutColumnsOrRows) {
  for (auto const& table : {Table("none"), Table("empty").add("i", std::vector<int>{}), Table()}) {
    ArrowArrayStream stream{};
    export_stream(table, &stream);
    EXPECT_EQ(import_stream(&stream), table);
  }
}

}  // namespace
}  // namespace rapport
