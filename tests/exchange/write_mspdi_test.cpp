// What is written to a Microsoft Project XML, read again, is what was written.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exchange/reading.h"
#include "exchange/writing.h"
#include "rapport/exchange/write.h"
#include "rapport/model/project.h"
#include "support/corpus.h"

namespace rapport {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string kitchen_bytes() { return bytes_of(support::source_tree("tests/data/mspdi/kitchen.xml")); }
Facts mspdi_facts(std::string const& bytes) { return read_mspdi(bytes, "plan.xml").facts; }

TEST(WriteMspdi, KeepsEveryByteOfAPlanThatDidNotChange) {
  std::string const bytes = kitchen_bytes();
  WrittenFile const written = write_mspdi(mspdi_facts(bytes), bytes);
  EXPECT_EQ(found(written.diagnostics), "");
  EXPECT_EQ(written.bytes, bytes);
}

TEST(WriteMspdiCorpus, KeepsEveryByteOfAPlanThatDidNotChange) {
  RAPPORT_NEEDS_CORPUS("mspdi");
  for (auto const& path : files_ending("mspdi", ".xml")) {
    SCOPED_TRACE(path.filename().string());
    std::string const bytes = bytes_of(path);
    WrittenFile const written = write_mspdi(mspdi_facts(bytes), bytes);
    EXPECT_TRUE(written.bytes == bytes);
    EXPECT_EQ(found(written.diagnostics), "");
  }
}

TEST(WriteMspdiCorpus, SaysTheSameFactsInAFileOfItsOwn) {
  RAPPORT_NEEDS_CORPUS("mspdi");
  for (char const* const ending : {".xml", ".gz"}) {
    for (auto const& path : files_ending("mspdi", ending)) {
      SCOPED_TRACE(path.filename().string());
      Facts const facts = read(path).facts;
      WrittenFile const written = write_mspdi(facts);
      EXPECT_EQ(found(written.diagnostics), "");
      expect_equal(facts, mspdi_facts(written.bytes));
    }
  }
}

}  // namespace
}  // namespace rapport
