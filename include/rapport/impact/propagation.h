#pragma once
// The assumptions under which a change is followed, all visible and all replaceable: how it passes
// along traces, how work that must be redone comes back, what quality figures rest on.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "rapport/base/probability.h"
#include "rapport/model/needs/requirement.h"
#include "rapport/model/needs/trace.h"

namespace rapport {

inline constexpr std::size_t trace_type_count = 9;

/// What a trace that does not say otherwise does to a change, by its type.
struct PropagationRule {
  TraceType type = TraceType::DependsOn;
  Probability likelihood;  ///< That a change of `from` reaches `to`.
  double share = 0;        ///< Of `to` that is redone when `from` changes wholly, [0, 1].
  Probability upstream;    ///< That a change of `to` reaches `from`; 0: it does not pass.
  double upstream_share = 0;
  /// Which of the numbers are data of the project even where they equal the default.
  struct Given {
    bool likelihood = false, share = false, upstream = false, upstream_share = false;
    friend bool operator==(Given const&, Given const&) = default;
  };
  Given given{};

  friend bool operator==(PropagationRule const&, PropagationRule const&) = default;
};

/// How the paths that reach one node add up to its likelihood.
enum class Combination : std::uint8_t {
  StrongestPath,  ///< The most likely path alone: a lower bound.
  Tree,           ///< Clarkson, Simons & Eckert 2004: AND along a path is the product, OR between the
                  ///< branches of the tree is 1 − ∏(1 − x). Paths that share traces count twice.
};

/// Which of the reached nodes enter dates, cost and quality.
enum class Counting : std::uint8_t {
  Likely,    ///< Those at least `count_from` likely, with their full share; the others are listed.
  Expected,  ///< All, each share multiplied by its likelihood.
  All,       ///< All, with their full share.
};

/// How change passes through the graph.
struct PropagationRules {
  std::array<PropagationRule, trace_type_count> by_type = defaults();  ///< In the order of TraceType.
  int depth = 4;                                                       ///< Longest path in traces, 1 … 64.
  double cutoff = 1e-4;  ///< A path less likely than this is not followed further. Sum of what is
                         ///< cut per node is below cutoff × number of paths cut.
  Combination combination = Combination::Tree;
  Counting counting = Counting::Likely;
  Probability count_from = Probability(0.5);

  [[nodiscard]] PropagationRule const& of(TraceType type) const {
    return by_type[static_cast<std::size_t>(type)];
  }
  /// The published table of docs/explanation/impact.md.
  [[nodiscard]] static std::array<PropagationRule, trace_type_count> defaults();
  friend bool operator==(PropagationRules const&, PropagationRules const&) = default;
};

/// What the rework of a completed activity holds up.
enum class ReworkAttachment : std::uint8_t {
  OpenSuccessors,        ///< Every unfinished activity next after it, through completed ones.
  NotStartedSuccessors,  ///< The same, except those that have begun.
  Finish,                ///< Nothing but the finish of the project.
};

/// How work that must be redone enters the plan. An open activity grows; for a completed one a
/// rework activity appears on its calendar, not before the data date, finish-to-start before what
/// `attachment` says.
struct ReworkRules {
  ReworkAttachment attachment = ReworkAttachment::OpenSuccessors;
  /// How much of a share counts, by the state of the activity, [0, 1].
  double of_not_started = 1, of_in_progress = 1, of_completed = 1;
  /// A rework activity's key is the completed one's with this behind it (and "#2" … when taken).
  std::string suffix = "-REWORK";
  friend bool operator==(ReworkRules const&, ReworkRules const&) = default;
};

/// A number that a figure rests on.
struct Assumption {
  double value = 0;
  std::string unit;
  std::string source;   ///< Publication, or who said so.
  bool assumed = true;  ///< A default of Rapport's, not a figure of this project.
  friend bool operator==(Assumption const&, Assumption const&) = default;
};

/// What expected defects rest on. Set a value together with its source and `assumed = false`.
struct QualityAssumptions {
  /// Defects put in by an hour of changed or redone work.
  Assumption injected_per_hour{.value = 0.02,
                               .unit = "defects/h",
                               .source = "assumption of Rapport: no rate was measured in this project"};
  /// Share of the present defects that a run of a test of each level finds, in the order of
  /// TestLevel. Used for tests that do not state their own.
  std::array<Assumption, 5> removal_efficiency = {{
      {.value = 0.60, .unit = "", .source = "Jones 2008, formal inspection, lower range"},
      {.value = 0.30, .unit = "", .source = "Jones 2008, unit test, mid range"},
      {.value = 0.35, .unit = "", .source = "Jones 2008, integration test, mid range"},
      {.value = 0.40, .unit = "", .source = "Jones 2008, system test, mid range"},
      {.value = 0.25, .unit = "", .source = "Jones 2008, acceptance test, lower range"},
  }};
  /// Effort to mend one defect, by where it is found: at a test of each level, in the order of
  /// TestLevel, then by the client in operation. The figures are the cost units of IBM 1981 in Pressman,
  /// Software Engineering, 5th ed., table 8.1, one unit taken as one hour; how steeply they rise is
  /// contested, so replace them where the project has its own.
  std::array<Assumption, 6> repair_effort = {{
      {.value = 1.5, .unit = "h/defect", .source = "Pressman, 5th ed., table 8.1: design; a unit as an hour"},
      {.value = 6.5,
       .unit = "h/defect",
       .source = "Pressman, 5th ed., table 8.1: before test; a unit as an hour"},
      {.value = 15,
       .unit = "h/defect",
       .source = "Pressman, 5th ed., table 8.1: during test; a unit as an hour"},
      {.value = 15,
       .unit = "h/defect",
       .source = "Pressman, 5th ed., table 8.1: during test; a unit as an hour"},
      {.value = 15,
       .unit = "h/defect",
       .source = "Pressman, 5th ed., table 8.1: during test; a unit as an hour"},
      {.value = 67,
       .unit = "h/defect",
       .source = "Pressman, 5th ed., table 8.1: after release; a unit as an hour"},
  }};
  friend bool operator==(QualityAssumptions const&, QualityAssumptions const&) = default;
};

/// Everything `assess` may be told; the defaults are the documented ones.
struct AssessOptions {
  PropagationRules propagation;
  ReworkRules rework;
  QualityAssumptions quality;
  friend bool operator==(AssessOptions const&, AssessOptions const&) = default;
};

/// Errors: InvalidInput naming the field that is out of its range.
void check(AssessOptions const& options);

}  // namespace rapport
