#include "impact/tree.h"

#include <algorithm>

namespace rapport::detail {
namespace {

class Tree {
 public:
  Tree(TraceGraph const& graph, std::span<std::uint32_t const> nodes, bool source_removed, int depth,
       double cutoff, std::uint64_t budget, LocalNumbers const& numbers)
      : graph_(graph),
        nodes_(nodes),
        numbers_(numbers),
        source_removed_(source_removed),
        depth_(depth),
        cutoff_(cutoff),
        budget_(budget),
        levels_(static_cast<std::size_t>(depth)),
        on_path_(nodes.size(), 0),
        cut_at_(nodes.size(), 0) {}

  std::optional<TreeReach> run() {
    if (depth_ > 0 && !descend(0, 0, 1)) return std::nullopt;
    TreeReach result{.likelihood = std::vector<double>(nodes_.size(), 0),
                     .understated = std::vector<double>(nodes_.size(), 0),
                     .visited = visited_};
    for (auto const target : levels_.empty() ? std::vector<std::uint32_t>() : levels_[0].touched)
      result.likelihood[target] = 1 - levels_[0].missed[target];
    for (std::size_t i = 1; i < nodes_.size(); ++i)
      result.understated[i] = std::min(1 - result.likelihood[i], cut_on_the_way_ + cut_at_[i]);
    result.likelihood[0] = 1;
    return result;
  }

 private:
  /// missed[t]: that the part of the tree below the node of this depth does not reach t.
  struct Level {
    std::vector<double> missed;
    std::vector<std::uint32_t> touched;
  };

  static void miss(Level& level, std::uint32_t target, double likelihood) {
    // A node that one branch has certainly reached stays reached: 0 marks touched as well as 1 − x.
    if (level.missed[target] == 1) level.touched.push_back(target);
    level.missed[target] *= 1 - likelihood;
  }

  Level& level(std::size_t d) {
    if (levels_[d].missed.empty()) levels_[d].missed.assign(nodes_.size(), 1);
    return levels_[d];
  }

  /// Adding a branch to 1 − ∏(1 − x) adds at most its x, and every edge on the way up only makes that
  /// smaller: what is cut adds at most its likelihood, to its end and to whatever lies beyond.
  void cut(std::uint32_t target, int d, double likelihood) {
    if (d + 1 < depth_)
      cut_on_the_way_ += likelihood;
    else if (target != LocalNumbers::none)
      cut_at_[target] += likelihood;
  }

  bool descend(std::uint32_t at, int d, double along) {
    if (++visited_ > budget_) return false;
    auto& here = level(static_cast<std::size_t>(d));
    on_path_[at] = 1;
    for (Edge const& edge : graph_.out(nodes_[at])) {
      if (!passes(edge, source_removed_ && d == 0)) continue;
      auto const to = numbers_.of(edge.to);
      if (to != LocalNumbers::none && on_path_[to]) continue;
      double const next = along * edge.likelihood;
      if (next < cutoff_) {
        cut(to, d, next);
        continue;
      }
      miss(here, to, edge.likelihood);
      if (d + 1 >= depth_) continue;
      if (!descend(to, d + 1, next)) return false;
      auto& below = level(static_cast<std::size_t>(d) + 1);
      for (auto const target : below.touched) {
        if (below.missed[target] < 1) miss(here, target, edge.likelihood * (1 - below.missed[target]));
        below.missed[target] = 1;
      }
      below.touched.clear();
    }
    on_path_[at] = 0;
    return true;
  }

  TraceGraph const& graph_;
  std::span<std::uint32_t const> nodes_;
  LocalNumbers const& numbers_;
  bool const source_removed_;
  int const depth_;
  double const cutoff_;
  std::uint64_t const budget_;
  std::uint64_t visited_ = 0;
  std::vector<Level> levels_;
  std::vector<std::uint8_t> on_path_;
  std::vector<double> cut_at_;
  double cut_on_the_way_ = 0;
};

}  // namespace

std::optional<TreeReach> tree_reach(TraceGraph const& graph, std::span<std::uint32_t const> nodes,
                                    bool source_removed, int depth, double cutoff, std::uint64_t budget,
                                    LocalNumbers& numbers) {
  for (std::uint32_t i = 0; i < nodes.size(); ++i) numbers.set(nodes[i], i);
  auto result = Tree(graph, nodes, source_removed, depth, cutoff, budget, numbers).run();
  numbers.forget(nodes);
  return result;
}

}  // namespace rapport::detail
