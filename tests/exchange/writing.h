#ifndef RAPPORT_TESTS_EXCHANGE_WRITING_H
#define RAPPORT_TESTS_EXCHANGE_WRITING_H

#include <gtest/gtest.h>

#include <set>

#include "exchange/reading.h"
#include "rapport/model/document.h"
#include "support/corpus.h"

namespace rapport {

inline std::string found(Diagnostics const& diagnostics) {
  std::string all;
  for (Diagnostic const& each : diagnostics) all += to_string(each) + "\n";
  return all;
}

inline std::vector<std::filesystem::path> files_ending(std::string_view folder, std::string_view ending) {
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(support::corpus(folder)))
    if (entry.path().string().ends_with(ending)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// The facts of `a` and `b` kind by kind, so that a failure names the kind and the first fact.
inline void expect_equal(Facts const& a, Facts const& b) {
  for_each_fact_type([&]<class T>() {
    auto const& mine = a.*FactTraits<T>::member;
    auto const& theirs = b.*FactTraits<T>::member;
    ASSERT_EQ(mine.size(), theirs.size()) << FactTraits<T>::plural;
    for (std::size_t i = 0; i < mine.size(); ++i)
      ASSERT_EQ(to_document(Fact(mine[i])), to_document(Fact(theirs[i])))
          << FactTraits<T>::plural << " " << i;
    EXPECT_TRUE(mine == theirs) << FactTraits<T>::plural;
  });
}

inline std::vector<std::string> lines_of(std::string const& text) {
  std::vector<std::string> lines(1);
  for (char const c : text) {
    if (c == '\n')
      lines.emplace_back();
    else
      lines.back() += c;
  }
  return lines;
}

inline std::vector<std::string> lines_only_in(std::string const& one, std::string const& other) {
  std::multiset<std::string> known;
  for (auto const& line : lines_of(other)) known.insert(line);
  std::vector<std::string> result;
  for (auto const& line : lines_of(one)) {
    if (auto const place = known.find(line); place != known.end())
      known.erase(place);
    else
      result.push_back(line);
  }
  return result;
}

}  // namespace rapport

#endif
