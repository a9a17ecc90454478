#ifndef RAPPORT_TESTS_SUPPORT_DEEPER_H
#define RAPPORT_TESTS_SUPPORT_DEEPER_H

#include <cstdlib>

namespace rapport::support {

/// How many random cases to try: `usual` times RAPPORT_DEEPER, where the environment has it. What the
/// usual ones miss shows among a hundred times as many.
inline unsigned deeper(unsigned usual) {
  char const* const times = std::getenv("RAPPORT_DEEPER");
  long const factor = times ? std::strtol(times, nullptr, 10) : 1;
  return factor > 1 ? usual * static_cast<unsigned>(factor) : usual;
}

}  // namespace rapport::support

#endif
