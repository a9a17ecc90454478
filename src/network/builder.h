#pragma once
// Between facts and a Network: activities in any order, links as pairs of rows.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "rapport/network/overlay.h"

namespace rapport {

/// Subprojects and calendars: what numbering does not touch.
struct Network::Plan {
  std::vector<Subproject> subprojects;
  std::vector<std::uint32_t> subproject_calendar;
  std::vector<WorkingTime> calendars;  ///< 0 is round the clock.
  std::uint32_t main = 0;              ///< The subproject with most activities.
  std::shared_ptr<Stamp const> stamp;  ///< Of the project it is compiled from; null: of none.
};

/// Found out once about links and calendars by whoever computes with them, for the next time; and about the
/// values it was numbered with, where it was.
struct Network::Kept {
  std::shared_ptr<ActivityValues const> values;
  struct One {
    std::atomic<std::uint32_t> asked = 0;
    std::once_flag once;
    std::shared_ptr<void const> what;
  };
  One lanes[2], slots[2];  ///< Of each tool.
};

/// NetworkLinks::of_summary of a run of links that stand for one from the start of a summary.
inline constexpr std::uint8_t starts_of_summary = 2, more_of_summary = 3;

[[nodiscard]] constexpr bool starts_from_start(LinkType type) {
  return type == LinkType::StartToStart || type == LinkType::StartToFinish;
}

struct NetworkBuilder {
  struct Link {
    std::uint32_t predecessor, successor;
    LinkType type;
    LagKind lag_kind;
    std::int64_t lag;
    std::uint8_t of_summary;
  };
  struct Assignment {
    std::uint32_t activity, calendar;
    std::int64_t duration, remaining, lag;
    std::int64_t of_duration, of_remaining;
  };
  struct Member {
    std::uint32_t summary, member;
  };
  struct Draft {
    ActivityNames names;  ///< Without the index.
    ActivityValues values;
    std::vector<Link> links;
    std::vector<Assignment> assignments;
    std::vector<Member> members;
    std::shared_ptr<Network::Plan const> plan;
  };

  /// Sorts topologically. Errors: CycleError.
  [[nodiscard]] static Network number(Draft draft);
  /// The inverse: rows in the order of the network.
  [[nodiscard]] static Draft draft(Network const& network);
  /// The network on other values; it shares the rest.
  [[nodiscard]] static Network with_values(Network const& network,
                                           std::shared_ptr<ActivityValues const> values);
  /// The network on other links between the same activities; it shares the rest.
  [[nodiscard]] static Network with_links(Network const& network, std::shared_ptr<NetworkLinks const> links);

  /// The network on the same calendars with other tables; it shares the rest.
  [[nodiscard]] static Network with_calendars(Network const& network, std::vector<WorkingTime> calendars);

  [[nodiscard]] static Stamp const* stamp(Network const& network) { return network.plan_->stamp.get(); }
  [[nodiscard]] static Network::Kept& kept(Network const& network) { return *network.kept_; }

  static constexpr std::uint32_t link_bits = 28;  ///< That name a link, or none, beside four that say more.
  /// Fills `out_word` and `out_lag` from the rest. Errors: InvalidInput with more activities or links than
  /// words can name.
  static void say_words(NetworkLinks& links);
  /// What an overlay does to activities and links, in rows: those of its base, then the added ones.
  struct Added {
    Activity const* activity;
    std::uint32_t calendar, subproject;
  };
  struct RemovedLink {
    std::uint32_t predecessor, successor;
    std::optional<LinkType> type;
  };
  struct Structure {
    std::vector<Added> added;
    std::vector<RemovedLink> removed_links;
    std::vector<Link> added_links;
    std::set<std::uint32_t> gone;
  };
  /// Cost: O(edits), and O(activities) when one added names no subproject.
  [[nodiscard]] static Structure structure(Overlay const& overlay);
};

/// Calls `visit` with each column that has one entry per activity, of all of `values` side by side.
template <class Visit, class... Values>
void for_each_column_of(Visit&& visit, Values&... values) {
  visit(values.kind...), visit(values.subproject...), visit(values.calendar...);
  visit(values.duration...), visit(values.remaining...), visit(values.stated_work...);
  visit(values.actual_start...), visit(values.actual_finish...);
  visit(values.suspended...), visit(values.resumed...);
  visit(values.constraint...), visit(values.constraint2...);
  visit(values.constraint_date...), visit(values.constraint2_date...);
  visit(values.deadline...), visit(values.expected_finish...);
  visit(values.external_early_start...), visit(values.external_late_finish...);
  visit(values.plain...), visit(values.microsoft...);
}
template <class Values, class Visit>
void for_each_column(Values& values, Visit&& visit) {
  for_each_column_of(visit, values);
}

[[nodiscard]] inline std::int64_t seconds_or_none(std::optional<Instant> const& instant) {
  return instant ? instant->seconds : no_instant;
}

/// Rows of what lies below each summary, by walking up from each activity.
[[nodiscard]] std::vector<NetworkBuilder::Member> members_of(Facts const& facts);

/// Of a summary that Microsoft Project schedules by hand: its dates are its own, whatever is below it.
[[nodiscard]] inline bool keeps_its_dates(Activity const& activity) {
  return activity.kind == ActivityKind::Summary && activity.microsoft.manual;
}

/// Appends `activity` to the columns, on the calendar and in the subproject of these indices.
void append(ActivityNames& names, ActivityValues& values, Activity const& activity, std::uint32_t calendar,
            std::uint32_t subproject);
void append(ActivityValues& values, Activity const& activity, std::uint32_t calendar,
            std::uint32_t subproject);
// They find out again whether it is plain.
void set_constraint(ActivityValues& values, std::size_t i, Constraint const& constraint);
void set_progress(ActivityValues& values, std::size_t i, ActivityProgress const& progress);

/// Project says nothing of the task that decides when it takes place: what else it says is how its
/// assignments change with it.
[[nodiscard]] bool is_ordinary(MicrosoftTask const& task);

/// Hundredths of a percent for LagKind::Percent, seconds otherwise.
[[nodiscard]] std::int64_t lag_of(Lag const& lag);

/// Takes out the links that `goes` names; where the first of a run goes, the next one begins it.
template <class Goes>
void erase_links(NetworkBuilder::Draft& draft, Goes const& goes) {
  for (std::size_t k = 0; k + 1 < draft.links.size(); ++k) {
    auto& next = draft.links[k + 1].of_summary;
    if (draft.links[k].of_summary == starts_of_summary && next == more_of_summary && goes(draft.links[k]))
      next = starts_of_summary;
  }
  std::erase_if(draft.links, goes);
}
/// The type of the link that stands for `in` and `out` when what lies between them goes: the end of the
/// predecessor then holds the end of the successor that waited for it.
[[nodiscard]] constexpr LinkType bridged(LinkType in, LinkType out) {
  bool const from_start = starts_from_start(in);
  bool const to_finish = out == LinkType::FinishToFinish || out == LinkType::StartToFinish;
  if (from_start) return to_finish ? LinkType::StartToFinish : LinkType::StartToStart;
  return to_finish ? LinkType::FinishToFinish : LinkType::FinishToStart;
}
/// Links the predecessors of each row in `gone` to its successors, without lag.
void bridge(NetworkBuilder::Draft& draft, std::set<std::uint32_t> const& gone);
/// Takes the rows out, with every link, assignment and membership that names them.
void erase_rows(NetworkBuilder::Draft& draft, std::set<std::uint32_t> const& gone);

/// Keys of a shortest loop among those in `rows` that are left, in order.
[[nodiscard]] std::vector<std::string> shortest_loop(NetworkBuilder::Draft const& draft,
                                                     std::vector<std::uint32_t> const& rows);

}  // namespace rapport
