#pragma once
// A change request turned into what it does to the work of the plan: an overlay for the dates, and
// for each activity how its effort changes.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "impact/context.h"

namespace rapport::detail {

/// What becomes of one activity, gathered from all edits and all that reaches it.
struct ActivityEffect {
  std::string key;
  std::optional<ActivityIndex> index;  ///< In the network before; absent when the change adds it.
  bool started = false, completed = false;
  bool removed = false;    ///< Not in the plan any more.
  bool cut_short = false;  ///< It has begun; nothing remains to be done.

  Work duration, remaining;  ///< As they stand after the edits seen so far.
  double effort = 0;         ///< More effort, as a share of each assignment's planned work.
  double material = 0;       ///< More material, as a share of the planned quantity.
  Work rework;               ///< Duration of the rework activity.
  double rework_effort = 0, rework_material = 0;
  std::string rework_key;  ///< Once the overlay is made.
  std::optional<Constraint> constraint;
  std::string cause;  ///< For trails: what the change does here, in words.
};

class PlanChange {
 public:
  PlanChange(Context const& context, ChangeRequest const& change);

  // Edits that the change states. Errors: NotFound and InvalidInput naming change and edit.
  void edit(std::size_t number, ChangeEdit const& edit);

  /// `share` of the activity has to be redone because of `reason`.
  void redo(std::string const& activity, double share, std::string const& reason);
  /// The test is run again in this activity: it takes longer, its people are priced by the test.
  void run_again(std::string const& activity, Work effort, std::string const& reason);
  /// The activity is not done any more: Dropped when its only need fell away, Removed when asked.
  void drop(std::string const& activity, std::string const& reason, ReworkKind kind);

  /// The plan with all of it. Errors: CycleError.
  [[nodiscard]] Overlay overlay();

  // What came of it; complete after overlay().
  std::vector<Rework> reworks;
  std::vector<Activity> added;
  std::vector<Assignment> added_assignments;  ///< Side by side for each of `added`, in its order.
  std::vector<Expense> added_expenses;        ///< Likewise.
  std::vector<CostChange> costs;
  std::map<std::string, std::vector<RateChange>, std::less<>> rates;  ///< By resource.
  Diagnostics notes;
  /// Names all activities the change bears on itself, in order of first mention.
  [[nodiscard]] std::vector<ActivityEffect> const& effects() const { return effects_; }
  [[nodiscard]] ActivityEffect const* find(std::string const& key) const;
  [[nodiscard]] Activity const* added_activity(std::string const& key) const;
  [[nodiscard]] std::span<RateChange const> rates_of(std::string const& resource) const;
  /// "change CR-1, edit 2".
  [[nodiscard]] std::string place(std::size_t number) const;

 private:
  void edit_one(WorkChange const& edit);
  void edit_one(CostChange const& edit);
  void edit_one(RateChange const& edit);
  void edit_one(LinkChange const& edit);
  void edit_one(ActivityAddition const& edit);
  void edit_one(ActivityRemoval const& edit);
  void edit_one(ConstraintChange const& edit);
  void edit_one(RequirementChange const& edit);

  ActivityEffect& effect(std::string const& key);
  /// The effect of an activity that has work of its own. Errors: InvalidInput for summaries, levels
  /// of effort and milestones.
  ActivityEffect& worked(std::string const& key);
  [[noreturn]] void refuse(std::string const& message) const;
  void note(std::string const& subject, std::string const& message, std::string const& action);
  [[nodiscard]] Work effort_of(std::string const& key) const;
  [[nodiscard]] ActivityKind kind_of(std::string const& key) const;
  [[nodiscard]] Calendar const* calendar_of(std::string const& key) const;
  void grow(ActivityEffect& effect, Work more, double effort, double material);
  void add_rework(Overlay& overlay, ActivityEffect& effect);
  [[nodiscard]] std::vector<ActivityIndex> held_by_rework(ActivityIndex of) const;
  [[nodiscard]] std::string free_key(std::string const& wanted) const;

  Context const& context_;
  ChangeRequest const& change_;
  std::size_t number_ = 0;
  std::vector<ActivityEffect> effects_;
  std::map<std::string, std::size_t, std::less<>> index_, added_index_;
  std::map<std::string, Work, std::less<>> added_effort_;
  std::vector<LinkChange> links_;
};

/// What becomes of an assignment of an activity that was there: what is done stays, and stands as such.
[[nodiscard]] Assignment changed_assignment(Network const& before, Assignment const& assignment,
                                            Resource const& resource, ActivityIndex index,
                                            ActivityEffect const* effect);
/// What of it is done again in the rework activity.
[[nodiscard]] Assignment repeated_assignment(Assignment const& assignment, Resource const& resource,
                                             ActivityEffect const& effect);

/// `share` of `work`, to the minute, half away from zero.
[[nodiscard]] Work share_of(Work work, double share);
/// "35 %", "12.5 %".
[[nodiscard]] std::string percent(double share);

}  // namespace rapport::detail
