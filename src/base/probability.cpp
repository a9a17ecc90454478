#include "rapport/base/probability.h"

#include <string>

namespace rapport {

void Probability::refuse(double value) {
  throw InvalidInput(std::to_string(value) + " is no probability: it must lie between 0 and 1");
}

}  // namespace rapport
