#pragma once
// What the passes read, and the rules that they consist of. Instants and work in seconds.

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "network/calendar_tables.h"
#include "rapport/base/error.h"
#include "schedule/results.h"
#include "schedule/scans.h"

namespace rapport {

struct PassVariant;

/// What is said to remain of a start milestone as late as possible, which P6 does not forget altogether.
[[nodiscard]] inline std::int64_t stated_work(ActivityValues const& values, std::uint32_t i) {
  bool const waits = values.constraint[i] == ConstraintKind::AsLateAsPossible &&
                     values.actual_start[i] == no_instant && values.actual_finish[i] == no_instant;
  return waits ? values.stated_work[i] : 0;
}

/// What every pass reads, and where it writes.
struct Pass {
  Network const& network;
  Rules const& rules;
  ActivityValues const& activity;
  NetworkLinks const& links;
  /// Links of activity i as successor: from first_in[i] to before last_in[i]; as predecessor likewise, into
  /// `links.out`.
  std::uint32_t const *first_in, *last_in, *first_out, *last_out;
  std::uint32_t const* out_word;  ///< Of `links`; none where they are edited.
  WorkingTime const* calendars;
  Schedule::Results& out;
  std::uint32_t activities, link_count;
  /// Levels of effort and summaries stand last; behind them at most what a what-if added.
  std::uint32_t first_spanning, last_spanning;
  bool has_assignments;
  bool overrides;                       ///< The rules take some links away.
  std::vector<std::int64_t> data_date;  ///< Per subproject: before it no work remains.
  /// What counts as critical.
  struct Critical {
    bool by_path;
    std::int64_t limit;  ///< Of total float.
    friend bool operator==(Critical const&, Critical const&) = default;
  };
  std::vector<Critical> critical;  ///< Per subproject, or one for all.
  /// Scratch, per link: from when on it lets its successor start; `no_instant` where it does not count.
  BareVector<std::int64_t> lets_go;
  std::vector<std::uint8_t> at_data_date;  ///< Per subproject: that is the data date, not a planned start.

  /// On `edited` instead of the links of the network when given.
  explicit Pass(Schedule::Results& results, EditedLinks const* edited = nullptr);
  /// After a change of the edited links.
  void look_at(EditedLinks const& edited);

  [[nodiscard]] WorkingTime const& calendar(std::uint32_t i) const { return calendars[activity.calendar[i]]; }
  [[nodiscard]] bool started(std::uint32_t i) const { return activity.actual_start[i] != no_instant; }
  [[nodiscard]] bool completed(std::uint32_t i) const { return activity.actual_finish[i] != no_instant; }
  [[nodiscard]] bool milestone(std::uint32_t i) const {
    return activity.kind[i] == ActivityKind::StartMilestone ||
           activity.kind[i] == ActivityKind::FinishMilestone;
  }
  [[nodiscard]] MicrosoftTask const& microsoft(std::uint32_t i) const {
    return activity.microsoft_tasks[activity.microsoft[i]];
  }
  [[nodiscard]] std::int64_t stated_work(std::uint32_t i) const { return rapport::stated_work(activity, i); }
  /// Has a part in nothing.
  [[nodiscard]] bool inactive(std::uint32_t i) const {
    return activity.microsoft[i] != 0 && microsoft(i).inactive;
  }
  /// Runs on the calendars of its assignments.
  [[nodiscard]] bool assigned(std::uint32_t i) const {
    if (!has_assignments) return false;
    auto const& first = network.assignments().first;
    return i + 1 < first.size() && first[i] != first[i + 1];
  }
  /// Links and its own calendar alone decide on its dates: most activities, for which the rules are few.
  [[nodiscard]] bool plain(std::uint32_t i) const { return activity.plain[i] != 0 && !assigned(i); }
  /// Calls `visit` with each from `first` to before `last` that is not.
  template <class Visit>
  void each_special(std::uint32_t first, std::uint32_t last, Visit const& visit) const {
    if (!has_assignments) return each_not_plain(activity, first, last, visit);
    for (auto i = first; i < last; ++i)
      if (!plain(i)) visit(i);
  }
  /// Between two projects, where the rules say to ignore such links.
  [[nodiscard]] bool foreign(std::uint32_t link) const {
    return rules.ignore_external_links &&
           activity.subproject[links.predecessor[link]] != activity.subproject[links.successor[link]];
  }
  /// What most links ask on the way back, of links.out[o].
  struct LinkOut {
    std::uint32_t successor;
    LinkType type;
    bool lagged, other_lag;  ///< Has a lag; of another kind than working time.
    bool of_summary;
  };
  [[nodiscard]] LinkOut link_out(std::uint32_t o) const {
    auto const word = out_word ? out_word[o] : links.word_of(links.out[o]);
    return {word >> 5, static_cast<LinkType>(word >> 1 & 3), (word & 1) != 0, (word & 8) != 0,
            (word & 16) != 0};
  }
  /// Takes its dates from others and drives nothing.
  [[nodiscard]] bool spans(std::uint32_t i) const { return i >= first_spanning && i < last_spanning; }
};

/// Plain seconds in and out, for the arrays of the passes.
[[nodiscard]] inline std::int64_t add(WorkingTime const& calendar, std::int64_t from, std::int64_t work) {
  return work == 0 ? from : calendar.tables().add(from, work);
}
[[nodiscard]] inline std::int64_t next_working(WorkingTime const& calendar, std::int64_t t) {
  auto const& tables = calendar.tables();
  return tables.latest(tables.rank(t));
}
[[nodiscard]] inline std::int64_t previous_working(WorkingTime const& calendar, std::int64_t t) {
  auto const& tables = calendar.tables();
  return tables.earliest(tables.rank(t));
}
[[nodiscard]] inline std::int64_t between(WorkingTime const& calendar, std::int64_t a, std::int64_t b) {
  return calendar.tables().rank(b) - calendar.tables().rank(a);
}
/// `t` when work ends or goes on there, else the next instant at which it goes on.
[[nodiscard]] inline std::int64_t finish_point(WorkingTime const& calendar, std::int64_t t) {
  auto const& tables = calendar.tables();
  std::int64_t const rank = tables.rank(t);
  return tables.earliest(rank) == t ? t : tables.latest(rank);
}

/// `t` when work begins or goes on there, else the last instant until which it went on.
[[nodiscard]] inline std::int64_t begin_point(WorkingTime const& calendar, std::int64_t t) {
  auto const& tables = calendar.tables();
  std::int64_t const rank = tables.rank(t);
  return tables.latest(rank) == t ? t : tables.earliest(rank);
}

[[nodiscard]] constexpr bool from_start(LinkType type) {
  return type == LinkType::StartToStart || type == LinkType::StartToFinish;
}
[[nodiscard]] constexpr bool to_finish(LinkType type) {
  return type == LinkType::FinishToFinish || type == LinkType::StartToFinish;
}

// `work` from one end of activity i to the other, and the nearest beginning or end of work: on the calendars
// of its assignments when it has any, else on `calendar`.
[[nodiscard]] std::int64_t finish_of_assigned(Pass const& pass, std::uint32_t i, std::int64_t start,
                                              std::int64_t work);
[[nodiscard]] std::int64_t start_of_assigned(Pass const& pass, std::uint32_t i, std::int64_t finish,
                                             std::int64_t work);
[[nodiscard]] std::int64_t assigned_begins(Pass const& pass, std::uint32_t i, std::int64_t t);
[[nodiscard]] std::int64_t assigned_ends(Pass const& pass, std::uint32_t i, std::int64_t t);
[[nodiscard]] inline std::int64_t finish_of_work(Pass const& pass, std::uint32_t i,
                                                 WorkingTime const& calendar, std::int64_t start,
                                                 std::int64_t work) {
  return !pass.assigned(i) || work == 0 ? add(calendar, start, work)
                                        : finish_of_assigned(pass, i, start, work);
}
[[nodiscard]] inline std::int64_t start_of_work(Pass const& pass, std::uint32_t i,
                                                WorkingTime const& calendar, std::int64_t finish,
                                                std::int64_t work) {
  return !pass.assigned(i) || work == 0 ? add(calendar, finish, -work)
                                        : start_of_assigned(pass, i, finish, work);
}
[[nodiscard]] inline std::int64_t work_begins(Pass const& pass, std::uint32_t i, WorkingTime const& calendar,
                                              std::int64_t t) {
  return pass.assigned(i) ? assigned_begins(pass, i, t) : next_working(calendar, t);
}
[[nodiscard]] inline std::int64_t work_ends(Pass const& pass, std::uint32_t i, WorkingTime const& calendar,
                                            std::int64_t t) {
  return pass.assigned(i) ? assigned_ends(pass, i, t) : previous_working(calendar, t);
}

/// Seconds on the lag calendar; a percentage is of the predecessor's duration.
[[nodiscard]] std::int64_t percent_lag_seconds(Pass const& pass, std::uint32_t link);
[[nodiscard]] inline std::int64_t lag_seconds(Pass const& pass, std::uint32_t link) {
  return is_percent(pass.links.lag_kind[link]) ? percent_lag_seconds(pass, link) : pass.links.lag[link];
}
/// On the clock for elapsed lags, and in Microsoft Project for a share of an elapsed duration.
[[nodiscard]] WorkingTime const& other_lag_calendar(Pass const& pass, std::uint32_t link);
[[nodiscard]] inline WorkingTime const& lag_calendar(Pass const& pass, std::uint32_t link) {
  bool const usual =
      pass.links.lag_kind[link] == LagKind::Working && pass.rules.lag_calendar == LagCalendar::Predecessor;
  return usual ? pass.calendar(pass.links.predecessor[link]) : other_lag_calendar(pass, link);
}
/// The lag of links.out[o], a link out of activity i that has one, without a look at the link where it is
/// working time on the calendar of one of its ends.
struct LagOut {
  WorkingTime const& calendar;
  std::int64_t seconds;
};
[[nodiscard]] inline LagOut lag_out(Pass const& pass, std::uint32_t i, std::uint32_t o,
                                    Pass::LinkOut const& link) {
  auto const whose = pass.rules.lag_calendar;
  bool const near = whose == LagCalendar::Predecessor || whose == LagCalendar::Successor;
  if (link.other_lag || !near || !pass.out_word) {
    auto const k = pass.links.out[o];
    return {lag_calendar(pass, k), lag_seconds(pass, k)};
  }
  return {pass.calendar(whose == LagCalendar::Predecessor ? i : link.successor), pass.links.out_lag[o]};
}
/// How Primavera counts a lag when the predecessor has progress.
struct Wait {
  std::int64_t lag;                ///< Seconds.
  std::int64_t left;               ///< Of it, after the data date.
  bool from_actual_start = false;  ///< Early dates count all of it from there.
};
[[nodiscard]] Wait primavera_wait_since(Pass const& pass, std::uint32_t link, std::int64_t since);
[[nodiscard]] inline Wait primavera_wait(Pass const& pass, std::uint32_t link) {
  auto const p = pass.links.predecessor[link];
  std::int64_t const since =
      from_start(pass.links.type[link]) ? pass.activity.actual_start[p] : pass.activity.actual_finish[p];
  if (since != no_instant) return primavera_wait_since(pass, link, since);
  std::int64_t const lag = lag_seconds(pass, link);
  return {lag, lag};
}
/// The rules take the link away: between projects that are looked at apart; or, with progress override, into
/// what is under way (it no longer waits for the start that unfinished predecessors allow it) or completed.
[[nodiscard]] bool overridden_by_rules(Pass const& pass, std::uint32_t link);
[[nodiscard]] inline bool overridden(Pass const& pass, std::uint32_t link) {
  return pass.overrides && overridden_by_rules(pass, link);
}
/// The early date of the successor, before the lag: the predecessor's may be as late.
[[nodiscard]] inline std::int64_t link_needs(Pass const& pass, std::uint32_t link) {
  auto const s = pass.links.successor[link];
  std::int64_t const to =
      to_finish(pass.links.type[link]) ? pass.out.early_finish[s] : pass.out.early_start[s];
  if (pass.links.lag[link] == 0) return to;
  return add(lag_calendar(pass, link), to, -primavera_wait(pass, link).left);
}
/// From the early date of the predecessor, after the lag, to that of the successor: working seconds
/// on the predecessor's calendar.
[[nodiscard]] std::int64_t link_float(Pass const& pass, std::uint32_t link);
/// What the links of an activity need of its early start and of its early finish: the earliest of each has
/// the least float (link_float).
struct Needed {
  std::int64_t start = INT64_MAX, finish = INT64_MAX;

  void of(LinkType type, std::int64_t t) {
    auto& end = from_start(type) ? start : finish;
    end = std::min(end, t);
  }
  [[nodiscard]] bool nothing() const { return start == INT64_MAX && finish == INT64_MAX; }
  /// Working seconds from where the early dates of activity i stand, at least none.
  [[nodiscard]] std::int64_t free_float(Pass const& pass, WorkingTime::Tables const& times, std::uint32_t i,
                                        std::int64_t finish_rank) const {
    std::int64_t free = INT64_MAX;
    if (start != INT64_MAX) free = times.rank(start) - times.rank(pass.out.early_start[i]);
    if (finish != INT64_MAX) free = std::min(free, times.rank(finish) - finish_rank);
    return std::max<std::int64_t>(0, free);
  }
};
/// When links let an activity start: the last of them, `link`, from `latest` on, which means `start` in
/// working time.
struct LetGo {
  std::int64_t latest = no_instant, start = no_instant;
  std::uint32_t link = LinkIndex::none;

  void later(std::int64_t t, std::uint32_t by) {
    link = t > latest ? by : link;
    latest = std::max(latest, t);
  }
};
/// For Pass::lets_go: it counts, but lets its successor start before the project does.
inline constexpr std::int64_t too_soon = no_instant + 1;
/// Which of the links into activity i drive it, if any `drives`: those that let it start, as `start_point`
/// has it, with the last of them.
template <class StartPoint>
void mark_driving(Pass& pass, std::uint32_t i, bool drives, LetGo let_go, StartPoint start_point) {
  for (auto k = pass.first_in[i]; k < pass.last_in[i]; ++k) {
    std::int64_t const t = pass.lets_go[k];
    pass.out.driving[k] = drives && t > too_soon && (t == let_go.latest || start_point(t) == let_go.start);
  }
}

/// A lag as the network holds it, in words: "12h", "-12.5% elapsed".
[[nodiscard]] std::string lag_text(LagKind kind, std::int64_t lag);
/// Links as predecessor>successor:type, a comma between them.
[[nodiscard]] std::string links_text(Network const& network, std::span<LinkIndex const> links);

/// Tells which activity it was whose dates could not be found.
[[noreturn]] void refuse_activity(Pass const& pass, std::uint32_t i, InvalidInput const& why);

// Rules that run over activities first … last - 1, and those that name one activity, read the dates of
// its neighbours as they stand; a what-if runs them over what a change touches and nothing else.

// Primavera's rules, in the order in which they run.
void primavera_early(Pass& pass, std::uint32_t i);
void primavera_late(Pass& pass, std::uint32_t i);
void primavera_float(Pass& pass, std::uint32_t i);
/// The floats of what is plain at once; of what is not, primavera_float finds them when all late dates stand.
void primavera_late_with_float(Pass& pass, std::uint32_t i);
void primavera_forward(Pass& pass);
/// The start that the link allows its successor, from the early dates as they stand.
[[nodiscard]] std::int64_t primavera_lets_go(Pass const& pass, std::uint32_t link);
/// The instant by which the link wants the end of its predecessor, from the late dates as they stand.
[[nodiscard]] std::int64_t primavera_demands(Pass const& pass, std::uint32_t link);
void primavera_as_late_as_possible(Pass& pass, std::uint32_t first, std::uint32_t last);
/// Next to one as late as possible: what has moved drives others, and others drive it, where nothing is left
/// between them.
void primavera_drives_late(Pass& pass, std::uint32_t link);
/// All of primavera_late_with_float, and then the floats that it left.
void primavera_backward(Pass& pass);
void primavera_floats(Pass& pass);

// Microsoft's rules, in the order in which they run.
void microsoft_early(Pass& pass, std::uint32_t i);
void microsoft_late(Pass& pass, std::uint32_t i);
void microsoft_float(Pass& pass, std::uint32_t i);
void microsoft_late_with_float(Pass& pass, std::uint32_t i);
/// Of a link that holds the start: from when on it lets its successor start, from the early dates as they
/// stand.
[[nodiscard]] std::int64_t microsoft_lets_go(Pass const& pass, std::uint32_t link);
/// The finish that the link wants of its predecessor, from the late dates as they stand.
[[nodiscard]] std::int64_t microsoft_demands(Pass const& pass, std::uint32_t link);
/// The late start that its links look at: what remains of it, before any delay of levelling.
[[nodiscard]] std::int64_t start_without_levelling(Pass const& pass, std::uint32_t i);
/// `placed`, when given, has one entry per activity: those marked stay where they are.
void microsoft_forward(Pass& pass, std::uint8_t const* placed = nullptr);
/// When the plan is scheduled from its finish: moves its start to the earliest late start.
void microsoft_start_from_finish(Pass& pass);
void microsoft_backward(Pass& pass);
/// Whether any early dates moved.
bool microsoft_as_late_as_possible(Pass& pass);
/// Of what microsoft_backward left, or of all.
void microsoft_floats(Pass& pass, bool all);
/// A summary, or an inactive task: nothing waits for it.
[[nodiscard]] inline bool stands_still(Pass const& pass, std::uint32_t i) {
  return pass.spans(i) || pass.inactive(i);
}
/// Round the clock for elapsed durations.
[[nodiscard]] inline WorkingTime const& microsoft_calendar(Pass const& pass, std::uint32_t i) {
  return pass.microsoft(i).elapsed_duration ? pass.calendars[0] : pass.calendar(i);
}
/// `from` moved by the lag, forward (1) or back (-1).
[[nodiscard]] inline std::int64_t microsoft_lag(Pass const& pass, std::uint32_t link, std::int64_t from,
                                                std::int64_t sign) {
  if (pass.links.lag[link] == 0) return from;
  return add(lag_calendar(pass, link), from, sign * lag_seconds(pass, link));
}
/// The other end of `work`, over the parts of a split task.
[[nodiscard]] std::int64_t microsoft_finish(Pass const& pass, std::uint32_t i, std::int64_t start,
                                            std::int64_t work);
[[nodiscard]] std::int64_t microsoft_start(Pass const& pass, std::uint32_t i, std::int64_t finish,
                                           std::int64_t work);

// Both tools.
/// Whether a pass takes sixteen activities at a time (lanes.h), and with which loops; none: the fastest.
struct LanesWhen {
  enum Pays : std::uint8_t { Never, WhereItPays, Always } pays = WhereItPays;
  PassVariant const* variant = nullptr;
};
[[nodiscard]] Schedule schedule_in_lanes(Network const& network, Rules const& rules, LanesWhen when,
                                         RunControl const& control = {});
void project_finishes(Pass& pass);
void span_levels_of_effort(Pass& pass, std::uint32_t first, std::uint32_t last);
/// A completed activity shows what happened, whatever the passes needed of it.
void show_actual_dates(Pass& pass, std::uint32_t first, std::uint32_t last);
void roll_up_summaries(Pass& pass, std::uint32_t first, std::uint32_t last);
/// Those that finish last, and everything that drives them, what is completed included. `order` when given
/// has predecessors before their successors, and ActivityIndex::none where nothing stands.
void trace_longest_path(Pass& pass, std::span<std::uint32_t const> order = {});
/// Of what is not critical so far.
void mark_critical(Pass& pass, std::uint32_t first, std::uint32_t last);
/// Earliest early start and latest early finish.
void find_ends(Schedule::Results& results);

}  // namespace rapport
