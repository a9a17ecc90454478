#include "support/corpus.h"

#include <cstdlib>

namespace rapport::support {

std::filesystem::path corpus(std::string_view relative) {
  char const* const chosen = std::getenv("RAPPORT_CORPUS");
  return std::filesystem::path(chosen != nullptr ? chosen : RAPPORT_CORPUS) / relative;
}

std::filesystem::path source_tree(std::string_view relative) {
  return std::filesystem::path(RAPPORT_SOURCE_DIR) / relative;
}

}  // namespace rapport::support
