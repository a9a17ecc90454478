// Files that are cut off, damaged or made to hurt: each is read with diagnostics or refused, never more.

#include <gtest/gtest.h>

#include <random>

#include "exchange/reading.h"
#include "support/corpus.h"

namespace rapport {
namespace {

struct Reader {
  char const* sample;
  ReadResult (*read)(std::string_view);
};

Reader const readers[] = {
    {"tests/data/xer/bridge.xer", [](std::string_view bytes) { return read_xer(bytes, "x"); }},
    {"tests/data/mspdi/kitchen.xml", [](std::string_view bytes) { return read_mspdi(bytes, "x"); }},
};

/// Whether it was read; anything but a refusal fails the test.
bool survives(Reader const& reader, std::string_view bytes) {
  try {
    (void)reader.read(bytes);
    return true;
  } catch (ParseError const&) {
    return false;
  }
}

TEST(HostileFile, MayBeCutOffAnywhere) {
  for (Reader const& reader : readers) {
    std::string const whole = bytes_of(support::source_tree(reader.sample));
    for (std::size_t length = 0; length < whole.size(); length += 1 + length / 200) {
      (void)survives(reader, std::string_view(whole).substr(0, length));
    }
    EXPECT_TRUE(survives(reader, whole)) << reader.sample;
  }
}

TEST(HostileFile, MayHaveAnyBytesChanged) {
  std::mt19937 random(20261123);
  for (Reader const& reader : readers) {
    std::string const whole = bytes_of(support::source_tree(reader.sample));
    for (int round = 0; round < 300; ++round) {
      std::string damaged = whole;
      for (int i = 0; i < 20; ++i) damaged[random() % damaged.size()] = static_cast<char>(random());
      (void)survives(reader, damaged);
    }
  }
}

TEST(HostileFile, MayCostMoreThanMoneyCanBe) {
  auto const read_with = [](std::string const& units) {
    return read_mspdi(
        "<Project><Tasks><Task><UID>1</UID></Task></Tasks><Resources><Resource><UID>1</UID>"
        "<Name>Ada</Name><Type>1</Type><StandardRate>9e11</StandardRate><CostPerUse>9e15</CostPerUse>"
        "</Resource></Resources><Assignments><Assignment><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID>"
        "<Cost>100</Cost><Units>" +
            units + "</Units><Work>PT900000H0M0S</Work></Assignment></Assignments></Project>",
        "x");
  };
  for (char const* units : {"1", "1e300"})
    EXPECT_EQ(read_with(units).facts.assignments.at(0).cost->minor, 100) << units;
}

TEST(HostileFile, MayRepeatOneKeyManyTimes) {
  std::string bytes = "ERMHDR\t8\n%T\tTASK\n%F\ttask_id\ttask_code\n";
  for (int i = 0; i < 50'000; ++i) bytes += "%R\t" + std::to_string(i) + "\tA\n";
  bytes += "%E\n";
  EXPECT_EQ(read_xer(bytes, "x").facts.activities.back().key, "A#50000");
}

TEST(HostileFile, MayNestItsWbsDeeplyAndInLoops) {
  std::string bytes = "ERMHDR\t8\n%T\tPROJECT\n%F\tproj_id\n%R\t1\n%T\tPROJWBS\n%F\twbs_id\tparent_wbs_id\n";
  for (int i = 0; i < 20'000; ++i)
    bytes += "%R\t" + std::to_string(i) + "\t" + std::to_string((i + 1) % 20'000) + "\n";
  ReadResult const result = read_xer(bytes + "%E\n", "x");
  EXPECT_EQ(result.facts.wbs.size(), 20'000U);
  EXPECT_NE(said(result).find("WBS nodes contain each other"), std::string::npos);
}

TEST(HostileFile, MayNestBracketsOrElementsDeeply) {
  std::string calendar =
      "ERMHDR\t8\n%T\tPROJECT\n%F\tproj_id\n%R\t1\n%T\tCALENDAR\n%F\tclndr_id\tclndr_data\n%R\t1\t";
  for (int i = 0; i < 100'000; ++i) calendar += "(0||x()(";
  EXPECT_EQ(read_xer(calendar + "\n%E\n", "x").facts.calendars.size(), 1U);
  std::string elements;
  for (int i = 0; i < 200'000; ++i) elements += "<Project>";
  EXPECT_FALSE(survives(readers[1], elements));
}

TEST(HostileFile, MayHoldAbsurdDatesAndDurations) {
  std::string const bytes =
      "ERMHDR\t8\n%T\tPROJECT\n%F\tproj_id\tlast_recalc_date\n%R\t1\t9999-12-31 23:59\n"
      "%T\tTASK\n%F\ttask_id\tproj_id\ttask_code\ttarget_drtn_hr_cnt\tact_start_date\ttotal_float_hr_cnt\n"
      "%R\t1\t1\tA\t1e300\t0000-00-00 00:00\tnan\n%R\t2\t1\tB\t-5\t99999-01-01 00:00\tinf\n%E\n";
  Facts const facts = read_xer(bytes, "x").facts;
  EXPECT_EQ(facts.activities[0].duration, Work{});
  EXPECT_EQ(facts.activities[1].duration, Work{});
  EXPECT_FALSE(facts.activities[0].progress.actual_start);
  EXPECT_FALSE(facts.recorded_dates[1].total_float);
}

TEST(HostileFile, MayNameEveryElementDifferently) {
  std::string elements = "<Project><Tasks><Task><UID>1</UID>";
  for (int i = 0; i < 100'000; ++i) elements += "<x" + std::to_string(i) + "/>";
  ReadResult const result = read_mspdi(elements + "</Task></Tasks></Project>", "x");
  EXPECT_EQ(result.facts.activities.size(), 1U);
  EXPECT_NE(said(result).find("x199, and others"), std::string::npos) << said(result);
}

TEST(HostileFile, MayEndItsRowsAtTheEndOfItsBytes) {
  // Fields are found 64 bytes at a time: rows of every length, the last byte being the last there is.
  for (std::size_t length = 0; length < 200; ++length) {
    std::string const name(length, 'n');
    std::string const bytes =
        "ERMHDR\t8\n%T\tTASK\n%F\ttask_id\ttask_name\ttask_code\n%R\t1\t" + name + "\tA1";
    std::vector<char> const exact(bytes.begin(), bytes.end());
    ReadResult const cut = read_xer({exact.data(), exact.size()}, "x");
    EXPECT_TRUE(cut.facts.activities.empty()) << "a row without its end may be cut off";
    std::string const whole = bytes + "\n";
    std::vector<char> const tight(whole.begin(), whole.end());
    Facts const facts = read_xer({tight.data(), tight.size()}, "x").facts;
    ASSERT_EQ(facts.activities.size(), 1U);
    EXPECT_EQ(facts.activities[0].name, name);
    EXPECT_EQ(facts.activities[0].key, "A1");
  }
}

TEST(HostileFile, OfGarbageIsRefused) {
  std::string garbage(std::size_t{1} << 24, '\0');
  std::mt19937_64 random(7);
  for (std::size_t i = 0; i + 8 <= garbage.size(); i += 8) {
    std::uint64_t const word = random();
    garbage.replace(i, 8, reinterpret_cast<char const*>(&word), 8);
  }
  for (Reader const& reader : readers) EXPECT_FALSE(survives(reader, garbage));
  EXPECT_FALSE(survives(readers[0], "ERMHDR\t8\n" + garbage));
  EXPECT_FALSE(survives(readers[1], "<Project><Tasks>" + garbage));
}

}  // namespace
}  // namespace rapport
