#include "rapport/impact/change_prediction.h"

#include <cmath>
#include <string>

#include "rapport/base/error.h"

namespace rapport {
namespace {

void check(DependencyMatrix const& matrix, PredictionOptions const& options) {
  auto const n = matrix.names.size();
  for (auto const* values : {&matrix.likelihood, &matrix.impact})
    if (values->size() != n * n)
      throw InvalidInput("a matrix of " + std::to_string(values->size()) + " values does not fit " +
                         std::to_string(n) + " names; give " + std::to_string(n * n) + " row by row");
  for (std::size_t b = 0; b < n; ++b)
    for (std::size_t a = 0; a < n; ++a) {
      double const l = matrix.likelihood[b * n + a], i = matrix.impact[b * n + a];
      if (a != b && !(l >= 0 && l <= 1 && i >= 0 && i <= 1))
        throw InvalidInput("likelihood and impact of " + matrix.names[a] + " on " + matrix.names[b] +
                           " are " + std::to_string(l) + " and " + std::to_string(i) +
                           "; give numbers from 0 to 1");
    }
  if (options.depth < 1 || options.depth > 64)
    throw InvalidInput("the depth of prediction is " + std::to_string(options.depth) +
                       "; give a number from 1 to 64");
  if (!(options.cutoff >= 0 && options.cutoff <= 1))
    throw InvalidInput("the cutoff of prediction is " + std::to_string(options.cutoff) +
                       "; give a number from 0 to 1");
}

/// Counts the branches of all trees; asks now and then whether to go on.
class Branches {
 public:
  Branches(PredictionOptions const& options, RunControl const& control)
      : options_(options), control_(control) {}

  void pass() {
    if (++passed_ % a_report == 0) tell(done_);
    if (passed_ > options_.most_branches)
      throw InvalidInput("the propagation trees have more than " + std::to_string(options_.most_branches) +
                         " branches within depth " + std::to_string(options_.depth) +
                         "; take a smaller depth, or a greater cutoff than " +
                         std::to_string(options_.cutoff));
  }
  void tell(double done) {
    done_ = done;
    control_.report(done, "predicting change");
  }

 private:
  static constexpr std::uint64_t a_report = 1 << 23;
  PredictionOptions const& options_;
  RunControl const& control_;
  std::uint64_t passed_ = 0;
  double done_ = 0;
};

/// Likelihoods and nested risks of all targets from one instigator, by one walk over the tree.
class Tree {
 public:
  Tree(DependencyMatrix const& matrix, int depth, double cutoff, Branches& branches)
      : matrix_(matrix),
        n_(matrix.names.size()),
        depth_(depth),
        cutoff_(cutoff),
        branches_(branches),
        on_path_(n_, 0) {
    levels_.resize(static_cast<std::size_t>(depth));
    for (auto& level : levels_) {
      level.likelihood.assign(n_, 1);
      level.risk.assign(n_, 1);
    }
    direct_.resize(n_);
    for (std::size_t a = 0; a < n_; ++a)
      for (std::size_t b = 0; b < n_; ++b)
        if (a != b && matrix.likelihood[b * n_ + a] > 0) direct_[a].push_back(b);
  }

  /// After it, 1 − missed_likelihood()[b] is the likelihood from `source` to b on paths of at most
  /// `depth` links that avoid `avoided` (n: none).
  void walk(std::size_t source, std::size_t avoided) {
    levels_[0].likelihood.assign(n_, 1);
    levels_[0].risk.assign(n_, 1);
    if (avoided < n_) on_path_[avoided] = 1;
    descend(source, 0, 1);
    if (avoided < n_) on_path_[avoided] = 0;
  }
  [[nodiscard]] std::vector<double> const& missed_likelihood() const { return levels_[0].likelihood; }
  [[nodiscard]] std::vector<double> const& missed_risk() const { return levels_[0].risk; }

 private:
  /// Probabilities not to reach each target from the node at this depth.
  struct Level {
    std::vector<double> likelihood, risk;
    std::vector<std::size_t> touched;
  };

  void descend(std::size_t node, int d, double along) {
    auto& here = levels_[static_cast<std::size_t>(d)];
    on_path_[node] = 1;
    for (auto const next : direct_[node]) {
      double const l = matrix_.likelihood[next * n_ + node];
      if (on_path_[next] || along * l < cutoff_) continue;
      branches_.pass();
      here.likelihood[next] *= 1 - l;
      here.risk[next] *= 1 - l * matrix_.impact[next * n_ + node];
      here.touched.push_back(next);
      if (d + 1 >= depth_) continue;
      descend(next, d + 1, along * l);
      auto& below = levels_[static_cast<std::size_t>(d) + 1];
      for (auto const target : below.touched) {
        if (below.likelihood[target] < 1) {
          here.likelihood[target] *= 1 - l * (1 - below.likelihood[target]);
          here.risk[target] *= 1 - l * (1 - below.risk[target]);
          here.touched.push_back(target);
        }
        below.likelihood[target] = below.risk[target] = 1;
      }
      below.touched.clear();
    }
    on_path_[node] = 0;
    if (d == 0) here.touched.clear();
  }

  DependencyMatrix const& matrix_;
  std::size_t n_;
  int depth_;
  double cutoff_;
  Branches& branches_;
  std::vector<std::uint8_t> on_path_;
  std::vector<Level> levels_;
  std::vector<std::vector<std::size_t>> direct_;
};

double penultimate_risk(DependencyMatrix const& matrix, Tree& shorter, int depth, std::size_t a,
                        std::size_t b) {
  auto const n = matrix.names.size();
  if (depth > 1) shorter.walk(a, b);
  double missed = 1;
  for (std::size_t u = 0; u < n; ++u) {
    if (u == b) continue;
    double const reached = u == a ? 1 : depth > 1 ? 1 - shorter.missed_likelihood()[u] : 0;
    missed *= 1 - reached * matrix.likelihood[b * n + u] * matrix.impact[b * n + u];
  }
  return 1 - missed;
}

}  // namespace

ChangePrediction predict_change(DependencyMatrix const& matrix, PredictionOptions const& options,
                                RunControl const& control) {
  check(matrix, options);
  auto const n = matrix.names.size();
  ChangePrediction result;
  result.names = matrix.names;
  result.likelihood.assign(n * n, 0);
  result.risk.assign(n * n, 0);
  result.impact.assign(n * n, 0);
  Branches branches(options, control);
  Tree tree(matrix, options.depth, options.cutoff, branches);
  Tree shorter(matrix, std::max(1, options.depth - 1), options.cutoff, branches);
  std::size_t const pairs = n * n, pairs_a_report = pairs / 128 + 1;
  for (std::size_t a = 0; a < n; ++a) {
    tree.walk(a, n);
    for (std::size_t b = 0; b < n; ++b) {
      // Each pair has a tree of its own in one of the variants.
      if (auto const pair = a * n + b; pair % pairs_a_report == 0)
        branches.tell(static_cast<double>(pair) / static_cast<double>(pairs));
      if (b == a) continue;
      double const likelihood = 1 - tree.missed_likelihood()[b];
      result.likelihood[b * n + a] = likelihood;
      if (likelihood <= 0) continue;
      result.risk[b * n + a] = options.variant == RiskVariant::NestedTree
                                   ? 1 - tree.missed_risk()[b]
                                   : penultimate_risk(matrix, shorter, options.depth, a, b);
      result.impact[b * n + a] = result.risk[b * n + a] / likelihood;
    }
  }
  control.report(1, "predicting change");
  return result;
}

Table ChangePrediction::table() const {
  auto const n = names.size();
  std::vector<std::string> instigator, receiver;
  std::vector<double> l, i, r;
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = 0; b < n; ++b) {
      if (likelihood[b * n + a] <= 0) continue;
      instigator.push_back(names[a]);
      receiver.push_back(names[b]);
      l.push_back(likelihood[b * n + a]);
      i.push_back(impact[b * n + a]);
      r.push_back(risk[b * n + a]);
    }
  Table table("change_prediction");
  table.add("instigator", instigator)
      .add("receiver", receiver)
      .add("likelihood", l)
      .add("impact", i)
      .add("risk", r);
  return table;
}

}  // namespace rapport
