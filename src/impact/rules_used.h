#pragma once
// Which numbers of the propagation rules a figure rests on, because traces do not state their own.

#include <array>
#include <vector>

#include "impact/context.h"

namespace rapport::detail {

class RulesUsed {
 public:
  explicit RulesUsed(Context const& context) : context_(context) {}

  /// The way to a node: whether it is reached rests on likelihoods and, if `shares`, how much of it is
  /// redone on shares. A likelihood of 1 is certain by definition and no assumption. Cost: O(path).
  void follow(Path const& path, bool shares);

  /// What another figure rests on, too.
  void add(RulesUsed const& other);

  /// One for each number used, by type of trace. Those that are Rapport's own defaults are marked.
  [[nodiscard]] std::vector<QualityInput> inputs() const;

 private:
  enum Number : std::size_t { Likelihood, Share, Upstream, UpstreamShare };
  Context const& context_;
  std::array<std::array<bool, 4>, trace_type_count> used_{};
};

}  // namespace rapport::detail
