#pragma once
// Which requirements are verified, before a change and after it.

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "impact/graph.h"
#include "rapport/network/network.h"

namespace rapport::detail {

class Coverage {
 public:
  /// Cost: O(requirements · their tests).
  Coverage(Project const& project, Network const& network, TraceGraph const& graph);

  struct Count {
    std::size_t needs = 0, verified = 0;              ///< Requirements in force.
    std::size_t criteria = 0, criteria_verified = 0;  ///< Those that state an acceptance criterion.
  };
  /// False where no requirement is verified and none has a test: nothing can be said.
  [[nodiscard]] bool known() const { return known_; }
  [[nodiscard]] Count const& before() const { return before_; }
  /// Without `gone`, and with `doubtful` not verified any more: positions in Facts::requirements, which
  /// may repeat. Cost: O(given).
  [[nodiscard]] Count after(std::vector<std::uint32_t> const& gone,
                            std::vector<std::uint32_t> const& doubtful) const;
  /// Positions of the requirements that the test with this key verifies, through deliverables too.
  [[nodiscard]] std::vector<std::uint32_t> const& verified_by(std::string const& test) const;

 private:
  struct Need {
    bool in_force = false, verified = false, criterion = false;
  };
  static void count(Count& into, Need const& need, std::size_t step);

  std::vector<Need> needs_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_test_;
  Count before_;
  bool known_ = false;
};

}  // namespace rapport::detail
