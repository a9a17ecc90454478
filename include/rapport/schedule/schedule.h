#pragma once
// Dates, floats, driving links, and why each date is what it is.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rapport/base/run_control.h"
#include "rapport/network/network.h"
#include "rapport/network/overlay.h"
#include "rapport/table/table.h"

namespace rapport {

/// What the tool would show for one activity. Of a completed one the dates are its actual dates and
/// the floats zero.
struct ActivityDates {
  Instant early_start, early_finish;
  Instant late_start, late_finish;
  Work total_float, free_float;  ///< On the activity's own calendar.
  bool critical = false;
  bool on_longest_path = false;
  friend bool operator==(ActivityDates const&, ActivityDates const&) = default;
};

enum class DateField : std::uint8_t { EarlyStart, EarlyFinish, LateStart, LateFinish };

/// What a date comes from.
enum class Driver : std::uint8_t {
  DataDate,      ///< No remaining work before it.
  ProjectStart,  ///< The planned start.
  Link,          ///< The other end of a link.
  Constraint,    ///< Of the activity, primary or secondary; also its deadline for late dates.
  Actual,        ///< It happened then.
  ExpectedFinish,
  External,       ///< A date given for a link to another plan.
  Resume,         ///< After a suspension.
  Span,           ///< Of what a level of effort or a summary spans.
  Duration,       ///< The other end of the same activity.
  ProjectFinish,  ///< Late dates of open ends.
  MustFinishBy,
  Levelling,  ///< A levelling delay of MS Project.
  Manual,     ///< Entered dates of MS Project.
};
[[nodiscard]] char const* name_of(Driver driver);

/// One link of the chain of reasons.
struct WhyStep {
  std::string activity;  ///< Key.
  DateField field = DateField::EarlyStart;
  Instant date;
  Driver driver = Driver::DataDate;
  std::optional<LinkIndex> link;  ///< When the driver is a link.
  std::string text;  ///< "A2210 starts 2027-11-03T08:00: A2190 finishes 2027-11-02T17:00 (FS +8h)"
  friend bool operator==(WhyStep const&, WhyStep const&) = default;
};

/// From the date asked for back to a root: each step's driver is the next step.
struct Explanation {
  std::vector<WhyStep> steps;
  /// The texts, one a line.
  [[nodiscard]] std::string text() const;
};

enum class FloatPathsBy : std::uint8_t;
struct FloatPath;
struct FloatFamily;
struct RedundantLink;
struct Conflict;
struct LanesWhen;

/// Immutable and cheap to copy; safe to share between threads.
class Schedule {
 public:
  [[nodiscard]] Network const& network() const;
  [[nodiscard]] Rules const& rules() const;

  [[nodiscard]] ActivityDates dates(ActivityIndex i) const;
  /// Errors: NotFound with the nearest keys.
  [[nodiscard]] ActivityDates dates(std::string_view key) const;

  /// Earliest early start and latest early finish of all activities; the data date (or the epoch)
  /// when there are none. Cost: O(1).
  [[nodiscard]] Instant start() const;
  [[nodiscard]] Instant finish() const;
  /// Latest early finish in one subproject. Errors: NotFound.
  [[nodiscard]] Instant finish(std::string_view subproject) const;

  /// Determines the early date of its successor.
  [[nodiscard]] bool driving(LinkIndex link) const;

  /// One row per activity, in the order of the network: source_id, project, key, name, kind,
  /// calendar, early_start, early_finish, late_start, late_finish, total_float_minutes,
  /// free_float_minutes (min), critical, longest_path. Cost: O(activities).
  [[nodiscard]] Table activities() const;
  /// One row per link: predecessor, successor, type, lag, driving, float_minutes (min): how much
  /// the link could lengthen before it moves its successor. Cost: O(links).
  [[nodiscard]] Table links() const;

  /// Why the activity starts and finishes when it does: the chain of drivers of its early finish
  /// back to a data date, a constraint or an actual date. Errors: NotFound. Cost: O(steps).
  [[nodiscard]] Explanation why(std::string_view key) const;
  [[nodiscard]] Explanation why(ActivityIndex i) const;
  /// The same for its late start, forward to what the project must meet.
  [[nodiscard]] Explanation why_late(std::string_view key) const;
  [[nodiscard]] Explanation why_late(ActivityIndex i) const;

  struct Results;
  struct Edited;

 private:
  friend Schedule schedule_in_lanes(Network const&, Rules const&, LanesWhen, RunControl const&);
  friend std::vector<FloatPath> find_float_paths(Schedule const&, std::string_view, std::size_t,
                                                 FloatPathsBy);
  friend std::vector<FloatFamily> find_float_family(Schedule const&);
  friend std::vector<RedundantLink> find_redundant_links(Schedule const&);
  friend std::vector<Conflict> find_conflicts(Schedule const&);
  friend class WhatIf;
  friend class ScheduleRows;
  explicit Schedule(std::shared_ptr<Results const> results);
  std::shared_ptr<Results const> results_;
};

/// Under the rules that the plan states itself. Cost: O(activities + links).
/// Errors: InvalidInput naming the calendar that lacks working time; Cancelled.
[[nodiscard]] Schedule schedule(Network const& network, RunControl const& control = {});
/// Under `rules` for all subprojects.
[[nodiscard]] Schedule schedule(Network const& network, Rules const& rules, RunControl const& control = {});
[[nodiscard]] Schedule schedule(Overlay const& overlay, RunControl const& control = {});
[[nodiscard]] Schedule schedule(Overlay const& overlay, Rules const& rules, RunControl const& control = {});

}  // namespace rapport
