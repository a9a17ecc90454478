#pragma once
// The edits that lead from one state of a plan to another, and any state between the two.

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "rapport/impact/compare.h"

namespace rapport::detail {

/// One edit that may move dates or cost.
struct PlanEdit {
  EditKind kind = EditKind::Structure;
  NodeRef node;                     ///< The fact it changes, adds or removes.
  std::vector<std::string> fields;  ///< Of a changed activity or subproject; empty: all of the fact.
  std::string activity;             ///< Whose edit it is, for DeltaBy::Activity; may be empty.
  std::string words;
  bool changes = false;  ///< The fact is on both sides.
  std::size_t before_row = SIZE_MAX,
              after_row = SIZE_MAX;  ///< Of the fact on each side; SIZE_MAX: not there.
};

/// The planning facts of both states, and the edits between them. Facts that are only referred to (calendars,
/// resources, WBS nodes …) are in every state; links, assignments and costs only where what they name is.
class EditList {
 public:
  EditList(Facts const& before, Facts const& after, std::vector<FactDifference> const& differences);

  [[nodiscard]] std::vector<PlanEdit> const& edits() const { return edits_; }
  /// The state with the chosen edits made. Errors: as Project.
  [[nodiscard]] Project state(std::vector<std::uint8_t> const& chosen) const;

 private:
  void list(FactDifference const& difference);
  void find_rows();

  Facts before_, after_;
  std::vector<PlanEdit> edits_;
  std::set<std::string> added_, removed_;  ///< Keys of activities.
};

/// What differs, fact by fact and field by field. Facts of one subproject under two keys count as the
/// same: `before` then takes the later key.
[[nodiscard]] std::vector<FactDifference> differences_of(Facts const& before, Facts const& after);
void match_subprojects(Facts& before, Facts const& after);

}  // namespace rapport::detail
