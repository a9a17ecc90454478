#pragma once
// What an Impact holds.

#include <map>
#include <set>
#include <span>

#include "impact/plan_change.h"
#include "rapport/impact/impact.h"

namespace rapport {

class WhatIf;

struct Impact::Parts {
  Parts(Schedule the_before, Schedule the_after)
      : before(std::move(the_before)), after(std::move(the_after)) {}

  ChangeRequest change;
  AssessOptions options;
  Schedule before, after;
  std::vector<Reached> reached;
  std::vector<Rework> reworks;
  std::vector<detail::ActivityEffect> effects;
  Elapsed finish_delta;
  Work finish_delta_work;
  std::vector<ActivityDelta> activities;
  std::vector<std::optional<ActivityIndex>> activity_index;  ///< Theirs before; none of added ones.
  std::vector<MilestoneDelta> milestones;
  std::vector<CostLine> costs, discarded;
  std::vector<Unpriced> unpriced;
  std::optional<Money> cost_delta;
  std::vector<LapsedConfirmation> lapsed;
  std::vector<RepeatedTest> tests;
  std::vector<std::optional<detail::DatedRate>> test_rates;  ///< That each test is priced at.
  std::vector<QualityFigure> quality;
  std::vector<DefectFlow> defect_flow;
  std::vector<PhaseDefects> defect_phases;
  std::set<NodeRef> fallen;  ///< What exists for nothing any more, and what the change removes.
  Diagnostics notes;
  std::map<NodeRef, std::string> labels;           ///< Titles of the nodes reached.
  std::map<std::string, std::string> trace_types;  ///< Trace key → "implements".
};

namespace detail {

/// How much of a reached node counts under `rules`.
[[nodiscard]] double counted_share(Reached const& reached, PropagationRules const& rules);
/// "REQ-31 → D-2 → A1040".
[[nodiscard]] std::string to_text(Path const& path);

/// Which activities an impact lists.
enum class Extent : std::uint8_t { Everything, Moved };

/// `tried`, when it knows, tells which activities can differ.
void fill_deltas(Context const& context, PlanChange const& plan, Overlay const& overlay, Extent extent,
                 WhatIf const* tried, Impact::Parts& parts);
enum class When : std::uint8_t { Before, After };
/// Of the activities whose finish moved, the one that ends then the project of `row`, a row of that schedule.
/// Of several one that does work, then one that does not end there because the project does, then the last in
/// order of the network before; added ones only where no other does.
[[nodiscard]] ActivityDelta const* ends_last(Impact::Parts const& parts, When when, std::uint32_t row);
/// The same for all projects, to tell why the finish moves: later because of who ends it now, earlier because
/// of who ended it before.
struct EndsLast {
  ActivityDelta const* activity = nullptr;  ///< None where the finish does not move.
  When when = When::After;
};
[[nodiscard]] EndsLast ends_last(Impact::Parts const& parts);
void fill_costs(Context const& context, PlanChange const& plan, Impact::Parts& parts);
void fill_quality(Context const& context, Impact::Parts& parts);
/// See Impact::work_assumed.
[[nodiscard]] bool work_assumed(Impact::Parts const& parts);
/// Which rework, milestones and cost lines rest on a default of Rapport's; once all else is filled in.
void mark_assumptions(Impact::Parts& parts);
/// The part of it on defects. `work` is what the changed work rests on.
void fill_defects(Context const& context, std::vector<QualityInput> const& work, Impact::Parts& parts);
/// Kan's matrix of a flow: six phases by six, the last one operation.
[[nodiscard]] ContainmentMatrix containment_matrix(std::vector<DefectFlow> const& flow);
/// A figure with its mark.
[[nodiscard]] QualityFigure figure_of(QualityMeasure measure, double value, std::string unit,
                                      std::string model, std::vector<QualityInput> inputs);
struct TestsToRepeat {
  std::vector<RepeatedTest> tests;
  std::vector<std::optional<DatedRate>> rates;  ///< That each is priced at; absent: it has no price.
};
/// Tests that cover what changed, and what their repetition does to the plan.
[[nodiscard]] TestsToRepeat tests_to_repeat(Context const& context, std::vector<Reached> const& reached,
                                            PlanChange& plan);

/// Errors: InvalidInput naming a change that is given twice.
void check_different(std::span<ChangeRequest const> changes);

/// `what_if`, when given, stands on `context.before` and is free; the impact keeps the schedule that it
/// gives out, so let go of the impact before the next change to spare a copy.
[[nodiscard]] Impact assess(Context const& context, ChangeRequest const& change, RunControl const& control,
                            Extent extent = Extent::Everything, WhatIf* what_if = nullptr);

}  // namespace detail
}  // namespace rapport
