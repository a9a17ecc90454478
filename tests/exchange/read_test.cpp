#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "exchange/reading.h"
#include "support/corpus.h"

namespace rapport {
namespace {

using testing::HasSubstr;

class Folder {
 public:
  Folder()
      : path_(std::filesystem::temp_directory_path() /
              ("rapport-read-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "-" +
               ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;

  std::filesystem::path file(std::string const& name, std::string_view bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return path_ / name;
  }
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// `text` as gzip.
std::string packed(std::string_view text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
  std::string bytes(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  bytes.resize(stream.total_out);
  deflateEnd(&stream);
  return bytes;
}

// 300 MiB of spaces pack to 300 KiB.
TEST(Read, UnpacksNoMoreThanIsAllowed) {
  Folder const folder;
  std::string json = "{\"name\": \"wide\"";
  json.append(std::size_t{300} << 20, ' ') += '}';
  auto const path = folder.file("wide.json.gz", packed(json));
  EXPECT_LT(std::filesystem::file_size(path), std::size_t{1} << 20);
  EXPECT_THAT([&] { (void)read(path); },
              testing::ThrowsMessage<ParseError>(HasSubstr("unpacks to more than 268435456 bytes")));
  auto const small = folder.file("small.json.gz", packed("{\"name\": \"small\"}"));
  EXPECT_EQ(read(small).facts.name, "small");
  EXPECT_EQ(read(small, {}, {.most_unpacked = 100}).facts.name, "small");
  EXPECT_THAT([&] { (void)read(small, {}, {.most_unpacked = 10}); },
              testing::ThrowsMessage<ParseError>(HasSubstr("more than 10 bytes")));
}

// Two folders may hold a plan of the same name.
TEST(Read, TakesACodePageThatIsNamed) {
  auto const path = std::filesystem::temp_directory_path() / "rapport_code_page.xer";
  std::ofstream(path, std::ios::binary)
      << "ERMHDR\t8\n%T\tTASK\n%F\ttask_id\ttask_code\ttask_name\n%R\t1\tA\t\xC1\xE8\xDE\xED\xE1\n%E\n";
  EXPECT_EQ(read(path, {}, {.code_page = "windows-1253"}).facts.activities.at(0).name,
            "\xCE\x91\xCE\xB8\xCE\xAE\xCE\xBD\xCE\xB1")
      << "Athens";
  EXPECT_THROW((void)read(path, {}, {.code_page = "no such page"}), InvalidInput);
  std::filesystem::remove(path);
}

TEST(Read, NamesTheFileAsItWasGiven) {
  Folder const folder;
  auto const path = folder.file("plan.json", "{\"name\": \"p\", \"nmae\": 1}");
  auto const found = read(path).diagnostics;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().file, path.string());
}

TEST(Read, TellsTheFormatByTheContentNotByTheName) {
  Folder const folder;
  std::string const xer = bytes_of(support::source_tree("tests/data/xer/bridge.xer"));
  std::string const xml = bytes_of(support::source_tree("tests/data/mspdi/kitchen.xml"));
  EXPECT_EQ(read(folder.file("a.txt", xer)).facts.activities.size(), 7U);
  EXPECT_EQ(read(folder.file("b.xer", xml)).facts.activities.size(), 5U);
  EXPECT_EQ(read(folder.file("c", R"({"stakeholders": [{"key": "S1", "name": "Ines"}]})"))
                .facts.stakeholders.size(),
            1U);
}

TEST(Read, UnpacksGzip) {
  Folder const folder;
  std::string const xml = bytes_of(support::source_tree("tests/data/mspdi/kitchen.xml"));
  auto const path = folder.path() / "kitchen.xml.gz";
  gzFile const packed = gzopen(path.c_str(), "wb");
  gzwrite(packed, xml.data(), static_cast<unsigned>(xml.size()));
  gzclose(packed);
  EXPECT_EQ(read(path).facts, read_mspdi(xml, "kitchen.xml").facts);

  std::string const whole = bytes_of(path);
  EXPECT_THAT(refusal([&] { return read(folder.file("cut.gz", whole.substr(0, whole.size() / 2))); }),
              HasSubstr("cut.gz: the gzip stream is broken or cut off"));
}

TEST(Read, RefusesWhatIsNoPlanAndSaysWhatItIs) {
  Folder const folder;
  auto const refused = [&](std::string_view bytes) {
    return refusal([&] { return read(folder.file("plan", bytes)); });
  };
  EXPECT_THAT(refused(""), HasSubstr("the file is empty"));
  EXPECT_THAT(refused("PK\x03\x04zip"), HasSubstr("ZIP archive"));
  EXPECT_THAT(refused("\xD0\xCF\x11\xE0\xA1\xB1"), HasSubstr("save it as XML in Microsoft Project"));
  EXPECT_THAT(refused("SQLite format 3"), HasSubstr("open it as a store"));
  EXPECT_THAT(refused("hello world"), HasSubstr("no plan that can be read here"));
  EXPECT_THAT(refused(std::string(1 << 24, '\x07')), HasSubstr("no plan that can be read here"));
  EXPECT_THAT(refused("<html><body/></html>"), HasSubstr("begins with <html>"));
}

TEST(Read, RefusesAFileThatCannotBeOpened) {
  Folder const folder;
  EXPECT_THROW((void)read(folder.path() / "missing.xer"), InvalidInput);
  EXPECT_THROW((void)read(folder.path()), InvalidInput);
}

TEST(Csv, ReadsTracesByTheirHeader) {
  ReadResult const result = read_csv(
      "from,to,type,likelihood,share\r\n"
      "requirement:REQ-1,activity:A1010,implements,0.8,0.25\r\n"
      "\"requirement:REQ-2\",\"requirement:REQ, 3\",derives,,\r\n",
      "links-of-mine.csv");
  ASSERT_EQ(result.facts.traces.size(), 2U);
  Trace const& first = result.facts.traces[0];
  EXPECT_EQ(first.from, (NodeRef{FactKind::Requirement, "REQ-1"}));
  EXPECT_EQ(first.to, (NodeRef{FactKind::Activity, "A1010"}));
  EXPECT_EQ(first.type, TraceType::Implements);
  EXPECT_EQ(first.likelihood, Probability(0.8));
  EXPECT_EQ(first.share, 0.25);
  EXPECT_EQ(result.facts.traces[1].to.key, "REQ, 3");
  EXPECT_FALSE(result.facts.traces[1].likelihood);
  EXPECT_FALSE(first.key.empty()) << "keys are derived";
}

TEST(Csv, ReadsAnyKindOfFactByTheNameOfTheFile) {
  ReadResult const result = read_csv(
      "key;name;power;channels\n"
      "S1;Ines Ortega;0.9;mail;phone\n",
      "stakeholders.csv");
  ASSERT_EQ(result.facts.stakeholders.size(), 1U);
  EXPECT_EQ(result.facts.stakeholders[0].power, 0.9);
  EXPECT_THAT(said(result), HasSubstr("more cells than the header has columns"));
  ReadResult const quoted = read_csv("key,channels\nS1,\"mail; phone\"\n", "x.csv", "stakeholders");
  EXPECT_THAT(quoted.facts.stakeholders.at(0).channels, testing::ElementsAre("mail", "phone"));
}

TEST(Csv, RefusesWithTheLineOfTheRow) {
  auto const refused = [](std::string_view bytes, std::string_view file, std::string_view kind = "") {
    return refusal([&] { return read_csv(bytes, file, kind); });
  };
  EXPECT_THAT(
      refused("from,to,type\nrequirement:A,requirement:B,derives\nrequirement:A,B,derives\n", "traces.csv"),
      testing::AllOf(HasSubstr("traces.csv:3: "), HasSubstr("to: "), HasSubstr("requirement:REQ-31")));
  EXPECT_THAT(refused("colour,smell\n1,2\n", "x.csv"), HasSubstr("colour, smell are not the fields"));
  EXPECT_THAT(refused("key,name\n1,2\n", "x.csv"), HasSubstr("the columns fit stakeholders, "));
  EXPECT_THAT(refused("key,name\n\"1,2\n", "risks.csv"), HasSubstr("risks.csv:2: a quote"));
  EXPECT_THAT(refused("key\n1\n", "x.csv", "dragons"), HasSubstr("no kind of fact called \"dragons\""));
  EXPECT_THAT(refused("key,name\n1,caf\xE9\n", "tests.csv"), HasSubstr("not in UTF-8"));
}

TEST(Combine, LetsLaterSourcesReplaceEarlierFactsAndSaysSo) {
  ReadResult plan, needs;
  plan.facts.name = "Plan";
  plan.facts.activities = {{.key = "A", .name = "old"}, {.key = "B"}};
  plan.diagnostics = {{Severity::Info, "plan.xer", 1, 0, "x", "y", "z"}};
  needs.facts.name = "Needs";
  needs.facts.currency = Currency("EUR");
  needs.facts.activities = {{.key = "A", .name = "new"}, {.key = "B"}};
  needs.facts.requirements.push_back({.key = "REQ-1"});
  ReadResult const sources[] = {plan, needs};
  ReadResult const both = combine(sources);
  EXPECT_EQ(both.facts.name, "Plan");
  EXPECT_EQ(both.facts.currency, Currency("EUR"));
  ASSERT_EQ(both.facts.activities.size(), 2U);
  EXPECT_EQ(both.facts.activities[0].name, "new");
  EXPECT_EQ(both.facts.requirements.size(), 1U);
  EXPECT_EQ(both.diagnostics.size(), 2U) << "the one of the plan, and one for A; B is the same in both";
  EXPECT_THAT(said(both), HasSubstr("activity A: a later source gives this activity too"));
}

}  // namespace
}  // namespace rapport
