// What is written to an XER, read again, is what was written; what is not changed keeps its bytes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exchange/reading.h"
#include "rapport/exchange/write.h"
#include "rapport/model/describe.h"
#include "rapport/model/document.h"
#include "rapport/model/project.h"
#include "support/corpus.h"

namespace rapport {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string found(Diagnostics const& diagnostics) {
  std::string all;
  for (Diagnostic const& each : diagnostics) all += to_string(each) + "\n";
  return all;
}

std::string plan_bytes() { return bytes_of(support::source_tree("tests/data/xer/bridge.xer")); }
Facts facts_in(std::string const& bytes) { return read_xer(bytes, "plan.xer").facts; }

std::vector<std::filesystem::path> xer_files() {
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(support::corpus("xer")))
    if (entry.path().extension() == ".xer") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// The facts of `a` and `b` kind by kind, so that a failure names the kind and the first fact.
void expect_equal(Facts const& a, Facts const& b) {
  for_each_fact_type([&]<class T>() {
    auto const& mine = a.*FactTraits<T>::member;
    auto const& theirs = b.*FactTraits<T>::member;
    ASSERT_EQ(mine.size(), theirs.size()) << FactTraits<T>::plural;
    for (std::size_t i = 0; i < mine.size(); ++i)
      ASSERT_EQ(to_document(Fact(mine[i])), to_document(Fact(theirs[i]))) << FactTraits<T>::plural << " " << i;
    EXPECT_TRUE(mine == theirs) << FactTraits<T>::plural;
  });
}

TEST(WriteXer, KeepsEveryByteOfAPlanThatDidNotChange) {
  std::string const bytes = plan_bytes();
  WrittenFile const written = write_xer(facts_in(bytes), bytes);
  EXPECT_EQ(written.bytes, bytes);
  EXPECT_EQ(found(written.diagnostics), "");
}

TEST(WriteXerCorpus, KeepsEveryByteOfAPlanThatDidNotChange) {
  RAPPORT_NEEDS_CORPUS("xer");
  for (auto const& path : xer_files()) {
    SCOPED_TRACE(path.filename().string());
    std::string const bytes = bytes_of(path);
    WrittenFile const written = write_xer(facts_in(bytes), bytes);
    EXPECT_TRUE(written.bytes == bytes);
    EXPECT_EQ(found(written.diagnostics), "");
  }
}

TEST(WriteXerCorpus, SaysTheSameFactsInAFileOfItsOwn) {
  RAPPORT_NEEDS_CORPUS("xer");
  for (auto const& path : xer_files()) {
    SCOPED_TRACE(path.filename().string());
    Facts const facts = read(path).facts;
    WrittenFile const written = write_xer(facts);
    EXPECT_EQ(found(written.diagnostics), "");
    expect_equal(facts, facts_in(written.bytes));
  }
}

}  // namespace
}  // namespace rapport
