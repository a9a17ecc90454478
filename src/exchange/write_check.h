#pragma once
// What of the facts a written file really holds, told by reading it again.

#include <array>
#include <string>
#include <variant>
#include <vector>

#include "exchange/findings.h"
#include "rapport/model/facts.h"

namespace rapport {

/// For each kind, the keys of the facts in the order in which a reader meets them in the file; "" stands for
/// one that only the format asked for.
struct FileOrder {
  std::array<std::vector<std::string>, std::variant_size_v<Fact>> keys;

  template <class T>
  std::vector<std::string>& of() {
    return keys[static_cast<std::size_t>(FactTraits<T>::kind)];
  }
};

/// Lists every difference between `wanted` and `found`, what a reader made of the file. Facts are matched by
/// their place in it. `format` names it in messages: "a Primavera XER". Cost: O(facts).
void list_not_written(Facts const& wanted, Facts found, FileOrder const& order, std::string const& format,
                      Findings& findings);

}  // namespace rapport
