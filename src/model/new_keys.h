#pragma once
// Keys for facts that come without any, given while the facts are still near.

#include "model/key_index.h"

namespace rapport {

/// The key of a fact that states none: of a link "predecessor>successor:FS".
[[nodiscard]] std::string derived_key(Link const& fact);
[[nodiscard]] std::string derived_key(Assignment const& fact);

/// Gives facts of one kind the keys that complete_keys would give them; those whose key another one has are
/// left to it.
class NewKeys {
 public:
  explicit NewKeys(std::size_t count) { taken_.reserve(count); }

  /// For the facts from the one at `first` on. Some tens at a time wait for memory together.
  template <class T>
  void give(std::vector<T>& facts, std::size_t first) {
    for (std::size_t i = first; i < facts.size(); ++i) {
      facts[i].key = derived_key(facts[i]);
      __builtin_prefetch(taken_.first_read(facts[i].key));
    }
    for (std::size_t i = first; i < facts.size(); ++i)
      if (!taken_.add(i, facts)) facts[i].key.clear();
  }

 private:
  KeyIndex taken_;
};

}  // namespace rapport
