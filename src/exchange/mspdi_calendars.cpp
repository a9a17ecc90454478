#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

#include "exchange/mspdi_reader.h"
#include "exchange/mspdi_xml.h"
#include "exchange/recurrence.h"
#include "exchange/stored_values.h"

namespace rapport {
namespace {

int whole(XmlElement node, char const* name, int otherwise) {
  std::string_view const text = node.text_of(name);
  int value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end != text.data() ? value : otherwise;
}

/// "08:00:00" as seconds of the day, or -1. Some files write a whole moment; its time counts.
std::int32_t clock_time(std::string_view text) {
  if (std::size_t const t = text.find('T'); t != std::string_view::npos) text.remove_prefix(t + 1);
  auto const moment = stored_instant(std::string("1970-01-01T").append(text));
  return moment && text.size() >= 5 ? static_cast<std::int32_t>(moment->seconds) : -1;
}

DayShifts const usual_day{{8 * 3600, 12 * 3600}, {13 * 3600, 17 * 3600}};

std::size_t monday_first(int day_type) { return static_cast<std::size_t>((day_type + 5) % 7); }  // 1 = Sunday

/// Place of a kind of repeating exception among those that hide one another.
std::size_t strength_of(RecurrenceType type) {
  switch (type) {
    case RecurrenceType::Weekly:
      return 0;
    case RecurrenceType::MonthlyByDay:
    case RecurrenceType::MonthlyByPosition:
      return 1;
    case RecurrenceType::YearlyByDay:
    case RecurrenceType::YearlyByPosition:
      return 2;
    case RecurrenceType::Daily:
      break;
  }
  return 3;
}

/// The exceptions of one recurrence reach a century at most.
constexpr std::size_t most_days = 36525;

}  // namespace

DayShifts MspdiReader::read_shifts(XmlElement day, std::string const& subject) {
  DayShifts shifts;
  if (day.text_of("DayWorking") != "1") return shifts;
  for (XmlElement const time : day.child("WorkingTimes").children("WorkingTime")) {
    std::int32_t const from = clock_time(time.text_of("FromTime"));
    std::int32_t to = clock_time(time.text_of("ToTime"));
    if (from < 0 || to < 0) {
      if (time.children().count() > 0)
        warn(time, subject, "a working time that cannot be read", "it is left out");
      continue;
    }
    if (to == 0) to = 86400;  // the midnight that ends the day
    if (from < to) {
      shifts.push_back({from, to});
    } else {
      warn(time, subject, "a working time that ends before it starts", "it is left out");
    }
  }
  if (shifts.empty()) {
    warn(day, subject, "a working day without working times", "taken as 08:00 to 12:00 and 13:00 to 17:00");
    return usual_day;
  }
  std::sort(shifts.begin(), shifts.end());
  for (std::size_t i = 1; i < shifts.size();) {
    if (shifts[i].from < shifts[i - 1].to) {
      warn(day, subject, "working times that overlap", "taken as one");
      shifts[i - 1].to = std::max(shifts[i - 1].to, shifts[i].to);
      shifts.erase(shifts.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      ++i;
    }
  }
  return shifts;
}

Week MspdiReader::read_week(XmlElement days, std::string const& subject) {
  Week week;
  for (XmlElement const day : days.children("WeekDay")) {
    int const type = whole(day, "DayType", -1);
    if (type >= 1 && type <= 7) week[monday_first(type)] = read_shifts(day, subject);
  }
  return week;
}

std::vector<CalendarException> MspdiReader::read_exceptions(XmlElement calendar, std::string const& subject) {
  std::vector<CalendarException> exceptions;
  // Whatever their order, in Project one that stands by itself wins over those that repeat, and of those
  // one by days over one by years, that over one by months, and that over one by weeks.
  std::array<std::vector<CalendarException>, 4> repeating;
  auto const period = [&](XmlElement node) -> std::optional<std::pair<Date, Date>> {
    XmlElement const span = node.child("TimePeriod");
    auto const from = stored_instant(span.text_of("FromDate")), to = stored_instant(span.text_of("ToDate"));
    if (from && to && *from <= *to) return std::pair{from->date(), to->date()};
    warn(node, subject, "an exception whose period cannot be read", "it is left out");
    return std::nullopt;
  };

  XmlElement const listed = calendar.child("Exceptions");
  for (XmlElement const node : listed.children("Exception")) {
    auto const span = period(node);
    if (!span) continue;
    Recurrence recurrence;
    recurrence.first = span->first;
    recurrence.last = span->second;
    recurrence.period = whole(node, "Period", 1);
    recurrence.weekdays = static_cast<unsigned>(whole(node, "DaysOfWeek", 0));
    recurrence.month = whole(node, "Month", 0);
    recurrence.month_day = whole(node, "MonthDay", 1);
    recurrence.month_item = whole(node, "MonthItem", 0);
    recurrence.month_position = whole(node, "MonthPosition", 0);
    if (node.text_of("EnteredByOccurrences") == "1") recurrence.occurrences = whole(node, "Occurrences", 0);
    int const type = whole(node, "Type", 1);
    recurrence.type = type >= 1 && type <= 6 ? static_cast<RecurrenceType>(type) : RecurrenceType::Daily;
    CalendarException exception{recurrence.first, recurrence.last, read_shifts(node, subject),
                                std::string(node.text_of("Name"))};
    if (recurrence.type == RecurrenceType::Daily && recurrence.period <= 1) {
      exceptions.push_back(std::move(exception));
      continue;
    }
    auto const days = days_of(recurrence, most_days);
    if (days.size() == most_days) {
      warn(node, subject, "an exception that repeats for more than a century",
           "the first hundred years are kept");
    }
    auto& of_kind = repeating[strength_of(recurrence.type)];
    for (Date const day : days) {
      exception.first = exception.last = day;
      of_kind.push_back(exception);
    }
  }
  if (listed) {
    std::vector<CalendarException> all;
    for (auto* const part : {&repeating[0], &repeating[1], &repeating[2], &repeating[3], &exceptions})
      std::move(part->begin(), part->end(), std::back_inserter(all));
    return all;
  }

  // Before Project 2007, exceptions stood among the weekdays; later versions repeat them there.
  for (XmlElement const day : calendar.child("WeekDays").children("WeekDay")) {
    if (whole(day, "DayType", -1) != 0) continue;
    if (auto const span = period(day))
      exceptions.push_back({span->first, span->second, read_shifts(day, subject), ""});
  }
  return exceptions;
}

void MspdiReader::read_calendars() {
  UniqueKeys keys;
  std::vector<std::pair<XmlElement, std::string_view>> bases;
  auto const minutes_per_week = root_.text_of("MinutesPerWeek");
  double const per_week = number(minutes_per_week, "MinutesPerWeek", root_).value_or(0);
  bool const is_week = per_week > 0 && per_week <= 7 * 24 * 60;
  if (per_week > 7 * 24 * 60) list_unreadable(minutes_per_week, "MinutesPerWeek", root_);
  for (XmlElement const node : root_.child("Calendars").children("Calendar")) {
    std::string_view const uid = node.text_of("UID"), base = node.text_of("BaseCalendarUID");
    Calendar calendar;
    calendar.name = node.text_of("Name");
    calendar.key = keys.claim(calendar.name.empty() ? "calendar " + std::string(uid) : calendar.name);
    calendar.hours_per_day = minutes_per_day_ / 60;
    if (is_week) calendar.days_per_week = per_week / minutes_per_day_;

    std::string const subject = "calendar " + calendar.key;
    calendar.week = read_week(node.child("WeekDays"), subject);
    calendar.exceptions = read_exceptions(node, subject);
    for (XmlElement const week : node.child("WorkWeeks").children("WorkWeek")) {
      XmlElement const span = week.child("TimePeriod");
      auto const from = stored_instant(span.text_of("FromDate")), to = stored_instant(span.text_of("ToDate"));
      if (from && to && *from <= *to) {
        calendar.work_weeks.push_back({from->date(), to->date(), read_week(week.child("WeekDays"), subject),
                                       std::string(week.text_of("Name"))});
      } else {
        warn(week, subject, "a work week whose period cannot be read", "it is left out");
      }
    }
    bool const has_week =
        std::any_of(calendar.week.begin(), calendar.week.end(), [](auto const& d) { return d.has_value(); });
    bool const inherits = !base.empty() && base != "-1" && base != "0" && base != uid;
    if (!has_week && !inherits) {
      for (std::size_t day = 0; day < 7; ++day) calendar.week[day] = day < 5 ? usual_day : DayShifts{};
      warn(node, subject, "a calendar states no working time",
           "taken as Monday to Friday, 08:00 to 12:00 and 13:00 to 17:00");
    }
    if (!calendar_.add(uid, facts_.calendars.size())) {
      warn(node, subject, "two calendars have the same UID", "the first is meant by references");
    }
    bases.emplace_back(node, inherits ? base : std::string_view());
    facts_.calendars.push_back(std::move(calendar));
  }
  for (std::size_t i = 0; i < bases.size(); ++i) {
    auto const& [node, base] = bases[i];
    if (base.empty()) continue;
    if (std::uint32_t const place = calendar_.find(base); place != IdIndex::none && place != i) {
      facts_.calendars[i].base = facts_.calendars[place].key;
    } else {
      warn(node, "calendar " + facts_.calendars[i].key,
           "a calendar inherits from one that is not in the file", "only its own working time counts");
    }
  }
  std::uint32_t const own = calendar_.find(root_.text_of("CalendarUID"));
  if (own != IdIndex::none && !facts_.subprojects.empty()) {
    facts_.subprojects[0].calendar = facts_.calendars[own].key;
  }
}

}  // namespace rapport
