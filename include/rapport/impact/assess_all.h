#pragma once
// Many changes on one plan in one call, and which of them are worse or better together.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rapport/impact/impact.h"
#include "rapport/model/change_list.h"

namespace rapport {

struct BatchOptions {
  AssessOptions assess;
  unsigned threads = 0;  ///< 0: as many as the machine runs at once.
};

/// What one change of many does, in figures to rank by.
struct Assessment {
  std::string change;    ///< Key.
  std::size_t line = 0;  ///< Where it stands in the text or table it was read from; 0: it was not read.
  std::string title;
  std::string error;  ///< Why it could not be assessed; empty when it was. The figures are zero then.
  Elapsed finish_delta;
  Work finish_delta_work;
  std::optional<Money> cost_delta;
  std::size_t unpriced = 0;
  std::size_t activities_moved = 0;
  std::size_t newly_critical = 0;
  std::size_t nodes_reached = 0;
  std::optional<std::size_t> requirements_to_confirm;  ///< Absent: the project has no requirements.
  std::optional<std::size_t> tests_to_repeat;          ///< Absent: it has no tests.
  std::optional<double> defects_escaping;
  Elapsed contract_lateness;  ///< More time past due, all contract milestones together.
  bool assumed = false;      ///< Finish or cost change, and the work behind them rests on Rapport's defaults.
  std::string finish_trail;  ///< "REQ-31 → A1040 → finish".
  friend bool operator==(Assessment const&, Assessment const&) = default;
};

/// The figures of one impact.
[[nodiscard]] Assessment summary_of(Impact const& impact);

/// One row per change, in the order given: change, line, title, error, finish_delta_minutes, …
[[nodiscard]] Table to_table(std::vector<Assessment> const& assessments);

/// The changes of a table. With a column "document" each row is one whole change as JSON. Otherwise
/// each row is one edit, the columns being the fields of its document ("activity", "add_work",
/// "requirement", "magnitude" …; null: not said); rows with the same "id" are one change, whose other
/// fields ("title", "by", "reason" …) are those of its first row. Cost: O(cells).
/// Errors: InvalidInput when there is neither a column "document" nor a column "id".
[[nodiscard]] std::vector<ChangeEntry> changes_in_table(Table const& table);

/// Assesses every change against the plan as it is. One that is at fault is listed with its error
/// and does not stop the others; so is one whose cost is in another currency than the rest (the
/// project's, or that of the first). The result does not depend on the number of threads. Progress
/// is told on the calling thread. Cost: as assess, per change; one row kept each.
/// Errors: InvalidInput (options, or a schedule that is not of the project), Cancelled.
[[nodiscard]] std::vector<Assessment> assess_all(Project const& project, Schedule const& before,
                                                 std::span<ChangeRequest const> changes,
                                                 BatchOptions const& options = {},
                                                 RunControl const& control = {});
/// The same for changes as they were read; an entry that could not be read is listed with its error.
[[nodiscard]] std::vector<Assessment> assess_all(Project const& project, Schedule const& before,
                                                 std::span<ChangeEntry const> changes,
                                                 BatchOptions const& options = {},
                                                 RunControl const& control = {});

/// Two changes whose effect together is not the sum of their effects.
struct Interaction {
  std::size_t first = 0, second = 0;  ///< Positions in the changes given.
  Elapsed finish;                     ///< Together less the sum apart; positive: worse together.
  std::optional<Money> cost;          ///< Absent when one of the three totals is.
  std::string error;                  ///< Why the two cannot be made together; empty when they can.
  bool assumed = false;               ///< Of one of the three assessments.
  friend bool operator==(Interaction const&, Interaction const&) = default;
};

struct Interactions {
  std::vector<Interaction> found;  ///< Not zero, largest effect on the finish first.
  std::size_t pairs_tried = 0;
  /// Pairs that touch something in common and were left out by the limit; the rest of the pairs
  /// cannot interact, because they move, hold and redo different things.
  std::size_t pairs_left_out = 0;
};

/// Which pairs interact. Tries only pairs that have something in common: an activity that both move,
/// edit or make wait, an open end of the project, or a node that both reach. Those with the largest
/// smaller effect on the finish come first, up to `limit` pairs.
/// Cost: assess_all, plus one assessment per pair tried. Errors: as assess_all.
[[nodiscard]] Interactions find_interactions(Project const& project, Schedule const& before,
                                             std::span<ChangeRequest const> changes, std::size_t limit = 1000,
                                             BatchOptions const& options = {},
                                             RunControl const& control = {});
/// first, second (keys), finish_minutes, cost, error, assumed. Where pairs were left out, the last row has no
/// keys and says how many as its error.
[[nodiscard]] Table to_table(Interactions const& interactions, std::span<ChangeRequest const> changes);

}  // namespace rapport
