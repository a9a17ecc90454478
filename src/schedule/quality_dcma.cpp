// DCMA's fourteen points, in their order.

#include <algorithm>

#include "network/builder.h"
#include "rapport/model/names.h"
#include "schedule/pass.h"
#include "schedule/quality_inspection.h"

namespace rapport {
namespace {

constexpr auto dcma = QualityStandard::Dcma;

/// By the day, as baselines and actual dates are kept; an end at midnight belongs to the day before.
bool later_by_day(std::int64_t a, std::int64_t b) {
  return (Instant{a} - Elapsed{1}).date() > (Instant{b} - Elapsed{1}).date();
}

/// The activity that may begin, and the one that may end, each subproject without a link.
struct Ends {
  std::vector<std::uint32_t> first, last;
};

Ends ends_of(QualityInspection const& seen) {
  auto const& subproject = seen.network.values().subproject;
  std::size_t const n = seen.network.subprojects().size();
  Ends ends{std::vector(n, seen.activities), std::vector(n, seen.activities)};
  auto const dates = [&](std::uint32_t i) { return seen.schedule.dates(ActivityIndex{i}); };
  for (std::uint32_t i = 0; i < seen.activities; ++i) {
    if (!seen.linkable[i]) continue;
    auto& first = ends.first[subproject[i]];
    auto& last = ends.last[subproject[i]];
    if (!seen.follows[i] && (first == seen.activities || dates(i).early_start < dates(first).early_start))
      first = i;
    if (!seen.leads_on[i] && (last == seen.activities || dates(i).early_finish >= dates(last).early_finish))
      last = i;
  }
  return ends;
}

class FourteenPoints {
 public:
  FourteenPoints(QualityInspection const& seen, DelayTest const& test, Quality& out)
      : seen_(seen),
        options_(seen.options),
        values_(seen.network.values()),
        test_(test),
        report_(seen, out) {}

  void write() {
    logic();
    leads();
    lags();
    relation_types();
    hard_constraints();
    high_float();
    negative_float();
    high_duration();
    invalid_dates();
    resources();
    missed();
    critical_path_test();
    path_index();
    execution_index();
  }

 private:
  template <class Visit>
  void each_incomplete(Visit const& visit) {
    for (std::uint32_t i = 0; i < seen_.activities; ++i)
      if (seen_.incomplete[i]) visit(i);
  }
  [[nodiscard]] ActivityDates dates(std::uint32_t i) const { return seen_.schedule.dates(ActivityIndex{i}); }

  void logic() {
    bool const all = options_.logic_of == CountedWork::All;
    report_.open(dcma, 1, "logic", "Logic",
                 std::string(all ? "activities" : "unfinished activities") +
                     " without predecessor or successor" + (options_.dangling ? ", or dangling" : "") +
                     "; the first and the last of a project may be");
    auto const ends = ends_of(seen_);
    for (std::uint32_t i = 0; i < seen_.activities; ++i) {
      if (!(all ? seen_.detail[i] : seen_.incomplete[i])) continue;
      auto const part = values_.subproject[i];
      bool const milestone =
          values_.kind[i] == ActivityKind::StartMilestone || values_.kind[i] == ActivityKind::FinishMilestone;
      bool const dangles = options_.dangling && !milestone;
      std::string reason;
      auto const add = [&](char const* text) { reason += (reason.empty() ? "" : "; ") + std::string(text); };
      if (!seen_.follows[i]) {
        if (ends.first[part] != i) add("no predecessor");
      } else if (dangles && !seen_.start_held[i]) {
        add("no link holds its start: only finishes are linked");
      }
      if (!seen_.leads_on[i]) {
        if (ends.last[part] != i) add("no successor");
      } else if (dangles && !seen_.finish_held[i]) {
        add("nothing waits for its finish: only its start is linked");
      }
      if (!reason.empty()) report_.activity(i, reason);
    }
    report_.share(report_.findings(), all ? seen_.details : seen_.incompletes, options_.logic_limit);
  }

  [[nodiscard]] std::string links_text() const {
    return options_.links_of == CountedWork::All ? "all links" : "links into what is not completed";
  }
  [[nodiscard]] Lag const& lag(QualityInspection::FactLink const& link) const {
    return seen_.facts.links[link.row].lag;
  }
  void leads() {
    report_.open(dcma, 2, "leads", "Leads", "leads among " + links_text());
    for (auto const& link : seen_.links) {
      auto const& found = lag(link);
      if (is_percent(found.kind) ? found.percent < 0 : found.seconds < 0)
        report_.link(link, "lead of " + lag_text(found.kind, lag_of(found)));
    }
    report_.share(report_.findings(), seen_.links.size(), options_.lead_limit);
  }

  void lags() {
    bool const of_links = options_.lag_share == LagShare::OfLinks;
    std::string text = of_links ? "lags among " + links_text() : "unfinished activities that wait for a lag";
    if (options_.lag_tolerance.seconds > 0)
      text += ", up to " + to_string(options_.lag_tolerance) + " not counted";
    report_.open(dcma, 3, "lags", "Lags", text);
    std::vector<std::uint8_t> waits(seen_.activities);
    for (auto const& link : seen_.links) {
      auto const& found = lag(link);
      bool const counts = is_percent(found.kind)           ? found.percent > 0
                          : found.kind == LagKind::Elapsed ? found.seconds > 0
                                                           : found.seconds > options_.lag_tolerance.seconds;
      if (!counts || (!of_links && !seen_.incomplete[link.successor])) continue;
      waits[link.successor] = 1;
      report_.link(link, "lag of " + lag_text(found.kind, lag_of(found)));
    }
    if (of_links)
      report_.share(report_.findings(), seen_.links.size(), options_.lag_limit);
    else
      report_.share(static_cast<std::size_t>(std::count(waits.begin(), waits.end(), 1)), seen_.incompletes,
                    options_.lag_limit);
  }

  void relation_types() {
    report_.open(dcma, 4, "relation_types", "Relation types", "finish-to-start among " + links_text());
    for (auto const& link : seen_.links) {
      auto const type = seen_.facts.links[link.row].type;
      if (type != LinkType::FinishToStart) report_.link(link, "is " + std::string(to_name(type)));
    }
    report_.share(seen_.links.size() - report_.findings(), seen_.links.size(), options_.finish_to_start_limit,
                  true);
  }

  void hard_constraints() {
    std::string kinds = "mandatory";
    if (options_.hard_constraints != HardConstraints::Mandatory) kinds += " and no later than";
    if (options_.hard_constraints == HardConstraints::WithStartOn) kinds += ", start on and finish on";
    report_.open(dcma, 5, "hard_constraints", "Hard constraints",
                 "unfinished activities with a constraint that may stop links (" + kinds + ")");
    each_incomplete([&](std::uint32_t i) {
      std::string reason;
      auto const add = [&](ConstraintKind kind, std::int64_t date) {
        if (!is_hard(kind, options_.hard_constraints)) return;
        reason += (reason.empty() ? "" : "; ") + std::string(to_name(kind));
        if (date != no_instant) reason += " " + to_string(Instant{date});
      };
      add(values_.constraint[i], values_.constraint_date[i]);
      add(values_.constraint2[i], values_.constraint2_date[i]);
      if (!reason.empty()) report_.activity(i, reason);
    });
    report_.share(report_.findings(), seen_.incompletes, options_.hard_constraint_limit);
  }

  void high_float() {
    report_.open(dcma, 6, "high_float", "High float",
                 "unfinished activities with total float above " + days_text(options_.high_float_days));
    each_incomplete([&](std::uint32_t i) {
      double const days = seen_.in_days(dates(i).total_float.seconds, i);
      if (days > options_.high_float_days) report_.activity(i, "total float of " + days_text(days));
    });
    report_.share(report_.findings(), seen_.incompletes, options_.high_float_limit);
  }

  void negative_float() {
    report_.open(dcma, 7, "negative_float", "Negative float",
                 "unfinished activities with total float below zero");
    each_incomplete([&](std::uint32_t i) {
      auto const found = dates(i).total_float;
      if (found.seconds < 0)
        report_.activity(i, "total float of " + days_text(seen_.in_days(found.seconds, i)));
    });
    report_.share(report_.findings(), seen_.incompletes, options_.negative_float_limit);
  }

  void high_duration() {
    report_.open(dcma, 8, "high_duration", "High duration",
                 "unfinished activities with more than " + days_text(options_.high_duration_days) +
                     " remaining" + (options_.rolling_wave.empty() ? "" : ", rolling wave left out"));
    std::size_t out_of = 0;
    each_incomplete([&](std::uint32_t i) {
      if (seen_.rolling_wave[i]) return;
      ++out_of;
      double const days = seen_.in_days(seen_.network.remaining({i}).seconds, i);
      if (days > options_.high_duration_days) report_.activity(i, days_text(days) + " remain");
    });
    report_.share(report_.findings(), out_of, options_.high_duration_limit);
  }

  void invalid_dates() {
    report_.open(dcma, 9, "invalid_dates", "Invalid dates",
                 "activities forecast before the data date, or actual after it");
    std::size_t out_of = 0;
    for (std::uint32_t i = 0; i < seen_.activities; ++i) {
      auto const now = seen_.now(i);
      if (!seen_.detail[i] || now == no_instant) continue;
      ++out_of;
      std::string reason;
      auto const check = [&](char const* what, std::int64_t date, bool wrong) {
        if (wrong) reason += (reason.empty() ? "" : "; ") + std::string(what) + to_string(Instant{date});
      };
      auto const started = values_.actual_start[i], finished = values_.actual_finish[i];
      check("actual start ", started, started != no_instant && started > now);
      check("actual finish ", finished, finished != no_instant && finished > now);
      auto const forecast = dates(i);
      if (started == no_instant && finished == no_instant)
        check("forecast start ", forecast.early_start.seconds, forecast.early_start.seconds < now);
      if (finished == no_instant)
        check("forecast finish ", forecast.early_finish.seconds, forecast.early_finish.seconds < now);
      if (!reason.empty()) report_.activity(i, reason + "; the data date is " + to_string(Instant{now}));
    }
    if (out_of == 0 && seen_.details > 0)
      return report_.not_applicable(
          "the plan states no data date, so that no date can lie on the wrong side of it");
    report_.share(report_.findings(), out_of, options_.invalid_date_limit);
  }

  void resources() {
    report_.open(dcma, 10, "resources", "Resources",
                 "unfinished activities with work but neither resource nor cost; a ratio without limit");
    std::size_t out_of = 0;
    each_incomplete([&](std::uint32_t i) {
      if (seen_.network.remaining({i}).seconds == 0) return;
      ++out_of;
      if (!seen_.resourced[i]) report_.activity(i, "no assignment and no expense");
    });
    report_.share(report_.findings(), out_of, std::nullopt);
  }

  [[nodiscard]] bool due(std::uint32_t i) const {
    return seen_.detail[i] && seen_.baseline_finish[i] != no_instant && seen_.now(i) != no_instant &&
           seen_.baseline_finish[i] <= seen_.now(i);
  }

  void missed() {
    bool const late = options_.missed == MissedWork::LateOrOpen;
    bool const of_due = options_.missed_share == MissedShare::OfDue;
    report_.open(dcma, 11, "missed_tasks", "Missed tasks",
                 std::string("activities due in the baseline by the data date that ") +
                     (late ? "finished late or are open" : "are still open") + ", among " +
                     (of_due ? "those due" : "all activities"));
    std::size_t all_due = 0;
    for (std::uint32_t i = 0; i < seen_.activities; ++i) {
      if (!due(i)) continue;
      ++all_due;
      auto const baseline = seen_.baseline_finish[i], finished = values_.actual_finish[i];
      std::string const text = "due " + to_string(Instant{baseline});
      if (finished == no_instant)
        report_.activity(i, text + ", still open");
      else if (late && later_by_day(finished, baseline))
        report_.activity(i, text + ", finished " + to_string(Instant{finished}));
    }
    if (all_due == 0) return report_.not_applicable(nothing_due());
    report_.share(report_.findings(), of_due ? all_due : seen_.details, options_.missed_limit);
  }

  [[nodiscard]] std::string nothing_due() const {
    for (std::uint32_t i = 0; i < seen_.activities; ++i)
      if (seen_.detail[i] && seen_.baseline_finish[i] != no_instant)
        return "nothing was due in the baseline by the data date";
    return "the plan holds no baseline";
  }

  void critical_path_test() {
    report_.open(dcma, 12, "critical_path_test", "Critical path test", "nothing is unfinished");
    if (!test_.possible) return;
    auto const& key = seen_.key(test_.activity);
    std::string const text = days_text(test_.asked_days) + " more on " + key + " move the finish by " +
                             days_text(test_.moved_days);
    report_.measure(text, test_.moved_days, "d", test_.asked_days - options_.delay_tolerance_days);
    if (!test_.passed(options_.delay_tolerance_days))
      report_.activity(test_.activity, text + ": " + test_.why);
  }

  void path_index() {
    report_.open(dcma, 13, "critical_path_length_index", "Critical path length index",
                 "nothing is unfinished");
    auto const last = seen_.last();
    if (last == seen_.activities) return;
    auto const& calendar = seen_.network.calendar({last});
    auto const found = dates(last);
    auto const now = seen_.now(last) == no_instant ? seen_.schedule.start() : Instant{seen_.now(last)};
    double const length = seen_.in_days(calendar.between(now, found.early_finish).seconds, last);
    double left = seen_.in_days(found.total_float.seconds, last);
    std::string against = "total float of " + seen_.key(last);
    if (options_.finish_float == FinishFloat::Baseline) {
      if (seen_.baseline_finish[last] == no_instant)
        return report_.not_applicable("the last activity, " + seen_.key(last) + ", has no baseline");
      left = seen_.in_days(calendar.between(found.early_finish, Instant{seen_.baseline_finish[last]}).seconds,
                           last);
      against = "float of " + seen_.key(last) + " to its baseline finish";
    }
    auto const value = critical_path_length_index(length, left);
    report_.measure("(" + days_text(length) + " to the finish + " + days_text(left) + " " + against + ") / " +
                        days_text(length),
                    value, "", options_.path_index_limit);
  }

  void execution_index() {
    bool const all = options_.completed == CompletedWork::All;
    report_.open(dcma, 14, "baseline_execution_index", "Baseline execution index",
                 std::string(all ? "all completed activities" : "activities completed of those due") +
                     " / activities due in the baseline by the data date");
    std::size_t completed = 0, all_due = 0;
    for (std::uint32_t i = 0; i < seen_.activities; ++i) {
      if (!seen_.detail[i]) continue;
      all_due += due(i);
      completed += seen_.network.completed({i}) && (all || due(i));
    }
    if (all_due == 0) return report_.not_applicable(nothing_due());
    report_.index(completed, all_due, baseline_execution_index(completed, all_due),
                  options_.execution_index_limit);
    for (std::uint32_t i = 0; i < seen_.activities; ++i)
      if (due(i) && !seen_.network.completed({i}))
        report_.activity(i, "due " + to_string(Instant{seen_.baseline_finish[i]}) + ", not completed");
  }

  QualityInspection const& seen_;
  QualityOptions const& options_;
  ActivityValues const& values_;
  DelayTest const& test_;
  QualityReport report_;
};

}  // namespace

void check_dcma(QualityInspection const& seen, DelayTest const& test, Quality& out) {
  FourteenPoints(seen, test, out).write();
}

}  // namespace rapport
