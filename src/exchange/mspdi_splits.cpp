#include <algorithm>
#include <unordered_map>

#include "exchange/mspdi_reader.h"
#include "exchange/mspdi_xml.h"
#include "exchange/stored_values.h"

namespace rapport {
namespace {

struct TimephasedElement {
  std::string_view type, start, finish, value;
  static constexpr XmlField<TimephasedElement> fields[] = {
      {"Type", &TimephasedElement::type},
      {"Start", &TimephasedElement::start},
      {"Finish", &TimephasedElement::finish},
      {"Value", &TimephasedElement::value},
  };
};

using CalendarsByKey = std::unordered_map<std::string_view, Calendar const*>;

DayShifts const* shifts_in_week(Week const& week, Date day) {
  auto const& shifts = week[static_cast<std::size_t>(day.weekday())];
  return shifts ? &*shifts : nullptr;
}

/// What the exceptions and work weeks of a calendar and its bases say of `day`; nothing: they are silent.
DayShifts const* special_shifts(CalendarsByKey const& calendars, Calendar const* calendar, Date day,
                                int depth = 0) {
  if (calendar == nullptr || depth > 16) return nullptr;
  for (auto each = calendar->exceptions.rbegin(); each != calendar->exceptions.rend(); ++each) {
    if (each->first <= day && day <= each->last) return &each->shifts;
  }
  for (WorkWeek const& week : calendar->work_weeks) {
    if (week.first > day || day > week.last) continue;
    if (auto const* shifts = shifts_in_week(week.week, day)) return shifts;
  }
  auto const base = calendars.find(calendar->base);
  return base == calendars.end() ? nullptr : special_shifts(calendars, base->second, day, depth + 1);
}

bool is_worked(CalendarsByKey const& calendars, std::string_view key, Date day) {
  auto place = calendars.find(key);
  if (place == calendars.end()) return false;
  if (auto const* shifts = special_shifts(calendars, place->second, day)) return !shifts->empty();
  for (int depth = 0; depth <= 16 && place != calendars.end(); ++depth) {
    if (auto const* shifts = shifts_in_week(place->second->week, day)) return !shifts->empty();
    place = calendars.find(place->second->base);
  }
  return false;
}

/// Whether the days that lie wholly between `from` and `to` include one that the calendar works.
bool idles_on_a_working_day(CalendarsByKey const& calendars, std::string_view key, Instant from, Instant to) {
  constexpr std::int32_t longest_gap = 36525;
  Date const first = from.second_of_day() == 0 ? from.date() : from.date() + 1;
  Date const end = std::min(to.date(), first + longest_gap);
  for (Date day = first; day < end; day = day + 1) {
    if (is_worked(calendars, key, day)) return true;
  }
  return false;
}

}  // namespace

void MspdiReader::note_worked_days(XmlElement assignment, std::uint32_t task, std::string const& calendar) {
  for (XmlElement const node : assignment.children("TimephasedData")) {
    auto const row = read_fields<TimephasedElement>(node, timephased_fields_);
    bool const work = row.type == "1" || row.type == "2";  // remaining, actual
    auto const amount = stored_seconds(row.value);
    auto const start = stored_instant(row.start), finish = stored_instant(row.finish);
    if (!work || !amount || *amount <= 0 || !start || !finish || *finish <= *start) continue;
    auto const [place, is_new] = worked_.try_emplace(task);
    if (is_new) place->second.calendar = calendar;
    place->second.worked.push_back({*start, *finish});
  }
}

void MspdiReader::split_tasks() {
  CalendarsByKey calendars;
  for (Calendar const& calendar : facts_.calendars) calendars.try_emplace(calendar.key, &calendar);
  for (auto& [index, spans] : worked_) {
    Activity& activity = facts_.activities[index];
    std::string_view const key = !spans.calendar.empty() ? std::string_view(spans.calendar)
                                 : !activity.calendar.empty()
                                     ? std::string_view(activity.calendar)
                                     : std::string_view(facts_.subprojects[0].calendar);
    std::sort(spans.worked.begin(), spans.worked.end(),
              [](Split const& a, Split const& b) { return a.start < b.start; });
    std::vector<Split> parts;
    for (Split const& span : spans.worked) {
      if (!parts.empty() && !idles_on_a_working_day(calendars, key, parts.back().finish, span.start)) {
        parts.back().finish = std::max(parts.back().finish, span.finish);
      } else {
        parts.push_back(span);
      }
    }
    if (parts.size() > 1) activity.microsoft.splits = std::move(parts);
  }
}

}  // namespace rapport
