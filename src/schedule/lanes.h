#pragma once
// Passes under a tool's rules, sixteen plain activities at a time. docs/explanation/engine.md tells the idea.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "rapport/schedule/calendar_path.h"
#include "schedule/lane_slots.h"
#include "schedule/pass.h"
#include "schedule/pass_variants.h"

namespace rapport {

/// What stays the same however often a network is scheduled: all of it but levels of effort and summaries in
/// slices, and its calendars in minutes. Links of an activity are its rows, in the order of the network;
/// those of one that is alone are left out.
struct Lanes {
  static constexpr std::int64_t longest = 1 << 28;  ///< Minutes, of a lag or an activity.
  [[nodiscard]] static std::int32_t in_minutes(std::int64_t seconds) {
    return static_cast<std::int32_t>(seconds / seconds_per_minute);
  }

  struct Moved {
    AlignedVector<std::uint32_t> begin, lagged, end, event;
    AlignedVector<std::int32_t> lag, place, own;
  };

  Slices slices;
  std::optional<MinuteCalendars> calendars;
  std::int64_t origin = 0;                   ///< Of their minutes, in seconds.
  AlignedVector<std::uint32_t> activity_of;  ///< By slot.
  AlignedVector<std::uint32_t> batch;        ///< Its first slice; one more.
  AlignedVector<std::uint32_t> level;        ///< Its first batch; one more.
  AlignedVector<std::uint32_t> level_begin;  ///< Its first activity; one more.
  AlignedVector<std::uint32_t> record;       ///< By activity: LanesArrays::record.
  std::uint32_t most_slots = 0;              ///< Of a level.
  Moved links_in, links_out;
  std::uint32_t most_rows = 0;        ///< Of a batch.
  AlignedVector<std::uint8_t> alone;  ///< By activity: it has links that the loops do not know.
};

/// None where activities do not stand level by level, calendars do not fit, or, unless `anyhow`, most lanes
/// would be empty. Cost: O(activities + links + days of the calendars), about that of two schedules.
[[nodiscard]] std::shared_ptr<Lanes const> lay_out(Pass const& pass, bool anyhow);

/// Values that change: of which activities they are not those that `slots` was first asked for.
struct EditedValues {
  ChangingSlots& slots;
  std::span<ActivityIndex const> activities;
};

/// A pass in lanes. Dates of what is plain come from the loops, sixteen at a time; those of anything else
/// from the rules, one by one, as soon as all that they look at is there.
class LanePass {
 public:
  /// None where the plan is small or says what the loops do not know: the pass is then made one by one.
  [[nodiscard]] static std::unique_ptr<LanePass> of(Pass& pass, LanesWhen when,
                                                    EditedValues const* edited = nullptr);

  // Each returns false where dates lie beyond the tables or are refused; what it wrote is then to be written
  // again, one by one.
  [[nodiscard]] bool forward();
  [[nodiscard]] bool backward();
  /// backward() from early dates that another pass has found.
  [[nodiscard]] bool backward_alone();

 private:
  using Loop = bool (*)(LanesArrays const&, std::uint32_t);
  using Rule = void (*)(Pass&, std::uint32_t);
  using Put = bool (LanePass::*)(std::uint32_t);
  using Forget = void (LanePass::*)(std::uint32_t);
  /// How a tool's pass goes, forward and back.
  struct Way {
    Loop forward, backward;
    Rule early, late;
    PassVariant const& variant;
  };

  [[nodiscard]] static Way way_of(bool microsoft, PassVariant const& variant);
  LanePass(Pass& pass, std::shared_ptr<Lanes const> lanes, LanesWhen when);
  [[nodiscard]] LanesArrays::Results results() const;
  /// False when more than `share` of all are to be computed one by one.
  [[nodiscard]] bool fill(double share, EditedValues const* edited);
  [[nodiscard]] bool fill_finishes();
  /// Those kept with the network where it has the values that it was numbered with.
  [[nodiscard]] std::shared_ptr<LaneSlots const> slots(EditedValues const* edited) const;
  void by_subproject(std::vector<std::int32_t> const& values, AlignedVector<std::int32_t>& by_slot) const;
  void fill_now_ranks();
  [[nodiscard]] bool levels_forward();
  [[nodiscard]] bool levels_backward();
  /// Begins a level: the loops leave their records of it.
  void enter(std::uint32_t level);
  /// Those of the level that are alone: `forget` what the loops told of one, compute it by its rule, put it
  /// back.
  [[nodiscard]] bool compute(std::uint32_t level, std::vector<std::uint32_t> const& alone, Forget forget,
                             Rule rule, Put put);
  void forget_early(std::uint32_t i);
  void forget_late(std::uint32_t i);
  [[nodiscard]] bool put_early(std::uint32_t i);
  [[nodiscard]] bool put_late(std::uint32_t i);
  /// Minutes since the origin, where the tables have them.
  [[nodiscard]] bool minutes(std::int64_t t, std::int32_t& to) const;

  Pass& pass_;
  std::shared_ptr<Lanes const> lanes_;
  bool const microsoft_;
  Way const way_;
  std::shared_ptr<LaneSlots const> slots_;
  BareVector<std::int32_t> early_, late_, rank_, late_rank_;  ///< By event.
  BareVector<std::uint64_t> both_;
  AlignedVector<std::int32_t> now_, now_rank_, first_rank_, must_, needed_;
  AlignedVector<std::int32_t> scratch_;
  std::vector<std::int64_t> worked_before_;  ///< By calendar: before the origin.
  LanesArrays arrays_{};
};

}  // namespace rapport
