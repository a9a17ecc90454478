#include "rapport/impact/volatility.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <set>

#include "rapport/model/names.h"

namespace rapport {
namespace {

bool in_force(Requirement const& requirement) {
  return requirement.status != RequirementStatus::Rejected &&
         requirement.status != RequirementStatus::Withdrawn;
}

/// "CR-1" in "as CR-1 asks", not in "CR-11".
bool names(std::string const& text, std::string const& key) {
  auto const part = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
  };
  if (key.empty()) return false;
  for (auto at = text.find(key); at != std::string::npos; at = text.find(key, at + 1)) {
    auto const end = at + key.size();
    if ((at == 0 || !part(text[at - 1])) && (end == text.size() || !part(text[end]))) return true;
  }
  return false;
}

std::string learnt(Elicitation const& source) {
  std::string text(to_name(source.method));
  if (!source.stakeholder.empty()) text += " with " + source.stakeholder;
  if (!source.reference.empty()) text += ": " + source.reference;
  return text;
}

class History {
 public:
  explicit History(Project const& project) : project_(project), facts_(project.facts()) {}

  std::vector<NeedEvent> all() {
    journal();
    for (auto const& requirement : facts_.requirements) {
      known(requirement);
      versions(requirement);
      if (!in_force(requirement) && standing_[requirement.key])
        add({.step = NeedStep::Removed,
             .requirement = requirement.key,
             .by = {},
             .cause = std::string(to_name(requirement.status))});
    }
    requests();
    std::stable_sort(events_.begin(), events_.end(), [](NeedEvent const& a, NeedEvent const& b) {
      return a.when.value_or(Instant{INT64_MIN}) < b.when.value_or(Instant{INT64_MIN});
    });
    return std::move(events_);
  }

 private:
  void add(NeedEvent event) {
    if (event.change.empty())
      for (auto const& request : facts_.change_requests)
        if (names(event.cause, request.key)) {
          event.change = request.key;
          break;
        }
    if (event.step == NeedStep::Added) standing_[event.requirement] = true;
    if (event.step == NeedStep::Removed) standing_[event.requirement] = false;
    events_.push_back(std::move(event));
  }

  /// A requirement whose beginning the journal does not hold.
  void known(Requirement const& requirement) {
    if (!begun_.insert(requirement.key).second) return;
    NeedEvent event{.step = NeedStep::Added, .requirement = requirement.key, .version = 1};
    if (auto const& source = requirement.source) {
      event.when = source->when;
      event.by = source->stakeholder;
      event.cause = learnt(*source);
    }
    add(std::move(event));
  }

  /// Wordings that were superseded, and versions of which nothing more is known.
  void versions(Requirement const& requirement) {
    std::int32_t next = 1;
    for (auto const& old : requirement.history) {
      next = std::max(old.version, next) + 1;
      if (!told_.emplace(requirement.key, next).second) continue;
      add({.when = old.when,
           .step = NeedStep::Changed,
           .requirement = requirement.key,
           .version = next,
           .by = old.by,
           .cause = old.reason,
           .change = {},
           .source = NeedSource::Version});
    }
    for (++next; next <= requirement.version; ++next)
      if (told_.emplace(requirement.key, next).second)
        add({.step = NeedStep::Changed,
             .requirement = requirement.key,
             .version = next,
             .source = NeedSource::Version});
  }

  void journal() {
    std::set<std::uint64_t> taken_back;
    for (auto const& entry : project_.journal())
      if (entry.undoes) taken_back.insert({*entry.undoes, entry.number});
    for (auto const& entry : project_.journal()) {
      if (taken_back.contains(entry.number)) continue;
      std::string request;
      for (auto const& change : entry.changes)
        if (change.node.kind == FactKind::ChangeRequest) request = change.node.key;
      for (auto const& change : entry.changes)
        if (change.node.kind == FactKind::Requirement) step(entry, change, request);
    }
  }

  void step(JournalEntry const& entry, FactChange const& change, std::string const& request) {
    auto const* before = change.before ? &std::get<Requirement>(*change.before) : nullptr;
    auto const* after = change.after ? &std::get<Requirement>(*change.after) : nullptr;
    if (before) known(*before);
    begun_.insert(change.node.key);
    NeedEvent event{.when = entry.author.when,
                    .requirement = change.node.key,
                    .by = entry.author.name,
                    .cause = entry.reason,
                    .change = request,
                    .source = NeedSource::Journal};
    bool const was = before && in_force(*before), is = after && in_force(*after);
    if (was && !is) {
      event.step = NeedStep::Removed;
    } else if (!was && is) {
      event.step = NeedStep::Added;
      event.version = after->version;
      // What it was before it came here is not a change of this project.
      for (std::int32_t v = 1; v <= after->version; ++v) told_.emplace(after->key, v);
    } else if (was && (before->version != after->version || before->text != after->text ||
                       before->acceptance_criterion != after->acceptance_criterion)) {
      event.step = NeedStep::Changed;
      event.version = after->version;
      for (std::int32_t v = before->version + 1; v <= after->version; ++v) told_.emplace(after->key, v);
    } else {
      return;
    }
    add(std::move(event));
  }

  void requests() {
    for (auto const& request : facts_.change_requests)
      for (auto const& edit : request.edits)
        if (auto const* asked = std::get_if<RequirementChange>(&edit))
          add({.when = request.raised,
               .step = NeedStep::Asked,
               .requirement = asked->requirement,
               .by = request.by,
               .cause = request.reason,
               .change = request.key,
               .source = NeedSource::ChangeRequest});
  }

  Project const& project_;
  Facts const& facts_;
  std::vector<NeedEvent> events_;
  std::set<std::string> begun_;
  std::set<std::pair<std::string, std::int32_t>> told_;  ///< Versions that an event led to.
  std::map<std::string, bool> standing_;
};

Date first_day(Date day, Period period) {
  using namespace std::chrono;
  if (period == Period::Weekly) return day + -day.weekday();
  year_month_day const ymd{sys_days{days{day.days}}};
  unsigned month = static_cast<unsigned>(ymd.month());
  if (period == Period::Quarterly) month = (month - 1) / 3 * 3 + 1;
  if (period == Period::Yearly) month = 1;
  return Date::of(static_cast<int>(ymd.year()), static_cast<int>(month), 1);
}

Date next_period(Date first, Period period) {
  int const days = period == Period::Weekly      ? 7
                   : period == Period::Monthly   ? 31
                   : period == Period::Quarterly ? 92
                                                 : 366;
  return first_day(first + days, period);
}

/// A period, or one cause in it.
template <class Counts>
void count(Counts& into, NeedStep step) {
  switch (step) {
    case NeedStep::Added:
      ++into.added;
      break;
    case NeedStep::Changed:
      ++into.changed;
      break;
    case NeedStep::Removed:
      ++into.removed;
      break;
    case NeedStep::Asked:
      ++into.asked;
      break;
  }
}

/// By period, what each cause did. `never`: requirements that count at no time.
std::vector<VolatilityCause> causes_of(Volatility const& found, std::set<std::string> const& never) {
  std::vector<VolatilityCause> causes;
  auto const baseline = static_cast<double>(found.baseline);
  auto event = found.events.begin();
  while (event != found.events.end() && !event->when) ++event;
  for (auto const& period : found.periods) {
    std::map<std::pair<std::string, std::string>, std::size_t> rows;
    for (; event != found.events.end() && event->when->date() < period.to; ++event) {
      if (never.contains(event->requirement)) continue;
      auto const [row, is_new] = rows.try_emplace({event->cause, event->change}, causes.size());
      if (is_new) {
        causes.push_back(
            {.from = period.from, .to = period.to, .cause = event->cause, .change = event->change});
        if (period.growth) causes.back().growth = 0;
      }
      auto& cause = causes[row->second];
      count(cause, event->step);
      if (!cause.growth || *event->when <= *found.baseline_at) continue;
      if (event->step == NeedStep::Added) *cause.growth += 1 / baseline;
      if (event->step == NeedStep::Removed) *cause.growth -= 1 / baseline;
    }
  }
  return causes;
}

std::optional<Instant> first_confirmation(Project const& project) {
  std::optional<Instant> first;
  auto const look = [&](Requirement const& requirement) {
    for (auto const& confirmation : requirement.confirmations)
      if (confirmation.when && (!first || *confirmation.when < *first)) first = confirmation.when;
  };
  for (auto const& requirement : project.facts().requirements) look(requirement);
  // What was removed since was agreed all the same; what was put by mistake and taken back was not.
  for (auto const& entry : project.journal())
    for (auto const& change : entry.changes)
      if (!entry.undoes && change.node.kind == FactKind::Requirement && change.before && !change.after &&
          !project.find<Requirement>(change.node.key))
        look(std::get<Requirement>(*change.before));
  return first;
}

template <class Enum, std::size_t n>
std::string_view word(Enum value, std::array<std::string_view, n> const& words) {
  return words[static_cast<std::size_t>(value)];
}
constexpr std::array<std::string_view, 4> period_words = {"week", "month", "quarter", "year"};

}  // namespace

std::string_view name_of(NeedStep step) {
  return word(step, std::array<std::string_view, 4>{"added", "changed", "removed", "asked"});
}
std::string_view name_of(NeedSource source) {
  return word(source, std::array<std::string_view, 4>{"requirement", "version", "journal", "change_request"});
}
std::string_view name_of(Period period) { return word(period, period_words); }

Period parse_period(std::string_view name) {
  for (std::size_t i = 0; i < period_words.size(); ++i)
    if (period_words[i] == name) return static_cast<Period>(i);
  throw InvalidInput("there is no period \"" + std::string(name) + "\"; give week, month, quarter or year");
}

Volatility requirement_volatility(Project const& project, VolatilityOptions const& options) {
  Volatility result;
  result.events = History(project).all();
  // Somebody took it out, nobody knows when: it never counts.
  std::set<std::string> never;
  for (auto const& event : result.events)
    if (!event.when && event.step == NeedStep::Removed) never.insert(event.requirement);
  std::size_t standing = 0;
  auto dated = result.events.begin();
  for (; dated != result.events.end() && !dated->when; ++dated) {
    ++result.undated;
    if (dated->step == NeedStep::Added && !never.contains(dated->requirement)) ++standing;
  }
  if (dated == result.events.end()) return result;

  auto const first = first_day(dated->when->date(), options.period);
  auto const last = result.events.back().when->date();
  for (Date from = first; from <= last;) {
    VolatilityPeriod period{.from = from, .to = next_period(from, options.period), .at_start = standing};
    for (; dated != result.events.end() && dated->when->date() < period.to; ++dated)
      if (!never.contains(dated->requirement)) count(period, dated->step);
    standing += period.added;
    standing -= std::min(standing, period.removed);
    period.at_end = standing;
    if (period.at_start > 0)
      period.volatility = static_cast<double>(period.added + period.changed + period.removed) /
                          static_cast<double>(period.at_start);
    from = period.to;
    result.periods.push_back(period);
  }

  auto baseline = options.baseline ? options.baseline : first_confirmation(project);
  result.baseline_at = baseline.value_or(at(result.periods.front().to));
  std::size_t added = 0, removed = 0;
  for (auto const& event : result.events) {
    if (event.when && *event.when > *result.baseline_at) break;
    if (never.contains(event.requirement)) continue;
    if (event.step == NeedStep::Added) ++added;
    if (event.step == NeedStep::Removed) ++removed;
  }
  result.baseline = added - std::min(added, removed);
  if (result.baseline > 0)
    for (auto& period : result.periods)
      if (at(period.to) > *result.baseline_at)
        period.growth = (static_cast<double>(period.at_end) - static_cast<double>(result.baseline)) /
                        static_cast<double>(result.baseline);
  result.causes = causes_of(result, never);
  return result;
}

Table Volatility::table() const {
  auto const column = [&](auto get) {
    std::vector<std::remove_cvref_t<decltype(get(VolatilityPeriod{}))>> cells;
    for (auto const& period : periods) cells.push_back(get(period));
    return cells;
  };
  Table table("volatility");
  table.add("from", column([](auto const& p) { return p.from; }))
      .add("to", column([](auto const& p) { return p.to; }))
      .add("at_start", column([](auto const& p) { return static_cast<std::int64_t>(p.at_start); }))
      .add("added", column([](auto const& p) { return static_cast<std::int64_t>(p.added); }))
      .add("changed", column([](auto const& p) { return static_cast<std::int64_t>(p.changed); }))
      .add("removed", column([](auto const& p) { return static_cast<std::int64_t>(p.removed); }))
      .add("asked", column([](auto const& p) { return static_cast<std::int64_t>(p.asked); }))
      .add("at_end", column([](auto const& p) { return static_cast<std::int64_t>(p.at_end); }))
      .add("volatility", column([](auto const& p) { return p.volatility; }))
      .add("growth", column([](auto const& p) { return p.growth; }));
  return table;
}

Table Volatility::causes_table() const {
  auto const column = [&](auto get) {
    std::vector<std::remove_cvref_t<decltype(get(VolatilityCause{}))>> cells;
    for (auto const& cause : causes) cells.push_back(get(cause));
    return cells;
  };
  Table table("volatility_causes");
  table.add("from", column([](auto const& c) { return c.from; }))
      .add("to", column([](auto const& c) { return c.to; }))
      .add("cause", column([](auto const& c) { return c.cause; }))
      .add("change", column([](auto const& c) { return c.change; }))
      .add("added", column([](auto const& c) { return static_cast<std::int64_t>(c.added); }))
      .add("changed", column([](auto const& c) { return static_cast<std::int64_t>(c.changed); }))
      .add("removed", column([](auto const& c) { return static_cast<std::int64_t>(c.removed); }))
      .add("asked", column([](auto const& c) { return static_cast<std::int64_t>(c.asked); }))
      .add("growth", column([](auto const& c) { return c.growth; }));
  return table;
}

Table Volatility::events_table() const {
  auto const column = [&](auto get) {
    std::vector<std::remove_cvref_t<decltype(get(NeedEvent{}))>> cells;
    for (auto const& event : events) cells.push_back(get(event));
    return cells;
  };
  Table table("requirement_events");
  table.add("when", column([](auto const& e) { return e.when; }))
      .add("step", column([](auto const& e) { return std::string(name_of(e.step)); }))
      .add("requirement", column([](auto const& e) { return e.requirement; }))
      .add("version", column([](auto const& e) { return static_cast<std::int64_t>(e.version); }))
      .add("by", column([](auto const& e) { return e.by; }))
      .add("cause", column([](auto const& e) { return e.cause; }))
      .add("change", column([](auto const& e) { return e.change; }))
      .add("source", column([](auto const& e) { return std::string(name_of(e.source)); }));
  return table;
}

}  // namespace rapport
