#pragma once
// How likely a change of one thing changes another, and at what risk, when change spreads: the
// Change Prediction Method, and the exact probability by sampling.
//
// Clarkson, Simons & Eckert, "Predicting change propagation in complex design", J. Mech. Design
// 126(5), 2004, 788–797, doi:10.1115/1.1765117.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rapport/base/run_control.h"
#include "rapport/impact/propagation.h"
#include "rapport/model/project.h"
#include "rapport/table/table.h"

namespace rapport {

/// Direct dependencies between n components. Row receives, column instigates: the entry [b, a] at
/// b · n + a says how a change of a bears on b. The diagonal is not read.
struct DependencyMatrix {
  std::vector<std::string> names;
  std::vector<double> likelihood;  ///< That b changes when a does, [0, 1].
  std::vector<double> impact;      ///< Share of b to redo when it does, [0, 1].
};

/// How risk is combined; likelihoods are the same in both. They differ where paths share their last links:
/// in the second digit in sparse matrices, by half in dense ones.
enum class RiskVariant : std::uint8_t {
  NestedTree,       ///< The likelihood tree, with likelihood × impact on its last link.
  PenultimateNode,  ///< The formula of the paper: 1 − ∏ over the nodes u before b of
                    ///< (1 − σ(u, a) · l(b, u) · i(b, u)), σ being the likelihood that change
                    ///< reaches u from a without b on paths one link shorter.
};

struct PredictionOptions {
  int depth = 4;      ///< Longest path in links, 1 … 64.
  double cutoff = 0;  ///< Branches less likely than this are not followed.
  RiskVariant variant = RiskVariant::PenultimateNode;
  std::uint64_t most_branches = 2'000'000'000;  ///< Of all trees together; with more there is no answer.
};

/// What a component does with change that reaches it (Eckert, Clarkson & Zanker 2004), by its
/// summed combined risk to others against from others.
enum class ChangeRole : std::uint8_t { Absorber, Carrier, Multiplier };
/// absorber, carrier, multiplier
[[nodiscard]] std::string_view name_of(ChangeRole role);
/// Outgoing over incoming risk: an absorber below 1 − `band`, a multiplier above 1 + `band`.
/// Errors: InvalidInput unless band is from 0 to 1.
[[nodiscard]] ChangeRole role_of(double risk_out, double risk_in, double band = 0.1);

/// Combined matrices in the layout of DependencyMatrix; the diagonal is zero.
struct ChangePrediction {
  std::vector<std::string> names;
  std::vector<double> likelihood;
  std::vector<double> risk;
  std::vector<double> impact;  ///< risk / likelihood; 0 where the likelihood is.

  [[nodiscard]] double likelihood_of(std::size_t receiver, std::size_t instigator) const {
    return likelihood[receiver * names.size() + instigator];
  }
  [[nodiscard]] double risk_of(std::size_t receiver, std::size_t instigator) const {
    return risk[receiver * names.size() + instigator];
  }
  /// By role_of(); a carrier where no risk passes either way. Errors: InvalidInput (band).
  [[nodiscard]] std::vector<ChangeRole> roles(double band = 0.1) const;
  /// One row per component: component, likelihood_out, likelihood_in, risk_out, risk_in (sums over all
  /// others), role (null where no risk passes). Errors: InvalidInput (band).
  [[nodiscard]] Table role_table(double band = 0.1) const;
  /// One row per pair with a likelihood: instigator, receiver, likelihood, impact, risk.
  [[nodiscard]] Table table() const;
};

/// The propagation tree over simple paths of at most `depth` links: product along a branch,
/// 1 − ∏(1 − x) between branches. Branches that share links are treated as independent, so the
/// likelihood is at least the true one; percolate() gives that. Cost: O(n · simple paths · depth),
/// times n for RiskVariant::PenultimateNode. Errors: InvalidInput (sizes, values, depth), Cancelled.
[[nodiscard]] ChangePrediction predict_change(DependencyMatrix const& matrix,
                                              PredictionOptions const& options = {},
                                              RunControl const& control = {});

/// How likely a node is reached.
struct UnionLikelihood {
  NodeRef node;
  double probability = 0;
  double standard_error = 0;  ///< √(p (1 − p) / trials).
  friend bool operator==(UnionLikelihood const&, UnionLikelihood const&) = default;
};

struct PercolationOptions {
  std::uint32_t trials = 10'000;
  std::uint64_t seed = 1;
};

/// The exact probability that a change of `source` reaches each node within `rules.depth` traces
/// when every trace passes change or not, independently of the others, estimated by sampling
/// (percolation): in each trial each trace is open with its likelihood, and what can be reached over
/// open traces is. A draw depends on seed, trial and trace alone, so the result is the same on
/// every machine. Sorted by probability, then node; the source is left out.
/// Cost: O(trials · traces touched). Errors: NotFound, InvalidInput, Cancelled.
[[nodiscard]] std::vector<UnionLikelihood> percolate(Project const& project, NodeRef const& source,
                                                     PropagationRules const& rules = {},
                                                     PercolationOptions const& options = {},
                                                     RunControl const& control = {});
/// One row per node: kind, key, probability, standard_error.
[[nodiscard]] Table to_table(std::vector<UnionLikelihood> const& likelihoods);

}  // namespace rapport
