#include "rapport/table/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rapport/base/error.h"

namespace rapport {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Currency const eur("EUR");

Table one_of_each() {
  Table table("figures");
  table.add("critical", std::vector<bool>{true, false})
      .add("count", std::vector<int>{-3, 7})
      .add("share", std::vector<double>{0.1, 1e300})
      .add("name", std::vector<std::string>{"桩基", ""})
      .add("start", std::vector<Instant>{at(Date{0}, 8 * 3600), at(Date{-1})})
      .add("day", std::vector<std::optional<Date>>{Date{31}, std::nullopt})
      .add("float", std::vector<Work>{hours(96), minutes(-45)}, "h")
      .add("cost", std::vector<std::optional<Money>>{Money{-123456, eur}, std::nullopt});
  return table;
}

TEST(Table, TakesTheTypeOfAColumnFromItsCells) {
  std::vector<ColumnType> types;
  Table const table = one_of_each();
  for (auto const& column : table.columns()) types.push_back(column.type);
  EXPECT_THAT(types, ElementsAre(ColumnType::Bool, ColumnType::Int64, ColumnType::Float64, ColumnType::Text,
                                 ColumnType::Instant, ColumnType::Date, ColumnType::Work, ColumnType::Money));
  EXPECT_EQ(table.rows(), 2U);
}

TEST(Table, WritesCellsAsPeopleReadThem) {
  Table const table = one_of_each();
  std::vector<std::string> first, second;
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    first.push_back(table.text(0, c));
    second.push_back(table.text(1, c));
  }
  EXPECT_THAT(first,
              ElementsAre("true", "-3", "0.1", "桩基", "1970-01-01T08:00", "1970-02-01", "96h", "-1234.56"));
  EXPECT_THAT(second, ElementsAre("false", "7", "1e+300", "", "1969-12-31T00:00", "", "-45m", ""));
}

TEST(Table, TakesTheUnitOfMoneyFromItsCurrency) {
  EXPECT_EQ(one_of_each().column("cost").unit, "EUR");
  EXPECT_EQ(one_of_each().column("float").unit, "h");
}

TEST(Table, WritesMoneyWithTheMinorDigitsOfItsCurrency) {
  Table table;
  table.add("yen", std::vector<Money>{{1500, Currency("JPY")}})
      .add("dinar", std::vector<Money>{{1500, Currency("KWD")}});
  EXPECT_EQ(table.text(0, 0), "1500");
  EXPECT_EQ(table.text(0, 1), "1.500");
}

TEST(Table, RefusesToMixCurrencies) {
  Table table;
  std::vector<Money> const mixed = {{1, eur}, {1, Currency("USD")}};
  try {
    table.add("cost", mixed);
    FAIL() << "two currencies in one column";
  } catch (InvalidInput const& error) {
    EXPECT_THAT(error.what(), HasSubstr("column cost holds EUR and cannot hold 0.01 USD"));
  }
}

TEST(Table, LetsNoMoneyAtAllStandBesideAnyCurrency) {
  Table table;
  table.add("cost", std::vector<Money>{{}, {1, eur}, {}});
  EXPECT_EQ(table.column("cost").unit, "EUR");
}

TEST(Table, RefusesColumnsThatDoNotFit) {
  Table table("plan");
  table.add("a", std::vector<int>{1, 2});
  EXPECT_THROW(table.add("a", std::vector<int>{1, 2}), InvalidInput);
  EXPECT_THROW(table.add("b", std::vector<int>{1}), InvalidInput);
  EXPECT_THROW(table.add(Column{"c", ColumnType::Text, "", std::vector<double>{1, 2}, {}}), InvalidInput);
  EXPECT_THROW(table.add(Column{"d", ColumnType::Int64, "", std::vector<std::int64_t>{1, 2}, {1}}),
               InvalidInput);
  EXPECT_EQ(table.columns().size(), 1U);
}

TEST(Table, NamesTheNearestColumnsWhenOneIsNotThere) {
  Table table;
  table.add("total_float", std::vector<int>{}).add("free_float", std::vector<int>{});
  try {
    (void)table.column("total_flaot");
    FAIL() << "found a column that is not there";
  } catch (NotFound const& error) {
    EXPECT_EQ(error.kind(), "column");
    EXPECT_THAT(error.nearest(), ElementsAre("total_float"));
  }
}

}  // namespace
}  // namespace rapport
