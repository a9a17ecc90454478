#pragma once
// How a change reaches a date: back over the reasons of dates to where it sets in.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "impact/parts.h"
#include "schedule/schedule_rows.h"

namespace rapport::detail {

/// Stands on an impact, which must outlive it.
class WayBack {
 public:
  explicit WayBack(Impact::Parts const& parts);

  /// A date that hands the change on, and why the stop before it has its date from there.
  struct Stop {
    std::string_view key;
    DateField field = DateField::EarlyFinish;
    When when = When::After;  ///< Which schedule's reason that is.
    std::string because;
  };
  /// From the activity itself to where the change sets in.
  [[nodiscard]] std::vector<Stop> from(std::string_view activity);

  /// What became of an activity; none where the impact lists nothing of it.
  [[nodiscard]] ActivityDelta const* delta(std::string_view key) const;
  /// What the change does to it itself; none where it does not.
  [[nodiscard]] ActivityEffect const* effect(std::string_view key) const;
  /// The completed activity that comes back as this one; empty for others.
  [[nodiscard]] std::string_view comes_back(std::string_view key) const;

 private:
  using Source = ScheduleRows::Source;
  using Date = std::tuple<std::string_view, DateField, When>;
  static Stop removed_stop(std::string_view key);
  static Date date(Stop const& stop) { return {stop.key, stop.field, stop.when}; }

  [[nodiscard]] std::optional<Stop> before(Stop const& at);
  [[nodiscard]] std::optional<Stop> held_by(Stop const& at, When when);
  [[nodiscard]] std::optional<Stop> most_moved(Stop const& at, When when, std::vector<Source> const& sources);
  [[nodiscard]] bool passes_on(Stop const& completed);

  [[nodiscard]] ScheduleRows const& rows(When when) const { return when == When::After ? after_ : before_; }
  [[nodiscard]] bool changed(std::string_view key) const { return effect(key) || !comes_back(key).empty(); }
  [[nodiscard]] bool moved(std::string_view key, DateField field) const;
  [[nodiscard]] bool follows(std::string_view key, std::string_view successor) const;
  [[nodiscard]] bool named(Stop const& at, Source const& source, Stop const& from) const;
  [[nodiscard]] bool only_in(Stop const& at, Source const& source, Stop const& from) const;
  [[nodiscard]] std::string_view bridged(Stop const& at, Source const& source, Stop const& from) const;

  Impact::Parts const& parts_;
  ScheduleRows const after_, before_;
  std::unordered_map<std::string_view, ActivityDelta const*> deltas_;
  std::unordered_map<std::string_view, ActivityEffect const*> effects_;
  std::unordered_map<std::string_view, std::string_view> originals_;  ///< Rework activity → completed one.
  std::set<std::pair<std::string_view, DateField>> seen_;             ///< On the way that is walked.
  std::map<Date, Stop> passed_on_by_;  ///< A completed activity's date → the one before it on the way.
  std::set<Date> dead_ends_;           ///< Completed activities' dates that pass nothing on.
};

}  // namespace rapport::detail
