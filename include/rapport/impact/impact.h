#pragma once
// What a change does to dates, cost and quality, each figure with the path behind it.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rapport/base/money.h"
#include "rapport/base/probability.h"
#include "rapport/base/run_control.h"
#include "rapport/base/time.h"
#include "rapport/impact/defects.h"
#include "rapport/impact/propagation.h"
#include "rapport/model/project.h"
#include "rapport/schedule/schedule.h"
#include "rapport/table/table.h"

namespace rapport {

// -- reach ---------------------------------------------------------------------------------------

/// One step of a path through the change-impact graph.
struct PathStep {
  std::string via;        ///< Key of the trace that was followed; empty where the path begins.
  NodeRef node;           ///< Where it leads.
  bool upstream = false;  ///< The trace was followed against its direction.
  Probability likelihood = Probability(1);  ///< That change passes this step.
  double share = 1;
  friend bool operator==(PathStep const&, PathStep const&) = default;
};
using Path = std::vector<PathStep>;  ///< The first step is the thing that the change names.

/// Something that the change touches or may touch.
struct Reached {
  NodeRef node;
  Probability likelihood;  ///< That change reaches it, combined as PropagationRules say.
  double share = 0;        ///< Of it that is redone if reached, [0, 1]; along the strongest path.
  int depth = 0;           ///< Traces on the shortest path; 0: named by the change itself.
  bool counted = false;    ///< Enters dates, cost and quality (see Counting).
  Path strongest;          ///< The most likely path; of equals the shorter.
  Path shortest;
  friend bool operator==(Reached const&, Reached const&) = default;
};

// -- work ----------------------------------------------------------------------------------------

enum class ReworkKind : std::uint8_t {
  Asked,      ///< The change itself says that there is more or less to do.
  Waiting,    ///< The change itself says that it takes longer or shorter, with the same effort.
  Open,       ///< An unfinished activity grows.
  Completed,  ///< A rework activity for a completed one.
  Dropped,    ///< The need fell away before the work began: it is not done.
  Discarded,  ///< The need fell away after the work began: what is done is thrown away.
  Added,      ///< A new activity.
  Removed,    ///< An activity that the change removes.
};

/// What the change does to the work of one activity.
struct Rework {
  ReworkKind kind = ReworkKind::Open;
  std::string activity;         ///< That the facts know.
  std::string rework_activity;  ///< Key of the rework activity; empty unless Completed.
  double share = 0;             ///< Of the activity's work; 0 when the change states the work.
  Work duration;                ///< More (or less) working time from start to finish.
  Work effort;                  ///< More (or less) assigned effort, all resources together.
  std::string reason;           ///< In words.
  bool assumed = false;         ///< Whether it is done, or how much, rests on a default of Rapport's.
  friend bool operator==(Rework const&, Rework const&) = default;
};

// -- dates ---------------------------------------------------------------------------------------

struct ActivityDelta {
  std::string key;
  std::string name;
  ActivityKind kind = ActivityKind::Task;
  std::optional<ActivityDates> before;  ///< Absent: the change brings it in.
  std::optional<ActivityDates> after;   ///< Absent: the change takes it out.
  /// Zero where one side is absent. Positive: later.
  Elapsed early_start, early_finish, late_start, late_finish;
  Work total_float, free_float;
  bool newly_critical = false;
  bool no_longer_critical = false;

  [[nodiscard]] bool moved() const {
    return early_start.seconds != 0 || early_finish.seconds != 0 || !before || !after;
  }
};

enum class MilestoneKind : std::uint8_t { Project, Activity, Contract };

/// A date that people watch.
struct MilestoneDelta {
  MilestoneKind kind = MilestoneKind::Activity;
  std::string key;  ///< Of the contract milestone or activity; empty for the project's finish.
  std::string name;
  std::string activity;  ///< Whose finish it is; empty for the project's finish.
  std::optional<Instant> before, after;
  Elapsed delta;                    ///< Zero where one side is absent.
  std::optional<Instant> due;       ///< Contract date, deadline or must-finish-by.
  Elapsed late_before, late_after;  ///< Past due, never negative.
  bool assumed = false;             ///< It moves, and the work behind it rests on a default of Rapport's.
};

// -- cost ----------------------------------------------------------------------------------------

enum class CostCategory : std::uint8_t {
  Labour,
  Equipment,
  Material,
  Expense,        ///< Fixed costs of activities, and costs that the change enters.
  TimeDependent,  ///< Per calendar day held.
  Rate,           ///< The same work at another price.
  Test,           ///< Tests run again.
  Penalty,
  Bonus,       ///< Lost (positive) or won (negative).
  Overtime,    ///< Effort beyond the calendar, at the overtime rate.
  Escalation,  ///< What prices have risen by since they were entered.
  Discarded,   ///< Spent on work that is not wanted any more.
};

/// One reason why money is spent or saved.
struct CostLine {
  CostCategory category = CostCategory::Labour;
  Money amount;          ///< Positive: the project costs more.
  std::string activity;  ///< Of the facts; empty when it belongs to none.
  std::string resource;
  std::string account;
  std::string subject;             ///< Expense, contract milestone or test it belongs to.
  std::optional<Work> work;        ///< More or less effort.
  std::optional<Rate> rate;        ///< It is priced at.
  std::optional<double> quantity;  ///< Units of material, days held, days late.
  std::string reason;              ///< In words: "24h of R-2 at 85.50 EUR/h".
  /// The work behind it rests on a default of Rapport's; of Impact::discarded: what was spent is not
  /// recorded, it is worked out from the work done.
  bool assumed = false;
  friend bool operator==(CostLine const&, CostLine const&) = default;
};

/// Something whose cost is not known.
struct Unpriced {
  std::string activity;
  std::string resource;
  Work effort;
  std::string reason;
  friend bool operator==(Unpriced const&, Unpriced const&) = default;
};

// -- quality -------------------------------------------------------------------------------------

/// A requirement whose confirmation by the client lapses.
struct LapsedConfirmation {
  std::string requirement;
  std::int32_t version = 0;  ///< The confirmed one; 0: it was not confirmed yet.
  std::string by;            ///< Who confirmed it; else its owner.
  Probability likelihood;
  std::string reason;
  friend bool operator==(LapsedConfirmation const&, LapsedConfirmation const&) = default;
};

/// A test that covers something changed.
struct RepeatedTest {
  std::string test;
  std::string name;
  TestLevel level = TestLevel::System;
  /// False: the activity it is run in has not begun, so that it has to be revised, but no run is
  /// lost. Such a test counts neither as repeated nor into cost.
  bool already_run = true;
  Work effort;
  std::optional<Money> cost;  ///< Absent: its resource has no rate.
  Probability likelihood;
  std::string reason;
  friend bool operator==(RepeatedTest const&, RepeatedTest const&) = default;
};

enum class QualityMeasure : std::uint8_t {
  RequirementsToConfirm,
  TestsToRepeat,
  TestEffort,
  ChangedWork,              ///< Hours of work changed or redone.
  DefectsInjected,          ///< Expected from the changed work.
  DefectsRemoved,           ///< Expected to be found by the tests that follow.
  DefectsEscaping,          ///< Expected to reach the client.
  DefectsEscapingUntested,  ///< Escaping because no test to come covers what changed.
  /// Share of the requirements in force that are verified: they stand as verified, or the activities of
  /// all tests of them (of their deliverables, too) are completed.
  RequirementsVerifiedBefore,
  RequirementsVerifiedAfter,  ///< The same without those that change or whose tests are run again.
  CriteriaVerifiedBefore,     ///< Of the requirements that state an acceptance criterion.
  CriteriaVerifiedAfter,
  CoverageLost,  ///< Share of the requirements verified before that are not verified any more.
  RepairEffort,  ///< To mend the defects that the tests are expected to find.
  EscapeEffort,  ///< To mend those that reach the client.
  RepairCost,    ///< The same in money, at the mean rate of the changed work; absent without rates.
  EscapeCost,
};

struct QualityInput {
  std::string name;
  double value = 0;
  std::string unit;
  std::string source;
  bool assumed = false;
  friend bool operator==(QualityInput const&, QualityInput const&) = default;
};

/// A quality figure with the model behind it.
struct QualityFigure {
  QualityMeasure measure = QualityMeasure::ChangedWork;
  double value = 0;
  std::string unit;
  std::string model;  ///< Its name: "defect flow (Kan 2002)".
  std::vector<QualityInput> inputs;
  bool assumed = false;  ///< Rests on at least one default of Rapport's.
  friend bool operator==(QualityFigure const&, QualityFigure const&) = default;
};

/// Where defects are found: at a test of a level, or by the client.
enum class DefectPhase : std::uint8_t { Review, Unit, Integration, System, Acceptance, Operation };

/// What one verification step does to the defects of one activity's changed work.
struct DefectFlow {
  std::string activity;  ///< Whose changed work brings the defects in.
  std::string test;      ///< That meets them; empty in operation, where the rest shows.
  DefectPhase phase = DefectPhase::Operation;
  std::optional<Instant> when;  ///< The test is done; absent: its activity is not named, or operation.
  double present = 0;
  double efficiency = 0;  ///< Share of them found here.
  double removed = 0;
  bool assumed = false;  ///< Rests on a default of Rapport's.
  friend bool operator==(DefectFlow const&, DefectFlow const&) = default;
};

/// The defects of all changed work in one phase, with what mending them takes there.
struct PhaseDefects {
  DefectPhase phase = DefectPhase::Operation;
  double injected = 0;                  ///< Whose first verification is in this phase; operation: no test.
  double removed = 0;                   ///< Found here.
  double escaping = 0;                  ///< Present after it.
  std::optional<double> effectiveness;  ///< removed / present; absent where nothing is present.
  double repair_hours = 0;              ///< To mend what is found here.
  std::optional<Money> repair_cost;     ///< Absent: the changed work has no rate.
  bool assumed = false;
  friend bool operator==(PhaseDefects const&, PhaseDefects const&) = default;
};

// -- trails --------------------------------------------------------------------------------------

enum class TrailStepKind : std::uint8_t {
  Change,   ///< The request.
  Node,     ///< A requirement, deliverable, test, activity … of the reach.
  Rework,   ///< An activity that grows or comes back.
  Moved,    ///< An activity that moves because a link or constraint drives it.
  Finish,   ///< The finish of the project.
  Cost,     ///< A cost line.
  Quality,  ///< A quality figure.
};

/// One step of an explanation. Steps form a tree: `from` is an earlier step.
struct TrailStep {
  std::optional<std::size_t> from;  ///< Index of the step that led here; absent at the beginning.
  TrailStepKind kind = TrailStepKind::Node;
  std::optional<NodeRef> node;
  std::string label;    ///< Its name for people.
  std::string because;  ///< How the step before leads here: "implements", "FS +1d", "rework".
  std::optional<Probability> likelihood;
  std::optional<double> share;
  std::optional<Work> work;      ///< Added here.
  std::optional<Elapsed> delay;  ///< Of its finish against before.
  std::optional<Money> cost;     ///< Of this step alone.
  std::optional<double> figure;  ///< Of a Quality step.
};

struct Trail {
  std::string about;  ///< "finish", "cost", "quality", or a key.
  std::vector<TrailStep> steps;
};

/// "REQ-31 → T-88 → A1040 → A2210 → finish" along the longest chain of steps.
[[nodiscard]] std::string to_string(Trail const& trail);

// The one spelling of each: "time_dependent".
[[nodiscard]] std::string_view name_of(ReworkKind kind);
[[nodiscard]] std::string_view name_of(MilestoneKind kind);
[[nodiscard]] std::string_view name_of(CostCategory category);
[[nodiscard]] std::string_view name_of(QualityMeasure measure);
[[nodiscard]] std::string_view name_of(DefectPhase phase);
[[nodiscard]] std::string_view name_of(TrailStepKind kind);

// -- impact --------------------------------------------------------------------------------------

/// What assess found. A value that never changes; copying it is cheap.
class Impact {
 public:
  struct Parts;
  explicit Impact(std::shared_ptr<Parts const> parts) : parts_(std::move(parts)) {}

  [[nodiscard]] ChangeRequest const& change() const;
  [[nodiscard]] AssessOptions const& options() const;
  [[nodiscard]] Schedule const& before() const;
  [[nodiscard]] Schedule const& after() const;

  /// All that the change touches, named by it first, then by likelihood; one entry per node.
  [[nodiscard]] std::vector<Reached> const& reached() const;
  /// The entry of `node`, or nullptr.
  [[nodiscard]] Reached const* find(NodeRef const& node) const;

  [[nodiscard]] std::vector<Rework> const& reworks() const;

  /// Of the project's finish, on the clock and in working time of the calendar of the activity that
  /// finishes last.
  [[nodiscard]] Elapsed finish_delta() const;
  [[nodiscard]] Work finish_delta_work() const;
  /// Every activity of both schedules, in the order of the facts, those brought in last.
  [[nodiscard]] std::vector<ActivityDelta> const& activity_deltas() const;
  /// The project's finish first, then contract milestones, then milestones of the plan.
  [[nodiscard]] std::vector<MilestoneDelta> const& milestone_deltas() const;

  [[nodiscard]] std::vector<CostLine> const& cost_lines() const;
  /// The exact sum of the lines; absent when nothing of what changes has a price.
  [[nodiscard]] std::optional<Money> cost_delta() const;
  /// What the total leaves out because no price is known.
  [[nodiscard]] std::vector<Unpriced> const& unpriced() const;
  /// Money already spent on work that is thrown away. Not part of cost_delta: it is gone either way.
  [[nodiscard]] std::vector<CostLine> const& discarded() const;

  [[nodiscard]] std::vector<LapsedConfirmation> const& lapsed_confirmations() const;
  [[nodiscard]] std::vector<RepeatedTest> const& repeated_tests() const;
  [[nodiscard]] std::vector<QualityFigure> const& quality_figures() const;
  /// The figure, or nullptr when it cannot be said.
  [[nodiscard]] QualityFigure const* find(QualityMeasure measure) const;
  /// The changed work of each activity through the tests that still see it, in the order of their dates,
  /// then operation. Empty without tests or changed work.
  [[nodiscard]] std::vector<DefectFlow> const& defect_flow() const;
  /// By phase, in the order of DefectPhase: those with a test that sees changed work, and operation.
  [[nodiscard]] std::vector<PhaseDefects> const& defect_phases() const;
  /// The defect flow as Kan's matrix: origin is the phase that could find a defect first. All zero where
  /// the flow is empty.
  [[nodiscard]] ContainmentMatrix containment_matrix() const;
  /// The work that the change brings rests on defaults of Rapport's, and so do dates and cost as far as
  /// they change.
  [[nodiscard]] bool work_assumed() const;

  /// Reached entries of one kind: risks, people (stakeholders), tests …
  [[nodiscard]] std::vector<Reached> reached(FactKind kind) const;

  /// What the assessment had to leave out or decide: "activity A10 is completed: add_work became
  /// rework".
  [[nodiscard]] Diagnostics const& notes() const;

  /// The way from the change to "finish", "cost", "quality", or to a node ("risk:RK-3", or the key
  /// of an activity). Cost: O(steps). Errors: NotFound when the change does not touch it, with the
  /// nearest keys.
  [[nodiscard]] Trail trail(std::string_view about) const;

  /// key, name, kind, *_before, *_after, *_delta of each activity that the change moves, whose
  /// float it alters, or (all = true) of every one.
  [[nodiscard]] Table activities(bool all = false) const;
  [[nodiscard]] Table milestones() const;
  [[nodiscard]] Table costs() const;
  [[nodiscard]] Table discarded_costs() const;  ///< discarded, with the columns of costs.
  [[nodiscard]] Table quality() const;
  [[nodiscard]] Table defects() const;           ///< defect_flow, one row per activity and step.
  [[nodiscard]] Table defects_by_phase() const;  ///< defect_phases.
  [[nodiscard]] Table reach() const;
  [[nodiscard]] Table rework() const;

  [[nodiscard]] Parts const& parts() const { return *parts_; }

 private:
  std::shared_ptr<Parts const> parts_;
};

/// The impact as one UTF-8 JSON document; its schema is docs/reference/impact.schema.json.
[[nodiscard]] std::string to_document(Impact const& impact, int indent = 2);

/// What `change` does to `project`, whose schedule today is `before`. The project is not touched.
/// Cost: the reach of the change, one overlay, one schedule pass, O(activities + assignments).
/// Errors: NotFound (an edit names nothing; with edit number and nearest keys), InvalidInput (an
/// edit that makes no sense, amounts in several currencies, options out of range), CycleError (a new
/// link closes a loop), Cancelled.
[[nodiscard]] Impact assess(Project const& project, Schedule const& before, ChangeRequest const& change,
                            AssessOptions const& options = {}, RunControl const& control = {});

}  // namespace rapport
