#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "rapport/model/describe.h"
#include "rapport/model/document.h"
#include "support/corpus.h"

namespace rapport {
namespace {

std::string read_text(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Schema, IsPublishedAsTheCodeHasIt) {
  std::string const path = support::source_tree("docs/reference/facts.schema.json").string();
  if (std::getenv("RAPPORT_WRITE_SCHEMA")) std::ofstream(path, std::ios::binary) << facts_schema();
  EXPECT_TRUE(read_text(path) == facts_schema())
      << path << " is not what facts_schema() gives; run this test once with RAPPORT_WRITE_SCHEMA=1";
}

TEST(Schema, EveryFieldIsExplainedOnTheReferencePage) {
  std::string const page = read_text(support::source_tree("docs/reference/facts.md").string());
  for_each_fact_type([&]<class T>() {
    std::string const heading = std::string("\n### `") + FactTraits<T>::plural + "`";
    auto const begin = page.find(heading);
    ASSERT_NE(begin, std::string::npos) << "facts.md has no section" << heading;
    std::string const section = page.substr(begin, page.find("\n### ", begin + 1) - begin);
    describe(T{}, [&](char const* name, auto const&, auto... internal) {
      auto const at = section.find(std::string("\n| `") + name + "`");
      ASSERT_NE(at, std::string::npos) << "facts.md does not explain " << FactTraits<T>::name << "." << name;
      std::string const row = section.substr(at + 1, section.find('\n', at + 1) - at - 1);
      EXPECT_EQ(row.find("Internal.") != std::string::npos, sizeof...(internal) > 0)
          << "facts.md is wrong about who may see " << FactTraits<T>::name << "." << name;
    });
  });
}

}  // namespace
}  // namespace rapport
