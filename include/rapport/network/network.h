#pragma once
// Facts frozen for computing: activities in topological order, links in both directions, calendars
// compiled, all in plain arrays without a pointer into the Project they came from.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rapport/base/aligned.h"
#include "rapport/base/id.h"
#include "rapport/base/run_control.h"
#include "rapport/base/time.h"
#include "rapport/model/project.h"
#include "rapport/network/working_time.h"

namespace rapport {

/// Position of an activity in topological order: predecessors have smaller ones.
using ActivityIndex = Id<Activity>;
/// Position of a link in Network::links(): sorted by successor.
using LinkIndex = Id<Link>;

/// "No such instant" in arrays of instants (unit of those arrays: seconds, as Instant).
inline constexpr std::int64_t no_instant = INT64_MIN;

class KeyIndex;

/// What activities are called; one entry per activity.
struct ActivityNames {
  std::vector<std::string> key, name, source_id;
  std::shared_ptr<KeyIndex const> index;  ///< Of `key`.
};

/// What scheduling needs of activities; one entry per activity. Instants and work in seconds;
/// instants may be `no_instant`.
struct ActivityValues {
  AlignedVector<ActivityKind> kind;
  AlignedVector<std::uint32_t> subproject;
  AlignedVector<std::uint32_t> calendar;  ///< Into Network::calendars().
  AlignedVector<std::int64_t> duration, remaining;
  AlignedVector<std::int64_t> stated_work;  ///< What is said to remain of a start milestone.
  AlignedVector<std::int64_t> actual_start, actual_finish, suspended, resumed;
  AlignedVector<ConstraintKind> constraint, constraint2;
  AlignedVector<std::int64_t> constraint_date, constraint2_date;
  AlignedVector<std::int64_t> deadline, expected_finish, external_early_start, external_late_finish;
  /// Not 0: nothing but links and a calendar decide on its dates. Work that has not begun, without
  /// constraints, dates of its own or anything peculiar to a tool.
  AlignedVector<std::uint8_t> plain;
  AlignedVector<std::uint32_t> microsoft;  ///< Into `microsoft_tasks`; 0 is the ordinary task.
  std::vector<MicrosoftTask> microsoft_tasks;
};

/// Links sorted by successor; those of activity i as successor are [first_in[i], first_in[i + 1]).
/// As predecessor they are out[first_out[i]] … out[first_out[i + 1] - 1].
struct NetworkLinks {
  AlignedVector<std::uint32_t> first_in, first_out, out;
  AlignedVector<std::uint32_t> predecessor, successor;
  AlignedVector<LinkType> type;
  AlignedVector<LagKind> lag_kind;
  AlignedVector<std::int64_t> lag;  ///< Seconds; of a percentage: hundredths of a percent.
  /// Not 0: it stands for a link that names a summary (MS Project). From a summary's start only the earliest
  /// counts of a run side by side that begins with 2 and goes on with 3.
  AlignedVector<std::uint8_t> of_summary;
  /// Beside `out`, what the way back asks of a link: word_of and the lag. Empty where links are being edited.
  AlignedVector<std::uint32_t> out_word;
  AlignedVector<std::int64_t> out_lag;

  /// The successor · 32 + of_summary · 16 + whether the lag is no plain working time · 8 + the type · 2 +
  /// whether there is a lag.
  [[nodiscard]] std::uint32_t word_of(std::uint32_t link) const {
    return successor[link] << 5 | static_cast<std::uint32_t>(of_summary[link] != 0) << 4 |
           static_cast<std::uint32_t>(lag_kind[link] != LagKind::Working) << 3 |
           static_cast<std::uint32_t>(type[link]) << 1 | static_cast<std::uint32_t>(lag[link] != 0);
  }
};

/// Assignments that give an activity its dates: of activity i they are [first[i], first[i + 1]).
struct DrivingAssignments {
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> calendar;            ///< Into Network::calendars().
  std::vector<std::int64_t> duration, remaining;  ///< Working seconds on that calendar.
  std::vector<std::int64_t> lag;                  ///< Working seconds on it after the activity's start.
  /// What the activity's own duration and remaining duration were when these were found. Where they have
  /// changed since, each assignment changes in proportion.
  std::vector<std::int64_t> of_duration, of_remaining;
};

/// Members of summaries: of activity i they are member[first[i]] … member[first[i + 1] - 1].
struct SummaryMembers {
  std::vector<std::uint32_t> first, member;
};

/// Immutable and cheap to copy; safe to share between threads.
class Network {
 public:
  Network();
  struct Plan;

  [[nodiscard]] std::uint32_t activity_count() const;
  [[nodiscard]] std::uint32_t link_count() const;

  /// Cost: O(1).
  [[nodiscard]] std::optional<ActivityIndex> find(std::string_view key) const;
  /// Errors: NotFound with the nearest keys. Cost: O(1).
  [[nodiscard]] ActivityIndex at(std::string_view key) const;

  [[nodiscard]] std::string const& key(ActivityIndex i) const;
  [[nodiscard]] std::string const& name(ActivityIndex i) const;
  [[nodiscard]] std::string const& source_id(ActivityIndex i) const;
  [[nodiscard]] ActivityKind kind(ActivityIndex i) const;
  /// Key of the subproject; empty when the plan has only one without a name.
  [[nodiscard]] std::string const& subproject(ActivityIndex i) const;
  /// Working time on its calendar.
  [[nodiscard]] Work duration(ActivityIndex i) const;
  /// Zero when completed.
  [[nodiscard]] Work remaining(ActivityIndex i) const;
  [[nodiscard]] bool started(ActivityIndex i) const;
  [[nodiscard]] bool completed(ActivityIndex i) const;
  [[nodiscard]] WorkingTime const& calendar(ActivityIndex i) const;
  [[nodiscard]] double hours_per_day(ActivityIndex i) const { return calendar(i).hours_per_day(); }

  /// As the file states them; of the subproject with most activities when there are several.
  [[nodiscard]] Rules const& rules() const;
  /// From when on work remains: of that subproject; absent when the file says none.
  [[nodiscard]] std::optional<Instant> data_date() const;
  [[nodiscard]] std::optional<Instant> planned_start() const;
  [[nodiscard]] std::vector<Subproject> const& subprojects() const;
  /// Index of the project calendar of a subproject into calendars().
  [[nodiscard]] std::uint32_t subproject_calendar(std::uint32_t subproject) const;

  // The arrays, for passes over all activities.
  [[nodiscard]] ActivityNames const& names() const { return *names_; }
  [[nodiscard]] ActivityValues const& values() const { return *values_; }
  [[nodiscard]] NetworkLinks const& links() const { return *links_; }
  [[nodiscard]] DrivingAssignments const& assignments() const { return *assignments_; }
  [[nodiscard]] SummaryMembers const& members() const { return *members_; }
  [[nodiscard]] std::vector<WorkingTime> const& calendars() const;

 private:
  friend class Overlay;
  friend struct NetworkBuilder;
  struct Uninitialised {};
  struct Kept;
  explicit Network(Uninitialised);
  std::shared_ptr<ActivityNames const> names_;
  std::shared_ptr<ActivityValues const> values_;
  std::shared_ptr<NetworkLinks const> links_;
  std::shared_ptr<DrivingAssignments const> assignments_;
  std::shared_ptr<SummaryMembers const> members_;
  std::shared_ptr<Plan const> plan_;
  std::shared_ptr<Kept> kept_;
};

/// Freezes the work of `project`. Links that name a summary are spread over its members.
/// Cost: O(activities + links + days of the calendars).
/// Errors: CycleError with the keys of a shortest loop found; InvalidInput naming the calendar
/// that has no working time; Cancelled.
[[nodiscard]] Network compile(Project const& project, RunControl const& control = {});

}  // namespace rapport
