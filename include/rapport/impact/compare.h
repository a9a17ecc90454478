#pragma once
// Two states of one project side by side: two months, two files, before and after. What differs, what
// moved, and which edits moved the finish and the cost by how much.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rapport/impact/impact.h"
#include "rapport/model/names.h"
#include "rapport/model/project.h"
#include "rapport/schedule/schedule.h"
#include "rapport/table/table.h"

namespace rapport {

enum class DifferenceKind : std::uint8_t { Added, Removed, Changed };

/// One field, by its name in facts documents: "duration", "progress.actual_start". Empty text: not said.
struct FieldDifference {
  std::string field, before, after;
  friend bool operator==(FieldDifference const&, FieldDifference const&) = default;
};

/// One fact that is not the same in both. Facts are matched by key; a link that lost its key to another
/// type or lag is matched by its ends.
struct FactDifference {
  DifferenceKind difference = DifferenceKind::Changed;
  NodeRef node;
  std::string name;
  std::vector<FieldDifference> fields;  ///< Of a changed one.
  friend bool operator==(FactDifference const&, FactDifference const&) = default;
};

/// What an edit is about.
enum class EditKind : std::uint8_t {
  DataDate,           ///< It moved.
  Progress,           ///< Actual dates, remaining durations of what has begun, suspensions.
  Durations,          ///< Of what was planned.
  Constraints,        ///< Also deadlines, expected finishes, planned start and must finish by.
  Links,              ///< Between activities of both.
  AddedActivities,    ///< With their links and costs.
  RemovedActivities,  ///< Likewise.
  Calendars,          ///< What they are and who uses them.
  Resources,          ///< With rates and assignments.
  Costs,              ///< Expenses and contract milestones.
  Rules,              ///< How the plan is scheduled.
  Structure,          ///< Kinds of activities, WBS, treatment by MS Project.
};

/// How edits are put together into parts.
enum class DeltaBy : std::uint8_t { Kind, Activity, Edit };

struct CompareOptions {
  std::string milestone{};  ///< Key of the activity whose finish is explained; empty: the project's.
  DeltaBy by = DeltaBy::Kind;
  bool explain = true;
  std::size_t exact_parts = 10;        ///< Up to so many parts every subset is scheduled.
  std::size_t permutations = 64;       ///< For more parts: orders drawn, fewer where …
  std::size_t most_schedules = 20000;  ///< … they would need more schedules than this, but at least 8.
  std::uint64_t seed = 1;
  std::optional<Rules> rules{};  ///< That both are scheduled by; absent: each by its own.
  unsigned threads = 0;          ///< 0: as many as the machine runs at once.
};

/// What one group of edits contributes.
struct DeltaPart {
  std::string name;                ///< "progress", the key of an activity, or the edit in words.
  std::vector<std::string> edits;  ///< In words.
  Elapsed finish;                  ///< On the clock; positive: later.
  Work finish_work;                ///< On the calendar of what finishes last afterwards.
  std::optional<Money> cost;
  double finish_error = 0;  ///< Standard error (seconds); 0 when exact.
  double cost_error = 0;    ///< Standard error (minor units).
};

/// Parts sum to the whole to the second and to the minor unit.
struct DeltaExplanation {
  std::vector<DeltaPart> parts;  ///< Largest effect on the finish first.
  Instant before, after;         ///< The finish.
  Elapsed finish;
  Work finish_work;
  std::optional<Money> cost_before, cost_after, cost;  ///< Absent where nothing has a price.
  bool exact = true;
  std::size_t permutations = 0;  ///< Drawn; 0 when exact.
  std::size_t schedules = 0;     ///< Computed.
  Diagnostics notes;
};

struct Comparison {
  Schedule before, after;
  std::vector<FactDifference> differences;  ///< In the order of FactKind, then of the facts.
  std::vector<ActivityDelta> moved;  ///< Whose dates differ, or which one side lacks; in order of facts.
  DeltaExplanation explanation;

  [[nodiscard]] std::size_t count(DifferenceKind difference, FactKind kind) const;
  /// difference, kind, key, name, field, before, after: one row per field.
  [[nodiscard]] Table differences_table() const;
  /// key, name, start_before, start_after, finish_before, finish_after, finish_delta_hours (clock),
  /// total_float_before_minutes, total_float_after_minutes, newly_critical, no_longer_critical.
  [[nodiscard]] Table moved_table() const;
  /// part, edits, finish_seconds, finish_hours, working_hours, finish_error_hours, cost, cost_error,
  /// what.
  [[nodiscard]] Table explanation_table() const;
};

/// Compares `after` with `before`, each scheduled under its own rules or both under the given ones, and
/// explains the difference by
/// the Shapley value (Shapley 1953): the mean, over all orders in which the parts could have been
/// made, of what each part adds. A link, cost or assignment takes effect when both what it names and
/// itself are there. Parts that make a loop or contradict each other without one another are put
/// together, and a note says so. Dates that a tool recorded are not compared.
/// Cost: O(facts) and 2^parts schedules, or permutations · parts. Errors: NotFound (the milestone is not
/// in both), CycleError, InvalidInput, Cancelled.
[[nodiscard]] Comparison compare(Project const& before, Project const& after,
                                 CompareOptions const& options = {}, RunControl const& control = {});

/// What the whole plan costs as scheduled: entered costs, effort at the rates of its days, materials,
/// expenses, penalties less bonuses. Absent when nothing has a price. Cost: O(facts).
/// Errors: InvalidInput when amounts are in several currencies.
[[nodiscard]] std::optional<Money> plan_cost(Project const& project, Schedule const& schedule);

template <>
std::span<std::string_view const> names_of<DifferenceKind>();
template <>
std::span<std::string_view const> names_of<EditKind>();
template <>
std::span<std::string_view const> names_of<DeltaBy>();

}  // namespace rapport
