#pragma once
// How well a plan is made: the DCMA 14-point assessment and what of GAO's ten practices a plan can show.
//
// Sources: DCMA, 14-Point Assessment, revision of 9 November 2009, as told by Winter (2011) and in
// DCMA-EA PAM 200.1 (2012); GAO, Schedule Assessment Guide, GAO-16-89G (2015). Where those who apply
// them read a point differently, the reading is an option.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rapport/model/names.h"
#include "rapport/model/project.h"
#include "rapport/schedule/schedule.h"
#include "rapport/table/table.h"

namespace rapport {

enum class QualityStandard : std::uint8_t { Dcma, Gao };

/// Points 1 to 4: unfinished activities, or all of them; links into those.
enum class CountedWork : std::uint8_t { Incomplete, All };
/// Point 3: a share of all links, or (before 2009) the share of activities that wait for a lag.
enum class LagShare : std::uint8_t { OfLinks, OfActivities };
/// Point 5. Primavera's Start On and Finish On give way to links, but many tools count them.
enum class HardConstraints : std::uint8_t {
  MandatoryAndNoLater,  ///< Mandatory (must start, must finish) and no later than, as DCMA has it.
  Mandatory,            ///< Only those that overrule links.
  WithStartOn,          ///< The first, and Start On and Finish On.
};
/// Points 6, 8 and 12: how long a working day is.
enum class DayLength : std::uint8_t { ActivityCalendar, ProjectCalendar, EightHours };
/// Point 11: what is due by the data date and was finished late or is open, or only what is open.
enum class MissedWork : std::uint8_t { LateOrOpen, Open };
/// Point 11: a share of what is due by the data date, or of all activities.
enum class MissedShare : std::uint8_t { OfDue, OfAll };
/// Point 13: the float that the schedule gives the last activity (from must finish by, a constraint or
/// a deadline), or the working time from its finish to its baseline finish.
enum class FinishFloat : std::uint8_t { TotalFloat, Baseline };
/// Point 14: all that is completed, or only what of it was due.
enum class CompletedWork : std::uint8_t { All, Due };

/// What the checks mean and where their limits lie. Every field has its name in settings:
/// "lag_tolerance=40h".
struct QualityOptions {
  bool milestones = false;  ///< Count them as activities.
  CountedWork logic_of = CountedWork::Incomplete;
  bool dangling = true;  ///< Point 1 counts starts and finishes that no link holds.
  CountedWork links_of = CountedWork::Incomplete;
  Work lag_tolerance{};  ///< Working lags up to this do not count as lags.
  LagShare lag_share = LagShare::OfLinks;
  HardConstraints hard_constraints = HardConstraints::MandatoryAndNoLater;
  DayLength day = DayLength::ActivityCalendar;
  double high_float_days = 44;
  double high_duration_days = 44;
  std::vector<std::string> rolling_wave{};  ///< WBS nodes not yet planned in detail: point 8 leaves them out.
  MissedWork missed = MissedWork::LateOrOpen;
  MissedShare missed_share = MissedShare::OfDue;
  std::string delayed_activity{};   ///< Point 12; empty: the first unfinished one on the longest path.
  double delay_days = 600;          ///< Point 12.
  double delay_tolerance_days = 5;  ///< Point 12: calendars that differ move the finish a little less.
  FinishFloat finish_float = FinishFloat::TotalFloat;
  CompletedWork completed = CompletedWork::All;

  double logic_limit = 5;  ///< Per cent, as the next six.
  double lead_limit = 0;
  double lag_limit = 5;
  double finish_to_start_limit = 90;
  double hard_constraint_limit = 5;
  double high_float_limit = 5;
  double negative_float_limit = 0;
  double high_duration_limit = 5;
  double invalid_date_limit = 0;
  double missed_limit = 5;
  double path_index_limit = 0.95;
  double execution_index_limit = 0.95;

  friend bool operator==(QualityOptions const&, QualityOptions const&) = default;
};

/// Sets one field by its name: ("lag_tolerance", "40h"), ("missed", "open"), ("rolling_wave", "W1,W2").
/// Errors: NotFound (no such option, with the nearest), InvalidInput (not a value of it).
void set_option(QualityOptions& options, std::string_view name, std::string_view value);
/// name, value, choices of every option, as `options` has them.
[[nodiscard]] Table option_table(QualityOptions const& options = {});

enum class Verdict : std::uint8_t {
  Pass,
  Fail,
  NoLimit,        ///< A figure to look at; the standard sets no limit.
  NotApplicable,  ///< The plan has nothing to measure: no baseline, nothing due …
  NotInPlan,      ///< No plan file can show it; `meaning` says why.
};

/// One point of a standard on one plan.
struct QualityCheck {
  QualityStandard standard = QualityStandard::Dcma;
  int point = 0;                ///< 1 … 14, or the practice, 1 … 10.
  std::string id;               ///< "dcma.logic", "gao.horizontal_traceability".
  std::string name;             ///< "Logic".
  std::size_t count = 0;        ///< What it found.
  std::size_t out_of = 0;       ///< Out of how many.
  std::optional<double> value;  ///< Per cent, or the index; absent when it cannot be said.
  std::string unit;             ///< "%", "" for an index.
  std::optional<double> limit;
  bool at_least = false;  ///< The value must not be below the limit, instead of above.
  Verdict verdict = Verdict::NotApplicable;
  std::string meaning;  ///< What was counted, as the options have it.
  friend bool operator==(QualityCheck const&, QualityCheck const&) = default;
};

/// Something that a check holds against the plan.
struct QualityFinding {
  std::string check;        ///< QualityCheck::id.
  std::string activity;     ///< Key; of a link its successor.
  std::string predecessor;  ///< Of a link; empty otherwise.
  std::string link;         ///< Key of the link; empty otherwise.
  std::string reason;       ///< "lag of 40h", "nothing waits for its finish".
  friend bool operator==(QualityFinding const&, QualityFinding const&) = default;
};

struct Quality {
  std::vector<QualityCheck> checks;      ///< DCMA 1 … 14, then GAO 1 … 10.
  std::vector<QualityFinding> findings;  ///< In the order of the checks.

  /// Errors: NotFound with the nearest ids.
  [[nodiscard]] QualityCheck const& check(std::string_view id) const;
  [[nodiscard]] std::size_t passed(QualityStandard standard) const;
  [[nodiscard]] std::size_t failed(QualityStandard standard) const;
  /// standard, point, id, name, count, out_of, value, unit, limit, verdict, meaning.
  [[nodiscard]] Table table() const;
  /// check, activity, predecessor, link, reason.
  [[nodiscard]] Table findings_table() const;
};

/// Both standards on `schedule`, whose facts `project` holds. Detail activities are tasks that are
/// neither summaries nor levels of effort nor inactive; milestones by option. Cost: O(facts) and one
/// more schedule pass (point 12). Errors: InvalidInput (options out of range, or a schedule of other
/// facts), NotFound (an option names an activity or a WBS node that is not there).
[[nodiscard]] Quality check_quality(Schedule const& schedule, Project const& project,
                                    QualityOptions const& options = {}, RunControl const& control = {});

/// (length + float) / length; both in one unit. Absent when the length is not positive.
[[nodiscard]] std::optional<double> critical_path_length_index(double length, double total_float);
/// completed / due. Absent when nothing was due.
[[nodiscard]] std::optional<double> baseline_execution_index(std::size_t completed, std::size_t due);

template <>
std::span<std::string_view const> names_of<QualityStandard>();
template <>
std::span<std::string_view const> names_of<CountedWork>();
template <>
std::span<std::string_view const> names_of<LagShare>();
template <>
std::span<std::string_view const> names_of<HardConstraints>();
template <>
std::span<std::string_view const> names_of<DayLength>();
template <>
std::span<std::string_view const> names_of<MissedWork>();
template <>
std::span<std::string_view const> names_of<MissedShare>();
template <>
std::span<std::string_view const> names_of<FinishFloat>();
template <>
std::span<std::string_view const> names_of<CompletedWork>();
template <>
std::span<std::string_view const> names_of<Verdict>();

}  // namespace rapport
