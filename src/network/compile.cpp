// Project → Network.

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <unordered_map>

#include "base/number_text.h"
#include "model/key_index.h"
#include "network/builder.h"
#include "network/calendar_tables.h"
#include "network/rough_finish.h"
#include "rapport/base/error.h"

namespace rapport {
namespace {

/// Calendars that inherit in a row; days that the tables of all calendars may hold (20 bytes each), and one
/// has at most.
constexpr std::size_t longest_chain = 100;
constexpr std::int64_t most_table_days = 30'000'000, longest_table = 3'141'000;
/// Between the first day that the plan's own dates name and the last one that its length asks for.
constexpr int longest_rough_plan = 60 * 366;
constexpr double longest_assignment = 3.6e10;  // seconds, as of every duration
/// Links that links between summaries may stand for, and places below summaries: some gigabytes of memory.
constexpr std::size_t most_spread_links = 20'000'000, most_members = 50'000'000;

/// The years that answers come fastest for: those that the project's own dates name, and some more.
struct Years {
  std::int64_t first = INT64_MAX, last = INT64_MIN;

  void see(std::optional<Instant> const& instant) {
    if (!instant) return;
    first = std::min(first, instant->seconds);
    last = std::max(last, instant->seconds);
  }
  [[nodiscard]] std::pair<Date, Date> days() const {
    if (first > last) return {Date::of(2000, 1, 1), Date::of(2000, 1, 31)};
    Date const from = Instant{first}.date() + -370;
    Date const to = std::min(Instant{last}.date(), from + 50 * 366) + 5 * 366;
    return {from, to};
  }
};

Years years_of(Facts const& facts) {
  Years years;
  for (auto const& part : facts.subprojects) {
    years.see(part.planned_start), years.see(part.data_date), years.see(part.must_finish_by);
  }
  for (auto const& activity : facts.activities) {
    years.see(activity.progress.actual_start), years.see(activity.constraint.date);
  }
  return years;
}

class Calendars {
 public:
  Calendars(Project const& project, std::pair<Date, Date> days) : project_(project), days_(days) {
    compiled_.emplace_back();
  }

  /// Index of the calendar `key`; 0, round the clock, when it is empty.
  std::uint32_t index(std::string const& key, std::string const& resource = {}) {
    if (key.empty() && resource.empty()) return 0;
    if (key.empty() || key == resource) return resource.empty() ? 0 : index(resource);
    if (resource.empty()) {
      auto const [it, is_new] = alone_.try_emplace(key);
      if (is_new) it->second = index_of_pair(key, resource);
      return it->second;
    }
    return index_of_pair(key, resource);
  }

  std::uint32_t index_of_pair(std::string const& key, std::string const& resource) {
    auto const [it, is_new] =
        known_.try_emplace({key, resource}, static_cast<std::uint32_t>(compiled_.size()));
    if (is_new) {
      auto const chain = this->chain(key);
      auto const of_resource = this->chain(resource);
      count_days(chain, of_resource);
      compiled_.emplace_back(chain, of_resource, days_.first, days_.second);
    }
    return it->second;
  }

  /// `compiled` for a plan that goes on until `last`, where they do not yet. A calendar with exceptions long
  /// ago stays as it is where its tables would become too long to be quick.
  std::optional<std::vector<WorkingTime>> until(Date last, std::vector<WorkingTime> const& compiled) {
    last = std::min(last, days_.first + longest_rough_plan);
    auto const days = (last - days_.first) * static_cast<std::int64_t>(known_.size());
    if (last <= days_.second || days > most_table_days) return {};
    auto longer = compiled;
    for (auto const& [keys, index] : known_) {
      WorkingTime each(chain(keys.first), chain(keys.second), days_.first, last);
      if (each.tables().grains.seconds > 0) longer[index] = std::move(each);
    }
    return longer;
  }

  /// The first of the chain of bases that says anything of its own.
  std::string const& substance(std::string const& key) const {
    auto const* calendar = &project_.at<Calendar>(key);
    auto const says = [](Calendar const& each) {
      return !each.exceptions.empty() || !each.work_weeks.empty() || each.base.empty() ||
             std::any_of(each.week.begin(), each.week.end(), [](auto const& day) { return day.has_value(); });
    };
    while (!says(*calendar)) calendar = &project_.at<Calendar>(calendar->base);
    return calendar->key;
  }

  std::vector<WorkingTime> take() { return std::move(compiled_); }

 private:
  std::vector<Calendar> chain(std::string key) const {
    std::vector<Calendar> chain;
    while (!key.empty()) {
      if (chain.size() == longest_chain)
        throw InvalidInput("calendar " + chain.front().key + " inherits from more than " +
                           std::to_string(longest_chain) + " others in a row; let it inherit from one");
      chain.push_back(project_.at<Calendar>(key));
      key = chain.back().base;
    }
    return chain;
  }

  /// Exceptions far away from the plan cost a table that reaches to them, of every calendar that has some.
  void count_days(std::vector<Calendar> const& chain, std::vector<Calendar> const& of_resource) {
    auto [first, last] = days_;
    for (auto const* part : {&chain, &of_resource}) {
      for (auto const& calendar : *part) {
        for (auto const& exception : calendar.exceptions)
          first = std::min(first, exception.first), last = std::max(last, exception.last);
        for (auto const& week : calendar.work_weeks)
          first = std::min(first, week.first), last = std::max(last, week.last);
      }
    }
    table_days_ += std::min<std::int64_t>(last - first, longest_table);
    if (table_days_ > most_table_days)
      throw InvalidInput(
          "calendar " + chain.front().key +
          ": the exceptions of the plan's calendars reach so far (here from " + to_string(first) + " to " +
          to_string(last) +
          ") that their days take more memory than there should be; remove those that no plan reaches");
  }

  Project const& project_;
  std::pair<Date, Date> days_;
  std::map<std::pair<std::string, std::string>, std::uint32_t> known_;
  std::unordered_map<std::string_view, std::uint32_t> alone_;  // of those, without a resource's
  std::vector<WorkingTime> compiled_;
  std::int64_t table_days_ = 0;
};

class Compiler {
 public:
  Compiler(Project const& project, RunControl const& control)
      : facts_(project.facts()),
        project_(project),
        control_(control),
        calendars_(project, years_of(facts_).days()) {}

  Network compile() {
    read_subprojects();
    read_activities();
    control_.report(0.4, "compiling");
    draft_.members = members_of(facts_);
    if (microsoft()) bound_by_summaries();
    read_assignments();
    read_links();
    control_.report(0.6, "compiling");
    plan_.calendars = calendars_.take();
    plan_.stamp = project_.stamp();
    draft_.plan = std::make_shared<Network::Plan const>(std::move(plan_));
    bool const spread = draft_.plan->subprojects[draft_.plan->main].rules.tool == Tool::Microsoft;
    try {
      auto const network = NetworkBuilder::number(std::move(draft_));
      // A year for what holidays add, and whoever tries more.
      auto longer = calendars_.until(rough_finish(network) + 366, network.calendars());
      return longer ? NetworkBuilder::with_calendars(network, *std::move(longer)) : network;
    } catch (CycleError const& error) {
      throw CycleError(spread ? by_way_of_summaries(error.keys()) : error.keys());
    }
  }

 private:
  [[nodiscard]] bool microsoft() const { return plan_.subprojects[plan_.main].rules.tool == Tool::Microsoft; }

  void read_subprojects() {
    plan_.subprojects = facts_.subprojects;
    if (plan_.subprojects.empty()) plan_.subprojects.emplace_back();
    for (std::uint32_t k = 0; k < plan_.subprojects.size(); ++k) {
      plan_.subproject_calendar.push_back(calendars_.index(plan_.subprojects[k].calendar));
      subproject_.emplace(plan_.subprojects[k].key, k);
    }
  }

  void read_activities() {
    std::vector<std::size_t> count(plan_.subprojects.size(), 0);
    auto const n = facts_.activities.size();
    for_each_column(draft_.values, [n](auto& column) { column.reserve(n); });
    for (auto* column : {&draft_.names.key, &draft_.names.name, &draft_.names.source_id}) column->reserve(n);
    for (auto const& activity : facts_.activities) {
      auto const found = subproject_.find(activity.subproject);
      std::uint32_t const subproject = found == subproject_.end() ? 0 : found->second;
      ++count[subproject];
      auto const& own = activity.calendar;
      auto const calendar = own.empty() ? plan_.subproject_calendar[subproject] : calendars_.index(own);
      append(draft_.names, draft_.values, activity, calendar, subproject);
    }
    rows_.reserve(n);
    for (std::size_t row = 0; row < n; ++row) rows_.add(row, draft_.names.key);
    plan_.main = static_cast<std::uint32_t>(std::max_element(count.begin(), count.end()) - count.begin());
  }

  /// In Microsoft's plans a summary's constraint holds for all below it: none starts before its date, and
  /// the date by which it must finish bounds their late dates.
  void bound_by_summaries() {
    auto& values = draft_.values;
    for (auto const& [summary, member] : draft_.members) {
      if (values.kind[summary] != ActivityKind::Summary) continue;
      std::int64_t const date = values.constraint_date[summary];
      auto const kind = values.constraint[summary];
      if (kind == ConstraintKind::StartNoEarlierThan) {
        bool const later = values.constraint2_date[member] < date;  // none is the earliest
        if (!later) continue;
        values.constraint2[member] = kind, values.constraint2_date[member] = date;
        values.plain[member] = 0;
      } else if (kind == ConstraintKind::FinishNoLaterThan) {
        auto& deadline = values.deadline[member];
        deadline = deadline == no_instant ? date : std::min(deadline, date);
        values.plain[member] = 0;
      }
    }
  }

  /// A share of what the plan states a summary to last; where it states nothing, of each task below it.
  static Lag of_stated_duration(Lag const& lag, std::int64_t duration) {
    if (duration == 0) return lag;
    double const minutes = static_cast<double>(duration / seconds_per_minute) * lag.percent / 100;
    return {.kind = is_elapsed(lag.kind) ? LagKind::Elapsed : LagKind::Working,
            .seconds = std::llround(minutes) * seconds_per_minute};
  }

  void read_links() {
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> below;
    for (auto const& entry : draft_.members) below[entry.summary].push_back(entry.member);
    // In Microsoft's plans a summary stands for its members; one without any stands for nothing. One that is
    // scheduled by hand stands for itself where it comes first.
    bool const spread = microsoft();
    std::size_t spread_links = 0;
    auto const row_of = [&](std::string const& key) {
      return static_cast<std::uint32_t>(rows_.find(key, draft_.names.key).value());
    };
    auto const is_summary = [&](std::uint32_t row) {
      return draft_.values.kind[row] == ActivityKind::Summary;
    };
    using Rows = std::span<std::uint32_t const>;
    auto const from_ends = [&](std::uint32_t const& row) {
      return spread && is_summary(row) ? Rows(below[row]) : Rows(&row, 1);
    };
    auto const to_ends = [&](std::uint32_t const& row) {
      auto const found = below.find(row);
      return spread && found != below.end() ? Rows(found->second) : from_ends(row);
    };
    draft_.links.reserve(facts_.links.size());
    for (auto const& link : facts_.links) {
      auto const predecessor_row = row_of(link.predecessor), successor_row = row_of(link.successor);
      auto const from = from_ends(predecessor_row), to = to_ends(successor_row);
      bool const from_summary = is_summary(predecessor_row);
      std::uint8_t of_summary = from_summary || is_summary(successor_row) ? 1 : 0;
      if (of_summary != 0) {
        spread_links += from.size() * to.size();
        if (spread_links > most_spread_links)
          throw InvalidInput(
              "link " + link.predecessor + " → " + link.successor +
              ": links of summaries stand for more "
              "than 20 million links between the activities below them; link a milestone at the end "
              "of each summary instead");
      }
      Lag lag = link.lag;
      if (spread && from_summary && is_percent(lag.kind))
        lag = of_stated_duration(lag, draft_.values.duration[predecessor_row]);
      // A summary starts with the first that is below it, whichever that will be.
      bool const first_counts = spread && from_summary && starts_from_start(link.type);
      for (auto const successor : to) {
        if (first_counts) of_summary = starts_of_summary;
        for (auto const predecessor : from) {
          draft_.links.push_back({predecessor, successor, link.type, lag.kind, lag_of(lag), of_summary});
          if (first_counts) of_summary = more_of_summary;
        }
      }
    }
  }

  /// A loop as the facts have it: where a link that names a summary leads from one activity to the next, the
  /// summary stands between them.
  [[nodiscard]] std::vector<std::string> by_way_of_summaries(std::vector<std::string> const& loop) const {
    // An activity and the summaries above it; the links that begin at each of those.
    std::unordered_map<std::string_view, std::vector<std::string_view>> above, links;
    for (auto const& key : loop) above[key].push_back(key);
    for (auto const& [summary, member] : members_of(facts_)) {
      auto const found = above.find(facts_.activities[member].key);
      if (found != above.end()) found->second.push_back(facts_.activities[summary].key);
    }
    for (auto const& link : facts_.links) links[link.predecessor].push_back(link.successor);
    std::vector<std::string> with;
    for (std::size_t k = 0; k < loop.size(); ++k) {
      auto const &from = loop[k], &to = loop[(k + 1) % loop.size()];
      with.push_back(from);
      auto const& ends = above[to];
      auto const step = [&](std::string_view start) {
        for (auto const end : links[start]) {
          if (std::find(ends.begin(), ends.end(), end) == ends.end()) continue;
          if (start != from) with.emplace_back(start);
          if (end != to) with.emplace_back(end);
          return true;
        }
        return false;
      };
      std::any_of(above[from].begin(), above[from].end(), step);
    }
    return with;
  }

  void read_assignments() {
    // Of a Microsoft task they count when one of them runs on another calendar than the task; of a P6
    // activity those that drive its dates, or all when none does.
    auto const& kind = draft_.values.kind;
    bool const any =
        microsoft() || std::find(kind.begin(), kind.end(), ActivityKind::ResourceDependent) != kind.end();
    if (!any) return;
    std::vector<std::uint8_t> counts(facts_.activities.size(), 0), driven(facts_.activities.size(), 0);
    for (auto const& assignment : facts_.assignments) {
      if (!assignment.drives_dates) continue;
      if (auto const row = project_.index_of(FactKind::Activity, assignment.activity)) driven[*row] = 1;
    }
    for (auto const& assignment : facts_.assignments) {
      auto const row = project_.index_of(FactKind::Activity, assignment.activity);
      auto const* resource = project_.find<Resource>(assignment.resource);
      bool const works =
          row && resource && assignment.units > 0 && assignment.remaining_units.value_or(1) > 0 &&
          assignment.work.seconds > 0 &&
          (resource->kind == ResourceKind::Labour || resource->kind == ResourceKind::Equipment);
      if (!works) continue;
      auto const i = static_cast<std::uint32_t>(*row);
      if (!microsoft() && driven[i] != 0 && !assignment.drives_dates) continue;
      auto const calendar = driving_calendar(facts_.activities[i], draft_.values.calendar[i], *resource);
      if (!calendar) continue;
      if (!microsoft() || *calendar != draft_.values.calendar[i]) counts[i] = 1;
      auto const time_of = [&](Work work, double units) {
        double const seconds =
            static_cast<double>(work.seconds) / units * (microsoft() ? times_as_long(assignment) : 1);
        if (!(seconds < longest_assignment))
          throw InvalidInput("activity " + assignment.activity + ": " + to_string(work) + " of resource " +
                             assignment.resource + " take longer than ten million hours at the " +
                             short_text(units) + " units assigned; check the units");
        return static_cast<std::int64_t>(seconds + 0.5);
      };
      draft_.assignments.push_back({i, *calendar, time_of(assignment.work, assignment.units),
                                    time_of(assignment.remaining.value_or(assignment.work),
                                            assignment.remaining_units.value_or(assignment.units)),
                                    assignment.lag.seconds, draft_.values.duration[i],
                                    draft_.values.remaining[i]});
    }
    std::erase_if(draft_.assignments, [&](auto const& entry) { return counts[entry.activity] == 0; });
  }

  /// Than at the same units all the time. Overtime takes no working time; of a curve the units are the peak.
  static double times_as_long(Assignment const& assignment) {
    auto const work = static_cast<double>(assignment.work.seconds);
    if (assignment.duration)
      return static_cast<double>(assignment.duration->seconds) * assignment.units / work;
    double const regular = (work - static_cast<double>(assignment.overtime.seconds)) / work;
    if (assignment.curve.empty()) return regular;
    double sum = 0, peak = 0;
    for (auto const part : assignment.curve) sum += part, peak = std::max(peak, part);
    return regular * peak * static_cast<double>(assignment.curve.size()) / sum;
  }

  /// The calendar on which the resource's part of the activity runs, if that gives its dates.
  std::optional<std::uint32_t> driving_calendar(Activity const& activity, std::uint32_t own,
                                                Resource const& resource) {
    if (activity.kind == ActivityKind::ResourceDependent) {
      return resource.calendar.empty() ? own : calendars_.index(resource.calendar);
    }
    if (!microsoft() || activity.kind != ActivityKind::Task) return {};
    auto const& task = activity.microsoft;
    if (task.manual || task.fixed_duration || task.elapsed_duration || task.ignore_resource_calendars)
      return {};
    if (resource.calendar.empty()) return own;
    auto const calendar = activity.calendar.empty()
                              ? calendars_.index(calendars_.substance(resource.calendar))
                              : calendars_.index(activity.calendar, calendars_.substance(resource.calendar));
    return calendar;
  }

  Facts const& facts_;
  Project const& project_;
  RunControl const& control_;
  Calendars calendars_;
  Network::Plan plan_;
  std::unordered_map<std::string, std::uint32_t> subproject_;
  NetworkBuilder::Draft draft_;
  KeyIndex rows_;  // of the draft's activities, by key
};

}  // namespace

std::vector<NetworkBuilder::Member> members_of(Facts const& facts) {
  std::unordered_multimap<std::string_view, std::uint32_t> summaries;
  for (std::uint32_t row = 0; row < facts.activities.size(); ++row) {
    auto const& activity = facts.activities[row];
    if (activity.kind == ActivityKind::Summary) summaries.emplace(activity.wbs, row);
  }
  std::vector<NetworkBuilder::Member> members;
  if (summaries.empty()) return members;
  std::unordered_map<std::string_view, std::string_view> parent;
  for (auto const& node : facts.wbs) parent.emplace(node.key, node.parent);
  for (std::uint32_t row = 0; row < facts.activities.size(); ++row) {
    auto const& activity = facts.activities[row];
    if (activity.kind == ActivityKind::Summary) continue;
    std::string_view node = activity.wbs;
    for (std::size_t depth = 0; !node.empty() && depth <= parent.size(); ++depth) {
      auto const [begin, end] = summaries.equal_range(node);
      for (auto it = begin; it != end; ++it) members.push_back({it->second, row});
      if (members.size() > most_members)
        throw InvalidInput("activity " + activity.key +
                           " lies below so many summaries that all activities together "
                           "have more than 50 million places below one; nest the summaries less deeply");
      auto const up = parent.find(node);
      node = up == parent.end() ? std::string_view{} : up->second;
    }
  }
  return members;
}

Network compile(Project const& project, RunControl const& control) {
  return Compiler(project, control).compile();
}

}  // namespace rapport
