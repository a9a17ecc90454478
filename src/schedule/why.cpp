// The chain of reasons behind a date.

#include <cstdlib>
#include <set>
#include <utility>

#include "rapport/model/names.h"
#include "schedule/pass.h"

namespace rapport {
namespace {

char const* verb(DateField field) {
  switch (field) {
    case DateField::EarlyStart:
      return " starts ";
    case DateField::EarlyFinish:
      return " finishes ";
    case DateField::LateStart:
      return " must start by ";
    case DateField::LateFinish:
      return " must finish by ";
  }
  return " ";
}

bool is_early(DateField field) { return field == DateField::EarlyStart || field == DateField::EarlyFinish; }

/// "FS", "SS +8h", "FF -50%", "FS +50% elapsed".
std::string text_of_link(NetworkLinks const& links, std::uint32_t link) {
  static char const* const short_names[] = {"FS", "SS", "FF", "SF"};
  std::string text = short_names[static_cast<std::size_t>(links.type[link])];
  std::int64_t const lag = links.lag[link];
  if (lag == 0) return text;
  return text + (lag < 0 ? " -" : " +") + lag_text(links.lag_kind[link], std::abs(lag));
}

class Tracer {
 public:
  explicit Tracer(Schedule::Results const& results) : out_(results), links_(results.network.links()) {}

  Explanation trace(DateOf at) const {
    Explanation explanation;
    // A date seen before ends the chain: an activity as late as possible may be held by one that waited for
    // it.
    std::set<std::pair<std::uint32_t, DateField>> seen;
    for (std::size_t k = 0; seen.emplace(at.activity, at.field).second; ++k) {
      auto const cause = k == 0 && completed(at) ? Cause{Driver::Actual} : out_.cause_of(at);
      auto const next = source_of(links_, at, cause);
      explanation.steps.push_back(step(at, cause, next));
      if (!next) break;
      at = *next;
    }
    return explanation;
  }

 private:
  std::int64_t date(DateOf at) const {
    switch (at.field) {
      case DateField::EarlyStart:
        return out_.early_start[at.activity];
      case DateField::EarlyFinish:
        return out_.early_finish[at.activity];
      case DateField::LateStart:
        return out_.late_start[at.activity];
      case DateField::LateFinish:
        return out_.late_finish[at.activity];
    }
    return 0;
  }

  bool completed(DateOf at) const { return out_.network.completed({at.activity}); }

  WhyStep step(DateOf at, Cause cause, std::optional<DateOf> next) const {
    auto const& network = out_.network;
    WhyStep step;
    step.activity = network.key({at.activity});
    step.field = at.field;
    step.date = {date(at)};
    step.driver = cause.driver();
    if (cause.link() != LinkIndex::none) step.link = LinkIndex{cause.link()};
    step.text = step.activity + verb(at.field) + to_string(step.date) + ": ";
    if (!next) {
      step.text += root(at, cause.driver());
    } else if (completed(at)) {
      step.text = step.activity +
                  " is completed and passes on what holds it: " + network.key({next->activity}) +
                  verb(next->field) + to_string(Instant{date(*next)});
      if (cause.link() != LinkIndex::none) step.text += " (" + text_of_link(links_, cause.link()) + ")";
    } else if (cause.driver() == Driver::Duration) {
      step.text += std::string("it") + verb(next->field) + to_string(Instant{date(*next)}) + " and takes " +
                   to_string(network.remaining({at.activity}));
    } else {
      step.text += network.key({next->activity}) + verb(next->field) + to_string(Instant{date(*next)});
      if (cause.link() != LinkIndex::none) step.text += " (" + text_of_link(links_, cause.link()) + ")";
      if (keeps_away(at, cause))
        step.text += ", and its remaining duration is said to be " +
                     to_string(Work{network.values().stated_work[at.activity]});
    }
    return step;
  }

  /// From its successor, by what is said to remain of it.
  bool keeps_away(DateOf at, Cause cause) const {
    return out_.rules.tool == Tool::Primavera && cause.link() != LinkIndex::none &&
           links_.predecessor[cause.link()] == at.activity &&
           stated_work(out_.network.values(), at.activity) != 0;
  }

  /// Its mandatory date lies before the data date, where it stands instead.
  bool broken_by_data_date(DateOf at) const {
    auto const& values = out_.network.values();
    auto const i = at.activity;
    auto const& plan = out_.network.subprojects()[values.subproject[i]];
    auto const now = std::max(plan.data_date, plan.planned_start);
    if (!now) return false;
    bool const stands_there =
        out_.network.calendar(ActivityIndex{i}).between(*now, {out_.early_start[i]}) <= Work{};
    auto const broken = [&](ConstraintKind kind, std::int64_t day) {
      return (kind == ConstraintKind::MandatoryStart && day < out_.early_start[i]) ||
             (kind == ConstraintKind::MandatoryFinish && day < out_.early_finish[i]);
    };
    return stands_there && (broken(values.constraint[i], values.constraint_date[i]) ||
                            broken(values.constraint2[i], values.constraint2_date[i]));
  }

  std::string root(DateOf at, Driver driver) const {
    auto const& values = out_.network.values();
    switch (driver) {
      case Driver::DataDate:
        return "no remaining work lies before the data date";
      case Driver::ProjectStart:
        return "the project starts then";
      case Driver::Constraint: {
        std::string text = "constraint";
        // Those that can have decided: a date that holds early dates does not bound late ones.
        bool const early = is_early(at.field), microsoft = out_.rules.tool == Tool::Microsoft;
        auto const name = [&](ConstraintKind kind, std::int64_t day) {
          if (kind == ConstraintKind::None || kind == ConstraintKind::AsLateAsPossible) return;
          bool const no_earlier =
              kind == ConstraintKind::StartNoEarlierThan || kind == ConstraintKind::FinishNoEarlierThan;
          bool const no_later =
              kind == ConstraintKind::StartNoLaterThan || kind == ConstraintKind::FinishNoLaterThan;
          if ((no_earlier && !early && !out_.rules.from_finish) || (no_later && early && !microsoft)) return;
          text += std::string(" ") + std::string(to_name(kind)) + " " + to_string(Instant{day});
        };
        name(values.constraint[at.activity], values.constraint_date[at.activity]);
        name(values.constraint2[at.activity], values.constraint2_date[at.activity]);
        auto const deadline = values.deadline[at.activity];
        auto const fixes = [](ConstraintKind kind) {
          return kind == ConstraintKind::StartOn || kind == ConstraintKind::FinishOn ||
                 kind == ConstraintKind::MandatoryStart || kind == ConstraintKind::MandatoryFinish;
        };
        bool const fixed = fixes(values.constraint[at.activity]) || fixes(values.constraint2[at.activity]);
        if (early && !microsoft && broken_by_data_date(at)) text += ", though not before the data date";
        if (microsoft && !early && !fixed && deadline != no_instant)
          text += " deadline " + to_string(Instant{deadline});
        return text;
      }
      case Driver::Actual:
        return "it happened then";
      case Driver::ExpectedFinish:
        return "its finish is expected on " + to_string(Instant{values.expected_finish[at.activity]});
      case Driver::External:
        return "a date given for a link to another plan";
      case Driver::Resume:
        return "it is suspended until then";
      case Driver::ProjectFinish:
        return "nothing follows it, and the project finishes then";
      case Driver::MustFinishBy:
        return "the project must finish by then";
      case Driver::Levelling:
        return "levelling delays it";
      case Driver::Manual:
        return "its dates are entered by hand";
      default:
        return name_of(driver);
    }
  }

  Schedule::Results const& out_;
  NetworkLinks const& links_;
};

}  // namespace

char const* name_of(Driver driver) {
  static char const* const names[] = {"data_date", "project_start",   "link",           "constraint",
                                      "actual",    "expected_finish", "external",       "resume",
                                      "span",      "duration",        "project_finish", "must_finish_by",
                                      "levelling", "manual"};
  return names[static_cast<std::size_t>(driver)];
}

std::optional<DateOf> source_of(NetworkLinks const& links, DateOf at, Cause cause) {
  bool const early = is_early(at.field);
  auto const start = early ? DateField::EarlyStart : DateField::LateStart;
  auto const finish = early ? DateField::EarlyFinish : DateField::LateFinish;
  switch (cause.driver()) {
    case Driver::Duration:
      return DateOf{at.activity, at.field == start ? finish : start};
    case Driver::Span: {
      if (cause.link() != LinkIndex::none) {
        auto const type = links.type[cause.link()];
        bool const by_start = cause.ahead() ? !to_finish(type) : from_start(type);
        auto const other = cause.ahead() ? links.successor[cause.link()] : links.predecessor[cause.link()];
        return DateOf{other, by_start ? start : finish};
      }
      return DateOf{cause.member(), at.field == start ? start : finish};
    }
    case Driver::Link: {
      // An as-late-as-possible activity looks forward for its early dates, too.
      bool const looks_back = links.successor[cause.link()] == at.activity;
      auto const other = looks_back ? links.predecessor[cause.link()] : links.successor[cause.link()];
      bool const by_start =
          looks_back ? from_start(links.type[cause.link()]) : !to_finish(links.type[cause.link()]);
      return DateOf{other, by_start ? start : finish};
    }
    default:
      return {};
  }
}

Cause Schedule::Results::cause_of(DateOf at) const {
  switch (at.field) {
    case DateField::EarlyStart:
      return start_cause[at.activity];
    case DateField::EarlyFinish:
      return finish_cause[at.activity];
    case DateField::LateStart:
      return late_start_cause[at.activity];
    case DateField::LateFinish:
      return late_finish_cause[at.activity];
  }
  return {};
}

std::string Explanation::text() const {
  std::string text;
  for (auto const& step : steps) text += step.text + "\n";
  return text;
}

Explanation Schedule::why(ActivityIndex i) const {
  return Tracer(results_->whole()).trace({i.value, DateField::EarlyFinish});
}
Explanation Schedule::why(std::string_view key) const { return why(network().at(key)); }
Explanation Schedule::why_late(ActivityIndex i) const {
  return Tracer(results_->whole()).trace({i.value, DateField::LateStart});
}
Explanation Schedule::why_late(std::string_view key) const { return why_late(network().at(key)); }

}  // namespace rapport
