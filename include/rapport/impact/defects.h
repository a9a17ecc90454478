#pragma once
// How many defects work brings in, how many are found where, and how many are left. Models with
// names; what rests on assumption says so.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rapport/table/table.h"

namespace rapport {

/// One step of the IBM defect amplification model (IBM, Implementing Software Inspections, 1981; in
/// Pressman, Software Engineering, 5th ed., fig. 8.2): of the incoming defects `passed` go through,
/// the others are multiplied by `amplification`, `created` come new; `efficiency` of all is found.
struct DefectStep {
  std::string name;
  double created = 0;
  double passed = 0;  ///< Of the incoming ones; never more than those count.
  double amplification = 1;
  double efficiency = 0;  ///< [0, 1].
};

/// Defects after each step, starting from `incoming`. Cost: O(steps). Errors: InvalidInput.
[[nodiscard]] std::vector<double> amplify_defects(std::span<DefectStep const> steps, double incoming = 0);
/// Defects found in each step of the same chain. Cost: O(steps). Errors: InvalidInput.
[[nodiscard]] std::vector<double> defects_found(std::span<DefectStep const> steps, double incoming = 0);

/// Defects found in one phase; `cost_each` is what mending one of them takes there, in any one unit: hours,
/// money, or so many times what it takes in another phase.
struct FoundDefects {
  std::string phase;
  double found = 0;
  double cost_each = 0;
};

struct DefectCost {
  std::string phase;
  double found = 0;
  double cost_each = 0;
  double cost = 0;              ///< found × cost_each.
  std::optional<double> share;  ///< Of the cost of all phases; absent where nothing costs anything.
  friend bool operator==(DefectCost const&, DefectCost const&) = default;
};

/// What defects cost by the phase they are found in (Pressman, Software Engineering, 5th ed., table 8.1). How
/// steeply the cost of one defect rises from phase to phase is contested: Pressman has 1.5 in design, 6.5
/// before test, 15 during test and 67 after release; Stecklein et al. (NASA, 2004) 1 for requirements, 3 to 8
/// for design, 7 to 16 for building, 21 to 78 for tests and 29 to more than 1500 in operation. So there is no
/// default: give `cost_each` from records of your own, and name the source. Cost: O(phases).
/// Errors: InvalidInput.
[[nodiscard]] std::vector<DefectCost> defect_costs(std::span<FoundDefects const> phases);
/// The sum of all phases.
[[nodiscard]] double total_cost(std::span<DefectCost const> phases);
/// phase, found, cost_each, cost, share.
[[nodiscard]] Table to_table(std::vector<DefectCost> const& phases);

/// Defects by where they came from (columns) and where they were found (rows), in the order of the
/// phases; the last row is what the field found (Kan, Metrics and Models in Software Quality
/// Engineering, 2nd ed., 2002, ch. 6). Entry [found, origin] at found · origins + origin.
struct ContainmentMatrix {
  std::vector<std::string> origins;  ///< Phases that bring defects in.
  std::vector<std::string> found;    ///< Phases that find them, the same first, the field last.
  std::vector<double> count;
};

/// One row per phase that finds: found, then one column per phase of origin. It is what
/// `rapport defects containment` reads. Errors: InvalidInput when sizes do not fit, or two columns have one
/// name.
[[nodiscard]] Table to_table(ContainmentMatrix const& matrix);

/// Figures of one phase. Absent where nothing could be found.
struct Containment {
  std::string phase;
  double injected = 0;                  ///< Column sum.
  double removed = 0;                   ///< Row sum.
  double present = 0;                   ///< On entry and injected in the phase.
  std::optional<double> effectiveness;  ///< Phase defect removal effectiveness: removed / present.
  std::optional<double> containment;    ///< Found in the phase that brought them in, of its own.
  double escaping = 0;                  ///< After the phase.
};

/// One row per phase that finds defects, but for the field.
/// Errors: InvalidInput when sizes do not fit or a defect is found before it is made.
[[nodiscard]] std::vector<Containment> containment(ContainmentMatrix const& matrix);
/// 1 − field / all, overall.
[[nodiscard]] std::optional<double> overall_effectiveness(ContainmentMatrix const& matrix);
/// phase, injected, removed, present, effectiveness, containment, escaping.
[[nodiscard]] Table to_table(std::vector<Containment> const& phases);

/// COQUALMO (Chulani & Boehm 1999; Boehm et al., Software Cost Estimation with COCOMO II, 2000,
/// ch. 5): defects put in by requirements, design and code, and left after three kinds of removal.
enum class DefectOrigin : std::uint8_t { Requirements, Design, Code };
enum class RemovalActivity : std::uint8_t { AutomatedAnalysis, PeopleReviews, ExecutionTesting };
enum class RemovalLevel : std::uint8_t { VeryLow, Low, Nominal, High, VeryHigh, ExtraHigh };

struct CoqualmoInput {
  double size = 1;  ///< Thousand source lines.
  /// Product of the quality adjustment factors per origin; 1 is nominal.
  std::array<double, 3> adjustment = {1, 1, 1};
  std::array<RemovalLevel, 3> removal = {RemovalLevel::Nominal, RemovalLevel::Nominal, RemovalLevel::Nominal};
  std::array<double, 3> calibration = {1, 1, 1};  ///< C of the model, per origin.
};

struct CoqualmoResult {
  std::array<double, 3> introduced{}, residual{};  ///< Per origin.
  /// The published table of removal fractions is known in full only from secondary memory; the row
  /// Low is confirmed. So every figure is an estimate on assumptions.
  bool assumed = true;
};

/// Errors: InvalidInput.
[[nodiscard]] CoqualmoResult coqualmo(CoqualmoInput const& input);

}  // namespace rapport
