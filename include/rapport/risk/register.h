#pragma once
// The risk register on a matrix: what each risk scores, and where a change moves it.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rapport/model/project.h"
#include "rapport/risk/matrix.h"

namespace rapport {

/// A risk's effect on one objective, on the matrix.
struct ObjectiveScore {
  Objective objective = Objective::Schedule;
  double size = 0;  ///< As rated, [0, 1].
  RiskCell cell;
  double score = 0;       ///< Of the cell.
  std::size_t level = 0;  ///< Of the cell.
  friend bool operator==(ObjectiveScore const&, ObjectiveScore const&) = default;
};

/// A rating on the matrix. The overall score is that of the objective that scores highest; of equal
/// ones, the one with the larger size, then the one named first in `Objective`.
struct RiskScore {
  Probability probability;
  std::vector<ObjectiveScore> objectives;  ///< In the order of `Objective`.
  std::optional<Objective> leading;        ///< Absent: no impact is rated, and the score is 0.
  RiskCell cell;
  double score = 0;
  std::size_t level = 0;
  friend bool operator==(RiskScore const&, RiskScore const&) = default;
};

struct RiskEntry {
  Risk risk;
  RiskScore score;
  std::optional<RiskScore> residual;  ///< After the response, when rated.
  friend bool operator==(RiskEntry const&, RiskEntry const&) = default;
};

/// The risks of one cell of the matrix.
struct OccupiedCell {
  RiskCell cell;
  RiskEffect sign = RiskEffect::Threat;
  std::vector<std::string> risks;  ///< Keys, in the order of the register.
  friend bool operator==(OccupiedCell const&, OccupiedCell const&) = default;
};

struct RiskRegister {
  RiskMatrix matrix = RiskMatrix::pmbok();
  std::vector<RiskEntry> entries;  ///< Open first, then highest score, then key.

  /// Errors: NotFound with the nearest keys.
  [[nodiscard]] RiskEntry const& at(std::string_view risk) const;

  /// Where the open risks with at least one rated impact lie, threats before opportunities, highest
  /// score first. Cost: O(entries log entries).
  [[nodiscard]] std::vector<OccupiedCell> cells() const;

  /// One row per risk: key, title, sign, status, category, owner, cause, event, effect, probability,
  /// schedule, cost, quality, scope (scores; null where not rated), objective, score, level,
  /// strategy, response, residual_score, residual_level, review_on, shared_with_client.
  [[nodiscard]] Table table() const;
  /// The matrix's table with two columns more: threats and opportunities, the keys in each cell
  /// separated by spaces.
  [[nodiscard]] Table matrix_table() const;

  friend bool operator==(RiskRegister const&, RiskRegister const&) = default;
};

/// The score of a rating on a matrix. Sizes rated twice for one objective count once, the larger.
/// Cost: O(impacts · bands).
[[nodiscard]] RiskScore score_rating(RiskRating const& rating, RiskMatrix const& matrix);

/// Scores the register of a project. Opportunities are scored like threats and kept apart by their
/// sign. Cost: O(risks log risks).
[[nodiscard]] RiskRegister assess_risks(Project const& project,
                                        RiskMatrix const& matrix = RiskMatrix::pmbok());

/// What is known of a change's bearing on a risk.
struct RiskTouch {
  std::string risk;
  double likelihood = 1;  ///< That the change reaches it, [0, 1].
  /// If it does, the probability and the sizes of the impacts are multiplied by these (≥ 0).
  /// Both absent: by how much is not known, the risk has to be rated again.
  std::optional<double> probability_factor;
  std::optional<double> impact_factor;
  std::string because;  ///< Shown beside the move: a path, a name.
  friend bool operator==(RiskTouch const&, RiskTouch const&) = default;
};

struct RiskMove {
  std::string risk;
  RiskTouch touch;
  RiskScore before;
  /// Equal to `before` when the factors are not known.
  RiskScore after;
  bool rate_again = false;  ///< The factors are not known.

  [[nodiscard]] bool changes_cell() const { return before.cell != after.cell; }
  friend bool operator==(RiskMove const&, RiskMove const&) = default;
};

/// Where each touched risk moves. The rule: with likelihood L that the change reaches the risk and
/// factor f if it does, the expected figure is figure × (1 + L·(f − 1)), at most 1; it starts from
/// the residual rating where there is one, otherwise from the rating. A risk touched twice moves
/// twice, in the order given, and is listed once, with the touches' reasons joined by "; ".
/// Order: as in the register. Only open risks move. Errors: NotFound for a risk the register does
/// not hold; InvalidInput for a likelihood outside [0, 1] or a negative factor.
/// Cost: O(touches · impacts + entries).
[[nodiscard]] std::vector<RiskMove> moved(RiskRegister const& reg, std::span<RiskTouch const> touched);

/// One row per move: risk, title, sign, likelihood, probability_before, probability_after,
/// score_before, score_after, level_before, level_after, rate_again, because.
[[nodiscard]] Table moves_table(RiskRegister const& reg, std::span<RiskMove const> moves);

}  // namespace rapport
