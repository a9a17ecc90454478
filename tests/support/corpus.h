#ifndef RAPPORT_TESTS_SUPPORT_CORPUS_H
#define RAPPORT_TESTS_SUPPORT_CORPUS_H

#include <gtest/gtest.h>

#include <filesystem>
#include <string_view>

namespace rapport::support {

/// Path of a file of the corpus of real plans: below the environment variable RAPPORT_CORPUS, or else below
/// the folder CMake was told of. It need not exist.
std::filesystem::path corpus(std::string_view relative);

/// Path of a file of the source tree, for example "samples/…".
std::filesystem::path source_tree(std::string_view relative);

}  // namespace rapport::support

/// Skips the running test, saying why, where the corpus does not hold `relative`.
#define RAPPORT_NEEDS_CORPUS(relative)                                \
  if (!std::filesystem::exists(::rapport::support::corpus(relative))) \
  GTEST_SKIP() << ::rapport::support::corpus(relative).string()       \
               << " is not here; set RAPPORT_CORPUS to the folder of real plans to run this test"

#endif
