#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rapport/base/money.h"
#include "rapport/base/time.h"

namespace rapport {

enum class ActivityKind : std::uint8_t {
  Task,
  StartMilestone,
  FinishMilestone,
  LevelOfEffort,      ///< Spans what its links name; never drives.
  Summary,            ///< Spans the other activities in its WBS branch.
  ResourceDependent,  ///< Runs on the calendars of its assignments.
};

enum class ConstraintKind : std::uint8_t {
  None,
  StartNoEarlierThan,   ///< P6 Start On or After
  StartNoLaterThan,     ///< P6 Start On or Before
  FinishNoEarlierThan,  ///< P6 Finish On or After
  FinishNoLaterThan,    ///< P6 Finish On or Before
  StartOn,              ///< P6 Start On: soft, gives way to logic
  FinishOn,             ///< P6 Finish On: soft
  MandatoryStart,       ///< P6 Mandatory Start, MS Project Must Start On
  MandatoryFinish,      ///< P6 Mandatory Finish, MS Project Must Finish On
  AsLateAsPossible,
};

struct Constraint {
  ConstraintKind kind = ConstraintKind::None;
  std::optional<Instant> date{};  ///< Absent for None and AsLateAsPossible.
  friend bool operator==(Constraint const&, Constraint const&) = default;
};

/// What is done of an activity, and when. Not started: no actual start. Completed: an actual finish.
struct ActivityProgress {
  std::optional<Instant> actual_start{};
  std::optional<Instant> actual_finish{};
  /// Working time still to do; absent: all of the duration, or none when completed.
  std::optional<Work> remaining{};
  double physical_percent = 0;  ///< 0 … 100, as reported.
  std::optional<Instant> suspended{};
  std::optional<Instant> resumed{};
  friend bool operator==(ActivityProgress const&, ActivityProgress const&) = default;
};

/// A part of a split activity: worked from start to finish, idle until the next part.
struct Split {
  Instant start{}, finish{};
  friend bool operator==(Split const&, Split const&) = default;
};

/// How MS Project treats an activity; P6 activities keep the defaults.
struct MicrosoftTask {
  bool manual = false;            ///< Dates are entered, not computed.
  bool inactive = false;          ///< Takes no part in scheduling.
  bool elapsed_duration = false;  ///< The duration runs on the clock.
  bool ignore_resource_calendars = false;
  bool effort_driven = false;
  bool fixed_duration = false;
  Elapsed levelling_delay{};
  std::optional<Instant> manual_start{}, manual_finish{};
  std::vector<Split> splits{};
  friend bool operator==(MicrosoftTask const&, MicrosoftTask const&) = default;
};

struct Activity {
  std::string key{};  ///< The user's: P6 activity id, MS Project unique id.
  std::string name{};
  std::string source_id{};   ///< TASK.task_id or Task/UID of the file it came from; may be empty.
  std::string subproject{};  ///< Empty: the only one.
  std::string wbs{};         ///< WbsNode; may be empty.
  ActivityKind kind = ActivityKind::Task;
  /// Working time from start to finish on its calendar (P6 original duration). Zero for milestones.
  Work duration{};
  std::string calendar{};  ///< Empty: the subproject's.
  Constraint constraint{};
  Constraint secondary_constraint{};
  std::optional<Instant> deadline{};         ///< Bounds late dates only.
  std::optional<Instant> expected_finish{};  ///< P6 Expected Finish.
  std::optional<Instant> external_early_start{};
  std::optional<Instant> external_late_finish{};
  ActivityProgress progress{};
  MicrosoftTask microsoft{};

  friend bool operator==(Activity const&, Activity const&) = default;
};

/// Start and finish of planned work when the file keeps a baseline, and what it was to cost.
struct Baseline {
  Instant start{}, finish{};
  std::optional<Money> cost{};  ///< Absent: the planned work at the rates of the baseline's days. Internal.
  friend bool operator==(Baseline const&, Baseline const&) = default;
};

/// What the tool that wrote the file computed for one activity; to compare with, never an input.
struct RecordedDates {
  std::string key{};  ///< The activity's key.
  std::optional<Instant> early_start{}, early_finish{}, late_start{}, late_finish{};
  std::optional<Work> total_float{}, free_float{};
  std::optional<bool> driving{};  ///< On the longest path (P6 driving_path_flag), or critical.
  std::optional<Baseline> baseline{};
  friend bool operator==(RecordedDates const&, RecordedDates const&) = default;
};

}  // namespace rapport
