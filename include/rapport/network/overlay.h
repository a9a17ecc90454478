#pragma once
// What if: a Network plus sparse replaced values. A change request, a simulation trial, a levelling
// step and a response are all overlays.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rapport/network/network.h"

namespace rapport {

/// A value; the network it stands on is never changed. Indices are those of that network.
class Overlay {
 public:
  explicit Overlay(Network base);

  [[nodiscard]] Network const& base() const { return base_; }
  /// Nothing replaced.
  [[nodiscard]] bool empty() const;
  /// Activities and links are those of the base; only values of activities are replaced.
  [[nodiscard]] bool values_only() const;
  /// The activities of the base that have a value replaced, in order.
  [[nodiscard]] std::vector<ActivityIndex> edited() const;
  /// As they were given, levels of effort before the others.
  [[nodiscard]] std::vector<Activity> const& added_activities() const { return added_; }
  /// Keys, perhaps of added ones too.
  [[nodiscard]] std::vector<std::string> const& removed_activities() const { return removed_; }
  /// Whether an activity gets this constraint.
  [[nodiscard]] bool sets(ConstraintKind kind) const;
  /// Writes the replaced values over those in `values`, which has one entry per activity of the base.
  /// Cost: O(edited).
  void write(ActivityValues& values) const;

  // Errors leave the overlay as it was.

  /// New duration from start to finish, and what of it is still to do (working time on the
  /// activity's calendar). Errors: InvalidInput when negative or remaining > duration.
  Overlay& set_duration(ActivityIndex i, Work duration, Work remaining);
  /// A date that the kind does not use is ignored, as in facts. Errors: InvalidInput when it needs one.
  Overlay& set_constraint(ActivityIndex i, Constraint constraint);
  /// For example to reopen a completed activity: no actual finish, and some remaining work.
  Overlay& set_progress(ActivityIndex i, ActivityProgress const& progress);
  /// `calendar` is the key of one that the network uses. Errors: NotFound.
  Overlay& set_calendar(ActivityIndex i, std::string_view calendar);

  /// Errors: InvalidInput when the key is taken; NotFound when its calendar or subproject is not
  /// one that the network uses.
  Overlay& add_activity(Activity const& activity);
  /// The activity goes; its predecessors then hold its successors directly. Errors: NotFound.
  Overlay& remove_activity(std::string_view key);
  /// Errors: NotFound when an end names no activity of the network with its added ones.
  Overlay& add_link(Link const& link);
  /// Removes the links between the two, of the type when given. Errors: NotFound when none is.
  Overlay& remove_link(std::string_view predecessor, std::string_view successor,
                       std::optional<LinkType> type = {});

  /// The network with everything replaced. Cost: O(1) when empty; a copy of the arrays of values
  /// when only values are replaced; a new numbering, O(activities + links), otherwise.
  /// Errors: CycleError.
  [[nodiscard]] Network applied() const;

 private:
  friend struct NetworkBuilder;
  friend class WhatIfSteps;
  struct Values {
    std::optional<std::pair<Work, Work>> duration;
    std::optional<Constraint> constraint;
    std::optional<ActivityProgress> progress;
    std::optional<std::uint32_t> calendar;
  };
  struct RemovedLink {
    std::string predecessor, successor;
    std::optional<LinkType> type;
  };
  /// What edits replaced since they were kept, and how much there was of the rest, to go back to.
  struct Kept {
    std::vector<std::pair<std::uint32_t, std::optional<Values>>> values;  ///< Absent: none were replaced.
    std::vector<std::size_t> added_at;                                    ///< Position in `added_`.
  };
  struct Mark {
    std::size_t values, added, removed, added_links, removed_links;
  };
  void keep() { kept_.emplace(); }
  [[nodiscard]] Mark mark() const;
  /// Cost: O(edits since then).
  void back_to(Mark const& mark);

  Values& values_of(ActivityIndex i);
  [[nodiscard]] bool knows(std::string_view key) const;

  Network base_;
  std::map<std::uint32_t, Values> values_;
  std::vector<Activity> added_;
  std::vector<std::string> removed_;
  std::vector<Link> added_links_;
  std::vector<RemovedLink> removed_links_;
  std::multiset<std::string, std::less<>> added_keys_, removed_keys_;  ///< Of `added_` and `removed_`.
  std::optional<Kept> kept_;
};

}  // namespace rapport
